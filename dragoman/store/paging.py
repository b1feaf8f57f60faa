"""Listings a page at a time: the cost of a page does not grow with the record.

A page starts behind the last row of the one before (`Place`), never at a number of rows. Where a condition leaves few rows, these are
looked up and sorted, and no index of many is let in; where every condition leaves many, the index by date is walked until the page is full.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    Table,
    exists,
    func,
    or_,
    select,
    text,
    tuple_,
)

from dragoman.model.facts import Fact
from dragoman.model.stored import ClaimRow, DocumentRow
from dragoman.store import codec, database, facts, reading, schema
from dragoman.store.reading import Filter

FEW = 2_000  # rows of a condition that are few enough to look for no rarer one
ALONE = 5_000  # rows of a condition by itself that are still looked up rather than walked past: more are found soon by walking
SOME = 50_000  # rows of the rarest of several conditions: those that meet both may be few
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
           unsure: bool = False, without: Sequence[str] = ()) -> Page[ClaimRow]:
    """Claims by date, undated ones last.

    newest   the latest first
    unsure   only those that the reader was not sure of
    without  ids of claims to leave out
    """
    rare = _rarest(c, _claim_sources(f), f.states, schema.claim_states)
    conditions: list[ColumnElement[bool]] = [_said(schema.UNSURE)] if unsure else []
    conditions += [K.id.not_in(without)] if without else []
    conditions += _of_claims(f, rare is not None)
    query = select(K.n.label("key"), K.first, K.last, K.json, K.document)
    rows, following = _walk(c, query.where(*conditions), (K.first, K.last, K.n), rare, limit, after, newest)
    return Page(tuple(reading.with_documents(c, rows)), following)


def _of_claims(f: Filter, few: bool = False) -> list[ColumnElement[bool]]:
    """The conditions of a filter on claims, each so that it can be tested row by row."""
    kind, first, last = (_unindexed(column) if few else column for column in (K.kind, K.first, K.last))
    out = _between(first, last, f)
    if f.kinds:
        out.append(kind == f.kinds[0] if len(f.kinds) == 1 else kind.in_(f.kinds))
    if f.min_confidence > 0:
        out.append(K.confidence >= f.min_confidence)
    if f.modality:
        out.append(K.modality == f.modality)
    out += [exists().where(S.claim == K.n, S.state == state) for state in f.states]
    if f.any_state:
        out.append(exists().where(S.claim == K.n, S.state.in_(f.any_state)))
    if f.person is not None:
        out.append(K.n.in_(reading.naming(f.person)))
    if f.outlet or f.language or f.documents is not None:
        out.append(exists().where(D.n == K.document, *reading.document_conditions(Filter(
            outlet=f.outlet, language=f.language, documents=f.documents))))
    return out + _counted(K.document, f)


def _between(first: Any, last: Any, f: Filter) -> list[ColumnElement[bool]]:
    """What overlaps the time asked for."""
    since, until = codec.bound(f.since, last=False), codec.bound(f.until, last=True)
    return ([last >= since] if since else []) + ([first <= until] if until else [])


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
    rare = _rarest(c, [select(DS.document).where(DS.state == state) for state in f.states], f.states, schema.document_states)
    conditions = reading.text_conditions(replace(f, states=()))
    conditions += [exists().where(DS.document == D.n, DS.state == state) for state in f.states]
    query = select(D.n.label("key"), D.first, D.last).where(*conditions)
    rows, following = _walk(c, query, (D.first, D.last, D.n), rare, limit, after, newest)
    found = reading.documents_of(c, [row.key for row in rows])
    return Page(tuple(found[row.key] for row in rows), following)


# ---------------------------------------------------------------- facts


def of_facts(c: Connection, kinds: Mapping[str, type[Fact]], f: Filter, limit: int, after: Place | None = None, newest: bool = False,
             among: Sequence[str] | None = None, holding: Sequence[Sequence[str]] = (), doubtful: bool = False) -> Page[Fact]:
    """Facts by date, undated ones last; each once, though several blocks may make it.

    among    only those that rest on one of these claims
    holding  only those whose stored form holds one word of each list
    doubtful only those that may be one with another
    """
    on_them = None if among is None else select(FC.fact).where(FC.claim.in_(among))
    rare = _rarest(c, _fact_sources(f), f.states, schema.fact_states) if on_them is None else on_them
    kind, first, last = (_unindexed(column) if rare is not None else column for column in (F.kind, F.first, F.last))
    kind = _unindexed(kind) if doubtful else kind  # the index of the doubtful is shorter than that of a kind
    conditions = [kind.in_(kinds) if len(kinds) > 1 else kind == next(iter(kinds)), *_between(first, last, f)]
    conditions += [_said(schema.DOUBTFUL[c.dialect.name])] if doubtful else []
    conditions += [exists().where(FS.fact == F.n, FS.state == state) for state in f.states]
    conditions += [or_(*(F.json.contains(words, autoescape=True) for words in some)) for some in holding]
    rest = Filter(person=f.person, outlet=f.outlet, documents=f.documents, min_confidence=f.min_confidence, modality=f.modality)
    if rest != Filter():
        conditions.append(exists().where(FC.fact == F.n, FC.claim == K.id, *_of_claims(rest)))
    query = select(F.id.label("key"), F.first, F.last, F.kind, F.json).where(*conditions)
    rows, following = _walk(c, query, (F.first, F.id), rare, limit, after, newest, F.n)
    return Page(tuple(facts.decoded(row.json, kinds[row.kind]) for row in rows), following)


def _fact_sources(f: Filter) -> list[Select[Any]]:
    out: list[Select[Any]] = [select(FS.fact).where(FS.state == state) for state in f.states]
    if f.person is not None or f.documents is not None:
        held = Filter(person=f.person, documents=f.documents)
        out += [select(FC.fact).where(FC.claim.in_(select(K.id).where(K.n.in_(source)))) for source in _claim_sources(held)]
    return out


def claims_holding(c: Connection, words: str, most: int) -> list[str]:
    """Ids of the claims that hold all the words, the newest of them where they are very many."""
    return list(c.execute(select(K.id).where(K.n.in_(database.of(c).holding(c, schema.claims, words, most)))).scalars())


# ---------------------------------------------------------------- how


def _rarest(c: Connection, sources: Sequence[Select[Any]], states: Sequence[str], named: Table) -> Select[Any] | None:
    """The statement that gives the fewest rows, None where all of them give many; that of a state leaves out what other states lack."""
    best: tuple[int, int] | None = None
    for at, source in enumerate(sources):
        most = best[0] if best else SOME if len(sources) > 1 else ALONE
        found = int(c.execute(select(func.count()).select_from(source.limit(most).subquery())).scalar() or 0)
        if found < most:
            best = found, at
        if found < FEW:
            break
    if best is None:
        return None
    at = best[1]
    if at >= len(states) or len(states) == 1:  # the sources begin with those of the states
        return sources[at]
    one, key = named.alias(), next(column.name for column in named.columns if column.name != "state")
    others = [exists().where(other.c.state == state, other.c[key] == one.c[key])
              for state in states if state != states[at] for other in [named.alias()]]
    return select(one.c[key]).where(one.c.state == states[at], *others)


def _walk(c: Connection, query: Select[Any], order: tuple[Any, ...], rare: Select[Any] | None, limit: int, after: Place | None,
          newest: bool, number: Any = None) -> tuple[list[Any], Place | None]:
    """One page of a query, dated rows first, and where the next one starts."""
    if rare is not None:
        query = query.where((order[-1] if number is None else number).in_(rare))
        found, more = _sorted(c, query, order, limit, after, newest)
    else:
        found, more = _by_index(c, query, order, limit, after, newest)
    return found, Place(found[-1].first, found[-1].last, found[-1].key) if more and found else None


def _sorted(c: Connection, query: Select[Any], order: tuple[Any, ...], limit: int, after: Place | None,
            newest: bool) -> tuple[list[Any], bool]:
    """A page of few rows, all of them looked at and sorted at once."""
    day, key = _unindexed(order[0]), order[-1]
    if after is not None and after.first is not None:
        query = query.where(or_(day.is_(None), _behind(order, after, newest, bare=False)))
    elif after is not None:
        query = query.where(day.is_(None), key < after.key if newest else key > after.key)
    by = [_unindexed(column) for column in order]
    return _some(c, query.order_by(day.is_(None), *(column.desc() if newest else column for column in by)), limit)


def _by_index(c: Connection, query: Select[Any], order: tuple[Any, ...], limit: int, after: Place | None,
              newest: bool) -> tuple[list[Any], bool]:
    """A page of many rows along the index: those with a date, then those without."""
    day, key = order[0], order[-1]
    found: list[Any] = []
    more = False
    if after is None or after.first is not None:
        dated = query.where(day.is_not(None))
        if after is not None:
            dated = dated.where(_behind(order, after, newest, bare=True))
        found, more = _some(c, dated.order_by(*(column.desc() if newest else column for column in order)), limit)
    if more:
        return found, True
    undated = query.where(day.is_(None))
    if after is not None and after.first is None:
        undated = undated.where(key < after.key if newest else key > after.key)
    if len(found) == limit:
        return found, c.execute(undated.limit(1)).first() is not None
    some, more = _some(c, undated.order_by(key.desc() if newest else key), limit - len(found))
    return found + some, more


def _behind(order: tuple[Any, ...], after: Place, newest: bool, bare: bool) -> ColumnElement[bool]:
    """What comes after a place in an order."""
    at = tuple_(*({"first": after.first, "last": after.last}.get(column.name, after.key) for column in order))
    here = tuple_(*(order if bare else map(_unindexed, order)))
    return here < at if newest else here > at


def _some(c: Connection, query: Select[Any], limit: int) -> tuple[list[Any], bool]:
    """The first rows, each key once, and whether there are more."""
    rows = c.execute(query.limit(limit + 1)).all()
    found: dict[Any, Any] = {}
    for row in rows[:limit]:
        found.setdefault(row.key, row)
    return list(found.values()), len(rows) > limit


def _said(words: str) -> ColumnElement[bool]:
    """A condition in the very words of an index."""
    return cast("ColumnElement[bool]", text(f"({words})"))


def _unindexed(column: Any) -> Any:
    """The column as an expression, so that few rows are looked up and sorted, and no index of many is walked."""
    return column + 0 if isinstance(column.type, Integer) else column.concat("")
