"""Precision, recall and F1 by kind: the benchmark, its holdout alone, and the seeds where they are; as the tables of the README.

    python benchmarks/accuracy.py [--pin] [--write]

--pin raises tests/floors.json to what was reached, and never lowers it; --write puts the tables into README.md and the docs.
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
PAGE = ROOT / "docs/explanation/accuracy.md"
BEGIN, END = "<!-- accuracy: written by benchmarks/accuracy.py --write -->", "<!-- /accuracy -->"
SLACK, FACTS = 0.01, 2  # a floor lies this far, or these many facts, under what was reached: another processor rounds a parse otherwise


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
    """Scores of `benchmark` (all of it), `tuning`, `holdout` and, where ../shared is, `seeds`."""
    out = {}
    with tempfile.TemporaryDirectory() as place:
        found = claims(BENCHMARK / "documents", Path(place))
        held = set((BENCHMARK / "holdout.txt").read_text(encoding="utf-8").split())
        every = {f.name for f in (BENCHMARK / "documents").glob("*.txt")}
        out["benchmark"] = score(BENCHMARK / "gold.jsonl", found, BENCHMARK / "documents")
        out["tuning"] = score(BENCHMARK / "gold.jsonl", found, BENCHMARK / "documents", every - held)
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


def side_by_side(scores: dict[str, dict[str, Any]]) -> str:
    """The README's table: F1 at core and with all fields, on the tuning documents and on the holdout."""
    shown = [c for c in ("tuning", "holdout", "seeds") if c in scores]
    names = {"tuning": "50 tuning documents", "holdout": "15 held out", "seeds": "5 real pages"}
    lines = [
        "| kind | " + " | ".join(f"{names[c]}: facts | F1 | all fields" for c in shown) + " |",
        "| --- |" + " --: | --: | --: |" * len(shown),
    ]
    for kind in scores["tuning"]["rows"]:
        cells = []
        for corpus in shown:
            row = scores[corpus]["rows"].get(kind) or {}
            cells.append(f"{row.get('gold', 0)} | {row['core_f1']:.2f} | {row['strict_f1']:.2f}" if row.get("gold") else "0 | | ")
        lines.append(f"| {'**all**' if kind == 'ALL' else kind} | {' | '.join(cells)} |")
    return "\n".join(lines)


def write(scores: dict[str, dict[str, Any]]) -> None:
    """Put the tables into README.md and docs/explanation/accuracy.md."""
    head = f"dragoman {dragoman.__version__} on the benchmark `{fingerprint()[:12]}`; F1 at core (who, what, how much) and with all fields."
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    before, _, rest = readme.partition(BEGIN)
    after = rest.partition(END)[2]
    (ROOT / "README.md").write_text(f"{before}{BEGIN}\n{head}\n\n{side_by_side(scores)}\n{END}{after}", encoding="utf-8")
    lines = ["<!-- Generated by benchmarks/accuracy.py --write: do not edit. -->", "# Accuracy: the figures", "", head, ""]
    for corpus, scored in scores.items():
        lines += [
            f"## {corpus}",
            "",
            table(scored),
            "",
            f"{scored['spans']['checked']} spans of evidence checked, {scored['spans']['wrong']} not equal to the text.",
            "",
        ]
    PAGE.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


def pin(scores: dict[str, dict[str, Any]]) -> None:
    """Raise the floors of the tests to what was reached."""
    old = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    floors = {"fingerprint": fingerprint()}
    for corpus, scored in scores.items():
        before = old.get(corpus, {}) if old.get("fingerprint") == floors["fingerprint"] else {}
        reached = {k: round(max(0.0, r["core_f1"] - max(SLACK, FACTS / max(1, r.get("gold", 0)))), 3) for k, r in scored["rows"].items()}
        floors[corpus] = {kind: max(value, before.get(kind, 0.0)) for kind, value in reached.items()}  # type: ignore[assignment]
    FLOORS.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--pin", action="store_true", help="raise tests/floors.json to what was reached")
    options.add_argument("--write", action="store_true", help="put the tables into README.md and the docs")
    chosen = options.parse_args()
    scores = measure()
    print(f"dragoman {dragoman.__version__}, benchmark {fingerprint()[:12]}\n")
    for corpus, scored in scores.items():
        spans = scored["spans"]
        print(f"{corpus}: {spans['checked']} spans checked, {spans['wrong']} not equal to the text\n\n{table(scored)}\n")
    if chosen.pin:
        pin(scores)
    if chosen.write:
        write(scores)


if __name__ == "__main__":
    main()
