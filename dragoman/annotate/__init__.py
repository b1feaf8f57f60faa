"""Document -> AnnotatedText: sentences, names, dates, quantities, actors, quotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dragoman.annotate import actors, coreference, dates, focus, names, pipeline, quantities, quotes, segment
from dragoman.model import unseen
from dragoman.model.annotations import AnnotatedText
from dragoman.model.documents import Document

BATCH = 64  # documents parsed in one stream; bounds memory


def annotate(document: Document, model: str | None = None) -> AnnotatedText:
    """All that the language stages see in one document."""
    return next(annotate_all([document], model))


def annotate_all(documents: Iterable[Document], model: str | None = None) -> Iterator[AnnotatedText]:
    """The same for many, sharing the parser's batches; one result a document, in order.

    Characters that nobody sees are not read; `way` leads back to the text as it came.
    """
    batch: list[Document] = []
    for document in documents:
        batch.append(document)
        if len(batch) == BATCH:
            yield from _annotate_batch(batch, model)
            batch = []
    yield from _annotate_batch(batch, model)


def _annotate_batch(batch: list[Document], model: str | None) -> Iterator[AnnotatedText]:
    if not batch:
        return
    ways = [unseen.way(d.text) for d in batch]
    batch = [way.document(d) if way else d for way, d in zip(ways, batch, strict=True)]
    cut = [list(segment.segments(d)) for d in batch]
    with pipeline.load(model).memory_zone():  # words seen once are forgotten with the batch
        parsed = pipeline.parse_many(zip((d.text for d in batch), cut, strict=True), model)
        read = [pipeline.sentences(document.text, pieces) for document, pieces in zip(batch, parsed, strict=True)]
    for document, way, (sentences, entities) in zip(batch, ways, read, strict=True):
        yield _see(document, sentences, entities).with_(way=way)


def _see(document: Document, sentences: tuple, entities: tuple) -> AnnotatedText:  # type: ignore[type-arg]
    text = AnnotatedText(document, sentences, entities, starts=tuple(s.start for s in sentences))
    text = text.with_(mentions=names.find(text))
    text = text.with_(**focus.find(text))
    text = text.with_(dates=dates.find(text))
    text = text.with_(quantities=quantities.find(text))
    text = text.with_(actors=actors.find(text))
    return coreference.in_turns(text.with_(quotes=quotes.find(text)))
