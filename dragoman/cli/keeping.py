"""Commands that keep a record whole: between a file and a server, checked, saved and brought back, and what is taken out for good."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Annotated, Any

import typer

from dragoman.cli.common import Json, print_json, stop


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


COMMANDS: tuple[Callable[..., Any], ...] = (migrate,)
GROUPS: dict[str, typer.Typer] = {}
