"""POLECAT rows as claims of low standing: machine-coded events with the name of their source."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.exchange.read import values
from dragoman.exchange.read.sheet import Line, Sheet, key
from dragoman.exchange.read.sides import Unknown, actor
from dragoman.exchange.read.taking import Taking
from dragoman.model.claims import ActorRef, Claim, Event, Link, PlaceRef
from dragoman.reference import plover

NAME = "polecat"
CONFIDENCE = 0.3
WIDTH = 40
NEEDS = {key(n) for n in ("Event ID", "Event Date", "Event Type", "Actor Name", "Actor Country", "Recipient Name", "Recipient Country")}
NOBODY = "events without an actor"


def fits(sheet: Sheet) -> bool:
    """Whether the header is POLECAT's; released files may have further names in it."""
    return set(sheet.columns) >= NEEDS


def claims(sheet: Sheet, taking: Taking) -> Iterator[Claim]:
    """An event a row."""
    taking.outlet = taking.outlet or "POLECAT"
    if len(sheet.columns) > WIDTH and all(not "".join(cells[WIDTH:]).strip() for _, _, _, cells in sheet.rows[:20]):
        sheet.columns = sheet.columns[:WIDTH]  # some released files name more columns than they have
    for line in sheet.lines():
        try:
            event = _event(sheet, line, taking)
        except Unknown:
            continue
        if event:
            yield event


def _event(sheet: Sheet, line: Line, taking: Taking) -> Event | None:
    cells = line.cells
    category, day = cells["eventtype"].upper(), values.day(cells["eventdate"])
    if category not in plover.categories():
        taking.unknown(sheet, line, "category of PLOVER", cells["eventtype"])
        return None
    if day is None:
        taking.bad_value(sheet, line, cells["eventdate"], "a day as 2024-03-01")
        return None
    source, recipient = _side(sheet, line, taking, "actor"), _side(sheet, line, taking, "recipient")
    if source is None:
        taking.left_out[NOBODY] += 1
        return None
    mode = cells.get("eventmode", "").casefold()
    contexts = tuple(c.strip() for c in cells.get("contexts", "").replace("|", ";").split(";") if c.strip() in plover.contexts())
    place, state = cells.get("city") or cells.get("placename") or "", plover.iso(cells.get("country", ""))
    links = (Link("outlet", cells["source"]),) if cells.get("source") else ()
    return Event(**taking.common(sheet, line, *links) | {"rules": ("polecat",)}, event_type=category, context=contexts, date=day,
                 mode=mode if mode in plover.modes(category) else None, source=(source,), recipient=(recipient,) if recipient else (),
                 place=PlaceRef(place, values.state(state) if state else None) if place else None)


def _side(sheet: Sheet, line: Line, taking: Taking, which: str) -> ActorRef | None:
    cells = line.cells
    country = cells[f"{which}country"].split(";")[0].strip()
    position = cells.get(f"{which}title", "").casefold()
    return actor(sheet, line, taking, country, cells[f"{which}name"].split(";")[0].strip(), plover.group(country), position)
