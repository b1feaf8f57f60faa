"""The words behind a fact or a claim, as a piece of a page or as a page of its own."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from dragoman.model.facts import Fact
from dragoman.model.series import Series
from dragoman.model.stored import ClaimRow
from dragoman.web import desk, tables

router = APIRouter()
MOST = 30


@router.get("/evidence", response_class=HTMLResponse)
def evidence(request: Request, record: desk.Shown, when: desk.When, of: Annotated[str, Query(max_length=2000)]) -> HTMLResponse:
    """The sentences behind ids of claims and facts, with outlet, date and link."""
    facts, rows = gathered(record, [i for i in of.split(",") if i][:MOST])
    shown = [r for r in rows if not when.known or not r.document.published or r.document.published[:10] <= when.known]
    # where one document says it several times, its claims stand together
    shown.sort(key=lambda r: (r.document.published or "9999", r.document.id, r.claim.evidence[0].start))
    return desk.page(request, "evidence.html", facts=facts, rows=shown[:MOST], left=max(len(shown) - MOST, 0), of=of,
                     later=len(rows) - len(shown))


@router.get("/fact/{fact_id}", response_class=HTMLResponse)
def fact(request: Request, record: desk.Shown, when: desk.When, fact_id: str) -> Response:
    """One fact with what is particular about it and the words that it rests on."""
    found = record.fact(fact_id)
    if form := tables.asked(request):
        told = [asdict(p) for p in found.points] if isinstance(found, Series) else [found.as_json()]
        return tables.download(form, found.kind, told)
    rows = list(record.evidence(found.claims[:MOST]))
    conflicts = record.conflicts_on(found.claims[:MOST])
    about = {c.id: c for some in conflicts.values() for c in some if c.id != found.id}
    return desk.page(request, "fact.html", fact=found, rows=rows, left=max(len(found.claims) - MOST, 0), of=found.id, later=0,
                     conflicts=list(about.values()))


def gathered(record: desk.DeskRecord, ids: list[str]) -> tuple[list[Fact], list[ClaimRow]]:
    """The facts and the claims that some ids mean, each claim once."""
    facts = [record.fact(i) for i in ids if i.startswith("fact:")]
    claims = [i for i in ids if not i.startswith("fact:")] + [c for f in facts for c in f.claims]
    return facts, list(record.evidence(claims[:300]))
