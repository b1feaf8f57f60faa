"""Whether a figure was measured, is planned, is only possible, or is denied."""

from __future__ import annotations

import re

from dragoman.extract.frame import lexicon
from dragoman.model.annotations import AnnotatedText, Quantity, Sentence

_SHEET = __file__.replace("figure_modality.py", "figure.py")
_CUT = re.compile(
    r"[;:]|, (?:and|but|to which|for which|of which|as against|which|who|where|while|whose)\b|[–—] |\b(?:while|but|although|because"
    r"|whereas|as against|instead of|and had|and has|and have|and were|and was|which)\b"
)


def find(text: AnnotatedText, sentence: Sentence, q: Quantity, left: int, right: int, period: str | None) -> str:
    """The modality by the words of the clause and by a period that lies ahead."""
    words = lexicon(_SHEET)
    t = text.text
    left, right = _narrow(t, left, right, q)
    before, behind = t[left : q.start], t[q.end : right]
    if re.search(words["denied"], t[max(left, q.start - 22) : q.start], re.I):
        return "denied"
    if (q.direction == "from" and q.measure != "change") or re.search(
        r"\b(?:against|instead of|compared with|than)\s+(?:the\s+)?$", t[max(sentence.start, q.start - 16) : q.start]
    ):
        return "actual"
    close = before[-100:]
    reported = re.search(words["reported"], t[max(sentence.start, q.start - 600) : q.start]) is not None
    if ("would" in close and re.search(r"\bwould\b(?! like| prefer| rather)", close) and reported) or (
        re.search(r"\bwould\b", behind[:30]) and reported
    ):
        return "planned"
    ahead = _ahead(period, text.document.published)
    if re.search(words["possible"], close) or re.match(words["possible_after"], behind):
        return "possible"
    if ahead:
        return "planned"
    planned = list(re.finditer(words["planned"], close, re.I))
    done = list(re.finditer(words["done"], close, re.I))
    if re.match(words["done_after"], behind):
        return "actual"
    if (planned and (not done or planned[-1].start() > done[-1].start())) or re.search(words["planned_after"], behind[:70], re.I):
        return "planned"
    return "actual"


def joined(text: AnnotatedText, sentence: Sentence, q: Quantity, left: int, right: int) -> bool:
    """Whether nothing but "and" stands before a figure, so that the verb before holds for it too."""
    at, _ = _narrow(text.text, left, right, q)
    return (
        len(text.text[at : q.start].strip(" ,\n")) <= 4
        and "as against" not in text.text[max(sentence.start, q.start - 14) : q.start]
        and q.direction != "from"
    )


def _narrow(t: str, left: int, right: int, q: Quantity) -> tuple[int, int]:
    """The clause without what "and", "which" or a dash joins to it."""
    for m in _CUT.finditer(t, left, q.start):
        left = m.end()
    found = _CUT.search(t, q.end, right)
    return left, found.start() if found else right


def _ahead(period: str | None, published: str | None) -> bool:
    """Whether a period ends after the day of the document, by the coarser of the two."""
    if not period or not published or not published[:4].isdigit():
        return False
    last = period.split("/")[-1] if not period.endswith("/..") else period.split("/")[0]
    last = last.strip("~?%")
    if not last[:4].isdigit() or (len(last) == 7 and int(last[5:]) > 12):
        return last[:4].isdigit() and last[:4] > published[:4]
    return last > published[: len(last)]
