"""Patterns found by the words that they begin with: a text is cut into words once, and a pattern is tried where one of its own stands.

A scan through an alternation of two hundred phrases tries each of them at each place; most places begin with none of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

REACH = 4  # letters of a word that its key has
_WORD = re.compile(rf"(\w{{1,{REACH}}})\w*")
SHORT = 300  # code points of a text whose words are not worth keeping
DIGITS = "0"  # the key of every word that begins with a digit


class Words:
    """A pattern that can only match at the start of a word; `finditer` and `search` give what those of the pattern give.

    They are for texts of some length that are asked again and again, such as a document's: the words of a text are kept.
    """

    __slots__ = ("_keys", "_open", "_signs", "pattern")

    def __init__(self, pattern: re.Pattern[str], words: re.Pattern[str] | None = None, signs: str = "") -> None:
        """Matches begin as those of the pattern, or of `words` where given, or with one of the characters `signs`."""
        self.pattern = pattern
        begins = beginnings(words or pattern)
        self._signs = re.compile(f"[{re.escape(signs)}]") if signs else None
        self._keys = None if begins is None else frozenset(k for k, whole in begins if whole)
        self._open = tuple(() if begins is None else (k for k, whole in begins if not whole))

    @property
    def known(self) -> bool:
        """Whether the words are known that a match begins with; if not, every place is tried."""
        return self._keys is not None

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """The matches that lie between two places, none overlapping."""
        end = len(text) if end is None else end
        if self._keys is None or len(text) < SHORT:
            yield from self.pattern.finditer(text, start, end)
            return
        places = self.places(text)
        match, at = self.pattern.match, start
        for k in range(bisect_left(places, start), len(places)):
            place = places[k]
            if place >= end:
                return
            if place >= at and (m := match(text, place, end)):
                at = m.end()
                yield m

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first match between two places."""
        end = len(text) if end is None else end
        if self._keys is None or len(text) < SHORT:
            return self.pattern.search(text, start, end)
        places = self.places(text)
        match = self.pattern.match
        for k in range(bisect_left(places, start), len(places)):
            if places[k] >= end:
                break
            if m := match(text, places[k], end):
                return m
        return None

    def match(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The match that begins at a place."""
        return self.pattern.match(text, start, len(text) if end is None else end)

    def places(self, text: str) -> list[int]:
        """Where a word or sign stands that a match may begin with, in order."""
        words, found = _index(text)
        places = found.get(self)
        if places is None:
            keys: Iterable[str] = (self._keys or frozenset()) & words.keys()
            if self._open:
                keys = {*keys, *(key for key in words if key.startswith(self._open))}
            places = [place for k in keys for place in words[k]]
            if self._signs:
                places += [m.start() for m in self._signs.finditer(text)]
            places.sort()
            found[self] = places
        return places


@lru_cache(maxsize=4)
def _index(text: str) -> tuple[dict[str, list[int]], dict[Words, list[int]]]:
    """The places of words, in no order, by their key, and room for what a pattern asked for."""
    written: dict[str, list[int]] = defaultdict(list)
    for m in _WORD.finditer(text):
        written[m[1]].append(m.start())
    words: dict[str, list[int]] = {}
    for word, places in written.items():
        key = word.lower()[:REACH] if not word[0].isdigit() else DIGITS
        words[key] = [*words[key], *places] if key in words else places
    return words, {}


# ---------------------------------------------------------------- what a pattern begins with

State = tuple[str | None, bool]  # the letters so far (None: not known to be at the start of a word), and whether the key is complete


class _Unknown(Exception):
    """A match may begin with words that cannot be listed."""


def beginnings(pattern: re.Pattern[str]) -> set[tuple[str, bool]] | None:
    """The keys of the words that a match begins with, False beside those that only begin a key; None where they cannot be listed."""
    try:
        parsed = re._parser.parse(pattern.pattern, pattern.flags)  # type: ignore[attr-defined]
        states = _after(parsed, {(None, False)})
    except (_Unknown, AttributeError):
        return None
    if any(not letters for letters, _ in states):
        return None
    return {(letters or "", done) for letters, done in states}


def _after(items: Iterable[tuple[Any, Any]], states: set[State]) -> set[State]:
    for op, value in items:
        if all(done for _, done in states):
            break
        closed = {s for s in states if s[1]}
        going = states - closed
        states = closed | _step(str(op), value, going)
    return states


def _step(op: str, value: Any, going: set[State]) -> set[State]:
    """The states after one item of a parsed pattern."""
    if op == "AT":
        boundary = str(value) == "AT_BOUNDARY"
        return {(letters or "", bool(letters)) for letters, _ in going} if boundary else going
    if op == "LITERAL":
        return {_with(letters, chr(value)) for letters, _ in going}
    if op == "IN":
        characters = _characters(value)
        return {_with(letters, c) for letters, _ in going for c in characters}
    if op == "BRANCH":
        return {s for branch in value[1] for s in _after(branch, going)}
    if op == "SUBPATTERN":
        return _after(value[-1], going)
    if op == "ATOMIC_GROUP":
        return _after(value, going)
    if op in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _repeated(value[0], value[1], value[2], going)
    if op == "ASSERT_NOT" and value[0] < 0:
        part = value[1]
        bars_words = len(part) == 1 and str(part[0][0]) == "IN" and any(str(v) == "CATEGORY_WORD" for _, v in part[0][1])
        return {("" if letters is None and bars_words else letters, done) for letters, done in going}
    if op in ("ASSERT", "ASSERT_NOT"):
        return going
    raise _Unknown


def _repeated(least: int, most: int, items: Any, going: set[State]) -> set[State]:
    out = set(going) if least == 0 else set()
    states = going
    for turn in range(1, min(int(most), REACH + 1) + 1):
        states = _after(items, states)
        if turn >= least:
            out |= states
        if all(done for _, done in states):
            return out | states
    return out | states


def _with(letters: str | None, character: str) -> State:
    """One character more; a character that belongs to no word closes the key."""
    if not (character.isalnum() or character == "_"):
        if not letters:
            raise _Unknown
        return letters, True
    if letters is None:
        raise _Unknown
    if character.isdigit() and not letters:
        return DIGITS, True
    letters += character.lower()
    return letters[:REACH], len(letters) >= REACH


def _characters(items: Any) -> list[str]:
    """The characters of a set; spaces and digits are stood for by one."""
    out: list[str] = []
    for op, value in items:
        name = str(op)
        if name == "LITERAL":
            out.append(chr(value))
        elif name == "RANGE" and value[1] - value[0] < 60:
            out += [chr(c) for c in range(value[0], value[1] + 1)]
        elif name == "CATEGORY" and str(value) == "CATEGORY_SPACE":
            out.append(" ")
        elif name == "CATEGORY" and str(value) == "CATEGORY_DIGIT":
            out += "0123456789"
        else:
            raise _Unknown
    return out
