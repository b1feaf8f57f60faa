"""Names in sentences: states, cities and governments, organisations, groups, and what only looks like a name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.annotate import gazetteer, names, pipeline, pointing, segment
from dragoman.model.annotations import AnnotatedText, Mention
from dragoman.model.documents import Document, Source


def document(text: str, published: str | None = None) -> Document:
    return Document("doc:t", text, Source("t.txt", "t.txt", "", 0, "text/plain", ""), published=published)


def mentions(text: str, published: str | None = None) -> list[Mention]:
    d = document(text, published)
    (parsed,) = pipeline.parse_many([(d.text, list(segment.segments(d)))])
    sentences, entities = pipeline.sentences(d.text, parsed)
    return list(names.find(AnnotatedText(d, sentences, entities, starts=tuple(s.start for s in sentences))))


def seen(text: str, word: str, published: str | None = None) -> tuple[str, str | None] | None:
    """Type and state of the mention that is this word."""
    return next(((m.type.value, m.state) for m in mentions(text, published) if m.text == word), None)


CAPITALS = [
    ("Moscow rejected the offer on Friday.", "Moscow", "state"),
    ("Astana and Tashkent agreed to open the road.", "Tashkent", "state"),
    ("Ties between Ankara and Dakar have grown.", "Ankara", "state"),
    ("Ties between Ankara and Dakar have grown.", "Dakar", "state"),
    ("Astana's position has not changed.", "Astana", "state"),
    ("He urged Tehran to answer and spoke with Baku.", "Baku", "state"),
    ("The talks took place in Astana.", "Astana", "place"),
    ("The talks took place in Astana and Bishkek.", "Bishkek", "place"),
    ("She arrived in Moscow from Oslo.", "Oslo", "place"),
    ("Moscow airport was closed.", "Moscow", "place"),
    ("Moscow, 14 January 2022. The sides met.", "Moscow", "place"),
    ("MOSCOW, May 17. /TASS/. The ministers met.", "MOSCOW", "place"),
    ("The mayor of Quito opened the fair.", "Quito", "place"),
    ("Beijing opposes the plan.", "Beijing", "state"),
    ("A new chapter in the Astana-Tashkent partnership was opened.", "Tashkent", "state"),
    ("The Baku–Tbilisi–Kars railway was opened.", "Tbilisi", "place"),
    ("Flights between Ankara and Dakar were resumed.", "Dakar", "place"),
    ("Tbilisi hosted the round of consultations.", "Tbilisi", "place"),
]


@pytest.mark.parametrize(("sentence", "word", "kind"), CAPITALS)
def test_capital_as_city_or_government(sentence: str, word: str, kind: str) -> None:
    found = seen(sentence, word)
    assert found is not None and found[0] == kind


def test_former_name_by_date() -> None:
    def name(published: str) -> str:
        return next(m.name for m in mentions("A forum was held in Nur-Sultan.", published) if m.text == "Nur-Sultan")

    assert (name("2021-05-04"), name("2023-05-04")) == ("Nur-Sultan", "Astana")


STATES = [
    ("Exports to Georgia rose.", "Georgia", ("state", "GEO")),
    ("He flew from Atlanta to Savannah, both in Georgia.", "Georgia", ("place", "USA")),
    ("Jordan Whitfield, a student, was there.", "Jordan", None),
    ("The King of Jordan was there.", "Jordan", ("state", "JOR")),
    ("Boats crossed the Jordan River.", "Jordan", None),
    ("Chad and Niger signed.", "Chad", ("state", "TCD")),
    ("The Nigerien minister met his Nigerian guest.", "Nigerien", ("demonym", "NER")),
    ("The Nigerien minister met his Nigerian guest.", "Nigerian", ("demonym", "NGA")),
    ("They ate Turkey sandwiches.", "Turkey", None),
    ("They ate turkey.", "turkey", None),
    ("Turkey will host it.", "Turkey", ("state", "TUR")),
    ("He behaved like a bull in a China shop.", "China", None),
    ("Ships cross the South China Sea.", "China", None),
    ("She was born in New Mexico.", "Mexico", None),
    ("The Indian Ocean is warm.", "Indian", None),
    ("The Kremlin did not comment.", "Kremlin", ("state", "RUS")),
    ("A dinner was given in the Kremlin.", "Kremlin", ("place", "RUS")),
    ("Downing Street confirmed the date.", "Downing Street", ("state", "GBR")),
    ("Korean firms built it.", "Korean", ("demonym", "KOR")),
    ("Pyongyang and North Korea's army said Korean soil was at stake.", "Korean", ("demonym", "PRK")),
    ("Congo signed the treaty.", "Congo", ("place", None)),
    ("Kinshasa is the seat: Congo signed the treaty.", "Congo", ("state", "COD")),
    ("Papua New Guinea and Equatorial Guinea voted.", "Guinea", None),
    ("Latin American leaders met.", "American", None),
    ("It cost 5 million Australian dollars.", "Australian", None),
    ("She speaks French and Kazakh.", "Kazakh", None),
    ("The Kazakh side agreed.", "Kazakh", ("demonym", "KAZ")),
    ("The Paris Agreement binds all.", "Paris", None),
    ("TALKS WITH KAZAKHSTAN END", "KAZAKHSTAN", ("state", "KAZ")),
    ("The President of the Republic of Uzbekistan, Ulmas Tadjiev, came.", "Republic of Uzbekistan", ("state", "UZB")),
    ("He rested in Nice for a week.", "Nice", ("place", "FRA")),
    ("Nice weather favoured the guests.", "Nice", None),
]


@pytest.mark.parametrize(("sentence", "word", "expected"), STATES)
def test_states_and_near_misses(sentence: str, word: str, expected: tuple[str, str | None] | None) -> None:
    assert seen(sentence, word) == expected


ORGANIZATIONS = [
    ("The Ministry of Justice of the Republic of Kenya said so.", "Ministry of Justice of the Republic of Kenya", "KEN"),
    ("The Turkish Ministry of Trade said so.", "Ministry of Trade", "TUR"),
    ("the Finnish foreign ministry said so.", "foreign ministry", "FIN"),
    ("The Joint Commission on Trade and Transport met.", "Joint Commission on Trade and Transport", None),
    ("The Bank of Ghana raised its rate.", "Bank of Ghana", "GHA"),
    ("The Chamber of Commerce and Industry of Tajikistan met.", "Chamber of Commerce and Industry of Tajikistan", "TJK"),
    ("A vote in the Senate of Chile and the Verkhovna Rada followed.", "Verkhovna Rada", "UKR"),
    ("He taught at the University of Bergen.", "University of Bergen", "NOR"),
    ("The Mexican Foreign Service took her in.", "Mexican Foreign Service", "MEX"),
    ("Work began at the Embassy of Peru in Rome.", "Embassy of Peru in Rome", "PER"),
]


@pytest.mark.parametrize(("sentence", "word", "state"), ORGANIZATIONS)
def test_organizations(sentence: str, word: str, state: str | None) -> None:
    assert seen(sentence, word) == ("organization", state)


def test_acronym_given_in_brackets() -> None:
    found = mentions("The Lakeland Reconstruction Fund (LRF) was founded. Later the LRF lent money.")
    assert [m.name for m in found if m.text == "LRF"] == ["Lakeland Reconstruction Fund"] * 2


def test_groups_and_pronouns() -> None:
    found = mentions("The two leaders met. Both sides thanked her; we noted it, and His Majesty left with the heads of state.")
    assert [m.text for m in found if m.type.value == "group"] == ["The two leaders", "Both sides", "the heads of state"]
    assert [(m.text, m.gender) for m in found if m.type.value == "pronoun"] == [("her", "f"), ("we", None), ("His Majesty", "m")]


def test_a_name_of_two_cities_goes_with_the_text() -> None:
    assert seen("Libyan envoys met in Tripoli.", "Tripoli") == ("place", "LBY")
    assert seen("In Beirut and Tripoli, Lebanon mourned; Lebanese flags flew.", "Tripoli") == ("place", "LBN")
    assert seen("A school was opened in Hyderabad.", "Hyderabad") == ("place", None)
    assert seen("India will open a school in Hyderabad.", "Hyderabad") == ("place", "IND")


WORDS = st.sampled_from(
    ["Astana", "the Republic of", "Kazakhstan", "Ministry of", "Bank of", "Ghana", "and", "the two", "leaders", "(EDB)", "Korea", ",", ".",
     "’s", "University", "President", "Jordan", "Smith", "Embassy of", "in", "Paris", "Agreement", "Côte d’Ivoire", "his", "–"]
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_spans_hold_their_words_and_do_not_overlap(text: str) -> None:
    annotated = AnnotatedText(document(text))
    for found in (gazetteer.find(annotated), names.find(annotated)):
        at = 0
        for m in found:
            assert text[m.start : m.end] == m.text and m.start >= at
            at = m.end
    assert all(text[m.start : m.end] == m.text for m in pointing.find(annotated))
