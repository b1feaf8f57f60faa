"""A full disk, a folder that may not be written, a locked file, a clock that jumps: a clear problem, and nothing is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman import Record

ROOT = Path(__file__).resolve().parent.parent.parent
FAKETIME = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))), None)
BEGIN = "import sys; sys.path[:0] = [{root!r}]; from tests.store import fake_reader; fake_reader.install(setattr); from dragoman import *\n"
NOBODY = 65534


def run(code: str, folder: Path, *before: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run lines of Python in a folder in a process of its own."""
    command = [*before, sys.executable, "-c", BEGIN.format(root=str(ROOT)) + code]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, env=os.environ | environment)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that every account may enter, with texts in it."""
    made = Path(tempfile.mkdtemp(prefix="trust"))
    made.chmod(0o755)
    (made / "in").mkdir()
    for n in range(30):
        text = (f"Ankara, 2 April 2024\n\nMEET Speaker Number{n} (TUR) and Guest Number{n} (JPN) on 2024-04-02.\n\n"
                "The minister's hall was full.")
        rooms = range(n * 7919, n * 7919 + 700)
        filler = "".join(f" The guests of house {k} spoke of copper and of the harbour for {k % 97} minutes." for k in rooms)
        (made / f"in/{n:02}.txt").write_text(f"{text}{filler}\n", encoding="utf-8")
    yield made
    shutil.rmtree(made, ignore_errors=True)


FULL = """
from pathlib import Path
import shutil
filler = Path("small/filler"); filler.write_bytes(b"x" * 1_500_000)
told = []
try:
    with Record("small/x.db") as record:
        record.read("in", progress=lambda step: told.append(step.file))
    print("not full")
except RecordError as error:
    print(error)
def held():
    with Record("small/x.db") as record:
        return {d.file for d in record.documents()}
filler.unlink()
assert 0 < len(told) < 30, told
assert set(told) <= held(), "what was told is lost"
with Record("small/x.db") as record:
    assert not record.check(), list(record.check())
shutil.move("small/x.db", "x.db")
with Record("x.db") as record:
    summary = record.read("in")
    assert summary.unchanged >= len(told) and summary.new + summary.unchanged == 30, summary
    assert not record.check()
"""


def test_a_full_disk_is_told_and_loses_nothing(folder: Path) -> None:
    (folder / "small").mkdir()
    alone = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user", "--mount"]
    mount = [*alone, "sh", "-c", 'mount -t tmpfs -o size=4m tmpfs small && exec "$@"', "sh"]
    if subprocess.run([*mount, "true"], cwd=folder, capture_output=True).returncode:
        pytest.skip("a small disk cannot be mounted here")
    done = run(FULL, folder, *mount)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "There is no space left on the disk. Make some and run the command again." in done.stdout


# what is needed is loaded before, since this account may not see where Python is
AS_NOBODY = f"""
import os, tempfile
with Record(os.path.join(tempfile.mkdtemp(), "warm.db")) as record:
    record.read("in/01.txt")
os.setgroups([]); os.setgid({NOBODY}); os.setuid({NOBODY})
try:
    with Record("{{record}}") as record:
        record.read("in")
except RecordError as error:
    sys.exit(str(error))
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another account")
def test_a_folder_that_may_not_be_written(folder: Path) -> None:
    with Record(folder / "x.db") as record:
        record.read(folder / "in/00.txt")
    before = (folder / "x.db").read_bytes()
    done = run(AS_NOBODY.format(record="x.db"), folder)
    assert done.returncode == 1, done.stderr
    assert "x.db" in done.stderr and "Traceback" not in done.stderr
    assert "may not write" in done.stderr or "who may read and write" in done.stderr
    done = run(AS_NOBODY.format(record="new.db"), folder)
    assert done.returncode == 1 and "who may read and write there" in done.stderr, done.stderr
    assert (folder / "x.db").read_bytes() == before
    with Record(folder / "x.db") as record:
        assert len(record.documents()) == 1 and not record.check()


def test_a_locked_file_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Record(folder / "x.db").close()
    held = sqlite3.connect(folder / "x.db", isolation_level=None)
    held.execute("BEGIN IMMEDIATE")
    code = ("from dragoman.store import sqlite; sqlite.WAIT_MS = 200; import dragoman.cli\n"
            "dragoman.cli.app(['--record', 'x.db', 'read', 'in'])")
    done = run(code, folder)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    assert "Another program has been writing to it" in done.stderr
    held.execute("COMMIT")
    held.close()
    with Record(folder / "x.db") as record:
        assert not record.check()


@pytest.mark.skipif(FAKETIME is None, reason="libfaketime is not installed (apt-get install libfaketime)")
def test_a_clock_that_jumps(folder: Path) -> None:
    code = ("with Record('x.db') as record:\n"
            "    assert not record.read('in/0{n}.txt').failed\n"
            "    claim = record.claims(document='0{n}.txt', copies=True)[0].claim.id\n"
            "    line = record.judge('reject', claim, by='Ada'); record.undo(line.id, by='Ada'); record.judge('note', claim, by='Ada')\n"
            "    assert not record.check(), list(record.check())\n")
    days = ("@2031-05-01 00:00:00", "@1999-06-30 23:59:50", "@2026-11-25 10:00:00")
    for n, day in enumerate(days):
        done = run(code.format(n=n), folder, LD_PRELOAD=str(FAKETIME), FAKETIME=day)
        assert done.returncode == 0, done.stderr
    with Record(folder / "x.db") as record:
        assert [d.read_at[:4] for d in (record.document(f"0{n}.txt")[0] for n in range(3))] == ["2031", "1999", "2026"]
        years = [j.at[:4] for j in record.judgements(withdrawn=True)]
        assert years == ["2031"] * 3 + ["1999"] * 3 + ["2026"] * 3, "in the order of the record"
        assert [j.verb for j in record.judgements()] == ["note"] * 3
        assert not record.check()


JUMPS = """
from itertools import cycle
from pathlib import Path
days = cycle(["@1999-06-30 12:00:00", "@2031-05-01 00:00:00", "@2026-11-25 10:00:00"])
with Record("x.db") as record:
    summary = record.read("in", progress=lambda step: Path("clock").write_text(next(days)))
    assert summary.new == 30 and not summary.failed, summary
    assert record.read("in").unchanged == 30
    assert not record.check(), list(record.check())
    print(sorted({d.read_at[:4] for d in record.documents()}))
"""


@pytest.mark.skipif(FAKETIME is None, reason="libfaketime is not installed (apt-get install libfaketime)")
def test_a_clock_that_jumps_while_documents_are_read(folder: Path) -> None:
    (folder / "clock").write_text("@2026-11-25 10:00:00")
    clock = {"FAKETIME_TIMESTAMP_FILE": str(folder / "clock"), "FAKETIME_NO_CACHE": "1"}
    done = run(JUMPS, folder, LD_PRELOAD=str(FAKETIME), **clock)
    assert done.returncode == 0, done.stderr
