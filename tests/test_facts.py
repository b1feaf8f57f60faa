"""Facts in a record: in step with documents and judgements, as of any day, and the same in whatever order documents came."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from dragoman import Record, RecordError, rooms
from dragoman.cli import app
from dragoman.evaluation import agreement, gold_claims
from dragoman.model.claims import Claim
from tests.resolve.made_relations import BRITEZ, LAGOS, RUIZ, SOTELO, contact, visit
from tests.store import places
from tests.store.places import Place, place, record_url  # noqa: F401 - fixtures

ROOT = Path(__file__).resolve().parent.parent
TALKS = {"mode": "talks", "date": "2031-03-04", "place": "Montevideo", "there": "URY"}
WIRE = contact("2031-03-04", RUIZ, SOTELO, document="doc:wire", words="Presidents Ruiz and Sotelo held talks", **TALKS)
OFFICE = contact("2031-03-05", RUIZ, SOTELO, document="doc:office", words="the Presidents' talks in Montevideo", **TALKS)
AHEAD = visit("2031-02-10", SOTELO, "URY", document="doc:ahead", date="2031-03", modality="planned", words="Sotelo will visit")
CALL = contact("2031-06-01", LAGOS, BRITEZ, document="doc:call", mode="call", date="2031-06-01", words="the ministers spoke by telephone")
DOCUMENTS: dict[str, list[Claim]] = {"wire": [WIRE], "office": [OFFICE], "ahead": [AHEAD], "call": [CALL]}


def put(record: Record, *names: str) -> None:
    for name in names:
        record.take_in(gold_claims.document(name, DOCUMENTS[name]), DOCUMENTS[name], name.encode(), name)


@pytest.fixture
def record(record_url: str) -> Iterator[Record]:  # noqa: F811
    with Record(record_url) as made:
        put(made, *DOCUMENTS)
        yield made


def every(record: Record) -> set[tuple[str, str, str]]:
    return {(kind, f.id, json.dumps(f.as_json(), default=str)) for kind in rooms.kinds() for f in record.facts(kind)}


def test_one_meeting_of_two_documents_is_one_fact_with_two_sources(record: Record) -> None:
    (talks,) = [f for f in record.meetings(states=["URY", "PRY"]) if f.mode == "talks"]
    assert set(talks.claims) == {WIRE.id, OFFICE.id}
    assert [row.document.file for row in record.evidence(talks.claims)] != []
    assert [f.id for f in record.supported_by(WIRE.id) if f.kind == "contact"] == [talks.id]
    assert record.fact(talks.id[:14]) == talks


def test_filters_look_at_the_fact_and_at_its_claims(record: Record) -> None:
    assert [f.mode for f in record.meetings(since="2031-05")] == ["call"]
    assert [f.mode for f in record.meetings(person="Lagos")] == ["call"]
    assert {f.mode for f in record.meetings(modality="planned")} == {"visit"}
    assert record.meetings(states=["URY", "FRA"]) == []
    with pytest.raises(ValueError, match="no kind of fact"):
        record.facts("rumour")


def test_as_known_on_a_day(record: Record) -> None:
    assert {f.mode for f in record.facts("contact", states=["URY"], known="2031-02-28")} == {"visit"}
    first = [f for f in record.facts("contact", states=["URY"], known="2031-03-04") if f.mode == "talks"]
    assert [f.claims for f in first] == [(WIRE.id,)]


def test_news_since_a_day(record: Record) -> None:
    found = {(n.what, n.fact.kind) for n in record.news("2031-05-01", states=["URY"])}
    assert ("new", "contact") in found
    assert not [n for n in record.news("2031-03-05") if n.fact.kind == "contact" and WIRE.id in n.fact.claims], "told before"
    assert record.news("2031-06-01") == []


@pytest.mark.parametrize("kind", places.KINDS)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(sorted(DOCUMENTS)), st.lists(st.booleans(), min_size=4, max_size=4))
def test_facts_are_the_same_in_whatever_order_documents_came(kind: str, order: list[str], ask: list[bool]) -> None:
    with tempfile.TemporaryDirectory() as folder, Record(places.new(kind, Path(folder) / "y.db")) as step, \
            Record(places.new(kind, Path(folder) / "z.db")) as whole:
        for name, now in zip(order, ask, strict=True):
            put(step, name)
            if now:
                step.resolve()
        put(whole, *sorted(DOCUMENTS))
        assert every(step) == every(whole)


def test_a_replaced_text_takes_its_claims_out_of_the_facts(record: Record) -> None:
    before = every(record)
    moved = [contact("2031-06-01", LAGOS, BRITEZ, document="doc:call2", mode="video", date="2031-06-02", words="spoke by video link")]
    record.take_in(gold_claims.document("call2", moved), moved, b"call2", "call")
    assert {f.mode for f in record.meetings(person="Lagos")} == {"video"}
    put(record, "call")
    assert every(record) == before, "the older text is back"


def test_judgements_are_followed_at_once_and_can_be_undone(record: Record) -> None:
    before = every(record)
    line = record.judge("different", WIRE.id, OFFICE.id, by="Ada", why="two rounds")
    assert len([f for f in record.meetings() if f.mode == "talks"]) == 2
    undone = record.undo(line.id, by="Ada")
    assert every(record) == before
    record.undo(undone.id, by="Ada")
    assert len([f for f in record.meetings() if f.mode == "talks"]) == 2, "the withdrawal was withdrawn"
    assert [j.verb for j in record.judgements()] == ["different"]
    assert [j.verb for j in record.judgements(withdrawn=True)] == ["different", "undo", "undo"]


def test_rejected_and_corrected_claims(record: Record) -> None:
    record.judge("reject", CALL.id, by="Ada", why="misread")
    assert record.meetings(person="Lagos") == []
    record.judge("correct", WIRE.id, by="Ada", value={"place": {"name": "Salto", "state": "URY"}})
    (talks,) = [f for f in record.meetings() if f.mode == "talks"]
    assert WIRE.id in talks.claims, "a corrected claim keeps its id"
    assert "Salto" in json.dumps(talks.as_json(), default=str)
    assert record.claim(WIRE.id).claim.place.name == "Montevideo", "what the document says stays untouched"  # type: ignore[attr-defined]


@pytest.mark.parametrize(("verb", "subjects", "value"), [("same", [WIRE.id], None), ("reject", [], None), ("correct", [WIRE.id], None),
                                                         ("guess", [WIRE.id], None), ("reject", [WIRE.id], {"date": "2031"})])
def test_a_judgement_that_does_not_fit_is_refused(record: Record, verb: str, subjects: list[str], value: dict[str, str] | None) -> None:
    with pytest.raises(ValueError, match=r"judgement needs|needs two|no verb|`correct` needs"):
        record.judge(verb, *subjects, by="Ada", value=value)
    with pytest.raises(RecordError):
        record.judge("reject", "claim:0000", by="Ada")


def test_judgements_go_to_another_record_without_private_ones(record: Record, place: Place) -> None:  # noqa: F811
    record.judge("different", WIRE.id, OFFICE.id, by="Ada")
    record.judge("note", WIRE.id, by="Ada", why="ask the desk", private=True)
    lines = list(record.export_judgements())
    assert len(lines) == 1
    with Record(place("other.db")) as other:
        put(other, *DOCUMENTS)
        assert other.import_judgements(lines) == 1
        assert other.import_judgements(lines) == 0
        assert len([f for f in other.meetings() if f.mode == "talks"]) == 2
        with pytest.raises(RecordError, match="Line 1"):
            other.import_judgements(["not json"])


def test_two_analysts_are_compared(record: Record) -> None:
    record.judge("same", WIRE.id, OFFICE.id, by="Ada")
    record.judge("same", OFFICE.id, WIRE.id, by="Ben")
    record.judge("reject", CALL.id, by="Ada")
    record.judge("accept", CALL.id, by="Ben")
    value, matters = record.agreement("Ada", "Ben")
    assert matters == 2
    assert value is not None
    assert value < 1
    assert agreement.alpha([("a", "a"), ("a", "a")]) is None, "where all say one thing chance cannot be told from agreement"


def test_the_commands(record_url: str) -> None:  # noqa: F811
    path = record_url
    with Record(path) as record:
        put(record, *DOCUMENTS)
    run = CliRunner()
    assert "Elba Ruiz" in run.invoke(app, ["--record", path, "facts", "contact", "-s", "URY"]).stdout
    for command in (["facts", "contact"], ["conflicts"], ["entities"], ["flow", "URY", "PRY"], ["changes", "--since", "2031-05-01"],
                    ["judgements"], ["facts", "contact", "-s", "URY", "--known", "2031-03-04"]):
        told = run.invoke(app, ["--record", path, *command, "--json"])
        assert told.exit_code == 0, told.output
        json.loads(told.stdout)
        assert run.invoke(app, ["--record", path, *command]).exit_code == 0
    with Record(path) as record:
        (talks,) = [f for f in record.meetings() if f.mode == "talks"]
    shown = run.invoke(app, ["--record", path, "explain", talks.id.removeprefix("fact:")[:8]])
    assert "Presidents Ruiz and Sotelo held talks" in shown.stdout
    judged = run.invoke(app, ["--record", path, "judge", "different", WIRE.id, OFFICE.id, "--by", "Ada", "--why", "two rounds", "--json"])
    (line,) = json.loads(judged.stdout)
    assert run.invoke(app, ["--record", path, "judge", "undo", line["id"], "--by", "Ada"]).exit_code == 0
    assert run.invoke(app, ["--record", path, "facts", "rumour"]).exit_code == 2
    assert run.invoke(app, ["--record", path, "judge", "guess", WIRE.id]).exit_code == 2


GOLD = ROOT / "benchmark/record_gold.json"


def measured(*arguments: str) -> dict[str, dict[str, float]]:
    told = CliRunner().invoke(app, [*arguments, "--json"])
    found: dict[str, dict[str, float]] = json.loads(told.stdout)
    return found


def test_the_gold_record_with_gold_claims() -> None:
    found = measured("evaluate-record", str(GOLD), "--claims", str(ROOT / "benchmark/gold.jsonl"))
    assert found["same_contacts"]["f1"] >= 0.95
    assert (found["conflicts"]["recall"], found["conflicts"]["false"]) >= (0.88, 0)
    assert found["conflicts"]["false"] == 0
    assert found["commitments"]["accuracy"] >= 0.95
    assert found["offices"]["accuracy"] >= 0.89
    assert found["questions"]["accuracy"] >= 0.87


def test_the_gold_record_with_the_readers_own_claims(record_url: str) -> None:  # noqa: F811
    files = [ROOT / "benchmark/documents" / f for c in json.loads(GOLD.read_text(encoding="utf-8"))["clusters"] for f in c["files"]]
    with Record(record_url) as record:
        record.read(*files)
    found = measured("--record", record_url, "evaluate-record", str(GOLD))
    assert found["same_contacts"]["f1"] >= 0.80
    assert found["conflicts"]["recall"] >= 0.7
    assert found["conflicts"]["false"] <= 1
    assert found["commitments"]["accuracy"] >= 0.70
    assert found["offices"]["accuracy"] >= 0.85
    assert found["questions"]["accuracy"] >= 0.75
