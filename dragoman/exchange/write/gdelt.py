"""GDELT 2.0 events: 61 tab-separated columns without a header, CAMEO codes, a row for each pair of sides of an event that happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from dragoman.exchange import events, gdelt
from dragoman.model.claims import ActorRef
from dragoman.model.exporting import Bundle
from dragoman.reference import plover, state_numbers, states

NAME = "gdelt"
CARRIES = ("event",)
SUFFIX = ".export.CSV"
MEDIA = "text/tab-separated-values"
CANNOT = ("quotations, commitments, figures, offices, modes and contexts beyond the CAMEO code, all documents but the first (its "
          "mentions have them), denied and possible events, the day of what is planned, a date less exact than a day (its first day is "
          "written), tone and coordinates (left blank)")


def write(bundle: Bundle) -> Iterator[str]:
    """The rows, by day."""
    for told in events.together(bundle):
        for n, (source, recipient) in enumerate(events.pairs(told.event)):
            cells = _cells(told, n, source, recipient)
            yield "\t".join(" ".join(cells.get(column, "").split()) for column in gdelt.EVENT)


def left_out(bundle: Bundle) -> Mapping[str, int]:
    """Events without any day, and those that did not happen."""
    return events.left_out(bundle, not_yet=True)


def _cells(told: events.Told, n: int, source: ActorRef | None, recipient: ActorRef | None) -> dict[str, str]:
    day, way, event = dt.date.fromisoformat(told.day.first), events.cameo(told.event), told.event
    documents = {row.document.id: row.document for row in told.rows}
    first = told.rows[0].document
    place = event.place
    cells = {
        "GLOBALEVENTID": gdelt.number(told.number, n),
        "SQLDATE": day.strftime("%Y%m%d"),
        "MonthYear": day.strftime("%Y%m"),
        "Year": day.strftime("%Y"),
        "FractionDate": f"{day.year + min(0.9999, ((day.month - 1) * 30 + day.day) / 365):.4f}",
        "EventCode": way.cameo,
        "EventBaseCode": gdelt.base(way.cameo),
        "EventRootCode": way.cameo[:2],
        "QuadClass": str(gdelt.quad(way.cameo)),
        "GoldsteinScale": str(way.goldstein),
        "NumMentions": str(sum(len(row.claim.evidence) for row in told.rows)),
        "NumSources": str(len({d.outlet or d.id for d in documents.values()})),
        "NumArticles": str(len(documents)),
        "DATEADDED": first.read_at[:19].translate(str.maketrans("", "", "-T:")),
        "SOURCEURL": first.url or first.file,
    }
    if place:
        country = states.short_name(place.state or "")
        cells |= {"ActionGeo_Type": "4", "ActionGeo_Fullname": f"{place.name}, {country}" if country else place.name,
                  "ActionGeo_CountryCode": state_numbers.of(place.state).fips}  # fmt: skip
    return cells | _side("Actor1", source) | _side("Actor2", recipient)


def _side(column: str, actor: ActorRef | None) -> dict[str, str]:
    if actor is None:
        return {}
    country = plover.state(actor.state, "cameo_states") if actor.state else ""
    group = plover.known_group(actor.id or "") if not country else ""
    kind = plover.sector(actor.position) if country and actor.position else "" if country else _body(actor)
    found = {"Code": country + kind if country else kind + group, "Name": events.name(actor).upper(), "CountryCode": country,
             "KnownGroupCode": group, "Type1Code": kind}  # fmt: skip
    return {column + part: value for part, value in found.items()}


def _body(actor: ActorRef) -> str:
    """An organisation's type; GDELT has every group of states as IGO."""
    code = plover.organization(actor.id or "", events.kind(actor)) if actor.id else ""
    return "IGO" if code in ("UNO", "EUR") else code
