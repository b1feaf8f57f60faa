"""The measures of a pipeline: words, relations and sentences from raw text, names on given words, speed."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import Any

from training.conllu import Treebanked
from training.ner_data import Named

Span = tuple[int, int]


def f1(right: int, found: int, wanted: int) -> float:
    return 200 * right / (found + wanted) if found + wanted else 0.0


def _letters(text: str) -> list[int]:
    """For each place in the text, how many characters other than white space stand before it."""
    return [0, *accumulate(not c.isspace() for c in text)]


def raw_text(nlp: Any, documents: Iterable[Treebanked], whole: bool = False) -> dict[str, float]:
    """UPOS, UAS, LAS, sentence and word F of the pipeline on plain text, paragraph by paragraph.

    Words are compared by their characters, as the CoNLL 2018 shared task did it; relations with their subtypes.
    """
    stretches = []
    for document in documents:
        paragraphs = [[s for p in document.paragraphs() for s in p]] if whole else document.paragraphs()
        stretches += paragraphs
    texts = [" ".join(s.text for s in stretch) for stretch in stretches]
    count = dict.fromkeys(["gold", "found", "words", "pos", "uas", "las", "sents_gold", "sents_found", "sents"], 0)
    for stretch, doc in zip(stretches, nlp.pipe(texts, batch_size=64), strict=True):
        _compare(count, _gold_words(stretch), _gold_sentences(stretch), doc)
    wanted, found = count["gold"], count["found"]
    return {
        "upos": f1(count["pos"], found, wanted),
        "uas": f1(count["uas"], found, wanted),
        "las": f1(count["las"], found, wanted),
        "sentences": f1(count["sents"], count["sents_found"], count["sents_gold"]),
        "words": f1(count["words"], found, wanted),
    }


def _gold_words(stretch: Sequence[Any]) -> dict[Span, tuple[str, Span, str]]:
    """Span of characters: part of speech, span of the head, relation."""
    out: dict[Span, tuple[str, Span, str]] = {}
    at = 0
    for sentence in stretch:
        spans = []
        for word in sentence.words:
            length = len("".join(word.text.split()))
            spans.append((at, at + length))
            at += length
        for span, word in zip(spans, sentence.words, strict=True):
            out[span] = (word.pos, spans[word.head], word.dep)
    return out


def _gold_sentences(stretch: Sequence[Any]) -> set[Span]:
    ends = [0, *accumulate(sum(len("".join(w.text.split())) for w in s.words) for s in stretch)]
    return set(pairwise(ends))


def _compare(count: dict[str, int], gold: dict[Span, tuple[str, Span, str]], sentences: set[Span], doc: Any) -> None:
    place = _letters(doc.text)

    def span(t: Any) -> Span:
        return place[t.idx], place[t.idx + len(t.text)]

    count["gold"] += len(gold)
    for token in doc:
        if token.is_space:
            continue
        count["found"] += 1
        want = gold.get(span(token))
        if want is None:
            continue
        count["words"] += 1
        count["pos"] += token.pos_ == want[0]
        if span(token.head) == want[1]:
            count["uas"] += 1
            count["las"] += token.dep_.lower() == want[2]
    own = {(place[s.start_char], place[s.end_char]) for s in doc.sents if s.text.strip()}
    count["sents_gold"] += len(sentences)
    count["sents_found"] += len(own)
    count["sents"] += len(own & sentences)


def names(nlp: Any, sentences: Sequence[Named], labels: frozenset[str] = frozenset({"PER", "ORG", "LOC"})) -> dict[str, float]:
    """F of names on sentences whose words are given; the whole in `all`, and one figure a label."""
    docs = nlp.pipe((s.doc(nlp.vocab) for s in sentences), batch_size=64)
    right, found, wanted = ({label: 0 for label in labels} for _ in range(3))
    for sentence, doc in zip(sentences, docs, strict=True):
        own = {(e.start, e.end, e.label_) for e in doc.ents if e.label_ in labels}
        gold = {e for e in sentence.ents if e[2] in labels}
        for counter, spans in ((right, own & gold), (found, own), (wanted, gold)):
            for e in spans:
                counter[e[2]] += 1
    out = {label: f1(right[label], found[label], wanted[label]) for label in sorted(labels)}
    return {"all": f1(sum(right.values()), sum(found.values()), sum(wanted.values())), **out}


def persons(nlp: Any, texts: dict[str, str], gold: dict[str, set[str]]) -> dict[str, float]:
    """P, R and F of persons in documents of the genre, against the full names that the gold of each document has.

    Recall: of the mentions of such a name in full, those that are marked as exactly this person. Precision: of the different
    names that are marked in a document, those that are a gold name or whole words of one; the gold does not name everybody, so
    this is a lower bound.
    """
    right = wanted = good = found = 0
    for file, text in texts.items():
        marked: set[tuple[int, int]] = set()
        names: set[str] = set()
        at = 0
        paragraphs = [p for p in text.split("\n") if p.strip()]
        for paragraph, doc in zip(paragraphs, nlp.pipe(paragraphs), strict=True):
            at = text.index(paragraph, at)
            for e in doc.ents:
                if e.label_ in ("PER", "PERSON"):
                    marked.add((at + e.start_char, at + e.end_char))
                    names.add(" ".join(e.text.split()))
        for name in gold[file]:
            spans = {m.span() for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)}
            wanted += len(spans)
            right += len(spans & marked)
        whole = [f" {' '.join(n.split())} ".lower() for n in gold[file]]
        good += sum(any(f" {n.lower()} " in w for w in whole) for n in names)
        found += len(names)
    precision, recall = 100 * good / max(found, 1), 100 * right / max(wanted, 1)
    return {"P": precision, "R": recall, "F": 2 * precision * recall / max(precision + recall, 1e-9)}


def speed(nlp: Any, texts: Sequence[str], times: int = 3) -> float:
    """Words a CPU second, the best of several runs, in batches of 64 stretches."""
    words = sum(not t.is_space for text in texts for t in nlp.make_doc(text))
    list(nlp.pipe(texts[:64], batch_size=64))
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        for _doc in nlp.pipe(texts, batch_size=64):
            pass
        best = min(best, time.process_time() - start)
    return words / best
