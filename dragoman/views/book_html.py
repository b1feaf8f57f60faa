"""The briefing book as one HTML page: its own style, no script, nothing fetched; notes lead to their passages."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path

from dragoman.model.book import Block, Book, Chart, Entry, Passage, Reference, Remark, Row, Sentence, Table
from dragoman.views.book_chart import svg
from dragoman.views.book_text import MARKS

Notes = dict[str, str]  # number of a passage -> what is shown where somebody points at it


@cache
def _style() -> str:
    return (Path(__file__).parent / "book.css").read_text(encoding="utf-8")


def render(book: Book) -> str:
    """The page, which can be kept, sent and printed as it is."""
    return "\n".join(_lines(book)) + "\n"


def _lines(book: Book) -> Iterator[str]:
    notes = {p.number: f"{s.outlet}, {s.published}: {_words(p)}" for s in book.sources for p in s.passages}
    yield '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(book.title)}: {escape(book.subtitle)}</title>\n<style>\n{_style()}</style></head><body>"
    yield f'<header class="cover"><p class="kind">Briefing book</p><h1>{escape(book.title)}</h1><p class="for">{escape(book.subtitle)}</p>'
    yield "".join(f"<p>{escape(line)}</p>" for line in book.made) + '<nav aria-label="Contents"><ol>'
    yield '<li><a href="#essentials">The essentials</a></li>'
    yield "".join(f'<li><a href="#{s.key}">{escape(s.title)}</a></li>' for s in book.sections)
    yield '<li><a href="#sources">Sources</a></li></ol></nav></header><main>'
    yield '<section id="essentials"><h2>The essentials</h2><dl>'
    for entry in book.essentials:
        said = " ".join(_said(s, notes) for s in entry.sentences)
        yield f"<div><dt>{escape(entry.lead or '')}</dt><dd>{said}</dd></div>"
    yield "</dl></section>"
    for section in book.sections:
        yield f'<section id="{section.key}"><h2>{escape(section.title)}</h2>'
        for part in section.parts:
            yield f"<h3>{escape(part.title)}</h3>" if part.title else ""
            yield from (_block(b, notes) for b in part.blocks)
        yield "</section>"
    yield '<section id="sources"><h2>Sources</h2><ol class="sources">'
    yield from map(_source, book.sources)
    yield "</ol></section></main></body></html>"


def _block(block: Block, notes: Notes) -> str:
    if isinstance(block, Remark):
        return f'<p class="remark">{escape(block.text)}</p>'
    if isinstance(block, Entry):
        lead = f"<b>{escape(block.lead)}.</b> " if block.lead else ""
        points = "".join(f"<li>{_said(s, notes)}</li>" for s in block.points)
        told = f"<p>{lead}{' '.join(_said(s, notes) for s in block.sentences)}</p>"
        return f'<div class="entry">{told}{f"<ul>{points}</ul>" if points else ""}</div>'
    if isinstance(block, Chart):
        return f"<figure>{svg(block)}<figcaption>{escape(block.title)}</figcaption></figure>"
    return _table(block, notes)


def _table(table: Table, notes: Notes) -> str:
    whole = sum(table.widths)
    cols = "".join(f'<col width="{round(100 * w / whole)}%">' for w in table.widths)
    head = "".join(f'<th scope="col">{escape(h)}</th>' for h in table.head)
    rows = []
    for row in table.rows:
        cells = [f"<bdi>{escape(c)}</bdi>" for c in row.cells]
        cells[-1] += _tail(row, notes)
        rows.append("<tr>" + "".join(f"<td>{c}</td>" for c in cells) + "</tr>")
    return f"<table><colgroup>{cols}</colgroup><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _said(said: Sentence | Remark, notes: Notes) -> str:
    if isinstance(said, Remark):
        return f'<span class="remark">{escape(said.text)}</span>'
    return f"<bdi>{escape(said.text)}</bdi>{_tail(said, notes)}"


def _tail(said: Sentence | Row, notes: Notes) -> str:
    marks = "".join(f' <span class="mark {m}">{escape(MARKS.get(m, m))}</span>' for m in said.marks)
    links = " ".join(f'<a href="#{_id(n)}" title="{escape(notes.get(n, ""))}">{n}</a>' for n in said.notes)
    return marks + (f"<sup>{links}</sup>" if links else "")


def _id(number: str) -> str:
    return "n" + number.replace(".", "-")


def _words(passage: Passage) -> str:
    return f"“{passage.quote}”" if passage.quote else "words left out"


def _shown(passage: Passage) -> str:
    """The words, the exact ones apart from the rest of their sentence."""
    before, exact, after = map(escape, passage.parts)
    words = f"“{before}<b>{exact}</b>{after}”" if passage.exact else f"“{exact}”"
    return words if passage.quote else "words left out"


def _source(source: Reference) -> str:
    title = f"“{escape(source.title)}”, " if source.title else ""
    place = f'<a href="{escape(source.link)}" rel="noreferrer">{escape(source.place)}</a>' if source.link else escape(source.place)
    terms = f'<p class="remark">{escape(source.terms)}</p>' if source.terms else ""
    passages = "".join(
        f'<li id="{_id(p.number)}"><span class="n">{p.number}</span> <bdi>{_shown(p)}</bdi>'
        f"{' <span class=mark>shortened</span>' if p.shortened else ''}</li>"
        for p in source.passages
    )
    return (
        f'<li id="s{source.number}"><p><b>{source.number}</b> {escape(source.outlet)}, {title}{escape(source.published)}, {place}</p>'
        f"{terms}<ul>{passages}</ul></li>"
    )
