"""The chains of the benchmark's gold record, from its gold claims."""

from __future__ import annotations

import datetime as dt
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dragoman import documents
from dragoman.annotate import annotate_all
from dragoman.extract import extract_all
from dragoman.model import time
from dragoman.model.claims import ActorRef, Tenure
from dragoman.model.documents import Document, Evidence, Raw, Source
from dragoman.model.offices import Chain, Occupancy
from dragoman.reference.slug import slug
from dragoman.resolve import holders, offices

BENCHMARK = Path(__file__).resolve().parents[2] / "benchmark"
GOLD = json.loads((BENCHMARK / "record_gold.json").read_text(encoding="utf-8"))
# holders of a day that no tenure of the gold has: only a contact, and a beginning that is told of the predecessor's next office alone
NO_CLAIM = {("Kemal Arslanoğlu", "2020-02-29"), ("Jamshid Ergashev", "2024-08-31")}


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


def days() -> list[tuple[str, str, str, str]]:
    """Position, state or body, day and holder: the first and the last sure day of each holder, and one in the middle."""
    out = []
    for cluster in GOLD["clusters"]:
        for office in cluster["offices"]:
            place = office["state"] or office["organization"]
            for held in office["chain"]:
                first = time.parse(held["from"]).last
                end = time.parse(held["to"]).first if held["to"] else None
                last = end - dt.timedelta(days=1) if end else first
                assert first and last
                span = (first, first + (last - first) / 2, last)
                out += [(office["position"], place, day.isoformat(), held["person"]) for day in dict.fromkeys(span)]
    return out


def sure(known: list[Chain], position: str, place: str, day: str) -> list[Occupancy]:
    """Who held it on that day for certain, the one who came last first."""
    return [h.fact for h in holders.who(known, position, place, day).holders if h.how != "possible"]


@pytest.mark.parametrize(("position", "place", "day", "person"), [case for case in days() if (case[3], case[2]) not in NO_CLAIM])
def test_the_holder_of_each_day(position: str, place: str, day: str, person: str) -> None:
    found = sure(chains(), position, place, day)
    assert [f.person.name for f in found][:1] == [person], found
    assert all(f.until == day or f.person.name == person for f in found[1:]), "on a day of change, whoever went that day too"


def test_the_reader_s_own_claims_give_nearly_all_days() -> None:
    files = [BENCHMARK / "documents" / f for cluster in GOLD["clusters"] for f in cluster["files"]]
    raw = [Raw(Source(f.name, str(f), "", 1, "text/plain", ""), f.read_bytes()) for f in files]
    read = [d for one in raw for d in documents.read(one) if isinstance(d, Document)]
    known = offices.chains(c for text in annotate_all(read) for c in extract_all(text))
    cases = days()
    right = [case for case in cases if [f.person.name for f in sure(known, *case[:3])][:1] == [case[3]]]
    assert len(right) >= 0.9 * len(cases), set(cases) - set(right)


def test_no_chain_of_the_gold_record_has_two_holders_at_once() -> None:
    wanted = {(o["position"], o["state"]) for cluster in GOLD["clusters"] for o in cluster["offices"]}
    assert [c.overlaps for c in chains() if (c.position.name, c.position.state) in wanted and c.overlaps] == []
