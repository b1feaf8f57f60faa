"""What the words of a figure allow: the interval of a rounding, of "about", of "over" and "up to"."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

ABOUT = Fraction(1, 20)  # "about 20 billion" is 19 to 21 at least
NEARLY = Fraction(1, 10)  # "nearly 20 billion" is 18 at least
SCALES = (1, 100, 1000, 10**5, 10**6, 10**7, 10**9, 10**12)
_NUMBER = re.compile(r"\d[\d.,'’]*")
_PERCENT = re.compile(r"%|\bper ?cent|\bpercentage|\bpp\b", re.I)


class Bounds(NamedTuple):
    """The least and the most that a figure may be; `open` where the most itself is outside. None has no bound."""

    least: Fraction | None
    most: Fraction | None
    open: bool = False


def bounds(low: float | None, high: float | None, modifier: str | None, unit: str, quote: str) -> Bounds:
    """The interval that the words allow."""
    value = high if low is None else low
    if value is None:
        return Bounds(None, None)
    exact = Fraction(repr(float(value)))
    half = step(exact, unit, quote) / 2
    if modifier == "about" and (low is None or high is None or low == high):
        reach = max(half, abs(exact) * ABOUT)
        return Bounds(exact - reach, exact + reach)
    if modifier == "nearly" and low is None:
        return Bounds(exact - abs(exact) * NEARLY, exact)
    if low is None or high is None or low != high:
        least, most = (Fraction(repr(float(v))) if v is not None else None for v in (low, high))
        return Bounds(least, most)
    return Bounds(exact - half, exact + half, True)


def step(value: Fraction, unit: str, quote: str) -> Fraction:
    """The unit of the last written digit that counts: 0.01 billion of "2.34 billion", 100 of "3,400".

    Of the zeros that a whole number ends in, those behind its first two digits may come from rounding.
    """
    found = [s for m in _NUMBER.finditer(quote) if (s := _step(m[0], abs(value))) is not None]
    if found:
        return min(found)
    if unit == "%" and not _PERCENT.search(quote):
        return Fraction(100 if abs(value) >= 100 else 5)  # "tripled", "half of"
    whole = abs(value)
    if whole.denominator != 1:
        return Fraction(1, 10 ** min(_decimals(whole), 6))
    digits = str(int(whole))
    zeros = len(digits) - len(digits.rstrip("0"))
    return Fraction(10 ** (zeros if whole >= 10**6 else min(zeros, max(len(digits) - 2, 0)))) if whole else Fraction(1)


def _decimals(value: Fraction) -> int:
    places = 0
    while value.denominator != 1 and places < 6:
        value *= 10
        places += 1
    return places


def _step(written: str, value: Fraction) -> Fraction | None:
    """The step of a written number that gives the value, with a decimal point or else a decimal comma; None where it is another's."""
    text = written.rstrip(".,'’")
    for mark in (".", ","):
        whole, _, decimals = text.rpartition(mark) if text.count(mark) == 1 else (text, "", "")
        whole = re.sub(r"\D", "", whole)
        if not whole or (decimals and not decimals.isdigit()):
            continue
        number = Fraction(int(whole + decimals), 10 ** len(decimals))
        scale = value / number if number else Fraction(0)
        if scale not in SCALES:
            continue
        if decimals:
            return scale * Fraction(1, 10 ** len(decimals))
        zeros = len(whole) - len(whole.rstrip("0"))
        return scale * int("1" + "0" * min(zeros, max(len(whole) - 2, 0)))
    return None
