"""What became of the promises of the benchmark's gold record, from its gold claims."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dragoman.model.claims import ActorRef, Agreement, Amount, Claim, Commitment, Contact, Event, Figure, Mission, Tenure
from dragoman.model.documents import Evidence
from dragoman.model.facts import NOTHING
from dragoman.model.promises import Promise
from dragoman.reference import states
from dragoman.resolve import promises

BENCHMARK = Path(__file__).resolve().parents[2] / "benchmark"
GOLD = json.loads((BENCHMARK / "record_gold.json").read_text(encoding="utf-8"))["clusters"]
KINDS: dict[str, type[Claim]] = {c.kind: c for c in (Agreement, Commitment, Contact, Event, Figure, Mission, Tenure)}
FIELDS = {
    "agreement": ("title", "type", "action", "date", "until"), "commitment": ("topic", "deadline", "status"),
    "event": ("event_type", "date"), "contact": ("mode", "host", "date"), "mission": ("sending", "receiving", "type", "city"),
    "figure": ("indicator", "low", "high", "unit", "measure", "period", "base_period", "reporter", "counterpart"),
    "tenure": ("position", "organization", "state", "change"),
}  # fmt: skip
ACTORS = {"agreement": ("parties",), "commitment": ("by", "to"), "event": ("source", "recipient"), "contact": ("participants",)}


def _claims(files: list[str]) -> Iterator[Claim]:
    rows = [json.loads(line) for line in (BENCHMARK / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    published = {r["file"]: r.get("published") for r in rows if r["kind"] == "document"}
    for r in rows:
        if r["file"] not in files or r["kind"] not in KINDS or r.get("start") is None:
            continue
        fields: dict[str, Any] = {f: r[f] for f in FIELDS[r["kind"]] if r.get(f) is not None}
        fields |= {f: tuple(map(_actor, r.get(f) or ())) for f in ACTORS.get(r["kind"], ())}
        if r["kind"] == "commitment":
            target = r.get("target")
            fields["action"] = r["quote"]
            fields["target"] = Amount(target.get("low"), target.get("high"), target.get("unit", "1")) if target else None
        elif r["kind"] == "figure":
            fields["parties"] = tuple(r.get("parties") or ())
        elif r["kind"] == "tenure":
            fields["person"] = ActorRef(r["person"], r["person"], None, r.get("state"))
        yield KINDS[r["kind"]](document=r["file"], evidence=(Evidence(r["start"], r["end"], r["quote"]),), asserted=published[r["file"]],
                               modality=r.get("modality") or "actual", **fields)  # fmt: skip


def _actor(name: str) -> ActorRef:
    return ActorRef(None, name, f"state:{name}", name) if states.short_name(name) else ActorRef(name, name)


@cache
def record(cluster: int) -> tuple[tuple[Promise, ...], dict[str, Claim]]:
    """The promises of a cluster, and its claims by id."""
    blocks: dict[str, list[Claim]] = defaultdict(list)
    by_id = {c.id: c for c in _claims(GOLD[cluster]["files"])}
    for claim in by_id.values():
        for block in promises.blocks(claim, GOLD[cluster]["pair"]):
            blocks[block].append(claim)
    return tuple(f for name, claims in sorted(blocks.items()) for f in promises.resolve(name, claims, NOTHING)), by_id


@pytest.mark.parametrize(("cluster", "wanted"), [(k, c) for k, g in enumerate(GOLD) for c in g["commitments"]], ids=lambda v: str(v)[:60])
def test_final_status(cluster: int, wanted: dict[str, Any]) -> None:
    facts, by_id = record(cluster)
    made = wanted["made"]

    def shared(fact: Promise) -> int:
        here = [by_id[i] for i in fact.made if by_id[i].document == made["file"]]
        return max((min(c.evidence[0].end, made["end"]) - max(c.evidence[0].start, made["start"]) for c in here), default=0)

    fact = max(facts, key=shared)
    assert shared(fact) > 0
    assert promises.status(fact, wanted["as_of"]).status == wanted["final_status"], fact.history
