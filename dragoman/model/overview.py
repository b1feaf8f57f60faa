"""Counts of a whole record, and of what it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from dragoman.model import time


class Counted(NamedTuple):
    """How many facts or claims of one kind two states share in a month; `month` is None where they have no date.

    one, other  ISO codes in order
    last        the latest of their dates that is known to the day, ISO
    """

    one: str
    other: str
    kind: str
    month: str | None
    many: int
    last: str | None


class Covered(NamedTuple):
    """How many documents one outlet published in a month; month and outlet are None where they are unknown, `last` is their last day."""

    month: str | None
    outlet: str | None
    documents: int
    last: str | None


class Dated(NamedTuple):
    """A fact or claim by its number in the store, with the days that it tells of (ISO)."""

    n: int
    kind: str
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which facts or claims of one kind: about all the states, in the time (EDTF), as known by a day (EDTF)."""

    kind: str
    states: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    known: str | None = None

    def among(self, rows: Iterable[Dated]) -> list[Dated]:
        """Those of the rows whose days meet the time; what has no date is left out where a beginning is asked for."""
        since, until = _edge(self.since, False), _edge(self.until, True)
        later = (r for r in rows if not since or (r.last is not None and r.last >= since))
        return [r for r in later if not until or r.first is None or r.first <= until]


def _edge(edtf: str | None, last: bool) -> str | None:
    """The first or last day of a date as ISO text."""
    span = time.parse(edtf) if edtf else None
    day = (span.last if last else span.first) if span else None
    return day.isoformat() if day else None
