"""What may be wrong with the rows of a record: texts, bytes, evidence, references, and what was taken out for good."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Table, func, inspect, select

from dragoman.model.claims import from_json
from dragoman.model.problems import Problem
from dragoman.store import database, facts, forgetting, migrate, moving, schema

D, K, P, B = schema.documents.c, schema.claims.c, schema.places.c, schema.blocks.c
AGAIN = "Delete the document's entry with `dragoman forget`, or bring a backup back with `dragoman restore`."
BACKUP = "Bring a backup back with `dragoman restore`; what was read since can be read again."
REREAD = "Read the file again with the newest dragoman, or bring a backup back with `dragoman restore`."
SHOWN = 80  # characters of what is wrong


def _flaw(code: str, message: str, at: str, remedy: str, excerpt: str = "") -> Problem:
    return Problem(code, message, at, remedy, excerpt[:SHOWN])


def form(c: Connection) -> Iterator[Problem]:
    """The database itself: whole, with the tables of today, and nothing half moved."""
    for words in database.of(c).integrity(c):
        yield _flaw("record-damaged", "The database is damaged.", "record", BACKUP, words)
    if (found := migrate.version(c, "record")) != schema.HEAD:
        yield _flaw("record-old", f"The record's form is {found}, not {schema.HEAD}.", "record", "Open it once with `dragoman documents`.")
    seen = inspect(c)
    for table in schema.metadata.sorted_tables:
        if missing := {column.name for column in table.columns} - {column["name"] for column in seen.get_columns(table.name)}:
            yield _flaw("record-damaged", "Columns are missing.", table.name, BACKUP, ", ".join(sorted(missing)))
    if facts.setting(c, moving.MARK) is not None:
        yield _flaw("move-unfinished", "A copy into this record was not finished.", "record", "Run `dragoman migrate` again.")


def texts(c: Connection) -> Iterator[Problem]:
    """Each text against its id, its bytes, and what was taken out."""
    gone = forgetting.keys(c)
    counted = {r.document: r.claims for r in c.execute(select(K.document, func.count().label("claims")).group_by(K.document))}
    query = select(D.n, D.id, D.text, D.claims, D.published_evidence).order_by(D.n)
    with c.execute(query, execution_options={"yield_per": moving.TEXTS}) as rows:
        for row in rows:
            yield from _text(row, gone.get(row.id))
            if counted.get(row.n, 0) != row.claims:
                yield _flaw("claims-missing", f"{row.claims} claims were stored, {counted.get(row.n, 0)} are there.", row.id, REREAD)
    with c.execute(select(schema.raw).order_by(schema.raw.c.sha256), execution_options={"yield_per": moving.TEXTS}) as rows:
        for row in rows:
            yield from _bytes(row, f"sha256:{row.sha256}" in gone)
    unplaced = select(D.id).where(D.n.not_in(select(P.document))).order_by(D.n)
    for found in c.execute(unplaced).scalars():
        yield _flaw("reference-broken", "A document has no place where it came from.", found, AGAIN)


def _text(row: Any, gone: tuple[str, Any] | None) -> Iterator[Problem]:
    if gone is not None and gone[1] is None:
        yield _flaw("forgotten-is-back", f"A document is here that was taken out for good ({gone[0]}).", row.id,
                    "Take it out again with `dragoman forget`.")
    elif gone is not None:
        if any(set(row.text[s:e]) - {forgetting.INK} for s, e in gone[1]):
            yield _flaw("forgotten-is-back", f"Words are here that were blacked out for good ({gone[0]}).", row.id,
                        "Take them out again with `dragoman forget`.")
    elif row.id != "doc:" + hashlib.sha256(row.text.encode("utf-8", "surrogatepass")).hexdigest()[:16] and _is_hashed(row.id):
        yield _flaw("text-differs", "A text is not the one that its id was made of.", row.id, REREAD)
    if row.published_evidence:
        quoted = json.loads(row.published_evidence)
        if gone is None and row.text[quoted["start"] : quoted["end"]] != quoted["quote"]:
            yield _flaw("evidence-differs", "The words for the date are not in the text.", row.id, REREAD, quoted["quote"])


def _is_hashed(document: str) -> bool:
    """Whether an id was made of the text, as all are but those of lists and gold claims."""
    digits = document.removeprefix("doc:")
    return len(digits) == 16 and not set(digits) - set("0123456789abcdef")


def _bytes(row: Any, forgotten: bool) -> Iterator[Problem]:
    try:
        data = zlib.decompress(row.data)
    except zlib.error:
        data = b"?"
    if data and forgotten:
        yield _flaw("forgotten-is-back", "Bytes are here that were taken out for good.", f"sha256:{row.sha256}",
                    "Take the document out again with `dragoman forget`.")
    elif not forgotten and (len(data) != row.size or hashlib.sha256(data).hexdigest() != row.sha256):
        yield _flaw("bytes-differ", "The bytes of an original are not those that were read.", f"sha256:{row.sha256}", REREAD)


def claims(c: Connection) -> Iterator[Problem]:
    """Each claim against its text and its row."""
    query = select(K.id, K.kind, K.start, K.end, K.document, K.json).order_by(K.document, K.id)
    document, text, name = None, "", ""
    with c.execute(query, execution_options={"yield_per": moving.ROWS}) as rows:
        for row in rows:
            if row.document != document:
                document = row.document
                text, name = c.execute(select(D.text, D.id).where(D.n == document)).one()
            yield from _claim(row, text, name)


def _claim(row: Any, text: str, name: str) -> Iterator[Problem]:
    at = f"{name}, {row.id}"
    try:
        claim = from_json(json.loads(row.json))
    except Exception as error:
        yield _flaw("claim-unreadable", "A claim cannot be read.", at, REREAD, str(error))
        return
    if (claim.id, claim.kind, claim.document) != (row.id, row.kind, name) or not claim.evidence:
        yield _flaw("claim-unreadable", "A claim's id is not the one that its words make.", at, REREAD)
        return
    for quoted in claim.evidence:
        if text[quoted.start : quoted.end] != quoted.quote:
            yield _flaw("evidence-differs", "A claim's words are not in the text.", at, REREAD, quoted.quote)
    if (row.start, row.end) != (claim.evidence[0].start, claim.evidence[0].end):
        yield _flaw("claim-unreadable", "A claim's place is not that of its words.", at, REREAD)


REFERENCES: tuple[tuple[Table, str, Table, str], ...] = (
    (schema.blocks, "claim", schema.claims, "id"), (schema.fact_claims, "claim", schema.claims, "id"),
    (schema.places, "sha256", schema.raw, "sha256"), (schema.claims, "document", schema.documents, "n"),
    (schema.claim_states, "claim", schema.claims, "n"), (schema.claim_persons, "claim", schema.claims, "n"),
    (schema.document_states, "document", schema.documents, "n"), (schema.buckets, "document", schema.documents, "n"),
    (schema.fact_claims, "fact", schema.facts, "n"), (schema.fact_states, "fact", schema.facts, "n"),
    (schema.fact_pairs, "fact", schema.facts, "n"), (schema.claim_pairs, "claim", schema.claims, "n"),
    (schema.counted_documents, "document", schema.documents, "n"), (schema.forgotten, "tombstone", schema.tombstones, "id"),
)


def references(c: Connection) -> Iterator[Problem]:
    """What is named must be there. Facts that are to be made anew are left out."""
    stale = bool(facts.left(c))
    for table, column, other, key in REFERENCES:
        if stale and table in (schema.blocks, schema.fact_claims):
            continue
        query = select(table.c[column]).where(table.c[column].not_in(select(other.c[key]))).distinct().limit(5)
        for found in c.execute(query).scalars():
            yield _flaw("reference-broken", f"{table.name} names what is not among {other.name}.", f"{table.name}, {found}", BACKUP)
    keys = select(P.key).where(P.current).group_by(P.key).having(func.count() > 1).order_by(P.key)
    for found in c.execute(keys).scalars():
        yield _flaw("reference-broken", "Two texts stand at one place at once.", found, "Read the file again.")
