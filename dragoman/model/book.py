"""The briefing book as a tree of frozen values: every sentence carries the claims that it rests on, and the numbers of its notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """Something that claims support.

    claims  ids of the claims behind it, at least one
    notes   numbers of the passages that show their words, "3.2" is the second passage of source 3
    fact    id of the fact that it tells, where it tells one
    marks   `disputed`, `missed`, `overdue`, `shortened`
    """

    text: str
    claims: tuple[str, ...]
    fact: str | None = None
    marks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """What the record does not hold, or how much it was made from: the only text that rests on no claim."""

    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Sentences about one matter, and points under them; `lead` is the name or title that they begin with."""

    lead: str | None
    sentences: tuple[Sentence | Remark, ...]
    points: tuple[Sentence | Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: cells that the claims support together."""

    cells: tuple[str, ...]
    claims: tuple[str, ...]
    fact: str | None = None
    marks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head; `widths` are the parts of the line that the columns take."""

    head: tuple[str, ...]
    rows: tuple[Row, ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One value of a chart: the period, who says so, how long the bar is, and the value in words."""

    group: str
    label: str
    value: float
    text: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Values side by side; `said` tells in words what the picture shows, for those who cannot see it."""

    title: str
    said: str
    bars: tuple[Bar, ...]


Block = Entry | Table | Chart | Remark


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks under a heading of their own, or without one."""

    title: str | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter; `key` names it in links and does not change."""

    key: str
    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """The words behind a claim, under the number by which sentences name them.

    quote      the exact words, in their sentence where they are few; empty where the terms of reuse leave none
    shortened  whether the terms of reuse made them shorter
    exact      the exact words within the quote, where it holds more
    """

    number: str
    claim: str
    quote: str
    shortened: bool = False
    exact: str | None = None

    @property
    def parts(self) -> tuple[str, str, str]:
        """What stands before the exact words, these, and what stands after them."""
        if self.exact is None:
            return "", self.quote, ""
        before, exact, after = self.quote.partition(self.exact)
        return before, exact, after


@dataclass(frozen=True, slots=True)
class Reference:
    """A source with the passages that the book rests on.

    link   where it can be read; None for what has no address
    terms  what its terms of reuse leave, where they name a share
    """

    number: int
    document: str
    outlet: str
    title: str | None
    published: str
    place: str
    link: str | None
    terms: str | None
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """The briefing book.

    a, b        ISO codes: ours, and whom we meet
    on          EDTF day of the book: of the newest document, where none was asked for
    since       the day from which changes are told
    title, subtitle, made   lines of the cover
    essentials  entries of the first page, 400 words at most with its heading
    """

    a: str
    b: str
    on: str | None
    since: str | None
    occasion: str | None
    locale: str
    title: str
    subtitle: str
    made: tuple[str, ...]
    essentials: tuple[Entry, ...]
    sections: tuple[Section, ...]
    sources: tuple[Reference, ...]


def said(book: Book) -> Iterator[Sentence | Row]:
    """Every sentence and row of the book, in the order of reading."""
    yield from (s for entry in book.essentials for s in entry.sentences if isinstance(s, Sentence))
    for block in (block for section in book.sections for part in section.parts for block in part.blocks):
        if isinstance(block, Entry):
            yield from (s for s in (*block.sentences, *block.points) if isinstance(s, Sentence))
        elif isinstance(block, Table):
            yield from block.rows
