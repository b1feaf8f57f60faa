"""The commands that hand the record on in other people's formats, and take in what others keep."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.common import (
    Document,
    Json,
    Modality,
    Old,
    Outlet,
    Person,
    Since,
    States,
    Sure,
    Until,
    edtf,
    opened,
    print_json,
    state_codes,
    stop,
)

if TYPE_CHECKING:
    from dragoman.record_exports import Exported
    from dragoman.record_lists import Listed


def export(
    what: Annotated[str, typer.Argument(help="claims, facts, documents, or one kind: contacts, tenures, figures, offices, conflicts, ...")],
    format: Annotated[str, typer.Option("--format", "-f", help="jsonl, csv, xlsx, parquet, sqlite, or one of the formats page.")] = "jsonl",
    to: Annotated[Path | None, typer.Option("--to", help="Write to this file instead of standard output; binary formats need it.")] = None,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", "-k", help="Of claims or facts only this kind; may be given several times.")
    ] = None,
    state: States = None,
    person: Person = None,
    since: Since = None,
    until: Until = None,
    outlet: Outlet = None,
    document: Document = None,
    min_confidence: Sure = 0.0,
    modality: Modality = None,
    anonymise_text: Annotated[bool, typer.Option("--anonymise-text", help="Leave out quotes and what was said, word for word.")] = False,
    superseded: Old = False,
    copies: Annotated[
        bool | None, typer.Option("--copies/--no-copies", help="Claims of syndicated or edited copies too; jsonl marks and has them.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Write claims, facts or documents in another format, to standard output or a file.

    What the format has no place for, and how much was left out, is said at the end on standard error.
    """
    from dragoman import record_exports, terminal

    filters: dict[str, Any] = {
        "kind": kind, "states": state_codes(state), "person": person, "since": edtf(since, "--since"), "until": edtf(until, "--until"),
        "outlet": outlet, "document": document, "min_confidence": min_confidence, "modality": modality, "superseded": superseded,
        "quotes": not anonymise_text,
    }  # fmt: skip
    if copies is not None:
        filters["copies"] = copies
    with opened() as record, terminal.progress(to is not None and not as_json, "Writing") as progress:
        try:
            form, bundle = record.prepare_export(what, format, progress=progress, **filters)
            if to is not None:
                found = record_exports.put(form, bundle, to)
            else:
                for line in record_exports.lines_of(form, bundle):
                    print(line)
                found = record_exports.told(form, bundle)
        except ValueError as error:
            stop(f"There is {error}.", 2)
        except ImportError as error:
            stop(f"{error}.", 1)
    if as_json and found.path:
        print_json(asdict(found) | {"path": str(found.path)})
        return
    _say(found)


def _say(found: Exported) -> None:
    """What was written, and what has no place in it, on standard error."""
    if found.path:
        told = f"{found.lines} lines" if found.lines is not None else f"{found.path.stat().st_size} bytes"
        print(f"{told} written to {found.path}.", file=sys.stderr)
    for reason, many in found.left_out.items():
        print(f"Left out: {many} {reason}.", file=sys.stderr)
    if found.cannot:
        print(f"The format has no place for {found.cannot}.", file=sys.stderr)


def import_(
    path: Annotated[
        Path,
        typer.Argument(
            help="A file or a folder: office-holders, Comtrade, IMF or SDMX figures, GDELT or POLECAT, coded tables, claims, judgements."
        ),
    ],
    mapping: Annotated[
        Path | None, typer.Option("--mapping", help="For a hand-coded CSV or XLSX: a YAML file that says which column is which field.")
    ] = None,
    name: Annotated[str | None, typer.Option("--name", help="The source's name, as it is cited; else what the file gives.")] = None,
    published: Annotated[
        str | None, typer.Option("--published", help="The day of the file: who then had no end of office was in office.")
    ] = None,
    state: Annotated[str | None, typer.Option("--state", "-s", help="The state of office-holders whose rows name none.")] = None,
    as_json: Json = False,
) -> None:
    """Take in what others keep: a source like any other, cited by its rows.

    A row that is wrong is left out and told of. Ends with 1 if there was one.
    """
    code = state_codes([state])[0] if state else None
    day = edtf(published, "--published")
    files = sorted(f for f in path.iterdir() if f.is_file() and not f.name.startswith(".")) if path.is_dir() else [path]
    if not files:
        stop(f"{path}: a folder without files.")
    with opened(create=True) as record:
        taken = [record.import_file(file, mapping=mapping, name=name, published=day, state=code) for file in files]
    if as_json:
        print_json([asdict(one) for one in taken] if path.is_dir() else asdict(taken[0]))
    for one in () if as_json else taken:
        _say_taken(one)
    if any(one.problem or one.problems for one in taken):
        raise typer.Exit(1)


def _say_taken(found: Listed) -> None:
    """How much came in, and what is wrong with the rest."""
    if found.problem:
        print(found.problem)
        return
    if found.judgements is not None:
        print(f"{found.judgements} new judgements from {found.name.rstrip('.')}.")
        return
    print(f"{found.claims} claims from {found.name.rstrip('.')}.")
    for reason, many in found.left_out.items():
        print(f"Left out: {many} {reason}.")
    for problem in found.problems[:ROWS]:
        print(problem, file=sys.stderr)
    if len(found.problems) > ROWS:
        print(f"and {len(found.problems) - ROWS} rows more; --json has them all.", file=sys.stderr)


import_.__name__ = "import"
ROWS = 20  # rows with problems that are shown
COMMANDS: tuple[Callable[..., Any], ...] = (export, import_)
GROUPS: dict[str, typer.Typer] = {}
