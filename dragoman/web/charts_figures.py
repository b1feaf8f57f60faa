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
from dragoman.web.charts import Spec, colours, days, framed, layer
from dragoman.web.words import series_title

MOST_CLAIMANTS, MOST_OUTLETS = 6, 8
AMOUNT_LABELS = "replace(replace(replace(format(datum.value, '~s'), 'G', ' bn'), 'M', ' m'), 'T', ' tn')"


# ---------------------------------------------------------------- a series


def points(series: Series, disputed: Collection[str] = (), rivals: Sequence[Point] = (), theme: str = "light", width: int = 400) -> Spec:
    """Every claim of a series as a point over its period, with the range that its words allow; those in a dispute are ringed.

    rivals  points of other series that contradict these, such as the other side's imports: drawn as diamonds
    """
    c = colours(theme)
    many = Counter(p.claimant or "not named" for p in (*series.points, *rivals))
    shown = [name for name, _ in many.most_common(MOST_CLAIMANTS)]
    rows = [row for p in series.points if (row := _point(series, p, shown, disputed))]
    rows += [row | {"rival": True} for p in rivals if (row := _point(series, p, shown, disputed))]
    names = [one_line(n, 44) for n in shown] + (["others"] if len(many) > len(shown) else [])
    y: Spec = {"field": "value", "type": "quantitative", "title": None, "scale": {"domain": _heights(rows), "nice": False, "zero": False},
               "axis": {"labelExpr": AMOUNT_LABELS, "tickCount": 4}}
    colour: Spec = {"field": "who", "type": "nominal", "scale": {"domain": names, "range": c["many"]},
                    "legend": {"columns": 1, "symbolType": "circle", "direction": "vertical"}}
    tooltip = [{"field": "told", "title": "Figure"}, {"field": "when", "title": "Period"}, {"field": "full", "title": "Says"},
               {"field": "note", "title": "Counts"}]
    base = {"tooltip": tooltip, "color": colour, "y": y}
    full = {"fill": colour, "fillOpacity": {"condition": {"test": "datum.modality == 'actual'", "value": 1}, "value": 0}}
    layers: list[Spec] = [
        layer("rule", base | {"x": days("start"), "x2": {"field": "end"}}, strokeWidth=1.2, opacity=0.55),
        layer("rule", base | {"x": days("middle"), "y": y | {"field": "low"}, "y2": {"field": "high"}}, "datum.high > datum.low",
              strokeWidth=5, opacity=0.35, strokeCap="round"),
        layer("point", {"x": days("middle"), "y": y}, "datum.disputed", shape="circle", size=230, color=c["warn"], strokeWidth=1.6,
              tooltip=None),
        layer("point", base | full | {"x": days("middle"), "shape": {"value": "diamond"}}, "datum.rival", size=80, cursor="pointer"),
        layer("point", base | full | {"x": days("middle", _span(rows))}, "!datum.rival", zoom=True, size=70, strokeWidth=1.8,
              cursor="pointer"),
    ]
    spec: Spec = {"data": {"values": rows}, "height": 190, "layer": layers}
    told = f"{series_title(series)}: {len(rows)} claims by {len(many)} claimants" + (", some contradicting each other" if disputed else "")
    return framed(spec, theme, told, width)


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


def _heights(rows: Sequence[Mapping[str, Any]]) -> list[float]:
    """From the lowest to the highest that the words allow; from nothing, unless the values lie close together and far from it."""
    low, high = min((r["low"] for r in rows), default=0.0), max((r["high"] for r in rows), default=1.0)
    if low > 0 and high / low > 1.6:
        low = 0.0
    room = (high - low) * 0.1 or abs(high) * 0.1 or 1.0
    return [low - room if low else 0.0, high + room]


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
    signs = [-1 if "conflict" in quad else 1 for quad in QUADS]
    events = _columns((m.month, quad, sign * n) for m in found.months for quad, sign, n in zip(QUADS, signs, m.events, strict=True))
    contacts = _columns((m.month, level, n) for m in found.months for level, n in zip(found.levels, m.contacts, strict=True))
    read = _columns((m.month, "documents read", m.documents) for m in found.months)
    months = [m.month for m in found.months]
    panels = [
        _panel(events, "Events", 110, months, width, _named(QUADS, c["quads"], 4 if width > 620 else 2), c["paper"], zoom=True, axis=False),
        _panel(contacts, "Contacts held", 70, months, width,
               _named(found.levels, [c["one"], c["other"], c["soft"]], 3 if width > 620 else 1), c["paper"], axis=False),
        _panel(read, "Documents read", 40, months, width, {"value": c["soft"]}, c["paper"]),
    ]
    resolve = {"scale": {"color": "independent", "x": "shared"}, "legend": {"color": "independent"}}
    told = f"Columns by month{_from_to(months)}: events, conflict below the line; contacts held by level; documents read"
    return framed({"vconcat": panels, "spacing": 22, "resolve": resolve}, theme, told)


def _columns(counts: Iterable[tuple[str, str, int]]) -> list[dict[str, Any]]:
    """The columns of each month, one upon the other; what is less than nothing hangs below the line."""
    tops: dict[tuple[str, bool], int] = defaultdict(int)
    out = []
    for month, name, n in counts:
        if n:
            low = tops[month, n < 0]
            tops[month, n < 0] += n
            out.append({"start": f"{month}-01", "end": _month_after(month), "name": name, "low": low, "high": low + n, "n": abs(n),
                        "when": date(month)})
    return out


def _named(names: Sequence[str], shades: Sequence[str], columns: int) -> Spec:
    return {"field": "name", "type": "nominal", "scale": {"domain": list(names), "range": list(shades)},
            "legend": {"columns": columns, "symbolType": "square"}}


def _panel(rows: Sequence[Mapping[str, Any]], name: str, height: int, months: Sequence[str], width: int, colour: Spec, paper: str,
           zoom: bool = False, axis: bool = True) -> Spec:
    """Columns by month under a name."""
    domain = [f"{min(months)}-01", _month_after(max(months))] if months else []
    x = days("start")
    x["axis"] = x["axis"] if axis else None
    y = {"field": "low", "type": "quantitative", "title": None,
         "axis": {"tickMinStep": 1, "tickCount": 3, "labelExpr": "format(abs(datum.value), 'd')"}}
    tooltip = [{"field": "name", "title": "What"}, {"field": "n", "title": "Number"}, {"field": "when", "title": "Month"}]
    bar = {"x": x, "x2": {"field": "end"}, "y": y, "y2": {"field": "high"}, "color": colour, "tooltip": tooltip}
    edges = [{"start": day, "low": 0} for day in domain]
    edge = {"x": days("start", domain) | {"axis": x["axis"]}, "y": y}
    layers = [layer("bar", bar, stroke=paper, strokeWidth=1), layer("point", edge, data=edges, zoom=zoom, opacity=0, tooltip=None)]
    title = {"text": name, "anchor": "start", "fontSize": 12.5, "fontWeight": 600, "offset": 4, "orient": "top"}
    return {"data": {"values": list(rows)}, "title": title, "width": width - 48, "height": height, "layer": layers}


def _month_after(month: str) -> str:
    year, number = time.month_after(int(month[:4]), int(month[5:]), 1)
    return f"{year:04}-{number:02}-01"


def _from_to(months: Sequence[str]) -> str:
    return f", {date(min(months))} to {date(max(months))}" if months else ""


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
    names = [one_line(n, 44) for n in shown] + (["others"] if len(totals) > len(shown) else [])
    order = {name: k for k, name in enumerate(names)}
    columns = _columns((m, o, n) for (m, o), n in sorted(merged.items(), key=lambda item: (item[0][0], order.get(item[0][1], 99))))
    months = [m for m, _ in merged]
    side_by_side = 3 if width > 900 else 2 if width > 620 else 1
    spec = _panel(columns, "Documents", 190, months, width, _named(names, c["many"], side_by_side), c["paper"], zoom=True)
    return framed(spec, theme, f"Columns: {sum(totals.values())} documents by month and outlet{_from_to(months)}")
