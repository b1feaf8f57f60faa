"""The first page: pairs of states, the map, what documents brought lately, what waits for judgement."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from dragoman.model import time
from dragoman.web import desk, pairs, tables, words, worldmap
from dragoman.web.tally import COLUMNS, PairRow, Tally, of_state

router = APIRouter()
PAGE, LATELY, EACH, DISPUTES = 25, 6, 4, 5
Month = Annotated[str, Query(max_length=7)]


@router.get("/", response_class=HTMLResponse)
def home(request: Request, record: desk.Shown, when: desk.When, of: str = "contact", since: Month = "", until: Month = "",
         state: str = "", page: Annotated[int, Query(ge=1, le=10_000)] = 1) -> Response:
    """Pairs of states by activity, and what is new."""
    tally = record.tallies.get(when.known)
    chosen, first, last = of if of in ("contact", "event") else "contact", month(since), earliest(month(until), when.on)
    known: dict[str, Any] = {"of": chosen, "since": first, "until": month(until), "state": state, "page": page, "tally": tally}
    if tally is not None:
        rows = tally.pairs(first, last)
        shown = of_state(rows, state) if state else rows
        if form := tables.asked(request):
            return tables.download(form, "pairs", (r.table() for r in shown[: tables.MOST]))
        every = list(tally.years) or ["2020", "2020"]
        known |= {
            "total": len(rows), "pairs": shown[(page - 1) * PAGE : page * PAGE], "more": len(shown) > page * PAGE, "columns": COLUMNS,
            "states": sorted(tally.states, key=words.state_name),
            "years": (max(int(every[0]), int(every[-1]) - 24), int(every[-1])),
            "map": record.keep(("map", chosen, first, last, when), lambda: worldmap.svg(arcs(rows, chosen, when), words.KINDS[chosen][1])),
            "map_count": sum(r.kinds.get(chosen, 0) for r in rows),
        } | covered(record, when)
    disputes = record.keep(("disputes",), lambda: [c for c in record.conflicts_made_last(4 * DISPUTES) if c.real][:DISPUTES])
    headers = {} if tally is not None else {"Cache-Control": "no-store", "Refresh": "3"}
    return desk.page(request, "home.html", headers=headers, conflicts=record.as_known(disputes, when.known),
                     lately=record.keep(("lately", when.known), lambda: record.lately(LATELY, EACH, when.known)), **known)


def covered(record: desk.DeskRecord, when: desk.AsOf) -> dict[str, object]:
    """How many documents there are, and the day of the newest."""
    rows = record.covered((), when.known)
    return {"documents": sum(r.documents for r in rows), "newest": max((r.last for r in rows if r.last and r.last < "9999"), default=None)}


def arcs(rows: list[PairRow], of: str, when: desk.AsOf) -> list[worldmap.Arc]:
    """An arc for each pair that has something of the kind, the busiest first."""
    found = [worldmap.Arc(r.one, r.other, n, words.address(words.pair(r.one, r.other), when.query))
             for r in rows if (n := r.kinds.get(of, 0))]
    return sorted(found, key=lambda a: (-a.count, a.one, a.other))


def month(text: str) -> str | None:
    """A month as a filter takes it; None for what is none."""
    return text if time.is_edtf(text) and time.precision(text) == "month" else None


def earliest(until: str | None, on: str | None) -> str | None:
    """The earlier of the month asked for and that of the day shown."""
    return min((m for m in (until, pairs.month_of(on)) if m), default=None)


def pairs_in(record: desk.DeskRecord, when: desk.AsOf, since: str, until: str) -> tuple[Tally | None, list[PairRow]]:
    """The counts, and the pairs of a period."""
    tally = record.tallies.get(when.known)
    return tally, tally.pairs(month(since), earliest(month(until), when.on)) if tally else []
