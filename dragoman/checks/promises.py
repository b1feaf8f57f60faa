"""One promise done on two days: documents that tell when it came about, and exclude each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.model import time
from dragoman.model.facts import Conflict, Fact
from dragoman.model.promises import Promise, Step
from dragoman.model.time import Interval

READS = ("commitment",)
EXACT = 31  # days: a wider date is no day of its own
APART = 183  # days: what lies further apart is another stage, or another thing
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def check(facts: Sequence[Fact]) -> Iterator[Conflict]:
    """A conflict for every promise that documents of different days have done on days that have none in common."""
    for fact in facts:
        if isinstance(fact, Promise):
            yield from _days(fact)


def _days(fact: Promise) -> Iterator[Conflict]:
    told = [(s, when) for s in fact.history if s.status == "done" and s.begun and (when := _exact(s.date))]
    apart = [(a, b) for n, (a, x) in enumerate(told) for b, y in told[n + 1 :] if a.told != b.told and 0 < _gap(x, y) <= APART]
    if not apart:
        return
    steps = [s for s, _ in told if any(s in pair for pair in apart)]
    days = list(dict.fromkeys(s.date or "" for s in steps))
    yield Conflict(
        claims=tuple(sorted({s.claim for s in steps})),
        states=fact.states,
        about=f"when it was done: {fact.action}",
        type="contradiction",
        why=f"What was promised came about once; the documents say {' and '.join(f'{_shown(d)} ({_count(d, steps)})' for d in days)}.",
        date=steps[0].date,
    )


def _count(day: str, steps: Sequence[Step]) -> str:
    told = sorted({s.told or "without date" for s in steps if s.date == day})
    return "told " + ", ".join(_shown(t) for t in told)


def _exact(edtf: str | None) -> Interval | None:
    when = time.parse(edtf) if edtf and time.is_edtf(edtf) else None
    return when if when and when.first and when.last and (when.last - when.first).days < EXACT and not when.approximate else None


def _gap(a: Interval, b: Interval) -> int:
    """Days between two dates; 0 where they have a day in common."""
    assert a.first and a.last and b.first and b.last
    return max((a.first - b.last).days, (b.first - a.last).days, 0)


def _shown(edtf: str) -> str:
    """A day or month as a person writes it."""
    parts = edtf.split("-")
    if len(parts) not in (2, 3) or not all(p.isdigit() for p in parts) or not 1 <= int(parts[1]) <= 12:
        return edtf
    day = f"{int(parts[2])} " if len(parts) == 3 else ""
    return f"{day}{_MONTHS[int(parts[1]) - 1]} {parts[0]}"
