"""CSV for spreadsheets and statistics: UTF-8, one row a claim, fact or document, its source beside it; formulas are defused."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

from dragoman.exchange.tables import matter
from dragoman.exchange.tables.layout import number
from dragoman.model.exporting import Bundle

NAME = "csv"
CARRIES = ("claims", "facts", "documents")
SUFFIX = ".csv"
MEDIA = "text/csv"
CANNOT = "the second and later pieces of evidence, the mentions of several actors, the rules, and how a fact's claims were matched"
STARTS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the beginning of a formula


def write(bundle: Bundle) -> Iterator[str]:
    """A header and the rows."""
    table = matter.one(bundle)
    yield line([column.name for column in table.columns])
    for row in table.rows:
        yield line([written(cell) for cell in row])


def written(cell: Any) -> str:
    """A cell as text; what would be a formula has an apostrophe before it.

    >>> written("=1+1"), written(-5.0), written(None), written(True)
    ("'=1+1", '-5', '', 'true')
    """
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int | float):
        return number(cell)
    return f"'{cell}" if cell and cell.startswith(STARTS) else cell or ""


def line(cells: Sequence[str]) -> str:
    """A row of a table, quoted where it must be."""
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
    return out.getvalue()
