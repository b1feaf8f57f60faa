"""Reads some documents into a record in a given order, and writes all that comes of it: a process of its own, for test_reproducible.py.

    python -m tests.trust.reproduced FOLDER BATCH FILE... [+ FILE...]     + parts what is read before and after a question
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import types
from collections.abc import Iterator, Sequence
from pathlib import Path

from dragoman import Record, annotate, rooms, stages
from dragoman.sources import limits
from dragoman.views import book_formats

PAIRS = (("CZE", "KAZ"), ("KAZ", "CZE"))
EXPORTS = (("claims", "jsonl"), ("claims", "csv"), ("facts", "jsonl"),
           ("facts", "csv"), ("facts", "ftm"), ("documents", "ftm"), ("facts", "json-ld"))
FORMS = ("text", "json", "html")


def parts(files: Sequence[str]) -> Iterator[list[str]]:
    """The files between the signs."""
    found: list[str] = []
    for file in (*files, "+"):
        if file == "+":
            yield found
            found = []
        else:
            found.append(file)


def made(record: Record) -> Iterator[tuple[str, str]]:
    """All that comes of a record, by name."""
    rows = sorted(record.claims(superseded=True, copies=True), key=lambda row: row.claim.id)
    yield "claims", "\n".join(json.dumps(row.claim.as_json(row.document.file), ensure_ascii=False, default=str) for row in rows)
    for kind in sorted(rooms.kinds()):
        yield f"fact {kind}", "\n".join(json.dumps(f.as_json(), ensure_ascii=False, default=str) for f in record.facts(kind))
    for what, form in EXPORTS:
        yield f"export {what} {form}", "\n".join(record.export(what, form))
    for a, b in PAIRS:
        book = record.brief(a, b)
        for form in FORMS:
            yield f"book {a} {b} {form}", str(book_formats.render(book, form))


class Noon(dt.datetime):
    """A clock that stands: when a document was read is part of a record, and the only thing in which two runs differ."""

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> Noon:
        return cls(2026, 1, 1, 12, tzinfo=tz)


def main() -> None:
    limits.dt = types.SimpleNamespace(datetime=Noon, UTC=dt.UTC)  # type: ignore[assignment]
    folder, batch, *files = sys.argv[1:]
    annotate.BATCH = stages.BATCH_DOCUMENTS = int(batch)
    with Record(Path(folder) / "x.db") as record:
        for some in parts(files):
            summary = record.read(*some)
            assert not summary.problems, summary.problems
            record.brief(*PAIRS[0])
        for name, text in made(record):
            (Path(folder) / f"{name}.txt").write_text(text, encoding="utf-8", newline="")


if __name__ == "__main__":
    main()
