"""Numbers as texts write them: digits with any separators, words, scales, fractions. Text in, value and place out."""

from __future__ import annotations

import re
from typing import NamedTuple

ONES = {
    w: n
    for n, w in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
ONES["nought"] = 0
TENS = {w: 10 * n for n, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)}
SCALES = {
    "thousand": 1e3,
    "lakh": 1e5,
    "lakhs": 1e5,
    "million": 1e6,
    "millions": 1e6,
    "crore": 1e7,
    "crores": 1e7,
    "oku": 1e8,
    "milliard": 1e9,
    "milliards": 1e9,
    "billion": 1e9,
    "billions": 1e9,
    "trillion": 1e12,
    "trillions": 1e12,
    "cho": 1e12,
}
SHORT = {
    "k": 1e3,
    "m": 1e6,
    "M": 1e6,
    "mn": 1e6,
    "mln": 1e6,
    "mio": 1e6,
    "b": 1e9,
    "B": 1e9,
    "bn": 1e9,
    "bln": 1e9,
    "tn": 1e12,
    "trn": 1e12,
}
ALWAYS_SHORT = frozenset({"mn", "mln", "mio", "bn", "bln", "tn", "trn"})  # "m", "b" and "k" are read as scales of money only
PARTS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10}
ORDINALS = {
    w: n
    for n, w in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
        ],
        1,
    )
}

_BIG = "hundred|thousand|million|billion|trillion|milliard|lakh|crore|dozen"
_SMALL = "|".join(sorted([*ONES, *TENS], key=len, reverse=True))
_PART = "halves|half|thirds?|quarters?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?"
WORD_START = (
    rf"(?:{_SMALL}|(?:an?|one)[ \n-](?:{_BIG})|half[ \n-]an?[ \n-](?:million|billion|trillion|dozen|crore|lakh)|half[ \n-](?:a )?dozen)"
)

DIGITS = re.compile(
    r"\d{1,3}(?:[,\u00a0\u202f\u2009]\d{2,3}){0,4},\d{3}(?!\d)(?:\.\d{1,4})?|\d{1,3}(?:[ "
    r"\u00a0\u202f\u2009'\u2019]\d{3}){1,5}(?!\d)(?:[.,]\d{1,3}(?!\d))?"
    r"|\d{1,3}(?:\.\d{3}){1,5}(?!\d)(?:,\d{1,3}(?!\d))?|\d{1,15}(?:[.,]\d{1,4}(?![\d]))?"
)
_WORD = re.compile(rf"(?:{_SMALL}|{_BIG})\b", re.I)
_JOIN = re.compile(r"[ \n\u00a0-]{1,2}(?:and[ \n])?")
_AND_PART = re.compile(r"[ \n](?:and[ \n]an?[ \n](half|quarter)|and[ \n]three[ \n](quarters))\b", re.I)
_ARTICLE = re.compile(rf"an?[ \n-](?={_BIG})|half[ \n-](?:an?[ \n-])?(?=million|billion|trillion|dozen|crore|lakh)", re.I)
_SCALE = re.compile(
    r"[ \n\u00a0\u202f-]{0,2}(thousand|millions?|billions?|trillions?|milliards?|lakhs?|crores?|mln|bln|mio|trn|mn|bn|tn)(?![\w])", re.I
)
_YEN_SCALE = re.compile(r"[ \n](oku|cho)\b")
_SHORT = re.compile(r"[ \u00a0]?([kmMbB])(?![\w²³/]|\.\w)")
_FRACTION = re.compile(rf"(?:(an?|one|two|three|four|five|six|seven|eight|nine)[ \n-])?({_PART})\b", re.I)


class Number(NamedTuple):
    """A value with its place. `mantissa` is the value before the scale; `words`: written in words; `plain`: digits alone."""

    start: int
    end: int
    value: float
    mantissa: float
    scale: float
    words: bool
    plain: bool


def digits_value(digits: str, european: bool = False) -> float:
    """The value of a run of digits with separators; `european` reads 1.234 as a thousand and 1,234 as a decimal.

    >>> digits_value("1,234.5"), digits_value("1.234,5"), digits_value("1 234,5"), digits_value("12,5"), digits_value("2.457")
    (1234.5, 1234.5, 1234.5, 12.5, 2.457)
    """
    s = re.sub(r"[ \u00a0\u202f\u2009'\u2019]", "", digits)
    comma, dot = s.rfind(","), s.rfind(".")
    if comma >= 0 and dot >= 0:
        decimal = "," if comma > dot else "."
    elif comma >= 0:
        thousands = s.count(",") > 1 or (len(s) - comma == 4 and not european and not s.startswith("0"))
        decimal = "." if thousands else ","
    else:
        decimal = "," if s.count(".") > 1 or (european and dot >= 0 and len(s) - dot == 4) else "."
    other = "." if decimal == "," else ","
    return float(s.replace(other, "").replace(decimal, "."))


def number_at(text: str, pos: int, end: int, european: bool = False, money: bool = False) -> Number | None:
    """The number that begins at a place, with its scale; `money` lets "m", "b" and "k" be scales."""
    if text[pos].isdigit():
        m = DIGITS.match(text, pos, end)
        if not m:
            return None
        mantissa, stop, words = digits_value(m[0], european), m.end(), False
        plain = m[0].isdigit()
    else:
        found = words_at(text, pos, end)
        if not found:
            return None
        mantissa, stop = found
        words, plain = True, False
    value, stop, scale = _scaled(text, stop, end, mantissa, money, words)
    return Number(pos, stop, value, mantissa, scale, words, plain and scale == 1)


def _scaled(text: str, stop: int, end: int, mantissa: float, money: bool, words: bool) -> tuple[float, int, float]:
    scale = 1.0
    for _ in range(2):  # "2 lakh crore"
        m = _SCALE.match(text, stop, end) or _YEN_SCALE.match(text, stop, end)
        if not m:
            break
        word = m[1].lower()
        scale *= SCALES.get(word) or SHORT[word]
        stop = m.end()
    if scale == 1 and money and not words and (m := _SHORT.match(text, stop, end)):
        scale, stop = SHORT[m[1]], m.end()
    if scale > 1 and (m := _AND_PART.match(text, stop, end)):
        mantissa += 0.75 if m[2] else 0.5 if m[1].lower() == "half" else 0.25
        stop = m.end()
    return _round(mantissa * scale), stop, scale


def words_at(text: str, pos: int, end: int) -> tuple[float, int] | None:
    """Value and end of a number written in words at a place: "two and a half", "a hundred and five", "half a million"."""
    article = _ARTICLE.match(text, pos, end)
    total, group, stop = 0.0, 0.0, pos
    last = 1e15  # size of the last word: what follows must be smaller, or a scale
    if article:
        group, stop = (0.5 if article[0].lower().startswith("half") else 1.0), article.end()
    at = stop
    for _ in range(12):
        m = _WORD.match(text, at, end)
        if not m:
            break
        word = m[0].lower()
        if word in ONES or word in TENS:
            size = ONES.get(word, TENS.get(word, 0))
            if size >= last or last < 20 or (size >= 10 and last < 100) or (size == 0 and stop != pos):
                break
            group += size
            last = 20 if size >= 20 else 1
        elif word == "hundred":
            if group >= 100 or stop == pos:
                break
            group *= 100
            last = 100
        elif word == "dozen":
            if stop == pos:
                break
            return group * 12, m.end()
        else:
            if stop == pos or (total and SCALES[word] >= total):
                break
            total += group * SCALES[word]
            group, last = 0.0, SCALES[word]
        stop = m.end()
        glue = _JOIN.match(text, stop, end)
        if not glue or ("and" in glue[0].lower() and last < 100):
            break
        at = glue.end()
    if stop == pos or (article and stop == article.end()):
        return None
    if m := _AND_PART.match(text, stop, end):
        part = 0.75 if m[2] else 0.5 if m[1].lower() == "half" else 0.25
        if group or not total:
            group, stop = group + part, m.end()
        else:
            total, stop = total + part * last, m.end()
    return total + group, stop


def fraction_at(text: str, pos: int, end: int) -> tuple[float, int] | None:
    """Percent and end of a fraction in words: "two thirds" is 66.67, "half" 50, "a quarter" 25; a lone "third" is none."""
    m = _FRACTION.match(text, pos, end)
    if not m:
        return None
    head, part = (m[1] or "").lower(), m[2].lower()
    plural = part.endswith("s") and part != "halves"
    parts = PARTS[part.rstrip("s") if plural else part]
    if not head:
        return (50.0, m.end()) if part == "half" else None
    top = 1 if head in ("a", "an", "one") else ONES[head]
    if (top == 1) == (plural or part == "halves") or top > parts:
        return None
    return round(100 * top / parts, 2), m.end()


def _round(value: float) -> float:
    """Free of the dust of binary fractions: 2.34 billion is 2340000000."""
    return float(round(value, 4)) if abs(value) < 1e6 else float(round(value))
