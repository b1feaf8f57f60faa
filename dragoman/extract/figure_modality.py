"""Whether a figure was measured, is planned, is only possible, or is denied."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.extract.frame import matches, pattern, word_pattern
from dragoman.model.annotations import AnnotatedText, Quantity, Sentence
from dragoman.reference.scan import Words

_SHEET = __file__.replace("figure_modality.py", "figure.py")
_CUT = Words(
    re.compile(
        r"[;:]|, (?:and|but|to which|for which|of which|as against|which|who|where|while|whose)\b|[–—] |\b(?:while|but|although|because"
        r"|whereas|as against|instead of|and had|and has|and have|and were|and was|which)\b"
    ),
    re.compile(r"\b(?:while|but|although|because|whereas|as|instead|and|which)\b"),
    ";:,–—",
)
_BEFORE = re.compile(r"\b(?:against|instead of|compared with|than)\s+(?:the\s+)?$")
_WOULD = re.compile(r"\bwould\b")
_WOULD_DO = re.compile(r"\bwould\b(?! like| prefer| rather)")


def find(text: AnnotatedText, sentence: Sentence, q: Quantity, left: int, right: int, period: str | None) -> str:
    """The modality by the words of the clause and by a period that lies ahead."""
    t = text.text
    left, right = _narrow(text.once(_cuts).get(sentence.index, ()), left, right, q)
    if pattern(_SHEET, "denied").search(t[max(left, q.start - 22) : q.start]):
        return "denied"
    if (q.direction == "from" and q.measure != "change") or _BEFORE.search(t[max(sentence.start, q.start - 16) : q.start]):
        return "actual"
    close = max(left, q.start - 100)
    would = _WOULD_DO.search(t[close : q.start]) or _WOULD.search(t[q.end : min(right, q.end + 30)])
    if would and pattern(_SHEET, "reported", 0).search(t[max(sentence.start, q.start - 600) : q.start]):
        return "planned"
    if word_pattern(_SHEET, "possible", 0).search(t, close, q.start) or pattern(_SHEET, "possible_after", 0).match(t, q.end, right):
        return "possible"
    if _ahead(period, text.document.published):
        return "planned"
    if pattern(_SHEET, "done_after", 0).match(t, q.end, right):
        return "actual"
    planned = _last(word_pattern(_SHEET, "planned"), t, close, q.start)
    if planned >= 0 and planned > _last(word_pattern(_SHEET, "done"), t, close, q.start):
        return "planned"
    return "planned" if word_pattern(_SHEET, "planned_after").search(t, q.end, min(right, q.end + 70)) else "actual"


def _last(words: Words, t: str, start: int, end: int) -> int:
    """Where the last match begins, -1 where there is none."""
    return max((m.start() for m in words.finditer(t, start, end)), default=-1)


def joined(text: AnnotatedText, sentence: Sentence, q: Quantity, left: int, right: int) -> bool:
    """Whether nothing but "and" stands before a figure, so that the verb before holds for it too."""
    at, _ = _narrow(text.once(_cuts).get(sentence.index, ()), left, right, q)
    return (
        len(text.text[at : q.start].strip(" ,\n")) <= 4
        and "as against" not in text.text[max(sentence.start, q.start - 14) : q.start]
        and q.direction != "from"
    )


def _narrow(cuts: Sequence[re.Match[str]], left: int, right: int, q: Quantity) -> tuple[int, int]:
    """The clause without what "and", "which" or a dash joins to it."""
    for m in cuts:
        if left <= m.start() and m.end() <= q.start:
            left = m.end()
        elif q.end <= m.start() and m.end() <= right:
            return left, m.start()
    return left, right


def _cuts(text: AnnotatedText) -> dict[int, list[re.Match[str]]]:
    return matches(text, _CUT)


def _ahead(period: str | None, published: str | None) -> bool:
    """Whether a period ends after the day of the document, by the coarser of the two."""
    if not period or not published or not published[:4].isdigit():
        return False
    last = period.split("/")[-1] if not period.endswith("/..") else period.split("/")[0]
    last = last.strip("~?%")
    if not last[:4].isdigit() or (len(last) == 7 and int(last[5:]) > 12):
        return last[:4].isdigit() and last[:4] > published[:4]
    return last > published[: len(last)]
