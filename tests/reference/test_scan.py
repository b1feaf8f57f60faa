"""A pattern found by its words finds what the pattern finds, everywhere."""

from __future__ import annotations

import gc
import re
from pathlib import Path

import pytest

from dragoman.extract import extractors
from dragoman.reference.scan import Words, beginnings

ROOT = Path(__file__).resolve().parent.parent.parent
HELD = set((ROOT / "benchmark/holdout.txt").read_text(encoding="utf-8").split())
TEXT = "\n\n".join(f.read_text(encoding="utf-8") for f in sorted((ROOT / "benchmark/documents").glob("*.txt")) if f.name not in HELD)


def spans(matches: object) -> list[tuple[int, int]]:
    return [m.span() for m in matches]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("pattern", "begins"),
    [
        (r"\b(?:visit|call)s?\b", {("visi", True), ("call", True)}),
        (r"\bre-?open", {("re", True), ("reop", True)}),
        (r"\bin\s+the\b", {("in", True)}),
        (r"(?<![\w-])(?:[Hh]is|G20|\d+th)\b", {("his", True), ("g20", True), ("0", True)}),
        (r"\b(?:very )?(?:old|new)\b", {("very", True), ("old", True), ("new", True)}),
        (r"\bsue", {("sue", False)}),
        (r"\b(?=the)the\b(?!\w)", {("the", True)}),
    ],
)
def test_the_words_a_pattern_begins_with(pattern: str, begins: set[tuple[str, bool]]) -> None:
    assert beginnings(re.compile(pattern)) == begins


@pytest.mark.parametrize("pattern", [r"\b\w+ed\b", r"visit", r"\b(?:on)?", r"[;:]|\bwhile\b", r"\b[^\s]x", r"\b.x"])
def test_a_pattern_that_may_begin_with_anything_is_tried_everywhere(pattern: str) -> None:
    one = Words(re.compile(pattern))
    assert not one.known
    assert spans(one.finditer(TEXT, 100, 5000)) == spans(one.pattern.finditer(TEXT, 100, 5000))


def test_what_the_reader_looks_for_is_found_where_the_plain_patterns_find_it() -> None:
    from dragoman.annotate import annotate
    from dragoman.extract import extract_all
    from dragoman.model.documents import Document, Source

    extractors()
    words = "Peru and Chad signed a treaty in Lima. The presidents met on 5 May 2021; they pledged 3 million dollars for students there. "
    text = words * 4
    extract_all(annotate(Document("doc:1", text, Source("a.txt", "a.txt", "", len(text), "text/plain", ""))))
    known = [one for one in gc.get_objects() if isinstance(one, Words)]
    assert sum(one.known for one in known) > 15
    for one in known:
        assert spans(one.finditer(TEXT)) == spans(one.pattern.finditer(TEXT)), one.pattern.pattern[:80]
        for start in range(0, 40000, 977):
            assert spans(one.finditer(TEXT, start, start + 400)) == spans(one.pattern.finditer(TEXT, start, start + 400))
