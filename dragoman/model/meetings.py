"""Contacts across documents: one meeting, call, visit or letter with all that its documents say of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dragoman.model.claims import ActorRef, PlaceRef
from dragoman.model.facts import Fact


@dataclass(frozen=True, slots=True)
class Said:
    """One value of a field as the documents have it, with the ids of the claims that give it."""

    value: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of which the claims give several values; all of them are kept.

    excluding   whether they exclude each other: 22 and 23 March do; March and 22 March do not
    """

    field: str
    values: tuple[Said, ...]
    excluding: bool


@dataclass(frozen=True, slots=True)
class Stage:
    """What was known of a contact at one point: `planned`, `possible`, `held` or `called off`.

    date       the day of the contact as it was given then
    asserted   when it was first published so
    """

    status: str
    date: str | None
    asserted: str | None
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Two claims taken for one contact: how sure (0 to 1), and why."""

    one: str
    other: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Possible:
    """Another contact that may be the same and was left apart: its claims, how sure, and what speaks for and against it."""

    claims: tuple[str, ...]
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Meeting(Fact):
    """One contact: who met, called, visited or wrote to whom.

    participants    everybody whom a claim names, under the fullest name that the documents give
    status          what became of it by the newest word: `held`, `called off`, `planned`, `possible`
    history         its stages in order of time
    differences     each field of which the claims give several values
    part_of         id of the visit that it belongs to
    documents       ids of the documents that report it, as many as its sources; outlets: their names
    related         ids of claims about what was signed or promised at it
    matches         why its claims are one contact; possible_same: contacts left apart in doubt
    """

    kind: ClassVar[str] = "contact"

    mode: str
    participants: tuple[ActorRef, ...]
    status: str
    visit_type: str | None = None
    host: str | None = None
    place: PlaceRef | None = None
    date: str | None = None
    occasion: str | None = None
    topics: tuple[str, ...] = ()
    history: tuple[Stage, ...] = ()
    differences: tuple[Difference, ...] = ()
    part_of: str | None = None
    documents: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    matches: tuple[Match, ...] = ()
    possible_same: tuple[Possible, ...] = ()

    @property
    def score(self) -> float:
        """How sure it is that all its claims are one contact: the weakest match, 1 where there is one claim."""
        return min((m.score for m in self.matches), default=1.0)
