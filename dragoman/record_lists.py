"""The part of `Record` that takes in what others keep: lists, statistics, events, coded tables, claims. A source like any other."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dragoman.model.claims import Claim
from dragoman.model.documents import Document, Raw
from dragoman.model.problems import Problem
from dragoman.model.stored import RecordError
from dragoman.store import Entry, State, Store

READER = "list 1"
KEPT = 1000  # problems of one file that the record keeps


@dataclass(frozen=True, slots=True)
class Listed:
    """What was taken in: claims or new judgements, the rows left out by reason, and the problems: of the file (`problem`) or of rows."""

    name: str
    claims: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    problem: Problem | None = None
    problems: tuple[Problem, ...] = ()
    judgements: int | None = None


class Lists:
    """Imports what others keep."""

    _store: Store

    def import_file(self, path: str | os.PathLike[str], *, mapping: str | os.PathLike[str] | None = None, name: str | None = None,
                    published: str | None = None, state: str | None = None) -> Listed:
        """Take in a file of somebody else's, by what it looks like.

        Office-holders (Wikidata CSV or SPARQL JSON, EveryPolitician, FollowTheMoney), official statistics (UN Comtrade, IMF, SDMX-CSV),
        events (GDELT, POLECAT, PLOVER), any table with a mapping file, claims, gold facts and judgements as JSON lines. The file becomes
        a document of the record and each row a claim that cites it; a newer edition under the same name supersedes it. What is wrong with
        a row leaves out that row alone.

        mapping    a YAML file that says which column of a hand-coded table (CSV or XLSX) is which field
        name       the source's name; else what the format or the file gives
        published  EDTF day of the file: who then had no end was in office that day
        state      ISO code for rows of office-holders that name no state
        """
        from dragoman.exchange import lists, read
        from dragoman.exchange.read.taking import Taken

        file = Path(path)
        if mapping is None and (rows := _known_lines(file)) is not None:
            if "verb" in rows[0][1]:
                new: int = self.import_judgements(json.dumps(row) for _, row in rows)  # type: ignore[attr-defined]
                return Listed(name or file.name, judgements=new)
            return self._claims(file, rows, name or file.name)
        try:
            found = read.read(file, mapping=Path(mapping) if mapping else None, name=name, published=published)
        except ImportError as error:
            raise RecordError(f"{error}.") from error
        if found is None:
            listed = lists.read(file, name=name, published=published, state=state)
            if not isinstance(listed, Problem):
                left = {"rows that name no person or no position": listed.left_out} if listed.left_out else {}
                found = Taken(listed.document, listed.claims, left, listed.problems)
            else:
                found = listed
        if isinstance(found, Problem):
            return Listed(name or file.name, problem=found)
        if found.claims:
            self.take_in(found.document, found.claims, file.read_bytes(), f"list:{name or file.name}")
        self._store.finish(None, str(file), found.problems[:KEPT])
        return Listed(name or found.document.outlet or file.name, len(found.claims), found.left_out, None, found.problems)

    def take_in(self, document: Document, claims: Sequence[Claim], data: bytes, key: str) -> None:
        """Store a document with claims that were not read by the reader; what stood under this key before is superseded."""
        entry = Entry(document, Raw(document.source, data), key, "", READER, State.READ, claims, signature=b"")
        self._store.write(entry, lambda one, other: False)

    def _claims(self, file: Path, rows: Sequence[tuple[int, dict[str, Any]]], name: str) -> Listed:
        """Take in claims that another record handed on, or gold facts: a document for each that they are from, made of their quotes."""
        from dragoman.evaluation import gold_claims
        from dragoman.exchange.read import lines

        problems: list[Problem] = []
        by_file: dict[str, list[Claim]] = {}
        if "schema" in rows[0][1]:
            for of, claim in lines.contract(rows, str(file), problems):
                by_file.setdefault(of, []).append(claim)
        else:
            by_file = gold_claims.by_document(row for _, row in rows)
        taken, data = 0, file.read_bytes()
        for of, claims in by_file.items():
            if made := lines.quoted(of, claims, data, name):
                self.take_in(*made, data, f"list:{name}:{of}")
                taken += len(made[1])
        given = sum(row.get("kind") != "document" for _, row in rows)
        left = {"lines without a quote, or without a field that the kind needs": given - taken - len(problems)}
        self._store.finish(None, str(file), problems[:KEPT])
        return Listed(name, taken, {k: v for k, v in left.items() if v > 0}, None, tuple(problems))


SORTS = ({"schema", "evidence", "kind"}, {"file", "kind", "quote"}, {"verb", "subjects", "by"})  # claims, gold facts, judgements


def _known_lines(file: Path) -> list[tuple[int, dict[str, Any]]] | None:
    """The numbered objects of a file of claims, gold facts or judgements; None where it is something else."""
    try:
        with file.open(encoding="utf-8") as lines:
            first = next((line for line in lines if line.strip()), "")
        head = json.loads(first) if first.lstrip().startswith("{") else None
        if not isinstance(head, dict) or not any(names <= set(head) for names in SORTS):
            return None
        return list(_numbered(file.read_text(encoding="utf-8").splitlines()))
    except (OSError, ValueError, RecursionError):
        return None


def _numbered(lines: Iterable[str]) -> Iterable[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(lines, 1):
        if line.strip() and isinstance(row := json.loads(line), dict):
            yield number, row
