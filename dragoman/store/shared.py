"""What pairs of states share: how much of each kind, and the latest of it, without a look at what only one of the two has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, case, func, or_, select

from dragoman.model.overview import PAIRED, PairCount, Wanted
from dragoman.store import codec, database, pairs, schema

M = schema.pair_months.c
_YEAR = func.substr(M.month, 1, 4)
Day = str | None


def _last(table: Any, kind: str) -> database.Prepared:
    T = table.c
    query = select(T.last).where(T.one == bindparam("a"), T.other == bindparam("b"), T.kind == kind, T.last <= bindparam("by"),
                                 T.last == T.first)
    return database.Prepared(query.order_by(T.last.desc()).limit(1))


_YEARS = database.Prepared(select(_YEAR.label("year"), func.sum(M.many).label("many")).where(
    M.one == bindparam("a"), M.other == bindparam("b"), or_(M.kind == "contact", M.kind == "event"), M.month >= "0001")
    .group_by(_YEAR).order_by(_YEAR))
_LAST = _last(schema.fact_pairs, "contact"), _last(schema.claim_pairs, "statement")


# ---------------------------------------------------------------- all pairs


def counts(c: Connection, since: Day, until: Day, known: Day) -> list[PairCount]:
    """Each pair of states with how much it shares of each kind; of what begins in the months asked for and was known by a day."""
    if known is None:
        query = _by_kind(schema.pair_months, M.many, _in_months(M.month, since, until))
        return [PairCount(row[0], row[1], tuple(row[2:])) for row in c.execute(query).all()]
    found: dict[tuple[str, str], list[int]] = {}
    for table in (schema.fact_pairs, schema.claim_pairs):
        T = table.c
        conditions = [*_in_months(T.first, since, until and f"{until}-99"), T.known <= codec.bound(known, last=True)]
        for one, other, *many in c.execute(_by_kind(table, 1, conditions)).all():
            found[one, other] = [a + b for a, b in zip(found.get((one, other), [0] * len(PAIRED)), many, strict=True)]
    return [PairCount(one, other, tuple(many)) for (one, other), many in found.items()]


def _by_kind(table: Any, many: Any, conditions: Iterable[ColumnElement[bool]]) -> Select[Any]:
    columns = [func.sum(case((table.c.kind == kind, many), else_=0)) for kind in PAIRED]
    return select(table.c.one, table.c.other, *columns).where(table.c.kind.in_(PAIRED), *conditions).group_by(table.c.one, table.c.other)


def _in_months(month: Any, since: Day, until: Day) -> list[ColumnElement[bool]]:
    """Rows of a period; those without a date are in none."""
    return ([month > ""] if since or until else []) + ([month >= since] if since else []) + ([month <= until] if until else [])


def years(c: Connection) -> list[str]:
    """The years in which there is any contact or event."""
    return sorted(c.execute(select(_YEAR).where(M.kind.in_(("contact", "event")), M.month >= "0001").distinct()).scalars())


def years_of(c: Connection, some: Sequence[tuple[str, str]]) -> dict[tuple[str, str], dict[str, int]]:
    """How many contacts and events some pairs have by year."""
    return {(one, other): {r.year: int(r.many) for r in _YEARS.all(c, {"a": one, "b": other})} for one, other in some}


def last_seen(c: Connection, some: Sequence[tuple[str, str]], by: str) -> dict[tuple[str, str], str]:
    """The last day, no later than another, of a contact or statement of each of some pairs that is known to the day; "" for none."""
    return {(one, other): max(query.value(c, {"a": one, "b": other, "by": by}) or "" for query in _LAST) for one, other in some}


# ---------------------------------------------------------------- one pair


def kinds_counted(c: Connection, wanted: Wanted) -> dict[str, int]:
    """How much of each kind two states share."""
    found: dict[str, int] = {}
    for table in (schema.fact_pairs, schema.claim_pairs):
        query = select(table.c.kind, func.count()).where(*_of(table, wanted)).group_by(table.c.kind)
        found |= {kind: many for kind, many in c.execute(query)}
    return found


def numbers(c: Connection, wanted: Wanted, limit: int, offset: int = 0) -> list[int]:
    """Numbers of facts or claims of one kind that two states share, the latest first."""
    table, key = (schema.claim_pairs, "claim") if wanted.kind in pairs.CLAIMS else (schema.fact_pairs, "fact")
    T = table.c
    query = select(T[key]).where(T.kind == wanted.kind, *_of(table, wanted)).order_by(T.last.desc(), T.first.desc(), T[key].desc())
    return list(c.execute(query.limit(limit).offset(offset)).scalars())


def _of(table: Any, wanted: Wanted) -> list[ColumnElement[bool]]:
    """What two states share, in a time, as known by a day; what has no date is left out where a beginning is asked for."""
    T = table.c
    one, other = sorted(wanted.states)
    since, until = codec.bound(wanted.since, last=False), codec.bound(wanted.until, last=True)
    return ([T.one == one, T.other == other] + ([T.last >= since] if since else [])
            + ([or_(T.first == "", T.first <= until)] if until else [])
            + ([T.known <= codec.bound(wanted.known, last=True)] if wanted.known else []))
