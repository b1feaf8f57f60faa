"""Commands that measure: claims and records against gold."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Sequence
from contextlib import ExitStack, redirect_stdout, suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer

from dragoman.cli.common import Asked, Json, Sure, lines_of, opened, print_json, stop


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

    facts = lines_of(gold)
    if claims is None:
        with opened() as record:
            found = [json.loads(line) for line in record.export("claims")]
    else:
        found = lines_of(claims)
    found = [c for c in found if c.get("confidence") is None or c["confidence"] >= min_confidence]
    texts = {p.name: p.read_text(encoding="utf-8") for p in documents.glob("*.txt")} if documents else {}
    scores = score(facts, found, kinds.split(",") if kinds else None, texts)
    if as_json:
        print_json(report.as_json(scores))
    else:
        terminal_scores.evaluation(scores, misses, json.loads(previous.read_text(encoding="utf-8")) if previous else None)
    if scores.spans[1]:
        raise typer.Exit(1)


def evaluate_record(
    context: typer.Context,
    gold: Annotated[Path, typer.Argument(help="A gold record, in the form of the benchmark's record_gold.json.")],
    claims: Annotated[Path | None, typer.Option("--claims", help="Gold facts (JSON lines) to make a record of, instead.")] = None,
    misses: Annotated[bool, typer.Option("--misses", help="List what was not right, and conflicts that the gold does not list.")] = False,
    as_json: Json = False,
) -> None:
    """Compare a record with a gold record: contacts put together, conflicts, promises, offices, and questions answered.

    With the record's own claims, or with gold claims put in.
    """
    from dragoman.evaluation import gold_claims, record_gold

    try:
        clusters = json.loads(gold.read_text(encoding="utf-8"))["clusters"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        stop(f"{gold}: not a gold record ({error}).", 2)
    commands = _commands(gold.with_name("questions.json"))
    for question in (q for cluster in clusters for q in cluster.get("questions", ()) if q["q"] in commands):
        question.setdefault("command", commands[question["q"]])
    with ExitStack() as stack:
        if claims is not None:
            Asked.path = str(Path(stack.enter_context(TemporaryDirectory())) / "gold.db")
        record = stack.enter_context(opened(create=claims is not None))
        if claims is not None:
            wanted = {file for cluster in clusters for file in cluster["files"]}
            for file, some in gold_claims.by_document(r for r in lines_of(claims) if r["file"] in wanted).items():
                record.take_in(gold_claims.document(file, some), some, file.encode(), file)
        held = [(row.document.files, row.claim) for row in record.claims()]
        scores = record_gold.Scorer(record, held, partial(_shown, context.find_root().command)).score(clusters)
    if as_json:
        print_json(scores.as_json())
        return
    from dragoman import terminal_scores

    terminal_scores.of_record(scores, misses)


def _commands(path: Path) -> dict[str, list[str]]:
    """The command that answers each question, from the file beside a gold record."""
    if not path.is_file():
        return {}
    try:
        found: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        stop(f"{path}: not a table of questions and commands ({error}).", 2)
    return found


def _shown(root: Any, command: Sequence[str]) -> list[str]:
    """Ids of the claims that a command of ours shows."""
    out = io.StringIO()
    before = ["--record", Asked.path] if Asked.path else []
    with redirect_stdout(out), suppress(typer.Exit, SystemExit):
        root.main([*before, *command, "--json"], standalone_mode=False)
    return re.findall(r"claim:[0-9a-f]{20}", out.getvalue())


COMMANDS = (evaluate, evaluate_record)
