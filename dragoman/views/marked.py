"""A document's text with its claims marked in place."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dragoman.model.documents import READ, Document, Zone
from dragoman.model.stored import ClaimRow

_END = re.compile(r"[.!?][”\"’')]?(?=\s+[“\"(A-Z0-9À-ÞА-Я])|\n+")
PART = 40_000  # characters of a text that one page shows


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


def pieces(document: Document, rows: Sequence[ClaimRow], start: int = 0, end: int | None = None,
           also: Iterable[int] = ()) -> tuple[Piece, ...]:
    """The text from start to end, cut at every end of an evidence or zone; joined, the pieces are the text again.

    also  further places to cut at
    """
    end = len(document.text) if end is None else end
    marks = [(e.start, e.end, n, row.claim.kind, k == 0) for n, row in enumerate(rows, 1) for k, e in enumerate(row.claim.evidence)]
    cuts = {start, end, *also}
    for first, last, *_ in marks:
        cuts |= {first, last}
    for span in document.zones:
        cuts |= {span.start, span.end}
    edges = sorted(c for c in cuts if start <= c <= end)
    begins: dict[int, list[tuple[int, int, int, str, bool]]] = {}
    for mark in marks:
        begins.setdefault(mark[0], []).append(mark)
    out: list[Piece] = []
    open_ = [m for m in marks if m[0] < start < m[1]]
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


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where sentences and lines begin and end, spaces included; good enough to point at, not to read by.

    >>> sentences("One came. Two left.", 0, 19)
    [(0, 9), (9, 19)]
    """
    cuts = [start]
    for m in _END.finditer(text, start, end):
        cuts += [m.start(), m.end()] if m.group()[0] == "\n" else [m.end()]  # line ends belong to no sentence
    cuts.append(end)
    return [(a, b) for a, b in itertools.pairwise(cuts) if a < b]


def parts(text: str) -> list[int]:
    """Where each page of a long text begins: at the last line or sentence end before it grows too long."""
    found = [0]
    while len(text) - found[-1] > PART * 1.25:
        limit = found[-1] + PART
        cut = max(text.rfind("\n", found[-1] + PART // 2, limit), text.rfind(". ", found[-1] + PART // 2, limit))
        found.append(cut + 1 if cut > 0 else limit)
    return found
