"""Tables that others made, as claims of a source like any other: a module here with a NAME reads one sort, found by folder.

    NAME = "gdelt"
    CONFIDENCE = 0.3                     how much its claims are to be trusted
    COLUMNS = (...)                      only where the table has no header
    def fits(sheet): ...                 whether a table is of this sort
    def claims(sheet, taking): ...       its claims; what is wrong with a row is noted in the sheet, what is left out in `taking`
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Protocol, cast

from dragoman.exchange.read import coded, sheet, taking
from dragoman.exchange.read.sheet import Sheet
from dragoman.exchange.read.taking import Taken, Taking
from dragoman.model.claims import Claim
from dragoman.model.documents import Source
from dragoman.model.problems import Problem

MAX_BYTES = 200_000_000
HEADERLESS = 40  # tabs in the first line, beyond which a table without a header is thought of
EXCEL = (".xlsx", ".xlsm")


class Reader(Protocol):
    """A module that reads a sort of table."""

    NAME: str
    CONFIDENCE: float

    def fits(self, sheet: Sheet) -> bool: ...
    def claims(self, sheet: Sheet, taking: Taking) -> Iterator[Claim]: ...


@cache
def readers() -> dict[str, Reader]:
    """The sorts of tables by name."""
    found = [import_module(f"{__name__}.{m.name}") for m in iter_modules(__path__)]
    return {m.NAME: cast("Reader", m) for m in sorted((m for m in found if hasattr(m, "NAME")), key=lambda m: m.NAME)}


def read(path: Path, *, mapping: Path | None = None, name: str | None = None, published: str | None = None) -> Taken | Problem | None:
    """A table with its claims, or the problem with the file; None where it is of no sort that is known here.

    mapping    which column of a hand-coded table is which field
    name       the source's name; else what the mapping or the sort of table says
    published  EDTF day of the table
    """
    how = coded.mapping(mapping) if mapping else None
    if isinstance(how, Problem):
        return how
    try:
        if path.stat().st_size > MAX_BYTES:
            return Problem("file-too-large", "The table is larger than 200 MB.", str(path), "Divide it into several files.")
        data = path.read_bytes()
        found = _sheets(path, data, how)
    except OSError as error:
        why = f"The file cannot be read: {error.strerror or error}."
        return Problem("unreadable-file", why, str(path), "Check that it is there and yours.")
    except (KeyError, ValueError) as error:
        return Problem("unknown-table", f"The workbook cannot be read: {error}.", str(path), "Save it as XLSX or CSV again.")
    if how is not None:
        return _coded(path, data, next(iter(found)), how, name, published)
    for reader in readers().values():
        for table in found:
            if hasattr(reader, "COLUMNS") == (not table.head) and reader.fits(table):
                if hasattr(reader, "COLUMNS"):
                    table.columns = tuple(reader.COLUMNS)
                given = Taking(name, published, reader.CONFIDENCE, f"{reader.NAME}/1", document=taking.identity(table.text))
                return taking.taken(table, reader.claims(table, given), given, _source(path, data), name or path.name)
    return None


def _sheets(path: Path, data: bytes, how: coded.Coding | None) -> list[Sheet]:
    """The table with its header, and for sorts that have none without."""
    if path.suffix.casefold() in EXCEL:
        return [sheet.of_excel(path, how.sheet if how else None)]
    text = sheet.decoded(data)
    if text.lstrip().startswith("{"):
        return [sheet.of_lines(text, str(path))]
    if text.lstrip().startswith("["):
        return [Sheet(str(path), text, ())]
    bare = text.split("\n", 1)[0].count("\t") > HEADERLESS
    return [sheet.of_text(text, str(path)), *([sheet.of_text(text, str(path), columns=(), delimiter="\t")] if bare else [])]


def _coded(path: Path, data: bytes, table: Sheet, how: coded.Coding, name: str | None, published: str | None) -> Taken | Problem:
    missing = [column for column in how.columns() if sheet.key(column) not in table.columns]
    if missing:
        why = f"The table has no column {missing[0]!r}."
        return Problem("bad-mapping", why, str(path), "Name the columns as the first row of the table does.")
    given = Taking(name or how.source or path.name, published or how.published, how.confidence, "coded/1",
                   document=taking.identity(table.text))
    return taking.taken(table, coded.claims(table, given, how), given, _source(path, data), name or how.source or path.name)


def _source(path: Path, data: bytes) -> Source:
    now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" if path.suffix.casefold() in EXCEL else "text/csv"
    return Source(path.name, str(path), hashlib.sha256(data).hexdigest(), len(data), media, now)
