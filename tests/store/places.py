"""Where records of tests are: files, and databases of a throwaway PostgreSQL server that is started once a session."""

from __future__ import annotations

import atexit
import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from functools import cache
from itertools import count
from pathlib import Path

import pytest

KINDS = ("sqlite", "postgresql")
NO_SERVER = "PostgreSQL's server or psycopg is not installed (apt-get install postgresql; pip install 'dragoman[postgres]')"
_names = count(1)
Place = Callable[[str], str]


def programs() -> Path | None:
    """The folder of the server's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@cache
def cluster() -> Path | None:
    """The folder of a server's socket; the server sorts by a language's rules, as many do. None where none can be started."""
    bin = programs()
    if bin is None or importlib.util.find_spec("psycopg") is None:
        return None
    root = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))  # the path of a socket must be short
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_user:
        shutil.chown(root, "postgres")

    def run(*command: str) -> None:
        subprocess.run([*as_user, *command], check=True, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)

    run(str(bin / "initdb"), "-D", str(root / "data"), "-U", "dragoman", "--auth=trust", "--no-sync", "--encoding=UTF8",
        "--locale-provider=icu", "--icu-locale=en-US")
    quick = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c shared_buffers=32MB -c autovacuum=off"
    run(str(bin / "pg_ctl"), "start", "-w", "-D", str(root / "data"), "-l", str(root / "log"),
        "-o", f"-k {root} -c listen_addresses='' {quick}")

    def stop() -> None:
        run(str(bin / "pg_ctl"), "stop", "-m", "immediate", "-D", str(root / "data"))
        shutil.rmtree(root, ignore_errors=True)

    atexit.register(stop)
    return root


def run_sql(statement: str) -> None:
    """Run a statement as the server's owner."""
    import psycopg

    with psycopg.connect(f"host={cluster()} user=dragoman dbname=postgres", autocommit=True) as connection:
        connection.execute(statement)


@cache
def _template() -> str:
    """A database with a record that is empty, to be copied: its steps run once."""
    from dragoman import Record

    run_sql("CREATE DATABASE empty_record")
    Record(address("empty_record")).close()
    return "empty_record"


def address(name: str) -> str:
    """The address of a database of the server."""
    return f"postgresql://dragoman@/{name}?host={cluster()}"


def database(bare: bool = False) -> str:
    """The address of a new database: with an empty record, or with nothing."""
    name = f"record{next(_names)}"
    run_sql(f"CREATE DATABASE {name}" if bare else f"CREATE DATABASE {name} TEMPLATE {_template()}")
    return address(name)


def new(kind: str, path: Path, bare: bool = False) -> str:
    """A place of a kind for a record that is not there yet; skips where there is no server."""
    if kind == "sqlite":
        return str(path)
    if cluster() is None:
        pytest.skip(NO_SERVER)
    return database(bare)


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Gives the place of each record that a test names: files in its folder, or databases."""
    held: dict[str, str] = {}

    def of(name: str) -> str:
        if name not in held:
            held[name] = new(request.param, tmp_path / name)
        return held[name]

    return of


@pytest.fixture
def record_url(place: Place) -> str:
    """The place of a test's record."""
    return place("x.db")
