"""What holds of every format: the same bytes whatever the process, and no words of documents where they are left out."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest

from dragoman import Record
from dragoman.exchange import write

OURS = ("bibtex", "csl-json", "ftm", "ftm-statements", "gexf", "graphml", "icalendar", "json-ld", "quickstatements", "replication",
        "timelinejs")
PRINTS = """
import hashlib, sys
from dragoman import Record
from dragoman.exchange import write
with Record(sys.argv[1]) as record:
    for name in sys.argv[2:]:
        form = write.formats()[name]
        pieces = form.write(record.bundle("facts" if "facts" in form.CARRIES else "documents"))
        print(name, hashlib.sha256(b"".join(p if isinstance(p, bytes) else p.encode() for p in pieces)).hexdigest())
"""


def written(record: Record, name: str, quotes: bool = True) -> str:
    """All that a format writes, of a ZIP the files in it."""
    form = write.formats()[name]
    pieces = list(form.write(record.bundle("facts" if "facts" in form.CARRIES else "documents", quotes=quotes)))
    if pieces and isinstance(pieces[0], bytes):
        package = zipfile.ZipFile(BytesIO(b"".join(p for p in pieces if isinstance(p, bytes))))
        return "\n".join(package.read(n).decode() for n in package.namelist())
    return "\n".join(str(p) for p in pieces)


@pytest.mark.parametrize("name", OURS)
def test_anonymised_text_has_no_quotation(invented: ModuleType, invented_record: Record, name: str) -> None:
    quotes = [c.evidence[0].quote for c in invented.claims()]
    plain = written(invented_record, name, quotes=False)
    assert not [q for q in quotes if q in plain or q.replace('"', '\\"') in plain]
    assert plain  # what is not the documents' words is still there


def test_the_same_record_gives_the_same_bytes_in_every_process(invented_record: Record) -> None:
    told = []
    for seed in ("1", "2"):
        given = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[2])}
        run = subprocess.run([sys.executable, "-c", PRINTS, str(invented_record.path), *OURS], env=given, capture_output=True, text=True,
                             check=True)
        told.append(run.stdout)
    assert told[0] == told[1] and len(told[0].splitlines()) == len(OURS)


@pytest.mark.parametrize("name", OURS)
def test_every_format_says_what_it_cannot_hold(name: str) -> None:
    form = write.formats()[name]
    assert form.CANNOT and form.SUFFIX.startswith(".") and "/" in form.MEDIA and set(form.CARRIES)


@pytest.mark.parametrize("name", OURS)
def test_an_empty_record_gives_a_whole_file(tmp_path: Path, name: str) -> None:
    with Record(tmp_path / "empty.db") as record:
        text = written(record, name)
    ends = {"json-ld": "]}", "timelinejs": "]}", "csl-json": "]", "graphml": "</graphml>", "gexf": "</gexf>",
            "icalendar": "END:VCALENDAR\r"}
    assert text.endswith(ends.get(name, ""))
