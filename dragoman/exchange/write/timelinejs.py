"""TimelineJS 3: contacts, agreements and promises as the events of a timeline. What is shown is HTML, so every word is escaped."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from html import escape
from typing import Any

from dragoman.exchange.write import telling
from dragoman.model import time
from dragoman.model.exporting import Bundle
from dragoman.model.facts import Fact
from dragoman.model.instruments import Instrument
from dragoman.model.meetings import Meeting
from dragoman.model.promises import Promise
from dragoman.model.saying import date

NAME = "timelinejs"
CARRIES = ("contact", "instrument", "commitment", "facts")
SUFFIX = ".timeline.json"
MEDIA = "application/json"
CANNOT = "all but contacts, agreements and promises; what has no date"

GROUPS = {"contact": "contacts", "instrument": "agreements", "commitment": "deadlines"}


def write(bundle: Bundle) -> Iterator[str]:
    """One JSON object over several lines, an event a line."""
    yield '{"title": {"text": {"headline": "Record of dragoman"}}, "events": ['
    ahead = ""
    for told in telling.with_claims(bundle, GROUPS):
        if event := _event(bundle, told):
            yield ahead + json.dumps(event, ensure_ascii=False)
            ahead = ","
    yield "]}"


def left_out(bundle: Bundle) -> dict[str, int]:
    """How many facts have no date."""
    undated = sum(1 for fact in bundle.facts if fact.kind in GROUPS and not _edtf(fact))
    return {"facts without a date": undated} if undated else {}


def _edtf(fact: Fact) -> str | None:
    """The day of the fact; of a promise its last deadline, else the day it was made."""
    if isinstance(fact, Promise):
        return fact.deadlines[-1].date if fact.deadlines else fact.date
    return fact.date if isinstance(fact, Meeting | Instrument) else None


def _event(bundle: Bundle, told: telling.Told) -> dict[str, Any] | None:
    fact: Fact = told.fact
    edtf = _edtf(fact)
    days = telling.days(edtf)
    if edtf is None or days is None:
        return None
    start, end = days.first or days.last, days.last
    if start is None:
        return None
    precision = time.precision(edtf)
    event: dict[str, Any] = {"unique_id": fact.id, "group": GROUPS[fact.kind], "start_date": _parts(start, precision),
                             "display_date": date(edtf), "text": {"headline": escape(telling.headline(fact)), "text": _text(bundle, told)}}
    if days.first and end and precision in ("interval", "season") and end != start:
        event["end_date"] = _parts(end, "day")
    return event


def _parts(day: dt.date, precision: str) -> dict[str, int]:
    """The date as far as it is known."""
    parts = {"year": day.year}
    if precision != "year":
        parts["month"] = day.month
    if precision not in ("year", "month"):
        parts["day"] = day.day
    return parts


def _text(bundle: Bundle, told: telling.Told) -> str:
    """What the fact says beside its headline, then its sources, each with its address where it is one of the web."""
    lines = [escape(telling.one_line(line)) for line in _MORE[told.fact.kind](told.fact)]
    for row in told.claims(told.fact.claims):
        words = escape(telling.cited(row, bundle.quotes))
        url = row.document.url or ""
        lines.append(f'<a href="{escape(url)}">{words}</a>' if telling.is_address(url) else words)
    return "".join(f"<p>{line}</p>" for line in lines)


def _of_meeting(fact: Meeting) -> list[str]:
    told = [fact.occasion or "", f"Topics: {', '.join(fact.topics)}" if fact.topics else "", fact.place.name if fact.place else ""]
    told += [f"Sources differ on {d.field}: {'; '.join(s.value for s in d.values)}" for d in fact.differences]
    return [t for t in told if t]


def _of_instrument(fact: Instrument) -> list[str]:
    steps = [f"{s.stage}: {date(s.date)}" + ("" if s.modality == "actual" else f" ({s.modality})") for s in fact.steps]
    return steps + ([f"Runs until {date(fact.until)}"] if fact.until else [])


def _of_promise(fact: Promise) -> list[str]:
    due = [f"Deadline: {date(d.date)}" for d in fact.deadlines]
    return due + [f"{s.axis}: {s.status}, {date(s.date)}" for s in fact.history]


_MORE: dict[str, Callable[[Any], list[str]]] = {"contact": _of_meeting, "instrument": _of_instrument, "commitment": _of_promise}
