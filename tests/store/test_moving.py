"""Between a file and a server a record moves whole."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

import pytest
from typer.testing import CliRunner

from dragoman import Record, RecordError, keeping, rooms
from dragoman.cli import app
from dragoman.store import facts, moving
from tests.store import places
from tests.store.test_file import TEXT

WAYS = [("sqlite", "postgresql"), ("postgresql", "sqlite"), ("sqlite", "sqlite")]


def full(url: str, folder: Path) -> None:
    """A record with versions, copies, a null character, problems, judgements and facts."""
    folder.mkdir()
    for n in range(1, 9):
        (folder / f"{n}.txt").write_text(TEXT.format(n=n), encoding="utf-8")
    row = {"id": "post", "language": "en", "text": TEXT.format(n=9) + "A line with ü in it.\n"}
    (folder / "posts.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    with Record(url) as record:
        record.read(folder)
        (folder / "1.txt").write_text(TEXT.format(n=1).replace("again", "once more"), encoding="utf-8")
        record.read(folder)
        first, second = record.claims()[:2]
        record.judge("reject", first.claim.id, by="Ada", why="misread\0, or \U0010ffff")
        record.judge("note", second.claim.id, by="Ben", private=True)
        record.make_token("Ada")
        record.resolve()


def asked(url: str) -> list[object]:
    with Record(url) as record:
        return [record.documents(), record.claims(superseded=True, copies=True), list(record.export()), record.problems(),
                record.judgements(withdrawn=True), [[f.as_json() for f in record.facts(k)] for k in rooms.kinds()],
                [record.original(d.id) for d in record.documents()], [record.document(d.id) for d in record.documents()],
                record.changes("1.txt"), {h.document.id for h in record.search("ministers", limit=0)}]


@pytest.mark.parametrize(("one", "other"), WAYS)
def test_a_record_moves_whole(tmp_path: Path, fake_reader: ModuleType, one: str, other: str) -> None:
    source, target, back = places.new(one, tmp_path / "a.db"), places.new(other, tmp_path / "b.db"), places.new(one, tmp_path / "c.db")
    full(source, tmp_path / "in")
    moved = keeping.migrate(source, target)
    assert (moved.documents, moved.judgements, moved.rows > 50) == (10, 2, True)
    assert asked(target) == asked(source)
    assert keeping.migrate(source, target).rows == 0, "what is there is left alone"
    keeping.migrate(target, back)
    assert asked(back) == asked(source)
    with Record(target) as record:  # and goes on living there
        (tmp_path / "in/new.txt").write_text(TEXT.format(n=9), encoding="utf-8")
        assert record.read(tmp_path / "in").new == 1
        record.judge("note", record.claims()[0].claim.id, by="Ada")
    with pytest.raises(RecordError, match="holds another record already"):
        keeping.migrate(source, target)


@pytest.mark.parametrize(("one", "other"), WAYS)
def test_a_copy_that_was_stopped_goes_on(tmp_path: Path, fake_reader: ModuleType, monkeypatch: pytest.MonkeyPatch, one: str,
                                         other: str) -> None:
    source, target = places.new(one, tmp_path / "a.db"), places.new(other, tmp_path / "b.db")
    full(source, tmp_path / "in")
    monkeypatch.setattr(moving, "ROWS", 3)
    monkeypatch.setattr(moving, "TEXTS", 2)
    whole = keeping.migrate(source, places.new(other, tmp_path / "whole.db")).rows
    insert, left = moving._insert, 0

    def breaks(*arguments: object) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise KeyboardInterrupt
        insert(*arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(moving, "_insert", breaks)
        for left in (2, 5, 9):  # noqa: B007 - read by breaks
            with pytest.raises(KeyboardInterrupt):
                keeping.migrate(source, target)
    assert 0 < keeping.migrate(source, target).rows < whole
    assert asked(target) == asked(source)


def test_a_source_that_changed_is_copied_anew(tmp_path: Path, fake_reader: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    source, target = str(tmp_path / "a.db"), str(tmp_path / "b.db")
    full(source, tmp_path / "in")
    with Record(target) as record, record._store.writes() as c:
        facts.set_setting(c, moving.MARK, "of another state")
        facts.set_setting(c, "older", "1")
    keeping.migrate(source, target)
    assert asked(target) == asked(source)


def test_the_command(tmp_path: Path, fake_reader: ModuleType) -> None:
    source, target = str(tmp_path / "a.db"), places.new("postgresql", tmp_path / "b.db")
    full(source, tmp_path / "in")
    told = CliRunner().invoke(app, ["migrate", source, target, "--json"])
    assert json.loads(told.stdout)["documents"] == 10, told.output
    assert "is the same record" in CliRunner().invoke(app, ["migrate", source, target]).stdout
    assert CliRunner().invoke(app, ["migrate", str(tmp_path / "none.db"), target]).exit_code == 1
    with pytest.raises(RecordError, match="onto itself"):
        keeping.migrate(source, source)
