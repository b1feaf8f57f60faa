"""Small tables in a text: a figure a cell, the row's indicator, the column's period."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.model.annotations import AnnotatedText, Quantity

_MARKS, _GAPS = re.compile(r"[|\t]"), re.compile(r" {2,}")
_SCALES = {
    "thousand": 1e3,
    "thousands": 1e3,
    "million": 1e6,
    "millions": 1e6,
    "mln": 1e6,
    "mn": 1e6,
    "m": 1e6,
    "billion": 1e9,
    "billions": 1e9,
    "bn": 1e9,
    "bln": 1e9,
    "trillion": 1e12,
    "tn": 1e12,
}
_SCALE = re.compile(r"\b(thousands?|millions?|mln|mn|billions?|bn|bln|trillion|tn)\b", re.I)
_UNIT = re.compile(
    r"\b([A-Z]{3})\b|(US\$|\$|€|£|¥|₸|₽|₹)|\b(US dollars?|dollars?|euros?|yen|yuan|roubles?|rubles?|tenge|rupees?|pounds?)\b|(%|per "
    r"cent|percent)",
    re.I,
)
_CHANGE = re.compile(r"\b(?:change|growth|increase|dynamics|difference|y-?o-?y|year[ -]on[ -]year|rate of growth|index)\b", re.I)
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
MAX_ROWS = 400


@dataclass(frozen=True, slots=True)
class Cell:
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells with the place of the whole; `caption` is the line above."""

    start: int
    end: int
    rows: tuple[tuple[Cell, ...], ...]
    caption: tuple[int, int] | None


def find(text: AnnotatedText) -> list[Table]:
    """The tables of a text: two or more lines in a row with two or more cells, some of them numbers."""
    out: list[Table] = []
    rows: list[tuple[Cell, ...]] = []
    caption: tuple[int, int] | None = None
    above: tuple[int, int] | None = None
    for m in re.finditer(r"[^\n]*(?:\n|$)", text.text):
        start, end = m.start(), m.start() + len(m.group().rstrip("\n"))
        cells = _cells(text.text, start, end)
        if len(cells) >= 2 and len(rows) < MAX_ROWS:
            if not rows:
                caption = above
            rows.append(cells)
            continue
        if rows:
            out += _table(rows, caption)
            rows = []
        if text.text[start:end].strip():
            above = (start, end)
    if rows:
        out += _table(rows, caption)
    return out


def _cells(text: str, start: int, end: int) -> tuple[Cell, ...]:
    line = text[start:end]
    if "|" not in line and "\t" not in line and "  " not in line.strip():
        return ()
    cells, at = [], 0
    marked = "|" in line or "\t" in line
    for m in [*(_MARKS if marked else _GAPS).finditer(line), None]:
        piece = line[at : m.start() if m else len(line)]
        from_ = start + at + len(piece) - len(piece.lstrip())
        if piece.strip() or (marked and m and at):
            cells.append(Cell(from_, from_ + len(piece.strip()), piece.strip()))
        if m:
            at = m.end()
    return tuple(cells)


def _numeric(cell: Cell) -> bool:
    return bool(re.match(r"[+−–-]?\s?[\d(]", cell.text)) and sum(c.isdigit() for c in cell.text) * 2 >= len(cell.text.replace(" ", ""))


def _table(rows: list[tuple[Cell, ...]], caption: tuple[int, int] | None) -> list[Table]:
    numbers = sum(_numeric(c) for row in rows[1:] for c in row[1:])
    if len(rows) < 2 or numbers < 2 or not any(any(ch.isalpha() for ch in c.text) for row in rows for c in row[:1]):
        return []
    return [Table(rows[0][0].start, rows[-1][-1].end, tuple(rows), caption)]


@dataclass(frozen=True, slots=True)
class Column:
    """What a head says: period, whether changes, unit and scale."""

    period: str | None
    change: bool
    unit: str | None
    scale: float
    text: str


def columns(text: AnnotatedText, table: Table) -> tuple[tuple[Cell, ...], list[Column]]:
    """The head row and its columns; years and dates as periods."""
    head = table.rows[0]
    return head, [_column(text, cell) for cell in head]


def _column(text: AnnotatedText, cell: Cell) -> Column:
    dates = [d.edtf for d in text.dates_in(cell.start, cell.end) if d.edtf]
    years = _YEAR.findall(cell.text)
    period = dates[0] if dates else years[0] if len(years) == 1 else None
    unit, scale = unit_of(cell.text)
    return Column(period, bool(_CHANGE.search(cell.text)), unit, scale, cell.text)


def unit_of(words: str) -> tuple[str | None, float]:
    """Unit and scale that a head or caption names: "USD million", "billion US dollars", "%"."""
    m = _UNIT.search(words)
    s = _SCALE.search(words)
    scale = _SCALES[s[1].lower()] if s else 1.0
    unit = None
    if m:
        names = {
            "us dollar": "USD",
            "us dollars": "USD",
            "dollar": "USD",
            "dollars": "USD",
            "us$": "USD",
            "$": "USD",
            "€": "EUR",
            "£": "GBP",
            "¥": "JPY",
            "₸": "KZT",
            "₽": "RUB",
            "₹": "INR",
            "euro": "EUR",
            "euros": "EUR",
            "yen": "JPY",
            "yuan": "CNY",
            "rouble": "RUB",
            "roubles": "RUB",
            "ruble": "RUB",
            "rubles": "RUB",
            "tenge": "KZT",
            "rupee": "INR",
            "rupees": "INR",
            "pound": "GBP",
            "pounds": "GBP",
            "%": "%",
            "per cent": "%",
            "percent": "%",
        }
        found = m[0].lower()
        unit = names.get(found) or (m[1] if m[1] and m[1].isupper() and _is_code(m[1]) else None)
        if unit is None and (rest := _UNIT.search(words, m.end())):
            return unit_of(words[rest.start() :])[0], scale
    return unit, scale


def _is_code(word: str) -> bool:
    from dragoman.reference import currencies

    return word in currencies.table().codes


def quantity(text: AnnotatedText, cell: Cell) -> Quantity | None:
    """The quantity that a cell holds."""
    found = text.quantities_in(max(0, cell.start - 1), cell.end)
    return found[0] if found else None
