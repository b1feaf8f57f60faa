"""Precision, recall and F1 by kind: the benchmark, its holdout alone, and the seeds where they are; as the tables of the README.

    python benchmarks/accuracy.py [--pin]    print the tables; --pin raises tests/floors.json to what was reached, and never lowers it
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import dragoman
from dragoman.model.claims import KINDS

ROOT = Path(__file__).resolve().parent.parent
BENCHMARK = ROOT / "benchmark"
SHARED = ROOT.parent / "shared"
FLOORS = ROOT / "tests/floors.json"
SLACK = 0.01  # a floor lies this far under what was reached, so that a change elsewhere of a single claim does not break it


def fingerprint() -> str:
    """The benchmark's fingerprint, as benchmark/fingerprint.py prints it."""
    done = subprocess.run([sys.executable, BENCHMARK / "fingerprint.py"], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def claims(documents: Path, place: Path) -> Path:
    """The exported claims of a folder of documents, read into a new record."""
    out = place / "claims.jsonl"
    with dragoman.Record(place / "record.db") as record:
        record.read(documents)
        out.write_text("".join(line + "\n" for line in record.export("claims")), encoding="utf-8")
    return out


def score(gold: Path, found: Path, documents: Path, files: set[str] | None = None) -> dict[str, Any]:
    """What the benchmark's scorer says of the seven kinds, on the gold of these files only."""
    kinds = ",".join(sorted(KINDS))
    with tempfile.TemporaryDirectory() as place:
        chosen = Path(place) / "gold.jsonl"
        lines = gold.read_text(encoding="utf-8").splitlines(keepends=True)
        chosen.write_text("".join(line for line in lines if files is None or json.loads(line)["file"] in files), encoding="utf-8")
        command = [sys.executable, BENCHMARK / "score_claims.py", chosen, found, "--documents", documents, "--kinds", kinds, "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    scored: dict[str, Any] = json.loads(done.stdout)
    return scored


def measure() -> dict[str, dict[str, Any]]:
    """Scores of `benchmark`, `holdout` and, where ../shared is, `seeds`."""
    out = {}
    with tempfile.TemporaryDirectory() as place:
        found = claims(BENCHMARK / "documents", Path(place))
        held = set((BENCHMARK / "holdout.txt").read_text(encoding="utf-8").split())
        out["benchmark"] = score(BENCHMARK / "gold.jsonl", found, BENCHMARK / "documents")
        out["holdout"] = score(BENCHMARK / "gold.jsonl", found, BENCHMARK / "documents", held)
    if SHARED.is_dir():
        with tempfile.TemporaryDirectory() as place:
            found = claims(SHARED / "seeds/documents", Path(place))
            out["seeds"] = score(SHARED / "seeds/gold.jsonl", found, SHARED / "seeds/documents")
    return out


def table(scored: dict[str, Any]) -> str:
    """A Markdown table: precision, recall, F1 at core, F1 at strict."""
    lines = ["| kind | facts | precision | recall | F1 | F1, all fields |", "| --- | --: | --: | --: | --: | --: |"]
    for kind, row in scored["rows"].items():
        precision = row.get("core", 0) / row["claimed"] if row.get("claimed") else 0.0
        recall = row.get("core", 0) / row["gold"] if row.get("gold") else 0.0
        name = "**all**" if kind == "ALL" else kind
        lines.append(f"| {name} | {row.get('gold', 0)} | {precision:.2f} | {recall:.2f} | {row['core_f1']:.2f} | {row['strict_f1']:.2f} |")
    return "\n".join(lines)


def pin(scores: dict[str, dict[str, Any]]) -> None:
    """Raise the floors of the tests to what was reached."""
    old = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    floors = {"fingerprint": fingerprint()}
    for corpus, scored in scores.items():
        before = old.get(corpus, {}) if old.get("fingerprint") == floors["fingerprint"] else {}
        reached = {kind: round(row["core_f1"] - SLACK, 3) for kind, row in scored["rows"].items()}
        floors[corpus] = {kind: max(value, before.get(kind, 0.0)) for kind, value in reached.items()}  # type: ignore[assignment]
    FLOORS.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--pin", action="store_true", help="raise tests/floors.json to what was reached")
    chosen = options.parse_args()
    scores = measure()
    print(f"dragoman {dragoman.__version__}, benchmark {fingerprint()[:12]}\n")
    for corpus, scored in scores.items():
        print(f"{corpus}: {scored['spans']['checked']} spans checked, {scored['spans']['wrong']} not equal to the text\n\n{table(scored)}\n")
    if chosen.pin:
        pin(scores)


if __name__ == "__main__":
    main()
