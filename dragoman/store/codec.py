"""Values of the model as columns, and back."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, fields, is_dataclass
from functools import cache, lru_cache
from math import isfinite
from operator import attrgetter
from typing import Any

import msgspec

from dragoman.model import time
from dragoman.model.claims import KINDS, ActorRef, Claim, from_json
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


@cache
def _claim_decoder(kind: str) -> Callable[[str], Claim]:
    made: Callable[[str], Claim] = msgspec.json.Decoder(KINDS[kind]).decode
    return made


def claim(kind: str, column: str) -> Claim:
    """The claim of a stored column, of a kind."""
    return _claim_decoder(kind)(column)


def claim_row(column: str, document: DocumentRow) -> ClaimRow:
    return ClaimRow(from_json(json.loads(column)), document, document.superseded_by is not None, document.copy_of is None)


class _Literals(dict[Any, Callable[[Any], str]]):
    """What writes a field of a claim as JSON, by the type of its value."""

    def __missing__(self, kind: Any) -> Callable[[Any], str]:
        self[kind] = made = _writer(kind) if is_dataclass(kind) else _encode
        return made


def _several(values: Sequence[Any]) -> str:
    return f"[{','.join([_LITERALS[type(v)](v) for v in values])}]" if values else "[]"


_quoted = lru_cache(maxsize=4096)(_encode)  # quotes and names come back in claim after claim
_LITERALS = _Literals({str: _quoted, type(None): lambda _: "null", bool: lambda v: "true" if v else "false", int: int.__repr__,
                       float: lambda v: repr(v) if isfinite(v) else _encode(v), tuple: _several, list: _several})


def _writer(kind: Any) -> Callable[[Any], str]:
    """What writes an object of a class as JSON."""
    form, values = _form(kind)
    return lambda one: form % tuple([_LITERALS[type(v)](v) for v in values(one)])


@cache
def _form(kind: Any, left_out: str = "") -> tuple[str, Callable[[Any], tuple[Any, ...]]]:
    """The JSON of a class with gaps for the values of its fields, and what takes these."""
    names = [f.name for f in fields(kind) if f.name != left_out]
    return "{" + ",".join(f'"{name}":%s' for name in names) + "}", attrgetter(*names)


def _json(claim: Claim) -> str:
    """What `Claim.as_json` gives, without what the row has in columns or the document knows; the confidence in full."""
    form, values = _form(_kind(claim), "document")
    told = form % tuple([_LITERALS[type(v)](v) for v in values(claim)])
    return f'{{"kind":"{claim.kind}","document":{_quoted(claim.document)},{told[1:]}'


ClaimColumns = tuple[str, str, int, int, str | None, str | None, str, float, str, str]
CLAIM = ("id", "kind", "start", "end", "first", "last", "modality", "confidence", "json", "words")


def claim_columns(claim: Claim) -> tuple[ClaimColumns, set[str], list[ActorRef]]:
    """The columns of a claim as CLAIM names them, the states that it names, and the actors that are not states."""
    actors: list[ActorRef] = []
    single, listed = _actors(_kind(claim))
    for name in single:
        if (one := getattr(claim, name)) is not None:
            actors.append(one)
    for name in listed:
        actors += getattr(claim, name)
    people = [one for one in actors if not (one.id and one.id.startswith("state:"))]
    first, last = _span(claim)
    clause = claim.evidence[0]
    return (claim.id, claim.kind, clause.start, clause.end, first, last, claim.modality, claim.confidence, _json(claim),
            _words(claim, people)), _states(claim, actors), people


def _kind(claim: Claim) -> Any:
    return type(claim)


@cache
def _actors(kind: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fields of a class of claims that hold an actor, and those that hold several."""
    found = [(f.name, str(f.type)) for f in fields(kind) if "ActorRef" in str(f.type)]
    return tuple(n for n, t in found if "tuple" not in t), tuple(n for n, t in found if "tuple" in t)


@cache
def _having(kind: Any, *names: str) -> tuple[str, ...]:
    """Those of the names that are fields of a class of claims."""
    return tuple(name for name in names if name in {f.name for f in fields(kind)})


def _span(claim: Claim) -> tuple[str | None, str | None]:
    """The days that a claim is about; those of its document where it names none."""
    names = ("since", "until", "date") if claim.kind == "tenure" else ("date", "period")
    spans = [days(value) for name in _having(_kind(claim), *names) if (value := getattr(claim, name))] or [days(claim.asserted)]
    if len(spans) == 1:
        return spans[0]
    return min([f for f, _ in spans if f], default=None), max([last for _, last in spans if last], default=None)


def _words(claim: Claim, people: list[ActorRef]) -> str:
    """What a search over claims looks at: the words of the evidence, then the names that stand elsewhere in the document."""
    quotes = [e.quote for e in claim.evidence]
    names: list[Any] = [person.name for person in people if person.name]
    names += [getattr(claim, f) for f in _having(_kind(claim), "title", "occasion", "organization", "position", "city")]
    held = " ".join(quotes)
    return "\n".join([*quotes, *(n for n in dict.fromkeys(names) if isinstance(n, str) and n not in held)])


_STATE_FIELDS = ("state", "host", "reporter", "counterpart", "sending", "receiving", "member", "parties")


def _states(claim: Claim, actors: list[ActorRef]) -> set[str]:
    """The states that the fields of a claim name; the place of a meeting does not make its state take part."""
    found: set[Any] = {one.state for one in actors}
    for name in _having(_kind(claim), *_STATE_FIELDS):
        given = getattr(claim, name)
        found.update(given if isinstance(given, tuple | list) else (given,))
    return {s for s in found if isinstance(s, str) and len(s) == 3 and s.isascii() and s.isupper()}
