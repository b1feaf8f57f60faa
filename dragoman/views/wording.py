"""Claims in plain words: dates, amounts, actors and one line a claim. Nothing is said that the claim's fields do not hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dragoman.model.claims import (
    ActorRef,
    Agreement,
    Biography,
    Claim,
    Commitment,
    Contact,
    Event,
    Figure,
    Membership,
    Mission,
    Relation,
    Statement,
    Tenure,
)
from dragoman.model.saying import amount as amount
from dragoman.model.saying import date as date
from dragoman.model.saying import joined as joined
from dragoman.model.saying import number as number
from dragoman.reference import states
from dragoman.views.visible import one_line

MODES = {
    "call": "call",
    "meeting": "meeting",
    "talks": "talks",
    "visit": "visit",
    "summit": "summit",
    "forum": "forum",
    "video": "video conference",
    "letter": "letter",
}
MODALITY = {"planned": "planned", "possible": "possible", "denied": "denied or called off"}
CHANGES = {
    "holds": "",
    "appointed": "appointed",
    "reappointed": "reappointed",
    "elected": "elected",
    "reelected": "re-elected",
    "left": "left office",
}


def state(code: str) -> str:
    """The English short name of a state's code; anything else as it is."""
    return states.short_name(code) or one_line(code, 80)


def actor(ref: ActorRef, full: bool = True) -> str:
    """A person with office and state, a state or a body by name; the mention where nothing more is known."""
    if ref.id and ref.id.startswith("state:"):
        return state(ref.state or ref.name or "")
    name = one_line(ref.name or ref.mention or "somebody not named", 90)
    if not full or not (ref.id or "").startswith("person:"):
        return name
    known = [w for w in (ref.position, state(ref.state) if ref.state else None) if w]
    return f"{name} ({', '.join(known)})" if known else name


def line(claim: Claim) -> str:
    """One line that says what the claim asserts, with its date and its modality."""
    words = _LINES[claim.kind](claim)
    return f"{words} [{MODALITY[claim.modality]}]" if claim.modality in MODALITY else words


def _contact(c: Contact) -> str:
    who = [actor(p) for p in c.participants] or ["participants not named"]
    kind = f"{c.visit_type} visit" if c.mode == "visit" and c.visit_type else MODES[c.mode]
    between = f"{kind} by {joined(who)}" if c.mode == "visit" else f"{kind}: {joined(who)}"
    where = (f" to {state(c.host)}" if c.host else "") + (f", {one_line(c.place.name, 60)}" if c.place and c.place.name != c.host else "")
    return f"{between}{where}, {date(c.date)}" + (f"; {one_line(c.occasion, 100)}" if c.occasion else "")


def _tenure(c: Tenure) -> str:
    office = " ".join(w for w in ("acting" if c.acting else "", c.position) if w)
    of = (c.organization and one_line(c.organization, 80)) or (state(c.state) if c.state else "")
    when = [
        f"since {date(c.since)}" if c.since and c.change == "holds" else date(c.since) if c.since else "",
        f"until {date(c.until)}" if c.until and c.change != "left" else date(c.until) if c.until else "",
        f"on {date(c.date)}" if c.date and not c.since and not c.until else "",
    ]
    said = [f"{actor(c.person, full=False)}, {office}" + (f" of {of}" if of else ""), CHANGES[c.change], *when]
    return ", ".join(w for w in said if w)


def _figure(c: Figure) -> str:
    what = indicator(c.indicator)
    parties = " and ".join(state(p) for p in c.parties)
    value = amount(c.low, c.high, c.unit, c.modifier, signed=c.measure == "change")
    if c.equivalent:
        value += f" ({amount(c.equivalent.low, c.equivalent.high, c.equivalent.unit)})"
    measure = {"change": "change of ", "share": "share of ", "rank": "rank "}.get(c.measure, "")
    base = f" on {date(c.base_period)}" if c.base_period else ""
    record = ", a record" if "record" in c.flags else ""
    return f"{what}{', ' + parties if parties else ''}: {measure}{value}{base}, {date(c.period) if c.period else 'no period'}{record}"


def indicator(name: str) -> str:
    """The indicator in words: `trade_turnover` is "trade turnover", `other:road length` is "road length"."""
    return one_line(name.removeprefix("other:").replace("_", " "), 60)


def _agreement(c: Agreement) -> str:
    parties = joined([actor(p, full=False) for p in c.parties])
    until = f", until {date(c.until)}" if c.until else ""
    return f"{one_line(c.title, 160)} ({c.type}), {c.action}{' by ' + parties if parties else ''}, {date(c.date)}{until}"


def _membership(c: Membership) -> str:
    return f"{state(c.member)}: {c.role} of {one_line(c.organization, 100)}" + (f", {date(c.date)}" if c.date else "")


def _mission(c: Mission) -> str:
    return f"{c.type} of {state(c.sending)} in {state(c.receiving)}" + (f", {one_line(c.city, 60)}" if c.city else "")


def _statement(c: Statement) -> str:
    to = f" to {actor(c.addressee, full=False)}" if c.addressee else ""
    words = f"“{one_line(c.text)}”" if c.direct else one_line(c.text)
    return f"{actor(c.speaker)}{to}, {date(c.date)}: {words}"


def _biography(c: Biography) -> str:
    when = f", {date(c.date)}" if c.date else ""
    return f"{actor(c.person, full=False)}, {c.property}: {one_line(date(c.value) if c.property == 'born' else c.value, 120)}{when}"


def _commitment(c: Commitment) -> str:
    owner = joined([actor(a, full=False) for a in c.by]) or "owner not named"
    to = f" to {joined([actor(a, full=False) for a in c.to])}" if c.to else ""
    target = f"; target {amount(c.target.low, c.target.high, c.target.unit)}" if c.target else ""
    return f"{owner}{to}: {one_line(c.action, 200).rstrip(' .')} ({c.status}){target}, {date(c.deadline) if c.deadline else 'no deadline'}"


def _relation(c: Relation) -> str:
    rank = f", rank {c.rank}" if c.rank else ""
    return f"{joined([state(p) for p in c.parties])}: {c.type}{rank}"


def _event(c: Event) -> str:
    to = f" to {joined([actor(a, full=False) for a in c.recipient])}" if c.recipient else ""
    mode = f" ({c.mode})" if c.mode else ""
    who = joined([actor(a, full=False) for a in c.source]) or "actor not named"
    return f"{c.event_type}{mode}: {who}{to}, {date(c.date)}"


_LINES: dict[str, Callable[[Any], str]] = {
    "contact": _contact,
    "tenure": _tenure,
    "biography": _biography,
    "figure": _figure,
    "commitment": _commitment,
    "agreement": _agreement,
    "membership": _membership,
    "mission": _mission,
    "relation": _relation,
    "statement": _statement,
    "event": _event,
}
