"""PLOVER records, one a line: the categories, modes and contexts of the manual, visitors as actors and hosts as recipients."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from dragoman.exchange import events, titles
from dragoman.model.claims import ActorRef, Event
from dragoman.model.exporting import Bundle
from dragoman.model.stored import ClaimRow
from dragoman.reference import plover

NAME = "plover"
CARRIES = ("event",)
SUFFIX = ".plover.jsonl"
MEDIA = "application/x-ndjson"
CANNOT = ("quotations as such, commitments, figures, offices over time; the chain of who says so (the innermost is in `comment`); "
          "a date less exact than a day (its first and last day are given)")


def write(bundle: Bundle) -> Iterator[str]:
    """One record a claim; the event's own words only where quotes are asked for."""
    held = titles.Titles(bundle.offices)
    for row, event, when in events.single(bundle):
        yield json.dumps(_record(row, event, when, held, bundle), ensure_ascii=False)


def left_out(bundle: Bundle) -> Mapping[str, int]:
    """Events without any day."""
    return events.left_out(bundle, not_yet=False)


def _record(row: ClaimRow, event: Event, when: events.Day, held: titles.Titles, bundle: Bundle) -> dict[str, Any]:
    first, document = event.evidence[0], row.document
    found: dict[str, Any] = {
        "id": event.id,
        "date": when.first,
        "enddate": when.last if when.last != when.first else None,
        "actor": [_actor(a, held.of(a, when.first)) for a in event.source],
        "recipient": [_actor(a, held.of(a, when.first)) for a in event.recipient],
        "event": [event.event_type],
        "mode": [m for m in (event.mode, plover.auxiliary(event.modality)) if m],
        "context": list(event.context),
        "quad_code": plover.quad(event.event_type),
        "event_loc": _place(event),
        "text": first.quote or None,
        "text_info": {"sequence": 1, "start": first.start, "end": first.end},
        "cite_info": _cited(row, bundle),
        "coder": f"dragoman {bundle.versions.get('dragoman', '')}".strip(),
        "coded_date": document.read_at[:10],
        "comment": _comment(row, when, events.cameo(event).cameo),
    }
    return {k: v for k, v in found.items() if v not in (None, [], {}) or k == "actor"}


def _actor(actor: ActorRef, office: str) -> dict[str, str]:
    kind = events.kind(actor)
    code = plover.state(actor.state) if actor.state else plover.organization(actor.id, kind) if actor.id and kind else None
    found = {
        "code": code,
        "sector": plover.sector(actor.position or office) if actor.state else None,
        "entity_text": actor.mention or events.name(actor),
        "identifier_text": events.name(actor),
        "office": office or actor.position,
    }
    return {k: v for k, v in found.items() if v}


def _place(event: Event) -> dict[str, str] | None:
    if event.place is None:
        return None
    found = {"extracted_place": event.place.name, "country_code": plover.state(event.place.state or "")}
    return {k: v for k, v in found.items() if v}


def _cited(row: ClaimRow, bundle: Bundle) -> dict[str, str]:
    document = row.document
    found = {"citation": document.outlet or document.file, "url": document.url, "title": document.title, "language": document.language,
             "publication": document.outlet, "license": document.reuse.text if document.reuse and bundle.quotes else None}  # fmt: skip
    return {k: v for k, v in found.items() if v}


def _planned(row: ClaimRow) -> str | None:
    """What was planned, where that is coded as AGREE."""
    event = row.claim
    return event.event_type if isinstance(event, Event) and events.coded(event) is not event else None


def _comment(row: ClaimRow, when: events.Day, cameo: str) -> str:
    """CAMEO's code, what the date is, and who says so."""
    said = row.claim.attribution[-1].name if row.claim.attribution else None
    parts = [f"CAMEO {cameo}", f"confidence {row.claim.confidence:.2f}", f"document {row.document.id}"]
    parts += [f"date as stated: {when.edtf}"] if when.edtf else []
    parts += [f"planned {planned}"] if (planned := _planned(row)) else []
    parts += ["the day is that of the document"] if when.reported else []
    return "; ".join([*parts, *([f"according to {said}"] if said else [])])
