"""Where an entry comes from, as a note cites it."""

from __future__ import annotations

import json

from dragoman.model import citing
from dragoman.model.claims import Claim
from dragoman.model.stored import DocumentRow
from dragoman.views.visible import one_line
from dragoman.views.wording import date


def source(document: DocumentRow) -> str:
    """Outlet, title, date and place of publication: "Prague Post, “A visit”, 14 May 2024, https://…"."""
    parts = [one_line(document.outlet, 100) if document.outlet else "outlet not named"]
    if document.title:
        parts.append(f"“{one_line(document.title, 120)}”")
    parts.append(date(document.published) if document.published else "no date")
    parts.append(one_line(document.url or document.file, 200))
    return ", ".join(parts)


def citations(document: DocumentRow) -> dict[str, str]:
    """The document as notes and reference managers cite it: `chicago`, `bibtex`, `csl` (CSL-JSON)."""
    return {"chicago": citing.chicago(document), "bibtex": citing.bibtex(document),
            "csl": json.dumps([citing.csl(document)], ensure_ascii=False, indent=2)}


def claimant(claim: Claim) -> str:
    """Who says so: the innermost link of the chain of sources, then those who pass it on."""
    names = [one_line(link.name, 80) for link in reversed(claim.attribution)]
    return " via ".join(names[:3]) if names else "source not named"


def short(claim_id: str) -> str:
    """The part of a claim's id that people type; `explain` takes it."""
    return claim_id.removeprefix("claim:")[:8]
