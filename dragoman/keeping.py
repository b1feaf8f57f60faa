"""Keeping a record whole: moving it between a file and a server, backups, and bringing one back."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import tempfile
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


def backup(store: Store, file: Place, progress: Told = None) -> None:
    """Write a record as it is now into a new file, whole or not at all, while others go on reading and writing.

    Raises:
      RecordError: there is such a file already, or no folder for it.
    """
    from dragoman.store import database

    path = Path(file)
    if path.exists():
        raise RecordError(f"{path} is there already. Give another name for the backup.")
    if not path.parent.is_dir():
        raise RecordError(f"There is no folder {path.parent} to put the backup into.")
    part = _beside(path)
    try:
        with store.reads() as c:
            if c.dialect.name == "sqlite":
                _pages(database.driver(c), part, progress)
            else:
                new = Store(str(part))
                try:
                    _moved(store, new, progress)
                finally:
                    new.close()
        _alone(part)
        part.replace(path)
    except sqlite3.Error as error:
        raise RecordError(f"{path}: {database.named('sqlite').trouble(error) or error}") from error
    finally:
        _remove(part)


def restore(file: Place, target: Place, *, replace: bool = False, progress: Told = None) -> None:
    """Bring a backup back into a record; what was taken out for good since then stays out.

    replace  the record that is there gives way, as it is and at once for all who have it open

    Raises:
      RecordError: the file is no backup, it is damaged, or there is a record and it is not to be replaced.
    """
    from dragoman.store import database

    path = Path(file)
    if not path.is_file():
        raise RecordError(f"There is no backup {path}.")
    part = Path(tempfile.mkdtemp(prefix="dragoman-")) / "restored.db"
    try:
        with contextlib.closing(sqlite3.connect(path)) as source:
            _pages(source, part, None)
        old = Store(str(part))
        new = Store(str(target))
        try:
            _renew(old, new, replace, progress)
        finally:
            new.close()
            old.close()
    except sqlite3.Error as error:
        raise RecordError(f"{path}: {database.named('sqlite').trouble(error) or 'is no backup of a record'}.") from error
    finally:
        shutil.rmtree(part.parent, ignore_errors=True)


def _renew(old: Store, new: Store, replace: bool, progress: Told) -> None:
    from dragoman import stages
    from dragoman.resolver import Resolver
    from dragoman.store import database, forgetting

    with new.reads() as c:
        if not moving.is_empty(c) and not replace:
            raise RecordError(f"There is a record at {new.shown} already. Give another with --record, or --replace to let it give way.")
        stones, held = forgetting.tombstones(c), forgetting.keys(c)
    if stones:
        with old.writes() as c:
            forgetting.again(c, stones, held, stages.alike)
        Resolver(old).refresh()
        old.sweep()
    with old.reads() as source:
        if damage := database.of(source).integrity(source):
            raise RecordError(f"The backup is damaged: {damage[0]}. Take an older one; nothing was changed.")
        if new.is_file:
            with new.alone() as c:
                database.driver(source).backup(database.driver(c))
        else:
            with new.writes() as c:
                moving.clear(c)
                moving.copy(source, lambda: contextlib.nullcontext(c), progress)


def _beside(path: Path) -> Path:
    """A name in the same folder for a file that is not finished."""
    return path.with_name(f".{path.name}.{os.getpid()}.part")


def _pages(source: sqlite3.Connection, target: Path, progress: Told) -> None:
    """Copy a database page by page; who writes meanwhile does not disturb it."""
    def told(_: int, left: int, total: int) -> None:
        if progress:
            progress(Progress(total - left, total, "pages"))

    with contextlib.closing(sqlite3.connect(target)) as made:
        source.backup(made, pages=2_000, progress=told)


def _alone(file: Path) -> None:
    """Let a file be all there is: no log beside it."""
    with contextlib.closing(sqlite3.connect(file)) as made:
        made.execute("PRAGMA journal_mode = DELETE")


def _remove(file: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
