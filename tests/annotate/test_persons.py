"""Persons of every culture: by title, pattern and table; later mentions by the fullest form; words that are no persons."""

from __future__ import annotations

import pytest

from dragoman.annotate import persons, pipeline, positions, segment
from dragoman.model.annotations import AnnotatedText, Mention
from dragoman.model.documents import Document, Source


def found(text: str) -> list[Mention]:
    document = Document("doc:t", text, Source("t.txt", "t.txt", "", 0, "text/plain", ""))
    [parsed] = pipeline.parse_many([(text, list(segment.segments(document)))])
    sentences, entities = pipeline.sentences(text, parsed)
    annotated = AnnotatedText(document, sentences, entities, starts=tuple(s.start for s in sentences))
    return persons.find(annotated, positions.find(annotated))


def names(text: str) -> list[str]:
    return [m.name for m in found(text)]


CULTURES = [
    ("Prime Minister Anneli Kask thanked her hosts.", ["Anneli Kask"]),
    ("The Minister of Energy, Daulet Serikov, opened the plant.", ["Daulet Serikov"]),
    ("Dauletbek Nurgaliyevich Serikov, the Minister of Energy, left.", ["Dauletbek Nurgaliyevich Serikov"]),
    ("He was met by Ólöf Jónsdóttir (Minister of Fisheries).", ["Ólöf Jónsdóttir"]),
    ("President Abdelwahab el-Mansoury spoke first.", ["Abdelwahab el-Mansoury"]),
    ("Crown Prince Fahad bin Khalid Al Rashidi arrived.", ["Fahad bin Khalid Al Rashidi"]),
    ("Ambassador Joost van der Velden signed for his side.", ["Joost van der Velden"]),
    ("Deputy Minister Inês da Costa Brandão took notes.", ["Inês da Costa Brandão"]),
    ("Chancellor Ulrike von Tann-Holzer took the floor.", ["Ulrike von Tann-Holzer"]),
    ("President Nguyen Van Quyet toured the port.", ["Nguyen Van Quyet"]),
    ("Foreign Minister Park Jin-seo declined to comment.", ["Park Jin-seo"]),
    ("Premier Xu Wenhao met the delegation.", ["Xu Wenhao"]),
    ("Ambassador Keiko Hayashida hosted the dinner.", ["Keiko Hayashida"]),
    ("Taoiseach Donal Ó Riain and Minister Aoife Ní Bhroin were there.", ["Donal Ó Riain", "Aoife Ní Bhroin"]),
    ("President N'Golo Traoré-Diallo flew to Bamako.", ["N'Golo Traoré-Diallo"]),
    ("Prime Minister Tui'afitu Fonoti came by sea.", ["Tui'afitu Fonoti"]),
    ("Minister Thabo Mokoena and Dr Nkosazana Zwane shared a car.", ["Thabo Mokoena", "Nkosazana Zwane"]),
    ("External Affairs Minister Shri Ravindra Iyer replied.", ["Ravindra Iyer"]),
    ("Maulana Abdul Haq Soomro and Lt. Gen. (retd.) Nadeem Chattha attended.", ["Abdul Haq Soomro", "Nadeem Chattha"]),
    ("Dato' Seri Azhar bin Kassim chaired the session.", ["Azhar bin Kassim"]),
    ("Foreign Minister Retno Wulandari spoke in Jakarta.", ["Retno Wulandari"]),
    ("Catholicos Karekin Sahakyan blessed them, and Nino Gelashvili sang.", ["Karekin Sahakyan", "Nino Gelashvili"]),
    ("H.E. Mr. Kwabena Osei-Tutu presented his credentials.", ["Kwabena Osei-Tutu"]),
    ("Sh. Rakhmatov, Head of Statistics, signed the table.", ["Sh. Rakhmatov"]),
    ("María Fernanda de la Cueva Ibarra holds a doctorate.", ["María Fernanda de la Cueva Ibarra"]),
    ("President OLEG DRUZHKOV and Sergey LAZOVOY shook hands.", ["Oleg Druzhkov", "Sergey Lazovoy"]),
    ("Foreign Minister WANG Yuchen arrived.", ["Wang Yuchen"]),
    ("Charles Whitcombe KC, High Commissioner of Jamaica, agreed.", ["Charles Whitcombe"]),
]


@pytest.mark.parametrize(("text", "wanted"), CULTURES)
def test_cultures(text: str, wanted: list[str]) -> None:
    assert names(text) == wanted


LATER = [
    ("President Marta Lindgren spoke. Lindgren was tired, and Ms Lindgren's aides left.", "Marta Lindgren", 3),
    ("Premier Xu Wenhao met them. Xu said little; Mr. Xu left early.", "Xu Wenhao", 3),
    ("President Nguyen Van Quyet came. President Quyet thanked the hosts.", "Nguyen Van Quyet", 2),
    ("Ólöf Jónsdóttir, the Minister of Fisheries, spoke. Ólöf said the season was short.", "Ólöf Jónsdóttir", 2),
    ("K. Serikov, the minister, signed. Later Kanat Serikov left. Serikov was brief.", "Kanat Serikov", 3),
    ("President Abdelwahab el-Mansoury spoke. El-Mansoury left at noon.", "Abdelwahab el-Mansoury", 2),
    ("Mr Petrenko spoke first. Ivan Petrenko, the envoy, was pleased.", "Ivan Petrenko", 2),
]


@pytest.mark.parametrize(("text", "name", "times"), LATER)
def test_later_mentions(text: str, name: str, times: int) -> None:
    assert [n for n in names(text) if n == name] == [name] * times, found(text)


def test_two_of_one_surname_stay_two() -> None:
    text = "President Ilir Hoxhaj met Ms Teuta Hoxhaj, the Minister of Trade. Ms Hoxhaj spoke. President Hoxhaj listened."
    assert names(text) == ["Ilir Hoxhaj", "Teuta Hoxhaj", "Teuta Hoxhaj", "Ilir Hoxhaj"]


def test_the_span_has_neither_title_nor_possessive() -> None:
    text = "Sheikh Mansour Al Dhahiri's visit pleased President Rosa Quintana."
    assert [m.text for m in found(text)] == ["Mansour Al Dhahiri", "Rosa Quintana"]


NOT_FIRST = [
    ("Yesterday Ivan Petrenko arrived.", ["Ivan Petrenko"]),
    ("On Tuesday Anna Berg met the press.", ["Anna Berg"]),
    ("Speaking before Mr Petrenko, the minister thanked them.", ["Petrenko"]),
    ("Dear Anna Berg, thank you.", ["Anna Berg"]),
    ("Former President Rui Matos was there.", ["Rui Matos"]),
]


@pytest.mark.parametrize(("text", "wanted"), NOT_FIRST)
def test_what_opens_the_sentence_is_no_name(text: str, wanted: list[str]) -> None:
    assert names(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "The Ministry of Energy published its Annual Report on Monday.",
        "The General Assembly adopted the Joint Declaration in New York.",
        "Export Growth was slow in March.",
        "They met at the King Olav Hotel in Central Park.",
        "Cyclone Idra struck the coast.",
    ],
)
def test_no_person(text: str) -> None:
    assert names(text) == []


def test_gender() -> None:
    people = {m.name: m.gender for m in found("Mr Toomas Kask met Queen Silva Olan. Nadia Haddad, the chairwoman, spoke.")}
    assert people == {"Toomas Kask": "m", "Silva Olan": "f", "Nadia Haddad": "f"}
