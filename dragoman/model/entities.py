"""Who and what the claims of many documents are about: persons with their spellings, and positions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Merge:
    """Two spellings taken for one person.

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
    """Two persons who may be one and were left apart; the score is below that of a merge, or several fit."""

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
