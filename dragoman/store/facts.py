"""What follows from the claims, and what people decided: facts a block at a time, and the marks of what must be resolved anew."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, cast

import msgspec
from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from dragoman.model.claims import Claim
from dragoman.model.facts import Fact, Judgement
from dragoman.store import codec, database, pairs, reading, schema
from dragoman.store.reading import Filter

D, K, F = schema.documents.c, schema.claims.c, schema.facts.c
B, SB, SD = schema.blocks.c, schema.stale_blocks.c, schema.stale_documents.c
COUNTED = (D.superseded_by.is_(None), D.copy_of.is_(None))
Block = tuple[str, str]
Held = dict[str, tuple[Claim, str]]  # claims by id, with what is another as soon as the claim is
_IN_BLOCK = database.Prepared(
    select(K.id, K.kind, K.json, K.document).join_from(schema.blocks, schema.claims, B.claim == K.id)
    .where(B.room == bindparam("room"), B.block == bindparam("block")).order_by(B.claim))
_PARTS = database.Prepared(select(F.n, F.part, F.print).where(F.room == bindparam("room"), F.block == bindparam("block")))
_MOVE = database.Prepared(update(schema.facts).where(F.n == bindparam("this")).values(part=bindparam("to")))
_LAST = database.Prepared(select(func.max(F.n)))
_SETTING = database.Prepared(select(schema.settings.c.value).where(schema.settings.c.name == bindparam("this")))


# ---------------------------------------------------------------- what is stale


def stale_documents(c: Connection, limit: int) -> list[int]:
    """Numbers of documents whose claims came, went, or begin or cease to count."""
    return list(c.execute(select(SD.document).order_by(SD.document).limit(limit)).scalars())


def stale_blocks(c: Connection, limit: int) -> list[Block]:
    """Blocks whose facts must be made anew."""
    return [(r.room, r.block) for r in c.execute(select(SB.room, SB.block).order_by(SB.room, SB.block).limit(limit))]


def left(c: Connection) -> int:
    """How much there is to do: documents, and blocks."""
    return reading.count(c, schema.stale_documents) + reading.count(c, schema.stale_blocks)


def spoil(c: Connection, documents: Iterable[int]) -> None:
    """Have documents resolved anew."""
    if rows := [{"document": n} for n in sorted(set(documents))]:
        c.execute(database.insert_new(c.dialect, schema.stale_documents), rows)


def spoil_all(c: Connection) -> None:
    """Have every document resolved anew, and every fact made anew."""
    every = select(D.n).where(D.n > 0)  # SQLite needs the WHERE
    c.execute(database.insert_new(c.dialect, schema.stale_documents).from_select(["document"], every))
    c.execute(update(schema.facts).values(part=None, print=None))


def setting(c: Connection, name: str) -> str | None:
    """A setting of the record."""
    found: str | None = _SETTING.value(c, {"this": name})
    return found


def set_setting(c: Connection, name: str, value: str) -> None:
    """Keep a setting of the record."""
    c.execute(database.insert_or_update(c.dialect, schema.settings), {"name": name, "value": value})


# ---------------------------------------------------------------- claims of documents and blocks


def claims_of(c: Connection, documents: Sequence[int]) -> dict[int, list[Claim]]:
    """The claims of those of the documents that count: not superseded, no copies."""
    query = select(K.document, K.kind, K.json).join_from(schema.claims, schema.documents, K.document == D.n)
    found: dict[int, list[Claim]] = {}
    for row in c.execute(query.where(D.n.in_(documents), *COUNTED).order_by(K.document, K.id)):
        found.setdefault(row.document, []).append(codec.claim(row.kind, row.json))
    return found


def claims_in(c: Connection, room: str, block: str, held: Held | None = None) -> list[tuple[Claim, int]]:
    """The claims of a block, each with its document's number.

    held  claims by id that were made from their rows already: one is in several blocks, and made anew where its row says another thing
    """
    made: Held = {} if held is None else held
    found = []
    for claim, kind, text, document in _IN_BLOCK.run(c, {"room": room, "block": block}).fetchall():
        told = _print(text)
        if claim not in made or made[claim][1] != told:
            one = codec.claim(kind, text)
            one.__dict__["id"] = claim  # it need not be made of the words once more
            made[claim] = one, told
        found.append((made[claim][0], document))
    return found


def _print(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()


def blocks_with(c: Connection, f: Filter, rooms: Sequence[str]) -> list[Block]:
    """The blocks of some rooms that hold a claim of a filter."""
    held = select(K.id).join_from(schema.claims, schema.documents, K.document == D.n).where(*reading.claim_conditions(f))
    query = select(B.room, B.block).where(B.room.in_(rooms), B.claim.in_(held)).distinct()
    return sorted((r.room, r.block) for r in c.execute(query))


def blocks_after(c: Connection, day: str) -> set[Block]:
    """The blocks that hold a claim of a document that was not known yet on a day (EDTF)."""
    N = schema.counted_documents.c
    query = select(B.room, B.block).join_from(schema.blocks, schema.counted_documents, B.document == N.document)
    return {(r.room, r.block) for r in c.execute(query.where(N.known > (codec.bound(day, last=True) or "9999")).distinct())}


def first_read(c: Connection, documents: Iterable[int]) -> dict[int, str]:
    """When each document was read first (ISO 8601, UTC)."""
    P = schema.places.c
    wanted = sorted(set(documents))
    query = select(P.document, func.min(P.read_at).label("at")).where(P.document.in_(wanted)).group_by(P.document)
    return {r.document: r.at for r in c.execute(query)}


def assign(c: Connection, documents: Sequence[int], rows: Iterable[tuple[str, str, str, int]]) -> None:
    """Put the claims of documents into blocks (room, block, claim, document); the blocks of before and after become stale."""
    made = sorted(set(rows))
    before = c.execute(select(B.room, B.block).where(B.document.in_(documents)).distinct()).all()
    c.execute(delete(schema.blocks).where(B.document.in_(documents)))
    if made:
        database.insert_many(c, "blocks", ("room", "block", "claim", "document"), made)
    stale = {(r.room, r.block) for r in before} | {(room, block) for room, block, *_ in made}
    if stale:
        c.execute(database.insert_new(c.dialect, schema.stale_blocks), [{"room": room, "block": block} for room, block in sorted(stale)])
    c.execute(delete(schema.stale_documents).where(SD.document.in_(documents)))
    pairs.of_documents(c, documents)


def numbers(c: Connection, size: int) -> Iterator[list[int]]:
    """The numbers of all documents, so many at a time."""
    every = list(c.execute(select(D.n).order_by(D.n)).scalars())
    yield from (every[k : k + size] for k in range(0, len(every), size))


def assigned(c: Connection, documents: Sequence[int]) -> set[tuple[str, str, str]]:
    """Where the claims of documents are compared with others: room, block and claim."""
    return {(r.room, r.block, r.claim) for r in c.execute(select(B.room, B.block, B.claim).where(B.document.in_(documents)))}


def every(c: Connection) -> Iterator[tuple[str, str, str | None]]:
    """Each block with the stored form of its facts, one by one; None for a block that has none."""
    held = select(B.room, B.block).union(select(F.room, F.block)).subquery()
    query = select(held.c.room, held.c.block, F.json).select_from(
        held.outerjoin(schema.facts, (F.room == held.c.room) & (F.block == held.c.block))).order_by(held.c.room, held.c.block)
    with c.execute(query, execution_options={"yield_per": 500}) as rows:
        yield from ((r.room, r.block, r.json) for r in rows)


# ---------------------------------------------------------------- facts


def replace(c: Connection, room: str, block: str, parts: Mapping[str, Callable[[], Sequence[Fact]]], held: Held) -> None:
    """Let a block have the facts of these parts and no others; it is stale no more.

    The parts that are there are not made anew, and what is the same in one that is stays where it is.
    """
    known: dict[str | None, list[tuple[int, str | None]]] = {}
    for n, part, told in _PARTS.run(c, {"room": room, "block": block}).fetchall():
        known.setdefault(part, []).append((n, told))
    gone = {told or n: n for part, some in known.items() if part not in parts for n, told in some}
    above = n = int(_LAST.value(c, {}) or 0)
    rows, claims, states, moved, paired = [], [], [], [], False
    for part, made in parts.items():
        for fact in made() if part not in known else ():
            text = msgspec.json.encode(fact).decode()
            told = _print("\x1f".join((text, fact.id, *(held[i][1] for i in fact.claims))))
            if told in gone:
                moved.append((part, gone.pop(told)))
                continue
            n += 1
            first, last = _span(fact.days)
            rows.append((n, fact.id, room, block, fact.kind, first, last, text, part, told))
            claims += [(claim, n) for claim in dict.fromkeys(fact.claims)]
            states += [(state, n) for state in dict.fromkeys(fact.states)]
            paired = paired or (fact.kind in pairs.FACTS and len(fact.states) > 1)
    for part, there in moved:
        _MOVE.run(c, {"to": part, "this": there})
    left = list(gone.values())
    for k in range(0, len(left), 500):
        c.execute(delete(schema.facts).where(F.n.in_(left[k : k + 500])))
    if rows:
        database.insert_many(c, "facts", ("n", "id", "room", "block", "kind", "first", "last", "json", "part", "print"), rows)
        database.insert_many(c, "fact_claims", ("claim", "fact"), claims)
        database.insert_many(c, "fact_states", ("state", "fact"), states)
    if paired:
        pairs.of_facts(c, above)
    c.execute(delete(schema.stale_blocks).where(SB.room == room, SB.block == block))


def _span(dates: Iterable[str]) -> tuple[str | None, str | None]:
    spans = [codec.days(d) for d in dates]
    return min((f for f, _ in spans if f), default=None), max((last for _, last in spans if last), default=None)


def select_facts(c: Connection, kinds: Mapping[str, type[Fact]], f: Filter, order: str = "date") -> list[Fact]:
    """The facts of some kinds that involve all the states, meet the time, and rest on a claim that fulfils the rest of a filter."""
    query = select(F.kind, F.json).where(F.kind.in_(kinds))
    S, C = schema.fact_states.c, schema.fact_claims.c
    for state in f.states:
        query = query.where(F.n.in_(select(S.fact).where(S.state == state)))
    since, until = codec.bound(f.since, last=False), codec.bound(f.until, last=True)
    query = query.where(F.last >= since) if since else query
    query = query.where(F.first <= until) if until else query
    if f.person is not None or f.outlet or f.documents is not None or f.min_confidence > 0 or f.modality:
        rest = Filter(person=f.person, outlet=f.outlet, documents=f.documents, min_confidence=f.min_confidence, modality=f.modality)
        held = select(K.id).join_from(schema.claims, schema.documents, K.document == D.n).where(*reading.claim_conditions(rest))
        query = query.where(F.n.in_(select(C.fact).where(C.claim.in_(held))))
    earliest = (F.first.is_(None), F.first, F.last.nulls_first(), F.id)
    by: Any = (F.last.is_(None), F.last.desc(), F.first.desc().nulls_last(), F.id) if order == "latest" else earliest
    rows = c.execute(query.order_by(*by)).all()
    return list({fact.id: fact for fact in (decoded(r.json, kinds[r.kind]) for r in rows)}.values())


def stored_facts(c: Connection, kinds: Mapping[str, type[Fact]], f: Filter, but: Collection[Block]) -> list[Fact]:
    """The facts about all the states of a filter, or any of some, but for those of some blocks."""
    S = schema.fact_states.c
    query = select(F.room, F.block, F.kind, F.json).where(F.kind.in_(kinds))
    for state in f.states:
        query = query.where(F.n.in_(select(S.fact).where(S.state == state)))
    if f.any_state:
        query = query.where(F.n.in_(select(S.fact).where(S.state.in_(f.any_state))))
    rows = c.execute(query.order_by(F.room, F.block, F.n))
    return [decoded(r.json, kinds[r.kind]) for r in rows if (r.room, r.block) not in but]


def facts_by_id(c: Connection, kinds: Mapping[str, type[Fact]], beginning: str, limit: int = 3) -> list[Fact]:
    """The facts whose id begins so."""
    rows = c.execute(select(F.kind, F.json).where(reading.begins(F.id, beginning)).order_by(F.id).limit(limit)).all()
    return list({fact.id: fact for fact in (decoded(r.json, kinds[r.kind]) for r in rows)}.values())


def facts_on(c: Connection, kinds: Mapping[str, type[Fact]], claims: Sequence[str]) -> list[Fact]:
    """The facts that rest on any of the claims."""
    C = schema.fact_claims.c
    query = select(F.kind, F.json).where(F.n.in_(select(C.fact).where(C.claim.in_(claims))), F.kind.in_(kinds)).order_by(F.kind, F.id)
    return list({fact.id: fact for fact in (decoded(r.json, kinds[r.kind]) for r in c.execute(query))}.values())


@cache
def _decoder(kind: Any) -> Callable[[str], Fact]:
    return msgspec.json.Decoder(kind).decode


def decoded(column: str, kind: type[Fact]) -> Fact:
    """The fact of a stored column."""
    return _decoder(cast("Any", kind))(column)


# ---------------------------------------------------------------- judgements


def judgements(c: Connection) -> list[Judgement]:
    """Every line that people added, in order."""
    T = schema.judgements
    return [Judgement(r.id, r.verb, tuple(json.loads(r.subjects)), r.by, r.at, r.why, json.loads(r.value) if r.value else None, r.private)
            for r in c.execute(select(T).order_by(T.c.n))]


def judgements_counted(c: Connection) -> int:
    """How many lines people added: none is ever taken out."""
    return reading.count(c, schema.judgements)


def add_judgement(c: Connection, line: Judgement) -> bool:
    """Add a line; False where it is there already."""
    row: dict[str, Any] = {"id": line.id, "verb": line.verb, "subjects": codec.dump(line.subjects), "by": line.by, "at": line.at,
                           "why": line.why, "value": codec.dump(line.value) if line.value is not None else None, "private": line.private}
    if c.execute(select(schema.judgements.c.n).where(schema.judgements.c.id == line.id)).first():
        return False
    c.execute(insert(schema.judgements), row)
    return True


def documents_of_claims(c: Connection, claims: Sequence[str]) -> list[int]:
    """Numbers of the documents of claims."""
    return list(c.execute(select(K.document).where(K.id.in_(claims)).distinct()).scalars())


def documents_naming(c: Connection, person: str, state: str | None) -> list[int]:
    """Numbers of the documents with a claim that names somebody of these words, and the state."""
    f = Filter(person=person, states=(state,) if state else ())
    query = select(K.document).join_from(schema.claims, schema.documents, K.document == D.n).where(*reading.claim_conditions(f))
    return list(c.execute(query.distinct()).scalars())


def newest(c: Connection) -> dt.date | None:
    """The day of the newest document that counts: what bounds every "nothing is known"."""
    found: str | None = c.execute(select(func.max(D.last)).where(*COUNTED, D.last < codec.END)).scalar()
    return dt.date.fromisoformat(found) if found else None
