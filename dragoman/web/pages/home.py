"""The first page: pairs of states, the map, what documents brought lately, what waits for judgement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from dragoman.model import time
from dragoman.model.overview import PAIRED, PairCount
from dragoman.record_overview import last_day
from dragoman.web import desk, pairs, tables, words, worldmap

router = APIRouter()
PAGE, LATELY, EACH, DISPUTES = 25, 6, 4, 5
Month = Annotated[str, Query(max_length=7)]


@router.get("/", response_class=HTMLResponse)
def home(request: Request, record: desk.Shown, when: desk.When, of: str = "contact", since: Month = "", until: Month = "",
         state: str = "", page: Annotated[int, Query(ge=1, le=10_000)] = 1) -> Response:
    """Pairs of states by activity, and what is new."""
    chosen = of if of in ("contact", "event") else "contact"
    rows = pairs_in(record, when, since, until)
    shown = [p for p in rows if state in (p.one, p.other)] if state else rows
    about = covered(record, when)
    by = earlier(about["newest"], when)
    if form := tables.asked(request):
        return tables.download(form, "pairs", _table(shown[: tables.MOST], record, by))
    here = shown[(page - 1) * PAGE : page * PAGE]
    codes = [(p.one, p.other) for p in here]
    every = record.keep(("years",), record.years) or ["2020", "2020"]
    drawn = ("map", chosen, month(since), month(until), when)
    disputes = record.keep(("disputes",), lambda: [c for c in record.conflicts_made_last(4 * DISPUTES) if c.real][:DISPUTES])
    return desk.page(
        request, "home.html", of=chosen, since=month(since), until=month(until), state=state, page=page, total=len(rows), pairs=here,
        more=len(shown) > page * PAGE, columns=PAIRED, states=sorted(record.states_on_record(), key=words.state_name),
        by_year=record.pair_years(codes), last=record.last_seen(codes, by), years=(max(int(every[0]), int(every[-1]) - 14), int(every[-1])),
        map=record.keep(drawn, lambda: worldmap.svg(arcs(rows, chosen, when), words.KINDS[chosen][1])),
        map_count=sum(r.kinds[chosen] for r in rows), conflicts=record.as_known(disputes, when.known),
        lately=record.keep(("lately", when.known), lambda: record.lately(LATELY, EACH, when.known)), **about)


def _table(some: list[PairCount], record: desk.DeskRecord, by: str | None) -> Iterator[dict[str, Any]]:
    """The pairs as rows of a file."""
    last = record.last_seen([(p.one, p.other) for p in some], by)
    for p in some:
        yield {"one": p.one, "other": p.other} | p.kinds | {"last": last[p.one, p.other] or None}


def earlier(newest: str | None, when: desk.AsOf) -> str | None:
    """The day up to which something has happened: that of the newest document, or that of the moment shown."""
    days = [last_day(day) for day in (newest, when.on, when.known) if day]
    return min(days, default=None)


def covered(record: desk.DeskRecord, when: desk.AsOf) -> dict[str, Any]:
    """How many documents there are, and the day of the newest."""
    rows = record.covered((), when.known)
    return {"documents": sum(r.documents for r in rows), "newest": max((r.last for r in rows if r.last and r.last < "9999"), default=None)}


def arcs(rows: list[PairCount], of: str, when: desk.AsOf) -> list[worldmap.Arc]:
    """An arc for each pair that has something of the kind, the busiest first."""
    found = [worldmap.Arc(r.one, r.other, n, words.address(words.pair(r.one, r.other), when.query))
             for r in rows if (n := r.kinds[of])]
    return sorted(found, key=lambda a: (-a.count, a.one, a.other))


def month(text: str) -> str | None:
    """A month as a filter takes it; None for what is none."""
    return text if time.is_edtf(text) and time.precision(text) == "month" else None


def earliest(until: str | None, on: str | None) -> str | None:
    """The earlier of the month asked for and that of the day shown."""
    return min((m for m in (until, pairs.month_of(on)) if m), default=None)


def pairs_in(record: desk.DeskRecord, when: desk.AsOf, since: str, until: str) -> list[PairCount]:
    """The pairs of a period."""
    return record.pairs(month(since), earliest(month(until), when.on), when.known)
