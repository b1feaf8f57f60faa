"""Offices in running text: native titles, ministers in every style, flags, and words that only look like offices."""

from __future__ import annotations

import pytest

from dragoman.annotate import positions
from dragoman.model.annotations import AnnotatedText, Mention
from dragoman.model.documents import Document, Source


def found(text: str) -> list[Mention]:
    return positions.find(AnnotatedText(Document("doc:t", text, Source("t.txt", "t.txt", "", 0, "text/plain", ""))))


NAMED = [
    ("The Taoiseach, Orla Fenn, flew home.", ["prime minister"]),
    ("The Tánaiste stayed behind.", ["deputy prime minister"]),
    ("Captain Regent Livia Morri opened the sitting.", ["captain regent"]),
    ("Their guest was the Grand Duke of Luxembourg.", ["grand duke"]),
    ("The Lehendakari, Jon Etxarte, took the floor.", ["lehendakari"]),
    ("the Chairman of the Presidency of Bosnia and Herzegovina", ["chairman of the presidency"]),
    ("Supreme Leader Kavian Rad received the envoys.", ["supreme leader", "envoy"]),
    ("Governor-General Dame Alis Toroa presided.", ["governor-general"]),
    ("Federal Chancellor Ulrike Tann and Premier Hu Lan", ["chancellor", "prime minister"]),
    ("First Deputy Prime Minister Kanat Zhur", ["first deputy prime minister"]),
    ("Minister of Foreign Affairs of Kazakhstan", ["minister of foreign affairs"]),
    ("Minister for Foreign Affairs and Trade of Hungary", ["minister of foreign affairs and trade"]),
    ("Danish Foreign Minister Lars Bruun", ["minister of foreign affairs"]),
    ("Foreign Secretary Jane Holt", ["foreign secretary"]),
    ("India's External Affairs Minister", ["minister of external affairs"]),
    ("Minister of State for External Affairs Ravi Sethu", ["minister of state for external affairs"]),
    ("Union Minister of Power Anil Dhar", ["minister of power"]),
    ("Cabinet Secretary for Foreign Affairs Amina Kiptoo", ["cabinet secretary for foreign affairs"]),
    ("the Secretary of State for Cooperation", ["secretary of state for cooperation"]),
    ("Trade and Industry Minister Pat Cole", ["minister of trade and industry"]),
    ("the Agriculture, Food and Rural Affairs Minister", ["minister of agriculture, food and rural affairs"]),
    ("the Minister of Trade, Industry and Energy, Bae Sun", ["minister of trade, industry and energy"]),
    ("the Minister of Trade, Energy Minister Aziz Karim", ["minister of trade", "minister of energy"]),
    ("Minister of Trade and Energy Minister Aziz Karim", ["minister of trade", "minister of energy"]),
    ("the minister of industry and trade", ["minister of industry and trade"]),
    ("the new environment minister", ["minister of the environment"]),
    ("Minister of Defense Joe Lank", ["minister of defence"]),
    ("Deputy Trade Minister Oyun Bold", ["deputy minister of trade"]),
    ("Vice-Minister of Justice Dana Ilim", ["vice-minister of justice"]),
    ("Minister Plenipotentiary and Minister-Counsellor", ["minister plenipotentiary", "minister-counsellor"]),
    ("Under-Secretary-General for Political Affairs", ["under-secretary-general for political affairs"]),
    ("Assistant Secretary of State for African Affairs", ["assistant secretary of state for african affairs"]),
    ("the Special Envoy for the Horn of Africa, Mia Lund", ["special envoy for the horn of africa"]),
    ("Commissioner for Peace and Security", ["commissioner for peace and security"]),
    ("an adviser to the President", ["adviser to the president"]),
    ("Ambassador Extraordinary and Plenipotentiary", ["ambassador"]),
    ("Chargé d’Affaires a.i. Tim Roe", ["chargé d'affaires"]),
    ("the Honorary Consul and the Consul General", ["honorary consul", "consul general"]),
    ("the akim of the region and the hakim", ["akim"]),
    ("First Deputy Chair of the Rada", ["first deputy chair"]),
    ("the co-chairs of the commission", ["co-chair"]),
    ("TD Sean Hale and two MPs", ["member of parliament", "member of parliament"]),
    ("General Sidi Koné inspected the guard.", ["general"]),
    ("Pope Clement and Archbishop Luke Ode", ["pope", "archbishop"]),
    ("economist Lena Holt and political scientist Aidar Bek", ["economist", "political scientist"]),
]


@pytest.mark.parametrize(("text", "names"), NAMED)
def test_canonical_name(text: str, names: list[str]) -> None:
    assert [m.name for m in found(text)] == names


NOT_OFFICES = [
    "The presidential palace was lit.",
    "A letter came from the Prime Minister's Office.",
    "He waited outside the minister's office.",
    "The General Assembly and the General Staff disagreed.",
    "She was secretary of the meeting.",
    "The loudspeaker fell silent; each speaker was worn out.",
    "Nuns minister to the sick.",
    "The governor valve was replaced.",
    "The Council of Ministers of the Union met.",
    "Forty head of cattle crossed the river.",
    "A premier league match was played.",
]


@pytest.mark.parametrize("text", NOT_OFFICES)
def test_near_misses(text: str) -> None:
    assert found(text) == []


def test_flags() -> None:
    assert found("former Deputy Prime Minister Lo Vang")[0].former
    assert found("ex-President Rui Matos")[0].former
    assert found("then Foreign Minister Eva Lind")[0].former
    assert found("the acting governor")[0].acting
    assert found("interim President Ali Sow")[0].acting
    assert found("President-elect Ana Ruiz")[0].designate
    assert found("the Prime Minister-designate")[0].designate
    for words in (
        "the Presidents of Peru and Chile",
        "foreign ministers",
        "Ministers of Energy",
        "heads of state and government",
        "Ambassadors",
    ):
        assert found(words)[0].plural, words


def test_gender_of_titles() -> None:
    assert [m.gender for m in found("King Olan, Queen Silva, the spokeswoman and the chairman")] == ["m", "f", "f", "m"]
