#!/usr/bin/env python3
"""A copy of the benchmark with its names, dates and amounts changed throughout: a reader that was fitted to them does worse on it.

    changed.py OUT [--seed 1] [--only names,dates,amounts]

Persons get invented names of the same culture and gender, dates move by whole weeks, amounts and counts are multiplied; texts, gold.jsonl,
record_gold.json and the commands of its questions change together, and every quote is its text's. Documents of one relationship change
alike. The same seed gives the same files. Standard library only.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).resolve().parent
if str(HERE) not in sys.path:
    sys.path.insert(0, str(HERE))

from changing.amounts import Amounts  # noqa: E402
from changing.common import Moved, Row  # noqa: E402
from changing.dates import Dates  # noqa: E402
from changing.names import Names  # noqa: E402

PARTS = ("names", "dates", "amounts")
FREE = ("quote", "kind", "file", "unit", "indicator", "measure", "modality")  # fields that hold no name and no date


class Group:
    """Documents that change alike."""

    def __init__(self, texts: Mapping[str, str], rows: Sequence[Row], parts: Sequence[str], seed: str) -> None:
        self._names = Names(texts, rows, Random(f"names {seed}")) if "names" in parts else None
        self._dates = Dates(texts, rows, Random(f"dates {seed}")) if "dates" in parts else None
        self._amounts = Amounts(rows, Random(f"amounts {seed}")) if "amounts" in parts else None
        written = Dates(texts, rows, Random("dates"))  # amounts keep off dates, whether these change or not
        self.moved: dict[str, Moved] = {}
        for file, text in texts.items():
            dated = list(written.edits(file, text))
            edits = list(self._dates.edits(file, text)) if self._dates else []
            edits += self._names.edits(text) if self._names else []
            edits += self._amounts.edits(file, text, dated) if self._amounts else []
            self.moved[file] = Moved(text, edits)
        self.files = sorted(texts)

    def row(self, row: Row) -> Row:
        """A gold line as it is now."""
        row = self._amounts.row(row) if self._amounts else row
        row = self.moved[row["file"]].span({k: v if k in FREE else self.value(v, row["file"]) for k, v in row.items()})
        if row.get("also"):
            row["also"] = [self.moved[row["file"]].span(p) if isinstance(p, dict) else p for p in row["also"]]
        return row

    def value(self, value: Any, file: str) -> Any:
        """Any value of a gold line or of a gold record."""
        if isinstance(value, list):
            return [self.value(v, file) for v in value]
        if isinstance(value, dict):
            moved = {k: v if k in FREE else self.value(v, file) for k, v in value.items()}
            return self.moved[value["file"]].span(moved) if value.get("file") in self.moved else moved
        if self._dates:
            value = self._dates.value(value, file)
        return self._names.value(value) if self._names and isinstance(value, str) else value


def changed(parts: Sequence[str], seed: int, source: Path = HERE, files: Sequence[str] = ()) -> dict[str, str]:
    """The files of the copy by their path in it; of some documents only, where these are named."""
    texts = {p.name: p.read_text(encoding="utf-8") for p in sorted((source / "documents").glob("*.txt")) if not files or p.name in files}
    rows = [json.loads(line) for line in (source / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    record = json.loads((source / "record_gold.json").read_text(encoding="utf-8"))
    clusters = [c for c in record["clusters"] if set(c["files"]) <= set(texts)]
    joined = {file: c["id"] for c in clusters for file in c["files"]}
    groups: dict[str, Group] = {}
    for name in sorted({joined.get(file, file) for file in texts}):
        mine = {file: text for file, text in texts.items() if joined.get(file, file) == name}
        groups[name] = Group(mine, [r for r in rows if r["file"] in mine], parts, f"{seed} {name}")
    of = {file: group for group in groups.values() for file in group.files}
    out = {f"documents/{file}": of[file].moved[file].text for file in texts}
    out["gold.jsonl"] = "".join(json.dumps(of[r["file"]].row(r), ensure_ascii=False) + "\n" for r in rows if r["file"] in of)
    _with_commands(source, clusters)
    record["clusters"] = [groups[c["id"]].value(c, c["files"][0]) for c in clusters]
    out["record_gold.json"] = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    out["holdout.txt"] = (source / "holdout.txt").read_text(encoding="utf-8")
    return out


def _with_commands(source: Path, clusters: Sequence[Row]) -> None:
    """Put the command that answers a question into the question, so that it changes with it."""
    commands = json.loads((source / "questions.json").read_text(encoding="utf-8"))
    for question in (q for c in clusters for q in c.get("questions", ()) if q["q"] in commands):
        question["command"] = commands[question["q"]]


def write(out: Path, files: Mapping[str, str]) -> None:
    """Put the files of a copy into a folder."""
    (out / "documents").mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (out / name).write_text(text, encoding="utf-8")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("out", type=Path, help="folder of the copy")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--only", default=",".join(PARTS), help="of names, dates, amounts, separated by commas")
    chosen = options.parse_args()
    write(chosen.out, changed(chosen.only.split(","), chosen.seed))


if __name__ == "__main__":
    main()
