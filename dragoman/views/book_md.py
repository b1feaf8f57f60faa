"""The briefing book as Markdown: headings, lists, tables, and notes that lead to their passages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.model.book import Block, Book, Entry, Reference, Remark, Row, Sentence, Table
from dragoman.views.book_text import MARKS

_MARKUP = re.compile(r"[\\`*_{}\[\]>#!]")
_ENTITIES = str.maketrans({c: f"&#{ord(c)};" for c in "<&|~$"})  # some readers know no backslash before these
_LIST = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)")


def plain(text: str) -> str:
    """Text that Markdown shows as it is.

    >>> plain("1. <b>*no*")
    '1\\\\. &#60;b\\\\>\\\\*no\\\\*'
    """
    shown = _MARKUP.sub(lambda m: "\\" + m[0], text).translate(_ENTITIES)
    return _LIST.sub(lambda m: f"{m[1]}{m[2][:-1]}\\{m[2][-1]}", shown)


def render(book: Book) -> str:
    """Everything but the charts, whose values stand in the tables."""
    return "\n".join(_lines(book)) + "\n"


def _lines(book: Book) -> Iterator[str]:
    yield f"# {plain(book.title)}"
    yield from ("", f"*{plain(book.subtitle)}*", "")
    yield from (f"{plain(line)}  " for line in book.made)
    yield from ("", "## The essentials", "")
    for entry in book.essentials:
        yield f"- {_entry(entry)}"
    for section in book.sections:
        yield from ("", f"## {plain(section.title)}", "")
        for part in section.parts:
            if part.title:
                yield from ("", f"### {plain(part.title)}", "")
            for block in part.blocks:
                yield from _block(block)
    yield from ("", "## Sources", "")
    for source in book.sources:
        yield from _source(source)


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Remark):
        yield from ("", plain(block.text), "")
    elif isinstance(block, Entry):
        yield f"- {_entry(block)}"
        yield from (f"    - {_said(point)}" for point in block.points)
    elif isinstance(block, Table):
        yield from ("", f"| {' | '.join(map(plain, block.head))} | |", "|" + " --- |" * (len(block.head) + 1))
        yield from (f"| {' | '.join(map(plain, row.cells))} | {_tail(row).strip()} |" for row in block.rows)
        yield ""


def _entry(entry: Entry) -> str:
    said = " ".join(map(_said, entry.sentences))
    return f"**{plain(entry.lead)}:** {said}" if entry.lead else said


def _said(said: Sentence | Remark) -> str:
    return plain(said.text) + (_tail(said) if isinstance(said, Sentence) else "")


def _tail(said: Sentence | Row) -> str:
    marks = f" *({', '.join(MARKS.get(m, m) for m in said.marks)})*" if said.marks else ""
    return marks + "".join(f" [[{n}]](#n{n.replace('.', '-')})" for n in said.notes)


def _source(source: Reference) -> Iterator[str]:
    title = f"“{plain(source.title)}”, " if source.title else ""
    place = f"<{source.link.replace('<', '%3C').replace('>', '%3E').replace(' ', '%20')}>" if source.link else plain(source.place)
    yield from ("", f"**{source.number}.** {plain(source.outlet)}, {title}{plain(source.published)}, {place}", "")
    if source.terms:
        yield from (plain(source.terms), "")
    for p in source.passages:
        before, exact, after = map(plain, p.parts)
        words = (f"“{before}**{exact}**{after}”" if p.exact else f"“{exact}”") if p.quote else "words left out"
        yield f'- <a id="n{p.number.replace(".", "-")}"></a>{p.number} {words}{" *(shortened)*" if p.shortened else ""}'
