"""The chains of the benchmark's gold record, from its gold claims."""

from __future__ import annotations

import datetime as dt
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dragoman.model import time
from dragoman.model.claims import ActorRef, Tenure
from dragoman.model.documents import Evidence
from dragoman.model.offices import Chain
from dragoman.reference.slug import slug
from dragoman.resolve import holders, offices

BENCHMARK = Path(__file__).resolve().parents[2] / "benchmark"
GOLD = json.loads((BENCHMARK / "record_gold.json").read_text(encoding="utf-8"))
# an office under two names at once, whose first holder's end follows only from her next office
LEFT_OUT = {"deputy prime minister, head of the Uzbek part of the Intergovernmental Commission"}
NO_CLAIM = {("Kemal Arslanoğlu", "2020-02-29")}  # only a contact, not a tenure, has him in office then


@cache
def chains() -> list[Chain]:
    files = {f for cluster in GOLD["clusters"] for f in cluster["files"]}
    rows = [json.loads(line) for line in (BENCHMARK / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    published = {r["file"]: r.get("published") for r in rows if r["kind"] == "document" and r["file"] in files}
    return offices.chains(_claim(r, published[r["file"]]) for r in rows if r["kind"] == "tenure" and r["file"] in files)


def _claim(row: dict[str, Any], published: str | None) -> Tenure:
    day = re.search(r"held on (\S+)", row.get("note", ""))
    body = row.get("organization")
    return Tenure(
        document=row["file"],
        evidence=(Evidence(row.get("start") or 0, row.get("end") or 0, row.get("quote") or ""),),
        asserted=published,
        person=ActorRef(row["person"], row["person"]),
        position=row["position"],
        organization=body,
        organization_id=f"org:{slug(body)}" if body else None,
        state=row.get("state"),
        change=row.get("change") or "holds",
        acting=bool(row.get("acting")),
        since=row.get("tenure_start"),
        until=row.get("tenure_end"),
        date=day[1] if day else None,
    )


def days() -> list[tuple[str, str | None, str, str]]:
    """Position, state, day and holder: the first and the last sure day of each holder, and one in the middle."""
    out = []
    for cluster in GOLD["clusters"]:
        for office in cluster["offices"]:
            for held in office["chain"] if office["position"] not in LEFT_OUT else ():
                first = time.parse(held["from"]).last
                end = time.parse(held["to"]).first if held["to"] else None
                last = end - dt.timedelta(days=1) if end else first
                assert first and last
                span = (first, first + (last - first) / 2, last)
                out += [(office["position"], office["state"], day.isoformat(), held["person"]) for day in dict.fromkeys(span)]
    return [case for case in out if (case[3], case[2]) not in NO_CLAIM]


@pytest.mark.parametrize(("position", "state", "day", "person"), days())
def test_the_holder_of_each_day(position: str, state: str | None, day: str, person: str) -> None:
    found = holders.who(chains(), position, state, day)
    sure = [h.fact for h in found.holders if h.how != "possible"]
    assert [f.person.name for f in sure][:1] == [person], found
    assert all(f.until == day for f in sure[1:]), "on a day of change, whoever went that day too"


def test_no_chain_of_the_gold_record_has_two_holders_at_once() -> None:
    wanted = {(o["position"], o["state"]) for cluster in GOLD["clusters"] for o in cluster["offices"]}
    assert [c.overlaps for c in chains() if (c.position.name, c.position.state) in wanted and c.overlaps] == []
