"""Promises and what became of them: claims of many documents that mean one promise, and those that follow it up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from dragoman.model.claims import Claim, Commitment, Event, Figure, Tenure
from dragoman.model.facts import Fact, Judged
from dragoman.model.promises import Deadline, Promise, Step
from dragoman.resolve.promise_context import delayed, resolved
from dragoman.resolve.promise_groups import Group, follow, groups, in_order, indicators, order, tidy
from dragoman.resolve.promise_links import Weights
from dragoman.resolve.promise_status import PROMISING, sort_key, status
from dragoman.resolve.promise_words import Profile, last_day, profile, sheet, states_of

__all__ = ["MAKES", "READS", "blocks", "resolve", "status"]

READS: tuple[str, ...] = ("commitment", "agreement", "figure", "contact", "mission", "tenure", "event")
MAKES: tuple[type[Fact], ...] = (Promise,)
MOST_DOUBTS = 10  # the likeliest are shown
MOST_STATES = 4  # a claim of more states is no matter of one pair


def blocks(claim: Claim, parties: Sequence[str] = ()) -> tuple[str, ...]:
    """The pair of states that a claim belongs to; `parties` are those that its document is about, the most important first.

    A claim of promise is in one block. One that names fewer than two states goes with the pair of its document.
    """
    named = sorted(states_of(claim))
    about = list(parties[:2])
    if isinstance(claim, Commitment):
        return _home(named, about)
    if claim.modality != "actual" and not isinstance(claim, Figure):
        return ()
    if _tells_nothing(claim):
        return ()
    found = {"+".join(p) for p in combinations(named, 2)} if 2 <= len(named) <= MOST_STATES else set()
    return tuple(sorted(found | set(_home(named, about))))


def _tells_nothing(claim: Claim) -> bool:
    """Whether a claim cannot tell what became of a promise: who holds an office, a growth rate, a rank, some events."""
    if isinstance(claim, Tenure):
        return claim.change == "holds" and claim.organization is None
    if isinstance(claim, Figure):
        return claim.measure in ("change", "rank")
    return isinstance(claim, Event) and claim.event_type not in sheet()["events"]


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


def resolve(block: str, claims: Sequence[Claim], judged: Judged) -> Iterator[Promise]:
    """The promises of a block, in the order in which they were made."""
    profiles = resolved(in_order(map(profile, claims)))
    by_id = {p.claim.id: p for p in profiles}
    weights = Weights(profiles)
    promising = [p for p in profiles if isinstance(p.claim, Commitment) and p.claim.status in PROMISING and p.claim.modality != "denied"]
    made = {p.claim.id for p in promising}
    found = groups(promising, weights, judged)
    others = [p for p in profiles if p.claim.id not in made]
    linked = follow(found, others, weights, judged, indicators(profiles))
    _date_delays(found, others, by_id)
    alone = [
        Group([p])
        for p in profiles
        if isinstance(p.claim, Commitment) and p.claim.status not in PROMISING and p.claim.id not in linked
    ]
    for group in sorted(found + alone, key=lambda g: order(g.made[0])):
        yield _promise(group, by_id, tuple(s for s in block.split("+") if s))


def _date_delays(found: Sequence[Group], others: Sequence[Profile], by_id: dict[str, Profile]) -> None:
    """Date what was done late by the delay that the words tell."""
    figures: dict[str, list[Profile]] = defaultdict(list)
    for p in others:
        if isinstance(p.claim, Figure):
            figures[p.claim.document].append(p)
    for group in found:
        first = next((p.claim.deadline for p in group.made if isinstance(p.claim, Commitment) and p.claim.deadline), None)
        group.steps = delayed(group.steps, first, by_id, figures)


def _promise(group: Group, by_id: dict[str, Profile], pair: Sequence[str]) -> Promise:
    """The fact, once everything is found; it is a matter of the pair of its block."""
    first = group.made[0].claim
    assert isinstance(first, Commitment)
    made = [p.claim for p in group.made if isinstance(p.claim, Commitment)]
    steps = [Step("said", c.status, p.day or p.told if c.status not in PROMISING else p.told, p.told, c.id, 1.0)
             for p, c in zip(group.made, made, strict=True)]
    history = tuple(sorted((*steps, *tidy(group.steps, by_id)), key=sort_key))
    return Promise(
        claims=tuple(sorted({*(c.id for c in made), *(s.claim for s in group.steps)})),
        states=tuple(sorted({*(s for p in group.made for s in p.states), *pair})),
        action=first.action,
        by=tuple(dict.fromkeys(r.name or r.mention or "" for c in made for r in c.by)),
        to=tuple(dict.fromkeys(r.name or r.mention or "" for c in made for r in c.to)),
        date=group.made[0].told,
        target=next((c.target for c in made if c.target), None),
        modality=first.modality,
        made=tuple(c.id for c in made),
        joined=tuple(group.joined),
        deadlines=_deadlines(group, by_id),
        history=history,
        doubts=tuple(sorted(group.doubts, key=lambda d: (-d.score, d.claim))[:MOST_DOUBTS]),
    )


def _deadlines(group: Group, by_id: dict[str, Profile]) -> tuple[Deadline, ...]:
    """Every deadline in the order of telling; a follow-up sets one where it is later than the first."""
    out: list[Deadline] = []
    for p in in_order([*group.made, *(by_id[s.claim] for s in group.steps)]):
        claim = p.claim
        due = last_day(claim.deadline) if isinstance(claim, Commitment) else None
        if not isinstance(claim, Commitment) or not claim.deadline or due in [last_day(d.date) for d in out]:
            continue
        first = last_day(out[0].date) if out else None
        if p in group.made or (due and first and due > first and claim.status != "done"):
            out.append(Deadline(claim.deadline, p.told, claim.id))
    return tuple(out)
