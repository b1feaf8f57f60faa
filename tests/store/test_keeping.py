"""A record verifies itself, is saved and brought back, and forgets what it must for good."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import Result
from sqlalchemy import text as sql
from sqlalchemy import update
from typer.testing import CliRunner

from dragoman import Record, RecordError, keeping, rooms
from dragoman.cli import app
from dragoman.model.problems import Problem
from dragoman.store import forgetting, schema, sqlite
from tests.store.places import Place, place, record_url  # noqa: F401 - fixtures
from tests.store.test_moving import asked, full

LETTER = ("Nicosia, 7 May 2024\n\nMEET Thea Lindqvist (SWE) and Omar Haddad (JOR) on 2024-05-06.\n\n"
          "SAID Thea Lindqvist (SWE): the minister says that the port matters to both of us.\n\n"
          "Her neighbour Ágnes Tordai-Weiss wrote to the office about it. Tordai-Weiss lives beside the quay.\n\n"
          "MEET Thea Lindqvist (SWE) and Ágnes Tordai-Weiss (HUN) on 2024-05-05.\n")


@pytest.fixture
def made(record_url: str, tmp_path: Path, fake_reader: ModuleType) -> str:  # noqa: F811
    full(record_url, tmp_path / "in")
    (tmp_path / "in/letter.txt").write_text(LETTER, encoding="utf-8")
    with Record(record_url) as record:
        record.read(tmp_path / "in")
    return record_url


def codes(url: str) -> set[str]:
    with Record(url) as record:
        found = record.check()
        assert all(isinstance(p, Problem) and p.at and p.remedy for p in found)
        return {p.code for p in found}


def test_a_sound_record_has_no_flaws(made: str) -> None:
    assert codes(made) == set()
    told = CliRunner().invoke(app, ["--record", made, "check"])
    assert (told.exit_code, "The record is sound: 11 documents" in told.stdout) == (0, True), told.output


DAMAGE: list[tuple[str, str]] = [
    ("UPDATE documents SET text = replace(text, 'Caldeira', 'Calderon')", "evidence-differs"),
    ("UPDATE documents SET text = text || 'x' WHERE superseded_by IS NULL", "text-differs"),
    ("UPDATE claims SET id = 'claim:00000000000000000000' WHERE n = 1", "claim-unreadable"),
    ("UPDATE claims SET json = '{}' WHERE n = 1", "claim-unreadable"),
    ("UPDATE documents SET claims = claims + 1 WHERE n = 2", "claims-missing"),
    ("DELETE FROM claims WHERE n = 2", "reference-broken"),
    ("UPDATE raw SET size = size + 1", "bytes-differ"),
    ("DELETE FROM facts WHERE n = (SELECT max(n) FROM facts)", "facts-differ"),
    ("UPDATE facts SET json = replace(json, '2024', '2023')", "facts-differ"),
    ("DELETE FROM blocks WHERE block = (SELECT min(block) FROM blocks)", "facts-differ"),
    ("INSERT INTO settings(name, value) VALUES ('moving', 'x')", "move-unfinished"),
]


@pytest.mark.parametrize(("damage", "code"), DAMAGE)
def test_damage_is_told(made: str, damage: str, code: str) -> None:
    with Record(made) as record, record._store.writes() as c:
        c.execute(sql(damage))
        if code in ("facts-differ", "reference-broken"):
            c.execute(sql("DELETE FROM stale_documents"))
    assert code in codes(made)
    told = CliRunner().invoke(app, ["--record", made, "check", "--json"])
    assert (told.exit_code, code in {p["code"] for p in json.loads(told.stdout)}) == (1, True)


def test_facts_are_mended(made: str) -> None:
    with Record(made) as record, record._store.writes() as c:
        c.execute(sql("DELETE FROM facts"))
    assert codes(made) == {"facts-differ"}
    assert CliRunner().invoke(app, ["--record", made, "check", "--mend"]).exit_code == 0
    assert codes(made) == set()


def test_a_damaged_file_is_told(tmp_path: Path, fake_reader: ModuleType) -> None:
    full(str(tmp_path / "x.db"), tmp_path / "in")
    data = bytearray((tmp_path / "x.db").read_bytes())
    for k in range(40, len(data) // 4096):
        data[k * 4096 : k * 4096 + 64] = b"\xff" * 64
    (tmp_path / "x.db").write_bytes(data)
    told = CliRunner().invoke(app, ["--record", str(tmp_path / "x.db"), "check"])
    assert told.exit_code == 1
    assert "damaged" in told.output


# ---------------------------------------------------------------- backups


def test_a_backup_brings_everything_back(made: str, place: Place, tmp_path: Path) -> None:  # noqa: F811
    before = asked(made)
    with Record(made) as record:
        record.backup(tmp_path / "saved.db")
        with pytest.raises(RecordError, match="there already"):
            record.backup(tmp_path / "saved.db")
        with pytest.raises(RecordError, match="no folder"):
            record.backup(tmp_path / "none/saved.db")
        record.judge("note", record.claims()[0].claim.id, by="Ada")
    assert sorted(p.name for p in tmp_path.iterdir() if "saved" in p.name) == ["saved.db"]
    keeping.restore(tmp_path / "saved.db", place("other.db"))
    assert asked(place("other.db")) == before
    with pytest.raises(RecordError, match=r"is a record at .*--replace"):
        keeping.restore(tmp_path / "saved.db", made)
    with Record(made) as reader:
        told = CliRunner().invoke(app, ["--record", made, "restore", str(tmp_path / "saved.db"), "--replace"])
        assert told.exit_code == 0, told.output
        assert len(reader.judgements(withdrawn=True)) == 2, "who has it open sees what came back"
    assert asked(made) == before
    assert codes(made) == set()
    (tmp_path / "letter.db").write_text("Dear Minister, " * 300, encoding="utf-8")
    with pytest.raises(RecordError, match=r"no backup|cannot be opened"):
        keeping.restore(tmp_path / "letter.db", made, replace=True)
    assert asked(made) == before


def test_a_backup_is_one_state_while_somebody_writes(made: str, tmp_path: Path) -> None:
    with Record(made) as record, Record(made) as other:
        other.backup(tmp_path / "saved.db", lambda step: record.judge("note", record.claims()[0].claim.id, by="Ada"))
    assert codes(str(tmp_path / "saved.db")) == set()


# ---------------------------------------------------------------- what is taken out


def everything(url: str, path: Path) -> bytes:
    """All that a record keeps, as bytes: of a file the file itself."""
    with Record(url) as record:
        if record._store.is_file:
            return b"".join(f.read_bytes() for f in path.parent.glob(path.name + "*"))
        with record._store.reads() as c:
            names = [t.name for t in schema.metadata.sorted_tables]
            return b"".join(repr(row).encode() for name in names for row in c.execute(sql(f'SELECT * FROM "{name}"')))


def test_a_document_is_forgotten(made: str, tmp_path: Path) -> None:
    with Record(made) as record:
        claims = {r.claim.id for r in record.claims(document="letter.txt")}
        record.judge("correct", sorted(claims)[0], by="Ada", why="Lindqvist said so", value={"date": "2024"})
        stone = record.forget("letter.txt", by="Ben Okri", why="asked by the writer")
        assert (stone.kind, stone.by, stone.texts, stone.claims) == ("document", "Ben Okri", 1, 3)
        assert record.tombstones() == [stone]
        record.export("claims", "replication", tmp_path / "package.zip")
        with zipfile.ZipFile(tmp_path / "package.zip") as package:
            words = {name: package.read(name).decode() for name in package.namelist()}
        assert stone.id in words["data/tombstones.jsonl"]
        assert not any("Lindqvist" in text for text in words.values())
        assert [d.file for d in record.documents() if d.file == "letter.txt"] == []
        assert not record.search("quay") and not record.search("Lindqvist")
        assert not claims & {r.claim.id for r in record.claims(superseded=True, copies=True)}
        assert "Lindqvist" not in json.dumps([[f.as_json() for f in record.facts(k)] for k in rooms.kinds()], default=str)
        summary = record.read(tmp_path / "in")
        problem, = [p for p in summary.problems if p.code == "forgotten"]
        assert stone.id in problem.message and "Ben Okri" in problem.message and problem.at.endswith("letter.txt")
        shutil.copy(tmp_path / "in/letter.txt", tmp_path / "in/again.txt")
        assert {p.code for p in record.read(tmp_path / "in/again.txt").problems} == {"forgotten"}
    assert codes(made) == set()
    assert b"Lindqvist" not in everything(made, tmp_path / "x.db")


def test_traces_are_told_of_while_another_has_the_file_open(tmp_path: Path, fake_reader: ModuleType,
                                                            monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "WAIT_MS", 200)
    url = str(tmp_path / "x.db")
    full(url, tmp_path / "in")
    (tmp_path / "in/letter.txt").write_text(LETTER, encoding="utf-8")
    with Record(url) as record, Record(url) as other:
        record.read(tmp_path / "in")
        with other._store.reads() as c:
            c.execute(sql("SELECT count(*) FROM documents")).all()
            with pytest.raises(RecordError, match="It was taken out"):
                record.forget("letter.txt", by="Ben", why="asked for")
    assert CliRunner().invoke(app, ["--record", url, "check", "--mend"]).exit_code == 0
    assert b"Lindqvist" not in everything(url, tmp_path / "x.db")


def test_all_versions_go(made: str) -> None:
    with Record(made) as record:
        assert record.forget("1.txt", by="Ben", why="a mistake").texts == 2
        assert {d.file for d in record.documents()} == {*(f"{n}.txt" for n in range(2, 9)), "post", "letter.txt"}
    assert codes(made) == set()


def test_a_persons_mentions_are_forgotten(made: str, tmp_path: Path) -> None:
    with Record(made) as record:
        before = record.document("letter.txt")[1].text
        stone = record.forget("agnes tordai-weiss", by="Ben", why="a private person")
        assert (stone.kind, stone.texts, stone.claims) == ("person", 1, 1)
        text = record.document("letter.txt")[1].text
        assert len(text) == len(before) and "Tordai" not in text and "Weiss" not in text and "Thea Lindqvist" in text
        assert len(record.claims(document="letter.txt")) == 2
        assert not record.search("Tordai")
        with pytest.raises(RecordError, match="No document is called"):
            record.forget("agnes tordai-weiss", by="Ben", why="again")
        assert [p.code for p in record.read(tmp_path / "in").problems if p.code != "empty-file"] == ["forgotten"]
        with pytest.raises(RecordError, match="were taken out for good"):
            record.original("letter.txt")
    assert codes(made) == set()
    assert b"Tordai" not in everything(made, tmp_path / "x.db")


@pytest.mark.parametrize("what", ["letter.txt", "Ágnes Tordai-Weiss"])
def test_what_was_forgotten_stays_so_after_a_restore_and_a_move(made: str, place: Place, tmp_path: Path, what: str) -> None:  # noqa: F811
    with Record(made) as record:
        record.backup(tmp_path / "saved.db")
        record.forget(what, by="Ben", why="asked for")
    keeping.restore(tmp_path / "saved.db", made, replace=True)
    keeping.migrate(made, place("moved.db"))
    for url in (made, place("moved.db")):
        with Record(url) as record:
            assert len(record.tombstones()) == 1
            assert not record.search("Tordai")
            assert {p.code for p in record.read(tmp_path / "in/letter.txt").problems} == {"forgotten"}
        assert codes(url) == set()


def test_what_came_back_is_told(made: str) -> None:
    with Record(made) as record:
        record.forget("Ágnes Tordai-Weiss", by="Ben", why="asked for")
        with record._store.writes() as c:
            c.execute(update(schema.documents).values(text=sql("replace(text, '█', 'x')")))
    assert "forgotten-is-back" in codes(made)


@pytest.mark.parametrize(("text", "spans"), [
    ("Ana Rey spoke. Rey left; the reyes stayed, and ANA  REY too.", ["ANA  REY", "Ana Rey", "Rey"]), ("Rey alone.", []), ("", []),
])
def test_mentions(text: str, spans: list[str]) -> None:
    found = forgetting.mentions(text, "ana rey")
    assert sorted(text[s:e] for s, e in found) == spans
    assert len(forgetting.blacked_out(text, found)) == len(text)


def test_the_commands(made: str) -> None:
    def run(*words: str) -> Result:
        return CliRunner().invoke(app, ["--record", made, *words])

    told = run("forget", "letter.txt", "--by", "Ben", "--why", "asked for")
    assert "1 document taken out" in told.stdout, told.output
    assert "asked for" in run("tombstones").stdout
    assert run("forget", "nobody.txt", "--by", "Ben", "--why", "x").exit_code == 1
    assert run("forget", "2.txt", "--by", " ", "--why", "x").exit_code == 2
