"""What the commands show of a comparison with gold facts: aligned tables, gains and losses, misses."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from dragoman.evaluation import Scores, report
from dragoman.evaluation.record_gold import RecordScores
from dragoman.views.visible import one_line


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


def of_record(scores: RecordScores, misses: bool) -> None:
    """The figures of a record against a gold record."""
    rows = [("", "right", "asked", "figure")]
    named = (("same contacts put together, F1", scores.contacts, scores.contacts.f1),
             ("conflicts found", scores.conflicts, scores.conflicts.share),
             ("final status of commitments", scores.commitments, scores.commitments.share),
             ("days of offices", scores.offices, scores.offices.share), ("questions", scores.questions, scores.questions.share))
    rows += [(name, str(t.right), str(t.asked), "-" if figure is None else f"{figure:.2f}") for name, t, figure in named]
    aligned(rows)
    sys.stdout.write(f"wrongly put together: {scores.contacts.wrong}; called conflicts wrongly: {scores.conflicts.wrong}; "
                     f"conflicts that the gold does not list: {len(scores.beyond)}\n")
    if misses:
        sys.stdout.writelines(f"  {one_line(line, 300)}\n" for line in scores.misses)
        sys.stdout.writelines(f"  beyond: {one_line(line, 300)}\n" for line in scores.beyond)
