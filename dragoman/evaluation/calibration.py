"""Whether a confidence of 0.8 means that 80 % are right: a reliability table, and how well confidence parts right from wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

Outcome = tuple[float, bool]


class Bin(NamedTuple):
    """Claims whose confidence lies from low to high: how many, their mean confidence, the share that is right."""

    low: float
    high: float
    claims: int
    confidence: float
    right: float


def reliability(outcomes: Iterable[Outcome], bins: int = 10) -> list[Bin]:
    """The table of reliability, in bins of equal mass.

    >>> reliability([(0.85, True), (0.85, False)], bins=1)[0].right
    0.5
    """
    ordered = sorted(outcomes)
    edges = [round(len(ordered) * n / bins) for n in range(bins + 1)]
    held = [ordered[a:b] for a, b in pairwise(edges) if a < b]
    return [
        Bin(rows[0][0], rows[-1][0], len(rows), sum(c for c, _ in rows) / len(rows), sum(r for _, r in rows) / len(rows)) for rows in held
    ]


def expected_error(table: Sequence[Bin]) -> float:
    """The mean distance of confidence from the share that is right, weighted by claims."""
    total = sum(b.claims for b in table)
    return sum(b.claims * abs(b.confidence - b.right) for b in table) / total if total else 0.0


def auc(outcomes: Iterable[Outcome]) -> float | None:
    """The chance that a right claim has more confidence than a wrong one; ties count half; None without both.

    >>> auc([(0.9, True), (0.2, False)])
    1.0
    """
    ordered = sorted(outcomes)
    right = sum(r for _, r in ordered)
    wrong = len(ordered) - right
    if not right or not wrong:
        return None
    ranks, at = 0.0, 0
    while at < len(ordered):
        end = at
        while end < len(ordered) and ordered[end][0] == ordered[at][0]:
            end += 1
        mean = (at + 1 + end) / 2
        ranks += mean * sum(r for _, r in ordered[at:end])
        at = end
    return (ranks - right * (right + 1) / 2) / (right * wrong)
