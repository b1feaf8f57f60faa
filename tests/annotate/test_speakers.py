"""Labels of a transcript: what opens a turn, where the turn ends, and what only looks like a label."""

from __future__ import annotations

import pytest

from dragoman.annotate.speakers import labels


def turns(text: str) -> list[tuple[str, str]]:
    return [(name, text[start:end]) for _, _, start, end, name in labels(text)]


STYLES = {
    "name and colon": ("Mette Kjaer: ", "Tashi Dorji: "),
    "capitals": ("KJAER: ", "DORJI: "),
    "office and surname": ("Foreign Minister Kjaer: ", "Foreign Minister Dorji: "),
    "bold": ("**Mette Kjaer:** ", "**Tashi Dorji:** "),
    "office in brackets": ("Mette Kjaer (Denmark): ", "Tashi Dorji (Bhutan): "),
    "label of its own line": ("Mette Kjaer:\n", "Tashi Dorji:\n"),
    "letters": ("Q: ", "A: "),
    "words": ("Question: ", "Answer: "),
    "numbered": ("Journalist 1: ", "Journalist 2: "),
    "particles": ("Maria de la Cruz y Vega: ", "Jan van der Berg: "),
}


@pytest.mark.parametrize("style", STYLES)
def test_styles(style: str) -> None:
    one, other = STYLES[style]
    text = f"{one}Thank you for having us.\n\n{other}We are glad that you came.\n\n{one}Shall we sit down?\n\n{other}Please do, all of you."
    found = turns(text)
    assert [words for _, words in found] == [
        "Thank you for having us.",
        "We are glad that you came.",
        "Shall we sit down?",
        "Please do, all of you.",
    ]
    assert found[0][0] == found[2][0] != found[1][0] == found[3][0]


def test_a_turn_holds_its_paragraphs() -> None:
    text = "Mette Kjaer: Thank you for having us.\n\nIt was a long road.\n\nTashi Dorji: We are glad that you came."
    assert turns(text)[0] == ("Mette Kjaer", "Thank you for having us.\n\nIt was a long road.")


def test_a_label_inside_a_line_opens_nothing() -> None:
    text = "Mette Kjaer: Thank you. My father told me: go.\n\nTashi Dorji: We are glad that you came.\n\nMette Kjaer: So are we."
    assert [name for name, _ in turns(text)] == ["Mette Kjaer", "Tashi Dorji", "Mette Kjaer"]


def test_the_close_of_a_transcript_is_nobodys() -> None:
    text = (
        "Mette Kjaer: Thank you for having us.\n\nTashi Dorji: We are glad that you came.\n\nMette Kjaer: So are we.\n\n***\n\nPhoto: staff"
    )
    assert turns(text)[-1] == ("Mette Kjaer", "So are we.")


def test_stage_directions_end_a_turn() -> None:
    text = "Mette Kjaer: Thank you for having us.\n\n[Applause]\n\nTashi Dorji: We are glad that you came.\n\nMette Kjaer: So are we."
    assert turns(text)[0] == ("Mette Kjaer", "Thank you for having us.")


NO_TRANSCRIPT = {
    "letterhead": "To: Embassy of Bhutan\nFrom: Fisheries\nSubject: Trout\nDate: 3 May 2011\n\nThe Ministry presents its compliments.",
    "table": "Exports: 14 million\nImports: 9 million\nBalance: 5 million\n\nThe balance has been positive since 2009.",
    "agenda": "Venue: Thimphu\nTime: 10:00\nAgenda: fisheries; roads\n\nThe delegations will meet at the palace.",
    "prose": "The ministers agreed on three points: roads, fish and schools. Nothing else was discussed, and they parted as friends.",
    "headline": "Bhutan: trout for Denmark\n\nThe kingdom sends its first trout to Aarhus this week, its ministry of fisheries says.",
    "quotations": 'Mette Kjaer: "A good day."\n\nTashi Dorji: "A very good day."\n\nThe two ministers then left for Paro.',
    "biography": "Born: 1961, Paro\nEducation: Delhi University\nLanguages: Dzongkha, English\nFamily: two sons",
}


@pytest.mark.parametrize("kind", NO_TRANSCRIPT)
def test_no_transcript(kind: str) -> None:
    assert turns(NO_TRANSCRIPT[kind]) == []


def test_long_lists_of_labels_are_read_in_linear_time() -> None:
    text = "Mette Kjaer: Thank you for having us.\n\nTashi Dorji: We are glad that you came.\n\n" * 2000
    assert len(turns(text)) == 4000
