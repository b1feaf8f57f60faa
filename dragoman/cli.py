"""The commands of dragoman: the same verbs as `dragoman.Record`, for the shell.

Exit codes: 0 all went well; 1 a document could not be read, or what was asked for is not there; 2 the command was not understood.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from dragoman.record import Record

app = typer.Typer(
    help="Read what governments and the press publish about relations between states, and keep a cited record of it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
export = typer.Typer(help="Hand the record on in other formats.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(export, name="export")

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
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # threads cost more than they give on matrices as small as a sentence's
    try:
        app()
    except BrokenPipeError:  # the reader of our output, such as `head`, has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        print("Stopped. Everything read so far is in the record.", file=sys.stderr)
        sys.exit(130)


@contextmanager
def _record(create: bool = False) -> Iterator[Record]:
    """The record asked for; only `read` makes one where there is none."""
    from dragoman.model.problems import DragomanError
    from dragoman.record import Record

    try:
        with Record(Asked.path, create=create) as record:
            yield record
    except DragomanError as error:
        _stop(str(error))


def _stop(message: str, code: int = 1) -> NoReturn:
    print(message, file=sys.stderr)
    raise typer.Exit(code)


def _json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def _codes(names: Sequence[str] | None) -> list[str]:
    """Codes of states given by code or name."""
    from dragoman.reference import states

    out = []
    for name in names or ():
        code = states.code(name)
        if code is None:
            _stop(f"No state is known as {name!r}. Give its name in English or its ISO code, such as KAZ.", 2)
        out.append(code)
    return out


def _edtf(value: str | None, option: str) -> str | None:
    from dragoman.model import time

    if value is not None and not time.is_edtf(value):
        _stop(f"{option} {value}: not a date. Write 2024, 2024-05 or 2024-05-14.", 2)
    return value


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

    with _record(create=True) as record, terminal.progress(not as_json) as progress:
        stdin = sys.stdin.buffer if "-" in paths else None
        summary = record.read(*paths, language_model=language_model, progress=progress, stdin=stdin)
    if as_json:
        _json(summary.as_json())
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
    with _record() as record:
        rows = list(
            record.documents(
                states=_codes(state), outlet=outlet, language=language, since=_edtf(since, "--since"), until=_edtf(until, "--until")
            )
        )
    rows = rows[:limit] if limit else rows
    if as_json:
        _json([r.as_json() for r in rows])
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
            _stop(f"No kind {kind!r}. Kinds are: {', '.join(sorted(KINDS))}.", 2)
    if modality is not None and modality not in ("actual", "planned", "possible", "denied"):
        _stop(f"No modality {modality!r}. It is actual, planned, possible or denied.", 2)
    with _record() as record:
        rows = list(
            record.claims(
                list(kinds) if kinds else None,
                states=_codes(state),
                person=person,
                since=_edtf(since, "--since"),
                until=_edtf(until, "--until"),
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
        _json([r.as_json() for r in rows])
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
    with _record() as record:
        row, text = record.document(document)
        rows = list(record.claims(document=row.id, superseded=True, copies=True, order="place"))
    if as_json:
        _json(
            {"document": row.as_json(), "text": text.text, "zones": [asdict(z) for z in text.zones], "claims": [r.as_json() for r in rows]}
        )
        return
    from dragoman import terminal_texts

    terminal_texts.text(row, text, rows)


@app.command()
def explain(claim: Annotated[str, typer.Argument(help="The claim's id, or its beginning.")], as_json: Json = False) -> None:
    """Print a claim's sentence, what each rule saw in it, and why each date."""
    with _record() as record:
        found = record.explain(claim)
    if as_json:
        _json(asdict(found) | {"row": found.row.as_json()})
        return
    from dragoman import terminal_texts

    terminal_texts.explanation(found)


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(help="Words to look for, in documents and claims.")],
    state: States = None,
    limit: Limit = 20,
    as_json: Json = False,
) -> None:
    """Search the full text of documents and claims."""
    with _record() as record:
        hits = list(record.search(" ".join(words), limit=limit, states=_codes(state)))
    if as_json:
        _json([h.as_json() for h in hits])
        return
    from dragoman import terminal

    terminal.hits(hits)
    if not hits:
        raise typer.Exit(1)


@app.command()
def brief(
    a: Annotated[str, typer.Argument(metavar="STATE", help="A state by code or name.")],
    b: Annotated[str, typer.Argument(metavar="STATE", help="The other state.")],
    on: Annotated[str | None, typer.Option("--on", help="As of this day: only documents published by then.")] = None,
    as_json: Json = False,
) -> None:
    """Print a briefing on two states: offices, contacts, agreements, figures by claimant, what was said, with citations."""
    first, second = _codes([a, b])
    if first == second:
        _stop(f"A briefing needs two states; {a} and {b} are one.", 2)
    with _record() as record:
        found = record.brief(first, second, on=_edtf(on, "--on"))
    if as_json:
        _json(asdict(found))
        return
    from dragoman import terminal_texts

    terminal_texts.briefing(found)


@app.command()
def who(
    position: Annotated[str, typer.Argument(help="The office, such as \"prime minister\" or \"minister of trade\".")],
    state: Annotated[str, typer.Argument(metavar="STATE", help="The state by code or name.")],
    on: Annotated[str | None, typer.Option("--on", help="On this day (EDTF: 2022-03-01, 2022-03); else the last holder known.")] = None,
    as_json: Json = False,
) -> None:
    """Print who held an office on a day, with the words that say so; else who is known before and after.

    Ends with 1 if nobody is known to have held it then.
    """
    (code,) = _codes([state])
    with _record() as record:
        found = record.who(position, code, on=_edtf(on, "--on"))
    if as_json:
        _json(found.as_json())
    else:
        from dragoman import terminal_facts

        terminal_facts.answer(found)
    if not found.holders:
        raise typer.Exit(1)


@app.command()
def coverage(
    state: Annotated[list[str], typer.Argument(metavar="STATE", help="A state by code or name; given twice, both together.")],
    as_json: Json = False,
) -> None:
    """Print what the record rests on for a state or a pair: documents and outlets by month, the newest, months without any."""
    codes = _codes(state)
    with _record() as record:
        found = record.coverage(*codes)
    if as_json:
        _json(asdict(found))
        return
    from dragoman import terminal_facts

    terminal_facts.coverage(found)


@app.command()
def changes(
    file: Annotated[str, typer.Argument(help="The name that the text came in under, or a document's id.")],
    as_json: Json = False,
) -> None:
    """Print what changed from version to version of a text, sentence by sentence."""
    with _record() as record:
        rows = list(record.changes(file))
    if as_json:
        _json([r.as_json() for r in rows])
        return
    from dragoman import terminal_texts

    terminal_texts.changes(rows)


# ---------------------------------------------------------------- to judge

@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(help="Gold facts, one JSON object a line, in the format of the benchmark.")],
    claims: Annotated[Path | None, typer.Option("--claims", help="Claims in the contract's lines; by default those of the record.")] = None,
    documents: Annotated[Path | None, typer.Option("--documents", help="Folder of the texts, to check every span of evidence.")] = None,
    kinds: Annotated[str | None, typer.Option("--kinds", help="Only these kinds, separated by commas.")] = None,
    misses: Annotated[bool, typer.Option("--misses", help="List what was missed, what differs, and what was claimed beyond.")] = False,
    previous: Annotated[Path | None, typer.Option("--previous", help="An earlier run's --json: list gains and losses.")] = None,
    min_confidence: Sure = 0.0,
    as_json: Json = False,
) -> None:
    """Compare claims with gold facts: precision, recall and F1 by kind and field, and how far confidence can be trusted.

    The rules are those of the benchmark's scorer. Ends with 1 if a span of evidence is not equal to its text.
    """
    from dragoman import terminal_scores
    from dragoman.evaluation import report, score

    facts = _lines(gold)
    if claims is None:
        with _record() as record:
            found = [json.loads(line) for line in record.export("claims")]
    else:
        found = _lines(claims)
    found = [c for c in found if c.get("confidence") is None or c["confidence"] >= min_confidence]
    texts = {p.name: p.read_text(encoding="utf-8") for p in documents.glob("*.txt")} if documents else {}
    scores = score(facts, found, kinds.split(",") if kinds else None, texts)
    if as_json:
        _json(report.as_json(scores))
    else:
        terminal_scores.evaluation(scores, misses, json.loads(previous.read_text(encoding="utf-8")) if previous else None)
    if scores.spans[1]:
        raise typer.Exit(1)


def _lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSONL file; what is no such file ends the command."""
    try:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        _stop(f"{path}: not a file with one JSON object a line ({error}).", 2)


# ---------------------------------------------------------------- to hand on


@export.command("claims")
def export_claims(
    format: Annotated[str, typer.Option("--format", help="`jsonl`: one claim a line, as the claim contract says.")] = "jsonl",
    to: Annotated[Path | None, typer.Option("--to", help="Write to this file instead of standard output.")] = None,
    min_confidence: Sure = 0.0,
    superseded: Old = False,
    copies: Copies = True,
) -> None:
    """Write every claim, one JSON object a line, to standard output or a file."""
    if format != "jsonl":
        _stop(f"No format {format!r} for claims; there is jsonl.", 2)
    with _record() as record:
        lines = record.export("claims", format=format, min_confidence=min_confidence, superseded=superseded, copies=copies)
        if to is None:
            for line in lines:
                print(line)
            return
        part = to.with_name(to.name + ".part")  # a reader never sees half a file
        with part.open("w", encoding="utf-8") as file:
            file.writelines(line + "\n" for line in lines)
        part.replace(to)


if __name__ == "__main__":
    main()
