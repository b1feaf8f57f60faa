"""One number with its unit, or a range of two, at a place of the text; no reading of the words around."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dragoman.annotate import number_words, quantity_units
from dragoman.annotate import quantity_bounds as bounds
from dragoman.annotate.number_words import Number, number_at
from dragoman.reference.scan import Words

_PART = "halves|half|thirds?|quarters?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?"
_GLUE = re.compile(
    r"(?:[ \n\u00a0]?[-–—‑−][ \n]?|[ \n]+(?P<word>to|and|or)[ \n]+(?:as[ \n]+(?:much|many)[ \n]+as[ \n]+)?)(?:about |some |around )?"
)
_BETWEEN = re.compile(r"\bbetween\s+(?:about\s+|some\s+)?$", re.I)
_FROM = re.compile(r"\bfrom\s+(?:about\s+|some\s+|around\s+|over\s+)?$", re.I)
_ORDINAL_TAIL = re.compile(r"[ \n-](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b", re.I)
_TAIL = re.compile(r"(?:st|nd|rd|th)\b|[A-Za-z]|:\d|\.\d|[/]\d|\+\d", re.I)
_NO_HALF = re.compile(
    r"[ \n-](?:years?|an?[ \n](?:hour|year|century|decade|day|month|mile|dozen|million|billion)|hours?|century|day|way|time|term"
    r"|brother|sister|past|mast|truth|million|billion|dozen|measures?)\b",
    re.I,
)
_ORDINAL_HALF = re.compile(r"\b(?:first|second|latter|last|this|other|former|previous|1st|2nd|better|each|past|same|next)\s+$", re.I)
_AFTER_FRACTION = re.compile(
    r"(?=\s*(?:$|[.,;:)%!?\"”’–—]))|[ \n]+(?:of|more|less|fewer|higher|lower|above|below|larger|smaller|greater|cheaper|up|down|in"
    r"|on|to|by|over|from|since|compared|against|was|were|is|are|comes?|came|goes|went|go|each|as|for|and|or|if|at|between|that"
    r"|which|who|"
    r"increase|rise|growth|fall|drop|decline|reduction|cut|decrease|its|the|their|our|these|those|this|all|his|her|a|has|have|had"
    r"|live|lives|lived|work|works|worked|realistic|year)\b",
    re.I,
)


@dataclass(slots=True)
class Found:
    """A number as read: values before bounds; `unit` None where none is named."""

    start: int
    end: int
    low: float
    high: float
    unit: str | None
    scale: float = 1.0
    words: bool = False
    plain: bool = False
    fraction: bool = False
    duration: bool = False
    money: bool = False
    symbol: bool = False
    short: bool = False
    factor: float = 1.0  # that the unit's word brought (bcm)


@cache
def trigger() -> Words:
    """Where a number may begin: a symbol or code before a digit or number word, a digit, a number word, a fraction."""
    pattern, _ = quantity_units.symbols()
    word = number_words.WORD_START
    fraction = rf"(?:(?:an?|one|two|three|four|five|six|seven|eight|nine)[ \n-](?:{_PART})|half)"
    whole = re.compile(
        rf"(?<![\w$€£¥₽₸₹])(?:(?P<symbol>{pattern})[ \n\u00a0]?(?=\d|(?<![A-Za-z])(?i:{word})\b)|(?P<digit>\d)"
        rf"|(?P<word>(?i:{fraction}|{word})\b))"
    )
    lettered = "|".join(p for p in pattern.split("|") if p[0].isalpha())
    signs = "".join({p.removeprefix("\\")[0] for p in pattern.split("|") if not p[0].isalpha()})
    return Words(whole, re.compile(rf"(?<!\w)(?:(?:{lettered})(?:[ \n\u00a0]|\d)|\d|(?i:{fraction}|{word})\b)"), signs)


@dataclass(frozen=True, slots=True)
class Context:
    """What decides shared symbols and separators."""

    text: str
    states: Sequence[str]
    home: str | None
    european: bool


def read_at(context: Context, m: re.Match[str], end: int) -> tuple[list[Found], int]:
    """The numbers that begin at a trigger (two where "from 3 to 5" is a movement, decided by the caller), and where to go on."""
    text = context.text
    start, at = m.start(), m.start()
    currency = None
    if m["symbol"]:
        at = m.end()
        currency = quantity_units.before(m["symbol"], context.states, context.home)
        if currency is None:
            return [], at
    first = _one(context, at, end, currency)
    if first is None:
        return [], _past(text, at, end)
    first.start = start
    second = _second(context, first, end)
    if second is None:
        return [first], first.end
    lead = text[max(0, start - 24) : start]
    joined = _joined(text, first, second, lead)
    if joined is None:
        return [first], first.end
    return joined, second.end


_RUN = re.compile(r"[\w]+(?:[.,:/+-]\w+)*")


def _past(text: str, at: int, end: int) -> int:
    """The end of a run of digits, letters and separators that is no quantity."""
    m = _RUN.match(text, at, end)
    return m.end() if m else at + 1


def _one(context: Context, at: int, end: int, currency: str | None) -> Found | None:
    """One number with its unit at a place."""
    text = context.text
    if not currency and not text[at].isdigit():
        fraction = number_words.fraction_at(text, at, end)
        if fraction:
            value, stop = fraction
            if read := _fraction(text, at, stop, end, value):
                return read
    number, money = _number(context, at, end, currency)
    if number is None:
        return None
    found = Found(
        at,
        number.end,
        number.value,
        number.value,
        currency,
        number.scale,
        number.words,
        number.plain,
        money=bool(currency),
        symbol=bool(currency),
    )
    if number.words and _ORDINAL_TAIL.match(text, number.end, end):
        return None
    if _TAIL.match(text, number.end, end) and not number.words and not _unit(context, found, end):
        return None
    if number.scale > 1 and not number.words and text[number.end - 1] in "kmbMB":
        found.short = True
    if money:
        found.unit, found.end, found.money = money.unit, money.end, True
        return found
    _unit(context, found, end)
    return found


def _number(context: Context, at: int, end: int, currency: str | None) -> tuple[Number | None, quantity_units.Unit | None]:
    """The number, and the currency after it where only that makes a short "m" or "k" a scale."""
    text = context.text
    if not currency and text[at].isdigit():
        short = number_at(text, at, end, context.european, money=True)
        if short is None or short.scale == 1:
            return short, None
        if short.scale > 1:
            money = quantity_units.money_after(text, short.end, end, context.states, context.home)
            if money:
                return short, money
    return number_at(text, at, end, context.european, money=bool(currency)), None


def _fraction(text: str, at: int, stop: int, end: int, value: float) -> Found | None:
    word = text[at:stop].lower()
    if word.endswith(("half", "halves")) and (_NO_HALF.match(text, stop, end) or _ORDINAL_HALF.search(text, max(0, at - 14), at)):
        return None
    if not _AFTER_FRACTION.match(text, stop, end) and stop < end:
        return None
    return Found(at, stop, value, value, "%", words=True, fraction=True)


def _unit(context: Context, found: Found, end: int) -> bool:
    """Take the unit after the number into it; whether there is one."""
    text = context.text
    if m := quantity_units.PERCENT.match(text, found.end, end):
        if found.symbol:
            return False
        found.unit, found.end = "%", m.end()
        return True
    money = quantity_units.money_after(text, found.end, end, context.states, context.home)
    if money and (not found.symbol or money.unit == found.unit or text[found.end : money.end].strip().lower() in ("dollars", "dollar")):
        found.end, found.money = money.end, True
        found.unit = found.unit or money.unit
        return True
    if found.symbol:
        return False
    unit = quantity_units.physical_after(text, found.end, end, not found.words)
    if unit:
        found.unit, found.end, found.duration = unit.unit, unit.end, unit.duration
        found.low, found.high, found.factor = _times(found.low, unit.factor), _times(found.high, unit.factor), unit.factor
        return True
    return False


def _times(value: float, factor: float) -> float:
    return value if factor == 1 else float(round(value * factor, 4))


def _second(context: Context, first: Found, end: int) -> Found | None:
    """The other end of a range or movement, right after the first number."""
    text = context.text
    glue = _GLUE.match(text, first.end, end)
    if not glue or first.fraction or first.duration:
        return None
    m = trigger().match(text, glue.end(), end)
    if not m:
        return None
    currency, at = None, m.start()
    if m["symbol"]:
        at = m.end()
        currency = quantity_units.before(m["symbol"], context.states, context.home)
        if currency is None:
            return None
    elif first.symbol and not glue["word"]:
        currency = first.unit
    second = _one(context, at, end, currency)
    if second:
        second.start = m.start()
    return second


def _joined(text: str, first: Found, second: Found, lead: str) -> list[Found] | None:
    """A range of the two, or both with the unit that the second gives the first; None when they do not belong together."""
    word = text[first.end : second.start].strip().split(" ")[0].lower()
    if second.fraction or second.duration or (first.unit and second.unit and first.unit != second.unit):
        return None
    if first.unit and not second.unit and not first.symbol:
        return None
    if word == "and" and not _BETWEEN.search(lead):
        return None
    if word == "or" and (first.high >= 100 or first.scale > 1):
        return None
    if (
        word == "to"
        and first.unit
        and not _FROM.search(lead)
        and (moved := bounds.move(text, first.start, max(0, first.start - 60)))
        and moved.step in ("by", "of", None)
    ):
        return None
    low, high = first.low, second.high
    if first.scale == 1 and second.scale > 1 and low < 1000:
        low = _times(low, second.scale)
    if not first.unit:
        low = _times(low, second.factor)
    if low >= high and not _FROM.search(lead):
        return None
    if 1900 <= first.low <= 2100 and first.plain and not first.unit and not second.unit:
        return None
    unit = second.unit or first.unit
    if word == "to" and _FROM.search(lead) and (low >= high or bounds.move(text, first.start, max(0, first.start - 110))):
        first.unit, first.low, first.high, first.money = unit, low, low, second.money or first.money
        second.unit, second.money = unit, first.money
        return [first, second]
    return [
        Found(
            first.start,
            second.end,
            low,
            high,
            unit,
            second.scale,
            second.words,
            False,
            money=first.money or second.money,
            symbol=first.symbol,
            short=second.short,
        )
    ]
