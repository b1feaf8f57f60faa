"""Lists of office-holders that others keep, in each of their formats."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.exchange import lists
from dragoman.exchange.lists import Imported
from dragoman.model.problems import Problem

TABLE = """countryid,country,position,positionLabel,officeholder,officeholderLabel,start_year,end_year
Q1,Peru,Q2,Prime Minister of Peru,Q3,Inés Zárate,2019,2022
Q1,Peru,Q2,Prime Minister of Peru,Q4,Bruno Paz,2022,
Q1,Peru,Q2,Prime Minister of Peru,Q5,Q5,2024,
Q9,South Ossetia,Q7,President of South Ossetia,Q8,Rosa Lema,2017,2022
"""
SPARQL = {
    "head": {"vars": ["personLabel", "positionLabel", "start", "end"]},
    "results": {
        "bindings": [
            {
                "personLabel": {"type": "literal", "value": "Inés Zárate"},
                "positionLabel": {"value": "Foreign Minister of Peru"},
                "start": {"value": "2019-03-11T00:00:00Z"},
                "end": {"value": "2022-01-01T00:00:00Z"},
            },
            {
                "personLabel": {"value": "Bruno Paz"},
                "positionLabel": {"value": "Foreign Minister of Peru"},
                "start": {"value": "2022-04-01T00:00:00Z"},
                "startPrecision": {"value": "10"},
            },
        ]
    },
}
POPOLO = {
    "persons": [{"id": "p1", "name": "Inés Zárate"}, {"id": "p2", "name": "Bruno Paz"}],
    "organizations": [{"id": "o1", "name": "Congress of Lima"}],
    "events": [{"id": "t1", "start_date": "2016-07", "end_date": "2021"}],
    "memberships": [
        {"person_id": "p1", "organization_id": "o1", "role": "member", "legislative_period_id": "t1"},
        {"person_id": "p2", "organization_id": "o1", "role": "Speaker", "start_date": "2019-02-03"},
        {"person_id": "gone", "organization_id": "o1"},
    ],
}
MEMBERS = "id,name,sort_name,group,chamber,term,start_date,end_date\n1,Inés Zárate,Zárate,Green,House of Lima,5,2016-07-01,\n"
ENTITIES = "\n".join(
    json.dumps(e)
    for e in [
        {"id": "a", "schema": "Person", "properties": {"name": ["Inés Zárate"]}},
        {"id": "b", "schema": "Position", "properties": {"name": ["Minister of Trade"], "country": ["pe"]}},
        {"id": "c", "schema": "Occupancy", "properties": {"holder": ["a"], "post": ["b"], "startDate": ["2019"], "endDate": ["2022-05"]}},
    ]
)


def read(data: Any, **fields: Any) -> Imported:
    text = data if isinstance(data, str) else json.dumps(data)
    found = lists.parse(text.encode(), "list.csv", name="A list", **fields)
    assert isinstance(found, Imported), found
    for claim in found.claims:
        (evidence,) = claim.evidence
        assert found.document.text[evidence.start : evidence.end] == evidence.quote
        assert (claim.person.name or "") in evidence.quote
    return found


def told(found: Imported) -> list[tuple[Any, ...]]:
    return [(c.person.name, c.position, c.state, c.organization, c.since, c.until) for c in found.claims]


def test_a_table_of_wikidata() -> None:
    found = read(TABLE)
    assert told(found) == [
        ("Inés Zárate", "prime minister", "PER", None, "2019", "2022"),
        ("Bruno Paz", "prime minister", "PER", None, "2022", None),
        ("Rosa Lema", "president", None, "South Ossetia", "2017", "2022"),
    ]
    assert found.left_out == 1, "a holder without a name in the list"
    assert found.claims[0].evidence[0].quote == "Inés Zárate: Prime Minister of Peru, 2019 to 2022"
    assert found.claims[0].attribution[0].name == "A list" and found.claims[0].asserted is None
    assert found.document.text.startswith("A list\n\nInés")


def test_results_of_a_query_keep_their_precision() -> None:
    assert [t[1:] for t in told(read(SPARQL))] == [
        ("minister of foreign affairs", "PER", None, "2019-03-11", "2022"),
        ("minister of foreign affairs", "PER", None, "2022-04", None),
    ]


def test_popolo_with_terms_and_roles() -> None:
    found = read(POPOLO, state="PER")
    assert told(found) == [
        ("Inés Zárate", "member", "PER", "Congress of Lima", "2016-07", "2021"),
        ("Bruno Paz", "speaker", "PER", "Congress of Lima", "2019-02-03", None),
    ]
    assert found.left_out == 1


def test_a_table_of_members_and_entities() -> None:
    assert told(read(MEMBERS, state="PER")) == [("Inés Zárate", "member", "PER", "House of Lima", "2016-07-01", None)]
    assert told(read(ENTITIES)) == [("Inés Zárate", "minister of trade", "PER", None, "2019", "2022-05")]


def test_the_same_list_is_the_same_document(tmp_path: Path) -> None:
    file = tmp_path / "leaders.csv"
    file.write_text(TABLE, encoding="utf-8")
    one, two = lists.read(file), lists.read(file)
    assert isinstance(one, Imported) and isinstance(two, Imported)
    assert one.document.id == two.document.id and [c.id for c in one.claims] == [c.id for c in two.claims]
    assert one.document.outlet == "leaders.csv"
    assert len({c.id for c in one.claims}) == len(one.claims)


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "{}", "[]", '{"results": {}}', "not a list", "[" * 5000, '{"memberships": [1]}'])
def test_what_is_no_list_is_a_problem(text: str) -> None:
    found = lists.parse(text.encode(), "x.json")
    assert isinstance(found, Problem) and found.code == "unknown-list" and found.remedy


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    assert isinstance(lists.read(tmp_path / "none.csv"), Problem)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=30), st.text(max_size=8), st.text(max_size=12)), max_size=6))
def test_any_cells(cells: list[tuple[str, str, str, str]]) -> None:
    rows = [{"personLabel": a, "positionLabel": b, "countryLabel": c, "start": d} for a, b, c, d in cells]
    found = lists.parse(json.dumps(rows).encode(), "x.json")
    for claim in found.claims if isinstance(found, Imported) else ():
        e = claim.evidence[0]
        assert found.document.text[e.start : e.end] == e.quote == e.quote.strip()  # type: ignore[union-attr]


def test_a_row_that_is_cut_off_or_in_another_encoding_is_told_of_and_the_others_come_in() -> None:
    head, good = "person,position,country,start_date\n", "Inés Zárate,minister of trade,Peru,2019\n"
    table = (head + good + "Cut,minister\n").encode() + "Béla Kovács,king,Hungary,1300\n".encode("latin-1")
    found = lists.parse(table, "x.csv")
    assert isinstance(found, Imported) and [c.person.name for c in found.claims] == ["Inés Zárate"]
    assert [(p.code, p.at) for p in found.problems] == [("wrong-column-count", "x.csv:3"), ("broken-encoding", "x.csv:4")]
