"""Who signed an agreement and who looked on, as the words of the claims have it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from dragoman.model.claims import ActorRef, Agreement, Contact
from dragoman.model.documents import Evidence
from dragoman.model.instruments import Signing
from dragoman.resolve import contact_sides

NEXT = 60  # code points between who looked on and what was signed
Told = tuple[tuple[ActorRef, ...], str]  # who, and the claim that says so
_SIGNED = re.compile(r"\b(?:signed|initialled|concluded)\b|\bput their (?:names|signatures) to\b")
_BY = re.compile(r"\b(?:signed|initialled|concluded) (?:\w+ )?by\b")
_LOOKED_ON = re.compile(
    r"\b(?:witness(?:ed|ing)?|attend(?:ed|ing)?|presided over|in the presence of|oversaw)\b.{0,40}\b(?:sign(?:ing|ature)|signed)\b", re.S
)
_PRESENT = re.compile(r"\bin the presence of\b", re.I)


def signed(claim: Agreement) -> tuple[ActorRef, ...]:
    """Those who signed by a claim of it: as the reader found them, else the office in the words that state it ("the Presidents signed")."""
    if claim.signatories:
        return claim.signatories
    quote = claim.evidence[0].quote[:600]
    verb = _SIGNED.search(quote)
    if verb is None or _LOOKED_ON.search(quote):
        return ()
    by = _BY.search(quote)
    words = quote[by.end() : by.end() + 80] if by else quote[: verb.start()]
    words = _PRESENT.split(words)[0]
    office = contact_sides.plural_office(words)
    if office is None:
        return ()
    mention = f"the {contact_sides.plural(office)}"
    states: list[str | None] = [p.state for p in claim.parties if p.state]
    return tuple(ActorRef(mention, None, None, state, office) for state in states or [None])


def looked_on(claim: Contact) -> bool:
    """Whether a contact is that of people who saw something being signed."""
    return _LOOKED_ON.search(claim.evidence[0].quote[:600]) is not None


def witnesses(claims: Sequence[Agreement], present: Iterable[Contact]) -> Iterator[Told]:
    """Those who looked on when an agreement was signed: told in the same document, next to the words on the agreement."""
    for contact in present:
        at = contact.evidence[0]
        if not any(c.document == contact.document and _near(c.evidence[0], at) for c in claims):
            continue
        said = contact_sides.plural_office(at.quote)
        who = tuple(p if p.position else replace(p, position=said) for p in contact.participants)
        if who:
            yield who, contact.id


def _near(one: Evidence, other: Evidence) -> bool:
    return max(one.start - other.end, other.start - one.end) < NEXT


def accounts(told: Iterable[Told]) -> tuple[Signing, ...]:
    """What claims say of who signed, those put together that can all be true."""
    found: list[tuple[list[ActorRef], list[str]]] = []
    for who, claim in sorted(told, key=lambda t: (-sum(a.name is not None for a in t[0]), t[1])):
        same = next((f for f in found if agree(f[0], who)), None)
        if same is None:
            found.append((list(who), [claim]))
        else:
            same[1].append(claim)
    return tuple(sorted((Signing(tuple(who), tuple(sorted(ids))) for who, ids in found), key=lambda s: (-len(s.claims), s.claims)))


def agree(one: Sequence[ActorRef], other: Sequence[ActorRef]) -> bool:
    """Whether two accounts can name the same people, side by side; an account of one side says nothing of the other."""
    for state in {a.state for a in one} & {a.state for a in other}:
        ours, theirs = ([contact_sides.who(a) for a in some if a.state == state] for some in (one, other))
        if contact_sides.best(ours, theirs) <= 0:
            return False
    return True
