"""One class a kind, as ../shared/contract.md fixes them; `as_json` gives the contract's line.

Dates are EDTF strings. Adding a kind: a class here, a module and its YAML in extract/, a view.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache, cached_property
from operator import attrgetter
from typing import Any, ClassVar, TypeVar

from dragoman.model.documents import Evidence

SCHEMA = 1
C = TypeVar("C", bound="Claim")


@dataclass(frozen=True, slots=True)
class ActorRef:
    """`mention` as the text has it, `name` the fullest form in the document; unknown parts are None."""

    mention: str | None
    name: str | None
    id: str | None = None
    state: str | None = None
    position: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceRef:
    name: str
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain of sources; role is `outlet`, `agency`, `office`, `speaker` or `document`."""

    role: str
    name: str
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """A number or a range with its unit; `of` is the whole that it is a part of ("29 of 30"), where the text gives one.

    A whole number stays one when it is read back: ids are made of how it is written.
    """

    low: int | float | None
    high: int | float | None
    unit: str
    of: int | float | None = None


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What one document asserts, with the words.

    rules   what produced it: names of rules and features, for `explain` and for calibration; not part of the identity
    """

    kind: ClassVar[str] = ""
    identity: ClassVar[tuple[str, ...]] = ()

    document: str
    evidence: tuple[Evidence, ...]
    attribution: tuple[Link, ...] = ()
    asserted: str | None = None
    modality: str = "actual"
    confidence: float = 0.5
    extractor: str = ""
    part_of: str | None = None
    rules: tuple[str, ...] = ()

    @cached_property
    def id(self) -> str:
        """Stable: document, kind, place of the evidence and identifying fields; not the reader's version."""
        first = self.evidence[0]
        parts = [self.document, self.kind, str(first.start), str(first.end)]
        parts += [_written(getattr(self, name)) for name in self.identity]
        return "claim:" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:20]

    def as_json(self, file: str, files: list[str] | None = None) -> dict[str, Any]:
        """The contract's object; `rules` is added for those who want to see why."""
        row: dict[str, Any] = {"schema": SCHEMA, "id": self.id, "kind": self.kind, "document": self.document, "file": file}
        if files and len(files) > 1:
            row["files"] = files
        kind: Any = type(self)
        names, values = _plan(kind)
        for name, value in zip(names, values(self), strict=True):
            if name != "document":
                row[name] = value if type(value) in _PLAIN else _plain(value)
        row["confidence"] = round(self.confidence, 4)
        return row


def stamped(claim: C, **changes: Any) -> C:
    """The claim with another extractor, confidence or part_of: `replace` for what is not part of the identity, at a tenth of its cost."""
    new = object.__new__(type(claim))
    new.__dict__.update(claim.__dict__)
    new.__dict__.update(changes)
    return new


_PLAIN = frozenset((str, int, float, bool, type(None)))
_FLAT = frozenset((ActorRef, PlaceRef, Link, Amount, Evidence))  # their fields hold words and numbers alone


@cache
def _plan(kind: Any) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    """The fields of a class of values, and what takes them all at once."""
    names = tuple(f.name for f in fields(kind))
    return names, attrgetter(*names)


@cache
def _template(kind: Any) -> str:
    """How Python writes a dictionary of the fields of a class of values."""
    return "{" + ", ".join(f"'{f.name}': %r" for f in fields(kind)) + "}"


def _written(value: Any) -> str:
    """The value as identities have it: `repr` of what `_plain` makes of it."""
    kind: Any = type(value)
    if kind in _FLAT:
        return _template(kind) % _plan(kind)[1](value)
    return f"[{', '.join(map(_written, value))}]" if kind is tuple else repr(value)


def _plain(value: Any) -> Any:
    kind: Any = type(value)
    if kind in _PLAIN:
        return value
    if kind in _FLAT:
        names, values = _plan(kind)
        return dict(zip(names, values(value), strict=True))
    if isinstance(value, tuple | list):
        return [v if type(v) in _PLAIN else _plain(v) for v in value]
    return value


@dataclass(frozen=True, kw_only=True)
class Contact(Claim):
    kind: ClassVar[str] = "contact"
    identity: ClassVar[tuple[str, ...]] = ("mode", "participants", "date")
    mode: str
    participants: tuple[ActorRef, ...]
    visit_type: str | None = None
    host: str | None = None
    place: PlaceRef | None = None
    date: str | None = None
    occasion: str | None = None
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Tenure(Claim):
    kind: ClassVar[str] = "tenure"
    identity: ClassVar[tuple[str, ...]] = ("person", "position", "change", "since")
    person: ActorRef
    position: str
    organization: str | None = None
    organization_id: str | None = None
    state: str | None = None
    acting: bool = False
    change: str = "holds"
    since: str | None = None
    until: str | None = None
    date: str | None = None


@dataclass(frozen=True, kw_only=True)
class Figure(Claim):
    kind: ClassVar[str] = "figure"
    identity: ClassVar[tuple[str, ...]] = ("indicator", "low", "high", "unit", "measure", "period")
    indicator: str
    parties: tuple[str, ...] = ()
    reporter: str | None = None
    counterpart: str | None = None
    low: int | float | None = None
    high: int | float | None = None
    unit: str = "1"
    modifier: str | None = None
    measure: str = "level"
    period: str | None = None
    base_period: str | None = None
    equivalent: Amount | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Agreement(Claim):
    kind: ClassVar[str] = "agreement"
    identity: ClassVar[tuple[str, ...]] = ("title", "action")
    title: str
    type: str = "other"
    parties: tuple[ActorRef, ...] = ()
    action: str = "signed"
    date: str | None = None
    until: str | None = None
    signatories: tuple[ActorRef, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Membership(Claim):
    kind: ClassVar[str] = "membership"
    identity: ClassVar[tuple[str, ...]] = ("member", "organization", "role")
    member: str
    organization: str
    organization_id: str | None = None
    role: str = "member"
    date: str | None = None


@dataclass(frozen=True, kw_only=True)
class Mission(Claim):
    kind: ClassVar[str] = "mission"
    identity: ClassVar[tuple[str, ...]] = ("sending", "receiving", "type", "city")
    sending: str
    receiving: str
    type: str = "embassy"
    city: str | None = None


@dataclass(frozen=True, kw_only=True)
class Statement(Claim):
    kind: ClassVar[str] = "statement"
    identity: ClassVar[tuple[str, ...]] = ("speaker", "text")
    speaker: ActorRef
    addressee: ActorRef | None = None
    text: str
    direct: bool
    cue: str | None = None
    date: str | None = None


@dataclass(frozen=True, kw_only=True)
class Biography(Claim):
    kind: ClassVar[str] = "biography"
    identity: ClassVar[tuple[str, ...]] = ("person", "property", "value")
    person: ActorRef
    property: str
    value: str
    date: str | None = None


@dataclass(frozen=True, kw_only=True)
class Commitment(Claim):
    kind: ClassVar[str] = "commitment"
    identity: ClassVar[tuple[str, ...]] = ("by", "action", "status")
    by: tuple[ActorRef, ...]
    to: tuple[ActorRef, ...] = ()
    action: str
    topic: str | None = None
    target: Amount | None = None
    deadline: str | None = None
    status: str = "announced"


@dataclass(frozen=True, kw_only=True)
class Relation(Claim):
    kind: ClassVar[str] = "relation"
    identity: ClassVar[tuple[str, ...]] = ("parties", "type", "rank")
    parties: tuple[str, ...]
    type: str
    rank: int | None = None


@dataclass(frozen=True, kw_only=True)
class Event(Claim):
    kind: ClassVar[str] = "event"
    identity: ClassVar[tuple[str, ...]] = ("event_type", "source", "recipient")
    event_type: str
    mode: str | None = None
    context: tuple[str, ...] = ()
    source: tuple[ActorRef, ...] = ()
    recipient: tuple[ActorRef, ...] = ()
    date: str | None = None
    place: PlaceRef | None = None


KINDS: dict[str, type[Claim]] = {
    c.kind: c
    for c in (Contact, Tenure, Biography, Figure, Commitment, Agreement, Membership, Mission, Relation, Statement, Event)
}


def from_json(row: dict[str, Any]) -> Claim:
    """The claim of a contract line; unknown fields are left out.

    Raises:
      KeyError: the kind is unknown.
    """
    cls = KINDS[row["kind"]]
    values = {f.name: _typed(f.name, row[f.name]) for f in fields(cls) if f.name in row}
    return cls(**values)


_SHAPES: dict[str, Any] = {"person": ActorRef, "speaker": ActorRef, "addressee": ActorRef, "place": PlaceRef, "equivalent": Amount,
                           "evidence": Evidence, "attribution": Link, "participants": ActorRef, "target": Amount}


def _typed(name: str, value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_typed(name, v) for v in value)
    if isinstance(value, dict):
        return _SHAPES.get(name, ActorRef)(**value)
    return value
