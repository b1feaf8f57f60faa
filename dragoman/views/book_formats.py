"""The formats in which the briefing book comes."""

from __future__ import annotations

from collections.abc import Callable

from dragoman.model.book import Book
from dragoman.views import book_docx, book_html, book_json, book_md, book_pdf, book_text

FORMATS: dict[str, Callable[[Book], str | bytes]] = {
    "text": book_text.render,
    "html": book_html.render,
    "pdf": book_pdf.render,
    "docx": book_docx.render,
    "md": book_md.render,
    "json": book_json.render,
}
MEDIA = {
    "text": "text/plain",
    "html": "text/html",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown",
    "json": "application/json",
}


def render(book: Book, format: str) -> str | bytes:
    """The book in one of the formats.

    Raises:
      ValueError: there is no such format.
      DragomanError: what writes it is not installed.
    """
    if format not in FORMATS:
        raise ValueError(f"no format {format!r}; there are {', '.join(FORMATS)}")
    return FORMATS[format](book)
