"""The database that a record is in, and statements that go to either kind; what is one's own stands in sqlite.py and postgres.py."""

from __future__ import annotations

import importlib
from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Protocol, cast

from sqlalchemy import URL, ColumnElement, Connection, Dialect, Engine, Executable, Insert, Table, make_url

from dragoman.model.stored import RecordError
from dragoman.store.searching import Match

_MODULES = {"sqlite": "sqlite", "postgresql": "postgres"}
_SERVERS = ("postgresql://", "postgres://")
Statement = Executable | Callable[[Dialect], Executable]


class Own(Protocol):
    """What each database brings of its own."""

    WRITES: dict[str, Any]
    LOOKS: dict[str, Any]

    def engine(self, where: Any) -> Engine: ...
    def tables(self, connection: Connection) -> set[str]: ...
    def settle(self, connection: Connection) -> None: ...
    def integrity(self, connection: Connection) -> list[str]: ...
    def sweep(self, engine: Engine) -> None: ...
    def renumber(self, connection: Connection) -> None: ...
    def trouble(self, error: Exception) -> str | None: ...
    def insert(self, table: Table) -> Any: ...
    def insert_many(self, connection: Connection, table: str, names: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> None: ...
    def search(self, connection: Connection, table: Table, words: str, conditions: Sequence[ColumnElement[bool]],
               limit: int) -> list[Match]: ...
    def holding(self, connection: Connection, table: Table, words: str, limit: int) -> list[int]: ...


@cache
def named(dialect: str) -> Own:
    """What is a database's own, by the name of its SQLAlchemy dialect: the one place where one is chosen."""
    return cast("Own", importlib.import_module(f"dragoman.store.{_MODULES[dialect]}"))


def of(connection: Connection | Engine) -> Own:
    """What is the own of the database that is open."""
    return named(connection.dialect.name)


# ---------------------------------------------------------------- where a record is


def address(where: str) -> URL | None:
    """The address of a record on a server; None where a file is meant."""
    if not where.startswith(_SERVERS):
        return None
    try:
        return make_url(where).set(drivername="postgresql+psycopg")
    except Exception as error:
        raise RecordError(f"{shown(where)} is no address. Write postgresql://NAME@HOST/DATABASE.") from error


def shown(where: str) -> str:
    """The place of a record as people may see it: without a password."""
    if not where.startswith(_SERVERS):
        return where
    begin, _, rest = where.partition("://")
    who, at, host = rest.rpartition("@")
    return f"{begin}://{who.partition(':')[0]}{at}{host.partition('?')[0]}"


def engine(where: str, create: bool) -> Engine:
    """The engine of the record at a place.

    Raises:
      RecordError: there is none and none is to be made, or it cannot be opened.
    """
    if (url := address(where)) is not None:
        return named("postgresql").engine(url)
    path = Path(where)
    if not create and not path.exists():
        raise RecordError(f"There is no record at {path}. `dragoman read PATH...` makes one; --record names another file.")
    if not path.parent.is_dir():
        raise RecordError(f"There is no folder {path.parent} to put the record into.")
    return named("sqlite").engine(path)


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection whose changes are all there at its end, or none; a second one waits for the first."""
    with engine.connect().execution_options(**of(engine).WRITES) as connection, connection.begin():
        yield connection


def trouble(engine: Engine, error: Exception) -> str | None:
    """What keeps a record from being used, with what to do; None where the error is of another kind."""
    cause = getattr(error, "orig", None)
    return of(engine).trouble(cause if isinstance(cause, Exception) else error)


# ---------------------------------------------------------------- statements


def driver(connection: Connection) -> Any:
    """The driver's own connection, in whose transaction a connection is."""
    return connection.connection.driver_connection


class Prepared:
    """A statement with values of a fixed number that is made into SQL once, with the names of its values in order.

    It goes to the driver as it is, in the connection's transaction: what lies between costs more than the statement.
    """

    def __init__(self, statement: Statement, names: Sequence[str] | None = None) -> None:
        self._statement, self._columns = statement, names
        self._made: dict[str, tuple[str, tuple[str, ...] | None, dict[str, Any]]] = {}
        self._row: Callable[[Sequence[Any]], Any] | None = None

    def run(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        """The driver's cursor with what the database answers; columns come as it has them."""
        found = self._made.get(connection.dialect.name)
        sql, names, fixed = found if found is not None else self._make(connection.dialect)
        if names is None:
            return driver(connection).execute(sql, {**fixed, **values})
        return driver(connection).execute(sql, [values[name] if name in values else fixed[name] for name in names])

    def _make(self, dialect: Dialect) -> tuple[str, tuple[str, ...] | None, dict[str, Any]]:
        statement = self._statement if isinstance(self._statement, Executable) else self._statement(dialect)
        if isinstance(statement, Insert) and dialect.name == "postgresql" and "n" in statement.table.c:
            statement = statement.returning(statement.table.c.n)
        made: Any = statement.compile(dialect=dialect, column_keys=self._columns)  # type: ignore[attr-defined]
        names = tuple(made.positiontup) if made.positiontup is not None else None
        self._made[dialect.name] = found = str(made), names, {k: v for k, v in made.params.items() if v is not None}
        return found

    def added(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """The number of the row that an insertion added."""
        cursor = self.run(connection, values)
        return int(cursor.fetchone()[0] if cursor.description else cursor.lastrowid)

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

    def _named(self, cursor: Any) -> Callable[[Sequence[Any]], Any]:
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


def insert_many(connection: Connection, table: str, names: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> None:
    """Add rows of text, numbers and bytes in the fastest way that the database has."""
    of(connection).insert_many(connection, table, names, rows)


def insert_new(dialect: Dialect, table: Table) -> Any:
    """An insertion that leaves a row alone whose key is there."""
    return named(dialect.name).insert(table).on_conflict_do_nothing()


def insert_or_update(dialect: Dialect, table: Table) -> Any:
    """An insertion that renews the row whose key is there."""
    made = named(dialect.name).insert(table)
    others = {c.name: made.excluded[c.name] for c in table.columns if not c.primary_key}
    return made.on_conflict_do_update(index_elements=list(table.primary_key.columns), set_=others)
