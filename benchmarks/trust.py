"""Trust, measured: kills and other faults, made-up input, load; one table, which --write puts into docs/trust.md.

    python benchmarks/trust.py                                        about two hours
    python benchmarks/trust.py --keep FOLDER                          what is there is not run again: a long run can be stopped
    python benchmarks/trust.py --times 5 --seconds 5 --minutes 0.2 --claims 1000    to see that it runs

Ends with 1 where something was lost, an input broke a rule, or the load was not held.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dragoman import __version__
from tests.trust.fuzz import TARGETS
from tests.trust.kill import STAGES

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/trust.md"
RECORDS = ("sqlite", "postgresql")
FAULTS = {"a_full_disk_is_told": "a full disk", "a_folder_that_may_not_be_written": "a folder that may not be written",
          "a_locked_file_is_told": "a locked file", "a_clock_that_jumps": "a clock that jumps"}
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head, and whether what they tell is good."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    good: bool


def run(*command: str) -> subprocess.CompletedProcess[str]:
    """What a module or script of this project prints; what it complains of is passed on."""
    print(f"{' '.join(command)} ...", file=sys.stderr, flush=True)
    return subprocess.run([sys.executable, *command], cwd=ROOT, stdout=subprocess.PIPE, text=True)


def kills(times: int, records: tuple[str, ...], folder: Path) -> Table:
    """Kills at moments drawn uniformly, by stage and kind of record."""
    rows, good = [], True
    for kind in records:
        log = folder / f"kills-{kind}.jsonl"
        if not log.exists():
            run("-m", "tests.trust.kill", "--times", str(times), "--record", kind, "--log", str(log))
        found = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()] if log.exists() else []
        for stage in STAGES:
            killed = [r for r in found if r["stage"] == stage and r["killed"]]
            hurt = [r for r in killed if r["lost"] or r["wrong"]]
            lost = sum(len(r["lost"]) for r in killed)
            rows.append((f"SIGKILL while {stage}, {NAMES[kind]}", len(killed), len(killed) - len(hurt), lost))
        good = good and bool(found) and not any(r["lost"] or r["wrong"] for r in found)
    return Table("Faults", ("fault", "tried", "survived", "lost"), tuple(rows), good)


def faults() -> Table:
    """A full disk and its like: each is a test, which looks for what was lost."""
    rows = []
    for test, name in FAULTS.items():
        done = run("-m", "pytest", "-q", "-p", "no:cacheprovider", "-rA", "tests/trust/test_faults.py", "-k", test)
        passed, failed = done.stdout.count("\nPASSED "), done.stdout.count("\nFAILED ")
        rows.append((name, passed + failed, passed, failed))
    return Table("Faults", ("fault", "tried", "survived", "lost"), tuple(rows), all(row[1] and not row[3] for row in rows))


def inputs(seconds: float) -> Table:
    """Made-up input, by parser."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for target in TARGETS:
            lines = run("-m", "tests.trust.fuzz", target, "--seconds", str(seconds), "--to", folder).stdout.splitlines()
            told = json.loads(lines[-1]) if lines and lines[-1].startswith("{") else {"tried": 0, "problems": 0, "crashes": 1, "longest": 0}
            rows.append((target, f"{told['tried']:,}", f"{told['problems']:,}", told["crashes"], f"{told['longest']} s"))
    return Table("Inputs", ("parser of", "tried", "problems told", "crashes", "longest"), tuple(rows), all(row[3] == 0 for row in rows))


def loads(claims: int, minutes: float, records: tuple[str, ...]) -> Table:
    """The desk under load, by kind of record."""
    rows, good = [], True
    for kind in records:
        lines = run("benchmarks/load.py", "--claims", str(claims), "--minutes", str(minutes), "--record", kind).stdout.splitlines()
        if not lines:
            rows.append((NAMES[kind], f"{claims:,}", *("-",) * 5, "no"))
            good = False
            continue
        t = json.loads(lines[-1])
        good = good and t["held"]
        memory = " → ".join(f"{m} MB" for m in t["memory"])
        rows.append((NAMES[kind], f"{t['claims']:,}", f"{t['requests']:,}", t["errors"], f"{t['p99']:.2f} s", memory,
                     f"{t['judged']}, lost {t['lost']}", "yes" if t["held"] else "no"))
    head = ("record", "claims", "requests", "errors", "p99", "memory", "judgements", "held")
    return Table("Load", head, tuple(rows), good)


def kept(folder: Path, name: str, make: Callable[[], Table]) -> Table:
    """A table that an earlier run left in a folder; else made, and left there."""
    file = folder / f"{name}.json"
    if not file.exists():
        file.write_text(json.dumps(asdict(make()), ensure_ascii=False), encoding="utf-8")
    return Table(**json.loads(file.read_text(encoding="utf-8")))


def told(tables: list[Table]) -> Iterator[str]:
    """The tables in Markdown; tables of one title are one."""
    title = ""
    for table in tables:
        if table.title != title:
            title = table.title
            yield from ("", f"## {title}", "", f"| {' | '.join(table.head)} |", f"|{' --- |' * len(table.head)}")
        yield from (f"| {' | '.join(map(str, row))} |" for row in table.rows)


def page(tables: list[Table], minutes: float) -> str:
    """docs/trust.md."""
    day = dt.datetime.now(dt.UTC).date()
    lines = [
        "<!-- Generated by benchmarks/trust.py: do not edit. -->", "", "# Trust", "",
        f"The last run of `make trust`: {day.day} {day:%B %Y}, dragoman {__version__}, Python {platform.python_version()}.",
        "What each line means, and what does not hold, is in [Threats](threats.md).", *told(tables), "",
    ]
    if any(table.title == "Load" for table in tables):
        lines += [f"Load: 64 clients with five seconds between their requests, for {minutes:g} minutes, while a reader writes; held means",
                  "no error, p99 under a second, memory not up by more than a tenth, and every acknowledged judgement in the record."]
    else:
        lines.append("Load was not part of this run.")
    return "\n".join(lines) + "\n"


def main() -> int:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--times", type=int, default=200, help="kills of each kind of record")
    options.add_argument("--seconds", type=float, default=300, help="of made-up input for each parser")
    options.add_argument("--minutes", type=float, default=10, help="of load; 0 leaves it out")
    options.add_argument("--claims", type=int, default=200_000, help="in the record under load")
    options.add_argument("--record", choices=RECORDS, action="append", help="these kinds of records only")
    options.add_argument("--keep", type=Path, metavar="FOLDER", help="leave what each part found in this folder, and take what is there")
    options.add_argument("--write", action="store_true", help="put the table into docs/trust.md")
    chosen = options.parse_args()
    records = tuple(chosen.record or RECORDS)
    with tempfile.TemporaryDirectory() as made:
        folder = chosen.keep or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        tables = [kills(chosen.times, records, folder), kept(folder, "faults", faults),
                  kept(folder, "inputs", lambda: inputs(chosen.seconds)),
                  *([kept(folder, "load", lambda: loads(chosen.claims, chosen.minutes, records))] if chosen.minutes else [])]
    print("\n".join(told(tables)).strip())
    if chosen.write:
        PAGE.write_text(page(tables, chosen.minutes), encoding="utf-8")
    return int(not all(table.good for table in tables))


if __name__ == "__main__":
    sys.exit(main())
