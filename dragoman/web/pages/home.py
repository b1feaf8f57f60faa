"""The first page: pairs of states, the map, what changed lately, what waits for judgement."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from dragoman.web import desk

router = APIRouter()


@router.get("/", response_class=HTMLResponse)
def home(request: Request, record: desk.Shown, when: desk.When) -> HTMLResponse:
    """Pairs of states by activity."""
    return desk.page(request, "home.html")
