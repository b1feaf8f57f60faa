"""What the record rests on: documents by month and outlet, the newest, and the months without any."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from dragoman.resolve.coverage import gaps
from dragoman.web import desk, tables, words

router = APIRouter()
NEWEST = 15


@router.get("/coverage", response_class=HTMLResponse)
def coverage(request: Request, record: desk.Shown, when: desk.When, states: Annotated[str, Query(max_length=80)] = "") -> Response:
    """What was read about some states together, or at all."""
    codes = words.codes(states)
    rows = record.covered(codes, when.known)
    if form := tables.asked(request):
        return tables.download(form, "coverage", (r._asdict() for r in rows))
    months: Counter[str] = Counter()
    outlets: Counter[str] = Counter()
    for row in rows:
        outlets[row.outlet or "outlet not named"] += row.documents
        if row.month:
            months[row.month] += row.documents
    total = sum(r.documents for r in rows)
    every = sorted(record.states_on_record(), key=words.state_name)
    return desk.page(request, "coverage.html", codes=codes, total=total, months=dict(sorted(months.items())), gaps=gaps(sorted(months)),
                     outlets=outlets.most_common(), undated=total - sum(months.values()), states=",".join(codes), every=every,
                     newest=record.newest_documents(codes, NEWEST, when.known))
