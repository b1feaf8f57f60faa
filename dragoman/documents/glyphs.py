"""The rows of a PDF page: stretches of text on one base line, with their place and type."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, replace
from typing import Any

MARGIN = 0.1  # of the page, at its top and bottom
MOST = 20_000  # stretches of a page that are looked at


@dataclass(frozen=True, slots=True)
class Row:
    """A stretch of text; places count in points from the lower left corner.

    `margin` tells one that stands where running heads and page numbers do.
    """

    left: float
    right: float
    top: float
    base: float
    text: str
    size: float
    bold: bool
    margin: bool = False


def rows(page: Any) -> list[Row]:
    """The rows of a page in the order of the file, neighbours on one base line joined."""
    layer = page.get_textpage()
    try:
        found = [_row(layer, number) for number in range(min(layer.count_rects(), MOST))]
    finally:
        layer.close()
    out: list[Row] = []
    for one in found:
        if one is None:
            continue
        if out and _beside(out[-1], one):
            last = out[-1]
            space = " " if one.left - last.right > 0.12 * one.size and not last.text.endswith(" ") and not one.text.startswith(" ") else ""
            out[-1] = replace(last, right=one.right, top=max(last.top, one.top), text=last.text + space + one.text,
                              bold=last.bold and one.bold, size=max(last.size, one.size))
        else:
            out.append(one)
    height = page.get_height()
    inner = (MARGIN * height, (1 - MARGIN) * height)
    return [replace(r, text=" ".join(r.text.split()), margin=not inner[0] < r.base < inner[1]) for r in out if r.text.strip()]


def _beside(one: Row, other: Row) -> bool:
    size = max(one.size, other.size)
    return abs(one.base - other.base) < 0.35 * size and -0.6 * size < other.left - one.right < 1.1 * size


def _row(layer: Any, number: int) -> Row | None:
    left, bottom, right, top = layer.get_rect(number)
    text = layer.get_text_bounded(left, bottom, right, top).replace("\r\n", " ").replace("\n", " ")
    if not text.strip():
        return None
    index = layer.get_index(left + 0.5, (bottom + top) / 2, 3, 3)
    size, base, bold = top - bottom, bottom, False
    if index is not None and index >= 0:
        size, base, bold = _type(layer, index, size, base)
    return Row(left, right, top, base, text, size, bold)


def _type(layer: Any, index: int, size: float, base: float) -> tuple[float, float, bool]:
    """Size, base line and weight of one letter."""
    from pypdfium2 import raw

    x, y = ctypes.c_double(), ctypes.c_double()
    if raw.FPDFText_GetCharOrigin(layer, index, x, y):
        base = y.value
    size = raw.FPDFText_GetFontSize(layer, index) or size
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(layer, index, name, 128, flags)
    bold = length > 0 and any(word in name.value.lower() for word in (b"bold", b"black", b"heavy", b"semib", b"demi"))
    matrix = raw.FS_MATRIX()
    if raw.FPDFText_GetMatrix(layer, index, matrix) and matrix.d:
        size = abs(size * matrix.d) or size
    return size, base, bold
