"""An open record: one writing transaction a document, and answers to questions."""

from __future__ import annotations

import datetime as dt
import json
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from dragoman.model.documents import Document, Evidence
from dragoman.model.problems import Problem
from dragoman.model.stored import ClaimRow, DocumentRow, Hit, RecordError
from dragoman.store import codec, database, forgetting, migrate, reading, schema, snippets, writing
from dragoman.store.copies import Alike
from dragoman.store.entries import Entry, InputDone, Known, Outcome, State
from dragoman.store.reading import Filter
from dragoman.store.watch import Watch

D = schema.documents.c
_INPUT = select(schema.inputs).where(schema.inputs.c.key == bindparam("this"))
_KNOWN = select(D.id, D.state, D.reader, D.home, D.digest).where(D.id.in_(bindparam("these", expanding=True)))


class Store:
    """An open record. Any number of processes may read it while one writes; a second writer waits for the first one's document."""

    def __init__(self, where: str, *, create: bool = True) -> None:
        self.shown = database.shown(where)
        self._engine = database.engine(where, create)
        self._looking: Connection | None = None
        self._watch: Watch | None = None
        try:
            with self._told():
                migrate.to_head(self._engine, self.shown, create)
        except BaseException:
            self._engine.dispose()
            raise

    def close(self) -> None:
        """Give the file back."""
        self.end_looking()
        if self._watch is not None:
            self._watch.close()
        self._engine.dispose()

    @property
    def is_file(self) -> bool:
        """Whether the record is a file of its own."""
        return self._engine.dialect.name == "sqlite"

    @contextmanager
    def alone(self) -> Iterator[Connection]:
        """A connection outside of any transaction, for what takes the whole record at once."""
        with self._told(), self._engine.connect().execution_options(**database.of(self._engine).LOOKS) as connection:
            yield connection

    def sweep(self) -> None:
        """Leave nothing where it was that was deleted."""
        with self._told():
            database.of(self._engine).sweep(self._engine)

    def end_looking(self) -> None:
        """Give back the connection of a run."""
        if self._looking is not None:
            self._looking.close()
            self._looking = None

    @contextmanager
    def reads(self) -> Iterator[Connection]:
        """A connection that sees one state of the record."""
        with self._told(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writes(self) -> Iterator[Connection]:
        """A connection whose changes are all there at its end, or none."""
        with self._told(), database.writing(self._engine) as connection:
            yield connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What keeps the record from being used is told in words for people."""
        try:
            yield
        except Exception as error:
            if (words := database.trouble(self._engine, error)) is not None:
                raise RecordError(f"{self.shown}: {words}") from error
            raise

    # ---------------------------------------------------------------- to keep

    def _look(self) -> Connection:
        """One connection for the many small questions of a run, outside of any transaction."""
        if self._looking is None:
            self._looking = self._engine.connect().execution_options(**database.of(self._engine).LOOKS)
        return self._looking

    def input(self, key: str) -> InputDone | None:
        """What was read to its end under this key."""
        with self._told():
            row = self._look().execute(_INPUT, {"this": key}).first()
        if row is None:
            return None
        return InputDone(row.key, row.sha256, row.digest, row.reader, row.documents, tuple((f, g) for f, g in json.loads(row.not_read)))

    def known(self, ids: Sequence[str]) -> dict[str, Known]:
        """What is known of texts; new ones are left out."""
        with self._told():
            rows = self._look().execute(_KNOWN, {"these": list(ids)}).all()
        return {row.id: Known(State(row.state), row.reader, row.home, row.digest) for row in rows}

    def model(self, document_id: str) -> str | None:
        """The name of the language model that read a text."""
        known = self.known([document_id]).get(document_id)
        self.end_looking()
        return known.reader.partition(" ")[2].partition("@")[0] or None if known else None

    def write(self, entry: Entry, alike: Alike) -> Outcome:
        """Store one document in one transaction: all of it is there afterwards, or nothing."""
        with self.writes() as c:
            return writing.write(c, entry, alike)

    def finish(self, done: InputDone | None, key: str, problems: Sequence[Problem]) -> None:
        """Note an input that gave no document, or its problems."""
        with self.writes() as c:
            writing.replace_problems(c, key, problems)
            if done:
                writing.finish_input(c, done)

    def begin_run(self, reader: str) -> int:
        """Note that somebody begins to read."""
        with self.writes() as c:
            made = c.execute(insert(schema.runs).values(started=now(), reader=reader))
            return int((made.inserted_primary_key or (0,))[0])

    def end_run(self, run: int, summary: dict[str, Any]) -> None:
        """Note that reading ended, and what it did."""
        with self.writes() as c:
            c.execute(update(schema.runs).where(schema.runs.c.n == run).values(finished=now(), summary=codec.dump(summary)))

    # ---------------------------------------------------------------- to ask

    def state(self) -> str:
        """A word that changes with every change of the record, by whichever thread or process."""
        self._watch = self._watch or Watch(self._engine)
        return self._watch.state()

    def documents(self, f: Filter) -> list[DocumentRow]:
        """The documents of a filter."""
        with self.reads() as c:
            return reading.documents(c, f)

    def find(self, name: str, older: bool = False) -> list[str]:
        """Ids of the documents that an id, its beginning, a file name or a path may mean, with all versions of them or without."""
        with self.reads() as c:
            return reading.find_documents(c, name, older)

    def document(self, document_id: str) -> tuple[DocumentRow, Document]:
        """A document with its row."""
        with self.reads() as c:
            row, places = reading.whole(c, document_id)
            return reading.documents_of(c, [row.n])[row.n], codec.document(row, places[0])

    def original(self, document_id: str) -> bytes:
        """The bytes that a document came in as."""
        with self.reads() as c:
            _, places = reading.whole(c, document_id)
            found = zlib.decompress(c.execute(select(schema.raw.c.data).where(schema.raw.c.sha256 == places[0].sha256)).scalar_one())
            if not found and places[0].size:
                raise RecordError(f"The bytes of {places[0].file} were taken out for good; `dragoman tombstones` says by whom and why.")
            return found

    def claims(self, f: Filter, order: str = "date") -> list[ClaimRow]:
        """The claims of a filter."""
        with self.reads() as c:
            return reading.claim_rows(c, f, order)

    def claims_with(self, ids: Sequence[str]) -> list[ClaimRow]:
        """The claims of these ids."""
        with self.reads() as c:
            return reading.claims_with(c, ids)

    def claims_by_id(self, beginning: str) -> list[ClaimRow]:
        """The claims whose id begins so."""
        with self.reads() as c:
            return reading.claims_by_id(c, beginning)

    def versions(self, name: str) -> list[list[tuple[str, int, str, str]]]:
        """The texts that stood under a name as (document, version, read at, text), one list a place, oldest first."""
        with self.reads() as c:
            return [[(v.id, v.version, v.read_at, v.text) for v in place] for place in reading.versions(c, name)]

    def problems(self) -> list[Problem]:
        """What is wrong with inputs as they were read last."""
        T = schema.problems
        with self.reads() as c:
            rows = c.execute(select(T).order_by(T.c.input, T.c.n)).all()
        return [Problem(r.code, r.message, r.at, r.remedy, r.excerpt, r.failed) for r in rows]

    def tombstones(self) -> list[dict[str, Any]]:
        """What was taken out for good, as plain values."""
        with self.reads() as c:
            return [asdict(t) for t in forgetting.tombstones(c)]

    def search(self, words: str, f: Filter, limit: int) -> list[Hit]:
        """Claims and documents that hold the words, the best first."""
        with self.reads() as c:
            found = _claims_found(c, words, f, limit)
            if f.of_texts:
                found += _documents_found(c, words, f, limit, {hit.document.id for hit in found})
        return sorted(found, key=lambda hit: (-hit.score, hit.document.file, hit.document.id, hit.start))[:limit]


def _claims_found(c: Connection, words: str, f: Filter, limit: int) -> list[Hit]:
    matches = database.of(c).search(c, schema.claims, words, reading.claim_conditions(f), limit)
    rows = reading.claims_of(c, [m.n for m in matches])
    best = max((m.score for m in matches), default=0.0) or 1.0
    out = []
    for m in matches:
        row = rows[m.n]
        shown = snippets.snippet(m.text, *(snippets.best(m.marks) if m.marks else (0, 0)))
        start, end = _in_document(row.claim.evidence, m.marks)
        out.append(Hit(row.document, row, start, end, shown, m.score / best))
    return out


def _in_document(evidence: Sequence[Evidence], marks: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The best place of a hit in the document: within one of the claim's quotes, or the first of them where a name was found."""
    at, inside = 0, []
    for quote in evidence:  # in the order in which codec joins them
        inside += [(quote.start + s - at, quote.start + e - at) for s, e in marks if at <= s and e <= at + len(quote.quote)]
        at += len(quote.quote) + 1
    return snippets.best(sorted(inside)) if inside else (evidence[0].start, evidence[0].end)


def _documents_found(c: Connection, words: str, f: Filter, limit: int, told: set[str]) -> list[Hit]:
    """Documents; one of which a claim was found already comes after the others."""
    matches = database.of(c).search(c, schema.documents, words, reading.text_conditions(f), limit)
    rows = reading.documents_of(c, [m.n for m in matches])
    best = max((m.score for m in matches), default=0.0) or 1.0
    out = []
    for m in matches:
        start, end = snippets.best(m.marks) if m.marks else (0, 0)
        weight = 0.5 if rows[m.n].id in told else 1.0
        out.append(Hit(rows[m.n], None, start, end, snippets.snippet(m.text, start, end), weight * m.score / best))
    return out


def now() -> str:
    """This second, UTC, as ISO 8601."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
