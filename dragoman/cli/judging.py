"""Commands by which people decide: what is the same, what is wrong, what is right; every line with who, when and why."""

from __future__ import annotations

import getpass
import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.common import Json, opened, print_json, stop

Who = Annotated[str | None, typer.Option("--by", envvar="DRAGOMAN_ANALYST", help="Who judges; else the name of the account.")]
Why = Annotated[str | None, typer.Option("--why", help="The reason, in your words.")]


def judge(
    verb: Annotated[str, typer.Argument(help="same, different, reject, accept, correct, note, or undo.")],
    subjects: Annotated[list[str], typer.Argument(help="Ids of claims or facts, names as name:KAZ:spelling; for undo a judgement's id.")],
    why: Why = None,
    by: Who = None,
    value: Annotated[str | None, typer.Option("--set", help="For correct: the right values, such as '{\"date\": \"2024-05\"}'.")] = None,
    private: Annotated[bool, typer.Option("--private", help="Stays out of exports.")] = False,
    as_json: Json = False,
) -> None:
    """Add a decision about claims or facts; the facts follow it at once, and `judge undo` withdraws it."""
    try:
        fields = json.loads(value) if value else None
    except ValueError as error:
        stop(f"--set {value}: not JSON ({error}).", 2)
    with opened() as record:
        try:
            if verb == "undo":
                found = [record.undo(s, by=by or getpass.getuser(), why=why) for s in subjects]
            else:
                found = [record.judge(verb, *subjects, by=by or getpass.getuser(), why=why, value=fields, private=private)]
        except ValueError as error:
            stop(f"{error}.", 2)
    if as_json:
        print_json([asdict(j) for j in found])
        return
    for line in found:
        print(f"{line.id.removeprefix('judgement:')[:8]}  {line.verb} {' '.join(line.subjects)}, by {line.by}")


def judgements(
    by: Annotated[str | None, typer.Option("--by", help="Only those of this analyst.")] = None,
    withdrawn: Annotated[bool, typer.Option("--withdrawn", help="Those withdrawn too.")] = False,
    export: Annotated[Path | None, typer.Option("--export", help="Write them to this file as JSON lines; private ones stay.")] = None,
    import_: Annotated[Path | None, typer.Option("--import", help="Add those of another record's file.")] = None,
    compare: Annotated[str | None, typer.Option("--compare", help="Two analysts, as NAME,NAME: print Krippendorff's alpha.")] = None,
    as_json: Json = False,
) -> None:
    """List what analysts decided; hand it on, take in another's, and compare two analysts."""
    with opened() as record:
        if import_ is not None:
            try:
                lines = import_.read_text(encoding="utf-8").splitlines()
            except (OSError, ValueError) as error:
                stop(f"{import_}: cannot be read ({error}).", 2)
            print(f"{record.import_judgements(lines)} new judgements")
            return
        if export is not None:
            found = list(record.export_judgements(by=by))
            export.write_text("".join(line + "\n" for line in found), encoding="utf-8")
            print(f"{len(found)} judgements written to {export}")
            return
        if compare is not None:
            one, _, other = compare.partition(",")
            value, matters = record.agreement(one.strip(), other.strip())
            shown = "not defined" if value is None else f"{value:.3f}"
            print_json({"alpha": value, "matters": matters}) if as_json else print(f"Krippendorff's alpha {shown} over {matters} matters")
            return
        rows = list(record.judgements(by=by, withdrawn=withdrawn))
    if as_json:
        print_json([asdict(j) for j in rows])
        return
    from dragoman import terminal

    table = [(j.id.removeprefix("judgement:")[:8], j.at, j.by, j.verb, " ".join(j.subjects), j.why or "") for j in rows]
    terminal.table(("judgement", "when", "by", "verb", "about", "why"), table, "judgements")


COMMANDS = (judge, judgements)
