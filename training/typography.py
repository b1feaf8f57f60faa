"""Changes how a stretch is written, word for word: typographic quotation marks, capitals, title case."""

from __future__ import annotations

from random import Random

_SMALL_WORDS = "a an the of in on at to for and or but by with from as into over nor per via"
_SMALL = frozenset(_SMALL_WORDS.split())


def curly(words: list[str]) -> list[str]:
    """Straight and LaTeX-like quotation marks as printed ones, opening and closing in turn."""
    out: list[str] = []
    inside = False
    for word in words:
        if word in ('"', "``", "''"):
            opening = word == "``" or (word == '"' and not inside)
            out.append("“" if opening else "”")
            inside = opening
        elif word == "`":
            out.append("‘")
        else:
            out.append(word.replace("'", "’"))
    return out


def title_case(words: list[str]) -> list[str]:
    """As a heading: every word but the small ones with a capital."""
    return [w if n and w.lower() in _SMALL else w[:1].upper() + w[1:] for n, w in enumerate(words)]


def capitals(words: list[str]) -> list[str]:
    return [w.upper() for w in words]


def restyle(words: list[str], random: Random, heading: bool = False) -> list[str]:
    """One of the above: printed marks for three stretches in ten; headings and a few others in title case or capitals."""
    chance = random.random()
    if heading and chance < 0.35:
        words = title_case(words) if chance < 0.22 else capitals(words)
    elif chance < 0.015:
        words = title_case(words) if chance < 0.01 else capitals(words)
    return curly(words) if random.random() < 0.3 else words
