"""Places across documents: spellings that the table of places has, and cities under their former names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from dragoman.model.claims import PlaceRef
from dragoman.model.entities import Merge, NameSpan, PlaceEntity
from dragoman.reference import places
from dragoman.reference.slug import slug


def resolve(told: Sequence[tuple[str, PlaceRef]]) -> Iterator[PlaceEntity]:
    """A fact for every place of one state, from (claim, place)."""
    names: dict[str, Counter[str]] = defaultdict(Counter)
    claims: dict[str, set[str]] = defaultdict(set)
    for claim, place in told:
        key = _key(place.name, place.state or "")
        names[key][place.name] += 1
        claims[key].add(claim)
    state = next((p.state for _, p in told if p.state), "")
    for key in sorted(names):
        counted = names[key]
        shown = tuple(sorted(counted, key=lambda n: (-counted[n], n)))
        spans = next((found for n in shown if (found := places.renamed(n, state))), ())
        today = spans[0].name if spans else _today(shown)
        yield PlaceEntity(
            claims=tuple(sorted(claims[key])),
            states=(state,),
            name=today,
            names=shown,
            known=tuple(NameSpan(*s) for s in spans),
            merges=tuple(Merge(n, today, 0.99, (_why(n, spans),)) for n in shown if n != today),
        )


def _key(name: str, state: str) -> str:
    names = places.renamed(name, state)
    if names:
        return slug(names[0].name)
    place = places.find(name)
    return slug(place.name if place else name)


def _today(shown: Sequence[str]) -> str:
    """The name that the table has, else the commonest."""
    known = next((p.name for n in shown if (p := places.find(n))), None)
    return known or shown[0]


def _why(name: str, spans: Sequence[places.Name]) -> str:
    """Why a name is the place's: it was called so for a time, or it is a spelling."""
    span = next((s for s in spans if s.name.casefold() == name.casefold()), None)
    if span is None:
        return "another spelling of it"
    when = " ".join(w for w in (f"from {span.since}" if span.since else "", f"until {span.until}" if span.until else "") if w)
    return f"its name {when}" if when else "a name of it"
