"""What the commands draw: marked texts, explanations, what a run has read."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rich.text import Text

from dragoman.model.documents import Document
from dragoman.model.stored import Change, ClaimRow, DocumentRow, Summary
from dragoman.terminal import console
from dragoman.views import citation, marked, wording
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
