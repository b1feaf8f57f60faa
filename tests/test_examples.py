"""examples/ read end to end, by the commands that `make demo` and the README name."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dragoman.model.claims import KINDS

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"

Shell = Callable[..., str]


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """Runs the command on one record, into which examples/ was read."""
    env = os.environ | {"DRAGOMAN_RECORD": str(tmp_path_factory.mktemp("examples") / "demo.db"), "NO_COLOR": "1", "COLUMNS": "200"}

    def run(*args: str, code: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "dragoman.cli", *args], cwd=ROOT, env=env, capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout

    run("read", "examples")
    return run


@pytest.fixture(scope="module")
def claims(shell: Shell) -> list[dict[str, Any]]:
    return [json.loads(line) for line in shell("export", "claims", "--format", "jsonl").splitlines()]


@pytest.fixture(scope="module")
def documents(shell: Shell) -> dict[str, dict[str, Any]]:
    rows = json.loads(shell("documents", "--json"))
    return {row["file"]: row for row in (rows["documents"] if isinstance(rows, dict) else rows)}


def of(claims: list[dict[str, Any]], kind: str, file: str = "", **fields: Any) -> list[dict[str, Any]]:
    return [c for c in claims if c["kind"] == kind and c["file"].startswith(file) and all(c[k] == v for k, v in fields.items())]


def test_the_readme_lists_every_example() -> None:
    listed = set(re.findall(r"^\| `([^`]+)` \|", (EXAMPLES / "README.md").read_text(encoding="utf-8"), re.MULTILINE))
    files = {f.relative_to(EXAMPLES).as_posix() for f in EXAMPLES.rglob("*") if f.is_file() and "__pycache__" not in f.parts}
    assert listed == files - {"README.md", "make.py"}


def test_every_document_is_in_the_record(documents: dict[str, dict[str, Any]]) -> None:
    for number in range(1, 16):
        if number != 8:
            assert any(f.startswith(f"{number:02}-") for f in documents), number
    assert {"kemlu-post-1", "kemlu-post-2", "kemlu-post-3", "coast-4471", "coast-4502"} <= set(documents)
    assert not {"README.md", "make.py"} & set(documents)


@pytest.mark.parametrize(
    ("file", "published", "by"),
    [
        ("01-", "2024-05-14", "dateline"),
        ("03-", "2024-05-14", "metadata"),
        ("04-", "2024-05-16", "metadata"),
        ("05-", "2024-02-06", "dateline"),
        ("06-", "2024-03-12", "dateline"),
        ("07-", "2024-09-04", "metadata"),
        ("12-", "2023-09-21", "metadata"),
        ("15-", "2024-08-22", "dateline"),
        ("kemlu-post-2", "2024-09-02", "metadata"),
    ],
)
def test_documents_have_their_dates(documents: dict[str, dict[str, Any]], file: str, published: str, by: str) -> None:
    row = next(r for f, r in documents.items() if f.startswith(file))
    assert (row["published"], row["published_by"]) == (published, by)


def test_a_document_in_czech_is_kept_and_not_read(documents: dict[str, dict[str, Any]], claims: list[dict[str, Any]]) -> None:
    assert documents["10-czech-language-report.txt"]["language"].startswith("cs")
    assert not [c for c in claims if c["file"].startswith("10-")]


def test_the_same_text_is_one_document_with_two_places(claims: list[dict[str, Any]]) -> None:
    wire = [c for c in claims if "02-agency-wire.txt" in (c["file"], *c.get("files", []))]
    assert wire
    assert all(set(c["files"]) == {"02-agency-wire.txt", "wire-as-received.txt"} for c in wire)


def test_nothing_is_read_from_menus_related_articles_and_footnotes(claims: list[dict[str, Any]]) -> None:
    words = " ".join(e["quote"] for c in claims for e in c["evidence"])
    for stranger in ("Slovakia", "Hungarian minister", "visa affair", "187,000", "Subscribe", "All rights reserved"):
        assert stranger not in words


def test_the_office_that_changes_hands_has_both_holders(claims: list[dict[str, Any]]) -> None:
    new = of(claims, "tenure", "07-", change="appointed")
    assert any("Sultanbekova" in c["person"]["name"] and c["position"] == "minister of foreign affairs" for c in new)
    assert any("Dosan" in c["person"]["name"] for c in of(claims, "tenure") if c["position"] == "minister of foreign affairs")


def test_figures_of_two_claimants_stand_side_by_side(claims: list[dict[str, Any]]) -> None:
    turnover = {c["low"] for c in of(claims, "figure", indicator="trade_turnover", period="2023") if {"CZE", "KAZ"} == set(c["parties"])}
    assert {1_486_200_000, 2_900_000_000} <= turnover


def test_the_visit_is_there(claims: list[dict[str, Any]]) -> None:
    visits = of(claims, "contact", mode="visit", host="KAZ")
    assert any("Vašatý" in (p["name"] or "") for c in visits for p in c["participants"])


def test_every_kind_is_found(claims: list[dict[str, Any]]) -> None:
    assert {c["kind"] for c in claims} == set(KINDS)


def test_reading_again_changes_nothing(shell: Shell, claims: list[dict[str, Any]]) -> None:
    shell("read", "examples")
    assert [json.loads(line) for line in shell("export", "claims", "--format", "jsonl").splitlines()] == claims


def test_the_briefing_cites_every_line(shell: Shell) -> None:
    shown = shell("brief", "CZE", "KAZ")
    for name in ("Vašatý", "Bekzhanov", "Sultanbekova"):
        assert name in shown
    assert "1.49" in shown or "1,486" in shown or "1486" in shown


def test_the_briefing_of_the_readme_is_what_is_printed(shell: Shell) -> None:
    shown = {line.rstrip() for line in shell("brief", "CZE", "KAZ").splitlines()}
    block = re.search(
        r"^```text\n\$ dragoman brief CZE KAZ\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    assert block
    assert [line for line in block[1].splitlines() if line.strip() and line.rstrip() not in shown] == []


def test_what_the_demo_names_next_works(shell: Shell, claims: list[dict[str, Any]]) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for line in re.findall(r'@echo "  \$\(RUN\)/dragoman (.+?)  +', makefile):
        if "PATH" not in line and not line.startswith("serve"):  # the desk stays open; tests/web opens it
            assert shell(*line.replace("CLAIM", claims[0]["id"]).split()).strip(), line


def test_the_python_of_the_readme_runs(tmp_path: Path) -> None:
    code = re.findall(r"^```python\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert code
    script = tmp_path / "readme.py"
    script.write_text(code[0], encoding="utf-8")
    (tmp_path / "examples").symlink_to(EXAMPLES)
    done = subprocess.run([sys.executable, str(script)], cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
