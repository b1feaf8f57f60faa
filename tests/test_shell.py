"""The start of a command: only what is asked is prepared, and nothing is missing of what is named."""

from __future__ import annotations

import subprocess
import sys

import pytest


def ran(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "dragoman.cli", *arguments], capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize(("arguments", "has"), [
    (["--help"], ["documents", "brief", "scale", "contacts"]),
    (["--help", "documents"], ["brief", "scale"]),
    (["scale", "--help"], ["read", "facts"]),
    (["scale", "read", "--help"], ["--to"]),
    (["search", "--help"], ["--state"]),
])
def test_help_is_whole(arguments: list[str], has: list[str]) -> None:
    done = ran(*arguments)
    assert done.returncode == 0
    assert all(word in done.stdout for word in has)


def test_what_is_no_command_is_said() -> None:
    done = ran("documentz")
    assert done.returncode == 2
    assert "documentz" in done.stderr


def test_a_command_that_reads_nothing_loads_no_pipeline() -> None:
    loaded = subprocess.run([sys.executable, "-X", "importtime", "-m", "dragoman.cli", "--record", "/nonexistent/x.db", "documents"],
                            capture_output=True, text=True, timeout=120, check=False).stderr
    for heavy in ("spacy", "numpy", "pandas", "alembic", "trafilatura", "sqlalchemy.dialects.postgresql", "rich"):
        assert f"| {heavy}\n" not in loaded.replace(" ", "").replace("|", "| "), heavy
