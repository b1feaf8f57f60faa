"""Resolving as pure functions: which rooms and checks there are, which blocks a claim belongs to, and the facts of a block.

A room is a module of `resolve` with `blocks` and `resolve`, a check one of `checks` with `check`: found by folder. A room whose blocks
grow large has `parts` too: what each part says follows from its own claims alone, so that a new claim has its part made anew and no other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, NamedTuple, Protocol, cast

from dragoman import checks, resolve
from dragoman.model.claims import Claim
from dragoman.model.facts import NOTHING, Conflict, Fact, Judged, Part

VERSION = "15"  # facts that another version made are made anew


class Room(Protocol):
    """A module that makes facts of one sort."""

    READS: tuple[str, ...]
    MAKES: tuple[type[Fact], ...]

    def blocks(self, claim: Claim, parties: Sequence[str] = ()) -> tuple[str, ...]: ...
    def resolve(self, block: str, claims: Sequence[Claim], judged: Judged) -> Iterator[Fact]: ...


class Place(NamedTuple):
    """A room, a block of it and a claim that belongs there."""

    room: str
    block: str
    claim: Claim


@cache
def rooms() -> dict[str, Room]:
    """The rooms by name."""
    found = {m.name: import_module(f"{resolve.__name__}.{m.name}") for m in iter_modules(resolve.__path__)}
    return {name: cast("Room", module) for name, module in sorted(found.items()) if hasattr(module, "MAKES")}


@cache
def _checks() -> dict[str, tuple[Callable[[Sequence[Fact]], Iterator[Conflict]], ...]]:
    """The checks by the kind of fact that they read."""
    found: dict[str, list[Any]] = defaultdict(list)
    for m in iter_modules(checks.__path__):
        module = import_module(f"{checks.__name__}.{m.name}")
        for kind in getattr(module, "READS", ()) if hasattr(module, "check") else ():
            found[kind].append(module.check)
    return {kind: tuple(some) for kind, some in found.items()}


@cache
def kinds() -> dict[str, type[Fact]]:
    """The class of each kind of fact."""
    return {made.kind: made for made in [*(kind for room in rooms().values() for kind in room.MAKES), cast("type[Fact]", Conflict)]}


def places(claims: Sequence[Claim]) -> Iterator[Place]:
    """The blocks of the claims of one document."""
    about = parties(claims)
    for claim in claims:
        for name, room in rooms().items():
            if claim.kind in room.READS:
                for block in room.blocks(claim, about):
                    yield Place(name, block, claim)


def facts(room: str, block: str, claims: Iterable[Claim], judged: Judged = NOTHING) -> list[Fact]:
    """The facts of one block and the conflicts between them, whatever the order of the claims."""
    return [fact for part in parts(room, block, claims, judged) for fact in of_part(part)]


def parts(room: str, block: str, claims: Iterable[Claim], judged: Judged = NOTHING) -> list[Part]:
    """The parts of a block that have nothing to do with each other; of most rooms the block is one."""
    ordered = sorted({c.id: c for c in claims}.values(), key=lambda c: c.id)
    module = rooms()[room]
    apart = getattr(module, "parts", None)
    return list(apart(block, ordered, judged)) if apart else [Part("", ordered, lambda: module.resolve(block, ordered, judged))]


def of_part(part: Part) -> list[Fact]:
    """The facts of a part and the conflicts between them."""
    found = list(part.facts())
    by_kind: dict[str, list[Fact]] = defaultdict(list)
    for fact in found:
        by_kind[fact.kind].append(fact)
    for kind, some in by_kind.items():
        for check in _checks().get(kind, ()):
            found += check(some)
    return found


def whole(documents: Iterable[Sequence[Claim]], judged: Judged = NOTHING) -> Iterator[Fact]:
    """All facts of the claims of some documents, without a store."""
    held: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claims in documents:
        for place in places(claims):
            held[place.room, place.block].append(place.claim)
    for (room, block), some in sorted(held.items()):
        yield from facts(room, block, some, judged)


def parties(claims: Iterable[Claim]) -> tuple[str, ...]:
    """The states that a document is about: those that most of its claims name come first."""
    told: Counter[str] = Counter()
    for claim in claims:
        told.update(states_of(claim))
    return tuple(sorted(told, key=lambda s: (-told[s], s)))


def states_of(claim: Claim) -> set[str]:
    """ISO codes of the states that the fields of a claim name."""
    found: set[str] = set()
    for name in _stated(cast("Any", type(claim))):
        value = getattr(claim, name)
        for one in value if isinstance(value, tuple) else (value,):
            code = one if isinstance(one, str) else getattr(one, "state", None)
            if code and len(code) == 3 and code.isupper():
                found.add(code)
    return found


@cache
def _stated(kind: Any) -> tuple[str, ...]:
    """The fields of a class of claims that may name a state; the place of a meeting makes no state take part."""
    named = ("state", "host", "reporter", "counterpart", "sending", "receiving", "member", "parties")
    return tuple(f.name for f in fields(kind) if f.name in named or "ActorRef" in str(f.type))
