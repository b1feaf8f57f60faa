"""A run of reading: sources, documents, annotation, extraction, store, a batch at a time. The working half of record.py."""

from __future__ import annotations

import gc
import hashlib
import json
import os
import re
import time
import zlib
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

from dragoman.model.annotations import AnnotatedText, MentionType
from dragoman.model.claims import Claim, Commitment, Statement
from dragoman.model.documents import Document, Raw, Zone
from dragoman.model.problems import Problem
from dragoman.model.stored import Progress, Summary
from dragoman.store import Entry, InputDone, Known, State, Store

COLLECTIONS = (50_000, 20, 50)  # what is read makes few cycles; the collector looks for them more seldom while it is read
BATCH_DOCUMENTS, BATCH_CHARACTERS = 64, 300_000  # what is held at a time, so that memory stays flat
COUNTED = ("new", "changed", "unchanged", "copies", "claims", "words", "reread", "put_aside")
FEW, SHARED, MOST_PARTICULARS = 4, 0.8, 1000  # names and numbers of a text; the share that a copy keeps
_NOT_SMALL = re.compile(r"\b(?![a-z]++\b)\w+")  # what is not all in small letters from a to z
_SMALL = re.compile("[a-z]")
_NUMBERED = re.compile(r"[#:]\d+$")


@dataclass(slots=True)
class Work:
    """One input with the documents it gave and what was wrong with it."""

    raw: Raw
    key: str
    documents: list[Document]
    problems: list[Problem]


@dataclass(slots=True)
class Tally:
    """The summary while it grows."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTED, 0))
    not_read: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    done: int = 0


class Reader:
    """Reads into a store; one object a run."""

    def __init__(self, store: Store, model: str | None, progress: Callable[[Progress], None] | None) -> None:
        self._store, self._model, self._progress = store, model, progress
        self._tally = Tally()
        self._batch: list[Work] = []
        self._held = 0
        self._known: dict[str, Known] = {}
        self._aside: set[str] = set()

    def read(self, paths: Sequence[str], stdin: BinaryIO | None) -> Summary:
        """Read everything behind the paths."""
        from dragoman import sources

        begin = time.perf_counter()
        run = self._store.begin_run(self.reader)
        thresholds = gc.get_threshold()
        gc.set_threshold(*COLLECTIONS)
        try:
            for found in sources.find(paths, stdin=stdin):
                if isinstance(found, Problem):
                    self._refused(replace(found, at=_clean(found.at), message=_clean(found.message), excerpt=_clean(found.excerpt)))
                elif not self._unchanged(raw := _with_clean_names(found)):
                    self._take(raw)
            self._flush()
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
        from dragoman import extract

        name = self._model or os.environ.get("DRAGOMAN_LANGUAGE_MODEL") or "en_dragoman"
        return f"{extract.VERSION} {name}{_installed(name)}"

    # ---------------------------------------------------------------- one input

    def _refused(self, problem: Problem) -> None:
        self._tally.problems.append(problem)
        self._store.finish(None, problem.at, [problem])

    def _unchanged(self, raw: Raw) -> bool:
        """Whether these very bytes were read to their end by this reader or a newer one."""
        before = self._store.input(_key(raw))
        same = before and (before.sha256, before.digest) == (raw.source.sha256, _digest(raw.metadata))
        if not before or not same or not self._satisfied(before.reader):
            return False
        self._tally.counts["unchanged"] += before.documents
        self._tally.not_read += before.not_read
        self._advance(raw.source.file, before.documents)
        return True

    def _satisfied(self, reader: str) -> bool:
        """Whether there is no need to read again what that reader read."""
        return reader == self.reader or _number(reader) > _number(self.reader)

    def _take(self, raw: Raw) -> None:
        from dragoman import documents

        work = Work(raw, _key(raw), [], [])
        try:
            for found in documents.read(raw):
                if isinstance(found, Problem):
                    work.problems.append(found)
                else:
                    work.documents.append(found)
        except Exception as error:  # one document's failure never ends a run
            work.problems.append(_failure(raw.source.path, error, "Please report it with the file; the others were read."))
        self._tally.problems += work.problems
        if not work.documents:
            self._store.finish(None, work.key, work.problems)
            return
        self._batch.append(work)
        self._held += sum(len(d.text) for d in work.documents)
        if self._held >= BATCH_CHARACTERS or sum(len(w.documents) for w in self._batch) >= BATCH_DOCUMENTS:
            self._flush()

    # ---------------------------------------------------------------- a batch

    def _flush(self) -> None:
        """Annotate what is in hand in one go, and store it one by one; what cannot matter is not annotated."""
        self._aside = set()
        batch, self._batch, self._held = self._batch, [], 0
        pending: dict[str, Document] = {}
        self._known = self._store.known([d.id for work in batch for d in work.documents]) if batch else {}
        for work in batch:
            for document in work.documents:
                if not _is_english(document) or self._is_read(document, work):
                    continue
                if _may_matter(document):
                    pending.setdefault(document.id, document)
                else:
                    self._aside.add(document.id)
        texts = self._annotated(list(pending.values())) if pending else iter(())
        for work in batch:
            self._write(work, pending, texts)
        if pending and not gc.get_freeze_count():
            gc.freeze()  # model and tables stay; the collector need not look at them again

    def _is_read(self, document: Document, work: Work) -> bool:
        known = self._known.get(document.id)
        if known is None or known.state is not State.READ or not self._satisfied(known.reader):
            return False
        return known.home != _place(work, document) or known.digest == _about(document)

    def _annotated(self, documents: list[Document]) -> Iterator[AnnotatedText | Exception]:
        """One result a document, in order; where the batch fails, one by one from there on."""
        from dragoman import annotate
        from dragoman.annotate.pipeline import ModelMissing

        done = 0
        try:
            for text in annotate.annotate_all(documents, self._model):
                yield text
                done += 1
        except ModelMissing:
            raise
        except Exception:
            for document in documents[done:]:
                try:
                    yield annotate.annotate(document, self._model)
                except Exception as error:
                    yield error

    def _write(self, work: Work, pending: dict[str, Document], texts: Iterator[AnnotatedText | Exception]) -> None:
        not_read = tuple((d.source.file, d.language) for d in work.documents if not _is_english(d))
        failed = any(p.failed for p in work.problems)
        for k, document in enumerate(work.documents):
            entry = self._entry(work, document, next(texts) if pending.pop(document.id, None) is document else None)
            failed = failed or entry.state is State.FAILED
            if k == len(work.documents) - 1:
                done = InputDone(work.key, work.raw.source.sha256, _digest(work.raw.metadata), self.reader, len(work.documents), not_read)
                entry = replace(entry, done=None if failed else done)
            try:
                outcome = self._store.write(entry, _alike)
            except (ValueError, TypeError, KeyError) as error:  # of this document; what is wrong with the file itself ends the run
                self._lost(work, document, error)
                failed = True
                continue
            self._count(document, entry, outcome)
        self._tally.not_read += not_read

    def _lost(self, work: Work, document: Document, error: Exception) -> None:
        problem = _failure(_clean(document.source.path), error, "It could not be stored. Please report it with the file.")
        self._tally.problems.append(problem)
        self._store.finish(None, work.key, [*work.problems, problem])
        self._advance(document.source.file, 1)

    def _entry(self, work: Work, document: Document, seen: AnnotatedText | Exception | None) -> Entry:
        """What to store: with claims where the text was read now, without where it is known or in another language."""
        from dragoman import extract

        key = _place(work, document)
        base = Entry(document, work.raw, key, _about(document), self.reader, State.READ, problems=work.problems)
        if document.id not in self._known:
            base = replace(base, signature=_signature(document))
        if not _is_english(document):
            return replace(base, state=State.OTHER_LANGUAGE, claims=())
        if document.id in self._aside:
            self._aside.discard(document.id)
            self._tally.counts["put_aside"] += 1
            return replace(base, claims=())
        if seen is None:
            return base
        if isinstance(seen, AnnotatedText):
            try:
                claims = extract.extract_all(seen)
                return replace(base, claims=claims, named=_named(claims, seen), parties=seen.parties)
            except Exception as error:
                seen = error
        known = self._known.get(document.id)
        kept = known is not None and known.state is State.READ  # what an older reader found stays
        what = "What an earlier version read in it is kept" if kept else "It is stored without claims"
        problem = _failure(document.source.path, seen, f"{what}. Please report it with the file.")
        self._tally.problems.append(problem)
        return replace(base, state=State.FAILED, claims=None if kept else (), problems=[*work.problems, problem])

    def _count(self, document: Document, entry: Entry, outcome: Any) -> None:
        counts = self._tally.counts
        if outcome.what == "place":
            counts["new"] += 1
        elif outcome.what == "reread" and entry.state is State.OTHER_LANGUAGE:
            counts["unchanged"] += 1
        else:
            counts[outcome.what] += 1
        counts["copies"] += outcome.copy or outcome.what == "place"
        if entry.claims is not None and entry.state is State.READ:
            counts["claims"] += len(entry.claims)
            counts["words"] += len(document.text.split())
        self._advance(document.source.file, 1)

    def _advance(self, file: str, documents: int) -> None:
        self._tally.done += documents
        if self._progress:
            self._progress(Progress(self._tally.done, None, file))


def _clean(words: str) -> str:
    """The words as Unicode that can be stored; file names on Linux may be any bytes."""
    return words.encode("utf-8", "backslashreplace").decode("utf-8")


def _with_clean_names(raw: Raw) -> Raw:
    source = replace(raw.source, file=_clean(raw.source.file), path=_clean(raw.source.path))
    return replace(raw, source=source, metadata={_clean(k): _clean(v) for k, v in raw.metadata.items()})


def _key(raw: Raw) -> str:
    """The place of an input: its address, else its file and its name in that file.

    Lines and items without a name of their own have no lasting place, nor has standard input: their bytes are their key.
    """
    source = raw.source
    if "://" in source.file:
        return source.file
    container = _NUMBERED.sub("", source.path) if not os.path.lexists(source.path) else source.path
    if container == "-" or (container != source.path and _NUMBERED.search(source.file)):
        return f"{container}\n{source.sha256}"
    path = Path(os.path.normpath(Path(container).absolute()))
    return str(path) if path.name == source.file else f"{path}\n{source.file}"


def _place(work: Work, document: Document) -> str:
    """The place of a document; of several in one input each has its own."""
    return work.key if document.source.file == work.raw.source.file else f"{work.key}\n{document.source.file}"


def _digest(metadata: dict[str, str]) -> str:
    return hashlib.sha256(json.dumps(metadata, sort_keys=True).encode()).hexdigest()[:16]


def _about(document: Document) -> str:
    """A digest of what is known of a text beside the text."""
    known = (document.title, document.outlet, document.outlet_kind, document.author, document.place, document.language, document.published,
             document.published_by, document.alternatives, document.url)
    return hashlib.sha256(repr(known).encode()).hexdigest()[:16]


def _is_english(document: Document) -> bool:
    return document.language.split("-")[0].lower() == "en"


def _may_matter(document: Document) -> bool:
    from dragoman.annotate import triage

    return triage.may_matter(document)


def _named(claims: Sequence[Claim], text: AnnotatedText) -> dict[str, frozenset[str]]:
    """The states that the words of statements and commitments name: they take part in what is said and promised."""
    found = {}
    for claim in claims:
        if isinstance(claim, Statement | Commitment):
            first = claim.evidence[0]
            mentions = text.mentions_in(first.start, first.end, MentionType.STATE, MentionType.DEMONYM)
            found[claim.id] = frozenset(m.state or m.name for m in mentions)
    return found


def _failure(at: str, error: Exception, remedy: str) -> Problem:
    words = " ".join(str(error).split())[:160]
    return Problem("reader-failed", f"dragoman failed on this document: {type(error).__name__}{': ' if words else ''}{words}", at, remedy)


def _number(reader: str) -> int:
    """The version in a reader's name, as a number."""
    found = re.match(r"\d+", reader)
    return int(found[0]) if found else 0


def _installed(model: str) -> str:
    """The version of an installed language model, with an @ before it."""
    from importlib import metadata

    try:
        return f"@{metadata.version(model)}"
    except (metadata.PackageNotFoundError, ValueError):
        return ""


def _signature(document: Document) -> bytes:
    """What copies are told by: the runs of words that duplicates looks at, then the text's names and numbers."""
    from dragoman.documents import duplicates

    return array("Q", duplicates.of(document)).tobytes() + array("I", _particulars(document)).tobytes()


def _particulars(document: Document) -> list[int]:
    """Names and numbers as hashes: a copy keeps them, next month's note in the same words has others."""
    found = set()
    skipped = iter([z for z in document.zones if z.zone not in (Zone.BODY, Zone.TABLE)])
    zone = next(skipped, None)
    text, last, end = document.text, "", 0
    for m in _NOT_SMALL.finditer(text):
        word, start = m[0], m.start()
        while zone and zone.end <= start:
            zone = next(skipped, None)
        if not (zone and zone.start <= start) and (not word.isalpha() or (word[0].isupper() and _inside(text, last, end, start))):
            found.add(zlib.crc32(word.casefold().encode()))
        last, end = word, m.end()
    return sorted(found)[:MOST_PARTICULARS]


def _inside(text: str, last: str, end: int, start: int) -> bool:
    """Whether a word begins within a sentence; `last` is the last word before it that is not in small letters, and ends at `end`."""
    before = text[start - 2 : start].rstrip()[-1:]
    if before == ",":
        return True
    return before not in (".", "!", "?", ":", "\n") and (last.islower() or _SMALL.search(text, end, start) is not None)


def _alike(a: bytes, b: bytes) -> bool:
    """Whether two signatures are of a text and its copy."""
    from dragoman.documents import duplicates

    (words, own), (others, theirs) = _parts(a, duplicates.SIZE + 1), _parts(b, duplicates.SIZE + 1)
    if duplicates.similarity(words, others) < duplicates.COPY:
        return False
    fewer = min(len(own), len(theirs))
    return fewer < FEW or len(set(own) & set(theirs)) >= SHARED * fewer


def _parts(signature: bytes, size: int) -> tuple[array[int], array[int]]:
    return array("Q", signature[: 8 * size]), array("I", signature[8 * size :])
