"""Dates of publication as documents write them, with every reading of one that stays open."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import cache

_EN = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
_SHORT = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12}
_OTHER = {  # month names on the pages of other languages, so that their documents have dates too
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "cs": "ledna února března dubna května června července srpna září října listopadu prosince",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "id": "januari februari maret april mei juni juli agustus september oktober november desember",
}
_UNITS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"]
_CARDINALS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
MONTH_FIRST = frozenset({"en-US", "en-PH", "es-US"})  # where 03/04 is 4 March


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text. `edtf` is None where `alternatives` has its two readings."""

    start: int
    end: int
    edtf: str | None
    alternatives: tuple[str, ...] = ()


@cache
def _months() -> dict[str, int]:
    names = {name: n for n, name in enumerate(_EN, 1)} | _SHORT
    for words in _OTHER.values():
        names |= {name: n for n, name in enumerate(words.split(), 1) if name not in names}
    return names


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    month = r"(?P<m>" + "|".join(sorted(map(re.escape, _months()), key=len, reverse=True)) + r")\b\.?"
    day, year = r"(?P<d>[0-3]?\d)", r"(?P<y>(?:1[89]|20)\d\d)\b"
    no = r"(?<![\w.,/-])"
    words = "|".join(_UNITS)
    return tuple(re.compile(p, re.I) for p in (
        rf"{no}{day}(?:st|nd|rd|th|\.|º)?(?: de| of| day of)? {month},?(?: de| of)?,? {year}",
        rf"\b{month} {day}(?:st|nd|rd|th)?,? {year}",
        rf"{no}{year}[-./年] ?(?P<mm>[01]?\d)[-./月] ?{day}(?![\d])日?",
        rf"{no}(?P<a>[0-3]?\d)(?P<s>[./-])(?P<b>[0-3]?\d)(?P=s){year}",
        rf"\b(?P<w>(?:twenty|thirt(?:y|ieth))[- ]?)?(?P<u>{words})?(?: day)? of {month},?(?: of)?(?: the year)? (?P<yw>two thousand(?:,? and)? [a-z-]+"
        rf"(?:[ -](?:{'|'.join(_CARDINALS[:9])}))?|(?:1[89]|20)\d\d)\b",
        rf"(?<![\w-]){month},?(?: of| de)? {year}",
    ))


def find(text: str, start: int = 0, end: int | None = None, *, locale: str = "") -> list[Found]:
    """Every whole date and month with its year between two places, in order, none inside another."""
    stop = len(text) if end is None else end
    if not any(c.isdigit() for c in text[start:stop]) and "thousand" not in text[start:stop].lower():
        return []
    found: list[Found] = []
    for pattern in _patterns():
        for match in pattern.finditer(text, start, stop):
            one = _read(match, locale)
            if one and not any(one.start < o.end and o.start < one.end for o in found):
                found.append(one)
    return sorted(found, key=lambda f: f.start)


def given(words: str, locale: str = "") -> Found | None:
    """The date of a metadata field, in ISO 8601, as in e-mails, or as a person writes it; None where it is none."""
    words = words.strip()[:200]
    iso = re.match(r"((?:1[89]|20)\d\d)(?:-([01]\d)(?:-([0-3]\d)(?=$|[T\s]))?)?(?:$|(?=[T\s]))", words)
    if iso and (iso.end() == len(words) or iso[3]):
        edtf = _edtf(iso[1], iso[2], iso[3]) if iso[2] else iso[1]
        return Found(0, iso.end(), edtf) if edtf else None
    try:
        return Found(0, len(words), parsedate_to_datetime(words).date().isoformat())
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    compact = re.fullmatch(r"((?:19|20)\d\d)([01]\d)([0-3]\d)(?:T?\d{4,6}Z?)?", words)
    if compact:
        edtf = _edtf(*compact.groups())
        return Found(0, len(words), edtf) if edtf else None
    found = find(words, locale=locale)
    return found[0] if found else None


def _read(match: re.Match[str], locale: str) -> Found | None:
    got = match.groupdict()
    start, end = match.span()
    if "a" in got:
        return _open(int(got["a"]), int(got["b"]), got["y"], start, end, locale, got["s"])
    if "u" in got:
        tens = {"t": 0, "twen": 20, "thir": 30}[(got["w"] or "t").lower()[:4] if got["w"] else "t"]
        unit = _UNITS.index(got["u"].lower()) + 1 if got["u"] else 0
        year = got["yw"] if got["yw"].isdigit() else _year(got["yw"])
        edtf = _edtf(year, _months()[got["m"].lower()], tens + unit) if year and tens + unit else None
        return Found(start, end, edtf) if edtf else None
    month = int(got["mm"]) if got.get("mm") else _months()[got["m"].lower().rstrip(".")]
    edtf = _edtf(got["y"], month, got.get("d"))
    return Found(start, end, edtf) if edtf else None


def _open(a: int, b: int, year: str, start: int, end: int, locale: str, mark: str) -> Found | None:
    """03/04/2024: both readings, unless only one is a date, or points or the site's language say which."""
    day_first, month_first = _edtf(year, b, a), _edtf(year, a, b)
    if mark == "." or locale in MONTH_FIRST or not (day_first and month_first) or day_first == month_first:
        edtf = (month_first or day_first) if locale in MONTH_FIRST and mark != "." else (day_first or month_first)
        return Found(start, end, edtf) if edtf else None
    if locale and "-" in locale:
        return Found(start, end, day_first)
    return Found(start, end, None, (day_first, month_first) if day_first < month_first else (month_first, day_first))


def _edtf(year: str | int | None, month: str | int | None, day: str | int | None = None) -> str | None:
    try:
        y, m = int(year or 0), int(month or 0)
        if day is None:
            return f"{y:04}-{m:02}" if 1 <= m <= 12 else None
        return dt.date(y, m, int(day)).isoformat()
    except ValueError:
        return None


def _year(words: str) -> int | None:
    """"two thousand and twenty-four" as a number."""
    total = 0
    for word in re.split(r"[ ,-]+", words.lower().removeprefix("two thousand")):
        if word in _CARDINALS:
            total += _CARDINALS.index(word) + 1
        elif word in ("twenty", "thirty", "forty"):
            total += {"twenty": 20, "thirty": 30, "forty": 40}[word]
    return 2000 + total if total else None


def each(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, Found]]:
    """The dates of some lines, with the number of the line."""
    for number, (start, end) in enumerate(lines):
        for found in find(text, start, end):
            yield number, found
