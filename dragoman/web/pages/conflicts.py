"""Conflicts: claims that cannot all hold, side by side, with the arithmetic and buttons to judge them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from dragoman.model.facts import Conflict
from dragoman.model.stored import ClaimRow, RecordError
from dragoman.store import Filter
from dragoman.web import deciding, desk, tables
from dragoman.web.api import common
from dragoman.web.pages.claim import values

router = APIRouter()
PAGE, SIDES = 20, 24
TYPES = {"contradiction": "cannot both hold", "definition": "counted differently", "revision": "revised later",
         "rounding": "one is the other rounded", "unchecked": "cannot be checked"}


@router.get("/conflicts", response_class=HTMLResponse)
def conflicts(request: Request, record: desk.Shown, when: desk.When, state: Annotated[list[str], Query(max_length=4)] = [],  # noqa: B006
              all: Annotated[bool, Query()] = False, cursor: Annotated[str | None, Query(max_length=600)] = None) -> Response:
    """Claims that cannot all hold, the newest first; also what only looks so, where it is asked for."""
    f = Filter(states=common.codes([s for s in state if s.strip()]), until=when.on)
    if form := tables.asked(request):
        found = record.facts_page("conflict", f, tables.MOST, None, newest=True, real=not all)
        return tables.download(form, "conflicts", (fact.as_json() for fact in found.rows))
    page = record.facts_page("conflict", f, PAGE, common.place(request, cursor) if cursor else None, newest=True, real=not all)
    first = record.evidence({c for fact in page.rows for c in fact.claims[:6]})
    rows = {row.claim.id: row for row in first}
    judged = deciding.lines(request)
    facts = record.as_known(page.rows, when.known)
    shown = [(fact, [rows[c] for c in fact.claims[:6] if c in rows], _settled(judged, fact)) for fact in facts]
    return desk.page(request, "conflicts.html", shown=shown, types=TYPES, states=f.states, all=all, cursor=cursor,
                     next=common.cursor(request, page.next) if page.next else None)


@router.get("/conflict/{conflict}", response_class=HTMLResponse)
def conflict_page(request: Request, record: desk.Shown, conflict: str) -> HTMLResponse:
    """One conflict: its claims side by side, what separates them, and what people decided."""
    try:
        fact = record.fact(conflict)
    except RecordError:
        return desk.page(request, "settled.html", 200 if "done" in request.query_params else 404)
    if not isinstance(fact, Conflict):
        return desk.page(request, "error.html", 404, said="This fact is no conflict.", remedy="Its evidence stands where you found it.")
    judged = deciding.lines(request)
    rows = list(record.evidence(fact.claims[:SIDES]))
    verdicts = {row.claim.id: v for row in rows if (v := judged.verdict(row.claim.id))}
    series = [f for f in record.supported_by(fact.claims[0]) if f.kind != "conflict"][:3]
    return desk.page(request, "conflict.html", fact=fact, rows=rows, left=len(fact.claims) - len(rows), verdicts=verdicts, types=TYPES,
                     table=differences(rows), judgements=judged.about(*fact.claims), undone=judged.undone, verbs=deciding.VERBS,
                     about=series)


def differences(rows: list[ClaimRow]) -> list[tuple[str, list[Any]]]:
    """Fields in which the claims differ, with the value of each claim."""
    said = [values(row.claim) for row in rows]
    names = dict.fromkeys(name for one in said for name in one)
    return [(name, [one.get(name) for one in said]) for name in names if len({str(one.get(name)) for one in said}) > 1]


def _settled(judged: deciding.Lines, fact: Conflict) -> list[Any]:
    """What people decided about the claims of a conflict."""
    return [v for c in fact.claims if (v := judged.verdict(c))]
