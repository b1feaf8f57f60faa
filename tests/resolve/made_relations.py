"""Claims of contacts, agreements, memberships, missions and events made for tests; persons are invented."""

from __future__ import annotations

from typing import Any

from dragoman.model.claims import ActorRef, Agreement, Claim, Contact, Event, Membership, Mission, PlaceRef
from dragoman.model.documents import Evidence

RUIZ = ActorRef("President Elba Ruiz", "Elba Ruiz", None, "URY", "president")
SOTELO = ActorRef("President Iván Sotelo", "Iván Sotelo", None, "PRY", "president")
LAGOS = ActorRef("Foreign Minister Pía Lagos", "Pía Lagos", None, "URY", "minister of foreign affairs")
BRITEZ = ActorRef("Foreign Minister Raúl Brítez", "Raúl Brítez", None, "PRY", "minister of foreign affairs")


def state(code: str, mention: str | None = None) -> ActorRef:
    """A state that stands for somebody: "the two Presidents"."""
    return ActorRef(mention, code, f"state:{code}", code)


def _base(words: str, day: str | None, fields: dict[str, Any]) -> dict[str, Any]:
    at = fields.pop("at", sum(map(ord, words)) % 5000)
    evidence = (Evidence(at, at + len(words), words),)
    return {"document": fields.pop("document", f"doc:{day}"), "evidence": evidence, "asserted": day, **fields}


def contact(day: str | None, *people: ActorRef, mode: str = "meeting", place: str | None = None, there: str | None = None,
            words: str | None = None, **fields: Any) -> Contact:
    """What a document of that day says of a contact; `there` is the state of the place."""
    told = words or f"{mode} {' '.join(p.name or p.mention or '' for p in people)} {fields.get('date')} {place}"
    where = PlaceRef(place, there) if place else None
    return Contact(mode=mode, participants=people, place=where, **_base(told, day, fields))


def visit(day: str | None, guest: ActorRef, host: str, **fields: Any) -> Contact:
    """What a document of that day says of a visit."""
    return contact(day, guest, mode="visit", host=host, **fields)


def agreement(day: str | None, title: str, *, action: str = "signed", type: str = "treaty", words: str | None = None,
              parties: tuple[str, ...] = ("URY", "PRY"), **fields: Any) -> Agreement:
    """What a document of that day says of an agreement."""
    told = words or f"{action} {title} {fields.get('date')}"
    return Agreement(title=title, type=type, action=action, parties=tuple(map(state, parties)), **_base(told, day, fields))


def membership(day: str | None, member: str, organization: str, words: str, **fields: Any) -> Membership:
    """What a document of that day says of a member."""
    return Membership(member=member, organization=organization, **_base(words, day, fields))


def mission(day: str | None, words: str, city: str | None, *, sending: str = "URY", receiving: str = "PRY", **fields: Any) -> Mission:
    """What a document of that day says of a mission."""
    return Mission(sending=sending, receiving=receiving, city=city, **_base(words, day, fields))


def event(day: str | None, kind: str, source: str, recipient: str, **fields: Any) -> Event:
    """What a document of that day says that one state did to another."""
    words = f"{source} {kind} {recipient} {fields.get('date')}"
    return Event(event_type=kind, source=(state(source),), recipient=(state(recipient),), **_base(words, day, fields))


def ids(*claims: Claim) -> tuple[str, ...]:
    """The claims' ids as facts have them."""
    return tuple(sorted(c.id for c in claims))
