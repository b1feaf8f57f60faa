"""The sizes that are read, and how they are said."""

from __future__ import annotations

import datetime as dt
import hashlib

from dragoman.model.documents import Source

MAX_BYTES = 50_000_000  # a file
MAX_PAGE = 10_000_000  # an HTML page
MAX_LINE = 10_000_000  # a line of JSONL or CSV, and of plain text


def shown(size: int) -> str:
    """A size in words.

    >>> shown(50_000_000)
    '50 MB'
    """
    for unit, step in (("MB", 1_000_000), ("kB", 1_000)):
        if size >= step:
            return f"{size / step:.1f}".removesuffix(".0") + f" {unit}"
    return f"{size} bytes"


def source(file: str, path: str, data: bytes, media: str) -> Source:
    """The source of these bytes, read now."""
    now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Source(file, path, hashlib.sha256(data).hexdigest(), len(data), media, now)
