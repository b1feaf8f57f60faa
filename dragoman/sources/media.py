"""What bytes are, by their content; a name only decides where content cannot."""

from __future__ import annotations

import re

TEXT, HTML, PDF, MAIL = "text/plain", "text/html", "application/pdf", "message/rfc822"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
RSS, ATOM, XML, ZIP = "application/rss+xml", "application/atom+xml", "text/xml", "application/zip"
BINARY = "application/octet-stream"
FEEDS = frozenset({RSS, ATOM})
HEAD = 4096

_MAGIC = ((b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff",
                                                                                                                    "image/jpeg"),
          (b"GIF8", "image/gif"), (b"\x1f\x8b", "application/gzip"), (b"BZh", "application/x-bzip2"), (b"\xfd7zXZ\0", "application/x-xz"),
          (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"), (b"Rar!\x1a\x07", "application/vnd.rar"), (b"\x7fELF",
                                                                                                             "application/x-elf"),
          (b"SQLite format 3\0", "application/vnd.sqlite3"), (b"{\\rtf", "application/rtf"), (b"%!PS", "application/postscript"))
_BOMS = ((b"\xff\xfe\0\0", "utf-32-le"), (b"\0\0\xfe\xff", "utf-32-be"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"),
         (b"\xef\xbb\xbf", "utf-8"))
_HTML = re.compile(r"\s*(?:<!--|<!doctype html|<html|<head|<body)", re.I)
_TAGS = re.compile(r"<(?:html|head|body|title|meta|link|script|style|div|p|span|table|article|section|nav|main|h[1-6]|ul|ol|li|a|br|img|b|"
                   r"i|em|strong)"
                   r"(?:\s[^<>]{0,400})?/?>", re.I)
_FEED = re.compile(r"<(?:\w{1,10}:)?(rss|feed|rdf)\b", re.I)
_HEADER = re.compile(r"(?:received|return-path|from|to|cc|subject|date|message-id|mime-version|content-type|delivered-to|reply-to|"
                     r"dkim-signature|x-[\w-]{1,30})"
                     r":[ \t]?", re.I)
_FIELD = re.compile(r"[!-9;-~]{1,76}:")


def sniff(data: bytes, name: str = "") -> str:
    """The media type of a file's bytes, given all of them or at least their beginning."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return DOCX if b"word/" in data[:200_000] or b"word/document.xml" in data or name.lower().endswith(".docx") else ZIP
    if b"%PDF-" in data[:1024]:
        return PDF
    for magic, media in _MAGIC:
        if data.startswith(magic):
            return media
    head = _decoded(data[:HEAD])
    if head is None:
        return BINARY
    return _of_text(head, name.lower())


def utf_without_mark(data: bytes) -> str | None:
    """`utf-16-le` or `utf-16-be` where every other byte of the beginning is null, else None."""
    even, odd = data[0:HEAD:2], data[1:HEAD:2]
    if len(odd) < 4:
        return None
    if odd.count(0) > 0.7 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.7 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    return None


def byte_order(data: bytes) -> tuple[str, int] | None:
    """The encoding that a byte order mark tells, and the length of the mark."""
    return next(((name, len(mark)) for mark, name in _BOMS if data.startswith(mark)), None)


def _decoded(head: bytes) -> str | None:
    """The beginning as text, good enough to find tags in it; None where it is no text."""
    marked = byte_order(head)
    if marked:
        return head[marked[1]:].decode(marked[0], "ignore")
    if 0 in head:
        encoding = utf_without_mark(head)
        return head.decode(encoding, "ignore") if encoding else None
    controls = sum(head.count(c) for c in (*range(1, 9), *range(14, 27), *range(28, 32), 127))
    return None if controls > 4 + len(head) * 0.02 else head.decode("latin-1")


def _of_text(head: str, name: str) -> str:
    named = name.endswith((".html", ".htm", ".xhtml")) and "<" in head
    if named or (_HTML.match(head) and (not head.lstrip().startswith("<!--") or _TAGS.search(head))):
        return HTML
    start = head.lstrip()
    if start.startswith("<"):
        feed = _FEED.search(head)
        if feed and not _TAGS.search(head[: feed.start()]):
            return ATOM if feed[1].lower() == "feed" else RSS
        if re.search(r"<html\b", head, re.I):
            return HTML
        if start.startswith("<?xml") or start.startswith("<!DOCTYPE"):
            return XML
    if _is_mail(head, name):
        return MAIL
    tags = _TAGS.findall(head)
    if (start.startswith("<") and tags) or len(tags) >= 8:
        return HTML
    return TEXT


def _is_mail(head: str, name: str) -> bool:
    lines = head.removeprefix("From ").splitlines()
    if head.startswith("From "):
        lines = lines[1:]
    seen: set[str] = set()
    for line in lines:
        if line[:1] in (" ", "\t") and seen:
            continue
        if not line.strip() or not _FIELD.match(line):
            break
        if _HEADER.match(line):
            seen.add(line.partition(":")[0].lower())
    if name.endswith(".eml"):
        return bool(seen)
    return len(seen) >= 3 and bool(seen & {"received", "message-id", "mime-version", "return-path", "delivered-to",
                                           "dkim-signature"}) and "from" in seen
