"""CSV, Excel, Parquet, SQLite and JSON lines, each read by what is not ours: pandas, Polars, DuckDB, openpyxl, LibreOffice, Datasette."""

from __future__ import annotations

import asyncio
import csv
import datetime as dt
import io
import json
import shutil
import subprocess
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import polars as pl
import pytest

from dragoman import Record
from dragoman.exchange.tables import layout, matter
from dragoman.exchange.write import formats, sqlite
from dragoman.model import claims as kinds

FORMULA = '=HYPERLINK("http://evil.example","x")'
PEOPLE = "Ólafur Þórsson; Гүлнар Есенова; Ports, Harbours & Fisheries Agency"


def check(rows: list[dict[str, Any]], day: Any, number: Any = float, defused: str = "") -> None:
    """The facts that every table of all claims must give; `day` makes a day of what the reader gives."""
    def only(**wanted: Any) -> dict[str, Any]:
        found = [r for r in rows if all(str(r[k]) == v for k, v in wanted.items())]
        assert len(found) == 1, (wanted, len(found))
        return found[0]

    contact = only(kind="contact", mode="meeting", place="Akureyri")
    assert (contact["participants"], contact["participants_states"], contact["place_state"]) == (PEOPLE, "ISL; KAZ; ISL", "ISL")
    assert contact["occasion"] == '3rd session, in Akureyri; of the "Working Group"'
    assert (contact["date"], day(contact["date_first"]), contact["outlet"]) == ("2024-03-11", dt.date(2024, 3, 11), "Harbour Gazette")
    promise = only(kind="commitment", action="to open a consulate in Almaty")
    assert (promise["deadline"], day(promise["deadline_first"]), day(promise["deadline_last"])) == ("../2027", None, dt.date(2027, 12, 31))
    assert promise["quote"] == "Iceland promised to open a consulate in Almaty by the end of 2027."
    assert only(kind="commitment", action=defused + FORMULA)["by"] == "Kazakhstan"
    figures = [r for r in rows if r["kind"] == "figure"]
    assert sorted(number(f["low"]) for f in figures) == [1.2e9, 2.4e9]
    assert len({f["disputed"] for f in figures}) == 1 and str(figures[0]["disputed"]).startswith("fact:")
    deputy = only(kind="tenure", person="Гүлнар Есенова")
    assert (deputy["position"], deputy["since"], day(deputy["since_last"])) == ("deputy prime minister", "2022-01-05", dt.date(2022, 1, 5))
    early = only(kind="tenure", since="../2023-11-02")
    assert (day(early["since_first"]), day(early["since_last"]), day(early["until_last"])) == (None, dt.date(2023, 11, 2), None)
    treaty = only(kind="agreement", title="agreement on fish, grain and ports")
    assert (treaty["date"], treaty["until"], day(treaty["until_last"])) == ("2019-05-02", "2029", dt.date(2029, 12, 31))
    nato = only(kind="membership", organization="NATO")
    assert (str(nato["date"]), nato["date_precision"], nato["document_title"]) == ("1949", "year", "Ports, grain and a promise")
    assert only(kind="statement")["text"] == "We will not wait,"
    assert only(kind="mission", city="Almaty")["url"] == "https://stat.example/2024/trade"


def iso(value: Any) -> dt.date | None:
    return dt.date.fromisoformat(value) if isinstance(value, str) and value else None


def written(record: Record, path: Path, what: str, form: str) -> Path:
    record.export(what, form, path)
    return path


def test_csv_by_the_csv_module_and_pandas(eventful_record: Record) -> None:
    text = "\n".join(eventful_record.export("claims", "csv"))
    rows = list(csv.DictReader(io.StringIO(text)))
    check(rows, iso, defused="'")
    frame = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
    check(frame.to_dict("records"), iso, defused="'")
    assert all(not cell.startswith(("=", "+", "@", "\t")) for row in rows for cell in row.values())


def test_csv_of_one_kind_has_its_columns_only(eventful_record: Record) -> None:
    header, *rows = csv.reader(io.StringIO("\n".join(eventful_record.export("tenures", "csv"))))
    assert header[:5] == ["id", "kind", "person", "person_mention", "person_id"] and "mode" not in header
    assert {len(row) for row in rows} == {len(header)} and len(rows) == len(eventful_record.tenures())


def test_csv_of_facts(eventful_record: Record) -> None:
    rows = list(csv.DictReader(io.StringIO("\n".join(eventful_record.export("facts", "csv")))))
    office = next(r for r in rows if r["kind"] == "office" and r["person"] == "Гүлнар Есенова")
    assert (office["position"], office["state"], office["since"], office["until"]) == ("deputy prime minister", "KAZ", "2022-01-05", "")
    points = [r for r in rows if r["kind"] == "series"]
    assert {(p["low"], p["claimant"]) for p in points} == {("1200000000", "Ólafur Þórsson"),
                                                               ("2400000000", "Bureau of National Statistics")}
    conflict = next(r for r in rows if r["kind"] == "conflict")
    assert conflict["type"] == "contradiction" and {p["disputed"] for p in points} == {conflict["id"]}
    assert next(r for r in rows if r["kind"] == "instrument" and "memorandum" in r["title"])["signed"] == "2024-06-04"


def test_jsonl_loses_nothing(eventful_record: Record) -> None:
    lines = [json.loads(line) for line in eventful_record.export()]
    again = {c.id: c for c in map(kinds.from_json, lines)}
    assert again == {r.claim.id: r.claim for r in eventful_record.claims()} and len(again) == len(lines)
    facts = [json.loads(line) for line in eventful_record.export("facts")]
    assert {f["id"] for f in facts} >= {f.id for f in eventful_record.meetings()}


def test_parquet_by_pandas_polars_and_duckdb(eventful_record: Record, tmp_path: Path) -> None:
    path = written(eventful_record, tmp_path / "c.parquet", "claims", "parquet")
    check(pd.read_parquet(path).to_dict("records"), lambda v: v if isinstance(v, dt.date) else None)
    check(pl.read_parquet(path).to_dicts(), lambda v: v)
    with duckdb.connect() as db:
        db.execute(f"CREATE VIEW claims AS SELECT * FROM '{path}'")
        found = db.execute("SELECT count(*), sum(low), max(deadline_last) FROM claims WHERE kind IN ('figure', 'commitment')").fetchone()
        assert found == (4, 3.6e9, dt.date(2027, 12, 31))
    lines = [json.loads(line) for line in pl.read_parquet(path)["json"]]
    assert {c.id: c for c in map(kinds.from_json, lines)} == {r.claim.id: r.claim for r in eventful_record.claims()}


def test_duckdb_attaches_what_was_asked_for_only(eventful_record: Record, tmp_path: Path) -> None:
    path = written(eventful_record, tmp_path / "f.parquet", "offices", "parquet")
    found = duckdb.sql(f"SELECT person, since FROM '{path}' WHERE state = 'KAZ'").fetchall()
    assert found == [("Гүлнар Есенова", "2022-01-05")]


def test_excel_by_openpyxl(eventful_record: Record, tmp_path: Path) -> None:
    path = written(eventful_record, tmp_path / "c.xlsx", "claims", "xlsx")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[:2] == ["about", "contacts"] and book.sheetnames[-2:] == ["conflicts", "documents"]
    rows: list[dict[str, Any]] = []
    for sheet in book.worksheets[1:-2]:
        head, *body = sheet.iter_rows()
        rows += [{h.value: c.value for h, c in zip(head, row, strict=True)} for row in body]
        assert all(cell.data_type != "f" for row in body for cell in row)
    check([dict.fromkeys(("mode", "place", "action", "since", "title", "organization", "person", "city")) | r for r in rows],
          lambda v: v.date() if isinstance(v, dt.datetime) else None)
    assert book.properties.created == dt.datetime(2000, 1, 1)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is missing")
def test_excel_in_libreoffice(eventful_record: Record, tmp_path: Path) -> None:
    path = written(eventful_record, tmp_path / "c.xlsx", "commitments", "xlsx")
    sheet = ["--convert-to", 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2']  # the second sheet as UTF-8
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    words = ["soffice", home, "--headless", *sheet, "--outdir", str(tmp_path), str(path)]
    subprocess.run(words, check=True, capture_output=True, timeout=180)
    (made,) = tmp_path.glob("*.csv")
    rows = list(csv.DictReader(io.StringIO(made.read_text(encoding="utf-8"))))
    promise = next(r for r in rows if r["deadline"] == "../2027")
    assert (promise["by"], promise["deadline_last"], promise["target_low"]) == ("Iceland", "2027-12-31", "1")
    assert FORMULA in {r["action"] for r in rows}  # text, and not the link that it would make


def test_sqlite_in_datasette(eventful_record: Record, tmp_path: Path) -> None:
    from datasette.app import Datasette

    path = written(eventful_record, tmp_path / "desk.db", "claims", "sqlite")

    async def asked(*paths: str) -> list[Any]:
        desk = Datasette([str(path)])
        answers = [await desk.client.get(p) for p in paths]
        assert all(a.status_code == 200 for a in answers), [(p, a.status_code) for p, a in zip(paths, answers, strict=True)]
        return [a.json() if "json" in p else a.text for p, a in zip(paths, answers, strict=True)]

    tables = ("contacts", "commitments", "figures", "tenures", "agreements", "memberships", "statements", "missions")
    shape = "json?_shape=array&_size=max"
    *found, sources, disputed, holders, page, schema = asyncio.run(asked(
        *(f"/desk/{t}.{shape}" for t in tables), f"/desk/claims.{shape}", f"/desk/disputed_figures.{shape}",
        f"/desk/holders_of_offices.{shape}", "/desk/claims", "/desk.json"))
    documents = {r["id"]: r for r in asyncio.run(asked(f"/desk/documents.{shape}"))[0]}
    claims = {r["id"]: r for r in sources}
    rows = []
    for table, some in zip(tables, found, strict=True):
        for row in some:
            claim = claims[row["claim"]]
            of = documents[claim["document"]]
            rows.append(dict.fromkeys(("mode", "place", "action", "since", "title", "organization", "person", "city")) | row
                        | {"kind": claim["kind"], "quote": claim["quote"], "outlet": of["outlet"], "document_title": of["title"],
                           "url": of["url"], "disputed": "fact:" if table == "figures" else ""})
    check(rows, iso)
    assert {(d["claimant"], d["low"], d["outlet"]) for d in disputed} == {
        ("Ólafur Þórsson", 1.2e9, "Harbour Gazette"), ("Bureau of National Statistics", 2.4e9, "Bureau of National Statistics")}
    assert ("Гүлнар Есенова", "2022-01-05", None) in {(h["person"], h["since"], h["until"]) for h in holders}
    assert "Гүлнар Есенова" in page and "/desk/documents/doc~3A" in page  # the foreign key is a link
    assert {v if isinstance(v, str) else v["name"] for v in schema["views"]} == set(sqlite.VIEWS)


def test_the_sqlite_file_says_all_that_a_claim_says(eventful_record: Record, tmp_path: Path) -> None:
    import sqlite3

    path = written(eventful_record, tmp_path / "desk.db", "claims", "sqlite")
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA foreign_key_check").fetchall() == [] and db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        lines = [json.loads(line) for (line,) in db.execute("SELECT json FROM claims")]
        assert {c.id: c for c in map(kinds.from_json, lines)} == {r.claim.id: r.claim for r in eventful_record.claims()}
        evidence = db.execute("SELECT count(*) FROM evidence").fetchone()
        assert evidence == (sum(len(r.claim.evidence) for r in eventful_record.claims()),)
        for view in sqlite.VIEWS:
            db.execute(f"SELECT * FROM {view}").fetchall()


@pytest.mark.parametrize("form", sorted(formats()))
def test_the_same_record_gives_the_same_bytes(eventful_record: Record, tmp_path: Path, form: str) -> None:
    what = next(iter(formats()[form].CARRIES))
    one, two = (written(eventful_record, tmp_path / n, what, form).read_bytes() for n in ("one", "two"))
    assert one == two and one


@pytest.mark.parametrize("form", ["jsonl", "csv", "xlsx", "parquet", "sqlite", "plover", "gdelt-mentions"])
def test_anonymised_text_has_no_quotes(eventful_record: Record, tmp_path: Path, form: str) -> None:
    what = formats()[form].CARRIES[0]
    path = tmp_path / f"x.{form}"
    eventful_record.export(what, form, path, quotes=False)
    data = path.read_bytes()
    if form == "xlsx":
        book = openpyxl.load_workbook(path)
        data = "\n".join(str(c.value) for s in book for row in s.iter_rows() for c in row).encode()
    for words in ("We will not wait", "Iceland promised to open", "criticised Iceland over quotas"):
        assert words.encode() not in data
    assert form in ("gdelt-mentions", "parquet") or b"Iceland" in data or b"ISL" in data


def test_filters_and_kinds(eventful_record: Record) -> None:
    def exported(what: str, **filters: Any) -> list[dict[str, Any]]:
        return [json.loads(line) for line in eventful_record.export(what, **filters)]

    assert {c["kind"] for c in exported("claims", kind=["figure", "tenure"])} == {"figure", "tenure"}
    assert exported("contacts") == exported("contact") == exported("claims", kind="contact")
    assert {f["kind"] for f in exported("facts", kind=["contact", "office"])} == {"contact", "office"}
    assert {c["file"] for c in exported("claims", document="wire.txt")} == {"wire.txt"}
    assert {c["kind"] for c in exported("claims", since="2024-06-04", until="2024-06-04")} == {"agreement", "event", "contact"}
    assert all(c["modality"] == "planned" for c in exported("claims", modality="planned"))
    assert [d["file"] for d in exported("documents", outlet="Harbour")] == ["gazette.txt"]
    assert exported("claims", min_confidence=0.95) == []


@pytest.mark.parametrize(("what", "form"), [("tenures", "gdelt"), ("claims", "plover"), ("documents", "colt"), ("claims", "xml")])
def test_what_a_format_cannot_carry_is_said(eventful_record: Record, what: str, form: str) -> None:
    with pytest.raises(ValueError, match=r"^no (place|format)"):
        eventful_record.export(what, form)


def test_a_binary_format_wants_a_file_and_a_failure_leaves_none(eventful_record: Record, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no lines in xlsx"):
        eventful_record.export("claims", "xlsx")
    path = tmp_path / "x.jsonl"
    with pytest.raises(RuntimeError):
        eventful_record.export("claims", "jsonl", path, progress=broken)
    assert list(tmp_path.iterdir()) == []


def broken(step: Any) -> None:
    raise RuntimeError(step)


@pytest.mark.parametrize(("value", "cell"), [("=1+1", "'=1+1"), ("+7 495", "'+7 495"), ("-", "'-"), ("@x", "'@x"), ("a=b", "a=b"),
                                             (-5, "-5"),
                                             (2.22e10, "22200000000"), (0.1, "0.1"), (None, ""), (True, "true")])
def test_cells(value: Any, cell: str) -> None:
    from dragoman.exchange.write.csv import written as as_written

    assert as_written(value) == cell


def test_every_kind_has_a_layout_without_a_column_twice() -> None:
    for kind in kinds.KINDS:
        names = [c.name for c in matter.claims_layout(kind).columns]
        assert len(names) == len(set(names)), kind
    assert layout.number(1e21) == "1000000000000000000000"


@pytest.mark.parametrize("form", sorted(formats()))
def test_an_empty_record_can_be_exported(tmp_path: Path, form: str) -> None:
    with Record(tmp_path / "empty.db") as record:
        for what in formats()[form].CARRIES:
            done = record.export(what, form, tmp_path / f"{what}.out")
            assert done.path and done.path.exists() and not done.left_out


NASTY = "A\ttab, a \"quote\", a line\nbreak, \x01control, \u2028 separator; ملك السعودية 𝔘 <b>=1+1</b> '; DROP TABLE claims; --"


@pytest.mark.parametrize("form", sorted(formats()))
def test_nasty_words_stay_in_their_cells(invented: ModuleType, tmp_path: Path, form: str) -> None:
    of = invented.document(f"{NASTY}\n", "nasty\t.txt", title=NASTY, outlet=NASTY, published="2024-01-02", published_by="metadata")
    who = kinds.ActorRef(NASTY, NASTY, "person:nasty", "ISL", "president")
    event = invented.said(kinds.Event, of, NASTY, event_type="AID", source=(who,), recipient=(invented.KAZ,), date="2024-01-02")
    met = invented.said(kinds.Contact, of, NASTY, mode="visit", participants=(who,), host="KAZ", date="2024-01-02", occasion=NASTY)
    promise = invented.said(kinds.Commitment, of, NASTY, by=(who,), action=NASTY, deadline="2025")
    with Record(tmp_path / "nasty.db") as record:
        record.take_in(of, [event, met, promise], of.text.encode(), "test:nasty")
        for what in formats()[form].CARRIES:
            record.export(what, form, tmp_path / f"{what}.out")
        data = (tmp_path / f"{formats()[form].CARRIES[0]}.out").read_bytes()
    if form in ("gdelt", "gdelt-mentions", "polecat"):
        width = {"gdelt": 61, "gdelt-mentions": 16, "polecat": 40}[form]
        assert {line.count("\t") + 1 for line in data.decode().splitlines() if line} <= {width} or "\u2028" in data.decode()
        assert {line.count("\t") + 1 for line in data.decode().split("\n") if line} == {width}
    if form == "csv":
        (row,) = [r for r in csv.DictReader(io.StringIO(data.decode(), newline="")) if r["kind"] == "commitment"]
        assert row["action"] == NASTY and row["outlet"] == NASTY
    if form == "xlsx":
        (tmp_path / "nasty.xlsx").write_bytes(data)
        cells = {c.value for row in openpyxl.load_workbook(tmp_path / "nasty.xlsx")["commitments"].iter_rows() for c in row}
        assert any(isinstance(c, str) and "DROP TABLE" in c for c in cells)
