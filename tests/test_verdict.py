"""A sentence against the record: what is supported, what is contradicted and by which arithmetic."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman import Record
from dragoman.cli import app

NOTE = "LIMA, 4 May 2031 (ANP) - Trade between Peru and Morocco reached 400 million dollars in 2030, the Ministry of Trade said.\n"
OTHER = "RABAT, 9 May 2031 (MWA) - Trade between Morocco and Peru came to 430 million dollars in 2030, the customs administration said.\n"


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    folder = tmp_path_factory.mktemp("said")
    (folder / "note.txt").write_text(NOTE, encoding="utf-8")
    with Record(folder / "x.db") as made:
        made.read(folder / "note.txt")
        yield made


def found(record: Record, sentence: str, *states: str) -> list[str]:
    return [v.found for v in record.check_claim(sentence, states=states, on="2031-06-01") if v.claim.kind == "figure"]


def test_the_same_number_is_supported_and_another_contradicted(record: Record) -> None:
    assert found(record, "Trade between Peru and Morocco reached 400 million dollars in 2030.") == ["supported"]
    assert found(record, "Trade between Peru and Morocco reached 900 million dollars in 2030.") == ["contradicted"]


def test_near_misses_find_nothing(record: Record) -> None:
    assert found(record, "Trade between Peru and Morocco reached 400 million dollars in 2029.") == ["nothing found"]
    assert found(record, "Trade between Peru and Chile reached 400 million dollars in 2030.") == ["nothing found"]
    assert found(record, "The weather was fine.") == []


def test_whose_trade_is_found_or_asked(record: Record) -> None:
    assert found(record, "trade reached $400 million in 2030") == ["supported"]
    assert found(record, "trade reached $400 million in 2030", "PER", "MAR") == ["supported"]
    assert found(record, "trade reached $400 million in 2030", "PER", "CHL") == ["nothing found"]


def test_the_record_is_not_changed_by_a_question(record: Record) -> None:
    before = len(record.claims())
    record.check_claim("Trade between Peru and Morocco reached 900 million dollars in 2030.")
    assert len(record.claims()) == before
    assert record.conflicts() == []


def test_sources_that_differ_make_it_disputed(tmp_path: Path) -> None:
    for name, text in (("note", NOTE), ("other", OTHER)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    with Record(tmp_path / "x.db") as record:
        record.read(tmp_path / "note.txt", tmp_path / "other.txt")
        assert found(record, "Trade between Peru and Morocco reached 430 million dollars in 2030.") == ["disputed"]
    run = CliRunner().invoke(app, ["--record", str(tmp_path / "x.db"), "check-claim", "trade reached $430 million in 2030",
                                      "--on", "2031-06-01"])
    assert run.exit_code == 0
    assert "30 million" in run.stdout, "the difference"
    assert CliRunner().invoke(app, ["--record", str(tmp_path / "x.db"), "check-claim", "The weather was fine."]).exit_code == 1
