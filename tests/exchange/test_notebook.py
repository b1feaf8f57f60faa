"""The notebook of docs/notebooks runs, and shows what it says."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).resolve().parents[2] / "docs/notebooks/first-look.ipynb"


def outputs(book: nbformat.NotebookNode) -> list[str]:
    """The text and HTML of each code cell's outputs."""
    return ["".join(str(o.get("text", "")) + "".join(map(str, o.get("data", {}).values())) for o in cell.outputs)
            for cell in book.cells if cell.cell_type == "code"]


def test_the_notebook_runs_and_its_stored_outputs_are_there() -> None:
    book = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(book)
    stored = outputs(book)
    NotebookClient(book, timeout=600, resources={"metadata": {"path": str(NOTEBOOK.parent)}}).execute()  # stops at an error
    now = outputs(book)
    assert [bool(words) for words in now] == [bool(words) for words in stored]
    shown = "\n".join(now)
    for words in ("<table>", "Ondřej Vašatý", "| ? to ? |", "trade turnover of Czechia and Kazakhstan", "figures.parquet written"):
        assert words in shown and words in "\n".join(stored), words
