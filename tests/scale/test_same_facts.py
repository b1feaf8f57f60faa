"""The real reader on real documents: claims, copies and facts are those that a record gets by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import crawl
import pyarrow as pa
import pytest
from sqlalchemy import select

from dragoman import Record
from dragoman.scale import tables
from dragoman.scale.reading import read
from dragoman.scale.resolving import facts
from dragoman.store import schema

AGAIN = "Later that evening the delegations met once more, and the spokesman thanked the hosts."


@pytest.fixture(scope="module")
def rows(root: Path) -> list[dict[str, str]]:
    """The examples, an edited copy, the same text at two places, a newer text under an old name, another language, and gardens."""
    texts = {f.name: f.read_text(encoding="utf-8") for f in sorted((root / "examples").iterdir()) if f.suffix in (".txt", ".html")}
    found = [{"id": name, "text": text} for name, text in texts.items()]
    first = next(iter(texts.values()))
    found += [{"id": "copy.txt", "text": f"{first}\n\n{AGAIN}\n"}, {"id": "same.txt", "text": first},
              {"id": "czech.txt", "text": "Prezident se v Praze sešel s předsedou vlády a jednali o obchodu mezi oběma zeměmi."},
              {"id": "news.txt", "text": "Peru and Morocco opened talks on 3 May 2024 in Rabat."}, crawl.other(1), crawl.other(2),
              {"id": "news.txt", "text": "Peru and Morocco signed a fisheries agreement on 4 May 2024 in Rabat."}]
    return found


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, str]]) -> Path:
    place = tmp_path_factory.mktemp("out")
    report = read([str(crawl.jsonl(place / "in.jsonl", rows))], place / "out", workers=2, batch=6, piece=9000)
    assert (report.copies, report.superseded) == (2, 1)
    return place / "out"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, str]]) -> Iterator[Record]:
    """A record that read the same documents by itself."""
    place = tmp_path_factory.mktemp("own")
    with Record(place / "own.db") as record:
        record.read(crawl.jsonl(place / "in.jsonl", rows))
        yield record


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory, out: Path) -> Iterator[Record]:
    with Record(tmp_path_factory.mktemp("loaded") / "loaded.db") as record:
        record.load(out)
        yield record


def _all(record: Record, *queries: Any) -> list[Any]:
    with record._store.reads() as c:
        return [sorted(repr(tuple(row)) for row in c.execute(query)) for query in queries]


def test_the_claims_are_those_of_read(own: Record, out: Path) -> None:
    wanted = {row.claim.id: row.claim.as_json("") for row in own.claims(superseded=True, copies=True)}
    found = {row["id"]: row for f in (out / "claims").rglob("*.parquet") for row in tables.rows(f)}
    assert found.keys() == wanted.keys()
    assert len(found) > 60
    for key, row in wanted.items():
        same = {k: found[key][k] for k in row} | {"file": "", "confidence": round(found[key]["confidence"], 4)}
        assert same == row


def test_every_number_has_a_column_that_holds_it() -> None:
    """A column of whole numbers would cut what is behind the point."""
    for name in ("low", "high"):
        assert tables.claim_schema("figure").field(name).type == pa.float64()
    assert tables.claim_schema("figure").field("equivalent").type.field("low").type == pa.float64()


def test_a_record_that_loads_is_a_record_that_read(own: Record, loaded: Record) -> None:
    D, C = schema.documents.c, schema.claims.c
    counted = D.claims > 0
    original = schema.documents.alias()
    copies = select(D.id, original.c.id).join_from(schema.documents, original, D.copy_of == original.c.n).where(counted)
    queries = (select(C.id, C.json, C.words, C.first, C.last), select(schema.facts.c.id, schema.facts.c.json), copies,
               select(D.id, D.text, D.zones, D.title, D.outlet, D.published, D.metadata, D.signature, D.reader, D.digest).where(counted),
               select(schema.document_states.c.state, D.id).join(schema.documents, schema.document_states.c.document == D.n))
    assert _all(own, *queries) == _all(loaded, *queries)


def test_loading_again_changes_nothing(loaded: Record, out: Path) -> None:
    tables_of = [select(table) for table in schema.metadata.sorted_tables]
    before = _all(loaded, *tables_of)
    again = loaded.load(out)
    assert (again.new, again.claims, again.unchanged) == (0, 0, len(crawl.rows_of(out, "documents")))
    assert _all(loaded, *tables_of) == before


def test_facts_of_the_engine_are_those_of_the_record(loaded: Record, out: Path, tmp_path: Path) -> None:
    counts = facts(out, tmp_path / "facts", workers=2)
    found = sorted(repr((row["room"], row["block"], row["id"], row["fact"]))
                   for f in (tmp_path / "facts").rglob("*.parquet") for row in tables.rows(f))
    F = schema.facts.c
    assert found == _all(loaded, select(F.room, F.block, F.id, F.json))[0]
    assert sum(counts.values()) == len(found) > 30


def test_reading_after_loading_finds_nothing_new(loaded: Record, rows: list[dict[str, str]], tmp_path: Path) -> None:
    assert loaded.claims()
    summary = loaded.read(crawl.jsonl(tmp_path / "in.jsonl", rows))
    assert (summary.claims, summary.reread) == (0, 0)
