"""Whether a document may matter at all: whether it names a state, an official or an organisation. Asked before anything is parsed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import ahocorasick
import yaml

from dragoman.model import unseen
from dragoman.model.documents import READ, Document
from dragoman.reference import organizations, positions, states
from dragoman.reference.name_forms import traps

ENOUGH = 2  # a sure name counts so much, one that may be something else half of it
_SPACES = ("\n", "\r", "\t", "\u00a0", "\u202f")


def may_matter(document: Document) -> bool:
    """Whether the zones that are read name a state, an official or an organisation; where in doubt, yes."""
    if way := unseen.way(document.text):
        document = way.document(document)
    text = document.text
    if not document.zones:
        return named(text)
    at, found = 0, 0
    for zone in document.zones:
        found += _score(text[at : zone.start])
        if zone.zone in READ:
            found += _score(text[zone.start : zone.end])
        if found >= ENOUGH:
            return True
        at = max(at, zone.end)
    return found + _score(text[at:]) >= ENOUGH


def named(text: str) -> bool:
    """The same for words without zones."""
    return _score(text) >= ENOUGH


def _score(text: str) -> int:
    """How much the names in a text count, up to `ENOUGH`."""
    for space in _SPACES:
        if space in text:
            text = text.replace(space, " ")
    score, size, seen = 0, len(text), -1
    hit: tuple[int, tuple[int, int]]
    for hit in _automaton().iter(text):
        last, (length, weight) = hit
        start, end = last - length + 1, last + 1
        if start <= seen or (end < size and text[end].isalnum()) or (start and text[start - 1].isalnum()):
            continue
        if weight and not _shielded(text, start, end):
            score += weight
            seen = last
            if score >= ENOUGH:
                return score
    return score


def _shielded(text: str, start: int, end: int) -> bool:
    """Whether a name is part of a phrase that means something else: "Turkish delight"."""
    return any(text.startswith(phrase, start) for phrase in _shields().get(text[start:end], ()))


@cache
def _shields() -> dict[str, tuple[str, ...]]:
    """The phrases that begin with a name, by that name."""
    names = {name for state in states.table().values() for name in (*state.names, *state.demonyms)}
    out: dict[str, list[str]] = {}
    for phrase in map(str, traps()["shields"]):
        words = phrase.split()
        for n in range(1, len(words)):
            if (name := " ".join(words[:n])) in names:
                out.setdefault(name, []).append(phrase)
    return {name: tuple(found) for name, found in out.items()}


@cache
def _lists() -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(
        Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )
    return found


@cache
def _automaton() -> Any:
    machine = ahocorasick.Automaton()
    best: dict[str, int] = {}
    for surface, weight in _forms():
        for form in {surface, surface.replace("'", "’"), surface.replace("-", "‑")}:
            best[form] = max(weight, best.get(form, 0))
    for form, weight in best.items():
        machine.add_word(form, (len(form), weight))
    machine.make_automaton()
    return machine


def _forms() -> Iterator[tuple[str, int]]:
    """Every form with its weight: 2 for what is sure, 1 for what may be something else."""
    lists = _lists()
    doubtful = frozenset(map(str, lists["doubtful"]))
    for state in states.table().values():
        for name in (*state.names, *state.demonyms, *state.metonyms):
            weight = 1 if name in doubtful else 2
            yield name, weight
            if len(name) > 3:
                yield name.upper(), weight
        yield from ((name, 2 if len(name) > 2 else 1) for name in state.abbreviations)
        for capital in state.capitals:
            yield capital.name, 1
            yield capital.name.upper(), 1
    for body in organizations.table():
        weight = 1 if body.type in lists["private"] else 2
        yield from ((name, weight if len(name) > 2 else 1) for name in body.forms())
        yield from ((name.upper(), weight) for name in (body.name, *body.variants) if len(name) > 3)
    yield from ((str(word), 2) for word in lists["sure"])
    yield from ((str(word), 1) for word in lists["bodies"])
    yield from _offices(frozenset(map(str, lists["offices"])))


def _offices(sure: frozenset[str]) -> Iterator[tuple[str, int]]:
    """Titles in the cases that they are written in; a short one in lower case is a common word."""
    for words, form in positions.forms().items():
        weight = 2 if not sure.isdisjoint(words.split()) else 1
        if form.case != "U" and (len(words) > 5 or weight == 2) and form.case in "ads":
            yield words, weight
        if form.case == "U":
            yield words.upper(), 1
            continue
        yield words[0].upper() + words[1:], weight
        yield " ".join(w if w in ("of", "the", "for", "and", "to") else w[0].upper() + w[1:] for w in words.split()), weight
        if len(words) > 4:
            yield words.upper(), weight
