"""The language model: stretches of text in, sentences with words and names out. spaCy is loaded when first needed."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from dragoman.annotate.segment import Segment
from dragoman.model.annotations import Entity, Sentence, Token
from dragoman.model.documents import Zone
from dragoman.model.problems import DragomanError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

DEFAULT = "en_dragoman"
BATCH = 128  # stretches that are parsed at a time: fewer cost a fifth more, many more cost memory
LABELS = {"PER": "PER", "PERSON": "PER", "ORG": "ORG", "LOC": "LOC", "GPE": "LOC", "FAC": "LOC"}
_UNENDED = re.compile(r"[\w,’'-]$")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(.])(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Adm|Brig|Sgt|Sen|Rep|Gov|Hon|Rt|Amb|Rev|Messrs|Mme|Mlle|Msgr|Eng|Ing|Lic|Dra|Smt|Fr|Cmdr|Brig|St|Sh|Kh|Zh|Ch|Ts|Dz|Gh|Th|Yu|Ya|Ye|Dzh|H\.\s?E|Nos?|Rs|Tk|Nu|Art|Fig|vs|[A-Z])\.$"
)
_OPENER = re.compile(r"(?:The|This|That|He|She|It|We|They|In|On|At|A|An|And|But|I|You|His|Her|Their|Our|For|As|If|When)\b")
_SPACES = str.maketrans("\n\r\t\u00a0\u2028\u2029", "      ")


class ModelMissing(DragomanError):
    """The language model cannot be loaded, or lacks a parser or NER."""


@cache
def load(name: str | None = None) -> Language:
    """The spaCy pipeline of that name or path; the shipped one by default, or DRAGOMAN_LANGUAGE_MODEL.

    Raises:
      ModelMissing: not installed, or without sentences or names.
    """
    # numpy's OpenBLAS starts a thread a core when it is first imported; for products of this size they only spin.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", os.environ.get("OMP_NUM_THREADS", "1"))
    import spacy

    name = name or os.environ.get("DRAGOMAN_LANGUAGE_MODEL") or DEFAULT
    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise ModelMissing(f"The language model {name!r} is not installed. `make setup` installs {DEFAULT}.") from error
    if "parser" not in nlp.pipe_names or "ner" not in nlp.pipe_names:
        raise ModelMissing(f"The language model {name!r} has no parser or no NER; it has {', '.join(nlp.pipe_names)}.")
    nlp.max_length = 2_000_000
    return nlp


def parse(text: str, segments: list[Segment], model: str | None = None) -> Iterator[tuple[Segment, Doc]]:
    """Each stretch with spaCy's reading of it, in batches."""
    nlp = load(model)
    pairs = ((text[s.start : s.end].translate(_SPACES), s) for s in segments)
    for doc, segment in nlp.pipe(pairs, as_tuples=True, batch_size=BATCH):
        yield segment, doc


def parse_many(texts: Iterable[tuple[str, list[Segment]]], model: str | None = None) -> Iterator[list[tuple[Segment, Doc]]]:
    """The same over several texts in one stream, so that short ones share a batch; one list a text, in order."""
    nlp = load(model)
    texts = list(texts)
    stream = ((text[s.start : s.end].translate(_SPACES), (n, s)) for n, (text, segments) in enumerate(texts) for s in segments)
    out: list[list[tuple[Segment, Doc]]] = [[] for _ in texts]
    for doc, (n, segment) in nlp.pipe(stream, as_tuples=True, batch_size=BATCH):
        out[n].append((segment, doc))
    yield from out


def sentences(text: str, parsed: Iterable[tuple[Segment, Any]]) -> tuple[tuple[Sentence, ...], tuple[Entity, ...]]:
    """Sentences with their words, and the model's names, with offsets into the whole text."""
    out: list[Sentence] = []
    names: list[Entity] = []
    for segment, doc in parsed:
        base = segment.start
        rows = doc.to_array(_ATTRIBUTES).view("int64").tolist()  # at once is quicker than word by word
        spans = [doc[:]] if segment.zone is Zone.HEADING else _whole(doc, text, base)
        for span in spans:
            tokens = _tokens(rows[span.start : span.end], span.start, base, _names(doc.vocab))
            if tokens:
                start, end = tokens[0].start, tokens[-1].end
                out.append(Sentence(len(out), start, end, text[start:end], segment.zone, segment.paragraph, tokens, segment.speaker))
        names += [Entity(base + e.start_char, base + e.end_char, LABELS[e.label_]) for e in doc.ents if e.label_ in LABELS]
    return tuple(out), tuple(names)


def _whole(doc: Any, text: str, base: int) -> list[Any]:
    """The parser's sentences without the cuts that it makes inside names and after initials and titles."""
    out: list[Any] = []
    for span in doc.sents:
        if out:
            last = out[-1]
            before, gap = (
                text[base + last.start_char : base + last.end_char].rstrip(),
                text[base + last.end_char - 1 : base + span.start_char + 1],
            )
            if "\n" not in gap and (_UNENDED.search(before) or (_ABBREVIATED.search(before) and not _OPENER.match(span.text))):
                out[-1] = doc[last.start : span.end]
                continue
        out.append(span)
    return out


_ATTRIBUTES = ["ORTH", "LEMMA", "POS", "DEP", "HEAD", "IDX"]
_lower = cache(str.lower)
_made = Token._make


class _Names(dict[int, str]):
    """The strings of a vocabulary by their hash, as a signed number."""

    def __init__(self, strings: Any) -> None:
        super().__init__({0: ""})
        self._strings = strings

    def __missing__(self, key: int) -> str:
        if len(self) > 200_000:  # names of a long run do not stay for good
            self.clear()
            self[0] = ""
        self[key] = found = str(self._strings[key % 2**64])
        return found


@cache
def _names(vocab: Any) -> _Names:
    return _Names(vocab.strings)


def _tokens(rows: list[list[int]], first: int, base: int, names: _Names) -> tuple[Token, ...]:
    """The words of a sentence; white space is left out, heads are renumbered, and what hangs on nothing in the sentence is a root."""
    number: dict[int, int] = {}
    kept: list[tuple[int, list[int]]] = []
    for n, row in enumerate(rows, first):
        if not names[row[0]].isspace():
            number[n] = len(kept)
            kept.append((n + row[4], row))
    out = []
    for n, (head, (text, lemma, pos, dep, _, start)) in enumerate(kept):
        word = names[text]
        begin = base + start
        out.append(_made((n, word, names[lemma], names[pos], _lower(names[dep]), number.get(head, n), begin, begin + len(word))))
    return tuple(out)
