"""What the commands show in a terminal: tables, marked texts, explanations, briefings; plain lines into a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from dragoman.evaluation import Scores, report
from dragoman.model.documents import Document
from dragoman.model.stored import Change, ClaimRow, DocumentRow, Hit, Summary
from dragoman.views import citation, marked, wording
from dragoman.views.brief import Brief
from dragoman.views.explain import Explanation
from dragoman.views.visible import one_line, visible

COLOURS = {
    "contact": "cyan",
    "tenure": "green",
    "figure": "yellow",
    "agreement": "magenta",
    "membership": "blue",
    "mission": "bright_blue",
    "statement": "red",
    "biography": "bright_green",
    "commitment": "bright_yellow",
    "relation": "bright_cyan",
    "event": "bright_red",
}


def console(stderr: bool = False) -> Console:
    """A console that wraps only where somebody looks."""
    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, highlight=False, soft_wrap=not stream.isatty())


def table(head: Sequence[str], rows: Iterable[Sequence[str]], what: str) -> None:
    """A table that fits the terminal; tab-separated lines into a pipe; how many there were, on standard error."""
    rows = list(rows)
    if sys.stdout.isatty():
        from rich.table import Table

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
def progress(wanted: bool) -> Iterator[Any]:
    """A function that moves a bar on standard error; None where nobody watches."""
    if not wanted or not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("Reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[file]}", markup=False),
    )
    with Progress(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, file="")
        yield lambda step: bar.update(task, completed=step.done, total=step.total, file=one_line(step.file, 40))


def summary_of(summary: Summary) -> None:
    """What a run read, what it did not, and why."""
    parts = [f"{summary.new} new", f"{summary.changed} changed", f"{summary.unchanged} unchanged"]
    if summary.reread:
        parts.append(f"{summary.reread} read again by a newer reader")
    copies = f" ({summary.copies} copies of others)" if summary.copies else ""
    out = console()
    out.print(
        Text(
            f"Read {', '.join(parts)} documents{copies}: {summary.words:,} words, {summary.claims:,} claims, {summary.seconds:.1f} s",
            style="bold",
        )
    )
    if summary.put_aside:
        out.print(Text(f"  {summary.put_aside} put aside: no state, official or organisation in them; stored and searchable"))
    for file, language in summary.not_read:
        out.print(Text(f"  not read: {one_line(file, 100)} is in another language ({language}); stored and searchable"))
    for problem in summary.problems:
        out.print(Text(visible(f"  {'failed' if problem.failed else 'note'}: {problem}"), style="red" if problem.failed else ""))


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


def text(row: DocumentRow, document: Document, found: Sequence[ClaimRow]) -> None:
    """The whole text with its claims numbered and coloured, then the claims; what is not read is dim."""
    out = console()
    out.print(Text(citation.source(row), style="bold"))
    if not row.read:
        out.print(Text(f"Not read: in another language ({row.language})."))
    body = Text()
    for piece in marked.pieces(document, found):
        body.append("".join(f"[{n}]" for n in piece.opens), style="bold")
        body.append(visible(piece.text), style=COLOURS.get(piece.kind, "bold") if piece.kind else "" if piece.read else "dim")
    out.print(body)
    for n, one in enumerate(found, 1):
        head = f"[{n}] {one.claim.kind}", f"bold {COLOURS.get(one.claim.kind, '')}"
        out.print(Text.assemble(head, f" {wording.line(one.claim)}  ", (citation.short(one.claim.id), "dim")))


def explanation(found: Explanation) -> None:
    """A claim with its sentence, what was seen there, and why each date."""
    out, claim = console(), found.row.claim
    first = claim.evidence[0]
    out.print(Text.assemble((claim.kind, f"bold {COLOURS.get(claim.kind, '')}"), f"  {found.line}"))
    sentence = Text("  " + visible(found.sentence))
    sentence.stylize("reverse", 2 + max(0, first.start - found.start), 2 + min(len(found.sentence), first.end - found.start))
    out.print(sentence)
    for label, lines in (
        ("words", [f"{e.start}-{e.end} “{one_line(e.quote)}”" for e in claim.evidence]),
        ("source", [citation.source(found.row.document), *found.sources]),
        ("seen", [f"{s.stage} “{s.words}”: {s.taken_for}" for s in found.seen]),
        ("rules", [", ".join(found.rules), f"by {claim.extractor}"]),
        ("dates", found.dates),
        ("modality", [f"{claim.modality}: {found.modality}"]),
        ("confidence", [f"{claim.confidence:.2f}"]),
        ("id", [claim.id]),
    ):
        for n, line in enumerate(lines):
            out.print(Text.assemble((f"{'' if n else label:>10}  ", "bold"), line))


def briefing(found: Brief) -> None:
    """The briefing with its numbered sources."""
    out = console()
    span = f", published {wording.date(found.first)} to {wording.date(found.last)}" if found.first and found.last else ""
    title = f"{wording.state(found.a)} and {wording.state(found.b)}" + (f", as of {wording.date(found.on)}" if found.on else "")
    out.print(Text(title, style="bold"))
    told = "1 document that tells" if found.documents == 1 else f"{found.documents} documents that tell"
    out.print(Text(f"From {told} of both{span}."))
    out.print(Text("[n] is the source, the code beside it the claim: dragoman explain CODE shows its words."))
    for section in found.sections:
        out.print(Text(f"\n{section.title}", style="bold underline"))
        if not section.lines:
            out.print(Text("  Nothing in the documents read.", style="dim"))
        for line in section.lines:
            cites = " ".join(f"[{c.number} {citation.short(c.claim)}]" for c in line.cites)
            shown = Text.assemble("– ", line.text, (f"  ({line.note})", "italic") if line.note else "", (f" {cites}", "cyan"))
            out.print(Padding(shown, (0, 0, 0, 2)) if out.is_terminal else Text("  ") + shown)
        if section.more:
            out.print(Text(f"  and {section.more} more: see dragoman claims", style="dim"))
    out.print(Text("\nSources", style="bold underline"))
    for source in found.sources:
        out.print(Text(f"  [{source.number}] {source.text}"))


def changes(rows: Sequence[Change]) -> None:
    """Each sentence as it was and as it is, with the versions and the time."""
    out = console()
    for row in rows:
        out.print(Text(f"version {row.before_version} to {row.after_version}, read {row.at}", style="bold"))
        for sign, words, style in (("-", row.before, "red"), ("+", row.after, "green")):
            if words:
                out.print(Text(f"  {sign} {one_line(words)}", style=style))
    if not rows:
        sys.stderr.write("no changes: one version only\n")


def evaluation(scores: Scores, misses: bool, before: dict[str, Any] | None) -> None:
    """The tables of a comparison with gold facts."""
    tables = [report.by_kind(scores), report.by_field(scores), report.by_confidence(scores), report.separation(scores)]
    for title, (head, rows) in zip(("By kind", "By field", "Confidence", "Confidence by kind"), tables, strict=True):
        sys.stdout.write(f"\n{title}\n")
        aligned((head, *rows))
    checked, wrong = scores.spans
    if checked:
        sys.stdout.write(f"\nevidence spans checked: {checked}, not equal to the text: {wrong}\n")
    if before is not None:
        gains, losses = report.gains_and_losses(scores, before)
        sys.stdout.write(f"\nAgainst the earlier run: {len(gains)} gained, {len(losses)} lost\n")
        for sign, facts in (("+", gains), ("-", losses)):
            sys.stdout.writelines(f"  {sign} {f['file']} {f['kind']}: {one_line(str(f.get('quote', '')), 160)}\n" for f in facts)
    if misses:
        sys.stdout.write("\n")
        sys.stdout.writelines(f"{what:<8}{file} {kind}: {one_line(words, 300)}\n" for what, file, kind, words in report.listed(scores))


def aligned(rows: Sequence[tuple[str, ...]]) -> None:
    """Columns under one another; the first to the left, numbers to the right."""
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    for row in rows:
        cells = [c.ljust(w) if not c[:1].isdigit() and n < 2 else c.rjust(w) for n, (c, w) in enumerate(zip(row, widths, strict=True))]
        sys.stdout.write("  ".join(cells).rstrip() + "\n")
