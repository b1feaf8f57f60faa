"""The language of a text; the model is loaded with the first text that needs it."""

from __future__ import annotations

import re

SAMPLE = 3000  # code points that are looked at
SHORT = 200  # below this a language other than English needs to be certain

_SURE = frozenset(("the", "and", "of", "to", "with", "for", "that", "by", "has", "was"))
_ENGLISH = re.compile(r"\b(?:the|of|and|in|to|was|is|that|for|with|on|by|from|has|have|its|will|at|an|as|be)\b", re.I)
_WORDS = re.compile(r"[^\W\d_]+")
_NAMES = {"english": "en", "french": "fr", "russian": "ru", "german": "de", "spanish": "es", "kazakh": "kk", "czech": "cs", "turkish": "tr"}


def of(text: str, given: str | None = None) -> str:
    """BCP 47 of a text: as given, else recognised; English for a text of no words."""
    if given:
        tag = given.strip().replace("_", "-")
        if tag.lower() in _NAMES:
            return _NAMES[tag.lower()]
        if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}", tag):
            low, _, rest = tag.partition("-")
            return low.lower() + (f"-{rest}" if rest else "")
    sample = text[:SAMPLE] if len(text) <= 2 * SAMPLE else text[:SAMPLE] + " " + text[len(text) // 2 : len(text) // 2 + SAMPLE]
    words = _WORDS.findall(sample)
    if not words:
        return "en"
    if len(words) > 30 and sum(map(_SURE.__contains__, map(str.lower, words))) > 0.14 * len(words):
        return "en"  # no other language has these words so often
    return _recognised(sample, len(_ENGLISH.findall(sample)) / len(words), len(words))


def _recognised(sample: str, share: float, count: int) -> str:
    import py3langid

    tag = str(py3langid.classify(sample)[0])
    if tag != "en" and (len(sample) < SHORT or count < 25) and sample.isascii() and (share > 0.08 or count < 8):
        return "en"  # a short text of names looks like any language
    return tag
