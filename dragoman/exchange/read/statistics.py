"""Official statistics as claims of a source: UN Comtrade, the IMF's trade and outlook tables, and SDMX-CSV of anybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from dragoman.exchange.read import values
from dragoman.exchange.read.sheet import Line, Sheet, key
from dragoman.exchange.read.taking import Taking
from dragoman.model.claims import Claim, Figure

NAME = "statistics"
CONFIDENCE = 0.9
NO_VALUE, BREAKDOWN, PART = "observations without a value", "rows that break a total down", "re-exports and other parts of a flow"


def fits(sheet: Sheet) -> bool:
    """Whether the table is one of these."""
    return _table(sheet) is not None


def claims(sheet: Sheet, taking: Taking) -> Iterator[Claim]:
    """A figure for each observation; what its row says of it is the evidence, with the names of the columns."""
    table = _table(sheet)
    assert table is not None
    taking.outlet, taking.kind = taking.outlet or table["name"], "office"
    columns = {field: next((c for c in table.get(field, ()) if c in sheet.columns), None) for field in FIELDS}
    for line in sheet.lines():
        cells = {field: line.cells[column] if column else "" for field, column in columns.items()}
        if any(line.cells.get(c, "") not in ("", *map(str, some)) for c, some in table.get("whole", {}).items()):
            taking.left_out[BREAKDOWN] += 1
            continue
        about = _about(cells, sheet, line, table, taking)
        for period, value in _observations(cells, line, table) if about else ():
            figure = _figure(about, period, value, sheet, line, taking) if about else None
            if figure:
                yield figure


FIELDS = ("reporter", "partner", "flow", "series", "period", "value", "part", "part_code", "unit_of", "scale")


class About(NamedTuple):
    """What a row counts, before the period and the number."""

    indicator: str
    reporter: str
    partner: str | None
    unit: str
    scale: int


@cache
def _sheet() -> dict[str, Any]:
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return dict(yaml.load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"), Loader=loader))


@cache
def _names(what: str) -> Mapping[str, str]:
    """Series or words of a list by their folded names."""
    given = _sheet()[what]
    return {key(n): name for name, some in given.items() for n in some} if isinstance(given, dict) else {key(n): n for n in given}


def _table(sheet: Sheet) -> dict[str, Any] | None:
    return next((t for t in _sheet()["tables"] if set(t["needs"]) <= set(sheet.columns)), None)


def _code(cell: str) -> str:
    """The code of a cell that may have its name beside it: "X: Export"."""
    return key(cell.split(":", 1)[0])


def _about(cells: Mapping[str, str], sheet: Sheet, line: Line, table: Mapping[str, Any], taking: Taking) -> About | None:
    reporter = values.state(cells["reporter"])
    if reporter is None:
        taking.unknown(sheet, line, "state", cells["reporter"])
        return None
    world = _code(cells["partner"]) in _names("world")
    partner = None if world or not cells["partner"] else values.state(cells["partner"])
    if partner is None and cells["partner"] and not world:
        taking.unknown(sheet, line, "state", cells["partner"])
        return None
    if _code(cells["flow"]) in _names("left_out"):
        taking.left_out[PART] += 1
        return None
    indicator = _names("indicators").get(_code(cells["flow"]))
    if cells["part"] and key(cells["part_code"]) not in _names("total"):
        indicator = f"other:{indicator or 'trade'} of {_short(cells['part'])}"
    if indicator is None:
        name = cells["series"].partition(":")[2] or cells["series"] or cells["flow"]
        indicator = f"other:{_short(name)}" if name else None
    if indicator is None:
        taking.unknown(sheet, line, "series", cells["flow"])
        return None
    scale = _scale(cells["scale"])
    if scale is None:
        taking.unknown(sheet, line, "scale", cells["scale"])
        return None
    return About(indicator, reporter, partner, _unit(cells["unit_of"], table), scale)


def _short(name: str) -> str:
    """Three words of a name, as `other:` indicators have them."""
    return " ".join(name.casefold().replace(",", " ").replace(";", " ").split()[:3])


def _scale(cell: str) -> int | None:
    """The power of ten by which the numbers are to be multiplied."""
    bare = key(cell.split(":", 1)[0])
    if bare.lstrip("-").isdigit():
        return int(bare)
    found = _sheet()["scales"].get(bare or "units")
    return int(found) if found is not None else None


def _unit(cell: str, table: Mapping[str, Any]) -> str:
    """The unit's symbol; that of the table where the row has none, and its own words where they are not known."""
    bare = cell.split(":", 1)[0].strip()
    return str(_sheet()["units"].get(key(bare)) or bare or table.get("unit") or "1")


def _observations(cells: Mapping[str, str], line: Line, table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The periods of a row with their numbers; a column for each year in a wide table."""
    if "years" in table:
        yield from ((column, cell) for column, cell in line.cells.items() if values.period(column) and column[:1].isdigit())
    else:
        yield cells["period"], cells["value"]


def _figure(about: About, period: str, value: str, sheet: Sheet, line: Line, taking: Taking) -> Figure | None:
    edtf, amount = values.period(period), values.number(value)
    if values.nothing(value):
        taking.left_out[NO_VALUE] += 1
        return None
    if edtf is None or amount is None:
        taking.bad_value(sheet, line, period if edtf is None else value, "a period" if edtf is None else "a number")
        return None
    amount = float(f"{amount * 10**about.scale:.15g}") if about.scale >= 0 else amount / 10**-about.scale
    sides = (about.reporter, about.partner) if about.partner else (about.reporter,)
    return Figure(**taking.common(sheet, line), indicator=about.indicator, parties=tuple(s for s in sides if s), reporter=about.reporter,
                  counterpart=about.partner, low=amount, high=amount, unit=about.unit, period=edtf)
