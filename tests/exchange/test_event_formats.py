"""PLOVER, POLECAT, GDELT, COLT and the tables by year, read by the csv module, pandas and json."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dragoman import Record
from dragoman.exchange import gdelt, titles
from dragoman.exchange.write import colt, formats, left_out, polecat
from dragoman.exchange.years import years
from dragoman.model.claims import ActorRef
from dragoman.model.entities import Person, Position
from dragoman.model.offices import Bound, Chain, Occupancy
from dragoman.reference import plover, state_numbers, states

GSR = "data/plover/gsr_dev.json"


def tabbed(record: Record, form: str) -> list[list[str]]:
    return list(csv.reader(record.export("events", form), delimiter="\t", quoting=csv.QUOTE_NONE))


def test_plover_records(eventful_record: Record) -> None:
    found = [json.loads(line) for line in eventful_record.export("events", "plover")]
    by = {(r["event"][0], r["cite_info"]["citation"]): r for r in found}
    for record in found:
        assert {"id", "date", "actor", "event"} <= set(record) and record["quad_code"] == plover.quad(record["event"][0])
    visit = by["CONSULT", "Wire, North"]
    assert (visit["date"], visit["enddate"], visit["mode"]) == ("2024-06-03", "2024-06-05", ["visit"])
    assert (visit["actor"][0]["code"], visit["recipient"][0]["code"]) == ("ISL", "KAZ")  # the visitor is the actor
    assert visit["event_loc"] == {"extracted_place": "Astana", "country_code": "KAZ"}
    assert visit["text"] == "Prime Minister Þóra Ísfeld of Iceland visited Astana from 3 to 5 June 2024"
    assert visit["cite_info"]["url"] == "https://wire.example/1" and "CAMEO 042" in visit["comment"]
    signed = next(r for r in found if r["date"] == "2024-06-04")
    assert "CAMEO 057" in signed["comment"]
    threat = by["THREATEN", "Wire, North"]
    assert (threat["date"], threat["context"], threat["mode"]) == ("2024-07-10", ["economic"], ["restrict"])
    assert "the day is that of the document" in threat["comment"]  # an open date is not taken for a stated one
    assert by["SANCTION", "Wire, North"]["mode"] == ["withdraw", "negation"]
    assert by["AID", "Wire, North"]["mode"] == ["hypothetical"]
    again = by["AGREE", "Wire, North"]  # a meeting to come is AGREE in PLOVER, on the day on which it is told
    assert again["date"] == "2024-07-10" and "CAMEO 036" in again["comment"]
    assert "date as stated: 2025-05; planned CONSULT" in again["comment"]
    praise = next(r for r in found if r["date"] == "2024-06-09")
    assert praise["actor"][0] == {"code": "UNO", "entity_text": "The United Nations", "identifier_text": "United Nations"}
    blame = by["ACCUSE", "Wire, North"]
    assert (blame["date"], blame["enddate"], "date as stated: 2024-07" in blame["comment"]) == ("2024-07-01", "2024-07-31", True)


def test_plover_without_words(eventful_record: Record) -> None:
    assert all("text" not in json.loads(line) for line in eventful_record.export("events", "plover", quotes=False))


def test_polecat(eventful_record: Record) -> None:
    text = "\n".join(eventful_record.export("events", "polecat"))
    assert {len(line.split("\t")) for line in text.split("\n")} == {40}
    frame = pd.read_csv(io.StringIO(text), sep="\t", dtype=str, keep_default_na=False, quoting=csv.QUOTE_NONE)
    assert tuple(frame.columns) == polecat.COLUMNS
    rows = {(r["Event Type"], r["Event Date"]): r for r in frame.to_dict("records")}
    assert set(rows) == {("CONSULT", "2024-06-03"), ("SUPPORT", "2024-06-04"), ("SUPPORT", "2024-06-09"), ("ACCUSE", "2024-07-01"),
                         ("THREATEN", "2024-07-10"), ("AGREE", "2024-07-10")}  # the second telling of the visit is the same event
    visit = rows["CONSULT", "2024-06-03"]
    columns = ("Event Mode", "Quad Code", "Actor Name", "Actor Country", "Actor COW", "Recipient COW", "City", "Country")
    assert [visit[c] for c in columns] == [
        "visit", "VERBAL COOPERATION", "Iceland", "ISL", "395", "705", "Astana", "KAZ"]
    assert rows["THREATEN", "2024-07-10"]["Contexts"] == "economic" and rows["ACCUSE", "2024-07-01"]["Quad Code"] == "VERBAL CONFLICT"
    assert rows["SUPPORT", "2024-06-09"]["Actor Country"] == "UNO" and rows["SUPPORT", "2024-06-09"]["Source"] == "Wire, North"


def test_gdelt_events(eventful_record: Record) -> None:
    rows = tabbed(eventful_record, "gdelt")
    assert {len(row) for row in rows} == {61} and len(gdelt.EVENT) == 61
    by = {r["EventCode"]: r for r in (dict(zip(gdelt.EVENT, row, strict=True)) for row in rows)}
    assert set(by) == {"042", "057", "050", "111", "1312", "036"}  # strings with their leading zeros
    visit = by["042"]
    assert [visit[c] for c in ("SQLDATE", "MonthYear", "Year", "FractionDate", "EventRootCode", "QuadClass", "GoldsteinScale")] == [
        "20240603", "202406", "2024", "2024.4192", "04", "1", "1.9"]
    assert [visit[c] for c in ("Actor1Code", "Actor1Name", "Actor2CountryCode", "NumArticles", "NumSources")] == [
        "ISL", "ICELAND", "KAZ", "2", "2"]
    assert [visit[c] for c in ("ActionGeo_Type", "ActionGeo_Fullname", "ActionGeo_CountryCode", "SOURCEURL")] == [
        "4", "Astana, Kazakhstan", "KZ", "wire-2.txt"]  # the earlier document
    assert (by["050"]["Actor1Code"], by["050"]["Actor1KnownGroupCode"], by["050"]["Actor1Type1Code"]) == ("IGOUNO", "UNO", "IGO")
    assert by["1312"]["EventBaseCode"] == "131" and by["1312"]["QuadClass"] == "3"
    assert re.fullmatch(r"\d{14}", visit["DATEADDED"])


def test_gdelt_mentions_lead_to_their_events_and_words(eventful_record: Record) -> None:
    events = {row[0]: dict(zip(gdelt.EVENT, row, strict=True)) for row in tabbed(eventful_record, "gdelt")}
    rows = [dict(zip(gdelt.MENTION, row, strict=True)) for row in tabbed(eventful_record, "gdelt-mentions")]
    assert {r["GLOBALEVENTID"] for r in rows} == set(events) and len(rows) == 7
    visit = [r for r in rows if events[r["GLOBALEVENTID"]]["EventCode"] == "042"]
    assert {(r["MentionSourceName"], r["MentionTimeDate"][:8]) for r in visit} == {("Wire, North", "20240710"),
                                                                                   ("Second Paper", "20240606")}
    for row in rows:
        claim = eventful_record.claim(json.loads(row["Extras"])["claim"])
        assert row["ActionCharOffset"] == str(claim.claim.evidence[0].start) and row["Confidence"] == "90"
        text = eventful_record.document(claim.document.id)[1].text
        assert row["MentionDocLen"] == str(len(text))
        if row["Actor1CharOffset"] != "-1":
            assert text[int(row["Actor1CharOffset"]):].startswith(("Iceland", "Kazakhstan", "The United Nations"))


def test_colt(eventful_record: Record) -> None:
    frame = pd.read_csv(io.StringIO("\n".join(eventful_record.export("contacts", "colt"))), dtype=str, keep_default_na=False)
    assert tuple(frame.columns) == colt.COLUMNS
    rows = {r["LeaderFullName"]: r for r in frame.to_dict("records")}
    trip = rows["Þóra Ísfeld"]
    assert re.fullmatch(r"\d+-[A-Z]{2,4}-[A-Z]{2,4}-\d+", trip["TripID"])
    assert [trip[c] for c in ("LeaderRole", "LeaderCountryISO", "CountryVisitedISO", "CityVisited", "TripYear", "TripStartDate",
                              "TripEndDate", "TripDuration")] == ["G", "ISL", "KAZ", "Astana", "2024", "2024-06-03", "2024-06-05", "3"]
    assert (trip["MetHostHoGS"], trip["HostHOGSName"]) == ("Yes", "Серік Болатов")
    assert [trip[c] for c in ("PublicAddress", "CulturalSiteOrCeremony", "BusinessLeaderOrForum")] == ["Yes"] * 3
    assert {trip[c] for c in ("AttendedMultilatEvent", "AttendedMultilatMinisterialEvent", "MetIGOLeader")} == {""}  # not stated, not "No"
    assert trip["SourceLink1"] == "https://wire.example/1" and trip["SourceLink2"] == ""
    assert not set(frame.to_numpy().ravel()) & {"No", "no", "nan", "None"}


def test_what_is_left_out_is_counted(eventful_record: Record) -> None:
    def counted(what: str, form: str) -> dict[str, int]:
        found, bundle = eventful_record.prepare_export(what, form)
        return dict(left_out(found, bundle))

    assert counted("events", "gdelt") == {"events that are possible, denied or only planned": 2}
    assert counted("events", "plover") == {}
    assert counted("contacts", "colt") == {"contacts that were not held": 1, "contacts without a travelling leader": 1}
    assert counted("claims", "jsonl") == {}


def test_missions_and_memberships_by_year(eventful_record: Record) -> None:
    rows = list(csv.DictReader(eventful_record.export("missions", "diplomatic-exchange")))
    by = {(r["iso1"], r["iso2"], r["year"], r["mission"]): r for r in rows}
    embassy = by["KAZ", "ISL", "2021", "embassy"]
    assert [embassy[c] for c in ("ccode1", "ccode2", "stateabb1", "DR_at_2", "city", "basis", "source")] == [
        "705", "395", "KZK", "3", "Reykjavik", "stated", "https://wire.example/1"]
    assert by["ISL", "KAZ", "2024", "consulate"]["DR_at_2"] == "" and by["ISL", "KAZ", "2024", "consulate"]["basis"] in ("seen", "stated")
    assert all(int(r["year"]) <= 2024 for r in rows)
    members = {(r["iso"], r["ioname"], r["year"]): r for r in csv.DictReader(eventful_record.export("memberships", "igo-membership"))}
    assert [members["ISL", "nato", "1949"][c] for c in ("ccode", "membership", "basis", "since")] == ["395", "1", "stated", "1949"]
    assert [members["KAZ", "arctic-council", "2019"][c] for c in ("ccode", "membership", "role")] == ["705", "3", "observer"]
    assert max(int(year) for _, _, year in members) <= 2024


@pytest.mark.parametrize(("since", "until", "seen", "known"), [
    ("2019", "2021", None, [2019, 2020, 2021]), ("2019-05-01", None, "2021", [2019, 2020, 2021]), (None, None, "2021-03", [2021]),
    ("2019", None, None, [2019]), (None, None, None, []), (None, "../2022", "2020", [2020, 2021, 2022]), ("2019/2020", None, None, [2020]),
])
def test_years(since: str | None, until: str | None, seen: str | None, known: list[int]) -> None:
    assert [year for year, _ in years(since, until, seen)] == known


# ---------------------------------------------------------------- the table of CAMEO's codes


def ways() -> list[tuple[str, str | None]]:
    return [(c, m) for c in plover.categories() for m in (None, *plover.modes(c))]


@pytest.mark.parametrize(("category", "mode"), ways())
def test_every_category_and_mode_has_a_cameo_code_that_leads_back_to_the_category(category: str, mode: str | None) -> None:
    way = plover.to_cameo(category, mode)
    assert way.event_type == category and way.name and -10 <= way.goldstein <= 10
    back = plover.from_cameo(way.cameo)
    assert back and back.event_type in (category, "CONCEDE", "ACCUSE")  # 08 is CONCEDE and RETREAT, a conviction is ACCUSE's code 116


def test_the_table_has_only_plovers_words_or_says_that_it_is_for_reading() -> None:
    for way in plover.table():
        assert way.event_type in plover.categories() and re.fullmatch(r"\d{3,4}", way.cameo), way
        known = way.mode in ("", *plover.modes(way.event_type)) and way.context in ("", *plover.contexts())
        assert known or way.why.startswith("read only"), way
        if known and gdelt.quad(way.cameo) != plover.quad(way.event_type):
            assert way.event_type in ("RETREAT", "SANCTION", "ACCUSE") or way.cameo.startswith("08"), way


@pytest.mark.parametrize(("code", "category", "mode"), [
    ("010", None, None), ("0231", None, None), ("036", "AGREE", ""), ("042", "CONSULT", "visit"), ("043", "CONSULT", "host"),
    ("057", "SUPPORT", ""), ("0874", "RETREAT", "withdraw"), ("1012", "REQUEST", "assist"), ("112", "ACCUSE", "allege"),
    ("1622", "SANCTION", "discontinue"), ("1951", "ASSAULT", "aerial"), ("20", "ASSAULT", "mass"), ("ABC", None, None),
])
def test_reading_cameo(code: str, category: str | None, mode: str | None) -> None:
    way = plover.from_cameo(code)
    assert (way and way.event_type, way and way.mode) == (category, mode)


def test_the_gold_standard_records_have_codes(shared: Path) -> None:
    older = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
    for record in json.loads((shared / GSR).read_text(encoding="utf-8")):
        if record["event"] == "DOCUMENT":
            continue
        category = older.get(record["event"], record["event"])
        contexts = [c.strip() for c in str(record.get("context", "")).split(";")]
        assert plover.to_cameo(category, record.get("mode"), contexts).event_type == category


def test_the_codes_of_states_are_theirs() -> None:
    table = state_numbers.table()
    assert set(table) == set(states.table())
    assert len({n.cow for n in table.values() if n.cow}) == len([n for n in table.values() if n.cow]) == 195
    for field in ("cow_number", "fips", "m49", "imf"):
        known = [getattr(n, field) for n in table.values() if getattr(n, field)]
        assert len(known) == len(set(known)), field
    assert (state_numbers.of("DEU").fips, state_numbers.by_m49("842"), state_numbers.by_imf("916")) == ("GM", "USA", "KAZ")


@pytest.mark.parametrize("name", sorted(formats()))
def test_every_format_says_what_it_is(name: str) -> None:
    form: Any = formats()[name]
    assert name == form.NAME and form.CARRIES and form.SUFFIX.startswith(".") and "/" in form.MEDIA and isinstance(form.CANNOT, str)
    assert (form.__doc__ or "").strip()


# ---------------------------------------------------------------- the office held on the day


def chain(name: str, person: str, *names: str, state: str = "KAZ", **known: Any) -> Chain:
    one = Occupancy(Person(person, names[0], names, state), Position(name, state), known.pop("since", None), known.pop("until", None),
                    tuple(Bound(d, ()) for d in known.pop("seen", ())), False, "stated", ("claim:1",), **known)
    return Chain(claims=("claim:1",), position=one.position, occupancies=(one,))


@pytest.mark.parametrize(("mention", "day", "title"), [
    ("Foreign Minister Dana Serik", "2023-05-02", "minister of foreign affairs"), ("Kazakhstan", "2023-05-02", ""),
    ("Minister Serik", "2023-05-02", "minister of foreign affairs"), ("Minister Omar", "2023-05-02", ""),  # one of two
    ("Dana Serik", "2021-05-02", "minister of trade"), ("Dana Serik", "2019-01-01", ""),  # before anything is known of her
    ("Dana Serik", "2024-06-01", ""), ("Erlan Serik", "2023-05-02", ""),
    ("the Kazakh side", "2023-05-02", ""),
])
def test_the_title_is_that_of_the_day(mention: str, day: str, title: str) -> None:
    held = titles.Titles([
        chain("minister of trade", "person:dana-serik", "Dana Serik", since="2020", until="2022-12-31"),
        chain("minister of foreign affairs", "person:dana-serik", "Dana Serik", "D. Serik", since="2023-01-01", seen=("2024-03-01",)),
        chain("minister of health", "person:omar-1", "Aida Omar", since="2023", until="2024"),
        chain("minister of energy", "person:omar-2", "Bek Omar", since="2023", until="2024"),
        chain("prime minister", "person:planned", "Erlan Serik", since="2023", until="2024", modality="planned"),
    ])
    assert held.of(ActorRef(mention, "KAZ", "state:KAZ", "KAZ"), day) == title
