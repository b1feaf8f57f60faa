"""When a figure was measured, and against when: the dates of its clause, shifted where it says "a year earlier"."""

from __future__ import annotations

import re

from dragoman.model.annotations import AnnotatedText, DateMention, Quantity, Sentence
from dragoman.model.documents import Zone

_AGAINST = re.compile(
    r"\b(?:than(?: in)?|compared (?:with|to)|against|on|from|over|since|versus|as against|above|below|relative to|to the level of"
    r"|calculated in|as (?:in|for|of)|times (?:the|as|what|its)|times|more|less|fewer|higher"
    r"|lower)\s+(?:the\s+)?(?:[\w.,$€£]+\s+){0,5}$",
    re.I,
)
_EARLIER = re.compile(
    r"(?:\w+[ \n]+){0,3}?\b(?:a|one|the)[ \n]+(?:year[ \n]+(?:earlier|before|ago|previously|prior)|previous[ \n]+year|year[ "
    r"\n]+before|preceding[ \n]+year|same[ \n]+(?:period|months|time|quarter|half)(?:[ \n]+(?:of|a|in|last|the)[ \n]+(?:the[ "
    r"\n]+)?(?:year[ \n]+(?:earlier|before|ago)|last[ \n]+year|previous[ \n]+year|year|preceding[ \n]+year|year before))?)"
    r"|year[ -]on[ -]year|year[ -]over[ -]year|\by-?o-?y\b|\bthe[ \n]+(?:figure|level)[ \n]+of[ \n]+(?:the[ \n]+)?(?:last"
    r"|previous)[ \n]+year",
    re.I,
)
_GAP = re.compile(r"[ \n,(]{0,3}")
_PLAIN = ("at", "by", "until", "since")


def dates(text: AnnotatedText, sentence: Sentence) -> list[DateMention]:
    return [d for d in text.dates_in(sentence.start, sentence.end) if d.edtf and not d.recurring]


def shift(edtf: str | None, years: int = -1) -> str | None:
    """The same period some years off.

    >>> shift("2022-01/2022-10"), shift("2022")
    ('2021-01/2021-10', '2021')
    """
    if not edtf or ".." in edtf:
        return None
    return re.sub(r"\d{4}(?=-|/|$|~)", lambda m: f"{int(m[0]) + years:04d}", edtf)


def find(
    text: AnnotatedText, sentence: Sentence, q: Quantity, before: Quantity | None, after: Quantity | None
) -> tuple[DateMention | None, DateMention | None]:
    """The date of a quantity and the date that it is compared with, from its own sentence."""
    found = dates(text, sentence)
    left, right = (before.end if before else sentence.start), (after.start if after else sentence.end)
    if q.direction == "from" and q.measure == "level":
        return _of_the_start(text, q, found, right), None
    base = period = None
    for d in found:
        if q.end <= d.start < right:
            gap = text.text[q.end : d.start]
            if q.measure == "change" and (_AGAINST.search(text.text[_tail(q) : d.start]) or d.relation == "since"):
                base = base or d
            elif (
                period is None
                and (len(gap) < 70 or d.end > sentence.end - 3)
                and not _STOP.search(gap)
                and not _of_next(text, gap, d, after)
                and ("(" not in gap or text.text.startswith(")", d.end))
            ):
                period = d
        elif q.start <= d.start < q.end:
            period = period or d
    if period is None and after and after.direction == "to" and after.start - q.end < 40:  # "fell by 6 % to 41 million in 2018"
        beyond = [
            d
            for d in found
            if 0 <= d.start - after.end < 50
            and not _STOP.search(text.text[after.end : d.start])
            and "(" not in text.text[after.end : d.start]
        ]
        period = beyond[0] if beyond else None
    if period is None:
        inside = [d for d in found if left <= d.start and d.end <= q.start and not compares(text, d, before)]
        bracket = [d for d in found if d.end <= q.start and re.fullmatch(r"\s*\(\s*", text.text[d.end : q.start])]
        if bracket:
            period = bracket[-1]
        elif inside and not re.search(r";|\bsigned\b", text.text[inside[-1].end : q.start]):
            period = inside[-1]
    return period, base


def _of_the_start(text: AnnotatedText, q: Quantity, found: list[DateMention], right: int) -> DateMention | None:
    """"Rose from 13.4 billion in 2013 to 18.5 billion in 2015": only a date right behind is that of the amount that it rose from."""
    return next((d for d in found if q.end <= d.start < right and len(text.text[q.end : d.start].split()) < 3), None)


def _of_next(text: AnnotatedText, gap: str, d: DateMention, after: Quantity | None) -> bool:
    """Whether a date belongs to the next quantity, in a clause of its own: "… and holds that the total for 2017 was 12 million"."""
    if after is None or after.start - d.end > 40 or not _CLAUSE.search(gap):
        return False
    return _IS.match(text.text, d.end) is not None


_CLAUSE = re.compile(r"\b(?:and|that|but|while)\b")
_IS = re.compile(
    r",?[ \n]+(?:(?:had|has|have|would)[ \n]+)?(?:was|were|is|been|stood|came|amounted|reached|totall?ed|equall?ed|made[ \n]up)\b"
)
_STOP = re.compile(r"[;:]|\b(?:while|but|whereas|signed|which|expires?|ends?|began|opened|launched|joined)\b")


def compares(text: AnnotatedText, d: DateMention, before: Quantity | None) -> bool:
    """Whether a date is what the change before it is measured against."""
    if (
        before
        and 0 <= d.start - before.end < 12
        and re.search(r"\b(?:against|instead of|from)\s+(?:the\s+)?$", text.text[max(0, before.start - 16) : before.start])
    ):
        return True
    return bool(before and before.measure == "change" and before.start <= d.start and _AGAINST.search(text.text[_tail(before) : d.start]))


def _tail(q: Quantity) -> int:
    """Where the comparing word at a quantity's end begins ("12 percent above", "three times"), else its end."""
    m = re.search(r"\b(?:above|below|more|less|fewer|higher|lower|times)$", q.text)
    return q.start + m.start() if m else q.end


def head(text: AnnotatedText, sentence: Sentence, q: Quantity, group: list[Quantity]) -> DateMention | None:
    """The date at the head of the sentence, which holds for all its figures."""
    found = [d for d in dates(text, sentence) if d.end <= q.start and not any(compares(text, d, b) for b in group if b.end <= d.start)]
    return found[0] if found else None


def of_document(text: AnnotatedText) -> str | None:
    """The period that the title of a note states ("Trade, January-September 2023"), where it states one."""
    found = {
        d.edtf for d in text.dates if d.edtf and text.document.zone_at(d.start) is Zone.HEADING and d.start < 600 and _is_period(d.edtf)
    }
    return found.pop() if len(found) == 1 else None


def _is_period(edtf: str) -> bool:
    return bool(re.fullmatch(r"\d{4}(?:-\d\d)?/\d{4}(?:-\d\d)?|\d{4}|\d{4}-Q\d", edtf))


def earlier(text: AnnotatedText, q: Quantity, limit: int) -> bool:
    """Whether "a year earlier", "the previous year" follows the quantity."""
    start, end = _GAP.match(text.text, q.end).end(), min(limit, q.end + 90)  # type: ignore[union-attr]
    return _EARLIER.match(text.text, start, end) is not None


def compared(text: AnnotatedText, q: Quantity, limit: int) -> bool:
    """Whether a change says that it is on the year before."""
    window = text.text[q.end : min(limit, q.end + 70)]
    m = _EARLIER.search(window)
    return bool(m) and not re.search(r"[;.]", window[: m.start() if m else 0])
