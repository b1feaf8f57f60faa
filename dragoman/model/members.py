"""Who belonged to which organisation, and which state kept a mission where, over time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dragoman.model.facts import Fact


@dataclass(frozen=True, slots=True)
class Role:
    """One thing said of a member.

    role      `founding member`, `member`, `observer`, `partner`, `candidate`, `chair`
    how       `since` (from that date on), `during` (a term), `seen` (a document shows it on its day), `left`, `planned`, `possible`, `not`
    date      EDTF; of `seen` the day of the document
    asserted  when the first document said so
    """

    role: str
    how: str
    date: str | None
    asserted: str | None
    claims: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Belonging(Fact):
    """One state or body in one organisation, with all its roles in order of time.

    status  its role by the newest word: a role, `left`, `not a member`, or `planned member` and the like
    since   when it joined, where a document says so; until: when it left
    seen    the last day on which a document shows it a member
    """

    kind: ClassVar[str] = "membership"

    member: str
    organization: str
    status: str
    organization_id: str | None = None
    since: str | None = None
    until: str | None = None
    seen: str | None = None
    roles: tuple[Role, ...] = ()
    documents: tuple[str, ...] = ()

    @property
    def days(self) -> tuple[str, ...]:
        """When it joined, left and was seen."""
        return tuple(d for d in (self.since, self.until, self.seen) if d)


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing said of a mission: `planned`, `opened`, `there` (on the day of a document), `closed`."""

    what: str
    date: str | None
    asserted: str | None
    claims: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Post(Fact):
    """One mission of a state in another.

    status  `open`, `closed` or `planned` by the newest word
    since   when it opened, where a document says so; until: when it closed
    seen    the last day on which a document shows it there
    """

    kind: ClassVar[str] = "mission"

    sending: str
    receiving: str
    type: str
    status: str
    city: str | None = None
    since: str | None = None
    until: str | None = None
    seen: str | None = None
    history: tuple[Turn, ...] = ()
    documents: tuple[str, ...] = ()

    @property
    def days(self) -> tuple[str, ...]:
        """When it opened, closed and was seen."""
        return tuple(d for d in (self.since, self.until, self.seen) if d)
