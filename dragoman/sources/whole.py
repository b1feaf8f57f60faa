"""What is in the bytes of one file or page."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.model.documents import Raw
from dragoman.model.problems import Problem
from dragoman.sources import feeds, media, tables
from dragoman.sources.limits import MAX_PAGE, shown, source


def whole(data: bytes, name: str, at: str, max_bytes: int) -> Iterator[Raw | Problem]:
    """The text, the items of the feed, or the problem."""
    if len(data) > max_bytes:
        yield Problem("file-too-large", f"The file is larger than the {shown(max_bytes)} that are read.", at,
                      "Split it, or put its texts into JSONL, which is read by line.")
        return
    if not data:
        yield Problem("empty-file", "There is nothing in the file.", at, "Save it again, or leave it out.")
        return
    kind = media.sniff(data, name)
    if kind == media.HTML and len(data) > MAX_PAGE:
        yield Problem("page-too-large", f"The HTML page is larger than the {shown(MAX_PAGE)} that are read.", at,
                      "Save the article without its images and scripts, or as text.")
    elif kind in media.FEEDS:
        yield from feeds.items(data, name, at)
    elif kind == media.XML:
        yield feeds.entities(data, at) or Problem("unknown-xml", "The file is XML, but neither a page nor a feed.", at,
                                                  "Save the text of it as a page, or as plain text.", tables.excerpt(data))
    else:
        yield Raw(source(name, at, data, kind), data)
