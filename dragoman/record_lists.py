"""The part of `Record` that takes in lists which others keep: a source like any other."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.model.claims import Claim
from dragoman.model.documents import Document, Raw
from dragoman.model.problems import Problem
from dragoman.store import Entry, State, Store

READER = "list 1"


@dataclass(frozen=True, slots=True)
class Listed:
    """What was taken in: tenures, rows left out since they name no person or no position, or the problem with the file."""

    name: str
    claims: int = 0
    left_out: int = 0
    problem: Problem | None = None


class Lists:
    """Imports lists of office-holders."""

    _store: Store

    def import_list(self, path: str | os.PathLike[str], *, name: str | None = None, published: str | None = None,
                    state: str | None = None) -> Listed:
        """Take in a list of office-holders: Wikidata CSV or SPARQL JSON, EveryPolitician, FollowTheMoney.

        The list becomes a document of the record, each row a claim that cites it; a newer edition under the same name supersedes it.

        name       the list's name, quoted as its source; else the file's
        published  EDTF day of the list: who then had no end was in office that day
        state      ISO code for rows that name no state
        """
        from dragoman.exchange import lists

        found = lists.read(path, name=name, published=published, state=state)
        if isinstance(found, Problem):
            return Listed(name or Path(path).name, problem=found)
        self.take_in(found.document, found.claims, Path(path).read_bytes(), f"list:{name or Path(path).name}")
        return Listed(name or Path(path).name, len(found.claims), found.left_out)

    def take_in(self, document: Document, claims: Sequence[Claim], data: bytes, key: str) -> None:
        """Store a document with claims that were not read by the reader; what stood under this key before is superseded."""
        entry = Entry(document, Raw(document.source, data), key, "", READER, State.READ, claims, signature=b"")
        self._store.write(entry, lambda one, other: False)
