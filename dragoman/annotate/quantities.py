"""Quantities: numbers with their units, bounds, direction and noun."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from operator import attrgetter

from dragoman.annotate import quantity_bounds as bounds
from dragoman.annotate import quantity_factors, quantity_nouns, quantity_skip
from dragoman.annotate.number_words import ONES, ORDINALS, PARTS, SCALES, TENS
from dragoman.annotate.quantity_read import Context, Found, read_at, trigger
from dragoman.model.annotations import AnnotatedText, Quantity, Sentence
from dragoman.model.documents import Zone

_COMMA = re.compile(r"\d(?<![\d,.]\d)\d{0,2}(?:\.\d{3})*,\d{1,2}(?![\d,])")
_POINT = re.compile(r"\d(?:(?<![\d,.]\d)\d{0,2}(?:,\d{3})*\.\d{1,2}(?![\d.])|,\d{3},\d{3})")
_SIGN = re.compile(r"(?:^|[\s(|\t])([+−–-])$")
_LIST_GLUE = re.compile(
    r"[ \n]*(?:,|/|and|or|to|from|against|of|of the|of its|of their|out of|out of the|instead of|rather than|not)?[ \n]*(?:and[ \n]+)?",
    re.I,
)
_BRACKET = re.compile(
    r"[\s,]*\(\s*(?:(?:or|=|i\.e\.|that is|equal to|equivalent to|the equivalent of|equivalent of|worth|which is|nearly"
    r"|approximately equal to)\s*,?\s*)?",
    re.I,
)
_OR = re.compile(r",?\s+(?:or|that is|i\.e\.,?|equal to|equivalent to|the equivalent of|an equivalent of|the equivalent to)\s+", re.I)
_CUT_OFF = re.compile(r"\b(?:Rs|Tk|Dhs?|Sh|Bs|Kshs?)\.\s{0,2}$")
_PRONGED = re.compile(
    r"[-‑](?:way|sided|pronged|track|tier|step|party|stage|part|storey|story|state|term|on|to|plus|phase|day|thirds?|lane|hander"
    r"|fold|point|time|digit|star|wheel|seater|piece)\b",
    re.I,
)
_DOES = re.compile(r"\b(?:to|will|would|can)\s+(?:train|order|group|measure|unit|issue|type|box)\s+$")  # "to train 200 officers"
_YEAR = re.compile(r"(?:1[6-9]|20|21)\d\d")


def find(text: AnnotatedText) -> tuple[Quantity, ...]:
    """The quantities of a text, in order of their start; nothing that the dates cover."""
    states = tuple(dict.fromkeys([*text.parties, *([text.home] if text.home else [])]))
    european = len(_COMMA.findall(text.text)) > len(_POINT.findall(text.text))
    context = Context(text.text, states, text.home, european)
    skip = quantity_skip.spans(text)
    out: list[Quantity] = []
    for sentence in text.sentences:
        found_words = set(map(str.lower, map(_text_of, sentence.tokens)))
        spelled = not _NUMBERS.isdisjoint(found_words)
        factor = not _factor_words().isdisjoint(found_words) or (spelled and "in" in found_words)
        if not factor and not spelled and not _DIGIT.search(text.text, sentence.start, sentence.end):
            continue
        found = list(_numbers(context, sentence, skip))
        _carry(context, found)
        read: list[Quantity] = []
        for n, f in enumerate(found):
            if q := _quantity(context, sentence, f, found[n - 1].end if n else sentence.start):
                read.append(_listed(context.text, q, read[-1] if read else None))
        factors = list(quantity_factors.find(text.text, sentence, [(q.start, q.end) for q in read], skip)) if factor else []
        out += _converted(text.text, _apart(factors, read))
    return tuple(_inherited(text, out))


_DIGIT = re.compile(r"\d")
_text_of = attrgetter("text")
_NUMBERS = frozenset({*ONES, *TENS, *PARTS, *(f"{w}s" for w in PARTS), *SCALES, "dozen", "hundred", "crore", "lakh"})


@cache
def _factor_words() -> frozenset[str]:
    """Words without which no factor, rank or part of a whole is written."""
    words = bounds.words()
    single = {w for key in ("factors", "folds", "ranked") for phrase in words[key] for w in re.findall(r"[a-z]+", str(phrase))}
    return frozenset(
        {*single, *ORDINALS, "times", "twice", "once", "thrice", "factor", "fold", "in", "out", "number", "place"} - {"in", "most"}
        | {"important"}
    )


def _numbers(context: Context, sentence: Sentence, skip: list[tuple[int, int]]) -> Iterator[Found]:
    """Every number of a sentence with its unit, places that count nothing left out."""
    pos = sentence.start
    if m := _CUT_OFF.search(context.text, max(0, pos - 6), pos):  # a sentence cut after "Rs."
        pos = m.start()
    while m := trigger().search(context.text, pos, sentence.end):
        at = m.end() if m["symbol"] else m.start()
        k = bisect_right(skip, (at, len(context.text)))
        if k and skip[k - 1][1] > at:
            pos = max(skip[k - 1][1], m.start() + 1)
            continue
        limit = min(sentence.end, skip[k][0]) if k < len(skip) and skip[k][0] > at else sentence.end
        found, pos = read_at(context, m, limit)
        pos = max(pos, m.start() + 1)
        yield from found


def _carry(context: Context, found: list[Found]) -> None:
    """Give a number without unit the unit of the one it is listed with: "62 and 38 percent", "61 of 94 km"."""
    for n in range(len(found) - 2, -1, -1):
        a, b = found[n], found[n + 1]
        if a.unit is None and b.duration and re.fullmatch(r"[ \n]+(?:or|to|and)[ \n]+|[-–]", context.text[a.end : b.start]):
            a.unit, a.duration = b.unit, True
        if (
            a.unit is None
            and b.unit
            and not b.duration
            and not b.symbol
            and not b.fraction
            and _LIST_GLUE.fullmatch(context.text, a.end, b.start)
        ):
            a.unit, a.money = b.unit, b.money
            if a.scale == 1 and b.scale > 1 and a.low < 1000:
                a.low, a.high, a.scale = a.low * b.scale, a.high * b.scale, b.scale
            a.low, a.high = a.low * b.factor, a.high * b.factor


def _quantity(context: Context, sentence: Sentence, found: Found, limit: int) -> Quantity | None:
    """The number with what stands around it, or None where it counts nothing."""
    text = context.text
    start, end, low, high = found.start, found.end, found.low, found.high
    sign = _SIGN.search(text, max(sentence.start - 1, start - 3, 0), start) if found.unit or not found.words else None
    row = _in_row(text, start)
    noun = quantity_nouns.noun_after(sentence, text, end) if found.unit is None and not row else None
    if found.unit is None and (_is_year(text, found, None) if row else _counts_nothing(text, sentence, found, noun)):
        return None
    if found.duration and text[end : end + 5].lower().lstrip("-‑ ").startswith("old"):
        return None
    bound = bounds.before(text, start, sentence.start)
    trailing = None if bound and bound.modifier != "up to" else bounds.after(text, end, sentence.end)
    modifier = bound.modifier if bound else trailing.modifier if trailing else None
    if found.duration and bound and re.match(r"over\b", text[bound.at : start], re.I):
        modifier = None
    tail = trailing.at if trailing else end
    measure, signum, direction, reach = _turned(text, sentence, found, bound.at if bound else start, tail, limit)
    if sign:
        measure, signum, direction = "change", -1 if sign[1] in "-−–" else 1, "by"
    first, last = _open(low, high, modifier)
    if bound and trailing and trailing.modifier == "about":  # "up to 20 billion, approximately"
        modifier = "about"
    if signum < 0:
        first, last = None if first is None else -first, None if last is None else -last
        if first is not None and last is not None and first > last:
            first, last = last, first
    start = bound.at if bound and modifier else start - 1 if sign else start
    end = max(tail, reach)
    flags = (
        bool(bounds.record().search(text, max(sentence.start, start - 40), start))
        if "record" in text[max(0, start - 40) : start]
        else False
    )
    words = " ".join(text[noun[0] : noun[1]].split()) if noun else None
    return Quantity(
        start,
        end,
        text[start:end],
        first,
        last,
        found.unit or "1",
        modifier,
        measure,
        words,
        noun[0] if noun else None,
        noun[1] if noun else None,
        direction=direction,
        record=flags,
    )


def _open(low: float, high: float, modifier: str | None) -> tuple[float | None, float | None]:
    if modifier in ("more than", "at least"):
        return low, None if low == high else high
    if modifier in ("up to", "less than", "nearly"):
        return (None if low == high else low), high
    return low, high


def _turned(text: str, sentence: Sentence, found: Found, start: int, end: int, limit: int) -> tuple[str, int, str | None, int]:
    """Measure, sign, direction and the end of the words that turn the number."""
    turn = None if found.duration else bounds.turn(text, end, sentence.end)
    move = bounds.move(text, start, max(sentence.start, limit))
    back = move or (bounds.move(text, start, sentence.start) if limit > sentence.start else None)
    if back and back.step == "by":
        move = back
    direction = None
    if back and back.step in ("to", "from", "by"):
        direction = back.step
    if turn:
        return "change", turn[0], "by", turn[1]
    if re.search(r"\b(?:below|under|above|past|beyond)\s+$", text[start : found.start], re.I):
        back = move = None
        direction = "to"
    if found.unit == "%":
        measure, sign = _percent(text, sentence, found, start, end, move, limit)
        return measure, sign, direction or ("by" if measure == "change" else None), end
    if (
        move
        and (
            move.step == "by"
            or (
                move.step == "of"
                and re.search(
                    r"\b(?:increase|rise|growth|drop|fall|decline|reduction|decrease|gain|jump)\s+of\s+(?:\w+\s+){0,3}$",
                    text[max(sentence.start, start - 40) : start],
                    re.I,
                )
            )
        )
        and not found.duration
    ):
        return "change", move.sign, "by", end
    return "level", 1, direction, end


def _percent(text: str, sentence: Sentence, found: Found, start: int, end: int, move: bounds.Move | None, limit: int) -> tuple[str, int]:
    """Whether a percentage is a change, a share or a level such as a rate."""
    if move and move.step not in ("to", "from", "at") and start - move.start < 90:
        between = text[move.start : start]
        if (
            (
                move.step == "by"
                or not re.match(r"[ \n]+of[ \n]+(?:the|its|all|our|their|them|those|total|which|whom)\b", text[end : end + 14])
            )
            and not bounds.has_share(text, move.start, start)
            and "," not in between[12:]
        ):
            return "change", move.sign
    left = max(sentence.start, limit, start - 60)
    if (
        not re.match(r"\s+of\b", text[end : end + 4])
        and (bounds.has_rate(text, left, start) or bounds.has_rate(text, end, min(sentence.end, end + 22)))
        and not bounds.has_share(text, left, start)
    ):
        return "level", 1
    if re.search(r"(?:million|billion|[a-z]{3})\s+at\s+$", text[max(0, start - 14) : start]):
        return "level", 1
    return "share", 1


def _counts_nothing(text: str, sentence: Sentence, found: Found, noun: tuple[int, int] | None) -> bool:
    """Whether a number without unit is a label, an age, a year, a pronoun."""
    lead = text[max(sentence.start, found.start - 16) : found.start]
    if lead.endswith("[") and text.startswith("]", found.end):
        return True
    following = text[found.end : found.end + 14]
    if found.scale > 1:
        return False
    if found.low <= 1 and found.high <= 1:
        return True
    if found.plain and bounds.label().search(lead) and not (noun and _DOES.search(lead)):
        return True
    if _is_year(text, found, noun):
        return True
    if re.search(r"[A-Za-z]-$|[A-Za-z]\d*[+/.]$|\d[-–/:.]$", lead):
        return True
    if re.match(r"[-‑]?\s?year[-‑\s]?olds?\b", following):
        return True
    if _PRONGED.match(following):
        return True
    if noun is None:
        if found.words and found.low <= 12 and re.search(r"\b(?:the|these|those|all|both|first|last|other)\s+$", lead, re.I):
            return True
        if found.low < 120 and re.search(r",\s*$|\baged?\s+(?:of\s+)?$", lead) and re.match(r"\s*[,.;)]", following):
            return True
        if found.low < 32 and re.search(r"^\s*$", lead) and not re.match(r"\s+(?:of|were|are|have|had|more|fewer)\b", following):
            return True
        if (
            re.search(r"[A-Z][\w.]*\s+$", lead)
            and not re.search(r"(?:^|[.!?]\s+)[A-Z]\w*\s+$", lead)
            and found.plain
            and not re.match(r"\s+(?:of|in|were|are|more)\b", following)
        ):
            return True
    return bool(re.match(r"\s+(?:another|times?\b)", following)) and found.low < 3


def _is_year(text: str, found: Found, noun: tuple[int, int] | None) -> bool:
    if not found.plain or not _YEAR.fullmatch(text, found.start, found.end):
        return False
    return noun is None or bool(
        re.search(r"(?:\b(?:in|of|since|by|until|from|and|for|to|during|the)|-|–)\s*$", text[max(0, found.start - 10) : found.start], re.I)
    )


def _in_row(text: str, at: int) -> bool:
    """Whether a place lies in a line of cells, where bare numbers are values."""
    left, right = text.rfind("\n", max(0, at - 200), at) + 1 or max(0, at - 200), text.find("\n", at, at + 200)
    line = text[left : right if right >= 0 else at + 200]
    return "\t" in line or line.count("|") > 1 or ("  " in line and len(re.findall(r"\S {2,}(?=\S)", line)) > 1)


def _apart(first: list[Quantity], second: list[Quantity]) -> list[Quantity]:
    """Both lists in order; what overlaps one of the first is left out of the second."""
    starts = [q.start for q in first]
    kept = []
    for q in second:
        k = bisect_right(starts, q.start)
        if not (k and first[k - 1].end > q.start) and not (k < len(first) and first[k].start < q.end):
            kept.append(q)
    return sorted([*first, *kept], key=lambda q: q.start) if first else second


def _listed(text: str, q: Quantity, before: Quantity | None) -> Quantity:
    """A percentage in a list of changes ("metal, 14 %; coffee, 9 %") as a change like the one before it."""
    if (
        (
            before
            and q.unit == before.unit == "%"
            and before.measure == "change"
            and q.measure == "share"
            and re.fullmatch(
                r"[^;,.]{0,60}[;,]\s*(?:and\s+)?(?:[\w-]+\s+){0,4}(?:[\w-]+,?\s+|by\s+)?(?:and\s+)?(?:[\w-]+\s+)?",
                text[before.end : q.start],
            )
        )
        and not re.match(r"\s+of\b", text[q.end : q.end + 4])
        and not bounds.has_share(text, before.end, q.start)
    ):
        sign = -1 if (before.high or before.low or 0) < 0 else 1
        return replace(q, measure="change", direction="by", low=q.low and sign * q.low, high=q.high and sign * q.high)
    return replace(q, measure="change", direction="by") if q.unit == "%" and q.measure == "share" and (q.low or q.high or 0) > 100 else q


def _converted(text: str, read: list[Quantity]) -> list[Quantity]:
    """The quantities with an amount in brackets, or after "or", as the equivalent of the one before it."""
    out: list[Quantity] = []
    for q in read:
        last = out[-1] if out else None
        if (
            last
            and not last.equivalent
            and q.measure == last.measure == "level"
            and _same_sort(last.unit, q.unit)
            and _joined(text, last, q)
        ):
            out[-1] = replace(last, equivalent=q)
        else:
            out.append(q)
    return out


def _joined(text: str, last: Quantity, q: Quantity) -> bool:
    """Whether the second amount stands in brackets, or after "or", right behind the first."""
    bracket = _BRACKET.fullmatch(text, last.end, q.start) and ")" in text[q.end : q.end + 45]
    return bool(bracket or _OR.fullmatch(text, last.end, q.start))


def _same_sort(a: str, b: str) -> bool:
    """Two different currencies, or two different physical units."""
    money = (bool(re.fullmatch(r"[A-Z]{3}", a)), bool(re.fullmatch(r"[A-Z]{3}", b)))
    return a != b and money[0] == money[1] and "1" not in (a, b) and "%" not in (a, b)


_MARK = re.compile(r"(?:mark|threshold|barrier|level|target|line|milestone|limit|goal|figure)s?", re.I)
_SCALED = re.compile(r"(?:million|billion|trillion|crore|bn|mln)\b", re.I)


def _same_money(q: Quantity, last: Quantity) -> bool:
    """Whether a bare number goes on with the unit of the amount before it."""
    if q.unit == "m":  # "29.1 m" after "US$31.8 m" is no length
        return bool(re.search(r"\d ?m$", q.text) and re.search(r"[A-Z]{3}", last.unit) and re.search(r"\d ?m(?:n)?\b", last.text))
    if _SCALED.search(q.text):
        return q.noun is None or bool(_MARK.fullmatch(q.noun))
    value, other = q.high or q.low or 0.0, last.high or last.low or 0.0
    return (
        q.noun is None
        and re.search(r"[A-Z]{3}", last.unit) is not None
        and value >= 1000
        and 0 <= q.start - last.end < 60
        and other / 8 < value < other * 8
    )


def _inherited(text: AnnotatedText, read: list[Quantity]) -> Iterator[Quantity]:
    """A bare "500 million" takes the unit of the amount before it in its paragraph or the one before that."""
    last: Quantity | None = None
    last_paragraph = -1
    for q in read:
        sentence = text.sentence_at(q.start)
        paragraph = sentence.paragraph if sentence else -1
        if q.unit in ("1", "m") and last and 0 <= paragraph - last_paragraph <= 1 and _same_money(q, last):
            factor = 1e6 if q.unit == "m" else 1.0
            q = replace(
                q, unit=last.unit, noun=None, noun_start=None, noun_end=None, low=q.low and q.low * factor, high=q.high and q.high * factor
            )
        elif (
            q.unit not in ("%", "1", "d", "a", "h", "mo", "wk", "min", "s")
            and q.measure in ("level", "change")
            and (sentence is None or sentence.zone is not Zone.TABLE)
        ):
            last, last_paragraph = q, paragraph
        yield q
