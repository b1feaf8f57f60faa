"""Killed at any moment, a run that is started again gives the same rows, each once; a document that kills or hangs is put aside."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import crawl
import pytest

from dragoman.scale import places
from dragoman.scale.layout import Report
from dragoman.scale.reading import read

COUNT, BATCH, PIECE = 120, 4, 16_000
ROWS = [row for n in range(COUNT) for row in (crawl.note(n), crawl.other(n))]
DRIVER = """
from dragoman.scale.reading import read
if __name__ == "__main__":
    read(["in.jsonl"], "out", workers=2, batch={batch}, piece={piece}, function="scale_hooks:slowly")
"""


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("expected")
    read([str(crawl.jsonl(place / "in.jsonl", ROWS))], place / "out", workers=1, batch=BATCH, piece=PIECE, function="scale_hooks:marked")
    return place / "out"


def _below(pid: int) -> set[int]:
    """The processes below one."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, IndexError):
                continue
    found = {pid}
    while more := {p for p, above in parents.items() if above in found} - found:
        found |= more
    return found - {pid}


def _readers(pid: int) -> list[int]:
    """Those of the processes below one that read documents."""
    return sorted(p for p in _below(pid) if b"dragoman.scale.child" in _line(p))


def _line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _started(here: Path) -> subprocess.Popen[bytes]:
    (here / "driver.py").write_text(DRIVER.format(batch=BATCH, piece=PIECE), encoding="utf-8")
    return subprocess.Popen([sys.executable, "driver.py"], cwd=here)


def _wait_for(what: object, seconds: float = 120.0) -> None:
    end = time.monotonic() + seconds
    while not what():  # type: ignore[operator]
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.02)


def _whole(out: Path, expected: Path) -> None:
    """Whether every row is there, and there once."""
    assert crawl.claims_of(out) == crawl.claims_of(expected)
    for table in ("documents", "aside"):
        assert crawl.rows_of(out, table) == crawl.rows_of(expected, table)
    assert not list(out.rglob("*.part"))


def test_a_killed_run_goes_on_where_it_was(tmp_path: Path, expected: Path) -> None:
    crawl.jsonl(tmp_path / "in.jsonl", ROWS)
    out, rnd = tmp_path / "out", random.Random(7)
    kept = 0
    for _ in range(3):
        driver = _started(tmp_path)
        before = len(list((out / "done").glob("*.json")))
        _wait_for(lambda before=before: len(list((out / "done").glob("*.json"))) > before or driver.poll() is not None)  # noqa: B023
        time.sleep(rnd.uniform(0.0, 0.3))
        below = _below(driver.pid)
        driver.send_signal(signal.SIGKILL)
        driver.wait()
        _wait_for(lambda below=below: not any(b"dragoman" in _line(p) or b"daft" in _line(p) for p in below))  # nobody reads on
        done = {d.batch for d in places.done(places.place(out))}
        assert len(done) >= kept
        kept = len(done)
    last = {p: p.stat().st_mtime_ns for p in (out / "done").glob("*.json")}
    report = read([str(tmp_path / "in.jsonl")], out, workers=2, batch=BATCH, piece=PIECE, function="scale_hooks:slowly")
    assert report.batches - report.new_batches == kept
    assert all(p.stat().st_mtime_ns == at for p, at in last.items())  # what was there was not read again
    _whole(out, expected)


def test_killed_readers_workers_and_engines_are_replaced(tmp_path: Path, expected: Path) -> None:
    crawl.jsonl(tmp_path / "in.jsonl", ROWS)
    driver, rnd = _started(tmp_path), random.Random(3)
    for kill in range(6):
        _wait_for(lambda: _readers(driver.pid) or driver.poll() is not None)
        time.sleep(rnd.uniform(0.05, 0.4))
        victims, sent = _readers(driver.pid), signal.SIGKILL
        if kill == 3 and victims:  # the engine's own worker, with which its query fails
            stat = Path(f"/proc/{victims[0]}/stat").read_text()
            victims = [int(stat.rpartition(")")[2].split()[1])]
        elif kill == 1:  # the engine itself, as it dies of itself
            victims, sent = [p for p in _below(driver.pid) if b"dragoman.scale.engine" in _line(p)], signal.SIGSEGV
            assert len(victims) == 1
        if victims:
            os.kill(rnd.choice(victims), sent)
    assert driver.wait(300) == 0
    _whole(tmp_path / "out", expected)
    assert not crawl.rows_of(tmp_path / "out", "problems")
    assert "SIGSEGV" in json.loads((tmp_path / "out/report.json").read_text(encoding="utf-8"))["restarts"]


def test_what_hangs_or_crashes_is_put_aside(tmp_path: Path) -> None:
    rows = [crawl.note(n, {5: "HANG ", 7: "SPIN ", 9: "CRASH ", 10: "BOOM "}.get(n, "")) for n in range(14)]
    path = crawl.jsonl(tmp_path / "in.jsonl", rows)
    report = read([str(path)], tmp_path / "out", workers=1, batch=8, time_limit=2, function="scale_hooks:trapped")
    assert not report.unfinished
    assert report.counts["inputs"] == 14 and report.counts["read"] == 10 and report.counts["failed"] == 1
    problems = crawl.rows_of(tmp_path / "out", "problems")
    assert [next(c for c in ("document-too-slow", "reader-crashed", "reader-failed") if c in p) for p in problems] == [
        "reader-failed", "document-too-slow", "document-too-slow", "reader-crashed"]
    assert [f"news.example/{n}'" in p for n, p in zip((10, 5, 7, 9), problems, strict=True)] == [True] * 4
    whole = read([str(path)], tmp_path / "out", workers=1, batch=8, time_limit=2, function="scale_hooks:trapped")
    assert isinstance(whole, Report) and whole.new_batches == 0
