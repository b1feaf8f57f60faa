"""GDELT 2.0 events as claims of low standing: machine-coded from an article that is named by its URL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dragoman.exchange import gdelt
from dragoman.exchange.read import values
from dragoman.exchange.read.sheet import Line, Sheet
from dragoman.exchange.read.sides import Unknown, actor
from dragoman.exchange.read.taking import Taking
from dragoman.model.claims import ActorRef, Claim, Event, Link, PlaceRef
from dragoman.reference import plover, state_numbers

NAME = "gdelt"
COLUMNS = gdelt.EVENT
CONFIDENCE = 0.3
NOT_CODED, NOBODY = "events that PLOVER does not code (CAMEO 01 and 02)", "events without an actor"


def fits(sheet: Sheet) -> bool:
    """Whether most of the first rows have GDELT's number of columns and a day in the second; it has no header."""
    first = [cells for _, _, _, cells in sheet.rows[:20]]
    dated = [c for c in first if len(c) > 1 and len(c[1]) == 8 and values.day(c[1])]
    return bool(first) and any(len(c) == len(COLUMNS) for c in dated) and len(dated) * 2 >= len(first)


def claims(sheet: Sheet, taking: Taking) -> Iterator[Claim]:
    """An event a row."""
    taking.outlet = taking.outlet or "GDELT 2.0"
    for line in sheet.lines():
        try:
            event = _event(sheet, line, taking)
        except Unknown:
            continue
        if event:
            yield event


def _event(sheet: Sheet, line: Line, taking: Taking) -> Event | None:
    cells = line.cells
    code, day = cells["EventCode"], values.day(cells["SQLDATE"])
    if day is None or len(cells["SQLDATE"]) != 8:
        taking.bad_value(sheet, line, cells["SQLDATE"], "a day as YYYYMMDD")
        return None
    way = plover.from_cameo(code)
    if way is None:
        if code[:2] in ("01", "02"):
            taking.left_out[NOT_CODED] += 1
        else:
            taking.unknown(sheet, line, "CAMEO code", code)
        return None
    sides = [_side(sheet, line, taking, f"Actor{n}") for n in (1, 2)]
    if sides[0] is None:
        taking.left_out[NOBODY] += 1
        return None
    source, recipient = ((side,) if side else () for side in sides)
    mode, contexts = way.mode, tuple(c for c in (way.context,) if c in plover.contexts())
    if mode == "host":  # PLOVER has the visitor first
        source, recipient, mode = recipient, source, "visit"
        if not source:
            taking.left_out[NOBODY] += 1
            return None
    fields = taking.common(sheet, line, Link("document", cells["SOURCEURL"])) if cells["SOURCEURL"] else taking.common(sheet, line)
    rules = ("gdelt", f"cameo:{code}")
    return Event(**fields | {"rules": rules}, event_type=way.event_type, mode=mode if mode in plover.modes(way.event_type) else None,
                 context=contexts, source=source, recipient=recipient, date=day, place=_place(cells))


def _side(sheet: Sheet, line: Line, taking: Taking, which: str) -> ActorRef | None:
    cells = line.cells
    code = cells[f"{which}CountryCode"] or cells[f"{which}Code"][:3]
    if not cells[f"{which}CountryCode"] and not plover.region(code):
        code = ""  # a code that begins with a sector or a religion: the name alone tells who it is
    found = actor(sheet, line, taking, code, cells[f"{which}Name"].title(), plover.group(cells[f"{which}KnownGroupCode"], "known_groups"))
    kind = cells[f"{which}Type1Code"]
    return replace(found, id=None) if found and found.state and kind not in ("", "GOV") and found.id == f"state:{found.state}" else found


def _place(cells: object) -> PlaceRef | None:
    assert isinstance(cells, dict)
    name = cells["ActionGeo_Fullname"].split(",")[0].strip()
    return PlaceRef(name, state_numbers.by_fips(cells["ActionGeo_CountryCode"])) if name else None
