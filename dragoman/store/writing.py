"""One document into the record, in one transaction that the caller opened."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import partial
from operator import attrgetter
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, delete, func, insert, select, update

from dragoman.model import correcting
from dragoman.model.claims import ActorRef, Claim
from dragoman.model.correcting import BY_HAND
from dragoman.model.documents import Raw
from dragoman.model.judging import standing
from dragoman.model.problems import Problem
from dragoman.store import codec, database, facts, schema
from dragoman.store.copies import Alike, forget, link, recall, relink, remember
from dragoman.store.entries import Entry, InputDone, Outcome, State
from dragoman.store.fold import words

_CONFIDENCE = attrgetter("confidence")
D, P, K = schema.documents.c, schema.places.c, schema.claims.c

# Statements are made once: making them costs more than running them.
_THIS: BindParameter[Any] = bindparam("this")
_FIND = database.Prepared(select(D.n, D.state, D.superseded_by).where(D.id == _THIS))
_TITLE = select(D.title).where(D.n == _THIS)
_RENEW = update(schema.documents).where(D.n == _THIS)
_LATER = ("n", "superseded_by", "copy_of")
_ADD = database.Prepared(insert(schema.documents), [c.name for c in schema.documents.columns if c.name not in _LATER])
_KEEP = database.Prepared(partial(database.insert_new, table=schema.raw))
_CURRENT = database.Prepared(select(P.n, P.document, P.version).where(P.key == _THIS, P.current))
_STANDS = select(func.count()).where(P.document == _THIS, P.current)
_PAST = update(schema.places).where(P.n == _THIS).values(current=False)
_PLACE = database.Prepared(insert(schema.places), [c.name for c in schema.places.columns if c.name != "n"])
_BACK = update(schema.documents).where(D.n == _THIS, D.superseded_by.is_not(None)).values(superseded_by=None)
_GONE = update(schema.documents).where(D.n == _THIS).values(superseded_by=bindparam("by"), copy_of=None)
_GONE_BEFORE = update(schema.documents).where(D.superseded_by == _THIS).values(superseded_by=bindparam("by"))
_LAST = database.Prepared(select(func.max(K.n)))
_NO_CLAIMS = delete(schema.claims).where(K.document == _THIS)
_NO_STATES = delete(schema.document_states).where(schema.document_states.c.document == _THIS)
_NO_PROBLEMS = database.Prepared(delete(schema.problems).where(schema.problems.c.input == _THIS))
_FORGOTTEN = database.Prepared(
    select(schema.tombstones).join(schema.forgotten, schema.forgotten.c.tombstone == schema.tombstones.c.id)
    .where(schema.forgotten.c.key.in_([bindparam("text"), bindparam("bytes")])).limit(1))
_DONE = database.Prepared(partial(database.insert_or_update, table=schema.inputs))


def write(c: Connection, entry: Entry, alike: Alike) -> Outcome:
    """Store a document with its place, its claims, its problems; the same again changes nothing."""
    if (stone := _FORGOTTEN.first(c, {"text": entry.document.id, "bytes": f"sha256:{entry.raw.source.sha256}"})) is not None:
        return _refused(c, entry, stone)
    row = _FIND.first(c, {"this": entry.document.id})
    rows = claim_rows(entry)
    n = _new(c, entry, len(rows)) if row is None else _known(c, entry, int(row.n), len(rows))
    placed, gone = _place(c, entry, n, row)
    if entry.claims is not None:
        write_claims(c, [(entry, n, rows)])
        by_hand(c, entry.document.id)
    copied = False
    if row is None or row.superseded_by is not None or (row.state == State.FAILED and entry.claims is not None):
        copied = link(c, n, alike)
    if gone is not None:
        relink(c, gone, alike)
    if entry.problems or entry.claims is not None:
        replace_problems(c, entry.key, entry.problems)
    if entry.done:
        finish_input(c, entry.done)
    if placed == "changed":
        return Outcome("changed", copied)
    if row is None:
        return Outcome("new", copied)
    if placed == "new":
        return Outcome("place")
    return Outcome("reread" if entry.claims is not None else "unchanged")


def _refused(c: Connection, entry: Entry, stone: Any) -> Outcome:
    """What was taken out for good does not come in again; the tombstone is named."""
    what = "This text" if stone.kind == "document" else "This text names a person who"
    problem = Problem("forgotten", f"{what} was taken out of the record by {stone.by} on {stone.at[:10]} ({stone.id}).",
                      entry.document.source.path, "Leave it out, or ask whoever took it out.")
    replace_problems(c, entry.key, [*entry.problems, problem])
    return Outcome("forgotten", problem=problem)


def _keep_raw(c: Connection, raw: Raw) -> None:
    _KEEP.run(c, {"sha256": raw.source.sha256, "size": len(raw.data), "data": zlib.compress(raw.data, 1)})


def document_values(entry: Entry, claims: int) -> dict[str, Any]:
    """The row of a new document."""
    return codec.document_columns(entry.document) | {
        "state": str(entry.state), "reader": entry.reader, "digest": entry.digest, "claims": claims, "signature": entry.signature,
        "home": entry.key}


def _new(c: Connection, entry: Entry, claims: int) -> int:
    n = _ADD.added(c, document_values(entry, claims))
    remember(c, n, entry.signature)
    return n


def _known(c: Connection, entry: Entry, n: int, claims: int) -> int:
    """The number of a known text, its metadata renewed where it is read again."""
    if entry.claims is not None:
        values = codec.document_columns(entry.document)
        values |= {"state": str(entry.state), "reader": entry.reader, "digest": entry.digest, "claims": claims}
        stored = c.execute(_TITLE, {"this": n}).scalar()
        # text and title are indexed for search, which a change renews at some cost
        changes = {k: v for k, v in values.items() if k not in ("id", "text") and (k != "title" or v != stored)}
        c.execute(_RENEW.values(**changes), {"this": n})
        c.execute(_NO_CLAIMS, {"this": n})
        c.execute(_NO_STATES, {"this": n})
    return n


def place_values(entry: Entry, n: int, version: int) -> dict[str, Any]:
    """The row of a place where a document stands now."""
    source = entry.document.source
    return {"key": entry.key, "version": version, "current": True, "document": n, "file": source.file, "path": source.path,
            "url": entry.document.url, "outlet": entry.document.outlet, "sha256": entry.raw.source.sha256, "size": source.size,
            "media": source.media, "read_at": source.read_at, "metadata": codec.dump(entry.raw.metadata)}


def _place(c: Connection, entry: Entry, n: int, row: Any) -> tuple[str, int | None]:
    """Note where the text stands: `same`, `new` or `changed` (another text stood there), and the text that stands nowhere now."""
    current = _CURRENT.first(c, {"this": entry.key})
    if current is not None and current.document == n:
        return "same", None
    if current is not None:
        c.execute(_PAST, {"this": current.n})
    _keep_raw(c, entry.raw)
    _PLACE.run(c, place_values(entry, n, current.version + 1 if current else 1))
    if row is not None and row.superseded_by is not None:
        c.execute(_BACK, {"this": n})  # an older text is back
        recall(c, n)
    if current is None:
        return "new", None
    return "changed", int(current.document) if _superseded(c, int(current.document), n) else None


def _superseded(c: Connection, old: int, new: int) -> bool:
    """Mark a text that was replaced, unless it still stands elsewhere."""
    if c.execute(_STANDS, {"this": old}).scalar():
        return False
    c.execute(_GONE, {"this": old, "by": new})
    c.execute(_GONE_BEFORE, {"this": old, "by": new})
    forget(c, old)
    return True


ClaimRow = tuple[codec.ClaimColumns, set[str], list[ActorRef]]
Claims = list[ClaimRow]  # columns, states, and actors that are not states


def claim_rows(entry: Entry) -> Claims:
    """The claims in the order of their words; of two with one id the surer."""
    best = {claim.id: claim for claim in sorted(entry.claims or (), key=_CONFIDENCE)}
    rows = [codec.claim_columns(claim) for claim in best.values()]
    rows.sort(key=lambda r: (r[0][2], r[0][3], r[0][1], r[0][0]))  # start, end, kind, id
    return rows


def write_claims(c: Connection, found: Iterable[tuple[Entry, int, Claims]]) -> None:
    """Add the claims of documents, of which there are none."""
    first = (_LAST.value(c, {}) or 0) + 1
    claims: list[tuple[Any, ...]] = []
    about: list[tuple[str, int]] = []
    states: list[tuple[str, int]] = []
    names: list[tuple[str, int, int]] = []
    for entry, n, rows in found:
        document = set(entry.parties)
        for row in rows:
            number = first + len(claims)
            claims.append((number, n, *row[0]))
            stated = _index_claim(number, row, entry.named, names)
            states += [(s, number) for s in stated]
            document |= stated
        about += [(s, n) for s in sorted(document)]
    for table, columns, some in (("claims", ("n", "document", *codec.CLAIM), claims), ("claim_states", ("state", "claim"), sorted(states)),
                                 ("claim_persons", ("word", "claim", "person"), names), ("document_states", ("state", "document"), about)):
        if some:
            database.insert_many(c, table, columns, some)


def _index_claim(number: int, row: ClaimRow, named: Mapping[str, frozenset[str]], names: list[tuple[str, int, int]]) -> set[str]:
    """The states of a claim for the filter by state; the words of its persons' names are added to those that there are."""
    columns, stated, people = row
    for k, person in enumerate(people):
        names += [(w, number, k) for w in words(f"{person.name or ''} {person.mention or ''}")]
        if person.id:
            names.append((person.id, number, k))
    return stated | named[columns[0]] if columns[0] in named else stated


def by_hand(c: Connection, document: str) -> None:
    """Let a document have the claims that people added to it, but for those withdrawn; reading it again does not take them away."""
    if facts.setting(c, BY_HAND) is None:
        return
    row = c.execute(select(D.n, D.text).where(D.id == document)).first()
    lines = [line for line in facts.judgements(c) if line.verb == "add" and (line.value or {}).get("document") == document]
    if row is None or not lines:
        return
    n = row.n
    stand = {line.id for line in standing(facts.judgements(c))}
    wanted = {line.subjects[0]: line.value for line in lines if line.id in stand}
    gone = [line.subjects[0] for line in lines if line.subjects[0] not in wanted]
    c.execute(delete(schema.claims).where(K.document == n, K.id.in_(gone), K.json.contains(f'"extractor":"{BY_HAND}"')))
    there = set(c.execute(select(K.id).where(K.id.in_(list(wanted)))).scalars())
    for claim, value in wanted.items():
        with suppress(ValueError):  # of another record's line that does not fit this text nothing follows; the line stays
            made = correcting.checked(value or {})
            if claim not in there and made.id == claim and all(row.text[e.start : e.end] == e.quote for e in made.evidence):
                _add_claim(c, n, made)
    count = select(func.count()).where(K.document == n).scalar_subquery()
    c.execute(update(schema.documents).where(D.n == n).values(claims=count))  # which also notes that its facts are stale


def _add_claim(c: Connection, n: int, claim: Claim) -> None:
    row, names = codec.claim_columns(claim), list[tuple[str, int, int]]()
    number = (_LAST.value(c, {}) or 0) + 1
    database.insert_many(c, "claims", ("n", "document", *codec.CLAIM), [(number, n, *row[0])])
    states = sorted(_index_claim(number, row, {}, names))
    database.insert_many(c, "claim_states", ("state", "claim"), [(state, number) for state in states])
    database.insert_many(c, "claim_persons", ("word", "claim", "person"), names)
    for state in states:
        c.execute(database.insert_new(c.dialect, schema.document_states), {"state": state, "document": n})


def replace_problems(c: Connection, key: str, problems: Iterable[Problem]) -> None:
    """The problems of one input as they are now."""
    _NO_PROBLEMS.run(c, {"this": key})
    rows = [problem_values(key, problem) for problem in problems]
    if rows:
        c.execute(insert(schema.problems), rows)


def problem_values(key: str, p: Problem) -> dict[str, Any]:
    """The row of a problem of an input."""
    return {"input": key, "code": p.code, "message": p.message, "at": p.at, "remedy": p.remedy, "excerpt": p.excerpt, "failed": p.failed}


def finish_input(c: Connection, done: InputDone) -> None:
    """Note that an input was read to its end, so that it is not opened again while it stays the same."""
    _DONE.run(c, done._asdict() | {"not_read": codec.dump(done.not_read)})
