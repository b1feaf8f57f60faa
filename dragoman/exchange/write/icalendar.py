"""iCalendar (RFC 5545): contacts as events, deadlines of promises as tasks, contacts without a date as journal entries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from dragoman.exchange.write import telling
from dragoman.model import time
from dragoman.model.exporting import Bundle
from dragoman.model.facts import Fact
from dragoman.model.meetings import Meeting
from dragoman.model.promises import Promise
from dragoman.model.saying import date
from dragoman.model.stored import ClaimRow

NAME = "icalendar"
CARRIES = ("contact", "commitment", "facts")
SUFFIX = ".ics"
MEDIA = "text/calendar"
CANNOT = "all but contacts and promises; who said what of a contact, beyond one line a source"

EVENT_STATUS = {"held": "CONFIRMED", "planned": "TENTATIVE", "possible": "TENTATIVE", "called off": "CANCELLED"}
TASK_STATUS = {"done": "COMPLETED", "dropped": "CANCELLED", "under way": "IN-PROCESS"}
OCTETS = 75
SOURCES = 5


def write(bundle: Bundle) -> Iterator[str]:
    """The lines of one calendar; each ends with the CR that the format asks for before the line's end."""
    stamp = f"{_digits(_day(bundle.as_of))}T000000Z"
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//dragoman//dragoman//EN", "CALSCALE:GREGORIAN"]
    yield from (line + "\r" for line in head)
    for told in telling.with_claims(bundle, ("contact", "commitment")):
        fact, rows = told.fact, told.claims(told.fact.claims)
        for line in _contact(bundle, fact, rows) if isinstance(fact, Meeting) else _deadlines(bundle, fact, rows):
            yield from _folded(f"DTSTAMP:{stamp}" if line == "DTSTAMP" else line)
    yield "END:VCALENDAR\r"


def left_out(bundle: Bundle) -> dict[str, int]:
    """How many promises have no deadline."""
    open_ended = sum(1 for fact in bundle.facts if isinstance(fact, Promise) and not _due(fact))
    return {"promises without a deadline": open_ended} if open_ended else {}


def _due(fact: Promise) -> list[tuple[str, dt.date]]:
    """The deadlines with their last days; one that never ends is none."""
    return [(d.date, last) for d in fact.deadlines if (span := telling.days(d.date)) and (last := span.last)]


def _contact(bundle: Bundle, fact: Meeting, rows: Sequence[ClaimRow]) -> Iterator[str]:
    days = telling.days(fact.date)
    kind = "VEVENT" if days and days.first else "VJOURNAL"
    yield from (f"BEGIN:{kind}", f"UID:{fact.id.replace(':', '-')}@dragoman", "DTSTAMP")
    if days and days.first:
        yield f"DTSTART;VALUE=DATE:{_digits(days.first)}"
        last = min(days.last or days.first, dt.date.max - dt.timedelta(days=1))
        yield f"DTEND;VALUE=DATE:{_digits(last + dt.timedelta(days=1))}"  # the day after the last one
    when = "" if not fact.date or time.precision(fact.date) == "day" else f" ({date(fact.date)})"
    yield f"SUMMARY:{_text(telling.headline(fact) + when)}"
    if kind == "VEVENT":
        yield f"STATUS:{EVENT_STATUS[fact.status]}"
        yield "TRANSP:TRANSPARENT"
    place = ", ".join(w for w in (fact.place.name, telling.state(fact.place.state) if fact.place.state else "") if w) if fact.place else ""
    if place and kind == "VEVENT":
        yield f"LOCATION:{_text(place)}"
    yield f"CATEGORIES:{_text(fact.mode)}"
    told = [f"Date as the sources have it: {date(fact.date)}"] if when or not fact.date else []
    told += [fact.occasion] if fact.occasion else []
    told += [f"Topics: {', '.join(fact.topics)}"] if fact.topics else []
    told += [f"Sources differ on {d.field}: {'; '.join(s.value for s in d.values)}" for d in fact.differences]
    yield from _told(bundle, fact, rows, told)
    if fact.date:
        yield f"X-DRAGOMAN-DATE:{_text(fact.date)}"
    yield f"END:{kind}"


def _deadlines(bundle: Bundle, fact: Promise, rows: Sequence[ClaimRow]) -> Iterator[str]:
    """One task a promise that has a deadline; a revised deadline takes the place of the first, and both are told."""
    due = _due(fact)
    if not due:
        return
    status = fact.history[-1].status if fact.history else ""
    yield from ("BEGIN:VTODO", f"UID:{fact.id.replace(':', '-')}@dragoman", "DTSTAMP", f"DUE;VALUE=DATE:{_digits(due[-1][1])}")
    yield f"SUMMARY:{_text(telling.headline(fact))}"
    yield f"STATUS:{TASK_STATUS.get(status, 'NEEDS-ACTION')}"
    if status == "done":
        yield "PERCENT-COMPLETE:100"
    yield "CATEGORIES:commitment"
    told = [f"Deadline: {date(d.date)}" + ("" if k == 0 else " (revised)") for k, d in enumerate(fact.deadlines)]
    yield from _told(bundle, fact, rows, told + [f"{s.axis}: {s.status}, {date(s.date)}" for s in fact.history])
    yield f"X-DRAGOMAN-DATE:{_text(due[-1][0])}"
    yield "END:VTODO"


def _told(bundle: Bundle, fact: Fact, rows: Sequence[ClaimRow], told: Iterable[str]) -> Iterator[str]:
    """The description, which ends with the sources, and the address of the first that has one."""
    lines = [*told, *(telling.cited(row, bundle.quotes) for row in rows[:SOURCES])]
    lines += [f"and {len(rows) - SOURCES} more sources"] if len(rows) > SOURCES else []
    yield f"DESCRIPTION:{_text(chr(10).join(telling.one_line(line) for line in lines))}"
    address = next((d.url for d in telling.sources(rows) if telling.is_address(d.url)), None)
    if address:
        yield f"URL:{telling.one_line(address).replace(' ', '%20')}"
    yield f"X-DRAGOMAN-FACT:{fact.id}"


def _day(edtf: str | None) -> dt.date:
    """The last day of a date, for the stamp; the first day of 1970 where the record has no date."""
    span = telling.days(edtf)
    return (span.last if span else None) or dt.date(1970, 1, 1)


def _digits(day: dt.date) -> str:
    return day.isoformat().replace("-", "")


def _text(words: str) -> str:
    """TEXT of RFC 5545: backslash, semicolon, comma and line end escaped, other control characters left out."""
    plain = "".join(c for c in words if c == "\n" or c.isprintable())
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets, no character torn apart; each but the first begins with a space."""
    piece, size = "", 0
    for c in line:
        width = len(c.encode("utf-8", "replace"))
        if size + width > OCTETS:
            yield piece + "\r"
            piece, size = " ", 1
        piece += c
        size += width
    yield piece + "\r"
