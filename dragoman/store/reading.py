"""Questions to the record, with their filters; every answer has one fixed order."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, false, func, or_, select

from dragoman.model.stored import ClaimRow, DocumentRow
from dragoman.store import codec, schema
from dragoman.store.fold import folded, words

Day = str | dt.date | None
D, P, K = schema.documents.c, schema.places.c, schema.claims.c
_OTHER = schema.documents.alias("other").c
CHUNK = 500  # values in one list of a statement


@dataclass(frozen=True, slots=True)
class Filter:
    """What claims or documents to give; an empty filter gives all."""

    kinds: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    any_state: tuple[str, ...] = ()
    person: str | None = None
    since: Day = None
    until: Day = None
    outlet: str | None = None
    language: str | None = None
    documents: tuple[str, ...] | None = None
    min_confidence: float = 0.0
    modality: str | None = None
    superseded: bool = True
    copies: bool = True

    @property
    def of_texts(self) -> bool:
        """Whether a whole document can fulfil it."""
        return not (self.kinds or self.person or self.modality or self.min_confidence > 0)


# a database left to itself puts rows without a value first or last as it likes
ORDERS: dict[str, tuple[Any, ...]] = {
    "date": (K.first.is_(None), K.first, K.last.nulls_first(), D.first.nulls_first(), D.id, K.start, K.end, K.kind, K.id),
    "latest": (K.last.is_(None), K.last.desc(), K.first.desc().nulls_last(), D.first.nulls_first(), D.id, K.start, K.end, K.kind, K.id),
    "place": (D.first.nulls_first(), D.id, K.start, K.end, K.kind, K.id),
    "confidence": (K.confidence.desc(), D.id, K.start, K.end, K.kind, K.id),
}


def document_conditions(f: Filter) -> list[ColumnElement[bool]]:
    """The part of a filter that looks at the document."""
    out: list[ColumnElement[bool]] = []
    if f.outlet:
        out.append(D.outlet_folded.contains(folded(f.outlet), autoescape=True))
    if f.language:
        out.append((D.language == f.language) | D.language.startswith(f.language + "-", autoescape=True))
    if f.documents is not None:
        out.append(D.id.in_(f.documents))
    # both are few and indexed, while a look at each document would read past its text
    if not f.superseded:
        out.append(D.n.not_in(select(_OTHER.n).where(_OTHER.superseded_by.is_not(None))))
    if not f.copies:
        out.append(D.n.not_in(select(_OTHER.n).where(_OTHER.copy_of.is_not(None))))
    return out


def claim_conditions(f: Filter) -> list[ColumnElement[bool]]:
    """The whole filter, for claims joined with their documents."""
    S = schema.claim_states.c
    out = document_conditions(f) + _between(K.first, K.last, f)
    if f.kinds:
        out.append(K.kind.in_(f.kinds))
    out += [K.n.in_(select(S.claim).where(S.state == state)) for state in f.states]
    if f.any_state:
        out.append(K.n.in_(select(S.claim).where(S.state.in_(f.any_state))))
    if f.person is not None:
        out.append(K.n.in_(naming(f.person)))
    if f.min_confidence > 0:
        out.append(K.confidence >= f.min_confidence)
    if f.modality:
        out.append(K.modality == f.modality)
    return out


def _between(first: Any, last: Any, f: Filter) -> list[ColumnElement[bool]]:
    """What overlaps the time asked for; what has no date is left out."""
    since, until = codec.bound(f.since, last=False), codec.bound(f.until, last=True)
    return ([last >= since] if since else []) + ([first <= until] if until else [])


def naming(person: str) -> Select[Any]:
    """Numbers of the claims one of whose persons has all these words in the name, or this id."""
    wanted = [person] if person.startswith(("person:", "org:")) else words(person)
    if not wanted:
        return select(K.n).where(false())
    first, *others = [schema.claim_persons.alias() for _ in wanted]
    query = select(first.c.claim).where(first.c.word == wanted[0])
    for word, other in zip(wanted[1:], others, strict=True):
        query = query.where(other.c.claim == first.c.claim, other.c.person == first.c.person, other.c.word == word)
    return query


def text_conditions(f: Filter) -> list[ColumnElement[bool]]:
    """The whole filter, for documents."""
    S = schema.document_states.c
    conditions = document_conditions(f) + _between(D.first, D.last, f)
    return conditions + [D.n.in_(select(S.document).where(S.state == state)) for state in f.states]


def documents(c: Connection, f: Filter) -> list[DocumentRow]:
    """The documents of a filter by date of publication, undated ones last."""
    found = dict(_document_rows(c, text_conditions(f)))
    return sorted(found.values(), key=lambda d: (codec.days(d.published)[0] or "9999", d.file, d.version, d.id))


def documents_of(c: Connection, numbers: Iterable[int]) -> dict[int, DocumentRow]:
    """The rows of documents by number."""
    wanted = sorted(set(numbers))
    found: dict[int, DocumentRow] = {}
    for k in range(0, len(wanted), CHUNK):
        found.update(_document_rows(c, [D.n.in_(wanted[k : k + CHUNK])]))
    return found


def _document_rows(c: Connection, conditions: list[ColumnElement[bool]]) -> Iterator[tuple[int, DocumentRow]]:
    rows = c.execute(_row().where(*conditions)).all()
    held = select(D.n).where(*conditions)
    places: dict[int, list[codec.Stored]] = defaultdict(list)
    for place in c.execute(_places().where(P.document.in_(held))):
        places[place.document].append(place)
    for row in rows:
        yield row.n, codec.document_row(row, standing(places[row.n], row.home))


@cache
def _row() -> Select[Any]:
    """What a document's row is made of, but for its places; made once, since making it costs more than running it."""
    original, successor = schema.documents.alias(), schema.documents.alias()
    columns: list[Any] = [column for column in schema.documents.c if column.name not in ("text", "signature", "zones", "metadata")]
    base = schema.documents.outerjoin(original, D.copy_of == original.c.n).outerjoin(successor, D.superseded_by == successor.c.n)
    return select(*columns, original.c.id.label("original"), successor.c.id.label("successor")).select_from(base)


def _places() -> Any:
    return select(schema.places).order_by(P.n)


def standing(places: Sequence[codec.Stored], home: str) -> list[codec.Stored]:
    """The places where a text stands now, or stood last, its home first."""
    now = [p for p in places if p.current] or list(places)
    last = {p.key: p for p in now}  # of a text that came back to a place, the later time
    return sorted(last.values(), key=lambda p: (p.key != home, p.n))


def claim_rows(c: Connection, f: Filter, order: str = "date") -> list[ClaimRow]:
    """The claims of a filter."""
    query = select(K.json, K.document).join_from(schema.claims, schema.documents, K.document == D.n).where(*claim_conditions(f))
    return with_documents(c, c.execute(query.order_by(*ORDERS[order])).all())


def claims_of(c: Connection, numbers: Sequence[int]) -> dict[int, ClaimRow]:
    """Claims by number."""
    rows = c.execute(select(K.n, K.json, K.document).where(K.n.in_(numbers))).all()
    return dict(zip([r.n for r in rows], with_documents(c, rows), strict=True))


def claims_with(c: Connection, ids: Sequence[str]) -> list[ClaimRow]:
    """Claims by id."""
    found: list[codec.Stored] = []
    for k in range(0, len(ids), CHUNK):
        found += c.execute(select(K.json, K.document).where(K.id.in_(ids[k : k + CHUNK])).order_by(K.id)).all()
    return with_documents(c, found)


def claims_by_id(c: Connection, beginning: str, limit: int = 3) -> list[ClaimRow]:
    """The claims whose id begins so; the one with exactly this id alone."""
    rows = c.execute(select(K.json, K.document).where(K.id == beginning)).all()
    if not rows:
        rows = c.execute(select(K.json, K.document).where(begins(K.id, beginning)).order_by(K.id).limit(limit)).all()
    return with_documents(c, rows)


def begins(column: Any, beginning: str) -> ColumnElement[bool]:
    """Whether an id begins so; as a range, for LIKE would read the whole index."""
    return and_(column >= beginning, column < beginning + "\U0010ffff")


def claims_covering(c: Connection, document: int, start: int, end: int) -> list[int]:
    """Numbers of the claims whose first evidence covers a stretch, the surest first."""
    query = select(K.n).where(K.document == document, K.start <= start, K.end >= end)
    return list(c.execute(query.order_by(K.confidence.desc(), K.n)).scalars())


def claims_in_place(c: Connection, document: str, start: int, end: int, most: int) -> list[ClaimRow]:
    """Claims of a document whose words begin within a stretch, in order of place."""
    held = select(D.n).where(D.id == document).scalar_subquery()
    query = select(K.json, K.document).where(K.document == held, K.start >= start, K.start < end)
    return with_documents(c, c.execute(query.order_by(K.start, K.end, K.kind, K.id).limit(most)).all())


def copies_of(c: Connection, document: str, most: int = 20) -> list[DocumentRow]:
    """Some edited copies of a document."""
    held = select(D.n).where(D.id == document).scalar_subquery()
    return list(documents_of(c, c.execute(select(D.n).where(D.copy_of == held).limit(most)).scalars()).values())


def with_documents(c: Connection, rows: Sequence[codec.Stored]) -> list[ClaimRow]:
    held = documents_of(c, (row.document for row in rows))
    return [codec.claim_row(row.json, held[row.document]) for row in rows]


def find_documents(c: Connection, name: str, older: bool = False) -> list[str]:
    """Ids of the documents of this id, beginning of an id, file name or path; older versions where none stands now, or all of them."""
    if c.execute(select(D.n).where(D.id == name)).first():
        return [name]
    same = or_(P.file == name, P.path == name, P.key == name)
    for condition in (same,) if older else (and_(same, P.current), same):
        query = select(D.id).join_from(schema.documents, schema.places, P.document == D.n).where(condition).order_by(P.n)
        if ids := list(dict.fromkeys(c.execute(query).scalars())):
            return ids
    if name.startswith("doc:") and len(name) > 4:
        return list(c.execute(select(D.id).where(begins(D.id, name)).order_by(D.id)).scalars())
    return []


def whole(c: Connection, document_id: str) -> tuple[codec.Stored, list[codec.Stored]]:
    """A document with its text, and the places where it stands."""
    row = c.execute(select(schema.documents).where(D.id == document_id)).one()
    return row, standing(c.execute(_places().where(P.document == row.n)).all(), row.home)


def versions(c: Connection, name: str) -> list[list[codec.Stored]]:
    """The texts that stood under a file name, path or document id; one list a place, oldest first."""
    keys = select(P.key).where(or_(P.file == name, P.path == name, P.key == name, P.document.in_(select(D.n).where(D.id == name))))
    query = select(P.key, P.version, P.read_at, D.id, D.text).join_from(schema.places, schema.documents, P.document == D.n)
    grouped: dict[str, list[codec.Stored]] = defaultdict(list)
    for row in c.execute(query.where(P.key.in_(keys)).order_by(P.key, P.version)):
        grouped[row.key].append(row)
    return list(grouped.values())


def count(c: Connection, table: Any) -> int:
    """How many rows a table has."""
    return int(c.execute(select(func.count()).select_from(table)).scalar() or 0)
