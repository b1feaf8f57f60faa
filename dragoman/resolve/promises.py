"""Promises and what became of them: claims of many documents that mean one promise, and those that follow it up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from dragoman.model.claims import Claim, Commitment, Figure
from dragoman.model.facts import Fact, Judged
from dragoman.model.promises import Deadline, Doubt, Joined, Promise, Step
from dragoman.resolve.promise_links import Score, Weights, follows, same_promise
from dragoman.resolve.promise_links import judged as judged_same
from dragoman.resolve.promise_status import PROMISING, shown, sort_key, status, told_by_owner
from dragoman.resolve.promise_words import Profile, profile, states_of

__all__ = ["MAKES", "READS", "blocks", "resolve", "status"]

READS: tuple[str, ...] = ("commitment", "agreement", "figure", "contact", "mission", "tenure")
MAKES: tuple[type[Fact], ...] = (Promise,)
MOST_STATES = 4  # a claim of more states is no matter of one pair


def blocks(claim: Claim, parties: Sequence[str] = ()) -> tuple[str, ...]:
    """The pair of states that a claim belongs to; `parties` are those that its document is about, the most important first.

    A claim of promise is in one block. One that names fewer than two states goes with the pair of its document.
    """
    named = sorted(states_of(claim))
    about = list(parties[:2])
    if isinstance(claim, Commitment):
        return _home(named, about)
    if claim.modality not in ("actual", "planned") or (claim.kind in ("contact", "tenure") and not profile(claim).acts):
        return ()
    found = {"+".join(p) for p in combinations(named, 2)} if 2 <= len(named) <= MOST_STATES else set()
    return tuple(sorted(found | set(_home(named, about))))


def _home(named: list[str], about: list[str]) -> tuple[str, ...]:
    """The one block of a claim."""
    if len(named) < 2 or (set(about) <= set(named) and len(about) == 2):
        if (len(about) == 2 and set(named) <= set(about)) or len(named) > 2:
            named = sorted(about)
        elif len(named) == 1 and about and about[0] != named[0]:
            named = sorted((named[0], about[0]))
        elif not named:
            named = sorted(about)
    return ("+".join(named),) if named else ()


@dataclass(slots=True)
class Group:
    """A promise while it grows."""

    made: list[Profile]
    joined: list[Joined] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def resolve(block: str, claims: Sequence[Claim], judged: Judged) -> Iterator[Promise]:
    """The promises of a block, in the order in which they were made."""
    profiles = sorted(map(profile, claims), key=_order)
    weights = Weights(profiles)
    promising = [p for p in profiles if isinstance(p.claim, Commitment) and p.claim.status in PROMISING and p.claim.modality != "denied"]
    groups = _groups(promising, weights, judged)
    linked = _follow(groups, [p for p in profiles if p not in promising], weights, judged)
    alone = [
        Group([p])
        for p in profiles
        if isinstance(p.claim, Commitment) and p.claim.status not in PROMISING and p.claim.id not in linked
    ]
    for group in sorted(groups + alone, key=lambda g: _order(g.made[0])):
        yield _promise(group)


def _order(p: Profile) -> tuple[str, str, int, str]:
    return (p.told or "9999", p.claim.document, p.claim.evidence[0].start, p.claim.id)


class Index:
    """Which promises share a word, a number or a deadline with a claim."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._by: dict[object, list[int]] = defaultdict(list)

    def add(self, at: int, p: Profile) -> None:
        """Keep a claim of the promise with that number."""
        for key in self._keys(p):
            if not self._by[key] or self._by[key][-1] != at:
                self._by[key].append(at)

    def near(self, p: Profile) -> list[int]:
        """Numbers of the promises that a claim may belong to."""
        return sorted({at for key in self._keys(p) for at in self._by.get(key, ())})

    def _keys(self, p: Profile) -> Iterator[object]:
        yield from (t for t in p.terms if self._weights.rare(t))
        yield from (n for n in p.numbers if n >= 100)
        yield from p.dated
        if isinstance(p.claim, Commitment) and p.claim.deadline:
            yield p.claim.deadline.removeprefix("../")
        if not p.terms:
            yield from (("plain", w, a) for w in p.plain for a in p.acts)


def _groups(promising: Sequence[Profile], weights: Weights, judged: Judged) -> list[Group]:
    """Claims of promise put together: each joins the promise it fits best, or begins one."""
    groups: list[Group] = []
    index = Index(weights)
    for p in promising:
        best: tuple[int, Score] | None = None
        for at in index.near(p):
            score = _score(groups[at], p, weights, judged)
            if score.doubtful and (best is None or (score.sure, score.points) > (best[1].sure, best[1].points)):
                best = (at, score)
        if best is not None and best[1].sure:
            at = best[0]
            groups[at].made.append(p)
            groups[at].joined.append(Joined(p.claim.id, best[1].surety, best[1].why))
        else:
            if best is not None:
                groups[best[0]].doubts.append(Doubt(p.claim.id, best[1].surety, best[1].why))
            at = len(groups)
            groups.append(Group([p]))
        index.add(at, p)
    return groups


def _score(group: Group, p: Profile, weights: Weights, judged: Judged) -> Score:
    """How well a claim fits a promise: as well as it fits its best claim, and none of them speaks against it."""
    verdict = judged.verdict([m.claim.id for m in group.made], [p.claim.id])
    if verdict is not None:
        return judged_same() if verdict else Score()
    scores = [same_promise(m, p, weights) for m in group.made]
    return max(scores, key=lambda s: s.points)


def _follow(groups: list[Group], others: Sequence[Profile], weights: Weights, judged: Judged) -> set[str]:
    """Give each promise the claims that tell what became of it; the ids of the claims that found one are returned."""
    index = Index(weights)
    for at, group in enumerate(groups):
        for p in group.made:
            index.add(at, p)
    linked: set[str] = set()
    for other in others:
        for at in index.near(other):
            group = groups[at]
            verdict = judged.verdict([m.claim.id for m in group.made], [other.claim.id])
            if verdict is False:
                continue
            member, score = max(((m, follows(m, other, weights)) for m in group.made), key=lambda found: found[1].points)
            score = judged_same() if verdict else score
            what = shown(member, other)
            if what is None:
                continue
            if score.sure:
                linked.add(other.claim.id)
                group.steps.append(_step(member, other, what, score))
            elif score.doubtful and not isinstance(other.claim, Figure):
                group.doubts.append(Doubt(other.claim.id, score.surety, score.why))
    return linked


def _step(member: Profile, other: Profile, what: str, score: Score) -> Step:
    claim = other.claim
    own = isinstance(claim, Commitment) and told_by_owner(claim, member.owners)
    day = other.day if what == "done" or not isinstance(claim, Commitment) else None
    return Step("said" if own else "shown", what, day or other.told, other.told, claim.id, score.surety, score.why)


def _promise(group: Group) -> Promise:
    """The fact, once everything is found."""
    first = group.made[0].claim
    assert isinstance(first, Commitment)
    made = [p.claim for p in group.made if isinstance(p.claim, Commitment)]
    steps = [Step("said", c.status, p.day or p.told if c.status not in PROMISING else p.told, p.told, c.id, 1.0)
             for p, c in zip(group.made, made, strict=True)]
    history = tuple(sorted((*steps, *group.steps), key=sort_key))
    return Promise(
        claims=tuple(sorted({*(c.id for c in made), *(s.claim for s in group.steps)})),
        states=tuple(sorted({s for p in group.made for s in p.states})),
        action=first.action,
        by=tuple(dict.fromkeys(r.name or r.mention or "" for c in made for r in c.by)),
        to=tuple(dict.fromkeys(r.name or r.mention or "" for c in made for r in c.to)),
        date=group.made[0].told,
        target=next((c.target for c in made if c.target), None),
        modality=first.modality,
        made=tuple(c.id for c in made),
        joined=tuple(group.joined),
        deadlines=_deadlines(group.made),
        history=history,
        doubts=tuple(sorted(group.doubts, key=lambda d: (-d.score, d.claim))),
    )


def _deadlines(made: Sequence[Profile]) -> tuple[Deadline, ...]:
    out: list[Deadline] = []
    for p in made:
        claim = p.claim
        if isinstance(claim, Commitment) and claim.deadline and claim.deadline not in (d.date for d in out):
            out.append(Deadline(claim.deadline, p.told, claim.id))
    return tuple(out)
