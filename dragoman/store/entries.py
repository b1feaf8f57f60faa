"""What is handed to the store, and what it says it did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from dragoman.model.claims import Claim
from dragoman.model.documents import Document, Raw
from dragoman.model.problems import Problem


class State(StrEnum):
    READ = "read"
    OTHER_LANGUAGE = "other language"
    FAILED = "failed"


class Known(NamedTuple):
    """What the record has of a text: which reader read it, and the place and digest of its metadata."""

    state: State
    reader: str
    home: str
    digest: str


class InputDone(NamedTuple):
    """An input that was read to its end: so many documents, and which of them are in a language that is not read."""

    key: str
    sha256: str
    digest: str
    reader: str
    documents: int
    not_read: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One document with all that one transaction writes.

    key        of its place: two texts under one key are versions
    named      states that a claim's words name beside those in its fields, by the claim's id
    parties    states that the document is about
    signature  of a new text, for near copies
    claims     None where the text is known and nothing about it is to change
    done       the input, with its last document
    """

    document: Document
    raw: Raw
    key: str
    digest: str
    reader: str
    state: State
    claims: Sequence[Claim] | None = None
    named: Mapping[str, frozenset[str]] = field(default_factory=dict)
    parties: Sequence[str] = ()
    signature: bytes = b""
    problems: Sequence[Problem] = ()
    done: InputDone | None = None


class Outcome(NamedTuple):
    """`new`, `changed`, `unchanged`, `place` (a known text at another place) or `reread`, and whether it is an edited copy.

    `forgotten`, with the problem, where the text was taken out of the record for good and is not stored again.
    """

    what: str
    copy: bool = False
    problem: Problem | None = None
