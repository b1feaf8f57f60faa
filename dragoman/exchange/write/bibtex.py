"""BibTeX (biblatex): the documents as entries of a bibliography."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.model import citing
from dragoman.model.exporting import Bundle

NAME = "bibtex"
CARRIES = ("documents",)
SUFFIX = ".bib"
MEDIA = "application/x-bibtex"
CANNOT = "texts, claims, versions and terms of reuse"


def write(bundle: Bundle) -> Iterator[str]:
    """One entry a document."""
    for document in bundle.documents.values():
        yield from (*citing.bibtex(document).split("\n"), "")
