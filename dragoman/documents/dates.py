"""Dates of publication in metadata and in lines, with every reading of one that stays open."""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from functools import lru_cache

from dragoman.reference.calendar import Found, absolute, edtf

__all__ = ["Found", "find", "given"]

_ISO = re.compile(r"((?:1[89]|20)\d\d)(?:-([01]\d)(?:-([0-3]\d)(?=$|[T\s]))?)?(?:$|(?=[T\s]))")
_YEAR = re.compile(r"(?:1[5-9]|2[01])\d\d|thousand", re.I)
_COMPACT = re.compile(r"((?:19|20)\d\d)([01]\d)([0-3]\d)(?:T?\d{4,6}Z?)?")


def find(text: str, start: int = 0, end: int | None = None, *, locale: str = "") -> list[Found]:
    """The whole dates and months with a year between two places; the grammar is asked only where there is a year."""
    words = text[start:end]
    if not _YEAR.search(words):
        return []
    return [Found(f.start + start, f.end + start, f.edtf, f.alternatives) for f in _within(words, locale)]


@lru_cache(maxsize=256)
def _within(words: str, locale: str) -> tuple[Found, ...]:
    return tuple(absolute(words, locale=locale))


def given(words: str, locale: str = "") -> Found | None:
    """The date of a metadata field, in ISO 8601, as in e-mails, or as a person writes it; None where it is none."""
    words = words.strip()[:200]
    iso = _ISO.match(words)
    if iso and (iso.end() == len(words) or iso[3]):
        value = edtf(iso[1], iso[2], iso[3])
        return Found(0, iso.end(), value) if value else None
    try:
        return Found(0, len(words), parsedate_to_datetime(words).date().isoformat())
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    compact = _COMPACT.fullmatch(words)
    if compact:
        value = edtf(*compact.groups())
        return Found(0, len(words), value) if value else None
    found = find(words, locale=locale)
    return found[0] if found else None
