"""GEXF 1.2: who met whom, for Gephi and networkx."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dragoman.exchange.write.graphml import CANNOT
from dragoman.exchange.write.network import attribute, left_out, network
from dragoman.model.exporting import Bundle

NAME = "gexf"
CARRIES = ("contact", "facts")
SUFFIX = ".gexf"
MEDIA = "application/xml"
__all__ = ["CANNOT", "CARRIES", "MEDIA", "NAME", "SUFFIX", "left_out", "write"]

OF_NODES, OF_EDGES = ("kind", "state"), ("modes", "dates", "facts")


def write(bundle: Bundle) -> Iterator[str]:
    """The graph, a node or an edge a line."""
    nodes, edges = network(bundle)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">'
    yield '<graph mode="static" defaultedgetype="undirected">'
    for of, names in (("node", OF_NODES), ("edge", OF_EDGES)):
        columns = "".join(f'<attribute id="{name}" title="{name}" type="string"/>' for name in names)
        yield f'<attributes class="{of}">{columns}</attributes>'
    yield "<nodes>"
    for node in nodes:
        yield f"<node id={attribute(node.id)} label={attribute(node.label)}>{_values({'kind': node.kind, 'state': node.state})}</node>"
    yield "</nodes>"
    yield "<edges>"
    for k, ((one, other), edge) in enumerate(edges.items()):
        ends = f"source={attribute(one)} target={attribute(other)}"
        yield f'<edge id="{k}" {ends} weight="{edge.contacts}">{_values(edge.cells)}</edge>'
    yield "</edges>"
    yield "</graph>"
    yield "</gexf>"


def _values(cells: Mapping[str, str]) -> str:
    return "<attvalues>" + "".join(f'<attvalue for="{name}" value={attribute(value)}/>' for name, value in cells.items()) + "</attvalues>"
