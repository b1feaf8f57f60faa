"""A plain SQLite file for Datasette, DB Browser and SQL: a table for each kind, foreign keys, and views that put them together."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from itertools import islice
from pathlib import Path
from typing import Any

from dragoman.exchange.tables import binary, matter
from dragoman.exchange.tables import facts as of_facts
from dragoman.exchange.tables.layout import Column, Layout
from dragoman.model.claims import KINDS, ActorRef
from dragoman.model.exporting import Bundle
from dragoman.model.facts import Fact
from dragoman.model.stored import ClaimRow, DocumentRow
from dragoman.reference import states

NAME = "sqlite"
CARRIES = ("claims", "facts", "documents")
SUFFIX = ".db"
MEDIA = "application/vnd.sqlite3"
CANNOT = "judgements, older texts and the texts themselves, which `dragoman backup` keeps"
BATCH = 500
TYPES = {"text": "TEXT", "real": "REAL", "integer": "INTEGER", "flag": "INTEGER", "day": "TEXT"}
CLAIM = Layout.of("id kind document modality confidence:real claimant attribution asserted part_of counted:flag superseded:flag extractor "
                  "start:integer end:integer quote quote_sha256 json")
FACT = Layout.of("id kind states first_day json")
# table, columns with their constraints; every identifier is quoted where it is used
FIXED = {
    "about": ("name TEXT PRIMARY KEY", "value TEXT"),
    "states": ("code TEXT PRIMARY KEY", "name TEXT"),
    "evidence": ("claim TEXT REFERENCES claims(id)", "n INTEGER", "start INTEGER", "end INTEGER", "quote TEXT", "PRIMARY KEY (claim, n)"),
    "actors": ("claim TEXT REFERENCES claims(id)", "field TEXT", "n INTEGER", "name TEXT", "mention TEXT", "actor TEXT", "state TEXT",
               "position TEXT", "PRIMARY KEY (claim, field, n)"),
    "support": ("fact TEXT REFERENCES facts(id)", "claim TEXT REFERENCES claims(id)", "n INTEGER", "PRIMARY KEY (fact, claim)"),
    "fact_states": ("fact TEXT REFERENCES facts(id)", "state TEXT REFERENCES states(code)", "PRIMARY KEY (fact, state)"),
}  # fmt: skip
MANY = {"office": "occupancy", "series": ""}  # facts of several rows, with the column that tells these apart
VIEWS = {
    "claims_with_sources": "SELECT c.id, c.kind, c.quote, c.claimant, d.outlet, d.title, d.published, d.url, c.modality, c.confidence "
                           "FROM claims c JOIN documents d ON d.id = c.document",
    "facts_with_claims": "SELECT f.id AS fact, f.kind, f.states, c.id AS claim, c.quote, d.outlet, d.published, d.url FROM facts f "
                         "JOIN support s ON s.fact = f.id JOIN claims c ON c.id = s.claim JOIN documents d ON d.id = c.document",
    "disputed_figures": "SELECT s.indicator, s.parties, s.period, s.low, s.high, s.unit, s.claimant, k.about, k.type, k.why, c.quote, "
                        "d.outlet, d.url FROM conflicts k JOIN support x ON x.fact = k.fact JOIN series s ON s.claim = x.claim "
                        "JOIN claims c ON c.id = x.claim JOIN documents d ON d.id = c.document "
                        "WHERE k.type IN ('contradiction', 'definition')",
    "holders_of_offices": "SELECT o.state, o.organization, o.position, o.person, o.since, o.until, o.last_seen, o.acting, c.quote, d.url "
                          "FROM offices o JOIN claims c ON c.id = o.claim JOIN documents d ON d.id = c.document "
                          "WHERE o.modality = 'actual'",
    "meetings_of_two_states": "SELECT a.state AS one, b.state AS other, m.* FROM meetings m JOIN fact_states a ON a.fact = m.fact "
                              "JOIN fact_states b ON b.fact = m.fact AND a.state < b.state",
    "promises_with_deadlines": "SELECT p.*, c.quote, d.url FROM promises p JOIN claims c ON c.id = p.claim "
                               "JOIN documents d ON d.id = c.document WHERE p.deadline IS NOT NULL",
}  # fmt: skip


def write(bundle: Bundle) -> Iterator[bytes]:
    """The file: the claims asked for, the facts that rest on them, and the further claims that these rest on."""
    return binary.pieces(lambda path: _Database(bundle, path).make(), "record.db")


class _Database:
    """The file while it is made."""

    def __init__(self, bundle: Bundle, path: Path) -> None:
        self.bundle = bundle
        self.disputes = matter.disputed(bundle)
        self.db = sqlite3.connect(path)
        self.documents: set[str] = set()
        self.claims: set[str] = set()

    def make(self) -> None:
        """All tables, rows and views, checked."""
        self._tables()
        told = {"what": self.bundle.what, "as_of": self.bundle.as_of or "", **self.bundle.versions}
        self._insert("about", [{"name": n, "value": v} for n, v in sorted(told.items())])
        self._insert("states", [{"code": s.code, "name": s.name} for s in states.table().values()])
        self._add_documents(self.bundle.documents.values())
        for some in _batches(self.bundle.claims):
            self._add_claims(some)
        for group in _batches(self.bundle.facts):
            self._add_facts(group)
        if self.bundle.what not in ("facts", "conflict", "documents"):
            for group in _batches(self.bundle.conflicts):
                self._add_facts([c for c in group if self.claims.issuperset(c.claims)])
        for name, query in VIEWS.items():
            self.db.execute(f"CREATE VIEW {name} AS {query}")
        self.db.commit()
        if broken := self.db.execute("PRAGMA foreign_key_check").fetchall():
            raise AssertionError(f"foreign keys that lead nowhere: {broken[:3]}")
        self.db.close()

    def _tables(self) -> None:
        self._create("documents", matter.DOCUMENT.columns, {"id": "PRIMARY KEY"})
        self._create("claims", CLAIM.columns, {"id": "PRIMARY KEY", "document": "REFERENCES documents(id)"})
        self._create("facts", FACT.columns, {"id": "PRIMARY KEY"})
        for kind in KINDS:
            self._create(matter.plural(kind), (Column("claim"), *matter.own(kind).columns), {"claim": "PRIMARY KEY REFERENCES claims(id)"})
        for kind, layout in of_facts.LAYOUTS.items():
            key = MANY.get(kind, "fact")
            keys = {"fact": "REFERENCES facts(id)", "claim": "REFERENCES claims(id)"}
            if key:
                keys[key] = f"PRIMARY KEY {keys.get(key, '')}"
            self._create(matter.TABLES[kind], (Column("fact"), *layout.columns, Column("disputed"), Column("claim")), keys)
        for name, columns in FIXED.items():
            parts = (f'"{c.split()[0]}" {c.split(maxsplit=1)[1]}' if not c.startswith("PRIMARY") else c for c in columns)
            self.db.execute(f"CREATE TABLE {name} ({', '.join(parts)})")
        for table, column in (("claims", "document"), ("claims", "kind"), ("support", "claim"), ("fact_states", "state"),
                              ("series", "claim")):
            self.db.execute(f"CREATE INDEX {table}_{column} ON {table} ({column})")

    def _create(self, name: str, columns: Iterable[Column], keys: Mapping[str, str]) -> None:
        parts = (f'"{c.name}" {TYPES[c.sort]} {keys.get(c.name, "")}'.strip() for c in columns)
        self.db.execute(f"CREATE TABLE {name} ({', '.join(parts)})")

    def _insert(self, table: str, rows: list[dict[str, Any]]) -> None:
        if rows:
            names = list(rows[0])
            columns, marks = ", ".join(f'"{n}"' for n in names), ", ".join("?" * len(names))
            self.db.executemany(f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({marks})", [tuple(r.values()) for r in rows])

    def _add_documents(self, rows: Iterable[DocumentRow]) -> None:
        new = [row for row in rows if row.id not in self.documents]
        self.documents.update(row.id for row in new)
        self._insert("documents", [matter.document_row(row) for row in new])

    def _add_claims(self, rows: Iterable[ClaimRow]) -> None:
        new = [row for row in rows if row.claim.id not in self.claims]
        self.claims.update(row.claim.id for row in new)
        self._add_documents(row.document for row in new)
        told = list(matter.claim_rows(new, self.disputes))
        self._insert("claims", [CLAIM.row(v | {"json": matter.as_line(row)}) for row, v in told])
        for kind in KINDS:
            mine = [(row, v) for row, v in told if row.claim.kind == kind]
            self._insert(matter.plural(kind), [{"claim": row.claim.id} | matter.own(kind).row(v) for row, v in mine])
        self._insert("evidence", [{"claim": r.claim.id, "n": n, "start": e.start, "end": e.end, "quote": e.quote or None}
                                  for r in new for n, e in enumerate(r.claim.evidence, 1)])
        self._insert("actors", [row for r in new for row in _actors(r)])

    def _add_facts(self, facts: list[Fact]) -> None:
        rows = list(matter.fact_rows(facts, self.bundle, self.disputes))
        cited = dict.fromkeys(c for f in facts for c in f.claims) | dict.fromkeys(v["claim"] for _, v in rows if v["claim"])
        self._add_claims(self.bundle.cited([c for c in cited if c not in self.claims]))
        self._insert("facts", [{"id": f.id, "kind": f.kind, "states": " ".join(f.states) or None, "first_day": min(f.days, default=None),
                                "json": matter.as_line(f)} for f in facts])
        self._insert("support", [{"fact": f.id, "claim": c, "n": n} for f in facts for n, c in enumerate(f.claims, 1) if c in self.claims])
        self._insert("fact_states", [{"fact": f.id, "state": s} for f in facts for s in f.states if s in states.table()])
        for kind, layout in of_facts.LAYOUTS.items():
            self._insert(matter.TABLES[kind], [{"fact": f.id} | layout.row(v) | {"disputed": " ".join(v["disputed"]) or None,
                                                                                "claim": v["claim"]} for f, v in rows if f.kind == kind])


def _actors(row: ClaimRow) -> Iterator[dict[str, Any]]:
    """Everybody whom the fields of a claim name, one a row."""
    for field in fields(row.claim):
        value = getattr(row.claim, field.name)
        some = value if isinstance(value, tuple) else (value,)
        for n, one in enumerate((v for v in some if isinstance(v, ActorRef)), 1):
            yield {"claim": row.claim.id, "field": field.name, "n": n, "name": one.name or one.mention, "mention": one.mention,
                   "actor": one.id, "state": one.state, "position": one.position}  # fmt: skip


def _batches(things: Iterable[Any]) -> Iterator[list[Any]]:
    todo = iter(things)
    while some := list(islice(todo, BATCH)):
        yield some
