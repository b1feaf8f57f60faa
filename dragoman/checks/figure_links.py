"""The same quantity in two currencies: what the ECB's rates of the period leave between the one and the other."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction

from dragoman.checks.figure_system import Layout, Row
from dragoman.checks.figure_terms import Quantity, Said, Unknown
from dragoman.reference import rates


def links(known: Sequence[Said], layout: Layout) -> list[Row]:
    """For every flow given in two currencies for one period the inequalities of the lowest and the highest rate of its days."""
    units: dict[tuple[Quantity, int, int], set[str]] = defaultdict(set)
    for claim in known:
        for part in claim.parts:
            q, what = part.form.what.quantity, part.form.what
            if part.form.kind == "level" and q.sort == "flow" and len(q.unit) == 3 and q.unit.isupper():
                units[q._replace(unit=""), what.first, what.last].add(q.unit)
    out: list[Row] = []
    for (q, first, last), found in sorted(units.items()):
        one, *others = sorted(found)
        for other in others:
            days = dt.date.fromordinal(first), dt.date.fromordinal(last)
            if rates.covers(one, *days) and rates.covers(other, *days) and (span := rates.between(one, other, *days)):
                mine = layout.terms(Unknown(q._replace(unit=one), first, last))
                theirs = layout.terms(Unknown(q._replace(unit=other), first, last))
                low, high = Fraction(span.low * (1 - rates.MARGIN)), Fraction(span.high * (1 + rates.MARGIN))
                out.append(Row((*((a, Fraction(1)) for a in theirs), *((a, -low) for a in mine)), Fraction(0)))
                out.append(Row((*((a, Fraction(-1)) for a in theirs), *((a, high) for a in mine)), Fraction(0)))
    return out
