"""The years for which documents show that something stood, and how: never beyond the last day on which one shows it."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.model import time


def years(since: str | None, until: str | None, seen: str | None) -> Iterator[tuple[int, str]]:
    """Years with how they are known: `stated` (a document gives a beginning or an end in it), `seen` (it is shown in it), `between`.

    >>> list(years("2019", None, "2021-05-01"))
    [(2019, 'stated'), (2020, 'between'), (2021, 'seen')]
    >>> list(years(None, None, "2021-05-01"))
    [(2021, 'seen')]
    """
    begin, end = _year(since, last=False), _year(until, last=True)
    shown = _year(seen, last=True)
    known = {year: how for year, how in ((shown, "seen"), (end, "stated"), (begin, "stated")) if year is not None}
    if known and (begin is not None or end is not None):
        known |= {year: "between" for year in range(min(known), max(known)) if year not in known}
    yield from sorted(known.items())


def _year(edtf: str | None, last: bool) -> int | None:
    """The year of a date; of one that is open on the side asked for none."""
    if not edtf or not time.is_edtf(edtf):
        return None
    span = time.parse(edtf)
    if span.first and span.last and span.first.year != span.last.year:
        return span.first.year if last else span.last.year  # the years for which it is sure
    day = span.first if not last else span.last
    return day.year if day else None
