"""Credentials: an envoy and the head of state who receives them meet; of several envoys each does, one after another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from dragoman.extract import clauses, sides
from dragoman.model.annotations import Actor, AnnotatedText, Sentence

MOST = 30  # envoys at one ceremony
_GIVES = re.compile(r"\b(?:present|hand|submit|tender|deliver)(?:s|ed|ing|t)?\b", re.I)
_TAKES = re.compile(r"\b(?:receiv|accept|collect)(?:e|es|ed|ing|s)?\b|\btook\b", re.I)
_TO = re.compile(r"[^.;:]{0,60}?\b(?:to|before)\s+(?:the\s+)?(?:\w+\s+){0,2}$")
_BY = re.compile(r"[^.;:]{0,40}?\bby\s+(?:the\s+)?(?:\w+\s+){0,2}$")
_ENVOY = re.compile(
    r"\b(?:ambassador|high commissioner|head of (?:the )?(?:mission|delegation)|nuncio|chargé d'affaires|envoy|minister plenipotentiary)\b"
)
_ENVOYS = re.compile(r"\b(?:ambassadors?|high commissioners?|heads? of mission|diplomats?|envoys?|nuncio|dignitaries)\b", re.I)
_LISTS = re.compile(  # "Those who presented their credentials include ...", "The new ambassadors are ...", "Others were ..."
    r"(?:(?:Those|The (?:\w+ ){0,3}(?:ambassadors|envoys|diplomats|dignitaries|heads of mission|high commissioners))\b[^.;]{0,90}?"
    r"\b(?:include[sd]?|are|were|namely)\b|(?:Others|They|These) (?:include[sd]?|are|were)\b|Among (?:them|those)\b)"
)


class Ceremony(NamedTuple):
    """One envoy with the receiver, and the stretch that says so."""

    people: list[Actor]
    start: int
    end: int
    rule: str
    also: tuple[tuple[int, int], ...] = ()  # where another sentence names the envoy


def find(text: AnnotatedText, sentence: Sentence, m: re.Match[str], left: int) -> Iterator[Ceremony]:
    """One meeting for each envoy who presents credentials; with the receiver alone where no envoy is named."""
    head = text.text[left : m.start()]
    gives, takes = _last(_GIVES, head), _last(_TAKES, head)
    if gives < 0 and takes < 0:
        return
    after = [a for a in clauses.outer(text.actors_in(m.end(), sentence.end)) if a.kind in sides.PEOPLE]
    if takes > gives:
        receivers = _people(sides.subject(text, sentence, left + takes, sentence.start))
        envoys = [a for a in _people(after) if a.kind == "person"]
    else:
        receivers = _people([a for a in after if _TO.fullmatch(text.text, m.end(), a.start)][:1])
        envoys = _people(sides.subject(text, sentence, left + gives, sentence.start))
        if not envoys:
            envoys = _people([a for a in after if _BY.fullmatch(text.text, m.end(), a.start)][:1])
        if not envoys:  # "presented her letters of credence"
            own = [a for a in text.actors_in(left, m.start()) if a.mention.lower() in sides.OWNERS]
            envoys = [a for a in own if a.kind == "person" and a.name][-1:]
    if not receivers:
        return
    receiver = receivers[0]
    envoys = [e for e in envoys if e.name != receiver.name or e.name is None] or list(_named_next(text, sentence))
    if not envoys and _ENVOYS.search(text.text, sentence.start, sentence.end) and receiver.name:
        yield Ceremony([receiver], min(m.start(), max(receiver.start, sentence.start)), max(m.end(), receiver.end), "ceremony")
    for envoy in envoys[:MOST]:
        spans = [a for a in (receiver, envoy) if sentence.start <= a.start < sentence.end]
        start, end = min([m.start(), *(a.start for a in spans)]), max([m.end(), *(a.end for a in spans)])
        also = () if sentence.start <= envoy.start < sentence.end else ((envoy.start, envoy.end),)
        yield Ceremony([envoy, receiver], start, end, "credentials", also)


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((m.start() for m in pattern.finditer(text)), default=-1)


def _people(actors: list[Actor]) -> list[Actor]:
    """Persons and offices; a crowd ("eight ambassadors") is named elsewhere, if at all."""
    return [a for a in actors if a.kind == "person" or (a.kind == "office" and a.position)]


def _named_next(text: AnnotatedText, sentence: Sentence) -> Iterator[Actor]:
    """The envoys whom the next sentences list: "Those who presented their credentials include X and Y. Others are Z."."""
    for later in text.sentences[sentence.index + 1 : sentence.index + 4]:
        if _LISTS.match(later.text):
            for a in clauses.outer(text.actors_in(later.start, later.end)):
                if a.kind == "person" and a.name and _ENVOY.search(a.position or ""):
                    yield a
