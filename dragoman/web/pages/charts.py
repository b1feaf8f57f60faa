"""Every chart as a specification for the page, and as SVG and PNG to take along."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import Response

from dragoman.model import saying
from dragoman.model.facts import Fact
from dragoman.model.offices import Chain
from dragoman.model.series import Series
from dragoman.web import charts, charts_figures, desk, pairs, persons, words, worldmap
from dragoman.web.charts import Spec
from dragoman.web.pages import home
from dragoman.web.periods import period

router = APIRouter(prefix="/charts")
MEDIA = {"json": "application/json", "svg": "image/svg+xml", "png": "image/png"}
Wide = Annotated[int, Query(ge=240, le=3000)]
Theme = Annotated[str, Query(pattern="^(light|dark)$")]


@router.get("/map.{ext}")
def world(record: desk.Shown, when: desk.When, ext: str, of: str = "contact", since: home.Month = "", until: home.Month = "",
          download: bool = False) -> Response:
    """The map of the first page."""
    rows = home.pairs_in(record, when, since, until)
    chosen = of if of in ("contact", "event") else "contact"
    drawn = str(worldmap.svg(home.arcs(rows, chosen, when), words.KINDS[chosen][1], standalone=True))
    if ext not in ("svg", "png"):
        raise HTTPException(404, "The map is to be had as svg and png.")
    return _answer(ext, drawn if ext == "svg" else _png(drawn), "map", download)


@router.get("/pair/{one}/{other}/{what}.{ext}")
def pair(request: Request, record: desk.Shown, when: desk.When, one: str, other: str, what: str, ext: str, width: Wide = 900,
         theme: Theme = "light", download: bool = False) -> Response:
    """A chart of two states: `timeline`, `offices` or `flow`."""
    asked = pairs.Asked(one, other, *period(request), when)

    def spec() -> Spec:
        if what == "timeline":
            return charts.timeline(pairs.timeline(record, asked), pairs.LANES, theme, width)
        if what == "offices":
            chains = [c for side in pairs.chains_of(record, asked) for c in side]
            return charts.bars(chains, when.on or when.known or record.newest(), theme, width)
        if what == "flow":
            return charts_figures.flow(pairs.flow(record, asked), theme, width)
        raise HTTPException(404, "There is no such chart.")

    return _chart(ext, spec, f"{one}-{other}-{what}", download, f"{words.state_name(one)} and {words.state_name(other)}: {what}",
                  _moment(when))


@router.get("/series/{fact}.{ext}")
def series(record: desk.Shown, when: desk.When, fact: str, ext: str, width: Wide = 620,
           theme: Theme = "light", download: bool = False) -> Response:
    """A series of figures with its disputes."""
    found = _fact(record, when, fact, "series")
    if not isinstance(found, Series):
        raise HTTPException(404, "That is no series of figures.")
    shown = pairs.with_conflicts(record, [found], when.known)[0]
    title = words.series_title(found)
    note = "; ".join(w for w in (words.unit(found.unit), _moment(when)) if w)
    return _chart(ext, lambda: charts_figures.points(found, shown.disputed, shown.rivals, theme, width), title, download, title, note)


@router.get("/office/{fact}.{ext}")
def office(record: desk.Shown, when: desk.When, fact: str, ext: str, width: Wide = 900,
           theme: Theme = "light", download: bool = False) -> Response:
    """The holders of an office over time, a row each."""
    found = _fact(record, when, fact, "office")
    if not isinstance(found, Chain):
        raise HTTPException(404, "That is no office.")
    return _chart(ext, lambda: charts.holders(found, theme, width), found.position.name, download,
                  words.capital(words.office_name(found.position.name)), _moment(when))


@router.get("/person/{key}.{ext}")
def person(record: desk.Shown, when: desk.When, key: str, ext: str, width: Wide = 900,
           theme: Theme = "light", download: bool = False) -> Response:
    """What a person did, and when."""
    found = persons.of(record, key, when)
    if found is None:
        raise HTTPException(404, "There is no such person.")
    name = found.entity.person.name or key
    return _chart(ext, lambda: charts.timeline(found.entries(when.known), persons.LANES, theme, width), key, download, name, _moment(when))


@router.get("/coverage.{ext}")
def coverage(record: desk.Shown, when: desk.When, ext: str, states: Annotated[str, Query(max_length=80)] = "", width: Wide = 900,
             theme: Theme = "light", download: bool = False) -> Response:
    """Documents by month and outlet."""
    rows = record.covered(words.codes(states), when.known)
    return _chart(ext, lambda: charts_figures.coverage(rows, theme, width), f"coverage {states}", download, "What was read", _moment(when))


def _moment(when: desk.AsOf) -> str:
    """The moment that a file shows, in words."""
    told = [f"{what} {saying.date(day)}" for what, day in (("true on", when.on), ("known on", when.known)) if day]
    return ", ".join(told)


def _fact(record: desk.DeskRecord, when: desk.AsOf, key: str, kind: str) -> Fact | None:
    """The fact of a kind by its id, or by a claim that it rests on: such an address stays when new documents change the id."""
    if not key.startswith("claim:"):
        return next(iter(record.as_known([record.fact(key)], when.known)), None)
    found = record.resting_on([key], (kind,), 5, when.known)
    return next((f for f in found if key in f.claims), None)


def _chart(ext: str, spec: Callable[[], Spec], name: str, download: bool, title: str, note: str = "") -> Response:
    """A chart in the form asked for; a file bears its title."""
    if ext not in MEDIA:
        raise HTTPException(404, "A chart is to be had as json, svg and png.")
    made = spec()
    if ext != "json":
        made["title"] = {"text": title, "subtitle": f"Dragoman, from what documents tell{f'; {note}' if note else ''}"}
    return _answer(ext, json.dumps(made, ensure_ascii=False) if ext == "json" else _drawn(made, ext), name, download)


def _drawn(spec: Spec, ext: str) -> str | bytes:
    converter: Any = _converter()
    if ext == "svg":
        return str(converter.vegalite_to_svg(spec, allowed_base_urls=[]))
    return bytes(converter.vegalite_to_png(spec, scale=2.0, allowed_base_urls=[]))


def _png(svg: str) -> bytes:
    return bytes(_converter().svg_to_png(svg, scale=1.5))


def _converter() -> Any:
    try:
        import vl_convert
    except ImportError as error:
        raise HTTPException(501, "Pictures of charts need vl-convert: pip install 'dragoman[web]'.") from error
    return vl_convert


def _answer(ext: str, body: str | bytes, name: str, download: bool) -> Response:
    plain = "".join(ch if ch.isascii() and ch.isalnum() else "-" for ch in name).strip("-").lower()[:80] or "chart"
    headers = {"Content-Disposition": f'attachment; filename="{plain}.{ext}"'} if download else {}
    return Response(body, media_type=MEDIA[ext], headers=headers)
