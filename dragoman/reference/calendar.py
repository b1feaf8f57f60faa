"""Names of months and weekdays, and the absolute dates that a string states, without a day to count from."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

YEAR = r"(?:1[5-9]\d\d|20\d\d|2100)"
MONTH_FIRST = frozenset({"en-US", "en-PH", "es-US"})  # where 03/04 is 4 March
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
            "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth")
CARDINALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
             "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty")
_GAP = r"[ \t\u00a0]{1,3}"
_LETTERS = re.compile(r"[^\W\d_]+")
_MONTH_LEADS = (r"\b(?P<m>", r"(?<![\w-])(?P<m>")  # how the patterns begin that begin with a month


class Found(NamedTuple):
    """A date in a string. `edtf` is None where `alternatives` has its two readings."""

    start: int
    end: int
    edtf: str | None
    alternatives: tuple[str, ...] = ()


@cache
def _table() -> dict[str, Any]:
    path = Path(__file__).with_name("calendar.yml")
    table: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return table


@cache
def english_months() -> dict[str, int]:
    """Lower-case English names and abbreviations of months, with their numbers."""
    names = {name: n for n, name in enumerate(_table()["months"]["en"].split(), 1)}
    names.update(_table()["short"])
    return names


@cache
def full_months() -> frozenset[str]:
    """Lower-case English names of months, without abbreviations."""
    return frozenset(_table()["months"]["en"].split())


@cache
def months() -> dict[str, int]:
    """The same, with the names of other European languages; English wins where two languages differ."""
    names = dict(english_months())
    for words in _table()["months"].values():
        for n, name in enumerate(words.split(), 1):
            names.setdefault(name, n)
    return names


@cache
def weekdays() -> dict[str, int]:
    """Lower-case English names of days of the week, Monday 0."""
    return dict(_table()["weekdays"])


@cache
def short_weekdays() -> dict[str, int]:
    """Their abbreviations, which are words of their own too ("sun", "sat")."""
    return dict(_table()["short_weekdays"])


def alternation(names: dict[str, int]) -> str:
    """The names as one piece of a regular expression, longest first."""
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


def edtf(year: int | str, month: int | str | None = None, day: int | str | None = None) -> str | None:
    """The EDTF of a year, a month or a day, or None where the calendar has no such day.

    >>> edtf(2024, 2, 30) is None
    True
    """
    try:
        y, m, d = int(year), None if month is None else int(month), None if day is None else int(day)
        if m is None:
            return f"{y:04}" if y else None
        if d is None:
            return f"{y:04}-{m:02}" if 1 <= m <= 12 and y else None
        return dt.date(y, m, d).isoformat()
    except ValueError:
        return None


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    month = rf"(?P<m>{alternation(months())})\b\.?"
    day, year, no = r"(?P<d>[0-3]?\d)", rf"(?P<y>{YEAR})(?!\d)", r"(?<![\w.,/-])"
    ordinals = "|".join(ORDINALS)
    return tuple(
        re.compile(p.replace(" ", _GAP).replace("~", r"[ \t\u00a0]?"), re.I)
        for p in (
            rf"{no}{day}(?:st|nd|rd|th|er|\.|º|ª)?(?: de| of| day of)? {month},?(?: de| of)?,? {year}",
            rf"\b{month} {day}(?:st|nd|rd|th)?(?:,~| ){year}",
            rf"{no}{day}[-–]{month}[-–]{year}",
            rf"{no}{year}-(?P<mm>[01]\d)-{day}(?=T\d\d:?\d\d)T[\d:.,]{{4,20}}(?:Z|[+-]\d\d:?\d\d)?",
            rf"{no}{year}(?P<s>[-./])~(?P<mm>[01]?\d)(?P=s)~{day}(?![\d/-])",
            rf"{no}{year}~[年년]~(?P<mm>[01]?\d)~[月월]~{day}~[日일]",
            rf"{no}(?P<a>[0-3]?\d)(?P<s>[./-])(?P<b>[0-3]?\d)(?P=s){year}(?![\w/-]|\.\d)",
            rf"\b(?P<w>(?:twenty|thirty|thirtieth|twentieth)[-\s]?)?(?P<u>{ordinals})?(?: day)? of {month},?(?: of)?(?: the year)? "
            rf"(?P<yw>two thousand(?:,? and)? [a-z]+(?:[-\s](?:{'|'.join(CARDINALS[:9])}))?|{YEAR}(?!\d))\b",
            rf"(?<![\w-]){month},?(?: of| de)? {year}",
            rf"{no}{year}-(?P<mm>0[1-9]|1[0-2])(?![\w/-])",
        )
    )


def absolute(text: str, start: int = 0, end: int | None = None, *, locale: str = "") -> list[Found]:
    """The whole dates and months with a year between two places of a string, in order, none inside another.

    03/04/2024 is open: `edtf` is None and both readings are `alternatives`, unless the locale (BCP 47 with a region)
    decides. Dotted dates put the day first. Days that no calendar has are left out.

    >>> absolute("Vienna, 14 January 2022")[0].edtf
    '2022-01-14'
    """
    stop = len(text) if end is None else end
    if not any(c.isdigit() for c in text[start:stop]) and "thousand" not in text[start:stop].lower():
        return []
    taken: list[Found] = []
    covered: set[int] = set()
    months_at = [m.start() for m in _LETTERS.finditer(text, start, stop) if _plain(m.group()) in _month_names()]
    for pattern in _patterns():
        for m in _matches(pattern, text, start, stop, months_at):
            if not covered.isdisjoint(range(*m.span())):
                continue
            one = _read(m, locale)
            covered.update(range(*m.span()))
            if one:
                taken.append(one)
    return sorted(taken)


@cache
def _month_names() -> frozenset[str]:
    return frozenset(map(_plain, months()))


def _plain(word: str) -> str:
    """The word as patterns that ignore case compare it: one letter i for the Turkish two."""
    return word.lower().replace("i\u0307", "i").replace("ı", "i")


def _matches(pattern: re.Pattern[str], text: str, start: int, stop: int, months_at: list[int]) -> Iterator[re.Match[str]]:
    """The matches of a pattern; one with a month is tried only where there is one, since there are hundreds of their names."""
    if "m" not in pattern.groupindex or (months_at and not pattern.pattern.startswith(_MONTH_LEADS)):
        yield from pattern.finditer(text, start, stop)
    else:
        at = start
        for place in months_at:
            if place >= at and (m := pattern.match(text, place, stop)):
                at = m.end()
                yield m


def _read(m: re.Match[str], locale: str) -> Found | None:
    got = m.groupdict()
    if got.get("a"):
        return _open(m, locale)
    if "u" in got:
        tens = {"twen": 20, "thir": 30}.get((got["w"] or "").lower()[:4], 0)
        unit = ORDINALS.index(got["u"].lower()) + 1 if got["u"] else 0
        year = int(got["yw"]) if got["yw"].isdigit() else _year(got["yw"])
        value = edtf(year, months()[got["m"].lower()], tens + unit) if year and tens + unit else None
    else:
        month = int(got["mm"]) if got.get("mm") else months()[got["m"].lower()]
        value = edtf(got["y"], month, got.get("d"))
    return Found(*m.span(), value) if value else None


def _open(m: re.Match[str], locale: str) -> Found | None:
    """03/04/2024: both readings, unless only one is a date, or points or the locale say which."""
    day_first, month_first = edtf(m["y"], m["b"], m["a"]), edtf(m["y"], m["a"], m["b"])
    if m["s"] == ".":
        return Found(*m.span(), day_first) if day_first else None
    if locale in MONTH_FIRST:
        day_first, month_first = month_first, day_first
    if not (day_first and month_first) or day_first == month_first or "-" in locale:
        value = day_first or month_first
        return Found(*m.span(), value) if value else None
    return Found(*m.span(), None, tuple(sorted((day_first, month_first))))


def _year(words: str) -> int | None:
    """"two thousand and twenty-four" as a number."""
    total = 0
    for word in re.split(r"[\s,-]+", words.lower().removeprefix("two thousand")):
        if word in CARDINALS:
            total += CARDINALS.index(word) + 1
        elif word in ("thirty", "forty"):
            total += {"thirty": 30, "forty": 40}[word]
    return 2000 + total if total else None
