"""Documents and claims: the questions of the shell with the same names and filters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from dragoman.model.claims import KINDS
from dragoman.store import Filter
from dragoman.web import desk
from dragoman.web.api import schemas
from dragoman.web.api.common import About, Cursor, Day, Kinds, Limit, Page, Paged, States, Text, codes, cursor, heavy, listing, offset, send
from dragoman.web.errors import Refused

router = APIRouter(tags=["documents and claims"])
DEEPEST = 1_000  # hits of a search that one can page to
Flag = Annotated[bool, Query()]


@router.get("/documents", responses=schemas.of("DocumentRowPage", "Documents by date of publication."))
def documents(record: desk.Shown, page: Page, state: States = [], outlet: Text | None = None, language: Text | None = None,  # noqa: B006
              since: Day | None = None, until: Day | None = None, superseded: Flag = True, copies: Flag = True) -> Response:
    """The documents with outlet, date and how the date is known; older versions and copies too unless they are left out."""
    f = Filter(states=codes(state), outlet=outlet, language=language, since=since, until=until, superseded=superseded, copies=copies)
    found = record.documents_page(f, page.limit, page.after, newest=page.newest)
    return listing(page, [row.as_json() for row in found.rows], found.next)


@router.get("/show/{document:path}", responses=schemas.of("Object", "A document's text, zones and claims."))
def show(record: desk.Shown, document: str) -> Response:
    """A document by id or file name: its text, what each stretch of it is, and its claims with their places."""
    row, text = record.document(document)
    rows = record.claims(document=row.id, superseded=True, copies=True, order="place")
    return send({"document": row.as_json(), "text": text.text, "zones": [asdict(z) for z in text.zones],
                 "claims": [r.as_json() for r in rows]})


@router.get("/original/{document:path}",
            responses=schemas.errors() | {200: {"description": "The bytes.", "content": {"application/octet-stream": {}}}})
def original(record: desk.Shown, document: str) -> Response:
    """The bytes of a document as they came; a browser saves them and never shows them."""
    data = record.original(document)
    return Response(data, media_type="application/octet-stream", headers={"Content-Disposition": "attachment"})


def _claims(record: desk.DeskRecord, page: Paged, f: Filter, superseded: bool, copies: bool) -> Response:
    found = record.claims_page(replace(f, superseded=superseded, copies=copies), page.limit, page.after, newest=page.newest)
    return listing(page, [row.as_json() for row in found.rows], found.next)


@router.get("/claims", responses=schemas.of("ClaimPage", "Claims by the days that they are about."))
def claims(record: desk.Shown, page: Page, f: About, kind: Kinds = [], superseded: Flag = False, copies: Flag = False) -> Response:  # noqa: B006
    """Claims of all kinds, each in the form of the claim contract."""
    for name in kind:
        if name not in KINDS:
            raise Refused(422, "unknown-kind", f"No kind {name[:60]!r}.", f"Kinds are: {', '.join(sorted(KINDS))}.")
    return _claims(record, page, replace(f, kinds=tuple(kind)), superseded, copies)


@router.get("/claims/{claim}", responses=schemas.of("Claim", "The claim."))
def claim(record: desk.Shown, claim: str) -> Response:
    """One claim by its id or the beginning of it."""
    return send(record.claim(claim).as_json())


def _of_kind(kind: str) -> Callable[..., Response]:
    """The listing of the claims of one kind."""

    def listed(record: desk.Shown, page: Page, f: About, superseded: Flag = False, copies: Flag = False) -> Response:
        return _claims(record, page, replace(f, kinds=(kind,)), superseded, copies)

    return listed


for _kind, _name, _words in (
    ("contact", "contacts", "Who met, called, wrote to or visited whom."),
    ("tenure", "tenures", "Who holds, took or left which office."),
    ("biography", "biographies", "Where and when people were born, what they studied, where they worked."),
    ("figure", "figures", "Figures with their period and claimant."),
    ("commitment", "commitments", "What was promised, by whom, and by when."),
    ("agreement", "agreements", "What was signed, ratified or negotiated."),
    ("membership", "memberships", "Who belongs to which organisation."),
    ("mission", "missions", "Embassies, consulates and trade missions."),
    ("relation", "relations", "What states are to each other: allies, partners, neighbours."),
    ("statement", "statements", "Who said what."),
    ("event", "events", "What one side did to another, in PLOVER's categories."),
):
    router.add_api_route(f"/{_name}", _of_kind(_kind), name=_name, summary=_words, operation_id=_name,
                         responses=schemas.of("ClaimPage", _words))


@router.get("/explain/{claim}", responses=schemas.of("Object", "What each stage saw, and the facts that rest on it.") | schemas.errors(503))
def explain(record: desk.Shown, claim: str) -> Response:
    """Why a claim says what it says: its sentence, what each rule saw, where its dates come from; of a fact all that it rests on."""
    if claim.startswith("fact:"):
        fact = record.fact(claim)
        return send({"fact": fact.as_json(), "claims": [row.as_json() for row in record.evidence(fact.claims[:500])]})
    with heavy:
        found = record.explain(claim)
    supports = [f.id for f in record.supported_by(found.row.claim.id)]
    return send(asdict(found) | {"row": found.row.as_json(), "supports": supports})


@router.get("/search", responses=schemas.of("HitPage", "Places that hold the words, the best first."))
def search(request: Request, record: desk.Shown, words: Text, kind: Kinds = [], state: States = [], person: Text | None = None,  # noqa: B006
           since: Day | None = None, until: Day | None = None, outlet: Text | None = None, language: Text | None = None,
           superseded: Flag = False, copies: Flag = False, limit: Limit = 20,
           cursor_: Annotated[Cursor, Query(alias="cursor")] = None) -> Response:
    """The places that hold all the words; "words in quotation marks" stand together, a `*` at a word's end stands for any ending."""
    begin = min(offset(request, cursor_), DEEPEST)
    hits = record.search(words, limit=min(begin + limit + 1, DEEPEST), kind=kind or None, states=codes(state), person=person, since=since,
                         until=until, outlet=outlet, language=language, superseded=superseded, copies=copies)
    more = len(hits) > begin + limit
    return send({"items": [h.as_json() for h in hits[begin : begin + limit]], "next": cursor(request, begin + limit) if more else None})
