"""What others keep, taken in: statistics, event data, coded tables, claims; one clear problem for a row that is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman import Record
from dragoman.exchange import gdelt, read
from dragoman.exchange.events import coded
from dragoman.exchange.read import sheet, values
from dragoman.exchange.read.taking import Taken
from dragoman.model.claims import ActorRef, Amount, Contact, Event, Figure, PlaceRef, Tenure

COMTRADE = """typeCode,freqCode,refPeriodId,refYear,period,reporterCode,reporterISO,reporterDesc,flowCode,flowDesc,partnerCode,partnerISO,\
partnerDesc,partner2Code,customsCode,motCode,cmdCode,cmdDesc,primaryValue
C,A,20230101,2023,2023,398,KAZ,Kazakhstan,X,Export,352,ISL,Iceland,0,C00,0,TOTAL,All Commodities,1234567.5
C,A,20230101,2023,2023,398,KAZ,Kazakhstan,M,Import,352,ISL,Iceland,0,C00,0,TOTAL,All Commodities,
C,M,20230301,2023,202303,352,ISL,Iceland,M,Import,398,KAZ,Kazakhstan,0,C00,0,03,"Fish, fresh or chilled",77
C,A,20230101,2023,2023,398,KAZ,Kazakhstan,X,Export,352,ISL,Iceland,0,C00,2100,TOTAL,All Commodities,5
C,A,20230101,2023,2023,398,KAZ,Kazakhstan,RX,Re-export,352,ISL,Iceland,0,C00,0,TOTAL,All Commodities,6
C,A,20230101,2023,2023,0,QQQ,Nowhere,X,Export,0,W00,World,0,C00,0,TOTAL,All Commodities,7
C,A,20230101,2023,2023,398,KAZ,Kazakhstan,X,Export,0,W00,World,0,C00,0,TOTAL,All Commodities,12 apples
C,A,20230101,2023,2023,398,KAZ
C,A,20230101,2023,2023-14,398,KAZ,Kazakhstan,X,Export,0,W00,World,0,C00,0,TOTAL,All Commodities,8
"""
OLD_COMTRADE = """Classification,Year,Period,Trade Flow,Reporter,Reporter ISO,Partner,Partner ISO,Commodity Code,Commodity,Trade Value (US$)
H4,2015,2015,Export,Kazakhstan,KAZ,World,WLD,TOTAL,All Commodities,45955800000
"""
DIRECTION = """Country Name,Country Code,Indicator Name,Indicator Code,Counterpart Country Name,Counterpart Country Code,Attribute,2021,\
2022,2023M1
Kazakhstan,916,"Goods, Value of Exports, Free on board (FOB), US Dollars",TXG_FOB_USD,Iceland,176,Value,"1,000",2.5,
"""
LONG = """"Country Name","Country Code","Indicator Name","Indicator Code","Counterpart Country Name","Counterpart Country Code",\
"Time Period","Value"
"Iceland","176","Goods, Value of Imports, Cost, Insurance, Freight (CIF), US Dollars","TMG_CIF_USD","Kazakhstan","916","2021Q4","33"
"""
OUTLOOK = """WEO Country Code\tISO\tWEO Subject Code\tCountry\tSubject Descriptor\tUnits\tScale\t2023\t2024
916\tKAZ\tNGDPD\tKazakhstan\tGross domestic product, current prices\tU.S. dollars\tBillions\t262.6\tn/a
"""
SDMX = """DATAFLOW,FREQ,REF_AREA,INDICATOR,COUNTERPART_AREA,TIME_PERIOD,OBS_VALUE,UNIT_MULT,UNIT_MEASURE
IMF:DOT(1.0),M,KZ,TMG_CIF_USD,IS,2024-03,12.5,6,USD
IMF:BOP(1.0),Q,KZ: Kazakhstan,XG: Goods credit,,2024-Q1,60,9,EUR
"""


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record(tmp_path / "imports.db") as made:
        yield made


def put(folder: Path, text: str | bytes, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def taken(folder: Path, text: str | bytes, name: str = "table.csv", **known: Any) -> Taken:
    found = read.read(put(folder, text, name), **known)
    assert isinstance(found, Taken), found
    for claim in found.claims:
        assert all(found.document.text[e.start : e.end] == e.quote for e in claim.evidence)
    return found


def figures(found: Taken) -> list[tuple[Any, ...]]:
    return [(c.indicator, c.parties, c.reporter, c.counterpart, c.low, c.unit, c.period) for c in found.claims if isinstance(c, Figure)]


def test_comtrade(tmp_path: Path) -> None:
    found = taken(tmp_path, COMTRADE, published="2024-05")
    assert figures(found) == [
        ("exports", ("KAZ", "ISL"), "KAZ", "ISL", 1234567.5, "USD", "2023"),
        ("other:imports of fish fresh or", ("ISL", "KAZ"), "ISL", "KAZ", 77, "USD", "2023-03"),
    ]
    first = found.claims[0]
    assert first.evidence[0].quote.startswith("C,A,20230101") and first.evidence[1].quote.startswith("typeCode")
    assert (first.attribution[0].name, first.asserted, first.confidence) == ("UN Comtrade", "2024-05", 0.9)
    assert found.left_out == {"observations without a value": 1, "rows that break a total down": 1,
                              "re-exports and other parts of a flow": 1}
    assert [(p.code, p.at.rpartition(":")[2]) for p in found.problems] == [
        ("unknown-code", "7"), ("bad-value", "8"), ("wrong-column-count", "9"), ("bad-value", "10")]
    assert "'12 apples' is not a number." in str(found.problems[1]) and "7 columns where 19" in str(found.problems[2])


@pytest.mark.parametrize(("text", "expected"), [
    (OLD_COMTRADE, [("exports", ("KAZ",), "KAZ", None, 45955800000.0, "USD", "2015")]),
    (DIRECTION, [("exports", ("KAZ", "ISL"), "KAZ", "ISL", 1000, "USD", "2021"),
                 ("exports", ("KAZ", "ISL"), "KAZ", "ISL", 2.5, "USD", "2022")]),
    (LONG, [("imports", ("ISL", "KAZ"), "ISL", "KAZ", 33, "USD", "2021-10/2021-12")]),
    (OUTLOOK, [("other:gross domestic product", ("KAZ",), "KAZ", None, 262.6e9, "USD", "2023")]),
    (SDMX, [("imports", ("KAZ", "ISL"), "KAZ", "ISL", 12.5e6, "USD", "2024-03"),
            ("exports", ("KAZ",), "KAZ", None, 60e9, "EUR", "2024-01/2024-03")]),
    (SDMX.replace(",", ";"), [("imports", ("KAZ", "ISL"), "KAZ", "ISL", 12.5e6, "USD", "2024-03"),
                              ("exports", ("KAZ",), "KAZ", None, 60e9, "EUR", "2024-01/2024-03")]),
])
def test_statistics_of_others(tmp_path: Path, text: str, expected: list[tuple[Any, ...]]) -> None:
    assert figures(taken(tmp_path, text)) == expected


def test_statistics_stand_beside_what_documents_say(record: Record, tmp_path: Path) -> None:
    done = record.import_file(put(tmp_path, COMTRADE), name="UN Comtrade, 2024")
    assert (done.name, done.claims, len(done.problems)) == ("UN Comtrade, 2024", 2, 4)
    (series,) = [s for s in record.series() if s.indicator == "exports"]
    assert [(p.claimant, p.low) for p in series.points] == [("UN Comtrade, 2024", 1234567.5)]
    assert len(record.problems()) == 4 and record.document("table.csv")[0].outlet == "UN Comtrade, 2024"
    again = record.import_file(put(tmp_path, COMTRADE.replace("1234567.5", "1300000")), name="UN Comtrade, 2024")
    assert again.claims == 2 and [f.low for f in record.figures(states="KAZ") if f.indicator == "exports"] == [1300000]  # superseded


# ---------------------------------------------------------------- events


def test_gdelt_goes_out_and_comes_back(eventful_record: Record, record: Record, tmp_path: Path) -> None:
    path = tmp_path / "20240710.export.CSV"
    eventful_record.export("events", "gdelt", path)
    done = record.import_file(path)
    assert (done.name, done.claims, done.problems) == ("GDELT 2.0", 6, ())

    def told(events: Any) -> set[tuple[Any, ...]]:
        return {(e.event_type, e.mode, tuple(a.id for a in e.source), tuple(a.id for a in e.recipient)) for e in events}

    assert told(record.events()) == told(e for e in map(coded, eventful_record.events()) if e.modality == "actual")
    visit = next(e for e in record.events() if e.mode == "visit")
    assert (visit.date, visit.place, visit.confidence) == ("2024-06-03", PlaceRef("Astana", "KAZ"), 0.3)
    assert [link.name for link in visit.attribution] == ["GDELT 2.0", "wire-2.txt"]
    assert not record.events(min_confidence=0.5)  # low standing


def gdelt_row(**cells: str) -> str:
    known = {"GLOBALEVENTID": "1", "SQLDATE": "20240102", "EventCode": "043", "Actor1CountryCode": "KAZ", "Actor1Name": "KAZAKHSTAN",
             "Actor2CountryCode": "ISL", "Actor2Name": "ICELAND", "SOURCEURL": "https://x.example"} | cells
    return "\t".join(known.get(column, "") for column in gdelt.EVENT)


def test_gdelt_rows(tmp_path: Path) -> None:
    rows = [gdelt_row(), gdelt_row(EventCode="010"), gdelt_row(EventCode="999"), gdelt_row(SQLDATE="2024"),
            gdelt_row(Actor1CountryCode="QQQ"),
            gdelt_row(EventCode="190", Actor1CountryCode="", Actor1Code="REB", Actor1Name="REBELS"),
            gdelt_row(EventCode="051", Actor1CountryCode="EUR", Actor1Name="EUROPE", Actor2CountryCode="ROM", Actor2Name="ROMANIA"),
            gdelt_row(EventCode="036", Actor1CountryCode="", Actor1Name="", Actor1Code=""), gdelt_row() + "\textra", "1\t20240102\tx"]
    found = taken(tmp_path, "\n".join(rows) + "\n", "20240102.export.CSV")
    events = [(c.event_type, c.mode, [a.id or a.name for a in c.source], [a.id or a.name for a in c.recipient])
              for c in found.claims if isinstance(c, Event)]
    assert events == [("CONSULT", "visit", ["state:ISL"], ["state:KAZ"]),  # the host stands first in CAMEO 043
                      ("ASSAULT", None, ["Rebels"], ["state:ISL"]), ("SUPPORT", None, ["Europe"], ["state:ROU"])]
    assert [(p.code, p.at.rpartition(":")[2]) for p in found.problems] == [
        ("unknown-code", "3"), ("bad-value", "4"), ("unknown-code", "5"), ("wrong-column-count", "9"), ("wrong-column-count", "10")]
    assert sum(found.left_out.values()) == 2


def test_polecat_goes_out_and_comes_back(eventful_record: Record, tmp_path: Path) -> None:
    lines = list(eventful_record.export("events", "polecat"))
    found = taken(tmp_path, "\n".join(lines) + "\n", "week.txt")
    assert len(found.claims) == 6 and not found.problems and {c.confidence for c in found.claims} == {0.3}
    threat = next(c for c in found.claims if isinstance(c, Event) and c.event_type == "THREATEN")
    assert (threat.mode, threat.context, threat.source[0].id, threat.date) == ("restrict", ("economic",), "state:ISL", "2024-07-10")
    assert [link.name for link in threat.attribution] == ["POLECAT", "Wire, North"]
    broken = [lines[0] + "\tBogus\tNames", *(line + "\t\t" for line in lines[1:3]), *lines[3:], lines[1].replace("CONSULT", "GREET")]
    found = taken(tmp_path, "\n".join(broken), "week.txt")
    assert len(found.claims) == 6 and [p.code for p in found.problems] == ["unknown-code"]


def test_plover_goes_out_and_comes_back(eventful_record: Record, tmp_path: Path) -> None:
    lines = list(eventful_record.export("events", "plover"))
    found = taken(tmp_path, "\n".join(lines) + "\n", "events.jsonl")
    assert not found.problems and len(found.claims) == len(eventful_record.events())

    def told(events: Any) -> set[tuple[Any, ...]]:
        return {(e.event_type, e.mode, e.context, e.modality, *(tuple(a.id for a in side) for side in (e.source, e.recipient)))
                for e in events}

    assert told(found.claims) == told(map(coded, eventful_record.events()))
    visit = next(c for c in found.claims if isinstance(c, Event) and c.place)
    assert (visit.date, visit.place, visit.attribution[1].name) == ("2024-06-03/2024-06-05", PlaceRef("Astana", "KAZ"), "https://wire.example/1")


def test_plover_of_others(tmp_path: Path) -> None:
    rows = [{"id": "1", "date": "2000-01-01", "source": [{"actorText": "Peru", "code": "PER"}], "target": "", "event": "INVESTIGATE"},
            {"id": "2", "date": "2000-01-01", "actor": [{"code": "PER"}], "event": ["GREET"]},
            {"id": "3", "date": "soon", "actor": [], "event": []},
            {"id": "4", "date": "2000-01-01", "actor": [{"code": "ZZZ"}], "event": ["AID"]}]
    found = taken(tmp_path, "\n".join([*map(json.dumps, rows), "{"]), "gsr.jsonl")
    (event,) = found.claims
    assert isinstance(event, Event) and (event.event_type, event.mode, event.source[0].id) == ("ACCUSE", "investigate", "state:PER")
    assert [p.code for p in found.problems] == ["unknown-code", "bad-value", "unknown-code", "bad-json"]


# ---------------------------------------------------------------- coded by hand

CODED = """Type,Day,Leader,Country,Office,Host,Country visited,Town,Subjects
V,03/06/2024,Þóra Ísfeld,Iceland,Prime Minister,Серік Болатов,Kazakhstan,Astana,"grain; ports, harbours"
M,05/06/2024,Þóra Ísfeld,Iceland,Prime Minister,,Kazakhstan,,
X,05/06/2024,Þóra Ísfeld,Iceland,Prime Minister,,Kazakhstan,,
M,last week,Þóra Ísfeld,Iceland,Prime Minister,,Kazakhstan,,
M,05/06/2024,Þóra Ísfeld,Ruritania,Prime Minister,,Kazakhstan,,
"""
MAPPING = """kind: contact
source: Coding of the trade desk
published: 2024-08
confidence: 0.8
fields:
  mode: {column: Type, values: {V: visit, M: meeting}}
  date: {column: Day, format: "%d/%m/%Y"}
  host: Country visited
  place: {name: Town, state: Country visited}
  participants:
    - {name: Leader, state: Country, position: Office}
    - {name: Host, state: Country visited}
  topics: {column: Subjects, split: ";"}
"""


def test_a_coded_table(tmp_path: Path) -> None:
    how = put(tmp_path, MAPPING, "mapping.yml")
    found = taken(tmp_path, CODED, mapping=how)
    visit, meeting = found.claims
    assert isinstance(visit, Contact)
    assert [(a.name, a.state, a.position) for a in visit.participants] == [
        ("Þóra Ísfeld", "ISL", "prime minister"), ("Серік Болатов", "KAZ", None)]
    assert (visit.mode, visit.date, visit.host, visit.place, visit.topics) == (
        "visit", "2024-06-03", "KAZ", PlaceRef("Astana", "KAZ"), ("grain", "ports, harbours"))
    assert (visit.attribution[0].name, visit.asserted, visit.confidence) == ("Coding of the trade desk", "2024-08", 0.8)
    assert isinstance(meeting, Contact) and [a.id for a in meeting.participants][1] == "state:KAZ" and meeting.place is None
    assert [(p.code, p.at.rpartition(":")[2]) for p in found.problems] == [("bad-value", "4"), ("bad-value", "5"), ("unknown-code", "6")]
    assert "one of call, meeting" in found.problems[0].message


def test_a_coded_workbook(record: Record, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet_ = book.active
    assert sheet_ is not None
    sheet_.title = "Coding"
    for row in CODED.splitlines()[:3]:
        sheet_.append([cell.strip('"') for cell in row.replace('"grain; ports, harbours"', "grain; ports").split(",")])
    book.save(tmp_path / "coding.xlsx")
    how = put(tmp_path, MAPPING + "sheet: Coding\n", "mapping.yml")
    done = record.import_file(tmp_path / "coding.xlsx", mapping=how)
    assert (done.claims, done.problems, done.name) == (2, (), "Coding of the trade desk")
    assert [m.date for m in record.meetings(states="KAZ")] == ["2024-06-03", "2024-06-05"]
    wrong = record.import_file(tmp_path / "coding.xlsx", mapping=put(tmp_path, MAPPING + "sheet: Other\n", "other.yml"))
    assert wrong.problem and wrong.problem.code == "unknown-table"


def test_other_kinds_can_be_coded(tmp_path: Path) -> None:
    table = "Person;Post;State;From;To;Share\nÓlafur;Trade Minister;IS;2020;2024-03;1,5\n"
    how = "kind: tenure\nfields: {person: {name: Person, state: State}, position: Post, state: State, since: From, until: To}\n"
    (tenure,) = taken(tmp_path, table, mapping=put(tmp_path, how, "m.yml")).claims
    assert isinstance(tenure, Tenure) and (tenure.person.name, tenure.state) == ("Ólafur", "ISL")
    assert (tenure.since, tenure.until) == ("2020", "2024-03")
    how = "kind: commitment\nfields: {by: [{name: State}], action: Post, deadline: To, target: {low: From, unit: {constant: t}}}\n"
    (promise,) = taken(tmp_path, table, mapping=put(tmp_path, how, "m.yml")).claims
    assert promise.target == Amount(2020, None, "t") and promise.by == (ActorRef("IS", "ISL", "state:ISL", "ISL"),)  # type: ignore[attr-defined]


@pytest.mark.parametrize("how", [
    "", "kind: feeling\nfields: {a: b}", "kind: contact", "kind: contact\nfields: {mood: A}", "kind: contact\nfields: {mode: Type}",
    "kind: contact\nfields: {mode: [Type], participants: Leader}", "kind: contact\nfields: {mode: Kind, participants: Leader}", "{", "- 1",
    "kind: contact\npublished: yesterday\nfields: {mode: Type, participants: Leader}",
    "kind: contact\nfields: {mode: Type, participants: [{nom: Leader}]}",
    "kind: contact\nconfidence: high\nfields: {mode: Type, participants: Leader}",
])
def test_a_mapping_that_cannot_be_used_is_a_problem(tmp_path: Path, how: str) -> None:
    found = read.read(put(tmp_path, CODED), mapping=put(tmp_path, how, "m.yml"))
    assert not isinstance(found, Taken | None) and found.code == "bad-mapping" and found.remedy


def test_the_csv_export_of_contacts_can_be_coded_in_again(eventful_record: Record, tmp_path: Path) -> None:
    text = "\n".join(eventful_record.export("commitments", "csv"))
    how = "kind: commitment\nfields: {by: by_states, to: to_states, action: action, deadline: deadline, status: status}\n"
    found = taken(tmp_path, text, mapping=put(tmp_path, how, "m.yml"))
    assert {(c.action, c.deadline) for c in found.claims} == {(c.action, c.deadline) for c in eventful_record.commitments()}  # type: ignore[attr-defined]


# ---------------------------------------------------------------- claims


def test_claims_of_another_record(eventful_record: Record, record: Record, tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    eventful_record.export("claims", "jsonl", path)
    done = record.import_file(path, name="The other desk")
    assert (done.claims, done.left_out, done.problems) == (len(eventful_record.claims()), {}, ())
    assert {(c.kind, c.as_json("")["evidence"][0]["quote"]) for c in (r.claim for r in record.claims())} == {
        (r.claim.kind, r.claim.evidence[0].quote) for r in eventful_record.claims()}
    for row in record.claims():
        text = record.document(row.document.id)[1].text
        assert all(text[e.start : e.end] == e.quote for e in row.claim.evidence)
    assert [c.about for c in record.conflicts()] == [c.about for c in eventful_record.conflicts()]
    path.write_text(path.read_text(encoding="utf-8").replace('"kind": "mission"', '"kind": "mood"', 1), encoding="utf-8")
    assert [p.code for p in record.import_file(path, name="Again").problems] == ["bad-claim"]


def test_gold_facts(record: Record, tmp_path: Path) -> None:
    rows = [{"file": "a.txt", "kind": "document", "quote": "2024", "published": "2024-03-01", "outlet": "Paper", "start": 0, "end": 4},
            {"file": "a.txt", "kind": "membership", "quote": "Iceland, of NATO since 1949", "member": "ISL", "organization": "NATO",
             "role": "member", "date": "1949", "start": 10, "end": 37}]
    done = record.import_file(put(tmp_path, "".join(json.dumps(r) + "\n" for r in rows), "gold.jsonl"))
    assert (done.claims, done.left_out) == (1, {})
    (member,) = record.memberships()
    assert (member.member, member.date, member.evidence[0].quote) == ("ISL", "1949", "Iceland, of NATO since 1949")


def test_judgements(record: Record, tmp_path: Path) -> None:
    with Record(tmp_path / "other.db") as other:
        other.import_file(put(tmp_path, COMTRADE))
        record.import_file(put(tmp_path, COMTRADE))
        other.judge("reject", other.claims()[0].claim.id, by="Ana")
        path = put(tmp_path, "".join(line + "\n" for line in other.export_judgements()), "judgements.jsonl")
    done = record.import_file(path)
    assert (done.judgements, done.claims, [j.by for j in record.judgements()]) == (1, 0, ["Ana"])
    assert record.import_file(path).judgements == 0  # these are here already


# ---------------------------------------------------------------- whatever comes


def test_bytes_that_are_no_text_are_told_of_by_row(tmp_path: Path) -> None:
    data = COMTRADE.splitlines()[:2]
    text = "\n".join(data).encode() + b"\nC,A,20230101,2023,2023,398,KAZ,Kaza\xe9khstan,X,Export,352,ISL,Iceland,0,C00,0,TOTAL,All,5\n"
    found = taken(tmp_path, text)
    assert len(found.claims) == 1 and [(p.code, p.at.rpartition(":")[2]) for p in found.problems] == [("broken-encoding", "3")]
    assert len(taken(tmp_path, COMTRADE.encode("utf-16")).claims) == len(taken(tmp_path, b"\xef\xbb\xbf" + COMTRADE.encode()).claims) == 2


def test_an_open_quotation_mark_costs_its_row_only(tmp_path: Path) -> None:
    lines = COMTRADE.splitlines()
    found = taken(tmp_path, "\n".join([lines[0], lines[1].replace(",Kazakhstan,", ',"Kazakhstan,'), lines[3]]))
    assert [c.low for c in found.claims] == [77] and [p.code for p in found.problems] == ["bad-csv"]  # type: ignore[attr-defined]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=8), max_size=6), st.sampled_from(",;\t"))
def test_any_table(rows: list[list[str]], delimiter: str) -> None:
    text = "\n".join(delimiter.join(row) for row in [["REF_AREA", "TIME_PERIOD", "OBS_VALUE"], *rows])
    table = sheet.of_text(text, "x.csv")
    for line in table.lines():
        assert 0 <= line.start <= line.end <= len(text) and len(line.cells) == len(table.columns)


@pytest.mark.parametrize("cell", ["1e400", "nan", "inf", "1,23", "--5", "½", "", "12a"])
def test_what_is_no_number(cell: str) -> None:
    assert values.number(cell) is None


def test_what_is_of_no_known_sort(record: Record, tmp_path: Path) -> None:
    done = record.import_file(put(tmp_path, "a,b\n1,2\n"))
    assert done.problem and done.problem.code == "unknown-list"
    assert (record.import_file(tmp_path / "none.csv").problem or done.problem).code == "unreadable-file"
    with pytest.raises(KeyError):
        sheet.of_excel(make_book(tmp_path), "none")


def make_book(folder: Path) -> Path:
    book = openpyxl.Workbook()
    book.save(folder / "x.xlsx")
    return folder / "x.xlsx"
