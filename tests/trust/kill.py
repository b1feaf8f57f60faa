"""Kills a process that reads, resolves, judges, moves or loads, at moments drawn uniformly, and looks for what was lost.

    python -m tests.trust.kill --times 200 --record sqlite

Each round starts a process at one stage, waits for a moment drawn from the whole time that the stage takes, and ends it by SIGKILL. Then
the record must open, `check` must find nothing, everything that the process told as done must be there, once, and the next run must end
with the same record as a run that nobody disturbed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from dragoman import Record, keeping, resolver, rooms
from dragoman.reader import Reader
from dragoman.store import moving
from tests.store import fake_reader, places

ROOT = Path(__file__).resolve().parent.parent.parent
COUNT = 48
STAGES = ("reading", "resolving", "judging", "migrating", "loading")
UNDONE = {"migrating": {"move-unfinished"}}  # what `check` may say between a kill and the next run
Tell = Callable[[str], None]


@dataclass(slots=True)
class Round:
    """What became of one kill: the stage, the moment in seconds of how many, and what was told, lost, doubled or found wrong."""

    stage: str
    at: float
    of: float
    killed: bool = False
    told: int = 0
    lost: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


class Trial:
    """A place with a record for each stage to begin with, and what each stage ends with."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.kind, self.folder, self._made = kind, folder, 0
        fake_reader.install(setattr)
        resolver.DOCUMENTS, resolver.BLOCKS = 8, 4  # so that a stage has many transactions to be killed in
        moving.ROWS, moving.TEXTS = 200, 8
        (folder / "in").mkdir()
        for n in range(COUNT):
            (folder / f"in/{n:02}.txt").write_text(_text(n), encoding="utf-8")
        self._crawl()
        self.empty, self.read, self.whole, self.loaded = (self.place() for _ in range(4))
        Record(self.empty).close()
        _read(self.read, folder)
        self.keep(self.read, self.whole)
        _resolve(self.whole)
        with Record(self.loaded) as record:
            record.load(folder / "crawl")
        self.expected = {url: self.facts(url) for url in (self.whole, self.loaded)}
        self.takes = {stage: self._time(stage) for stage in STAGES}

    def _crawl(self) -> None:
        """What `dragoman scale read` makes, in a process of its own: its engine has threads, which a fork does not take along."""
        code = ("import crawl\nfrom pathlib import Path\nfrom dragoman.scale.reading import read\n"
                "if __name__ == '__main__':\n"
                f" at, rows = Path({str(self.folder)!r}), [crawl.note(n) for n in range({COUNT})]\n"
                " read([str(crawl.jsonl(at / 'in.jsonl', rows))], at / 'crawl', workers=1, batch=4, piece=4000,\n"
                "      function='scale_hooks:marked')\n")
        (self.folder / "make.py").write_text(code, encoding="utf-8")
        environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests/scale")))}
        for _ in range(3):  # daft itself has ended with SIGSEGV; what is begun again goes on
            made = subprocess.run([sys.executable, str(self.folder / "make.py")], cwd=ROOT, check=False, env=environment,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            if made.returncode == 0:
                return
        made.check_returncode()

    def place(self) -> str:
        self._made += 1
        return places.new(self.kind, self.folder / f"{self._made}.db", bare=True)

    def keep(self, source: str, target: str) -> None:
        """A record as it is, for a round."""
        if self.kind == "sqlite":
            shutil.copy(source, target)
        else:
            keeping.migrate(source, target)

    def facts(self, url: str) -> list[str]:
        with Record(url) as record:
            return sorted(json.dumps(f.as_json(), default=str) for kind in rooms.kinds() for f in record.facts(kind))

    def _time(self, stage: str) -> float:
        """How long a stage takes that nobody disturbs: the longer of two, as the first may be slowed by what it loads."""
        return max(self._run(stage, None, self.start(stage))[1] for _ in range(2))

    def start(self, stage: str) -> str:
        """A record as it is before a stage."""
        url = self.place()
        if stage in ("resolving", "judging"):
            self.keep(self.read if stage == "resolving" else self.whole, url)
        return url

    def _run(self, stage: str, after: float | None, url: str) -> tuple[bool, float, list[str]]:
        """Run a stage in a process and kill it; whether it was killed, how long it ran, and what it told as done."""
        out, into = os.pipe()
        child = os.fork()
        if child == 0:
            with suppress(BaseException):
                os.close(out)
                os.setsid()
                WORK[stage](url, self, lambda line: _write(into, line))
            os._exit(0)
        os.close(into)
        with os.fdopen(out, encoding="utf-8") as told:
            first = told.readline()
            begun = time.monotonic()
            if after is not None:
                time.sleep(after)
                os.kill(child, signal.SIGKILL)
            lines = [first, *told.readlines()]
        _, status = os.waitpid(child, 0)
        return os.WIFSIGNALED(status), time.monotonic() - begun, [line.rstrip("\n") for line in lines[1:] if line.endswith("\n")]

    def round(self, stage: str, rnd: random.Random) -> Round:
        """One kill, and what is to be seen afterwards."""
        url = self.start(stage)
        found = Round(stage, round(rnd.uniform(0, self.takes[stage]), 4), round(self.takes[stage], 4))
        found.killed, _, told = self._run(stage, found.at, url)
        found.told = len(told)
        _look(url, UNDONE.get(stage, set()), found)
        SEEN[stage](url, self, told, found)
        _look(url, set(), found)
        if self.kind == "sqlite":
            for file in self.folder.glob(Path(url).name + "*"):
                file.unlink()
        return found


def _text(n: int) -> str:
    return (f"Ankara, {n % 28 + 1} April 2024\n\nMEET Speaker Number{n} (TUR) and Guest Number{n % 7} (JPN) on 2024-04-{n % 28 + 1:02}.\n\n"
            f"FIGURE {n}.5 USD exports TUR JPN 20{n % 20 + 3:02}\n\nHOLDS Guest Number{n % 7} (JPN) minister since 20{n % 20 + 3:02}.\n\n"
            f"The minister's hall was full, and the {n} guests of house {n * 37} stayed until late in the evening.\n")


def _write(into: int, line: str) -> None:
    os.write(into, (line + "\n").encode())


def _look(url: str, allowed: set[str], found: Round) -> None:
    """The record opens, and nothing is wrong with it."""
    try:
        with Record(url) as record:
            found.wrong += [str(p) for p in record.check() if p.code not in allowed]
    except Exception as error:
        found.wrong.append(f"it does not open: {error}")


# ---------------------------------------------------------------- what is killed; the first line says that it has begun


def _read(url: str, folder: Path, tell: Tell = lambda line: None) -> None:
    with Record(url) as record:
        tell("begun")
        Reader(record._store, None, lambda step: tell(step.file)).read([str(folder / "in")])


def _resolve(url: str, tell: Tell = lambda line: None) -> None:
    with Record(url) as record:
        tell("begun")
        record.resolve(lambda step: tell(str(step.done)))


def _judge(url: str, tell: Tell) -> None:
    with Record(url) as record:
        claims = [row.claim.id for row in record.claims()]
        tell("begun")
        for n, claim in enumerate(claims[:60]):
            tell(record.judge("reject" if n % 3 == 0 else "note", claim, by="Ada", why=f"number {n}").id)


def _load(url: str, folder: Path, tell: Tell) -> None:
    with Record(url) as record:
        tell("begun")
        record.load(folder / "crawl", progress=lambda step: tell(str(step.done)) if step.file != "facts" else None)


def _migrate(url: str, trial: Trial, tell: Tell) -> None:
    tell("begun")
    keeping.migrate(trial.whole, url, lambda step: tell(str(step.done)))
    tell("whole")


WORK: dict[str, Callable[[str, Trial, Tell], None]] = {
    "reading": lambda url, trial, tell: _read(url, trial.folder, tell), "resolving": lambda url, trial, tell: _resolve(url, tell),
    "judging": lambda url, trial, tell: _judge(url, tell), "migrating": _migrate,
    "loading": lambda url, trial, tell: _load(url, trial.folder, tell),
}


# ---------------------------------------------------------------- what must be there


def _once(record: Record, found: Round, files: int) -> None:
    held = [d.file for d in record.documents()]
    found.wrong += [f"{f} is there twice" for f in sorted(set(held)) if held.count(f) > 1]
    if len(held) != files:
        found.wrong.append(f"{len(held)} documents instead of {files}")


def _after_reading(url: str, trial: Trial, told: list[str], found: Round) -> None:
    with Record(url) as record:
        found.lost += sorted(set(told) - {d.file for d in record.documents()})
        summary = record.read(trial.folder / "in")
        found.wrong += [str(p) for p in summary.problems]
        _once(record, found, COUNT)
    _same(trial.facts(url), trial.expected[trial.whole], found)


def _after_resolving(url: str, trial: Trial, told: list[str], found: Round) -> None:
    _same(trial.facts(url), trial.expected[trial.whole], found)


def _after_judging(url: str, trial: Trial, told: list[str], found: Round) -> None:
    with Record(url) as record:
        lines = [j.id for j in record.judgements(withdrawn=True)]
        found.lost += sorted(set(told) - set(lines))
        if len(lines) not in (len(told), len(told) + 1):  # one may be kept of which it could not tell any more
            found.wrong.append(f"{len(lines)} judgements, {len(told)} were told")
        record.resolve()


def _after_migrating(url: str, trial: Trial, told: list[str], found: Round) -> None:
    keeping.migrate(trial.whole, url)
    with Record(url) as record:
        _once(record, found, COUNT)
    _same(trial.facts(url), trial.expected[trial.whole], found)


def _after_loading(url: str, trial: Trial, told: list[str], found: Round) -> None:
    with Record(url) as record:
        if told and len(record.documents()) < int(told[-1]):
            found.lost.append(f"{int(told[-1]) - len(record.documents())} documents")
        record.load(trial.folder / "crawl")
        _once(record, found, COUNT)
    _same(trial.facts(url), trial.expected[trial.loaded], found)


def _same(facts: list[str], expected: list[str], found: Round) -> None:
    if facts != expected:
        found.wrong.append(f"{len(set(facts) ^ set(expected))} facts are others than without the kill")


SEEN: dict[str, Callable[[str, Trial, list[str], Round], None]] = {
    "reading": _after_reading, "resolving": _after_resolving, "judging": _after_judging, "migrating": _after_migrating,
    "loading": _after_loading,
}


def rounds(times: int, kind: str, seed: int) -> Iterator[Round]:
    """So many kills, one stage after the other; a process that ended before its moment does not count."""
    rnd = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        trial, done = Trial(kind, Path(folder)), 0
        while done < times:
            found = trial.round(STAGES[done % len(STAGES)], rnd)
            done += found.killed
            yield found


def table(found: list[Round]) -> str:
    """How many kills each stage had, and what was lost."""
    lines = [f"{'stage':<11}{'kills':>6}{'ended before':>14}{'told as done':>14}{'lost':>6}{'wrong':>7}"]
    for stage in STAGES:
        of = [r for r in found if r.stage == stage]
        killed = sum(r.killed for r in of)
        lines.append(f"{stage:<11}{killed:>6}{len(of) - killed:>14}{sum(r.told for r in of):>14}{sum(len(r.lost) for r in of):>6}"
                     f"{sum(len(r.wrong) for r in of):>7}")
    return "\n".join(lines)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--times", type=int, default=20)
    options.add_argument("--record", choices=places.KINDS, default="sqlite")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--log", type=Path, help="write each kill as a line of JSON to this file")
    chosen = options.parse_args()
    found: list[Round] = []
    for one in rounds(chosen.times, chosen.record, chosen.seed):
        found.append(one)
        told: Any = asdict(one)
        if chosen.log:
            with chosen.log.open("a", encoding="utf-8") as log:
                log.write(json.dumps(told) + "\n")
        for words in (*one.lost, *one.wrong):
            sys.stderr.write(f"{one.stage} at {one.at} s: {words}\n")
    sys.stdout.write(table(found) + "\n")
    return int(any(r.lost or r.wrong for r in found))


if __name__ == "__main__":
    sys.exit(main())
