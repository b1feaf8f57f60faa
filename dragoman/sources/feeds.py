"""Saved RSS and Atom feeds: one text an item."""

from __future__ import annotations

import html
import io
from collections.abc import Iterator
from typing import Any

from dragoman.model.documents import Raw
from dragoman.model.problems import Problem
from dragoman.sources import media
from dragoman.sources.limits import source
from dragoman.sources.tables import excerpt


def items(data: bytes, file: str, path: str) -> Iterator[Raw | Problem]:
    """The items of a feed with what the feed says of them."""
    refused = entities(data, path)
    if refused:
        yield refused
        return
    import feedparser

    feed = feedparser.parse(io.BytesIO(data))
    entries = feed.get("entries") or []
    if not entries:
        yield Problem("bad-feed", "The feed has no item that can be read.", path, "Save the feed again, whole; look at its XML.",
                      excerpt(data))
        return
    if feed.get("bozo") and _broken(feed.get("bozo_exception")):
        yield Problem("damaged-feed", f"The feed is damaged; {len(entries)} items were found in it.", path,
                      "Save the feed again; what comes after the damage may be missing.", failed=False)
    about = feed.get("feed") or {}
    for number, entry in enumerate(entries, 1):
        yield _item(entry, about, f"{file}#{number}", f"{path}#{number}")


def entities(data: bytes, path: str) -> Problem | None:
    """The problem of XML that declares entities or asks for other files, None for harmless XML."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    try:
        for _, element in iterparse(io.BytesIO(data), forbid_dtd=False, forbid_entities=True, forbid_external=True):
            element.clear()
    except DefusedXmlException:
        return _refused(path)
    except (SyntaxError, ValueError, LookupError):
        plain = data.replace(b"\0", b"").lower()
        if b"<!entity" in plain or (b"<!doctype" in plain and b" system" in plain[:100_000]):
            return _refused(path)
    return None


def _refused(path: str) -> Problem:
    return Problem("xml-entities", "The XML declares entities, which can grow without end or fetch other files.", path,
                   "Take the <!DOCTYPE ...> declaration with its entities out of the file, if you trust where it came from.")


def _broken(error: object) -> bool:
    return type(error).__name__ not in ("CharacterEncodingOverride", "NonXMLContentType", "NoneType")


def _item(entry: Any, feed: Any, file: str, path: str) -> Raw:
    body = _body(entry)
    given = {
        "title": html.unescape(entry.get("title") or ""),
        "date": entry.get("published") or entry.get("updated") or entry.get("created") or "",
        "outlet": (entry.get("source") or {}).get("title") or feed.get("title") or "",
        "url": entry.get("link") or "",
        "language": (entry.get("title_detail") or {}).get("language") or feed.get("language") or "",
        "author": entry.get("author") or "",
    }
    columns = {key: str(value).strip() for key, value in given.items() if str(value).strip()}
    data = body.encode("utf-8", "replace")
    kind = media.HTML if "<" in body or "&" in body else media.TEXT
    return Raw(source(str(entry.get("link") or entry.get("id") or file), path, data, kind), data, columns)


def _body(entry: Any) -> str:
    """The longest text of an item; feedparser has taken scripts out of it."""
    texts = [str(content.get("value") or "") for content in entry.get("content") or []]
    return max([*texts, str(entry.get("summary") or "")], key=len)
