"""GraphML: who met whom, for Gephi, yEd, networkx and igraph."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.exchange.write.network import attribute, left_out, network, text
from dragoman.model.exporting import Bundle

NAME = "graphml"
CARRIES = ("contact", "facts")
SUFFIX = ".graphml"
MEDIA = "application/xml"
CANNOT = "all but contacts that were held; their places, topics and sources stand under the ids of the facts"

__all__ = ["CANNOT", "CARRIES", "MEDIA", "NAME", "SUFFIX", "left_out", "write"]

KEYS = (("node", "label", "string"), ("node", "kind", "string"), ("node", "state", "string"), ("edge", "weight", "int"),
        ("edge", "modes", "string"), ("edge", "dates", "string"), ("edge", "facts", "string"))


def write(bundle: Bundle) -> Iterator[str]:
    """The graph, a node or an edge a line."""
    nodes, edges = network(bundle)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    yield from (f'<key id="{name}" for="{of}" attr.name="{name}" attr.type="{kind}"/>' for of, name, kind in KEYS)
    yield '<graph id="contacts" edgedefault="undirected">'
    for node in nodes:
        yield f"<node id={attribute(node.id)}>{_data(label=node.label, kind=node.kind, state=node.state)}</node>"
    for (one, other), edge in edges.items():
        cells = {"weight": str(edge.contacts)} | edge.cells
        yield f"<edge source={attribute(one)} target={attribute(other)}>{_data(**cells)}</edge>"
    yield "</graph>"
    yield "</graphml>"


def _data(**cells: str) -> str:
    return "".join(f'<data key="{name}">{text(value)}</data>' for name, value in cells.items())
