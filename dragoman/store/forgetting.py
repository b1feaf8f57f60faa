"""What is taken out of a record for good: a document, or a person's mentions; a tombstone says that it was done, by whom and why."""

from __future__ import annotations

import json
import uuid
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, tuple_, update

from dragoman.model.stored import RecordError
from dragoman.store import codec, copies, database, schema
from dragoman.store.copies import Alike
from dragoman.store.searching import SOLID, Piece, marks, plain, words_of

D, P, K, B, F = schema.documents.c, schema.places.c, schema.claims.c, schema.blocks.c, schema.facts.c
T, G = schema.tombstones.c, schema.forgotten.c
INK = "█"  # over each character of a mention, so that nothing else moves
# where words of documents stand beside their texts, claims and facts
BESIDE: tuple[tuple[Table, tuple[str, ...]], ...] = (
    (schema.documents, ("title", "outlet", "outlet_folded", "author", "place", "published_evidence", "alternatives", "url", "metadata")),
    (schema.places, ("file", "path", "url", "outlet", "metadata")),
    (schema.inputs, ("not_read",)), (schema.problems, ("message", "at", "excerpt")), (schema.runs, ("summary",)),
    (schema.judgements, ("subjects", "why", "value")), (schema.settings, ("value",)),
)
Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Tombstone:
    """That something was taken out: `document` or `person`, by whom, when (ISO 8601, UTC), why, and of how many texts and claims."""

    id: str
    kind: str
    by: str
    at: str
    why: str
    texts: int
    claims: int


def tombstones(c: Connection) -> list[Tombstone]:
    """All of them, in order."""
    return [Tombstone(r.id, r.kind, r.by, r.at, r.why, r.texts, r.claims) for r in c.execute(select(schema.tombstones).order_by(T.n))]


def keys(c: Connection) -> dict[str, tuple[str, Spans | None]]:
    """What is not to come in again, by id of a text or hash of bytes: its tombstone, and the stretches where only these went."""
    rows = c.execute(select(schema.forgotten).order_by(G.key))
    return {r.key: (r.tombstone, [(s, e) for s, e in json.loads(r.spans)] if r.spans else None) for r in rows}


def document(c: Connection, number: int, by: str, why: str, at: str, alike: Alike) -> Tombstone:
    """Take out a document with every version of it; a version that stands elsewhere today stays."""
    numbers = _versions(c, number)
    stone = Tombstone(f"tombstone:{uuid.uuid4().hex[:20]}", "document", by, at, why, len(numbers), _claims_in(c, numbers))
    _set(c, stone)
    _remove(c, numbers, stone.id, alike)
    return stone


def person(c: Connection, name: str, by: str, why: str, at: str) -> Tombstone:
    """Black out a person's name in every text that has it, and take out the claims about those words and the bytes behind the texts.

    Raises:
      RecordError: no text has the name.
    """
    found = database.of(c).search(c, schema.documents, f'"{name}"', [], 1_000_000)
    if not found:
        raise RecordError(f"No document is called {name!r}, and no text names such a person. Give an id, a file name or a whole name.")
    stone = Tombstone(f"tombstone:{uuid.uuid4().hex[:20]}", "person", by, at, why, len(found), 0)
    _set(c, stone)
    gone = sum(_black_out(c, match.n, mentions(match.text, name), stone.id) for match in sorted(found))
    _beside(c, [name])
    c.execute(update(schema.tombstones).where(T.id == stone.id).values(claims=gone))
    return Tombstone(stone.id, stone.kind, by, at, why, stone.texts, gone)


def again(c: Connection, stones: Iterable[Tombstone], held: dict[str, tuple[str, Spans | None]], alike: Alike) -> None:
    """Take out of a record that was brought back what had been taken out since."""
    for stone in stones:
        if c.execute(select(T.n).where(T.id == stone.id)).first() is None:
            _set(c, stone)
    known, names = keys(c), set()
    for key, (stone_id, spans) in held.items():
        if key in known:
            continue
        n = c.execute(select(D.n).where(D.id == key)).scalar()
        if n is not None and spans is None:
            _remove(c, [n], stone_id, alike)
        elif n is not None and spans:
            text = c.execute(select(D.text).where(D.n == n)).scalar_one()
            names |= {text[s:e] for s, e in spans if " " in text[s:e].strip()}
            _black_out(c, n, spans, stone_id)
        _note(c, key, stone_id, spans)
    _beside(c, sorted(names))


def mentions(text: str, name: str) -> Spans:
    """Where a text has a name; and the surname alone, as texts name people whom they have named in full."""
    if SOLID.search(name):
        return [(at, at + len(name)) for at in _places(text, name)]
    surname = name.split()[-1]
    parts = dict.fromkeys([surname, *(text for text, _, _ in words_of(surname) if len(text) > 2)])
    whole, *alone = marks(text, [Piece(words, False) for words in (name, *parts)])
    found = {*whole, *((s, e) for places in alone for s, e in places if text[s].isupper())} if whole else set()
    return sorted(a for a in found if not any(b != a and b[0] <= a[0] and a[1] <= b[1] for b in found))


def _places(text: str, word: str) -> list[int]:
    found, at = [], text.find(word)
    while at >= 0:
        found.append(at)
        at = text.find(word, at + len(word))
    return found


def blacked_out(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with ink over the stretches, each character where it was."""
    for start, end in spans:
        text = text[:start] + INK * (end - start) + text[end:]
    return text


# ---------------------------------------------------------------- helpers


def _set(c: Connection, stone: Tombstone) -> None:
    c.execute(insert(schema.tombstones).values(id=stone.id, kind=stone.kind, by=stone.by, at=stone.at, why=stone.why, texts=stone.texts,
                                               claims=stone.claims))


def _note(c: Connection, key: str, stone: str, spans: Spans | None = None) -> None:
    row = {"key": key, "tombstone": stone, "spans": codec.dump(spans) if spans else None}
    c.execute(database.insert_or_update(c.dialect, schema.forgotten), row)


def _versions(c: Connection, number: int) -> list[int]:
    """The texts that stood where this one stood, and those that they replaced."""
    found, new = {number}, {number}
    while new:
        at = select(P.key).where(P.document.in_(new))
        same = set(c.execute(select(P.document).where(P.key.in_(at)).distinct()).scalars())
        same |= set(c.execute(select(D.n).where(D.superseded_by.in_(new))).scalars())
        elsewhere = set(c.execute(select(P.document).where(P.document.in_(same), P.current, P.key.not_in(at))).scalars())
        new = same - elsewhere - found
        found |= new
    return sorted(found)


def _claims_in(c: Connection, numbers: Sequence[int]) -> int:
    return int(c.execute(select(func.count()).select_from(schema.claims).where(K.document.in_(numbers))).scalar() or 0)


def _remove(c: Connection, numbers: Sequence[int], stone: str, alike: Alike) -> None:
    ids = list(c.execute(select(D.id).where(D.n.in_(numbers))).scalars())
    rows = c.execute(select(P.key, P.sha256, P.path).where(P.document.in_(numbers))).all()
    at = {r.key for r in rows} | {r.key.partition("\n")[0] for r in rows}
    _unsay(c, list(c.execute(select(K.id).where(K.document.in_(numbers))).scalars()))
    for table, column in ((schema.document_states, "document"), (schema.buckets, "document"), (schema.places, "document")):
        c.execute(delete(table).where(table.c[column].in_(numbers)))
    for n in numbers:
        copies.relink(c, n, alike)
    c.execute(delete(schema.inputs).where(schema.inputs.c.key.in_(at)))
    c.execute(delete(schema.problems).where(schema.problems.c.input.in_(at)))
    _runs_without(c, {r.path for r in rows})
    for name in sorted({r.sha256 for r in rows} - set(c.execute(select(P.sha256).where(P.sha256.in_({r.sha256 for r in rows}))).scalars())):
        c.execute(delete(schema.raw).where(schema.raw.c.sha256 == name))
        _note(c, f"sha256:{name}", stone)
    c.execute(update(schema.documents).where(D.n.in_(numbers)).values(superseded_by=None, copy_of=None))
    c.execute(delete(schema.stale_documents).where(schema.stale_documents.c.document.in_(numbers)))
    c.execute(delete(schema.documents).where(D.n.in_(numbers)))
    for key in ids:
        _note(c, key, stone)


def _black_out(c: Connection, n: int, spans: Spans, stone: str) -> int:
    """Black out stretches of a text, and give how many claims went with them."""
    row = c.execute(select(D.id, D.text).where(D.n == n)).one()
    claims = c.execute(select(K.id, K.json).where(K.document == n)).all()
    gone = [r.id for r in claims if any(_overlaps(e, spans) for e in json.loads(r.json)["evidence"])]
    _unsay(c, gone)
    values = {"text": blacked_out(row.text, spans), "claims": len(claims) - len(gone)}
    c.execute(update(schema.documents).where(D.n == n).values(**values))
    for name in c.execute(select(P.sha256).where(P.document == n).distinct()).scalars().all():
        c.execute(update(schema.raw).where(schema.raw.c.sha256 == name).values(data=zlib.compress(b""), size=0))
        _note(c, f"sha256:{name}", stone)
    at = {part for key in c.execute(select(P.key).where(P.document == n)).scalars() for part in (key, key.partition("\n")[0])}
    c.execute(delete(schema.inputs).where(schema.inputs.c.key.in_(at)))  # so that reading it again tells why it is not taken in
    _note(c, row.id, stone, spans)
    return len(gone)


def _overlaps(evidence: dict[str, Any], spans: Spans) -> bool:
    return any(s < evidence["end"] and evidence["start"] < e for s, e in spans)


def _unsay(c: Connection, claims: Sequence[str]) -> None:
    """Take out claims, the facts that may rest on them, and what judgements repeat of them."""
    for k in range(0, len(claims), 500):
        some = claims[k : k + 500]
        blocks = [(r.room, r.block) for r in c.execute(select(B.room, B.block).where(B.claim.in_(some)).distinct())]
        if blocks:
            c.execute(database.insert_new(c.dialect, schema.stale_blocks), [{"room": room, "block": block} for room, block in blocks])
            for part in (blocks[j : j + 200] for j in range(0, len(blocks), 200)):
                c.execute(delete(schema.facts).where(tuple_(F.room, F.block).in_(part)))
        c.execute(delete(schema.blocks).where(B.claim.in_(some)))
        c.execute(delete(schema.claims).where(K.id.in_(some)))
    gone = set(claims)
    for row in c.execute(select(schema.judgements.c.n, schema.judgements.c.subjects)).all():
        if gone.intersection(json.loads(row.subjects)):
            c.execute(update(schema.judgements).where(schema.judgements.c.n == row.n).values(why=None, value=None))


def _runs_without(c: Connection, paths: set[str]) -> None:
    """Take what runs told of inputs out of their summaries."""
    R = schema.runs.c
    for row in c.execute(select(R.n, R.summary).where(R.summary.is_not(None))).all():
        summary = json.loads(row.summary)
        told = summary.get("problems", [])
        kept = [p for p in told if not any(str(p.get("at", "")).startswith(path) for path in paths)]
        if len(kept) < len(told):
            c.execute(update(schema.runs).where(R.n == row.n).values(summary=codec.dump(summary | {"problems": kept})))


def _beside(c: Connection, names: Sequence[str]) -> None:
    """Black out names in what stands beside the texts: titles, file names, problems, judgements."""
    if not names:
        return
    for table, columns in BESIDE:
        key = list(table.primary_key.columns)
        for row in c.execute(select(*key, *[table.c[name] for name in columns])).all():
            changed = {name: new for name in columns if (old := getattr(row, name)) and (new := _without(old, names)) != old}
            if changed:
                c.execute(update(table).where(*[k == getattr(row, k.name) for k in key]).values(**changed))


_plain: Callable[[str], str] = plain.__wrapped__  # of whole columns, which are not worth keeping


def _without(words: str, names: Sequence[str]) -> str:
    for name in names:
        if SOLID.search(name):
            words = blacked_out(words, [(at, at + len(name)) for at in _places(words, name)])
        elif words_of(name)[-1][0] in _plain(words):
            words = blacked_out(words, marks(words, [Piece(name, False)])[0])
    return words
