"""The briefing book as JSON: the tree as it is."""

from __future__ import annotations

import json
from dataclasses import asdict

from dragoman.model.book import Block, Book, Chart, Entry, Remark

SCHEMA = 1


def render(book: Book) -> str:
    """One object; each block says what it is."""
    tree = {"schema": SCHEMA} | asdict(book)
    for section, plain in zip(book.sections, tree["sections"], strict=True):
        for part, rows in zip(section.parts, plain["parts"], strict=True):
            rows["blocks"] = [{"block": _kind(b)} | row for b, row in zip(part.blocks, rows["blocks"], strict=True)]
    return json.dumps(tree, ensure_ascii=False, indent=1) + "\n"


def _kind(block: Block) -> str:
    return (
        "entry" if isinstance(block, Entry) else "remark" if isinstance(block, Remark) else "chart" if isinstance(block, Chart) else "table"
    )
