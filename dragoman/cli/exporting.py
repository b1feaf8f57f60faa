"""The command that hands the record on in other people's formats."""

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
    with opened() as record, terminal.progress(to is not None and not as_json) as progress:
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


COMMANDS: tuple[Callable[..., Any], ...] = (export,)
GROUPS: dict[str, typer.Typer] = {}
