"""Contacts that belong to a larger one: a meeting to its visit, a side meeting to its summit or forum."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.model import time
from dragoman.model.claims import Claim, Contact, stamped

INNER = frozenset({"meeting", "talks"})
GATHERINGS = frozenset({"summit", "forum"})
NEAR = 1200  # code points between a side meeting and its summit


def linked(claims: Sequence[Claim]) -> list[Claim]:
    """The claims, each inner contact with the id of the one visit or gathering of its document that holds it."""
    visits = [c for c in claims if isinstance(c, Contact) and c.mode == "visit" and c.host]
    gatherings = [c for c in claims if isinstance(c, Contact) and c.mode in GATHERINGS]
    if not visits and not gatherings:
        return list(claims)
    out: list[Claim] = []
    for claim in claims:
        if isinstance(claim, Contact) and claim.mode in INNER and claim.part_of is None:
            outer = [v for v in visits if _during(claim, v)] or [g for g in gatherings if _beside(claim, g)]
            if len({o.id for o in outer}) == 1:
                claim = stamped(claim, part_of=outer[0].id)
        out.append(claim)
    return out


def _during(inner: Contact, visit: Contact) -> bool:
    """The visitor takes part, somebody of the host's state or its place does too, and the days can be the same."""
    people = {p.name for p in inner.participants if p.name}
    visitors = {p.name for p in visit.participants if p.name}
    hosted = any(p.state == visit.host for p in inner.participants) or (inner.place is not None and inner.place.state == visit.host)
    elsewhere = inner.place is not None and inner.place.state not in (None, visit.host)
    return bool(people & visitors) and hosted and not elsewhere and inner.modality == visit.modality and _overlap(inner.date, visit.date)


def _beside(inner: Contact, gathering: Contact) -> bool:
    """A meeting told next to a summit of the same days, in the same place where both are named."""
    near = abs(inner.evidence[0].start - gathering.evidence[0].start) < NEAR
    places = {c.place.name for c in (inner, gathering) if c.place}
    return near and len(places) < 2 and inner.modality == gathering.modality and bool(inner.date) and _overlap(inner.date, gathering.date)


def _overlap(a: str | None, b: str | None) -> bool:
    """Whether two dates can be one day; one that is not known can."""
    if not a or not b:
        return True
    p, q = time.parse(a), time.parse(b)
    return (p.first is None or q.last is None or p.first <= q.last) and (p.last is None or q.first is None or q.first <= p.last)
