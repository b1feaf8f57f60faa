"""Feeds made-up input to the parsers of documents, dates and quantities, guided by which lines of them it reaches (atheris).

    python -m tests.trust.fuzz documents --seconds 60

Prints how many inputs were tried, how many gave a problem, and how many broke a rule: an exception, words that are not where they are said
to be, a problem without place and remedy, more than ten seconds, more than 1 GB. What broke one is written into a file, to be tried again
with --replay. Without atheris (it is not made for every system) the inputs are drawn at random.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from dragoman.model.documents import Document, Raw, Source
from dragoman.model.problems import Problem

ROOT = Path(__file__).resolve().parent.parent.parent
NAMES = ("a.txt", "a.html", "a.pdf", "a.docx", "a.eml", "a.xml", "a.jsonl", "a.csv", "a")
LONGEST, SECONDS, MEGABYTES = 20_000, 10.0, 1000
PROGRAM = "fuzzing"


class Fault(Exception):
    """A rule that was broken."""


def check_document(document: Document) -> None:
    """The zones lie apart and in the text, and the words for the date are where they are said to be."""
    end = 0
    for zone in document.zones:
        if not end <= zone.start < zone.end <= len(document.text):
            raise Fault(f"a zone from {zone.start} to {zone.end}")
        end = zone.end
    words = document.published_evidence
    if words and document.text[words.start : words.end] != words.quote:
        raise Fault("the words for the date are elsewhere")


def check_problem(problem: Problem) -> None:
    """A problem says what, where and what to do."""
    if not (problem.code and problem.message and problem.at and problem.remedy):
        raise Fault(f"{problem.code} has no place or no remedy")


def documents(data: bytes) -> int:
    """Read bytes as the format that the first one chooses; the number of problems."""
    from dragoman import documents
    from dragoman.sources.whole import whole

    name, body = NAMES[data[0] % len(NAMES)] if data else NAMES[0], data[1:]
    problems = 0
    for found in whole(body, name, f"/in/{name}", LONGEST * 10):
        for made in documents.read(found) if isinstance(found, Raw) else (found,):
            if isinstance(made, Problem):
                check_problem(made)
                problems += 1
            else:
                check_document(made)
    return problems


def _words(data: bytes) -> str:
    return data.decode("utf-8", "replace").replace("\0", " ")[:2000]


@cache
def _text(words: str) -> Any:
    """The words as the language stages see them: a day of publication, sentences, no parse, which is not what is tried here."""
    from dragoman.annotate import pipeline, segment
    from dragoman.model.annotations import AnnotatedText

    document = Document("doc:x", words, Source("a.txt", "a.txt", "", 0, "text/plain", ""), published="2024-02-29")
    sentences, entities = pipeline.sentences(words, pipeline.parse(words, list(segment.segments(document))))
    return AnnotatedText(document, sentences, entities, starts=tuple(s.start for s in sentences))


def _spans(words: str, found: Any) -> None:
    for one in found:
        if words[one.start : one.end] != one.text or not one.text.strip():
            raise Fault(f"{one.text!r} is elsewhere")


def dates(data: bytes) -> int:
    """Look for dates; each is one, and where it is said to be."""
    from dragoman.annotate import dates
    from dragoman.model import time as times

    words = _words(data)
    found = dates.find(_text(words))
    _spans(words, found)
    for one in found:
        if one.edtf is not None and not times.is_edtf(one.edtf):
            raise Fault(f"{one.edtf} is no date")
    return 0


def quantities(data: bytes) -> int:
    """Look for quantities; each is where it is said to be, and no number is less than nothing known."""
    from dragoman.annotate import quantities

    words = _words(data)
    found = quantities.find(_text(words))
    _spans(words, found)
    for one in found:
        if one.low is not None and one.high is not None and not one.low <= one.high:
            raise Fault(f"from {one.low} to {one.high}")
    return 0


TARGETS: dict[str, Callable[[bytes], int]] = {"documents": documents, "dates": dates, "quantities": quantities}
PIECES = {
    "documents": [b"<p>", b"</p>", b"%PDF-1.7\n", b"PK\x03\x04", b"From: a\r\n\r\n", b"<?xml version='1.0'?>", b"<rss>", b"\xff\xfe",
                  b'{"text": "x"}\n', b"12 May 2024", b"<!DOCTYPE a [", b"\n\n", b"word ", b"a,b\n", b"text,title\n",
                  b"Content-Type: multipart/mixed; boundary=x\n"],
    "dates": [b"12", b" March ", b"2024", b"/", b"-", b" the first half of ", b" last ", b" fiscal year ", b" to ", b", ",
               b" Friday ", b"Q3 ",
              b" since "],
    "quantities": [b"12", b",345", b".6", b" million ", b"%", b" $", b" US$", b" to ", b"-", b" half a ", b" per cent ", b" tonnes ",
               b" EUR ",
                   b"(", b")"],
}


def seeds(target: str) -> list[bytes]:
    """What to begin with: the examples by their format, or sentences of them."""
    found = []
    for path in sorted((ROOT / "examples").glob("*.*")):
        data = path.read_bytes()[:LONGEST]
        if target == "documents":
            name = next((n for n in NAMES if n.endswith(path.suffix)), NAMES[0])
            found.append(bytes([NAMES.index(name)]) + data)
        elif path.suffix == ".txt":
            found += [piece for piece in data.split(b"\n\n") if 20 < len(piece) < 2000]
    return found


class Count:
    """What was tried and what came of it."""

    def __init__(self, target: str, folder: Path) -> None:
        self.target, self.folder = target, folder
        self.tried = self.problems = self.crashes = 0
        self.begin = time.monotonic()
        self.longest = 0.0
        self.before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # kB: what others in this process have needed is not counted

    def one(self, data: bytes) -> None:
        """Try one input."""
        begin = time.process_time()
        fault = ""
        try:
            self.problems += TARGETS[self.target](data)
        except Exception as error:
            fault = f"{type(error).__name__}: {error}"
        _text.cache_clear()
        took = time.process_time() - begin
        self.longest = max(self.longest, took)
        if took > SECONDS:
            fault = f"{took:.0f} s"
        elif not fault and resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - self.before > MEGABYTES * 1024:
            fault = f"more than {MEGABYTES} MB"
        self.tried += 1
        if fault:
            self.crashes += 1
            (self.folder / f"crash-{self.target}-{self.crashes}.bin").write_bytes(data)
            sys.stderr.write(f"{self.target}: {fault[:200]}\n")

    def told(self) -> None:
        """Print the count as a line of JSON."""
        sys.stdout.write(json.dumps(self.as_json()) + "\n")
        sys.stdout.flush()

    def as_json(self) -> dict[str, Any]:
        return {"parser": self.target, "tried": self.tried, "problems": self.problems, "crashes": self.crashes,
                "longest": round(self.longest, 2), "seconds": round(time.monotonic() - self.begin)}


def at_random(count: Count, seconds: float, seed: int) -> None:
    """Inputs made of pieces and of what the examples hold, changed here and there."""
    TARGETS[count.target](b"\0a")  # what is loaded once is not the input's fault
    draw, begun = random.Random(seed), seeds(count.target)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        data = bytearray(draw.choice(begun) if draw.random() < 0.7 else bytes([draw.randrange(len(NAMES))]))
        for _ in range(draw.randint(1, 12)):
            at = draw.randint(0, len(data))
            kind = draw.random()
            if kind < 0.5:
                data[at:at] = draw.choice(PIECES[count.target]) * draw.choice((1, 1, 1, 2, 50))
            elif kind < 0.7:
                data[at:at] = draw.randbytes(draw.randint(1, 8))
            elif kind < 0.9:
                del data[at : at + draw.randint(1, 200)]
            else:
                data[at:] = data[at // 2 :]
        count.one(bytes(data[:LONGEST]))


def guided(count: Count, seconds: float, seed: int) -> None:
    """The same by atheris, which keeps what reaches new lines; it ends the process without a farewell, so this tells the count itself."""
    import tempfile

    import atheris

    folder = Path(tempfile.mkdtemp(prefix="fuzz"))
    for n, data in enumerate(seeds(count.target)):
        (folder / str(n)).write_bytes(data)
    end: list[float] = []  # what is loaded once does not count

    def one(data: bytes) -> None:
        end[:] = end or [time.monotonic() + seconds]
        if time.monotonic() > end[0]:
            count.told()
            os._exit(int(count.crashes > 0))
        count.one(data)

    with atheris.instrument_imports(include=["dragoman"]):
        TARGETS[count.target](b"\0a")
    atheris.Setup([PROGRAM, str(folder), f"-max_len={LONGEST}", f"-seed={seed + 1}", "-verbosity=0", "-rss_limit_mb=0",
                   f"-timeout={int(SECONDS * 6)}"], one)
    atheris.Fuzz()


def main() -> int:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("target", choices=TARGETS)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--random", action="store_true", help="without atheris")
    options.add_argument("--replay", type=Path, help="try the input in this file alone")
    options.add_argument("--to", type=Path, default=Path(), help="the folder for what broke a rule")
    chosen = options.parse_args()
    if chosen.replay:
        TARGETS[chosen.target](chosen.replay.read_bytes())
        return 0
    count = Count(chosen.target, chosen.to)
    if not chosen.random:
        with suppress(ImportError):
            guided(count, chosen.seconds, chosen.seed)  # never comes back
    at_random(count, chosen.seconds, chosen.seed)
    count.told()
    return int(count.crashes > 0)


if __name__ == "__main__":
    sys.exit(main())
