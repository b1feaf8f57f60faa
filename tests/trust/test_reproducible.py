"""The same documents give the same claims, facts, exports and book to the byte: in any order, batch, process, locale and time zone.

Two things differ, since they are part of what happened: when a document was read (the clock stands here), and, where the very same text
came under two names, which of them came first: that is the one shown. So no text stands among these files twice.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman import Record, __version__
from dragoman.extract import VERSION

ROOT = Path(__file__).resolve().parent.parent.parent
FILES = [f"examples/{name}" for name in (
    "01-presidential-office-visit.txt", "02-agency-wire.txt", "05-trade-ministry-statistics.txt",
    "11-joint-communique.txt", "14-appointment-of-ambassador.txt", "15-state-house-briefing.txt")]
RUNS = {
    "in order": ("64", FILES, {"PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "TZ": "UTC"}),
    "backwards, one by one, with a question between": (
        "1", [*FILES[::-1][:3], "+", *FILES[::-1][3:]], {"PYTHONHASHSEED": "4711", "LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Tokyo"}),
    "mixed, in threes": ("3", [*FILES[1::2], "+", *FILES[::2]], {"PYTHONHASHSEED": "random", "LC_ALL": "C", "TZ": "America/St_Johns"}),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The folder of what each run made."""
    folders = {}
    for name, (batch, files, environment) in RUNS.items():
        folders[name] = tmp_path_factory.mktemp("run")
        subprocess.run([sys.executable, "-m", "tests.trust.reproduced", str(folders[name]), batch, *files], cwd=ROOT, check=True,
                       env=os.environ | environment, timeout=900)
    return folders


@pytest.mark.parametrize("name", [name for name in RUNS if name != "in order"])
def test_the_same_to_the_byte(made: dict[str, Path], name: str) -> None:
    one, other = ({path.name: path.read_bytes() for path in made[run].glob("*.txt")} for run in ("in order", name))
    assert one.keys() == other.keys() and len(one) > 20
    assert len(one["claims.txt"].splitlines()) > 100
    assert not [part for part in one if one[part] != other[part]]


def test_the_record_says_what_read_it(made: dict[str, Path]) -> None:
    with Record(made["in order"] / "x.db") as record:
        bundle = record.bundle("facts")
        assert bundle.versions["dragoman"] == __version__
        assert {"reader", "rooms"} <= bundle.versions.keys()
        assert all(row.claim.extractor.endswith(f"/{VERSION}") for row in record.claims())
