"""Listings a page at a time: the cost of a page does not grow with the record.

A page starts behind the last row of the one before (`Place`), never at a number of rows. Where a condition leaves few rows, these are
looked up and sorted; where every condition leaves many, the index by date is walked until the page is full.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, Integer, Select, exists, func, or_, select, tuple_

from dragoman.model.facts import Fact
from dragoman.model.stored import ClaimRow, DocumentRow
from dragoman.store import codec, database, facts, reading, schema
from dragoman.store.reading import Filter

FEW = 2_000  # rows that are looked up one by one and sorted
SOME = 20_000  # rows of the rarest condition that are still looked up rather than walked past
D, K, F = schema.documents.c, schema.claims.c, schema.facts.c
S, DS, FS, FC = schema.claim_states.c, schema.document_states.c, schema.fact_states.c, schema.fact_claims.c
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ended: the last row's first and last day and its key; of the rows without a date the key alone."""

    first: str | None
    last: str | None
    key: int | str


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows, and where the next ones start; None behind the last."""

    rows: tuple[T, ...]
    next: Place | None


# ---------------------------------------------------------------- claims


def claims(c: Connection, f: Filter, limit: int, after: Place | None = None, newest: bool = False,
           unsure: float | None = None, without: Sequence[str] = ()) -> Page[ClaimRow]:
    """Claims by date, undated ones last.

    newest   the latest first
    unsure   only those of a confidence below this
    without  ids of claims to leave out
    """
    rare = _rarest(c, _claim_sources(f))
    conditions: list[ColumnElement[bool]] = [] if unsure is None else [K.confidence < unsure]
    conditions += [K.id.not_in(without)] if without else []
    conditions += _of_claims(f)
    query = select(K.n.label("key"), K.first, K.last, K.json, K.document)
    rows, following = _walk(c, query.where(*conditions), (K.first, K.last, K.n), rare, limit, after, newest)
    return Page(tuple(reading.with_documents(c, rows)), following)


def _of_claims(f: Filter) -> list[ColumnElement[bool]]:
    """The conditions of a filter on claims, each so that it can be tested row by row."""
    own = replace(f, states=(), any_state=(), person=None, outlet=None, language=None, documents=None, superseded=True, copies=True)
    out = reading.claim_conditions(own)
    out += [exists().where(S.claim == K.n, S.state == state) for state in f.states]
    if f.any_state:
        out.append(exists().where(S.claim == K.n, S.state.in_(f.any_state)))
    if f.person is not None:
        out.append(K.n.in_(reading.naming(f.person)))
    if f.outlet or f.language or f.documents is not None:
        out.append(exists().where(D.n == K.document, *reading.document_conditions(Filter(
            outlet=f.outlet, language=f.language, documents=f.documents))))
    return out + _counted(K.document, f)


def _counted(document: Any, f: Filter) -> list[ColumnElement[bool]]:
    """No superseded texts, no copies: both are few and indexed, while a look at each document would read past its text."""
    out = []
    if not f.superseded:
        out.append(document.not_in(select(D.n).where(D.superseded_by.is_not(None))))
    if not f.copies:
        out.append(document.not_in(select(D.n).where(D.copy_of.is_not(None))))
    return out


def _claim_sources(f: Filter) -> list[Select[Any]]:
    """For each condition that may leave few claims, the statement that gives their numbers."""
    out: list[Select[Any]] = [select(S.claim).where(S.state == state) for state in f.states]
    if len(f.states) > 1:
        one, other = schema.claim_states.alias(), schema.claim_states.alias()
        out.append(select(one.c.claim).where(one.c.state == f.states[0], exists().where(
            other.c.state == f.states[1], other.c.claim == one.c.claim)))
    if f.person is not None:
        out.append(reading.naming(f.person))
    if f.documents is not None:
        out.append(select(K.n).where(K.document.in_(select(D.n).where(D.id.in_(f.documents)))))
    elif f.outlet or f.language:
        held = select(D.n).where(*reading.document_conditions(Filter(outlet=f.outlet, language=f.language)))
        out.append(select(K.n).where(K.document.in_(held)))
    return out


# ---------------------------------------------------------------- documents


def documents(c: Connection, f: Filter, limit: int, after: Place | None = None, newest: bool = False) -> Page[DocumentRow]:
    """Documents by date of publication, undated ones last."""
    rare = _rarest(c, [select(DS.document).where(DS.state == state) for state in f.states])
    conditions = reading.text_conditions(replace(f, states=()))
    conditions += [exists().where(DS.document == D.n, DS.state == state) for state in f.states]
    query = select(D.n.label("key"), D.first, D.last).where(*conditions)
    rows, following = _walk(c, query, (D.first, D.last, D.n), rare, limit, after, newest)
    found = reading.documents_of(c, [row.key for row in rows])
    return Page(tuple(found[row.key] for row in rows), following)


# ---------------------------------------------------------------- facts


def of_facts(c: Connection, kinds: Mapping[str, type[Fact]], f: Filter, limit: int, after: Place | None = None, newest: bool = False,
             among: Sequence[str] | None = None, holding: Sequence[Sequence[str]] = ()) -> Page[Fact]:
    """Facts by date, undated ones last; each once, though several blocks may make it.

    among    only those that rest on one of these claims
    holding  only those whose stored form holds one word of each list, such as `"doubts":[{`
    """
    rare = _rarest(c, _fact_sources(f, among))
    conditions = [F.kind.in_(kinds) if len(kinds) > 1 else F.kind == next(iter(kinds))]
    conditions += [exists().where(FS.fact == F.n, FS.state == state) for state in f.states]
    conditions += [or_(*(F.json.contains(words, autoescape=True) for words in some)) for some in holding]
    since, until = codec.bound(f.since, last=False), codec.bound(f.until, last=True)
    conditions += ([F.last >= since] if since else []) + ([F.first <= until] if until else [])
    rest = Filter(person=f.person, outlet=f.outlet, documents=f.documents, min_confidence=f.min_confidence, modality=f.modality)
    if rest != Filter():
        conditions.append(exists().where(FC.fact == F.n, FC.claim == K.id, *_of_claims(rest)))
    if among is not None:
        conditions.append(exists().where(FC.fact == F.n, FC.claim.in_(among)))
    query = select(F.id.label("key"), F.first, F.last, F.kind, F.json).where(*conditions)
    rows, following = _walk(c, query, (F.first, F.id), rare, limit, after, newest, F.n)
    return Page(tuple(facts.decoded(row.json, kinds[row.kind]) for row in rows), following)


def _fact_sources(f: Filter, among: Sequence[str] | None) -> list[Select[Any]]:
    out: list[Select[Any]] = [select(FS.fact).where(FS.state == state) for state in f.states]
    if among is not None:
        out.append(select(FC.fact).where(FC.claim.in_(among)))
    if f.person is not None or f.documents is not None:
        held = Filter(person=f.person, documents=f.documents)
        out += [select(FC.fact).where(FC.claim.in_(select(K.id).where(K.n.in_(source)))) for source in _claim_sources(held)]
    return out


def claims_holding(c: Connection, words: str, most: int) -> list[str]:
    """Ids of the claims that hold all the words, the newest of them where they are very many."""
    return list(c.execute(select(K.id).where(K.n.in_(database.of(c).holding(c, schema.claims, words, most)))).scalars())


# ---------------------------------------------------------------- how


def _rarest(c: Connection, sources: Sequence[Select[Any]]) -> Select[Any] | None:
    """The statement that gives the fewest rows, None where all of them give many."""
    best: tuple[int, Select[Any]] | None = None
    for source in sources:
        most = SOME if best is None else best[0]
        found = int(c.execute(select(func.count()).select_from(source.limit(most).subquery())).scalar() or 0)
        if found < most:
            best = found, source
        if found < FEW:
            break
    return best[1] if best else None


def _walk(c: Connection, query: Select[Any], order: tuple[Any, ...], rare: Select[Any] | None, limit: int, after: Place | None,
          newest: bool, number: Any = None) -> tuple[list[Any], Place | None]:
    """One page of a query, dated rows first, and where the next one starts."""
    day, key = order[0], order[-1]
    if rare is not None:
        query = query.where((key if number is None else number).in_(rare))
    found: list[Any] = []
    more = False
    if after is None or after.first is not None:
        dated = query.where(day.is_not(None))
        if after is not None:
            at = tuple_(*(_of_place(after, column) for column in order))
            dated = dated.where(tuple_(*order) < at if newest else tuple_(*order) > at)
        found, more = _some(c, dated, order, limit, newest, rare is not None)
    if not more and len(found) < limit:
        undated = query.where(day.is_(None))
        if after is not None and after.first is None:
            undated = undated.where(key < after.key if newest else key > after.key)
        some, more = _some(c, undated, (key,), limit - len(found), newest, rare is not None)
        found += some
    elif not more:
        more = c.execute(query.where(day.is_(None)).limit(1)).first() is not None
    return found, Place(found[-1].first, found[-1].last, found[-1].key) if more and found else None


def _of_place(at: Place, column: Any) -> Any:
    return {"first": at.first, "last": at.last}.get(column.name, at.key)


def _some(c: Connection, query: Select[Any], order: tuple[Any, ...], limit: int, newest: bool, few: bool) -> tuple[list[Any], bool]:
    """The first rows of an order, each key once, and whether there are more."""
    by = [_unindexed(column) for column in order] if few else order
    rows = c.execute(query.order_by(*(column.desc() if newest else column for column in by)).limit(limit + 1)).all()
    found: dict[Any, Any] = {}
    for row in rows[:limit]:
        found.setdefault(row.key, row)
    return list(found.values()), len(rows) > limit


def _unindexed(column: Any) -> Any:
    """The column as an expression, so that few rows are sorted and no index of many is walked for their order."""
    return column + 0 if isinstance(column.type, Integer) else column.concat("")
