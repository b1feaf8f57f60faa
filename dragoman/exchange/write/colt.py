"""A table of leaders' travel in COLT's columns: a row for each journey that the documents tell of; blank means "not stated", never No."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from dragoman.exchange.write import csv
from dragoman.model import time
from dragoman.model.claims import ActorRef, Agreement, PlaceRef
from dragoman.model.exporting import Bundle
from dragoman.model.meetings import Meeting
from dragoman.model.stored import ClaimRow
from dragoman.reference import offices_of_states, places, states

NAME = "colt"
CARRIES = ("contact",)
SUFFIX = ".colt.csv"
MEDIA = "text/csv"
CANNOT = ("calls and letters, planned and possible journeys, officials who are neither heads nor foreign ministers, what was said, topics, "
          "COLT's regions (left blank), and the twelve of its 76 columns whose names are not known here; without quotes, what is "
          "seen by the words alone: addresses, ceremonies, business leaders")
LINKS = 33
COLUMNS = (
    "TripID", "LeaderID", "LeaderFullName", "LeaderRole", "LeaderCountryOrIGO", "LeaderCountryISO", "LeaderRegion", "CountryVisited",
    "CountryVisitedISO", "RegionVisited", "SubRegionVisited", "CityVisited", "TripYear", "TripStartDate", "TripEndDate", "TripDuration",
    "MetHostHoGS", "HostHOGSName", "AttendedMultilatEvent", "NameMultilatEvent", "AttendedMultilatMinisterialEvent", "MetNonhostHOGS",
    "NonhostHOGSNames", "PublicAddress", "SignedAgreement", "CulturalSiteOrCeremony", "BusinessLeaderOrForum", "MetIGOLeader",
    "IGOLeaderName", "Notes", "Confidence(1-5)", *(f"SourceLink{n}" for n in range(1, LINKS + 1)),
)  # fmt: skip
NOT_HELD, NOT_LEADERS, NOWHERE = "contacts that were not held", "contacts without a travelling leader", "contacts without a country"


def write(bundle: Bundle) -> Iterator[str]:
    """The header and the journeys by day."""
    yield csv.line(COLUMNS)
    for trip in _trips(bundle):
        row = _row(*trip, bundle)
        yield csv.line([csv.written(row.get(column)) for column in COLUMNS])


def left_out(bundle: Bundle) -> Mapping[str, int]:
    """Contacts that are no journey of a leader."""
    out: Counter[str] = Counter()
    for fact in _meetings(bundle):
        if fact.mode in _sheet()["travels"]:
            if fact.status != "held":
                out[NOT_HELD] += 1
            elif _visited(fact) is None:
                out[NOWHERE] += 1
            elif not list(_travellers(fact)):
                out[NOT_LEADERS] += 1
    return out


@cache
def _sheet() -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return dict(yaml.load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"), Loader=loader))


@cache
def _words() -> dict[str, re.Pattern[str]]:
    """What tells of a column in the words of a journey."""
    return {column: _phrases(phrases) for column, phrases in _sheet()["words"].items()}


@cache
def _ministerial() -> re.Pattern[str]:
    return _phrases(_sheet()["ministerial"])


def _phrases(phrases: Iterable[str]) -> re.Pattern[str]:
    """One of some phrases, from the beginning of a word on."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})", re.I)


def _meetings(bundle: Bundle) -> Iterator[Meeting]:
    return (fact for fact in bundle.facts if isinstance(fact, Meeting))


def _trips(bundle: Bundle) -> Iterator[tuple[ActorRef, str, list[Meeting]]]:
    """Who travelled where, with the visit and the meetings that are part of it."""
    found = [fact for fact in _meetings(bundle) if fact.status == "held" and fact.mode in _sheet()["travels"]]
    wholes = {fact.id: fact for fact in found}
    parts: dict[str, list[Meeting]] = {}
    for fact in found:
        whole = fact.part_of if fact.part_of in wholes else fact.id
        parts.setdefault(whole or fact.id, []).append(fact)
    for name, some in parts.items():
        whole_fact = wholes[name]
        visited = next((v for f in (whole_fact, *some) if (v := _visited(f))), None)
        for who in _travellers(whole_fact) if visited else ():
            yield who, visited or "", sorted(some, key=lambda f: f.id != name)


def _visited(fact: Meeting) -> str | None:
    return fact.host or (fact.place.state if fact.place else None)


def _travellers(fact: Meeting) -> Iterator[ActorRef]:
    """The leaders of other states than the one visited."""
    visited = _visited(fact)
    return (who for who in fact.participants if _role(who) and who.state and visited and who.state != visited)


def _role(who: ActorRef) -> str | None:
    role: str | None = _sheet()["roles"].get(who.position or "")
    if role == "S" and who.position == "president" and who.state and not offices_of_states.possible("prime minister", who.state):
        return "GS"
    return role


def _row(who: ActorRef, visited: str, facts: list[Meeting], bundle: Bundle) -> dict[str, Any]:
    whole = facts[0]
    rows = bundle.cited(list(dict.fromkeys(c for fact in facts for c in fact.claims)))
    others = {a.name or a.mention: a for fact in facts for a in fact.participants if (a.name, a.state) != (who.name, who.state)}
    hosts = [a for a in others.values() if a.state == visited and _role(a) in ("S", "G", "GS")]
    third = [a for a in others.values() if a.state not in (visited, who.state, None) and _role(a) in ("S", "G", "GS")]
    bodies = [a for a in others.values() if (a.id or "").startswith("person:") and not a.state and "secretary" in (a.position or "")]
    event = next((f for f in facts if f.mode in _sheet()["multilateral"]), None)
    words = "\n".join(e.quote for row in rows for e in row.claim.evidence)
    signed = any(isinstance(r.claim, Agreement) and r.claim.action == "signed" for r in bundle.cited([c for f in facts for c in f.related]))
    return {
        "TripID": _number(who, visited, whole),
        "LeaderID": who.id, "LeaderFullName": who.name, "LeaderRole": _role(who),
        "LeaderCountryOrIGO": states.short_name(who.state or ""), "LeaderCountryISO": who.state,
        "CountryVisited": states.short_name(visited), "CountryVisitedISO": visited,
        "CityVisited": next((f.place.name for f in facts if f.place and _city(f.place, visited)), None),
        **_days(whole),
        "MetHostHoGS": _yes(hosts), "HostHOGSName": _names(hosts),
        "AttendedMultilatEvent": _yes(event), "NameMultilatEvent": event.occasion if event else None,
        "MetNonhostHOGS": _yes(third), "NonhostHOGSNames": _names(third),
        **{column: _yes(pattern.search(words)) for column, pattern in _words().items()},
        "AttendedMultilatMinisterialEvent": _yes(event and _ministerial().search(event.occasion or "")),
        "SignedAgreement": _yes(signed), "MetIGOLeader": _yes(bodies), "IGOLeaderName": _names(bodies),
        "Notes": _notes(who, facts),
        "Confidence(1-5)": str(1 + round(4 * max((r.claim.confidence for r in rows), default=0.0))),
        **{f"SourceLink{n}": link for n, link in enumerate(_links(rows), 1)},
    }  # fmt: skip


def _number(who: ActorRef, visited: str, fact: Meeting) -> str:
    """COLT's form of an id, 9 before a number made of the contact's."""
    told = hashlib.sha256(f"{fact.id}|{who.name}".encode()).hexdigest()
    return f"9{int(told[:7], 16):09d}-{who.state}-{visited}-{(fact.date or '0').translate(str.maketrans('', '', '-/.~?%'))[:8] or '0'}"


def _days(fact: Meeting) -> dict[str, Any]:
    """Year, and first and last day where these are known; a single day of a visit says nothing of its length."""
    if not fact.date or not time.is_edtf(fact.date):
        return {}
    span, exact = time.parse(fact.date), all(time.precision(part) == "day" for part in fact.date.split("/") if part not in ("", ".."))
    first, last = span.first, span.last
    if first is None or last is None:
        return {}
    year = {"TripYear": str(first.year)} if first.year == last.year else {}
    if not exact:
        return year
    length = {"TripDuration": str((last - first).days + 1)} if "/" in fact.date else {}
    return year | {"TripStartDate": first.isoformat(), "TripEndDate": last.isoformat()} | length


def _yes(what: object) -> str | None:
    return "Yes" if what else None


def _names(who: Iterable[ActorRef]) -> str | None:
    return "; ".join(a.name or a.mention or "" for a in who) or None


def _city(place: PlaceRef, visited: str) -> bool:
    """Whether a place is a city of the country; a palace is none."""
    state, found = states.table().get(visited), places.find(place.name)
    capital = state is not None and place.name in {c.name for c in state.capitals}
    return capital or (found is not None and found.kind == "city" and visited in found.states)


def _notes(who: ActorRef, facts: list[Meeting]) -> str:
    """Dates as stated, places that are no cities, what sources differ on, and the ids of the facts."""
    told = [f"date as stated: {facts[0].date}"] if facts[0].date else []
    told += [f"leader as in the text: {who.mention}"] if not who.name and who.mention else []
    told += dict.fromkeys(f"place: {f.place.name}" for f in facts if f.place and not _city(f.place, f.place.state or ""))
    told += [f"{d.field} differs: {' | '.join(s.value for s in d.values)}" for f in facts for d in f.differences if d.excluding]
    return "; ".join([*told, *(fact.id for fact in facts)])


def _links(rows: Iterable[ClaimRow]) -> list[str]:
    return list(dict.fromkeys(row.document.url or row.document.file for row in rows))[:LINKS]
