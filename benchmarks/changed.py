"""How far the figures move on a copy of the benchmark with other names, dates and amounts: both tables and the differences.

    python benchmarks/changed.py [--seed 1] [--separately] [--files NAME...]

--separately measures copies with the names alone, the dates alone and the amounts alone too, which shows where a figure moves.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Literal

import dragoman
from dragoman.evaluation import score

ROOT = Path(__file__).resolve().parent.parent
BENCHMARK = ROOT / "benchmark"
MOST = 0.05  # a figure may not move by more
PARTS = ("names", "dates", "amounts")


def copier() -> ModuleType:
    """benchmark/changed.py as a module."""
    spec = importlib.util.spec_from_file_location("benchmark_changed", BENCHMARK / "changed.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def figures(folder: Path, kinds: bool = True) -> dict[str, float]:
    """What `dragoman evaluate` says of a benchmark's folder, and `evaluate-record` with the reader's claims and with gold claims."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "record.db"
        with dragoman.Record(path) as record:
            record.read(folder / "documents")
            claims = [json.loads(line) for line in record.export("claims")]
        gold = [json.loads(line) for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
        scores = score(gold, claims)
        out = {"core, all": scores.all.f1(), "all fields, all": scores.all.f1("strict")}
        if kinds:
            out |= {f"{name}, {kind}": c.f1(level) for kind, c in scores.kinds.items() for name, level in _LEVELS if c.gold}
        if json.loads((folder / "record_gold.json").read_text(encoding="utf-8"))["clusters"]:
            out |= {f"own claims: {k}": v for k, v in _of_record(path, folder, ()).items()}
            out |= {f"gold claims: {k}": v for k, v in _of_record(path, folder, ("--claims", str(folder / "gold.jsonl"))).items()}
    return out


_LEVELS: tuple[tuple[str, Literal["core", "strict"]], ...] = (("core", "core"), ("all fields", "strict"))


def _of_record(record: Path, folder: Path, more: Sequence[str]) -> dict[str, float]:
    from typer.testing import CliRunner

    from dragoman.cli import app

    done = CliRunner().invoke(app, ["--record", str(record), "evaluate-record", str(folder / "record_gold.json"), "--json", *more])
    if done.exit_code:
        raise RuntimeError(done.output)
    told = json.loads(done.stdout)
    found = {f"{name} {figure}".replace("_", " "): value for name, row in told.items() for figure, value in row.items()}
    return {name: float(value) for name, value in found.items() if value is not None}


def moved(before: dict[str, float], after: dict[str, float]) -> dict[str, float]:
    """By how much each figure that both have moved."""
    return {name: after[name] - before[name] for name in before if name in after}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--separately", action="store_true", help="also each of names, dates and amounts alone")
    options.add_argument("--files", nargs="*", default=[], help="these documents only")
    chosen = options.parse_args()
    module = copier()
    runs: list[tuple[str, Sequence[str]]] = [("as it is", ()), ("changed", PARTS)]
    if chosen.separately:
        runs += [(part, (part,)) for part in PARTS]
    columns: dict[str, dict[str, float]] = {}
    for name, parts in runs:
        with tempfile.TemporaryDirectory() as place:
            module.write(Path(place), module.changed(parts, chosen.seed, files=chosen.files))
            columns[name] = figures(Path(place))
    print(f"{'':48}" + "".join(f"{name:>10}" for name in columns) + "     moved")
    worst = 0.0
    for name, change in moved(columns["as it is"], columns["changed"]).items():
        overall = name.endswith(", all") or ":" in name
        worst = max(worst, abs(change) if overall else 0.0)
        mark = "  more than allowed" if overall and abs(change) > MOST else ""
        print(f"{name:48}" + "".join(f"{column.get(name, 0.0):10.3f}" for column in columns.values()) + f"{change:+10.3f}{mark}")
    print(f"\nThe overall figures moved by at most {worst:.3f}; {MOST} is allowed.")
    sys.exit(worst > MOST)


if __name__ == "__main__":
    main()
