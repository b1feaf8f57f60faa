"""Persons, organisations and places across documents and spellings.

Persons are put together within their state, those without one among those whose surname has the same consonants; organisations among those
with the same initials; places within their state.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from dragoman.model import time
from dragoman.model.claims import (
    ActorRef,
    Agreement,
    Biography,
    Claim,
    Commitment,
    Contact,
    Event,
    Membership,
    Mission,
    PlaceRef,
    Statement,
    Tenure,
)
from dragoman.model.entities import Doubt, OrganizationEntity, Person, PersonEntity, PlaceEntity
from dragoman.model.facts import Fact, Judged, Part
from dragoman.resolve import entity_bodies, entity_places, persons, positions, spelling
from dragoman.resolve.entity_bodies import Body
from dragoman.resolve.spells import days_of

READS = ("contact", "tenure", "biography", "commitment", "agreement", "membership", "mission", "statement", "event")
MAKES = (PersonEntity, OrganizationEntity, PlaceEntity)


class Named(NamedTuple):
    """What one claim names."""

    persons: tuple[ActorRef, ...]
    bodies: tuple[Body, ...]
    places: tuple[PlaceRef, ...]


def blocks(claim: Claim, parties: Sequence[str] = ()) -> tuple[str, ...]:
    """A block for the state of each person, the initials of each organisation, and the state of each place."""
    named = _named(claim)
    found = [_block(p) for p in named.persons]
    found += [f"org:{entity_bodies.block(b)}" for b in named.bodies]
    found += [f"place:{p.state}" for p in named.places]
    return tuple(dict.fromkeys(found))


def parts(block: str, claims: Sequence[Claim], judged: Judged) -> Iterator[Part]:
    """Persons whose names can be one; organisations and places of a block are one part."""
    if not block.startswith("person:"):
        yield Part("", claims, partial(resolve, block, claims, judged))
        return
    told = [(c, who) for c in claims for who in _named(c).persons if _block(who) == block]
    for name, places in persons.apart([(who.name, who.state) for _, who in told], judged):
        some = [told[n] for n in places]
        yield Part(name, list({c.id: c for c, _ in some}.values()), partial(_persons, some, judged))


def resolve(block: str, claims: Sequence[Claim], judged: Judged) -> Iterator[Fact]:
    """The persons, the organisations or the places of one block."""
    known = sorted({c.id: c for c in claims}.values(), key=lambda c: c.id)
    sort, _, of = block.partition(":")
    if sort == "person":
        for part in parts(block, known, judged):
            yield from part.facts()
    elif sort == "org":
        bodies = [(c, b) for c in known for b in _named(c).bodies if entity_bodies.block(b) == of]
        yield from entity_bodies.resolve(bodies, judged)
    else:
        yield from entity_places.resolve([(c.id, p) for c in known for p in _named(c).places if p.state == of])


def _block(person: ActorRef) -> str:
    return f"person:{person.state}" if person.state else f"person:~{spelling.skeleton(person.name or '')}"


def _named(claim: Claim) -> Named:
    """The persons, organisations and places that a claim names."""
    actors: list[ActorRef] = []
    places: list[PlaceRef] = []
    bodies: list[Body] = []
    people: list[ActorRef] = []
    match claim:
        case Contact():
            actors += claim.participants
            places += [claim.place] if claim.place else []
        case Tenure():
            people.append(claim.person)
            if body := claim.organization:
                bodies.append(Body(body, claim.organization_id, None if positions.joint(body) else claim.state))
        case Biography():
            people.append(claim.person)
        case Commitment():
            actors += (*claim.by, *claim.to)
        case Agreement():
            actors += (*claim.parties, *claim.signatories)
        case Membership():
            bodies.append(Body(claim.organization, claim.organization_id, None))
        case Mission():
            places += [PlaceRef(claim.city, claim.receiving)] if claim.city and claim.receiving else []
        case Statement():
            actors += [a for a in (claim.speaker, claim.addressee) if a]
        case Event():
            actors += (*claim.source, *claim.recipient)
            places += [claim.place] if claim.place else []
    people += [a for a in actors if a.name and (a.id or "").startswith("person:")]
    bodies += [Body(a.name, a.id, a.state) for a in actors if a.name and (a.id or "").startswith("org:")]
    return Named(tuple(p for p in people if p.name), tuple(bodies), tuple(p for p in places if p.state))


@lru_cache(maxsize=8192)
def _office(position: str, state: str | None) -> str:
    return f"{positions.canonical(position, state)}|{state or ''}"


def _persons(named: Sequence[tuple[Claim, ActorRef]], judged: Judged) -> Iterator[PersonEntity]:
    """A fact for every person of a state, or of one skeleton of surnames, among those that claims name."""
    mentions: list[persons.Mention] = []
    claim_of: dict[str, tuple[str, ActorRef, str | None]] = {}
    for n, (claim, who) in enumerate(named):
        told = _day(claim)
        days = days_of(told) if told else None
        key = f"{claim.id}:{n:06}"
        claim_of[key] = claim.id, who, told
        office = _office(who.position, who.state) if who.position else None
        first, last = (days.first or days.last, days.last or days.first) if days else (None, None)
        mentions.append(persons.Mention(key, who.name, who.state, office, claim.document, first, last))
    found = persons.resolve(mentions, judged)
    grouped: dict[str, list[str]] = defaultdict(list)
    for key, person in found.persons.items():
        grouped[person.id].append(key)
    by_name: dict[str, list[Doubt]] = defaultdict(list)
    for doubt in found.doubts:
        by_name[doubt.one].append(doubt)
    for keys in grouped.values():
        yield _person(found.persons[keys[0]], [claim_of[k] for k in keys], by_name)


def _person(person: Person, told: Sequence[tuple[str, ActorRef, str | None]], doubts: dict[str, list[Doubt]]) -> PersonEntity:
    posts = Counter(_office(w.position, w.state).partition("|")[0] for _, w, _ in told if w.position)
    days = [days_of(d) for _, _, d in told if d]
    first = min((d.first for d in days if d.first), default=None)
    last = max((d.last for d in days if d.last), default=None)
    return PersonEntity(
        claims=tuple(sorted({claim for claim, _, _ in told})),
        states=(person.state,) if person.state else (),
        person=person,
        positions=tuple(sorted(posts, key=lambda p: (-posts[p], p))),
        date=None if not first or not last else first.isoformat() if first == last else f"{first}/{last}",
        doubts=tuple(d for name in person.names for d in doubts.get(name, ())),
    )


def _day(claim: Claim) -> str | None:
    """The day that a claim tells of, else that of its document."""
    for edtf in (getattr(claim, "date", None), getattr(claim, "since", None), claim.asserted):
        if edtf and time.is_edtf(edtf):
            return str(edtf)
    return None
