"""Charts of numbers: a series with every claim a point, how a relation moved, and what was read."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from dragoman.model import time
from dragoman.model.flows import QUADS, Flow
from dragoman.model.overview import Covered
from dragoman.model.saying import amount, date
from dragoman.model.series import Point, Series
from dragoman.views.visible import one_line
from dragoman.web.charts import TIME_LABELS, ZOOM, Spec, colours, framed
from dragoman.web.words import series_title

MOST_CLAIMANTS, MOST_OUTLETS = 6, 8
AMOUNT_LABELS = "replace(replace(replace(format(datum.value, '~s'), 'G', ' bn'), 'M', ' m'), 'T', ' tn')"


# ---------------------------------------------------------------- a series


def points(series: Series, disputed: Collection[str] = (), theme: str = "light", width: int = 400) -> Spec:
    """Every claim of a series as a point over its period, with the range that its words allow; those in a dispute are ringed."""
    c = colours(theme)
    many = Counter(p.claimant or "not named" for p in series.points)
    shown = [name for name, _ in many.most_common(MOST_CLAIMANTS)]
    rows = [row for p in series.points if (row := _point(series, p, shown, disputed))]
    names = [one_line(n, 44) for n in shown] + (["others"] if len(many) > len(shown) else [])
    x: Spec = {
        "field": "middle",
        "type": "temporal",
        "title": None,
        "scale": {"domain": _span(rows), "nice": False},
        "axis": {"tickCount": 6, "labelExpr": TIME_LABELS, "labelOverlap": True},
    }
    y: Spec = {
        "field": "low",
        "type": "quantitative",
        "title": _unit(series),
        "scale": {"zero": _from_zero(rows)},
        "axis": {
            "labelExpr": AMOUNT_LABELS,
            "tickCount": 4,
            "titleAlign": "left",
            "titleAngle": 0,
            "titleAnchor": "start",
            "titleX": 0,
            "titleY": -14,
            "titlePadding": 0,
        },
    }
    colour: Spec = {
        "field": "who",
        "type": "nominal",
        "scale": {"domain": names, "range": c["many"]},
        "legend": {"columns": 1 if width < 520 else 2, "symbolType": "circle"},
    }
    tooltip = [
        {"field": "told", "title": "Figure"},
        {"field": "when", "title": "Period"},
        {"field": "full", "title": "Says"},
        {"field": "note", "title": "Counts"},
    ]
    base = {"tooltip": tooltip, "color": colour}
    span_x = {"x": x | {"field": "start"}, "x2": {"field": "end"}}
    layers: list[Spec] = [
        {
            "params": [ZOOM],
            "mark": {"type": "rule", "strokeWidth": 1.2, "opacity": 0.5, "clip": True},
            "encoding": base | span_x | {"y": y | {"field": "value"}},
        },
        {
            "transform": [{"filter": "datum.high > datum.low"}],
            "mark": {"type": "rule", "strokeWidth": 5, "opacity": 0.35, "strokeCap": "round", "clip": True},
            "encoding": base | {"x": x, "y": y, "y2": {"field": "high"}},
        },
        {
            "transform": [{"filter": "datum.disputed"}],
            "mark": {
                "type": "point",
                "shape": "circle",
                "size": 230,
                "color": c["warn"],
                "strokeWidth": 1.6,
                "clip": True,
                "tooltip": None,
            },
            "encoding": {"x": x, "y": y | {"field": "value"}},
        },
        {
            "mark": {"type": "point", "size": 70, "strokeWidth": 1.8, "cursor": "pointer", "clip": True},
            "encoding": base
            | {
                "x": x,
                "y": y | {"field": "value"},
                "fill": colour,
                "fillOpacity": {"condition": {"test": "datum.modality == 'actual'", "value": 1}, "value": 0},
            },
        },
    ]
    spec: Spec = {"data": {"values": rows}, "width": width - 70, "height": 190, "layer": layers}
    told = f"{series_title(series)}: {len(rows)} claims by {len(many)} claimants" + (", some contradicting each other" if disputed else "")
    return framed(spec, theme, told)


def _point(series: Series, p: Point, shown: Sequence[str], disputed: Collection[str]) -> dict[str, Any] | None:
    """A row of the chart; None for a claim without number or period."""
    edtf = p.period or p.asserted
    span = time.parse(edtf) if edtf and time.is_edtf(edtf) else None
    numbers = [n for n in (p.low, p.high) if n is not None]
    if span is None or not numbers:
        return None
    first, last = span.first or span.last, span.last or span.first
    if first is None or last is None:
        return None
    who = p.claimant or "not named"
    low, high = (p.least if p.least is not None else min(numbers)), (p.most if p.most is not None else max(numbers))
    return {
        "start": first.isoformat(),
        "end": (last + dt.timedelta(days=1)).isoformat(),
        "middle": (first + (last - first) / 2).isoformat(),
        "value": sum(numbers) / len(numbers),
        "low": low,
        "high": high,
        "of": p.claim,
        "who": one_line(who, 44) if who in shown else "others",
        "full": one_line(who, 120),
        "when": date(p.period) if p.period else f"no period; said {date(p.asserted)}",
        "modality": p.modality,
        "told": amount(p.low, p.high, series.unit, p.modifier, signed=series.measure == "change")
        + ("" if p.modality == "actual" else f" ({p.modality})"),
        "note": one_line(p.note, 120) if p.note else "",
        "disputed": p.claim in disputed,
    }


def _unit(series: Series) -> str:
    return {"1": "number", "%": "%"}.get(series.unit, series.unit)


def _from_zero(rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the axis begins at nothing: where the values lie close together and far from it, their differences would not be seen."""
    values = [r["value"] for r in rows]
    return not values or min(values) <= 0 or max(values) / min(values) > 1.6


def _span(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    low, high = min((r["start"] for r in rows), default="2024-01-01"), max((r["end"] for r in rows), default="2025-01-01")
    margin = max((dt.date.fromisoformat(high) - dt.date.fromisoformat(low)).days // 20, 15)
    return [
        (dt.date.fromisoformat(low) - dt.timedelta(days=margin)).isoformat(),
        (dt.date.fromisoformat(high) + dt.timedelta(days=margin)).isoformat(),
    ]


# ---------------------------------------------------------------- how a relation moved


def flow(found: Flow, theme: str = "light", width: int = 900) -> Spec:
    """Events by quad class above the line of contacts, and what was read beneath: a silence counts only where something was read."""
    c = colours(theme)
    events = [
        {"month": m.month, "class": quad, "n": n if k < 2 else -n, "count": n, "order": k, "when": date(m.month)}
        for m in found.months
        for k, (quad, n) in enumerate(zip(QUADS, m.events, strict=True))
        if n
    ]
    contacts = [
        {"month": m.month, "level": level, "n": n, "order": k, "when": date(m.month)}
        for m in found.months
        for k, (level, n) in enumerate(zip(found.levels, m.contacts, strict=True))
        if n
    ]
    read = [{"month": m.month, "n": m.documents, "when": date(m.month)} for m in found.months if m.documents]
    months = [m.month for m in found.months] or ["2024-01"]
    x = {
        "field": "month",
        "type": "temporal",
        "timeUnit": "yearmonth",
        "title": None,
        "scale": {"domain": [_month_start(months[0]), _month_end(months[-1])], "nice": False},
        "axis": {"tickCount": 8, "labelExpr": TIME_LABELS, "labelOverlap": True},
    }
    hidden = x | {"axis": None}
    panels = [
        _panel(
            events,
            "Events",
            110,
            hidden,
            {
                "field": "class",
                "type": "nominal",
                "scale": {"domain": list(QUADS), "range": c["quads"]},
                "legend": {"columns": 4 if width > 620 else 2},
            },
            [{"field": "class", "title": "Events"}, {"field": "count", "title": "Number"}, {"field": "when", "title": "Month"}],
            width,
        ),
        _panel(
            contacts,
            "Contacts",
            70,
            hidden,
            {
                "field": "level",
                "type": "nominal",
                "scale": {"domain": list(found.levels), "range": [c["one"], c["other"], c["soft"]]},
                "legend": {"columns": 3 if width > 620 else 1},
            },
            [{"field": "level", "title": "Level"}, {"field": "n", "title": "Contacts"}, {"field": "when", "title": "Month"}],
            width,
        ),
        _panel(
            read,
            "Documents read",
            40,
            x,
            {"value": c["soft"]},
            [{"field": "n", "title": "Documents read"}, {"field": "when", "title": "Month"}],
            width,
        ),
    ]
    spec: Spec = {
        "vconcat": panels,
        "spacing": 14,
        "resolve": {"scale": {"color": "independent", "x": "shared"}, "legend": {"color": "independent"}},
    }
    return framed(
        spec,
        theme,
        f"Columns by month, {date(months[0])} to {date(months[-1])}: events, conflict below the line; contacts; documents read",
    )


def _panel(rows: Sequence[Mapping[str, Any]], name: str, height: int, x: Spec, colour: Spec, tooltip: list[Spec], width: int) -> Spec:
    y = {
        "field": "n",
        "type": "quantitative",
        "title": name,
        "axis": {
            "tickMinStep": 1,
            "tickCount": 3,
            "titleAngle": 0,
            "titleAlign": "left",
            "titleAnchor": "start",
            "titleX": -34,
            "titleY": -10,
            "labelExpr": "abs(datum.value)",
        },
    }
    encoding: Spec = {"x": x, "y": y, "color": colour, "tooltip": tooltip, "order": {"field": "order"}}
    return {
        "data": {"values": list(rows)},
        "width": width - 60,
        "height": height,
        "mark": {"type": "bar", "clip": True},
        "encoding": encoding,
        "params": [ZOOM | {"name": f"zoom{height}"}],
    }


def _month_start(month: str) -> str:
    return f"{month}-01"


def _month_end(month: str) -> str:
    year, number = time.month_after(int(month[:4]), int(month[5:]), 1)
    return f"{year:04}-{number:02}-01"


# ---------------------------------------------------------------- what was read


def coverage(rows: Iterable[Covered], theme: str = "light", width: int = 900) -> Spec:
    """Documents by month and outlet."""
    c = colours(theme)
    dated = [r for r in rows if r.month]
    totals: Counter[str] = Counter()
    for r in dated:
        totals[r.outlet or "outlet not named"] += r.documents
    shown = [name for name, _ in totals.most_common(MOST_OUTLETS)]
    merged: dict[tuple[str, str], int] = defaultdict(int)
    for r in dated:
        name = r.outlet or "outlet not named"
        merged[str(r.month), one_line(name, 44) if name in shown else "others"] += r.documents
    values = [{"month": m, "outlet": o, "n": n, "when": date(m)} for (m, o), n in sorted(merged.items())]
    months = sorted({m for m, _ in merged}) or ["2024-01"]
    names = [one_line(n, 44) for n in shown] + (["others"] if len(totals) > len(shown) else [])
    x = {
        "field": "month",
        "type": "temporal",
        "timeUnit": "yearmonth",
        "title": None,
        "axis": {"tickCount": 8, "labelExpr": TIME_LABELS, "labelOverlap": True},
        "scale": {"domain": [_month_start(months[0]), _month_end(months[-1])], "nice": False},
    }
    colour = {
        "field": "outlet",
        "type": "nominal",
        "scale": {"domain": names, "range": c["many"]},
        "legend": {"columns": 3 if width > 760 else 1},
    }
    tooltip = [{"field": "outlet", "title": "Outlet"}, {"field": "n", "title": "Documents"}, {"field": "when", "title": "Month"}]
    spec = _panel(values, "Documents", 190, x, colour, tooltip, width)
    return framed(spec, theme, f"Columns: {sum(totals.values())} documents by month and outlet, {date(months[0])} to {date(months[-1])}")
