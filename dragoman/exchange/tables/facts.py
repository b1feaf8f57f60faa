"""The rows of facts: an office one for each time in it, a series one for each figure, all others one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, fields
from typing import Any

from dragoman.exchange.tables.layout import Layout
from dragoman.model.entities import OrganizationEntity, PersonEntity, PlaceEntity
from dragoman.model.facts import Conflict, Fact
from dragoman.model.instruments import Instrument
from dragoman.model.meetings import Meeting
from dragoman.model.members import Belonging, Post
from dragoman.model.offices import Chain
from dragoman.model.promises import Promise
from dragoman.model.series import Series
from dragoman.reference import states

LAYOUTS = {
    "contact": Layout.of("mode status visit_type participants:actors host place:place date:edtf occasion topics:words differs:words "
                         "part_of outlets:words score:real"),
    "commitment": Layout.of("action by:words to:words date:edtf target:amount modality deadline:edtf deadline_revised:edtf said shown "
                            "steps:words"),
    "instrument": Layout.of("title type parties:actors status date:edtf until:edtf negotiated:edtf signed:edtf adopted:edtf ratified:edtf "
                            "in_force:edtf signed_by:words witnessed_by:words other_titles:words score:real"),
    "membership": Layout.of("member organization organization_id status since:edtf until:edtf seen roles:words"),
    "mission": Layout.of("sending receiving type city status since:edtf until:edtf seen turns:words"),
    "office": Layout.of("position state organization person person_id person_state spellings:words since:edtf until:edtf first_seen "
                        "last_seen expected:edtf acting:flag modality status other_starts:words other_ends:words occupancy"),
    "series": Layout.of("indicator parties:words directed:flag sort part unit measure target:flag period:edtf low:real high:real "
                        "least:real most:real modifier base_period:edtf equivalent_low:real equivalent_high:real equivalent_unit "
                        "reporter claimant side asserted modality record:flag of note"),
    "person": Layout.of("name spellings:words person_id state positions:words date:edtf score:real doubts:words"),
    "organization": Layout.of("name spellings:words organization_id score:real doubts:words"),
    "place": Layout.of("name spellings:words former:words score:real"),
    "conflict": Layout.of("about type why date:edtf supported:words support explained"),
}  # fmt: skip


def rows(fact: Fact) -> Iterator[dict[str, Any]]:
    """The values of a fact's rows by field, among them the claims that each rests on."""
    make = _ROWS.get(fact.kind)
    for row in make(fact) if make else ({},):
        yield {"claims": fact.claims} | row


def _plain(fact: Any) -> dict[str, Any]:
    return {f.name: getattr(fact, f.name) for f in fields(fact)}


def _meeting(fact: Meeting) -> Iterable[dict[str, Any]]:
    differs = [f"{d.field}: {' | '.join(s.value for s in d.values)}" for d in fact.differences]
    yield _plain(fact) | {"differs": differs, "score": fact.score}


def _promise(fact: Promise) -> Iterable[dict[str, Any]]:
    last = {step.axis: step.status for step in fact.history}
    revised = fact.deadlines[-1].date if len({d.date for d in fact.deadlines}) > 1 else None
    sides = {side: [states.short_name(n) or n for n in getattr(fact, side)] for side in ("by", "to")}
    steps = [f"{s.status} {s.date or s.told or ''}".strip() for s in fact.history]
    yield _plain(fact) | sides | {
        "deadline": fact.deadline, "deadline_revised": revised, "said": last.get("said"), "shown": last.get("shown"),
        "steps": steps}  # fmt: skip


def _instrument(fact: Instrument) -> Iterable[dict[str, Any]]:
    steps = {s.stage.replace(" ", "_"): s.date for s in fact.steps if s.modality == "actual"}
    names = {n: [a.name or a.mention or "" for s in getattr(fact, n) for a in s.who] for n in ("signed_by", "witnessed_by")}
    others = [t.value for t in fact.titles if t.value != fact.title]
    yield _plain(fact) | steps | names | {"other_titles": others, "score": min((m.score for m in fact.matches), default=1.0)}


def _belonging(fact: Belonging) -> Iterable[dict[str, Any]]:
    yield _plain(fact) | {"roles": [" ".join(w for w in (r.role, r.how, r.date) if w) for r in fact.roles]}


def _post(fact: Post) -> Iterable[dict[str, Any]]:
    yield _plain(fact) | {"turns": [" ".join(w for w in (t.what, t.date) if w) for t in fact.history]}


def _office(fact: Chain) -> Iterable[dict[str, Any]]:
    for held in fact.occupancies:
        days = sorted(held.observed)
        yield {
            "position": held.position.name, "state": held.position.state, "organization": held.position.organization,
            "person": held.person.name, "person_id": held.person.id, "person_state": held.person.state, "spellings": held.person.names,
            "since": held.since, "until": held.until, "first_seen": days[0] if days else None, "last_seen": days[-1] if days else None,
            "expected": held.expected, "acting": held.acting, "modality": held.modality, "status": held.status,
            "other_starts": [b.date for b in held.starts if b.date != held.since],
            "other_ends": [b.date for b in held.ends if b.date != held.until], "occupancy": held.id, "claims": held.claims,
        }  # fmt: skip


def _series(fact: Series) -> Iterable[dict[str, Any]]:
    common = {n: v for n, v in _plain(fact).items() if n not in ("points", "claims")}
    for point in fact.points:
        other = point.equivalent
        yield common | asdict(point) | {
            "claims": (point.claim,), "equivalent_low": other.low if other else None, "equivalent_high": other.high if other else None,
            "equivalent_unit": other.unit if other else None}  # fmt: skip


def _doubts(fact: PersonEntity | OrganizationEntity) -> list[str]:
    return [f"{d.one} = {d.other}? ({d.score})" for d in fact.doubts]


def _person(fact: PersonEntity) -> Iterable[dict[str, Any]]:
    who = fact.person
    yield _plain(fact) | {"name": who.name, "spellings": who.names, "person_id": who.id, "state": who.state, "score": who.score,
                          "doubts": _doubts(fact)}


def _organization(fact: OrganizationEntity) -> Iterable[dict[str, Any]]:
    yield {"name": fact.name, "spellings": fact.names, "organization_id": fact.organization, "doubts": _doubts(fact),
           "score": min((m.score for m in fact.merges), default=1.0)}


def _place(fact: PlaceEntity) -> Iterable[dict[str, Any]]:
    former = [f"{n.name} ({n.since or '..'}/{n.until or '..'})" for n in fact.known if n.name != fact.name]
    yield {"name": fact.name, "spellings": fact.names, "former": former, "score": min((m.score for m in fact.merges), default=1.0)}


def _conflict(fact: Conflict) -> Iterable[dict[str, Any]]:
    yield _plain(fact)


_ROWS: dict[str, Callable[[Any], Iterable[dict[str, Any]]]] = {
    "contact": _meeting, "commitment": _promise, "instrument": _instrument, "membership": _belonging, "mission": _post,
    "office": _office, "series": _series, "person": _person, "organization": _organization, "place": _place, "conflict": _conflict,
}  # fmt: skip
