"""The record's file: how it is made, opened, migrated, refused, and shared between processes."""

from __future__ import annotations

import hashlib
import re
import sqlite3
import subprocess
import sys
import threading
import time
import zlib
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, inspect

from dragoman import Record
from dragoman.model.claims import Figure, Link
from dragoman.model.documents import Evidence
from dragoman.model.stored import RecordError
from dragoman.store import codec, facts, migrate, reading, schema, sqlite
from dragoman.store.database import Prepared, insert_many, shown, writing
from dragoman.store.database import engine as opened
from tests.store.places import NO_SERVER, address, cluster, database, new, place, record_url, run_sql  # noqa: F401 - fixtures

VERSIONS = Path(migrate.FOLDER) / "versions"
TEXT = ("Accra, 3 May 2024\n\nMEET Kwame Boakye (GHA) and Lucia Caldeira (PRT) on 2024-05-0{n}.\n\n"
        "Both ministers will see each other again soon.\n")


def sql(path: Path, statement: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(path) as connection:
        return connection.execute(statement).fetchall()


def test_the_last_step_is_the_form_that_the_code_knows() -> None:
    steps = sorted(re.findall(r'^revision = "(\d+)"', f.read_text(encoding="utf-8"), re.MULTILINE)[0] for f in VERSIONS.glob("v*.py"))
    assert tuple(steps) == schema.KNOWN
    assert steps[-1] == schema.HEAD


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_steps_make_the_tables_that_the_code_uses(tmp_path: Path, kind: str) -> None:
    urls = [new(kind, tmp_path / f"{n}.db", bare=True) for n in range(2)]
    Record(urls[0]).close()
    engines = [opened(url, create=True) for url in urls]
    schema.metadata.create_all(engines[1])
    made, meant = (inspect(engine) for engine in engines)
    for table in schema.metadata.tables:
        columns = [[(c["name"], str(c["type"]).partition(" COLLATE")[0], c["nullable"]) for c in i.get_columns(table)
                    if c["name"] != "search"] for i in (made, meant)]
        assert columns[0] == columns[1], table
        assert made.get_pk_constraint(table)["constrained_columns"] == meant.get_pk_constraint(table)["constrained_columns"], table
        indexes = [sorted((tuple(x["column_names"]), x["unique"]) for x in i.get_indexes(table) if not str(x["name"]).endswith("_by_words"))
                   for i in (made, meant)]
        assert indexes[0] == indexes[1], table
        keys = [sorted((tuple(k["constrained_columns"]), k["referred_table"]) for k in i.get_foreign_keys(table)) for i in (made, meant)]
        assert keys[0] == keys[1], table
    for engine in engines:
        engine.dispose()


def test_a_new_file_has_its_form_and_its_settings(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    Record(path).close()
    assert sql(path, "SELECT version_num FROM alembic_version") == [(schema.HEAD,)]
    assert sql(path, "PRAGMA journal_mode") == [("wal",)]
    engine = sqlite.engine(path)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == sqlite.WAIT_MS
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() in (1, 2)


OLD = "Wheat and barley were counted by Ana Rey (PRY)."
OLD_ID = "doc:" + hashlib.sha256(OLD.encode()).hexdigest()[:16]
COUNTED = Figure(
    document=OLD_ID, evidence=(Evidence(0, 16, "Wheat and barley"),), asserted="2024", attribution=(Link("outlet", "unknown"),),
    extractor="old/1", rules=(), confidence=0.5, low=2.0, high=2.0, unit="t", indicator="harvest", parties=("PRY",), period="2023",
)
OLDER = [(kind, revision) for kind in ("sqlite", "postgresql") for revision in schema.KNOWN[:-1]]


@pytest.mark.parametrize(("kind", "revision"), OLDER)
def test_an_older_record_is_migrated_and_keeps_what_it_has(tmp_path: Path, kind: str, revision: str) -> None:
    url = new(kind, tmp_path / "x.db", bare=True)
    engine = opened(url, create=True)
    with writing(engine) as c:
        migrate.upgrade(c, revision)
        values = {"id": OLD_ID, "text": OLD, "outlet_kind": "other", "language": "en", "alternatives": "[]", "zones": "[]",
                  "metadata": "{}", "words": 3, "claims": 1, "state": "read", "reader": "1 x", "home": "k", "digest": "d"}
        c.execute(schema.documents.insert().values(**values))
        sha = hashlib.sha256(OLD.encode()).hexdigest()
        c.execute(schema.raw.insert().values(sha256=sha, size=len(OLD), data=zlib.compress(OLD.encode())))
        place = {"key": "k", "version": 1, "current": True, "document": 1, "file": "old.txt", "path": "old.txt", "sha256": sha,
                 "size": len(OLD), "media": "text/plain", "read_at": "2024-01-01T00:00:00Z", "metadata": "{}"}
        c.execute(schema.places.insert().values(**place))
        insert_many(c, "claims", ("n", "document", *codec.CLAIM), [(1, 1, *codec.claim_columns(COUNTED)[0])])
        if revision >= "0003":
            line = {"id": "judgement:1", "verb": "note", "subjects": f'["{COUNTED.id}"]', "by": "Ada", "at": "2024", "private": False}
            c.execute(schema.judgements.insert().values(**line))
    engine.dispose()
    with Record(url) as record:
        assert [hit.document.file for hit in record.search("barley")] == ["old.txt"] * 2
        assert [row.claim for row in record.claims()] == [COUNTED]
        assert len(record.judgements()) == (revision >= "0003")
        assert len(record.series()) == 1, "facts follow from old claims"
        assert not record.check()
        with record._store.reads() as c:
            assert migrate.version(c, "") == schema.HEAD


def test_a_failing_step_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.db"

    def breaks(connection: object, revision: str) -> None:
        upgrade(connection, "0001")  # type: ignore[arg-type]
        raise OSError("no space left")

    upgrade = migrate.upgrade
    monkeypatch.setattr(migrate, "upgrade", breaks)
    with pytest.raises(OSError, match="no space"):
        Record(path)
    assert sql(path, "SELECT name FROM sqlite_master") == []
    monkeypatch.undo()
    Record(path).close()


def test_a_newer_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    Record(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0999'")
    with pytest.raises(RecordError, match=r"newer dragoman.*0999"):
        Record(path)
    assert sql(path, "SELECT version_num FROM alembic_version") == [("0999",)]


def test_what_is_no_record_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Minister, " * 300, encoding="utf-8")
    with pytest.raises(RecordError, match="cannot be opened"):
        Record(tmp_path / "letter.txt")
    with sqlite3.connect(tmp_path / "other.db") as connection:
        connection.execute("CREATE TABLE documents (id)")
    with pytest.raises(RecordError, match="not a record"):
        Record(tmp_path / "other.db")
    with pytest.raises(RecordError, match="cannot be opened"):
        Record(tmp_path)


@pytest.mark.parametrize("asks", [
    "import dragoman; dragoman.Record('x.db').documents()",
    "import dragoman.cli; dragoman.cli.app(['--record', 'x.db', 'documents', '--json'], standalone_mode=False)",
])
def test_a_question_loads_only_what_it_needs(tmp_path: Path, asks: str) -> None:
    heavy = ("alembic", "sqlalchemy.orm", "dragoman.annotate", "dragoman.extract", "dragoman.documents", "spacy", "numpy", "pandas",
             "trafilatura")
    Record(tmp_path / "x.db").close()
    code = f"import sys; {asks}; print('loaded', [m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "loaded []" in done.stdout


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_many_processes_make_one_record(tmp_path: Path, kind: str) -> None:
    url = new(kind, tmp_path / "x.db", bare=True)
    code = f"import dragoman; dragoman.Record({url!r}).close()"
    started = [subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    assert [p.communicate(timeout=120)[1] for p in started] == [""] * 4
    with Record(url) as record, record._store.reads() as c:
        assert migrate.version(c, "") == schema.HEAD


def test_one_reads_while_another_writes(tmp_path: Path, record_url: str, fake_reader: ModuleType) -> None:  # noqa: F811
    (tmp_path / "a.txt").write_text(TEXT.format(n=1), encoding="utf-8")
    with Record(record_url) as writer, Record(record_url) as reader:
        writer.read(tmp_path / "a.txt")
        with writer._store.writes() as held:
            held.execute(schema.documents.update().values(title="in hand"))
            assert [d.title for d in reader.documents()] != ["in hand"]
            assert len(reader.contacts()) == 1


def test_a_question_sees_one_state_of_the_record(tmp_path: Path, record_url: str, fake_reader: ModuleType) -> None:  # noqa: F811
    (tmp_path / "a.txt").write_text(TEXT.format(n=1), encoding="utf-8")
    with Record(record_url) as writer, Record(record_url) as reader, reader._store.reads() as c:
        assert reading.count(c, schema.documents) == 0
        writer.read(tmp_path / "a.txt")
        assert (reading.count(c, schema.documents), len(writer.documents())) == (0, 1)


def test_a_second_writer_waits(tmp_path: Path, record_url: str, fake_reader: ModuleType) -> None:  # noqa: F811
    (tmp_path / "a.txt").write_text(TEXT.format(n=1), encoding="utf-8")
    with Record(record_url) as record, Record(record_url) as other:
        held, begun = threading.Event(), time.monotonic()

        def hold() -> None:
            with other._store.writes():
                held.set()
                time.sleep(0.4)

        thread = threading.Thread(target=hold)
        thread.start()
        held.wait(10)
        assert record.read(tmp_path / "a.txt").new == 1
        assert time.monotonic() - begun >= 0.35
        thread.join()


def test_who_waits_too_long_is_told_why(tmp_path: Path, record_url: str, fake_reader: ModuleType) -> None:  # noqa: F811
    with Record(record_url) as record, Record(record_url) as other, other._store.writes():
        with record._store._engine.connect() as c:  # the pool gives this connection again
            c.exec_driver_sql("PRAGMA busy_timeout = 50" if c.dialect.name == "sqlite" else "SET SESSION lock_timeout = 50")
            c.commit()
        with pytest.raises(RecordError, match="has been writing to it for a minute"), record._store.writes():
            pass


def test_two_processes_read_one_folder_into_one_record(tmp_path: Path, record_url: str) -> None:  # noqa: F811
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(1, 9):
        (folder / f"{n}.txt").write_text(TEXT.format(n=n), encoding="utf-8")
    code = (f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import fake_reader; fake_reader.install(setattr); "
            "fake_reader.pause = 0.01; import dragoman; assert not dragoman.Record(sys.argv[1]).read('in').failed")
    run = [sys.executable, "-c", code, record_url]
    started = [subprocess.Popen(run, cwd=tmp_path, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    assert [p.communicate(timeout=120)[1] for p in started] == [""] * 2
    with Record(record_url) as record:
        assert len(record.documents()) == 8
        assert len(record.contacts(copies=True)) == 8
        assert all(d.version == 1 for d in record.documents())
        with record._store.reads() as c:
            assert reading.count(c, schema.places) == 8


# ---------------------------------------------------------------- on a server


def test_what_is_no_record_on_a_server_is_refused() -> None:
    if cluster() is None:
        pytest.skip(NO_SERVER)
    url = database(bare=True)
    with pytest.raises(RecordError, match="There is no record in postgresql://dragoman@/record"):
        Record(url, create=False)
    with pytest.raises(RecordError, match=r"cannot be opened .*createdb"):
        Record(url.replace("/record", "/nothing"))
    with pytest.raises(RecordError, match="is no address"):
        Record("postgresql://name@host:port/x")
    with opened(url, create=True).begin() as c:
        c.exec_driver_sql("CREATE TABLE documents (id text)")
    with pytest.raises(RecordError, match="not a record"):
        Record(url)


def test_a_database_that_is_not_unicode_is_refused() -> None:
    if cluster() is None:
        pytest.skip(NO_SERVER)
    run_sql("CREATE DATABASE ascii ENCODING 'SQL_ASCII' TEMPLATE template0 LOCALE 'C' LOCALE_PROVIDER libc")
    with pytest.raises(RecordError, match="keeps texts as SQL_ASCII"):
        Record(address("ascii"))


def test_a_lost_connection_is_told_and_made_again() -> None:
    if cluster() is None:
        pytest.skip(NO_SERVER)
    with Record(database()) as record, Record(record.url) as other:
        with pytest.raises(RecordError, match="connection to the server was lost"), record._store.writes() as c:
            backend = c.exec_driver_sql("SELECT pg_backend_pid()").scalar()
            with other._store.reads() as there:
                there.exec_driver_sql(f"SELECT pg_terminate_backend({backend}, 5000)")
            facts.set_setting(c, "words", "x")
        with record._store.writes() as c:
            assert facts.setting(c, "words") is None


def test_a_password_is_not_shown() -> None:
    with pytest.raises(RecordError, match=r"postgresql://ada@127\.0\.0\.1:1/x cannot be opened") as found:
        Record("postgresql://ada:secret@127.0.0.1:1/x?connect_timeout=2")
    assert "secret" not in str(found.value)
    assert shown("postgresql://ada:s@cret@host/x?sslmode=require") == "postgresql://ada@host/x"


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30) | st.text(alphabet="\0\U0010ffff01a", max_size=8))
def test_every_text_comes_back_from_a_server(words: str) -> None:
    if cluster() is None:
        pytest.skip(NO_SERVER)
    with _held()._store.writes() as c:
        facts.set_setting(c, "words", words)
        assert facts.setting(c, "words") == words
        Prepared(delete(schema.settings)).run(c, {})
        insert_many(c, "settings", ("name", "value"), [("a", words), ("b", "\t\n\\.")])
        assert [facts.setting(c, name) for name in "ab"] == [words, "\t\n\\."]


@cache
def _held() -> Record:
    return Record(database())
