"""A sentence against the record: its claims are put into their blocks, and what they join or contradict there is the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from dragoman import rooms
from dragoman.model import time
from dragoman.model.claims import Claim, Figure
from dragoman.model.facts import Conflict, Fact
from dragoman.model.offices import Chain
from dragoman.model.series import Point, Series
from dragoman.model.verdicts import Verdict

Held = Callable[[str, str], Sequence[Claim]]  # the claims of a block
CHECKED = ("figure", "tenure", "contact", "agreement", "membership", "mission")


def verdicts(claims: Iterable[Claim], about: tuple[str, ...], blocks: Sequence[str], held: Held) -> Iterator[Verdict]:
    """A verdict for every claim of a sentence that can be checked.

    about   the states that the sentence is about where it names none
    blocks  names of the blocks that hold figures, for a figure of which neither the sentence nor the asker says whose it is
    """
    for claim in claims:
        if claim.kind in CHECKED:
            tried = [_verdict(c, where, held) for c, where in _placed(claim, about, blocks)]
            told = [v for v in tried if v.found != "nothing found"]
            yield from told or tried[:1] or [Verdict(claim, "nothing found", "")]


def _placed(claim: Claim, about: tuple[str, ...], blocks: Sequence[str]) -> Iterator[tuple[Claim, list[tuple[str, str]]]]:
    """The claim with the blocks that it belongs to."""
    if isinstance(claim, Figure) and len(claim.parties) < 2:
        whose = [about] if about else [tuple(b.split("+")) for b in blocks if "+" in b and set(claim.parties) <= set(b.split("+"))]
        for parties in whose:
            moved: Any = replace(claim, parties=tuple(sorted({*claim.parties, *parties})))
            yield moved, [(p.room, p.block) for p in rooms.places([moved])]
        return
    yield claim, [(p.room, p.block) for p in rooms.places([claim]) if p.room not in ("entities", "promises")]


def _verdict(claim: Claim, where: Sequence[tuple[str, str]], held: Held) -> Verdict:
    support: list[str] = []
    conflicts: list[Conflict] = []
    for room, block in where:
        found = rooms.facts(room, block, [*held(room, block), claim])
        for fact in found:
            if claim.id in fact.claims and not (isinstance(fact, Conflict) and fact.real):
                support += [c for c in fact.claims if c != claim.id] if isinstance(fact, Conflict) else _support(fact, claim)
        said = {claim.id, *support}  # what contradicts those who say the same contradicts it
        conflicts += [f for f in found if isinstance(f, Conflict) and f.real and said & set(f.claims)]
    answer = ("disputed" if support else "contradicted") if conflicts else "supported" if support else "nothing found"
    about = ", ".join(dict.fromkeys(block for _, block in where))
    return Verdict(claim, answer, about, tuple(dict.fromkeys(support)), tuple(conflicts))


def _support(fact: Fact, claim: Claim) -> Iterator[str]:
    """The claims of a fact that say what the claim says."""
    if isinstance(fact, Series):
        own = next(p for p in fact.points if p.claim == claim.id)
        yield from (p.claim for p in fact.points if p is not own and _same(p, own))
    elif isinstance(fact, Chain):
        yield from (c for o in fact.occupancies if claim.id in o.claims for c in o.claims if c != claim.id)
    else:
        yield from (c for c in fact.claims if c != claim.id)


def _same(one: Point, other: Point) -> bool:
    """Whether two figures are of one period and can be one number."""
    if one.period is None or other.period is None or time.parse(one.period) != time.parse(other.period):
        return False
    above = one.least is None or other.most is None or one.least <= other.most
    return above and (one.most is None or other.least is None or other.least <= one.most)
