"""Cut a document into the stretches that are parsed on their own: paragraphs, list points, headings, turns.

A parser that is given headings, speaker labels and list marks with the prose splits sentences wrongly; so they are cut off first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from dragoman.annotate import speakers
from dragoman.model.documents import READ, Document, Zone

_MARK = re.compile(r"(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)](?=\s)|[-•*–—·▪](?=\s)|#{1,6}\s)\s*")
_LONG = re.compile(r"\S{300,}")
LONGEST = 4000  # code points that are parsed at once: what looks at every word of a sentence from each of them stays linear
_SENTENCE = re.compile(r"[.!?][”\"’')]?(?=\s+[“\"(A-Z0-9])")
_CLOSED = re.compile(r"[.!?:;…”\"'»)\]]\s*$")
_OPEN = re.compile(r"[,\-–—]\s*$|\b(?:of|the|and|to|in|for|with|a|an|on|by|at|from|that|will|is|was)\s*$")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch to parse: offsets into the stored text, its zone, paragraph number and speaker, if in a turn."""

    start: int
    end: int
    zone: Zone
    paragraph: int
    speaker: str | None = None


def segments(document: Document) -> Iterator[Segment]:
    """The stretches of the zones that are read, in order; no stretch crosses a zone or a speaker's label."""
    text = document.text
    turns = speakers.labels(text)
    number = 0
    for start, end in _paragraphs(text):
        for piece_start, piece_end, speaker in _turns(start, end, turns):
            for from_, to, zone in _zones(document, piece_start, piece_end):
                if zone not in READ:
                    continue
                mark = _MARK.match(text, from_, to)
                if mark:
                    from_ = mark.end()
                for begin, stop in _language(text, from_, to):
                    yield Segment(begin, stop, zone, number, speaker)
        number += 1


def _language(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch without the spaces around it, and without what is longer than any word: a tokenizer takes its square in time."""
    for long in (*_LONG.finditer(text, start, end), None):
        stop = long.start() if long else end
        while start < stop and text[start].isspace():
            start += 1
        while stop > start and text[stop - 1].isspace():
            stop -= 1
        while stop - start > LONGEST:
            cut = _cut(text, start, start + LONGEST)
            yield start, cut
            start = cut
            while text[start].isspace():
                start += 1
        if start < stop:
            yield start, stop
        start = long.end() if long else end


def _cut(text: str, start: int, limit: int) -> int:
    """Where a stretch that is too long is parted: behind the last sentence that ends before the limit, else at the last space."""
    ends = [m.end() for m in _SENTENCE.finditer(text, start, limit)]
    if ends:
        return ends[-1]
    at = max((text.rfind(space, start + 1, limit) for space in (" ", "\n", "\t")), default=-1)
    return at if at > start else limit


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Blocks of lines that belong together: a line break inside a sentence does not part them."""
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
    lengths = [end - start for start, end in lines if end - start > 20]
    wrapped = len(lengths) > 5 and 50 <= median(lengths) <= 95 and max(lengths) <= 110
    start = None
    for k, (from_, to) in enumerate(lines):
        if start is None:
            start = from_
        if k + 1 < len(lines) and _runs_on(text, lines[k], lines[k + 1], wrapped):
            continue
        yield start, to
        start = None


def _runs_on(text: str, line: tuple[int, int], following: tuple[int, int], wrapped: bool) -> bool:
    """Whether the next line goes on with the sentence of this one."""
    if text[line[1] : following[0]].count("\n") > 1:
        return False
    this, after = text[slice(*line)].strip(), text[slice(*following)].strip()
    if not this or not after or _MARK.match(after) or "\t" in this or "|" in this:
        return False
    if wrapped:
        return len(this) >= 45 and not (_CLOSED.search(this) and len(this) < 55)
    return len(this) >= 40 and not _CLOSED.search(this) and (after[0].islower() or bool(_OPEN.search(this)))


def _turns(start: int, end: int, turns: list[tuple[int, int, int, int, str]]) -> Iterator[tuple[int, int, str | None]]:
    """The block cut at speakers' labels; labels themselves are left out."""
    at = start
    for label_start, label_end, turn_start, turn_end, name in turns:
        if turn_end <= at or label_start >= end:
            continue
        if at < label_start:
            yield at, min(label_start, end), None
        from_ = max(turn_start, label_end, start)
        to = min(turn_end, end)
        if from_ < to:
            yield from_, to, name
        at = max(at, to, label_end)
        if at >= end:
            return
    if at < end:
        yield at, end, None


def _zones(document: Document, start: int, end: int) -> Iterator[tuple[int, int, Zone]]:
    at = start
    for span in document.zones:
        if span.end <= at:
            continue
        if span.start >= end:
            break
        if at < span.start:
            yield at, span.start, Zone.BODY
        yield max(at, span.start), min(end, span.end), span.zone
        at = min(end, span.end)
    if at < end:
        yield at, end, Zone.BODY
