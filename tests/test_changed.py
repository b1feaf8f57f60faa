"""A copy of the benchmark with other names, dates and amounts is sound, and the figures on it are those on the benchmark."""

from __future__ import annotations

import datetime as dt
import importlib.util
import json
import re
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
BENCHMARK = ROOT / "benchmark"
RECORD = ["01_uzb_kor_state_visit", "02_sen_tur_call_readout", "04_arg_chl_tunnel_wire", "05_arg_chl_joint_statement", "08_sen_tur_feature",
          "09_uzb_kor_trade_note", "13_uzb_kor_commission_protocol", "14_sen_tur_business_forum", "15_arg_chl_tunnel_progress"]
MORE = ["10_mex_can_ambassador_biography", "20_caricom_summit_declaration", "23_irl_eth_taoiseach", "31_nor_isl_state_banquet",
        "41_kaz_chn_customs_table", "46_geo_aze_corridor_report", "54_chn_rus_trade_brief", "62_arm_aze_geo_exchange"]
FILES = [f"{name}.txt" for name in RECORD + MORE]


@cache
def measuring() -> ModuleType:
    spec = importlib.util.spec_from_file_location("changed", ROOT / "benchmarks/changed.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def copy(seed: int = 1) -> dict[str, str]:
    files: dict[str, str] = measuring().copier().changed(measuring().PARTS, seed)
    return files


@cache
def gold(changed: bool) -> list[dict[str, object]]:
    text = copy()["gold.jsonl"] if changed else (BENCHMARK / "gold.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_the_same_seed_gives_the_same_copy_and_another_one_another() -> None:
    assert measuring().copier().changed(measuring().PARTS, 1) == copy()
    assert copy(2) != copy()


def test_every_quote_of_the_copy_is_its_text() -> None:
    for row in gold(True):
        if row.get("start") is not None:
            assert copy()[f"documents/{row['file']}"][row["start"] : row["end"]] == row["quote"]
    record = json.loads(copy()["record_gold.json"])
    mentions = [m for c in record["clusters"] for p in c["commitments"] for m in (p["made"], *p["follow_ups"])]
    assert mentions
    for m in mentions:
        assert copy()[f"documents/{m['file']}"][m["start"] : m["end"]] == m["quote"]


def test_no_office_holder_keeps_the_name() -> None:
    named = {(r["file"], str(r["person"])) for r in gold(False) if r["kind"] == "tenure" and " " in str(r["person"])}
    kept = [(file, name) for file, name in named if name in copy()[f"documents/{file}"]]
    assert not kept
    held = [(a["person"], b["person"]) for a, b in zip(gold(False), gold(True), strict=True) if a["kind"] == "tenure"]
    assert all(a != b for a, b in held)


def test_dates_move_by_whole_weeks_and_amounts_by_one_factor() -> None:
    for a, b in zip(gold(False), gold(True), strict=True):
        if a["kind"] == "document" and re.fullmatch(r"\d{4}-\d\d-\d\d", str(a["published"])):
            days = (dt.date.fromisoformat(str(b["published"])) - dt.date.fromisoformat(str(a["published"]))).days
            assert days and days % 7 == 0
    pairs = [(a, b) for a, b in zip(gold(False), gold(True), strict=True) if a["kind"] == "figure" and a.get("low")]
    money = [(a, b) for a, b in pairs if re.fullmatch("[A-Z]{3}", str(a["unit"])) and a.get("measure") != "share"]
    moved = [(a, b) for a, b in money if round(b["low"] / a["low"], 6) in (2.0, 3.0)]  # type: ignore[operator]
    assert len(moved) > 0.95 * len(money)
    assert all(a["low"] == b["low"] for a, b in pairs if a["unit"] == "%")


def test_questions_are_asked_with_the_new_dates() -> None:
    before = json.loads((BENCHMARK / "questions.json").read_text(encoding="utf-8"))
    record = json.loads(copy()["record_gold.json"])
    asked = [q for c in record["clusters"] for q in c["questions"]]
    assert len(asked) == len(before) and all(q["command"] for q in asked)
    old, new = ({word for c in commands for word in c if word.isdigit() and len(word) == 4}
                for commands in (before.values(), [q["command"] for q in asked]))
    assert old and new and old != new


@pytest.mark.parametrize("figure", ["evaluate", "evaluate-record"])
def test_no_figure_moves_by_more_than_a_twentieth(figure: str) -> None:
    change = {n: by for n, by in moves().items() if (":" in n) == (figure == "evaluate-record")}
    assert change
    assert not {n: by for n, by in change.items() if abs(by) > measuring().MOST}


@cache
def moves() -> dict[str, float]:
    """How far the figures on some documents move: those of the gold record, and eight of other styles."""
    import tempfile

    found = []
    for parts in ((), measuring().PARTS):
        with tempfile.TemporaryDirectory() as place:
            measuring().copier().write(Path(place), measuring().copier().changed(parts, 1, files=FILES))
            found.append(measuring().figures(Path(place), kinds=False))
    moved: dict[str, float] = measuring().moved(*found)
    return moved
