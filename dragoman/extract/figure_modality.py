"""Whether a figure was measured, is planned, is only possible, or is denied."""

from __future__ import annotations

import re

from dragoman.extract.frame import lexicon
from dragoman.model.annotations import AnnotatedText, Quantity, Sentence

_SHEET = __file__.replace("figure_modality.py", "figure.py")


def find(text: AnnotatedText, sentence: Sentence, q: Quantity, left: int, right: int, period: str | None) -> str:
    """The modality by the words of the clause and by a period that lies ahead."""
    words = lexicon(_SHEET)
    before = text.text[left : q.start]
    whole = text.text[left:right]
    if re.search(words["denied"], text.text[max(left, q.start - 22) : q.start], re.I):
        return "denied"
    if re.search(words["possible"], before[-90:], re.I):
        return "possible"
    published = text.document.published
    ahead = bool(period and published and _first(period) > published[: len(_first(period))] and _first(period)[:4].isdigit())
    done = re.search(words["done"], before[-40:], re.I)
    if ahead or (not done and (re.search(words["planned"], before[-90:], re.I) or re.search(words["planned_whole"], whole, re.I))):
        return "planned"
    return "actual"


def _first(edtf: str) -> str:
    """The last day named, for intervals; the date itself otherwise."""
    return edtf.split("/")[-1].strip("~?%") if not edtf.endswith("/..") else edtf.split("/")[0]
