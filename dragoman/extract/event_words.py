"""The rules of event.yml by the word forms that call them up: verb classes with their objects, and nouns of action."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from dragoman.extract.frame import lexicon

SHEET = str(Path(__file__).with_name("event.py"))
_DOUBLED = re.compile(r"[^aeiouy][aeiou][bdglmnprtp]$")


class Rule(NamedTuple):
    """What a verb or noun tells, if its object is one of those named.

    follows   words of which one must come next ("on" of "call on"), None for any
    objects   words of which one must be in the object or, in the passive, in the subject; empty for any
    within    words of which one must be in the clause
    unless    words of which none may be in the clause
    of        for nouns: whether "of" leads to the one who acts (`agent`) or to the one it is done to (`patient`)
    recipient `object`, `any` or `none`: whether an event without a recipient counts
    """

    category: str
    mode: str | None
    follows: frozenset[str] | None
    objects: frozenset[str]
    within: frozenset[str]
    unless: frozenset[str]
    noun: bool
    of: str
    recipient: str
    context: str | None
    how: str
    asked: tuple[frozenset[str], ...]  # of each of these one must be in the sentence


@cache
def rules() -> dict[str, list[Rule]]:
    """The rules by lower-case form of their first word."""
    words = lexicon(SHEET)
    irregular = {base: forms.split() for base, forms in words["irregular"].items()}
    sets = {name: frozenset(body.split()) for name, body in words["sets"].items()}
    out: dict[str, list[Rule]] = {}
    for row in words["rules"]:
        for kind in ("verbs", "nouns"):
            for phrase in str(row.get(kind) or "").split():
                base, *rest = phrase.split("_")
                rule = _rule(row, kind == "nouns", frozenset(rest) or None, sets)
                for form in forms(base, irregular) if kind == "verbs" else (base, base + "s"):
                    out.setdefault(form, []).append(rule)
    return out


def _rule(row: dict[str, Any], noun: bool, follows: frozenset[str] | None, sets: dict[str, frozenset[str]]) -> Rule:
    def named(field: str) -> frozenset[str]:
        found: set[str] = set()
        for word in str(row.get(field) or "").split():
            found |= sets[word[1:]] if word[0] == "@" else {word}
        return frozenset(found)

    objects, within, unless = (_or_plural(named(field)) for field in ("objects", "within", "unless"))
    return Rule(
        row["event"],
        row.get("mode"),
        follows,
        objects,
        within,
        unless,
        noun,
        row.get("of", "patient"),
        row.get("recipient", "any"),
        row.get("context"),
        row.get("how", ""),
        tuple(asked for asked in (follows, objects, within) if asked),
    )


def forms(base: str, irregular: dict[str, list[str]]) -> set[str]:
    """The forms of an English verb; what does not exist does no harm."""
    out = {base, *irregular.get(base, ())}
    if re.search(r"[^aeiou]y$", base):
        return out | {base[:-1] + "ies", base[:-1] + "ied", base + "ing"}
    out.add(base + ("es" if re.search(r"(?:s|sh|ch|x|z|o)$", base) else "s"))
    stem = base.removesuffix("e")
    out |= {stem + "ed", stem + "ing"}
    if _DOUBLED.search(base):
        out |= {base + base[-1] + "ed", base + base[-1] + "ing"}
    if base.endswith("ize"):
        out |= {base[:-3] + "is" + end for end in ("e", "es", "ed", "ing")}
    return out


@cache
def governors() -> dict[str, str]:
    """How far what depends on a verb or noun is real: `real`, `planned`, `denied` or `unreal`, by form."""
    words = lexicon(SHEET)
    irregular = {base: made.split() for base, made in words["irregular"].items()}
    return {form: kind for kind, body in words["governors"].items() for base in body.split() for form in forms(base, irregular)}


def singular(word: str) -> str:
    """A lower-case noun without its plural ending."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _or_plural(words: frozenset[str]) -> frozenset[str]:
    """The words with their plurals: those that `singular` makes one of them."""
    return words | {p for w in words for p in (w + "s", w[:-1] + "ies") if singular(p) == w}
