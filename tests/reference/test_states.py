"""The table of states, its codes and the capitals' former names."""

from __future__ import annotations

import pytest

from dragoman.reference import states


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Kazakhstan", "KAZ"), ("the Republic of Korea", "KOR"), ("people's republic of china", "CHN"), ("UAE", "ARE"), ("U.S.", "USA"),
        ("Turkey", "TUR"), ("Türkiye", "TUR"), ("Turkiye", "TUR"),
        ("Cote d’Ivoire", "CIV"), ("Ivory Coast", "CIV"), ("Viet Nam", "VNM"), ("Swaziland", "SWZ"),
        ("Burma", "MMR"), ("Holland", "NLD"), ("DPRK", "PRK"), ("PNG", "PNG"), ("kosovo", "XKX"), ("Palestine", "PSE"), ("TWN", "TWN"),
        ("Filipina", "PHL"), ("Basotho", "LSO"), ("Ni-Vanuatu", "VUT"), ("Bissau-Guinean", "GNB"), ("Nigerien", "NER"), ("Nigerian", "NGA"),
    ],
)  # fmt: skip
def test_code(name: str, code: str) -> None:
    assert states.code(name) == code


@pytest.mark.parametrize("name", ["Korea", "Congo", "Congolese", "Atlantis", ""])
def test_no_code_for_what_is_ambiguous_or_unknown(name: str) -> None:
    assert states.code(name) is None


def test_capital_by_date() -> None:
    assert [states.capital("KAZ", d) for d in ("2018", "2019-03", "2021-07-01", "2022-09", "2022-10-02", None)] == [
        "Astana", "Nur-Sultan", "Nur-Sultan", "Nur-Sultan", "Astana", "Astana",
    ]  # fmt: skip


def test_every_state_of_cldr_is_known() -> None:
    territories = pytest.importorskip("babel").Locale("en").territories
    other = {"Congo - Kinshasa": "COD", "Congo - Brazzaville": "COG", "Hong Kong SAR China": "HKG", "Macao SAR China": "MAC"}
    names = {v for k, v in territories.items() if len(k) == 2 and k.isalpha()}
    not_states = {
        "European Union", "Eurozone", "United Nations", "Unknown Region", "Pseudo-Accents", "Pseudo-Bidi", "Outlying Oceania",
        "Ascension Island",
        "Bouvet Island", "Clipperton Island", "Sark", "Diego Garcia", "Ceuta & Melilla", "Canary Islands", "French Southern Territories",
        "Heard & McDonald Islands", "Tristan da Cunha", "U.S. Outlying Islands", "St. Barthélemy", "St. Martin", "St. Vincent & Grenadines",
        "South Georgia & South Sandwich Islands",
    }  # fmt: skip
    assert [n for n in sorted(names - not_states - set(other)) if states.code(n) is None] == []


def test_table_is_whole() -> None:
    table = states.table()
    assert len(table) > 230
    assert all(len(code) == 3 and state.names and state.name for code, state in table.items())
    assert sum(1 for s in table.values() if s.capitals) > 200
