"""Numbers that are no digits: factors ("doubled", "threefold", "twice as many"), "four in five", ranks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

from dragoman.annotate import quantity_bounds as bounds
from dragoman.annotate.number_words import ONES, ORDINALS, number_at
from dragoman.model.annotations import Quantity, Sentence
from dragoman.reference.scan import Words

_NUM = (
    r"\d{1,3}(?:[.,]\d{1,2})?|one and a half|two and a half|three and a half|two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven|twelve|fifteen|twenty|fifty|a hundred"
)
_ORD = r"\d{1,2}(?:st|nd|rd|th)|" + "|".join(ORDINALS)


@cache
def pattern() -> Words:
    """Factors, parts of a whole and ranks, in one pattern."""
    words = bounds.words()
    factors, folds = bounds.alternatives(words["factors"]), bounds.alternatives(words["folds"])
    ranked, partners = bounds.alternatives(words["ranked"]), bounds.alternatives(words["partners"])
    whole = re.compile(
        rf"\b(?P<factor>{factors})\b(?![ \n-](?:taxation|standards?|check|checked|track|digits?|edged|role|citizenship|down|up"
        rf"|jeopardy|entry))"
        rf"|\b(?P<fold>{folds})\b|\b(?P<nfold>\d{{1,3}})(?:-| )?fold\b"
        rf"|\b(?P<times>{_NUM})[ \n]times(?=[ \n](?:as|more|higher|larger|greater|bigger|over|the|that|what|its|their|compared|less"
        rf"|faster|stronger|since|during|from|in[ \n](?:the[ \n])?(?:past|last))\b|[ \n]?[,.;)]|$)"
        rf"|\b(?P<twice>twice|double)[ \n](?=as[ \n](?:many|much|high|large|big|fast)|the[ \n]|that[ \n]of|what|its\b|last[ \n])"
        rf"|\b(?P<often>once|twice|thrice)[ \n](?:an?|every|each|per)[ \n](?:day|week|month)\b"
        rf"|\bby[ \n]a[ \n]factor[ \n]of[ \n](?P<by>{_NUM})\b"
        rf"|\b(?P<top>one|two|three|four|five|six|seven|eight|nine|\d{{1,2}})[ \n](?:out[ \n]of|in)[ \n](?:every[ \n]|each[ "
        rf"\n])?(?P<whole>two|three|four|five|six|seven|eight|nine|ten|twenty|a hundred|10|100)\b(?![ \n](?:years?|months?|days?"
        rf"|weeks?|hours?|minutes?|decades?|places|states|countries|provinces|regions|languages|stages|phases|cities)|[-,.]\d)"
        rf"|\b(?P<place>{_ORD})[ \n-](?:{ranked})\b|\b(?:the|its|their|our|[’']s|[’'])[ \n](?P<first>(?:single[ \n])?(?:{ranked}))[ "
        rf"\n](?:\w+[ \n]){{0,3}}?(?P<partner>{partners})\b"
        rf"|\b(?:rank(?:s|ed|ing)?|placed|came|finished|is|was|lies|stands|stood)[ \n](?:it[ \n]|them[ \n])?(?:only[ \n])?(?:(?:in"
        rf"|at)[ \n])?(?:the[ \n])?(?P<ranked>{_ORD})(?:[ \n]place)?(?=[ \n](?:among|in|by|on|of|with|out|behind|after|place"
        rf"|position)\b|[.,;])"
        rf"|\bin[ \n](?P<in>{_ORD})[ \n](?:place|position)\b|\bnumber[ \n](?P<number>one|two|three|four|five)\b(?=[ \n](?:\w+[ "
        rf"\n])?(?:{partners}))",
        re.I,
    )
    begins = rf"\b(?:{factors}|{folds}|\d|{_NUM}|twice|double|once|thrice|by|one|{_ORD}|the|its|their|our|rank|placed|came|finished|is|was"
    return Words(whole, re.compile(rf"{begins}|lies|stands|stood|in|number)", re.I), "’'")


def find(text: str, sentence: Sentence, taken: list[tuple[int, int]], skip: list[tuple[int, int]]) -> Iterator[Quantity]:
    """The quantities of a sentence that are written without a unit of their own."""
    for m in pattern().finditer(text, sentence.start, sentence.end):
        k = bisect_right(skip, (m.start(), len(text)))
        if k and skip[k - 1][1] > m.start():
            continue
        if m["often"]:
            value = {"once": 1.0, "twice": 2.0}.get(m["often"].lower(), 3.0)
            found: Quantity | None = Quantity(
                m.start(), m.end(), m.group(), value, value, "1", noun="times", noun_start=m.start(), noun_end=m.end()
            )
        elif m["top"]:
            found = _part(text, sentence, m)
        elif m["place"] or m["first"] or m["ranked"] or m["in"] or m["number"]:
            found = _rank(m)
        else:
            found = _factor(text, sentence, m)
        if found and (m["times"] or m["by"] or m["top"] or not _within(taken, found)):
            yield found


def _within(taken: list[tuple[int, int]], found: Quantity) -> bool:
    """Whether a quantity overlaps one of the sorted stretches."""
    k = bisect_right(taken, (found.start, found.start))
    return bool(k and taken[k - 1][1] > found.start) or (k < len(taken) and taken[k][0] < found.end)


def _part(text: str, sentence: Sentence, m: re.Match[str]) -> Quantity | None:
    """ "Four in five" as 80 %."""
    top, whole = _small(m["top"]), 100.0 if m["whole"].lower() == "a hundred" else _small(m["whole"])
    if not 0 < top < whole or (
        m["whole"][0].isdigit() and text[m.start() : m.end()].count(" ") == 2 and not re.match(r"\s+of\b", text[m.end() : m.end() + 4])
    ):
        return None
    value = round(100 * top / whole, 2)
    return _with_bound(text, sentence, m.start(), m.end(), value, "share", None)


def _rank(m: re.Match[str]) -> Quantity | None:
    word = (m["place"] or m["ranked"] or m["in"] or m["number"] or "first").lower()
    if m["ranked"] and word == "second" and not re.match(r"rank|placed|in\b", m.group().lower()):
        return None
    value = _small(re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", word))
    start = m.start("first") if m["first"] else m.start()
    return Quantity(start, m.end(), m.string[start : m.end()], value, value, "1", measure="rank", noun=(m["partner"] or "").lower() or None)


def _factor(text: str, sentence: Sentence, m: re.Match[str]) -> Quantity | None:
    """A factor as a change in percent."""
    words = bounds.words()
    word = m.group().lower().strip()
    if m["factor"]:
        if (
            word == "double"
            and not re.search(
                r"\b(?:to|will|would|shall|can|could|may|might|must|should|and|nearly|almost|more than|or)\s+$",
                text[max(sentence.start, m.start() - 12) : m.start()],
                re.I,
            )
            and not re.match(r"\s+(?:the|its|their|our|in|by)\b", text[m.end() : m.end() + 6])
        ):
            return None
        value = float(words["factors"][word])
    elif m["fold"]:
        value = float(words["folds"][word])
    elif m["nfold"]:
        value = 100.0 * (float(m["nfold"]) - 1)
    elif m["twice"]:
        value = 100.0
    else:
        number = _small(m["times"] or m["by"])
        if m["times"] and not _compares(text, sentence, m):
            return None
        if number <= 1:
            return None
        value = round(100 * (number - 1), 2)
    if not m["factor"] and _falling(text, sentence, m):
        value = round(100 / (value / 100 + 1) - 100, 2)
    return _with_bound(text, sentence, m.start(), m.end(), value, "change", "by")


def _compares(text: str, sentence: Sentence, m: re.Match[str]) -> bool:
    """Whether "three times" compares, or only counts occasions."""
    following = text[m.end() : m.end() + 12]
    if re.match(r"\s(?:as|more|higher|larger|greater|bigger|less|faster|stronger|that of|what|over)\b", following):
        return True
    if re.match(
        r"\sthe\s(?:former|level|figure|amount|number|volume|average|price|size|rate|value|total|sum|usual|previous|world|state"
        r"|area)|\s(?:the|its|their)\s",
        text[m.end() : m.end() + 16],
    ):
        return True
    move = bounds.move(text, m.start(), sentence.start)
    return move is not None and m.start() - move.start < 60


def _falling(text: str, sentence: Sentence, m: re.Match[str]) -> bool:
    move = bounds.move(text, m.start(), sentence.start)
    return (move is not None and move.sign < 0 and m.start() - move.start < 40) or bool(
        re.match(r"\s(?:less|fewer|lower|smaller)\b", text[m.end() : m.end() + 9])
    )


def _with_bound(text: str, sentence: Sentence, start: int, end: int, value: float, measure: str, direction: str | None) -> Quantity:
    bound = bounds.before(text, start, sentence.start)
    low: float | None = value
    high: float | None = value
    if bound and bound.modifier in ("more than", "at least"):
        high = None
    elif bound and bound.modifier in ("up to", "less than", "nearly"):
        low = None
    at = bound.at if bound else start
    return Quantity(at, end, text[at:end], low, high, "%", bound.modifier if bound else None, measure, direction=direction)


def _small(word: str) -> float:
    word = word.lower()
    if word in ORDINALS:
        return float(ORDINALS[word])
    if word in ONES:
        return float(ONES[word])
    number = number_at(word, 0, len(word))
    return number.value if number else 0.0
