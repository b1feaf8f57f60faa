"""One document into the record, in one transaction that the caller opened."""

from __future__ import annotations

import json
import zlib
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from dragoman.model.documents import Raw
from dragoman.model.problems import Problem
from dragoman.store import codec, schema
from dragoman.store.copies import Alike, link, relink, remember
from dragoman.store.entries import Entry, InputDone, Outcome, State
from dragoman.store.fold import words

D, P = schema.documents.c, schema.places.c


def write(c: Connection, entry: Entry, alike: Alike) -> Outcome:
    """Store a document with its place, its claims, its problems; the same again changes nothing."""
    _keep_raw(c, entry.raw)
    row = c.execute(select(D.n, D.state, D.superseded_by).where(D.id == entry.document.id)).first()
    n = _document(c, entry, row)
    placed, gone = _place(c, entry, n)
    if entry.claims is not None:
        _replace_claims(c, entry, n)
    if row is None or row.superseded_by is not None or (row.state == State.FAILED and entry.claims is not None):
        link(c, n, alike)
    if gone is not None:
        relink(c, gone, alike)
    if entry.problems or entry.claims is not None:
        replace_problems(c, entry.key, entry.problems)
    if entry.done:
        finish_input(c, entry.done)
    copied = c.execute(select(D.copy_of).where(D.n == n)).scalar() is not None
    if placed == "changed":
        return Outcome("changed", copied)
    if row is None:
        return Outcome("new", copied)
    if placed == "new":
        return Outcome("place")
    return Outcome("reread" if entry.claims is not None else "unchanged")


def _keep_raw(c: Connection, raw: Raw) -> None:
    if c.execute(select(schema.raw.c.sha256).where(schema.raw.c.sha256 == raw.source.sha256)).first() is None:
        c.execute(insert(schema.raw).values(sha256=raw.source.sha256, size=len(raw.data), data=zlib.compress(raw.data, 6)))


def _document(c: Connection, entry: Entry, row: codec.Stored | None) -> int:
    """The number of the text; made where it is new, its metadata renewed where it is read again."""
    values = codec.document_columns(entry.document)
    values |= {"state": entry.state, "reader": entry.reader, "digest": entry.digest}
    if row is None:
        made = c.execute(insert(schema.documents).values(**values, claims=0, signature=entry.signature, home=entry.key))
        n = int((made.inserted_primary_key or (0,))[0])
        remember(c, n, entry.signature)
        return n
    if entry.claims is not None:
        stored = c.execute(select(D.title).where(D.n == row.n)).scalar()
        changes = {k: v for k, v in values.items() if k not in ("id", "text") and (k != "title" or v != stored)}
        c.execute(update(schema.documents).where(D.n == row.n).values(**changes))
    return int(row.n)


def _place(c: Connection, entry: Entry, n: int) -> tuple[str, int | None]:
    """Note where the text stands: `same`, `new` or `changed` (another text stood there), and the text that stands nowhere now."""
    source, document = entry.document.source, entry.document
    current = c.execute(select(P.n, P.document, P.version).where(P.key == entry.key, P.current)).first()
    if current is not None and current.document == n:
        return "same", None
    values = {"key": entry.key, "version": current.version + 1 if current else 1, "current": True, "document": n, "file": source.file,
              "path": source.path, "url": document.url, "outlet": document.outlet, "sha256": entry.raw.source.sha256, "size": source.size,
              "media": source.media, "read_at": source.read_at, "metadata": codec.dump(entry.raw.metadata)}
    if current is not None:
        c.execute(update(schema.places).where(P.n == current.n).values(current=False))
    c.execute(insert(schema.places).values(**values))
    c.execute(update(schema.documents).where(D.n == n, D.superseded_by.is_not(None)).values(superseded_by=None))  # an older text is back
    if current is None:
        return "new", None
    return "changed", int(current.document) if _superseded(c, int(current.document), n) else None


def _superseded(c: Connection, old: int, new: int) -> bool:
    """Mark a text that was replaced, unless it still stands elsewhere."""
    if c.execute(select(func.count()).where(P.document == old, P.current)).scalar():
        return False
    c.execute(update(schema.documents).where(D.n == old).values(superseded_by=new, copy_of=None))
    c.execute(update(schema.documents).where(D.superseded_by == old).values(superseded_by=new))
    return True


def _replace_claims(c: Connection, entry: Entry, n: int) -> None:
    T = schema.claims
    c.execute(delete(T).where(T.c.document == n))
    c.execute(delete(schema.document_states).where(schema.document_states.c.document == n))
    best = {claim.id: claim for claim in sorted(entry.claims or (), key=lambda claim: claim.confidence)}
    rows = [codec.claim_columns(claim) | {"document": n} for claim in best.values()]
    rows.sort(key=lambda r: (r["start"], r["end"], r["kind"], r["id"]))
    about = set(entry.parties)
    if rows:
        first = (c.execute(select(func.max(T.c.n))).scalar() or 0) + 1
        for k, row in enumerate(rows):
            row["n"] = first + k
        c.execute(insert(T), rows)
        about |= _index_claims(c, entry, rows)
    if about:
        c.execute(insert(schema.document_states), [{"state": s, "document": n} for s in sorted(about)])
    c.execute(update(schema.documents).where(D.n == n).values(claims=len(rows)))


def _index_claims(c: Connection, entry: Entry, rows: list[dict[str, Any]]) -> set[str]:
    """Rows for the filters by state and person; the states are returned."""
    about: set[str] = set()
    states, names = [], []
    for row in rows:
        plain = json.loads(row["json"])
        found = codec.states(plain) | entry.named.get(row["id"], frozenset())
        about |= found
        states += [{"state": s, "claim": row["n"]} for s in sorted(found)]
        for k, person in enumerate(codec.persons(plain)):
            parts = words(f"{person['name'] or ''} {person['mention'] or ''}") + ([person["id"]] if person["id"] else [])
            names += [{"word": w, "claim": row["n"], "person": k} for w in parts]
    if states:
        c.execute(insert(schema.claim_states), states)
    if names:
        c.execute(insert(schema.claim_persons), names)
    return about


def replace_problems(c: Connection, key: str, problems: Any) -> None:
    """The problems of one input as they are now."""
    c.execute(delete(schema.problems).where(schema.problems.c.input == key))
    rows = [{"input": key, "code": p.code, "message": p.message, "at": p.at, "remedy": p.remedy, "excerpt": p.excerpt, "failed": p.failed}
            for p in problems if isinstance(p, Problem)]
    if rows:
        c.execute(insert(schema.problems), rows)


def finish_input(c: Connection, done: InputDone) -> None:
    """Note that an input was read to its end, so that it is not opened again while it stays the same."""
    values = done._asdict() | {"not_read": codec.dump(done.not_read)}
    if not c.execute(update(schema.inputs).where(schema.inputs.c.key == bindparam("this")).values(**values), {"this": done.key}).rowcount:
        c.execute(insert(schema.inputs).values(**values))
