"""Killed in the middle, a run loses at most the documents in hand, and the next run completes it."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

from dragoman import Record

COUNT = 40
WRITER = """
import sys
sys.path.insert(0, {here!r})
import fake_reader
fake_reader.install(setattr)
fake_reader.pause = 0.002
import dragoman
record = dragoman.Record("x.db")
print("open", flush=True)
record.read("in", progress=lambda step: print(step.file, flush=True))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    for n in range(COUNT):
        text = (f"Ankara, {n % 28 + 1} April 2024\n\nMEET Speaker Number{n} (TUR) and Guest Number{n} (JPN) on 2024-04-{n % 28 + 1:02}.\n\n"
                f"FIGURE {n}.5 USD exports TUR JPN 20{n % 20 + 3:02}\n\nThe hall was full, and the {n} guests "
                "stayed until late in the evening.\n")
        (made / f"{n:02}.txt").write_text(text, encoding="utf-8")
    return made


@pytest.mark.parametrize("seed", range(4))
def test_a_kill_loses_nothing_that_was_told(tmp_path: Path, folder: Path, fake_reader: ModuleType, seed: int) -> None:
    told = _killed(tmp_path, random.Random(seed))
    _sound(tmp_path / "x.db", told)
    told += _killed(tmp_path, random.Random(seed + 100))  # and once more
    _sound(tmp_path / "x.db", told)
    with Record(tmp_path / "x.db") as record:
        summary = record.read(folder)
        assert not summary.failed
        assert summary.new + summary.unchanged == COUNT
        assert summary.unchanged >= len(set(told))
        assert len(record.documents()) == COUNT
        assert len(record.claims(copies=True)) == 2 * COUNT
        assert record.read(folder).unchanged == COUNT


def _killed(here: Path, rnd: random.Random) -> list[str]:
    """Start a reader and kill it some time after it has opened the record; the documents that it said were stored."""
    code = WRITER.format(here=str(Path(__file__).parent))
    process = subprocess.Popen([sys.executable, "-c", code], cwd=here, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "open\n"
    time.sleep(rnd.uniform(0.0, 0.6))
    os.kill(process.pid, signal.SIGKILL)
    lines = process.stdout.read().split("\n")
    process.wait()
    process.stdout.close()
    return lines[:-1]


def _sound(path: Path, told: list[str]) -> None:
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.execute("INSERT INTO documents_fts(documents_fts) VALUES ('integrity-check')")
        connection.execute("INSERT INTO claims_fts(claims_fts) VALUES ('integrity-check')")
    with Record(path) as record:
        files = [d.file for d in record.documents()]
        assert len(files) == len(set(files))
        assert set(told) <= set(files)
        for row in record.documents():
            assert (row.claims, len(record.claims(document=row.id, copies=True))) == (2, 2)
