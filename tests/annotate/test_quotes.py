"""Words said: every way of marking them, of naming who said them, and what is in quotation marks but was not said."""

from __future__ import annotations

import pytest

from dragoman.annotate import annotate
from dragoman.annotate.quote_marks import stretches
from dragoman.model.annotations import AnnotatedText, Quote
from dragoman.model.documents import Document, Source


def read(text: str) -> AnnotatedText:
    return annotate(Document("doc:t", text, Source("t.txt", "t.txt", "", 0, "text/plain", ""), published="2019-06-05"))


def words(text: AnnotatedText, quote: Quote) -> str:
    return " ".join(" ".join(text.text[a:b] for a, b in ((quote.start, quote.end), *quote.also)).split())


def said(text: str) -> list[tuple[str | None, bool, str]]:
    """(speaker, direct, words) of every quotation that has a speaker."""
    seen = read(text)
    return [(q.speaker.name, q.direct, words(seen, q)) for q in seen.quotes if q.speaker is not None]


MARKS = {
    "double": "Foreign Minister Lars Bruun of Denmark said: “The strait must stay open to all.”",
    "straight": 'Foreign Minister Lars Bruun of Denmark said: "The strait must stay open to all."',
    "single": "Foreign Minister Lars Bruun of Denmark said: ‘The strait must stay open to all.’",
    "straight single": "Foreign Minister Lars Bruun of Denmark said: 'The strait must stay open to all.'",
    "guillemets": "Foreign Minister Lars Bruun of Denmark said: «The strait must stay open to all.»",
    "spaced guillemets": "Foreign Minister Lars Bruun of Denmark said: « The strait must stay open to all. »",
    "low nine": "Foreign Minister Lars Bruun of Denmark said: „The strait must stay open to all.“",
    "low nine, English close": "Foreign Minister Lars Bruun of Denmark said: „The strait must stay open to all.”",
    "corner brackets": "Foreign Minister Lars Bruun of Denmark said: 「The strait must stay open to all.」",
}


@pytest.mark.parametrize("style", MARKS)
def test_marks(style: str) -> None:
    assert said(MARKS[style]) == [("Lars Bruun", True, "The strait must stay open to all.")]


DIRECT = {
    "cue after": ("“The strait must stay open,” Foreign Minister Lars Bruun said.", "The strait must stay open"),
    "inverted": ("“The strait must stay open,” said Foreign Minister Lars Bruun of Denmark.", "The strait must stay open"),
    "inverted, with an apposition": (
        "“The strait must stay open,” said Lars Bruun, the Danish Foreign Minister.",
        "The strait must stay open",
    ),
    "split": ("“The strait,” said Foreign Minister Lars Bruun, “must stay open.”", "The strait must stay open."),
    "two sentences": (
        "“The strait must stay open. No one may close it,” Foreign Minister Lars Bruun told reporters.",
        "The strait must stay open. No one may close it",
    ),
    "question": ("“Who would close a strait?” asked Foreign Minister Lars Bruun.", "Who would close a strait?"),
    "dash": ("“The strait must stay open to everyone” – Lars Bruun, Danish Foreign Minister.", "The strait must stay open to everyone"),
    "according to": ("According to Foreign Minister Lars Bruun, the strait “must stay open”.", "must stay open"),
    "words in a sentence": ("Foreign Minister Lars Bruun described the toll as “piracy by other means”.", "piracy by other means"),
    "called it": ("Denmark's Foreign Minister, Lars Bruun, called the toll “piracy by other means”.", "piracy by other means"),
    "cleft": ("It was, said Foreign Minister Lars Bruun, “piracy by other means”.", "piracy by other means"),
    "label": ("Lars Bruun, Foreign Minister of Denmark: “The strait must stay open.”", "The strait must stay open."),
    "apostrophes": (
        "‘The strait isn’t ours to close, and the sailors’ unions know it,’ said Foreign Minister Lars Bruun.",
        "The strait isn’t ours to close, and the sailors’ unions know it",
    ),
    "nested": (
        "“My father used to say ‘a closed strait is a closed purse’ and he was right,” said Foreign Minister Lars Bruun.",
        "My father used to say ‘a closed strait is a closed purse’ and he was right",
    ),
    "nested straight": (
        "\"They told us 'wait until spring' and we waited,\" said Foreign Minister Lars Bruun.",
        "They told us 'wait until spring' and we waited",
    ),
    "pronoun": ("Danish Foreign Minister Lars Bruun was not amused. “The strait must stay open,” he said.", "The strait must stay open"),
}


@pytest.mark.parametrize("way", DIRECT)
def test_direct(way: str) -> None:
    text, content = DIRECT[way]
    assert [(s, w) for s, direct, w in said(text) if direct] == [("Lars Bruun", content)]


def test_a_quotation_over_paragraphs_is_of_one_speaker() -> None:
    text = (
        "Foreign Minister Lars Bruun of Denmark said: “The strait is open.\n\n“It has been open since my grandfather's day.\n\n"
        "“It will be open when all of us are gone.”\n\nThe audience rose."
    )
    assert [(s, d) for s, d, _ in said(text)] == [("Lars Bruun", True)] * 3


def test_a_closed_quotation_after_its_speaker_goes_on_in_the_next_paragraph() -> None:
    text = "“The strait is open,” said Danish Foreign Minister Lars Bruun.\n\n“It will be open when all of us are gone.”"
    assert said(text) == [("Lars Bruun", True, "The strait is open"), ("Lars Bruun", True, "It will be open when all of us are gone.")]


def test_two_speakers_in_one_paragraph() -> None:
    text = "“The strait is open,” said Danish Foreign Minister Lars Bruun. “For now,” replied Norway's Foreign Minister, Ingrid Solheim. "
    assert [(s, w) for s, d, w in said(text) if d] == [("Lars Bruun", "The strait is open"), ("Ingrid Solheim", "For now")]


TURNS = {
    "name": "Lars Bruun: Thank you all for coming.\n\n"
    "Ingrid Solheim: We are glad to be here in Ribe.\n\nLars Bruun: Shall we begin with fish?",
    "capitals": "BRUUN: Thank you all for coming.\n\n"
    "SOLHEIM: We are glad to be here in Ribe.\n\nBRUUN: Shall we begin with fish?\n\nSOLHEIM: Let us.",
    "title": (
        "Foreign Minister Bruun: Thank you all for coming.\n\nForeign Minister Solheim: We are glad to be here in Ribe.\n\n"
        "Foreign Minister Bruun: Shall we begin with fish?"
    ),
}


@pytest.mark.parametrize("style", TURNS)
def test_speakers_of_a_transcript(style: str) -> None:
    found = said(TURNS[style])
    assert [w for _, _, w in found][:3] == ["Thank you all for coming.", "We are glad to be here in Ribe.", "Shall we begin with fish?"]
    assert all(direct for _, direct, _ in found)
    assert ["Bruun" in str(s) for s, _, _ in found][:3] == [True, False, True]


def test_the_label_of_a_turn_takes_the_fullest_name() -> None:
    text = (
        "Interview with Danish Foreign Minister Lars Bruun\n\nBruun: I have always liked Ribe.\n\nJournalist: Why is that, Minister?\n\n"
        "Bruun: We had an aunt there who let us sail."
    )
    assert [s for s, _, w in said(text) if "Ribe" in w or "aunt" in w] == ["Lars Bruun", "Lars Bruun"]


def test_questions_and_answers() -> None:
    text = (
        "Interview with Lars Bruun, Foreign Minister of Denmark\n\n"
        "Q: Will you keep the strait open?\n\nA: We will, and nobody need doubt it.\n\n"
        "Q: At what price?\n\nA: There is no price. You cannot sell what is not yours."
    )
    found = said(text)
    assert [(s, w) for s, _, w in found] == [
        ("Question", "Will you keep the strait open?"),
        ("Lars Bruun", "We will, and nobody need doubt it."),
        ("Question", "At what price?"),
        ("Lars Bruun", "There is no price. You cannot sell what is not yours."),
    ]


def test_stage_directions_are_not_said() -> None:
    text = (
        "Lars Bruun: Thank you all for coming.\n\n(Applause.)\n\n"
        "Ingrid Solheim: We are glad to be here.\n\n[Laughter]\n\nLars Bruun: Shall we begin?"
    )
    assert [w for _, _, w in said(text)] == ["Thank you all for coming.", "We are glad to be here.", "Shall we begin?"]


INDIRECT = {
    "that": ("Foreign Minister Lars Bruun of Denmark said that the strait would stay open.", "the strait would stay open"),
    "without that": ("Foreign Minister Lars Bruun of Denmark said the strait would stay open.", "the strait would stay open"),
    "cue behind": ("The strait would stay open, Danish Foreign Minister Lars Bruun said.", "The strait would stay open"),
    "inverted": ("The strait would stay open, said Danish Foreign Minister Lars Bruun.", "The strait would stay open"),
    "day between": ("Foreign Minister Lars Bruun of Denmark said on Monday that the strait would stay open.", "the strait would stay open"),
    "somebody told": (
        "Foreign Minister Lars Bruun of Denmark told the Folketing that the strait would stay open.",
        "the strait would stay open",
    ),
    "according to": ("According to Danish Foreign Minister Lars Bruun, the strait would stay open.", "the strait would stay open"),
    "according to behind": ("The strait would stay open, according to Danish Foreign Minister Lars Bruun.", "The strait would stay open"),
    "noun": (
        "Danish Foreign Minister Lars Bruun's warning that the strait might close moved no one.",
        "the strait might close moved no one",
    ),
    "pointed out": (
        "Danish Foreign Minister Lars Bruun pointed out that the strait had never been closed.",
        "the strait had never been closed",
    ),
    "act": (
        "Danish Foreign Minister Lars Bruun called on all sides to keep the strait open.",
        "called on all sides to keep the strait open",
    ),
    "thanks": ("Danish Foreign Minister Lars Bruun thanked Norway for its pilots.", "thanked Norway for its pilots"),
}


@pytest.mark.parametrize("way", INDIRECT)
def test_indirect(way: str) -> None:
    text, content = INDIRECT[way]
    assert said(text) == [("Lars Bruun", False, content)]


NESTED = {
    "said he believes": (
        "Foreign Minister Lars Bruun of Denmark said he believes that the strait will stay open.",
        "he believes that the strait will stay open",
    ),
    "said she hoped": (
        "Foreign Minister Ingrid Solheim of Norway said she hoped the strait would stay open.",
        "she hoped the strait would stay open",
    ),
    "said that he had warned": (
        "Foreign Minister Lars Bruun of Denmark said that he had warned Norway that the strait might close.",
        "he had warned Norway that the strait might close",
    ),
    "told that he expects": (
        "Foreign Minister Lars Bruun of Denmark told parliament that he expects Norway to keep the strait open.",
        "he expects Norway to keep the strait open",
    ),
    "would propose": (
        "Foreign Minister Lars Bruun of Denmark announced that he would ask Norway to keep the strait open.",
        "he would ask Norway to keep the strait open",
    ),
}


@pytest.mark.parametrize("way", NESTED)
def test_a_statement_within_a_statement_is_part_of_the_outer(way: str) -> None:
    text, content = NESTED[way]
    assert [w for _, _, w in said(text)] == [content]


def test_what_another_said_within_a_statement_is_his() -> None:
    found = said(
        "Foreign Minister Lars Bruun of Denmark said that Norwegian Foreign Minister Ingrid Solheim had promised to keep the strait open."
    )
    assert found[0][::2] == ("Lars Bruun", "Norwegian Foreign Minister Ingrid Solheim had promised to keep the strait open")


def test_two_verbs_of_one_speaker_are_two_statements() -> None:
    found = said("Foreign Minister Lars Bruun of Denmark said that the strait was open and added that it would never be closed.")
    assert [w for _, _, w in found] == ["the strait was open", "it would never be closed"]


ADDRESSEES = [
    ("Foreign Minister Lars Bruun of Denmark told his Norwegian counterpart, Ingrid Solheim, that the strait was open.", "Ingrid Solheim"),
    ("“It is open,” Foreign Minister Lars Bruun told Norway's Foreign Minister, Ingrid Solheim.", "Ingrid Solheim"),
    ("Danish Foreign Minister Lars Bruun assured Ingrid Solheim that the strait was open.", "Ingrid Solheim"),
]


@pytest.mark.parametrize(("text", "told"), ADDRESSEES)
def test_addressee(text: str, told: str) -> None:
    assert [q.addressee.name for q in read(text).quotes if q.addressee is not None] == [told]


CHAINS = [
    (
        "Nordlys News reports with reference to the Ritzau news agency "
        "that Danish Foreign Minister Lars Bruun said the strait would stay open.",
        [("outlet", "Nordlys News"), ("agency", "Ritzau news agency")],
    ),
    ("“The strait is open,” Lars Bruun said, the Fjord Gazette reported.", [("outlet", "Fjord Gazette")]),
    ("The strait is open, Danish Foreign Minister Lars Bruun said, as quoted by the Fjord Gazette.", [("outlet", "Fjord Gazette")]),
]


@pytest.mark.parametrize(("text", "chain"), CHAINS)
def test_chain_of_sources(text: str, chain: list[tuple[str, str]]) -> None:
    found = [q for q in read(text).quotes if q.speaker is not None and q.speaker.name == "Lars Bruun"]
    assert found and list(found[0].chain) == chain


NOT_SAID = [
    "The so-called “silent summit” of Oslo and Copenhagen drew no crowds.",
    "President Rosa Quintana opened the exhibition “Gold of the Andes” at the museum in Oslo.",
    "Foreign Minister Lars Bruun of Denmark visited the training ship “Danmark” in Accra.",
    "The novel “Letters from a Closed Harbour” won a prize in Tallinn.",
    "The minister spoke at the conference “Small States, Long Memories”.",
    "The 27' mast and the 12\" cable were delivered by Denmark.",
    "The sailors' union and the dockers' union of Norway marched together.",
    "The meeting was held in Riga. The sides agreed to meet again.",
    "Time: 14:00\nPlace: Riga\nDress: lounge suit",
]


@pytest.mark.parametrize("text", NOT_SAID)
def test_not_said(text: str) -> None:
    assert said(text) == []


def test_marks_that_never_close_end_with_the_text() -> None:
    text = "“" * 3000 + " ‘'«„" * 3000
    assert len(stretches(text)) <= 20000
