"""The benchmark is the one that its data card describes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BENCHMARK = ROOT / "benchmark"
CARD = (BENCHMARK / "README.md").read_text(encoding="utf-8")


def run(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *args], cwd=BENCHMARK, capture_output=True, text=True, timeout=120, check=False)


def test_the_card_has_the_fingerprint_of_the_files() -> None:
    printed = run("fingerprint.py").stdout.strip()
    assert re.fullmatch(r"[0-9a-f]{64}", printed)
    assert f"`{printed}`" in CARD, "the files changed: a new version of the benchmark, and every pinned figure with it"


def test_the_checker_finds_nothing_wrong() -> None:
    done = run("check_gold.py")
    assert done.returncode == 0, done.stdout
    assert done.stdout.splitlines()[-1] == "0 problems"


def test_the_card_counts_what_is_there() -> None:
    required: Counter[str] = Counter()
    optional: Counter[str] = Counter()
    for line in (BENCHMARK / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        (optional if row.get("optional") else required)[row["kind"]] += 1
    for kind in required:
        assert re.search(rf"^\| {kind}\b[^|]*\| {required[kind]} \| {optional[kind]} \|$", CARD, re.MULTILINE), kind
    assert f"| all | {sum(required.values()):,} | {sum(optional.values()):,} |" in CARD


def test_fifteen_documents_are_held_out_and_none_is_in_the_gold_record() -> None:
    held = set((BENCHMARK / "holdout.txt").read_text(encoding="utf-8").split())
    assert len(held) == 15
    assert held <= {f.name for f in (BENCHMARK / "documents").glob("*.txt")}
    record = json.loads((BENCHMARK / "record_gold.json").read_text(encoding="utf-8"))
    assert not held & {file for cluster in record["clusters"] for file in cluster["files"]}


def test_the_scorer_gives_full_marks_to_the_gold_itself(tmp_path: Path) -> None:
    done = run("score_claims.py", "gold.jsonl", "gold.jsonl", "--kinds", "agreement,mission,membership")
    assert done.returncode == 0, done.stderr
    assert re.search(r"^ALL +\d+ +\d+ +1\.00 +1\.00 +1\.00", done.stdout, re.MULTILINE), done.stdout
