"""Claims as linear inequalities over the smallest stretches of time, put into components that have nothing to do with each other.

What adds up over time is cut where any period begins or ends; the value of a period is the sum of its stretches, none below zero. So
the parts of a year add up to it, and nothing that stands on a day is ever added. Trade is the sum of what each side sells the other.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from dragoman.checks.figure_terms import TRADE, Form, Part, Quantity, Said, Unknown

Atom = tuple[Quantity, int, int]


class Row(NamedTuple):
    """The sum of the terms is at least `least`, or above it where strict."""

    terms: tuple[tuple[Atom, Fraction], ...]
    least: Fraction
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """Claims that say exactly the same, as rows; the first stands for all."""

    said: tuple[Said, ...]
    rows: tuple[Row, ...]

    @property
    def first(self) -> Said:
        """The claim that stands for all: the earliest."""
        return self.said[0]


class Layout:
    """Which stretches of time each unknown of a block is the sum of."""

    def __init__(self, unknowns: Iterable[Unknown]) -> None:
        self.solver: Any = None  # what the solver keeps of a block
        periods: dict[Quantity, set[tuple[int, int]]] = defaultdict(set)
        self._sold: dict[Quantity, set[Quantity]] = defaultdict(set)
        for u in unknowns:
            periods[_family(u.quantity)].add((u.first, u.last))
            if u.quantity.indicator == "exports" and len(u.quantity.parties) == 2:
                self._sold[_family(u.quantity)].add(u.quantity)
        self._cuts = {q: sorted({c for a, b in found for c in (a, b + 1)}) for q, found in periods.items()}

    def terms(self, unknown: Unknown) -> tuple[Atom, ...]:
        """The stretches whose sum the unknown is."""
        q = unknown.quantity
        if q.sort != "flow":
            return ((q, unknown.first, unknown.last),)
        family = _family(q)
        cuts = self._cuts[family]
        begin, end = bisect_left(cuts, unknown.first), bisect_left(cuts, unknown.last + 1)
        spans = [(cuts[n], cuts[n + 1] - 1) for n in range(begin, end)]
        return tuple((part, a, b) for part in self._parts(q, family) for a, b in spans)

    def _parts(self, q: Quantity, family: Quantity) -> tuple[Quantity, ...]:
        sold = self._sold.get(family)
        if q.indicator != "trade_turnover" or not sold:
            return (q,)
        one = min(sold)
        other = one._replace(parties=one.parties[::-1])
        return tuple(sorted((one, other)))


def _family(q: Quantity) -> Quantity:
    """What shares its cuts: of trade between two states both directions and the turnover."""
    if q.indicator in TRADE and len(q.parties) == 2:
        return q._replace(indicator="trade_turnover", parties=tuple(sorted(q.parties)))
    return q


def rows(part: Part, layout: Layout) -> list[Row]:
    """The inequalities of one part of a claim."""
    what, least, most, is_open = layout.terms(part.form.what), part.least, part.most, part.open
    out: list[Row] = []
    if part.form.base is None:
        if least is not None:
            out.append(Row(tuple((a, Fraction(1)) for a in what), least))
        if most is not None:
            out.append(Row(tuple((a, Fraction(-1)) for a in what), -most, is_open))
        return out
    base = layout.terms(part.form.base)
    if part.form.kind == "difference":
        if least is not None:
            out.append(Row(_less(what, base, Fraction(1), Fraction(1)), least))
        if most is not None:
            out.append(Row(_less(what, base, Fraction(-1), Fraction(-1)), -most, is_open))
        return out
    if least is not None:
        out.append(Row(_less(what, base, Fraction(1), least), Fraction(0)))
    if most is not None:
        out.append(Row(_less(what, base, Fraction(-1), -most), Fraction(0), is_open))
    if part.form.kind != "record":
        out.append(Row(tuple((a, Fraction(1)) for a in base), Fraction(0), True))
    return out


def _less(what: Sequence[Atom], base: Sequence[Atom], of_what: Fraction, of_base: Fraction) -> tuple[tuple[Atom, Fraction], ...]:
    found: dict[Atom, Fraction] = defaultdict(Fraction)
    for atom in what:
        found[atom] += of_what
    for atom in base:
        found[atom] -= of_base
    return tuple((a, c) for a, c in found.items() if c)


def nodes(said: Iterable[Said], layout: Layout) -> list[Node]:
    """Claims that say the same as one node, the most exact first among equals of one form."""
    groups: dict[tuple[Part, ...], list[Said]] = defaultdict(list)
    for s in said:
        if not s.denied:
            groups[s.parts].append(s)
    out = []
    for parts, group in groups.items():
        group.sort(key=lambda s: (s.point.asserted or "9", s.id))
        out.append(Node(tuple(group), tuple(r for p in parts for r in rows(p, layout))))
    return sorted(out, key=lambda n: n.first.id)


def components(found: Sequence[Node], links: Sequence[Row]) -> list[tuple[list[Node], list[Row]]]:
    """The nodes that share stretches with each other, directly or through others; those of a single form are left out."""
    parent: dict[Atom, Atom] = {}

    def root(atom: Atom) -> Atom:
        parent.setdefault(atom, atom)
        while parent[atom] != atom:
            parent[atom] = parent[parent[atom]]
            atom = parent[atom]
        return atom

    def join(atoms: Iterable[Atom]) -> None:
        first, *others = map(root, dict.fromkeys(atoms))
        for other in others:
            parent[root(other)] = root(first)

    for node in found:
        join(a for r in node.rows for a, _ in r.terms)
    for link in links:
        join(a for a, _ in link.terms)
    groups: dict[Atom, tuple[list[Node], list[Row]]] = {}
    for node in found:
        groups.setdefault(root(node.rows[0].terms[0][0]), ([], []))[0].append(node)
    for link in links:
        at = root(link.terms[0][0])
        if at in groups:
            groups[at][1].append(link)
    return [g for g in groups.values() if len({f for n in g[0] for f in forms(n)}) > 1]


def forms(node: Node) -> tuple[Form, ...]:
    """What a node bounds."""
    return tuple(p.form for p in node.first.parts)
