"""Pages, charts and counts without a browser: what they hold, what they leave out and say so, hostile texts, a day in the past."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dragoman import Record
from dragoman.model.overview import Wanted
from dragoman.web import charts, desk, words, worldmap
from tests.web import desk_made as made

PAIR = "/pair/CZE/KAZ"


@pytest.fixture(scope="module")
def client(examples: Path) -> Iterator[TestClient]:
    with made.opened(examples) as found:
        yield found


@pytest.fixture(scope="module")
def record(examples: Path) -> Iterator[desk.DeskRecord]:
    with desk.open_record(examples) as found:
        yield found  # type: ignore[misc]


# ---------------------------------------------------------------- pages


def test_a_pair_has_one_address(client: TestClient) -> None:
    answer = client.get("/pair/KAZ/CZE/figures?since=2023")
    assert answer.status_code == 308
    assert answer.headers["location"] == "/pair/CZE/KAZ/figures?since=2023"
    assert client.get("/pair/CZE/CZE").status_code == 404
    assert client.get("/pair/CZE/ABC").status_code == 404
    assert client.get(f"{PAIR}/nothing").status_code == 404


def test_no_silence_without_what_was_read(client: TestClient) -> None:
    page = client.get("/pair/AUS/ZMB").text
    silences = re.findall(r'<p class="silence">(.*?)</p>', page, re.DOTALL)
    assert len(silences) >= 8
    assert all('href="/coverage?states=AUS,ZMB"' in s for s in silences)


def test_every_page_is_free_of_what_the_policy_forbids(client: TestClient) -> None:
    for path in ("/", PAIR, f"{PAIR}/figures", f"{PAIR}/offices", "/state/KAZ", "/person/person:aigerim-sultanbekova", "/coverage",
                 "/office/KAZ/minister of foreign affairs", "/organization/org:eaeu"):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert not made.dangers(answer.text), path


def test_a_figure_stands_with_its_dispute(client: TestClient) -> None:
    page = client.get(f"{PAIR}/figures").text
    assert "USD 1.4862 billion" in page
    assert "Counted differently, both may hold: the difference is USD 1.4138 billion" in page


def test_a_period_leaves_out_what_lies_outside(client: TestClient) -> None:
    page = client.get(f"{PAIR}/contacts?since=2024-09&until=2024-09").text
    assert "11 September 2024" in page
    assert "19 March 2024" not in page
    assert client.get(f"{PAIR}/contacts?since=nonsense").status_code == 200


def test_tables_come_as_csv_and_json(client: TestClient) -> None:
    for path in ("/", *(f"{PAIR}/{s}" for s in ("contacts", "met", "agreements", "promises", "figures", "statements", "events", "disputes",
                                                "offices")), "/coverage", "/office/PER/ambassador"):
        rows = client.get(path, params={"as": "json"}).json()
        assert rows, path
        lines = client.get(path, params={"as": "csv"}).text.splitlines()
        assert len(lines) > len(rows) > 0, path
    assert client.get(PAIR + "/met", params={"as": "xls"}).status_code == 400


def test_evidence_is_a_piece_for_htmx_and_a_page_for_others(client: TestClient, record: desk.DeskRecord) -> None:
    fact = record.facts_about(Wanted("contact", ("CZE", "KAZ")), 1)[0]
    piece = client.get("/evidence", params={"of": fact.id}, headers={"HX-Request": "true"}).text
    page = client.get("/evidence", params={"of": fact.id}).text
    assert "<html" not in piece and "<blockquote>" in piece
    assert "<html" in page and "<blockquote>" in page
    assert client.get("/evidence", params={"of": "fact:0000"}).status_code == 404


# ---------------------------------------------------------------- hostile texts


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[TestClient]:
    made.make(tmp_path / "hostile.db")
    with made.opened(tmp_path / "hostile.db") as found:
        yield found


def test_hostile_texts_stay_texts(hostile: TestClient) -> None:
    paths = ["/", "/pair/NOR/SWE", "/pair/NOR/SWE/contacts", "/pair/NOR/SWE/figures", "/state/SWE", "/coverage", "/coverage?states=NOR,SWE",
             "/person/person:vera-kolm", "/person/person:script-alert-4-script", "/office/SWE/minister of trade"]
    paths += re.findall(r'href="(/(?:evidence|fact|person|office)[^"]*)"', hostile.get("/pair/NOR/SWE").text)
    for path in paths:
        page = hostile.get(path.replace("&amp;", "&")).text
        assert not made.dangers(page), path
        assert "<script>alert" not in page, path
    spec = hostile.get("/charts/pair/NOR/SWE/timeline.json")
    assert spec.headers["content-type"] == "application/json"
    drawn = hostile.get("/charts/pair/NOR/SWE/timeline.svg").text
    assert "<script" not in drawn


def test_odd_addresses_harm_nobody(client: TestClient) -> None:
    for path in ("/person/person:'--", "/organization/org:%22%7D", "/office/KAZ/x%00y", "/state/%3Cb%3E", "/?since=1&until=%27",
                 "/?state=%3Cscript%3E", "/coverage?states=%3Cb%3E", "/evidence?of=,,", f"{PAIR}?on=9999-99", f"{PAIR}?known=0000"):
        assert client.get(path).status_code in (200, 404), path
    assert client.get("/?page=0").status_code == 422


# ---------------------------------------------------------------- a day in the past


@pytest.mark.parametrize("day", ["2024-02", "2024-03-19", "2024-05-14", "2024-09-05", "2030"])
def test_as_known_on_a_day_is_what_the_record_says(examples: Path, record: desk.DeskRecord, day: str) -> None:
    pair = ("CZE", "KAZ")
    with Record(examples) as whole:
        for kind in ("contact", "instrument", "commitment", "series", "mission", "conflict"):
            expected = {f.id: f for f in whole.facts(kind, states=pair, known=day)}
            found = {f.id: f for f in record.facts_about(Wanted(kind, pair, known=day), 500)}
            assert set(found) == set(expected), (kind, day)


def test_every_link_of_a_page_of_the_past_leads_somewhere(client: TestClient) -> None:
    page = client.get(PAIR, params={"known": "2024-05-20"}).text
    kinds = "evidence|charts|fact|conflict|office|person|pair"
    found = {a.replace("&amp;", "&") for a in re.findall(rf'(?:href|data-spec|hx-get)="(/(?:{kinds})[^"]*)"', page)}
    assert len(found) > 60
    wrong = [a for a in sorted(found) if ".png" not in a and ".svg" not in a and client.get(a).status_code not in (200, 308)]
    assert not wrong


def test_on_a_day_nothing_later_is_shown(client: TestClient) -> None:
    page = client.get(PAIR, params={"on": "2024-03-31"}).text
    assert "19 March 2024" in page
    assert "24 October 2024</span>" not in page
    assert "What had happened by 31 March 2024" in page


# ---------------------------------------------------------------- charts


def test_what_has_no_exact_day_is_a_range_and_what_is_to_come_is_hollow() -> None:
    some = [charts.Entry("Contacts", "2024-05-14", "a", "fact:1"), charts.Entry("Contacts", "2024-05", "b", "fact:2"),
            charts.Entry("Contacts", "2024-07-01", "c", "fact:3", "planned"),
            charts.Entry("Contacts", "2024-06-01", "d", "fact:4", "called off"),
            charts.Entry("Contacts", "../2025-01", "e", "fact:5"), charts.Entry("Contacts", None, "f", "fact:6")]
    rows = {r["of"]: r for r in charts.timeline(some, ["Contacts"])["data"]["values"]}
    assert set(rows) == {"fact:1", "fact:2", "fact:3", "fact:4", "fact:5"}, "what has no date is not drawn"
    assert (rows["fact:1"]["exact"], rows["fact:2"]["exact"]) == (True, False)
    assert rows["fact:2"]["end"] == "2024-06-01"
    assert rows["fact:5"]["status"] == "planned", "by January 2025 is no day on which it happened"


def test_names_stand_beside_their_bars(client: TestClient) -> None:
    drawn = client.get("/charts/pair/CZE/KAZ/offices.svg").text
    assert "Marat Dosan" in drawn and "Bolat Ensebay" in drawn


def test_a_deadline_far_off_is_told_and_not_drawn() -> None:
    some = [charts.Entry("Contacts", "2024-05-14", "a", "fact:1"), charts.Entry("Contacts", "2060-01-01", "b", "fact:2", "planned")]
    spec = charts.timeline(some, ["Contacts"])
    assert [r["of"] for r in spec["data"]["values"]] == ["fact:1"]
    assert "1 later" in json.dumps(spec, ensure_ascii=False)


def test_entries_of_one_day_do_not_stand_upon_each_other() -> None:
    some = [charts.Entry("Events", "2024-05-14", str(n), f"fact:{n}") for n in range(6)]
    rows = charts.timeline(some, ["Events"])["data"]["values"]
    assert len({r["y"] for r in rows}) == 6


@pytest.mark.parametrize("name", ["timeline", "offices", "flow"])
def test_charts_are_drawn_as_files(client: TestClient, name: str) -> None:
    address = f"/charts/pair/CZE/KAZ/{name}"
    assert client.get(f"{address}.svg", params={"theme": "dark"}).text.startswith("<svg")
    assert client.get(f"{address}.png").content.startswith(b"\x89PNG")
    assert "attachment" in client.get(f"{address}.svg", params={"download": 1}).headers["content-disposition"]
    assert client.get(f"{address}.gif").status_code == 404


def test_a_disputed_claim_is_marked_and_its_rival_in_view(client: TestClient, record: desk.DeskRecord) -> None:
    series, _ = record.series_about(Wanted("series", ("CZE", "KAZ")), 6)
    exports = next(s for s in series if s.indicator == "exports" and s.parties[0] == "CZE" and s.measure == "level")
    assert client.get(f"/charts/series/{exports.id}.json").json() == client.get(f"/charts/series/{exports.claims[0]}.json").json()
    rows = client.get(f"/charts/series/{exports.id}.json").json()["data"]["values"]
    assert any(r["disputed"] for r in rows)
    assert [r["told"] for r in rows if r.get("rival")] == ["USD 1.0837 billion"], "what the other side counted"


def test_a_chart_may_not_be_wider_than_a_wall(client: TestClient) -> None:
    assert client.get("/charts/coverage.json", params={"width": 100_000}).status_code == 422


# ---------------------------------------------------------------- the map and the counts


def test_the_map_escapes_and_leads_to_pairs() -> None:
    drawn = str(worldmap.svg([worldmap.Arc("CZE", "KAZ", 3, '/pair/CZE/KAZ?"><script>'), worldmap.Arc("CZE", "QQQ", 9, "/")], "contacts"))
    assert "<script>" not in drawn
    assert "Czechia and Kazakhstan: 3 contacts" in drawn
    assert drawn.count('class="arc"') == 1, "a place that the map does not have is left out"


def test_names_of_states_in_offices_are_written_as_names() -> None:
    assert words.office_name("ambassador to austria") == "ambassador to Austria"
    assert words.office_name("ambassador to the united states") == "ambassador to the United States"
    assert words.office_name("minister of foreign affairs") == "minister of foreign affairs"


def test_deadlines_read_as_english() -> None:
    assert [words.due(d) for d in ("14 May 2024", "2025", "autumn 2024", "by the end of 2025")] == [
        "on 14 May 2024", "in 2025", "in autumn 2024", "by the end of 2025"]


def test_only_web_addresses_become_links() -> None:
    assert words.host("https://a.example/x") == "a.example"
    assert not any(words.host(u) for u in ("javascript:alert(1)", "data:text/html,x", "//evil.example", None, "http://["))


def test_vendored_files_bear_their_licences() -> None:
    folder = desk.HERE / "static/vendor"
    listed = (folder / "versions.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert len(listed) >= 7
    for line in listed:
        package, version, *_ = line.split(",")
        assert version
        assert (folder / f"LICENSE-{package.split('/')[-1].partition('@')[0]}.txt").exists(), package


