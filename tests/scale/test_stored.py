"""Object storage, by a server of moto here: sources are read there, output lies there, and a record takes it from there."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import crawl
import pytest
from crawl import COUNT, MARKED, ROWS
from sqlalchemy import select
from typer.testing import CliRunner

from dragoman import Record
from dragoman.cli import app
from dragoman.scale import places, tables
from dragoman.scale.layout import ScaleError
from dragoman.scale.reading import read
from dragoman.scale.resolving import facts
from dragoman.store import schema


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


def _rows(where: str, table: str) -> list[str]:
    """The rows of a table in object storage, as crawl.rows_of gives those of a folder."""
    place = places.place(where)
    leaving = ("read_at", "path", "key")
    return sorted(repr({k: v for k, v in row.items() if k not in leaving})
                  for name in place.names(table) for row in tables.rows(place.source(name)))


def test_output_lies_in_object_storage(tmp_path: Path, bucket: Any, expected: Path) -> None:
    path, out = crawl.jsonl(tmp_path / "in.jsonl", ROWS), "s3://news/out"
    report = read([str(path)], out, workers=2, batch=9, piece=3000, function=MARKED)
    for table in ("claims", "documents", "aside"):
        assert _rows(out, table) == crawl.rows_of(expected, table)
    again = read([str(path)], out, workers=2, batch=9, piece=3000, function=MARKED)
    assert (again.new_batches, again.batches) == (0, report.batches)
    with pytest.raises(ScaleError, match="s3://news/out was begun otherwise"):
        read([str(path)], out, workers=1, batch=5, function=MARKED)
    crawl.jsonl(path, ROWS[:6])  # what came from its older state goes
    read([str(path)], out, workers=1, batch=9, piece=3000, function=MARKED)
    assert len(_rows(out, "documents")) == 3


def test_a_record_and_facts_from_object_storage(tmp_path: Path, bucket: Any, expected: Path) -> None:
    out = "s3://news/kept/day"
    read([str(crawl.jsonl(tmp_path / "in.jsonl", ROWS))], out, workers=2, batch=30, function=MARKED)
    with Record(tmp_path / "stored.db") as stored, Record(tmp_path / "own.db") as own:
        assert stored.load(out).claims == own.load(expected).claims > 0
        assert stored.load(out).claims == 0
        for table in (schema.claims.c.json, schema.facts.c.json):
            with stored._store.reads() as a, own._store.reads() as b:
                assert sorted(a.execute(select(table)).scalars()) == sorted(b.execute(select(table)).scalars())
    counts = facts(out, "s3://news/kept/facts", workers=2)
    assert counts == facts(expected, tmp_path / "facts", workers=1)
    assert _rows("s3://news/kept/facts", "facts") == crawl.rows_of(tmp_path / "facts", "facts")
    shown = CliRunner().invoke(app, ["--record", str(tmp_path / "cli.db"), "load", out])
    assert shown.exit_code == 0, shown.output


def test_a_killed_run_goes_on_in_object_storage(tmp_path: Path, bucket: Any, expected: Path) -> None:
    path, out = crawl.jsonl(tmp_path / "in.jsonl", ROWS), "s3://news/killed"
    code = (f"from dragoman.scale.reading import read\nread([{str(path)!r}], {out!r}, workers=2, batch=4, piece=5000, "
            "function='scale_hooks:slowly')")
    before = 0
    for _ in range(3):
        driver = subprocess.Popen([sys.executable, "-c", code])
        end = time.monotonic() + 120
        while driver.poll() is None and len(places.done(places.place(out))) <= before:
            assert time.monotonic() < end
            time.sleep(0.1)
        driver.send_signal(signal.SIGKILL)
        driver.wait()
        done = len(places.done(places.place(out)))
        assert done >= before
        before = done
    assert before
    read([str(path)], out, workers=2, batch=4, piece=5000, function="scale_hooks:slowly")
    for table in ("claims", "documents", "aside"):
        assert _rows(out, table) == crawl.rows_of(expected, table)


def test_what_cannot_be_reached_is_said(tmp_path: Path, bucket: Any) -> None:
    path = crawl.jsonl(tmp_path / "in.jsonl", ROWS[:2])
    shown = CliRunner().invoke(app, ["scale", "read", str(path), "--to", "s3://there-is-no-such-bucket/x"])
    assert shown.exit_code == 1 and "there-is-no-such-bucket" in shown.output and "Traceback" not in shown.output
    shown = CliRunner().invoke(app, ["--record", str(tmp_path / "x.db"), "load", "s3://news/nothing-here"])
    assert shown.exit_code == 1 and "holds no run" in shown.output
