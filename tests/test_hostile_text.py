"""What a document is made of does not make reading it slow: four times the text takes about four times the time.

Measured from the document to its claims, since a rule that is slow on such a text by itself may never see one.
"""

from __future__ import annotations

import time

import pytest

from dragoman import annotate, documents, extract
from dragoman.annotate import segment
from dragoman.model.documents import Document, Raw, Source

NEWS = "NAIROBI, 4 May 2031 (ANP) - President Elba Ruiz of Kenya met Minister Iván Sotelo of Peru. Trade reached 4 million dollars. "
UNITS = ("a", "é", " ", "\n", "\t", ",", '"', "(", "-", "1-", "A. ", "( ", "a, ", "Aa Bb ", "A of ", "a: b\n", " | ", "$1 ", "1 million ",
         "“Aa bb” ", "said that ", "met with ", "on 3 May ", "the President of Kenya, ", "Minister of ", "12,345 ", "A.A.", "a@a.")
FLOOR, GROWTH = 0.25, 8.0  # CPU seconds under which nothing can be told; of four times the text, where the square would be sixteen


def read(text: str) -> tuple[Document, int, float]:
    """The document, how many claims it gives, and the CPU seconds."""
    begin = time.process_time()
    source = Source("a.txt", "a.txt", "", len(text), "text/plain", "")
    (document,) = (d for d in documents.read(Raw(source, text.encode())) if isinstance(d, Document))
    found = extract.extract_all(annotate.annotate(document))
    return document, len(found), time.process_time() - begin


@pytest.fixture(scope="module")
def claims() -> int:
    return read(NEWS)[1]


@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_with_the_text_and_not_faster(unit: str, claims: int) -> None:
    short, long = (f"{NEWS}\n\n{unit * (n // len(unit))}\n\n" for n in (2000, 8000))
    for _ in range(3):  # a loaded machine is given another chance
        _, found, took = read(long)
        if took < FLOOR or took / max(read(short)[2], FLOOR / GROWTH) < GROWTH:
            break
    else:
        pytest.fail(f"{took:.1f} s for {len(long)} code points of {unit!r}")
    assert found >= claims, "what stands before it is read all the same"


def test_what_is_longer_than_any_word_is_not_parsed_and_the_rest_is() -> None:
    document = read(f"{NEWS}{',' * 400} Kenya and Peru signed a treaty.")[0]
    pieces = [document.text[s.start : s.end] for s in segment.segments(document)]
    assert pieces[-1] == "Kenya and Peru signed a treaty."
    assert not any(",,," in piece for piece in pieces)


def test_a_long_paragraph_is_parted_between_its_sentences() -> None:
    document = read(NEWS * 60)[0]
    pieces = [document.text[s.start : s.end] for s in segment.segments(document)]
    assert all(len(piece) <= segment.LONGEST for piece in pieces)
    assert len(pieces) > 2
    assert all(piece.endswith(".") for piece in pieces[1:]), "behind the dateline"
    assert " ".join(pieces).count("4 million dollars.") == 60
