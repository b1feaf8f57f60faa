"""A whole record from one database into another, row by row as it is, and whether two records are one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, func, literal, select, tuple_, update

from dragoman.model.stored import Progress, RecordError
from dragoman.store import codec, database, facts, reading, schema

MARK = "moving"  # the setting of a record that is not whole yet: what it is being copied from
ROWS, TEXTS = 2_000, 200  # rows in one transaction; of tables with texts and bytes
LARGE = (schema.documents, schema.raw)
LATER = ("copy_of", "superseded_by")  # of documents that may come later than the one that names them
LAST = (schema.settings, schema.stale_documents, schema.stale_blocks)  # small, and touched by what is written before
D = schema.documents.c
Told = Callable[[Progress], None] | None
Writes = Callable[[], AbstractContextManager[Connection]]


def tables() -> list[Table]:
    """All tables, each after those that it refers to."""
    return list(schema.metadata.sorted_tables)


def is_empty(c: Connection) -> bool:
    """Whether nothing was kept in a record yet."""
    return all(c.execute(select(literal(1)).select_from(t).limit(1)).first() is None for t in tables())


def copy(source: Connection, writes: Writes, told: Told = None) -> int:
    """Copy what the target lacks, a batch of rows in a transaction, and give how many rows that were.

    What was begun goes on where it stopped, as long as the source is the same; else it begins anew.

    Raises:
      RecordError: the target holds something else.
    """
    state = _state(source)
    with writes() as c:
        begun = facts.setting(c, MARK)
        if begun is None and not is_empty(c):
            raise RecordError("There is another record already. Give a place for a new one.")
        if begun not in (None, state):
            clear(c)
        facts.set_setting(c, MARK, state)
    done, total, copied = 0, sum(reading.count(source, t) for t in tables()), 0
    for table in (t for t in tables() if t not in LAST):
        for rows, new in _batches(source, writes, table):
            done, copied = done + rows, copied + new
            if told:
                told(Progress(done, total, table.name))
    _link(source, writes)
    with writes() as c:
        for table in LAST:  # with the mark goes the last that was left to do
            c.execute(delete(table))
            _insert(c, table, [tuple(r) for r in source.execute(select(table))])
        database.of(c).renumber(c)
    return copied


def clear(c: Connection) -> None:
    """Take everything out of a record."""
    c.execute(update(schema.documents).values(dict.fromkeys(LATER)))
    for table in reversed(tables()):
        c.execute(delete(table))


def differences(one: Connection, other: Connection) -> list[str]:
    """The names of the tables in which two records are not the same, row by row."""
    return [t.name for t in tables() if _digest(one, t) != _digest(other, t)]


def _digest(c: Connection, table: Table) -> str:
    """A digest of all rows of a table, in the order of its key."""
    found = hashlib.sha256()
    query = select(table).order_by(*table.primary_key.columns)
    with c.execute(query, execution_options={"yield_per": TEXTS if table in LARGE else ROWS}) as rows:
        for row in rows:
            found.update(repr(tuple(row)).encode("utf-8", "surrogatepass") + b"\n")
    return found.hexdigest()


def _state(source: Connection) -> str:
    """What tells the source from what it is after a change: its settings, and of each table how many rows and the last."""
    held = [(t.name, reading.count(source, t), source.execute(select(func.max(t.c.n))).scalar() if "n" in t.c else None) for t in tables()]
    return hashlib.sha256(codec.dump([held, [tuple(r) for r in source.execute(select(schema.settings).order_by(
        schema.settings.c.name))]]).encode()).hexdigest()


def _columns(table: Table) -> list[Any]:
    return [c for c in table.columns if not (table is schema.documents and c.name in LATER)]


def _insert(c: Connection, table: Table, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        database.insert_many(c, table.name, tuple(column.name for column in _columns(table)), rows)


def _batches(source: Connection, writes: Writes, table: Table) -> Iterator[tuple[int, int]]:
    """Copy a table in the order of its key from behind what the target has; per batch how many rows are there more, and are new."""
    key = list(table.primary_key.columns)
    with writes() as c:
        last = c.execute(select(*key).order_by(*[k.desc() for k in key]).limit(1)).first()
        held = reading.count(c, table)
    yield held, 0
    query = select(*_columns(table)).order_by(*key)
    if last is not None:
        query = query.where(tuple_(*key) > tuple_(*[literal(value, k.type) for value, k in zip(last, key, strict=True)]))
    size = TEXTS if table in LARGE else ROWS
    with source.execute(query, execution_options={"yield_per": size}) as found:
        for rows in found.partitions(size):
            with writes() as c:
                _insert(c, table, [tuple(r) for r in rows])
            yield len(rows), len(rows)


def _link(source: Connection, writes: Writes) -> None:
    """Let documents refer to their originals and to what replaced them."""
    names = dict.fromkeys(LATER)
    query = select(D.n.label("this"), *[D[name].label(f"new_{name}") for name in names]).where(
        D.copy_of.is_not(None) | D.superseded_by.is_not(None)).order_by(D.n)
    links = [r._asdict() for r in source.execute(query)]
    change = update(schema.documents).where(D.n == bindparam("this")).values({name: bindparam(f"new_{name}") for name in names})
    for k in range(0, len(links), ROWS):
        with writes() as c:
            c.execute(change, links[k : k + ROWS])
