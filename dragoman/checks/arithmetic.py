"""Figures that cannot all hold: levels, growth rates, shares, parts of years and sums on the same unknowns, with the arithmetic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from dragoman.checks import figure_reasons as reasons
from dragoman.checks.figure_links import links
from dragoman.checks.figure_rivals import Pair, comparable, rivals, unmistaken
from dragoman.checks.figure_solver import Oracle, smallest_sets, surely_fine
from dragoman.checks.figure_system import Atom, Layout, Node, components, forms, nodes
from dragoman.checks.figure_terms import Form, Said, read
from dragoman.model.facts import Conflict, Fact

READS: tuple[str, ...] = ("series",)


def check(facts: Sequence[Fact]) -> Iterator[Conflict]:
    """The smallest sets of claims of a block that cannot all hold, explained; then what only looks so."""
    known = unmistaken(read(facts))
    values = rivals(known)
    pairs = [pair for r in values for pair in r.pairs()]
    layout = Layout(u for s in known for p in s.parts for u in (p.form.what, p.form.base) if u)
    sets: list[tuple[tuple[Said, ...], Said | None]] = []
    for members, rates in components(nodes(known, layout), links(known, layout)):
        chosen = _needed(members, pairs)
        if not surely_fine(chosen, rates):
            sets += _sets(chosen, Oracle(chosen, rates, layout), pairs)
    for pair in pairs:
        yield reasons.pair(pair, known, layout)
    for said, alone in sets:
        yield reasons.together(said, alone, layout)
    yield from reasons.roundings(values)
    yield from reasons.denials(known)


def _sets(chosen: Sequence[Node], oracle: Oracle, pairs: Sequence[Pair]) -> list[tuple[tuple[Said, ...], Said | None]]:
    """The smallest sets of one component beyond the pairs of rivals, with the one claim that all their like share where there is one.

    Sets that only tell which rival the others need go to the pair. One wrong figure may break dozens of sets: of those that have claims
    in common the smallest is given.
    """
    at = {s.id: n for n, node in enumerate(chosen) for s in node.said}
    mine = [(p, at[p.one.id], at[p.other.id]) for p in pairs if p.one.id in at and p.other.id in at]
    found = smallest_sets(oracle, sorted({(min(a, b), max(a, b)) for _, a, b in mine}))
    left = [set(f) for f in found if _one_thing([chosen[n].first for n in f])]
    left = [f for f in left if not any([_folded(f, p, a, b, oracle) for p, a, b in mine])]
    out: list[tuple[tuple[Said, ...], Said | None]] = []
    taken: set[int] = set()
    for one in left:
        if taken.isdisjoint(one):
            taken |= one
            like = [f for f in left if f & one]
            shared = set.intersection(*like)
            alone = chosen[min(shared)].first if len(shared) == 1 and len(like) > 1 else None
            out.append((tuple(chosen[n].first for n in sorted(one)), alone))
    return out


def _folded(found: set[int], pair: Pair, a: int, b: int, oracle: Oracle) -> bool:
    """Whether a set is the dispute of a pair once more: with one rival in the place of one of its claims all can hold.

    Where the claim is the other rival, the rest of the set is kept as what needs the first.
    """
    for here, this, that in ((0, a, b), (1, b, a)):
        if that in found and this not in found and oracle.core((found - {that}) | {this}) is None:
            rest = tuple(oracle.nodes[n].first for n in sorted(found - {that}))
            pair.backs[here].append(rest)
            return True
    if a in found or b in found:
        return False
    disputed = _atoms(oracle.nodes[a])
    touching = [n for n in sorted(found) if not disputed.isdisjoint(_atoms(oracle.nodes[n]))]
    with_one, with_other = ({n for n in touching if oracle.core((found - {n}) | {rival}) is None} for rival in (a, b))
    return bool(with_one and with_other and len(with_one | with_other) > 1)


def _atoms(node: Node) -> set[Atom]:
    return {a for row in node.rows for a, _ in row.terms}


def _needed(members: Sequence[Node], pairs: Sequence[Pair]) -> list[Node]:
    """The nodes that a solver has to look at: of two that bound the same, the one that lies within the other; and every rival."""
    named = {s.id for p in pairs for s in (p.one, p.other)}
    by_form: dict[Form, list[Node]] = defaultdict(list)
    for node in members:
        for form in forms(node):
            by_form[form].append(node)
    out = []
    for node in members:
        own = node.first.parts[0]
        plain = len(forms(node)) == 1 and not any(s.id in named for s in node.said)
        if not plain or not any(n is not node and n.first.on(own.form).within(own) for n in by_form[own.form]):
            out.append(node)
    return out


def _one_thing(said: Sequence[Said]) -> bool:
    """Whether a set of claims is a finding: two on one unknown only where they are about one thing."""
    if len(said) != 2:
        return True
    shared = {p.form for p in said[0].parts} & {p.form for p in said[1].parts}
    return all(comparable(said[0], said[1], form) for form in shared if said[0].on(form).beside(said[1].on(form)))
