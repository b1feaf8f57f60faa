"""PLOVER records, one a line, also with the names that the gold standard records have: events coded by others, by hand or by machine."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dragoman.exchange.read import values
from dragoman.exchange.read.sheet import Line, Sheet
from dragoman.exchange.read.sides import Unknown, actor
from dragoman.exchange.read.taking import Taking
from dragoman.model import time
from dragoman.model.claims import ActorRef, Claim, Event, Link, PlaceRef
from dragoman.reference import plover

NAME = "plover"
COLUMNS = ("json",)
CONFIDENCE = 0.5
NOBODY = "events without an actor"


def fits(sheet: Sheet) -> bool:
    """Whether the first line is a record of PLOVER."""
    first = _object(sheet.rows[0][3][0]) if sheet.rows else None
    return first is not None and "event" in first and ("actor" in first or "source" in first)


def claims(sheet: Sheet, taking: Taking) -> Iterator[Claim]:
    """An event a record; one with several categories or modes gives several, as in PLOVER."""
    taking.outlet = taking.outlet or "PLOVER records"
    for line in sheet.lines():
        record = _object(line.cells["json"])
        if record is None:
            sheet.bad(line.number, "bad-json", "The line is not JSON.", "Write one object a line.", line.cells["json"])
            continue
        try:
            yield from _events(record, sheet, line, taking)
        except Unknown:
            continue


def _object(line: str) -> Mapping[str, Any] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _events(record: Mapping[str, Any], sheet: Sheet, line: Line, taking: Taking) -> Iterator[Event]:
    date = _date(record)
    if date is None:
        taking.bad_value(sheet, line, str(record.get("date", "")), "a day as 2024-03-01")
        return
    source = _side(_list(record.get("actor") or record.get("source")), sheet, line, taking)
    recipient = _side(_list(record.get("recipient") or record.get("target")), sheet, line, taking)
    if not source:
        taking.left_out[NOBODY] += 1
        return
    given = [str(m).strip() for m in _list(record.get("mode"))]
    modality = next((m for word in given if (m := plover.modality(word))), "actual")
    contexts = tuple(c for word in _list(record.get("context")) for c in str(word).replace(",", ";").split(";"))
    for category in _list(record.get("event")):
        name, mode = plover.today(str(category))
        if not name:
            taking.unknown(sheet, line, "category of PLOVER", str(category))
            return
        modes: list[str | None] = [m for m in given if m in plover.modes(name)]
        for one in modes or [mode]:
            yield Event(**taking.common(sheet, line, *_links(record)) | {"rules": ("plover",), "modality": modality}, event_type=name,
                        mode=one, context=tuple(c.strip() for c in contexts if c.strip() in plover.contexts()), source=source,
                        recipient=recipient, date=date, place=_place(record))


def _date(record: Mapping[str, Any]) -> str | None:
    first = values.day(str(record.get("date", "")))
    last = values.day(str(record["enddate"])) if record.get("enddate") else None
    return time.span(first, last) if first and last else first


def _list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _side(some: Sequence[Any], sheet: Sheet, line: Line, taking: Taking) -> tuple[ActorRef, ...]:
    out = []
    for one in some:
        if isinstance(one, dict):
            code = str(one.get("code") or "")[:3]
            words = str(one.get("identifier_text") or one.get("entity_text") or one.get("actorText") or "")
            found = actor(sheet, line, taking, code, words, plover.group(code), str(one.get("office") or ""))
            out += [found] if found else []
    return tuple(out)


def _links(record: Mapping[str, Any]) -> tuple[Link, ...]:
    cited = record.get("cite_info")
    name = (cited.get("url") or cited.get("citation")) if isinstance(cited, dict) else record.get("publication")
    return (Link("document", str(name)),) if name else ()


def _place(record: Mapping[str, Any]) -> PlaceRef | None:
    where = record.get("event_loc")
    if not isinstance(where, dict):
        return None
    name = where.get("city") or where.get("resolved_place") or where.get("extracted_place")
    return PlaceRef(str(name), values.state(plover.iso(str(where.get("country_code") or "")))) if name else None
