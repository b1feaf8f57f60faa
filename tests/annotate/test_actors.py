"""Phrases of persons with their office and state, and pointing words resolved."""

from __future__ import annotations

import pytest

from dragoman.annotate import annotate
from dragoman.model.annotations import Actor
from dragoman.model.documents import Document, Source


def actors(text: str, published: str = "2019-06-03") -> list[Actor]:
    return list(annotate(Document("doc:t", text, Source("t.txt", "t.txt", "", 0, "text/plain", ""), published=published)).actors)


PHRASES = [
    ("The Prime Minister of Estonia, Anneli Kask, thanked her hosts.", "Anneli Kask", "prime minister", "EST"),
    ("Danish Foreign Minister Lars Bruun arrived late.", "Lars Bruun", "minister of foreign affairs", "DNK"),
    ("Ghana's Minister for Education, Kofi Asare, opened the school.", "Kofi Asare", "minister of education", "GHA"),
    ("Rosa Quintana, the President of Peru, declined.", "Rosa Quintana", "president", "PER"),
    ("H.E. Mr. Tomas Novotny, Minister of Defence of Slovakia, spoke next.", "Tomas Novotny", "minister of defence", "SVK"),
    ("The High Representative of the EU for Foreign Affairs and Security Policy, Maria Lindqvist, left.", "Maria Lindqvist",
     "high representative for foreign affairs and security policy", None),
    ("EU Special Representative for the Sahel Tomas Havel spoke first.", "Tomas Havel", "special representative for the sahel", None),
    ("She wrote to French MFA Secretary General Luc Delmas.", "Luc Delmas", "secretary-general", "FRA"),
    ("Deputy Secretary of State Alice Warden met the envoys of Chile.", "Alice Warden", "deputy secretary of state", "USA"),
    ("She saw Serbian President Milan Petrov, Prime Minister Petar Rankov and others in Skopje.", "Petar Rankov", "prime minister", "SRB"),
    ("President Pablo Funes of Chile was flanked by Foreign Minister Felipe Sosa in Bogota.", "Felipe Sosa",
     "minister of foreign affairs", "CHL"),
    ("In Vanuatu Prime Minister Karl Dorn of Australia met villagers.", "Karl Dorn", "prime minister", "AUS"),
    ("Talks between Pakistani Prime Minister Adil Hashmi and President Nimal Perera went on.", "Nimal Perera", "president", None),
    ("She met the ambassadors of Uruguay, Ana Prieto, Chile, Luis Soto, and Peru, Rosa Quispe.", "Luis Soto", "ambassador", "CHL"),
    ("He saw the Presidents of Peru, Marcos Villar; and Panama, John Trent.", "John Trent", "president", "PAN"),
    ("Foreign Minister Diego Larrea of Chile met his peers from Brazil and Panama, Rui Ferro and Paulo Neves.", "Paulo Neves",
     "minister of foreign affairs", "PAN"),
    ("He was met by Joao Brito (Minister of Finance of Angola).", "Joao Brito", "minister of finance", "AGO"),
]


@pytest.mark.parametrize(("sentence", "name", "position", "state"), PHRASES)
def test_phrase(sentence: str, name: str, position: str, state: str) -> None:
    found = [a for a in actors(sentence) if a.name == name and a.stated]
    assert found, actors(sentence)
    assert (found[0].stated[0].position, found[0].stated[0].state) == (position, state)


def test_counterpart_takes_the_office_in_his_own_state() -> None:
    found = actors("Norwegian Prime Minister Ingrid Solheim received her Latvian counterpart, Janis Berzins, in Oslo.")
    janis = next(a for a in found if a.name == "Janis Berzins")
    assert (janis.position, janis.state) == ("prime minister", "LVA")


def test_two_leaders() -> None:
    found = actors("President Rosa Quintana of Peru met President Luisa Campos of Uruguay. The two leaders discussed fishing.")
    group = next(a for a in found if a.kind == "group")
    assert {m.name for m in group.members} == {"Rosa Quintana", "Luisa Campos"}


def test_the_minister_is_the_one_minister_named() -> None:
    found = actors("Danish Foreign Minister Lars Bruun arrived late. The minister did not apologise.")
    assert [a.name for a in found if a.mention == "The minister"] == ["Lars Bruun"]


def test_two_that_fit_stay_unresolved_without_a_nearer_one() -> None:
    found = actors("An ambassador was expected. It was not said which.")
    assert all(a.name is None for a in found if a.kind == "office")


def test_pronoun() -> None:
    found = actors("Ms Rosa Quintana, Peru's President, arrived in Quito. She was tired.")
    assert [a.name for a in found if a.mention == "She"] == ["Rosa Quintana"]


def test_no_apposition_before_a_verb() -> None:
    found = actors("Meeting his Finnish counterpart Aino Salmela, the Peruvian President said the door was open.")
    aino = next(a for a in found if a.name == "Aino Salmela")
    assert aino.state == "FIN"


def test_president_and_prime_minister_are_two() -> None:
    found = actors("The Finnish Prime Minister and President Rosa Quintana shook hands.")
    assert [a.stated[0].position for a in found if a.name == "Rosa Quintana"] == ["president"]


def test_a_list_of_ministers() -> None:
    found = actors("Present were the Minister of Trade, Kofi Asare; Minister of Health, Dr Ama Darko; and Minister of Energy, Yaw Mensah.")
    offices = {a.name: a.stated[0].position for a in found if a.kind == "person" and a.stated}
    assert offices == {"Kofi Asare": "minister of trade", "Ama Darko": "minister of health", "Yaw Mensah": "minister of energy"}


def test_name_and_office_on_two_lines() -> None:
    found = actors("Rosa Quintana\nMinister of Trade of Peru\n\nShe was born in Lima and studied law there for six years.")
    assert [(a.stated[0].position, a.state) for a in found if a.name == "Rosa Quintana" and a.stated] == [("minister of trade", "PER")]


def test_whose_minister() -> None:
    found = actors("Kenya, whose president, Otieno Barasa, arrives on Monday, has agreed. Uganda has not.")
    assert [a.state for a in found if a.name == "Otieno Barasa"] == ["KEN"]


def test_a_president_is_not_of_a_monarchy() -> None:
    found = actors("Farmers in Australia sold cattle to Indonesia. Australia welcomes President Harto Susilo's decision.")
    assert {a.state for a in found if a.name == "Harto Susilo"} == {"IDN"}


def test_native_title_tells_the_state() -> None:
    found = actors("The Taoiseach, Orla Fenn, flew home.")
    assert [(a.position, a.state) for a in found if a.name == "Orla Fenn"] == [("prime minister", "IRL")]


def test_she_of_an_opening_phrase_is_the_one_that_follows() -> None:
    found = actors("Minister Karl Dorn of Fiji spoke. In her opening remarks, President Rosa Quintana of Peru thanked all. She left early.")
    assert [a.name for a in found if a.mention in ("her", "She")] == ["Rosa Quintana", "Rosa Quintana"]


def test_he_is_the_subject_of_the_sentence_before() -> None:
    found = actors("Premier Le Van Hoa of Viet Nam welcomed the visit by Prime Minister Ratna Silva of Fiji. He told the press more.")
    assert [a.name for a in found if a.mention == "He"] == ["Le Van Hoa"]


def test_the_ministers_of_a_body_are_not_the_two_named() -> None:
    found = actors("Chinese Foreign Minister Wang Lei met Australian Foreign Minister Anne Wood. ASEAN foreign ministers left.")
    assert [a.members for a in found if a.mention == "foreign ministers"] == [()]


def test_a_verb_in_a_heading_is_no_surname() -> None:
    assert all(a.name != "Begins" for a in actors("AU Chief Begins West Africa Tour Amid Standoff\n\nThe envoy came to Accra."))


def test_the_peers_are_from_elsewhere() -> None:
    found = actors("Foreign Minister Roberto Larrea met his peers from Argentina and Brazil, Jorge Ferro and Paulo Neves.")
    assert {a.name: a.state for a in found if a.kind == "person" and a.stated} == {
        "Roberto Larrea": None,
        "Jorge Ferro": "ARG",
        "Paulo Neves": "BRA",
    }
