"""EDTF level 1 dates (ISO 8601-2) and the days they cover; precision is kept, never invented."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

_MOMENT = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?([~?%]?)$")
_SEASON_MONTHS = {21: 3, 22: 6, 23: 9, 24: 12}


@dataclass(frozen=True, slots=True)
class Interval:
    """First and last day, None for an open end; approximate for `~`."""

    first: dt.date | None
    last: dt.date | None
    approximate: bool = False

    def __contains__(self, day: dt.date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


def parse(edtf: str) -> Interval:
    """The days an EDTF level 1 date covers.

    >>> parse("2022-02").last
    datetime.date(2022, 2, 28)

    Raises:
      ValueError: not EDTF level 1 as the contract uses it, or no such day.
    """
    if "/" not in edtf:
        return _moment(edtf)
    left, right = edtf.split("/", 1)
    if left in ("..", "") and right in ("..", ""):
        raise ValueError(f"an interval with no end at all: {edtf!r}")
    first = None if left in ("..", "") else _moment(left)
    last = None if right in ("..", "") else _moment(right)
    if first and last and first.first and last.last and first.first > last.last:
        raise ValueError(f"an interval that ends before it begins: {edtf!r}")
    return Interval(first.first if first else None, last.last if last else None,
                    bool((first and first.approximate) or (last and last.approximate)))


def is_edtf(edtf: object) -> bool:
    if not isinstance(edtf, str):
        return False
    try:
        parse(edtf)
    except ValueError:
        return False
    return True


def precision(edtf: str) -> str:
    """`day`, `month`, `season`, `year` or `interval`."""
    if "/" in edtf:
        return "interval"
    parts = edtf.rstrip("~?%").split("-")
    if len(parts) == 2 and int(parts[1]) > 12:
        return "season"
    return ("year", "month", "day")[len(parts) - 1]


def _moment(text: str) -> Interval:
    m = _MOMENT.match(text)
    if not m:
        raise ValueError(f"not an EDTF date: {text!r}")
    year, month, day, mark = int(m[1]), int(m[2] or 0), int(m[3] or 0), bool(m[4])
    if year == 0:
        raise ValueError(f"no such year: {text!r}")
    if not m[2]:
        return Interval(dt.date(year, 1, 1), dt.date(year, 12, 31), mark)
    if m[3]:
        only = dt.date(year, month, day)
        return Interval(only, only, mark)
    if month in _SEASON_MONTHS:
        begin = _SEASON_MONTHS[month]
        end_year, end = (year + 1, 2) if begin == 12 else (year, begin + 2)
        return Interval(dt.date(year, begin, 1), dt.date(end_year, end, calendar.monthrange(end_year, end)[1]), mark)
    if not 1 <= month <= 12:
        raise ValueError(f"no such month: {text!r}")
    return Interval(dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]), mark)


def span(first: str | None, last: str | None) -> str | None:
    """The interval from one EDTF date to another, `..` for None; None where it would end before it begins.

    >>> span("2022-01", "2022-10")
    '2022-01/2022-10'
    """
    if first and "/" in first:
        first = first.split("/")[0]
    if last and "/" in last:
        last = last.split("/")[1]
    if first == last:
        return first
    edtf = f"{first or '..'}/{last or '..'}"
    return edtf if is_edtf(edtf) else None


def month_after(year: int, month: int, by: int) -> tuple[int, int]:
    """The month a number of months later, or earlier where negative."""
    count = year * 12 + month - 1 + by
    return count // 12, count % 12 + 1


def shifted(edtf: str, *, years: int = 0, months: int = 0, days: int = 0) -> str | None:
    """The same date or interval so much later, with its precision; None where the calendar ends.

    >>> shifted("2023-07/2023-09", years=-1)
    '2022-07/2022-09'
    >>> shifted("2024-02-29", years=1)
    '2025-02-28'
    """
    if "/" in edtf:
        left, right = edtf.split("/", 1)
        moved = [p if p in ("..", "") else shifted(p, years=years, months=months, days=days) for p in (left, right)]
        return None if None in moved else "/".join(p or "" for p in moved)
    mark = edtf[-1] if edtf[-1] in "~?%" else ""
    parts = [int(p) for p in edtf.rstrip("~?%").split("-")]
    try:
        if len(parts) == 3:
            year, month = month_after(parts[0] + years, parts[1], months)
            day = dt.date(year, month, min(parts[2], calendar.monthrange(year, month)[1])) + dt.timedelta(days=days)
            return day.isoformat() + mark
        if len(parts) == 2 and parts[1] <= 12:
            year, month = month_after(parts[0] + years, parts[1], months)
            return f"{year:04}-{month:02}{mark}" if 1 <= year <= 9999 else None
        year = parts[0] + years
        rest = f"-{parts[1]}" if len(parts) == 2 else ""
        return f"{year:04}{rest}{mark}" if 1 <= year <= 9999 else None
    except (ValueError, OverflowError, calendar.IllegalMonthError):
        return None
