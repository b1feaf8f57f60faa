"""Claims put together step by step: the surest pairs first, never against a claim that excludes it, and what fits twice is left apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from dragoman.model.facts import NOTHING, Judged
from dragoman.model.meetings import Match, Possible


class Likeness(NamedTuple):
    """How likely two claims speak of one thing, 0 to 1, and why; `firm` where words tie them, whatever the dates of others."""

    score: float
    reasons: tuple[str, ...]
    firm: bool = False


class Edge(NamedTuple):
    """Two claims by their places in the list, and what speaks for their being one."""

    one: int
    other: int
    like: Likeness


class Bars(NamedTuple):
    """From which score on pairs are put together.

    sure      at once
    enough    where nothing else fits about as well; alone: what this adds to the score
    doubtful  noted as a possible match
    """

    sure: float = 0.90
    enough: float = 0.80
    doubtful: float = 0.65
    alone: float = 0.05
    margin: float = 0.06


DEFAULT = Bars()
MOST = 5  # possible matches that are noted
JUDGED = Likeness(1.0, ("judged to be one",))


class Groups:
    """Which claims are one; ids in the order of the claims.

    A pair without an edge cannot be one, unless `compare` finds that nothing speaks against it; what a firm edge ties together
    may hold pairs of which `beside` says that they can stand in one history.
    """

    def __init__(
        self,
        ids: Sequence[str],
        edges: Iterable[Edge],
        judged: Judged = NOTHING,
        bars: Bars = DEFAULT,
        compare: Callable[[int, int], Likeness | None] | None = None,
        beside: Callable[[int, int], bool] | None = None,
    ) -> None:
        self.ids, self.bars, self.compare, self.beside = ids, bars, compare, beside
        self.of = list(range(len(ids)))
        self.members = {n: [n] for n in range(len(ids))}
        self.place = {claim: n for n, claim in enumerate(ids)}
        self.apart = {pair for pair in map(self._pair, judged.different) if pair}
        self.edges = {(e.one, e.other): e for e in edges if (e.one, e.other) not in self.apart}
        for pair in filter(None, map(self._pair, judged.same - judged.different)):
            self.edges[pair] = Edge(*pair, JUDGED)
        self.near: dict[int, set[int]] = defaultdict(set)
        for one, other in self.edges:
            self.near[one].add(other)
            self.near[other].add(one)
        self.asked: dict[tuple[int, int], bool] = {}
        self.used: dict[tuple[int, int], Match] = {}
        self.doubtful: dict[int, list[Edge]] = defaultdict(list)
        self._join()

    def fit(self, one: int, other: int) -> bool:
        """Whether no claim of one group speaks against a claim of the other."""
        return all(b in self.near[a] or self._may(a, b) for a in self.members[one] for b in self.members[other])

    def _tied(self, e: Edge) -> bool:
        """Whether a firm edge may unite its groups."""
        ours, theirs = (self.members[self.of[n]] for n in (e.one, e.other))
        pairs = [(min(a, b), max(a, b)) for a in ours for b in theirs]
        return all(p in self.edges or (self.beside is not None and p not in self.apart and self.beside(*p)) for p in pairs)

    def _may(self, a: int, b: int) -> bool:
        """Whether two claims without an edge may be one after all."""
        pair = min(a, b), max(a, b)
        if self.compare and pair not in self.asked and pair not in self.apart:
            self.asked[pair] = self.compare(*pair) is not None
        return self.asked.get(pair, False)

    def _pair(self, subjects: frozenset[str]) -> tuple[int, int] | None:
        """The places of two claims that somebody judged; None where they are not both here."""
        known = sorted(self.place[s] for s in subjects if s in self.place)
        return (known[0], known[1]) if len(known) == 2 else None

    def why(self, members: Sequence[int]) -> tuple[Match, ...]:
        """The matches that made a group, the surest first."""
        inside = set(members)
        used = (m for (a, b), m in self.used.items() if a in inside and b in inside)
        return tuple(sorted(used, key=lambda m: (-m.score, m.one, m.other)))

    def possible(self, members: Sequence[int]) -> tuple[Possible, ...]:
        """The groups that may be the same as a group, the likeliest first, five at most."""
        best: dict[int, Possible] = {}
        for mine in members:
            for e in self.doubtful.get(mine, ()):
                theirs = self.of[e.other if e.one == mine else e.one]
                if theirs != self.of[mine] and (theirs not in best or best[theirs].score < e.like.score):
                    ids = tuple(sorted(self.ids[n] for n in self.members[theirs]))
                    best[theirs] = Possible(ids, round(e.like.score, 2), e.like.reasons)
        return tuple(sorted(best.values(), key=lambda p: (-p.score, p.claims))[:MOST])

    def _join(self) -> None:
        bars = self.bars
        order = sorted(self.edges.values(), key=lambda e: (-e.like.score, self.ids[e.one], self.ids[e.other]))
        for e in order:
            one, other = self.of[e.one], self.of[e.other]
            if one != other and (self._judged(e) if e.like is JUDGED else e.like.score >= bars.sure and self.fit(one, other)):
                self._unite(e, e.like)
        for e in sorted(order, key=lambda e: e.like.firm):
            one, other = self.of[e.one], self.of[e.other]
            if one == other or e.like.score < bars.doubtful - bars.alone or not (self._tied(e) if e.like.firm else self.fit(one, other)):
                continue
            rivals = self._rivals(e.one, one, other, e.like.score) or self._rivals(e.other, other, one, e.like.score)
            alone = e.like.firm or not rivals
            score = round(min(0.99, e.like.score + bars.alone), 3) if alone else e.like.score
            like = Likeness(score, (*e.like.reasons, "nothing else fits" if alone else "something else fits as well"))
            if alone and score >= bars.enough:
                self._unite(e, like)
            elif score >= bars.doubtful:
                self.doubtful[e.one].append(e._replace(like=like))
                self.doubtful[e.other].append(e._replace(like=like))

    def _judged(self, e: Edge) -> bool:
        """Whether nobody judged a claim of one group to differ from one of the other."""
        ours, theirs = (self.members[self.of[n]] for n in (e.one, e.other))
        return not any((min(a, b), max(a, b)) in self.apart for a in ours for b in theirs)

    def _rivals(self, claim: int, own: int, other: int, score: float) -> bool:
        """Whether a third group, which cannot be the other, fits the claim about as well."""
        for n in self.near[claim]:
            group = self.of[n]
            edge = self.edges.get((min(claim, n), max(claim, n)))
            near = edge is not None and not edge.like.firm and edge.like.score > score - self.bars.margin
            if near and group not in (own, other) and not self.fit(group, other):
                return True
        return False

    def _unite(self, e: Edge, like: Likeness) -> None:
        keep, gone = sorted((self.of[e.one], self.of[e.other]))
        for n in self.members[gone]:
            self.of[n] = keep
        self.members[keep] = sorted(self.members[keep] + self.members.pop(gone))
        self.used[e.one, e.other] = Match(self.ids[e.one], self.ids[e.other], round(like.score, 2), like.reasons)
