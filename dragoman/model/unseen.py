"""Characters that nobody sees: a text without them, as it is read, with the way back to the text as it came.

A soft hyphen or a zero-width space inside a name parts it for a machine and not for a person. The stored text stays as it came, and so do
the words of evidence; what is read is the text that a person sees.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from dragoman.model.documents import Document, Evidence, ZoneSpan

# Soft hyphens, what has no width, fillers, marks of direction, variants of a glyph, tags. Some join letters of other scripts; what is
# read is English.
_UNSEEN = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
                     "\ufeff\uffa0\U000e0000-\U000e01ef]+")


class Way(NamedTuple):
    """The way between a stored text and what is seen of it; `places` has for each place in what is seen that in what is stored."""

    stored: str
    seen: str
    places: array[int]

    def there(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of what is stored, in what is seen."""
        return bisect_left(self.places, start), bisect_left(self.places, end)

    def back(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of what is seen, in what is stored; without unseen characters at its ends."""
        return self.places[start], self.places[end - 1] + 1 if end > start else self.places[start]

    def evidence(self, found: Evidence) -> Evidence:
        """The same words as they are stored."""
        start, end = self.back(found.start, found.end)
        return Evidence(start, end, self.stored[start:end])

    def zones(self, spans: Iterable[ZoneSpan]) -> tuple[ZoneSpan, ...]:
        """Zones of what is stored, in what is seen."""
        found = ((*self.there(z.start, z.end), z.zone) for z in spans)
        return tuple(ZoneSpan(start, end, zone) for start, end, zone in found if start < end)

    def document(self, document: Document) -> Document:
        """A document of what is stored, as it is seen."""
        dated, reuse = document.published_evidence, document.reuse
        if dated:
            start, end = self.there(dated.start, dated.end)
            dated = Evidence(start, end, self.seen[start:end])
        if reuse:
            start, end = self.there(reuse.start, reuse.end)
            reuse = replace(reuse, start=start, end=end)
        return replace(document, text=self.seen, zones=self.zones(document.zones), published_evidence=dated, reuse=reuse)

    def restored(self, document: Document) -> Document:
        """A document of what is seen, as it is stored."""
        zones = tuple(ZoneSpan(*self.back(z.start, z.end), z.zone) for z in document.zones)
        dated, reuse = document.published_evidence, document.reuse
        if reuse:
            start, end = self.back(reuse.start, reuse.end)
            reuse = replace(reuse, start=start, end=end)
        return replace(document, text=self.stored, zones=zones, published_evidence=dated and self.evidence(dated), reuse=reuse)


def way(text: str) -> Way | None:
    """The way between a text and what is seen of it; None where all of it is seen."""
    if text.isascii() or not _UNSEEN.search(text):
        return None
    places: array[int] = array("l")
    at = 0
    for hidden in _UNSEEN.finditer(text):
        places.extend(range(at, hidden.start()))
        at = hidden.end()
    places.extend(range(at, len(text) + 1))
    return Way(text, _UNSEEN.sub("", text), places)
