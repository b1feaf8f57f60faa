"""DOCX: paragraphs, headings, tables by row and footnotes, after the sizes in the archive are checked."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from dragoman.documents import page
from dragoman.documents.blocks import pieces
from dragoman.documents.draft import Block, Draft, join
from dragoman.model.documents import Zone
from dragoman.model.problems import Problem

UNPACKED = 200_000_000  # bytes of the archive unpacked
PART = 60_000_000  # bytes of one part of text unpacked
RATIO = 200  # times that a large part may grow
LARGE = 5_000_000
PARTS = 5000

_TAG = re.compile(r"<[^<>]{0,4000}>")


def drafts(data: bytes, at: str) -> Iterator[Draft | Problem]:
    """The text of a document, or the problem why it is not unpacked."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        refused = _refused(archive, at)
        core = {} if refused else _core(archive)
        letterhead = [] if refused else _headers(archive)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        yield Problem("broken-docx", f"The DOCX file is damaged: {str(error)[:100]}.", at,
                      "Get the file again, or open it in a word processor and save it again.")
        return
    if refused:
        yield refused
        return
    import mammoth

    try:
        made = mammoth.convert_to_html(io.BytesIO(data), convert_image=mammoth.images.img_element(lambda image: {"src": ""}))
    except Exception as error:  # mammoth raises whatever its parsers raise
        yield Problem("broken-docx", f"The DOCX file is damaged: {type(error).__name__} {str(error)[:100]}.", at,
                      "Get the file again, or open it in a word processor and save it again.")
        return
    tree = page.parsed(f"<html><body>{made.value}</body></html>") if made.value.strip() else None
    found = pieces(tree, article=True) if tree is not None else []
    text, zones = join([*(Block(words, Zone.METADATA) for words in letterhead), *(Block(p.text, p.zone) for p in found)])
    if not text.strip():
        yield Problem("no-text", "There is no text in the document.", at, "If it holds pictures of text, have them recognised first.")
        return
    yield Draft(text, zones, title=core.pop("title", None), author=None, metadata=core)


def _refused(archive: zipfile.ZipFile, at: str) -> Problem | None:
    """The problem of an archive that would grow too large or holds entities."""
    parts = archive.infolist()
    if any(p.flag_bits & 1 for p in parts):
        return Problem("encrypted-file", "The document is protected by a password.", at, "Save it without the password.")
    grown = [p for p in parts if p.file_size > LARGE and p.file_size > RATIO * max(1, p.compress_size)]
    if grown or len(parts) > PARTS or sum(p.file_size for p in parts) > UNPACKED or any(
            p.file_size > PART for p in parts if p.filename.endswith((".xml", ".rels"))):
        total = sum(p.file_size for p in parts)
        return Problem("zip-bomb", f"The archive would grow to {total / 1e6:,.0f} MB when unpacked.", at,
                       "Do not open it if you do not know where it came from; save a real document again without its pictures.")
    if not any(p.filename == "word/document.xml" or re.fullmatch(r"word/document\d*\.xml", p.filename) for p in parts):
        return Problem("broken-docx", "The archive holds no Word document.", at, "Save the document as DOCX, PDF or text.")
    for part in parts:
        if part.filename.endswith((".xml", ".rels")) and _declares(archive, part):
            return Problem("xml-entities", f"The part {part.filename} declares entities, which can grow without end or fetch other files.",
                           at,
                           "Save the document again in a word processor, if you trust where it came from.")
    return None


def _declares(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a part has a declaration that a word processor never writes; it stands before the first element."""
    with archive.open(part) as stream:
        head = stream.read(20_000).replace(b"\0", b"").lower()
    return b"<!doctype" in head or b"<!entity" in head


def _core(archive: zipfile.ZipFile) -> dict[str, str]:
    """Title and what else the document says of itself; its author is often only who typed it."""
    if "docProps/core.xml" not in archive.namelist():
        return {}
    from defusedxml.ElementTree import fromstring

    try:
        tree = fromstring(archive.read("docProps/core.xml"))
    except (SyntaxError, ValueError):
        return {}
    found = {element.tag.rpartition("}")[2]: " ".join((element.text or "").split())[:500] for element in tree}
    names = {"title": "title", "creator": "docx_creator", "created": "docx_created", "modified": "docx_modified", "subject": "docx_subject"}
    return {new: found[old] for old, new in names.items() if found.get(old) and found[old].lower() not in ("python-docx", "word document")}


def _headers(archive: zipfile.ZipFile) -> list[str]:
    """The lines of the page header of the first page, which may be the letterhead."""
    names = sorted(n for n in archive.namelist() if re.fullmatch(r"word/header\d*\.xml", n))
    for name in names:
        markup = archive.read(name)[:200_000].decode("utf-8", "replace")
        lines = [" ".join(_TAG.sub("", p).split()) for p in re.split(r"</w:p>", markup)]
        words = [_unescaped(line) for line in lines if line and not line.isdigit()]
        if words:
            return words[:4]
    return []


def _unescaped(words: str) -> str:
    import html

    return html.unescape(words)[:300]
