"""When a document without a date was written, as far as its own words and the offices that it names tell."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dragoman.model.documents import Evidence


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that bounds the day: `first` and `last` are the days that it leaves, None where it bounds nothing.

    evidence  the words of the document; claims: ids of the claims of this and of other documents that it rests on
    """

    text: str
    evidence: Evidence
    first: dt.date | None = None
    last: dt.date | None = None
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dated:
    """The days between which a document was written: `date` is EDTF, None where the reasons contradict each other.

    own      the same by the document's own words alone, None where they tell nothing
    reasons  those that give the bounds first
    """

    date: str | None
    own: str | None
    reasons: tuple[Reason, ...]
