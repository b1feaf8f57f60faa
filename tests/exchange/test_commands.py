"""`dragoman export` and `dragoman import` as somebody types them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from dragoman import Record
from dragoman.cli import app


def run(record: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["--record", str(record), *words])


@pytest.fixture(scope="module")
def path(eventful_record: Record) -> Path:
    return eventful_record.path


def test_lines_go_to_standard_output_and_words_about_them_do_not(path: Path) -> None:
    done = run(path, "export", "claims", "--format", "jsonl")
    assert done.exit_code == 0 and done.stderr == "" and all(json.loads(line)["schema"] == 1 for line in done.stdout.splitlines())
    done = run(path, "export", "events", "-f", "polecat")
    assert done.exit_code == 0 and done.stdout.startswith("Event ID\t")
    assert "Left out: 2 events that are possible, denied or only planned." in done.stderr and "has no place for" in done.stderr


def test_a_file_and_its_summary(path: Path, tmp_path: Path) -> None:
    done = run(path, "export", "contacts", "--format", "xlsx", "--to", str(tmp_path / "c.xlsx"))
    assert done.exit_code == 0 and "bytes written to" in done.stderr and done.stdout == ""
    done = run(path, "export", "facts", "--kind", "office", "--state", "Kazakhstan", "--to", str(tmp_path / "o.jsonl"), "--json")
    told = json.loads(done.stdout)
    assert told["lines"] == len((tmp_path / "o.jsonl").read_text(encoding="utf-8").splitlines()) >= 1
    assert [p.name for p in tmp_path.iterdir() if p.suffix == ".part"] == []


@pytest.mark.parametrize(("words", "said"), [
    (["claims", "--format", "xlsx"], "say where it goes"), (["feelings"], "no 'feelings' to export"),
    (["claims", "-f", "docx"], "no format"),
    (["tenures", "-f", "gdelt"], "no place for tenures in gdelt"), (["claims", "-k", "mood"], "no kind 'mood'"),
    (["claims", "--state", "Ruritania"], "No state is known"), (["claims", "--since", "yesterday"], "not a date"),
])
def test_what_is_not_understood_ends_with_two(path: Path, words: list[str], said: str) -> None:
    done = run(path, "export", *words)
    assert done.exit_code == 2 and said in done.stderr and "Traceback" not in done.output


def test_what_is_not_there_ends_with_one(path: Path, tmp_path: Path) -> None:
    done = run(path, "export", "claims", "--document", "none.txt")
    assert done.exit_code == 1 and "There is no document" in done.stderr
    done = run(path, "export", "claims", "--to", str(tmp_path / "no/such/folder.csv"))
    assert done.exit_code == 1 and "cannot be written" in done.stderr


def test_import_says_what_came_in_and_which_rows_did_not(tmp_path: Path) -> None:
    table = "REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE\nKZ,TXG_FOB_USD,2022,5\nKZ,TXG_FOB_USD,2023,x\nQQ,TXG_FOB_USD,2023,6\n"
    file = tmp_path / "sdmx.csv"
    file.write_text(table, encoding="utf-8")
    done = run(tmp_path / "r.db", "import", str(file), "--name", "Statistics of K.", "--published", "2024")
    assert done.exit_code == 1 and "1 claims from Statistics of K." in done.stdout
    assert "sdmx.csv:3: 'x' is not a number. [bad-value]" in done.stderr and "'QQ' is no state that is known here." in done.stderr
    file.write_text(table[: table.index("KZ,TXG_FOB_USD,2023")], encoding="utf-8")
    done = run(tmp_path / "r.db", "import", str(file), "--json")
    told: dict[str, Any] = json.loads(done.stdout)
    assert done.exit_code == 0 and told["claims"] == 1 and told["problems"] == []
    assert run(tmp_path / "r.db", "import", str(tmp_path / "none.csv")).exit_code == 1
