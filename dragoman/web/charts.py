"""Charts as Vega-Lite specifications: pure functions of facts, the same for the page and for files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.model import time
from dragoman.model.offices import Chain
from dragoman.model.saying import date
from dragoman.resolve import offices
from dragoman.views.together import span
from dragoman.views.visible import one_line
from dragoman.views.wording import state

Spec = dict[str, Any]
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
SANS = "'Source Sans 3', 'Liberation Sans', sans-serif"
LIGHT = {
    "paper": "#fbfaf7",
    "ink": "#1b1b1a",
    "soft": "#595650",
    "faint": "#e3dfd6",
    "one": "#1f5f8b",
    "other": "#a8561b",
    "warn": "#b3261e",
    "good": "#2f6b3a",
    "quads": ["#8fb8d6", "#1f5f8b", "#e3a868", "#a3341f"],
    "many": ["#1f5f8b", "#a8561b", "#2f6b3a", "#7a4b8b", "#8a7a1d", "#3c8a8a", "#b3567d", "#595650", "#b0aca2"],
}
DARK = {
    "paper": "#15181b",
    "ink": "#e8e5de",
    "soft": "#a9a69e",
    "faint": "#32373c",
    "one": "#7db7e0",
    "other": "#e09a5b",
    "warn": "#f0907f",
    "good": "#8ccb98",
    "quads": ["#a9cde8", "#4f97c9", "#e9b57c", "#e0705a"],
    "many": ["#7db7e0", "#e09a5b", "#8ccb98", "#c29ad3", "#d3c25a", "#6fc7c7", "#e39abb", "#a9a69e", "#6f6d67"],
}
SLOT = 13  # pixels


def colours(theme: str) -> dict[str, Any]:
    """The colours of a theme, `light` or `dark`."""
    return DARK if theme == "dark" else LIGHT


def framed(spec: Spec, theme: str, description: str) -> Spec:
    """A specification with what every chart shares: type, colours, lines."""
    c = colours(theme)
    axis = {
        "labelFont": SANS,
        "titleFont": SANS,
        "labelColor": c["soft"],
        "titleColor": c["soft"],
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "domain": False,
        "tickColor": c["faint"],
        "gridColor": c["faint"],
        "labelPadding": 6,
    }
    config = {
        "background": c["paper"],
        "font": SANS,
        "view": {"stroke": None},
        "axis": axis,
        "axisX": {"grid": False, "labelFlush": False},
        "legend": {
            "labelFont": SANS,
            "labelColor": c["ink"],
            "labelFontSize": 12,
            "title": None,
            "orient": "top",
            "symbolStrokeWidth": 0,
            "labelLimit": 260,
            "columnPadding": 14,
        },
        "text": {"font": SANS, "color": c["ink"], "fontSize": 12},
        "mark": {"tooltip": {"content": "encoding"}},
    }
    return {
        "$schema": SCHEMA,
        "description": description,
        "padding": {"left": 2, "right": 8, "top": 4, "bottom": 4},
        "config": config,
    } | spec


def _time(field: str, **more: Any) -> Spec:
    return {
        "field": field,
        "type": "temporal",
        "title": None,
        "axis": {"tickCount": 8, "labelOverlap": True, "format": "", "labelExpr": TIME_LABELS},
    } | more


TIME_LABELS = (
    "timeFormat(datum.value, '%m-%d') == '01-01' ? timeFormat(datum.value, '%Y') : "
    "timeFormat(datum.value, '%d') == '01' ? timeFormat(datum.value, '%b %Y') : timeFormat(datum.value, '%-d %b')"
)
ZOOM: Spec = {"name": "zoom", "select": {"type": "interval", "encodings": ["x"]}, "bind": "scales"}


# ---------------------------------------------------------------- timeline


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing on a timeline.

    lane    the row that it stands in
    edtf    its date; where that is not a day, it is drawn as a range
    status  `held`, `planned`, `possible`, `called off`
    of      id of the fact or claim that it opens
    """

    lane: str
    edtf: str | None
    label: str
    of: str
    status: str = "held"


def timeline(entries: Iterable[Entry], lanes: Sequence[str], theme: str = "light", width: int = 900) -> Spec:
    """What happened, one row a kind: a dot for a day, a bar for a date that is only known to lie in a range."""
    c = colours(theme)
    rows = _stacked([row for e in entries if (row := _entry(e))], lanes, width)
    slots = {lane: 1 + max((r["slot"] for r in rows if r["lane"] == lane), default=0) for lane in lanes}
    shown = [lane for lane in lanes if any(r["lane"] == lane for r in rows)]
    tops, at = {}, 0.0
    for lane in shown:
        tops[lane], at = at, at + slots[lane] * SLOT + 14
    for r in rows:
        r["y"] = tops[r["lane"]] + 10 + r["slot"] * SLOT
    labels = [{"lane": lane, "y": top + 10} for lane, top in tops.items()]
    rules = [{"y": top + slots[lane] * SLOT + 8} for lane, top in tops.items()][:-1]
    y = {"field": "y", "type": "quantitative", "axis": None, "scale": {"domain": [max(at, 30), 0], "nice": False, "zero": False}}
    tooltip = [{"field": "label", "title": "What"}, {"field": "when", "title": "When"}, {"field": "status", "title": "Status"}]
    colour = {"field": "lane", "type": "nominal", "legend": None, "scale": {"domain": list(lanes), "range": _lane_colours(c, lanes)}}
    x = _time("start", scale={"domain": _domain(rows), "nice": False})
    base = {"y": y, "tooltip": tooltip, "color": colour}
    faded = {"condition": {"test": "datum.status == 'held'", "value": 1}, "value": 0.55}
    layers = [
        {"data": {"values": rules}, "mark": {"type": "rule", "color": c["faint"], "tooltip": None}, "encoding": {"y": y}},
        {
            "transform": [{"filter": "datum.exact == false"}],
            "params": [ZOOM],
            "mark": {"type": "bar", "height": 7, "cornerRadius": 3.5, "cursor": "pointer", "clip": True},
            "encoding": base
            | {"x": x, "x2": {"field": "end"}, "opacity": {"condition": {"test": "datum.status == 'held'", "value": 0.45}, "value": 0.22}},
        },
        {
            "transform": [{"filter": "datum.exact && datum.status != 'called off'"}],
            "mark": {"type": "point", "size": 62, "strokeWidth": 1.8, "cursor": "pointer", "clip": True},
            "encoding": base
            | {
                "x": x,
                "fill": colour,
                "opacity": faded,
                "fillOpacity": {"condition": {"test": "datum.status == 'held'", "value": 1}, "value": 0},
            },
        },
        {
            "transform": [{"filter": "datum.status == 'called off'"}],
            "mark": {
                "type": "point",
                "shape": "M-.7,-.7L.7,.7M-.7,.7L.7,-.7",
                "size": 90,
                "strokeWidth": 2,
                "cursor": "pointer",
                "clip": True,
            },
            "encoding": base | {"x": x, "color": {"value": c["soft"]}},
        },
        {
            "data": {"values": labels},
            "mark": {
                "type": "text",
                "align": "right",
                "baseline": "middle",
                "dx": -10,
                "tooltip": None,
                "fontWeight": 600,
                "fontSize": 12.5,
            },
            "encoding": {"y": y, "x": {"value": 0}, "text": {"field": "lane"}},
        },
    ]
    spec = {"data": {"values": rows}, "width": width - 120, "height": max(at, 30), "layer": layers}
    framedspec = framed(spec, theme, f"Timeline of {len(rows)} entries in {len(shown)} rows: {', '.join(shown)}")
    framedspec["padding"] = {"left": 100, "right": 10, "top": 4, "bottom": 4}
    return framedspec | {"autosize": {"type": "pad"}}


def _lane_colours(c: Mapping[str, Any], lanes: Sequence[str]) -> list[str]:
    known = {
        "Contacts": c["one"],
        "Agreements": c["good"],
        "Promises": c["other"],
        "Deadlines": c["other"],
        "Events": c["soft"],
        "Statements": c["soft"],
        "Offices": c["good"],
    }
    return [known.get(lane, c["one"]) for lane in lanes]


def _entry(entry: Entry) -> dict[str, Any] | None:
    """A row of the chart; None where there is no date, or one without an end."""
    span = time.parse(entry.edtf) if entry.edtf and time.is_edtf(entry.edtf) else None
    if span is None:
        return None
    first, last = span.first or span.last, span.last or span.first
    if first is None or last is None:
        return None
    exact = (last - first).days <= 1
    return {
        "lane": entry.lane,
        "start": _day(first),
        "end": _day(last + dt.timedelta(days=1)),
        "exact": exact,
        "label": one_line(entry.label, 160),
        "when": date(entry.edtf),
        "status": entry.status,
        "of": entry.of,
    }


def _stacked(rows: list[dict[str, Any]], lanes: Sequence[str], width: int) -> list[dict[str, Any]]:
    """The rows with the slot of each in its lane, so that they do not stand upon each other."""
    if not rows:
        return rows
    low, high = min(r["start"] for r in rows), max(r["end"] for r in rows)
    span = max((dt.date.fromisoformat(high) - dt.date.fromisoformat(low)).days, 30)
    room = 10 * span / max(width - 120, 200)  # days that a dot covers
    for lane in lanes:
        free: list[float] = []
        for r in sorted((r for r in rows if r["lane"] == lane), key=lambda r: (r["start"], r["end"])):
            begin = dt.date.fromisoformat(r["start"]).toordinal()
            end = begin + room if r["exact"] else dt.date.fromisoformat(r["end"]).toordinal() + room / 3
            slot = next((k for k, until in enumerate(free) if until <= begin), len(free))
            slot = slot if slot < 9 else len(rows) % 9  # a very full day covers some of its own
            free[slot : slot + 1] = [end]
            r["slot"] = slot
    return rows


def _domain(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """From the first to the last day with a little room; what only reaches far is cut by the chart's edge."""
    exact = [r for r in rows if r["exact"]] or list(rows)
    low, high = min(r["start"] for r in exact), max(r["end"] for r in exact)
    first, last = dt.date.fromisoformat(low), dt.date.fromisoformat(high)
    margin = dt.timedelta(days=max((last - first).days // 30, 20))
    return [_day(first - margin), _day(last + margin)]


def _day(day: dt.date) -> str:
    return max(day, dt.date(1000, 1, 1)).isoformat()


# ---------------------------------------------------------------- offices


def bars(chains: Sequence[Chain], until: str | None, theme: str = "light", width: int = 900) -> Spec:
    """Offices as bars over time: solid where a document states or shows the person in office, pale as far as the dates may reach."""
    c = colours(theme)
    sides = list(dict.fromkeys(chain.position.state or "" for chain in chains))
    rows = [row for chain in chains for row in _bars(chain)]
    order = list(dict.fromkeys(r["office"] for r in rows))
    gaps = [
        {"office": _office(chain), "start": _day(d.first), "end": _day(d.last), "label": f"nobody known, {date(g.days)}"}
        for chain in chains
        for g in chain.gaps
        if (d := time.parse(g.days)).first and d.last
    ]
    y = {
        "field": "office",
        "type": "nominal",
        "sort": order,
        "title": None,
        "axis": {"labelLimit": 210, "ticks": False},
        "scale": {"paddingInner": 0.25},
    }
    x = _time("start", scale={"nice": False, "domain": _reach(rows, until)})
    colour = {
        "field": "side",
        "type": "nominal",
        "scale": {"domain": [state(s) for s in sides], "range": [c["one"], c["other"]]},
        "legend": None if len(sides) < 2 else {},
    }
    tooltip = [{"field": "person", "title": "Who"}, {"field": "office", "title": "Office"}, {"field": "span", "title": "In office"}]
    bar = {"type": "bar", "height": 17, "cornerRadius": 2, "cursor": "pointer", "clip": True}
    seen = [{"office": r["office"], "start": d, "of": r["of"]} for r in rows for d in r["seen"]]
    layers: list[Spec] = [
        {
            "data": {"values": gaps},
            "mark": {"type": "rule", "strokeDash": [2, 4], "color": c["warn"], "clip": True, "strokeWidth": 1.5},
            "encoding": {"y": y, "x": x, "x2": {"field": "end"}, "tooltip": [{"field": "label", "title": "Gap"}]},
        },
        {
            "transform": [{"filter": "datum.planned == false"}],
            "params": [ZOOM],
            "mark": bar | {"opacity": 0.32},
            "encoding": {"y": y, "x": x, "x2": {"field": "end"}, "color": colour, "tooltip": tooltip},
        },
        {
            "transform": [{"filter": "isValid(datum.sure)"}],
            "mark": bar | {"opacity": 0.85},
            "encoding": {"y": y, "x": x | {"field": "sure"}, "x2": {"field": "sureEnd"}, "color": colour, "tooltip": tooltip},
        },
        {
            "transform": [{"filter": "datum.planned"}],
            "mark": bar | {"filled": False, "strokeWidth": 1.5, "strokeDash": [3, 2]},
            "encoding": {"y": y, "x": x, "x2": {"field": "end"}, "color": colour, "tooltip": tooltip},
        },
        {
            "data": {"values": seen},
            "mark": {"type": "tick", "height": 9, "thickness": 1.5, "color": c["paper"], "clip": True, "tooltip": None},
            "encoding": {"y": y, "x": x},
        },
        {
            "mark": {
                "type": "text",
                "align": "left",
                "baseline": "bottom",
                "dx": 1,
                "dy": -9,
                "fontSize": 11.5,
                "clip": True,
                "tooltip": None,
            },
            "encoding": {"y": y, "x": x, "text": {"field": "person"}},
        },
    ]
    spec: Spec = {"data": {"values": rows}, "width": width - 235, "height": {"step": 44}, "layer": layers}
    return framed(spec, theme, f"Bars: who held {len(order)} offices of {' and '.join(state(s) for s in sides)}, as far as documents tell")


def _office(chain: Chain) -> str:
    where = f", {state(chain.position.state)}" if chain.position.state else ""
    body = f" ({one_line(chain.position.organization, 40)})" if chain.position.organization else ""
    return one_line(chain.position.name, 60) + body + where


def _bars(chain: Chain) -> Iterable[dict[str, Any]]:
    for o in chain.occupancies:
        first, last = offices.extent(o)
        if first is None or last is None or o.modality == "denied":
            continue
        sure = offices.certain(o) if o.modality == "actual" else None
        acting = " (acting)" if o.acting else " (planned)" if o.modality != "actual" else ""
        row = {
            "office": _office(chain),
            "side": state(chain.position.state or ""),
            "person": one_line(o.person.name or "not named", 50) + acting,
            "start": _day(first),
            "end": _day(last + dt.timedelta(days=6)),
            "span": span(o),
            "planned": o.modality != "actual",
            "of": ",".join(o.cited[:30]),
            "seen": [_day(d) for s in o.observed if (d := time.parse(s).first)] if o.modality == "actual" else [],
        }
        yield row | ({"sure": _day(sure[0]), "sureEnd": _day(sure[1] + dt.timedelta(days=6))} if sure else {})


def _reach(rows: Sequence[Mapping[str, Any]], until: str | None) -> list[str]:
    """The years shown: at most forty before the last day, so that one far beginning does not press all others together."""
    last = max([r["end"] for r in rows] + ([until] if until else []), default="2025-01-01")
    first = min((r["start"] for r in rows), default="2024-01-01")
    floor = f"{int(last[:4]) - 40:04}{last[4:8]}01"
    end = dt.date.fromisoformat(last)
    begin = dt.date.fromisoformat(max(first, floor))
    margin = max((end - begin).days // 25, 20)
    return [_day(begin - dt.timedelta(days=margin)), _day(end + dt.timedelta(days=2 * margin))]


def holders(chain: Chain, theme: str = "light", width: int = 900) -> Spec:
    """The holders of one office, a row each in order of time."""
    c = colours(theme)
    rows = list(_bars(chain))
    order = list(dict.fromkeys(r["person"] for r in rows))
    y = {"field": "person", "type": "nominal", "sort": order, "title": None, "axis": {"labelLimit": 190, "ticks": False}}
    x = _time("start", scale={"nice": False, "domain": _reach(rows, None)})
    tooltip = [{"field": "person", "title": "Who"}, {"field": "span", "title": "In office"}]
    bar = {"type": "bar", "height": 16, "cornerRadius": 2, "cursor": "pointer", "clip": True, "color": c["one"]}
    gaps = [
        {"start": _day(d.first), "end": _day(d.last), "label": f"nobody known, {date(g.days)}"}
        for g in chain.gaps
        if (d := time.parse(g.days)).first and d.last
    ]
    layers: list[Spec] = [
        {"data": {"values": gaps}, "mark": {"type": "rect", "color": c["faint"], "opacity": 0.6, "clip": True},
         "encoding": {"x": x, "x2": {"field": "end"}, "tooltip": [{"field": "label", "title": "Gap"}]}},
        {"params": [ZOOM], "mark": bar, "encoding": {"y": y, "x": x, "x2": {"field": "end"}, "tooltip": tooltip,
                                                    "opacity": {"condition": {"test": "datum.planned", "value": 0.15}, "value": 0.35}}},
        {"transform": [{"filter": "isValid(datum.sure)"}], "mark": bar,
         "encoding": {"y": y, "x": x | {"field": "sure"}, "x2": {"field": "sureEnd"}, "tooltip": tooltip}},
    ]
    spec: Spec = {"data": {"values": rows}, "width": width - 205, "height": {"step": 26}, "layer": layers}
    return framed(spec, theme, f"Bars: {len(order)} holders of the office of {_office(chain)}, as far as documents tell")
