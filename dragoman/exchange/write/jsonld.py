"""JSON-LD: schema.org for what is told, PROV-O for where it comes from, W3C Web Annotation for the words in the document.

One object whose context stands in it, so that nothing is fetched. Documents are Article, claims Claim with an annotation on their words,
facts Event, Role, Observation and so on, each derived from its claims. What contradicts what is ours: schema.org has no word for it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import quote

from dragoman.exchange.write import telling
from dragoman.model.claims import ActorRef, Claim
from dragoman.model.documents import Evidence
from dragoman.model.entities import OrganizationEntity, Person, PersonEntity, PlaceEntity
from dragoman.model.exporting import Bundle
from dragoman.model.facts import Conflict, Fact
from dragoman.model.instruments import Instrument
from dragoman.model.meetings import Meeting
from dragoman.model.members import Belonging, Post
from dragoman.model.offices import Chain, Occupancy
from dragoman.model.promises import Promise
from dragoman.model.series import Point, Series
from dragoman.model.stored import ClaimRow, DocumentRow
from dragoman.reference import state_codes, states

NAME = "json-ld"
CARRIES = ("facts", "claims", "documents")
SUFFIX = ".jsonld"
MEDIA = "application/ld+json"
CANNOT = "confidence of matches, and why claims were put together"

CONTEXT: dict[str, Any] = {
    "@vocab": "https://schema.org/", "prov": "http://www.w3.org/ns/prov#", "oa": "http://www.w3.org/ns/oa#",
    "dragoman": "urn:dragoman:term:", "id": "@id", "type": "@type", "edtf": "dragoman:edtf",
    "derivedFrom": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
    "generatedBy": {"@id": "prov:wasGeneratedBy", "@type": "@id"}, "appearance": {"@type": "@id"}, "attendee": {"@type": "@id"},
    "contradicts": {"@id": "dragoman:contradicts", "@type": "@id"}, "sameAs": {"@type": "@id"}, "url": {"@type": "@id"},
    "about": {"@type": "@id"}, "memberOf": {"@type": "@id"}, "agent": {"@type": "@id"}, "recipient": {"@type": "@id"},
    "hasBody": {"@id": "oa:hasBody", "@type": "@id"}, "hasTarget": "oa:hasTarget", "hasSource": {"@id": "oa:hasSource", "@type": "@id"},
    "hasSelector": "oa:hasSelector", "exact": "oa:exact", "prefix": "oa:prefix", "suffix": "oa:suffix", "start": "oa:start",
    "end": "oa:end", "hasState": "oa:hasState", "sha256": "dragoman:sha256"}
READING, RESOLVING = "urn:dragoman:reading", "urn:dragoman:resolving"  # what makes claims of documents, and facts of claims
AROUND = 32  # characters before and behind a quotation
MODALITY = {"planned": "planned", "possible": "possible", "denied": "denied"}
EVENT_STATUS = {"called off": "EventCancelled", "held": "EventScheduled", "planned": "EventScheduled", "possible": "EventScheduled"}
ACTION_STATUS = {"done": "CompletedActionStatus", "under way": "ActiveActionStatus", "missed": "FailedActionStatus",
                 "dropped": "FailedActionStatus"}
Node = dict[str, Any]


def write(bundle: Bundle) -> Iterator[str]:
    """One JSON object over several lines, a node a line: documents, claims with their annotations, then facts and whom they name."""
    yield '{"@context": ' + json.dumps(CONTEXT) + ', "@graph": ['
    ahead = ""
    for node in _nodes(bundle):
        yield ahead + json.dumps({k: v for k, v in node.items() if v not in (None, [], "")}, ensure_ascii=False)
        ahead = ","
    yield "]}"


def iri(name: str) -> str:
    """`fact:ab12` as an address that needs no server: `urn:dragoman:fact:ab12`."""
    return "urn:dragoman:" + quote(name, safe=":-._")


def _nodes(bundle: Bundle) -> Iterator[Node]:
    yield from map(_document, bundle.documents.values())
    if bundle.what == "documents":
        return
    program = {"id": "urn:dragoman:program", "type": ["prov:SoftwareAgent", "SoftwareApplication"], "name": "dragoman",
               "softwareVersion": bundle.versions.get("dragoman")}
    yield program
    for activity, by in ((READING, bundle.versions.get("reader")), (RESOLVING, bundle.versions.get("rooms"))):
        yield {"id": activity, "type": "prov:Activity", "prov:wasAssociatedWith": {"id": program["id"]}, "description": by}
    done: set[str] = set()
    text: tuple[str, str] = ("", "")
    for row in bundle.claims:
        if row.document.id != text[0]:  # claims come in the order of documents
            text = (row.document.id, bundle.text(row.document.id))
        done.add(row.claim.id)
        yield from _claim(row, text[1], bundle.quotes)
    if bundle.what == "claims":
        return
    graph = _Graph(bundle)
    for told in telling.with_claims(bundle, _WRITERS):
        for row in told.claims(c for c in told.fact.claims if c not in done):  # of documents that were not asked for
            done.add(row.claim.id)
            yield from _claim(row, bundle.text(row.document.id), bundle.quotes)
        yield from _WRITERS[told.fact.kind](graph, told.fact)
    yield from (graph.named[name] for name in sorted(graph.named))


# ---------------------------------------------------------------- documents and claims


def _document(d: DocumentRow) -> Node:
    kind = {"newspaper": "NewsArticle", "agency": "NewsArticle", "think tank": "Report"}.get(d.outlet_kind, "Article")
    return {"id": iri(d.id), "type": [kind, "prov:Entity"], "name": d.title or d.file, "author": d.author, "inLanguage": d.language,
            "publisher": {"type": "Organization", "name": d.outlet} if d.outlet else None, "edtf": d.published,
            "datePublished": telling.plain(d.published), "url": quote(d.url, safe=":/?#[]@!$&'()*+,;=%~") if d.url and
            telling.is_address(d.url) else None, "wordCount": d.words, "usageInfo": d.reuse.text if d.reuse else None}


def _claim(row: ClaimRow, text: str, quotes: bool) -> Iterator[Node]:
    claim = row.claim
    name = iri(claim.id)
    who = [{"type": ["Person" if k.role == "speaker" else "Organization", "prov:Agent"], "name": k.name} for k in claim.attribution]
    yield {"id": name, "type": ["Claim", "prov:Entity"], "additionalType": f"dragoman:{claim.kind}", "appearance": iri(claim.document),
           "derivedFrom": iri(claim.document), "generatedBy": READING, "prov:wasAttributedTo": who,
           "creativeWorkStatus": MODALITY.get(claim.modality),
           "datePublished": telling.plain(claim.asserted), "edtf": claim.asserted, "text": _worded(claim) if quotes else None,
           "dragoman:confidence": round(claim.confidence, 4), "dragoman:fields": json.dumps(_fields(row), ensure_ascii=False)}
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() if text else None
    for k, evidence in enumerate(claim.evidence):
        target = {"type": "oa:SpecificResource", "hasSource": iri(claim.document), "hasSelector": _selectors(evidence, text, quotes),
                  "hasState": {"type": "oa:State", "sha256": digest} if digest else None}
        yield {"id": f"{name}:evidence:{k}", "type": "oa:Annotation", "oa:motivatedBy": {"id": "oa:identifying"}, "hasBody": name,
               "hasTarget": {key: value for key, value in target.items() if value}}


def _selectors(e: Evidence, text: str, quotes: bool) -> list[Node]:
    """The words with what stands around them, and their place in code points."""
    place = {"type": "oa:TextPositionSelector", "start": e.start, "end": e.end}
    if not quotes or not e.quote:
        return [place]
    words = {"type": "oa:TextQuoteSelector", "exact": e.quote, "prefix": text[max(0, e.start - AROUND) : e.start],
             "suffix": text[e.end : e.end + AROUND]}
    return [{key: value for key, value in words.items() if value}, place]


def _worded(claim: Claim) -> str:
    return claim.evidence[0].quote


def _fields(row: ClaimRow) -> Node:
    """What the claim says in the contract's fields; its evidence and sources are nodes of their own."""
    told = row.claim.as_json(row.document.file)
    common = {"schema", "id", "document", "file", "files", "evidence", "attribution", "asserted", "modality", "confidence", "rules"}
    return {key: value for key, value in told.items() if key not in common and value not in (None, [], "")}


# ---------------------------------------------------------------- facts


class _Graph:
    """Whom the facts name, each one node."""

    def __init__(self, bundle: Bundle) -> None:
        self.persons = telling.persons(bundle)
        self._bodies = telling.bodies(bundle)
        self.named: dict[str, Node] = {}

    def actor(self, ref: ActorRef, claims: Iterable[str]) -> str:
        if telling.is_state(ref) and ref.state:
            return self.state(ref.state)
        if (person := self.persons.who(ref, tuple(claims))) is not None:
            return self.person(person)
        if telling.is_unnamed(ref):
            name = iri(f"office:{ref.state or ''}:{ref.position}")
            return self._name(name, {"type": ["Person", "prov:Agent"], "description": telling.actor(ref), "jobTitle": ref.position})
        return self.body(ref.name or ref.mention or "somebody not named", ref.id)

    def person(self, person: Person) -> str:
        return self._name(iri(person.id), {"type": ["Person", "prov:Agent"], "name": person.name})

    def state(self, code: str) -> str:
        item = state_codes.wikidata(code)
        return self._name(iri(f"state:{code}"), {"type": ["Country", "prov:Agent"], "name": telling.state(code), "identifier": code,
                                                 "sameAs": f"http://www.wikidata.org/entity/{item}" if item else None})

    def body(self, name: str, known: str | None = None) -> str:
        one = known or self._bodies.get(name.casefold()) or f"body:{name.casefold()}"
        return self._name(iri(one), {"type": ["Organization", "prov:Agent"], "name": telling.one_line(name)})

    def party(self, name: str, claims: Iterable[str] = ()) -> str:
        """A state by its code, a person of these claims or a body by the name."""
        if states.short_name(name):
            return self.state(name)
        person = self.persons.named(name, claims)
        return self.person(person) if person is not None else self.body(name)

    def put(self, name: str, node: Node) -> None:
        """A node that says more than a name."""
        self.named[name] = {"id": name} | node

    def _name(self, name: str, node: Node) -> str:
        self.named.setdefault(name, {"id": name} | {key: value for key, value in node.items() if value})
        return name


def _fact(fact: Fact, kind: str | list[str], **told: Any) -> Node:
    kinds = [kind] if isinstance(kind, str) else kind
    origin = {"derivedFrom": [iri(c) for c in fact.claims], "generatedBy": RESOLVING}
    return {"id": iri(fact.id), "type": [*kinds, "prov:Entity"]} | told | origin


def _dates(edtf: str | None) -> Node:
    first, last = telling.ends(edtf)
    return {"startDate": first, "endDate": last if last != first else None, "edtf": edtf}


def _meeting(g: _Graph, fact: Meeting) -> Iterator[Node]:
    place = {"type": "Place", "name": fact.place.name, "addressCountry": fact.place.state} if fact.place else None
    yield _fact(fact, "Event", name=telling.headline(fact), attendee=[g.actor(p, fact.claims) for p in fact.participants],
                organizer={"id": g.state(fact.host)} if fact.host else None, additionalType=f"dragoman:{fact.mode}",
                location={k: v for k, v in place.items() if v} if place else None, keywords=list(fact.topics), description=fact.occasion,
                eventStatus={"id": f"https://schema.org/{EVENT_STATUS[fact.status]}"},
                **{"dragoman:status": fact.status}, **_dates(fact.date))


def _office(g: _Graph, chain: Chain) -> Iterator[Node]:
    for one in chain.occupancies:
        if one.person.name and one.modality == "actual":
            yield _role(g, one)


def _role(g: _Graph, one: Occupancy) -> Node:
    stated = [b.date for b in one.ends if set(b.claims) & set(one.claims)]
    of = one.position
    body = g.body(of.organization) if of.organization else g.state(of.state) if of.state else None
    holder = g.actor(ActorRef(one.person.name, one.person.name, one.person.id, one.person.state), one.claims)
    return {"id": iri(one.id), "type": ["OrganizationRole", "prov:Entity"], "roleName": of.name, "dragoman:holder": {"id": holder},
            "memberOf": body, "startDate": [d for b in one.starts if (d := telling.plain(b.date))],
            "endDate": [d for e in stated if (d := telling.plain(e))], "dragoman:start": [b.date for b in one.starts],
            "dragoman:statedEnd": stated, "dragoman:inferredEnd": [b.date for b in one.ends if b.date not in stated],
            "dragoman:seen": list(one.observed), "dragoman:acting": one.acting or None, "derivedFrom": [iri(c) for c in one.claims],
            "generatedBy": RESOLVING}


def _belonging(g: _Graph, fact: Belonging) -> Iterator[Node]:
    yield _fact(fact, "OrganizationRole", roleName=fact.status, memberOf=g.body(fact.organization, fact.organization_id),
                startDate=telling.plain(fact.since), endDate=telling.plain(fact.until),
                **{"dragoman:holder": {"id": g.party(fact.member)}, "dragoman:seen": fact.seen})


def _post(g: _Graph, fact: Post) -> Iterator[Node]:
    yield _fact(fact, "GovernmentOrganization", name=telling.headline(fact), parentOrganization={"id": g.state(fact.sending)},
                areaServed={"id": g.state(fact.receiving)}, additionalType=f"dragoman:{fact.type}", foundingDate=telling.plain(fact.since),
                dissolutionDate=telling.plain(fact.until), location={"type": "Place", "name": fact.city} if fact.city else None,
                **{"dragoman:status": fact.status})


def _instrument(g: _Graph, fact: Instrument) -> Iterator[Node]:
    yield _fact(fact, "CreativeWork", name=fact.title, alternateName=[t.value for t in fact.titles if t.value != fact.title],
                additionalType=f"dragoman:{fact.type}", creativeWorkStatus=fact.status, dateCreated=telling.plain(fact.date),
                edtf=fact.date, expires=telling.plain(fact.until),
                **{"dragoman:party": [{"id": g.actor(p, fact.claims)} for p in fact.parties]})


def _promise(g: _Graph, fact: Promise) -> Iterator[Node]:
    status = ACTION_STATUS.get(fact.history[-1].status if fact.history else "", "PotentialActionStatus")
    goal = fact.target
    target = {"type": "QuantitativeValue", "minValue": goal.low, "maxValue": goal.high, "unitText": goal.unit} if goal else {}
    yield _fact(fact, "PlanAction", name=telling.headline(fact), description=fact.action, agent=[g.party(n, fact.claims) for n in fact.by],
                recipient=[g.party(n, fact.claims) for n in fact.to], actionStatus={"id": f"https://schema.org/{status}"},
                startTime=telling.plain(fact.date), result={k: v for k, v in target.items() if v is not None},
                **{"dragoman:deadline": [d.date for d in fact.deadlines],
                   "dragoman:status": fact.history[-1].status if fact.history else None})


def _series(g: _Graph, fact: Series) -> Iterator[Node]:
    for one in fact.points:
        yield _observation(g, fact, one)


def _observation(g: _Graph, fact: Series, one: Point) -> Node:
    exact = one.low is not None and one.low == one.high
    value = {"type": "QuantitativeValue", "value": one.low if exact else None, "minValue": None if exact else one.low,
             "maxValue": None if exact else one.high, "unitText": fact.unit}
    return {"id": iri(f"{fact.id}:{one.claim}"), "type": ["Observation", "prov:Entity"], "name": telling.point(fact, one),
            "measuredProperty": fact.indicator, "value": {k: v for k, v in value.items() if v is not None}, "edtf": one.period,
            "observationPeriod": one.period, "about": [g.party(p) for p in fact.parties], "dragoman:claimant": one.claimant,
            "dragoman:reporter": one.reporter, "dragoman:modifier": one.modifier, "dragoman:measure": fact.measure,
            "derivedFrom": iri(one.claim), "generatedBy": RESOLVING}


def _conflict(g: _Graph, fact: Conflict) -> Iterator[Node]:
    yield _fact(fact, "dragoman:Conflict", name=telling.headline(fact), description=fact.why, about=[g.party(s) for s in fact.states],
                **{"dragoman:type": fact.type, "dragoman:supported": [{"id": iri(c)} for c in fact.supported]})
    if fact.type == "contradiction":
        for claim in fact.claims:
            yield {"id": iri(claim), "contradicts": [iri(c) for c in fact.claims if c != claim]}


def _person(g: _Graph, fact: PersonEntity) -> Iterator[Node]:
    who = fact.person
    if who.name:
        g.put(iri(who.id), {"type": ["Person", "prov:Agent"], "name": who.name, "alternateName": [n for n in who.names if n != who.name],
                            "jobTitle": list(fact.positions), "nationality": {"id": g.state(who.state)} if who.state else None,
                            "derivedFrom": [iri(c) for c in fact.claims]})
    yield from ()


def _organization(g: _Graph, fact: OrganizationEntity) -> Iterator[Node]:
    g.put(iri(fact.organization), {"type": ["Organization", "prov:Agent"], "name": fact.name,
                                   "alternateName": [n for n in fact.names if n != fact.name],
                                   "derivedFrom": [iri(c) for c in fact.claims]})
    yield from ()


def _place(g: _Graph, fact: PlaceEntity) -> Iterator[Node]:
    yield _fact(fact, "Place", name=fact.name, alternateName=[n for n in fact.names if n != fact.name],
                containedInPlace=[{"id": g.state(s)} for s in fact.states])


_WRITERS: dict[str, Callable[[_Graph, Any], Iterator[Node]]] = {
    "contact": _meeting, "office": _office, "membership": _belonging, "mission": _post, "instrument": _instrument, "commitment": _promise,
    "series": _series, "conflict": _conflict, "person": _person, "organization": _organization, "place": _place}
