"""What is SQLite's own: how a file is opened, how transactions begin, and full-text search. Another database replaces this file."""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    ColumnElement,
    Connection,
    Engine,
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
from sqlalchemy.dialects.sqlite import insert as insert

from dragoman.model.stored import RecordError
from dragoman.store import schema
from dragoman.store.searching import SOLID, Match, joined, pieces, scan

WAIT_MS = 60_000  # how long a second writer waits for the first one's document
_SECRET = secrets.token_hex(6)  # so that no text can hold the marks
OPEN, CLOSE = f"\ufdd0{_SECRET}", f"\ufdd1{_SECRET}"
WRITES = {"writes": True}
LOOKS = {"looks": True}  # every statement by itself, and no lock between them
_CANNOT = (
    ("readonly", "This account may not write to it. Give it the right to, or copy the file to a folder of your own."),
    ("is full", "There is no space left on the disk. Make some and run the command again."),
    ("locked", "Another program has been writing to it for a minute. Wait until that is done, or end it, and run the command again."),
    ("disk I/O", "The disk does not take or give what is written there. Look at the disk, then run `dragoman check`."),
    ("malformed", "The file is damaged. `dragoman restore` brings a backup back."),
    ("unable to open", "The file or its folder cannot be opened. Look at who may read and write there."),
)


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
        return
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def tables(connection: Connection) -> set[str]:
    """The names of what tables there are."""
    return {row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")}


def settle(connection: Connection) -> None:
    """Nothing is left to do after the steps of a migration."""


def renumber(connection: Connection) -> None:
    """Numbers follow the highest by themselves."""


def trouble(error: Exception) -> str | None:
    """What keeps the file from being used, with what to do; None where it is something else."""
    told = str(error)
    return next((words for sign, words in _CANNOT if sign in told), None) if isinstance(error, sqlite3.DatabaseError) else None


def insert_many(connection: Connection, table: str, names: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> None:
    """Add rows of text and numbers."""
    found: Any = connection.connection.driver_connection
    found.executemany(_insertion(table, names), rows)


@cache
def _insertion(table: str, names: tuple[str, ...]) -> str:
    columns = ", ".join(f'"{name}"' for name in names)
    return f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(names))})"


def expression(words: str) -> str | None:
    """What people type as an FTS5 expression that cannot fail: words and "phrases" are literal, a last `*` stands for any ending.

    >>> expression('trade "strategic partner" NEAR(')
    '"trade" "strategic partner" "NEAR("'

    None where there is not one letter or digit in it.
    """
    return " ".join(f'"{piece.words}"' + (" *" if piece.open else "") for piece in pieces(words)) or None


def search(connection: Connection, table: Table, words: str, conditions: Sequence[ColumnElement[bool]], limit: int) -> list[Match]:
    """The best rows of documents or claims among those that fulfil the conditions."""
    if SOLID.search(words):
        return scan(connection, table, words, conditions, limit, func.instr)
    query = expression(words)
    if query is None:
        return []
    index: ColumnElement[Any] = literal_column(f"{table.name}_fts")
    fts = table_named(f"{table.name}_fts", column("rowid", Integer))
    score = func.bm25(index).label("score")
    marked = func.highlight(index, 1 if table is schema.documents else 0, OPEN, CLOSE)
    statement = select(table.c.n, marked, score).select_from(joined(table).join(fts, fts.c.rowid == table.c.n))
    rows = connection.execute(statement.where(index.op("MATCH")(query), *conditions).order_by(score, table.c.n).limit(limit))
    return [Match(n, (shown or "").replace(OPEN, "").replace(CLOSE, ""), _marks(shown or ""), -found) for n, shown, found in rows]


def _marks(marked: str) -> tuple[tuple[int, int], ...]:
    """The places in the text without the marks."""
    before, *pieces = marked.split(OPEN)
    at, found = len(before), []
    for piece in pieces:
        words, _, rest = piece.partition(CLOSE)
        found.append((at, at + len(words)))
        at += len(words) + len(rest)
    return tuple(found)
