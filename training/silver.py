"""Names for a treebank that has none: what other sources always call the same is taken, other proper nouns stay unknown."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import yaml

from training.conllu import Sentence
from training.ner_data import TITLES, Named
from training.swap import pieces

# Proper nouns that are no name of ours: days, months, titles.
_DATES = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october"
    " november december mon tue wed thu fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec christmas easter"
)
_OUTSIDE = TITLES | frozenset(_DATES.split())


_COMPANY = frozenset(
    ("Inc.", "Inc", "Corp.", "Corp", "LLC", "Ltd", "Ltd.", "L.P.", "LP", "University", "Institute", "Bank", "Committee", "Ministry")
)


class Silver:
    """Knows the names of the sources that it is made from, and lists of what web text is full of."""

    def __init__(self, known: list[Named], western: Path, places: list[str]) -> None:
        seen: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        for sentence in known:
            for start, end, label in sentence.ents:
                seen[tuple(sentence.words[start:end])][label] += 1
        self._label = {k: c.most_common(1)[0][0] for k, c in seen.items() if len(c) == 1 and (len(k) > 1 or c.total() > 1)}
        lists = yaml.safe_load(western.read_text(encoding="utf-8"))
        for field, label in (("places", "LOC"), ("orgs", "ORG")):
            for name in lists[field].split("|"):
                self._label[tuple(name.split())] = label
        self._label |= {tuple(pieces(p.removeprefix("the "))): "LOC" for p in places}
        self._given = frozenset(lists["given"].split())
        self._lower = {tuple(w.lower() for w in k): v for k, v in self._label.items() if v == "LOC" and len(" ".join(k)) > 4}
        self._lower |= {(g.lower(),): "PER" for g in self._given if len(g) > 3}

    def names(self, sentence: Sentence) -> Named:
        words = [w.text for w in sentence.words]
        ents: list[tuple[int, int, str]] = []
        missing: set[int] = set()
        at = 0
        while at < len(words):
            word = sentence.words[at]
            if word.pos != "PROPN" or "@" in word.text or "www." in word.text or "://" in word.text:
                if word.pos == "X" and word.text.isalpha():
                    missing.add(at)
                at += 1
                continue
            end = at + 1
            while end < len(words) and self._goes_on(sentence, end):
                end += 1
            self._run(sentence, at, end, ents, missing)
            at = end
        return Named(words, ents, missing=missing)

    def _goes_on(self, sentence: Sentence, at: int) -> bool:
        """Whether a run of proper nouns has this word, too: a proper noun, or a hyphen before one."""
        words = sentence.words
        hyphen = words[at].text == "-" and at + 1 < len(words) and words[at + 1].pos == "PROPN"
        return words[at].pos == "PROPN" or (hyphen and not words[at - 1].space)

    def _run(self, sentence: Sentence, start: int, end: int, ents: list[tuple[int, int, str]], missing: set[int]) -> None:
        """One run of proper nouns: titles and dates are outside, a known name is a name, the rest is unknown."""
        words = sentence.words
        while start < end and words[start].text.lower().strip(".") in _OUTSIDE:
            start += 1
        if start >= end:
            return
        run = tuple(w.text for w in words[start:end])
        label = self._label.get(run) or (self._lower.get(run) if run[0].islower() else None)
        if label is None and run[-1] in _COMPANY and len(run) > 1:
            label = "ORG"
        if label is None and run[0] in self._given and len(run) < 4:
            # A given name, alone or with a family name that the treebank hangs on it.
            flat = all(w.dep.startswith("flat") or w.text == "-" for w in words[start + 1 : end])
            label = "PER" if flat and (len(run) > 1 or not words[start].dep.startswith("compound")) else None
        if label:
            ents.append((start, end, label))
        else:
            missing.update(n for n in range(start, end) if words[n].text.lower() not in _OUTSIDE)
