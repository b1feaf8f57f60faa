"""`who`, `offices` and `coverage` over a real record, in Python and in the shell."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from typer.testing import CliRunner

from dragoman import Record
from dragoman.cli import app

PADS = {  # texts that differ, so that none is taken for a copy of another
    "a.txt": "The two ministries had prepared the talks for some weeks, and both said afterwards that the work would go on in autumn.\n",
    "b.txt": "Fishing boats returned to the northern harbours on Monday after a strike that had lasted longer than anybody expected.\n",
    "c.txt": "A museum of textiles is to be opened beside the old market, with rooms for schools and a library on its upper floor.\n",
}


@pytest.fixture
def record(tmp_path: Path, fake_reader: ModuleType) -> Any:
    texts = {
        "a.txt": "Lima, 2 March 2022\n\nHOLDS Inés Zárate (PER) minister of trade since 2021.\n\nHOLDS Bruno Paz (PER) president.\n\n",
        "b.txt": "Lima, 9 May 2022\n\nHOLDS Inés Zárate (PER) minister of trade.\n\n",
        "c.txt": "Quito, 3 June 2023\n\nHOLDS Rosa Lema (PER) minister of trade.\n\n"
        "MEET Salma Tazi (MAR) and Rosa Lema (PER) on 2023-06-01.\n\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text + PADS[name], encoding="utf-8")
    with Record(tmp_path / "x.db") as made:
        assert not made.read(tmp_path).failed
        yield made


def test_who_answers_with_evidence(record: Record) -> None:
    found = record.who("minister of trade", "PER", dt.date(2022, 4, 1))
    assert (found.found, [h.fact.person.name for h in found.holders]) == ("held", ["Inés Zárate"])
    assert {row.document.file for row in found.evidence} >= {"a.txt", "b.txt"}
    assert found.coverage and (found.coverage.documents, found.coverage.first, found.coverage.last) == (3, "2022-03-02", "2023-06-03")
    assert json.dumps(found.as_json())


def test_who_says_what_is_known_around_a_day(record: Record) -> None:
    found = record.who("minister of trade", "PER", "2022-12-24")
    assert found.found == "open"
    assert [f.person.name for f in (*found.before, *found.after)] == ["Inés Zárate", "Rosa Lema"]
    assert record.who("minister of fisheries", "PER", "2022").found == "nothing"


def test_the_chains_of_a_state(record: Record) -> None:
    assert [c.position.name for c in record.offices("per")] == ["president", "minister of trade"]
    assert [o.person.name for o in record.offices("PER")[1].occupancies] == ["Inés Zárate", "Rosa Lema"]


def test_coverage_of_a_state_and_of_a_pair(record: Record) -> None:
    assert record.coverage("PER").gaps == ("2022-04", "2022-06/2023-05")
    assert record.coverage("PER", "MAR").documents == 1


@pytest.mark.parametrize(
    ("args", "code", "shown"),
    [
        (["who", "minister of trade", "Peru", "--on", "2022-04-01"], 0, ["Inés Zárate", "a.txt", "From 3 documents that involve Peru"]),
        (
            ["who", "minister of trade", "PER", "--on", "2022-12-24"],
            1,
            ["Nobody is known", "Known before", "Inés Zárate", "Known after", "Rosa Lema"],
        ),
        (["who", "minister of trade", "PER"], 0, ["Rosa Lema", "they do not say"]),
        (
            ["who", "minister of fisheries", "PER", "--on", "2022"],
            1,
            ["No document read tells of this office", "minister of trade", "From 3 documents"],
        ),
        (["who", "president", "FJI", "--on", "2022"], 1, ["no document that involves Fiji"]),
        (["who", "president", "PER", "--on", "soon"], 2, []),
        (["coverage", "PER"], 0, ["From 3 documents", "2022-03", "Months without a document: April 2022, June 2022 to May 2023"]),
        (["coverage", "PER", "MAR"], 0, ["1 document"]),
    ],
)
def test_the_commands(record: Record, args: list[str], code: int, shown: list[str]) -> None:
    done = CliRunner().invoke(app, ["--record", str(record.path), *args])
    assert done.exit_code == code, done.output
    for words in shown:
        assert words in done.output


def test_the_commands_print_json(record: Record) -> None:
    done = CliRunner().invoke(app, ["--record", str(record.path), "who", "minister of trade", "PER", "--on", "2022-03-02", "--json"])
    answer = json.loads(done.output)
    assert answer["found"] == "held" and answer["holders"][0]["how"] == "observed" and answer["evidence"][0]["evidence"][0]["quote"]
    done = CliRunner().invoke(app, ["--record", str(record.path), "coverage", "PER", "--json"])
    assert json.loads(done.output)["documents"] == 3
