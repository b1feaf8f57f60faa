"""Places of diplomatic use: cities, provinces, buildings, waters and regions, with the states that have one of that name."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

_HERE = Path(__file__).parent


class Place(NamedTuple):
    """One name of places.

    states    ISO alpha-3 of every state with a place of this name; none for seas and regions
    kind      city, province, building, water, region
    variants  other spellings
    guard     the name is also a common word or a person's: read only after "in", "at" and the like
    """

    name: str
    states: tuple[str, ...]
    kind: str
    variants: tuple[str, ...]
    guard: bool


@cache
def table() -> tuple[Place, ...]:
    """All places, by name."""
    with (_HERE / "places.csv").open(encoding="utf-8", newline="") as rows:
        next(rows)
        return tuple(
            Place(name, _list(states), kind, _list(variants), bool(guard)) for name, states, kind, variants, guard in csv.reader(rows)
        )


def find(name: str) -> Place | None:
    """The places of that name or spelling, None where the table has none."""
    return _index().get(" ".join(name.split()).replace("’", "'").casefold())


@cache
def _index() -> dict[str, Place]:
    found: dict[str, Place] = {}
    for place in table():
        for form in (place.name, *place.variants):
            found.setdefault(form.casefold(), place)
    return found


def _list(cell: str) -> tuple[str, ...]:
    return tuple(c for c in cell.split("|") if c)


class Name(NamedTuple):
    """A name that a city has had, with its span (EDTF; open ends None)."""

    name: str
    since: str | None
    until: str | None


def renamed(name: str, state: str) -> tuple[Name, ...]:
    """All names of a city that was renamed, today's first, by any of them; empty where the table has none.

    >>> [n.name for n in renamed("Nur-Sultan", "KAZ")][:2]
    ['Astana', 'Nur-Sultan']
    """
    return _renamings().get((state, name.casefold()), ())


@cache
def _renamings() -> dict[tuple[str, str], tuple[Name, ...]]:
    found: dict[tuple[str, str], tuple[Name, ...]] = {}
    with (_HERE / "renamings.csv").open(encoding="utf-8", newline="") as rows:
        next(rows)
        for state, cell in csv.reader(rows):
            names = tuple(_name(part) for part in _list(cell))
            found |= {(state, n.name.casefold()): names for n in names}
    return found


def _name(part: str) -> Name:
    name, _, span = part.partition("@")
    since, _, until = span.partition("/")
    return Name(name, since if since != ".." else None, until if until != ".." else None)
