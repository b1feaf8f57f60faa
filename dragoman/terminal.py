"""What the commands show as tables: in columns for somebody who looks, plain lines into a pipe, for which nothing is loaded to draw."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from dragoman.model.stored import ClaimRow, DocumentRow, Hit
from dragoman.views import citation, wording
from dragoman.views.visible import one_line

if TYPE_CHECKING:
    from rich.console import Console


def console(stderr: bool = False) -> Console:
    """A console that wraps only where somebody looks."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, highlight=False, soft_wrap=not stream.isatty())


def table(head: Sequence[str], rows: Iterable[Sequence[str]], what: str) -> None:
    """A table that fits the terminal; tab-separated lines into a pipe; how many there were, on standard error."""
    rows = list(rows)
    if sys.stdout.isatty():
        from rich.table import Table
        from rich.text import Text

        shown = Table(box=None, pad_edge=False, header_style="bold")
        for name in head:
            shown.add_column(name, overflow="fold")
        for row in rows:
            shown.add_row(*(Text(cell) for cell in row))
        console().print(shown)
    else:
        sys.stdout.writelines("\t".join(row) + "\n" for row in rows)
    if sys.stdout.isatty() or not rows:
        sys.stderr.write(f"{len(rows)} {what}\n")


@contextmanager
def progress(wanted: bool, doing: str = "Reading") -> Iterator[Any]:
    """A function that moves a bar on standard error; None where nobody watches."""
    if not wanted or not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn(doing),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[file]}", markup=False),
    )
    with Progress(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, file="")
        yield lambda step: bar.update(task, completed=step.done, total=step.total, file=one_line(step.file, 40))


def documents(rows: Sequence[DocumentRow]) -> None:
    """One line a document, with how its date is known and what is particular about it."""
    table(("file", "published", "known by", "outlet", "claims", "remarks"), [_document(r) for r in rows], "documents")


def _document(row: DocumentRow) -> tuple[str, ...]:
    remarks = [
        "" if row.read else f"not read ({row.language})",
        f"copy of {row.copy_of}" if row.copy_of else "",
        "superseded" if row.superseded_by else "",
        f"{len(row.files)} places" if len(row.files) > 1 else "",
    ]
    published = wording.date(row.published) + (f" ({' or '.join(row.alternatives)})" if row.alternatives else "")
    shown = (one_line(row.file, 48), published, row.published_by or "", one_line(row.outlet or "", 40), str(row.claims))
    return (*shown, ", ".join(r for r in remarks if r))


def claims(rows: Sequence[ClaimRow]) -> None:
    """One line a claim, with the beginning of its id."""
    table(("claim", "kind", "what", "who says so", "file"), [_claim(r) for r in rows], "claims")


def _claim(row: ClaimRow) -> tuple[str, ...]:
    said = one_line(wording.line(row.claim), 220), one_line(citation.claimant(row.claim), 60), one_line(row.document.file, 40)
    return (citation.short(row.claim.id), row.claim.kind, *said)


def hits(rows: Sequence[Hit]) -> None:
    """One line a place where the words were found."""
    table(("file", "published", "found", "claim"), [_hit(h) for h in rows], "hits")


def _hit(hit: Hit) -> tuple[str, ...]:
    found = wording.line(hit.claim.claim) if hit.claim else hit.snippet
    claim = citation.short(hit.claim.claim.id) if hit.claim else ""
    return one_line(hit.document.file, 40), wording.date(hit.document.published), one_line(found, 200), claim
