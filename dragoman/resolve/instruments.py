"""Claims of agreements put together: one treaty from several documents is one, with the stages of its life and who signed it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dragoman.model import time
from dragoman.model.claims import ActorRef, Agreement, Claim, Contact
from dragoman.model.facts import Fact, Judged
from dragoman.model.instruments import STAGES, Instrument, Step
from dragoman.model.meetings import Said
from dragoman.reference import states
from dragoman.resolve import promise_dates, signers
from dragoman.resolve.contact_facts import weight
from dragoman.resolve.grouping import Bars, Edge, Groups
from dragoman.resolve.instrument_match import DONE, Paper, likeness, paper

READS: tuple[str, ...] = ("agreement", "contact")
MAKES: tuple[type[Fact], ...] = (Instrument,)
BARS = Bars(sure=0.90, enough=0.78, doubtful=0.65, alone=0.07, margin=0.08)
SOON = 8  # days within which bare titles ("the treaty") are compared

_DAY = re.compile(r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|this (?:morning|afternoon|evening)|tonight)\b")


def blocks(claim: Claim, parties: Sequence[str] = ()) -> tuple[str, ...]:
    """The states bound by an agreement; where it names fewer than two, the pair that its document is about."""
    if isinstance(claim, Agreement):
        named = {s for p in claim.parties if (s := p.state or states.code(p.name or ""))}
    elif isinstance(claim, Contact) and signers.looked_on(claim):
        named = {s for p in claim.participants if (s := p.state or states.code(p.name or ""))}
    else:
        return ()
    if len(named) < 2 and len(parties) > 1 and named <= set(parties[:2]):
        named = set(parties[:2])
    return ("+".join(sorted(named)) if 0 < len(named) <= 4 else "many",)


def resolve(block: str, claims: Sequence[Claim], judged: Judged) -> Iterator[Instrument]:
    """The agreements of a block."""
    papers = sorted((paper(c) for c in claims if isinstance(c, Agreement)), key=lambda p: p.claim.id)
    present = [c for c in sorted(claims, key=lambda c: c.id) if isinstance(c, Contact) and signers.looked_on(c)]
    for group in grouped(papers, judged):
        fact = _instrument(*group)
        yield replace(fact, witnessed_by=signers.accounts(signers.witnesses([p.claim for p in group[0]], present)))


def grouped(papers: Sequence[Paper], judged: Judged) -> Iterator[tuple[list[Paper], Groups, list[int]]]:
    """The papers of each agreement, with the groups that they are of."""
    groups = Groups([p.claim.id for p in papers], _edges(papers), judged, BARS, lambda a, b: likeness(papers[a], papers[b]))
    for members in sorted(groups.members.values(), key=lambda some: papers[some[0]].claim.id):
        yield [papers[n] for n in members], groups, members


def _edges(papers: Sequence[Paper]) -> Iterator[Edge]:
    """The pairs that share a telling word, and those of a bare title with what was told or signed within a week."""
    pairs: set[tuple[int, int]] = set()
    words: dict[str, list[int]] = defaultdict(list)
    days: dict[int, list[int]] = defaultdict(list)
    for n, p in enumerate(papers):
        for word in p.words:
            words[word].append(n)
        for day in {d // SOON for d in (p.first, p.asserted) if d}:
            days[day].append(n)
    for some in words.values():
        pairs |= {(a, b) for k, a in enumerate(some) for b in some[k + 1 :]} if len(some) <= 200 else set()
    for day, some in days.items():
        both = some + days.get(day + 1, [])
        pairs |= {(min(a, b), max(a, b)) for a in some for b in both if a != b}
    for a, b in sorted(pairs):
        like = likeness(papers[a], papers[b])
        if like is not None:
            yield Edge(a, b, like)


def _instrument(group: Sequence[Paper], groups: Groups, members: Sequence[int]) -> Instrument:
    steps = tuple(_steps(group))
    reached = [s for s in steps if s.modality == "actual"]
    status = reached[-1].stage if reached else "planned" if any(s.modality == "planned" for s in steps) else "denied"
    signed = next((s.date for s in reached if s.stage in DONE and s.date), None)
    last = next((s.date for s in reversed(reached or steps) if s.date), None)
    types = Counter(p.claim.type for p in group if p.claim.type != "other") or Counter(p.claim.type for p in group)
    parties = _parties(group)
    return Instrument(
        claims=tuple(sorted(p.claim.id for p in group)),
        states=tuple(sorted({p.state for p in parties if p.state})),
        title=max((p.claim.title for p in group), key=lambda t: (len(t) if len(t) < 200 else 0, t)),
        type=min(types, key=lambda t: (-types[t], t)),
        parties=parties,
        status=status,
        steps=steps,
        date=signed or last,
        until=max((p.claim.until for p in group if p.claim.until and p.stage != "planned"), default=None),
        titles=_said([(p.claim.title, p.claim.id) for p in group]),
        signed_by=signers.accounts([(who, p.claim.id) for p in group if p.stage in DONE and (who := signers.signed(p.claim))]),
        documents=tuple(sorted({p.claim.document for p in group})),
        matches=groups.why(members),
        possible_same=groups.possible(members),
    )


def _said(told: Sequence[tuple[str, str]]) -> tuple[Said, ...]:
    """Each value with the claims that give it."""
    found: dict[str, set[str]] = defaultdict(set)
    for value, claim in told:
        found[value].add(claim)
    return tuple(Said(value, tuple(sorted(ids))) for value, ids in sorted(found.items()))


def _steps(group: Sequence[Paper]) -> Iterator[Step]:
    """The stages in the order of an agreement's life."""
    told: dict[tuple[str, str], list[Agreement]] = defaultdict(list)
    for p in group:
        action = "signed" if p.claim.action == "planned" else p.claim.action
        ahead = p.claim.modality == "actual" and p.claim.action == "planned"
        told[action, "planned" if ahead or p.claim.modality == "possible" else p.claim.modality].append(p.claim)
    for stage, modality in sorted(told, key=lambda t: (STAGES.index(t[0]), t[1])):
        some = told[stage, modality]
        dates = _said([(c.date, c.id) for c in some if c.date])
        implied = tuple(sorted(c.id for c in some if _implied(c)))
        yield Step(stage, modality, _date(some), dates, tuple(sorted(c.id for c in some)), implied)


def _implied(claim: Agreement) -> bool:
    """Whether a claim has only the day of its document, and none in its words."""
    first = claim.evidence[0]
    words = " ".join(e.quote for e in claim.evidence if e.start < first.end and first.start < e.end)[:800]
    if claim.date is None or claim.date != claim.asserted:
        return False
    return not (_DAY.search(words) or promise_dates.found(words, claim.asserted))


def _date(claims: Sequence[Agreement]) -> str | None:
    """The most exact date, of these the one with the best support."""
    votes: dict[str, float] = defaultdict(float)
    for c in claims:
        if c.date and time.is_edtf(c.date):
            votes[c.date] += weight(c)
    length = {d: (i.last - i.first).days if (i := time.parse(d)).first and i.last else 99999 for d in votes}
    return min(votes, key=lambda d: (length[d], -votes[d], d), default=None)


def _parties(group: Sequence[Paper]) -> tuple[ActorRef, ...]:
    """Each party once, under its fullest name."""
    found: dict[str, ActorRef] = {}
    for p in group:
        for actor in p.claim.parties:
            bare = actor.name in (None, actor.state) or states.code(actor.name or "")
            key = (actor.state if bare else None) or (actor.name or "").casefold()
            if key and (key not in found or len(actor.mention or "") > len(found[key].mention or "")):
                found[key] = actor
    return tuple(found[k] for k in sorted(found))
