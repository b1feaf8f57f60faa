"""Commands that keep a record whole: between a file and a server, checked, saved and brought back, and what is taken out for good."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from dragoman.cli.common import Asked, Json, opened, print_json, stop


@contextmanager
def _told() -> Iterator[None]:
    """What cannot be done ends with a sentence and a remedy."""
    from dragoman.model.problems import DragomanError

    try:
        yield
    except DragomanError as error:
        stop(str(error))


def migrate(
    source: Annotated[str, typer.Argument(metavar="FROM", help="The record: a file, or postgresql://NAME@HOST/DATABASE.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="Where it goes: a new file, or an empty database.")],
    as_json: Json = False,
) -> None:
    """Copy a whole record between a file and a PostgreSQL database, and compare the two; run again, it goes on where it stopped."""
    from dragoman import keeping, terminal

    with _told(), terminal.progress(not as_json) as progress:
        moved = keeping.migrate(source, target, progress)
    if as_json:
        print_json(asdict(moved))
        return
    held = f"{moved.documents} documents, {moved.claims} claims, {moved.facts} facts and {moved.judgements} judgements"
    print(f"{moved.rows} rows copied. The new record is the same record, row by row: {held}.")


def check(
    mend: Annotated[bool, typer.Option("--mend", help="Before that, make all facts anew and sweep up what was deleted.")] = False,
    as_json: Json = False,
) -> None:
    """Verify the record: the file, texts, bytes, each claim's words in its text, references, and facts against facts computed anew.

    Ends with 1 and a list if anything is wrong.
    """
    from dragoman import terminal

    with opened() as record, terminal.progress(not as_json) as progress:
        if mend:
            record.mend()
        found = list(record.check(progress))
        held = f"{len(record.documents())} documents and {len(record.tombstones())} tombstones"
    if as_json:
        print_json([asdict(p) for p in found])
    else:
        for problem in found:
            print(problem)
        print(f"{len(found)} flaws in {held}." if found else f"The record is sound: {held}.")
    if found:
        raise typer.Exit(1)


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file for the backup.")],
    as_json: Json = False,
) -> None:
    """Write the record as it is now into a file, while others go on reading and writing."""
    from dragoman import terminal

    with opened() as record, terminal.progress(not as_json) as progress:
        record.backup(file, progress)
    size = file.stat().st_size
    if as_json:
        print_json({"file": str(file), "bytes": size})
    else:
        print(f"{file}: {size:,} bytes. `dragoman restore {file}` brings it back.")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `dragoman backup` wrote.")],
    replace: Annotated[bool, typer.Option("--replace", help="Let the record that is there give way.")] = False,
    as_json: Json = False,
) -> None:
    """Bring a backup back into the record that --record names; what was taken out for good since then stays out."""
    from dragoman import keeping, terminal
    from dragoman.record import Record, where

    with _told(), terminal.progress(not as_json) as progress:
        keeping.restore(file, where(Asked.path), replace=replace, progress=progress)
        with Record(Asked.path, create=False) as record:
            held = {"documents": len(record.documents()), "tombstones": len(record.tombstones())}
    print_json(held) if as_json else print(f"{held['documents']} documents are back.")


def forget(
    what: Annotated[str, typer.Argument(metavar="DOC|PERSON", help="A document by id or file name; or a person by the whole name.")],
    by: Annotated[str, typer.Option("--by", envvar="DRAGOMAN_ANALYST", help="Who takes it out; the tombstone names you.")],
    why: Annotated[str, typer.Option("--why", help="The reason, in words that repeat nothing of what goes.")],
    as_json: Json = False,
) -> None:
    """Take out for good a document with all its versions, or a person's mentions; this cannot be undone.

    Text, bytes, search, claims and facts go. A tombstone stays, and the same text is not read into the record again.
    """
    with opened() as record:
        try:
            stone = record.forget(what, by=by, why=why)
        except ValueError as error:
            stop(f"{error}.", 2)
    if as_json:
        print_json(asdict(stone))
        return
    texts = "1 document" if stone.texts == 1 else f"{stone.texts} documents"
    gone = f"{texts} taken out" if stone.kind == "document" else f"The name is blacked out in {texts}"
    print(f"{gone}; claims that went with it: {stone.claims}. What stays is {stone.id}, by {stone.by}.")


def tombstones(as_json: Json = False) -> None:
    """List what was taken out of the record for good: of which kind, by whom, when and why."""
    from dragoman import terminal

    with opened() as record:
        rows = list(record.tombstones())
    if as_json:
        print_json([asdict(t) for t in rows])
        return
    table = [(t.id.removeprefix("tombstone:")[:8], t.kind, t.by, t.at, t.why, str(t.texts), str(t.claims)) for t in rows]
    terminal.table(("tombstone", "kind", "by", "when", "why", "texts", "claims"), table, "tombstones")


COMMANDS: tuple[Callable[..., Any], ...] = (migrate, check, backup, restore, forget, tombstones)
GROUPS: dict[str, typer.Typer] = {}
