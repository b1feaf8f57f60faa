"""Dates named in the words of a claim, in the commonest English forms, resolved against the day of the document."""

from __future__ import annotations

import re
from typing import NamedTuple

from dragoman.model import time

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_MONTH = "(?P<month>" + "|".join(m.capitalize() for m in _MONTHS) + ")"
_YEAR = r"(?P<year>(?:19|20)\d\d|this year|last year|the same year|that year)"
_DATE = re.compile(
    rf"(?P<lead>\b(?:by|before|until|no later than|due|fixed for|planned for|promised for|expire on)\s+)?(?:the )?(?:end of )?"
    rf"(?:(?:(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?: of)? )?{_MONTH}(?: (?P<day2>[0-3]?\d)(?:st|nd|rd|th)?(?!\d))?(?:,? (?:of )?{_YEAR})?"
    r"|(?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d)|(?P<d3>[0-3]?\d)\.(?P<m3>[01]?\d)\.(?P<y3>(?:19|20)\d\d)|(?P<only>(?:19|20)\d\d)(?![\d.,]*\d))\b"
)


class Found(NamedTuple):
    """A date in words: where it stands, as EDTF, and whether it is a limit ("by", "due") and no day of an event."""

    start: int
    end: int
    edtf: str
    bound: bool


def found(words: str, told: str | None) -> tuple[Found, ...]:
    """The dates named, in order; one without a year is the last such before the document, none where that has no date."""
    out = []
    for m in _DATE.finditer(words):
        edtf = _edtf(m, told)
        if edtf and time.is_edtf(edtf):
            out.append(Found(m.start(), m.end(), edtf, bool(m["lead"])))
    return tuple(out)


def without(words: str, dates: tuple[Found, ...]) -> str:
    """The words with their dates taken out."""
    out, at = [], 0
    for d in dates:
        out.append(words[at : d.start])
        at = d.end
    return " ".join((*out, words[at:]))


def _edtf(m: re.Match[str], told: str | None) -> str | None:
    if m["iso"] or m["only"]:
        return m["iso"] or m["only"]
    if m["y3"]:
        return f"{m['y3']}-{int(m['m3']):02}-{int(m['d3']):02}"
    month = _MONTHS.index(m["month"].casefold()) + 1
    day = m["day"] or m["day2"]
    year = _year(m["year"], month, told)
    return None if year is None else f"{year:04}-{month:02}" + (f"-{int(day):02}" if day else "")


def _year(words: str | None, month: int, told: str | None) -> int | None:
    if words and words.isdigit():
        return int(words)
    if not told or not told[:4].isdigit():
        return None
    year = int(told[:4])
    if words == "last year":
        return year - 1
    if words or not told[5:7].isdigit():
        return year if words else None
    return year if month <= int(told[5:7]) else year - 1
