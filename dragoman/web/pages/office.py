"""The page of an office: its holders in order, the days that nobody covers and those that two claim."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, Response

from dragoman.model.offices import Chain, occupancy_json
from dragoman.web import desk, pairs, tables, words

router = APIRouter()


@router.get("/office/{fact}", response_class=HTMLResponse)
def by_id(request: Request, record: desk.Shown, when: desk.When, fact: str) -> Response:
    """An office by the id of its fact, for those that belong to no state."""
    found = record.fact(fact)
    if not isinstance(found, Chain):
        raise HTTPException(404, "That is no office.")
    return _page(request, record, when, found)


@router.get("/office/{state}/{position}", response_class=HTMLResponse)
def office(request: Request, record: desk.Shown, when: desk.When, state: str, position: str,
           body: Annotated[str | None, Query(max_length=300)] = None) -> Response:
    """An office by state and name, and the body that it is of."""
    found = record.chain(state, position, body)
    if found is None:
        raise HTTPException(404, f"No document tells of a {position} of {words.state_name(state)}.")
    return _page(request, record, when, found)


def _page(request: Request, record: desk.DeskRecord, when: desk.AsOf, chain: Chain) -> Response:
    known = record.as_known([chain], when.known)
    if not known:
        raise HTTPException(404, "No document published by that day tells of this office.")
    shown = known[0]
    if form := tables.asked(request):
        return tables.download(form, "office", (occupancy_json(o) for o in shown.occupancies))
    return desk.page(request, "office.html", chain=shown, now=pairs.in_office([shown], when.on), state=shown.position.state,
                     terms=sorted(shown.occupancies, key=lambda o: (pairs.reach(o), o.id), reverse=True))
