"""A map of the world with an arc for each pair of states, as SVG that needs no JavaScript."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from markupsafe import Markup, escape

from dragoman.model.saying import number
from dragoman.reference import states
from dragoman.web import words
from dragoman.web.desk import HERE

MOST = 60  # arcs
LIGHT = {"sea": "none", "land": "#e4e0d6", "edge": "#fbfaf7", "told": "#c3cfd8", "arc": "#1f5f8b", "ink": "#1b1b1a"}


@dataclass(frozen=True, slots=True)
class Arc:
    """Two states, how much passed between them, and where a click on the arc leads."""

    one: str
    other: str
    count: int
    href: str


@cache
def _world() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((HERE / "world.json").read_text(encoding="utf-8"))
    return found


@cache
def _land() -> tuple[tuple[str, str], ...]:
    """Code and outline of each state that has one on this map."""
    return tuple((code, state["path"]) for code, state in _world()["states"].items() if state.get("path"))


def svg(arcs: Sequence[Arc], what: str, *, standalone: bool = False) -> Markup:
    """The map with the busiest pairs.

    what        what is counted, in words ("contacts")
    standalone  with its colours and its name space, for a file; else the page's style sheet colours it
    """
    drawn = [a for a in arcs if a.count and _at(a.one) and _at(a.other)][:MOST]
    told = {state for a in drawn for state in (a.one, a.other)}
    most = max((a.count for a in drawn), default=1)
    world = _world()
    parts = [_open(world, what, drawn, standalone), '<g class="land" transform="scale(.5)">', f'<path d="{world["other"]}"/>']
    told_class, no_class = ' class="told"', ""
    parts += [f'<path d="{path}"{told_class if code in told else no_class}/>' for code, path in _land()]
    parts.append("</g>")
    parts += [_arc(arc, most, what, standalone) for arc in reversed(drawn)]
    parts += [_dot(code) for code in sorted(told)]
    parts += _names(drawn)
    return Markup("".join(parts) + "</svg>")


def _open(world: dict[str, Any], what: str, drawn: Sequence[Arc], standalone: bool) -> str:
    box = _box(drawn, world["width"], world["height"])
    label = f"Map: {what} between {words.count(len(drawn), 'pair')} of states" if drawn else f"Map: no {what} in this period"
    if not standalone:
        return f'<svg class="map" viewBox="{box}" role="group" aria-label="{label}">'
    style = (f".land path{{fill:{LIGHT['land']};stroke:{LIGHT['edge']};stroke-width:1}}.land .told{{fill:{LIGHT['told']}}}"
             f".arc path{{fill:none;stroke:{LIGHT['arc']};stroke-opacity:.75;stroke-linecap:round}}circle{{fill:{LIGHT['ink']}}}"
             f"text{{font:600 11px sans-serif;fill:{LIGHT['ink']};text-anchor:middle}}")
    width, height = (float(n) for n in box.split()[2:])
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="1200" height="{1200 * height / width:.0f}" '
            f'role="img" aria-label="{label}"><style>{style}</style><rect x="-50" y="-50" width="1100" height="600" fill="#fbfaf7"/>')


def _box(drawn: Sequence[Arc], width: int, height: int) -> str:
    """The part of the map that holds every arc with some room around, never less than half of the world."""
    points = [p for a in drawn for p in (_at(a.one), _at(a.other), _top(a))]
    if not points:
        return f"0 0 {width} {height}"
    left, right = min(p[0] for p in points) - 60, max(p[0] for p in points) + 60
    top, bottom = min(p[1] for p in points) - 40, max(p[1] for p in points) + 40
    ratio = width / height
    wide = min(float(width), max(right - left, (bottom - top) * ratio, width * 0.5))
    high = wide / ratio
    x = min(max((left + right - wide) / 2, 0.0), width - wide)
    y = min(max((top + bottom - high) / 2, 0.0), height - high)
    return f"{x:.0f} {y:.0f} {wide:.0f} {high:.0f}"


def _at(code: str) -> tuple[int, int]:
    found = _world()["states"].get(code, {}).get("at", ())
    return tuple(found)


def _top(arc: Arc) -> tuple[float, float]:
    """The point that pulls the arc upwards: the further apart, the higher."""
    (x0, y0), (x1, y1) = _at(arc.one), _at(arc.other)
    return (x0 + x1) / 2, (y0 + y1) / 2 - min(90.0, 12 + 0.22 * math.hypot(x1 - x0, y1 - y0))


def _arc(arc: Arc, most: int, what: str, standalone: bool) -> str:
    (x0, y0), (x1, y1), (cx, cy) = _at(arc.one), _at(arc.other), _top(arc)
    counted = f"{number(arc.count)} {what if arc.count != 1 else what[:-1]}"
    title = escape(f"{states.short_name(arc.one)} and {states.short_name(arc.other)}: {counted}")
    wide = 1 + 4 * math.sqrt(arc.count / most)
    line = f"M{x0} {y0}Q{cx:.0f} {2 * cy - (y0 + y1) / 2:.0f} {x1} {y1}"
    drawn = f'<path d="{line}" stroke-width="{wide:.1f}"/>'
    if standalone:
        return f'<g class="arc"><title>{title}</title>{drawn}</g>'
    wider = f'<path class="reach" d="{line}" stroke-width="14"/>'
    return f'<a class="arc" href="{escape(arc.href)}" aria-label="{title}"><title>{title}</title>{drawn}{wider}</a>'


def _dot(code: str) -> str:
    x, y = _at(code)
    return f'<circle cx="{x}" cy="{y}" r="2.2"/>'


def _names(drawn: Sequence[Arc]) -> list[str]:
    """The names of the busiest states, where they do not stand upon each other."""
    taken: list[tuple[int, int, int]] = []
    out = []
    for code in dict.fromkeys(s for a in drawn for s in (a.one, a.other)):
        (x, y), name = _at(code), words.state_name(code)
        half = 3 * len(name)
        if len(taken) < 24 and all(abs(x - tx) > half + th or abs(y - ty) > 12 for tx, ty, th in taken):
            taken.append((x, y, half))
            out.append(f'<text x="{x}" y="{y + 13}" aria-hidden="true">{escape(name)}</text>')
    return out
