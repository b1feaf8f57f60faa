"""Questions of an overview: counts and pages of facts and claims, each bounded, so that a record of any size answers at once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, func, select

from dragoman.model.claims import Claim, from_json
from dragoman.model.facts import Fact
from dragoman.model.overview import Counted, Covered, Dated
from dragoman.model.stored import ClaimRow, DocumentRow
from dragoman.store import codec, facts, reading, schema
from dragoman.store.reading import Filter

D, K, F, P = schema.documents.c, schema.claims.c, schema.facts.c, schema.places.c
FS, FC, CS, DS = schema.fact_states.c, schema.fact_claims.c, schema.claim_states.c, schema.document_states.c
FACTS = ("contact", "instrument", "commitment", "series", "conflict")
CLAIMS = ("event", "statement")
COUNTED = (D.superseded_by.is_(None), D.copy_of.is_(None))
# the same without a look at each document, whose columns stand behind its text
COUNTS = (K.document.not_in(select(D.n).where(D.superseded_by.is_not(None))), K.document.not_in(select(D.n).where(D.copy_of.is_not(None))))
_READ = select(func.substr(func.min(P.read_at), 1, 10)).where(P.document == D.n).correlate(schema.documents).scalar_subquery()
_day_known = func.coalesce(D.last, _READ)  # that of publication, else when it was read


# ---------------------------------------------------------------- the whole record


def counts(c: Connection, known: str | None = None) -> list[Counted]:
    """How many facts and claims there are of each pair of states, kind and month; of those known by a day."""
    one, other = schema.fact_states.alias(), schema.fact_states.alias()
    month = func.substr(F.first, 1, 7).label("month")
    query = (select(one.c.state, other.c.state, F.kind, month, func.count(), func.max(case((F.first == F.last, F.first))))
             .select_from(one)
             .join(other, (other.c.fact == one.c.fact) & (one.c.state < other.c.state))
             .join(schema.facts, F.n == one.c.fact)
             .where(F.kind.in_(FACTS)).group_by(one.c.state, other.c.state, F.kind, month))
    if known:
        query = query.where(_fact_known(known))
    return [Counted(*row) for row in (*c.execute(query), *_claims_counted(c, known))]


def _claims_counted(c: Connection, known: str | None) -> Any:
    one, other = schema.claim_states.alias(), schema.claim_states.alias()
    month = func.substr(K.first, 1, 7).label("month")
    query = (select(one.c.state, other.c.state, K.kind, month, func.count(), func.max(case((K.first == K.last, K.first))))
             .select_from(schema.claims)
             .join(one, one.c.claim == K.n).join(other, (other.c.claim == K.n) & (one.c.state < other.c.state))
             .where(K.kind.in_(CLAIMS), *COUNTS).group_by(one.c.state, other.c.state, K.kind, month))
    return c.execute(_claim_known(query, known))


def conflicts(c: Connection, kinds: Mapping[str, type[Fact]], limit: int) -> list[Fact]:
    """The conflicts made last."""
    return _facts(c.execute(select(F.kind, F.json).where(F.kind == "conflict").order_by(F.n.desc()).limit(limit)), kinds)


def latest_documents(c: Connection, limit: int, known: str | None = None) -> list[DocumentRow]:
    """The documents read last that count, the last first; of those known by a day."""
    query = select(D.n).where(*COUNTED).order_by(D.n.desc()).limit(limit)
    numbers = list(c.execute(query.where(_by(known)) if known else query).scalars())
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
    query = select(K.id, _day_known.label("day")).join_from(schema.claims, schema.documents, K.document == D.n)
    return {row.id: row.day for row in _in_chunks(c, query, K.id, claims)}


# ---------------------------------------------------------------- facts and claims about some states


def facts_shared(c: Connection, states: Sequence[str], known: str | None = None) -> list[Dated]:
    """The facts of two states, the latest first; of those known by a day."""
    shared = _shared(c, schema.fact_states, "fact", states)
    query = select(F.n, F.kind, F.first, F.last).where(F.n.in_(shared))
    query = query.where(_fact_known(known)) if known else query
    return [Dated(*row) for row in c.execute(query.order_by(F.last.is_(None), F.last.desc(), F.first.desc(), F.id))]


def claims_shared(c: Connection, states: Sequence[str], known: str | None = None) -> list[Dated]:
    """The events, statements and relations of two states, the latest first; of those known by a day."""
    shared = _shared(c, schema.claim_states, "claim", states)
    query = select(K.n, K.kind, K.first, K.last).where(K.n.in_(shared), _unindexed(K.kind).in_((*CLAIMS, "relation")), *COUNTS)
    query = _claim_known(query, known)
    return [Dated(*row) for row in c.execute(query.order_by(K.last.is_(None), K.last.desc(), K.first.desc(), K.id))]


def _shared(c: Connection, table: Any, name: str, states: Sequence[str]) -> Select[Any]:
    """Numbers of what two states share: those of the state that has fewer, each looked up with the other."""
    held = table.alias()
    some = {state: _few(c, select(table.c.state).where(table.c.state == state)) for state in states}
    rare, other = sorted(states, key=lambda state: some[state])
    both = select(held.c[name]).where(held.c[name] == table.c[name], held.c.state == other).exists()
    return select(table.c[name]).where(table.c.state == rare, both)


def _few(c: Connection, query: Select[Any], most: int = 20_000) -> int:
    return int(c.execute(select(func.count()).select_from(query.limit(most).subquery())).scalar() or 0)


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
    query = query.where(_by(known)) if known else query
    return reading.with_documents(c, c.execute(query.order_by(K.last.is_(None), K.last.desc(), K.id).limit(limit)).all())


def _by(day: str) -> ColumnElement[bool]:
    """Documents known by a day."""
    return _day_known <= codec.bound(day, last=True)


def _claim_known(query: Select[Any], day: str | None) -> Select[Any]:
    """Claims of documents known by a day."""
    return query.join(schema.documents, K.document == D.n).where(_by(day)) if day else query


def _fact_known(day: str) -> ColumnElement[bool]:
    """Facts of which some claim was known by a day."""
    claim = select(FC.fact).join(schema.claims, K.id == FC.claim).join(schema.documents, K.document == D.n)
    return claim.where(FC.fact == F.n, _by(day)).correlate(schema.facts).exists()


def _facts(rows: Any, kinds: Mapping[str, type[Fact]]) -> list[Fact]:
    return [facts.decoded(r.json, kinds[r.kind]) for r in rows]


# ---------------------------------------------------------------- coverage


def covered(c: Connection, states: Sequence[str], known: str | None = None) -> list[Covered]:
    """How many documents about all the states each outlet published in each month; month and outlet are None where they are unknown."""
    exact = func.substr(D.first, 1, 7) == func.substr(D.last, 1, 7)
    month = func.substr(D.first, 1, 7)
    query = select(month, exact, D.outlet, func.count(), func.max(D.last)).where(*COUNTED)
    for state in states:
        query = query.where(D.n.in_(select(DS.document).where(DS.state == state)))
    query = query.where(_by(known)) if known else query
    rows = c.execute(query.group_by(month, exact, D.outlet).order_by(month, D.outlet))
    return [Covered(m if same else None, outlet, n, last) for m, same, outlet, n, last in rows]


def newest_documents(c: Connection, states: Sequence[str], limit: int, known: str | None = None) -> list[DocumentRow]:
    """The documents about all the states published last, the last first."""
    query = select(D.n).where(*COUNTED, D.last.is_not(None))
    for state in states:
        query = query.where(D.n.in_(select(DS.document).where(DS.state == state)))
    query = query.where(_by(known)) if known else query
    numbers = list(c.execute(query.order_by(D.last.desc(), D.n.desc()).limit(limit)).scalars())
    rows = reading.documents_of(c, numbers)
    return [rows[n] for n in numbers]
