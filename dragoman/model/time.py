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
                    bool(first and first.approximate or last and last.approximate))


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
