"""The briefing book as PDF, set by Typst with the fonts that it brings along; charts as pictures for other formats."""

from __future__ import annotations

import datetime as dt
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from dragoman.model import time
from dragoman.model.book import Book, Chart
from dragoman.model.problems import DragomanError
from dragoman.views import book_json
from dragoman.views.book_chart import svg

TEMPLATE = Path(__file__).parent / "book.typ"
DOTS = 200  # an inch
PICTURE = '#set page(width: auto, height: auto, margin: 0pt, fill: white)\n#image(bytes(sys.inputs.svg), format: "svg")'
OWN: dict[str, Any] = {"ignore_system_fonts": True}
PDF: tuple[dict[str, Any], ...] = (
    {"pdf_standards": ["ua-1"], **OWN},
    {"pdf_standards": ["ua-1"]},
    {},
)  # for everybody; a script that no font of Typst has; that none has
NO_DAY = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)  # what a book without a date is stamped with: the clock would make two books differ


def day(book: Book) -> dt.datetime:
    """The day of the book at midnight, what its files are stamped with."""
    last = time.parse(book.on).last if book.on else None
    return dt.datetime(last.year, last.month, last.day, tzinfo=dt.UTC) if last else NO_DAY


def render(book: Book) -> bytes:
    """The file; the values go in as data, never as source."""
    tree = json.loads(book_json.render(book))
    for section, plain in zip(book.sections, tree["sections"], strict=True):
        for part, rows in zip(section.parts, plain["parts"], strict=True):
            for block, row in zip(part.blocks, rows["blocks"], strict=True):
                if isinstance(block, Chart):
                    row["svg"] = svg(block)
    stamp = day(book)
    tree["day"] = [stamp.year, stamp.month, stamp.day] if book.on else None
    inputs = {"book": json.dumps(tree, ensure_ascii=False)}
    return _compile(TEMPLATE.read_bytes(), inputs, PDF, format="pdf", timestamp=int(stamp.timestamp()))


def picture(chart: Chart) -> bytes:
    """A chart as PNG."""
    return _compile(PICTURE.encode(), {"svg": svg(chart)}, (OWN,), format="png", ppi=DOTS)


def _compile(source: bytes, inputs: dict[str, str], ways: tuple[dict[str, Any], ...], **options: Any) -> bytes:
    """What Typst makes of a source in the first way that it can."""
    try:
        import typst
    except ImportError as error:
        raise DragomanError("This format needs typst: pip install 'dragoman[book]'") from error
    for way in ways[:-1]:
        with suppress(typst.TypstError):
            return bytes(typst.compile(source, sys_inputs=inputs, **way, **options))
    return bytes(typst.compile(source, sys_inputs=inputs, **ways[-1], **options))
