"""Contacts, agreements and missions of the benchmark's gold record, from its gold claims."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

from dragoman.checks import instruments as check
from dragoman.model.claims import ActorRef, Agreement, Claim, Commitment, Contact, Mission, PlaceRef
from dragoman.model.documents import Evidence
from dragoman.model.facts import NOTHING, Conflict
from dragoman.model.meetings import Meeting
from dragoman.model.members import Post
from dragoman.reference import places, states
from dragoman.resolve import contacts, instruments, missions

BENCHMARK = Path(__file__).resolve().parents[2] / "benchmark"
GOLD = json.loads((BENCHMARK / "record_gold.json").read_text(encoding="utf-8"))["clusters"]
KINDS: dict[str, type[Claim]] = {c.kind: c for c in (Contact, Agreement, Commitment, Mission)}
FIELDS = {
    "contact": ("mode", "visit_type", "host", "date", "occasion"), "agreement": ("title", "type", "action", "date", "until"),
    "commitment": ("topic", "deadline", "status"), "mission": ("sending", "receiving", "type", "city"),
}  # fmt: skip
ACTORS = {"contact": ("participants",), "agreement": ("parties",), "commitment": ("by", "to"), "mission": ()}


@cache
def claims() -> tuple[tuple[str, tuple[str, ...], Claim], ...]:
    """Cluster, parties and claim of every gold line of the record; persons have the office that the cluster's tenures give them."""
    rows = [json.loads(line) for line in (BENCHMARK / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    return tuple((c["id"], tuple(c["pair"]), claim) for c in GOLD for claim in _claims([r for r in rows if r["file"] in c["files"]]))


def _claims(rows: list[dict[str, Any]]) -> Iterator[Claim]:
    held = {r["person"]: (r.get("state"), r["position"]) for r in rows if r["kind"] == "tenure"}
    published = {r["file"]: r.get("published") for r in rows if r["kind"] == "document"}
    for r in rows:
        if r["kind"] not in KINDS or r.get("start") is None:
            continue
        fields = {f: r[f] for f in FIELDS[r["kind"]] if r.get(f) is not None}
        fields |= {f: tuple(_actor(name, held) for name in r.get(f) or ()) for f in ACTORS[r["kind"]]}
        if r["kind"] == "commitment":
            fields["action"] = r["quote"]
        if r.get("place"):
            place = places.find(r["place"])
            fields["place"] = PlaceRef(r["place"], place.states[0] if place and len(place.states) == 1 else None)
        yield KINDS[r["kind"]](document=r["file"], evidence=(Evidence(r["start"], r["end"], r["quote"]),), asserted=published[r["file"]],
                               modality=r.get("modality") or "actual", **fields)  # fmt: skip


def _actor(name: str, held: dict[str, tuple[str | None, str]]) -> ActorRef:
    if states.short_name(name):
        return ActorRef(None, name, f"state:{name}", name)
    state, position = held.get(name, (None, None))
    return ActorRef(name, name, None, state, position)


def facts(room: Any) -> list[Any]:
    """All facts of a room."""
    blocks: dict[str, list[Claim]] = defaultdict(list)
    for _, parties, claim in claims():
        for block in room.blocks(claim, parties) if claim.kind in room.READS else ():
            blocks[block].append(claim)
    return [f for block in sorted(blocks) for f in room.resolve(block, blocks[block], NOTHING)]


def at(mention: dict[str, Any]) -> set[str]:
    """The claims whose words overlap a mention."""
    return {
        c.id for _, _, c in claims()
        if c.document == mention["file"] and c.evidence[0].start < mention["end"] and mention["start"] < c.evidence[0].end
    }  # fmt: skip


@cache
def meetings() -> tuple[Meeting, ...]:
    return tuple(facts(contacts))


def encounters(mention: dict[str, Any]) -> set[str]:
    """The contacts that a mention tells of, a meeting in a visit as the visit."""
    return {f.part_of or f.id for f in meetings() if at(mention) & {*f.claims, *f.related}}


def test_the_mentions_of_each_contact_are_together_and_its_look_alikes_apart() -> None:
    for group in (g for cluster in GOLD for g in cluster["same_contacts"]):
        for one, other in combinations(group["members"], 2):
            assert encounters(one) & encounters(other), (one["quote"], other["quote"])
        for other in group["not_the_same"]:
            assert all(not encounters(one) & encounters(other) for one in group["members"]), other["quote"]


def test_each_claim_is_in_one_contact() -> None:
    told = [c for f in meetings() for c in f.claims]
    assert sorted(told) == sorted(c.id for _, _, c in claims() if c.kind == "contact")


def test_the_conflicts_of_agreements_are_found_and_no_others() -> None:
    found: list[Conflict] = list(check.check(facts(instruments)))
    assert [c.about.split(" ")[0] for c in found] == ["day", "who"]
    wanted = {c["about"]: set().union(*map(at, c["claims"])) for cluster in GOLD for c in cluster["conflicts"]}
    assert set(found[0].claims) <= wanted["day of the signature"] | wanted["who signed"]
    assert len(set(found[1].claims) & wanted["who signed"]) == 2


def test_a_consulate_planned_and_opened_is_one_history() -> None:
    posts: list[Post] = [p for p in facts(missions) if p.city == "Saint-Louis"]
    assert [(p.status, p.since, [t.what for t in p.history]) for p in posts] == [("open", "2023-03-03", ["planned", "opened", "there"])]
