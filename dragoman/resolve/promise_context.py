"""What the words around a claim tell of a promise: what "they" are that had been promised, and how late it was done."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from dragoman.model.claims import Commitment, Figure
from dragoman.model.promises import Step
from dragoman.resolve.promise_words import PRONOUN, Profile, last_day

BEFORE = 60  # characters within which the sentence before ends
NEAR = 150  # characters within which a delay is told beside what was delayed
_LATE = re.compile(
    r"\b(?P<unit>day|week|month|year)s?,? (?:late|later than (?:planned|promised|agreed)|behind schedule|after the deadline|overdue)\b",
    re.I,
)
_DAYS, _MONTHS = {"day": 1, "week": 7}, {"month": 1, "year": 12}


def resolved(profiles: Sequence[Profile]) -> list[Profile]:
    """Claims of promise that begin with a pronoun, with the words and numbers of what was spoken of just before."""
    ends: dict[str, list[tuple[int, Profile]]] = defaultdict(list)
    for p in profiles:
        ends[p.claim.document].append((p.claim.evidence[0].end, p))
    for some in ends.values():
        some.sort(key=lambda e: (e[0], e[1].claim.id))
    return [_with_object(p, ends[p.claim.document]) if isinstance(p.claim, Commitment) and PRONOUN.match(p.words) else p for p in profiles]


def _with_object(p: Profile, ends: Sequence[tuple[int, Profile]]) -> Profile:
    start = p.claim.evidence[0].start
    at = bisect_right(ends, start, key=lambda e: e[0]) - 1
    if at < 0 or start - ends[at][0] > BEFORE:
        return p
    thing = ends[at][1]
    return replace(p, terms=thing.terms | p.terms, plain=p.plain | thing.plain, numbers=p.numbers | thing.numbers)


def delayed(steps: Sequence[Step], deadline: str | None, by_id: dict[str, Profile], figures: dict[str, list[Profile]]) -> list[Step]:
    """The steps with the day on which it was done where the words only tell by how much it was late: "four months late"."""
    due = last_day(deadline)
    out: list[Step] = []
    for step in steps:
        claim = by_id[step.claim].claim
        delay = _delay(claim, figures) if due and step.status == "done" and not step.begun and isinstance(claim, Commitment) else None
        out.append(step)
        if due and delay:
            figure, unit, count = delay
            day = _after(due, unit, count)
            out[-1] = replace(step, date=day, begun=True)
            why = (f"late, by a deadline of {due.isoformat()}",)
            out.append(replace(step, axis="shown", date=day, claim=figure.claim.id, begun=True, why=why))
    return out


def _after(due: dt.date, unit: str, count: int) -> str:
    """The month that lies so long after a day."""
    if unit in _DAYS:
        return (due + dt.timedelta(count * _DAYS[unit])).isoformat()[:7]
    months = due.year * 12 + due.month - 1 + count * _MONTHS[unit]
    return f"{months // 12:04}-{months % 12 + 1:02}"


def _delay(claim: Commitment, figures: dict[str, list[Profile]]) -> tuple[Profile, str, int] | None:
    """The figure beside a claim that tells how late it was, the unit and the number."""
    here = claim.evidence[0]
    for p in figures.get(claim.document, ()):
        at = p.claim.evidence[0]
        m = _LATE.search(at.quote) if isinstance(p.claim, Figure) and -NEAR < at.start - here.end < NEAR else None
        if m and isinstance(p.claim, Figure) and p.claim.low:
            return p, m["unit"].lower(), min(round(p.claim.low), 9999)
    return None
