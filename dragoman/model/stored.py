"""What the record gives back: documents, claims, hits, changes, and the summary of a run."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from dragoman.model.claims import Claim
from dragoman.model.documents import ReuseTerms
from dragoman.model.problems import DragomanError, Problem
from dragoman.model.rows import Rows

__all__ = ["Change", "ClaimRow", "DocumentRow", "Hit", "Progress", "RecordError", "Rows", "Summary"]


class RecordError(DragomanError):
    """The record cannot be opened, or does not hold what was asked for; the message says what to do."""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A stored document without its text.

    file           the name it came in under; files: every name under which this very text stands now
    words, claims  how many; claims is 0 where it was not read
    read           False for a text in a language that is not read, and where reading failed
    copy_of        id of the document that this one is an edited copy of; its claims do not count
    superseded_by  id of the newer text under the same name
    version        1 for the first text under its name
    read_at        ISO 8601, UTC: when the bytes were read
    """

    id: str
    file: str
    files: tuple[str, ...]
    title: str | None
    outlet: str | None
    outlet_kind: str
    author: str | None
    place: str | None
    language: str
    published: str | None
    published_by: str | None
    alternatives: tuple[str, ...]
    url: str | None
    words: int
    claims: int
    read: bool
    copy_of: str | None
    superseded_by: str | None
    version: int
    read_at: str
    reuse: ReuseTerms | None

    def as_json(self) -> dict[str, Any]:
        """The row as plain values."""
        row = asdict(self)
        return row | {"files": list(self.files), "alternatives": list(self.alternatives)}


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim with its document.

    superseded  its document was replaced by a newer text under the same name
    counted     False for a claim of an edited copy whose original is in the record
    """

    claim: Claim
    document: DocumentRow
    superseded: bool
    counted: bool

    def as_json(self) -> dict[str, Any]:
        """The contract's object, with `superseded` and `counted` beside its fields."""
        row = self.claim.as_json(self.document.file, list(self.document.files))
        return row | {"superseded": self.superseded, "counted": self.counted}


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in a document that answers a search; start and end are code points of its text, score is higher for better."""

    document: DocumentRow
    claim: ClaimRow | None
    start: int
    end: int
    snippet: str
    score: float

    def as_json(self) -> dict[str, Any]:
        """The hit as plain values; of document and claim what names them."""
        return {"document": self.document.id, "file": self.document.file, "title": self.document.title, "outlet": self.document.outlet,
                "published": self.document.published, "claim": self.claim.claim.id if self.claim else None,
                "kind": self.claim.claim.kind if self.claim else None, "start": self.start, "end": self.end, "snippet": self.snippet,
                "score": round(self.score, 4)}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: documents done, how many there are where that is known, and the last one's name."""

    done: int
    total: int | None
    file: str


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two texts under one name; before or after is empty where something was added or taken out."""

    document: str
    before_version: int
    after_version: int
    before: str
    after: str
    at: str

    def as_json(self) -> dict[str, Any]:
        """The change as plain values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did.

    new         documents that were not there before; changed: texts that replaced an older one under the same name
    unchanged   documents that were there already; copies: texts that stand elsewhere in the record, as they are or edited
    not_read    (file, language) of documents in a language that is not read
    claims, words   of what was read in this run
    reread      documents that an older reader had read
    put_aside   documents with no state, official or organisation in them: stored without being parsed
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    copies: int = 0
    not_read: tuple[tuple[str, str], ...] = ()
    claims: int = 0
    words: int = 0
    seconds: float = 0.0
    problems: tuple[Problem, ...] = ()
    reread: int = 0
    put_aside: int = 0

    @property
    def failed(self) -> bool:
        """Whether something could not be read at all."""
        return any(problem.failed for problem in self.problems)

    def as_json(self) -> dict[str, Any]:
        """The summary as plain values."""
        row = asdict(self)
        return row | {"not_read": [list(pair) for pair in self.not_read], "problems": [asdict(p) for p in self.problems],
                      "failed": self.failed}
