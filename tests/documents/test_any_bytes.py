"""Whatever the bytes: documents or problems, never an exception, and offsets that hold."""

from __future__ import annotations

import io
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made import docx, read, sound

from dragoman import sources
from dragoman.model.documents import Raw
from dragoman.model.problems import Problem

NAMES = st.sampled_from(["a.txt", "a.html", "a.pdf", "a.docx", "a.eml", "a.xml", "a"])
LINES = st.sampled_from([
    "Port Lister, 9 March 2024", "MINISTRY OF PORTS", "PORT LISTER, March 9, 2024 (HNA) — The minister came.", "Read also:",
    "Related articles", "[1] Note.",
    "Photo: X", "By Nela Brook", "1. Home", "2. News", "a  1  2", "b | 3 | 4", "Only 30% of an article may be used, with a link.",
    "© 2024 X", "-- ", "– Ola",
    "The minister said on Friday that the pier[1] would be opened in the spring of next year by the governor.", "03/04/2024",
    "Done at X on 3 May 2024", "\r", "\x0c",
    "Notes", "  ", "\ufeff", "é", "\u2028"])
TAGS = st.sampled_from(["<p>", "</p>", "<div class='nav'>", "</div>", "<table><tr><td>1<td>2</tr>", "</table>", "<ol><li>x", "<br>",
                        "<h1>T</h1>", "<script>", "</script>",
                        "<article>", "<sup><a href='#n'>1</a></sup>", "words of a text", "<figcaption>", "&amp;&#0;&#x1F600;", "<!--",
                        "-->", "<![CDATA[", "<a>", "\0"])
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(st.binary(max_size=400), NAMES)
def test_bytes(data: bytes, name: str) -> None:
    documents, problems = read(data, name)
    assert documents or problems
    for document in documents:
        sound(document)


@quick
@given(st.lists(LINES, max_size=25), st.sampled_from(["\n", "\n\n", "\r\n"]))
def test_lines(lines: list[str], end: str) -> None:
    text = end.join(lines)
    documents, problems = read(text)
    assert not [p for p in problems if p.code == "unreadable-document"]
    for document in documents:
        assert document.text == text.removeprefix("\ufeff")
        sound(document)


@quick
@given(st.lists(TAGS, max_size=30))
def test_tags(tags: list[str]) -> None:
    documents, problems = read("<html><body>" + "".join(tags), "a.html")
    assert not [p for p in problems if p.code == "unreadable-document"]
    for document in documents:
        sound(document)


@settings(quick, max_examples=15)
@given(st.binary(max_size=60), st.integers(0, 20_000))
def test_damaged_docx(patch: bytes, at: int) -> None:
    data = bytearray(WHOLE)
    data[at % len(data) : at % len(data) + len(patch)] = patch
    documents, problems = read(bytes(data), "a.docx")
    assert documents or problems


@quick
@given(st.lists(st.one_of(st.binary(max_size=60).map(lambda b: b.replace(b"\n", b"")), st.sampled_from([b'{"text": "x"}', b'{"text": 3}',
                                                                                                        b"[]", b"{", b""])),
                max_size=8))
def test_lines_of_standard_input(lines: list[bytes]) -> None:
    for made in sources.find(["-"], stdin=io.BytesIO(b"\n".join(lines))):
        assert isinstance(made, Raw | Problem)


@pytest.mark.parametrize("piece", ["a", "a ", "a\n", "(", "[1]", "A, ", "| ", "Read more: x\n", "a  1  b\n", "May 3, 2024 ",
                                   "only 30% of the article may be used ",
                                   "“", "<p>", "<div>", "<li>one two three ", "© ", "1. ", "- ", "\r\n"])
def test_a_quarter_megabyte_of_anything_is_read_in_time(piece: str) -> None:
    data = (piece * (250_000 // len(piece))).encode()
    start = time.process_time()
    read(data, "a.html" if piece.startswith("<") else "a.txt")
    assert time.process_time() - start < 12


WHOLE = docx()
