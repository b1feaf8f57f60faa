"""Indicators: what a figure measures, by the cues of its clause, by the noun counted, by what the counted do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import ahocorasick
import yaml


class Cue(NamedTuple):
    """A word that tells the indicator, with its place; `kind` is `amount`, `weak` (a word of many uses), `doing` or `other`."""

    start: int
    end: int
    indicator: str
    kind: str


@dataclass(frozen=True, slots=True)
class Indicators:
    """The table: cues for amounts and doings in one automaton, nouns counted, nouns that are no figure, nouns that are no people."""

    automaton: ahocorasick.Automaton
    counts: dict[str, str]
    skip: frozenset[str]
    energy: frozenset[str]
    bodies: frozenset[str]

    def cues(self, text: str) -> list[Cue]:
        """The cues of a text as whole words, none within a longer one, in order."""
        low = _lower(text)
        found: list[Cue] = []
        for last, hits in self.automaton.iter(low):
            for length, indicator, kind in hits:
                start, end = last + 1 - length, last + 1
                if (start and (low[start - 1].isalnum() or low[start - 1] == "_")) or (end < len(low) and low[end].isalnum()):
                    continue
                found.append(Cue(start, end, indicator, kind))
        found.sort(key=lambda c: (c.start, -c.end))
        out: list[Cue] = []
        reach = {"amount": -1, "doing": -1}
        for cue in found:
            group = "doing" if cue.kind == "doing" else "amount"
            if cue.end > reach[group]:
                out.append(cue)
                reach[group] = cue.end
        return [c for c in out if c.kind != "mask"]

    def count(self, noun: str) -> str | None:
        """The indicator of a counted noun phrase, by its last words."""
        words = re.findall(r"[\w'-]+", noun.lower())
        for size in (3, 2, 1):
            for at in range(len(words) - size, max(-1, len(words) - size - 3), -1):
                if hit := self.counts.get(" ".join(words[at : at + size])):
                    return hit
        return None

    def skipped(self, noun: str) -> bool:
        """Whether a noun phrase counts what is no figure of relations between states."""
        words = re.findall(r"[\w'-]+", noun.lower())
        return bool(words) and (
            words[-1] in self.skip
            or " ".join(words[-2:]) in self.skip
            or (words[0] in ("heads", "chiefs") and len(words) > 1 and words[1] == "of")
        )


def _lower(text: str) -> str:
    low = text.lower()
    if len(low) != len(text):  # "İ" has two code points in lower case
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low.replace("\n", " ").replace("\u00a0", " ").replace("’", "'")


@cache
def table() -> Indicators:
    """The indicators, loaded once."""
    path = Path(__file__).with_suffix(".yml")
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    words: dict[str, list[tuple[int, str, str]]] = {}
    counts: dict[str, str] = {}
    for indicator, row in data["indicators"].items():
        for kind in ("amount", "weak", "doing"):
            for cue in row.get(kind, ()):
                words.setdefault(str(cue).lower(), []).append((len(str(cue)), indicator, kind))
        for noun in row.get("count", ()):
            counts[str(noun).lower()] = indicator
    for cue in data["others"]:
        words.setdefault(str(cue).lower(), []).append((len(str(cue)), f"other:{str(cue).lower()}", "other"))
    for phrase in data["mask"]:
        words.setdefault(str(phrase).lower(), []).append((len(str(phrase)), "", "mask"))
    automaton = ahocorasick.Automaton()
    for word, hits in words.items():
        automaton.add_word(word, tuple(hits))
    automaton.make_automaton()
    return Indicators(automaton, counts, frozenset(data["skip"]), frozenset(data["energy"]), frozenset(data["bodies"]))
