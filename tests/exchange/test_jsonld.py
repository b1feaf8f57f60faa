"""JSON-LD, read by rdflib without a network."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

import pytest
import rdflib
from rdflib.namespace import RDF

from dragoman import Record
from dragoman.exchange.write import jsonld
from dragoman.model.exporting import Bundle

Bundled = Callable[..., Bundle]
S, PROV, OA, OURS = (rdflib.Namespace(n) for n in ("https://schema.org/", "http://www.w3.org/ns/prov#", "http://www.w3.org/ns/oa#",
                                                   "urn:dragoman:term:"))


@pytest.fixture
def graph(bundled: Bundled, monkeypatch: pytest.MonkeyPatch) -> rdflib.Graph:
    def refused(*_: Any) -> None:
        raise AssertionError("reading must fetch nothing")

    monkeypatch.setattr(socket, "getaddrinfo", refused)
    return rdflib.Graph().parse(data="\n".join(jsonld.write(bundled())), format="json-ld")


def named(graph: rdflib.Graph, words: str) -> Any:
    (found,) = {s for s, o in graph.subject_objects(S.name) if words in str(o)}
    return found


def value(graph: rdflib.Graph, subject: Any, prop: Any) -> str | None:
    found = graph.value(subject, prop)
    return None if found is None else str(found)


def test_values_of_facts(graph: rdflib.Graph) -> None:
    meeting = named(graph, "Meeting: Ports, Harbours & Fisheries Agency")
    assert value(graph, meeting, S.startDate) == "2024-03-11" and value(graph, meeting, OURS.status) == "held"
    assert {str(graph.value(a, S.name)) for a in graph.objects(meeting, S.attendee)} == {
        "Ports, Harbours & Fisheries Agency", "Ólafur Þórsson", "Гүлнар Есенова"}
    visit = named(graph, "Visit of Гүлнар Есенова")
    assert value(graph, visit, S.startDate) == "2024-06" and value(graph, visit, OURS.edtf) == "2024-06"
    treaty = named(graph, "agreement on fish, grain and ports")
    assert (value(graph, treaty, S.dateCreated), value(graph, treaty, S.expires)) == ("2019-05-02", "2029")
    promise = named(graph, "Iceland: to open a consulate")
    assert value(graph, promise, OURS.deadline) == "../2027" and value(graph, promise, OURS.status) == "done"
    roles = {str(graph.value(r, S.roleName)): r for r in graph.subjects(RDF.type, S.OrganizationRole)}
    assert value(graph, roles["deputy prime minister"], S.startDate) == "2022-01-05"
    assert value(graph, roles["minister of trade"], S.startDate) is None  # an open date is no date of schema.org
    assert value(graph, roles["minister of trade"], OURS.start) == "../2023-11-02"
    assert value(graph, roles["member"], S.startDate) == "1949"
    assert str(graph.value(graph.value(roles["member"], OURS.holder), S.sameAs)) == "http://www.wikidata.org/entity/Q189"
    assert value(graph, named(graph, "Consulate of Iceland"), OURS.status) == "open"
    assert value(graph, named(graph, "Ports, grain and a promise"), S.datePublished) == "2024-03-12"


def test_a_disputed_figure_is_two_observations_whose_claims_contradict_each_other(graph: rdflib.Graph) -> None:
    found = {float(str(graph.value(v, S.value))): o for o in graph.subjects(RDF.type, S.Observation)
             for v in graph.objects(o, S.value)}
    assert set(found) == {1.2e9, 2.4e9}
    one, other = (graph.value(found[n], PROV.wasDerivedFrom) for n in (1.2e9, 2.4e9))
    assert (one, OURS.contradicts, other) in graph and (other, OURS.contradicts, one) in graph
    assert "They cannot both hold" in str(graph.value(named(graph, "Disputed"), S.description))


def test_annotations_point_at_the_words_in_the_text(graph: rdflib.Graph, invented_record: Record) -> None:
    texts = {jsonld.iri(d.id): invented_record.document(d.id)[1].text for d in invented_record.documents()}
    seen = 0
    for annotation in graph.subjects(RDF.type, OA.Annotation):
        target = graph.value(annotation, OA.hasTarget)
        text = texts[str(graph.value(target, OA.hasSource))]
        selectors = {graph.value(s, RDF.type): s for s in graph.objects(target, OA.hasSelector)}
        place, words = selectors[OA.TextPositionSelector], selectors[OA.TextQuoteSelector]
        start, end = (int(str(graph.value(place, p))) for p in (OA.start, OA.end))
        exact, prefix, suffix = (str(graph.value(words, p) or "") for p in (OA.exact, OA.prefix, OA.suffix))
        assert text[start:end] == exact and text[start - len(prefix) : end + len(suffix)] == prefix + exact + suffix
        assert (graph.value(annotation, OA.hasBody), RDF.type, S.Claim) in graph
        seen += 1
    assert seen == 15


def test_every_fact_is_derived_from_claims_and_those_from_documents(graph: rdflib.Graph) -> None:
    for meeting in graph.subjects(RDF.type, S.Event):
        for claim in graph.objects(meeting, PROV.wasDerivedFrom):
            document = graph.value(claim, PROV.wasDerivedFrom)
            assert (document, RDF.type, PROV.Entity) in graph
            assert str(graph.value(claim, S.appearance)) == str(document)
            program = graph.value(graph.value(claim, PROV.wasGeneratedBy), PROV.wasAssociatedWith)
            assert str(graph.value(program, S.name)) == "dragoman" and graph.value(program, S.softwareVersion)


def test_without_quotes_only_places_are_left(bundled: Bundled) -> None:
    text = "\n".join(jsonld.write(bundled(quotes=False)))
    assert "She will visit" not in text and "TextPositionSelector" in text and "TextQuoteSelector" not in text


def test_claims_alone_and_documents_alone(bundled: Bundled) -> None:
    claims = rdflib.Graph().parse(data="\n".join(jsonld.write(bundled("claims"))), format="json-ld")
    assert len(set(claims.subjects(RDF.type, S.Claim))) == 15 and not list(claims.subjects(RDF.type, S.Event))
    documents = rdflib.Graph().parse(data="\n".join(jsonld.write(bundled("documents"))), format="json-ld")
    assert len(set(documents.subjects(RDF.type, PROV.Entity))) == 3  # what is read and how is told of claims
