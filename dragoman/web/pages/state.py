"""The page of a state: its pairs, its offices, what it belongs to."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse

from dragoman.model.overview import PAIRED
from dragoman.web import desk, pairs, words

router = APIRouter()
PAIRS, OFFICES, BODIES = 60, 40, 60


@router.get("/state/{code}", response_class=HTMLResponse)
def state(request: Request, record: desk.Shown, when: desk.When, code: str) -> HTMLResponse:
    """One state by ISO code."""
    if words.codes(code) != (code,) or words.state_name(code) == code:
        raise HTTPException(404, f"{code} is not the ISO code of a state, such as KAZ.")
    rows = [p for p in record.pairs(None, pairs.month_of(when.on), when.known) if code in (p.one, p.other)]
    memberships = record.as_known(record.of_state("membership", code, BODIES), when.known)
    return desk.page(request, "state.html", code=code, pairs=rows[:PAIRS], left=max(len(rows) - PAIRS, 0), columns=PAIRED,
                     offices=pairs.in_office(record.chains(code, OFFICES, when.known), when.on), memberships=memberships)
