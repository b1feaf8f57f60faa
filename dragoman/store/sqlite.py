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
AGAIN = 0.003  # seconds between its looks
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
WEIGHED = 5_000  # matches that are compared with each other


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
        cause = getattr(error, "orig", error)
        remedy = trouble(cause) or "Give another file with --record."
        raise RecordError(f"{path} cannot be opened as a record: {cause}. {remedy}") from error
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
    if not connection.get_execution_options().get("writes"):
        connection.exec_driver_sql("BEGIN")
        return
    driver: Any = connection.connection.driver_connection
    end = time.monotonic() + WAIT_MS / 1000
    driver.execute("PRAGMA busy_timeout = 0")  # SQLite itself looks ten times a second, and misses every gap of one who writes on and on
    try:
        while True:
            try:
                driver.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > end:
                    raise
            time.sleep(AGAIN)
    finally:
        driver.execute(f"PRAGMA busy_timeout = {WAIT_MS}")


def tables(connection: Connection) -> set[str]:
    """The names of what tables there are."""
    return {row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")}


def settle(connection: Connection) -> None:
    """Nothing is left to do after the steps of a migration."""


def integrity(connection: Connection) -> list[str]:
    """What the database itself finds wrong with the file, with rows that refer to nothing, and with the search index."""
    run = connection.exec_driver_sql
    found = [str(row[0]) for row in run("PRAGMA integrity_check(20)") if row[0] != "ok"]
    found += [f"{row[0]} refers to a row of {row[2]} that is not there" for row in run("PRAGMA foreign_key_check")]
    for table in ("documents", "claims"):
        rows, held = (run(f"SELECT count(*) FROM {name}").scalar() for name in (table, f"{table}_fts_docsize"))
        if rows != held:
            found.append(f"the search index of {table} has {held} of {rows} rows")
    return found


def sweep(engine: Engine) -> None:
    """Leave nothing of what was deleted in the file, its index, or the log beside it."""
    with engine.connect().execution_options(**LOOKS) as connection:
        for table in ("documents", "claims"):
            connection.exec_driver_sql(f"INSERT INTO {table}_fts({table}_fts) VALUES ('rebuild')")
        connection.exec_driver_sql("VACUUM")
        if connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]:
            raise sqlite3.OperationalError("database is locked")  # by who still reads the older state


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
    held = joined(table).join(fts, fts.c.rowid == table.c.n)
    # of a word that is everywhere the newest rows are weighed; places are marked in those alone that are given
    some = select(fts.c.rowid, func.bm25(index).label("score")).select_from(held).where(index.op("MATCH")(query), *conditions)
    newest = some.order_by(fts.c.rowid.desc()).limit(max(WEIGHED, limit)).subquery()
    best = connection.execute(select(newest).order_by(newest.c.score, newest.c.rowid).limit(limit)).all()
    marked = func.highlight(index, 1 if table is schema.documents else 0, OPEN, CLOSE)
    shown = {}
    for k in range(0, len(best), 500):
        these = [row.rowid for row in best[k : k + 500]]
        statement = select(fts.c.rowid, marked).where(index.op("MATCH")(query), fts.c.rowid.in_(these))
        shown.update({n: words or "" for n, words in connection.execute(statement)})
    return [Match(n, shown[n].replace(OPEN, "").replace(CLOSE, ""), _marks(shown[n]), -found) for n, found in best]


def holding(connection: Connection, table: Table, words: str, limit: int) -> list[int]:
    """Numbers of rows that hold the words, the newest first."""
    query = expression(words)
    if query is None or SOLID.search(words):
        return [m.n for m in search(connection, table, words, (), limit)]
    index: ColumnElement[Any] = literal_column(f"{table.name}_fts")
    fts = table_named(f"{table.name}_fts", column("rowid", Integer))
    return list(connection.execute(select(fts.c.rowid).where(index.op("MATCH")(query)).order_by(fts.c.rowid.desc()).limit(limit)).scalars())


def _marks(marked: str) -> tuple[tuple[int, int], ...]:
    """The places in the text without the marks."""
    before, *pieces = marked.split(OPEN)
    at, found = len(before), []
    for piece in pieces:
        words, _, rest = piece.partition(CLOSE)
        found.append((at, at + len(words)))
        at += len(words) + len(rest)
    return tuple(found)
