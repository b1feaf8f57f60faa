"""Members of each organisation over time: who joined, left, observes or has the chair, as documents tell."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from dragoman.model import time
from dragoman.model.claims import Claim, Membership
from dragoman.model.facts import Fact, Judged
from dragoman.model.members import Belonging, Role
from dragoman.reference import organizations, states
from dragoman.reference.slug import slug

READS: tuple[str, ...] = ("membership",)
MAKES: tuple[type[Fact], ...] = (Belonging,)

FULL = ("founding member", "member")
_LEFT = re.compile(r"\b(?:left|leav(?:e|es|ing)|withdr(?:e|a)w\w*|quit(?:s|ting)?|exit(?:s|ed|ing)?|cease[sd]? to be|expelled)\b", re.I)
_TERM = re.compile(r"\b(?:joined|join|acceded|accession|since|founded|founding|admitted|became|admit|followed|entered)\b", re.I)

_STILL = re.compile(r"\b(?:is|are|has been|have been|since)\b", re.I)


def blocks(claim: Claim, parties: Sequence[str] = ()) -> tuple[str, ...]:
    """The organisation."""
    return (_organization(claim),) if isinstance(claim, Membership) else ()


def _organization(claim: Membership) -> str:
    body = organizations.find(claim.organization)
    return body.id if body else claim.organization_id or f"org:{slug(claim.organization)}"


def resolve(block: str, claims: Sequence[Claim], judged: Judged) -> Iterator[Belonging]:
    """One fact for each member of the organisation."""
    told: dict[str, list[Membership]] = defaultdict(list)
    for claim in sorted(claims, key=lambda c: c.id):
        if isinstance(claim, Membership):
            told[claim.member if states.short_name(claim.member) else slug(claim.member)].append(claim)
    names = Counter(c.organization for some in told.values() for c in some)
    body = organizations.find(min(names, key=lambda n: (-len(n), n))) if names else None
    shown = body.name if body else min(names, key=lambda n: (-names[n], -len(n), n), default=block)
    for member in sorted(told):
        yield _belonging(told[member], shown, block)


def _belonging(claims: Sequence[Membership], organization: str, block: str) -> Belonging:
    roles = tuple(_roles(claims))
    full = [r for r in roles if r.role in FULL and r.how == "since"]
    left = [r for r in roles if r.how == "left"]
    member = min({c.member for c in claims}, key=lambda m: (-len(m), m))
    return Belonging(
        claims=tuple(sorted(c.id for c in claims)),
        states=(member,) if states.short_name(member) else (),
        member=member,
        organization=organization,
        organization_id=block,
        status=_status(roles),
        since=next((r.date for r in full if r.date), None),
        until=next((r.date for r in left if r.date), None),
        seen=max((d for c in claims if (d := _shown(c))), key=_last, default=None),
        roles=roles,
        documents=tuple(sorted({c.document for c in claims})),
    )


def _roles(claims: Sequence[Membership]) -> Iterator[Role]:
    """What is said of a member, the oldest first; what several documents say alike is one entry."""
    told: dict[tuple[str, str, str | None], list[Membership]] = defaultdict(list)
    for c in claims:
        how = _how(c)
        told[c.role, how, c.date or (c.asserted if how in ("seen", "not") else None)].append(c)
    made = [
        Role(role, how, date, min((c.asserted for c in some if c.asserted), default=None), tuple(sorted(c.id for c in some)))
        for (role, how, date), some in told.items()
    ]
    yield from sorted(made, key=lambda r: (_first(r.date or r.asserted), r.role, r.how, r.claims))


def _how(claim: Membership) -> str:
    words = claim.evidence[0].quote[:400]
    if claim.role in FULL and claim.modality in ("actual", "denied") and _LEFT.search(words):
        return "left"
    if claim.modality != "actual":
        return {"planned": "planned", "possible": "possible"}.get(claim.modality, "not")
    if claim.date is None:
        return "seen"
    if claim.role == "chair":
        return "during"
    return "since" if claim.date != claim.asserted or _TERM.search(words) else "seen"


def _shown(claim: Membership) -> str | None:
    """The day on which a claim shows a member: that of its document, where it speaks of the present."""
    how = _how(claim)
    if claim.role not in FULL or how not in ("seen", "since"):
        return None
    return claim.asserted if how == "seen" or _STILL.search(claim.evidence[0].quote[:400]) else claim.date


def _status(roles: Sequence[Role]) -> str:
    """The newest word on full membership; other roles where there is none."""
    full = [r for r in roles if r.role in FULL]
    certain = [r for r in full or roles if r.how in ("since", "seen", "during", "left", "not")]
    if certain:
        last = max(certain, key=lambda r: (_first(r.asserted or r.date), r.how in ("left", "not")))
        return {"left": "left", "not": f"not a {last.role}"}.get(last.how, last.role)
    last = max(full or roles, key=lambda r: _first(r.asserted or r.date))
    return f"{last.how} {last.role}"


def _first(edtf: str | None) -> str:
    """Sorts by the first day; what has no date comes last."""
    first = time.parse(edtf).first if edtf and time.is_edtf(edtf) else None
    return first.isoformat() if first else "9"


def _last(edtf: str) -> str:
    last = time.parse(edtf).last if time.is_edtf(edtf) else None
    return last.isoformat() if last else ""
