"""What the API is: its verbs, its description as a page, problems with inputs, and citations."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from dragoman import __version__
from dragoman.views.citation import citations
from dragoman.web import desk
from dragoman.web.api import schemas
from dragoman.web.api.common import Cursor, Limit, send, sliced

router = APIRouter(tags=["about"])


@router.get("", responses=schemas.of("Object", "Version, newest document, what waits, and the addresses."))
def about(request: Request, record: desk.Shown) -> Response:
    """What this is, how far the facts are, and which addresses there are."""
    paths = sorted(request.app.openapi()["paths"])
    return send({"name": "dragoman", "version": __version__, "newest": record.newest(), "waiting": record.waiting(), "paths": paths})


@router.get("/docs", include_in_schema=False, response_class=HTMLResponse)
def docs(request: Request) -> Response:
    """The description of the API as a page of the desk's own: nothing is loaded from elsewhere."""
    described = request.app.openapi()
    groups: dict[str, list[tuple[str, str, dict[str, object]]]] = {}
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            groups.setdefault(operation["tags"][0], []).append((method.upper(), path, operation))
    return desk.page(request, "api.html", groups=groups)


@router.get("/problems", responses=schemas.of("ProblemPage", "What is wrong with inputs."))
def problems(request: Request, record: desk.Shown, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """What is wrong with inputs, as they were when they were read last."""
    return sliced(request, (asdict(p) for p in record.problems()), limit, cursor)


@router.get("/cite/{document:path}", responses=schemas.of("Cited", "The citation."))
def cite(record: desk.Shown, document: str, format: Annotated[str, Query(pattern="^(chicago|bibtex|csl)$")] = "chicago") -> Response:
    """A document as notes and reference managers cite it: `chicago`, `bibtex` or `csl` (CSL-JSON)."""
    row, _ = record.document(document)
    return send({"format": format, "text": citations(row)[format]})
