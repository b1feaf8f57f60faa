"""Claims that people add: lines that hold them whole, kept through every new reading, gone when they are undone, checked like any other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dragoman import Record, RecordError
from dragoman.model import correcting
from dragoman.model.claims import KINDS
from tests.web import desk_made as made

START = made.GAZETTE.index("Vera Kolm met")
WORDS = "Vera Kolm met Ivo Brandt"
FIELDS: dict[str, Any] = {"mode": "call", "date": "2032-03-02", "participants": [
    {"mention": "Vera Kolm", "name": "Vera Kolm", "id": "person:vera-kolm", "state": "NOR"},
    {"mention": "Ivo Brandt", "name": "Ivo Brandt", "id": "person:ivo-brandt", "state": "SWE"}]}  # fmt: skip


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    made.make(tmp_path / "x.db")
    with Record(tmp_path / "x.db") as found:
        yield found


def add(record: Record, **fields: Any) -> str:
    """The id of a claim that is added."""
    line = record.add_claim("gazette.txt", "contact", START, START + len(WORDS), FIELDS | fields, by="Ada")
    return line.subjects[0]


def days(record: Record) -> set[str | None]:
    return {m.date for m in record.meetings(person="Kolm")}


def test_an_added_claim_is_a_claim_with_its_words(record: Record) -> None:
    claim = record.claim(add(record)).claim
    assert claim.evidence[0].quote == WORDS
    assert (claim.extractor, claim.confidence, claim.asserted, claim.rules) == ("by hand", 1.0, "2032-03-05", ("added by Ada",))
    assert [link.name for link in claim.attribution] == ["Harbour Gazette"]
    assert "2032-03-02" in days(record), "facts follow"
    assert [hit.claim.claim.id for hit in record.search(f'"{WORDS}"') if hit.claim and hit.claim.claim.id == claim.id]
    assert record.document("gazette.txt")[0].claims == 4


def test_reading_again_keeps_it_and_undoing_takes_it_away(record: Record) -> None:
    claim = add(record)
    text, claims = made.sources()["gazette"]
    record.take_in(text, claims, text.text.encode(), "gazette.txt")
    assert record.claim(claim).claim.id == claim
    (line,) = record.judgements()
    back = record.undo(line.id, by="Bo")
    assert not record.has_claim(claim) and "2032-03-02" not in days(record)
    assert len(record.judgements(withdrawn=True)) == 2, "no line is ever taken out"
    record.take_in(text, claims, text.text.encode(), "gazette.txt")
    assert not record.has_claim(claim)
    record.undo(back.id, by="Ada")
    assert record.has_claim(claim) and "2032-03-02" in days(record)


def test_another_record_follows_the_line(record: Record, tmp_path: Path) -> None:
    claim = add(record)
    made.make(tmp_path / "y.db")
    with Record(tmp_path / "y.db") as other:
        assert other.import_judgements(record.export_judgements()) == 1
        assert other.claim(claim).claim == record.claim(claim).claim
        assert days(other) == days(record)


def test_a_line_that_does_not_fit_the_text_gives_no_claim(record: Record, tmp_path: Path) -> None:
    claim = add(record)
    (line,) = (json.loads(text) for text in record.export_judgements())
    made.make(tmp_path / "y.db")
    with Record(tmp_path / "y.db") as other:
        wrong = line["value"] | {"evidence": [{"start": 0, "end": 5, "quote": "Forged"}]}
        for n, value in enumerate(
            (wrong, line["value"] | {"date": "Tuesday"}, line["value"] | {"document": "doc:elsewhere"}, {"kind": "rumour"})
        ):
            other.import_judgements([json.dumps(line | {"id": f"judgement:{n}", "value": value})])
        assert not other.has_claim(claim)
        assert len(other.judgements()) == 4
        assert days(other)


def test_what_does_not_fit_is_refused(record: Record) -> None:
    with pytest.raises(ValueError, match="mode"):
        add(record, mode="dance")
    with pytest.raises(ValueError, match="no date"):
        add(record, date="soon")
    with pytest.raises(ValueError, match="no field 'colour'"):
        add(record, colour="red")
    with pytest.raises(ValueError, match="follows from the document"):
        add(record, confidence=0.2)
    with pytest.raises(ValueError, match="lies outside"):
        record.add_claim("gazette.txt", "contact", 5, 10**6, FIELDS, by="Ada")
    with pytest.raises(ValueError, match="name of who judges"):
        record.add_claim("gazette.txt", "contact", START, START + 5, FIELDS, by=" ")
    with pytest.raises(RecordError, match="no document"):
        record.add_claim("nothing.txt", "contact", 0, 5, FIELDS, by="Ada")
    add(record)
    with pytest.raises(RecordError, match="already"):
        add(record)
    assert len(record.judgements()) == 1


def test_a_correction_is_checked_before_it_is_kept(record: Record) -> None:
    claim = record.claims("contact")[0].claim.id
    for value in ({"date": "Tuesday"}, {"mode": "dance"}, {"participants": "Vera"}, {"confidence": 1.0}, {"document": "doc:x"}, {"x": 1}):
        with pytest.raises(ValueError):
            record.judge("correct", claim, by="Ada", value=value)
    assert record.judgements() == []
    line = {"id": "judgement:1", "verb": "correct", "subjects": [claim], "by": "Eve", "at": "2032-01-01T00:00:00Z"}
    record.import_judgements([json.dumps(line | {"value": {"participants": 7}})])
    assert days(record), "another's line that does not fit changes nothing and breaks nothing"


def test_names_in_judgements_count_however_they_are_spelled(record: Record) -> None:
    line = record.judge("different", "name:NOR:Véra KOLM", "name:SWE:Ivo Brandt", by="Ada")
    assert line.subjects == ("name:NOR:vera kolm", "name:SWE:ivo brandt")


def test_every_claim_of_the_reader_is_within_the_contract(record: Record) -> None:
    for row in record.claims(superseded=True, copies=True):
        assert correcting.checked(row.claim.as_json("")).id == row.claim.id
    assert {kind for kind, _ in correcting.CHOICES} <= set(KINDS)
