"""What a text may lead astray by: letters of two alphabets in a word, and marks that hide words or turn the direction of reading."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from dragoman.model.problems import Problem

_TURNED = re.compile("[\u202a-\u202e\u2066-\u2069\U000e0001-\U000e007f]")
_LATIN, _ALIKE = "A-Za-z\u00c0-\u024f", "\u0370-\u03ff\u0400-\u052f\u0531-\u0587"  # Greek, Cyrillic, Armenian: like Latin ones
_MIXED = re.compile(f"[{_LATIN}][{_ALIKE}]|[{_ALIKE}][{_LATIN}]")
_WORD = re.compile(r"[^\W\d_]+")
SHORT = 4  # letters: "μm" and "ΔT" deceive nobody
AROUND = 40  # letters of a word on each side
REMEDY = "Compare it with the page that it came from, and be wary of it: honest texts seldom have such {what}."


def found(text: str, at: str) -> Iterator[Problem]:
    """A warning for each of the two that a text has, with the first place."""
    if text.isascii():
        return
    if turned := _TURNED.search(text):
        many = len(_TURNED.findall(text))
        yield Problem("turned-text", f"{many} {'mark' if many == 1 else 'marks'} that nobody sees may hide words or turn the direction of "
                      "reading; the text was read as it is stored, without them.", _place(text, at, turned.start()),
                      REMEDY.format(what="marks"), _printable(text[max(0, turned.start() - 30) : turned.start() + 30]), failed=False)
    words = dict.fromkeys(word for m in _MIXED.finditer(text) if len(word := _word(text, m.start())) >= SHORT)
    if words:
        first, more = next(iter(words)), len(words) - 1
        others = f", and {more} more {'word does' if more == 1 else 'words do'}" if more else ""
        yield Problem("mixed-alphabets", f"The word {first} mixes alphabets ({_foreign(first)}){others}; it is not taken for the word that "
                      "it looks like.", _place(text, at, text.index(first)), REMEDY.format(what="words"), failed=False)


def _word(text: str, at: int) -> str:
    """The letters around a place."""
    start = max(0, at - AROUND)
    return next((m[0] for m in _WORD.finditer(text, start, at + AROUND) if m.end() > at), "")


def _foreign(word: str) -> str:
    """The letters of the alphabet that fewer letters of a word are of, by their names."""
    alike = [c for c in word if re.match(f"[{_ALIKE}]", c)]
    odd = alike if len(alike) * 2 <= len(word) else [c for c in word if re.match(f"[{_LATIN}]", c)]
    return ", ".join(f"{c} is {unicodedata.name(c, 'unnamed').lower()}" for c in dict.fromkeys(odd))


def _place(text: str, at: str, offset: int) -> str:
    return f"{at}:{text.count(chr(10), 0, offset) + 1}"


def _printable(words: str) -> str:
    return "".join(c if c.isprintable() else "�" for c in words).strip()
