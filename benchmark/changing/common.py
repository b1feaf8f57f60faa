"""Edits of a text, and gold spans moved with them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import Any, NamedTuple

Row = dict[str, Any]


class Edit(NamedTuple):
    """Characters of a text and what stands there instead."""

    start: int
    end: int
    new: str


class Moved:
    """A text after its edits; of two that overlap the first counts."""

    def __init__(self, text: str, edits: Iterable[Edit]) -> None:
        kept: list[Edit] = []
        for edit in sorted(edits):
            if not kept or edit.start >= kept[-1].end:
                kept.append(edit)
        pieces, at, gained = [], 0, 0
        self._starts: list[int] = []
        self._kept: list[tuple[Edit, int]] = []  # with what the edits before it added to the length
        for edit in kept:
            pieces += [text[at : edit.start], edit.new]
            self._starts.append(edit.start)
            self._kept.append((edit, gained))
            gained += len(edit.new) - (edit.end - edit.start)
            at = edit.end
        self.text = "".join((*pieces, text[at:]))

    def at(self, place: int, end: bool = False) -> int:
        """Where a place in the old text is in the new; inside an edit its beginning, or its end."""
        found = bisect_right(self._starts, place - end) - 1
        if found < 0:
            return place
        edit, before = self._kept[found]
        if place >= edit.end:
            return place + before + len(edit.new) - (edit.end - edit.start)
        return edit.start + before + (len(edit.new) if end else 0)

    def span(self, row: Row) -> Row:
        """A gold line or mention with its span and quote as they are now."""
        if row.get("start") is None:
            return row
        start, end = self.at(row["start"]), self.at(row["end"], end=True)
        return row | {"start": start, "end": end, "quote": self.text[start:end]}
