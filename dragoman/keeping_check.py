"""A record held against itself: rows against each other, and facts against facts that are computed anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

import msgspec

from dragoman import rooms
from dragoman.model.judging import Decisions
from dragoman.model.problems import Problem
from dragoman.model.stored import Progress
from dragoman.resolver import VERSION
from dragoman.store import Store, checking
from dragoman.store import facts as kept

Told = Callable[[Progress], None] | None
STEPS = (checking.form, checking.texts, checking.claims, checking.references)
REMEDY = "Have them made anew with `dragoman check --mend`."


def flaws(store: Store, told: Told = None) -> Iterator[Problem]:
    """Everything that is wrong, each with its place and what to do; nothing in a sound record."""
    with store.reads() as c:
        for k, step in enumerate(STEPS):
            found = list(step(c))
            yield from found
            if any(p.code == "move-unfinished" for p in found):
                return  # the rest is still to come
            if told:
                told(Progress(k + 1, len(STEPS) + 1, step.__name__))
    yield from _facts(store)
    if told:
        told(Progress(len(STEPS) + 1, len(STEPS) + 1, "facts"))


def _facts(store: Store) -> Iterator[Problem]:
    """Blocks and facts as they are, against what follows from claims and judgements. What is to be made anew anyway is passed over."""
    with store.reads() as c:
        if kept.setting(c, VERSION) != rooms.VERSION or kept.stale_documents(c, 1):
            return
        decisions, stale = Decisions(kept.judgements(c)), set(kept.stale_blocks(c, 1_000_000))
        for numbers in kept.numbers(c, 200):
            rows = {(p.room, p.block, p.claim.id) for claims in kept.claims_of(c, numbers).values()
                    for p in rooms.places(decisions.applied(claims))}
            if rows != kept.assigned(c, numbers):
                at = f"documents {numbers[0]} to {numbers[-1]}"
                yield Problem("facts-differ", "Claims are not where they are compared with others.", at, REMEDY)
        for (room, block), held in groupby(kept.every(c), key=lambda row: row[:2]):
            if (room, block) in stale:
                continue
            claims = decisions.applied(claim for claim, _ in kept.claims_in(c, room, block))
            anew = sorted(msgspec.json.encode(fact).decode() for fact in rooms.facts(room, block, claims, decisions.judged))
            if anew != sorted(text for _, _, text in held if text is not None):
                yield Problem("facts-differ", "Facts are not what follows from the claims and judgements.", f"{room}, {block}", REMEDY)
