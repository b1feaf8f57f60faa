"""Parquet for DuckDB, pandas, Polars, R and Spark: typed columns, and in `json` all that these have no place for."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from dragoman.exchange.tables import binary, matter
from dragoman.model.exporting import Bundle

NAME = "parquet"
CARRIES = ("claims", "facts", "documents")
SUFFIX = ".parquet"
MEDIA = "application/vnd.apache.parquet"
CANNOT = ""  # the column `json` has all of it
GROUP = 20_000  # rows in memory at once


def write(bundle: Bundle) -> Iterator[bytes]:
    """One file with one table; what, as of when and by which versions stands in its metadata."""
    return binary.pieces(lambda path: _file(bundle, path), "table.parquet")


def _file(bundle: Bundle, path: Path) -> None:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise ImportError("Parquet needs pyarrow: pip install 'dragoman[export]'") from error
    table = matter.one(bundle, whole=True)
    sorts = {"text": pa.string(), "real": pa.float64(), "integer": pa.int64(), "flag": pa.bool_(), "day": pa.date32()}
    told = {"what": bundle.what, "as_of": bundle.as_of or "", "versions": json.dumps(dict(sorted(bundle.versions.items())))}
    schema = pa.schema([(c.name, sorts[c.sort]) for c in table.columns], metadata=told)
    days = [i for i, c in enumerate(table.columns) if c.sort == "day"]
    rows = iter(table.rows)
    with pq.ParquetWriter(path, schema, compression="zstd") as file:
        while group := list(islice(rows, GROUP)):
            columns: list[Any] = [list(column) for column in zip(*group, strict=True)]
            for i in days:
                columns[i] = [dt.date.fromisoformat(d) if d else None for d in columns[i]]
            arrays = [pa.array(column, type=field.type) for column, field in zip(columns, schema, strict=True)]
            file.write_table(pa.table(arrays, schema=schema))
