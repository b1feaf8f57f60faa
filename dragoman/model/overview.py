"""Counts of a whole record, and of what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

PAIRED = ("contact", "instrument", "commitment", "series", "statement", "event", "conflict")  # kinds by which pairs are counted


class PairCount(NamedTuple):
    """Two states (ISO codes in order) with how much they share of each of the kinds of PAIRED."""

    one: str
    other: str
    many: tuple[int, ...]

    @property
    def kinds(self) -> dict[str, int]:
        """The same by kind."""
        return dict(zip(PAIRED, self.many, strict=True))

    @property
    def total(self) -> int:
        """How much there is in all; disputes are about what is counted already."""
        return sum(self.many) - self.many[-1]


class Covered(NamedTuple):
    """How many documents one outlet published in a month; month and outlet are None where they are unknown, `last` is their last day."""

    month: str | None
    outlet: str | None
    documents: int
    last: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which facts or claims of one kind: about all the states, in the time (EDTF), as known by a day (EDTF)."""

    kind: str
    states: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    known: str | None = None
