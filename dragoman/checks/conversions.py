"""Amounts with the same in another currency in brackets: whether the rate between the two was in force when it was written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.model import time
from dragoman.model.facts import Conflict, Fact
from dragoman.model.series import Point, Series
from dragoman.reference import rates

READS = ("series",)
_SHOWN = 8  # years that are named
YEAR = 366  # days: over a longer time that some rate fits says little


def check(facts: Sequence[Fact]) -> Iterator[Conflict]:
    """A conflict for each conversion that no rate of its day gives; `unchecked` where there is no day or no rate to check it by."""
    for series in facts:
        if isinstance(series, Series) and series.measure == "level":
            for point in series.points:
                if found := of(series, point, point.asserted):
                    yield found


def of(series: Series, point: Point, day: str | None) -> Conflict | None:
    """What is to be said of one conversion that was written on a day (EDTF); None where there is none, or it fits."""
    other = point.equivalent
    ratio = _ratio(point)
    if other is None or ratio is None or other.unit == series.unit:
        return None
    low, high = ratio
    told = f"{other.unit} {_number((low + high) / 2)} for one {series.unit}"
    span = time.parse(day) if day and time.is_edtf(day) else None
    if span is None or span.first is None or span.last is None:
        why = f"The two amounts make {told}; without the day it cannot be checked. {_years(series, point)}"
        return _told(series, point, "unchecked", why)
    known = rates.between(series.unit, other.unit, span.first, span.last)
    if known is None:
        why = f"The two amounts make {told}; it cannot be checked, since the European Central Bank has no rate of the two for then."
        return _told(series, point, "unchecked", why)
    when = span.first.isoformat() if span.first == span.last else f"{span.first.isoformat()} to {span.last.isoformat()}"
    if low <= known.high * (1 + rates.MARGIN) and known.low * (1 - rates.MARGIN) <= high:
        if (span.last - span.first).days <= YEAR:
            return None
        why = f"The two amounts make {told}; it was written {when}, and it depends on the year. {_years(series, point)}"
        return _told(series, point, "unchecked", why)
    why = f"The two amounts make {told}; by the European Central Bank it was {_number(known.low)} to {_number(known.high)} from {when}."
    return _told(series, point, "contradiction", f"{why} {_years(series, point)}")


def _ratio(point: Point) -> tuple[float, float] | None:
    """The lowest and the highest rate by which the amount as it is written gives the one in brackets, rounded."""
    other, stated = point.equivalent, [v for v in (point.low, point.high) if v]
    if other is None or not stated or not other.least or not other.most:
        return None
    return other.least / max(stated), other.most / min(stated)


def _told(series: Series, point: Point, type_: str, why: str) -> Conflict:
    assert point.equivalent is not None
    about = f"conversion of {series.unit} into {point.equivalent.unit}"
    return Conflict(claims=(point.claim,), states=series.states, about=about, type=type_, why=why, date=point.period)


def _years(series: Series, point: Point) -> str:
    """In which years the rate was in force."""
    other, ratio = point.equivalent, _ratio(point)
    assert other is not None and ratio is not None
    found = rates.years(series.unit, other.unit, *ratio)
    if not found:
        return "No year of the bank's history has such a rate."
    shown = ", ".join(map(str, found[-_SHOWN:]))
    return f"Such a rate was in force on days of {shown}" + (" and of earlier years." if len(found) > _SHOWN else ".")


def _number(value: float) -> str:
    return f"{value:.4g}" if value < 1000 else f"{value:,.0f}"
