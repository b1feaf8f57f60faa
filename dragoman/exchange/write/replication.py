"""A replication package: one ZIP with the data as JSON lines and CSV, codebook, accuracy, versions and licence notes.

The same record gives the same bytes.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any, cast

from dragoman.exchange.tables import matter
from dragoman.exchange.write.csv import written
from dragoman.model.exporting import Bundle
from dragoman.model.saying import date

NAME = "replication"
CARRIES = ("facts", "claims", "documents")
SUFFIX = ".zip"
MEDIA = "application/zip"
CANNOT = "the documents' own bytes and texts, and judgements; the texts belong to those who wrote them"
COPIES = True  # each claim says by `counted` whether it is a copy's

PAGES = Path(__file__).resolve().parents[2] / "pages"  # where a wheel has them; in a checkout they stand in docs/
DOCS = Path(__file__).resolve().parents[3] / "docs"
BATCH = 500  # lines that are compressed at a time
EPOCH = (1980, 1, 1, 0, 0, 0)


def write(bundle: Bundle) -> Iterator[bytes]:
    """The bytes of the ZIP, file by file; nothing larger than a batch of lines is held."""
    sink = _Sink()
    sums: list[str] = []
    with zipfile.ZipFile(cast("IO[bytes]", sink), "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, lines in _files(bundle):
            yield from _put(package, sink, name, lines, sums)
        yield from _put(package, sink, "SHA256SUMS", iter(sums), [])
    yield sink.taken()


def _put(package: zipfile.ZipFile, sink: _Sink, name: str, lines: Iterator[str], sums: list[str]) -> Iterator[bytes]:
    """One file of the package; its digest is added to the sums."""
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
    digest = hashlib.sha256()
    with package.open(entry, "w", force_zip64=True) as file:
        while batch := list(islice(lines, BATCH)):
            data = "".join(line + "\n" for line in batch).encode("utf-8", "backslashreplace")
            digest.update(data)
            file.write(data)
            yield sink.taken()
    sums.append(f"{digest.hexdigest()}  {name}")


class _Sink:
    """Takes what the ZIP writes until it is handed on."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, data: Any) -> int:
        self._pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


# ---------------------------------------------------------------- what is in it


def _files(bundle: Bundle) -> Iterator[tuple[str, Iterator[str]]]:
    """The files by name, in a fixed order."""
    tables = list(_tables(bundle))
    yield "README.md", _readme(bundle)
    yield "CODEBOOK.md", chain(_page("reference/claims.md"), _columns(tables))
    yield "ACCURACY.md", _page("explanation/accuracy.md")
    yield "LICENCES.md", _licences(bundle)
    yield "versions.json", iter([json.dumps({"as_of": bundle.as_of, "what": bundle.what, "quotes": bundle.quotes} | dict(bundle.versions),
                                            ensure_ascii=False, indent=1, sort_keys=True)])
    yield "data/documents.jsonl", _jsonl(d.as_json() for d in bundle.documents.values())
    if bundle.what != "documents":
        yield "data/claims.jsonl", _jsonl(row.as_json() for row in bundle.claims)
        yield "data/facts.jsonl", _jsonl(fact.as_json() for fact in bundle.facts)
    if bundle.tombstones:
        yield "data/tombstones.jsonl", _jsonl(map(dict, bundle.tombstones))
    for table in tables:
        rows = ([written(cell) for cell in row] for row in table.rows)
        yield f"data/csv/{table.name}.csv", map(_csv, chain([[c.name for c in table.columns]], rows))


def _tables(bundle: Bundle) -> Iterator[matter.Cells]:
    """A table for each kind of claim and of fact, the conflicts and the documents."""
    parts = ("documents",) if bundle.what == "documents" else ("claims", "facts")
    seen: set[str] = set()
    for what in parts:
        for table in matter.sheets(replace(bundle, what=what)):
            if table.name not in seen:
                seen.add(table.name)
                yield table


def _jsonl(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    return (json.dumps(row, ensure_ascii=False) for row in rows)


def _csv(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
    return out.getvalue()


def _readme(bundle: Bundle) -> Iterator[str]:
    documents = list(bundle.documents.values())
    outlets = {d.outlet for d in documents if d.outlet}
    quotes = "are in it, as quotations with their place" if bundle.quotes else "were left out (--anonymise-text)"
    yield from ("# A record made with dragoman", "",
                f"As of {date(bundle.as_of)}, the day of its newest document: {len(documents)} documents of {len(outlets)} named outlets.",
                f"The words of the documents {quotes}; the texts themselves are not part of the package.", "",
                "| file | what it is |", "| --- | --- |",
                "| `data/claims.jsonl` | what each document says, one claim a line; the fields are in CODEBOOK.md |",
                "| `data/facts.jsonl` | what the claims say together; each names its claims |",
                "| `data/documents.jsonl` | the sources: outlet, title, date, address, terms of reuse |",
                *(["| `data/tombstones.jsonl` | what was taken out of the record for good, and why |"] if bundle.tombstones else []),
                "| `data/csv/` | the same as tables, one a kind |",
                "| `ACCURACY.md` | how often dragoman is right, kind by kind, on its benchmark (holdout: texts unseen when it was made) |",
                "| `LICENCES.md` | what may be done with it |", "| `versions.json` | what made it |",
                "| `SHA256SUMS` | check with `sha256sum -c SHA256SUMS` |", "",
                "Empty means that no source says so. Sources that contradict each other are all kept: see `conflicts.csv`.",
                "The same record exported again with the same versions gives the same bytes.")


def _columns(tables: Iterable[matter.Cells]) -> Iterator[str]:
    """The columns of the CSV tables."""
    yield from ("", "# The columns of the tables", "",
                "A date is four columns: as EDTF, its first and last day (empty where open), and its precision. Lists are joined by `; `.")
    for table in tables:
        yield from ("", f"## {table.name}.csv", "", "| column | values |", "| --- | --- |")
        yield from (f"| `{c.name}` | {c.sort} |" for c in table.columns)


def _page(name: str) -> Iterator[str]:
    """A page of the documentation that the package ships."""
    for folder in (PAGES, DOCS):
        if (page := folder / name).is_file():
            return iter(page.read_text(encoding="utf-8").splitlines())
    return iter([f"This installation has no page {name}; it is in dragoman's documentation."])


def _licences(bundle: Bundle) -> Iterator[str]:
    """What may be done with the data, and the terms that documents state themselves."""
    yield from ("# Licence notes", "",
                "dragoman is under the Apache License 2.0. That says nothing of the documents: their words belong to those who wrote them.",
                "The quotations here prove the claims and are short; before you publish more of a text, ask its source.",
                "Facts as such (who met whom, on which day) are free in most countries; a database of them may be protected in some.", "",
                "Documents that state terms of reuse:", "", "| document | outlet | share that may be quoted | link required | terms |",
                "| --- | --- | --- | --- | --- |")
    for d in bundle.documents.values():
        if d.reuse:
            share = f"{d.reuse.share:.0%}" if d.reuse.share is not None else "not stated"
            cells = (d.id, d.outlet or d.file, share, "yes" if d.reuse.link_required else "no", d.reuse.text)
            yield "| " + " | ".join(" ".join(c.split()).replace("|", "\\|") for c in cells) + " |"
