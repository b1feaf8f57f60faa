"""What goes in and what comes out: every format gives the same rows, in pieces or whole, from disk or object storage."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import crawl
import pytest

from dragoman import Record
from dragoman.scale import inputs as scale_inputs
from dragoman.scale import layout
from dragoman.scale.layout import Columns, Report, ScaleError
from dragoman.scale.objects import Object
from dragoman.scale.reading import read

COUNT = 40
ROWS = [row for n in range(COUNT) for row in (crawl.note(n), crawl.other(n))]
MARKED = "scale_hooks:marked"


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of one whole run over JSONL."""
    place = tmp_path_factory.mktemp("expected")
    read([str(crawl.jsonl(place / "in.jsonl", ROWS))], place / "out", workers=1, function=MARKED)
    return place / "out"


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
    from dragoman.scale import tables

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


def test_lines_without_a_name_go_by_their_place(tmp_path: Path) -> None:
    path = crawl.jsonl(tmp_path / "in.jsonl", [{"text": r["text"]} for r in ROWS[:4]])
    read([str(path)], tmp_path / "out", workers=1, function=MARKED)
    begins = [0, len(b"".join(path.read_bytes().splitlines(keepends=True)[:2]))]
    assert all(any(f"'file': 'in.jsonl#{b}'" in row for row in crawl.rows_of(tmp_path / "out", "documents")) for b in begins)


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


@pytest.fixture(scope="module")
def bucket() -> Iterator[Any]:
    """A bucket of a local S3 server, and the environment that leads there."""
    import boto3
    from moto.server import ThreadedMotoServer

    with pytest.MonkeyPatch.context() as patch:
        server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        server.start()
        host, port = server.get_host_and_port()
        for name, value in (("AWS_ACCESS_KEY_ID", "key"), ("AWS_SECRET_ACCESS_KEY", "secret"), ("AWS_REGION", "us-east-1"),
                            ("AWS_ENDPOINT_URL", f"http://{host}:{port}")):
            patch.setenv(name, value)
        client = boto3.client("s3", endpoint_url=f"http://{host}:{port}", region_name="us-east-1")
        client.create_bucket(Bucket="news")
        yield client
        server.stop()


@pytest.mark.parametrize(("name", "make"), [("in.jsonl", crawl.jsonl), ("in.parquet", crawl.table), ("in.warc.gz", crawl.warc)])
def test_object_storage_is_read_as_the_disk_is(tmp_path: Path, bucket: Any, expected: Path, name: str, make: Callable[..., Path]) -> None:
    half = COUNT
    bucket.upload_file(str(make(tmp_path / name, ROWS[:half])), "news", f"{name}/day/1-{name}")
    bucket.upload_file(str(make(tmp_path / name, ROWS[half:])), "news", f"{name}/day/2-{name}")
    report = read([f"s3://news/{name}/"], tmp_path / "out", workers=2, piece=4000, function=MARKED)
    assert report.counts["read"] == COUNT and not report.unfinished
    assert crawl.claims_of(tmp_path / "out") == crawl.claims_of(expected)
    again = read([f"s3://news/{name}/day/*"], tmp_path / "out", workers=2, piece=4000, function=MARKED)
    assert (again.new_batches, again.batches) == (0, report.batches)


def test_what_is_not_in_object_storage_is_said(tmp_path: Path, bucket: Any) -> None:
    with pytest.raises(ScaleError, match="Nothing to read"):
        read(["s3://news/nowhere/"], tmp_path / "out")


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    path = crawl.jsonl(tmp_path / "in.jsonl", ROWS[:6])
    read([str(path)], tmp_path / "out", workers=1, function=MARKED)
    crawl.jsonl(path, ROWS[:8])
    reports: list[Report] = []
    read([str(path)], tmp_path / "out", workers=1, function=MARKED, progress=reports.append)
    assert len(crawl.rows_of(tmp_path / "out", "documents")) == 4
    assert len(layout.done(tmp_path / "out")) == 1
    assert reports[-1].counts["inputs"] == 8
