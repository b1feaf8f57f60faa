"""Documents, claims, problems and facts as rows of Parquet, and back. Claims have the contract's fields, a file a kind."""

from __future__ import annotations

import io
import json
import typing
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields, is_dataclass
from functools import cache
from typing import Any

import pyarrow as pa
import pyarrow.parquet as parquet

from dragoman.model import claims
from dragoman.model.claims import Claim, from_json
from dragoman.model.documents import Document, Evidence, Raw, ReuseTerms, Source, Zone, ZoneSpan
from dragoman.scale.places import Place

MANY = 1000  # rows of a file; in fewer, what a file says about itself would take more than they do
_WORDS, _WHOLE, _FLAG = pa.string(), pa.int64(), pa.bool_()
_QUOTE = pa.struct([("start", _WHOLE), ("end", _WHOLE), ("quote", _WORDS)])

# `data` are the bytes as they came, null where they are the text; `number` of `of` documents of one input;
# `given` is what came beside the bytes.
DOCUMENTS = pa.schema([
    ("id", _WORDS), ("file", _WORDS), ("path", _WORDS), ("key", _WORDS), ("number", _WHOLE), ("of", _WHOLE),
    ("title", _WORDS), ("outlet", _WORDS), ("outlet_kind", _WORDS), ("author", _WORDS), ("place", _WORDS), ("language", _WORDS),
    ("published", _WORDS), ("published_by", _WORDS), ("published_evidence", _QUOTE), ("alternatives", pa.list_(_WORDS)), ("url", _WORDS),
    ("words", _WHOLE), ("claims", _WHOLE), ("read", _FLAG), ("states", pa.list_(_WORDS)), ("text", _WORDS),
    ("zones", pa.list_(pa.struct([("start", _WHOLE), ("end", _WHOLE), ("zone", _WORDS)]))),
    ("reuse", pa.struct([("text", _WORDS), ("share", pa.float64()), ("link_required", _FLAG), ("start", _WHOLE), ("end", _WHOLE)])),
    ("metadata", _WORDS), ("given", _WORDS), ("sha256", _WORDS), ("size", _WHOLE), ("media", _WORDS), ("read_at", _WORDS),
    ("reader", _WORDS), ("signature", pa.binary()), ("data", pa.binary()),
])
ASIDE = pa.schema([("id", _WORDS), ("file", _WORDS), ("path", _WORDS), ("url", _WORDS), ("language", _WORDS), ("words", _WHOLE),
                   ("why", _WORDS), ("sha256", _WORDS)])
PROBLEMS = pa.schema([("input", _WORDS), ("code", _WORDS), ("message", _WORDS), ("at", _WORDS), ("remedy", _WORDS), ("excerpt", _WORDS),
                      ("failed", _FLAG)])
LINKS = pa.schema([("document", _WORDS), ("copy_of", _WORDS), ("superseded_by", _WORDS)])
FACTS = pa.schema([("id", _WORDS), ("kind", _WORDS), ("room", _WORDS), ("block", _WORDS), ("states", pa.list_(_WORDS)),
                   ("claims", pa.list_(_WORDS)), ("fact", _WORDS)])


@cache
def claim_schema(kind: str) -> pa.Schema:
    """The columns of a kind of claim: the contract's fields in its order, and `named`, the states that its words name."""
    cls = claims.KINDS[kind]
    hints = typing.get_type_hints(cls)
    first = [("schema", _WHOLE), ("id", _WORDS), ("kind", _WORDS), ("document", _WORDS), ("file", _WORDS)]
    own = [(f.name, _type(hints[f.name])) for f in fields(cls) if f.name != "document"]
    return pa.schema([*first, *own, ("named", pa.list_(_WORDS))])


_TYPES = {str: _WORDS, int: _WHOLE, float: pa.float64(), bool: _FLAG}


def _type(hint: Any) -> pa.DataType:
    """The column of a field's type."""
    if hint in _TYPES:
        return _TYPES[hint]
    if is_dataclass(hint):
        return pa.struct([(name, _type(kind)) for name, kind in typing.get_type_hints(hint).items()])
    inner = [t for t in typing.get_args(hint) if t not in (type(None), Ellipsis)]
    first = float if float in inner else inner[0]  # of a number that may be whole
    return pa.list_(_type(first)) if typing.get_origin(hint) is tuple else _type(first)


def schema(table: str) -> pa.Schema:
    """The columns of a table by its folder."""
    if table.startswith("claims/"):
        return claim_schema(table.removeprefix("claims/"))
    return {"documents": DOCUMENTS, "aside": ASIDE, "problems": PROBLEMS, "links": LINKS}[table]


def write(place: Place, table: str, name: str, rows: Sequence[Mapping[str, Any]]) -> str:
    """Write the rows of a table; the file's name in the place."""
    place.write(f"{table}/{name}.parquet", packed(schema(table), rows))
    return f"{table}/{name}.parquet"


def packed(columns: pa.Schema, rows: Sequence[Mapping[str, Any]]) -> bytes:
    """A file of Parquet."""
    try:
        made = pa.Table.from_pylist(list(rows), columns)
    except UnicodeEncodeError:  # half a character, which no file can hold
        made = pa.Table.from_pylist([_clean(row) for row in rows], columns)
    out, many = io.BytesIO(), len(rows) >= MANY
    parquet.write_table(made, out, compression="zstd", store_schema=False, use_dictionary=many, write_statistics=many)
    return out.getvalue()


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, Mapping):
        return {k: _clean(v) for k, v in value.items()}
    return [_clean(v) for v in value] if isinstance(value, list | tuple) else value


# ---------------------------------------------------------------- values to rows


def claim_row(claim: Claim, file: str, named: Iterable[str] | None) -> dict[str, Any]:
    """A claim as the contract has it, the confidence in full."""
    return claim.as_json(file) | {"confidence": claim.confidence, "named": None if named is None else sorted(named)}


def document_row(document: Document, raw: Raw, **more: Any) -> dict[str, Any]:
    """A document with its bytes; `more` are the columns that do not follow from them."""
    row = {f.name: getattr(document, f.name) for f in fields(document) if f.name not in ("source", "metadata")}
    source = document.source
    return row | {
        "zones": [{"start": z.start, "end": z.end, "zone": str(z.zone)} for z in document.zones],
        "published_evidence": asdict(document.published_evidence) if document.published_evidence else None,
        "alternatives": list(document.alternatives), "reuse": asdict(document.reuse) if document.reuse else None,
        "metadata": json.dumps(document.metadata, ensure_ascii=False), "given": json.dumps(raw.metadata, ensure_ascii=False),
        "file": source.file, "path": source.path, "sha256": source.sha256, "size": source.size, "media": source.media,
        "read_at": source.read_at, "words": len(document.text.split()),
        "data": None if raw.data == document.text.encode("utf-8", "replace") else raw.data} | more


# ---------------------------------------------------------------- rows to values


def document(row: Mapping[str, Any]) -> tuple[Document, Raw]:
    """The document of a row, and its input."""
    source = Source(row["file"], row["path"], row["sha256"], row["size"], row["media"], row["read_at"])
    names = [f.name for f in fields(Document) if f.name in row]
    values = {name: row[name] for name in names} | {
        "source": source, "zones": tuple(ZoneSpan(z["start"], z["end"], Zone(z["zone"])) for z in row["zones"]),
        "published_evidence": Evidence(**row["published_evidence"]) if row["published_evidence"] else None,
        "alternatives": tuple(row["alternatives"]), "reuse": ReuseTerms(**row["reuse"]) if row["reuse"] else None,
        "metadata": json.loads(row["metadata"])}
    data = row["data"] if row["data"] is not None else row["text"].encode()
    return Document(**values), Raw(source, data, json.loads(row["given"]))


def claim(row: Mapping[str, Any]) -> Claim:
    """The claim of a row."""
    return from_json(dict(row))


def rows(source: Any, columns: Sequence[str] | None = None) -> list[dict[str, Any]]:
    """The rows of a file: its path, or as a place gives it."""
    with parquet.ParquetFile(source) as file:
        found: list[dict[str, Any]] = file.read(columns=None if columns is None else list(columns)).to_pylist()
    return found
