"""FollowTheMoney entities, one a line: persons, bodies, positions, occupancies, memberships, events, promises as projects, notes, articles.

The format has no treaty, promise, figure or quotation: agreements are events, promises projects, figures and disputes notes. Its dates are
a day, a month or a year; what is open, approximate or a span stays in the words of `summary`. Where sources differ a property has several
values.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from dragoman.exchange.write import telling
from dragoman.model.claims import ActorRef, Biography
from dragoman.model.entities import OrganizationEntity, Person, PersonEntity
from dragoman.model.exporting import Bundle
from dragoman.model.facts import Conflict
from dragoman.model.instruments import Instrument
from dragoman.model.meetings import Meeting
from dragoman.model.members import Belonging, Post
from dragoman.model.offices import Chain, Occupancy
from dragoman.model.promises import Promise
from dragoman.model.saying import date
from dragoman.model.series import Series
from dragoman.model.stored import ClaimRow, DocumentRow
from dragoman.reference import organizations, state_codes, states

NAME = "ftm"
CARRIES = ("facts", "documents")
SUFFIX = ".ftm.json"
MEDIA = "application/x-ndjson"
CANNOT = "places of quotations in a text, and open, approximate or spanning dates, which stay in words; cities as entities of their own"

LANGUAGES = {"ar": "ara", "cs": "ces", "de": "deu", "en": "eng", "es": "spa", "fr": "fra", "it": "ita", "ja": "jpn", "kk": "kaz",
             "ko": "kor", "ky": "kir", "pt": "por", "ru": "rus", "tr": "tur", "uk": "ukr", "uz": "uzb", "zh": "zho"}
_ID = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z.-]*[0-9A-Za-z])?$")
INFERRED = "follows from another post, no source states it"
Entity = dict[str, Any]


def write(bundle: Bundle) -> Iterator[str]:
    """The entities of the facts, then those that they refer to, each once."""
    for entity in entities(bundle):
        yield json.dumps(entity, ensure_ascii=False)


def entities(bundle: Bundle) -> Iterator[Entity]:
    """The entities as dictionaries; properties in the order of their names, each with its values once."""
    graph = _Graph(bundle)
    if bundle.what == "documents":
        yield from (_made(*_article(d)) for d in bundle.documents.values())
        return
    for told in telling.with_claims(bundle, _WRITERS):
        yield from graph.of(told)
    yield from graph.rest()


def ftm_id(name: str) -> str:
    """An id that FollowTheMoney takes: letters, digits, dots and hyphens.

    >>> ftm_id("person:ines-zarate")
    'dragoman-person-ines-zarate'
    """
    plain = "dragoman-" + name.replace(":", "-")
    return plain if _ID.match(plain) and len(plain) < 120 else "dragoman-" + hashlib.sha256(name.encode()).hexdigest()[:24]


Told = tuple[str, str, dict[str, Iterable[str | None]]]  # schema, id, properties


class _Graph:
    """Writes facts and remembers what they refer to."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self.persons = telling.persons(bundle)
        self._bodies = telling.bodies(bundle)
        self._done: set[str] = set()
        self._wanted: dict[str, Told] = {}
        self._told = telling.Told(None, {})

    def of(self, told: telling.Told) -> Iterator[Entity]:
        """The entities of one fact that were not written yet."""
        self._told = told
        for one in _WRITERS[told.fact.kind](self, told.fact):
            if one[1] not in self._done:
                self._done.add(one[1])
                yield _made(*one)

    def rest(self) -> Iterator[Entity]:
        """What was referred to and not written."""
        for name, told in sorted(self._wanted.items()):
            if name not in self._done:
                yield _made(*told)

    def want(self, told: Told) -> str:
        """The id of an entity that something refers to."""
        self._wanted.setdefault(told[1], told)
        return told[1]

    # ---------------------------------------------------------------- what is referred to

    def state(self, code: str) -> str:
        return self.want(("PublicBody", ftm_id(f"state:{code}"), {"name": [telling.state(code)], "country": [_country(code)],
                                                                 "wikidataId": [state_codes.wikidata(code)]}))

    def body(self, name: str, known: str | None = None, code: str | None = None) -> str:
        """A body by its name, under its id in the record or in the table of organisations where it has one."""
        found = organizations.find(name)
        one = known or self._bodies.get(name.casefold()) or (found.id if found else f"body:{name.casefold()}")
        return self.want(("Organization", ftm_id(one), {"name": [telling.one_line(name)], "country": [_country(code)]}))

    def person(self, one: Person) -> str:
        return self.want(_person(one, ()))

    def actor(self, ref: ActorRef, claims: tuple[str, ...]) -> str:
        """A state, a person or a body."""
        if telling.is_state(ref) and ref.state:
            return self.state(ref.state)
        person = self.persons.who(ref, claims)
        if person is not None and person.name:
            return self.person(person)
        if telling.is_unnamed(ref):  # a person, or a body under its head's title: the format's word for either
            return self.want(("LegalEntity", ftm_id(f"office:{ref.state}:{ref.position}"), {
                "name": [telling.actor(ref)], "country": [_country(ref.state)]}))
        return self.body(ref.name or ref.mention or "somebody not named", ref.id, ref.state)

    def party(self, name: str, claims: tuple[str, ...] = ()) -> str:
        """A state by its code, a person of these claims or a body by the name."""
        if states.short_name(name):
            return self.state(name)
        person = self.persons.named(name, claims)
        return self.person(person) if person is not None and person.name else self.body(name)

    # ---------------------------------------------------------------- sources

    def rows(self, claims: Iterable[str]) -> list[ClaimRow]:
        """Claims of the fact that is being written."""
        return self._told.claims(claims)

    def sources(self, claims: Iterable[str]) -> dict[str, Iterable[str | None]]:
        """The documents behind claims, as properties that every entity may have; they are entities too."""
        documents = telling.sources(self.rows(claims))
        return {"proof": [self.want(_article(d)) for d in documents], "sourceUrl": [d.url for d in documents if telling.is_address(d.url)],
                "publisher": [d.outlet for d in documents]}

    def documentation(self, entity: str, claims: Iterable[str]) -> Iterator[Told]:
        """Each claim's words as the link from its document to the entity."""
        for row in self.rows(claims):
            yield ("Documentation", ftm_id("evidence:" + hashlib.sha256(f"{entity} {row.claim.id}".encode()).hexdigest()[:24]),
                   {"document": [self.want(_article(row.document))], "entity": [entity], "role": ["evidence"],
                    "date": [telling.plain(row.document.published)], "description": [_words(row, self.bundle)]})


def _words(row: ClaimRow, bundle: Bundle) -> str:
    return telling.cited(row, bundle.quotes)


def _made(schema: str, name: str, properties: dict[str, Iterable[str | None]]) -> Entity:
    held = {key: list(dict.fromkeys(v for v in values if v)) for key, values in sorted(properties.items())}
    return {"id": name, "schema": schema, "properties": {key: values for key, values in held.items() if values}}


def _country(code: str | None) -> str | None:
    return (state_codes.alpha2(code) or "").lower() or None


def _article(d: DocumentRow) -> Told:
    language = LANGUAGES.get(d.language.split("-")[0].lower())
    return ("Article", ftm_id(d.id), {
        "name": [telling.one_line(d.title or d.file)], "title": [d.title], "author": [d.author], "publisher": [d.outlet],
        "publishedAt": [telling.plain(d.published)], "retrievedAt": [d.read_at.removesuffix("Z")],
        "sourceUrl": [d.url if telling.is_address(d.url) else None],
        "language": [language], "fileName": [d.file]})


def _person(one: Person, biography: Iterable[Biography]) -> Told:
    told = {"born": "birthDate", "birthplace": "birthPlace", "education": "education", "career": "biography"}
    properties: dict[str, list[str | None]] = {"name": [one.name], "alias": [n for n in one.names if n != one.name],
                                               "country": [_country(one.state)]}
    for claim in biography:
        value = telling.plain(claim.value) if claim.property == "born" else claim.value
        properties.setdefault(told[claim.property], []).append(value)
    return "Person", ftm_id(one.id), {key: tuple(values) for key, values in properties.items()}


# ---------------------------------------------------------------- one function a kind of fact


def _persons(g: _Graph, fact: PersonEntity) -> Iterator[Told]:
    if not fact.person.name:
        return
    told = [row.claim for row in g.rows(fact.claims) if isinstance(row.claim, Biography)]
    schema, name, properties = _person(fact.person, told)
    doubts = [f"May be one with {d.other if d.one in fact.person.names else d.one}; left apart" for d in fact.doubts]
    yield schema, name, properties | {"position": fact.positions, "notes": doubts} | g.sources(fact.claims)


def _organizations(g: _Graph, fact: OrganizationEntity) -> Iterator[Told]:
    short = [n for n in fact.names if n.isupper() and len(n) < 9]
    properties: dict[str, Iterable[str | None]] = {"name": [fact.name], "abbreviation": short,
                                                   "alias": [n for n in fact.names if n != fact.name and n not in short]}
    yield "Organization", ftm_id(fact.organization), properties | g.sources(fact.claims)


def _offices(g: _Graph, chain: Chain) -> Iterator[Told]:
    of = chain.position
    post = ftm_id("position:" + hashlib.sha256(f"{of.name}\x1f{of.state}\x1f{of.organization}".encode()).hexdigest()[:16])
    yield ("Position", post, {
        "name": [telling.headline(chain)], "country": [_country(of.state)],
        "organization": [g.body(of.organization, None, of.state)] if of.organization else []})
    for one in chain.occupancies:
        if one.person.name and one.modality == "actual":
            yield _occupancy(g, one, post)


def _occupancy(g: _Graph, one: Occupancy, post: str) -> Told:
    stated = {b.date for b in one.ends if set(b.claims) & set(one.claims)}
    words = [f"{'Acting' if one.acting else 'In office'} from: {date(b.date)}" for b in one.starts]
    words += [f"Until: {date(b.date)}" + ("" if b.date in stated else f" ({INFERRED})") for b in one.ends]
    words += [f"Named in office: {', '.join(date(d) for d in one.observed)}"] if one.observed else []
    words += [f"Expected to end: {date(one.expected)}"] if one.expected else []
    properties: dict[str, Iterable[str | None]] = {
        "holder": [g.person(one.person)], "post": [post], "startDate": [telling.plain(b.date) for b in one.starts],
        "endDate": [telling.plain(d) for d in sorted(stated)], "date": [telling.plain(d) for d in one.observed], "summary": words,
        "status": ["ended" if stated else "unknown"], "recordId": [one.id], "description": _quoted(g, one.claims)}
    return "Occupancy", ftm_id(one.id), properties | g.sources(one.claims)


def _quoted(g: _Graph, claims: Iterable[str]) -> list[str | None]:
    return [_words(row, g.bundle) for row in g.rows(claims)]


def _memberships(g: _Graph, fact: Belonging) -> Iterator[Told]:
    properties: dict[str, Iterable[str | None]] = {
        "member": [g.party(fact.member)], "organization": [g.body(fact.organization, fact.organization_id)],
        "role": [r.role for r in fact.roles if r.how in ("since", "during", "seen")], "status": [fact.status],
        "startDate": [telling.plain(fact.since)], "endDate": [telling.plain(fact.until)], "date": [telling.plain(fact.seen)],
        "summary": [f"{r.role} ({r.how}){f', {date(r.date)}' if r.date else ''}" for r in fact.roles], "recordId": [fact.id],
        "description": _quoted(g, fact.claims)}
    yield "Membership", ftm_id(fact.id), properties | g.sources(fact.claims)


def _when(edtf: str | None) -> dict[str, Iterable[str | None]]:
    if not edtf:
        return {}
    if (whole := telling.plain(edtf)) is not None:
        return {"date": [whole]}
    first, last = telling.ends(edtf) if "/" in edtf else (None, None)
    return {"startDate": [first], "endDate": [last], "summary": [f"Date: {date(edtf)}"]}


def _meetings(g: _Graph, fact: Meeting) -> Iterator[Told]:
    name = ftm_id(fact.id)
    when = _when(fact.date)
    differ = [f"Sources differ on {d.field}: {'; '.join(s.value for s in d.values)}" for d in fact.differences]
    properties: dict[str, Iterable[str | None]] = {
        "name": [telling.headline(fact)], "involved": [g.actor(p, fact.claims) for p in fact.participants],
        "organizer": [g.state(fact.host)] if fact.host else [], "location": [fact.place.name] if fact.place else [],
        "country": [_country(fact.place.state)] if fact.place else [], "keywords": [fact.mode, fact.status, *fact.topics],
        "description": [fact.occasion, *differ], "recordId": [fact.id]}
    yield "Event", name, properties | when | g.sources(fact.claims)
    yield from g.documentation(name, fact.claims)


def _instruments(g: _Graph, fact: Instrument) -> Iterator[Told]:
    name = ftm_id(fact.id)
    stages = [f"{s.stage} ({s.modality}): {date(s.date)}" for s in fact.steps]
    until = [f"Runs until {date(fact.until)}"] if fact.until else []
    properties: dict[str, Iterable[str | None]] = {
        "name": [telling.headline(fact)], "alias": [t.value for t in fact.titles if t.value != fact.title],
        "involved": [g.actor(p, fact.claims) for p in fact.parties], "keywords": ["agreement", fact.type, fact.status],
        "description": [*stages, *until], "recordId": [fact.id]}
    yield "Event", name, properties | _when(fact.date) | g.sources(fact.claims)
    yield from g.documentation(name, fact.claims)


def _promises(g: _Graph, fact: Promise) -> Iterator[Told]:
    name = ftm_id(fact.id)
    target = fact.target
    history = [f"{s.axis}: {s.status}, {date(s.date)}" for s in fact.history]
    due = [f"Deadline: {date(d.date)}" for d in fact.deadlines]
    money = target is not None and len(target.unit) == 3 and target.low is not None
    properties: dict[str, Iterable[str | None]] = {
        "name": [telling.headline(fact)], "goal": [fact.action], "projectId": [fact.id],
        "startDate": [telling.plain(fact.date)], "endDate": [telling.plain(d.date) for d in fact.deadlines],
        "status": [fact.history[-1].status if fact.history else None], "description": [*due, *history], "recordId": [fact.id],
        "amount": [f"{target.low:.0f}"] if target and money else [], "currency": [target.unit] if target and money else [],
        "keywords": ["commitment"]}
    yield "Project", name, properties | g.sources(fact.claims)
    for role, names in (("owner", fact.by), ("beneficiary", fact.to)):
        for party in names:
            yield ("ProjectParticipant", ftm_id(f"{fact.id}:{role}:{party}"),
                   {"project": [name], "participant": [g.party(party, fact.claims)], "role": [role]})
    yield from g.documentation(name, fact.claims)


def _missions(g: _Graph, fact: Post) -> Iterator[Told]:
    name = ftm_id(fact.id)
    properties: dict[str, Iterable[str | None]] = {
        "name": [telling.headline(fact)], "classification": [fact.type], "mainCountry": [_country(fact.sending)],
        "country": [_country(fact.receiving)], "address": [fact.city], "parent": [g.state(fact.sending)], "status": [fact.status],
        "incorporationDate": [telling.plain(fact.since)], "dissolutionDate": [telling.plain(fact.until)],
        "summary": [f"{t.what}: {date(t.date)}" for t in fact.history]}
    yield "PublicBody", name, properties | g.sources(fact.claims)
    yield from g.documentation(name, fact.claims)


def _figures(g: _Graph, fact: Series) -> Iterator[Told]:
    for one in fact.points:
        name = ftm_id(f"{fact.id}:{one.claim}")
        said = {"period": one.period, "base period": one.base_period, "low": one.low, "high": one.high, "unit": fact.unit,
                "modifier": one.modifier, "reporter": one.reporter, "claimant": one.claimant, "published": one.asserted,
                "modality": one.modality}
        summary = "; ".join(f"{key}: {_number(value)}" for key, value in said.items() if value is not None and value != "")
        properties: dict[str, Iterable[str | None]] = {
            "name": [telling.point(fact, one)], "entity": [g.party(p) for p in fact.parties], "summary": [summary],
            "keywords": [fact.indicator, fact.measure], "description": _quoted(g, [one.claim])}
        yield "Note", name, properties | g.sources([one.claim])


def _number(value: object) -> str:
    return f"{value:.15g}" if isinstance(value, float) and abs(value) < 1e15 else str(value)


def _conflicts(g: _Graph, fact: Conflict) -> Iterator[Told]:
    properties: dict[str, Iterable[str | None]] = {
        "name": [telling.headline(fact)], "description": [fact.why, fact.support, fact.explained], "keywords": ["conflict", fact.type],
        "entity": [g.party(p) for p in fact.states]}
    yield "Note", ftm_id(fact.id), properties | g.sources(fact.claims)


_WRITERS: dict[str, Callable[[_Graph, Any], Iterator[Told]]] = {
    "person": _persons, "organization": _organizations, "office": _offices, "membership": _memberships, "contact": _meetings,
    "instrument": _instruments, "commitment": _promises, "mission": _missions, "series": _figures, "conflict": _conflicts}
