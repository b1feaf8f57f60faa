"""CPU cost of reading against the shipped pipeline over all sentences, in one run, in two figures:

(a) the reader, document text to claims: finding, decoding, annotating, extracting, without the store;
(b) the same with storing into a new record, which is all that `dragoman read` does.

The pipeline is spaCy alone over the very same stretches of text. The three take turns, so that a slow minute hurts all.
"""

from __future__ import annotations

import argparse
import gc
import tempfile
import time
from pathlib import Path
from statistics import median

import corpus

import dragoman
from dragoman import annotate, documents, extract, sources
from dragoman.annotate import pipeline, segment, triage
from dragoman.model.documents import Document, Raw, Source
from dragoman.stages import COLLECTIONS


def plain(text: str, number: int) -> Document:
    return Document(f"doc:{number}", text, Source(f"{number}.txt", f"{number}.txt", "", len(text), "text/plain", ""))


def pipeline_seconds(texts: list[str]) -> float:
    """CPU seconds of spaCy over all stretches."""
    cut = [(d.text, list(segment.segments(d))) for n, text in enumerate(texts) for d in [plain(text, n)]]
    begin = time.process_time()
    for read in pipeline.parse_many(cut):
        assert read
    return time.process_time() - begin


def reader_seconds(folder: Path) -> float:
    """CPU seconds of the reader from files to claims."""
    begin = time.process_time()
    found = (raw for raw in sources.find([str(folder)]) if isinstance(raw, Raw))
    read = (document for raw in found for document in documents.read(raw) if isinstance(document, Document))
    worth = [document for document in read if triage.may_matter(document)]
    for text in annotate.annotate_all(worth):
        extract.extract_all(text)
    return time.process_time() - begin


def record_seconds(folder: Path) -> float:
    """CPU seconds of the reader with storing into a new record."""
    with tempfile.TemporaryDirectory() as place:
        record = dragoman.Record(str(Path(place) / "speed.db"))
        begin = time.process_time()
        record.read(folder)
        return time.process_time() - begin


def made(turn: int, count: int) -> list[str]:
    """Short documents from templates, other ones each round."""
    return [corpus.document(turn * count + n) for n in range(count)]


def written(turn: int, count: int) -> list[str]:
    """The documents of the benchmark, of the usual length of a press release."""
    return [f.read_text(encoding="utf-8") for f in sorted((Path(__file__).parent.parent / "benchmark/documents").glob("*.txt"))]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--documents", type=int, default=300)
    options.add_argument("--rounds", type=int, default=3)
    chosen = options.parse_args()
    gc.set_threshold(*COLLECTIONS)  # as a run of reading has it
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "first.txt").write_text(corpus.document(0), encoding="utf-8")
        record_seconds(Path(place))  # model and tables are loaded
    gc.freeze()
    for name, texts_of in (("short documents from templates", made), ("documents of the benchmark", written)):
        costs: list[tuple[float, float, float]] = []
        for turn in range(chosen.rounds):
            texts = texts_of(turn, chosen.documents)
            words = sum(len(text.split()) for text in texts)
            with tempfile.TemporaryDirectory() as place:
                folder = Path(place)
                for n, text in enumerate(texts):
                    (folder / f"{n:05}.txt").write_text(text, encoding="utf-8")
                seconds = pipeline_seconds(texts), reader_seconds(folder), record_seconds(folder)
            costs.append((seconds[0] / words * 1e6, seconds[1] / words * 1e6, seconds[2] / words * 1e6))
            print(f"round {turn + 1}, µs a word: " + "pipeline {:.1f}, reader {:.1f}, reader and store {:.1f}".format(*costs[-1]))
        print(f"{name}, {words / len(texts):.0f} words each, CPU against the pipeline's:")
        print(f"(a) the reader, document text to claims, costs {median(b / a for a, b, _ in costs):.2f} times the pipeline")
        print(f"(b) the reader with storing into a record costs {median(c / a for a, _, c in costs):.2f} times the pipeline\n")


if __name__ == "__main__":
    main()
