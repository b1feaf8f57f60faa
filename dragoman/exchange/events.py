"""Events as event data has them: a category, two sides with their codes, a day, and every document that reports the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

from dragoman.model import time
from dragoman.model.claims import ActorRef, Event, stamped
from dragoman.model.exporting import Bundle
from dragoman.model.stored import ClaimRow
from dragoman.reference import organizations, plover, states

UNDATED = "events without a day, in documents without one"
NOT_YET = "events that are possible, denied or only planned"
COOPERATION = frozenset(("CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"))


@dataclass(frozen=True, slots=True)
class Day:
    """When: the first and last day, and whether the day is only that of the document (`reported`), which event data then takes."""

    first: str
    last: str
    edtf: str | None
    reported: bool


@dataclass(frozen=True, slots=True)
class Told:
    """One event, as the first that has a place tells it, with all claims that report it by document."""

    event: Event
    rows: tuple[ClaimRow, ...]
    day: Day

    @property
    def number(self) -> int:
        """A number that is the same as long as the event is: its category, sides and day."""
        return int(hashlib.sha256("\x1f".join(map(str, _same(self.event, self.day))).encode()).hexdigest()[:12], 16)


def coded(event: Event) -> Event:
    """The event as PLOVER codes it: cooperation that is planned, such as a meeting to come, is AGREE on the day on which it is told."""
    if event.modality != "planned" or event.event_type not in COOPERATION:
        return event
    rules = ("from:plan", "from:meeting") if event.event_type == "CONSULT" else ("from:plan",)
    return stamped(event, event_type="AGREE", mode=None, modality="actual", place=None, rules=rules)


def day(row: ClaimRow) -> Day | None:
    """The day of an event; that of its document where it has none or only a latest one, and where it is only planned."""
    event = row.claim
    date = getattr(event, "date", None)
    planned = isinstance(event, Event) and coded(event) is not event
    for given, reported in ((None if planned else date, False), (event.asserted or row.document.published, True)):
        if given and time.is_edtf(given):
            span = time.parse(given)
            if span.first:
                return Day(span.first.isoformat(), (span.last or span.first).isoformat(), date, reported)
    return None


def single(bundle: Bundle) -> Iterator[tuple[ClaimRow, Event, Day]]:
    """The events with a day, one a claim, in the order of the documents."""
    for row in bundle.claims:
        when = day(row)
        if isinstance(row.claim, Event) and when and row.claim.event_type in plover.categories():
            yield row, coded(row.claim), when


def together(bundle: Bundle) -> list[Told]:
    """The actual events by day, each once with all that report it."""
    held: dict[tuple[object, ...], list[tuple[ClaimRow, Event, Day]]] = {}
    for row, event, when in single(bundle):
        if event.modality == "actual":
            held.setdefault(_same(event, when), []).append((row, event, when))
    found = [Told(max((e for _, e, _ in some), key=lambda e: e.place is not None), tuple(r for r, _, _ in some), some[0][2])
             for some in held.values()]
    return sorted(found, key=lambda t: (t.day.first, t.number))


def left_out(bundle: Bundle, not_yet: bool) -> dict[str, int]:
    """What has no place in event data: without a day; and, where only what happened is coded, what was not actual."""
    out = {UNDATED: 0} | ({NOT_YET: 0} if not_yet else {})
    for row in bundle.claims:
        if isinstance(row.claim, Event):
            if not_yet and coded(row.claim).modality != "actual":
                out[NOT_YET] += 1
            elif day(row) is None:
                out[UNDATED] += 1
    return {reason: many for reason, many in out.items() if many}


def _same(event: Event, when: Day) -> tuple[object, ...]:
    sides = tuple(sorted(a.id or a.name or a.mention or "" for a in side) for side in (event.source, event.recipient))
    return (event.event_type, event.mode or "", when.first, when.last, *("|".join(side) for side in sides))


def cameo(event: Event) -> plover.Cameo:
    """The CAMEO code of an event, by what it is and the kind of claim that it follows from."""
    made_of = next((rule.removeprefix("from:") for rule in reversed(event.rules) if rule.startswith("from:")), "")
    return plover.to_cameo(event.event_type, event.mode, event.context, made_of)


def name(actor: ActorRef) -> str:
    """The name of an actor; of a state its English name."""
    if actor.id and actor.id.startswith("state:"):
        return states.short_name(actor.id.removeprefix("state:")) or actor.name or ""
    return actor.name or actor.mention or ""


def kind(actor: ActorRef) -> str | None:
    """The type of an organisation, by its id; None of others."""
    if not actor.id or not actor.id.startswith("org:"):
        return None
    return _types().get(actor.id)


@cache
def _types() -> dict[str, str]:
    return {o.id: o.type for o in organizations.table()}


def pairs(event: Event) -> Iterator[tuple[ActorRef | None, ActorRef | None]]:
    """Who to whom, each pair once; an event without a recipient has None there."""
    yield from product(_or_none(event.source), _or_none(event.recipient))


def _or_none(side: Iterable[ActorRef]) -> tuple[ActorRef | None, ...]:
    return tuple(side) or (None,)
