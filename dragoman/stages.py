"""The stages in a row, without a store: from the bytes of an input to its documents and their claims.

What `dragoman read` (reader.py) and `dragoman scale read` (scale/) both do with an input, and the names that both give to things.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from dragoman.model.annotations import AnnotatedText, MentionType
from dragoman.model.claims import Claim, Commitment, Statement
from dragoman.model.documents import Document, Raw, Zone
from dragoman.model.problems import Problem

COLLECTIONS = (50_000, 20, 50)  # what is read makes few cycles; the collector looks for them more seldom while it is read
BATCH_DOCUMENTS, BATCH_CHARACTERS = 64, 300_000  # of what is annotated at a time, so that memory stays flat
HELD_DOCUMENTS, HELD_CHARACTERS = 256, 2_000_000  # the same with what is put aside
FEW, SHARED, MOST_PARTICULARS = 4, 0.8, 1000  # names and numbers of a text; the share that a copy keeps
_NOT_SMALL = re.compile(r"\b(?![a-z]++\b)\w+")  # what is not all in small letters from a to z
_SMALL = re.compile("[a-z]")
_NUMBERED = re.compile(r"[#:]\d+$")


class Found(NamedTuple):
    """A document of an input: whether it is in English, and whether it names anything that matters."""

    document: Document
    english: bool
    matters: bool


@dataclass(slots=True)
class Work:
    """One input with the documents it gave and what was wrong with it."""

    raw: Raw
    key: str
    found: list[Found] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class Reading(NamedTuple):
    """What one document claims: the claims, the states that their words name by the claim's id, the states that it is about."""

    claims: tuple[Claim, ...]
    named: Mapping[str, frozenset[str]]
    parties: Sequence[str]


def opened(raw: Raw, skimmed: bool = False) -> Work:
    """The documents of an input; language and triage say which of them are to be annotated.

    skimmed  of the others nothing is found but text and language
    """
    from dragoman import documents

    work = Work(raw, key(raw))
    try:
        for one in documents.read(raw, _matters if skimmed else None):
            if isinstance(one, Problem):
                work.problems.append(one)
            else:
                work.found.append(Found(one, is_english(one), _matters(one)))
    except Exception as error:  # one document's failure never ends a run
        work.problems.append(failure(raw.source.path, error, "Please report it with the file; the others were read."))
    return work


def _matters(document: Document) -> bool:
    from dragoman.annotate import triage

    return is_english(document) and triage.may_matter(document)


def batches(works: Iterable[Work]) -> Iterator[list[Work]]:
    """So many inputs at a time as are annotated in one go."""
    batch: list[Work] = []
    documents = characters = held = 0
    for work in works:
        batch.append(work)
        for document, _, matters in work.found:
            documents, characters, held = documents + matters, characters + matters * len(document.text), held + len(document.text)
        if documents >= BATCH_DOCUMENTS or characters >= BATCH_CHARACTERS or len(batch) >= HELD_DOCUMENTS or held >= HELD_CHARACTERS:
            yield batch
            batch, documents, characters, held = [], 0, 0, 0
    if batch:
        yield batch


def read(documents: Sequence[Document], model: str | None = None) -> Iterator[Reading | Exception]:
    """What each document claims, or why it could not be read, in order; they share the parser's batches."""
    from dragoman import extract

    for seen in _annotated(documents, model):
        if isinstance(seen, Exception):
            yield seen
            continue
        try:
            claims = extract.extract_all(seen)
            yield Reading(claims, _named(claims, seen), seen.parties)
        except Exception as error:
            yield error


class Input(NamedTuple):
    """One input with what became of each of its documents; None for one that is not read."""

    work: Work
    readings: list[Reading | Exception | None]


def read_inputs(raws: Iterable[Raw], model: str | None = None) -> Iterator[Input]:
    """The inputs with their documents and claims, in order; the same text twice in one batch is read once."""
    for batch in batches(opened(with_clean_names(raw), skimmed=True) for raw in raws):
        pending = {found.document.id: found.document for work in batch for found in work.found if found.matters}
        readings = read(list(pending.values()), model) if pending else iter(())
        seen: dict[str, Reading | Exception] = {}
        for work in batch:
            for found in work.found:
                if found.matters and found.document.id not in seen:
                    seen[found.document.id] = next(readings)
            yield Input(work, [seen.get(found.document.id) for found in work.found])


def _annotated(documents: Sequence[Document], model: str | None) -> Iterator[AnnotatedText | Exception]:
    """One result a document, in order; where the batch fails, one by one from there on."""
    from dragoman import annotate
    from dragoman.annotate.pipeline import ModelMissing

    done = 0
    try:
        for text in annotate.annotate_all(documents, model):
            yield text
            done += 1
    except ModelMissing:
        raise
    except Exception:
        for document in documents[done:]:
            try:
                yield annotate.annotate(document, model)
            except Exception as error:
                yield error


def version(model: str | None = None) -> str:
    """What reads: the version of the rules and the language model."""
    from dragoman import extract

    name = model or os.environ.get("DRAGOMAN_LANGUAGE_MODEL") or "en_dragoman"
    return f"{extract.VERSION} {name}{_installed(name)}"


def satisfied(reader: str, ours: str) -> bool:
    """Whether there is no need for our reader to read again what that reader read."""
    return reader == ours or _number(reader) > _number(ours)


def clean(words: str) -> str:
    """The words as Unicode that can be stored; file names on Linux may be any bytes."""
    return words.encode("utf-8", "backslashreplace").decode("utf-8")


def with_clean_names(raw: Raw) -> Raw:
    """The input with names that can be stored."""
    source = replace(raw.source, file=clean(raw.source.file), path=clean(raw.source.path))
    return replace(raw, source=source, metadata={clean(k): clean(v) for k, v in raw.metadata.items()})


def key(raw: Raw) -> str:
    """The place of an input: its address, else its file and its name in that file.

    Lines and items without a name of their own have no lasting place, nor has standard input: their bytes are their key.
    """
    source = raw.source
    if "://" in source.file:
        return source.file
    container = _NUMBERED.sub("", source.path) if not os.path.lexists(source.path) else source.path
    if container == "-" or (container != source.path and _NUMBERED.search(source.file)):
        return f"{container}\n{source.sha256}"
    if "://" in container:
        return f"{container}\n{source.file}"
    path = Path(os.path.normpath(Path(container).absolute()))
    return str(path) if path.name == source.file else f"{path}\n{source.file}"


def place(work: Work, document: Document) -> str:
    """The place of a document; of several in one input each has its own."""
    return work.key if document.source.file == work.raw.source.file else f"{work.key}\n{document.source.file}"


def digest(metadata: dict[str, str]) -> str:
    """A digest of what came beside the bytes."""
    return hashlib.sha256(json.dumps(metadata, sort_keys=True).encode()).hexdigest()[:16]


def about(document: Document) -> str:
    """A digest of what is known of a text beside the text."""
    known = (document.title, document.outlet, document.outlet_kind, document.author, document.place, document.language, document.published,
             document.published_by, document.alternatives, document.url)
    return hashlib.sha256(repr(known).encode()).hexdigest()[:16]


def is_english(document: Document) -> bool:
    """Whether a document is in the language that is read."""
    return document.language.split("-")[0].lower() == "en"


def _named(claims: Sequence[Claim], text: AnnotatedText) -> dict[str, frozenset[str]]:
    """The states that the words of statements and commitments name: they take part in what is said and promised."""
    found = {}
    for claim in claims:
        if isinstance(claim, Statement | Commitment):
            first = claim.evidence[0]
            start, end = text.way.there(first.start, first.end) if text.way else (first.start, first.end)
            mentions = text.mentions_in(start, end, MentionType.STATE, MentionType.DEMONYM)
            found[claim.id] = frozenset(m.state or m.name for m in mentions)
    return found


def failure(at: str, error: Exception, remedy: str) -> Problem:
    """The problem of an input at which the reader failed."""
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


def signature(document: Document) -> bytes:
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


def alike(a: bytes, b: bytes) -> bool:
    """Whether two signatures are of a text and its copy."""
    from dragoman.documents import duplicates

    (words, own), (others, theirs) = _parts(a, duplicates.SIZE + 1), _parts(b, duplicates.SIZE + 1)
    if duplicates.similarity(words, others) < duplicates.COPY:
        return False
    fewer = min(len(own), len(theirs))
    return fewer < FEW or len(set(own) & set(theirs)) >= SHARED * fewer


def _parts(signature: bytes, size: int) -> tuple[array[int], array[int]]:
    return array("Q", signature[: 8 * size]), array("I", signature[8 * size :])
