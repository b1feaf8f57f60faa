"""Contact claims put together into contacts: one meeting from several documents is one, planned, held and called off are one history.

Two claims are compared by who takes part, when, how, where and on what occasion. The surest are put together first, and
only where no claim of one speaks against a claim of the other; what fits two contacts equally well is left apart and noted as doubtful.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dragoman.model.claims import Agreement, Claim, Commitment, Contact
from dragoman.model.facts import Fact, Judged
from dragoman.model.meetings import Match, Meeting, Possible
from dragoman.reference import states
from dragoman.resolve import contact_facts, contact_links
from dragoman.resolve.contact_match import Likeness, Seen, likeness, seen

READS: tuple[str, ...] = ("contact", "agreement", "commitment")
MAKES: tuple[type[Fact], ...] = (Meeting,)

SURE, ENOUGH, DOUBTFUL = 0.90, 0.80, 0.65
ALONE = 0.05  # what it adds that no other contact fits
MARGIN = 0.06  # by how much one contact must fit better than another
LONG = 40  # days: claims of a wider date are compared with all others


def blocks(claim: Claim) -> tuple[str, ...]:
    """The pair of states that a claim is about; a claim about more than two goes by its month."""
    if isinstance(claim, Contact):
        codes = _states(claim)
        if len(codes) > 2:
            return (f"many {claim.date[:7] if claim.date and claim.date[:2] != '..' else 'undated'}",)
        return ("+".join(codes) or "none",)
    if isinstance(claim, Agreement | Commitment):
        sides = claim.parties if isinstance(claim, Agreement) else claim.by + claim.to
        codes = tuple(sorted({s for p in sides if (s := p.state or states.code(p.name or ""))}))
        return ("+".join(codes),) if len(codes) == 2 else ()
    return ()


def _states(claim: Contact) -> tuple[str, ...]:
    """States of the participants and the host; where that is one alone, of the place and of whoever published it."""
    found = {s for p in claim.participants if (s := p.state or states.code(p.name or p.mention or ""))}
    if claim.host and (claim.mode == "visit" or len(found) < 2):
        found.add(claim.host)
    if len(found) < 2 and claim.place and claim.place.state:
        found.add(claim.place.state)
    return tuple(sorted(found))


class Edge(NamedTuple):
    """Two claims by their places in the list, and how likely they are one contact."""

    one: int
    other: int
    like: Likeness


def resolve(block: str, claims: Sequence[Claim], judged: Judged) -> Iterator[Meeting]:
    """The contacts of a block's claims."""
    contacts = sorted((seen(c) for c in claims if isinstance(c, Contact)), key=lambda s: s.claim.id)
    edges = list(_edges(contacts, judged))
    groups = _Groups(contacts, edges)
    doubts = groups.join()
    others = [c for c in claims if isinstance(c, Agreement | Commitment)]
    facts = [
        contact_facts.meeting([contacts[n] for n in members], groups.why(members), _possible(members, doubts, groups, contacts))
        for members in groups.members.values()
    ]
    yield from sorted(contact_links.linked(facts, contacts, others), key=lambda f: f.claims)


def _edges(contacts: Sequence[Seen], judged: Judged) -> Iterator[Edge]:
    """The pairs of claims that may be one contact; by day, so that not all are compared with all."""
    far = 9**7
    order = sorted(range(len(contacts)), key=lambda n: (contacts[n].first or 0, n))
    near = [n for n in order if contacts[n].dated and contacts[n].width <= LONG]
    wide = [n for n in order if n not in set(near)]
    pairs = [(min(a, b), max(a, b)) for k, a in enumerate(wide) for b in wide[k + 1 :]]
    pairs += [(min(a, b), max(a, b)) for a in wide for b in near]
    for k, a in enumerate(near):
        for b in near[k + 1 :]:
            if (contacts[b].first or far) - (contacts[a].first or 0) > LONG + 4:
                break
            pairs.append((min(a, b), max(a, b)))
    for a, b in sorted(pairs):
        said = judged.verdict((contacts[a].claim.id,), (contacts[b].claim.id,))
        like = Likeness(1.0, ("judged to be one",)) if said else None if said is False else likeness(contacts[a], contacts[b])
        if like is not None:
            yield Edge(a, b, like)


class _Groups:
    """Which claims are one contact so far."""

    def __init__(self, contacts: Sequence[Seen], edges: Sequence[Edge]) -> None:
        self.contacts = contacts
        self.of = list(range(len(contacts)))
        self.members = {n: [n] for n in range(len(contacts))}
        self.edges = {(e.one, e.other): e for e in edges}
        self.near: dict[int, set[int]] = defaultdict(set)
        for e in edges:
            self.near[e.one].add(e.other)
            self.near[e.other].add(e.one)
        self.used: dict[tuple[int, int], Match] = {}

    def edge(self, a: int, b: int) -> Edge | None:
        """What is known of two claims; None where they cannot be one contact."""
        return self.edges.get((min(a, b), max(a, b)))

    def fit(self, one: int, other: int) -> bool:
        """Whether no claim of one group speaks against a claim of the other."""
        return all(b in self.near[a] for a in self.members[one] for b in self.members[other])

    def join(self) -> list[Edge]:
        """Unite what belongs together; gives the pairs that stay apart in doubt."""
        order = sorted(self.edges.values(), key=lambda e: (-e.like.score, self._ids(e)))
        for e in order:
            if e.like.score >= SURE and self.of[e.one] != self.of[e.other] and self.fit(self.of[e.one], self.of[e.other]):
                self._unite(e, e.like)
        doubts: list[Edge] = []
        for e in order:
            one, other = self.of[e.one], self.of[e.other]
            if one == other or e.like.score < DOUBTFUL - ALONE or not self.fit(one, other):
                continue
            alone = not self._rivals(e.one, one, other, e.like.score) and not self._rivals(e.other, other, one, e.like.score)
            score = round(min(0.99, e.like.score + ALONE), 3) if alone else e.like.score
            reasons = (*e.like.reasons, "no other contact fits" if alone else "another contact fits as well")
            if alone and score >= ENOUGH:
                self._unite(e, Likeness(score, reasons))
            elif score >= DOUBTFUL:
                doubts.append(e._replace(like=Likeness(score, reasons)))
        return doubts

    def _ids(self, e: Edge) -> tuple[str, str]:
        return self.contacts[e.one].claim.id, self.contacts[e.other].claim.id

    def _rivals(self, claim: int, own: int, other: int, score: float) -> bool:
        """Whether a third contact, which is not the other, fits the claim about as well."""
        for n in self.near[claim]:
            group = self.of[n]
            edge = self.edge(claim, n)
            if group not in (own, other) and edge and edge.like.score > score - MARGIN and not self.fit(group, other):
                return True
        return False

    def _unite(self, e: Edge, like: Likeness) -> None:
        keep, gone = sorted((self.of[e.one], self.of[e.other]))
        for n in self.members[gone]:
            self.of[n] = keep
        self.members[keep] = sorted(self.members[keep] + self.members.pop(gone))
        one, other = self._ids(e)
        self.used[e.one, e.other] = Match(one, other, round(like.score, 2), like.reasons)

    def why(self, members: Sequence[int]) -> tuple[Match, ...]:
        """The matches that made a group."""
        inside = set(members)
        used = (m for (a, b), m in self.used.items() if a in inside and b in inside)
        return tuple(sorted(used, key=lambda m: (-m.score, m.one, m.other)))


def _possible(members: Sequence[int], doubts: Sequence[Edge], groups: _Groups, contacts: Sequence[Seen]) -> tuple[Possible, ...]:
    """The contacts that may be the same as a group, the likeliest first."""
    best: dict[int, Possible] = {}
    inside = set(members)
    for e in doubts:
        for mine, theirs in ((e.one, e.other), (e.other, e.one)):
            group = groups.of[theirs]
            if mine in inside and group != groups.of[mine] and group not in best:
                ids = tuple(sorted(contacts[n].claim.id for n in groups.members[group]))
                best[group] = Possible(ids, round(e.like.score, 2), e.like.reasons)
    return tuple(sorted(best.values(), key=lambda p: (-p.score, p.claims)))
