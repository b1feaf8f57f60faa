"""Dates in sentences: a table of what they resolve to, near-misses, and what holds for every date."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.annotate import dates, pipeline, segment
from dragoman.model import time
from dragoman.model.annotations import AnnotatedText, DateMention
from dragoman.model.documents import Document, Source

ROWS = yaml.safe_load((Path(__file__).parent / "dates.yml").read_text("utf-8"))


@cache
def read(words: str, published: str | None) -> tuple[str, tuple[DateMention, ...]]:
    document = replace(Document("doc:x", words, Source("x.txt", "x.txt", "", 0, "text/plain", "")), published=published)
    sentences, entities = pipeline.sentences(words, pipeline.parse(words, list(segment.segments(document))))
    return words, dates.find(AnnotatedText(document, sentences, entities, starts=tuple(s.start for s in sentences)))


def plain(words: str, published: str | None = "2024-03-14") -> tuple[DateMention, ...]:
    """Without a language model: dates must not need one."""
    source = Source("x.txt", "x.txt", "", 0, "text/plain", "")
    return dates.find(AnnotatedText(replace(Document("doc:x", words, source), published=published)))


@pytest.mark.parametrize(("published", "sentence", "expected"), [(str(r[0]) if r[0] else None, r[1], r[2]) for r in ROWS["rows"]])
def test_table(published: str | None, sentence: str, expected: list[str | None]) -> None:
    _, found = read(sentence, published)
    got = ["recurring" if d.recurring else "for" if d.relation == "for" else d.edtf for d in found]
    assert got == [None if e is None else str(e) for e in expected]


@pytest.mark.parametrize("sentence", ROWS["none"])
def test_near_misses_are_no_dates(sentence: str) -> None:
    _, found = read(sentence, "2024-03-14")
    assert [d.text for d in found] == []


@pytest.mark.parametrize(("sentence", "relation", "edtf"), ROWS["relations"])
def test_relations(sentence: str, relation: str, edtf: str) -> None:
    _, found = read(sentence, "2024-03-14")
    assert (found[0].relation, found[0].edtf) == (relation, str(edtf))


def test_the_table_is_large() -> None:
    assert len(ROWS["rows"]) + len(ROWS["none"]) >= 150


FORMATS = (
    "{d} {B} {y}", "{B} {d}, {y}", "{d}th of {B}, {y}", "{b}. {d}, {y}", "{y}-{m:02}-{d:02}", "{d:02}.{m:02}.{y}", "{A}, {d} {B} {y}",
    "{A}, {B} {d}, {y}", "{y}-{m:02}-{d:02}T10:30:00Z", "{d} {b} {y}", "{y}/{m:02}/{d:02}",
)  # fmt: skip


@given(st.dates(dt.date(1600, 1, 1), dt.date(2099, 12, 31)), st.sampled_from(FORMATS))
@settings(max_examples=100, deadline=None)
def test_absolute_dates_read_back(day: dt.date, form: str) -> None:
    words = form.format(d=day.day, m=day.month, y=day.year, B=f"{day:%B}", b=f"{day:%b}" if day.month != 5 else "May", A=f"{day:%A}")
    words = words.replace("May.", "May")
    found = plain(f"They met in Ruritania on {words}.")
    assert [d.edtf for d in found] == [day.isoformat()]


PIECES = (
    "on Monday", "12 March", "in May", "last year", "2023", "to", "and", "–", "by", "the end of", "Q3", "from", "2019/20", "mid-",
    "two days later", "the first nine months", "of this year", "the same period", "in the autumn", ",", ".", "31 February",
    "the past five years", "FY2023", "99", "H1", "between", "the 1990s", "a year earlier", "until", "about", "Sunday", "0", "1999-2000",
    "next week", "the first quarter of the fiscal year", "July-September (2022-23)",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=14), st.sampled_from((None, "2024", "2024-02", "2024-02-29", "2000-12-31")))
@settings(max_examples=200, deadline=None)
def test_any_words_give_valid_dates_with_true_spans(pieces: list[str], published: str | None) -> None:
    words = " ".join(pieces)
    end = 0
    for d in plain(words, published):
        assert words[d.start : d.end] == d.text
        assert d.text.strip() == d.text != ""
        assert d.start >= end
        assert d.edtf is None or time.is_edtf(d.edtf)
        end = d.end


def test_hostile_text_is_read_in_linear_time() -> None:
    import time as clock

    def seconds(words: str) -> float:
        begin = clock.process_time()
        plain(words)
        return clock.process_time() - begin

    for piece in ("first last ", "12, 13, 14, ", "2019-", "to the end of the ", "from 1999 to ", "January – "):
        once, four = seconds(piece * 2000), seconds(piece * 8000)
        assert four < 12 * once + 0.2
