"""The page of an organisation: its names, who belongs to it, who holds office in it, what it took part in."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse

from dragoman.model.members import Belonging
from dragoman.model.offices import Chain
from dragoman.web import desk, pairs

router = APIRouter()
MOST = 200


@router.get("/organization/{key}", response_class=HTMLResponse)
def organization(request: Request, record: desk.Shown, when: desk.When, key: str) -> HTMLResponse:
    """One organisation by its id ("org:eaeu")."""
    found = record.organization(key)
    shown = record.as_known([found], when.known) if found else []
    if not shown:
        raise HTTPException(404, f"There is no organisation {key!r} in the record" + (" as of that day." if when else "."))
    entity = shown[0]
    kinds = ("membership", "office", "contact", "instrument", "commitment")
    facts = record.resting_on(list(entity.claims)[:MOST], kinds, MOST, when.known)
    members = [f for f in facts if isinstance(f, Belonging)]
    chains = [f for f in facts if isinstance(f, Chain) and f.position.organization]
    rest = [f for f in facts if f.kind in ("contact", "instrument", "commitment")]
    rows = record.evidence(list(entity.claims)[:MOST])
    documents = {r.document.id: r.document for r in rows}
    return desk.page(request, "organization.html", entity=entity, members=members, offices=pairs.in_office(chains, when.on), facts=rest,
                     documents=sorted(documents.values(), key=lambda d: d.published or "", reverse=True))
