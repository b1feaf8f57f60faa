"""Files of each format, and documents read from bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dragoman import documents
from dragoman.model.documents import Document, Raw, Source, Zone
from dragoman.model.problems import Problem
from dragoman.sources import media


def read(data: bytes | str, name: str = "note.txt", **metadata: str) -> tuple[list[Document], list[Problem]]:
    """The documents and the problems of some bytes."""
    raw = data.encode() if isinstance(data, str) else data
    made = list(documents.read(Raw(Source(name, f"/in/{name}", "0" * 64, len(raw), media.sniff(raw, name), "2024-01-01T00:00:00Z"), raw,
                                   metadata)))
    return [m for m in made if isinstance(m, Document)], [m for m in made if isinstance(m, Problem)]


def one(data: bytes | str, name: str = "note.txt", **metadata: str) -> Document:
    """The one document of some bytes, which give no problem."""
    [document], problems = read(data, name, **metadata)
    assert not problems
    sound(document)
    return document


def refused(data: bytes | str, name: str = "note.txt") -> Problem:
    """The one problem of some bytes, which give no document."""
    made, [problem] = read(data, name)
    assert not made
    assert problem.failed
    assert name in problem.at
    assert problem.remedy
    return problem


def sound(document: Document) -> None:
    """Assert that zones are sorted, lie apart and in the text, and that evidence is its words."""
    before = 0
    for zone in document.zones:
        assert before <= zone.start < zone.end <= len(document.text)
        before = zone.end
    if document.published_evidence:
        words = document.published_evidence
        assert document.text[words.start : words.end] == words.quote


def of_zone(document: Document, zone: Zone) -> list[str]:
    """The words of a zone."""
    return [document.text[z.start : z.end] for z in document.zones if z.zone is zone]


def body(document: Document) -> str:
    """What is in no zone."""
    out, at = [], 0
    for zone in document.zones:
        out.append(document.text[at : zone.start])
        at = zone.end
    return "".join([*out, document.text[at:]])


def pdf(path: Path, pages: Sequence[Sequence[tuple[float, float, float, str]]], **options: Any) -> bytes:
    """A PDF of lines with their place and size: (x, y, size, words)."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), pagesize=(595, 842), **options)
    for page in pages:
        for x, y, size, words in page:
            canvas.setFont("Times-Bold" if size > 12 else "Times-Roman", size)
            canvas.drawString(x, y, words)
        canvas.showPage()
    canvas.save()
    return path.read_bytes()


def docx() -> bytes:
    """A DOCX with a heading, paragraphs, a table and a page header."""
    import docx as python_docx

    document = python_docx.Document()
    document.sections[0].header.paragraphs[0].text = "MINISTRY OF PORTS OF FREEDONIA"
    document.add_heading("Pier opened in Port Lister", level=1)
    document.add_paragraph("Port Lister, 9 March 2024")
    document.add_paragraph("The pier is 400 metres long, said the minister, and can take two ships at a time.")
    table = document.add_table(rows=0, cols=3)
    for row in (("Year", "Ships", "Tonnes"), ("2022", "120", "4,000"), ("2023", "154", "5,100")):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def rezipped(data: bytes, changes: dict[str, bytes]) -> bytes:
    """An archive with some of its parts changed or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename not in changes:
                new.writestr(part.filename, old.read(part.filename))
        for name, content in changes.items():
            new.writestr(name, content)
    return out.getvalue()
