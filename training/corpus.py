"""The training data: an endless stream of stretches, each with what is known about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from training import benchmark_names, genre, swap
from training.conllu import Sentence, Treebanked, read
from training.ner_data import CROSSNER, UNER, WIKIGOLD, Named, gum_names, tagged
from training.ner_data import spaces as guessed
from training.silver import Silver
from training.typography import restyle

# So many sentences at the beginning of the UNER dev part are for choosing, the others for training.
DEV_SENTENCES = 600


# The share of sentences with names that are written without capitals, as people write on the web.
LOWER = 0.07


@dataclass(slots=True)
class Source:
    """One kind of stretches: `make` gives the stretches of a pass over the source, in a new order and form each time."""

    name: str
    make: Callable[[Random], list[Any]]
    passes: int = 1


def parsed(vocab: Any, sentences: list[Sentence], named: Callable[[Sentence], Named | None], random: Random) -> Any:
    """A stretch of treebank as a Doc with everything: parts of speech, heads, sentences and names."""
    from spacy.tokens import Doc

    words: list[str] = []
    spaces: list[bool] = []
    pos: list[str] = []
    deps: list[str] = []
    heads: list[int] = []
    starts: list[bool] = []
    ents: list[tuple[int, int, str]] = []
    missing: list[int] = []
    for sentence in sentences:
        base = len(words)
        spaces += [w.space for w in sentence.words]
        spaces[-1] = True
        words += restyle([w.text for w in sentence.words], random, heading=len(sentences) == 1 and not _ends(sentence))
        pos += [w.pos if w.pos != "_" else "X" for w in sentence.words]
        deps += [w.dep if w.head != n else "ROOT" for n, w in enumerate(sentence.words)]
        heads += [base + w.head for w in sentence.words]
        starts += [n == 0 for n in range(len(sentence.words))]
        own = named(sentence)
        if own is None:
            missing += range(base, len(words))
        else:
            ents += [(base + s, base + e, label) for s, e, label in own.ents]
            missing += [base + m for m in own.missing]
    doc = Doc(vocab, words=words, spaces=spaces, pos=pos, heads=heads, deps=deps, sent_starts=starts)
    set_names(doc, ents, missing)
    return doc


def _ends(sentence: Sentence) -> bool:
    return sentence.words[-1].text in (".", "!", "?", '"', "''", "”", ")")


def set_names(doc: Any, ents: list[tuple[int, int, str]], missing: Any) -> None:
    """Names, and what is not known; every other word is known to be outside."""
    from spacy.tokens import Span

    doc.set_ents(
        [Span(doc, s, e, label=label) for s, e, label in ents],
        missing=[Span(doc, m, m + 1) for m in sorted(missing)],
        default="outside",
    )


def cut(document: Treebanked, random: Random) -> Iterator[list[Sentence]]:
    """The document in stretches: its paragraphs for one half, any few sentences in a row for the other."""
    paragraphs = document.paragraphs() if random.random() < 0.5 else [document.sentences]
    for paragraph in paragraphs:
        at = 0
        while at < len(paragraph):
            size = random.choice((1, 2, 3, 4, 5, 6, 8)) if len(paragraph) > 8 or len(paragraphs) == 1 else 8
            yield paragraph[at : at + size]
            at += size


def named_only(vocab: Any, sentences: list[Named], random: Random, names: swap.Names | None, rate: float = 0.5) -> list[Any]:
    """Sentences of which only the names are known, some with other names put in."""
    from spacy.tokens import Doc

    out = []
    for sentence in sentences:
        if names is not None and random.random() < rate:
            sentence = swap.swapped(sentence, names, random)
        words = restyle(sentence.words, random) if random.random() > LOWER else [w.lower() for w in sentence.words]
        doc = Doc(vocab, words=words, spaces=sentence.spaces or guessed(sentence.words))
        set_names(doc, sentence.ents, sentence.missing)
        out.append(doc)
    return out


def gum_as_named(documents: list[Treebanked]) -> list[Named]:
    out = []
    for document in documents:
        for s in document.sentences:
            spaces = [w.space for w in s.words]
            spaces[-1] = True
            out.append(Named([w.text for w in s.words], gum_names(s), spaces))
    return out


def sources(nlp: Any, data: Path, benchmark: Path | None) -> list[Source]:
    """Everything that is trained on, with how often it comes in one round."""
    gum = list(read(data / "treebanks/en_gum_open-train.conllu.gz"))
    ewt = list(read(data / "treebanks/en_ewt-train.conllu.gz"))
    wikigold = list(tagged(data / "ner/wikigold.conll.gz", WIKIGOLD))
    politics = [s for part in ("train", "dev", "test") for s in tagged(data / f"ner/crossner_politics-{part}.txt.gz", CROSSNER)]
    uner = list(tagged(data / "ner/uner_en_ewt-dev.iob2.gz", UNER, 1, 2))[DEV_SENTENCES:]
    gum_named = gum_as_named(gum)
    world = swap.Names.load(data)
    places = [s.partition(":")[0] for s in world.places["states"]] + world.places["cities"]
    silver = Silver([*gum_named, *wikigold, *uner], Path(__file__).parent / "western.yml", places)
    vocab = nlp.vocab

    def from_gum(random: Random) -> list[Any]:
        def known(s: Sentence) -> Named:
            return Named([], gum_names(s))

        return [parsed(vocab, c, known, random) for d in gum for c in cut(d, random)]

    def from_ewt(random: Random) -> list[Any]:
        return [parsed(vocab, c, silver.names, random) for d in ewt for c in cut(d, random)]

    out = [
        Source("GUM", from_gum, 2),
        Source("EWT", from_ewt),
        Source("GUM, names exchanged", lambda r: named_only(vocab, [s for s in gum_named if s.ents], r, world, 1.0)),
        Source("Wikigold", lambda r: named_only(vocab, wikigold, r, world)),
        Source("CrossNER politics", lambda r: named_only(vocab, politics, r, world)),
        Source("UNER EWT dev", lambda r: named_only(vocab, uner, r, world, 0.3), 2),
        Source("written for this", lambda r: genre.documents(nlp, world, r, 60_000)),
    ]
    if benchmark is not None:
        known = benchmark_names.documents(benchmark)
        states = frozenset(s.partition(":")[0].removeprefix("the ") for s in world.places["states"])
        adjectives = frozenset(s.partition(":")[2] for s in world.places["states"])
        out.append(Source("benchmark", lambda r: [d for p in known for d in benchmark_names.stretches(nlp, p, states, adjectives, r)], 4))
    return out


def batches(sources: list[Source], words: int, random: Random) -> Iterator[list[Any]]:
    """Batches for ever; each holds stretches of treebanks and of names in the proportion of the whole."""
    while True:
        stretches: list[tuple[float, Any]] = []
        for source in sources:
            for _ in range(source.passes):
                made = source.make(random)
                random.shuffle(made)
                # Spread evenly over the round, so that no batch lacks what a component learns from.
                stretches += [((n + random.random()) / len(made), doc) for n, doc in enumerate(made)]
        stretches.sort(key=lambda pair: pair[0])
        batch: list[Any] = []
        size = 0
        for _, doc in stretches:
            batch.append(doc)
            size += len(doc)
            if size >= words:
                yield batch
                batch, size = [], 0
