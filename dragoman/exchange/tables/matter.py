"""The tables of claims, facts and documents, with their sources beside every row."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from functools import cache
from itertools import chain, islice
from typing import Any, TypeVar, get_type_hints

from dragoman.exchange.tables import facts as of_facts
from dragoman.exchange.tables.layout import Column, Layout
from dragoman.model.claims import KINDS, ActorRef, Claim
from dragoman.model.exporting import Bundle
from dragoman.model.facts import Fact
from dragoman.model.stored import ClaimRow, DocumentRow

DATES = frozenset(("date", "since", "until", "deadline", "period", "base_period"))
T = TypeVar("T")
Disputes = dict[str, list[str]]  # the ids of the conflicts of each claim
# tables of facts, as `Record` names them; those of claims have the plural of their kind
TABLES = {"contact": "meetings", "commitment": "promises", "instrument": "instruments", "membership": "members", "mission": "posts",
          "office": "offices", "series": "series", "person": "persons", "organization": "organizations", "place": "places",
          "conflict": "conflicts"}  # fmt: skip
BATCH = 500  # facts whose first claims are fetched at once
SOURCE = Layout.of("document file document_title outlet published url language start:integer end:integer quote quote_sha256")
CLAIM_HEAD = Layout.of("id kind")
CLAIM_TAIL = Layout.of("modality confidence:real claimant attribution disputed:words part_of counted:flag superseded:flag extractor")
CLAIM_TAIL += SOURCE
FACT_TAIL = Layout.of("states:words disputed:words claims:words sources:integer claim") + SOURCE
DOCUMENT = Layout.of("id file title outlet outlet_kind author place language published:edtf published_by url words:integer claims:integer "
                     "read:flag copy_of superseded_by version:integer read_at reuse reuse_share:real")


@dataclass(frozen=True, slots=True)
class Cells:
    """A table: its name, columns, and rows of cells, which can be gone through again where the bundle can."""

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[tuple[Any, ...]]


@cache
def own(kind: str) -> Layout:
    """The layout of a kind's own fields, after their types."""
    hints = get_type_hints(KINDS[kind])
    common = {f.name for f in fields(Claim)}
    return Layout(tuple((f.name, _shape(f.name, hints[f.name])) for f in fields(KINDS[kind]) if f.name not in common))


def _shape(name: str, hint: Any) -> str:
    if name in DATES:
        return "edtf"
    shapes = {"ActorRef": "actor", "tuple[ActorRef": "actors", "PlaceRef": "place", "Amount": "amount", "tuple[str": "words",
              "float": "real", "int": "integer", "bool": "flag"}
    written = str(hint).replace(f"{ActorRef.__module__}.", "")
    if written.startswith("<class"):
        written = hint.__name__
    return next((shape for start, shape in shapes.items() if written.startswith(start)), "text")


@cache
def claims_layout(kind: str) -> Layout:
    """The columns of claims of a kind."""
    return CLAIM_HEAD + own(kind) + CLAIM_TAIL


@cache
def facts_layout(kind: str) -> Layout:
    """The columns of facts of a kind."""
    return CLAIM_HEAD + of_facts.LAYOUTS[kind] + FACT_TAIL


def source_of(row: ClaimRow) -> dict[str, Any]:
    """Where a claim stands."""
    first, document = row.claim.evidence[0], row.document
    return {
        "document": document.id, "file": document.file, "document_title": document.title, "outlet": document.outlet, "url": document.url,
        "published": document.published, "language": document.language, "start": first.start, "end": first.end,
        "quote": first.quote or None, "quote_sha256": hashlib.sha256(first.quote.encode()).hexdigest() if first.quote else None,
    }  # fmt: skip


def claim_rows(claims: Iterable[ClaimRow], disputes: Disputes) -> Iterator[tuple[ClaimRow, dict[str, Any]]]:
    """Claims with their values by field."""
    for row in claims:
        claim = row.claim
        told = {f.name: getattr(claim, f.name) for f in fields(claim)}
        yield row, told | source_of(row) | {
            "id": claim.id, "kind": claim.kind, "confidence": round(claim.confidence, 4), "disputed": disputes.get(claim.id, ()),
            "claimant": claim.attribution[-1].name if claim.attribution else None, "counted": row.counted, "superseded": row.superseded,
            "attribution": " > ".join(link.name for link in claim.attribution) or None}  # fmt: skip


def fact_rows(facts: Iterable[Fact], bundle: Bundle, disputes: Disputes) -> Iterator[tuple[Fact, dict[str, Any]]]:
    """Facts with the values of each of their rows, and the place of its first claim."""
    todo = iter(facts)
    while batch := list(islice(todo, BATCH)):
        rows = [(fact, row) for fact in batch for row in of_facts.rows(fact)]
        firsts = {r.claim.id: r for r in bundle.cited([row["claims"][0] for _, row in rows if row["claims"]])}
        for fact, row in rows:
            claims = row["claims"]
            marks = () if fact.kind == "conflict" else tuple(dict.fromkeys(chain.from_iterable(disputes.get(c, ()) for c in claims)))
            source = source_of(firsts[claims[0]]) if claims and claims[0] in firsts else {}
            told = {"id": fact.id, "kind": fact.kind, "states": fact.states, "disputed": marks, "sources": len(claims)}
            yield fact, source | told | row | {"claim": claims[0] if claims else None}


def disputed(bundle: Bundle) -> Disputes:
    """The conflicts of each claim by id."""
    out: dict[str, list[str]] = {}
    for conflict in bundle.conflicts:
        for claim in conflict.claims:
            out.setdefault(claim, []).append(conflict.id)
    return out


def document_row(row: DocumentRow) -> dict[str, Any]:
    """A document's cells by column."""
    told = {f.name: getattr(row, f.name) for f in fields(row)}
    return DOCUMENT.row(told | {"reuse": row.reuse.text if row.reuse else None, "reuse_share": row.reuse.share if row.reuse else None})


def plural(kind: str) -> str:
    """The name of several of a kind: the table of claims of it."""
    return kind if kind.endswith("s") else kind[:-1] + "ies" if kind.endswith("y") else kind + "s"


class _Rows(Iterable[T]):
    """Rows made anew each time."""

    def __init__(self, make: Callable[[], Iterable[T]]) -> None:
        self._make = make

    def __iter__(self) -> Iterator[T]:
        return iter(self._make())


def one(bundle: Bundle, whole: bool = False) -> Cells:
    """What was asked for as a single table; several kinds together have the columns of each.

    whole  with a last column `json` that has all of it
    """
    what = bundle.what
    if what == "documents":
        return documents(bundle, whole)
    if what == "claims" or what in KINDS:
        return claims(what, tuple(KINDS) if what == "claims" else (what,), bundle, whole)
    return facts(what, tuple(of_facts.LAYOUTS) if what == "facts" else (what,), bundle, whole)


def sheets(bundle: Bundle) -> Iterator[Cells]:
    """A table for each kind of what was asked for that there is, the conflicts and the documents behind it."""
    what = bundle.what
    if what == "claims" or what in KINDS:
        there = {r.claim.kind for r in bundle.claims}
        yield from (claims(plural(k), (k,), bundle) for k in KINDS if k in there)
    elif what != "documents":
        there = {f.kind for f in bundle.facts}
        yield from (facts(TABLES[k], (k,), bundle) for k in of_facts.LAYOUTS if k in there and k != "conflict")
    if what != "documents":
        yield facts("conflicts", ("conflict",), replace(bundle, facts=bundle.facts if what == "conflict" else bundle.conflicts))
    yield documents(bundle)


def stream(bundle: Bundle) -> Iterator[tuple[str, tuple[Column, ...], tuple[Any, ...]]]:
    """The rows of `sheets` in one go, each with its table's name and columns."""
    what, disputes = bundle.what, disputed(bundle)
    if what == "claims" or what in KINDS:
        for row, values in claim_rows(bundle.claims, disputes):
            layout = claims_layout(row.claim.kind)
            yield plural(row.claim.kind), layout.columns, tuple(layout.row(values).values())
    told: Iterable[Fact] = () if what == "claims" or what in KINDS or what == "documents" else bundle.facts
    disputing = () if what in ("documents", "conflict") else bundle.conflicts
    for fact, values in fact_rows(chain((f for f in told if what == "conflict" or f.kind != "conflict"), disputing), bundle, disputes):
        layout = facts_layout(fact.kind)
        yield TABLES[fact.kind], layout.columns, tuple(layout.row(values).values())
    for document in bundle.documents.values():
        yield "documents", DOCUMENT.columns, tuple(document_row(document).values())


def documents(bundle: Bundle, whole: bool = False) -> Cells:
    """The documents as a table."""
    found = _Rows(lambda: ((d, document_row(d)) for d in bundle.documents.values()))
    return _table("documents", DOCUMENT.columns, found, whole)


def claims(name: str, kinds: tuple[str, ...], bundle: Bundle, whole: bool = False) -> Cells:
    """The claims of some kinds as a table."""
    found = _Rows(lambda: ((r, claims_layout(r.claim.kind).row(v))
                           for r, v in claim_rows((r for r in bundle.claims if r.claim.kind in kinds), disputed(bundle))))
    return _table(name, _columns(CLAIM_HEAD, *map(own, kinds), CLAIM_TAIL), found, whole)


def facts(name: str, kinds: tuple[str, ...], bundle: Bundle, whole: bool = False) -> Cells:
    """The facts of some kinds as a table."""
    found = _Rows(lambda: ((f, facts_layout(f.kind).row(v))
                           for f, v in fact_rows((f for f in bundle.facts if f.kind in kinds), bundle, disputed(bundle))))
    return _table(name, _columns(CLAIM_HEAD, *(of_facts.LAYOUTS[k] for k in kinds), FACT_TAIL), found, whole)


def _table(name: str, columns: tuple[Column, ...], rows: Iterable[tuple[Any, dict[str, Any]]], whole: bool) -> Cells:
    names = [c.name for c in columns]
    if whole:
        return Cells(name, (*columns, Column("json")), _Rows(lambda: ((*map(row.get, names), as_line(thing)) for thing, row in rows)))
    return Cells(name, columns, _Rows(lambda: (tuple(map(row.get, names)) for _, row in rows)))


def as_line(thing: Any) -> str:
    """All of a claim, fact or document as JSON."""
    return json.dumps(thing.as_json(), ensure_ascii=False)


def _columns(*layouts: Layout) -> tuple[Column, ...]:
    """The columns of several layouts, each once, those of the last one at the end."""
    last = layouts[-1].columns
    return (*{c.name: c for layout in layouts[:-1] for c in layout.columns if c not in last}.values(), *last)
