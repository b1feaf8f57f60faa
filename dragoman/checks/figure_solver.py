"""The smallest sets of claims that cannot all hold, by an exact solver; a cheap look first says where there is nothing to find."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from fractions import Fraction
from typing import Any

from dragoman.checks.figure_system import Atom, Layout, Node, Row

CALLS = 150  # of the solver for one component: what is not found by then is not worth the time
ROUNDS = 40  # of narrowing bounds
SETS = 12  # of one component: of those that have claims in common one is told


def surely_fine(nodes: Sequence[Node], links: Sequence[Row]) -> bool:
    """Whether numbers are found that fit everything; False says only that they were not found cheaply."""
    rows = [*(r for n in nodes for r in n.rows), *links]
    floats = [(tuple((a, float(c)) for a, c in r.terms), float(r.least)) for r in rows]
    low: dict[Atom, float] = {a: 0.0 for terms, _ in floats for a, _ in terms}
    high: dict[Atom, float] = dict.fromkeys(low, float("inf"))
    touch: dict[Atom, list[int]] = {a: [] for a in low}
    for n, (terms, _) in enumerate(floats):
        for a, _c in terms:
            touch[a].append(n)
    if not _narrow(range(len(floats)), floats, touch, low, high):
        return False
    for atom in sorted(low, key=lambda a: (len(touch[a]), a), reverse=True):
        least, most = low[atom], high[atom]
        value = least * 1.02 + 1e-9 if most == float("inf") else (least + most) / 2
        low[atom] = high[atom] = value
        if not _narrow(touch[atom], floats, touch, low, high):
            return False
    exact = {a: Fraction(v) for a, v in low.items()}
    return all(_holds(r, exact) for r in rows)


def _holds(row: Row, values: dict[Atom, Fraction]) -> bool:
    total = sum((values[a] * c for a, c in row.terms), Fraction(0))
    return total > row.least if row.strict else total >= row.least


def _narrow(start: Iterable[int], rows: Sequence[tuple[tuple[tuple[Atom, float], ...], float]], touch: dict[Atom, list[int]],
            low: dict[Atom, float], high: dict[Atom, float]) -> bool:
    """Bounds drawn together until nothing moves much; False where a row cannot hold any more."""
    todo = dict.fromkeys(start)
    for _ in range(ROUNDS * max(len(rows), 1)):
        if not todo:
            return True
        n = next(iter(todo))
        del todo[n]
        terms, least = rows[n]
        tops = [c * (high[a] if c > 0 else low[a]) for a, c in terms]
        top = sum(tops)
        if top < least:
            return False
        if top == float("inf") and sum(t == top for t in tops) > 1:
            continue
        for (atom, c), mine in zip(terms, tops, strict=True):
            others = sum(t for t in tops if t is not mine) if mine == float("inf") else top - mine
            if others == float("inf"):
                continue
            bound = (least - others) / c
            if c > 0 and bound > low[atom] * (1 + 1e-9) + 1e-9:
                low[atom] = min(bound, high[atom])
            elif c < 0 and bound < high[atom] * (1 - 1e-9):
                high[atom] = max(bound, low[atom])
            else:
                continue
            todo.update(dict.fromkeys(touch[atom]))
    return False


class Oracle:
    """Answers whether nodes of a component can all hold, exactly; counts its calls."""

    def __init__(self, nodes: Sequence[Node], links: Sequence[Row], layout: Layout) -> None:
        import z3

        self.z3 = z3
        self.nodes = list(nodes)
        self.calls = 0
        layout.solver = layout.solver or z3.Context()  # one of the block's own: answers may not depend on what was asked of other blocks
        self.context = layout.solver
        self._solver = z3.SimpleSolver(ctx=self.context)
        self._reals: dict[Atom, Any] = {}
        for row in links:
            self._solver.add(self._row(row))
        self._flags = [z3.Bool(f"n{n}", self.context) for n in range(len(nodes))]
        self._number = {f.get_id(): n for n, f in enumerate(self._flags)}
        for flag, node in zip(self._flags, nodes, strict=True):
            self._solver.add(z3.Implies(flag, z3.And([self._row(r) for r in node.rows])))

    def _real(self, atom: Atom) -> Any:
        found = self._reals.get(atom)
        if found is None:
            found = self._reals[atom] = self.z3.Real(f"x{len(self._reals)}", self.context)
            self._solver.add(found >= 0)
        return found

    def _row(self, row: Row) -> Any:
        z3 = self.z3
        left = z3.Sum([self._real(a) if c == 1 else self._exact(c) * self._real(a) for a, c in row.terms])
        right = self._exact(row.least)
        return left > right if row.strict else left >= right

    def _exact(self, value: Fraction) -> Any:
        return self.z3.RealVal(str(value), self.context)

    def core(self, chosen: Collection[int]) -> set[int] | None:
        """Some of the chosen nodes that cannot all hold; None where all can."""
        self.calls += 1
        order = sorted(chosen)
        if self._solver.check([self._flags[n] for n in order]) != self.z3.unsat:
            return None
        return {self._number[f.get_id()] for f in self._solver.unsat_core()}

    def smallest(self, core: set[int]) -> set[int]:
        """A set within the core that cannot hold and becomes possible without any one of its nodes."""
        kept = set(core)
        for n in sorted(core, reverse=True):
            if n in kept and (smaller := self.core(kept - {n})) is not None:
                kept = smaller
        return kept

    def reach(self, chosen: Collection[int], terms: Iterable[Atom]) -> tuple[Fraction | None, Fraction | None] | None:
        """The least and the most that a sum can be where the chosen nodes hold; None for no bound, and where they cannot hold."""
        z3 = self.z3
        out: list[Fraction | None] = []
        total = z3.Sum([self._real(a) for a in terms])
        for sign in (1, -1):
            opt = z3.Optimize(ctx=self.context)
            opt.add(*self._solver.assertions(), *(self._flags[n] for n in sorted(chosen)))
            handle = opt.maximize(-sign * total)
            if opt.check() != z3.sat:
                return None
            infinite, value, _ = map(str, opt.upper_values(handle))
            out.append(-sign * Fraction(value) if infinite == "0" else None)
        return out[0], out[1]


def smallest_sets(oracle: Oracle, known: Sequence[tuple[int, int]]) -> list[tuple[int, ...]]:
    """The smallest sets of nodes that cannot all hold, beyond the known pairs; by the map of what was tried (MARCO)."""
    z3, context, size = oracle.z3, oracle.context, len(oracle.nodes)
    tried = z3.SolverFor("QF_FD", ctx=context)
    flags = [z3.Bool(f"m{n}", context) for n in range(size)]
    blocked = [frozenset(pair) for pair in known]
    for pair in blocked:
        tried.add(z3.Or([z3.Not(flags[n]) for n in sorted(pair)]))
    out: list[tuple[int, ...]] = []
    while oracle.calls < CALLS and len(out) < SETS and tried.check() == z3.sat:
        model = tried.model()
        seed = {n for n in range(size) if z3.is_true(model[flags[n]])}
        for n in range(size):  # as many as the map allows
            if n not in seed and not any(n in b and b <= seed | {n} for b in blocked):
                seed.add(n)
        core = oracle.core(seed)
        if core is None:
            rest = [flags[n] for n in range(size) if n not in seed]
            if not rest:
                break
            tried.add(z3.Or(rest))
            continue
        found = oracle.smallest(core)
        blocked.append(frozenset(found))
        tried.add(z3.Or([z3.Not(flags[n]) for n in sorted(found)]))
        out.append(tuple(sorted(found)))
    return sorted(out, key=lambda s: (len(s), s))
