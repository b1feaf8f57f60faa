"""Who says so: the chain of sources of a stretch of text, outermost first."""

from __future__ import annotations

from dragoman.model.annotations import Actor, AnnotatedText, Quote
from dragoman.model.claims import Link
from dragoman.model.documents import Zone
from dragoman.reference import states

OFFICES = frozenset({"organization", "state", "office"})
LEAD = 160  # code points between an agency's bracket in the dateline and the text


def attribution(text: AnnotatedText, start: int, end: int) -> tuple[Link, ...]:
    """The outlet, the agency of the dateline, what the text cites, then whoever said the words; each named once."""
    links: list[Link] = []
    if text.document.outlet:
        links.append(Link("outlet", text.document.outlet))
    agency = _agency(text)
    if agency:
        links.append(Link("agency", agency))
    for quote in _around(text, start, end):
        links += [Link(role, name) for role, name in quote.chain]
        if quote.speaker is not None:
            link = _speaker(quote.speaker)
            if link is not None:
                links.append(link)
    return _once(links)


def _around(text: AnnotatedText, start: int, end: int) -> list[Quote]:
    """The quotations that hold at least half of the stretch, the widest first."""
    out = []
    for quote in text.quotes:
        if quote.start >= end:
            break
        if quote.end <= start and not quote.also:
            continue
        pieces = ((quote.start, quote.end), *quote.also)
        if 2 * sum(max(0, min(end, b) - max(start, a)) for a, b in pieces) >= end - start:
            out.append(quote)
    return sorted(out, key=lambda q: q.start - q.end)


def _speaker(actor: Actor) -> Link | None:
    """The link of whoever said it; a pronoun that points to nobody known is no source."""
    if actor.kind == "state" and actor.state:
        return Link("office", states.short_name(actor.state) or actor.state, actor.id)
    name = actor.name or (actor.mention if actor.kind not in ("pronoun", "group") else None)
    if not name:
        return None
    return Link("office" if actor.kind in OFFICES else "speaker", name, actor.id)


def _agency(text: AnnotatedText) -> str | None:
    """The agency in brackets in the dateline: "Moscow, 14 January 2022 (TDI):"."""
    for zone in text.document.zones:
        if zone.zone is Zone.DATELINE:
            line = text.text[zone.start : min(zone.end, zone.start + LEAD)]
            opened, closed = line.rfind("("), line.rfind(")")
            name = line[opened + 1 : closed].strip()
            if 0 <= opened < closed and name and not any(c.isdigit() for c in name):
                return name
    return None


def _once(links: list[Link]) -> tuple[Link, ...]:
    seen: set[str] = set()
    out = []
    for link in links:
        key = link.name.casefold()
        if key not in seen:
            seen.add(key)
            out.append(link)
    return tuple(out)
