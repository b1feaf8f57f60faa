"""Excel: a sheet for each kind, the documents, the conflicts, and what the workbook is; text that looks like a formula stays text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dragoman.exchange.tables import binary, matter
from dragoman.exchange.tables.layout import Column
from dragoman.model.claims import KINDS
from dragoman.model.exporting import Bundle

NAME = "xlsx"
CARRIES = ("claims", "facts", "documents")
SUFFIX = ".xlsx"
MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CANNOT = ("the second and later pieces of evidence, the mentions of several actors, the rules, how a fact's claims were matched, "
          "cells beyond 32,767 characters, days before 1900 as such (they are text)")
ROWS, CELL = 1_048_575, 32_767  # below the header of a sheet; characters of a cell
WIDE = frozenset(("quote", "action", "text", "document_title", "title", "about", "why"))


def write(bundle: Bundle) -> Iterator[bytes]:
    """The workbook."""
    return binary.pieces(lambda path: _book(bundle, path), "book.xlsx")


def _book(bundle: Bundle, path: Path) -> None:
    try:
        import xlsxwriter
    except ImportError as error:
        raise ImportError("Excel needs xlsxwriter: pip install 'dragoman[export]'") from error
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    book.set_properties({"title": f"dragoman: {bundle.what}", "created": dt.datetime(2000, 1, 1), "author": "dragoman"})
    looks = {"head": book.add_format({"bold": True, "bottom": 1}), "day": book.add_format({"num_format": "yyyy-mm-dd"})}
    _about(book, bundle, looks)
    made: dict[str, _Sheet] = {}
    for name, columns, row in matter.stream(bundle):
        if name not in made:
            made[name] = _Sheet(book, name, columns, looks)
        made[name].add(row)
    book.worksheets_objs.sort(key=lambda sheet: (_place(sheet.get_name()), sheet.get_name()))
    book.close()


def _place(name: str) -> int:
    """Where a sheet stands: kinds in their order, further parts of one behind it, conflicts and documents last."""
    known = ("about", *map(matter.plural, KINDS), *(n for n in matter.TABLES.values() if n != "conflicts"), "conflicts", "documents")
    return known.index(name.rpartition(" ")[0] or name)


def _about(book: Any, bundle: Bundle, looks: dict[str, Any]) -> None:
    """The first sheet: what this is, and as of when."""
    sheet = book.add_worksheet("about")
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    rows = [("what", bundle.what), ("as of", bundle.as_of or "no document has a date"), *sorted(bundle.versions.items()),
            ("dates", "as EDTF (2024-03: a day in March; ../2027: by the end of 2027); first and last day beside them, empty where open"),
            ("empty cells", "not stated by the document"),
            ("disputed", "ids of conflicts in which the claim takes part: see the sheet of conflicts")]  # fmt: skip
    for n, (name, words) in enumerate(rows):
        sheet.write_string(n, 0, name, looks["head"])
        sheet.write_string(n, 1, words)


class _Sheet:
    """A table as a sheet, and as further ones where it is longer than a sheet can be."""

    def __init__(self, book: Any, name: str, columns: tuple[Column, ...], looks: dict[str, Any]) -> None:
        self.book, self.name, self.columns, self.looks = book, name, columns, looks
        self.at, self.part = ROWS, 0

    def add(self, row: tuple[Any, ...]) -> None:
        """Write a row below the others."""
        if self.at == ROWS:
            self.at, self.part = 0, self.part + 1
            self.sheet = _headed(self.book, self.name if self.part == 1 else f"{self.name} {self.part}", self.columns, self.looks)
        self.at += 1
        for n, (column, cell) in enumerate(zip(self.columns, row, strict=True)):
            if cell is not None:
                _cell(self.sheet, self.at, n, column, cell, self.looks)


def _headed(book: Any, name: str, columns: tuple[Column, ...], looks: dict[str, Any]) -> Any:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, 0, len(columns) - 1)
    for n, column in enumerate(columns):
        sheet.set_column(n, n, 60 if column.name in WIDE else 18)
        sheet.write_string(0, n, column.name, looks["head"])
    return sheet


def _cell(sheet: Any, at: int, n: int, column: Column, cell: Any, looks: dict[str, Any]) -> None:
    if isinstance(cell, bool):
        sheet.write_boolean(at, n, cell)
    elif isinstance(cell, int | float):
        sheet.write_number(at, n, cell)
    elif column.sort == "day" and cell >= "1900-03-01":
        sheet.write_datetime(at, n, dt.datetime.fromisoformat(cell), looks["day"])
    else:
        sheet.write_string(at, n, cell if len(cell) <= CELL else cell[: CELL - 1] + "…")
