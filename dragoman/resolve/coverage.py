"""What the record rests on for some states: documents and outlets by month, the newest, and the months without any."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise

from dragoman.model import time
from dragoman.model.coverage import Coverage, Month
from dragoman.model.stored import DocumentRow


def of(states: Iterable[str], documents: Iterable[DocumentRow]) -> Coverage:
    """The coverage by the documents given, which the caller has chosen by state; copies and older versions are not counted."""
    rows = {d.id: d for d in documents if d.copy_of is None and d.superseded_by is None}
    dated: list[tuple[dt.date, dt.date, DocumentRow]] = []
    for row in rows.values():
        if row.published and time.is_edtf(row.published):
            days = time.parse(row.published)
            if days.first and days.last:
                dated.append((days.first, days.last, row))
    dated.sort(key=lambda d: (d[0], d[1], d[2].id))
    newest = max(dated, key=lambda d: (d[1], d[0], d[2].id), default=None)
    by_month: dict[str, list[DocumentRow]] = defaultdict(list)
    for first, last, row in dated:
        if (first.year, first.month) == (last.year, last.month):
            by_month[f"{first:%Y-%m}"].append(row)
    months = tuple(Month(m, len(by_month[m]), tuple(sorted({_outlet(d) for d in by_month[m]}))) for m in sorted(by_month))
    outlets = Counter(_outlet(d) for d in rows.values())
    return Coverage(
        tuple(states),
        len(rows),
        dated[0][2].published if dated else None,
        newest[2].published if newest else None,
        newest[2].file if newest else None,
        tuple(sorted(outlets.items(), key=lambda o: (-o[1], o[0]))),
        months,
        tuple(gaps([m.month for m in months])),
        len(rows) - sum(m.documents for m in months),
    )


def _outlet(row: DocumentRow) -> str:
    return row.outlet or "outlet not named"


def gaps(months: list[str]) -> list[str]:
    """The stretches of months that are missing in a list of months in order.

    >>> gaps(["2024-01", "2024-03", "2024-06"])
    ['2024-02', '2024-04/2024-05']
    """
    out: list[str] = []
    numbers = [int(m[:4]) * 12 + int(m[5:]) - 1 for m in months]
    for one, other in pairwise(numbers):
        if other - one > 1:
            first, last = (f"{n // 12:04}-{n % 12 + 1:02}" for n in (one + 1, other - 1))
            out.append(first if first == last else f"{first}/{last}")
    return out
