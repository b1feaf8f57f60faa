"""Words a CPU second: the whole reader against the shipped pipeline over all sentences, in one run.

The reader is everything that `dragoman read` does: finding, decoding, annotating, extracting, storing. The pipeline is
spaCy alone over the very same stretches of text. The two take turns, so that a slow minute hurts both.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from statistics import median

import corpus

import dragoman
from dragoman.annotate import pipeline, segment
from dragoman.model.documents import Document, Source


def plain(text: str, number: int) -> Document:
    return Document(f"doc:{number}", text, Source(f"{number}.txt", f"{number}.txt", "", len(text), "text/plain", ""))


def pipeline_seconds(texts: list[str]) -> float:
    """CPU seconds of spaCy over all stretches."""
    documents = [plain(text, n) for n, text in enumerate(texts)]
    cut = [(d.text, list(segment.segments(d))) for d in documents]
    begin = time.process_time()
    for read in pipeline.parse_many(cut):
        assert read
    return time.process_time() - begin


def reader_seconds(texts: list[str], folder: Path) -> float:
    """CPU seconds of the whole reader into a new record."""
    for n, text in enumerate(texts):
        (folder / f"{n:05}.txt").write_text(text, encoding="utf-8")
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
    pipeline.load()
    for name, texts_of in (("short documents from templates", made), ("documents of the benchmark", written)):
        alone, whole = [], []
        for turn in range(chosen.rounds):
            texts = texts_of(turn, chosen.documents)
            words = sum(len(text.split()) for text in texts)
            with tempfile.TemporaryDirectory() as folder:
                alone.append(words / pipeline_seconds(texts))
                whole.append(words / reader_seconds(texts, Path(folder)))
            print(f"round {turn + 1}: {words} words; pipeline {alone[-1]:,.0f}, whole reader {whole[-1]:,.0f} words a CPU second")
        ratio = median(a / w for a, w in zip(alone, whole, strict=True))
        print(f"{name}, {words / len(texts):.0f} words each: pipeline {median(alone):,.0f}, reader {median(whole):,.0f} words a CPU second")
        print(f"the reader costs {ratio:.2f} times the pipeline\n")


if __name__ == "__main__":
    main()
