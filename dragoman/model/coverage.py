"""What an answer rests on: documents and outlets by month."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Month:
    """Documents and outlets of one month (`2024-05`)."""

    month: str
    documents: int
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the record rests on for some states: every "none" and "nobody" is to be read with it.

    documents    how many involve all the states; copies and superseded texts are left out
    first, last  dates of publication of the oldest and the newest (EDTF), `newest` the file of the newest
    months       those that have documents, in order
    gaps         months without a document between the first and the last, as EDTF months or intervals
    undated      documents whose date is not known to the month
    """

    states: tuple[str, ...]
    documents: int
    first: str | None = None
    last: str | None = None
    newest: str | None = None
    outlets: tuple[tuple[str, int], ...] = ()
    months: tuple[Month, ...] = ()
    gaps: tuple[str, ...] = ()
    undated: int = 0
