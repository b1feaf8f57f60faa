"""Contact claims put together into contacts: one meeting from several documents is one, planned, held and called off are one history.

Two claims are compared by who takes part, when, how, where and on what occasion. The surest are put together first, and
only where no claim of one speaks against a claim of the other; what fits two contacts equally well is left apart and noted as doubtful.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from dragoman.model.claims import Agreement, Claim, Commitment, Contact
from dragoman.model.facts import Fact, Judged
from dragoman.model.meetings import Meeting
from dragoman.resolve import contact_facts, contact_links, contact_sides
from dragoman.resolve.contact_match import MOVED, MOVED_SESSION, Seen, beside, likeness, seen
from dragoman.resolve.grouping import Edge, Groups

READS: tuple[str, ...] = ("contact", "agreement", "commitment")
MAKES: tuple[type[Fact], ...] = (Meeting,)

LONG = 400  # days before its document within which a contact without a date is looked for, or after it where it is planned
GAP = MOVED  # days between the dates of claims that are compared
FAMILIES = {
    "call": ("phone",), "video": ("phone", "meet"), "meeting": ("meet",), "talks": ("meet",), "summit": ("meet",), "forum": ("meet",),
}  # fmt: skip


def blocks(claim: Claim, parties: Sequence[str] = ()) -> tuple[str, ...]:
    """The pair of states that a claim is about; `parties` are those that its document is about, the most important first.

    A claim about more than two states goes by its year, or by that of its document where it has no day.
    """
    if isinstance(claim, Contact):
        codes = _states(claim)
        if len(codes) > 2:
            dates = (d.removeprefix("../")[:4] for d in (claim.date, claim.asserted) if d)
            return (f"many {next(dates, 'undated')}",)
        return ("+".join(_pair(codes, parties[:2], claim.place.state if claim.place else None)) or "none",)
    if isinstance(claim, Agreement | Commitment):
        sides = claim.parties if isinstance(claim, Agreement) else claim.by + claim.to
        codes = tuple(sorted({s for p in sides if (s := contact_sides.state_of(p))}))
        codes = codes if len(codes) > 1 else _pair(codes, parties[:2], None)
        return ("+".join(codes),) if len(codes) == 2 else ()
    return ()


def _states(claim: Contact) -> tuple[str, ...]:
    """The states of the participants and of the host."""
    found = {s for p in claim.participants if (s := contact_sides.state_of(p))}
    if claim.host and (claim.mode == "visit" or len(found) < 2):
        found.add(claim.host)
    return tuple(sorted(found))


def _pair(named: tuple[str, ...], about: Sequence[str], place: str | None) -> tuple[str, ...]:
    """Two states, as far as the claim names them, else its document's, else with that of the place."""
    found = list(named)
    for state in (*about, place):
        if state and state not in found and len(found) < 2:
            found.append(state)
    return tuple(sorted(found))


def resolve(block: str, claims: Sequence[Claim], judged: Judged) -> Iterator[Meeting]:
    """The contacts of a block's claims."""
    contacts = sorted((seen(c) for c in claims if isinstance(c, Contact)), key=lambda s: s.claim.id)
    papers = contact_links.papers(claims, judged)
    contacts = [s._replace(signed=contact_links.signed_at(s, papers)) for s in contacts]
    groups = Groups([s.claim.id for s in contacts], _edges(contacts), judged, beside=lambda a, b: beside(contacts[a], contacts[b]))
    others = [c for c in claims if isinstance(c, Agreement | Commitment)]
    facts = [
        contact_facts.meeting([contacts[n] for n in members], groups.why(members), groups.possible(members))
        for members in groups.members.values()
    ]
    yield from sorted(contact_links.linked(facts, contacts, others, papers), key=lambda f: f.claims)


def _edges(contacts: Sequence[Seen]) -> Iterator[Edge]:
    """The pairs of claims that may be one contact: of modes that can be one, and of days that can."""
    pairs: set[tuple[int, int]] = set()
    kinds: dict[tuple[str, str | None], list[int]] = defaultdict(list)
    for n, contact in enumerate(contacts):
        mode = contact.claim.mode
        for family in FAMILIES.get(mode, (mode,)):
            kinds[family, contact.claim.host if mode == "visit" else None].append(n)
    for (family, host), some in sorted(kinds.items(), key=str):
        pairs.update(_near(contacts, some))
        if family == "visit" and host is not None and (family, None) in kinds:
            pairs |= {(min(a, b), max(a, b)) for a in some for b in kinds[family, None]}
    for a, b in sorted(pairs):
        like = likeness(contacts[a], contacts[b])
        if like is not None:
            yield Edge(a, b, like)


def _near(contacts: Sequence[Seen], some: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The pairs whose spans meet or nearly do."""
    spans = sorted((*_span(contacts[n]), n) for n in some)
    for k, (_, last, a) in enumerate(spans):
        for first, _, b in spans[k + 1 :]:
            if first > last + GAP:
                break
            yield min(a, b), max(a, b)


def _span(contact: Seen) -> tuple[int, int]:
    """The days within which a claim's contact can have been, widely: of one without a date about the day of its document."""
    first, last, told = contact.first, contact.last, contact.asserted
    if first is None and last is None and told is not None:
        return (told - LONG if contact.status == "held" else told - GAP), (told + GAP if contact.status == "held" else told + LONG)
    if contact.former and first is not None:
        first = min(first, contact.former[0])
    if contact.status != "held" and contact.occasion.number and contact.occasion.body and last is not None:
        last += MOVED_SESSION
    return (first if first is not None else 0), (last if last is not None else 9**7)
