"""Triage: the share of documents that pass, the claims that would be lost, and words a CPU second.

Documents of the benchmark and of ../shared/seeds, where they are, all have to pass or to give no claim. What has to be put
aside is prose of other sorts, `tests/annotate/triage.yml`, which tries to fool it. Ends with 1 where a claim is lost.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

import yaml

from dragoman.annotate import triage

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def claims_of(folder: Path) -> dict[str, int]:
    """How many facts the gold of a folder has for each of its documents."""
    counts: dict[str, int] = {}
    with (folder / "gold.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            file = json.loads(line)["file"]
            counts[file] = counts.get(file, 0) + 1
    return counts


def passed(folder: Path) -> tuple[int, int, int]:
    """Documents, those that pass, and facts of the others."""
    gold = claims_of(folder)
    files = sorted((folder / "documents").glob("*.txt"))
    aside = [f for f in files if not triage.named(f.read_text(encoding="utf-8"))]
    return len(files), len(files) - len(aside), sum(gold.get(f.name, 0) for f in aside)


def speed(texts: list[str], seconds: float = 1.0) -> float:
    """Words a CPU second over texts that are read to their end."""
    words = sum(len(text.split()) for text in texts)
    rounds, begin = 0, time.process_time()
    while time.process_time() - begin < seconds:
        for text in texts:
            triage.named(text)
        rounds += 1
    return words * rounds / (time.process_time() - begin)


def main() -> None:
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    lost = 0
    for folder in (ROOT / "benchmark", SHARED / "seeds"):
        if (folder / "gold.jsonl").exists():
            documents, through, gone = passed(folder)
            lost += gone
            print(f"{folder.name}: {through} of {documents} documents pass ({through / documents:.0%}), {gone} claims lost")
    other = yaml.safe_load((ROOT / "tests/annotate/triage.yml").read_text(encoding="utf-8"))
    aside = [text for text in other["aside"] if not triage.named(text)]
    print(f"other prose: {len(other['aside']) - len(aside)} of {len(other['aside'])} documents pass")
    print(f"documents put aside: {speed([' '.join(aside)] * 20):,.0f} words a CPU second")
    texts = [f.read_text(encoding="utf-8") for f in sorted((ROOT / "benchmark/documents").glob("*.txt"))]
    print(f"documents of the benchmark, which pass at the first names: {speed(texts):,.0f} words a CPU second")
    sys.exit(1 if lost else 0)


if __name__ == "__main__":
    main()
