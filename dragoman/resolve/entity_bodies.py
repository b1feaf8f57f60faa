"""Organisations across documents: spellings of one name, an acronym with the name it stands for."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from dragoman.model.claims import Claim
from dragoman.model.entities import Doubt, Merge, OrganizationEntity
from dragoman.model.facts import Judged
from dragoman.reference import organizations
from dragoman.reference.slug import slug
from dragoman.resolve import spelling

SMALL = frozenset(
    {"of", "the", "and", "for", "on", "in", "to", "a", "an", "de", "del", "la", "le", "les", "des", "du", "et", "y", "e", "fur", "und"}
)
_ALIKE = ((re.compile(r"centers?\b"), "centre"), (re.compile(r"iz(?=ation|e|ing)"), "is"), (re.compile(r"defense"), "defence"))
_ACRONYM = re.compile(r"[A-Z][A-Z0-9&.-]{1,11}")


class Body(NamedTuple):
    """An organisation as a claim names it."""

    name: str | None
    id: str | None
    state: str | None


class _Node(NamedTuple):
    key: str
    state: str | None


@lru_cache(maxsize=16384)
def block(body: Body) -> str:
    """What spellings and acronyms of one organisation share: its id in the table, else its initials.

    >>> block(Body("Binational Border Agency", None, None)) == block(Body("BBA", None, None))
    True
    """
    name = body.name or ""
    known = organizations.find(name)
    if known:
        return known.id.removeprefix("org:")
    return name.replace(".", "") if _ACRONYM.fullmatch(name) else _initials(name) or slug(name)


def _initials(name: str) -> str:
    return "".join(w[0] for w in slug(name).split("-") if w and w not in SMALL).upper()


@lru_cache(maxsize=16384)
def _key(name: str) -> str:
    """A name in one spelling, for American and British ways."""
    known = organizations.find(name)
    flat = slug(known.name if known else name)
    for pattern, by in _ALIKE:
        flat = pattern.sub(by, flat)
    return flat.removeprefix("the-")


def resolve(told: Sequence[tuple[Claim, Body]], judged: Judged) -> Iterator[OrganizationEntity]:
    """A fact for every organisation of one block."""
    names: dict[_Node, Counter[str]] = defaultdict(Counter)
    claims: dict[_Node, set[str]] = defaultdict(set)
    documents: dict[_Node, set[str]] = defaultdict(set)
    for claim, body in told:
        node = _Node(_key(body.name or ""), body.state)
        names[node][body.name or ""] += 1
        claims[node].add(claim.id)
        documents[node].add(claim.document)
    nodes = sorted(names, key=lambda n: (n.key, n.state or ""))
    of = {n: n for n in nodes}
    merges: dict[_Node, list[Merge]] = defaultdict(list)
    doubts: dict[_Node, list[Doubt]] = defaultdict(list)
    for one, other in combinations(nodes, 2):
        subjects = [[spelling.subject(name, n.state) for name in names[n]] for n in (one, other)]
        verdict = judged.verdict(*subjects)
        score, reasons = (1.0, ("judged by a person",)) if verdict else _likeness(one, other, nodes, documents)
        first, second = sorted(_shown(names[n]) for n in (one, other))
        if verdict is False or not score:
            continue
        if score >= 0.85:
            kept, gone = sorted((of[one], of[other]), key=lambda n: (n.key, n.state or ""))
            of = {n: kept if o == gone else o for n, o in of.items()}
            if first != second:
                merges[one].append(Merge(first, second, score, reasons))
        else:
            doubts[one].append(Doubt(first, second, score, reasons))
    grouped: dict[_Node, list[_Node]] = defaultdict(list)
    for node in nodes:
        grouped[of[node]].append(node)
    for members in grouped.values():
        yield _entity(members, names, claims, merges, doubts)


def _likeness(one: _Node, other: _Node, nodes: Sequence[_Node], documents: dict[_Node, set[str]]) -> tuple[float, tuple[str, ...]]:
    """How surely two are one: never where their states differ."""
    if one.state and other.state and one.state != other.state:
        return 0.0, ()
    if one.key == other.key:
        several = len({n.state for n in nodes if n.key == one.key and n.state}) > 1
        return (0.7, ("several states have one of that name",)) if several else (0.9, ("same name", "one of the two without a state"))
    short, long = sorted((one, other), key=lambda n: len(n.key))
    if "-" in short.key or "-" not in long.key or short.key.upper() != _initials(long.key):
        return 0.0, ()
    if documents[short] & documents[long]:
        return 0.95, ("an acronym of the other", "both in one document")
    return 0.75, ("an acronym of the other",)


def _shown(names: Counter[str]) -> str:
    return min(names, key=lambda n: (-names[n], n))


def _entity(
    members: Sequence[_Node],
    names: dict[_Node, Counter[str]],
    claims: dict[_Node, set[str]],
    merges: dict[_Node, list[Merge]],
    doubts: dict[_Node, list[Doubt]],
) -> OrganizationEntity:
    counted: Counter[str] = sum((names[n] for n in members), Counter())
    full = min(counted, key=lambda n: (bool(_ACRONYM.fullmatch(n)), -counted[n], n))
    known = next((k for n in sorted(counted) if (k := organizations.find(n))), None)
    spelt = [n for n in sorted(counted) if known and n != known.name]
    table = [Merge(n, known.name, 0.99, ("both in the table of organisations",)) for n in spelt] if known else []
    states = {n.state for n in members if n.state} | ({known.state} if known and known.state else set())
    return OrganizationEntity(
        claims=tuple(sorted(set().union(*(claims[n] for n in members)))),
        states=tuple(sorted(states)),
        organization=known.id if known else f"org:{slug(full)}",
        name=known.name if known else full,
        names=tuple(sorted(counted, key=lambda n: (-counted[n], n))),
        merges=(*table, *(m for n in members for m in merges[n])),
        doubts=tuple(d for n in members for d in doubts[n]),
    )
