"""Who met whom: persons, offices, bodies and states as nodes, their contacts as weighted edges; what GraphML and GEXF are written from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations
from xml.sax.saxutils import escape, quoteattr

from dragoman.exchange.write import telling
from dragoman.model.exporting import Bundle
from dragoman.model.meetings import Meeting

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MANY = 30  # participants of one contact; of a conference with more, states are linked and not everybody with everybody


@dataclass(frozen=True, slots=True)
class Node:
    """A person, a state, a body, or the holder of an office who is not named."""

    id: str
    label: str
    kind: str
    state: str


@dataclass(slots=True)
class Edge:
    """All contacts of two nodes: how many, of which modes, on which days, and the facts behind them."""

    contacts: int = 0
    modes: set[str] = field(default_factory=set)
    dates: set[str] = field(default_factory=set)
    facts: list[str] = field(default_factory=list)

    @property
    def cells(self) -> dict[str, str]:
        """What is known of the edge, in words; dates as EDTF."""
        days = sorted(self.dates, key=lambda d: d.replace("../", ""))
        return {"modes": "; ".join(sorted(self.modes)), "dates": "; ".join(days), "facts": "; ".join(self.facts)}


def network(bundle: Bundle) -> tuple[list[Node], dict[tuple[str, str], Edge]]:
    """Nodes by id, and edges by their two nodes in order; only contacts that were held count."""
    nodes: dict[str, Node] = {}
    edges: dict[tuple[str, str], Edge] = {}
    persons, bodies = telling.persons(bundle), telling.bodies(bundle)
    for fact in bundle.facts:
        if not isinstance(fact, Meeting) or fact.status != "held":
            continue
        met = _nodes(fact, persons, bodies)
        nodes |= met
        for pair in combinations(sorted(met), 2):
            edge = edges.setdefault(pair, Edge())
            edge.contacts += 1
            edge.modes.add(fact.mode)
            edge.dates |= {fact.date} if fact.date else set()
            edge.facts.append(fact.id)
    return [nodes[name] for name in sorted(nodes)], dict(sorted(edges.items()))


def left_out(bundle: Bundle) -> dict[str, int]:
    """How many contacts were not held."""
    others = sum(1 for fact in bundle.facts if isinstance(fact, Meeting) and fact.status != "held")
    return {"contacts that were not held": others} if others else {}


def _nodes(fact: Meeting, persons: telling.Persons, bodies: Mapping[str, str]) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for ref in fact.participants:
        label = telling.actor(ref)
        person = persons.who(ref, fact.claims)
        if telling.is_state(ref):
            node = Node(f"state:{ref.state or ref.name}", label, "state", ref.state or "")
        elif person is not None:
            node = Node(person.id, person.name or label, "person", person.state or ref.state or "")
        elif telling.is_unnamed(ref):
            node = Node(f"office:{ref.state or ''}:{ref.position}", label, "office", ref.state or "")
        else:
            node = Node(ref.id or bodies.get(label.casefold()) or f"body:{label.casefold()}", label, "body", ref.state or "")
        found[node.id] = node
    if fact.host and fact.mode == "visit":
        found.setdefault(f"state:{fact.host}", Node(f"state:{fact.host}", telling.state(fact.host), "state", fact.host))
    states = {name: node for name, node in found.items() if node.kind == "state"}
    return states if len(found) > MANY else found


def text(words: str) -> str:
    """The words for XML, without what XML cannot hold."""
    return escape(_NOT_XML.sub("\ufffd", words))


def attribute(words: str) -> str:
    """The words for XML in quotation marks."""
    return quoteattr(_NOT_XML.sub("\ufffd", words))
