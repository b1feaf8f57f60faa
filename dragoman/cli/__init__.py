"""The commands of dragoman: the same verbs as `dragoman.Record`, for the shell.

Exit codes: 0 all went well; 1 a document could not be read, or what was asked for is not there; 2 the command was not understood.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli import briefing, evaluating, exporting, facts, judging, keeping, scaling, serving, watching
from dragoman.cli.common import (
    Asked,
    Copies,
    Document,
    Json,
    Limit,
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
    from dragoman.model.facts import Fact
    from dragoman.record import Record

app = typer.Typer(
    help="Read what governments and the press publish about relations between states, and keep a cited record of it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback(invoke_without_command=True)
def options(
    context: typer.Context,
    record: Annotated[
        str | None, typer.Option("--record", envvar="DRAGOMAN_RECORD", help="The record's file; dragoman.db by default.")
    ] = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """Read what governments and the press publish about relations between states, and keep a cited record of it."""
    Asked.path = record
    if version:
        import dragoman

        print(f"dragoman {dragoman.__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        raise typer.Exit(2)


def main() -> None:
    """Run the command; what cannot be done ends with a sentence and a remedy, not with a traceback."""
    gc.set_threshold(20_000, 20, 50)  # what is imported is not looked through again and again: a tenth of the start
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # threads cost more than they give on matrices as small as a sentence's
    _only_what_is_asked(sys.argv[1:])
    try:
        app()
    except BrokenPipeError:  # the reader of our output, such as `head`, has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        print("Stopped. Everything read so far is in the record.", file=sys.stderr)
        sys.exit(130)


def _only_what_is_asked(arguments: list[str]) -> None:
    """Leave the commands that the arguments name: to prepare all fifty takes as long as many an answer."""
    commands = {info.name or getattr(info.callback, "__name__", ""): info for info in app.registered_commands}
    groups = {info.name: info for info in app.registered_groups}
    first = next((n for n, argument in enumerate(arguments) if argument in commands or argument in groups), None)
    if first is None or "--help" in arguments[:first]:
        return
    app.registered_commands = [commands[name] for name in commands if name in arguments]
    app.registered_groups = [groups[name] for name in groups if name in arguments]


# ---------------------------------------------------------------- to read


@app.command()
def read(
    paths: Annotated[list[str], typer.Argument(help="Files, folders, globs, saved feeds, JSONL or CSV of texts; - is standard input.")],
    language_model: Annotated[
        str | None,
        typer.Option("--language-model", envvar="DRAGOMAN_LANGUAGE_MODEL", help="Another installed spaCy pipeline with a parser and NER."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Read documents into the record.

    What was read stays as it came. Reading a document again changes nothing; a changed text becomes a new version.
    Ends with 1 if a document could not be read.
    """
    from dragoman import terminal, terminal_texts

    with opened(create=True) as record, terminal.progress(not as_json) as progress:
        stdin = sys.stdin.buffer if "-" in paths else None
        summary = record.read(*paths, language_model=language_model, progress=progress, stdin=stdin)
    if as_json:
        print_json(summary.as_json())
    else:
        terminal_texts.summary_of(summary)
    if summary.failed:
        raise typer.Exit(1)


# ---------------------------------------------------------------- to ask


@app.command()
def documents(
    state: States = None,
    outlet: Outlet = None,
    language: Annotated[str | None, typer.Option("--language", help="Only in this language (BCP 47: en, cs).")] = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = 0,
    as_json: Json = False,
) -> None:
    """List the documents with outlet, date and how the date is known."""
    with opened() as record:
        rows = list(
            record.documents(
                states=state_codes(state), outlet=outlet, language=language, since=edtf(since, "--since"), until=edtf(until, "--until")
            )
        )
    rows = rows[:limit] if limit else rows
    if as_json:
        print_json([r.as_json() for r in rows])
        return
    from dragoman import terminal

    terminal.documents(rows)


@app.command()
def claims(
    kind: Annotated[list[str] | None, typer.Option("--kind", "-k", help="Only claims of this kind; may be given several times.")] = None,
    state: States = None,
    person: Person = None,
    since: Since = None,
    until: Until = None,
    outlet: Outlet = None,
    document: Document = None,
    min_confidence: Sure = 0.0,
    modality: Modality = None,
    limit: Limit = 0,
    superseded: Old = False,
    copies: Copies = False,
    as_json: Json = False,
) -> None:
    """List claims of all kinds, by date, each with the id that `explain` takes."""
    _claims(kind, state, person, since, until, outlet, document, min_confidence, modality, limit, superseded, copies, as_json)


def _claims(
    kinds: Sequence[str] | None,
    state: list[str] | None,
    person: str | None,
    since: str | None,
    until: str | None,
    outlet: str | None,
    document: str | None,
    min_confidence: float,
    modality: str | None,
    limit: int,
    superseded: bool,
    copies: bool,
    as_json: bool,
) -> None:
    from dragoman.model.claims import KINDS

    for kind in kinds or ():
        if kind not in KINDS:
            stop(f"No kind {kind!r}. Kinds are: {', '.join(sorted(KINDS))}.", 2)
    if modality is not None and modality not in ("actual", "planned", "possible", "denied"):
        stop(f"No modality {modality!r}. It is actual, planned, possible or denied.", 2)
    with opened() as record:
        rows = list(
            record.claims(
                list(kinds) if kinds else None,
                states=state_codes(state),
                person=person,
                since=edtf(since, "--since"),
                until=edtf(until, "--until"),
                outlet=outlet,
                document=document,
                min_confidence=min_confidence,
                modality=modality,
                superseded=superseded,
                copies=copies,
            )
        )
    rows = rows[:limit] if limit else rows
    if as_json:
        print_json([r.as_json() for r in rows])
        return
    from dragoman import terminal

    terminal.claims(rows)


def _verb(kind: str, name: str, words: str) -> None:
    """A command that lists the claims of one kind."""

    def command(
        state: States = None,
        person: Person = None,
        since: Since = None,
        until: Until = None,
        outlet: Outlet = None,
        document: Document = None,
        min_confidence: Sure = 0.0,
        modality: Modality = None,
        limit: Limit = 0,
        superseded: Old = False,
        copies: Copies = False,
        as_json: Json = False,
    ) -> None:
        _claims([kind], state, person, since, until, outlet, document, min_confidence, modality, limit, superseded, copies, as_json)

    command.__doc__ = words
    app.command(name)(command)


for _kind, _name, _words in (
    ("contact", "contacts", "List who met, called, wrote to or visited whom."),
    ("tenure", "tenures", "List who holds, took or left which office."),
    ("figure", "figures", "List figures with their period and claimant."),
    ("agreement", "agreements", "List what was signed, ratified or negotiated."),
    ("membership", "memberships", "List who belongs to which organisation."),
    ("mission", "missions", "List embassies, consulates and trade missions."),
    ("statement", "statements", "List who said what."),
    ("commitment", "commitments", "List who promised what, by when, and what the text says came of it."),
    ("relation", "relations", "List what two states are to each other: allies, partners with their rank, neighbours."),
    ("event", "events", "List events in PLOVER's categories: who did what to whom."),
    ("biography", "biographies", "List where people were born and educated."),
):
    _verb(_kind, _name, _words)


@app.command()
def show(document: Annotated[str, typer.Argument(help="The document's id or file name.")], as_json: Json = False) -> None:
    """Print a document's text with its claims marked, and the list of the claims."""
    with opened() as record:
        row, text = record.document(document)
        rows = list(record.claims(document=row.id, superseded=True, copies=True, order="place"))
    if as_json:
        print_json(
            {"document": row.as_json(), "text": text.text, "zones": [asdict(z) for z in text.zones], "claims": [r.as_json() for r in rows]}
        )
        return
    from dragoman import terminal_texts

    terminal_texts.text(row, text, rows)


@app.command()
def explain(
    claim: Annotated[str, typer.Argument(help="The id of a claim or of a fact, or its beginning.")],
    as_json: Json = False,
) -> None:
    """Print a claim's sentence, what each rule saw in it, why each date, and the facts it supports; of a fact all that it rests on."""
    from dragoman import terminal_record, terminal_texts

    with opened() as record:
        if (fact := _fact(record, claim)) is not None:
            print_json(fact.as_json()) if as_json else terminal_record.facts(record, [fact], quotes=len(fact.claims))
            return
        found = record.explain(claim)
        supported = record.supported_by(found.row.claim.id)
        if as_json:
            print_json(asdict(found) | {"row": found.row.as_json(), "supports": [f.id for f in supported]})
            return
        terminal_texts.explanation(found)
        terminal_record.supported(supported)


def _fact(record: Record, beginning: str) -> Fact | None:
    """The fact of an id; what may be a claim's is one."""
    from dragoman.model.stored import RecordError

    try:
        return record.fact(beginning) if beginning.startswith("fact:") or not record.has_claim(beginning) else None
    except RecordError:
        if beginning.startswith("fact:"):
            raise
        return None  # what is neither is told of as a claim


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(help="Words to look for, in documents and claims.")],
    state: States = None,
    limit: Limit = 20,
    as_json: Json = False,
) -> None:
    """Search the full text of documents and claims."""
    with opened() as record:
        hits = list(record.search(" ".join(words), limit=limit, states=state_codes(state)))
    if as_json:
        print_json([h.as_json() for h in hits])
        return
    from dragoman import terminal

    terminal.hits(hits)
    if not hits:
        raise typer.Exit(1)


for _module in (facts, judging, evaluating):
    for _command in _module.COMMANDS:
        app.command(_command.__name__.replace("_", "-"))(_command)
for _room in (briefing, exporting, serving, scaling, keeping, watching):
    for _command in _room.COMMANDS:
        app.command(_command.__name__.replace("_", "-"))(_command)
    for _name, _group in _room.GROUPS.items():
        app.add_typer(_group, name=_name)
