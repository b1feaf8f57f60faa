"""What the briefing book says: nothing without its claims, disputes and silence told, within the terms of reuse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from dragoman import Record
from dragoman.model.book import Book, Chart, Entry, Part, Remark, Section, Sentence, Table, said
from dragoman.model.claims import Contact
from dragoman.model.problems import DragomanError
from dragoman.views import book_text
from dragoman.views.book import WORDS, essentials
from dragoman.views.book_matter import Chapter, Lead, Quotes, around
from dragoman.views.book_words import Words, office, quoted, safe

GOLDEN = Path(__file__).with_name("book_golden.txt")


def section(book: Book, key: str) -> Section:
    return next(s for s in book.sections if s.key == key)


def shown(book: Book, key: str) -> str:
    """All the words of a chapter."""
    return "\n".join(_words(section(book, key)))


def _words(found: Section) -> Iterator[str]:
    for block in (b for part in found.parts for b in part.blocks):
        if isinstance(block, Entry):
            yield " ".join([block.lead or "", *(s.text for s in (*block.sentences, *block.points))])
        elif isinstance(block, Table):
            yield from (" | ".join(row.cells) for row in block.rows)
        elif isinstance(block, Remark):
            yield block.text


def marked(book: Book, mark: str) -> list[str]:
    return [s.text if isinstance(s, Sentence) else " | ".join(s.cells) for s in said(book) if mark in s.marks]


def test_the_book_is_the_golden_one(book: Book) -> None:
    """A first run writes the golden file and fails: look at it before you keep it."""
    text = book_text.render(book)
    if not GOLDEN.exists():
        GOLDEN.write_text(text, encoding="utf-8")
        pytest.fail(f"{GOLDEN.name} was missing and is written now: read it")
    assert text == GOLDEN.read_text(encoding="utf-8")


# ---------------------------------------------------------------- nothing without its claims


def test_every_sentence_has_claims_and_a_passage_for_each(book: Book, invented: Record) -> None:
    passages = {p.number: p.claim for s in book.sources for p in s.passages}
    for one in said(book):
        assert one.claims, one
        assert [passages[n] for n in one.notes] == list(one.claims)
        assert all(invented.has_claim(c) for c in one.claims)


def test_every_passage_is_used_and_holds_words_of_its_document(book: Book, invented: Record) -> None:
    used = {n for one in said(book) for n in one.notes}
    for source in book.sources:
        text = " ".join(invented.document(source.document)[1].text.split())
        for passage in source.passages:
            assert passage.number in used
            pieces = [p.strip() for p in passage.quote.split("…")]
            assert all(p in text for p in pieces), passage


def test_what_is_said_without_a_claim_tells_of_silence_or_of_the_record(book: Book) -> None:
    beginnings = ("No ", "The record holds", "Outlets:", "Months without", "What is disputed of figures", "Whether these are in force",
                  "Promises, requests and refusals of which")
    remarks = [s for e in book.essentials for s in e.sentences if isinstance(s, Remark)]
    for block in (b for s in book.sections for part in s.parts for b in part.blocks):
        found = [s for s in (*block.sentences, *block.points) if isinstance(s, Remark)] if isinstance(block, Entry) else [block]
        remarks += [r for r in found if isinstance(r, Remark)]
    assert remarks
    assert [r.text for r in remarks if not r.text.startswith(beginnings)] == []


# ---------------------------------------------------------------- what it says


def test_a_dispute_has_its_arithmetic_and_both_sides_in_a_chart(book: Book) -> None:
    told = shown(book, "figures")
    assert "EUR 300 million by Ministry of Foreign Affairs of Latvia" in told
    assert "the difference is EUR 150 million, 33.3% of the greater" in told
    charts = [b for part in section(book, "figures").parts for b in part.blocks if isinstance(b, Chart)]
    assert [(bar.group, bar.value) for bar in charts[0].bars] == [("2022", 4.5e8), ("2022", 3e8)]
    assert any("EUR 450 million" in text for text in marked(book, "disputed"))


def test_a_promise_not_kept_and_one_overdue_are_told(book: Book) -> None:
    theirs, ours = marked(book, "missed"), marked(book, "overdue")
    assert any("two hundred seamen" in text and "The seamen never came" in text for text in theirs)
    assert any("Peruvian grapes" in text and "no document read says what came of it" in text for text in ours)


def test_an_empty_chapter_says_so(book: Book) -> None:
    assert shown(book, "language") == "No document read gives words that both sides agreed."


def test_who_you_will_meet_has_the_newer_holder_and_who_came_before(book: Book) -> None:
    told = shown(book, "people")
    assert told.index("Abel Quiroz") < told.index("Rosa Lema")
    assert "Minister of foreign affairs of Peru since 8 January 2024" in told
    assert "Before that the office was held by Bruno Paz" in told
    assert "Born in Cusco." in told


def test_red_lines_requests_and_what_lies_ahead(book: Book) -> None:
    assert "a red line which Lima will never give up" in shown(book, "lines")
    assert "Peru asked Latvia for a direct ferry" in shown(book, "requests")
    assert "No document read tells of an answer." in shown(book, "requests")
    assert "Abel Quiroz (president of Peru) to Latvia (Riga) is planned for June 2024" in shown(book, "attends")


def test_what_changed_since_the_last_meeting_or_a_day(book: Book, invented: Record) -> None:
    assert book.since == "2023-03-10"
    assert "Rosa Lema became minister of foreign affairs of Peru, 8 January 2024." in shown(book, "changes")
    later = invented.brief("LVA", "PER", since="2024-02-01")
    assert shown(later, "changes").startswith("No document published after 1 February 2024")


def test_the_book_of_an_earlier_day_knows_only_what_was_published(invented: Record) -> None:
    book = invented.brief("LVA", "PER", on="2023-04-01")
    assert "Rosa Lema" not in book_text.render(book)
    assert "Named as minister of foreign affairs of Peru, last on 10 March 2023" in shown(book, "people")
    assert marked(book, "missed") == []
    assert "End of 2023 | Open" in shown(book, "promises")


def test_seen_from_the_other_side_ours_is_theirs(invented: Record) -> None:
    book = invented.brief("PER", "LVA")
    assert [p.title for p in section(book, "promises").parts] == ["Ours: Peru", "Theirs: Latvia"]
    assert "Ilze Bērza" not in shown(book, "people")  # no document gives her office as a tenure
    assert section(book, "requests").parts[1].title == "Asked by us of Latvia"


def test_the_occasion_chooses_among_planned_contacts(invented: Record) -> None:
    parts = section(invented.brief("LVA", "PER", occasion="visit of President Quiroz"), "attends").parts
    assert [p.title for p in parts] == ["For this occasion: visit of President Quiroz"]
    parts = section(invented.brief("LVA", "PER", occasion="fisheries week"), "attends").parts
    assert [p.title for p in parts] == ["For this occasion: fisheries week", "Other planned contacts"]
    assert isinstance(parts[0].blocks[0], Remark)


def test_two_states_of_which_nothing_is_known(invented: Record) -> None:
    book = invented.brief("NPL", "TON")
    assert list(said(book)) == []
    assert book.sources == ()
    assert book_text.render(book)


# ---------------------------------------------------------------- the page of essentials


def words(entries: tuple[Entry, ...]) -> int:
    texts = ["The essentials", *(e.lead or "" for e in entries), *(s.text for e in entries for s in e.sentences)]
    marks = [m for e in entries for s in e.sentences if isinstance(s, Sentence) for m in s.marks]
    return sum(len(t.split()) for t in texts) + len(marks)


def test_the_essentials_have_four_hundred_words_at_most(book: Book) -> None:
    assert 0 < words(book.essentials) <= WORDS == 400


def test_the_essentials_of_a_rich_record_are_no_longer() -> None:
    leads = tuple(Lead(label, Sentence(f"{label} number {n}: " + "word " * 38, (f"claim:{n}",), marks=("disputed",)))
                  for n in range(9) for label in ("Ahead", "New", "Figures", "They say", "You will meet"))
    found = essentials([Chapter(Section("x", "X", (Part(None, ()),)), leads)])
    assert 300 < words(found) <= WORDS
    assert [e.lead for e in found] == ["Ahead", "You will meet", "New", "Figures", "They say"]


# ---------------------------------------------------------------- the terms of reuse


def test_quotations_stay_within_the_terms_of_reuse_and_say_where_they_were_shortened(book: Book, book_record: ModuleType) -> None:
    source = next(s for s in book.sources if s.outlet == "The Amber Gazette")
    assert source.terms == "Its terms allow 30% of its words to be used."
    text = " ".join(book_record.PAPER.split())
    quoted_ = {q.strip(" …") for q in re.findall("“([^”]+)”", book_text.render(book))} - {source.title}
    ours = sorted((q for q in quoted_ if q in text), key=len, reverse=True)
    apart = [q for n, q in enumerate(ours) if not any(q in longer for longer in ours[:n])]
    assert 10 < sum(len(q.split()) for q in apart) <= 0.3 * len(text.split())
    assert marked(book, "shortened")
    assert any(p.shortened for p in source.passages)


def test_words_of_which_none_may_be_shown_are_left_out(invented: Record, book_record: ModuleType) -> None:
    row = next(r for r in invented.claims("commitment") if r.document.outlet == "The Amber Gazette")
    assert Quotes({row.document.id: (0, 0)}).shown(row, "three plain words") == ("…", True)
    assert Quotes({row.document.id: (2, 1)}).shown(row, "three plain words") == ("three plain …", True)
    assert Quotes().shown(row, "three plain words") == ("three plain words", False)


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(("locale", "day", "sum_"), [
    ("en_GB", "10 March 2023", "EUR 450 million"),
    ("en_US", "March 10, 2023", "EUR 450 million"),
    ("de_DE", "10. März 2023", "450 Millionen EUR"),
])
def test_dates_and_amounts_follow_the_locale(invented: Record, locale: str, day: str, sum_: str) -> None:
    text = book_text.render(invented.brief("LVA", "PER", locale=locale))
    assert day in text
    assert sum_ in text


def test_an_unknown_locale_is_told(invented: Record) -> None:
    with pytest.raises(DragomanError, match="locale"):
        invented.brief("LVA", "PER", locale="xx_NOWHERE")


@pytest.mark.parametrize(("edtf", "said_"), [
    ("2024-04-16/2024-04-17", "on 16–17 April 2024"), ("2024-01/2024-08", "in January–August 2024"), ("2023-01/2023-12", "in 2023"),
    ("2018-04/2021-04", "from April 2018 to April 2021"), ("../2027", "by the end of 2027"), ("2005/2023", "in 2005–2023"),
    ("2024-22", "in summer 2024"), ("2022~", "about 2022"), ("2022/..", "since 2022"), (None, ""),
])
def test_dates_in_words(edtf: str | None, said_: str) -> None:
    assert Words().when(edtf) == said_


def test_the_words_of_a_check_are_told_in_the_locale() -> None:
    told = Words("de_DE").retold("USD 1.5 billion by A (6 February 2024): 1,486.2 / 2.9 - 1 = -48.8 %, in 2023")
    assert told == "USD 1,5 Milliarden by A (6. Februar 2024): 1.486,2 / 2,9 - 1 = -48,8\xa0%, in 2023"


def test_offices_have_the_names_of_states_as_they_are_written() -> None:
    assert office("ambassador to new zealand") == "ambassador to New Zealand"
    assert office("ambassador to the united states") == "ambassador to the United States"
    assert office("minister of europe and foreign affairs") == "minister of Europe and foreign affairs"
    assert office("minister of foreign affairs and senegalese abroad") == "minister of foreign affairs and Senegalese abroad"


def test_a_quotation_within_a_quotation() -> None:
    assert quoted("she said “no” twice,") == "“she said ‘no’ twice”"
    assert quoted("Work starts in May.”") == "“Work starts in May.”"


def test_no_word_runs_over_the_edge_but_addresses_are_whole() -> None:
    assert safe("a " + "w" * 100 + " b") == "a " + "w" * 59 + "… b"
    assert safe("https://x.example/" + "y" * 100, address=True) == "https://x.example/" + "y" * 100
    assert safe("a\x00\ud800\ufffe\u202eb") == "a\ufffd\ufffd\ufffd\ufffdb"


def test_a_few_words_are_shown_in_their_sentence() -> None:
    text = "It rained.\nMr. Paz, in Riga since noon, called on Latvia to wait. Nobody answered."
    at = text.index("called on")
    assert around(text, at, at + 9) == "Mr. Paz, in Riga since noon, called on Latvia to wait."
    long = "One " + "word " * 500 + "called on Latvia " + "word " * 500
    assert len(around(long, long.index("called"), long.index("called") + 6).split()) <= 44


def test_who_is_named_where_a_contact_is_told_is_not_said_to_have_had_none(book_record: ModuleType, tmp_path: Path) -> None:
    text = "A day in Riga\n\nOn 1 February 2024 Ilze Bērza received Rosa Lema in the morning and Abel Quiroz at noon.\n"
    of = book_record.document(text, "day.txt", "Baltic Wire", "2024-02-02")
    contact = book_record.said(Contact, of, "On 1 February 2024 Ilze Bērza received Rosa Lema in the morning and Abel Quiroz at noon",
                               mode="meeting", participants=(book_record.BERZA, book_record.LEMA), date="2024-02-01")
    with book_record.made(tmp_path) as record:
        record.take_in(of, [contact], text.encode(), "test:day.txt")
        people = shown(record.brief("LVA", "PER"), "people")
    told = "Named in what is said of the meeting on 1 February 2024, but not read as taking part; no contact with our side is on record."
    assert any("Abel Quiroz" in line and told in line for line in people.split("\n"))
    assert "Rosa Lema" in people and people.count("not read as taking part") == 1
