"""Letters and messages: who wrote to whom; the bearer of a letter is neither."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from dragoman.extract import clauses, sides
from dragoman.model.annotations import Actor, AnnotatedText, Sentence

_FROM = re.compile(r"^[^.;:]{0,60}?\bfrom\s+(?:\w+\s+){0,2}$|^\s+of\s+(?:the\s+)?$")
_TO = re.compile(r"^[^.;:]{0,70}?\bto\s+(?:\w+\s+){0,2}$")
_BEARS = re.compile(r"\b(?:convey|deliver|hand|present|transmit|carr|pass|bring|brought|bore)\w*(?:\s+(?:over|on|in))?\b", re.I)
_GETS = re.compile(r"\b(?:receiv|got|accept|tak|took)\w*\b", re.I)




class Letter(NamedTuple):
    """Who wrote, and who was written to."""

    people: list[Actor]


def find(text: AnnotatedText, sentence: Sentence, m: re.Match[str], left: int) -> Iterator[Letter]:
    """The writer and the reader of a letter, message or cable."""
    people = sides.people(text, _writer_and_reader(text, sentence, m, left))
    if len(people) > 1 and any(p.kind in sides.PEOPLE for p in people) and len({(p.name, p.state) for p in people}) > 1:
        yield Letter(people[:3])


def _writer_and_reader(text: AnnotatedText, sentence: Sentence, m: re.Match[str], left: int) -> list[Actor]:
    """Who wrote and who was written to; a bearer ("conveyed to A a letter from B") only where no writer is named."""
    after = [a for a in clauses.outer(text.actors_in(m.end(), sentence.end)) if a.kind != "pronoun" or a.name]
    at = m.start() if m.group().endswith((" to", " from")) else m.end()
    from_ = next((a for a in after if _FROM.search(text.text[at : a.start])), None)
    to = next((a for a in after if _TO.search(text.text[at : a.start]) and (from_ is None or a is not from_)), None)
    head = text.text[left : m.start()]
    verb = _BEARS.search(head)
    if to is None and verb:
        to = next(iter(clauses.outer(text.actors_in(left + verb.end(), m.start()))), None)
    who = sides.subject(text, sentence, m.start(), left) or (sides.after_opening(text, sentence, m.start(), to.end) if to else [])
    if from_ is not None and (verb or _GETS.search(head)):
        return [from_, *([to] if to else who)]
    if from_ is not None and to is not None:
        return [from_, to]
    return [*who, *([to] if to else [from_] if from_ else clauses.after(text, m.end(), sentence.end, 30))]
