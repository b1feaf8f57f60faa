"""The lines of a stored text, and what can be seen of one at a glance."""

from __future__ import annotations

import re
from typing import NamedTuple

LONG = 20_000  # code points of a line that are looked at

_LINE = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]+")
_END = re.compile(r"[.!?…]['\"”’»)\]]{0,3}(?:\[\d{1,3}\])?['\"”’»)\]]{0,2}$")
_SENTENCE = re.compile(r"[^\W\d_]{3,}[.!?]['\"”’»)\]]{0,2}(?:\[\d{1,3}\])? +['\"“„«(]{0,2}[A-ZÀ-ÞА-Я]")
_CELLS = re.compile(r"\S(?:\t+| {2,}|\s*\|\s*)(?=\S)")
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")


class Line(NamedTuple):
    """A line that is not empty, without white space around it; `gap` counts the empty lines before it."""

    start: int
    end: int
    text: str
    gap: int

    @property
    def prose(self) -> bool:
        """Whether it holds a whole sentence or more."""
        words = self.text.count(" ") + 1
        return len(self.text) >= 60 and words >= 9 and bool(_END.search(self.text) or _SENTENCE.search(self.text) or len(self.text) > 200)

    @property
    def closed(self) -> bool:
        """Whether it ends as a sentence does."""
        return bool(_END.search(self.text))

    @property
    def cells(self) -> int:
        """How many columns it has, 1 for none."""
        words = self.text
        return len(_CELLS.findall(words)) + 1 if "  " in words or "|" in words or "\t" in words else 1


def split(text: str) -> list[Line]:
    """The lines with words in them."""
    out: list[Line] = []
    before = 0
    for match in _LINE.finditer(text):
        words = match[0].strip()
        if not words:
            continue
        start = match.start() + match[0].index(words[0])
        gap = max(0, text.count("\n", before, start) - 1) if out else 0
        out.append(Line(start, start + len(words), words[:LONG] if len(words) > LONG else words, gap))
        before = start + len(words)
    return out


def named(words: str) -> bool:
    """Whether every word but particles begins with a capital letter: the shape of a name."""
    found = _WORD.findall(words)
    return bool(found) and all(w[0].isupper() or w.lower() in PARTICLES or w.partition("'")[2][:1].isupper() for w in found)


PARTICLES = frozenset(["of", "the", "and", "for", "in", "on", "to", "at", "de", "del", "della", "di", "da", "do", "dos", "das", "du",
                       "des", "la", "le", "les", "el", "al", "y", "e", "et", "von", "van", "der", "den", "und", "für", "bin", "ibn", "ben",
                       "with", "a", "an", "by", "as", "or", "sur", "zu", "am", "im"])


def recased(words: str, *, place: bool = False) -> str:
    """A name in capitals as it is written elsewhere; other names unchanged, and acronyms unless it is a place.

    >>> recased("MINISTRY OF TRADE OF THE REPUBLIC OF KAZAKHSTAN")
    'Ministry of Trade of the Republic of Kazakhstan'
    """
    if not words.isupper() or (len(words) <= 5 and " " not in words and not place):
        return words
    return _WORD.sub(lambda m: _one(m[0], m.start() == 0), words)


def _one(word: str, first: bool) -> str:
    low = word.lower()
    if low in PARTICLES and not first:
        return low
    return "-".join(p if p in PARTICLES and n else p[:1].upper() + p[1:] for n, p in enumerate(low.split("-")))
