"""Small crawls for the tests: the same texts as JSONL, Parquet and WARC."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as parquet

from dragoman.scale import tables

PICTURE = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG"
MOVED = b"HTTP/1.1 301 Moved\r\nContent-Type: text/html\r\n\r\nMoved"
Rows = Sequence[dict[str, str]]


def note(n: int, more: str = "") -> dict[str, str]:
    """A text of marked lines, as tests/store/fake_reader.py reads them."""
    text = (f"Ankara, {n % 28 + 1} April 2024\n\nMEET Speaker Number{n} (TUR) and Guest Number{n} (JPN) on 2024-04-{n % 28 + 1:02}.\n\n"
            f"FIGURE {n}.5 USD exports TUR JPN 20{n % 20 + 3:02}\n\n{more}The hall was full, and the {n} guests stayed until late.\n")
    return {"id": f"https://news.example/{n}", "url": f"https://news.example/{n}", "text": text}


def other(n: int) -> dict[str, str]:
    """A text that names nothing that matters."""
    return {"id": f"https://news.example/garden/{n}", "url": f"https://news.example/garden/{n}",
            "text": f"The {n} roses want water in the evening, and a little shade while the buds are closed. Cut them in spring.\n"}


COUNT = 40
ROWS = [row for n in range(COUNT) for row in (note(n), other(n))]
MARKED = "scale_hooks:marked"  # reads them without a pipeline


def jsonl(path: Path, rows: Rows) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def packed(path: Path, rows: Rows) -> Path:
    path.write_bytes(gzip.compress(jsonl(path.with_suffix(".part"), rows).read_bytes()))
    path.with_suffix(".part").unlink()
    return path


def table(path: Path, rows: Rows, group: int = 7) -> Path:
    parquet.write_table(pa.Table.from_pylist(list(rows)), path, row_group_size=group)
    return path


def warc(path: Path, rows: Rows) -> Path:
    """An archive of responses, with what a crawl has between them; each record packed by itself where the name says so."""
    from fastwarc.warc import WarcRecordType

    with path.open("wb") as file:
        for row in rows:
            page = row["text"].encode()
            kind = b"text/html; charset=utf-8" if page.lstrip().startswith(b"<") else b"text/plain; charset=utf-8"
            head = b"HTTP/1.1 200 OK\r\nContent-Type: " + kind + b"\r\n\r\n"
            for kind_of, url, content in ((WarcRecordType.request, row["url"], b"GET / HTTP/1.1\r\nHost: news.example\r\n\r\n"),
                                          (WarcRecordType.response, row["url"], head + page),
                                          (WarcRecordType.response, row["url"] + ".png", PICTURE),
                                          (WarcRecordType.response, row["url"] + "/old", MOVED)):
                made = _record(kind_of, url, content)
                file.write(gzip.compress(made) if path.suffix == ".gz" else made)
    return path


def _record(kind: Any, url: str, content: bytes) -> bytes:
    from fastwarc.warc import WarcRecord

    record = WarcRecord()
    record.init_headers(record_type=kind)
    record.headers["WARC-Target-URI"] = url
    record.headers["Content-Type"] = f"application/http; msgtype={'request' if content.startswith(b'GET') else 'response'}"
    record.set_bytes_content(content)
    out = io.BytesIO()
    record.write(out)
    return out.getvalue()


def rows_of(folder: Path, table: str, leaving: frozenset[str] = frozenset({"read_at", "path", "key"})) -> list[str]:
    """The rows of a table of a run's folder as text, sorted; without when and from where they were read."""
    found = [row for file in sorted((folder / table).rglob("*.parquet")) for row in tables.rows(file)]
    return sorted(repr({k: v for k, v in row.items() if k not in leaving}) for row in found)


def claims_of(folder: Path) -> list[str]:
    return rows_of(folder, "claims")
