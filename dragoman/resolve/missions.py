"""Embassies, consulates and trade missions between states over time: planned, opened, there, closed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from dragoman.model import time
from dragoman.model.claims import Claim, Contact, Mission
from dragoman.model.facts import Fact, Judged
from dragoman.model.members import Post, Turn
from dragoman.reference import places
from dragoman.resolve import contact_sides, promise_dates

READS: tuple[str, ...] = ("mission", "contact")
MAKES: tuple[type[Fact], ...] = (Post,)

_OPENED = re.compile(r"\b(?:re-?)?(?:open(?:s|ed|ing)?|inaugurat\w+|establish\w*|cut the ribbon|set up)\b|\bsince\b|\bbeen working\b", re.I)
_CLOSED = re.compile(r"\b(?:clos(?:e|ed|es|ing|ure)|shut|evacuat\w+)\b", re.I)
_AHEAD = re.compile(
    r"\b(?:will|would|shall)\s+(?:be\s+|also\s+)?(?:re-?)?(?:open|clos|shut|establish|inaugurat)", re.I
)
_TYPE = re.compile(r"\b(embassy|high commission|consulate general|consulate|trade mission|trade office)\b", re.I)
SAME = {"high commission": "embassy", "trade office": "trade mission"}


def blocks(claim: Claim, parties: Sequence[str] = ()) -> tuple[str, ...]:
    """The pair of states, the one that sends and the one that receives."""
    if isinstance(claim, Mission):
        return ("+".join(sorted((claim.sending, claim.receiving))),)
    if isinstance(claim, Contact) and _opening(claim):
        named = sorted({s for p in claim.participants if (s := contact_sides.state_of(p))})
        return ("+".join(named),) if len(named) == 2 else ()
    return ()


def _opening(claim: Contact) -> bool:
    """Whether those who met opened a mission."""
    quote = claim.evidence[0].quote[:600]
    return bool(_TYPE.search(quote) and _OPENED.search(quote))


def resolve(block: str, claims: Sequence[Claim], judged: Judged) -> Iterator[Post]:
    """One fact for each mission; an embassy is one wherever it stands, consulates are one a city."""
    told: dict[tuple[str, str, str, str], list[Mission]] = defaultdict(list)
    for claim in sorted(claims, key=lambda c: c.id):
        if isinstance(claim, Mission):
            kind = SAME.get(claim.type, claim.type)
            told[claim.sending, claim.receiving, kind, "" if kind == "embassy" else _city(claim.city)].append(claim)
    _fold(told)
    openings: dict[tuple[str, str, str, str], list[Contact]] = defaultdict(list)
    for claim in sorted(claims, key=lambda c: c.id):
        fits = [(_fit(claim, key), key) for key in sorted(told)] if isinstance(claim, Contact) and _opening(claim) else []
        best = max(fits, key=lambda f: f[0], default=(0, None))
        if isinstance(claim, Contact) and best[1] and best[0] > 1:
            openings[best[1]].append(claim)
    for key in sorted(told):
        yield _post(key, told[key], openings[key])


def _city(name: str | None) -> str:
    place = places.find(name) if name else None
    return (place.name if place else name or "").casefold()


def _fold(told: dict[tuple[str, str, str, str], list[Mission]]) -> None:
    """A consulate without a city is the only one of its kind, where there is only one."""
    for key in [k for k in told if not k[3] and k[2] != "embassy"]:
        others = [k for k in told if k[:3] == key[:3] and k[3]]
        if len(others) == 1:
            told[others[0]] += told.pop(key)


def _fit(claim: Contact, key: tuple[str, str, str, str]) -> int:
    """How well an opening fits a mission: 0 for another type or city, more where it took place in its city or its state."""
    quote = claim.evidence[0].quote[:600]
    kinds = {SAME.get(k.casefold(), k.casefold()) for k in _TYPE.findall(quote)}
    if key[2] not in kinds or (key[3] and key[3] not in quote.casefold()):
        return 0
    return 1 + (2 if key[3] else 0) + (1 if claim.place and claim.place.state == key[1] else 0)


def _post(key: tuple[str, str, str, str], claims: Sequence[Mission], openings: Sequence[Contact]) -> Post:
    history = tuple(_history([*claims, *openings]))
    opened = [t for t in history if t.what == "opened"]
    closed = [t for t in history if t.what == "closed"]
    done = [t for t in history if t.what != "planned"]
    last = max(done or history, key=lambda t: (_day(t.date or t.asserted), t.what == "closed"))
    return Post(
        claims=tuple(sorted(c.id for c in (*claims, *openings))),
        states=tuple(sorted(key[:2])),
        sending=key[0],
        receiving=key[1],
        type=key[2],
        status={"closed": "closed", "planned": "planned"}.get(last.what, "open"),
        city=min((c.city for c in claims if c.city), key=lambda c: (-len(c), c), default=None),
        since=next((t.date for t in opened if t.date), None),
        until=next((t.date for t in closed if t.date), None) if last.what == "closed" else None,
        seen=max((t.date for t in history if t.what in ("there", "opened") and t.date), key=_day, default=None),
        history=history,
        documents=tuple(sorted({c.document for c in (*claims, *openings)})),
    )


def _history(claims: Sequence[Mission | Contact]) -> Iterator[Turn]:
    told: dict[tuple[str, str | None], list[Mission | Contact]] = defaultdict(list)
    for c in claims:
        what, date = _turn(c)
        told[what, date].append(c)
    made = [
        Turn(what, date, min((c.asserted for c in some if c.asserted), default=None), tuple(sorted(c.id for c in some)))
        for (what, date), some in told.items()
    ]
    yield from sorted(made, key=lambda t: (_day(t.date or t.asserted), t.what, t.claims))


def _turn(claim: Mission | Contact) -> tuple[str, str | None]:
    """What a claim says of a mission, and of which day."""
    words = " ".join(e.quote for e in claim.evidence)[:1000]
    dates = promise_dates.found(words, claim.asserted)
    date = claim.date if isinstance(claim, Contact) else None
    if claim.modality != "actual" or _AHEAD.search(words):
        return "planned", date or (dates[0].edtf if dates else None)
    if isinstance(claim, Contact):
        return "opened", date or (dates[0].edtf if dates else claim.asserted)
    if _CLOSED.search(words):
        return "closed", dates[0].edtf if dates else None
    if dates and _OPENED.search(words):
        return "opened", dates[0].edtf
    return "there", claim.asserted


def _day(edtf: str | None) -> str:
    """Sorts by the first day; what has no date comes first."""
    first = time.parse(edtf).first if edtf and time.is_edtf(edtf) else None
    return first.isoformat() if first else ""
