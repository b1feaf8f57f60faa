"""Gold facts of the benchmark's form as claims, so that a record can be made of what documents really say."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, fields
from functools import cache
from typing import Any

from dragoman.model.claims import KINDS, ActorRef, Amount, Claim, Link, PlaceRef
from dragoman.model.documents import Document, Evidence, Source
from dragoman.reference import organizations, places, states
from dragoman.reference.slug import slug

RENAMED = {"since": "tenure_start", "until": "tenure_end"}  # of tenures
_HELD = re.compile(r"held on (\S+)")


def by_document(rows: Iterable[Mapping[str, Any]]) -> dict[str, list[Claim]]:
    """The claims of every document by its file name; a line without a place in its text is left out."""
    grouped: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        grouped[row["file"]].append(row)
    return {file: _claims(some) for file, some in grouped.items()}


def document(file: str, claims: Sequence[Claim]) -> Document:
    """A document without its text that gold claims can stand in."""
    text = f"[{file}]"
    source = Source(file, file, hashlib.sha256(text.encode()).hexdigest(), len(text), "text/plain", "1970-01-01T00:00:00Z")
    published = next((c.asserted for c in claims if c.asserted), None)
    outlet = next((link.name for c in claims for link in c.attribution), None)
    return Document(f"doc:{file}", text, source, outlet=outlet, published=published)


def _claims(rows: list[Mapping[str, Any]]) -> list[Claim]:
    head = next((r for r in rows if r["kind"] == "document"), {})
    offices: dict[str, tuple[str | None, str]] = {r["person"]: (r.get("state"), r["position"]) for r in rows if r["kind"] == "tenure"}
    found = [claim for r in rows if r["kind"] in KINDS and r.get("start") is not None and (claim := _claim(r, head, offices)) is not None]
    return list({c.id: c for c in found}.values())


def _claim(row: Mapping[str, Any], head: Mapping[str, Any], offices: Mapping[str, tuple[str | None, str]]) -> Claim | None:
    cls = KINDS[row["kind"]]
    kind: Any = cls
    values: dict[str, Any] = {}
    for name, shape in _own(kind):
        given = row.get(RENAMED.get(name, name) if row["kind"] == "tenure" else name)
        if given is not None:
            values[name] = _value(shape, given, offices)
    values |= _particular(row, values)
    missing = [n for n, _ in _needed(kind) if n not in values]
    if missing:
        return None
    said = row.get("speaker") if row["kind"] != "statement" else None
    attribution = tuple(Link(role, name) for role, name in (("outlet", head.get("outlet")), ("speaker", said)) if name)
    extent = (Evidence(row["start"], row["end"], row["quote"]),)
    return cls(document=f"doc:{row['file']}", evidence=extent, attribution=attribution, asserted=head.get("published"),
               modality=row.get("modality") or "actual", confidence=1.0, extractor="gold", **values)


def _particular(row: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """What a kind says in its own way."""
    if row["kind"] == "commitment":
        return {"action": row["quote"], "by": values.get("by", ()), "to": values.get("to", ())}
    if row["kind"] == "statement":
        return {"text": row["quote"], "direct": bool(row.get("direct"))}
    if row["kind"] == "tenure":
        body, day = row.get("organization"), _HELD.search(row.get("note") or "")
        return {"organization_id": f"org:{slug(body)}" if body else None, "date": day[1] if day else row.get("date")}
    if row["kind"] == "membership":
        body = organizations.find(row["organization"])
        return {"organization_id": body.id if body else f"org:{slug(row['organization'])}"}
    return {}


@cache
def _own(cls: Any) -> tuple[tuple[str, str], ...]:
    """The fields of a kind beside those that every claim has, with their types as written."""
    common = {f.name for f in fields(Claim)}
    return tuple((f.name, str(f.type)) for f in fields(cls) if f.name not in common)


@cache
def _needed(cls: Any) -> tuple[tuple[str, str], ...]:
    optional = {f.name for f in fields(cls) if f.default is not MISSING or f.default_factory is not MISSING}
    return tuple((n, t) for n, t in _own(cls) if n not in optional)


def _value(kind: str, given: Any, offices: Mapping[str, tuple[str | None, str]]) -> Any:
    if "ActorRef" in kind:
        some = tuple(_actor(one, offices) for one in (given if isinstance(given, list) else [given]))
        return some if "tuple" in kind else some[0]
    if "PlaceRef" in kind:
        place = places.find(given)
        return PlaceRef(given, place.states[0] if place and len(place.states) == 1 else None)
    if "Amount" in kind:
        return Amount(given.get("low"), given.get("high"), given.get("unit") or "1", given.get("of"))
    if isinstance(given, list):
        return tuple(given)
    return (given,) if "tuple" in kind else given


def _actor(name: str, offices: Mapping[str, tuple[str | None, str]]) -> ActorRef:
    if states.short_name(name):
        return ActorRef(None, name, f"state:{name}", name)
    if name in offices:
        state, position = offices[name]
        return ActorRef(name, name, f"person:{slug(name)}", state, position)
    body = organizations.find(name)
    return ActorRef(name, name, body.id if body else None)
