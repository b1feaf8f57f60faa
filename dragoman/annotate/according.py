"""What was said according to somebody: "according to X, Y" and "Y, according to X"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from dragoman.annotate.indirect_speech import Clause, end_of, verbs
from dragoman.annotate.speech_cues import Frame, Speakers, Word
from dragoman.model.annotations import Actor, Quote

_DATA = re.compile(
    r"(?:the\s+)?(?:\w+\s+)?(?:data|figures|statistics|information|estimates|a report|the report|sources)\s+"
    r"(?:of|from|by|published by|released by)\s+(?=(?:the\s+)?[A-Z])"
)
_PREPOSITION = re.compile(r"^(?:of|from|by)\s+(?:the\s+)?")


def find(frame: Frame, actors: Speakers) -> Iterator[Quote]:
    """The clauses that a phrase with "according to" gives to somebody."""
    for word in frame.words:
        if word.quoted or word.token.text.lower() not in ("according", "accord") or word.at + 2 >= len(frame.words):
            continue
        if frame.words[word.at + 1].token.text.lower() != "to":
            continue
        first = frame.words[word.at + 2]
        named = actors.starting(first.token.start, first.token.start + 1)
        if named is None or frame.text.text[named.end : named.end + 2] in ("'s", "’s"):
            named = _named(frame, word, actors) or named
        if named is None:
            continue
        named = _source(frame, named, first.token.start, actors)
        end = next(
            (w.at for w in frame.words[word.at + 2 :] if w.token.start >= named.end and w.token.text in (",", ".", ";")), len(frame.words)
        )
        clause = _around(frame, word.at, end)
        if clause is None or (word.at < 2 and verbs(frame)):
            continue
        start, stop = frame.words[clause.first].token.start, frame.words[clause.last].token.end
        yield Quote(start, stop, False, named, "according to", word.token.start, frame.words[word.at + 1].token.end)


def _source(frame: Frame, named: Actor, start: int, actors: Speakers) -> Actor:
    """ "According to data of the Statistics Committee": the committee."""
    led = _DATA.match(frame.text.text, start, start + 60)
    if led is None:
        return named
    behind = actors.starting(led.end(), led.end() + 1)
    if behind is not None and behind.name:
        return behind
    name = _PREPOSITION.sub("", named.name or "")
    return replace(named, name=name, mention=_PREPOSITION.sub("", named.mention)) if name else named


def _named(frame: Frame, word: Word, actors: Speakers) -> Actor | None:
    for other in frame.words[word.at + 2 : word.at + 9]:
        if other.token.text in (",", ".", ";"):
            return None
        if other.token.pos in ("NOUN", "PROPN") and other.token.dep.split(":")[0] in ("obl", "nmod", "obj", "nsubj", "root"):
            return actors.at(frame, other)
    return None


def _around(frame: Frame, at: int, end: int) -> Clause | None:
    """The clause that an "according to" belongs to: after it at the sentence's start, else before or around it."""
    if at < 2:
        start = end + 1
        if start >= len(frame.words) - 1:
            return None
        return Clause(start, end_of(frame, start, frame.words[at], []), "according")
    start = at
    while start > 0 and frame.words[start - 1].token.text != ";" and not frame.words[start - 1].quoted:
        start -= 1
    comma = frame.words[end].token.text if end < len(frame.words) else "."
    if comma == "," and not any(w.token.pos in ("VERB", "AUX") for w in frame.words[start:at]):
        return Clause(start, end_of(frame, start, frame.words[at], []), "around")
    last = at - 1
    while last > start and frame.words[last].token.pos == "PUNCT":
        last -= 1
    return Clause(start, last, "behind") if last > start else None
