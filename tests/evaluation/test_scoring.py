"""The comparison agrees with the benchmark's scorer to the digit, whatever the claims."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dragoman.evaluation import calibration, report, score

BENCHMARK = Path(__file__).resolve().parents[2] / "benchmark"
GOLD = [json.loads(line) for line in (BENCHMARK / "gold.jsonl").read_text(encoding="utf-8").splitlines()]


def spoiled(seed: int) -> list[dict[str, Any]]:
    """The gold as claims, some left out, some of another kind, some fields lost, some twice."""
    rnd = random.Random(seed)
    out = []
    for row in GOLD:
        if row["kind"] in ("document", "rights") or rnd.random() < 0.2:
            continue
        claim = dict(row) | {"text": row.get("quote"), "action": row.get("action") or row.get("quote"), "confidence": rnd.random()}
        claim["evidence"] = [{"start": row["start"], "end": row["end"], "quote": row["quote"]}] if row.get("start") is not None else []
        if rnd.random() < 0.3:
            claim["kind"] = rnd.choice(["event", "figure", "contact", "tenure", "statement"])
        for field in list(claim):
            if field not in ("file", "kind", "evidence") and rnd.random() < 0.1:
                claim[field] = None
        out += [claim] * (2 if rnd.random() < 0.1 else 1)
    return out


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_agrees_with_the_scorer(seed: int, tmp_path: Path) -> None:
    claims = spoiled(seed)
    file = tmp_path / "claims.jsonl"
    file.write_text("".join(json.dumps(c) + "\n" for c in claims), encoding="utf-8")
    scorer, gold = BENCHMARK / "score_claims.py", BENCHMARK / "gold.jsonl"
    command = [sys.executable, scorer, gold, file, "--documents", BENCHMARK / "documents", "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    texts = {p.name: p.read_text(encoding="utf-8") for p in (BENCHMARK / "documents").glob("*.txt")}
    ours = report.as_json(score(GOLD, claims, texts=texts))
    assert ours["spans"] == theirs["spans"]
    for kind, row in ours["rows"].items():
        assert row == {"core": 0, "strict": 0, "claimed": 0} | theirs["rows"][kind], kind


def test_the_gold_against_itself_has_no_misses_of_agreements() -> None:
    scores = score(GOLD, GOLD, ["agreement", "mission", "membership"])
    assert scores.all.f1() == 1.0
    assert scores.missed == scores.beyond == []


def test_gains_and_losses_against_an_earlier_run() -> None:
    missions = [g for g in GOLD if g["kind"] == "mission"]
    before = report.as_json(score(GOLD, missions[1:], ["mission"]))
    gains, losses = report.gains_and_losses(score(GOLD, missions[:-1], ["mission"]), before)
    assert [report.key(g) for g in gains] == [report.key(missions[0])]
    assert [report.key(g) for g in losses] in ([], [report.key(missions[-1])])


def test_reliability_and_separation() -> None:
    outcomes = [(0.9, True)] * 9 + [(0.9, False)] + [(0.2, True)] + [(0.2, False)] * 4
    table = calibration.reliability(outcomes, bins=3)
    assert [(b.claims, round(b.confidence, 2), round(b.right, 2)) for b in table] == [(5, 0.2, 0.2), (5, 0.9, 0.8), (5, 0.9, 1.0)]
    assert calibration.expected_error(table) == pytest.approx(0.2 / 3)
    found = calibration.auc(outcomes)
    assert found is not None
    assert found > 0.8
    assert calibration.auc([(0.5, True)]) is None
