"""One batch: what was read of some inputs, as rows, and its files put in place together."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import replace
from typing import Any

from dragoman import stages
from dragoman.model.documents import Raw
from dragoman.model.problems import Problem
from dragoman.scale import layout, places, tables
from dragoman.scale.layout import COUNTED, Done, Piece
from dragoman.scale.places import Place
from dragoman.stages import Found, Input, Reading, Work

OTHER_LANGUAGE, NOTHING_NAMED = "another language", "no state, official or organisation is named"


class Batch:
    """The rows of a batch while it is read.

    spent  CPU seconds of this process that other batches have paid for
    """

    def __init__(self, reader: str, spent: float) -> None:
        self._reader, self._spent = reader, spent
        self._rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self._counts = dict.fromkeys(COUNTED, 0)
        self._begin = time.perf_counter()

    def add(self, one: Input) -> None:
        """An input that was read."""
        self._counts["inputs"] += 1
        for problem in one.work.problems:
            self._problem(one.work.key, problem)
        for number, (found, reading) in enumerate(zip(one.work.found, one.readings, strict=True)):
            self._document(one.work, found, reading, number)

    def refuse(self, key: str, problem: Problem) -> None:
        """An input of which there is nothing but a problem."""
        self._counts["inputs"] += 1
        self._problem(key, problem)

    def _problem(self, key: str, problem: Problem) -> None:
        self._counts["problems"] += 1
        row = {name: getattr(problem, name) for name in ("code", "message", "at", "remedy", "excerpt", "failed")}
        self._rows["problems"].append({"input": key} | row)

    def _document(self, work: Work, found: Found, reading: Reading | Exception | None, number: int) -> None:
        document, counts = found.document, self._counts
        counts["documents"] += 1
        if not found.matters:
            counts["put_aside" if found.english else "other_language"] += 1
            source = document.source
            self._rows["aside"].append({
                "id": document.id, "file": source.file, "path": source.path, "url": document.url, "language": document.language,
                "words": document.text.count(" ") + 1, "why": NOTHING_NAMED if found.english else OTHER_LANGUAGE, "sha256": source.sha256})
            return
        if isinstance(reading, Reading):
            best = {c.id: c for c in sorted(reading.claims, key=lambda c: c.confidence)}  # of two with one id the surer
            claims = sorted(best.values(), key=lambda c: (c.evidence[0].start, c.evidence[0].end, c.kind, c.id))
            states, is_read = list(reading.parties), True
            for claim in claims:
                named = reading.named.get(claim.id)
                self._rows[f"claims/{claim.kind}"].append(tables.claim_row(claim, document.source.file, named))
        else:
            claims, states, is_read = [], [], False
            if isinstance(reading, Exception):
                self._problem(work.key, stages.failure(document.source.path, reading,
                                                       "It is kept without claims. Please report it with the file."))
        counts["read" if is_read else "failed"] += 1
        counts["claims"] += len(claims)
        row = tables.document_row(document, work.raw, key=stages.place(work, document), number=number, of=len(work.found), states=states,
                                  claims=len(claims), read=is_read, reader=self._reader, signature=stages.signature(document))
        counts["words"] += row["words"]
        self._rows["documents"].append(row)

    def put(self, place: Place, settings: str, piece: Piece, number: int, last: bool, size: int) -> Done:
        """Put the files of the batch in place; it counts as there when the last of them is."""
        name = layout.batch_name(settings, piece, number)
        files = [tables.write(place, table, name, rows) for table, rows in sorted(self._rows.items()) if rows]
        seconds, cpu = time.perf_counter() - self._begin, time.process_time() - self._spent
        done = Done(name, piece, number, last, self._counts, files, size, round(cpu, 4), round(seconds, 3))
        places.write_json(place, f"done/{name}.json", done.as_json())
        return done


def aside(raw: Raw, why: str, limit: float) -> tuple[str, Problem]:
    """The key and the problem of an input that the reader died on."""
    raw = stages.with_clean_names(raw)
    if why == "document-too-slow":
        problem = Problem("document-too-slow", f"Reading it took longer than {limit:g} seconds of CPU, or hung.", raw.source.path,
                          "Please report it with the document; it was put aside, and the others were read.")
    else:
        problem = Problem("reader-crashed", "The reader died on it.", raw.source.path,
                          "Please report it with the document; it was put aside, and the others were read.")
    return stages.key(raw), problem


def clean(problem: Problem) -> Problem:
    """The problem in words that can be stored."""
    return replace(problem, at=stages.clean(problem.at), message=stages.clean(problem.message), excerpt=stages.clean(problem.excerpt))
