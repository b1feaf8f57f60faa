"""A claim: its words, fields and rules, the facts that rest on it, what people decided about it, and forms to decide."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from dragoman.model.claims import Claim
from dragoman.model.correcting import BY_HAND, FIXED, corrected
from dragoman.model.stored import ClaimRow
from dragoman.store.snippets import snippet
from dragoman.web import deciding, desk, forms, security
from dragoman.web.api.common import heavy

router = APIRouter()
MOST = 30  # facts of one claim that are shown


@router.get("/claim/{claim}", response_class=HTMLResponse)
def claim_page(request: Request, record: desk.Shown, claim: str) -> HTMLResponse:
    """A claim with all that is known of it; as a panel where a page asks for it in place."""
    row = record.claim(claim)
    facts = record.supported_by(row.claim.id)
    return desk.page(request, "claim_panel.html" if "hx-request" in request.headers else "claim.html", explained=None,
                     **_shown(request, row), facts=facts[:MOST], facts_left=max(len(facts) - MOST, 0))


@router.get("/claim/{claim}/explain", response_class=HTMLResponse)
def explain(request: Request, record: desk.Shown, claim: str) -> HTMLResponse:
    """What each stage saw in the claim's sentence; the document is read again for it, so this takes a moment."""
    with heavy:
        found = record.explain(claim)
    return desk.page(request, "explained.html" if "hx-request" in request.headers else "claim_explained.html", found=found,
                     **_shown(request, found.row))


@router.get("/claim/{claim}/correct", response_class=HTMLResponse)
def correct_form(request: Request, record: desk.Shown, claim: str) -> HTMLResponse:
    """The form with the claim's fields."""
    row = record.claim(claim)
    return _form(request, row, {})


@router.post("/claim/{claim}/correct")
async def correct(request: Request, record: desk.Shown, claim: str) -> Response:
    """The right values of some fields, as a line of a person."""
    form = {name: str(value) for name, value in (await request.form()).items()}
    return await run_in_threadpool(_corrected, request, record, claim, form)


def _corrected(request: Request, record: desk.DeskRecord, claim: str, form: dict[str, str]) -> Response:
    by = security.judging(request, form.get("key", ""))
    row = record.claim(claim)
    try:
        value = forms.given(row.claim.kind, form, row.claim)
        if not value:
            raise ValueError("nothing was changed")
        with deciding.room(request):
            line = record.judge("correct", row.claim.id, by=by, why=form.get("why") or None, value=value)
    except ValueError as error:
        return _form(request, row, form, str(error))
    deciding.follow(request, line)
    return RedirectResponse(f"/claim/{row.claim.id}?done={line.id}", 303)


def _form(request: Request, row: ClaimRow, form: dict[str, str], wrong: str | None = None) -> HTMLResponse:
    asked = [(f, form.get(f.name, f.value)) for f in forms.asked(row.claim.kind, row.claim)]
    return desk.page(request, "correct.html", 422 if wrong else 200, row=row, fields=asked, why=form.get("why", ""), wrong=wrong)


def _shown(request: Request, row: ClaimRow) -> dict[str, Any]:
    """What a claim's page and panel show of it."""
    judged = deciding.lines(request)
    verdict = judged.verdict(row.claim.id)
    after = None
    if verdict is not None and verdict.verb == "correct":
        after = corrected(row.claim, verdict.value or {})
    first = row.claim.evidence[0]
    _, text = request.app.state.record.document(row.document.id)
    around = snippet(text.text, first.start, first.end, len(first.quote) + 300)
    return {"row": row, "fields": values(row.claim), "after": values(after) if after else {}, "verdict": verdict, "around": around,
            "by_hand": row.claim.extractor == BY_HAND, "judgements": judged.about(row.claim.id),
            "undone": judged.undone, "verbs": deciding.VERBS}


def values(claim: Claim) -> dict[str, Any]:
    """The fields that a claim fills, by the names that people read."""
    found = {f.name: getattr(claim, f.name) for f in fields(claim) if f.name not in FIXED or f.name == "asserted"}
    return {name.replace("_", " "): value for name, value in found.items() if value not in (None, (), "", False)}
