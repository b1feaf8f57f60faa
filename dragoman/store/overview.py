"""Questions of an overview: counts and pages of facts and claims, each bounded, so that a record of any size answers at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from dragoman.model.facts import Fact
from dragoman.model.overview import Counted, Covered
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


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which facts or claims of one kind: about all the states, in the time, known by a day."""

    kind: str
    states: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    known: str | None = None


# ---------------------------------------------------------------- the whole record


def counts(c: Connection, known: str | None = None) -> list[Counted]:
    """How many facts and claims there are of each pair of states, kind and month; of those known by a day."""
    one, other = schema.fact_states.alias(), schema.fact_states.alias()
    month = func.substr(F.first, 1, 7).label("month")
    query = (select(one.c.state, other.c.state, F.kind, month, func.count(), func.max(F.last))
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
    query = (select(one.c.state, other.c.state, K.kind, month, func.count(), func.max(K.last))
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
        query = select(F.kind, F.json).where(F.n.in_(held), F.kind.in_(kinds)).order_by(F.last.is_(None), F.last.desc(), F.n).limit(each)
        found[one] = _facts(c.execute(query), kinds)
    return found


def documents_known(c: Connection, claims: Sequence[str]) -> dict[str, str]:
    """The day on which each claim was known."""
    found: dict[str, str] = {}
    for k in range(0, len(claims), reading.CHUNK):
        query = select(K.id, _day_known).join_from(schema.claims, schema.documents, K.document == D.n)
        found |= {row[0]: row[1] for row in c.execute(query.where(K.id.in_(claims[k : k + reading.CHUNK])))}
    return found


# ---------------------------------------------------------------- facts and claims about some states


def kinds_counted(c: Connection, states: Sequence[str], since: str | None = None, until: str | None = None,
                  known: str | None = None) -> dict[str, int]:
    """How many facts of each kind, and events, statements and relations, are about all the states."""
    query = _about(select(F.kind, func.count()), Wanted("", tuple(states), since, until, known)).group_by(F.kind)
    found = {str(kind): int(n) for kind, n in c.execute(query)}
    query = _claims_about(select(K.kind, func.count()), Wanted("", tuple(states), since, until, known))
    return found | {str(kind): int(n) for kind, n in c.execute(query.where(K.kind.in_((*CLAIMS, "relation"))).group_by(K.kind))}


def months(c: Connection, wanted: Wanted) -> dict[str, int]:
    """How many facts of a kind begin in each month."""
    month = func.substr(F.first, 1, 7)
    query = _about(select(month, func.count()), wanted).where(F.kind == wanted.kind, F.first.is_not(None)).group_by(month)
    return {str(m): int(n) for m, n in c.execute(query)}


def facts_about(c: Connection, kinds: Mapping[str, type[Fact]], wanted: Wanted, limit: int, offset: int = 0) -> list[Fact]:
    """The facts of a kind, the latest first."""
    query = _about(select(F.kind, F.json), wanted).where(F.kind == wanted.kind)
    order = (F.last.is_(None), F.last.desc(), F.first.desc(), F.id)
    return _facts(c.execute(query.order_by(*order).limit(limit).offset(offset)), kinds)


def heads(c: Connection, wanted: Wanted) -> list[tuple[int, str]]:
    """Number and JSON of every fact of a kind, for those who choose by a field of it."""
    return [(int(n), str(text)) for n, text in c.execute(_about(select(F.n, F.json), wanted).where(F.kind == wanted.kind).order_by(F.n))]


def facts_numbered(c: Connection, kinds: Mapping[str, type[Fact]], numbers: Sequence[int]) -> list[Fact]:
    """The facts of these numbers, in their order."""
    rows = {int(r.n): r for r in c.execute(select(F.n, F.kind, F.json).where(F.n.in_(numbers)))}
    return _facts([rows[n] for n in numbers if n in rows], kinds)


def facts_resting_on(c: Connection, kinds: Mapping[str, type[Fact]], claims: Sequence[str], limit: int) -> list[Fact]:
    """The facts of some kinds that rest on any of the claims, the latest first."""
    query = select(F.kind, F.json).where(F.n.in_(select(FC.fact).where(FC.claim.in_(claims))), F.kind.in_(kinds))
    return _facts(c.execute(query.order_by(F.last.is_(None), F.last.desc(), F.id).limit(limit)), kinds)


def holding(c: Connection, kinds: Mapping[str, type[Fact]], kind: str, words: str) -> list[Fact]:
    """The facts of a kind whose stored form holds some words; for kinds of which there are few."""
    return _facts(c.execute(select(F.kind, F.json).where(F.kind == kind, F.json.contains(words, autoescape=True)).order_by(F.n)), kinds)


def places_of(c: Connection, fact: str) -> list[tuple[str, str]]:
    """Room and block of a fact."""
    return [(r.room, r.block) for r in c.execute(select(F.room, F.block).where(F.id == fact))]


def claims_about(c: Connection, wanted: Wanted, limit: int, offset: int = 0) -> list[ClaimRow]:
    """The claims of a kind with their documents, the latest first."""
    query = _claims_about(select(K.n, K.json, K.document), wanted).where(K.kind == wanted.kind)
    order = (K.last.is_(None), K.last.desc(), K.first.desc(), K.id)
    return reading.with_documents(c, c.execute(query.order_by(*order).limit(limit).offset(offset)).all())


def claims_of_person(c: Connection, person: str, kind: str | None, limit: int, known: str | None = None) -> list[ClaimRow]:
    """The claims that name somebody, by id or words of the name, the latest first."""
    f = Filter(kinds=(kind,) if kind else (), person=person, superseded=False, copies=False)
    query = select(K.n, K.json, K.document).join_from(schema.claims, schema.documents, K.document == D.n)
    query = query.where(*reading.claim_conditions(f))
    query = query.where(_by(known)) if known else query
    return reading.with_documents(c, c.execute(query.order_by(K.last.is_(None), K.last.desc(), K.id).limit(limit)).all())


def _about(query: Select[Any], wanted: Wanted) -> Select[Any]:
    """Facts that involve all the states: the first drives, the others are looked up."""
    query = query.select_from(schema.facts)
    for state in wanted.states:
        held = schema.fact_states.alias()
        query = query.join(held, and_(held.c.fact == F.n, held.c.state == state))
    if wanted.since:
        query = query.where(F.last >= codec.bound(wanted.since, last=False))
    if wanted.until:
        query = query.where(or_(F.first <= codec.bound(wanted.until, last=True), F.first.is_(None)))
    return query.where(_fact_known(wanted.known)) if wanted.known else query


def _claims_about(query: Select[Any], wanted: Wanted) -> Select[Any]:
    query = query.select_from(schema.claims).where(*COUNTS)
    for state in wanted.states:
        held = schema.claim_states.alias()
        query = query.join(held, and_(held.c.claim == K.n, held.c.state == state))
    if wanted.since:
        query = query.where(K.last >= codec.bound(wanted.since, last=False))
    if wanted.until:
        query = query.where(or_(K.first <= codec.bound(wanted.until, last=True), K.first.is_(None)))
    return _claim_known(query, wanted.known)


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
