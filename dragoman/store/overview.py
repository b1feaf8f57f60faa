"""Questions of an overview: counts and pages of facts and claims, each bounded, so that a record of any size answers at once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from dragoman.model.claims import Claim, from_json
from dragoman.model.facts import Fact
from dragoman.model.overview import Covered
from dragoman.model.stored import ClaimRow, DocumentRow
from dragoman.store import codec, facts, reading, schema
from dragoman.store.reading import Filter

D, K, F, N = schema.documents.c, schema.claims.c, schema.facts.c, schema.counted_documents.c
FS, FC, DS = schema.fact_states.c, schema.fact_claims.c, schema.document_states.c


# ---------------------------------------------------------------- the whole record


def conflicts(c: Connection, kinds: Mapping[str, type[Fact]], limit: int) -> list[Fact]:
    """The conflicts made last."""
    return _facts(c.execute(select(F.kind, F.json).where(F.kind == "conflict").order_by(F.n.desc()).limit(limit)), kinds)


def latest_documents(c: Connection, limit: int, known: str | None = None) -> list[DocumentRow]:
    """The documents read last that count, the last first; of those known by a day."""
    query = select(N.document).where(*_about((), known)).order_by(N.document.desc()).limit(limit)
    numbers = list(c.execute(query).scalars())
    rows = reading.documents_of(c, numbers)
    return [rows[n] for n in numbers]


def facts_of_documents(c: Connection, kinds: Mapping[str, type[Fact]], ids: Sequence[str], each: int) -> dict[str, list[Fact]]:
    """The facts of some kinds that rest on claims of documents, the latest first and at most so many of one document."""
    found: dict[str, list[Fact]] = {}
    for one in ids:
        held = select(FC.fact).join(schema.claims, K.id == FC.claim).join(schema.documents, K.document == D.n).where(D.id == one)
        query = select(F.kind, F.json).where(F.n.in_(held), _unindexed(F.kind).in_(kinds))
        found[one] = _facts(c.execute(query.order_by(F.last.is_(None), F.last.desc(), F.n).limit(each)), kinds)
    return found


def known_since(c: Connection, claims: Sequence[str]) -> dict[str, str]:
    """The day on which each claim was known."""
    query = select(K.id, N.known.label("day")).join_from(schema.claims, schema.counted_documents, K.document == N.document)
    return {row.id: row.day for row in _in_chunks(c, query, K.id, claims)}


# ---------------------------------------------------------------- facts and claims about some states


def _unindexed(column: Any) -> Any:
    """The column as an expression, so that its index is not walked where few rows are left."""
    return column.concat("")


def facts_of_state(c: Connection, kinds: Mapping[str, type[Fact]], kind: str, state: str, limit: int) -> list[Fact]:
    """The facts of a rare kind that involve a state, the latest first."""
    held = select(FS.fact).where(FS.fact == F.n, FS.state == state).exists()
    query = select(F.kind, F.json).where(F.kind == kind, held)
    return _facts(c.execute(query.order_by(F.last.is_(None), F.last.desc(), F.id).limit(limit)), kinds)


def facts_of_block(c: Connection, room: str, block: str) -> list[tuple[int, str]]:
    """Number and JSON of every fact of a block, for those who choose by a field of it."""
    query = select(F.n, F.json).where(F.room == room, F.block == block).order_by(F.n)
    return [(int(n), str(text)) for n, text in c.execute(query)]


def heads(c: Connection, numbers: Sequence[int]) -> list[tuple[int, str]]:
    """Number and JSON of facts."""
    return [(int(n), str(text)) for n, text in _in_chunks(c, select(F.n, F.json), F.n, numbers)]


def facts_numbered(c: Connection, kinds: Mapping[str, type[Fact]], numbers: Sequence[int]) -> list[Fact]:
    """The facts of these numbers, in their order."""
    rows = {int(r.n): r for r in _in_chunks(c, select(F.n, F.kind, F.json), F.n, numbers)}
    return _facts([rows[n] for n in numbers if n in rows], kinds)


def facts_resting_on(c: Connection, kinds: Mapping[str, type[Fact]], claims: Sequence[str], limit: int) -> list[Fact]:
    """The facts of some kinds that rest on any of the claims, the latest first."""
    query = select(F.kind, F.json).where(F.n.in_(select(FC.fact).where(FC.claim.in_(claims))), _unindexed(F.kind).in_(kinds))
    return _facts(c.execute(query.order_by(F.last.is_(None), F.last.desc(), F.id).limit(limit)), kinds)


def holding(c: Connection, kinds: Mapping[str, type[Fact]], kind: str, words: str) -> list[Fact]:
    """The facts of a kind whose stored form holds some words; for kinds of which there are few."""
    return _facts(c.execute(select(F.kind, F.json).where(F.kind == kind, F.json.contains(words, autoescape=True)).order_by(F.n)), kinds)


def places_of(c: Connection, facts: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Room and block of facts by id."""
    return {row.id: (row.room, row.block) for row in _in_chunks(c, select(F.id, F.room, F.block), F.id, facts)}


def sizes_of_blocks(c: Connection, places: Sequence[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """How many claims each block holds."""
    B = schema.blocks.c
    query = select(func.count()).select_from(schema.blocks)
    return {(room, block): int(c.execute(query.where(B.room == room, B.block == block)).scalar() or 0) for room, block in places}


def claims_by_id(c: Connection, ids: Sequence[str]) -> dict[str, Claim]:
    """Claims by id, without their documents."""
    return {row.id: from_json(json.loads(row.json)) for row in _in_chunks(c, select(K.id, K.json), K.id, ids)}


def _in_chunks(c: Connection, query: Select[Any], column: Any, values: Sequence[Any]) -> Iterator[Any]:
    """The rows whose column has one of some values, however many these are."""
    for k in range(0, len(values), reading.CHUNK):
        yield from c.execute(query.where(column.in_(values[k : k + reading.CHUNK])))


def claims_numbered(c: Connection, numbers: Sequence[int]) -> list[ClaimRow]:
    """The claims of these numbers with their documents, in their order."""
    rows = reading.claims_of(c, numbers)
    return [rows[n] for n in numbers if n in rows]


def claims_of_person(c: Connection, person: str, kind: str | None, limit: int, known: str | None = None) -> list[ClaimRow]:
    """The claims that name somebody, by id or words of the name, the latest first."""
    f = Filter(kinds=(kind,) if kind else (), person=person, superseded=False, copies=False)
    query = select(K.n, K.json, K.document).join_from(schema.claims, schema.documents, K.document == D.n)
    query = query.where(*reading.claim_conditions(f))
    query = query.where(K.document.in_(select(N.document).where(*_about((), known)))) if known else query
    return reading.with_documents(c, c.execute(query.order_by(K.last.is_(None), K.last.desc(), K.id).limit(limit)).all())


def _facts(rows: Any, kinds: Mapping[str, type[Fact]]) -> list[Fact]:
    return [facts.decoded(r.json, kinds[r.kind]) for r in rows]


# ---------------------------------------------------------------- coverage


def covered(c: Connection, states: Sequence[str], known: str | None = None) -> list[Covered]:
    """How many documents about all the states each outlet published in each month; month and outlet are None where they are unknown."""
    exact = func.substr(N.first, 1, 7) == func.substr(N.last, 1, 7)
    month = func.substr(N.first, 1, 7)
    query = select(month, exact, N.outlet, func.count(), func.max(N.last)).where(*_about(states, known))
    rows = c.execute(query.group_by(month, exact, N.outlet).order_by(month, N.outlet))
    return [Covered(m if same else None, outlet, n, last) for m, same, outlet, n, last in rows]


def newest_documents(c: Connection, states: Sequence[str], limit: int, known: str | None = None) -> list[DocumentRow]:
    """The documents about all the states published last, the last first."""
    query = select(N.document).where(*_about(states, known), N.last.is_not(None)).order_by(N.last.desc(), N.document.desc()).limit(limit)
    numbers = list(c.execute(query).scalars())
    rows = reading.documents_of(c, numbers)
    return [rows[n] for n in numbers]


def _about(states: Sequence[str], known: str | None) -> list[ColumnElement[bool]]:
    """Documents that name all the states, known by a day."""
    held = [N.document.in_(select(DS.document).where(DS.state == state)) for state in states]
    return held + ([N.known <= codec.bound(known, last=True)] if known else [])
