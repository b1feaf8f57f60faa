"""Contact claims put together into contacts: one meeting from several documents is one, planned, held and called off are one history.

Two claims are compared by who takes part, when, how, where and on what occasion. The surest are put together first, and
only where no claim of one speaks against a claim of the other; what fits two contacts equally well is left apart and noted as doubtful.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.model.claims import Agreement, Claim, Commitment, Contact
from dragoman.model.facts import Fact, Judged
from dragoman.model.meetings import Meeting
from dragoman.resolve import contact_facts, contact_links, contact_sides
from dragoman.resolve.contact_match import Seen, likeness, seen
from dragoman.resolve.grouping import Edge, Groups

READS: tuple[str, ...] = ("contact", "agreement", "commitment")
MAKES: tuple[type[Fact], ...] = (Meeting,)

LONG = 40  # days: claims of a wider date are compared with all others


def blocks(claim: Claim, parties: Sequence[str] = ()) -> tuple[str, ...]:
    """The pair of states that a claim is about; `parties` are those that its document is about, the most important first.

    A claim about more than two states goes by its month.
    """
    if isinstance(claim, Contact):
        codes = _states(claim)
        if len(codes) > 2:
            return (f"many {claim.date[:7] if claim.date and claim.date[:2] != '..' else 'undated'}",)
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
    if len(named) > 1:
        return named
    if set(named) <= set(about):
        return tuple(sorted(about)) if len(about) == 2 else _pair(named, (), place)
    other = next((s for s in (*about[:1], place) if s and s not in named), None)
    return tuple(sorted({*named, other})) if other else named


def resolve(block: str, claims: Sequence[Claim], judged: Judged) -> Iterator[Meeting]:
    """The contacts of a block's claims."""
    contacts = sorted((seen(c) for c in claims if isinstance(c, Contact)), key=lambda s: s.claim.id)
    papers = contact_links.papers(claims, judged)
    contacts = [s._replace(signed=contact_links.signed_at(s, papers)) for s in contacts]
    groups = Groups([s.claim.id for s in contacts], _edges(contacts), judged)
    others = [c for c in claims if isinstance(c, Agreement | Commitment)]
    facts = [
        contact_facts.meeting([contacts[n] for n in members], groups.why(members), groups.possible(members))
        for members in groups.members.values()
    ]
    yield from sorted(contact_links.linked(facts, contacts, others, papers), key=lambda f: f.claims)


def _edges(contacts: Sequence[Seen]) -> Iterator[Edge]:
    """The pairs of claims that may be one contact; by day, so that not all are compared with all."""
    far = 9**7
    order = sorted(range(len(contacts)), key=lambda n: (contacts[n].first or 0, n))
    near = [n for n in order if contacts[n].dated and contacts[n].width <= LONG]
    wide = [n for n in order if n not in set(near)]
    pairs = [(min(a, b), max(a, b)) for k, a in enumerate(wide) for b in wide[k + 1 :]]
    pairs += [(min(a, b), max(a, b)) for a in wide for b in near]
    for k, a in enumerate(near):
        for b in near[k + 1 :]:
            if (contacts[b].first or far) - (contacts[a].first or 0) > LONG + 4:
                break
            pairs.append((min(a, b), max(a, b)))
    for a, b in sorted(pairs):
        like = likeness(contacts[a], contacts[b])
        if like is not None:
            yield Edge(a, b, like)
