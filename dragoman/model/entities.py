"""Who and what the claims of many documents are about: persons with their spellings, organisations, places, and positions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dragoman.model.facts import Fact


@dataclass(frozen=True, slots=True)
class Merge:
    """Two spellings taken for one person, organisation or place.

    one, other   the names as documents have them
    score        0 to 1; merges are made from 0.85 on
    reasons      what speaks for it: "same name in another script", "same office", ...
    """

    one: str
    other: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two persons or organisations that may be one and were left apart; the score is below that of a merge, or several fit."""

    one: str
    other: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """One person across documents.

    id      readable: `person:ines-zarate`; with the state and a number behind it where persons of the same question share a name
    name    the fullest spelling, of these the commonest; None for somebody not named
    names   every spelling, the commonest first
    state   ISO alpha-3, None where no claim gives one
    merges  why the spellings are one person; empty where there is one spelling
    """

    id: str
    name: str | None
    names: tuple[str, ...] = ()
    state: str | None = None
    merges: tuple[Merge, ...] = ()

    @property
    def score(self) -> float:
        """How sure it is that all this is one person: the weakest merge, 1 where there was none."""
        return min((m.score for m in self.merges), default=1.0)


@dataclass(frozen=True, slots=True)
class Position:
    """A post, not somebody's time in it: "minister of trade" of KAZ; `organization` where it is a body's and not a state's."""

    name: str
    state: str | None = None
    organization: str | None = None


@dataclass(frozen=True, kw_only=True)
class PersonEntity(Fact):
    """A person across documents: spellings, positions, and whom it was not taken for.

    positions  every position that a claim gives, the commonest first
    date       EDTF: the days that claims tell of, first to last
    doubts     pairs of names that may be one person and were left apart
    """

    kind: ClassVar[str] = "person"

    person: Person
    positions: tuple[str, ...] = ()
    date: str | None = None
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OrganizationEntity(Fact):
    """An organisation across documents, with its spellings and its acronym; `organization` is its id, `org:eaeu`."""

    kind: ClassVar[str] = "organization"

    organization: str
    name: str
    names: tuple[str, ...] = ()
    merges: tuple[Merge, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name of a city and the time in which it bore it (EDTF), as far as the table of renamings has it."""

    name: str
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, kw_only=True)
class PlaceEntity(Fact):
    """A city or other place of one state across documents, also under former names.

    name   today's name, or the commonest spelling of one that the tables do not have
    names  every spelling in the documents, the commonest first
    known  the names that it has had, from the table of renamings
    """

    kind: ClassVar[str] = "place"

    name: str
    names: tuple[str, ...] = ()
    known: tuple[NameSpan, ...] = ()
    merges: tuple[Merge, ...] = ()
