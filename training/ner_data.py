"""Reads what has names marked: CoNLL-like files, and GUM's entities; all become the same sentences of words."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from training.conllu import Sentence

# Labels of the sources, as ours; what is None is no name of ours, and an unlisted one is nothing.
WIKIGOLD = {"PER": "PER", "ORG": "ORG", "LOC": "LOC"}
CROSSNER = {
    "person": "PER", "politician": "PER", "organisation": "ORG", "politicalparty": "ORG", "country": "LOC", "location": "LOC",
}  # fmt: skip
UNER = {"PER": "PER", "ORG": "ORG", "LOC": "LOC"}
GUM = {"person": "PER", "organization": "ORG", "place": "LOC"}


@dataclass(slots=True)
class Named:
    """A stretch of words with names as (start, end, label), and the words of which nothing is known."""

    words: list[str]
    ents: list[tuple[int, int, str]]
    spaces: list[bool] = field(default_factory=list)
    missing: set[int] = field(default_factory=set)

    def doc(self, vocab: Any) -> Any:
        """The words alone, for the pipeline to read."""
        from spacy.tokens import Doc

        return Doc(vocab, words=self.words, spaces=self.spaces or spaces(self.words))


_NO_SPACE_BEFORE = re.compile(r"^(?:[.,;:!?)\]}%”’]|'s|’s|n't|n’t|'[a-z]{1,2}|’[a-z]{1,2}|'')$")
_NO_SPACE_AFTER = frozenset("([{$£€“‘``")


def spaces(words: list[str]) -> list[bool]:
    """Where a space stands, for sources that do not say."""
    after = [w not in _NO_SPACE_AFTER for w in words]
    return [a and not _NO_SPACE_BEFORE.match(n) for a, n in zip(after, [*words[1:], "."], strict=True)]


def tagged(path: Path, labels: dict[str, str], word: int = 0, tag: int = -1) -> Iterator[Named]:
    """Sentences of a file with a word and a tag a line; `labels` translates what is kept."""
    opener = gzip.open if path.suffix == ".gz" else open
    rows: list[list[str]] = []
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in [*lines, "\n"]:
            if line.strip() and not line.startswith("# "):
                rows.append(line.split("\t" if "\t" in line else " "))
            elif rows and not line.strip():
                yield Named([r[word].strip() for r in rows], _spans([r[tag].strip() for r in rows], labels))
                rows = []


def _spans(tags: list[str], labels: dict[str, str]) -> list[tuple[int, int, str]]:
    out: list[tuple[int, int, str]] = []
    start, kind = 0, ""
    for n, tag in enumerate([*tags, "O"]):
        prefix, _, label = tag.partition("-")
        if kind and (prefix != "I" or label != kind):
            if kind in labels:
                out.append((start, n, labels[kind]))
            kind = ""
        if not kind and prefix in ("B", "I"):
            start, kind = n, label
    return out


_OPEN = re.compile(r"\((\d+)-([a-z]+)-([^-()]*)-([^-()]*)-([^-()]*)-([\d,]+)")
_PIECES = re.compile(r"\([^()]*\)?|\d+\)")

_TITLES = (
    "mr mrs ms dr sir lord lady prof professor president king queen prince princess pope senator sen representative rep secretary minister"
    " premier chancellor governor gov mayor judge justice general gen colonel col captain capt lieutenant lt sergeant sgt officer saint st"
    " ambassador rev reverend father bishop cardinal emperor empress chairman director speaker mister uncle aunt auntie coach detective"
    " home foreign prime vice deputy shadow undersecretary attorney chief former acting chair spokesman spokeswoman mp dame emir"
)
TITLES = frozenset(_TITLES.split())


def gum_names(sentence: Sentence) -> list[tuple[int, int, str]]:
    """Named spans of a GUM sentence: the head words of an entity, without titles, where a proper noun leads or heads them."""
    words = sentence.words
    opened: dict[str, list[tuple[int, str, str]]] = {}
    found: list[tuple[int, int, str]] = []
    for n, word in enumerate(words):
        for piece in _PIECES.findall(word.entity):
            if m := _OPEN.match(piece):
                opened.setdefault(m[1], []).append((n, m[2], m[6]))
                if piece.endswith(")"):
                    start, kind, heads = opened[m[1]].pop()
                    found += _head_span(words, start, n + 1, kind, heads)
            elif piece.endswith(")") and opened.get(piece[:-1]):
                start, kind, heads = opened[piece[:-1]].pop()
                found += _head_span(words, start, n + 1, kind, heads)
    kept: list[tuple[int, int, str]] = []
    for span in sorted(found, key=lambda s: (s[0] - s[1], s[0])):
        if all(span[1] <= k[0] or span[0] >= k[1] for k in kept):
            kept.append(span)
    return sorted(kept)


def _head_span(words: list[Any], start: int, end: int, kind: str, heads: str) -> list[tuple[int, int, str]]:
    if kind not in GUM:
        return []
    numbers = [start + int(h) - 1 for h in heads.split(",")]
    first, last = min(numbers), min(max(numbers) + 1, end)
    stop = next((n for n in range(first + 1, last) if words[n].text in (",", ";", ":", "(", "[", "/")), last)
    last = min(last, stop)
    while first < last and (words[first].text.lower().strip(".") in TITLES or words[first].pos in ("DET", "PUNCT")):
        first += 1
    while last > first and words[last - 1].pos in ("PUNCT", "PART"):
        last -= 1
    if first >= last or not (words[first].pos == "PROPN" or words[last - 1].pos == "PROPN"):
        return []
    if kind == "person" and last - first == 1 and words[first].lemma != words[first].text:
        return []  # "Americans", "Democrats"
    if kind == "person" and any(w.pos not in ("PROPN", "PUNCT", "ADP", "DET", "X", "NUM") for w in words[first:last]):
        return []
    return [(first, last, GUM[kind])]
