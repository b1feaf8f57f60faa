"""A text with its source, and the only way to point into it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Zone(StrEnum):
    """What a stretch of the stored text is. Claims come from BODY, HEADING, LEAD-like zones and TABLE only."""

    BODY = "body"
    HEADING = "heading"  # title and section headings
    DATELINE = "dateline"  # "Moscow, 14 January 2022 (TDI):"
    METADATA = "metadata"  # letterhead, press release number, "Updated: March 2023"
    SIGNATURE = "signature"  # who prepared or signed the text
    TABLE = "table"
    FOOTNOTE = "footnote"  # readable as a source, never as news
    CAPTION = "caption"
    MENU = "menu"  # navigation, breadcrumbs, "Similar posts", share links
    RELATED = "related"  # headlines of other articles
    RIGHTS = "rights"  # reuse terms
    ABOUT = "about"  # biography of the author below the article


READ = frozenset({Zone.BODY, Zone.HEADING, Zone.DATELINE, Zone.TABLE, Zone.METADATA, Zone.SIGNATURE, Zone.ABOUT})


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a document's stored text in Unicode code points, end exclusive."""

    start: int
    end: int

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Evidence:
    """The exact words: `text[start:end] == quote`, guaranteed by `Document.evidence`."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class ZoneSpan:
    start: int
    end: int
    zone: Zone


@dataclass(frozen=True, slots=True)
class Source:
    """Where bytes came from.

    file      the name the document came in under (file name, `id` of a JSONL line, or URL)
    path      full path or URL, for people
    sha256    of the bytes, hex
    size      bytes
    media     MIME type as detected
    read_at   ISO 8601 UTC time of reading
    """

    file: str
    path: str
    sha256: str
    size: int
    media: str
    read_at: str


@dataclass(frozen=True, slots=True)
class Raw:
    """Bytes with their source and what came beside them (`title`, `date`, `outlet`, `url`, `language`, ... as strings)."""

    source: Source
    data: bytes
    metadata: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReuseTerms:
    """A quote limit found in the text; share is 0 to 1 of the article, None when no number is given."""

    text: str
    share: float | None
    link_required: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its source.

    id          `doc:` and 16 hex digits of the stored text's SHA-256
    text        the stored text; of a plain-text file its decoded text, unchanged
    zones       what each stretch is, sorted, not overlapping; stretches not listed are BODY
    published   EDTF date with the source's precision, or None
    published_by  `metadata`, `dateline`, `footer`, `file name`, `text` (inferred), or None
    outlet_kind `office`, `ministry`, `agency`, `newspaper`, `think tank`, `other`
    language    BCP 47
    alternatives  other readings of the date ("03/04/2024": ("2024-03-04", "2024-04-03")), published then None
    """

    id: str
    text: str
    source: Source
    zones: tuple[ZoneSpan, ...] = ()
    title: str | None = None
    outlet: str | None = None
    outlet_kind: str = "other"
    author: str | None = None
    place: str | None = None
    language: str = "en"
    published: str | None = None
    published_by: str | None = None
    published_evidence: Evidence | None = None
    alternatives: tuple[str, ...] = ()
    url: str | None = None
    reuse: ReuseTerms | None = None
    metadata: dict[str, str] = field(default_factory=dict)

    def evidence(self, start: int, end: int) -> Evidence:
        """The words from start to end, trimmed of outer white space.

        Raises:
          ValueError: the span is empty or lies outside the text.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"span {start}-{end} lies outside the text of {self.id}")
        quote = self.text[start:end]
        start += len(quote) - len(quote.lstrip())
        quote = quote.strip()
        if not quote:
            raise ValueError(f"span {start}-{end} of {self.id} holds no words")
        return Evidence(start, start + len(quote), quote)

    def zone_at(self, offset: int) -> Zone:
        """The zone of one code point; BODY where none is marked."""
        for span in self.zones:
            if span.start <= offset < span.end:
                return span.zone
        return Zone.BODY
