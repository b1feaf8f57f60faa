"""How a value becomes cells: an EDTF date four of them, an actor five, an amount four."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from dragoman.model import time
from dragoman.model.claims import ActorRef, Amount, PlaceRef
from dragoman.reference import states

JOINED = "; "


class Column(NamedTuple):
    """A column; sort is `text`, `real`, `integer`, `flag` or `day`."""

    name: str
    sort: str = "text"


def day(date: dt.date | None) -> str | None:
    return date.isoformat() if date else None


def number(value: float) -> str:
    """A number in full: 22200000000, not 2.22e10.

    >>> number(22.2e9), number(0.5)
    ('22200000000', '0.5')
    """
    whole = format(Decimal(repr(value)), "f")
    return whole.rstrip("0").rstrip(".") if "." in whole else whole


def _edtf(value: str | None) -> tuple[Any, ...]:
    """The date as it is, its first and last day (None where open), and its precision."""
    if not value or not time.is_edtf(value):
        return (value, None, None, None)
    span = time.parse(value)
    return (value, day(span.first), day(span.last), time.precision(value))


def _actor(value: ActorRef | None) -> tuple[Any, ...]:
    return (_name(value), value.mention, value.id, value.state, value.position) if value else (None,) * 5


def _actors(values: Sequence[ActorRef]) -> tuple[Any, ...]:
    """Names, ids, states and offices, each list in the same order, with nothing between two signs where one is unknown."""
    lists = zip(*((_name(v), v.id, v.state, v.position) for v in values), strict=True)
    return tuple(JOINED.join(_cell(p) for p in parts) if any(parts) else None for parts in lists) if values else (None,) * 4


def _name(value: ActorRef) -> str | None:
    """The name; of a state the one that people use."""
    return states.short_name((value.id or "").removeprefix("state:")) or value.name or value.mention


def _cell(word: str | None) -> str:
    return (word or "").replace(";", ",")


def _place(value: PlaceRef | None) -> tuple[Any, ...]:
    return (value.name, value.state) if value else (None, None)


def _amount(value: Amount | None) -> tuple[Any, ...]:
    return (value.low, value.high, value.unit, value.of) if value else (None,) * 4


def _words(values: Iterable[str]) -> tuple[Any, ...]:
    return (JOINED.join(map(_cell, values)) or None,)


def _one(value: Any) -> tuple[Any, ...]:
    return (value,)


# what a shape adds to a name, the sorts of these columns, and how the cells are made
_SHAPES: dict[str, tuple[tuple[tuple[str, str], ...], Callable[[Any], tuple[Any, ...]]]] = {
    **{sort: ((("", sort),), _one) for sort in ("text", "real", "integer", "flag")},
    "edtf": ((("", "text"), ("_first", "day"), ("_last", "day"), ("_precision", "text")), _edtf),
    "actor": ((("", "text"), ("_mention", "text"), ("_id", "text"), ("_state", "text"), ("_position", "text")), _actor),
    "actors": ((("", "text"), ("_ids", "text"), ("_states", "text"), ("_positions", "text")), _actors),
    "place": ((("", "text"), ("_state", "text")), _place),
    "amount": ((("_low", "real"), ("_high", "real"), ("_unit", "text"), ("_of", "real")), _amount),
    "words": ((("", "text"),), _words),
}


class Layout(NamedTuple):
    """The fields of a table by name, each with its shape."""

    fields: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, spec: str) -> Layout:
        """A layout out of words: `title date:edtf low:real`; text where no shape is given."""
        return cls(tuple((name, shape or "text") for name, _, shape in (word.partition(":") for word in spec.split())))

    def __add__(self, other: tuple[Any, ...]) -> Layout:
        return Layout(tuple(dict((*self.fields, *Layout(*other).fields)).items()))

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns in order."""
        return _columns(self.fields)

    def row(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The cells of a row by column; what it does not have is None."""
        cells: list[Any] = []
        for name, shape in self.fields:
            suffixes, make = _SHAPES[shape]
            cells += make(values[name]) if name in values else (None,) * len(suffixes)
        return dict(zip((c.name for c in self.columns), cells, strict=True))


@cache
def _columns(fields: tuple[tuple[str, str], ...]) -> tuple[Column, ...]:
    return tuple(Column(name + suffix, sort) for name, shape in fields for suffix, sort in _SHAPES[shape][0])
