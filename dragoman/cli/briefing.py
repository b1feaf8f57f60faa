"""The command that makes the briefing book."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from dragoman.cli.common import Json, edtf, opened, state_codes, stop

SUFFIXES = {".html": "html", ".htm": "html", ".pdf": "pdf", ".docx": "docx", ".md": "md", ".json": "json", ".txt": "text"}


def brief(
    a: Annotated[str, typer.Argument(metavar="US", help="Our state, by code or name.")],
    b: Annotated[str, typer.Argument(metavar="THEM", help="The state that we meet.")],
    on: Annotated[str | None, typer.Option("--on", help="The day of the book: only documents published by then count.")] = None,
    since: Annotated[str | None, typer.Option("--since", help="From when changes are told; the last meeting by default.")] = None,
    occasion: Annotated[str | None, typer.Option("--for", help="What it is for: 'visit of Minister Kask'.")] = None,
    format: Annotated[
        str | None, typer.Option("--format", "-f", help="text, html, pdf, docx, md or json; by default as --to ends.")
    ] = None,
    to: Annotated[Path | None, typer.Option("--to", help="Write to this file, not to standard output; pdf and docx need it.")] = None,
    locale: Annotated[str, typer.Option("--locale", help="How dates and amounts are written: en_GB, en_US, de_DE, ...")] = "en_GB",
    as_json: Json = False,
) -> None:
    """Make the briefing book on two states: essentials, people, contacts, promises, figures, agreements, positions; every sentence cited.

    Same record, same day: the same book.
    """
    from dragoman.views import book_formats

    form = "json" if as_json else format or SUFFIXES.get(to.suffix.lower() if to else "", "text")
    if form not in book_formats.FORMATS:
        stop(f"No format {form!r} for a book; there are {', '.join(book_formats.FORMATS)}.", 2)
    if form in ("pdf", "docx") and to is None:
        stop(f"A {form} file needs a place: give --to NAME.{form}.", 2)
    ours, theirs = state_codes([a, b])
    if ours == theirs:
        stop(f"A briefing needs two states; {a} and {b} are one.", 2)
    with opened() as record, _waiting():
        found = record.brief(ours, theirs, edtf(on, "--on"), since=edtf(since, "--since"), occasion=occasion, locale=locale)
        made = book_formats.render(found, form)
    if to is None:
        sys.stdout.write(str(made))
        return
    part = to.with_name(to.name + ".part")  # a reader never sees half a file
    part.write_bytes(made if isinstance(made, bytes) else made.encode("utf-8"))
    part.replace(to)
    passages = sum(len(source.passages) for source in found.sources)
    sys.stderr.write(f"{to}: {len(found.sources)} sources, {passages} passages cited\n")


def _waiting() -> Any:
    """A sign on standard error that work is under way, where somebody looks."""
    from contextlib import nullcontext

    if not sys.stderr.isatty():
        return nullcontext()
    from dragoman import terminal

    return terminal.console(stderr=True).status("Making the briefing book")


COMMANDS: tuple[Callable[..., Any], ...] = (brief,)
GROUPS: dict[str, typer.Typer] = {}
