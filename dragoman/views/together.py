"""Facts in plain words: one line a fact, and what is particular about it. Nothing is said that its claims do not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from dragoman.model.entities import OrganizationEntity, PersonEntity, PlaceEntity
from dragoman.model.facts import Conflict, Fact
from dragoman.model.instruments import Instrument
from dragoman.model.meetings import Difference, Meeting
from dragoman.model.members import Belonging, Post
from dragoman.model.offices import Chain, Occupancy
from dragoman.model.promises import Promise, Standing
from dragoman.model.series import Point, Series
from dragoman.views.visible import one_line
from dragoman.views.wording import MODES, actor, amount, date, indicator, joined, state

MOST = 12  # details shown of one fact


def line(fact: Fact) -> str:
    """One line: what happened, who took part, when."""
    return _LINES[type(fact)](fact)


def details(fact: Fact) -> list[str]:
    """What is particular: history, differences between sources, doubts; one line each."""
    found = list(_DETAILS[type(fact)](fact)) if type(fact) in _DETAILS else []
    return found[:MOST] + ([f"and {len(found) - MOST} more"] if len(found) > MOST else [])


def standing(found: Standing) -> str:
    """What a promise has come to: its status, then what the owner says, what is shown, and the calendar."""
    told = f"{found.status or 'not made yet'}" + (f" ({date(found.since)})" if found.since else "")
    said = f"the owner says: {found.said or 'nothing'}; shown: {found.shown or 'nothing, which is no failure'}"
    due = found.schedule
    when = f"; due {date(due.deadline)}" if due.deadline else "; no deadline"
    when += f", moved to {date(due.revised)}" if due.revised else ""
    when += f", {due.result}" if due.result else ""
    return f"{told}; {said}{when}" + (f"; as of {date(found.as_of)}" if found.as_of else "")


def span(fact: Occupancy) -> str:
    """Beginning, end and observed days of a fact in words; what no document states is not there."""
    said = []
    if fact.since:
        said.append(f"since {date(fact.since)}" if not fact.since.startswith("..") else f"in office {date(fact.since)}")
    if fact.until:
        said.append(f"until {date(fact.until)}" if not fact.until.startswith("..") else f"gone {date(fact.until)}")
    else:
        said.append("no end stated" + (f", expected {date(fact.expected)}" if fact.expected else ""))
    if fact.observed:
        days = fact.observed
        more = f" and {len(days) - 2} more {'day' if len(days) == 3 else 'days'} between" if len(days) > 2 else ""
        last = f" and on {date(days[-1])}" if len(days) > 1 else ""
        said.append(f"named on {date(days[0])}{last}{more}")
    return ", ".join(said)


# ---------------------------------------------------------------- one line


def _meeting(f: Meeting) -> str:
    who = joined([actor(p) for p in f.participants]) or "participants not named"
    what = f"{f.visit_type} visit" if f.mode == "visit" and f.visit_type else MODES.get(f.mode, f.mode)
    where = f" in {one_line(f.place.name, 60)}" if f.place else ""
    host = f" to {state(f.host)}" if f.host else ""
    status = "" if f.status == "held" else f" [{f.status}]"
    occasion = f" ({one_line(f.occasion, 80)})" if f.occasion else ""
    return f"{date(f.date)}: {what}{host}, {who}{where}{occasion}{status}"


def _promise(f: Promise) -> str:
    by = joined([state(b) if len(b) == 3 else one_line(b, 60) for b in f.by]) or "owner not named"
    due = f", by {date(f.deadline).removeprefix('by ')}" if f.deadline else ""
    return f"{date(f.date)}: {by}: {one_line(f.action, 160)}{due}"


def _instrument(f: Instrument) -> str:
    parties = joined([actor(p, full=False) for p in f.parties])
    return f"{date(f.date)}: {one_line(f.title, 140)} ({f.type}), {f.status}" + (f", {parties}" if parties else "")


def _belonging(f: Belonging) -> str:
    member = state(f.member) if len(f.member) == 3 and f.member.isupper() else one_line(f.member, 60)
    return f"{member} in {one_line(f.organization, 90)}: {f.status}" + _since(f.since, f.until, f.seen)


def _post(f: Post) -> str:
    city = f" in {one_line(f.city, 40)}" if f.city else ""
    return f"{f.type} of {state(f.sending)} in {state(f.receiving)}{city}: {f.status}" + _since(f.since, f.until, f.seen)


def _since(since: str | None, until: str | None, seen: str | None) -> str:
    told = (f", since {date(since)}" if since else "") + (f", until {date(until)}" if until else "")
    return told + (f", last named {date(seen)}" if seen else "")


def _chain(f: Chain) -> str:
    where = f.position.organization or (state(f.position.state) if f.position.state else "")
    names = [one_line(o.person.name or "not named", 50) for o in f.occupancies if o.modality == "actual"]
    return f"{one_line(f.position.name, 80)}, {one_line(where, 80)}: {'; '.join(dict.fromkeys(names)) or 'nobody named'}"


def _series(f: Series) -> str:
    parties = joined([state(p) if len(p) == 3 else one_line(p, 40) for p in f.parties])
    what = indicator(f.indicator) + (f" ({f.measure})" if f.measure != "level" else "") + (" (target)" if f.target else "")
    return f"{what}, {parties}: {len(f.points)} {'figure' if len(f.points) == 1 else 'figures'}"


def _conflict(f: Conflict) -> str:
    return f"{one_line(f.about, 140)} [{f.type}]"


def _person(f: PersonEntity) -> str:
    where = f" ({state(f.person.state)})" if f.person.state else ""
    posts = f": {', '.join(one_line(p, 50) for p in f.positions[:5])}" if f.positions else ""
    return f"{one_line(f.person.name or 'not named', 80)}{where}{posts}"


def _named(f: OrganizationEntity | PlaceEntity) -> str:
    others = [one_line(n, 50) for n in f.names if n != f.name]
    return one_line(f.name, 90) + (f", also {', '.join(others[:5])}" if others else "")


_LINES: dict[Any, Callable[[Any], str]] = {
    Meeting: _meeting, Promise: _promise, Instrument: _instrument, Belonging: _belonging, Post: _post, Chain: _chain, Series: _series,
    Conflict: _conflict, PersonEntity: _person, OrganizationEntity: _named, PlaceEntity: _named,
}


# ---------------------------------------------------------------- what is particular


def _of_meeting(f: Meeting) -> Iterator[str]:
    if len(f.history) > 1:
        yield "history: " + "; ".join(f"{s.status}{f' for {date(s.date)}' if s.date else ''} (told {date(s.asserted)})" for s in f.history)
    yield from _differences(f.differences)
    for p in f.possible_same:
        yield f"may be one with another contact ({p.score:.2f}): {'; '.join(one_line(r, 80) for r in p.reasons)}"


def _differences(found: tuple[Difference, ...]) -> Iterator[str]:
    for d in found:
        if d.excluding:
            yield f"sources differ on {d.field}: {'; '.join(f'{one_line(v.value, 80)} ({len(v.claims)})' for v in d.values)}"


def _of_promise(f: Promise) -> Iterator[str]:
    for s in f.history:
        yield f"{date(s.date)}: {s.status}, {'by its owner' if s.axis == 'said' else 'as others or facts show'} (told {date(s.told)})"
    for d in f.deadlines[1:]:
        yield f"deadline moved to {date(d.date)} (told {date(d.told)})"


def _of_instrument(f: Instrument) -> Iterator[str]:
    for s in f.steps:
        others = "; ".join(one_line(v.value, 40) for v in s.dates) if len(s.dates) > 1 else ""
        planned = "" if s.modality == "actual" else f" ({s.modality})"
        yield f"{s.stage}{planned}: {date(s.date)}" + (f"; dates given: {others}" if others else "")
    if len(f.signed_by) > 1:
        yield "accounts differ on who signed: " + " / ".join(joined([actor(a) for a in s.who]) for s in f.signed_by)


def _of_chain(f: Chain) -> Iterator[str]:
    for o in f.occupancies:
        acting = " (acting)" if o.acting else ""
        yield f"{one_line(o.person.name or 'not named', 60)}{acting}: {span(o)}" + ("" if o.modality == "actual" else f" [{o.modality}]")
    for g in f.gaps:
        yield f"nobody known for {date(g.days)}"
    for both in f.overlaps:
        yield f"two holders for {date(both.days)}: {joined([one_line(p, 60) for p in both.persons])}"


def point(p: Point, unit: str, measure: str = "level") -> str:
    """A figure of a series: period, amount, whose it is."""
    whose = f", {one_line(p.claimant, 60)}" if p.claimant else ""
    shown = amount(p.low, p.high, unit, p.modifier, signed=measure == "change")
    return f"{date(p.period)}: {shown}{whose}" + ("" if p.modality == "actual" else f" [{p.modality}]")


def _of_series(f: Series) -> Iterator[str]:
    yield from (point(p, f.unit, f.measure) for p in f.points)


def _of_conflict(f: Conflict) -> Iterator[str]:
    yield one_line(f.why, 600)
    if f.support:
        yield one_line(f.support, 400)
    if f.explained:
        yield f"the texts explain it: “{one_line(f.explained, 240)}”"


def _of_entity(f: PersonEntity | OrganizationEntity) -> Iterator[str]:
    merges = f.person.merges if isinstance(f, PersonEntity) else f.merges
    for m in merges:
        yield f"{one_line(m.one, 60)} = {one_line(m.other, 60)} ({m.score:.2f}): {'; '.join(m.reasons)}"
    for d in f.doubts:
        yield f"doubtful: {one_line(d.one, 60)} / {one_line(d.other, 60)} ({d.score:.2f}): {'; '.join(d.reasons)}"


_DETAILS: dict[Any, Callable[[Any], Iterator[str]]] = {
    Meeting: _of_meeting, Promise: _of_promise, Instrument: _of_instrument, Chain: _of_chain, Series: _of_series, Conflict: _of_conflict,
    PersonEntity: _of_entity, OrganizationEntity: _of_entity,
}
