"""Many documents into the record at once, in one transaction that the caller opened: what writing.py makes of them one by one.

Texts that the record has never seen, at places of which it knows nothing, go into each table together: PostgreSQL takes them by COPY.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, select

from dragoman.model.correcting import BY_HAND
from dragoman.store import codec, copies, database, facts, schema, writing
from dragoman.store.copies import Alike
from dragoman.store.entries import Entry, Outcome, State

AT_ONCE = 500  # values of one question
D, P, B = schema.documents.c, schema.places.c, schema.buckets.c
_DOCUMENT = tuple(c.name for c in schema.documents.columns if c.name not in ("n", "superseded_by", "copy_of"))
_PLACE = tuple(c.name for c in schema.places.columns if c.name != "n")
_PROBLEM = tuple(c.name for c in schema.problems.columns if c.name != "n")
_INPUT = tuple(c.name for c in schema.inputs.columns)


def write(c: Connection, entries: Sequence[Entry], alike: Alike) -> list[Outcome]:
    """Store documents in order, as writing.write stores each."""
    fresh = _fresh(c, entries)
    outcomes: list[Outcome] = []
    for together, some in groupby(range(len(entries)), fresh.__contains__):
        part = [entries[k] for k in some]
        outcomes += _add(c, part, alike) if together else [writing.write(c, entry, alike) for entry in part]
    return outcomes


def _fresh(c: Connection, entries: Sequence[Entry]) -> set[int]:
    """Which are texts never seen, at places never seen, of which nobody said anything; by number."""
    if facts.setting(c, BY_HAND) is not None:
        return set()
    hashes = {e: f"sha256:{entry.raw.source.sha256}" for e, entry in enumerate(entries)}
    texts, keys = _held(c, D.id, (e.document.id for e in entries)), _held(c, P.key, (e.key for e in entries))
    gone = _held(c, schema.forgotten.c.key, [*hashes.values(), *(e.document.id for e in entries)])
    found = set()
    for k, entry in enumerate(entries):
        if entry.document.id not in texts and entry.key not in keys and not gone & {entry.document.id, hashes[k]}:
            found.add(k)
        texts.add(entry.document.id)
        keys.add(entry.key)
    return found


def _held(c: Connection, column: ColumnElement[Any], values: Iterable[Any]) -> set[Any]:
    """Which of the values are in a column."""
    wanted = list(dict.fromkeys(values))
    return {value for part in _parts(wanted) for value in c.execute(select(column).where(column.in_(part)).distinct()).scalars()}


def _parts(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (values[k : k + AT_ONCE] for k in range(0, len(values), AT_ONCE))


def _add(c: Connection, entries: Sequence[Entry], alike: Alike) -> list[Outcome]:
    rows = [writing.claim_rows(entry) for entry in entries]
    _put(c, "documents", _DOCUMENT, [writing.document_values(entry, len(some)) for entry, some in zip(entries, rows, strict=True)])
    ids = [entry.document.id for entry in entries]
    numbers = {row.id: int(row.n) for part in _parts(ids) for row in c.execute(select(D.id, D.n).where(D.id.in_(part)))}
    _put_raw(c, entries)
    _put(c, "places", _PLACE, [writing.place_values(entry, numbers[entry.document.id], 1) for entry in entries])
    writing.write_claims(c, [(entry, numbers[entry.document.id], some) for entry, some in zip(entries, rows, strict=True)
                             if entry.claims is not None])
    near = _remember(c, [(numbers[entry.document.id], entry) for entry in entries])
    copied = {n: copies.link(c, n, alike, earlier=True) for n in near}
    _put_problems(c, entries)
    return [Outcome("new", copied.get(numbers[entry.document.id], False)) for entry in entries]


def _put(c: Connection, table: str, names: tuple[str, ...], rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        database.insert_many(c, table, names, [tuple(row[name] for name in names) for row in rows])


def _put_raw(c: Connection, entries: Sequence[Entry]) -> None:
    """The bytes as they came, each once."""
    found = {entry.raw.source.sha256: entry.raw.data for entry in entries}
    there = _held(c, schema.raw.c.sha256, found)
    _put(c, "raw", ("sha256", "size", "data"), [{"sha256": key, "size": len(data), "data": zlib.compress(data, 1)}
                                                for key, data in found.items() if key not in there])


def _remember(c: Connection, entries: Sequence[tuple[int, Entry]]) -> list[int]:
    """Put texts into their buckets, as copies.remember does; those that share some with an earlier one, in order."""
    wanted = {n: copies.buckets(entry.signature) for n, entry in entries}
    held: Counter[int] = Counter()
    for part in _parts(sorted({bucket for some in wanted.values() for bucket in some})):
        held.update({row.bucket: row.count for row in c.execute(
            select(B.bucket, func.count().label("count")).where(B.bucket.in_(part)).group_by(B.bucket))})
    near, rows = [], []
    for n, entry in entries:
        shared = sum(held[bucket] > 0 for bucket in wanted[n])
        if shared >= copies.LEAST_SHARED and entry.state is not State.FAILED:
            near.append(n)
        for bucket in wanted[n]:
            if held[bucket] < copies.FULL:
                held[bucket] += 1
                rows.append((bucket, n))
    if rows:
        database.insert_many(c, "buckets", ("bucket", "document"), rows)
    return near


def _put_problems(c: Connection, entries: Sequence[Entry]) -> None:
    """The problems of inputs, and which of them were read to their end, in place of what was told of them before."""
    told = [entry for entry in entries if entry.problems or entry.claims is not None]
    for part in _parts([entry.key for entry in told]):
        c.execute(delete(schema.problems).where(schema.problems.c.input.in_(part)))
    _put(c, "problems", _PROBLEM, [writing.problem_values(entry.key, problem) for entry in told for problem in entry.problems])
    done = {entry.done.key: entry.done for entry in entries if entry.done}
    for part in _parts(list(done)):
        c.execute(delete(schema.inputs).where(schema.inputs.c.key.in_(part)))
    _put(c, "inputs", _INPUT, [one._asdict() | {"not_read": codec.dump(one.not_read)} for one in done.values()])
