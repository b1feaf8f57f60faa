"""Search over claims, documents and names, with every filter in the address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, Response

from dragoman.model import time
from dragoman.model.claims import KINDS
from dragoman.store import Filter
from dragoman.store.paging import Place
from dragoman.web import desk, tables
from dragoman.web.api import common
from dragoman.web.errors import Refused

router = APIRouter()
PAGE, DEEPEST = 20, 1_000
Word = Annotated[str, Query(max_length=200)]
Cursor = Annotated[str | None, Query(max_length=600)]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a search asks for, as its address has it, and the filter that follows."""

    q: str
    kind: str
    person: str
    outlet: str
    since: str
    until: str
    modality: str
    filter: Filter
    wrong: str | None

    @property
    def anything(self) -> bool:
        """Whether it asks for anything at all."""
        return any((self.q.strip(), self.kind, self.filter.states, self.person, self.outlet, self.since, self.until, self.modality))


def asked(when: desk.When, q: Word = "", kind: Word = "", state: Annotated[list[str], Query(max_length=8)] = [],  # noqa: B006
          person: Word = "", outlet: Word = "", since: Word = "", until: Word = "", modality: Word = "") -> Asked:
    """What an address asks for."""
    wrong = [f"{name}: {value} is not a date. Write 2024, 2024-05 or 2024-05-14." for name, value in (("From", since), ("To", until))
             if value and not time.is_edtf(value)]
    if kind and kind not in KINDS and kind != "document":
        raise Refused(400, "unknown-kind", f"No kind {kind[:60]!r}.", f"Kinds are: {', '.join(sorted(KINDS))}.")
    first, last = (None, when.on) if wrong else (since or None, until or when.on)
    f = Filter((kind,) if kind in KINDS else (), common.codes([s for s in state if s.strip()]), (), person or None, first, last,
               outlet or None, None, None, 0.0, modality or None, False, False)
    return Asked(q, kind, person, outlet, since, until, modality, f, wrong[0] if wrong else None)


@router.get("/search", response_class=HTMLResponse)
def search(request: Request, record: desk.Shown, when: desk.When, a: Annotated[Asked, Depends(asked)],
           page: Annotated[int, Query(ge=1, le=DEEPEST // PAGE)] = 1, cursor: Cursor = None) -> Response:
    """Places that hold the words, the best first; without words the claims that the filters leave, the newest first."""
    form = tables.asked(request)
    shown: dict[str, Any] = {"hits": [], "rows": [], "names": [], "more": False, "next": None}
    if a.wrong is None and a.q.strip():
        hits = _hits(record, a, DEEPEST if form else page * PAGE + 1, when.known)
        if form:
            return tables.download(form, "search", (h.as_json() for h in hits))
        shown |= {"hits": hits[(page - 1) * PAGE : page * PAGE], "more": len(hits) > page * PAGE}
        shown["names"] = _names(record, a.q) if page == 1 and not a.kind else []
    elif a.wrong is None and a.anything:
        shown |= _listed(request, record, a, tables.MOST if form else PAGE, cursor)
        if form:
            name = "documents" if a.kind == "document" else "claims"
            return tables.download(form, name, (row.as_json() for row in shown["rows"]))
    return desk.page(request, "search.html", q=a.q, kind=a.kind, states=a.filter.states, person=a.person, outlet=a.outlet, since=a.since,
                     until=a.until, modality=a.modality, page=page, cursor=cursor, kinds=sorted(KINDS), asked=a.anything, wrong=a.wrong,
                     **shown)


def _hits(record: desk.DeskRecord, a: Asked, limit: int, known: str | None) -> list[Any]:
    found: Iterable[Any] = record.hits(a.q, a.filter, limit)
    if a.kind == "document":
        found = (hit for hit in found if hit.claim is None)
    last = time.parse(known).last if known else None
    return [hit for hit in found if last is None or (hit.document.published or "9999") <= last.isoformat()]


def _listed(request: Request, record: desk.DeskRecord, a: Asked, limit: int, cursor: str | None) -> dict[str, Any]:
    after: Place | None = common.place(request, cursor) if cursor else None
    listing: Any = record.documents_page if a.kind == "document" else record.claims_page
    page = listing(a.filter, limit, after, newest=True)
    return {"rows": page.rows, "next": common.cursor(request, page.next) if page.next else None}


def _names(record: desk.DeskRecord, q: str) -> list[Any]:
    """Persons, organisations and places of that name."""
    persons = record.facts_page("person", Filter(person=q), 5, newest=True).rows
    others = record.facts_page(("organization", "place"), Filter(), 5, named=q).rows if len(q.strip()) > 2 else ()
    return [*persons, *others]
