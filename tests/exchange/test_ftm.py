"""FollowTheMoney, read by its own package."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from followthemoney import model
from followthemoney.proxy import EntityProxy
from followthemoney.statement.entity import StatementEntity
from followthemoney.statement.serialize import read_csv_statements

from dragoman import Record
from dragoman.exchange import lists
from dragoman.exchange.write import ftm, ftm_statements
from dragoman.model.claims import ActorRef
from dragoman.model.exporting import Bundle

Bundled = Callable[..., Bundle]


@pytest.fixture(scope="module")
def proxies(bundled: Bundled) -> list[EntityProxy]:
    return [model.get_proxy(json.loads(line), cleaned=False) for line in ftm.write(bundled())]


def only(proxies: list[EntityProxy], schema: str, words: str = "") -> EntityProxy:
    found = [p for p in proxies if p.schema.name == schema and words in " ".join(v for _, v in p.itervalues())]
    assert len(found) == 1, (schema, words, [p.caption for p in found])
    return found[0]


def test_every_entity_is_valid_and_nothing_is_lost_when_the_package_cleans_it(bundled: Bundled, proxies: list[EntityProxy]) -> None:
    given = [json.loads(line) for line in ftm.write(bundled())]
    for row, proxy in zip(given, proxies, strict=True):
        proxy.schema.validate(row)
        assert {key: set(values) for key, values in row["properties"].items()} == {k: set(proxy.get(k)) for k in row["properties"]}
        assert all(proxy.get(name) for name in proxy.schema.required)
    assert len({row["id"] for row in given}) == len(given)


def test_every_reference_leads_to_an_entity_of_a_fitting_kind(proxies: list[EntityProxy]) -> None:
    by = {p.id: p for p in proxies}
    for proxy in proxies:
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                assert value in by, (proxy.schema.name, prop.name, value)
                assert prop.range is None or by[value].schema.is_a(prop.range), (prop.name, by[value].schema.name)


def test_the_values_of_facts(proxies: list[EntityProxy]) -> None:
    by = {p.id: p for p in proxies}
    person = only(proxies, "Person", "Þórsson")
    assert (person.get("birthDate"), person.get("birthPlace"), person.get("country")) == (["1961"], ["Húsavík"], ["is"])
    gulnar = only(proxies, "Person", "Гүлнар Есенова")
    assert gulnar.get("position") == ["deputy prime minister"]
    seat = next(p for p in proxies if p.schema.name == "Occupancy" and p.get("holder") == [gulnar.id])
    assert (seat.get("startDate"), seat.get("endDate"), seat.get("status")) == (["2022-01-05"], [], ["unknown"])
    assert by[seat.get("post")[0]].caption == "Deputy prime minister of Kazakhstan"
    minister = next(p for p in proxies if p.schema.name == "Occupancy" and p.get("holder") == [person.id])
    assert minister.get("startDate") == [] and "by 2 November 2023" in minister.get("summary")[0]  # an open date stays in words
    meeting = only(proxies, "Event", "3rd session, in Akureyri")
    assert (meeting.get("date"), meeting.get("location")) == (["2024-03-11"], ["Akureyri"])
    assert "Ports, Harbours & Fisheries Agency" in {by[i].caption for i in meeting.get("involved")}
    visit = only(proxies, "Event", "Reykjavik")
    assert (visit.get("date"), "planned" in visit.get("keywords")) == (["2024-06"], True)
    member = only(proxies, "Membership")
    assert (member.get("startDate"), by[member.get("organization")[0]].caption) == (["1949"], "NATO")
    promise = only(proxies, "Project")
    assert promise.get("endDate") == [] and promise.get("status") == ["done"] and "by the end of 2027" in promise.get("description")[0]
    treaty = only(proxies, "Event", "fish, grain and ports")
    assert treaty.get("date") == ["2019-05-02"] and "Runs until 2029" in treaty.get("description")
    consulate = only(proxies, "PublicBody", "Consulate of Iceland in Almaty")
    assert (consulate.get("mainCountry"), consulate.get("country")) == (["is"], ["kz"])
    figures = {v for p in proxies if p.schema.name == "Note" for v in p.get("summary")}
    assert any("low: 1200000000; high: 1200000000; unit: USD" in v for v in figures) and any("low: 2400000000" in v for v in figures)
    disputed = only(proxies, "Note", "Disputed")
    assert "They cannot both hold" in disputed.get("description")[0]


def test_evidence_links_articles_with_things(proxies: list[EntityProxy]) -> None:
    by = {p.id: p for p in proxies}
    links = [p for p in proxies if p.schema.name == "Documentation"]
    assert {by[i].caption for link in links for i in link.get("document")} >= {"Ports, grain and a promise", "archive, old.txt"}
    assert any("“She will visit Reykjavik in June 2024.”" in v for link in links for v in link.get("description"))


def test_persons_stay_persons_and_one_without_a_name_is_neither(bundled: Bundled, invented_record: Record) -> None:
    meeting = next(m for m in invented_record.facts("contact") if m.occasion)
    promise = replace(invented_record.promises()[0], by=("Ólafur Þórsson", "NATO"), to=(), claims=meeting.claims)
    nobody = ActorRef("the prime minister of Iceland", "the prime minister of Iceland", None, "ISL", "prime minister")
    facts = [f for f in bundled().facts if f.kind == "organization"] + [promise, replace(meeting, participants=(nobody,))]
    made = {e["id"]: e for e in map(json.loads, ftm.write(replace(bundled(), facts=facts)))}
    owners = {made[e["properties"]["participant"][0]]["schema"] for e in made.values() if e["schema"] == "ProjectParticipant"}
    assert owners == {"Person", "Organization"} and [e["schema"] for e in made.values()].count("Organization") == 1
    assert [e["properties"]["name"] for e in made.values() if e["schema"] == "LegalEntity"] == [["the prime minister of Iceland"]]


def test_without_quotes_no_word_of_a_document_is_in_it(bundled: Bundled) -> None:
    text = "\n".join(ftm.write(bundled(quotes=False)))
    assert "She will visit" not in text and "Гүлнар Есенова" in text


def test_the_statements_make_the_same_entities(bundled: Bundled, proxies: list[EntityProxy]) -> None:
    text = "\n".join(ftm_statements.write(bundled())) + "\n"
    assert text.splitlines()[0].replace('"', "").split(",") == list(ftm_statements.COLUMNS)
    rows = list(read_csv_statements(io.BytesIO(text.encode())))
    assert all(row.id == row.generate_key() for row in rows)
    made: dict[str, list[Any]] = {}
    for row in rows:
        made.setdefault(row.entity_id, []).append(row)
        assert row.prop == "id" or model[row.schema].get(row.prop).type.name == row.prop_type  # type: ignore[union-attr]
    for proxy in proxies:
        again = StatementEntity.from_statements(_dataset(), made[proxy.id or ""])
        assert {p.name: set(again.get(p)) for p in again.iterprops()} == {p.name: set(proxy.get(p)) for p in proxy.iterprops()}


def _dataset() -> Any:
    from followthemoney.dataset import Dataset

    return Dataset.make({"name": "dragoman", "title": "dragoman"})


def test_offices_come_back_through_our_own_import(bundled: Bundled) -> None:
    found = lists.parse("\n".join(ftm.write(bundled())).encode(), "facts.ftm.json")
    assert isinstance(found, lists.Imported)
    back = {(c.person.name, c.position, c.state, c.since) for c in found.claims}
    assert ("Гүлнар Есенова", "deputy prime minister", "KAZ", "2022-01-05") in back
    assert ("Ólafur Þórsson", "minister of trade", "ISL", None) in back


def test_the_same_record_gives_the_same_lines(bundled: Bundled) -> None:
    assert list(ftm.write(bundled())) == list(ftm.write(bundled()))
