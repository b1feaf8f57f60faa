"""Values of the model as columns, and back."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from dragoman.model import time
from dragoman.model.claims import Claim, from_json
from dragoman.model.documents import Document, Evidence, ReuseTerms, Source, Zone, ZoneSpan
from dragoman.model.stored import ClaimRow, DocumentRow
from dragoman.store.fold import folded

Stored = Any  # a row of a table, with its columns as attributes
BEGIN, END = "0000", "9999"  # how open ends of intervals sort


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def dump(value: Any) -> str:
    return _encode(value)


@lru_cache(maxsize=4096)
def days(edtf: str | None) -> tuple[str | None, str | None]:
    """First and last day as ISO text, open ends as BEGIN and END; both None where the date is unknown or no date."""
    if not edtf:
        return None, None
    try:
        interval = time.parse(edtf)
    except ValueError:
        return None, None
    return interval.first.isoformat() if interval.first else BEGIN, interval.last.isoformat() if interval.last else END


def bound(value: str | dt.date | None, last: bool) -> str | None:
    """The first or last day of what a person gives as a limit.

    Raises:
      ValueError: it is not a date.
    """
    if value is None:
        return None
    if isinstance(value, dt.date):
        return value.isoformat()[:10]
    try:
        interval = time.parse(value)
    except ValueError:
        raise ValueError(f"not a date: {value!r}; write 2024, 2024-05 or 2024-05-14") from None
    day = interval.last if last else interval.first
    return day.isoformat() if day else None


def document_columns(document: Document) -> dict[str, Any]:
    """The columns of a document that follow from the document alone."""
    first, last = days(document.published)
    return {
        "id": document.id, "text": document.text, "title": document.title, "outlet": document.outlet,
        "outlet_folded": folded(document.outlet) if document.outlet else None, "outlet_kind": document.outlet_kind,
        "author": document.author, "place": document.place, "language": document.language, "published": document.published,
        "published_by": document.published_by, "first": first, "last": last, "url": document.url,
        "published_evidence": dump(asdict(document.published_evidence)) if document.published_evidence else None,
        "alternatives": dump(document.alternatives), "reuse": dump(asdict(document.reuse)) if document.reuse else None,
        "zones": dump([(z.start, z.end, z.zone) for z in document.zones]), "metadata": dump(document.metadata),
        "words": len(document.text.split()),
    }


def _reuse(column: str | None) -> ReuseTerms | None:
    return ReuseTerms(**json.loads(column)) if column else None


def document(row: Stored, place: Stored) -> Document:
    """The document as it was read, with the source of one of its places."""
    source = Source(place.file, place.path, place.sha256, place.size, place.media, place.read_at)
    evidence = Evidence(**json.loads(row.published_evidence)) if row.published_evidence else None
    return Document(row.id, row.text, source, tuple(ZoneSpan(s, e, Zone(z)) for s, e, z in json.loads(row.zones)), row.title, row.outlet,
                    row.outlet_kind, row.author, row.place, row.language, row.published, row.published_by, evidence,
                    tuple(json.loads(row.alternatives)), row.url, _reuse(row.reuse), json.loads(row.metadata))


def document_row(row: Stored, places: list[Stored]) -> DocumentRow:
    """The row of a document; of its places the first gives name, version and time."""
    home = places[0]
    return DocumentRow(row.id, home.file, tuple(dict.fromkeys(p.file for p in places)), row.title, row.outlet, row.outlet_kind, row.author,
                       row.place, row.language, row.published, row.published_by, tuple(json.loads(row.alternatives)), row.url, row.words,
                       row.claims, row.state == "read", row.original, row.successor, home.version, home.read_at, _reuse(row.reuse))


def claim_row(column: str, document: DocumentRow) -> ClaimRow:
    return ClaimRow(from_json(json.loads(column)), document, document.superseded_by is not None, document.copy_of is None)


def claim_columns(claim: Claim) -> tuple[dict[str, Any], set[str], list[dict[str, Any]]]:
    """The columns of a claim, the states that it names, and the actors that are not states."""
    row = claim.as_json("")
    actors = [one for value in row.values() for one in (value if isinstance(value, list) else (value,))
              if isinstance(one, dict) and "mention" in one]
    people = [one for one in actors if not str(one.get("id") or "").startswith("state:")]
    first, last = _span(row)
    kept = {k: v for k, v in row.items() if k not in ("file", "id", "schema")} | {"confidence": claim.confidence}
    clause = claim.evidence[0]
    return {"id": claim.id, "kind": claim.kind, "start": clause.start, "end": clause.end, "first": first, "last": last,
            "modality": claim.modality, "confidence": claim.confidence, "json": dump(kept), "words": _words(row, people)}, \
        _states(row, actors), people


def _span(row: dict[str, Any]) -> tuple[str | None, str | None]:
    """The days that a claim is about; those of its document where it names none."""
    names = ("since", "until", "date") if row["kind"] == "tenure" else ("date", "period")
    spans = [days(row[name]) for name in names if row.get(name)] or [days(row["asserted"])]
    firsts, lasts = [f for f, _ in spans if f], [last for _, last in spans if last]
    return min(firsts, default=None), max(lasts, default=None)


def _words(row: dict[str, Any], people: list[dict[str, Any]]) -> str:
    """What a search over claims looks at: the words of the evidence, then the names that stand elsewhere in the document."""
    quotes = [e["quote"] for e in row["evidence"]]
    names = [person["name"] for person in people if person["name"]]
    names += [row[f] for f in ("title", "occasion", "organization", "position", "city") if isinstance(row.get(f), str)]
    held = " ".join(quotes)
    return "\n".join([*quotes, *(n for n in dict.fromkeys(names) if n not in held)])


_STATE_FIELDS = ("state", "host", "reporter", "counterpart", "sending", "receiving", "member", "parties")


def _states(row: dict[str, Any], actors: list[dict[str, Any]]) -> set[str]:
    """The states that the fields of a claim name; the place of a meeting does not make its state take part."""
    found: set[Any] = set()
    for name in _STATE_FIELDS:
        given = row.get(name)
        found |= {s for s in given if isinstance(s, str)} if isinstance(given, list) else {given}
    found.update(one.get("state") for one in actors)
    return {s for s in found if isinstance(s, str) and len(s) == 3 and s.isascii() and s.isupper()}
