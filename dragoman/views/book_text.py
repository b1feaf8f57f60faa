"""The briefing book as plain text, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.model.book import Block, Book, Chart, Entry, Reference, Remark, Row, Sentence, Table
from dragoman.views.citation import short

MARKS = {"shortened": "quotation shortened"}


def render(book: Book) -> str:
    """Everything but the charts, whose values stand in the tables."""
    return "\n".join(_lines(book)) + "\n"


def _lines(book: Book) -> Iterator[str]:
    yield book.title
    yield f"{book.subtitle}. {'. '.join(line.rstrip('.') for line in book.made)}."
    yield "A number in brackets is the source and the passage in it: see Sources at the end."
    yield from ("", "The essentials")
    for entry in book.essentials:
        yield f"  {_entry(entry)}"
    for section in book.sections:
        yield from ("", section.title)
        for part in section.parts:
            if part.title:
                yield f"  {part.title}"
            for block in part.blocks:
                yield from _block(block)
    yield from ("", "Sources")
    for source in book.sources:
        yield from _source(source)


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Remark):
        yield f"    {block.text}"
    elif isinstance(block, Entry):
        yield f"    – {_entry(block)}"
        yield from (f"      · {_said(point)}" for point in block.points)
    elif isinstance(block, Table):
        yield from (f"    – {'; '.join(c for c in row.cells if c)}{_tail(row)}" for row in block.rows)
    elif isinstance(block, Chart):
        return


def _entry(entry: Entry) -> str:
    said = " ".join(map(_said, entry.sentences))
    return f"{entry.lead}: {said}" if entry.lead else said


def _said(said: Sentence | Remark) -> str:
    return said.text + (_tail(said) if isinstance(said, Sentence) else "")


def _tail(said: Sentence | Row) -> str:
    """Marks and notes behind a sentence."""
    marks = f" ({', '.join(MARKS.get(m, m) for m in said.marks)})" if said.marks else ""
    return marks + "".join(f" [{n}]" for n in said.notes)


def _source(source: Reference) -> Iterator[str]:
    title = f", “{source.title}”" if source.title else ""
    yield f"  [{source.number}] {source.outlet}{title}, {source.published}, {source.place}"
    if source.terms:
        yield f"      {source.terms}"
    for passage in source.passages:
        words = f"“{passage.quote}”" if passage.quote else "words left out"
        yield f"      {passage.number}  {short(passage.claim)}  {words}{' (shortened)' if passage.shortened else ''}"
