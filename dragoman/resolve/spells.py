"""The times that one person held one position, out of what each claim says of them: stated ends, and days on which it was observed."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from dragoman.model import time
from dragoman.model.claims import Tenure
from dragoman.model.offices import Bound, Occupancy

YEAR = dt.timedelta(days=366)
days_of = lru_cache(maxsize=65536)(time.parse)
# of a day before the one on which it was written
_BEFORE = re.compile(r"\bhad (?:been|led|headed|chaired|held|served|presided|worked|represented)\b|\bat (?:that|the) time\b")
_PAST = re.compile(r"(?:worked|served|had|was|were|chaired|headed|led|held|occupied|used)\b")  # of the cue that the reader's rule names


@dataclass(frozen=True, slots=True)
class Said:
    """What one claim says: a beginning, an end, and a day on which the person was in office (EDTF), each if it says so."""

    claim: Tenure
    start: str | None = None
    end: str | None = None
    day: str | None = None
    expected: str | None = None
    first: dt.date | None = field(init=False)  # the earliest day that it tells of
    last: dt.date | None = field(init=False)  # the latest

    def __post_init__(self) -> None:
        # "gone by D" may be long after
        dates = (self.start, None if self.end and self.end.startswith("..") else self.end, self.day)
        points = [days_of(d) for d in dates if d]
        object.__setattr__(self, "first", min([d for p in points if (d := p.first or p.last)], default=None))
        object.__setattr__(self, "last", max([d for p in points if (d := p.last or p.first)], default=None))


def said(claim: Tenure) -> Said:
    """A claim's dates, told apart by what they bound.

    Being named in office is an observation on the day of the text; so is a new term. An end after the day of the text is expected,
    not known.
    """
    asserted = claim.asserted
    since, until, date = (_valid(d) for d in (claim.since, claim.until, claim.date))
    asserted = _valid(asserted)
    if claim.change == "left":
        return Said(claim, start=since, end=until or date or (f"../{asserted.split('/')[-1]}" if asserted else None))
    if claim.change in ("reappointed", "reelected"):
        return Said(claim, end=until, day=since or date or asserted)
    if claim.change in ("appointed", "elected"):
        return Said(claim, start=since or date or (f"../{asserted.split('/')[-1]}" if asserted else None), end=until)
    if until:
        still = bool(asserted) and _after(until, asserted)
        return Said(claim, since, None if still else until, date or (asserted if still else None), until if still else None)
    # "he worked as" and a line of a biography with one year say nothing of the day on which they were written
    told = (since is not None and "biography" in claim.rules) or ("phrase" not in claim.rules and any(map(_PAST.match, claim.rules)))
    day = date or (None if told or _BEFORE.search(claim.evidence[0].quote) else asserted)
    return Said(claim, start=since, day=day)


def _valid(edtf: str | None) -> str | None:
    return edtf if edtf and time.is_edtf(edtf) else None


def _after(one: str, other: str | None) -> bool:
    """Whether all of one date lies after another."""
    first, last = days_of(one).first, days_of(other).last if other else None
    return first is not None and last is not None and first > last


def split(items: Iterable[Said], taken: Callable[[dt.date, dt.date], bool] = lambda a, b: False) -> list[list[Said]]:
    """The claims of one person and position, a list for each time in office, oldest first; undated claims go with the last.

    taken  whether somebody else is known to have held it between two days
    """
    ordered = sorted(items, key=lambda s: (s.first or dt.date.max, s.last or dt.date.max, s.claim.id))
    spells: list[_Spell] = []
    for item in ordered:
        if item.first is None:
            _last_before(item, spells).add(item)
            continue
        if not spells or spells[-1].over(item, item.first, taken):
            spells.append(_Spell())
        spells[-1].add(item)
    return [spell.items for spell in spells]


class _Spell:
    """One time in office while its claims are put together: the last day it reaches, its first end, the first day in office."""

    def __init__(self) -> None:
        self.items: list[Said] = []
        self.reached: dt.date | None = None
        self.end: dt.date | None = None
        self.day: dt.date | None = None

    def add(self, item: Said) -> None:
        self.items.append(item)
        self.reached = max((d for d in (self.reached, item.last) if d), default=None)
        end = days_of(item.end).last if item.end and not item.end.startswith("..") else None
        self.end = min((d for d in (self.end, end) if d), default=None)
        day = days_of(item.day).last if item.day else None
        self.day = min((d for d in (self.day, day) if d), default=None)

    def over(self, item: Said, first: dt.date, taken: Callable[[dt.date, dt.date], bool]) -> bool:
        """Whether a claim tells of a later time in office: after an end, a year and more before a stated beginning, or after another."""
        if self.end and self.end < first:
            return True
        start = days_of(item.start).first if item.start else None
        if start and self.day and self.day + YEAR < start:
            return True
        return self.reached is not None and taken(self.reached, first)


def _last_before(item: Said, spells: list[_Spell]) -> _Spell:
    """The time in office that a claim without a day of its own belongs to: of "former, by D" the last that began before D."""
    by = days_of(item.end).last if item.end else None
    for spell in reversed(spells):
        first = spell.items[0].first
        if by is None or first is None or first <= by:
            return spell
    spells.insert(0, _Spell())
    return spells[0]


def occupancy(spell: Sequence[Said], base: Occupancy) -> Occupancy:
    """The fact that one time in office is; `base` gives person, position, acting and modality."""
    starts, ends = (_bounds((s.claim, d) for s in spell if (d := getattr(s, name))) for name in ("start", "end"))
    days: dict[str, list[str]] = defaultdict(list)
    for s in spell:
        if s.day:
            days[s.day].append(s.claim.id)
    expected = sorted({s.expected for s in spell if s.expected}, key=_order)
    return Occupancy(
        base.person,
        base.position,
        starts[0].date if starts else None,
        ends[0].date if ends else None,
        tuple(Bound(day, tuple(sorted(days[day]))) for day in sorted(days, key=_order)),
        base.acting,
        "stated" if starts or ends else "observed",
        tuple(sorted(s.claim.id for s in spell)),
        starts,
        ends,
        expected[-1] if expected else None,
        base.modality,
    )


def _order(edtf: str) -> tuple[str, str, str]:
    days = days_of(edtf)
    return str(days.first or days.last or ""), str(days.last or ""), edtf


def _bounds(dates: Iterable[tuple[Tenure, str]]) -> tuple[Bound, ...]:
    """The statements of one beginning or end: what most documents support first, then the most precise, then the earliest.

    A coarser date that holds a finer one supports it ("2022" and "2022-03").
    """
    by_date: dict[str, list[Tenure]] = defaultdict(list)
    for claim, date in dates:
        by_date[date].append(claim)
    support = {d: {c.document for e, cs in by_date.items() if _holds(e, d) for c in cs} for d in by_date}
    ranked = sorted(by_date, key=lambda d: (d.startswith(".."), -len(support[d]), _width(d), _order(d)))
    return tuple(Bound(d, tuple(sorted(c.id for c in by_date[d]))) for d in ranked)


def _holds(coarse: str, fine: str) -> bool:
    a, b = days_of(coarse), days_of(fine)
    begins = a.first is None or (b.first is not None and a.first <= b.first)
    return begins and (a.last is None or (b.last is not None and b.last <= a.last))


def _width(edtf: str) -> int:
    days = days_of(edtf)
    return (days.last - days.first).days if days.first and days.last else 10**6
