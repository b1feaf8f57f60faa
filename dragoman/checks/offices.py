"""Two persons in one office at once, where one person holds it at a time. A gap in what is known is no conflict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.model.facts import Conflict, Fact
from dragoman.model.offices import Chain, Overlap
from dragoman.reference import states

READS = ("office",)


def check(facts: Sequence[Fact]) -> Iterator[Conflict]:
    """A conflict for every two sure holders of a single office on the same days."""
    for chain in facts:
        if isinstance(chain, Chain):
            yield from (_conflict(chain, overlap) for overlap in chain.overlaps)


def _conflict(chain: Chain, overlap: Overlap) -> Conflict:
    days = overlap.days.replace("/", " to ")
    inner, outer = (name or "somebody not named" for name in overlap.persons)
    known = " and ".join(overlap.between)
    return Conflict(
        claims=overlap.claims,
        states=chain.states,
        about=f"{_office(chain)}, {days}",
        type="contradiction",
        why=f"One person holds this office at a time. {inner} is in office by {overlap.at}, and {outer} by {known}; "
        f"so both would have held it on {days}.",
        date=overlap.days,
    )


def _office(chain: Chain) -> str:
    where = chain.position.organization or states.short_name(chain.position.state or "")
    return f"{chain.position.name} of {where}" if where else chain.position.name
