"""iCalendar, read by the icalendar package."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import icalendar
import pytest

from dragoman import Record
from dragoman.exchange.write import icalendar as ours
from dragoman.model.exporting import Bundle

Bundled = Callable[..., Bundle]


def read(bundle: Bundle) -> icalendar.Calendar:
    data = "".join(line + "\n" for line in ours.write(bundle)).encode()
    assert all(len(line) <= 76 and line.endswith(b"\r") for line in data.split(b"\n")[:-1])
    calendar = icalendar.Calendar.from_ical(data)
    assert isinstance(calendar, icalendar.Calendar) and not calendar.errors
    return calendar


@pytest.fixture
def parts(bundled: Bundled) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for part in read(bundled()).subcomponents:
        assert not part.errors
        found.setdefault(part.name or "", []).append(part)
    return found


def test_contacts_are_events(parts: dict[str, list[Any]]) -> None:
    meeting, visit = sorted(parts["VEVENT"], key=lambda e: e.decoded("DTSTART"))
    assert (meeting.decoded("DTSTART"), meeting.decoded("DTEND")) == (dt.date(2024, 3, 11), dt.date(2024, 3, 12))
    assert str(meeting["SUMMARY"]) == "Meeting: Ports, Harbours & Fisheries Agency, Ólafur Þórsson and Гүлнар Есенова"
    assert (str(meeting["LOCATION"]), str(meeting["STATUS"])) == ("Akureyri, Iceland", "CONFIRMED")
    assert '3rd session, in Akureyri; of the "Working Group"\nTopics: grain, cold chains, ports\n' in str(meeting["DESCRIPTION"])
    assert str(meeting["URL"]) == "https://gazette.example/ports?id=1&x=2"
    assert str(visit["STATUS"]) == "TENTATIVE" and "June 2024" in str(visit["SUMMARY"])
    assert (visit.decoded("DTSTART"), visit.decoded("DTEND")) == (dt.date(2024, 6, 1), dt.date(2024, 7, 1))
    assert str(visit["X-DRAGOMAN-DATE"]) == "2024-06"


def test_a_contact_without_a_date_gets_none(parts: dict[str, list[Any]]) -> None:
    (call,) = parts["VJOURNAL"]
    assert "DTSTART" not in call and str(call["SUMMARY"]) == "Call: Iceland and Kazakhstan" and "no date" in str(call["DESCRIPTION"])


def test_deadlines_are_tasks(parts: dict[str, list[Any]]) -> None:
    (task,) = parts["VTODO"]
    assert task.decoded("DUE") == dt.date(2027, 12, 31) and str(task["X-DRAGOMAN-DATE"]) == "../2027"
    assert (str(task["STATUS"]), int(task["PERCENT-COMPLETE"])) == ("COMPLETED", 100)
    assert str(task["SUMMARY"]) == "Iceland: to open a consulate in Almaty"
    assert task.decoded("DTSTAMP") == dt.datetime(2024, 4, 30, tzinfo=dt.UTC)
    assert "shown: done, by the end of April 2024" in str(task["DESCRIPTION"])


def test_uids_are_the_facts_and_stay(parts: dict[str, list[Any]], bundled: Bundled) -> None:
    every = [str(p["UID"]) for rows in parts.values() for p in rows]
    assert len(set(every)) == len(every) == 4
    assert sorted(str(p["UID"]) for p in read(bundled()).subcomponents) == sorted(every)


@pytest.mark.parametrize("words", ["a\r\nEND:VCALENDAR\r\nBEGIN:VEVENT", "x;y,z\\n\x07", "Þ" * 200])
def test_no_words_of_a_document_break_out_of_their_line(bundled: Bundled, invented_record: Record, words: str) -> None:
    meeting = next(m for m in invented_record.facts("contact") if m.occasion)
    (event,) = read(replace(bundled(), facts=[replace(meeting, occasion=words)])).events
    assert str(event["DESCRIPTION"]).split("\nTopics")[0] == " ".join("".join(c if c.isprintable() else " " for c in words).split())


def test_without_quotes_sources_are_named_and_not_quoted(bundled: Bundled) -> None:
    text = "".join(ours.write(bundled(quotes=False)))
    assert "She will visit" not in text and "Bureau of National Sta" in text
