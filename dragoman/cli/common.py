"""What the commands share: options, the record asked for, and how a command ends that cannot be carried out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from dragoman.record import Record

Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
States = Annotated[list[str] | None, typer.Option("--state", "-s", help="Only what involves this state (code or name); given twice, both.")]
Person = Annotated[str | None, typer.Option("--person", help="Only what names this person; part of a name is enough.")]
Since = Annotated[str | None, typer.Option("--since", help="Only from this date on (EDTF: 2024, 2024-05, 2024-05-14).")]
Until = Annotated[str | None, typer.Option("--until", help="Only up to this date.")]
Outlet = Annotated[str | None, typer.Option("--outlet", help="Only from this outlet; part of its name is enough.")]
Document = Annotated[str | None, typer.Option("--document", help="Only from this document (id or file name).")]
Sure = Annotated[float, typer.Option("--min-confidence", min=0.0, max=1.0, help="Leave out claims below this confidence.")]
Modality = Annotated[str | None, typer.Option("--modality", help="Only `actual`, `planned`, `possible` or `denied` claims.")]
Limit = Annotated[int, typer.Option("--limit", "-n", min=0, help="Show at most so many; 0 shows all.")]
Old = Annotated[bool, typer.Option("--superseded", help="Claims of older versions of changed texts too.")]
Copies = Annotated[bool, typer.Option("--copies", help="Claims of syndicated or edited copies too.")]


class Asked:
    """The options before the command."""

    path: str | None = None


@contextmanager
def opened(create: bool = False) -> Iterator[Record]:
    """The record asked for; only `read` makes one where there is none."""
    from dragoman.model.problems import DragomanError
    from dragoman.record import Record

    try:
        with Record(Asked.path, create=create) as record:
            yield record
    except DragomanError as error:
        stop(str(error))


def stop(message: str, code: int = 1) -> NoReturn:
    print(message, file=sys.stderr)
    raise typer.Exit(code)


def print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def state_codes(names: Sequence[str] | None) -> list[str]:
    """Codes of states given by code or name."""
    from dragoman.reference import states

    out = []
    for name in names or ():
        code = states.code(name)
        if code is None:
            stop(f"No state is known as {name!r}. Give its name in English or its ISO code, such as KAZ.", 2)
        out.append(code)
    return out


def edtf(value: str | None, option: str) -> str | None:
    from dragoman.model import time

    if value is not None and not time.is_edtf(value):
        stop(f"{option} {value}: not a date. Write 2024, 2024-05 or 2024-05-14.", 2)
    return value


def lines_of(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSONL file; what is no such file ends the command."""
    try:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        stop(f"{path}: not a file with one JSON object a line ({error}).", 2)
