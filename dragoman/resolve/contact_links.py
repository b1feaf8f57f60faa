"""Which visit a contact belongs to, and what was signed or promised at it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from dragoman.model import time
from dragoman.model.claims import ActorRef, Agreement, Claim, Commitment, Contact
from dragoman.model.facts import Judged
from dragoman.model.meetings import Meeting
from dragoman.resolve import contact_sides, instrument_match, instruments, levels, promise_dates
from dragoman.resolve.contact_match import Seen

INSIDE = frozenset(("meeting", "talks", "summit", "forum"))
SIGNED = frozenset(("signed", "adopted"))
SOON = 3  # days between a contact and the report that tells what was promised at it
MONTH = 31
SHORT = 10  # days that a contact lasts at most, for what is dated to be put to it
RECALLED = 31  # days after which a promise is recalled, not reported
_MADE = re.compile(
    r"\b(?:pledged|promised|agreed|announced|made|undertaken|decided|given|set|tasked|instructed|committed)\b(?: \w+){0,5} (?:in|on)\s+$"
)

Span = tuple[int, int]


class Papers(NamedTuple):
    """The agreements of a block.

    number   id of a claim -> number of its agreement
    signed   document -> claims that something was signed or adopted
    """

    number: dict[str, int]
    signed: dict[str, list[Agreement]]


def papers(claims: Iterable[Claim], judged: Judged) -> Papers:
    """The agreements that the claims tell of, each with a number."""
    told = sorted((instrument_match.paper(c) for c in claims if isinstance(c, Agreement)), key=lambda p: p.claim.id)
    number = {p.claim.id: n for n, (group, _, _) in enumerate(instruments.grouped(told, judged)) for p in group}
    signed: dict[str, list[Agreement]] = defaultdict(list)
    for p in told:
        if p.stage in instrument_match.DONE:
            signed[p.claim.document].append(p.claim)
    return Papers(number, signed)


def signed_at(contact: Seen, known: Papers) -> frozenset[int]:
    """The agreements that the contact's document has signed on its day, or tells of in the same words."""
    at = contact.claim.evidence[0]
    return frozenset(
        known.number[c.id]
        for c in known.signed.get(contact.claim.document, ())
        if (c.date and c.date == contact.claim.date) or (c.evidence[0].start < at.end and at.start < c.evidence[0].end)
    )


def linked(facts: Sequence[Meeting], contacts: Sequence[Seen], others: Sequence[Agreement | Commitment], known: Papers) -> list[Meeting]:
    """The contacts with the visit that each belongs to, and with what was signed or promised at each."""
    owner = {claim: f for f in facts for claim in f.claims}
    hints = {s.claim.id: s.claim.part_of for s in contacts if s.claim.part_of}
    days = {f.claims[0]: span for f in facts if (span := _days(f.date))}
    visits: dict[int, list[Meeting]] = defaultdict(list)
    for f in facts:
        span = days.get(f.claims[0]) if f.mode == "visit" and f.host else None
        for day in range(span[0], span[1] + 1) if span and span[1] - span[0] <= MONTH else ():
            visits[day].append(f)
    told: dict[str, list[Contact]] = defaultdict(list)
    for s in contacts:
        told[s.claim.document].append(s.claim)
    related = _related(facts, days, [c for c in others if isinstance(c, Agreement) or not _foretold(c, told[c.document])])
    at = {s.claim.id: s.signed for s in contacts}
    claims: dict[int, set[str]] = defaultdict(set)
    for some in known.signed.values():
        for c in some:
            claims[known.number[c.id]].add(c.id)
    out = []
    for fact in facts:
        visit = _told(fact, hints, owner) or _visit(fact, visits, days) if fact.mode in INSIDE else None
        signed = {c for claim in fact.claims if fact.status == "held" for n in at[claim] for c in claims[n]}
        date = fact.date or (visit.date if visit else None)  # a contact without a day of its own fell within the visit
        out.append(replace(fact, date=date, part_of=visit.id if visit else None, related=tuple(sorted(related[fact.claims[0]] | signed))))
    return out


def _days(date: str | None) -> Span | None:
    span = time.parse(date) if date and time.is_edtf(date) else None
    return (span.first.toordinal(), span.last.toordinal()) if span and span.first and span.last else None


def _told(fact: Meeting, hints: dict[str, str], owner: dict[str, Meeting]) -> Meeting | None:
    """The visit that a document itself puts the contact under."""
    named = (owner.get(hints[c]) for c in fact.claims if c in hints)
    return next((v for v in named if v is not None and v.mode == "visit" and v is not fact), None)


def _visit(fact: Meeting, visits: Mapping[int, Sequence[Meeting]], days: dict[str, Span]) -> Meeting | None:
    """The visit during which the guest takes part in the contact, in the host's country; in a month the only one."""
    at = days.get(fact.claims[0])
    if at is None or at[1] - at[0] > MONTH:
        return None
    fits: dict[str, tuple[int, Meeting]] = {}
    for visit in (v for day in range(at[0], at[1] + 1) for v in visits.get(day, ())):
        span = days[visit.claims[0]]
        holds, within = span[0] <= at[0] and at[1] <= span[1], at[0] <= span[0] and span[1] <= at[1]
        there = fact.place is None or fact.place.state in (None, visit.host)
        if (holds or within) and there and visit.host in fact.states and any(_one_of(guest, fact) for guest in visit.participants):
            fits[visit.claims[0]] = (span[1] - span[0], visit)
    if len(fits) > 1 and at[1] - at[0] > SHORT:
        return None
    return min(fits.values(), key=lambda f: (f[0], f[1].claims))[1] if fits else None


def _one_of(guest: ActorRef, fact: Meeting) -> bool:
    """Whether a guest is among those who met, by name or, where one has none, by office and state."""
    for other in fact.participants:
        if guest.state and other.state and guest.state != other.state:
            continue
        ours, theirs = (a.name if a.name and a.name != a.state else None for a in (guest, other))
        if ours and theirs:
            if contact_sides.alike(contact_sides.who(guest), contact_sides.who(other)) > 0:
                return True
        elif contact_sides.offices_fit(guest.position, other.position) > 0:
            return True
    return False


def _foretold(claim: Commitment, contacts: Sequence[Contact]) -> bool:
    """Whether what is promised is itself a contact: "the next session will be held in May" is no promise made at another one."""
    at = claim.evidence[0]
    words = [c.evidence[0] for c in contacts if c.modality in ("planned", "possible")]
    return any(e.start < at.end and at.start < e.end for e in words)


def _made(claim: Commitment) -> str | None:
    """When a promise of earlier was made, by the words that recall it: "the loan pledged in June 2023"."""
    quote = claim.evidence[0].quote[:600]
    dates = promise_dates.found(quote, claim.asserted)
    return next((d.edtf for d in dates if not d.bound and _MADE.search(quote[max(0, d.start - 80) : d.start])), None)


def _highest(facts: Sequence[Meeting]) -> list[Meeting]:
    """Those of the highest level; of one month it is the leaders' contact at which promises are made."""
    rank = {f.claims[0]: levels.LEVELS.index(levels.of_meeting(f)) for f in facts}
    return [f for f in facts if rank[f.claims[0]] == min(rank.values())]


def _related(facts: Sequence[Meeting], days: dict[str, Span], others: Sequence[Agreement | Commitment]) -> dict[str, set[str]]:
    """First claims of facts -> claims of what was signed on the days of the contact, and of what reports of these days say was promised."""
    found: dict[str, set[str]] = defaultdict(set)
    by_day: dict[int, list[Meeting]] = defaultdict(list)
    for f in facts:
        at = days.get(f.claims[0])
        if at and at[1] - at[0] <= SHORT and f.status == "held" and f.mode != "letter":
            for day in range(at[0], at[1] + 1):
                by_day[day].append(f)
    for claim in others:
        span = _days(claim.date) if isinstance(claim, Agreement) else _days(claim.asserted)
        if claim.modality != "actual" or span is None or span[1] - span[0] > SHORT:
            continue
        if isinstance(claim, Agreement):
            near = [f for day in range(span[0], span[1] + 1) for f in by_day[day]] if claim.action in SIGNED else []
        elif (made := _made(claim)) and (recalled := _days(made)) and recalled[1] + RECALLED < span[0]:
            near = _highest([f for day in range(recalled[0], recalled[1] + 1) for f in by_day[day]])
        else:
            near = [f for day in range(span[0] - SOON, span[1] + 1) for f in by_day[day] if claim.document in f.documents]
        same = [f for f in near if claim.document in f.documents]
        for f in same or near:
            found[f.claims[0]].add(claim.id)
    return found
