"""Counts of a whole record, and of what it rests on."""

from __future__ import annotations

from typing import NamedTuple


class Counted(NamedTuple):
    """How many facts or claims of one kind two states share in a month; `month` is None where they have no date.

    one, other  ISO codes in order
    last        the last day that they tell of, ISO
    """

    one: str
    other: str
    kind: str
    month: str | None
    count: int
    last: str | None


class Covered(NamedTuple):
    """How many documents one outlet published in a month; month and outlet are None where they are unknown, `last` is their last day."""

    month: str | None
    outlet: str | None
    documents: int
    last: str | None
