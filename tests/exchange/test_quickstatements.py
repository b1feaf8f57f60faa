"""QuickStatements: read by a reader of version 1 as its help page describes it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from dragoman import Record
from dragoman.exchange.write import quickstatements
from dragoman.model.exporting import Bundle
from dragoman.model.offices import Bound, Chain

Bundled = Callable[..., Bundle]
VALUE = re.compile(r'Q\d+|\+\d{4}-\d\d-\d\dT00:00:00Z/(?:9|10|11)|"[^"\t\n]*"|[a-z]{2,3}:"[^"\t\n]*"')


def parsed(lines: list[str]) -> list[dict[str, Any]]:
    """Each statement with its subject, property, value, qualifiers and references; labels and CREATE as they are."""
    out: list[dict[str, Any]] = []
    for line in lines:
        command, _, comment = line.partition(" /* ")
        assert not comment or comment.endswith(" */")
        cells = command.split("\t")
        if cells == ["CREATE"]:
            out.append({"create": True})
            continue
        subject, prop, value, *rest = cells
        assert subject == "LAST" or re.fullmatch(r"Q\d+", subject)
        assert re.fullmatch(r"P\d+|[LDA]en", prop) and VALUE.fullmatch(value), line
        row: dict[str, Any] = {"subject": subject, "prop": prop, "value": value.strip('"'), "qualifiers": {}, "references": [],
                               "comment": comment}
        assert len(rest) % 2 == 0, line
        for name, held in zip(rest[::2], rest[1::2], strict=True):
            assert VALUE.fullmatch(held), (name, held)
            if name.startswith("P"):
                assert not row["references"], "qualifiers come before references"
                row["qualifiers"][name] = held.strip('"')
            else:
                assert re.fullmatch(r"!?S\d+", name)
                if name.startswith("!") or not row["references"]:
                    row["references"].append({})
                row["references"][-1][name.lstrip("!")] = held
        out.append(row)
    return out


def test_offices_and_memberships_with_their_sources(bundled: Bundled) -> None:
    rows = parsed(list(quickstatements.write(bundled())))
    label = next(r for r in rows if r.get("prop") == "Len")
    office = next(r for r in rows if r.get("prop") == "P39")
    assert rows[0] == {"create": True} and label["value"] == "Ólafur Þórsson"
    assert (office["value"], office["qualifiers"]["P1001"], office["qualifiers"]["P1932"]) == ("Q83307", "Q189", "minister of trade")
    assert office["references"][0]["S854"] == '"https://gazette.example/ports?id=1&x=2"'
    assert office["references"][0]["S813"] == "+2024-07-01T00:00:00Z/11" and office["references"][0]["S577"] == "+2024-03-12T00:00:00Z/11"
    assert office["references"][0]["S1476"] == 'en:"Ports, grain and a promise"'
    assert "P580" not in office["qualifiers"] and office["qualifiers"]["P585"] == "+2024-03-11T00:00:00Z/11"  # "by then" is no start
    member = next(r for r in rows if r.get("prop") == "P463")
    assert (member["subject"], member["value"]) == ("Q189", "Q7184")
    assert member["qualifiers"]["P580"] == "+1949-00-00T00:00:00Z/9" and member["comment"].startswith("fact:")
    assert quickstatements.left_out(bundled()) == {"offices without a known item in Wikidata": 1}


def test_an_inferred_end_is_never_written_and_a_stated_one_is(bundled: Bundled, invented_record: Record) -> None:
    chain: Chain = next(c for c in invented_record.facts("office") if c.position.name == "minister of trade")
    one = chain.occupancies[0]
    other_post = replace(one, ends=(Bound("2024-05-01", ("claim:of-another-post",)),), starts=(Bound("2022~", one.claims),))
    stated = replace(one, ends=(Bound("2024-05-01", one.claims[:1]),), starts=(Bound("2022~", one.claims),))
    for occupancy, end in ((other_post, None), (stated, "+2024-05-01T00:00:00Z/11")):
        bundle = replace(bundled(), facts=[replace(chain, occupancies=(occupancy,))])
        (office,) = [r for r in parsed(list(quickstatements.write(bundle))) if r.get("prop") == "P39"]
        assert office["qualifiers"].get("P582") == end
        assert (office["qualifiers"]["P580"], office["qualifiers"]["P1480"]) == ("+2022-00-00T00:00:00Z/9", "Q5727902")


def test_sources_that_differ_on_the_start_leave_it_out_and_say_so(bundled: Bundled, invented_record: Record) -> None:
    chain: Chain = next(c for c in invented_record.facts("office") if c.position.name == "minister of trade")
    one = replace(chain.occupancies[0], starts=(Bound("2021-02-01", ()), Bound("2021-03-01", ())))
    (line,) = [x for x in quickstatements.write(replace(bundled(), facts=[replace(chain, occupancies=(one,))])) if "\tP39\t" in x]
    assert "P580" not in line and line.endswith("sources differ on the dates */")


def test_an_office_that_nobody_can_cite_is_left_out(bundled: Bundled, invented_record: Record) -> None:
    chain: Chain = next(c for c in invented_record.facts("office") if c.position.name == "minister of trade")
    archive = next(d for d in invented_record.documents() if d.title is None)
    here = tuple(r.claim.id for r in invented_record.claims("tenure", document=archive.id))
    bundle = replace(bundled(), facts=[replace(chain, occupancies=(replace(chain.occupancies[0], claims=here),))])
    assert list(quickstatements.write(bundle)) == []
    assert quickstatements.left_out(bundle) == {"offices without a source that can be cited (no title and no address)": 1}
