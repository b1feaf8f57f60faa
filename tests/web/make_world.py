"""Makes dragoman/web/world.json: outlines and anchor points of states, of Natural Earth's public-domain data as world-atlas has them.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz && python tests/web/make_world.py package
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from babel.core import get_global

from dragoman.reference import states

WIDTH, HEIGHT, TOP = 960, 428, 0
OUT = Path(__file__).resolve().parents[2] / "dragoman/web/world.json"
NUMBERLESS = {"Kosovo": "XKX"}
TINY = {"VAT": (12.45, 41.9)}
Ring = list[tuple[float, float]]


def natural_earth(longitude: float, latitude: float) -> tuple[float, float]:
    """The Natural Earth projection of Patterson, in pixels."""
    lam, phi = math.radians(longitude), math.radians(latitude)
    p2 = phi * phi
    p4 = p2 * p2
    x = lam * (0.8707 - 0.131979 * p2 + p4 * (-0.013791 + p4 * (0.003971 * p2 - 0.001529 * p4)))
    y = phi * (1.007226 + p2 * (0.015085 + p4 * (-0.044475 + 0.028874 * p2 - 0.005916 * p4)))
    scale = WIDTH / 5.4708
    return WIDTH / 2 + x * scale, TOP + (1.4 - y) * scale


def cut(ring: Ring) -> Iterator[Ring]:
    """The parts of a ring on either side of the date line."""
    turned: Ring = []
    for x, y in ring:
        while turned and x - turned[-1][0] > 180:
            x -= 360
        while turned and x - turned[-1][0] < -180:
            x += 360
        turned.append((x, y))
    for shift in (-360, 0, 360):
        part = [(min(180.0, max(-180.0, x + shift)), y) for x, y in turned]
        if len({x for x, _ in part}) > 1:
            yield part


def rings(topology: dict[str, Any], shape: dict[str, Any]) -> Iterator[Ring]:
    """The outer rings of a shape in degrees."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]

    def arc(n: int) -> Ring:
        x = y = 0
        points = []
        for dx, dy in topology["arcs"][~n if n < 0 else n]:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        return points[::-1] if n < 0 else points

    polygons = shape.get("arcs") or []
    for polygon in [polygons] if shape["type"] == "Polygon" else polygons:
        ring: Ring = []
        for n in polygon[0]:
            ring += arc(n)[1 if ring else 0 :]
        yield from cut(ring)


def area(ring: Ring) -> tuple[float, float, float]:
    """Area and centre of a ring."""
    a = cx = cy = 0.0
    for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = x0 * y1 - x1 * y0
        a, cx, cy = a + cross, cx + (x0 + x1) * cross, cy + (y0 + y1) * cross
    return (abs(a / 2), cx / (3 * a), cy / (3 * a)) if a else (0.0, *ring[0])


def code(shape: dict[str, Any]) -> str | None:
    """ISO alpha-3 of a shape."""
    aliases = get_global("territory_aliases")
    three = {two[0]: key for key, two in aliases.items() if key in states.table()}
    two = aliases.get(str(shape.get("id", "")).zfill(3))
    return NUMBERLESS.get(shape["properties"]["name"]) or (three.get(two[0]) if two else None)


def path(ring: Ring) -> str:
    """A ring as SVG, in steps of half a pixel; empty where it is too small to see."""
    points: list[tuple[int, int]] = []
    for point in ring:
        x, y = natural_earth(*point)
        if not points or (round(2 * x), round(2 * y)) != points[-1]:
            points.append((round(2 * x), round(2 * y)))
    if len(points) < 4:
        return ""
    steps = [f"{bx - ax} {by - ay}" for (ax, ay), (bx, by) in pairwise(points)]
    return f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}z"


def main(folder: Path) -> None:
    """Outlines of the coarse set, anchor points of the fine one, which has the small states too."""
    coarse, fine = (json.loads((folder / f"countries-{size}.json").read_text()) for size in ("110m", "10m"))
    found: dict[str, Any] = {}
    largest: dict[str, tuple[float, float, float]] = {}
    for shape in fine["objects"]["countries"]["geometries"]:
        if (c := code(shape)) and c != "ATA" and (parts := [area(r) for r in rings(fine, shape)]):
            largest[c] = max(largest.get(c, (0.0, 0.0, 0.0)), *parts)
    largest |= {c: (0.0, *at) for c, at in TINY.items()}
    for c, (_, *at) in largest.items():
        x, y = natural_earth(*at)
        found[c] = {"at": [round(x), round(y)]}
    other = ""
    for shape in coarse["objects"]["countries"]["geometries"]:
        drawn = "".join(path(r) for r in rings(coarse, shape))
        if (c := code(shape)) in found:
            found[c]["path"] = drawn
        elif shape["properties"]["name"] != "Antarctica":
            other += drawn
    OUT.write_text(json.dumps({"width": WIDTH, "height": HEIGHT, "states": dict(sorted(found.items())), "other": other},
                              separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
