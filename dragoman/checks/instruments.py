"""One agreement signed on two days, or by other people: that cannot be. Signed, then in force, or planned and then done, can."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from dragoman.model import time
from dragoman.model.claims import ActorRef
from dragoman.model.facts import Conflict, Fact
from dragoman.model.instruments import Instrument, Step
from dragoman.model.meetings import Said
from dragoman.reference import states

READS = ("instrument",)
NEWS = 7  # days within which an event is reported without its day
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_DONE = {"signed": "signature", "adopted": "adoption", "ratified": "ratification", "in force": "entry into force"}


def check(facts: Sequence[Fact]) -> Iterator[Conflict]:
    """A conflict for every stage that cannot have been on all the days given, and for accounts of who signed that exclude each other."""
    for fact in facts:
        if isinstance(fact, Instrument):
            for step in fact.steps:
                if step.modality == "actual" and step.stage in _DONE:
                    yield from _days(fact, step)
            yield from _signers(fact)


def _days(fact: Instrument, step: Step) -> Iterator[Conflict]:
    """Dates of which at least two have no day in common; each stage of a party's own (ratification) may have its day."""
    apart = [(a, b) for n, a in enumerate(step.dates) for b in step.dates[n + 1 :] if _gap(a.value, b.value) and not _reported(a, b, step)]
    if not apart or (step.stage == "ratified" and len(fact.states) > 1):
        return
    values = [s for s in step.dates if any(s in pair for pair in apart)]
    best = max(values, key=lambda s: len(s.claims))
    outdone = all(len(s.claims) < len(best.claims) for s in values if s is not best)
    days = " and ".join(f"{_told(s.value)} ({_count(s.claims)})" for s in values)
    gap = min(_gap(a.value, b.value) for a, b in apart)
    yield Conflict(
        claims=tuple(sorted({c for s in values for c in s.claims})),
        states=fact.states,
        about=f"day of {_DONE[step.stage]} of {_title(fact)}",
        type="contradiction",
        why=f"An agreement has one day of {_DONE[step.stage]}. The documents give {days}; these are {_days_apart(gap)} apart.",
        date=step.date,
        supported=best.claims if outdone else (),
        support=f"{_told(best.value)} stands in {_count(best.claims)}, the other in fewer" if outdone else None,
    )


def _reported(one: Said, other: Said, step: Step) -> bool:
    """Whether the later date is only that of a report which names no day itself: the news came a few days after."""
    early, late = sorted((one, other), key=lambda s: s.value)
    return set(late.claims) <= set(step.implied) and _gap(early.value, late.value) <= NEWS


def _gap(one: str, other: str) -> int:
    """Days between two dates; 0 where they can be one day."""
    a, b = time.parse(one), time.parse(other)
    if a.approximate or b.approximate or not (a.first and a.last and b.first and b.last):
        return 0
    return max((a.first - b.last).days, (b.first - a.last).days, 0)


def _signers(fact: Instrument) -> Iterator[Conflict]:
    """Two accounts of who signed, or of those who signed by one account and looked on by another."""
    looked_on = [w for w in fact.witnessed_by if any(_share(w.who, s.who) for s in fact.signed_by)]
    accounts = [*fact.signed_by, *looked_on]
    if len(fact.signed_by) < 2 and not looked_on:
        return
    told = [f"by {_count(s.claims)} {_names(s.who)} signed it" for s in fact.signed_by]
    told += [f"by {_count(w.claims)} {_names(w.who)} looked on while it was signed" for w in looked_on]
    yield Conflict(
        claims=tuple(sorted({c for s in accounts for c in s.claims})),
        states=fact.states,
        about=f"who signed {_title(fact)}",
        type="contradiction",
        why=f"B{'; '.join(told)[1:]}.",
        date=fact.date,
    )


def _share(one: Sequence[ActorRef], other: Sequence[ActorRef]) -> bool:
    return any(a.state == b.state and (a.name == b.name if a.name and b.name else a.position == b.position) for a in one for b in other)


def _names(who: Sequence[ActorRef]) -> str:
    """ "Gustavo del Campo and Ignacio Larraín", "the presidents"."""
    return " and ".join(dict.fromkeys(_name(a) for a in who))


def _name(actor: ActorRef) -> str:
    if actor.name and not states.short_name(actor.name):
        return actor.name
    where = states.short_name(actor.state or "")
    if actor.mention or not actor.position:
        return actor.mention or where or "somebody not named"
    return f"the {actor.position} of {where}" if where else f"a {actor.position}"


def _title(fact: Instrument) -> str:
    return f"“{fact.title}”" if len(fact.title.split()) > 1 else f"the {fact.title}"


def _count(claims: Sequence[str]) -> str:
    return "one report" if len(claims) == 1 else f"{len(claims)} reports"


def _days_apart(gap: int) -> str:
    return "one day" if gap == 1 else f"{gap} days"


def _told(edtf: str) -> str:
    """A date as a person writes it: "22 March 2018"."""
    if "/" in edtf:
        first, last = edtf.split("/", 1)
        return f"{_told(first)} to {_told(last)}"
    parts = edtf.rstrip("~?%").split("-")
    if len(parts) == 3:
        day = dt.date.fromisoformat("-".join(parts))
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{_MONTHS[int(parts[1]) - 1]} {parts[0]}" if len(parts) == 2 and int(parts[1]) <= 12 else edtf
