"""TimelineJS: the JSON that its documentation asks for; what it shows as HTML is read by an HTML parser."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import lxml.html
import pytest

from dragoman import Record
from dragoman.exchange.write import timelinejs
from dragoman.model.exporting import Bundle

Bundled = Callable[..., Bundle]


@pytest.fixture
def events(bundled: Bundled) -> dict[str, dict[str, Any]]:
    found = json.loads("\n".join(timelinejs.write(bundled())))
    return {lxml.html.fromstring(e["text"]["headline"]).text_content(): e for e in found["events"]}


def test_dates_keep_their_precision(events: dict[str, dict[str, Any]]) -> None:
    meeting = events["Meeting: Ports, Harbours & Fisheries Agency, Ólafur Þórsson and Гүлнар Есенова"]
    assert meeting["start_date"] == {"year": 2024, "month": 3, "day": 11} and "end_date" not in meeting
    visit = events["Visit of Гүлнар Есенова to Iceland (planned)"]
    assert (visit["start_date"], visit["display_date"]) == ({"year": 2024, "month": 6}, "June 2024")
    promise = events["Iceland: to open a consulate in Almaty"]
    assert (promise["display_date"], promise["start_date"]["year"], promise["group"]) == ("by the end of 2027", 2027, "deadlines")
    treaty = events["Agreement on fish, grain and ports (signed)"]
    assert treaty["start_date"] == {"year": 2019, "month": 5, "day": 2} and treaty["group"] == "agreements"
    assert len({e["unique_id"] for e in events.values()}) == 4


def test_the_text_opens_its_sources(events: dict[str, dict[str, Any]]) -> None:
    text = lxml.html.fromstring(events["Visit of Гүлнар Есенова to Iceland (planned)"]["text"]["text"])
    assert [a.get("href") for a in text.iter("a")] == ["https://stat.example/2024/trade"]
    assert "“She will visit Reykjavik in June 2024.”" in text.text_content()


def test_an_undated_contact_is_counted_and_not_placed(bundled: Bundled) -> None:
    assert timelinejs.left_out(bundled()) == {"facts without a date": 1}


def test_markup_in_a_document_stays_text(bundled: Bundled, invented_record: Record) -> None:
    meeting = next(m for m in invented_record.facts("contact") if m.occasion)
    hostile = replace(meeting, occasion="<script>alert(1)</script>", participants=(replace(meeting.participants[0], name="<img src=x>"),))
    (event,) = json.loads("\n".join(timelinejs.write(replace(bundled(), facts=[hostile]))))["events"]
    for words in event["text"].values():
        assert not [e.tag for e in lxml.html.fromstring(f"<div>{words}</div>").iter() if e.tag in ("script", "img")]
