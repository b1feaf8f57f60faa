"""Diplomatic representation as dyad-years, as Correlates of War's Diplomatic Exchange and DDR have it."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.exchange.write import csv
from dragoman.exchange.years import years
from dragoman.model.exporting import Bundle
from dragoman.model.members import Post
from dragoman.reference import state_numbers, states

NAME = "diplomatic-exchange"
CARRIES = ("mission",)
SUFFIX = ".exchange.csv"
MEDIA = "text/csv"
CANNOT = ("planned missions, consulates as representation (they have a row without a level), the rank of who heads an embassy (3 is "
          "every embassy), years in which no document shows a mission: a missing row is not the absence of one")
COLUMNS = ("ccode1", "ccode2", "year", "DR_at_2", "stateabb1", "stateabb2", "iso1", "iso2", "state1", "state2", "mission", "city", "basis",
           "since", "until", "seen", "sources", "fact", "source", "as_of")  # fmt: skip


def write(bundle: Bundle) -> Iterator[str]:
    """The header, and a row for each sending state, receiving state, mission and year; DR_at_2 is what 1 keeps at 2."""
    yield csv.line(COLUMNS)
    rows = [row for fact in bundle.facts if isinstance(fact, Post) and fact.status != "planned" for row in _rows(fact, bundle)]
    for row in sorted(rows, key=lambda r: (r["iso1"], r["iso2"], r["mission"], r["city"], r["year"])):
        yield csv.line([csv.written(row[column]) for column in COLUMNS])


def _rows(fact: Post, bundle: Bundle) -> Iterator[dict[str, str]]:
    one, other = state_numbers.of(fact.sending), state_numbers.of(fact.receiving)
    cited = bundle.cited(fact.claims[:1])
    for year, how in years(fact.since, fact.until, fact.seen):
        yield {
            "ccode1": one.cow_number, "ccode2": other.cow_number, "year": str(year), "DR_at_2": "3" if fact.type == "embassy" else "",
            "stateabb1": one.cow, "stateabb2": other.cow, "iso1": fact.sending, "iso2": fact.receiving,
            "state1": states.short_name(fact.sending) or "", "state2": states.short_name(fact.receiving) or "", "mission": fact.type,
            "city": fact.city or "", "basis": how, "since": fact.since or "", "until": fact.until or "", "seen": fact.seen or "",
            "sources": str(len(fact.documents)), "fact": fact.id, "as_of": bundle.as_of or "",
            "source": cited[0].document.url or cited[0].document.file if cited else "",
        }  # fmt: skip
