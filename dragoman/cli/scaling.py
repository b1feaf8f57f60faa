"""Reading a whole crawl on an engine, and what to do with what it gives."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.common import Json, opened, print_json, stop

if TYPE_CHECKING:
    from dragoman.scale.layout import Report

app = typer.Typer(help="Read a whole crawl over many processors or machines, into Parquet.", no_args_is_help=True, rich_markup_mode=None)
To = Annotated[str, typer.Option("--to", metavar="DIR", help="A folder or s3://...; a run that was stopped goes on in it.")]
Made = Annotated[str, typer.Argument(metavar="DIR", help="What `dragoman scale read` put its output into: a folder or s3://... .")]
Ray = Annotated[str | None, typer.Option("--ray", metavar="ADDRESS", help="A Ray cluster (HOST:6379, or auto); without it, this machine.")]
Workers = Annotated[int | None, typer.Option("--workers", min=1, help="How many read at once; by default one a processor.")]


@app.command("read")
def scale_read(
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE...", help="WARC, Parquet or JSONL: files, folders, globs, s3://... .")],
    to: To,
    ray: Ray = None,
    format: Annotated[str | None, typer.Option("--format", help="`warc`, `parquet` or `jsonl`, where names do not tell.")] = None,
    text_column: Annotated[str | None, typer.Option("--text-column", help="The field with the text or page; `text` by default.")] = None,
    id_column: Annotated[str | None, typer.Option("--id-column", help="The field with the name that a text goes by; `id`.")] = None,
    url_column: Annotated[str | None, typer.Option("--url-column", help="The field with its address; `url`.")] = None,
    title_column: Annotated[str | None, typer.Option("--title-column", help="The field with its headline; `title`.")] = None,
    date_column: Annotated[str | None, typer.Option("--date-column", help="The field with its date of publication; `date`.")] = None,
    outlet_column: Annotated[str | None, typer.Option("--outlet-column", help="The field with its outlet; `outlet`.")] = None,
    language_column: Annotated[str | None, typer.Option("--language-column", help="The field with its language; `language`.")] = None,
    author_column: Annotated[str | None, typer.Option("--author-column", help="The field with its author; `author`.")] = None,
    workers: Workers = None,
    batch: Annotated[int, typer.Option("--batch", min=1, help="Inputs that are put in place together; a kill costs no more.")] = 2000,
    time_limit: Annotated[
        float, typer.Option("--time-limit", min=0.1, help="CPU seconds after which a document is put aside; four times those if it hangs."),
    ] = 60.0,
    language_model: Annotated[
        str | None,
        typer.Option("--language-model", envvar="DRAGOMAN_LANGUAGE_MODEL", help="Another installed spaCy pipeline with a parser and NER."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Read a crawl into Parquet: documents, claims, problems, and what was put aside.

    Each batch is whole or not there, so that a run may be stopped or killed at any time and started again.
    Ends with 1 if a file could not be read to its end.
    """
    from dragoman.scale.layout import Columns
    from dragoman.scale.reading import read

    if format not in (None, "warc", "parquet", "jsonl"):
        stop(f"No format {format!r}; there are warc, parquet and jsonl.", 2)
    columns = Columns(text_column, id_column, url_column, title_column, date_column, outlet_column, language_column, author_column)
    with _told(as_json) as progress, _refusals():
        report = read(sources, to, format=format, columns=columns, ray=ray, workers=workers, batch=batch, time_limit=time_limit,
                      language_model=language_model, progress=progress)
    if as_json:
        print_json(report.as_json())
    else:
        _print(report, to)
    if report.unfinished:
        raise typer.Exit(1)


@app.command("facts")
def scale_facts(
    folder: Made,
    to: Annotated[str, typer.Option("--to", metavar="DIR", help="Where the facts go: a folder or s3://... .")],
    ray: Ray = None,
    workers: Workers = None,
    as_json: Json = False,
) -> None:
    """Resolve the claims of a crawl into facts without a database: offices, contacts, series of figures, promises, conflicts.

    They are the facts that a record would have after `dragoman load DIR`.
    """
    from dragoman.scale.resolving import facts

    with _refusals():
        counts = facts(folder, to, ray=ray, workers=workers)
    if as_json:
        print_json(counts)
        return
    print(f"{sum(counts.values()):,} facts: " + ", ".join(f"{n:,} {kind}" for kind, n in sorted(counts.items())))


def load(
    folder: Made,
    as_json: Json = False,
) -> None:
    """Bring what `dragoman scale read` made into the record.

    Loading it again changes nothing; a load that was stopped goes on where it was.
    """
    from dragoman import terminal, terminal_texts

    with opened(create=True) as record, terminal.progress(not as_json) as progress:
        summary = record.load(folder, progress=progress)
    if as_json:
        print_json(summary.as_json())
    else:
        terminal_texts.summary_of(summary)


@contextmanager
def _refusals() -> Iterator[None]:
    """A sentence and a remedy instead of a traceback."""
    from dragoman.model.problems import DragomanError

    try:
        yield
    except DragomanError as error:
        stop(str(error))


@contextmanager
def _told(quiet: bool) -> Iterator[Callable[[Report], None] | None]:
    """A line that tells how far a run is."""
    if quiet:
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield _Log()
        return
    columns = (BarColumn(), TextColumn("{task.percentage:>3.0f} %"), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True) as shown:
        task = shown.add_task("", total=None)

        def told(report: Report) -> None:
            shown.update(task, total=report.total_bytes, completed=report.bytes, description=line(report))

        yield told


class _Log:
    """A line a minute for a log."""

    def __init__(self) -> None:
        self._minute = 0

    def __call__(self, report: Report) -> None:
        if report.seconds >= 60 * (self._minute + 1):
            self._minute = int(report.seconds // 60)
            print(line(report), file=sys.stderr, flush=True)


def line(report: Report) -> str:
    """How far a run is, in a line: how much, how fast, what was put aside, what it cost, what is left."""
    left = "" if report.left is None else f", {_span(report.left)} left"
    return (f"{report.counts['inputs']:,} inputs, {report.rate:,.1f} a second, {report.aside:.0%} put aside, "
            f"{report.counts['claims']:,} claims, {_cost(report.cpu_seconds)} so far{left}")


def _span(seconds: float) -> str:
    """A time as people say it."""
    if seconds < 100:
        return f"{seconds:.0f} s"
    if seconds < 6000:
        return f"{seconds / 60:.0f} min"
    hours = seconds / 3600
    return f"{hours:.1f} hours" if hours < 48 else f"{hours / 24:.1f} days"


def _cost(seconds: float) -> str:
    """Processor time as it is paid for."""
    return f"{seconds:,.0f} CPU seconds" if seconds < 3600 else f"{seconds / 3600:,.1f} core-hours"


def _print(report: Report, to: str) -> None:
    counts = report.counts
    print(f"{counts['inputs']:,} inputs with {counts['documents']:,} documents, in {to}:")
    rows = [("read", counts["read"], f"{counts['words']:,} words, {counts['claims']:,} claims"),
            ("put aside", counts["put_aside"], "no state, official or organisation is named"),
            ("put aside", counts["other_language"], "in another language"),
            ("failed", counts["failed"], "kept without claims"),
            ("edited copies", report.copies, "linked to their originals; their claims do not count again"),
            ("replaced", report.superseded, "a newer text stands at the same address"),
            ("problems", counts["problems"], f"told in {to}/problems")]
    for name, count, what in rows:
        if count:
            print(f"  {name:<14}{count:>12,}  {what}")
    print(f"This run: {report.new_inputs:,} inputs in {_span(report.seconds)}, {report.rate:,.1f} a second, {report.aside:.1%} put aside. "
          f"All of it cost {_cost(report.cpu_seconds)}{_each(report)}.")
    if report.restarts:
        count = len(report.restarts)
        print(f"The engine ended by itself and was begun again {count} time{'s' if count > 1 else ''} "
              f"({', '.join(sorted(set(report.restarts)))}); nothing is lost by that.")
    for path, why in report.unfinished:
        print(f"not read to its end: {path}: {why}. Start the same again to go on with it.")
    if counts["claims"]:
        print(f"Next: `dragoman load {to}` brings it into a record; `dragoman scale facts {to} --to DIR` makes the facts without one.")


def _each(report: Report) -> str:
    """What an input cost."""
    inputs = report.counts["inputs"]
    return f", {report.cpu_seconds / inputs * 1000:,.1f} ms an input" if inputs else ""


COMMANDS: tuple[Callable[..., Any], ...] = (load,)
GROUPS: dict[str, typer.Typer] = {"scale": app}
