"""Numbers, periods and claims of figures in plain English."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from dragoman.checks.figure_terms import Quantity, Said, Unknown
from dragoman.model.series import Point, Series
from dragoman.reference import states

_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_NAMES = {"trade_turnover": "trade turnover", "investment_stock": "investment held", "investment_flow": "investment",
          "project_value": "value of projects", "border_crossings": "border crossings", "energy_supply": "energy supplied",
          "joint_projects": "joint projects"}
_BEFORE = {"about": "about", "more than": "over", "at least": "at least", "less than": "under", "up to": "up to", "nearly": "nearly"}
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def number(value: float | Fraction, digits: int = 5) -> str:
    """A number as a person writes it: 2.34 billion, 2,457.6 million, 800."""
    exact = Fraction(repr(value)) if isinstance(value, float) else Fraction(value)
    size = abs(exact)
    for scale, word in _SCALES:
        if size >= scale:
            return f"{_short(exact / scale, digits)} {word}"
    return _short(exact, digits)


def _short(value: Fraction, digits: int) -> str:
    whole = len(str(int(abs(value))))
    text = f"{float(value):,.{max(digits - whole, 0)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount(value: float | Fraction, unit: str, digits: int = 5) -> str:
    """A number with its unit: "USD 24.5 billion", "12 %", "800"."""
    text = number(value, digits)
    if unit == "%":
        return f"{text} %"
    if unit in ("1", ""):
        return text
    return f"{unit} {text}" if len(unit) == 3 and unit.isupper() else f"{text} {unit}"


def claimed(point: Point, unit: str) -> str:
    """The figure of a claim with its bounds: "about USD 20 billion", "over 10 %"."""
    value = point.high if point.low is None else point.low
    if value is None:
        return "an amount"
    before = _BEFORE.get(point.modifier or "", "")
    if point.low is not None and point.high is not None and point.low != point.high:
        return f"{before} {amount(point.low, unit)} to {amount(point.high, unit)}".strip()
    if not before and point.low is None:
        before = "up to"
    elif not before and point.high is None:
        before = "at least"
    text = f"{before} {amount(value, unit)}".strip()
    return f"{text} ({_bracket(point)})" if point.equivalent else text


def _bracket(point: Point) -> str:
    extra = point.equivalent
    value = (extra.high if extra.low is None else extra.low) if extra else None
    return amount(value, extra.unit) if extra and value is not None else "an amount"


def said(claim: Said) -> str:
    """What a claim says: "USD 463 million for 2021", "growth of 12 % from 2020 to 2021"."""
    series, point = claim.series, claim.point
    form = claim.parts[0].form
    when = period(point.period, form.what)
    name = thing(form.what.quantity)
    if form.kind == "level":
        record = ", a record" if point.record and len(claim.parts) > 1 else ""
        return f"{name} of {claimed(point, series.unit)} {when}{record}"
    if form.kind == "share":
        return f"{name} at {claimed(point, series.unit)} of {thing(form.base.quantity) if form.base else 'the whole'} {when}"
    since = period(point.base_period, form.base).removeprefix("in ").removeprefix("on ")
    value = point.high if point.low is None else point.low
    falls = value is not None and value < 0
    text = claimed(_unsigned(point), series.unit) if falls else claimed(point, series.unit)
    return f"{'a fall' if falls else 'a rise'} of {text} in {name} {when} on {since}"


def _unsigned(point: Point) -> Point:
    low, high = (None if v is None else -v for v in (point.high, point.low))
    return replace(point, low=low, high=high)


def who(point: Point) -> str:
    """Who says it and when: "Defne Karaca (21 November 2022)"; "a text" where the claimant has no name."""
    name = "a text" if not point.claimant or point.claimant == point.document else point.claimant
    return f"{name} ({date(point.asserted)})" if point.asserted else name


def thing(quantity: Quantity) -> str:
    """The name of what is counted: "trade turnover", "exports of Kazakhstan to Russia"."""
    if quantity.indicator == "exports" and len(quantity.parties) == 2:
        seller, buyer = map(_state, quantity.parties)
        name = f"exports from {seller} to {buyer}"
    else:
        name = indicator(quantity.indicator)
    if quantity.unit == "1" and quantity.sort in ("count", "stock"):
        name = f"number of {_plural(name)}"
    return f"{name} ({quantity.part})" if quantity.part else name


def _plural(noun: str) -> str:
    if noun.endswith("s"):
        return noun
    return noun[:-1] + "ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else f"{noun}s"


def indicator(name: str) -> str:
    """An indicator in words."""
    return _NAMES.get(name, name.removeprefix("other:").replace("_", " "))


def about(series: Series, unknown: Unknown, when: str | None) -> str:
    """What a conflict is about: "trade turnover of Kazakhstan and Russia, 2021"."""
    time = period(when, unknown).removeprefix("in ").removeprefix("on ")
    name = thing(unknown.quantity)
    parties = "" if series.directed and name.startswith("exports") else " of " + listed([_state(p) for p in series.parties])
    return f"{name}{parties}, {time}"


def listed(words: Sequence[str]) -> str:
    """Words as a list: "a, b and c"."""
    return " and ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else "".join(words)


def _state(code: str) -> str:
    return states.short_name(code) or code


def period(edtf: str | None, unknown: Unknown | None = None) -> str:
    """A period with its preposition: "in 2021", "in January-October 2022", "on 1 January 2024"."""
    if unknown is not None:
        first, last = dt.date.fromordinal(unknown.first), dt.date.fromordinal(unknown.last)
    elif edtf:
        return f"in {date(edtf)}"
    else:
        return "at an unknown time"
    if edtf is None and (last - first).days < 32:
        return f"in {_MONTHS[first.month - 1]} {first.year}"
    if edtf and "/" not in edtf and len(edtf) == 10 and edtf[4] == "-":
        return f"on {date(edtf)}"
    return f"in {span(first, last)}"


def span(first: dt.date, last: dt.date) -> str:
    """The days from first to last in words."""
    months = first.day == 1 and (last + dt.timedelta(days=1)).day == 1
    if months and (first.month, last.month) == (1, 12):
        return str(first.year) if first.year == last.year else f"{first.year}-{last.year}"
    if months and (first.year, first.month) == (last.year, last.month):
        return f"{_MONTHS[first.month - 1]} {first.year}"
    if months and first.year == last.year:
        return f"{_MONTHS[first.month - 1]}-{_MONTHS[last.month - 1]} {first.year}"
    if months:
        return f"{_MONTHS[first.month - 1]} {first.year} to {_MONTHS[last.month - 1]} {last.year}"
    if first == last:
        return f"{first.day} {_MONTHS[first.month - 1]} {first.year}"
    return f"{first.day} {_MONTHS[first.month - 1]} {first.year} to {last.day} {_MONTHS[last.month - 1]} {last.year}"


def date(edtf: str) -> str:
    """An EDTF date in words: "21 November 2022"."""
    if "/" in edtf:
        return " to ".join(date(p) for p in edtf.split("/") if p not in ("", ".."))
    parts = edtf.rstrip("~?%").split("-")
    if len(parts) == 1 or int(parts[1]) > 12:
        return parts[0]
    month = f"{_MONTHS[int(parts[1]) - 1]} {parts[0]}"
    return f"{int(parts[2])} {month}" if len(parts) == 3 else month


def between(low: Fraction | None, high: Fraction | None, unit: str) -> str:
    """A range in words: "between USD 411.6 million and USD 415.2 million", "under USD 20.2 billion"."""
    if low is not None and low <= 0:
        low = None
    if low is None and high is None:
        return "at any value"
    if low is None:
        return f"at no more than {amount(high or 0, unit, 4)}"
    if high is None:
        return f"at {amount(low, unit, 4)} or more"
    a, b = amount(low, unit, 4), amount(high, unit, 4)
    return f"at {a}" if a == b else f"between {a} and {b}"
