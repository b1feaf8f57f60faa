"""Figures of tables: the row's indicator, the column's period, the unit of head, row or caption."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.extract import figure_parties, figure_table
from dragoman.extract.figure_period import shift
from dragoman.extract.figure_table import Cell, Column, Table
from dragoman.extract.frame import claim_base
from dragoman.model.annotations import AnnotatedText, Quantity
from dragoman.model.claims import Figure
from dragoman.reference.indicators import Cue


def tables(text: AnnotatedText) -> list[Table]:
    return figure_table.find(text)


def figures(text: AnnotatedText, table: Table, cues: list[Cue]) -> Iterator[Figure]:
    """A figure for each numeric cell below the head."""
    head, columns = figure_table.columns(text, table)
    carried = _named_unit(text, table)
    for row in table.rows[1:]:
        name = row[0]
        unit, scale = figure_table.unit_of(name.text)
        if unit and unit != "%":
            carried = (unit, scale)
        elif unit is None:
            unit, scale = carried
        periods: list[str] = []
        for cell, column in _aligned(head, columns, row):
            q = figure_table.quantity(text, cell)
            if q is None or q.low is None:
                continue
            figure = _cell(text, cells=(name, cell), q=q, column=column, unit=unit, scale=scale, cues=cues, periods=periods)
            if column.period and not column.change:
                periods.append(column.period)
            yield figure


def _named_unit(text: AnnotatedText, table: Table) -> tuple[str | None, float]:
    """Unit and scale that the head's corner names, else the line above where it is a caption and no sentence."""
    corner = figure_table.unit_of(table.rows[0][0].text)
    if corner[0]:
        return corner
    caption = text.text[slice(*table.caption)].strip() if table.caption else ""
    return figure_table.unit_of(caption) if len(caption) < 160 and not caption.endswith((".", "!", "?")) else (None, 1.0)


def _aligned(head: tuple[Cell, ...], columns: list[Column], row: tuple[Cell, ...]) -> Iterator[tuple[Cell, Column]]:
    """The cells of a row with their columns; a head without a corner cell is one short."""
    offset = 0 if len(head) >= len(row) else 1
    for n, cell in enumerate(row[1:], 1):
        k = n - offset
        if 0 <= k < len(columns):
            yield cell, columns[k]


def _cell(
    text: AnnotatedText,
    cells: tuple[Cell, Cell],
    q: Quantity,
    column: Column,
    unit: str | None,
    scale: float,
    cues: list[Cue],
    periods: list[str],
) -> Figure:
    name, cell = cells
    row_cues = [c for c in cues if name.start <= c.start and c.end <= name.end and c.kind != "doing"]
    low, high, of_unit = q.low, q.high, q.unit
    change = column.change or q.measure == "change"
    if of_unit == "1" and not change:
        of_unit = column.unit or unit or "1"
        factor = column.scale if column.unit else scale
        if of_unit != "%":
            low, high = _scaled(low, factor), _scaled(high, factor)
    if change:
        of_unit = "%" if of_unit in ("1", "%") else of_unit
    measure = "change" if change else "share" if of_unit == "%" else "level"
    indicator = row_cues[0].indicator if row_cues else f"other:{' '.join(name.text.lower().split()[:3]).strip(',:;')}"
    if indicator == "trade_turnover" and "total" in name.text.lower():
        indicator = "trade_turnover"
    if (name.text.lower().startswith("total") and not row_cues) or (not row_cues and name.text.lower().strip(":") in ("all", "overall")):
        indicator = "trade_turnover"
    if "share" in name.text.lower() and measure == "share":
        indicator = "share"
    of = figure_parties.pair(text)
    reporter = counterpart = None
    if indicator in ("exports", "imports"):
        reporter, counterpart = _sides(text, name, row_cues[0] if row_cues else None, indicator, of)
        of = (reporter, counterpart) if reporter and counterpart else of
    period = column.period or (periods[-1] if change and periods else None)
    base = (periods[-2] if len(periods) > 1 else shift(period)) if change and period else None
    return Figure(
        **claim_base(text, cell.start, cell.end, (name.start, name.end)),
        indicator=indicator,
        parties=of,
        reporter=reporter,
        counterpart=counterpart,
        low=low,
        high=high,
        unit=of_unit,
        modifier=q.modifier,
        measure=measure,
        period=period,
        base_period=base,
        rules=("table", f"row {name.text}"[:60], f"column {column.text}"[:60]),
        confidence=0.85,
    )


def _scaled(value: float | None, factor: float) -> float | None:
    return None if value is None else float(round(value * factor, 4))


def _sides(text: AnnotatedText, name: Cell, cue: Cue | None, indicator: str, of: tuple[str, ...]) -> tuple[str | None, str | None]:
    """Reporter and counterpart of a row: "Exports to China", "China exports"."""
    named = [m for m in text.mentions_in(name.start, name.end) if m.state]
    if cue is None:
        return None, None
    if len(after := [m for m in named if m.start >= cue.end]) > 1 and text.text[cue.end : after[0].start].strip() in ("of", "by", "of the"):
        return after[0].state, after[1].state
    before = [m.state for m in named if m.end <= cue.start]
    reporter = before[-1] if before else None
    counterpart = after[0].state if after else None
    if reporter is None and counterpart is None and text.home in of:
        reporter = text.home
    if reporter is None and counterpart in of:
        reporter = next((s for s in of if s != counterpart), None)
    if counterpart is None and reporter in of:
        counterpart = next((s for s in of if s != reporter), None)
    return reporter, counterpart
