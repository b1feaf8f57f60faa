"""Keeping a record whole: moving it between a file and a server, backups, and bringing one back."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dragoman.model.stored import Progress, RecordError
from dragoman.store import Store, moving

Told = Callable[[Progress], None] | None
Place = str | os.PathLike[str]


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved: rows that were copied now, and documents, claims, facts and judgements that the new record has."""

    rows: int
    documents: int
    claims: int
    facts: int
    judgements: int


def migrate(source: Place, target: Place, progress: Told = None) -> Moved:
    """Copy a whole record to another place, a file or a PostgreSQL database, and compare the two afterwards.

    A copy that was stopped goes on where it was; where both are one already, nothing changes.

    Raises:
      RecordError: there is no source, the target holds something else, or the two are not the same afterwards.
    """
    if str(source) == str(target):
        raise RecordError("A record cannot be moved onto itself. Give another place.")
    old = Store(str(source), create=False)
    try:
        new = Store(str(target))
        try:
            return _moved(old, new, progress)
        finally:
            new.close()
    finally:
        old.close()


def _moved(old: Store, new: Store, progress: Told) -> Moved:
    from dragoman.store import facts, reading, schema

    with old.reads() as source:
        with new.reads() as c:
            whole = facts.setting(c, moving.MARK) is None and not moving.is_empty(c)
        rows = 0
        try:
            if not whole:
                rows = moving.copy(source, new.writes, progress)
        except RecordError as error:
            raise RecordError(f"{new.shown}: {error}") from error
        with new.reads() as c:
            if differ := moving.differences(source, c):
                what = ", ".join(differ)
                why = ("It holds another record already, or was changed since. Give a place for a new one." if whole
                       else "Delete it and run the command again.")
                raise RecordError(f"{new.shown} is not the same as {old.shown}: {what} differ. {why}")
            held = [reading.count(c, t) for t in (schema.documents, schema.claims, schema.facts, schema.judgements)]
    return Moved(rows, *held)
