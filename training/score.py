"""Scores a pipeline: `python -m training.score en_dragoman [--data ../shared/data] [--json FILE]`."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from training import measures
from training.benchmark_names import persons
from training.conllu import read
from training.ner_data import UNER, tagged

GENRES = ("news", "interview", "speech", "bio")
LOADING = "import time; t = time.process_time(); import spacy; spacy.load({!r}); print(time.process_time() - t)"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", nargs="+", help="names of installed packages or folders; several are timed in the same run")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--benchmark", type=Path, default=Path("benchmark"))
    parser.add_argument("--dev", action="store_true", help="on the dev parts instead of the test parts")
    parser.add_argument("--whole", action="store_true", help="documents in one piece instead of paragraphs")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    results = {model: score(model, args.data, "dev" if args.dev else "test", args.whole, args.benchmark) for model in args.model}
    for model, table in results.items():
        print(f"\n{model}")
        for name, value in table.items():
            print(f"  {name:<42} {value}")
    if args.json:
        args.json.write_text(json.dumps(results, indent=1), encoding="utf-8")


def genre(benchmark: Path, aside: bool) -> tuple[dict[str, str], dict[str, set[str]]]:
    """Texts of the benchmark, those kept aside or the others, and the persons that the gold names in each."""
    kept = set((benchmark / "holdout.txt").read_text(encoding="utf-8").split())
    facts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in (benchmark / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        fact = json.loads(line)
        if (fact["file"] in kept) == aside:
            facts[fact["file"]].append(fact)
    texts = {file: (benchmark / "documents" / file).read_text(encoding="utf-8") for file in sorted(facts)}
    return texts, {file: persons(facts[file]) for file in texts}


def score(model: str, data: Path, part: str, whole: bool, benchmark: Path) -> dict[str, str]:
    """The table of one pipeline."""
    import spacy

    nlp = spacy.load(model)
    gum = [d for d in read(data / f"treebanks/en_gum_open-{part}.conllu.gz") if d.genre in GENRES]
    everything = list(read(data / f"treebanks/en_gum_open-{part}.conllu.gz"))
    table: dict[str, str] = {}
    keys = ("upos", "uas", "las", "sentences")
    for kind in (*GENRES, "all four"):
        got = measures.raw_text(nlp, [d for d in gum if kind in (d.genre, "all four")], whole)
        table[f"GUM {kind}: UPOS UAS LAS sentences"] = " ".join(f"{got[k]:.1f}" for k in keys)
    got = measures.raw_text(nlp, read(data / f"treebanks/en_ewt-{part}.conllu.gz"), whole)
    table["EWT: UPOS LAS"] = f"{got['upos']:.1f} {got['las']:.1f}"
    uner = measures.names(nlp, list(tagged(data / f"ner/uner_en_ewt-{part}.iob2.gz", UNER, 1, 2)))
    table["UNER EWT: PER+ORG+LOC (PER ORG LOC)"] = f"{uner['all']:.1f} ({uner['PER']:.1f} {uner['ORG']:.1f} {uner['LOC']:.1f})"
    for part, aside in (("kept aside", True), ("trained on", False)):
        texts, gold = genre(benchmark, aside)
        p = measures.persons(nlp, texts, gold)
        table[f"persons, benchmark documents {part}: P R F"] = f"{p['P']:.1f} {p['R']:.1f} {p['F']:.1f}"
    plain = [" ".join(s.text for s in p) for d in everything for p in d.paragraphs()]
    table["words a CPU second, batches of 64"] = f"{measures.speed(nlp, plain):.0f}"
    command = [sys.executable, "-c", LOADING.format(model)]
    loads = [float(subprocess.run(command, capture_output=True, text=True, check=True).stdout) for _ in range(3)]
    table["import and load, CPU seconds"] = f"{min(loads):.2f}"
    return table


if __name__ == "__main__":
    main()
