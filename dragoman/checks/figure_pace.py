"""Which of two values for a year the pace of its months supports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from dragoman.checks import figure_words as words
from dragoman.checks.figure_terms import Form, Said, Unknown

NEAR, FAR = 1.6, 2.5  # times the pace of the known months: so far is like them, from there on unlike


def pace(form: Form, one: Said, other: Said, known: Sequence[Said]) -> tuple[int, str] | None:
    """0 or 1 for the value that leaves the rest of the year a pace like that of its known months, with the sentence; None for neither."""
    if form.kind != "level" or form.what.quantity.sort != "flow":
        return None
    values = [v for c in (one, other) if (v := c.point.high if c.point.low is None else c.point.low) is not None]
    if len(values) != 2:
        return None
    for part, told, growth in _parts(form.what, known):
        months, rest = _months(part.first, part.last), _months(form.what.first, form.what.last) - _months(part.first, part.last)
        if rest <= 0 or months < 2:
            continue
        usual = told / months
        left = [(v - told) / rest for v in values]
        off = [max(p / usual, usual / p) if p > 0 else float("inf") for p in left]
        best = off.index(min(off))
        if off[best] <= NEAR and off[1 - best] >= FAR:
            return best, _sentence(form, (one, other), best, part, told, left, rest, growth)
    return None


def _parts(year: Unknown, known: Sequence[Said]) -> list[tuple[Unknown, float, tuple[Said, Said] | None]]:
    """Parts of a period with their values: as stated, or as a growth rate and the later level give them."""
    levels: dict[Unknown, tuple[Said, float]] = {}
    for claim in known:
        form = claim.parts[0].form
        value = claim.point.low if claim.point.high is None else claim.point.high
        if form.kind == "level" and value:
            levels.setdefault(form.what, (claim, value))
    found: list[tuple[Unknown, float, tuple[Said, Said] | None]] = [
        (u, v, None) for u, (_, v) in levels.items() if _part_of(u, year)]
    for claim in known:
        form = claim.parts[0].form
        rate = claim.point.high if claim.point.low is None else claim.point.low
        if form.kind == "growth" and form.base and _part_of(form.base, year) and form.what in levels and rate is not None and rate > -100:
            later, value = levels[form.what]
            found.append((form.base, value / (1 + rate / 100), (later, claim)))
    return sorted(found, key=lambda f: (f[0].first - f[0].last, str(f[0])))


def _part_of(part: Unknown, whole: Unknown) -> bool:
    inside = whole.first <= part.first and part.last <= whole.last
    return part.quantity == whole.quantity and inside and (part.first, part.last) != (whole.first, whole.last)


def _months(first: int, last: int) -> int:
    a, b = dt.date.fromordinal(first), dt.date.fromordinal(last)
    return (b.year - a.year) * 12 + b.month - a.month + (b.day >= 15) - (a.day > 15)


def _sentence(form: Form, pair: tuple[Said, Said], best: int, part: Unknown, told: float, left: Sequence[float], rest: int,
              growth: tuple[Said, Said] | None) -> str:
    unit = form.what.quantity.unit
    when = words.period(None, part).removeprefix("in ")
    good, bad = (words.claimed(pair[n].point, pair[n].series.unit) for n in (best, 1 - best))
    if growth:
        later, rate = growth
        more = rate.point.high is None
        level = f"{words.claimed(later.point, later.series.unit)} {words.period(later.point.period, later.parts[0].form.what)}"
        told_at = f"{'under' if more else 'near'} {words.amount(told, unit, 3)}"
        begin = f"{level}, a change of {words.claimed(rate.point, '%')} on {when}, puts {when} {told_at}"
    else:
        begin = f"{_capital(when)} had {words.amount(told, unit, 3)}"
    like = f"with {good} for the whole the other {rest} months had {words.amount(left[best], unit, 2)} a month, like the rest"
    pace_of = left[1 - best]
    unlike = "less than nothing" if pace_of < 0 else f"{words.amount(pace_of, unit, 2)} a month"
    if pace_of < 0.1 * abs(left[best]):
        unlike = "almost nothing"
    return f"{begin}: {like}; with {bad} they had {unlike}{_unless(form, pair[1 - best], part, growth)}."


def _unless(form: Form, bad: Said, part: Unknown, growth: tuple[Said, Said] | None) -> str:
    """The growth that the rejected value would need at an even pace."""
    value = bad.point.high if bad.point.low is None else bad.point.low
    if not growth or not value:
        return ""
    later = growth[0].point.low if growth[0].point.high is None else growth[0].point.high
    even = value * _months(part.first, part.last) / _months(form.what.first, form.what.last)
    return f", unless growth was near {(later / even - 1) * 100:.0f} %" if later else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
