"""A table that somebody else made, with the place of every row in the text that is stored."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

from dragoman.model.problems import Problem

EXCERPT = 80
LINES = 500  # of one reading, and the most that one record can have
csv.field_size_limit(10_000_000)


class Line(NamedTuple):
    """One row: its number in the file, its place in the stored text, and its cells by column."""

    number: int
    start: int
    end: int
    cells: Mapping[str, str]


@dataclass
class Sheet:
    """A table while it is read; problems gather here, one a row.

    at       the file's path, for messages
    text     what is stored: the file's own text; of an Excel sheet its rows, with tabs between the cells
    columns  the names of the columns, folded by `key`; the place of their line is `head`
    """

    at: str
    text: str
    rows: Sequence[tuple[int, int, int, list[str]]]
    columns: tuple[str, ...] = ()
    head: tuple[int, int] | None = None
    problems: list[Problem] = field(default_factory=list)

    def bad(self, line: int, code: str, message: str, remedy: str, excerpt: str = "") -> None:
        """Note what is wrong with a row, which is left out."""
        shown = " ".join(excerpt.split())
        self.problems.append(Problem(code, message, f"{self.at}:{line}", remedy, shown[:EXCERPT]))

    def lines(self) -> Iterator[Line]:
        """The rows that have as many cells as there are columns; a problem for each other one."""
        wanted = len(self.columns)
        for number, start, end, cells in self.rows:
            words = self.text[start:end]
            if "\ufffd" in words:
                self.bad(number, "broken-encoding", "Some bytes of the row do not fit the encoding of the table.",
                         "Save the table in UTF-8 again from where it came.", words)
                continue
            while len(cells) > wanted and not cells[-1].strip():
                cells = cells[:-1]
            if len(cells) != wanted:
                self.bad(number, "wrong-column-count", f"The row has {len(cells)} columns where {wanted} are expected.",
                         "Look for a delimiter within a cell, or for a row that was cut off.", words)
                continue
            yield Line(number, start, end, dict(zip(self.columns, (c.strip() for c in cells), strict=True)))


def key(column: str) -> str:
    """A column's name without case, spaces and signs: "Trade Value (US$)" and "trade_value_us" are one.

    >>> key("Trade Value (US$)")
    'tradevalueus'
    """
    return "".join(c for c in column.casefold() if c.isalnum())


def decoded(data: bytes) -> str:
    """The text of some bytes: UTF-8, or UTF-16 with its mark; a sign that fits neither stands as U+FFFD."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    return data.removeprefix(codecs.BOM_UTF8).decode("utf-8", errors="replace")


def of_text(text: str, at: str, columns: Sequence[str] | None = None, delimiter: str | None = None) -> Sheet:
    """The table in a text; without `columns` its first line names them."""
    first = text.split("\n", 1)[0]
    if delimiter is None:
        delimiter = "\t" if "\t" in first else ";" if first.count(";") > first.count(",") else ","
    problems: list[Problem] = []
    rows = list(_tabbed(text) if delimiter == "\t" else _quoted(text, delimiter, at, problems))
    if columns is not None:
        return Sheet(at, text, rows, tuple(columns), None, problems)
    if not rows:
        return Sheet(at, text, (), (), None, problems)
    _, start, end, names = rows[0]
    return Sheet(at, text, rows[1:], tuple(_named(names)), (start, end), problems)


def of_lines(text: str, at: str) -> Sheet:
    """Lines of JSON as a table with one column and no header."""
    rows = [(number, start, end, [text[start:end]]) for number, start, end, _ in _tabbed(text)]
    return Sheet(at, text, rows)


def of_excel(path: Path, name: str | None = None) -> Sheet:
    """A sheet of a workbook, by name or the first one; its text is its rows.

    Raises:
      ImportError: openpyxl is not installed.
      KeyError: it has no such sheet.
    """
    try:
        import openpyxl
    except ImportError as error:
        raise ImportError("Reading Excel needs openpyxl: pip install 'dragoman[export]'") from error
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    sheet = book[name] if name else book.worksheets[0]
    lines = ["\t".join(_cell(cell) for cell in row) for row in sheet.iter_rows(values_only=True)]
    book.close()
    return of_text("\n".join(lines) + "\n", str(path), delimiter="\t")


def _cell(value: Any) -> str:
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).removesuffix("T00:00:00")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else " ".join(str(value).split())


def _named(names: Sequence[str]) -> Iterator[str]:
    """Folded names; what has none is told apart by its place."""
    seen: set[str] = set()
    for n, name in enumerate(names):
        folded = key(name) or f"column{n + 1}"
        while folded in seen:
            folded += "x"
        seen.add(folded)
        yield folded


def _tabbed(text: str) -> Iterator[tuple[int, int, int, list[str]]]:
    """Lines cut at tabs, which know no quotation marks."""
    at = 0
    for number, line in enumerate(text.split("\n"), 1):
        bare = line.rstrip("\r")
        if bare.strip():
            yield number, at, at + len(bare), bare.split("\t")
        at += len(line) + 1


def _quoted(text: str, delimiter: str, at: str, problems: list[Problem]) -> Iterator[tuple[int, int, int, list[str]]]:
    """Records of CSV, which may go over several lines; after one that cannot be read it goes on with the next line."""
    lines = text.splitlines(keepends=True) if "\r" in text.replace("\r\n", "") else [line + "\n" for line in text.split("\n")]
    starts = list(accumulate(map(len, lines), initial=0))
    n = 0  # the line after those that are done
    while n < len(lines):
        reader = csv.reader(lines[n : n + LINES], delimiter=delimiter, strict=True)
        first = n
        try:
            for cells in reader:
                end = first + reader.line_num
                bare = text[starts[n] : starts[end]].rstrip("\r\n")
                if any(cells):
                    yield n + 1, starts[n], starts[n] + len(bare), cells
                n = end
        except csv.Error as error:
            if first + LINES < len(lines) and n > first and "end of data" in str(error):
                continue  # the record goes on behind the lines that the reader was given
            problems.append(Problem("bad-csv", f"The row cannot be read: {error}.", f"{at}:{n + 1}",
                                    "Look for a quotation mark that is opened and not closed.", text[starts[n] : starts[n] + EXCERPT]))
            n += 1
