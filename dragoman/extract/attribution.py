"""Who says so: the chain of sources of a stretch of text, outermost first."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate

from dragoman.model.annotations import Actor, AnnotatedText, Quote
from dragoman.model.claims import Link
from dragoman.model.documents import Zone
from dragoman.reference import states

OFFICES = frozenset({"organization", "state", "office"})
LEAD = 160  # code points between an agency's bracket in the dateline and the text


class Spoken:
    """Quotations, found by the stretch that they hold or touch."""

    def __init__(self, quotes: list[Quote]) -> None:
        self.quotes = quotes
        self._starts = [q.start for q in quotes]
        self._ends = list(accumulate((q.end for q in quotes), max))  # the furthest end so far
        self._reach = list(accumulate((max([q.end, *(end for _, end in q.also)]) for q in quotes), max))

    def hold(self, start: int, end: int) -> bool:
        """Whether the whole stretch stands in one of them."""
        k = bisect_right(self._starts, start)
        return k > 0 and self._ends[k - 1] >= end

    def around(self, start: int, end: int) -> list[Quote]:
        """Those that hold at least half of the stretch, the widest first."""
        out: list[Quote] = []
        k = bisect_left(self._starts, end) - 1
        while k >= 0 and self._reach[k] > start:
            quote = self.quotes[k]
            pieces = ((quote.start, quote.end), *quote.also)
            if 2 * sum(max(0, min(end, b) - max(start, a)) for a, b in pieces) >= end - start:
                out.insert(0, quote)
            k -= 1
        out.sort(key=lambda q: q.start - q.end)
        return out


def spoken(text: AnnotatedText) -> Spoken:
    """The quotations of a text."""
    return Spoken(list(text.quotes))


def exact_words(text: AnnotatedText) -> Spoken:
    """Its direct quotations."""
    return Spoken([q for q in text.quotes if q.direct])


def attribution(text: AnnotatedText, start: int, end: int) -> tuple[Link, ...]:
    """The outlet, the agency of the dateline, what the text cites, then whoever said the words; each named once."""
    publisher = text.once(_publisher)
    around = text.once(spoken).around(start, end)
    if not around:
        return publisher
    links = list(publisher)
    for quote in around:
        links += [Link(role, name) for role, name in quote.chain]
        if quote.speaker is not None:
            link = _speaker(quote.speaker)
            if link is not None:
                links.append(link)
    return _once(links)


def _publisher(text: AnnotatedText) -> tuple[Link, ...]:
    """The outlet and the agency of the dateline."""
    outlet, agency = text.document.outlet, _agency(text)
    return _once([*([Link("outlet", outlet)] if outlet else []), *([Link("agency", agency)] if agency else [])])


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
