"""What goes in and what comes out: every format gives the same rows, in pieces or whole, from disk or object storage."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import crawl
import pytest
from crawl import MARKED, ROWS

from dragoman import Record, sources
from dragoman.model.problems import Problem
from dragoman.scale import inputs as scale_inputs
from dragoman.scale import lines as scale_lines
from dragoman.scale import places, tables
from dragoman.scale.layout import Columns, Piece, Report, ScaleError
from dragoman.scale.lines import Lines
from dragoman.scale.objects import Object
from dragoman.scale.reading import read


@pytest.mark.parametrize(("name", "make"), [
    ("in.jsonl", crawl.jsonl), ("in.jsonl.gz", crawl.packed), ("in.parquet", crawl.table), ("in.warc", crawl.warc),
    ("in.warc.gz", crawl.warc)])
def test_every_format_gives_the_same(tmp_path: Path, expected: Path, name: str, make: Callable[..., Path]) -> None:
    report = read([str(make(tmp_path / name, ROWS))], tmp_path / "out", workers=2, batch=9, piece=3000, function=MARKED)
    assert report.counts | {"inputs": 80, "documents": 80, "read": 40, "put_aside": 40, "claims": 80, "problems": 0} == report.counts
    assert report.aside == 0.5
    assert not report.unfinished
    assert crawl.claims_of(tmp_path / "out") == crawl.claims_of(expected)
    leaving = frozenset({"read_at", "path", "key", "given", "data", "metadata"})  # a WARC gives no id beside the address
    assert crawl.rows_of(tmp_path / "out", "documents", leaving) == crawl.rows_of(expected, "documents", leaving)
    assert crawl.rows_of(tmp_path / "out", "aside") == crawl.rows_of(expected, "aside")


def test_the_rows_have_the_fields_of_the_contract(expected: Path, tmp_path: Path) -> None:
    with Record(tmp_path / "x.db") as record:
        record.load(expected)
        lines = [json.loads(line) for line in record.export("claims")]
    for line in lines:
        rows = [row for f in (expected / "claims" / line["kind"]).glob("*.parquet") for row in tables.rows(f)]
        row = next(r for r in rows if r["id"] == line["id"])
        assert {k: v for k, v in line.items() if k not in ("superseded", "counted")} == {k: row[k] for k in line if k in row}


@pytest.mark.parametrize("size", [1, 60, 1000, 10**9])
@pytest.mark.parametrize("name", ["in.jsonl", "in.warc", "in.warc.gz"])
def test_pieces_of_any_size_hold_each_input_once(tmp_path: Path, name: str, size: int) -> None:
    path = (crawl.jsonl if name == "in.jsonl" else crawl.warc)(tmp_path / name, ROWS[:12])
    file = Object(str(path), path.stat().st_size, "")
    pieces = scale_inputs.pieces(file, None, max(size, file.size // 400))
    found = [at.found.source.file for piece in pieces for at in scale_inputs.inputs(piece, Columns())]
    assert found == [row["url"] for row in ROWS[:12]]


def test_columns_have_names(tmp_path: Path) -> None:
    rows = [{"body": r["text"], "link": r["url"], "day": "2024-05-06", "source": "Osaka Gazette", "text": "not this"} for r in ROWS[:6]]
    columns = Columns(text="body", url="link", date="day", outlet="source")
    for name, make in (("in.jsonl", crawl.jsonl), ("in.parquet", crawl.table)):
        out = tmp_path / f"{name}.out"
        read([str(make(tmp_path / name, rows))], out, columns=columns, workers=1, function=MARKED)
        found = [d for d in crawl.rows_of(out, "documents")]
        assert len(found) == 3
        assert all("'published': '2024-05-06'" in d and "'outlet': 'Osaka Gazette'" in d and "news.example" in d for d in found)


def test_lines_without_a_name_go_by_their_number(tmp_path: Path) -> None:
    """As `dragoman read` names them, wherever a piece begins; so are lines that cannot be read."""
    rows = [{"text": r["text"]} | ({"id": r["id"]} if n % 5 == 2 else {}) for n, r in enumerate(ROWS)]
    path = crawl.jsonl(tmp_path / "in.jsonl", rows)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"\n".join((b"".join(lines[:7]), b"", b'{"text": ', b"".join(lines[7:]))))
    wanted = [(one.at if isinstance(one, Problem) else one.source.file) for one in sources.find([path])]
    file = Object(str(path), path.stat().st_size, "")
    for size in (400, 3000, 10**9):
        pieces = scale_inputs.pieces(file, None, size)
        found = [at.found for piece in pieces for at in scale_inputs.inputs(piece, Columns())]
        assert [(one.at if isinstance(one, Problem) else one.source.file) for one in found] == wanted
    packed = tmp_path / "in.jsonl.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    for place in (path, packed):
        out = tmp_path / f"{place.name}.out"
        read([str(place)], out, workers=2, piece=3000, function=MARKED)
        names = {name for name in wanted if not name.startswith("/")}
        assert {row["file"] for table in ("documents", "aside") for f in (out / table).glob("*.parquet") for row in tables.rows(f)} == {
            name.replace(path.name, place.name) for name in names}


def test_lines_are_counted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = crawl.jsonl(tmp_path / "in.jsonl", ROWS)
    monkeypatch.setattr(scale_lines, "BLOCK", 1000)
    data, piece = path.read_bytes(), Piece(str(path), "jsonl", 0, 1, "", 1)
    for at in (0, 999, 1000, 5100, len(data)):
        assert Lines(places.place(tmp_path / "out")).before(piece, at) == data[:at].count(b"\n")
    path.write_bytes(b"")
    assert Lines(places.place(tmp_path / "out")).before(piece, 5000) == data[:5000].count(b"\n")


def test_broken_lines_and_damaged_archives_are_problems(tmp_path: Path) -> None:
    lines = crawl.jsonl(tmp_path / "in.jsonl", ROWS[:4])
    lines.write_bytes(lines.read_bytes() + b'{"text": \n{"words": 1}\n\n' + b'{"text": "MEET A B (TUR) and C D (JPN) in Turkey, Japan."}')
    archive = crawl.warc(tmp_path / "in.warc.gz", ROWS[:10])
    data = bytearray(archive.read_bytes())
    at = data.index(b"\x1f\x8b\x08", len(data) // 2)
    data[at + 20 : at + 60] = bytes(40)
    archive.write_bytes(data)
    report = read([str(tmp_path)], tmp_path / "out", workers=1, function=MARKED)
    codes = "".join(crawl.rows_of(tmp_path / "out", "problems"))
    assert "bad-json" in codes and "no-text-field" in codes and "damaged-archive" in codes
    assert report.counts["read"] >= 2 + 1 + 4
    assert not report.unfinished


def test_it_says_what_it_cannot_do(tmp_path: Path) -> None:
    with pytest.raises(ScaleError, match="Nothing to read"):
        read([str(tmp_path / "none.jsonl")], tmp_path / "out")
    (tmp_path / "in.txt").write_text("x")
    with pytest.raises(ScaleError, match="--format"):
        read([str(tmp_path / "in.txt")], tmp_path / "out")
    crawl.jsonl(tmp_path / "in.jsonl", ROWS[:2])
    read([str(tmp_path / "in.jsonl")], tmp_path / "out2", workers=1, function=MARKED)
    with pytest.raises(ScaleError, match="begun otherwise: batch was 2000 and is 5"):
        read([str(tmp_path / "in.jsonl")], tmp_path / "out2", workers=1, function=MARKED, batch=5)
    with pytest.raises(ScaleError, match="cannot start"):
        read([str(tmp_path / "in.jsonl")], tmp_path / "out3", workers=1, function="scale_hooks:nothing")


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    path = crawl.jsonl(tmp_path / "in.jsonl", ROWS[:6])
    read([str(path)], tmp_path / "out", workers=1, function=MARKED)
    crawl.jsonl(path, ROWS[:8])
    reports: list[Report] = []
    read([str(path)], tmp_path / "out", workers=1, function=MARKED, progress=reports.append)
    assert len(crawl.rows_of(tmp_path / "out", "documents")) == 4
    assert len(places.done(places.place(tmp_path / "out"))) == 1
    assert reports[-1].counts["inputs"] == 8


def test_a_batch_that_lost_a_file_is_read_again(tmp_path: Path) -> None:
    """As where the reader of a killed run finished it after the next one had taken its files away as left half done."""
    path, out = crawl.jsonl(tmp_path / "in.jsonl", ROWS[:8]), tmp_path / "out"
    read([str(path)], out, workers=1, batch=4, function=MARKED)
    before = crawl.rows_of(out, "documents")
    next((out / "documents").glob("*.parquet")).unlink()
    report = read([str(path)], out, workers=1, batch=4, function=MARKED)
    assert (report.new_batches, report.batches) == (1, 2)
    assert crawl.rows_of(out, "documents") == before
