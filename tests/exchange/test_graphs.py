"""Who met whom as GraphML and GEXF, read by networkx."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import networkx as nx
import pytest

from dragoman import Record
from dragoman.exchange.write import gexf, graphml
from dragoman.model.exporting import Bundle

Bundled = Callable[..., Bundle]
READERS = ((graphml, nx.read_graphml), (gexf, nx.read_gexf))


@pytest.mark.parametrize(("form", "reader"), READERS)
def test_nodes_and_edges(bundled: Bundled, form: Any, reader: Any) -> None:
    graph = reader(io.BytesIO("\n".join(form.write(bundled())).encode()))
    assert not graph.is_directed()
    label = {data["label"]: name for name, data in graph.nodes(data=True)}
    assert set(label) == {"Ports, Harbours & Fisheries Agency", "Ólafur Þórsson", "Гүлнар Есенова", "Iceland", "Kazakhstan"}
    assert {graph.nodes[label[n]]["kind"] for n in ("Iceland", "Kazakhstan")} == {"state"}
    assert graph.nodes[label["Гүлнар Есенова"]]["state"] == "KAZ"
    met = graph.edges[label["Ólafur Þórsson"], label["Гүлнар Есенова"]]
    assert (met["weight"], met["modes"], met["dates"]) == (1, "meeting", "2024-03-11") and met["facts"].startswith("fact:")
    call = graph.edges[label["Iceland"], label["Kazakhstan"]]
    assert (call["modes"], call.get("dates", "")) == ("call", "")  # without a date there is none
    assert graph.number_of_edges() == 4  # the visit that is only planned is no meeting
    assert form.left_out(bundled()) == {"contacts that were not held": 1}


@pytest.mark.parametrize(("form", "reader"), READERS)
def test_meetings_add_up_and_odd_characters_do_not_break_it(bundled: Bundled, invented_record: Record, form: Any, reader: Any) -> None:
    meeting = next(m for m in invented_record.facts("contact") if m.occasion)
    odd = replace(meeting.participants[0], name='A "b" <c> & \x00\x1b d', mention=None)
    one = replace(meeting, participants=(odd, *meeting.participants[1:]))
    other = replace(one, date="2023", mode="call")
    graph = reader(io.BytesIO("\n".join(form.write(replace(bundled(), facts=[one, other]))).encode()))
    assert {d["weight"] for _, _, d in graph.edges(data=True)} == {2}
    assert {d["dates"] for _, _, d in graph.edges(data=True)} == {"2023; 2024-03-11"}
    assert {d["modes"] for _, _, d in graph.edges(data=True)} == {"call; meeting"}
    assert any(d["label"].startswith('A "b" <c> &') for _, d in graph.nodes(data=True))
