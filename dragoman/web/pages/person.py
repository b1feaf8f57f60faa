"""The page of a person: offices, contacts, statements, names, sources."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse

from dragoman.web import desk, persons

router = APIRouter()


@router.get("/person/{key}", response_class=HTMLResponse)
def person(request: Request, record: desk.Shown, when: desk.When, key: str) -> HTMLResponse:
    """One person; where several share a name, a choice."""
    found = persons.of(record, key, when)
    if found is None:
        others = record.namesakes(key)
        if not others:
            raise HTTPException(404, f"There is no person {key!r} in the record" + (" as of that day." if when else "."))
        return desk.page(request, "persons.html", key=key, others=others)
    others = [p for p in record.namesakes(found.entity.person.id) if p.id != found.entity.id]
    documents = {r.document.id: r.document for r in found.rows}
    return desk.page(request, "person.html", found=found, person=found.entity.person, entity=found.entity, others=others,
                     documents=sorted(documents.values(), key=lambda d: d.published or "", reverse=True))
