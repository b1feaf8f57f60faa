"""`dragoman brief`: formats by name and by the file's ending, and what it says where it cannot."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dragoman import Record
from dragoman.cli import app

Brief = Callable[..., Result]


@pytest.fixture
def brief(invented: Record) -> Brief:
    def run(*args: str) -> Result:
        return CliRunner().invoke(app, ["--record", str(invented.path), "brief", *args])

    return run


def test_text_on_standard_output_by_names_or_codes(brief: Brief) -> None:
    found = brief("Latvia", "PER")
    assert found.exit_code == 0
    assert found.stdout.startswith("Latvia and Peru\n")


@pytest.mark.parametrize(("name", "begins"), [("b.html", b"<!doctype html>"), ("b.pdf", b"%PDF"), ("b.docx", b"PK"), ("b.md", b"# Latvia")])
def test_the_ending_of_the_file_names_the_format(brief: Brief, tmp_path: Path, name: str, begins: bytes) -> None:
    found = brief("LVA", "PER", "--to", str(tmp_path / name))
    assert found.exit_code == 0
    assert (tmp_path / name).read_bytes().startswith(begins)
    assert "3 sources" in found.stderr
    assert [f.name for f in tmp_path.iterdir()] == [name]


def test_json(brief: Brief) -> None:
    assert json.loads(brief("LVA", "PER", "--json").stdout)["title"] == "Latvia and Peru"


@pytest.mark.parametrize(("args", "code", "says"), [
    (("LVA", "PER", "--format", "odt"), 2, "No format 'odt'"),
    (("LVA", "PER", "--format", "pdf"), 2, "--to NAME.pdf"),
    (("LVA", "Latvia"), 2, "needs two states"),
    (("LVA", "Atlantis"), 2, "No state is known"),
    (("LVA", "PER", "--on", "soon"), 2, "not a date"),
    (("LVA", "PER", "--locale", "zz"), 1, "No locale"),
])
def test_what_cannot_be_done_is_said(brief: Brief, args: tuple[str, ...], code: int, says: str) -> None:
    found = brief(*args)
    assert (found.exit_code, says in found.stderr) == (code, True)
