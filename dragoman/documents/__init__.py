"""Bytes to documents: the stored text of each format with its zones and metadata."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dragoman.documents import doubts, plain
from dragoman.documents.draft import Draft
from dragoman.documents.finish import bare, finish
from dragoman.model.documents import Document, Raw
from dragoman.model.problems import Problem

__all__ = ["read"]

PAGE = "text/html"
PDF = "application/pdf"
MAIL = "message/rfc822"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read(raw: Raw, worth: Callable[[Document], bool] | None = None) -> Iterator[Document | Problem]:
    """The document in some bytes, with warnings, or the problem why there is none.

    worth  says of a bare document, with its text and language alone, whether the rest is to be found as well
    """
    try:
        yield from _read(raw, worth)
    except Exception as error:  # a library of a format failed on hostile bytes: one document less, not a run
        yield Problem("unreadable-document", f"Reading it failed: {type(error).__name__}: {str(error)[:160]}.", raw.source.path,
                      "Open it in the program it was made with and save it again; report it if it looks whole.")


def _read(raw: Raw, worth: Callable[[Document], bool] | None) -> Iterator[Document | Problem]:
    for made in _drafts(raw):
        if isinstance(made, Problem):
            yield made
        elif not made.text.strip():
            yield Problem("no-text", "There is no text in it.", raw.source.path, "Save it again with its text, or leave it out.")
        elif worth and not worth(first := bare(raw, made)):
            yield first
        else:
            yield from doubts.found(made.text, raw.source.path)
            yield finish(raw, made)


def _drafts(raw: Raw) -> Iterator[Draft | Problem]:
    at, kind = raw.source.path, raw.source.media
    if kind == PAGE:
        from dragoman.documents import page

        yield from page.drafts(raw.data, at, raw.metadata)
    elif kind == PDF:
        from dragoman.documents import pdf

        yield from pdf.drafts(raw.data, at)
    elif kind == DOCX:
        from dragoman.documents import docx

        yield from docx.drafts(raw.data, at)
    elif kind == MAIL:
        from dragoman.documents import mail

        yield from mail.drafts(raw.data, at)
    elif kind.startswith("text/"):
        yield from _text(raw, at)
    else:
        yield Problem("binary-file", f"This is no text and no document that is read ({kind}).", at,
                      "Save it as PDF, DOCX, HTML or text.", raw.data[:16].hex(" "))


def _text(raw: Raw, at: str) -> Iterator[Draft | Problem]:
    if not raw.data:
        yield Problem("empty-file", "There is nothing in it.", at, "Save it again, or leave it out.")
        return
    decoded = plain.decode(raw.data, at, raw.metadata.get("charset"))
    if isinstance(decoded, Problem):
        yield decoded
        return
    text, warning = decoded
    if len(text) > plain.MAX_LINE and max(map(len, text.splitlines())) > plain.MAX_LINE:
        yield Problem("line-too-long", f"A line is longer than the {plain.MAX_LINE // 1_000_000} MB that are read.", at,
                      "Split the text into several documents; a line that long is mostly a broken file.")
        return
    if warning:
        yield warning
    yield Draft(text)
