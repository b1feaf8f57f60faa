"""What the record answers, as a frame of pandas, Polars or Arrow, and as a table in a notebook."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from dragoman import Record, Rows

ASK: dict[str, Callable[[Record], Rows[Any]]] = {
    "contacts": lambda r: r.contacts(), "claims": lambda r: r.claims(), "meetings": lambda r: r.meetings(),
    "documents": lambda r: r.documents(), "offices": lambda r: r.offices("KAZ"), "figures": lambda r: r.figures(),
    "conflicts": lambda r: r.conflicts(),
}  # fmt: skip


@pytest.mark.parametrize("name", ASK)
def test_the_three_frames_are_one(eventful_record: Record, name: str) -> None:
    rows = ASK[name](eventful_record)
    pandas, polars, arrow = rows.to_pandas(), rows.to_polars(), rows.to_arrow()
    assert isinstance(pandas, pd.DataFrame) and isinstance(polars, pl.DataFrame) and isinstance(arrow, pa.Table)
    assert list(pandas.columns) == polars.columns == arrow.column_names and len(pandas) == len(polars) == arrow.num_rows == len(rows) > 0


def test_values_of_the_frames(eventful_record: Record) -> None:
    people = eventful_record.contacts().to_polars().filter(pl.col("place") == "Akureyri")["participants"].to_list()
    assert people == ["Ólafur Þórsson; Гүлнар Есенова; Ports, Harbours & Fisheries Agency"]
    figures = eventful_record.figures().to_arrow()
    assert duckdb.sql("SELECT sum(low), max(period) FROM figures").fetchall() == [(3.6e9, "2023")]
    assert figures.schema.field("low").type == pa.float64()
    tenures = eventful_record.tenures().to_polars()
    assert set(tenures.filter(pl.col("since").is_not_null())["since"]) == {"2022-01-05", "../2023-11-02"}
    assert eventful_record.commitments().to_polars().filter(pl.col("deadline") == "../2027").height == 1


def test_numbers_beside_words_become_words_and_nothing_stays_nothing() -> None:
    rows = Rows([1, 2, 3], [lambda: {"a": 1, "b": None}, lambda: {"a": 0.5}, lambda: {"a": None, "b": "x", "c": {"k": [{"n": 1}]}}])
    assert rows.to_polars()["a"].to_list() == [1.0, 0.5, None] == rows.to_arrow()["a"].to_pylist()
    mixed = Rows([1, 2], [lambda: {"a": 1}, lambda: {"a": "x"}])
    assert mixed.to_polars()["a"].to_list() == ["1", "x"]
    assert Rows([]).to_polars().is_empty() and Rows([]).to_arrow().num_rows == 0


def test_a_notebook_shows_a_table_that_runs_nothing(eventful_record: Record) -> None:
    shown = eventful_record.commitments()._repr_html_()
    assert shown.startswith("<table>") and "=HYPERLINK(&quot;http://evil.example&quot;" in shown and "../2027" in shown
    assert "<td>claim:" not in shown and "2 rows" in shown
    assert "&lt;script&gt;" in Rows([1], [lambda: {"a": "<script>"}])._repr_html_()
    many = Rows(range(50), [lambda: {"a": 1.5e9}] * 50)._repr_html_()
    assert "the first 20 shown" in many and many.count("<tr>") == 21 and "1,500,000,000" in many
    assert Rows([])._repr_html_() == "<p>0 rows</p>"
