"""A document: its text as it stands with its claims marked in place, and forms to add what the reader missed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from dragoman.model.claims import KINDS
from dragoman.model.documents import Document
from dragoman.model.stored import ClaimRow
from dragoman.views import marked
from dragoman.views.citation import citations
from dragoman.views.marked import Piece
from dragoman.web import deciding, desk, forms, security, tables
from dragoman.web.errors import Refused

router = APIRouter()
MOST = 1_500  # claims that one page lists


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its pieces."""

    start: int
    end: int
    pieces: tuple[Piece, ...]

    @property
    def says(self) -> bool:
        """Whether there are words in it from which a claim could come."""
        return any(p.read for p in self.pieces) and len("".join(p.text for p in self.pieces).split()) > 2


@router.get("/document/{document:path}/add", response_class=HTMLResponse)
def add_form(request: Request, record: desk.Shown, document: str, start: int = 0, end: int = 0, kind: str = "") -> HTMLResponse:
    """The form for a claim that the reader missed in some words."""
    row, text = record.document(document)
    words = _words(text, start, end)
    return _form(request, row.id, words, start, kind if kind in KINDS else "", {})


@router.post("/document/{document:path}/add")
async def add(request: Request, record: desk.Shown, document: str) -> Response:
    """A claim of a person, added as a line in the record."""
    from fastapi.concurrency import run_in_threadpool

    form = {name: str(value) for name, value in (await request.form()).items()}
    return await run_in_threadpool(_added, request, record, document, form)


def _added(request: Request, record: desk.DeskRecord, document: str, form: dict[str, str]) -> Response:
    by = security.judging(request, form.get("key", ""))
    row, text = record.document(document)
    kind, words = form.get("kind", ""), form.get("words", "").replace("\r\n", "\n").strip()
    start = int(form["start"]) if form.get("start", "").isdigit() else 0
    try:
        if kind not in KINDS:
            raise ValueError("choose what kind of claim it is")
        at = _nearest(text.text, words, start)
        with deciding.room(request):
            line = record.add_claim(row.id, kind, at, at + len(words), forms.given(kind, form), by=by, why=form.get("why") or None)
    except ValueError as error:
        return _form(request, row.id, words, start, kind if kind in KINDS else "", form, str(error))
    deciding.follow(request, line)
    return RedirectResponse(f"/claim/{line.subjects[0]}?done={line.id}", 303)


def _form(request: Request, document: str, words: str, start: int, kind: str, form: dict[str, str],
          wrong: str | None = None) -> HTMLResponse:
    row, _ = request.app.state.record.document(document)
    asked = forms.asked(kind) if kind else []
    return desk.page(request, "add.html", 422 if wrong else 200, row=row, words=words, start=start, kind=kind, kinds=sorted(KINDS),
                     fields=[(f, form.get(f.name, f.value)) for f in asked], why=form.get("why", ""), wrong=wrong)


def _words(text: Document, start: int, end: int) -> str:
    if not 0 <= start < end <= len(text.text) or end - start > 4000:
        raise Refused(400, "bad-parameter", "These are no words of the document.", "Choose a sentence on the document's page.")
    return text.text[start:end].strip()


def _nearest(text: str, words: str, start: int) -> int:
    """Where the words stand in the text, of several places the nearest to the sentence that was chosen."""
    found = [at for at in (text.find(words, max(start - 10, 0)), text.rfind(words, 0, start + len(words))) if at >= 0] if words else []
    if not found:
        raise ValueError("the words must stand in the document exactly so")
    return min(found, key=lambda at: abs(at - start))


@router.get("/cite/{document:path}", response_class=HTMLResponse)
def cite(request: Request, record: desk.Shown, document: str) -> HTMLResponse:
    """A document as others cite it, to copy."""
    row = record.document_row(document)
    return desk.page(request, "cite_body.html" if "hx-request" in request.headers else "cite.html", row=row, citations=citations(row))


@router.get("/document/{document:path}", response_class=HTMLResponse)
def document_page(request: Request, record: desk.Shown, document: str, at: Annotated[int | None, Query(ge=0)] = None,
                  part: Annotated[int, Query(ge=1, le=100_000)] = 1) -> Response:
    """A document's text with its claims."""
    row, text = record.document(document)
    begins = marked.parts(text.text)
    part = bisect_right(begins, at) if at is not None else min(part, len(begins))
    start, end = begins[part - 1], begins[part] if part < len(begins) else len(text.text)
    if form := tables.asked(request):
        every = record.claims(document=row.id, superseded=True, copies=True, order="place")
        return tables.download(form, "claims", (r.as_json() for r in every))
    rows = record.claims_in_place(row.id, start, end, MOST)
    judged = deciding.lines(request)
    return desk.page(request, "document.html", row=row, text=text, rows=rows, sentences=_sentences(text, rows, start, end), part=part,
                     parts=len(begins), verdicts={r.claim.id: v for r in rows if (v := judged.verdict(r.claim.id))}, reuse=text.reuse,
                     copies=record.copies_of(row.id), zones={z.zone for z in text.zones}, source=asdict(text.source))


def _sentences(text: Document, rows: Sequence[ClaimRow], start: int, end: int) -> list[Sentence]:
    """The pieces of a stretch of the text by sentence; an evidence that runs over several is marked in each."""
    bounds = marked.sentences(text.text, start, end)
    pieces = marked.pieces(text, rows, start, end, [a for a, _ in bounds])
    out, k = [], 0
    for first, last in bounds:
        some = []
        while k < len(pieces) and pieces[k].start < last:
            some.append(pieces[k])
            k += 1
        out.append(Sentence(first, last, tuple(some)))
    return out


