"""What is SQLite's own: how a file is opened, how transactions begin, and full-text search. Another database replaces this file."""

from __future__ import annotations

import re
import secrets
import sqlite3
import time
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import (
    URL,
    ColumnElement,
    Connection,
    Engine,
    Executable,
    FromClause,
    Integer,
    Table,
    column,
    create_engine,
    event,
    func,
    literal_column,
    select,
)
from sqlalchemy import table as table_named
from sqlalchemy.dialects.sqlite import Insert, insert

from dragoman.model.stored import RecordError
from dragoman.store import schema

WAIT_MS = 60_000  # how long a second writer waits for the first one's document
_SECRET = secrets.token_hex(6)  # so that no text can hold the marks
OPEN, CLOSE = f"\ufdd0{_SECRET}", f"\ufdd1{_SECRET}"
# letters of scripts that write no spaces between words
_SOLID = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_PIECE = re.compile(r'"([^"]*)"|([^\s"]+)')


class Match(NamedTuple):
    """A row that a search found: its text, the places of the words in it as (start, end), and how well it answers."""

    n: int
    text: str
    marks: tuple[tuple[int, int], ...]
    score: float


def engine(path: Path) -> Engine:
    """The engine of a record's file, which is made where it is missing.

    Raises:
      RecordError: the file is something else, or cannot be opened.
    """
    made = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": WAIT_MS / 1000})
    event.listen(made, "connect", _connected)
    event.listen(made, "begin", _begin)
    try:
        with made.connect() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
    except Exception as error:
        made.dispose()
        why = str(getattr(error, "orig", error))
        raise RecordError(f"{path} cannot be opened as a record: {why}. Give another file with --record.") from error
    return made


def _connected(connection: sqlite3.Connection, _: Any) -> None:
    """A kill loses nothing that was committed; a loss of power may lose the last documents but never the file."""
    connection.isolation_level = None  # transactions begin where _begin says, not where the driver guesses
    connection.execute(f"PRAGMA busy_timeout = {WAIT_MS}")
    connection.execute("PRAGMA foreign_keys = ON")
    _write_ahead(connection)
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA wal_autocheckpoint = 4000")  # pages; what is written again before that goes into the file once


def _write_ahead(connection: sqlite3.Connection) -> None:
    """The change to WAL needs the file alone and does not wait for it, so two processes that make one record try again."""
    for attempt in range(50):
        try:
            if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or attempt == 49:
                if "readonly" in str(error):
                    return
                raise
            time.sleep(0.05)


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("looks"):
        return  # every statement by itself, and no lock between them
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def insert_new(table: Table) -> Insert:
    """An insertion that leaves a row alone whose key is there."""
    return insert(table).on_conflict_do_nothing()


class Prepared:
    """A statement with values of a fixed number that is made into SQL once, with the names of its values in order.

    It goes to the driver as it is, in the connection's transaction: what lies between costs more than the statement.
    """

    def __init__(self, statement: Executable, names: Sequence[str] | None = None) -> None:
        self._statement, self._columns = statement, names
        self._sql: tuple[str, tuple[str, ...], dict[str, Any]] | None = None
        self._row: Callable[[Sequence[Any]], Any] | None = None

    def run(self, connection: Connection, values: Mapping[str, Any]) -> sqlite3.Cursor:
        """What the database answers; columns come as it has them."""
        if self._sql is None:
            made: Any = self._statement.compile(dialect=connection.dialect, column_keys=self._columns)  # type: ignore[attr-defined]
            self._sql = str(made), tuple(made.positiontup or ()), {k: v for k, v in made.params.items() if v is not None}
        sql, names, fixed = self._sql
        return driver(connection).execute(sql, [values[name] if name in values else fixed[name] for name in names])

    def first(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        """The first row with its columns as attributes, None where there is none."""
        cursor = self.run(connection, values)
        found = cursor.fetchone()
        if found is None:
            return None
        named = self._named(cursor)
        cursor.close()
        return named(found)

    def all(self, connection: Connection, values: Mapping[str, Any]) -> list[Any]:
        """The rows with their columns as attributes."""
        cursor = self.run(connection, values)
        return list(map(self._named(cursor), cursor.fetchall()))

    def _named(self, cursor: sqlite3.Cursor) -> Callable[[Sequence[Any]], Any]:
        if self._row is None:
            made: Any = namedtuple("Row", [c[0] for c in cursor.description])  # type: ignore[misc]
            self._row = made._make
        return self._row

    def value(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        """The first value of the first row."""
        cursor = self.run(connection, values)
        found = cursor.fetchone()
        cursor.close()
        return found[0] if found else None


def driver(connection: Connection) -> sqlite3.Connection:
    """SQLite's own connection, in whose transaction a connection is."""
    found: Any = connection.connection.driver_connection
    return found  # type: ignore[no-any-return]


def insert_many(connection: Connection, table: str, names: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> None:
    """Add rows of text and numbers."""
    driver(connection).executemany(_insertion(table, names), rows)


@cache
def _insertion(table: str, names: tuple[str, ...]) -> str:
    columns = ", ".join(f'"{name}"' for name in names)
    return f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(names))})"


def insert_or_update(table: Table) -> Insert:
    """An insertion that renews the row whose key is there."""
    made = insert(table)
    others = {c.name: made.excluded[c.name] for c in table.columns if not c.primary_key}
    return made.on_conflict_do_update(index_elements=list(table.primary_key.columns), set_=others)


def expression(words: str) -> str | None:
    """What people type as an FTS5 expression that cannot fail: words and "phrases" are literal, a last `*` stands for any ending.

    >>> expression('trade "strategic partner" NEAR(')
    '"trade" "strategic partner" "NEAR("'

    None where there is not one letter or digit in it.
    """
    parts = []
    for phrase, word in _PIECE.findall(words.replace("\0", " ")):
        found = phrase or word
        if any(c.isalnum() for c in found):
            parts.append(f'"{found.rstrip("*")}"' + (" *" if word.endswith("*") else ""))
    return " ".join(parts) or None


def search(connection: Connection, table: Table, words: str, conditions: Sequence[ColumnElement[bool]], limit: int) -> list[Match]:
    """The best rows of documents or claims among those that fulfil the conditions."""
    if _SOLID.search(words):
        return _scan(connection, table, words, conditions, limit)
    query = expression(words)
    if query is None:
        return []
    index: ColumnElement[Any] = literal_column(f"{table.name}_fts")
    fts = table_named(f"{table.name}_fts", column("rowid", Integer))
    score = func.bm25(index).label("score")
    marked = func.highlight(index, 1 if table is schema.documents else 0, OPEN, CLOSE)
    joined = _joined(table).join(fts, fts.c.rowid == table.c.n)
    statement = select(table.c.n, marked, score).select_from(joined).where(index.op("MATCH")(query), *conditions)
    rows = connection.execute(statement.order_by(score, table.c.n).limit(limit))
    return [Match(n, (shown or "").replace(OPEN, "").replace(CLOSE, ""), _marks(shown or ""), -found) for n, shown, found in rows]


def _joined(table: Table) -> FromClause:
    return table if table is schema.documents else table.join(schema.documents, schema.documents.c.n == table.c.document)


def _marks(marked: str) -> tuple[tuple[int, int], ...]:
    """The places in the text without the marks."""
    before, *pieces = marked.split(OPEN)
    at, found = len(before), []
    for piece in pieces:
        words, _, rest = piece.partition(CLOSE)
        found.append((at, at + len(words)))
        at += len(words) + len(rest)
    return tuple(found)


def _scan(connection: Connection, table: Table, words: str, conditions: Sequence[ColumnElement[bool]], limit: int) -> list[Match]:
    """Rows that hold every word as it is, for scripts that write no spaces: their words are not in the index."""
    searched = table.c.text if table is schema.documents else table.c.words
    wanted = [w for w in dict.fromkeys(words.replace('"', " ").split()) if any(c.isalnum() for c in w)]
    holds = [func.instr(searched, w) > 0 for w in wanted]
    statement = select(table.c.n, searched).select_from(_joined(table)).where(*holds, *conditions).order_by(table.c.n).limit(limit)
    rows = connection.execute(statement)
    return [Match(n, held, tuple(sorted((at := held.index(w), at + len(w)) for w in wanted)), 1.0) for n, held in rows]
