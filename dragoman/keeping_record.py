"""The part of `Record` that keeps it whole: it checks itself, saves itself, and forgets what it must."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from dragoman.model.rows import Rows
from dragoman.model.stored import Progress, RecordError
from dragoman.store import Store

if TYPE_CHECKING:
    from dragoman.model.problems import Problem
    from dragoman.store.forgetting import Tombstone


class Keeping:
    """Checks, backups and tombstones."""

    _store: Store

    def check(self, progress: Callable[[Progress], None] | None = None) -> Rows[Problem]:
        """What is wrong with the record: damage, words that do not stand where a claim says, references to nothing, facts out of step."""
        from dragoman import keeping_check

        return Rows(keeping_check.flaws(self._store, progress))

    def mend(self) -> int:
        """Make all facts anew from claims and judgements, and give how many blocks of them that were; sweep up what was deleted."""
        from dragoman.store import facts

        with self._store.writes() as c:
            facts.spoil_all(c)
        made = int(self.resolve())  # type: ignore[attr-defined]
        self._store.sweep()
        return made

    def backup(self, file: str | os.PathLike[str], progress: Callable[[Progress], None] | None = None) -> None:
        """Write the record as it is now into a file, while others go on reading and writing."""
        from dragoman import keeping

        keeping.backup(self._store, file, progress)

    def forget(self, what: str, *, by: str, why: str) -> Tombstone:
        """Take out for good a document, by id or file name, with all its versions; or a person's mentions, by the whole name.

        Texts, bytes, claims and facts go, and the same text is not taken in again. What stays is a tombstone that says who did it and why.

        Raises:
          RecordError: there is no such document and no text names such a person.
          ValueError: the name or the reason is missing.
        """
        from sqlalchemy import select

        from dragoman import stages
        from dragoman.store import forgetting, schema, store

        if not by.strip() or not why.strip():
            raise ValueError("to forget needs the name of who does it, and the reason")
        found = self._store.find(what)
        if len(found) > 1:
            raise RecordError(f"Several documents go by {what!r}: {', '.join(found[:5])}. Give an id.")
        with self._store.writes() as c:
            if found:
                (n,) = c.execute(select(schema.documents.c.n).where(schema.documents.c.id == found[0])).one()
                stone = forgetting.document(c, n, by.strip(), why.strip(), store.now(), stages.alike)
            else:
                stone = forgetting.person(c, what, by.strip(), why.strip(), store.now())
        self.resolve()  # type: ignore[attr-defined]
        try:
            self._store.sweep()
        except RecordError as error:
            raise RecordError(f"It was taken out ({stone.id}), but traces stay in the file as long as another program has it open. Close "
                              "that, and run `dragoman check --mend`.") from error
        return stone

    def tombstones(self) -> Rows[Tombstone]:
        """What was taken out of the record: of which kind, by whom, when and why."""
        from dataclasses import asdict
        from functools import partial

        from dragoman.store import forgetting

        with self._store.reads() as c:
            found = forgetting.tombstones(c)
        return Rows(found, [partial(asdict, t) for t in found])
