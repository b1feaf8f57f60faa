"""What is PostgreSQL's own: how a server is reached, how transactions begin, and full-text search; sqlite.py has the same for a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, reduce
from itertools import islice
from typing import Any

from sqlalchemy import (
    URL,
    ColumnElement,
    Connection,
    Engine,
    Table,
    Text,
    cast,
    create_engine,
    event,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.dialects.postgresql import insert as insert

from dragoman.model.stored import RecordError
from dragoman.store import schema
from dragoman.store.searching import SOLID, Match, Piece, joined, marks, pieces, scan, searched, words_of

WAIT_MS = 60_000  # how long a second writer waits for the first one's document
RANKED = 8  # words by which rows are ranked
WRITES = {"isolation_level": "READ COMMITTED", "writes": True}  # its first statement waits for its turn, the next see what is then there
LOOKS = {"isolation_level": "AUTOCOMMIT"}
_TURN = "SELECT pg_advisory_xact_lock(41521, hashtext(current_schema()))"  # one writer at a time, as in a file
_NUL, _MARK = "\0", "\U0010ffff"  # a null character, which PostgreSQL's texts cannot hold, is kept as a mark and 0, the mark as mark and 1
_CANNOT = {
    "53100": "There is no space left on the server's disk. Make some and run the command again.",
    "55P03": "Another program has been writing to it for a minute. Wait until that is done, or end it, and run the command again.",
    "42501": "This account may not write to it. Let the owner of the database grant it the right to.",
    "25006": "The server takes no changes at present. Ask who keeps it.",
}


def engine(where: URL) -> Engine:
    """The engine of a record on a server.

    Raises:
      RecordError: the server or its database cannot be reached, or psycopg is not installed.
    """
    shown = URL.create("postgresql", where.username, None, where.host, where.port, where.database).render_as_string()
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        raise RecordError(f"{shown} needs psycopg. Install it with: pip install 'dragoman[postgres]'") from error
    made = create_engine(where, isolation_level="REPEATABLE READ", pool_pre_ping=True, pool_size=10, max_overflow=40,
                         connect_args={"client_encoding": "utf8"})
    event.listen(made, "connect", _connected)
    event.listen(made, "begin", _begin)
    try:
        with made.connect() as connection:
            encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
    except Exception as error:
        made.dispose()
        why = " ".join(str(getattr(error, "orig", error)).split())
        raise RecordError(f"{shown} cannot be opened as a record. Start the server, make the database with `createdb NAME`, or name "
                          f"another with --record. The server's words: {why}") from error
    if encoding != "UTF8":
        made.dispose()
        raise RecordError(f"{shown} keeps texts as {encoding}, which not all texts fit into. Make a database for the record with "
                          "`createdb --encoding=UTF8 --template=template0 NAME`.")
    return made


def _connected(connection: Any, _: Any) -> None:
    """Texts come and go whole, null characters too; who waits to write waits for a minute at most."""
    to_text, from_text = _adapters()
    connection.adapters.register_dumper(str, to_text)
    for name in ("text", "varchar"):
        connection.adapters.register_loader(name, from_text)
    connection.execute(f"SET lock_timeout = {WAIT_MS}")
    connection.commit()


@cache
def _adapters() -> tuple[Any, Any]:
    from psycopg.types.string import StrDumper, TextLoader

    class ToText(StrDumper):
        def dump(self, obj: str) -> Any:
            if _NUL in obj or _MARK in obj:
                obj = obj.replace(_MARK, _MARK + "1").replace(_NUL, _MARK + "0")
            return super().dump(obj)

    class FromText(TextLoader):
        def load(self, data: Any) -> Any:
            found: Any = super().load(data)
            return found.replace(_MARK + "0", _NUL).replace(_MARK + "1", _MARK) if _MARK in found else found

    return ToText, FromText


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("writes"):
        connection.exec_driver_sql(_TURN)


def tables(connection: Connection) -> set[str]:
    """The names of what tables there are."""
    return {row[0] for row in connection.exec_driver_sql("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")}


def settle(connection: Connection) -> None:
    """Have texts sorted by their code points, as a file sorts them, whatever language the database was made for."""
    rows = connection.exec_driver_sql(
        "SELECT table_name, string_agg(format('ALTER COLUMN %%I TYPE text COLLATE \"C\"', column_name), ', ') "
        "FROM information_schema.columns JOIN pg_tables ON tablename = table_name AND schemaname = table_schema "
        "WHERE table_schema = current_schema() AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C' GROUP BY table_name")
    for table, changes in rows.all():
        connection.exec_driver_sql(f'ALTER TABLE "{table}" {changes}')


def integrity(connection: Connection) -> list[str]:
    """What is wrong with the search index, and constraints that are not held; the server looks after the rest."""
    run = connection.exec_driver_sql
    found = []
    for table in ("documents", "claims"):
        if missing := run(f"SELECT count(*) FROM {table} WHERE search IS NULL").scalar():
            found.append(f"the search index of {table} lacks {missing} rows")
    lapsed = run("SELECT conname FROM pg_constraint WHERE connamespace = current_schema()::regnamespace AND NOT convalidated")
    return found + [f"{row[0]} is not held" for row in lapsed]


def sweep(engine: Engine) -> None:
    """Leave nothing of what was deleted in the tables; the server's log and its archive are its keeper's."""
    with engine.connect().execution_options(**LOOKS) as connection:
        for table in schema.metadata.sorted_tables:
            connection.exec_driver_sql(f'VACUUM FULL "{table.name}"')


def renumber(connection: Connection) -> None:
    """Let numbers follow the highest where rows came with numbers of their own."""
    for table in schema.metadata.sorted_tables:
        if "n" in table.c:
            connection.exec_driver_sql(f"SELECT setval(pg_get_serial_sequence('\"{table.name}\"', 'n'), max(n)) FROM \"{table.name}\"")


def trouble(error: Exception) -> str | None:
    """What keeps the database from being used, with what to do; None where it is something else."""
    import psycopg

    if not isinstance(error, psycopg.Error):
        return None
    if isinstance(error, psycopg.OperationalError) and error.sqlstate in (None, "57P01", "57P02", "57P03"):
        return "The connection to the server was lost. What was told as stored is stored; run the command again when the server is back."
    return _CANNOT.get(error.sqlstate or "")


def insert_many(connection: Connection, table: str, names: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> None:
    """Add rows by COPY."""
    driver: Any = connection.connection.driver_connection
    columns = ", ".join(f'"{name}"' for name in names)
    with driver.cursor() as cursor, cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)


def search(connection: Connection, table: Table, words: str, conditions: Sequence[ColumnElement[bool]], limit: int) -> list[Match]:
    """The best rows of documents or claims among those that fulfil the conditions."""
    if SOLID.search(words):
        return scan(connection, table, words, conditions, limit, func.strpos)
    wanted = list(dict.fromkeys(pieces(words)))
    if not wanted:
        return []
    index: ColumnElement[Any] = literal_column(f"{table.name}.search")
    sought = [_sought(piece) for piece in wanted]
    score = func.ts_rank(index, reduce(lambda one, other: one.op("&&")(other), sought[:RANKED]), 1).label("score")
    columns = [table.c.n, searched(table), score, *([table.c.title] if table is schema.documents else [])]
    held = [index.op("@@")(words) for words in sought]
    statement = select(*columns).select_from(joined(table)).where(*held, *conditions).order_by(score.desc(), table.c.n)
    if all(len(words_of(piece.words)) == 1 for piece in wanted):
        statement = statement.limit(limit)
    with connection.execute(statement, execution_options={"yield_per": 50}) as rows:
        return list(islice(_together(rows, wanted), limit))


def holding(connection: Connection, table: Table, words: str, limit: int) -> list[int]:
    """Numbers of rows that hold the words."""
    return [match.n for match in search(connection, table, words, (), limit)]


def _sought(piece: Piece) -> Any:
    """The words of a piece for the index; whether they stand together is seen in the text, which knows no limit of places."""
    words: Any = func.plainto_tsquery(literal_column("'simple'"), func.dragoman_plain(piece.words))
    return cast(func.nullif(cast(words, Text), "").concat(":*"), TSQUERY) if piece.open else words


def _together(rows: Iterable[Any], wanted: Sequence[Piece]) -> Iterator[Match]:
    """The rows whose phrases stand together, in the text or in the title, with the places of the words in the text."""
    for n, held, score, *title in rows:
        found = marks(held, wanted)
        above = marks(title[0], wanted) if title and title[0] and not all(found) else found
        if all(here or there for here, there in zip(found, above, strict=True)):
            yield Match(n, held, tuple(sorted({m for places in found for m in places})), score)
