"""Numbers in English words, to read and to write."""

from __future__ import annotations

import re

ONES = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
VALUES = {w: n for n, w in enumerate(ONES)} | {w: 10 * n for n, w in enumerate(TENS, 2)}
_ODD = {"first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12, "twentieth": 20, "thirtieth": 30}
ORDINALS = _ODD | {w + "th": n for w, n in VALUES.items() if n in (4, 6, 7, 10, 11, 13, 14, 15, 16, 17, 18, 19)}
SMALL = rf"(?:(?:{'|'.join(TENS)})(?:-(?:{'|'.join(ONES[1:10])}))?|{'|'.join(reversed(ONES[1:]))})"
ORDINAL = rf"(?:(?:{'|'.join(TENS)})-(?:{'|'.join(ORDINALS)})|{'|'.join(sorted(ORDINALS, key=len, reverse=True))})"
_WORD = rf"(?:{'|'.join(sorted((*VALUES, *SCALES), key=len, reverse=True))})"
RUN = re.compile(rf"\b{_WORD}(?:(?:-| and | ){_WORD})*\b", re.I)


def parse(text: str) -> int | None:
    """The value of a number in words.

    >>> parse("two hundred and five thousand")
    205000
    """
    whole = part = 0
    for word in re.findall(r"[a-z]+", text.lower()):
        if word in VALUES:
            part += VALUES[word]
        elif word == "hundred":
            part = max(part, 1) * 100
        elif word in SCALES:
            whole, part = whole + max(part, 1) * SCALES[word], 0
        elif word != "and":
            return None
    return whole + part or None


def parse_ordinal(text: str) -> int:
    """The value of an ordinal below a hundred."""
    first, _, second = text.lower().partition("-")
    return ORDINALS[second] + VALUES[first] if second else ORDINALS[first]


def spell(number: int) -> str:
    """A number in words.

    >>> spell(1042)
    'one thousand and forty-two'
    """
    for word, size in (("billion", 10**9), ("million", 10**6), ("thousand", 1000), ("hundred", 100)):
        if number >= size:
            rest = number % size
            joint = " and " if rest < 100 else " "
            return f"{spell(number // size)} {word}" + (joint + spell(rest) if rest else "")
    if number < 20:
        return ONES[number]
    return TENS[number // 10 - 2] + (f"-{ONES[number % 10]}" if number % 10 else "")


def ordinal(number: int) -> str:
    """A day of a month as an ordinal in words."""
    named = {n: w for w, n in ORDINALS.items()}
    return named[number] if number in named else f"{TENS[number // 10 - 2]}-{named[number % 10]}"
