"""How far two analysts agree: Krippendorff's alpha for nominal values (K. Krippendorff, Content Analysis, 4th ed., ch. 12)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from dragoman.model.facts import Judgement

SORTS = {"same": "pair", "different": "pair", "reject": "claim", "accept": "claim", "correct": "claim"}


def between(lines: Iterable[Judgement], one: str, other: str) -> tuple[float | None, int]:
    """Alpha over the matters that both judged, and how many these are."""
    held: dict[tuple[str, tuple[str, ...]], dict[str, str]] = {}
    for line in lines:
        if line.verb in SORTS and line.by in (one, other):
            held.setdefault((SORTS[line.verb], tuple(sorted(line.subjects))), {})[line.by] = line.verb
    units = [(found[one], found[other]) for found in held.values() if len(found) == 2]
    return alpha(units), len(units)


def alpha(units: Sequence[Sequence[str]]) -> float | None:
    """Krippendorff's alpha of units that each coder gave a value; None where there is none, or all values are one.

    >>> round(alpha([("a", "a"), ("a", "a"), ("b", "b"), ("a", "b")]), 3)
    0.533
    """
    units = [u for u in units if len(u) > 1]
    values = Counter(v for u in units for v in u)
    total = sum(values.values())
    expected = total * total - sum(n * n for n in values.values())
    if not expected:
        return None
    observed = sum((len(u) ** 2 - sum(n * n for n in Counter(u).values())) / (len(u) - 1) for u in units)
    return 1 - (total - 1) * observed / expected
