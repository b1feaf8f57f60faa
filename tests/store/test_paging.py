"""Listings a page at a time: every row once in a fixed order, the same rows as the whole answer, in either database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

from dragoman import Record
from dragoman.store import Filter, paging
from dragoman.store.paging import Place
from tests.store.places import place, record_url  # noqa: F401 - fixtures
from tests.web import desk_made as made

COUNTED = Filter(superseded=False, copies=False)


@pytest.fixture
def record(record_url: str) -> Iterator[Record]:  # noqa: F811
    made.make(record_url)
    with Record(record_url) as found:
        yield found


def every(page: Callable[..., Any], limit: int, **options: Any) -> list[str]:
    """Ids of all rows, page by page."""
    out: list[str] = []
    after: Place | None = None
    for _ in range(200):
        found = page(limit, after, **options)
        assert len(found.rows) <= limit
        out += [getattr(row, "claim", row).id for row in found.rows]
        after = found.next
        if after is None:
            return out
    raise AssertionError("the pages do not end")


@pytest.mark.parametrize("few", [True, False])
def test_pages_hold_what_the_whole_answer_holds(record: Record, few: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether few rows are looked up or many are walked past, the rows and their order are the same."""
    monkeypatch.setattr(paging, "ALONE", 5_000 if few else 0)
    monkeypatch.setattr(paging, "SOME", 50_000 if few else 0)
    for asked in ({}, {"states": ("NOR", "SWE")}, {"states": ("NOR",), "since": "2032-03-05"}, {"person": "Kolm"}, {"kinds": ("contact",)},
                  {"states": ("SWE",), "kinds": ("contact", "figure"), "until": "2032-03"}, {"outlet": "gazette"}, {"modality": "planned"},
                  {"person": "Kolm", "states": ("SWE",)}, {"min_confidence": 0.6}, {"states": ("FRA",)}):  # fmt: skip
        f = Filter(**asked, superseded=False, copies=False)
        whole = {row.claim.id for row in record.claims(f.kinds or None, states=f.states, person=f.person, since=f.since, until=f.until,
                                                       outlet=f.outlet, modality=f.modality, min_confidence=f.min_confidence)}  # fmt: skip
        for newest in (False, True):
            orders = [every(partial(record.claims_page, f), n, newest=newest) for n in (1, 2, 50)]
            assert orders[0] == orders[1] == orders[2], asked
            assert set(orders[0]) == whole and len(orders[0]) == len(whole), asked


def test_the_latest_come_first_and_the_undated_last(record: Record) -> None:
    days = [row.claim.date for row in record.claims_page(Filter(kinds=("contact",), superseded=False, copies=False), 50, newest=True).rows]
    assert days == ["2032-06", "2032-03-08", "2032-03-04"]
    assert [r.file for r in record.documents_page(Filter(), 50).rows] == ["bulletin.txt", "gazette.txt", "hostile.html"]
    named = every(partial(record.facts_page, ("person", "organization", "place"), Filter()), 1)
    assert len(named) == len(set(named)) == len(record.entities())


def test_facts_by_words_doubts_and_what_is_real(record: Record) -> None:
    assert [f.kind for f in record.facts_page("series", Filter(), 5, about="turnover").rows] == ["series"]
    assert record.facts_page("series", Filter(), 5, about="zebra").rows == ()
    assert [f.id for f in record.facts_page("conflict", Filter(), 5, real=True).rows] == [f.id for f in record.conflicts()]
    assert record.facts_page("person", Filter(), 5, doubtful=True).rows == ()


def test_unsure_claims_without_some(record: Record) -> None:
    unsure = [row.claim.id for row in record.claims_page(COUNTED, 50, unsure=True).rows]
    assert len(unsure) == 3
    assert [row.claim.id for row in record.claims_page(COUNTED, 50, unsure=True, without=unsure[:1]).rows] == unsure[1:]


def test_the_state_of_a_record_changes_with_it(record: Record, record_url: str) -> None:  # noqa: F811
    before = record.state()
    assert record.state() == before
    with Record(record_url) as other:
        other.make_token("Ada")
    after = record.state()
    assert after != before
    claim = record.claims()[0].claim.id
    record.undo(record.judge("note", claim, by="Ada", why="seen").id, by="Ada")
    assert record.state() != after
    assert record.waiting() == 0, "a note is for people: no fact follows it"
    record.judge("reject", claim, by="Ada")
    assert record.waiting() > 0
    record.resolve()
    assert record.waiting() == 0
