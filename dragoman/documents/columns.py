"""Rows of a page in reading order: columns one after the other, lines to paragraphs, cells to rows of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from dragoman.documents.glyphs import Row

GUTTER = 7.0  # points between two columns
COLUMN = 16  # letters of a line of a column on average, fewer are cells of a table

_MARK = re.compile(r"(?:[-•*–—·▪●○]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])\s")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together, parted by line breaks; `opens` where it is the first of a column or page."""

    text: str
    heading: bool
    table: bool
    opens: bool


@dataclass(frozen=True, slots=True)
class _Line:
    left: float
    right: float
    base: float
    cells: tuple[str, ...]
    size: float
    bold: bool

    @property
    def text(self) -> str:
        return " ".join(self.cells)


def paragraphs(rows: list[Row]) -> list[Paragraph]:
    """The paragraphs of a page in reading order."""
    out: list[Paragraph] = []
    body = median([r.size for r in rows for _ in range(max(1, len(r.text) // 20))]) if rows else 0.0
    plain = sum(len(r.text) for r in rows if not r.bold) > sum(len(r.text) for r in rows if r.bold)
    for column in _columns(rows):
        out.extend(_paragraphs(_lines(column), body, plain))
    return out


def _columns(rows: list[Row], depth: int = 0) -> Iterator[list[Row]]:
    """Stretches of rows that are read one after the other."""
    gutter = _gutter(rows) if depth < 4 and len(rows) >= 6 else None
    if gutter is None:
        if rows:
            yield sorted(rows, key=lambda r: (-round(r.base), r.left))
        return
    band: list[Row] = []
    for row in sorted(rows, key=lambda r: -r.base):
        if row.left < gutter - 1 and row.right > gutter + 1:
            yield from _band(band, gutter, depth)
            band = []
            yield [row]
        else:
            band.append(row)
    yield from _band(band, gutter, depth)


def _band(band: list[Row], gutter: float, depth: int) -> Iterator[list[Row]]:
    left = [r for r in band if r.right <= gutter + 1]
    right = [r for r in band if r.right > gutter + 1]
    yield from _columns(left, depth + 1)
    yield from _columns(right, depth + 1)


def _gutter(rows: list[Row]) -> float | None:
    """Where a white stripe parts two columns of text, None where there is one column or a table."""
    best: tuple[int, float] | None = None
    for edge in sorted({round(r.left) for r in rows}):
        x = edge - 1.0
        left = [r for r in rows if r.right <= x]
        right = [r for r in rows if r.left >= x]
        if len(left) < 3 or len(right) < 3 or len(rows) - len(left) - len(right) > 0.4 * len(rows):
            continue
        if min(r.left for r in right) - max(r.right for r in left) < GUTTER:
            continue
        if _letters(left) < COLUMN or _letters(right) < COLUMN:
            continue
        shared = min(max(r.base for r in left), max(r.base for r in right)) - max(min(r.base for r in left), min(r.base for r in right))
        if shared <= 2 * median(r.size for r in rows):
            continue
        fewer = min(len(left), len(right))
        if best is None or fewer > best[0]:
            best = (fewer, (min(r.left for r in right) + max(r.right for r in left)) / 2)
    return best[1] if best else None


def _letters(rows: list[Row]) -> float:
    return sum(len(r.text) for r in rows) / len(rows)


def _lines(rows: list[Row]) -> list[_Line]:
    """Rows on one base line as one line of cells."""
    out: list[list[Row]] = []
    for row in rows:
        if out and abs(out[-1][0].base - row.base) < 0.4 * max(row.size, 1.0):
            out[-1].append(row)
        else:
            out.append([row])
    lines = []
    for group in out:
        group.sort(key=lambda r: r.left)
        lines.append(_Line(group[0].left, max(r.right for r in group), group[0].base, tuple(r.text for r in group),
                           max(r.size for r in group), all(r.bold for r in group)))
    return lines


def _paragraphs(lines: list[_Line], body: float, plain: bool) -> Iterator[Paragraph]:
    if not lines:
        return
    steps = [a.base - b.base for a, b in pairwise(lines) if a.base > b.base]
    step = median(steps) if steps else 0.0
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    table = _tables(lines)
    group: list[int] = []
    for number, line in enumerate(lines):
        if group and _parts(lines[number - 1], line, step, left, right, body, plain, table[number - 1], table[number]):
            yield _paragraph(lines, group, body, plain, table)
            group = []
        group.append(number)
    yield _paragraph(lines, group, body, plain, table)


def _tables(lines: list[_Line]) -> list[bool]:
    """Whether each line is a row of a table: two such lines or more in a row."""
    wide = [len(line.cells) > 1 for line in lines]
    return [w and ((n > 0 and wide[n - 1]) or (n + 1 < len(wide) and wide[n + 1])) for n, w in enumerate(wide)]


def _parts(before: _Line, line: _Line, step: float, left: float, right: float, body: float, plain: bool, was: bool, now: bool) -> bool:
    """Whether a new paragraph begins with this line."""
    if was or now:
        return was != now
    if _is_heading(before, body, plain) != _is_heading(line, body, plain) or abs(before.size - line.size) > 0.15 * body:
        return True
    gap = before.base - line.base
    if step and (gap > 1.3 * step + 0.5 or gap < 0):
        return True
    if _MARK.match(line.text):
        return True
    short = before.right < right - 0.12 * (right - left)
    if short and re.search(r"[.!?:”\"]$", before.text):
        return True
    return line.left > left + 6 and before.left < left + 3 and bool(re.search(r"[.!?:”\"]$", before.text))


def _is_heading(line: _Line, body: float, plain: bool) -> bool:
    return len(line.text) < 160 and (line.size > 1.12 * body or (line.bold and plain))


def _paragraph(lines: list[_Line], group: list[int], body: float, plain: bool, table: list[bool]) -> Paragraph:
    opens = group[0] == 0
    if table[group[0]]:
        return Paragraph("\n".join(" | ".join(lines[n].cells) for n in group), False, True, opens)
    text = "\n".join(lines[n].text for n in group)
    heading = all(_is_heading(lines[n], body, plain) for n in group) and len(text) < 300 and not text.endswith(".")
    return Paragraph(text.replace("\n", " ") if heading else text, heading, False, opens)
