"""The briefing book on two states: a page of essentials, the chapters, and numbered sources; each sentence with its claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from dragoman.model.book import Block, Book, Entry, Passage, Reference, Remark, Row, Section, Sentence, Table, said
from dragoman.model.stored import ClaimRow, DocumentRow
from dragoman.views import (
    book_agreements,
    book_contacts,
    book_figures,
    book_open,
    book_people,
    book_promises,
    book_said,
)
from dragoman.views.book_matter import Asked, Chapter, Found, Matter, Quotes, words_of
from dragoman.views.book_words import Words, capital, safe, state

ESSENTIALS = "The essentials"
WORDS = 400  # on the page of essentials, its heading and labels among them
CHAPTERS: tuple[Callable[[Matter], Chapter], ...] = (
    book_people.meet,
    book_contacts.attends,
    book_contacts.contacts,
    book_promises.chapter,
    book_figures.chapter,
    book_agreements.chapter,
    book_agreements.language,
    book_said.positions,
    book_said.red_lines,
    book_said.requests,
    book_open.changes,
    book_agreements.ties,
    book_open.questions,
)
LABELS = (
    "Ahead",
    "You will meet",
    "New",
    "Last contact",
    "Agreed then",
    "We promised",
    "They promised",
    "Both promised",
    "Asked of us",
    "Asked by us",
    "Figures",
    "Disputed",
    "Pending",
    "In force",
    "Their red line",
    "Our red line",
    "They say",
)


def build(asked: Asked, found: Found) -> Book:
    """The book; it is made twice, first to count the words that it takes of each source, then within what the terms of reuse leave."""
    draft = Quotes()
    made = _made(Matter(asked, found, draft))
    _sources(made, found, draft)
    quotes = Quotes(draft.caps(found.rows))
    made = _numbered(_made(Matter(asked, found, quotes)), {r.claim.id: r for r in found.rows})
    return replace(made, sources=_sources(made, found, quotes))


def _made(m: Matter) -> Book:
    """The book without the numbers of its notes."""
    chapters = [chapter(m) for chapter in CHAPTERS]
    day = m.words.date(m.asked.day) if m.asked.day else "no date"
    subtitle = capital(safe(m.asked.occasion, 120)) if m.asked.occasion else f"Briefing book for {state(m.a)}"
    made = (f"As of {day}", *book_open.coverage(m)[:1])
    return Book(
        m.a,
        m.b,
        m.asked.day,
        m.asked.since,
        m.asked.occasion,
        m.asked.locale,
        capital(f"{state(m.a)} and {state(m.b)}"),
        subtitle,
        made,
        essentials(chapters),
        tuple(c.section for c in chapters),
        (),
    )


def essentials(chapters: Iterable[Chapter]) -> tuple[Entry, ...]:
    """The first page: one sentence of each label in turn, as long as the words last, in the order of the labels."""
    held: dict[str, list[Sentence]] = defaultdict(list)
    texts: set[str] = set()
    for lead in sorted(
        (lead for c in chapters for lead in c.leads), key=lambda lead: lead.label == "New"
    ):  # what is told anyway is no news
        if lead.sentence.claims and lead.sentence.text not in texts:
            held[lead.label].append(lead.sentence)
            texts.add(lead.sentence.text)
    chosen: dict[str, list[Sentence]] = defaultdict(list)
    left = WORDS - count(ESSENTIALS)
    for turn in range(3):
        for label in LABELS:
            if turn < len(held[label]):
                one = held[label][turn]
                cost = count(one.text) + len(one.marks) + (count(label) if not chosen[label] else 0)
                if cost <= left:
                    chosen[label].append(one)
                    left -= cost
    if not any(chosen.values()):
        return (Entry(None, (Remark("No document read tells of these two states together."),)),)
    return tuple(Entry(label, tuple(chosen[label])) for label in LABELS if chosen[label])


def count(text: str) -> int:
    """How many words a text has."""
    return len(text.split())


# ---------------------------------------------------------------- numbers and sources


@dataclass(slots=True)
class _Numbers:
    """Numbers sources in the order of citing, and the passages within each."""

    rows: dict[str, ClaimRow]
    sources: dict[str, int] = field(default_factory=dict)
    passages: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))

    def notes(self, claims: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.note(c) for c in claims)

    def note(self, claim: str) -> str:
        document = self.rows[claim].document.id
        source = self.sources.setdefault(document, len(self.sources) + 1)
        held = self.passages[document]
        return f"{source}.{held.setdefault(claim, len(held) + 1)}"


def _numbered(book: Book, rows: dict[str, ClaimRow]) -> Book:
    """The book with the numbers of its notes, in the order of reading."""
    numbers = _Numbers(rows)

    def sentences(some: tuple[Sentence | Remark, ...]) -> tuple[Sentence | Remark, ...]:
        return tuple(replace(s, notes=numbers.notes(s.claims)) if isinstance(s, Sentence) else s for s in some)

    def entry(e: Entry) -> Entry:
        return replace(e, sentences=sentences(e.sentences), points=sentences(e.points))

    def block(b: Block) -> Block:
        if isinstance(b, Entry):
            return entry(b)
        return replace(b, rows=tuple(_row(r, numbers) for r in b.rows)) if isinstance(b, Table) else b

    def section(s: Section) -> Section:
        return replace(s, parts=tuple(replace(p, blocks=tuple(map(block, p.blocks))) for p in s.parts))

    first = tuple(map(entry, book.essentials))
    return replace(book, essentials=first, sections=tuple(map(section, book.sections)))


def _row(row: Row, numbers: _Numbers) -> Row:
    return replace(row, notes=numbers.notes(row.claims))


def _sources(book: Book, found: Found, quotes: Quotes) -> tuple[Reference, ...]:
    """Every source that the book cites, with the words of each passage as far as its terms leave them."""
    told = {r.claim.id: r for r in found.rows}
    numbers = _Numbers(told)
    for one in said(book):
        numbers.notes(one.claims)
    out = []
    for document, number in numbers.sources.items():
        rows = [(numbers.note(c), told[c]) for c in numbers.passages[document]]
        passages = tuple(_passage(n, row, quotes, found.text) for n, row in rows)
        out.append(_reference(number, rows[0][1].document, passages, Words(book.locale)))
    return tuple(out)


def _reference(number: int, d: DocumentRow, passages: tuple[Passage, ...], words: Words) -> Reference:
    share = d.reuse.share * 100 if d.reuse is not None and d.reuse.share is not None else None
    terms = None if share is None else f"Its terms allow {words.amount(share, share, '%')} of its words to be used."
    link = safe(d.url, 500, address=True) if d.url and d.url.startswith(("http://", "https://")) else None
    title = safe(d.title, 160) if d.title else None
    outlet = safe(d.outlet or "Outlet not named", 100)
    return Reference(number, d.id, outlet, title, words.date(d.published), safe(d.url or d.file, 200, address=True), link, terms, passages)


def _passage(number: str, row: ClaimRow, quotes: Quotes, text: Callable[[str], str]) -> Passage:
    """The exact words in their sentence where they are few; beside a number of a table, and who met, what supports it."""
    first, *others = row.claim.evidence
    shown, short = quotes.passage(row, words_of(row, text))
    for other in others[:2] if count(first.quote) < 3 or row.claim.kind == "contact" else ():
        more, shorter = quotes.passage(row, other.quote)
        if more not in shown:
            shown, short = f"{shown} … {more}".strip(), short or shorter
    exact = safe(first.quote)
    return Passage(number, row.claim.id, shown, short, exact if exact in shown and exact != shown else None)
