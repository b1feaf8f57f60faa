"""A document's text with its claims marked in place."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.model.documents import READ, Document, Zone
from dragoman.model.stored import ClaimRow


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text that the same claims point to.

    claims  numbers of the claims (from 1, in the order of the list beside the text) whose evidence holds the stretch
    kind    of the narrowest of them, None where there is none
    opens   numbers of the claims whose first evidence starts here
    """

    start: int
    end: int
    text: str
    zone: Zone
    claims: tuple[int, ...] = ()
    kind: str | None = None
    opens: tuple[int, ...] = ()

    @property
    def read(self) -> bool:
        """Whether claims may come from this zone."""
        return self.zone in READ


def pieces(document: Document, rows: Sequence[ClaimRow]) -> tuple[Piece, ...]:
    """The text cut at every end of an evidence or zone; joined, the pieces are the text again."""
    marks = [(e.start, e.end, n, row.claim.kind, k == 0) for n, row in enumerate(rows, 1) for k, e in enumerate(row.claim.evidence)]
    cuts = {0, len(document.text)}
    for start, end, *_ in marks:
        cuts |= {start, end}
    for span in document.zones:
        cuts |= {span.start, span.end}
    edges = sorted(c for c in cuts if 0 <= c <= len(document.text))
    begins: dict[int, list[tuple[int, int, int, str, bool]]] = {}
    for mark in marks:
        begins.setdefault(mark[0], []).append(mark)
    out: list[Piece] = []
    open_: list[tuple[int, int, int, str, bool]] = []
    for start, end in itertools.pairwise(edges):
        open_ = [m for m in open_ if m[1] > start] + begins.get(start, [])
        narrow = min(open_, key=lambda m: m[1] - m[0], default=None)
        out.append(
            Piece(
                start,
                end,
                document.text[start:end],
                document.zone_at(start),
                tuple(sorted({m[2] for m in open_})),
                narrow[3] if narrow else None,
                tuple(sorted({m[2] for m in begins.get(start, []) if m[4]})),
            )
        )
    return tuple(out)
