"""CSL-JSON: the documents as items for Zotero, pandoc and others."""

from __future__ import annotations

import json
from collections.abc import Iterator

from dragoman.exchange.write.bibtex import CANNOT
from dragoman.model import citing
from dragoman.model.exporting import Bundle

NAME = "csl-json"
CARRIES = ("documents",)
SUFFIX = ".csl.json"
MEDIA = "application/vnd.citationstyles.csl+json"
__all__ = ["CANNOT", "CARRIES", "MEDIA", "NAME", "SUFFIX", "write"]


def write(bundle: Bundle) -> Iterator[str]:
    """One JSON list, an item a line."""
    yield "["
    last = len(bundle.documents) - 1
    for k, document in enumerate(bundle.documents.values()):
        yield json.dumps(citing.csl(document), ensure_ascii=False) + ("," if k < last else "")
    yield "]"
