"""Charts as Vega-Lite specifications: pure functions of facts, the same for the page and for files."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.model import time
from dragoman.model.offices import Chain
from dragoman.model.saying import date
from dragoman.resolve import offices
from dragoman.views import together
from dragoman.views.visible import one_line
from dragoman.views.wording import state
from dragoman.web.words import capital, office_name

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
SLOT, HEAD = 13, 20  # pixels
MOST_TERMS, MOST_SEEN = 40, 25  # holders of one office that are drawn, and days of one of them: the latest
CROSS = "M-1,-1L1,1M-1,1L1,-1"


def colours(theme: str) -> dict[str, Any]:
    """The colours of a theme, `light` or `dark`."""
    return DARK if theme == "dark" else LIGHT


def framed(spec: Spec, theme: str, description: str, width: int | None = None) -> Spec:
    """A specification with what every chart shares: type, colours, lines; `width` is that of the whole."""
    c = colours(theme)
    axis = {"labelFont": SANS, "titleFont": SANS, "labelColor": c["soft"], "titleColor": c["soft"], "labelFontSize": 12,
            "titleFontSize": 12, "titleFontWeight": "normal", "domain": False, "tickColor": c["faint"], "gridColor": c["faint"],
            "labelPadding": 6}
    legend = {"labelFont": SANS, "labelColor": c["ink"], "labelFontSize": 12, "title": None, "orient": "top", "labelLimit": 260,
              "columnPadding": 14, "offset": 8, "symbolOpacity": 1}
    heading = {"anchor": "start", "font": SANS, "fontSize": 15, "color": c["ink"], "subtitleFont": SANS, "subtitleColor": c["soft"],
               "subtitleFontSize": 12, "frame": "group", "offset": 12}
    config = {"background": c["paper"], "font": SANS, "view": {"stroke": None}, "axis": axis,
              "axisX": {"grid": False, "labelFlush": False},
              "legend": legend, "text": {"font": SANS, "color": c["ink"], "fontSize": 12},
              "mark": {"tooltip": {"content": "encoding"}}, "point": {"opacity": 1},
              "title": heading}
    size = {"width": width, "autosize": {"type": "fit-x", "contains": "padding"}} if width else {}
    room = {"left": 2, "right": 8, "top": 4, "bottom": 4}
    return {"$schema": SCHEMA, "description": description, "padding": room, "config": config} | size | spec


def days(field: str, domain: Sequence[str] = ()) -> Spec:
    """Time along the chart. The domain goes to one layer, of points: Vega-Lite finds that of a bar in conflict with itself."""
    scale = {"type": "utc", "nice": False} | ({"domain": list(domain)} if domain else {})
    axis = {"tickCount": 7, "labelOverlap": True, "labelExpr": TIME_LABELS}
    return {"field": field, "type": "temporal", "title": None, "scale": scale, "axis": axis}


def layer(mark: str, encoding: Spec, where: str | None = None, data: Sequence[Mapping[str, Any]] | None = None, zoom: bool = False,
          **look: Any) -> Spec:
    """One layer: a mark with its look, for the rows that fulfil a test or for rows of its own."""
    made: Spec = {"mark": {"type": mark, "clip": True} | look, "encoding": encoding}
    if where:
        made["transform"] = [{"filter": where}]
    if data is not None:
        made["data"] = {"values": list(data)}
    if zoom:
        made["params"] = [ZOOM]
    return made


TIME_LABELS = ("utcFormat(datum.value, '%m-%d') == '01-01' ? utcFormat(datum.value, '%Y') : "
               "utcFormat(datum.value, '%d') == '01' ? utcFormat(datum.value, '%b %Y') : utcFormat(datum.value, '%-d %b')")
ZOOM: Spec = {"name": "zoom", "select": {"type": "interval", "encodings": ["x"]}, "bind": "scales"}
HELD = "datum.status == 'held'"


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
    drawn, later = _within([row for e in entries if (row := _entry(e))])
    rows = _stacked(drawn, lanes, width)
    shown = [lane for lane in lanes if any(r["lane"] == lane for r in rows)]
    tops, at = {}, 0
    for lane in shown:
        tops[lane] = at
        at += HEAD + SLOT * (1 + max(r["slot"] for r in rows if r["lane"] == lane)) + 8
    for r in rows:
        r["y"] = tops[r["lane"]] + HEAD + SLOT * (r["slot"] + 0.5)
    y = {"field": "y", "type": "quantitative", "axis": None, "scale": {"domain": [max(at, 40), 0], "nice": False, "zero": False}}
    colour = {"field": "lane", "type": "nominal", "legend": None, "scale": {"domain": list(lanes), "range": _lane_colours(c, lanes)}}
    tooltip = [{"field": "label", "title": "What"}, {"field": "when", "title": "When"}, {"field": "status", "title": "Status"}]
    base = {"y": y, "tooltip": tooltip, "color": colour}
    point = base | {"x": days("start", _domain(rows))}
    solid = {"fill": colour, "fillOpacity": {"condition": {"test": HELD, "value": 1}, "value": 0},
             "opacity": {"condition": {"test": HELD, "value": 1}, "value": 0.75}}
    ranged = base | {"x": days("start"), "x2": {"field": "end"}, "opacity": {"condition": {"test": HELD, "value": 0.45}, "value": 0.22}}
    heads = [{"lane": lane, "y": top + HEAD / 2} for lane, top in tops.items()]
    rules = [{"y": top - 4} for top in tops.values()][1:]
    beyond = [{"lane": lane, "y": tops[lane] + HEAD / 2, "n": f"{n} later →"} for lane, n in later.items() if lane in tops]
    layers = [
        layer("rule", {"y": y}, data=rules, color=c["faint"], tooltip=None),
        layer("rule", ranged, "datum.exact == false", strokeWidth=7, strokeCap="round", cursor="pointer"),
        layer("point", point | solid, "datum.exact && datum.status != 'called off'", zoom=True, size=62, strokeWidth=1.8, cursor="pointer"),
        layer("point", base | {"x": days("start"), "color": {"value": c["soft"]}}, "datum.status == 'called off'", shape=CROSS, size=70,
              strokeWidth=2, cursor="pointer"),
        layer("text", {"y": y, "x": {"value": 0}, "text": {"field": "lane"}}, data=heads, align="left", baseline="middle", fontWeight=600,
              fontSize=12.5, tooltip=None, clip=False),
        layer("text", {"y": y, "x": {"value": "width"}, "text": {"field": "n"}}, data=beyond, align="right", baseline="middle",
              color=c["soft"], tooltip=None, clip=False),
    ]
    spec = {"data": {"values": rows}, "height": max(at, 40), "layer": layers}
    return framed(spec, theme, f"Timeline of {len(rows)} entries in {len(shown)} rows: {', '.join(shown)}", width)


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
    open_start = span.first is None  # "by the end of 2026" is no day on which it happened
    return {
        "lane": entry.lane,
        "start": _day(first),
        "end": _day(last + dt.timedelta(days=1)),
        "exact": exact,
        "label": one_line(entry.label, 160),
        "when": date(entry.edtf),
        "status": "planned" if open_start and entry.status == "held" else entry.status,
        "of": entry.of,
    }


def _within(rows: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], Counter[str]]:
    """The rows up to a year or half of the time behind the last thing that happened, and how many of each lane lie later.

    A deadline in thirty years would press everything else into a corner.
    """
    held = [r["start"] for r in rows if r["status"] == "held" and r["exact"]]
    if not held:
        return rows, Counter()
    first, last = (dt.date.fromisoformat(d) for d in (min(held), max(held)))
    end = _day(last + dt.timedelta(days=max(365, (last - first).days // 2)))
    return [r for r in rows if r["start"] <= end], Counter(r["lane"] for r in rows if r["start"] > end)


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
    gaps = [gap | {"office": _office(chain)} for chain in chains for gap in _gaps(chain)]
    y = {"field": "office", "type": "nominal", "sort": order, "title": None,
         "axis": {"labelLimit": 240 if width > 640 else 108, "ticks": False, "labelColor": c["ink"]}}
    colour = {"field": "side", "type": "nominal", "scale": {"domain": [state(s) for s in sides], "range": [c["one"], c["other"]]},
              "legend": None if len(sides) < 2 else {"symbolType": "square"}}
    tooltip = [{"field": "person", "title": "Who"}, {"field": "office", "title": "Office"}, {"field": "span", "title": "In office"}]
    bar = {"y": y, "x": days("start"), "x2": {"field": "end"}, "color": colour, "tooltip": tooltip}
    sure = bar | {"x": days("sure"), "x2": {"field": "sureEnd"}}
    look: dict[str, Any] = {"height": 15, "cornerRadius": 2, "cursor": "pointer"}
    seen = [{"office": r["office"], "start": d} for r in rows for d in r["seen"]]
    reach = _reach(rows, until)
    middle = dt.date.fromisoformat(reach[0]) + (dt.date.fromisoformat(reach[1]) - dt.date.fromisoformat(reach[0])) * 0.6
    for r in rows:
        r["late"] = r["start"] >= _day(middle)
    named = {"y": y, "x": days("start", reach), "text": {"field": "person"}}
    text: dict[str, Any] = {"baseline": "bottom", "dy": -9, "fontSize": 11.5, "tooltip": None}
    layers: list[Spec] = [
        layer("rule", {"y": y, "x": days("start"), "x2": {"field": "end"}, "tooltip": GAP}, data=gaps, strokeDash=[2, 4], color=c["warn"],
              strokeWidth=1.5),
        layer("bar", bar, "datum.planned == false", opacity=0.32, **look),
        layer("bar", sure, "isValid(datum.sure)", opacity=0.85, **look),
        layer("bar", bar, "datum.planned", filled=False, strokeWidth=1.5, strokeDash=[3, 2], **look),
        layer("tick", {"y": y, "x": days("start")}, data=seen, height=9, thickness=1.5, color=c["paper"], tooltip=None),
        layer("text", named, "!datum.late", zoom=True, align="left", dx=1, **text),
        # a name at the right end would run out of the chart
        layer("text", named | {"x": days("end")}, "datum.late", align="right", dx=-1, **text),
    ]
    spec: Spec = {"data": {"values": rows}, "height": 40 * max(len(order), 1), "layer": layers}
    told = f"Bars: who held {len(order)} offices of {' and '.join(state(s) for s in sides)}, as far as documents tell"
    return framed(spec, theme, told, width)


def holders(chain: Chain, theme: str = "light", width: int = 900) -> Spec:
    """The holders of one office, a row each in order of time."""
    c = colours(theme)
    rows = list(_bars(chain))
    order = list(dict.fromkeys(r["person"] for r in rows))
    y = {"field": "person", "type": "nominal", "sort": order, "title": None,
         "axis": {"labelLimit": 190 if width > 640 else 110, "ticks": False, "labelColor": c["ink"]}}
    tooltip = [{"field": "person", "title": "Who"}, {"field": "span", "title": "In office"}]
    bar = {"y": y, "x": days("start"), "x2": {"field": "end"}, "tooltip": tooltip}
    pale = bar | {"opacity": {"condition": {"test": "datum.planned", "value": 0.15}, "value": 0.35}}
    look: dict[str, Any] = {"height": 15, "cornerRadius": 2, "cursor": "pointer", "color": c["one"]}
    seen = [{"person": r["person"], "start": d} for r in rows for d in (r["seen"] or [r["start"]])]
    layers: list[Spec] = [
        layer("rect", {"x": days("start"), "x2": {"field": "end"}, "tooltip": GAP}, data=list(_gaps(chain)), color=c["faint"], opacity=0.6),
        layer("bar", pale, **look),
        layer("bar", bar | {"x": days("sure"), "x2": {"field": "sureEnd"}}, "isValid(datum.sure)", **look),
        layer("tick", {"y": y, "x": days("start", _reach(rows, None))}, data=seen, zoom=True, height=9, thickness=1.5, color=c["paper"],
              tooltip=None),
    ]
    spec: Spec = {"data": {"values": rows}, "height": 26 * max(len(order), 1), "layer": layers}
    return framed(spec, theme, f"Bars: {len(order)} holders of the office of {_office(chain)}, as far as documents tell", width)


GAP = [{"field": "label", "title": "Gap"}]


def _gaps(chain: Chain) -> Iterable[dict[str, str]]:
    """The days that no holder covers."""
    for gap in chain.gaps:
        span = time.parse(gap.days)
        if span.first and span.last:
            yield {"start": _day(span.first), "end": _day(span.last), "label": f"nobody known, {date(gap.days)}"}


def _office(chain: Chain) -> str:
    where = f" ({chain.position.state})" if chain.position.state else ""
    body = f", {one_line(chain.position.organization, 40)}" if chain.position.organization else ""
    return one_line(capital(office_name(chain.position.name)), 60) + body + where


def _bars(chain: Chain) -> Iterable[dict[str, Any]]:
    for o in chain.occupancies[-MOST_TERMS:]:
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
            "span": together.span(o),
            "planned": o.modality != "actual",
            "of": ",".join(o.cited[:30]),
            "seen": [_day(d) for s in o.observed[-MOST_SEEN:] if (d := time.parse(s).first)] if o.modality == "actual" else [],
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

