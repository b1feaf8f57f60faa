"""All that a text names: states, places, organisations, offices, persons, groups and pronouns, without overlaps."""

from __future__ import annotations

from importlib import import_module

from dragoman.model.annotations import AnnotatedText, Mention, MentionType

_LABELS = {"PER": MentionType.PERSON, "ORG": MentionType.ORGANIZATION, "LOC": MentionType.PLACE}


def find(text: AnnotatedText) -> tuple[Mention, ...]:
    """The mentions of a text, sorted by start; none overlaps another."""
    others: list[Mention] = []
    for name in ("gazetteer", "positions"):
        try:
            others += import_module(f"dragoman.annotate.{name}").find(text)
        except ImportError:
            pass
    try:
        others += import_module("dragoman.annotate.persons").find(text, others)
    except ImportError:
        pass
    for e in text.entities:
        words = text.text[e.start : e.end]
        others.append(Mention(_LABELS[e.label], e.start, e.end, words, words))
    out: list[Mention] = []
    for m in sorted(others, key=lambda m: (m.start, -m.end)):
        if not out or out[-1].end <= m.start:
            out.append(m)
    return tuple(out)
