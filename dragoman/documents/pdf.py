"""PDF: the text layer, columns in reading order, words joined that were parted at line ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from dragoman.documents.columns import Paragraph, paragraphs
from dragoman.documents.draft import Block, Draft, join
from dragoman.documents.glyphs import Row, rows
from dragoman.model.documents import Zone
from dragoman.model.problems import Problem

PAGES = 2000  # more are not read

_NUMBER = re.compile(r"(?:page |p\. ?|- |– |\| )?\d{1,4}(?: ?(?:/|of) ?\d{1,4})?(?: -| –| \|)?", re.I)
_HYPHEN = re.compile(r"([^\W\d_]+)[-\u00ad\u2010\ufffe\x02]\n([^\W\d_]+)")
_SOFT = re.compile(r"[\u00ad\ufffe\x02]")


def drafts(data: bytes, at: str) -> Iterator[Draft | Problem]:
    """The text of a PDF, or the problem why it has none."""
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        yield _closed(str(error), data, at)
        return
    try:
        if b"%%EOF" not in data[-2048:] and b"startxref" not in data[-2048:]:
            yield Problem("truncated-pdf", "The end of the PDF is missing; its text would have gaps.", at, "Get the file again, whole.")
            return
        pages = []
        for number in range(min(len(document), PAGES)):
            try:
                pages.append(rows(document[number]))
            except pdfium.PdfiumError:
                yield Problem("broken-page", "The page cannot be read; the others were.", f"{at}, page {number + 1}",
                              "Get the file again, whole.",
                              failed=False)
        facts = {key: " ".join(str(words).split())[:500] for key, words in document.get_metadata_dict(skip_empty=True).items()}
    finally:
        document.close()
    yield from _of_pages(pages, facts, at)


def _of_pages(pages: list[list[Row]], facts: dict[str, str], at: str) -> Iterator[Draft | Problem]:
    if not any(pages):
        yield Problem("no-text-layer", "The PDF has no text layer; its pages are pictures.", at,
                      "Have its text recognised (OCR) and read the result.")
        return
    running = _running(pages)
    found: list[Paragraph] = []
    for page in pages:
        kept = [row for row in page if not row.margin or (_key(row.text) not in running and not _NUMBER.fullmatch(row.text))]
        found.extend(paragraphs(kept))
    text, zones = join([*_blocks(_continued(found)), *(Block(words, Zone.MENU) for words in _heads(pages, running))])
    if not text.strip():
        yield Problem("no-text-layer", "The PDF has no text layer; its pages are pictures.", at,
                      "Have its text recognised (OCR) and read the result.")
        return
    names = {"CreationDate": "pdf_created", "ModDate": "pdf_modified", "Author": "pdf_author", "Title": "pdf_title",
             "Subject": "pdf_subject"}
    yield Draft(text, zones, metadata={new: facts[old] for old, new in names.items() if facts.get(old)})


def _closed(error: str, data: bytes, at: str) -> Problem:
    if "password" in error.lower() or "security" in error.lower():
        return Problem("encrypted-file", "The PDF is protected by a password.", at, "Save it without the password.")
    if b"%%EOF" not in data[-2048:]:
        return Problem("truncated-pdf", "The end of the PDF is missing.", at, "Get the file again, whole.")
    return Problem("broken-pdf", f"The PDF is damaged: {error[:100]}.", at, "Get the file again, or print it to a new PDF.")


def _key(words: str) -> str:
    return re.sub(r"\d+", "#", words).casefold().strip()


def _running(pages: list[list[Row]]) -> set[str]:
    """What stands at the top or bottom of at least half of the pages, numbers aside."""
    if len(pages) < 2:
        return set()
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({_key(row.text) for row in page if row.margin})
    return {key for key, n in counts.items() if n >= max(2, len(pages) / 2) and len(key) < 160}


def _heads(pages: list[list[Row]], running: set[str]) -> list[str]:
    """The running heads once each; numbers of pages are dropped."""
    seen: dict[str, str] = {}
    for page in pages:
        for row in page:
            if _key(row.text) in running and not _NUMBER.fullmatch(row.text) and row.margin:
                seen.setdefault(_key(row.text), row.text)
    return list(seen.values())


def _continued(found: list[Paragraph]) -> list[Paragraph]:
    """Paragraphs that go on in the next column or on the next page, joined."""
    out: list[Paragraph] = []
    for one in found:
        last = out[-1] if out else None
        if last and not last.heading and not one.heading and not last.table and not one.table and one.opens and _goes_on(last.text,
                                                                                                                         one.text):
            out[-1] = Paragraph(f"{last.text}\n{one.text}", False, False, False)
        else:
            out.append(one)
    return out


def _goes_on(before: str, after: str) -> bool:
    return bool(re.search(r"[^.!?…:;\"”’»)\]]$", before)) and len(before) > 40 and (after[:1].islower() or before[-1] in "-\u00ad,")


def _blocks(found: list[Paragraph]) -> Iterator[Block]:
    known = Counter(w.casefold() for p in found for w in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", _SOFT.sub("-", p.text)))
    for one in found:
        if one.table:
            for line in one.text.split("\n"):
                yield Block(_SOFT.sub("-", line), Zone.TABLE)
            continue
        text = _HYPHEN.sub(lambda m: _joined(m, known), one.text)
        yield Block(_SOFT.sub("", " ".join(text.split())), Zone.HEADING if one.heading else Zone.BODY)


def _joined(match: re.Match[str], known: Counter[str]) -> str:
    """A word parted at the end of a line: with its hyphen where the document writes it so elsewhere, or before a capital."""
    left, right = match[1], match[2]
    if right[0].isupper() or (known[f"{left}-{right}".casefold()] and not known[f"{left}{right}".casefold()]):
        return f"{left}-{right}"
    return left + right
