"""The short set of kills; `python -m tests.trust.kill --times 200` is the long one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.store import places
from tests.trust.kill import STAGES

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize(("kind", "times"), [("sqlite", 20), ("postgresql", 5)])
def test_a_kill_at_any_moment_loses_nothing(tmp_path: Path, kind: str, times: int) -> None:
    if kind == "postgresql" and places.programs() is None:
        pytest.skip(places.NO_SERVER)
    run = [sys.executable, "-m", "tests.trust.kill", "--times", str(times), "--record", kind, "--log", str(tmp_path / "kills.jsonl")]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)}, timeout=1800)
    assert done.returncode == 0, done.stdout + done.stderr
    rounds = [json.loads(line) for line in (tmp_path / "kills.jsonl").read_text(encoding="utf-8").splitlines()]
    killed = Counter(r["stage"] for r in rounds if r["killed"])
    assert killed == dict.fromkeys(STAGES, times // len(STAGES))
    assert all(0 <= r["at"] <= r["of"] for r in rounds)
    assert sum(r["told"] for r in rounds) > times
