"""A run of reading: sources, documents, annotation, extraction, store, a batch at a time. The working half of record.py."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import BinaryIO

from dragoman import stages
from dragoman.model.documents import Document, Raw
from dragoman.model.problems import Problem
from dragoman.model.stored import Progress, Summary
from dragoman.stages import Found, Reading, Work
from dragoman.store import Entry, InputDone, Known, Outcome, State, Store

COUNTED = ("new", "changed", "unchanged", "copies", "claims", "words", "reread", "put_aside")


@dataclass(slots=True)
class Tally:
    """The summary while it grows."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTED, 0))
    not_read: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    done: int = 0

    def count(self, entry: Entry, outcome: Outcome) -> None:
        """Count a document that was stored."""
        counts = self.counts
        self.done += 1
        if outcome.problem is not None:
            self.problems.append(outcome.problem)
            return
        if outcome.what == "place":
            counts["new"] += 1
        elif outcome.what == "reread" and entry.state is State.OTHER_LANGUAGE:
            counts["unchanged"] += 1
        else:
            counts[outcome.what] += 1
        counts["copies"] += outcome.copy or outcome.what == "place"
        if entry.claims is not None and entry.state is State.READ:
            counts["claims"] += len(entry.claims)
            counts["words"] += len(entry.document.text.split())


class Reader:
    """Reads into a store; one object a run."""

    def __init__(self, store: Store, model: str | None, progress: Callable[[Progress], None] | None) -> None:
        self._store, self._model, self._progress = store, model, progress
        self._tally = Tally()
        self._known: dict[str, Known] = {}

    def read(self, paths: Sequence[str], stdin: BinaryIO | None = None, found: Iterable[Raw | Problem] | None = None) -> Summary:
        """Read everything behind the paths, or what was found already."""
        from dragoman import sources

        begin = time.perf_counter()
        run = self._store.begin_run(self.reader)
        thresholds = gc.get_threshold()
        gc.set_threshold(*stages.COLLECTIONS)
        try:
            for batch in stages.batches(self._works(sources.find(paths, stdin=stdin) if found is None else found)):
                self._take(batch)
        finally:
            self._store.end_looking()
            gc.unfreeze()
            gc.set_threshold(*thresholds)
        tally = self._tally
        seconds = round(time.perf_counter() - begin, 3)
        summary = Summary(not_read=tuple(tally.not_read), problems=tuple(tally.problems), seconds=seconds, **tally.counts)
        self._store.end_run(run, summary.as_json())
        return summary

    @cached_property
    def reader(self) -> str:
        """What reads: the version of the rules and the language model."""
        return stages.version(self._model)

    # ---------------------------------------------------------------- one input

    def _works(self, inputs: Iterable[Raw | Problem]) -> Iterator[Work]:
        """The inputs that must be read, opened."""
        for found in inputs:
            if isinstance(found, Problem):
                at, message, excerpt = map(stages.clean, (found.at, found.message, found.excerpt))
                self._refused(replace(found, at=at, message=message, excerpt=excerpt))
            elif not self._unchanged(raw := stages.with_clean_names(found)):
                work = stages.opened(raw)
                self._tally.problems += work.problems
                if work.found:
                    yield work
                else:
                    self._store.finish(None, work.key, work.problems)

    def _refused(self, problem: Problem) -> None:
        self._tally.problems.append(problem)
        self._store.finish(None, problem.at, [problem])

    def _unchanged(self, raw: Raw) -> bool:
        """Whether these very bytes were read to their end by this reader or a newer one."""
        before = self._store.input(stages.key(raw))
        same = before and (before.sha256, before.digest) == (raw.source.sha256, stages.digest(raw.metadata))
        if not before or not same or not stages.satisfied(before.reader, self.reader):
            return False
        self._tally.counts["unchanged"] += before.documents
        self._tally.not_read += before.not_read
        self._tally.done += before.documents
        self._advance(raw.source.file)
        return True

    # ---------------------------------------------------------------- a batch

    def _take(self, batch: list[Work]) -> None:
        """Annotate a batch in one go, and store it one by one; what cannot matter is not annotated."""
        self._known = self._store.known([found.document.id for work in batch for found in work.found])
        pending: dict[str, Document] = {}
        for work in batch:
            for document, _, matters in work.found:
                if matters and not self._is_read(document, work):
                    pending.setdefault(document.id, document)
        readings = stages.read(list(pending.values()), self._model) if pending else iter(())
        for work in batch:
            self._write(work, pending, readings)
        if pending and not gc.get_freeze_count():
            gc.freeze()  # model and tables stay; the collector need not look at them again

    def _is_read(self, document: Document, work: Work) -> bool:
        known = self._known.get(document.id)
        if known is None or known.state is not State.READ or not stages.satisfied(known.reader, self.reader):
            return False
        return known.home != stages.place(work, document) or known.digest == stages.about(document)

    def _write(self, work: Work, pending: dict[str, Document], readings: Iterator[Reading | Exception]) -> None:
        not_read = tuple((d.source.file, d.language) for d, english, _ in work.found if not english)
        failed = any(p.failed for p in work.problems)
        for k, found in enumerate(work.found):
            document = found.document
            entry = self._entry(work, found, next(readings) if pending.pop(document.id, None) is document else None)
            failed = failed or entry.state is State.FAILED
            if k == len(work.found) - 1 and not failed:
                entry = replace(entry, done=InputDone(work.key, work.raw.source.sha256, stages.digest(work.raw.metadata), self.reader,
                                                      len(work.found), not_read))
            try:
                outcome = self._store.write(entry, stages.alike)
            except (ValueError, TypeError, KeyError) as error:  # of this document; what is wrong with the file itself ends the run
                self._lost(work, document, error)
                failed = True
                continue
            self._tally.count(entry, outcome)
            self._advance(document.source.file)
        self._tally.not_read += not_read

    def _lost(self, work: Work, document: Document, error: Exception) -> None:
        problem = stages.failure(stages.clean(document.source.path), error, "It could not be stored. Please report it with the file.")
        self._tally.problems.append(problem)
        self._store.finish(None, work.key, [*work.problems, problem])
        self._tally.done += 1
        self._advance(document.source.file)

    def _entry(self, work: Work, found: Found, reading: Reading | Exception | None) -> Entry:
        """What to store: with claims where the text was read now, without where it is known or in another language."""
        document = found.document
        base = Entry(document, work.raw, stages.place(work, document), stages.about(document), self.reader, State.READ,
                     problems=work.problems)
        known = self._known.get(document.id)
        if known is None:
            base = replace(base, signature=stages.signature(document))
        if not found.english:
            return replace(base, state=State.OTHER_LANGUAGE, claims=())
        if not found.matters and not self._is_read(document, work):
            self._tally.counts["put_aside"] += 1
            self._known[document.id] = Known(State.READ, self.reader, base.key, base.digest)
            return replace(base, claims=())
        if reading is None:
            return base
        if isinstance(reading, Reading):
            return replace(base, claims=reading.claims, named=reading.named, parties=reading.parties)
        kept = known is not None and known.state is State.READ  # what an older reader found stays
        what = "What an earlier version read in it is kept" if kept else "It is stored without claims"
        problem = stages.failure(document.source.path, reading, f"{what}. Please report it with the file.")
        self._tally.problems.append(problem)
        return replace(base, state=State.FAILED, claims=None if kept else (), problems=[*work.problems, problem])

    def _advance(self, file: str) -> None:
        if self._progress:
            self._progress(Progress(self._tally.done, None, file))
