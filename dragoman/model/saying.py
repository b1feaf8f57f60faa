"""Dates, numbers and amounts in plain words, with the precision that they have."""

from __future__ import annotations

import calendar

from dragoman.model.time import is_edtf

SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


def date(edtf: str | None) -> str:
    """An EDTF date as people write it, with its own precision.

    >>> date("2024-05-14"), date("../2027"), date("2022-01/2022-10")
    ('14 May 2024', 'by the end of 2027', 'January 2022 to October 2022')
    """
    if not edtf:
        return "no date"
    if not is_edtf(edtf):
        return edtf
    if "/" not in edtf:
        return _moment(edtf)
    left, right = edtf.split("/", 1)
    if left in ("", ".."):
        return f"by {'the end of ' if right.count('-') < 2 else ''}{_moment(right)}"
    if right in ("", ".."):
        return f"since {_moment(left)}"
    return f"{_moment(left)} to {_moment(right)}"


def _moment(edtf: str) -> str:
    about = "about " if edtf.endswith("~") else ""
    parts = edtf.rstrip("~?%").split("-")
    if len(parts) == 1:
        return about + parts[0]
    month = int(parts[1])
    name = SEASONS.get(month) or calendar.month_name[month]
    return about + (f"{int(parts[2])} {name} {parts[0]}" if len(parts) == 3 else f"{name} {parts[0]}")


def number(value: float) -> str:
    """A number with its scale in words.

    >>> number(22_200_000_000), number(1486.2)
    ('22.2 billion', '1,486.2')
    """
    for scale, word in SCALES:
        if abs(value) >= scale:
            return f"{value / scale:,.4f}".rstrip("0").rstrip(".") + f" {word}"
    return f"{value:,.4f}".rstrip("0").rstrip(".")


def amount(low: float | None, high: float | None, unit: str, modifier: str | None = None, signed: bool = False) -> str:
    """A figure's value with bounds and unit, a change with its sign.

    >>> amount(5e9, None, "USD", "more than")
    'more than USD 5 billion'
    """
    ends = [n for n in (low, high) if n is not None]
    if not ends:
        return "no number"
    shown = [("+" if signed and n > 0 else "−" if n < 0 else "") + number(abs(n)) for n in dict.fromkeys(ends)]
    words = " to ".join(shown)
    text = (
        f"{words}%"
        if unit == "%"
        else words
        if unit == "1"
        else f"{unit} {words}"
        if len(unit) == 3 and unit.isupper()
        else f"{words} {unit}"
    )
    if modifier is None and (low is None) != (high is None):
        modifier = "at least" if high is None else "up to"
    return f"{modifier} {text}" if modifier and modifier != "exactly" else text


def joined(words: list[str]) -> str:
    """ "a, b and c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""
