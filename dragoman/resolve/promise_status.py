"""What a claim shows of a promise, and what a promise has come to as of a day."""

from __future__ import annotations

import datetime as dt

from dragoman.model import time
from dragoman.model.claims import Agreement, Claim, Commitment, Contact, Figure, Mission, Tenure
from dragoman.model.promises import Promise, Schedule, Standing, Step
from dragoman.reference.slug import slug
from dragoman.resolve.promise_links import founded, papers
from dragoman.resolve.promise_words import PRONOUN, Profile, last_day, order_day, sheet

PROMISING = ("announced", "agreed")
_RANK = {"announced": 0, "agreed": 1, "under way": 2, "dropped": 3, "missed": 4, "done": 5}


def shown(promise: Profile, other: Profile) -> str | None:
    """What a claim shows of a promise: `done`, `under way`, `missed`, or None where it shows nothing."""
    claim = other.claim
    if isinstance(claim, Commitment):
        if claim.status in PROMISING:
            return None
        if claim.status != "done" or not promise.acts or PRONOUN.match(other.words):
            return claim.status
        return "under way" if _less(promise, claim) else _reached(promise, other) or "under way"
    if claim.modality != "actual":
        return None
    if isinstance(claim, Figure):
        return _figure(promise, claim, other)
    if isinstance(claim, Agreement):
        return _agreement(promise, claim)
    if isinstance(claim, Mission):
        return "done" if promise.acts & {"open", "found", "restore"} else None
    if isinstance(claim, Contact):
        return "done" if promise.acts & {"visit", "host"} else _reached(promise, other)
    if isinstance(claim, Tenure):
        return "done" if founded(promise) & other.bodies else _reached(promise, other)
    reached = _reached(promise, other)
    return "under way" if reached == "done" and _level(promise) else reached


def _level(promise: Profile) -> bool:
    """Whether an amount is to be reached: then figures and plain words alone say that it was."""
    made = promise.claim
    return isinstance(made, Commitment) and made.target is not None and bool(promise.acts & {"raise", "cut"})


def _reached(promise: Profile, other: Profile) -> str | None:
    """How far the acts of a follow-up bring what was promised: what was begun is not yet done."""
    stages = sheet()["stages"]
    if promise.acts & other.acts:
        return "done"
    if not other.acts:
        return None if promise.acts else "done"
    far = max(stages.get(a, 0) for a in other.acts)
    return "done" if far >= max((stages.get(a, 5) for a in promise.acts), default=5) else "under way"


def _less(promise: Profile, told: Commitment) -> bool:
    """Whether what was done is less than the amount promised: "only 4 of the 12"."""
    made = promise.claim
    if not isinstance(made, Commitment) or not made.target or not told.target or made.target.unit != told.target.unit:
        return False
    goal, value = made.target.low or made.target.high, told.target.low or told.target.high
    return bool(goal and value and value < goal)


def _agreement(promise: Profile, claim: Agreement) -> str | None:
    if claim.action == "planned":
        return None
    return "done" if promise.acts & papers(claim.action) else "under way"


def _figure(promise: Profile, claim: Figure, other: Profile) -> str | None:
    """What an actual figure shows of an amount promised."""
    made = promise.claim
    target = made.target if isinstance(made, Commitment) else None
    if sheet()["restated"].search(other.words) or claim.measure in ("change", "rank"):
        return None
    goal = (target.low or target.high) if target else None
    value = claim.low if claim.low is not None else claim.high
    if target is None or goal is None or value is None:
        return "under way"
    if claim.unit != target.unit:
        return None
    if value >= goal:
        return "done"
    limit = last_day(made.deadline if isinstance(made, Commitment) else None)
    covered = last_day(claim.period) if claim.period else order_day(other.told)
    return "missed" if limit and covered and covered >= limit else "under way"


def sort_key(step: Step) -> tuple[str, str, int, str]:
    """The order of a history: by date, then by the day told, then the further one."""
    return ((order_day(step.date) or dt.date.min).isoformat(), step.told or "", _RANK[step.status], step.claim)


def status(promise: Promise, as_of: str | None = None, known: str | None = None) -> Standing:
    """What a promise has come to as of a day (EDTF), by the documents published until `known`; of all there is where both are None.

    The newest day of the record bounds what "nothing is shown" means: the caller gives it as `as_of`.
    """
    limit, read = last_day(as_of), last_day(known)
    steps = [s for s in promise.history if _until(s.date, limit) and _until(s.told, read)]
    moved = [s for s in steps if s.status not in PROMISING]
    made = [s for s in steps if s.status in PROMISING]
    final = moved[-1] if moved else max(made, key=lambda s: _RANK[s.status], default=None)
    said = [s for s in moved if s.axis == "said"]
    evidence = [s for s in moved if s.axis == "shown"]
    spoken = said[-1] if said else max(made, key=lambda s: _RANK[s.status], default=None)
    return Standing(
        status=final.status if final else None,
        since=final.date if final else None,
        said=spoken.status if spoken else None,
        shown=evidence[-1].status if evidence else None,
        schedule=_schedule(promise, steps, limit, read),
        as_of=as_of,
        claims=tuple(dict.fromkeys(s.claim for s in (final, spoken, *evidence[-1:]) if s)),
    )


def _until(date: str | None, limit: dt.date | None) -> bool:
    """Whether a date does not lie after a day; an unknown one counts."""
    if limit is None or date is None or not time.is_edtf(date):
        return True
    when = time.parse(date)
    first = when.first or when.last
    return first is None or first <= limit


def _schedule(promise: Promise, steps: list[Step], limit: dt.date | None, read: dt.date | None) -> Schedule:
    set_ = [d for d in promise.deadlines if _until(d.told, limit) and _until(d.told, read)]
    if not set_:
        return Schedule(None, None, None, None)
    first, last = set_[0].date, set_[-1].date
    due = last_day(first)
    done = next((s for s in steps if s.status == "done" and s.date), None)
    passed = due < limit if due and limit else None
    result = _punctual(done.date, first) if done is not None else "overdue" if passed else "open" if passed is False else None
    return Schedule(first, last if last != first else None, passed, result)


def _punctual(done: str | None, deadline: str) -> str | None:
    """Whether it was done in time, as far as the precision of the dates says."""
    if done is None or not time.is_edtf(done):
        return None
    day, due = time.parse(done), time.parse(deadline)
    if due.last and day.first and day.first > due.last:
        return "late"
    if due.first and day.last and day.last < due.first:
        return "before its time"
    return "in time" if due.last and day.last and day.last <= due.last else None


def told_by_owner(claim: Claim, owners: frozenset[str]) -> bool:
    """Whether the words are those of one who promised: a speaker or an office of his."""
    return any(slug(link.name) in owners for link in claim.attribution if link.role in ("speaker", "office"))
