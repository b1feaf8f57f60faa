"""What the reader reached stays reached: floors by kind, pinned with the benchmark's fingerprint (benchmarks/accuracy.py --pin)."""

from __future__ import annotations

import importlib.util
import json
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
FLOORS = json.loads((ROOT / "tests/floors.json").read_text(encoding="utf-8"))
TO_REACH = {"benchmark": 0.50, "seeds": 0.75}  # the seven kinds together, core F1


@cache
def accuracy() -> ModuleType:
    spec = importlib.util.spec_from_file_location("accuracy", ROOT / "benchmarks/accuracy.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def scores() -> dict[str, dict[str, Any]]:
    measured: dict[str, dict[str, Any]] = accuracy().measure()
    return measured


def test_the_floors_belong_to_this_benchmark() -> None:
    assert FLOORS["fingerprint"] == accuracy().fingerprint()


@pytest.mark.parametrize("corpus", ["benchmark", "holdout", "seeds"])
def test_no_kind_falls_under_its_floor(corpus: str) -> None:
    if corpus not in scores():
        pytest.skip("../shared is missing")
    rows = scores()[corpus]["rows"]
    fallen = {kind: (rows[kind]["core_f1"], floor) for kind, floor in FLOORS[corpus].items() if rows[kind]["core_f1"] < floor}
    assert not fallen
    assert rows["ALL"]["core_f1"] >= TO_REACH.get(corpus, 0.0)


@pytest.mark.parametrize("corpus", ["benchmark", "seeds"])
def test_every_span_of_evidence_is_the_text(corpus: str) -> None:
    if corpus not in scores():
        pytest.skip("../shared is missing")
    spans = scores()[corpus]["spans"]
    assert spans["checked"] > 0
    assert spans["wrong"] == 0
