"""Stretches for the parser: paragraphs, wrapped lines, list items, table rows, turns; and the sentences made of them."""

from __future__ import annotations

from itertools import pairwise

from dragoman.annotate import annotate
from dragoman.annotate.segment import Segment, segments
from dragoman.model.documents import Document, Source, Zone, ZoneSpan


def document(text: str, *zones: ZoneSpan) -> Document:
    return Document("doc:t", text, Source("t.txt", "t.txt", "", len(text), "text/plain", ""), zones=zones)


def cut(text: str, *zones: ZoneSpan) -> list[str]:
    return [text[s.start : s.end] for s in segments(document(text, *zones))]


def sentences(text: str) -> list[str]:
    return [" ".join(s.text.split()) for s in annotate(document(text)).sentences]


def test_blank_lines_part_paragraphs() -> None:
    text = "The ministers met in Paro.\n\nThey spoke of trout."
    found = list(segments(document(text)))
    assert [text[s.start : s.end] for s in found] == ["The ministers met in Paro.", "They spoke of trout."]
    assert found[0].paragraph != found[1].paragraph


def test_a_sentence_runs_over_wrapped_lines() -> None:
    text = (
        "The foreign ministers of Bhutan and Denmark met on Monday in the valley\n"
        "of Paro, where they spoke for two hours about trout, roads and schools,\n"
        "and about the long road that their two kingdoms have come since the day\n"
        "on which a Danish botanist walked over the pass with two mules and with\n"
        "a letter of his king. They agreed to meet again when the rhododendrons\n"
        "are in bloom, and to send each other seeds by the ordinary post, as the\n"
        "botanist had done."
    )
    assert len(cut(text)) == 1
    assert len(sentences(text)) == 2


def test_lines_of_a_letterhead_stay_apart() -> None:
    assert cut("Royal Embassy of Denmark\nThimphu\n3 May 2011") == ["Royal Embassy of Denmark", "Thimphu", "3 May 2011"]


def test_items_of_a_list_lose_their_marks() -> None:
    assert cut("The sides agreed:\n\n- to build a road;\n- to stock the lakes;\n- to meet again.")[-3:] == [
        "to build a road;",
        "to stock the lakes;",
        "to meet again.",
    ]


def test_labels_of_turns_are_left_out() -> None:
    text = "Mette Kjaer: Thank you for having us.\n\nTashi Dorji: We are glad that you came.\n\nMette Kjaer: So are we."
    found = [(s.speaker, text[s.start : s.end]) for s in segments(document(text))]
    assert found == [
        ("Mette Kjaer", "Thank you for having us."),
        ("Tashi Dorji", "We are glad that you came."),
        ("Mette Kjaer", "So are we."),
    ]


def test_zones_part_stretches() -> None:
    text = "Trout for Aarhus\nThe first trout left Paro on Monday."
    found = list(segments(document(text, ZoneSpan(0, 16, Zone.HEADING))))
    assert [(s.zone, text[s.start : s.end]) for s in found] == [
        (Zone.HEADING, "Trout for Aarhus"),
        (Zone.BODY, "The first trout left Paro on Monday."),
    ]


def test_offsets_hold_and_stretches_do_not_overlap() -> None:
    text = "  Ministers met.\r\n\r\n\t• A road\r\n• A lake \r\n\r\nQ: Why?\r\n\r\nA: Because we like trout, you know.\r\n"
    found: list[Segment] = list(segments(document(text)))
    assert all(text[s.start : s.end].strip() == text[s.start : s.end] != "" for s in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_titles_and_initials_do_not_end_a_sentence() -> None:
    assert len(sentences("H.E. Mr. T. Dorji was met by Dr. M. Kjaer, Lt. Gen. Olsen and the St. John choir in Paro.")) == 1


def test_numbers_and_abbreviations_do_not_end_a_sentence() -> None:
    assert len(sentences("Trade rose by 4.5 per cent to Nu. 1.2 billion, as against No. 7 in the list of last year.")) == 1


def test_an_empty_text_has_no_stretches() -> None:
    assert cut("") == cut(" \n\n \t\n") == []
