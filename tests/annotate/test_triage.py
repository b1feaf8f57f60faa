"""Documents without a state, an official or an organisation are put aside; no other is."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from dragoman.annotate import triage
from dragoman.model.documents import Document, Source, Zone, ZoneSpan

ROOT = Path(__file__).resolve().parent.parent.parent
CASES = yaml.safe_load(Path(__file__).with_name("triage.yml").read_text(encoding="utf-8"))


def document(text: str, *zones: ZoneSpan) -> Document:
    return Document("doc:1", text, Source("a.txt", "a.txt", "", len(text), "text/plain", ""), zones=zones)


@pytest.mark.parametrize("text", CASES["aside"])
def test_prose_of_other_sorts_is_put_aside(text: str) -> None:
    assert not triage.may_matter(document(text))


@pytest.mark.parametrize("text", CASES["pass"])
def test_a_name_is_enough_to_pass(text: str) -> None:
    assert triage.may_matter(document(text))


@pytest.mark.parametrize("text", CASES["aside"])
def test_states_in_a_menu_do_not_count(text: str) -> None:
    menu = "Home | Kenya | Uganda | Tanzania | World | Sport\n\n"
    assert triage.may_matter(document(menu + text))
    assert not triage.may_matter(document(menu + text, ZoneSpan(0, len(menu) - 2, Zone.MENU)))


@pytest.mark.parametrize("words", ["Turkish delight", "Swiss cheese", "Guinea pigs"])
def test_a_phrase_that_means_something_else_is_no_state(words: str) -> None:
    assert not triage.named(f"There was {words} on the table, and {words} under it.")


@pytest.mark.parametrize("file", sorted((ROOT / "benchmark/documents").glob("*.txt")), ids=lambda f: f.stem[:30])
def test_every_document_of_the_benchmark_passes(file: Path) -> None:
    assert triage.named(file.read_text(encoding="utf-8"))


def test_every_english_document_of_the_examples_passes() -> None:
    texts = [f for f in (ROOT / "examples").rglob("*.txt") if "czech-language" not in f.name]
    assert texts
    assert [f.name for f in texts if not triage.named(f.read_text(encoding="utf-8"))] == []
