"""The tables of places and organisations, and the automaton over all names."""

from __future__ import annotations

import time

import pytest

from dragoman.reference import name_forms, organizations, places, states


def test_places() -> None:
    assert len(places.table()) > 2500
    assert all(code in states.table() for p in places.table() for code in p.states)
    assert places.find("Sharm El Sheikh") == places.find("Sharm el-Sheikh")
    hyderabad = places.find("Hyderabad")
    assert hyderabad is not None and set(hyderabad.states) == {"IND", "PAK"}
    nice = places.find("Nice")
    assert nice is not None and nice.guard


def test_organizations() -> None:
    table = organizations.table()
    assert len(table) > 300 and len({o.id for o in table}) == len(table)
    assert all(o.state is None or o.state in states.table() for o in table)


@pytest.mark.parametrize(
    ("name", "key"),
    [("EAEU", "org:eaeu"), ("the European Union", "org:eu"), ("Verkhovna Rada", "org:verkhovna-rada"), ("SADC", "org:sadc"),
     ("Xinhua", "org:xinhua"), ("Organisation for Security and Co-operation in Europe", "org:osce"), ("Dáil", "org:dail")],
)  # fmt: skip
def test_find_organization(name: str, key: str) -> None:
    found = organizations.find(name)
    assert found is not None and found.id == key


def test_hits_are_whole_words_and_longest() -> None:
    text = "Equatorial Guinea, Guinea‑Bissau and GUINEA; the Guineas; US$5, www.kun.uz; Cote d'Ivoire"
    assert [text[h.start : h.end] for h in name_forms.hits(text)] == ["Equatorial Guinea", "Guinea‑Bissau", "GUINEA", "Cote d'Ivoire"]


def test_automaton_is_built_quickly() -> None:
    name_forms._automaton.cache_clear()
    started = time.process_time()
    name_forms._automaton()
    assert time.process_time() - started < 1.5  # 0.2 s on an idle machine
