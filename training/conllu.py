"""Reads treebanks in CoNLL-U: documents of paragraphs of sentences of words, each with its place in the text."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Word:
    """One syntactic word: `head` counts within the sentence from 0, the root is its own head."""

    text: str
    lemma: str
    pos: str
    head: int
    dep: str
    entity: str = ""
    space: bool = True


@dataclass(slots=True)
class Sentence:
    """Words in order; `text` is the line as the treebank prints it, `opens` says that a paragraph begins here."""

    text: str
    words: list[Word]
    opens: bool = False


@dataclass(slots=True)
class Treebanked:
    """A document of a treebank; `genre` is the middle of GUM's name (GUM_news_x), or the first part of EWT's."""

    name: str
    sentences: list[Sentence] = field(default_factory=list)

    @property
    def genre(self) -> str:
        parts = self.name.split("_")
        return parts[1] if parts[0] == "GUM" else self.name.split("-")[0]

    def paragraphs(self) -> list[list[Sentence]]:
        out: list[list[Sentence]] = []
        for sentence in self.sentences:
            if sentence.opens or not out:
                out.append([])
            out[-1].append(sentence)
        return out


def read(path: Path) -> Iterator[Treebanked]:
    """The documents of one file, plain or gzipped."""
    opener = gzip.open if path.suffix == ".gz" else open
    document: Treebanked | None = None
    text, opens, rows = "", False, []
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# newdoc id"):
                if document is not None:
                    yield document
                document = Treebanked(line.split("=", 1)[1].strip())
                opens = True
            elif line.startswith("# newpar"):
                opens = True
            elif line.startswith("# text ="):
                text = line.split("=", 1)[1].strip()
            elif line and line[0] != "#":
                rows.append(line.split("\t"))
            elif not line and rows:
                assert document is not None
                document.sentences.append(Sentence(text, _words(rows), opens))
                text, opens, rows = "", False, []
    if document is not None:
        yield document


def _words(rows: list[list[str]]) -> list[Word]:
    """The syntactic words; a contraction's parts stand without a space between them, empty nodes are left out."""
    out: list[Word] = []
    last, spaced = 0, True  # end of the open contraction, and whether a space follows it
    for row in rows:
        if "-" in row[0]:
            last, spaced = int(row[0].split("-")[1]), "SpaceAfter=No" not in row[9]
        elif "." not in row[0]:
            number = int(row[0])
            space = "SpaceAfter=No" not in row[9] if number > last else (number == last and spaced)
            head = int(row[6]) - 1
            entity = next((p[7:] for p in row[9].split("|") if p.startswith("Entity=")), "")
            out.append(Word(row[1], row[2], row[3], head if head >= 0 else number - 1, row[7], entity, space))
    return out
