"""One claim a document and fact: a repeated mention adds evidence, and fills what the first left open."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import fields, replace
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

CLASSES = {"call": "call", "video": "call", "meeting": "meet", "talks": "meet", "summit": "multi", "forum": "multi"}
PREFERRED = ("talks", "video", "summit")  # the more telling mode of one class wins
SHARED = {"document", "evidence", "attribution", "asserted", "confidence", "extractor", "rules", "modality"}


def _name(actor: ActorRef | None) -> str | None:
    return (actor.name or actor.mention or "").casefold() if actor else None


def _names(actors: Iterable[ActorRef]) -> frozenset[str | None]:
    return frozenset(_name(a) for a in actors)


KEYS: dict[type[Claim], Callable[[Any], Hashable]] = {
    Contact: lambda c: (CLASSES.get(c.mode, c.mode), _names(c.participants), c.modality),
    Tenure: lambda c: (_name(c.person), c.position, c.change, c.acting, c.since if c.change != "holds" else None),
    Figure: lambda c: (c.indicator, c.low, c.high, c.unit, c.measure, c.period, c.parties, c.modality),
    Agreement: lambda c: (c.title.casefold(), c.action, c.modality),
    Membership: lambda c: (c.member, c.organization.casefold(), c.role),
    Mission: lambda c: (c.sending, c.receiving, c.type, (c.city or "").casefold()),
    Statement: lambda c: (c.evidence[0].start, c.evidence[0].end),
    Biography: lambda c: (_name(c.person), c.property, c.value.casefold()),
    Commitment: lambda c: (_names(c.by), c.action.casefold(), c.status, c.modality),
    Relation: lambda c: (frozenset(c.parties), c.type, c.rank),
    Event: lambda c: (c.event_type, c.mode, _names(c.source), _names(c.recipient), c.modality, c.evidence[0].start),
}


def merged(claims: Iterable[Claim]) -> list[Claim]:
    """The claims with those of one fact made one; the earlier evidence comes first."""
    kept: dict[Hashable, list[Claim]] = {}
    for claim in sorted(claims, key=lambda c: c.evidence[0].start):
        alike = kept.setdefault((claim.kind, KEYS[type(claim)](claim)), [])
        for k, other in enumerate(alike):
            if _compatible(other, claim):
                alike[k] = _join(other, claim)
                break
        else:
            alike.append(claim)
    return [c for alike in kept.values() for c in alike]


def _compatible(a: Claim, b: Claim) -> bool:
    """Two claims of one key are the same fact unless both state a date and the dates differ."""
    dates = [
        (getattr(a, f, None), getattr(b, f, None))
        for f in ("date", "since", "until")
        if isinstance(a, Contact | Agreement | Tenure | Biography)
    ]
    if isinstance(a, Contact) and isinstance(b, Contact) and _elsewhere(a, b):
        return False
    return all(x is None or y is None or x == y for x, y in dates)


def _elsewhere(a: Contact, b: Contact) -> bool:
    """Two contacts of the same persons in different states, or hosted by different ones, are two, unless they share their day;
    visits to two hosts are two in any case."""
    if a.mode == b.mode == "visit" and None not in (a.host, b.host) and a.host != b.host:
        return True
    if a.date and a.date == b.date:
        return False
    places = [c.place.state if c.place else c.host for c in (a, b)]
    return None not in places and places[0] != places[1]


def _join(a: Claim, b: Claim) -> Claim:
    changes: dict[str, Any] = {
        "evidence": tuple(dict.fromkeys(a.evidence + b.evidence)),
        "rules": tuple(dict.fromkeys(a.rules + b.rules)),
        "confidence": max(a.confidence, b.confidence),
    }
    for f in fields(a):
        if f.name not in SHARED and getattr(a, f.name) in (None, (), False) and getattr(b, f.name) not in (None, (), False):
            changes[f.name] = getattr(b, f.name)
    if isinstance(a, Contact) and isinstance(b, Contact) and a.mode != b.mode and b.mode in PREFERRED:
        changes["mode"] = b.mode
    return replace(a, **changes)
