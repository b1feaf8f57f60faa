"""Claims of promise put together, and those that follow them up joined to them."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from dragoman.model.claims import Agreement, Commitment, Contact, Event, Figure, Mission, Tenure
from dragoman.model.facts import Judged
from dragoman.model.promises import Doubt, Joined, Step
from dragoman.resolve.promise_links import AT_WORK, BIG, Score, Weights, follows, founded, judged_same, progress, same_promise
from dragoman.resolve.promise_status import shown, told_by_owner
from dragoman.resolve.promise_words import Profile, order_day, sheet

ENDS = 3  # so many of the first and of the last claims of a promise are compared with a new one
NEAR = 150  # characters within which one figure stands beside another
_SINCE = re.compile(r"\b(?:since|as of|as from|starting|beginning)\b", re.I)


@dataclass(slots=True)
class Group:
    """A promise while it grows."""

    made: list[Profile]
    joined: list[Joined] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def ends(self) -> list[Profile]:
        """The claims that stand for all."""
        return self.made if len(self.made) <= 2 * ENDS else self.made[:ENDS] + self.made[-ENDS:]


def in_order(profiles: Iterable[Profile]) -> list[Profile]:
    """By the day of the document, then by place in it; an undated document stands where the days it tells of put it."""
    found = list(profiles)
    newest: dict[str, dt.date] = {}
    for p in found:
        happened = p.told is None and p.claim.modality == "actual" and isinstance(p.claim, Agreement | Contact | Event)
        day = order_day(p.day) if happened else None
        if day is not None:
            newest[p.claim.document] = max(day, newest.get(p.claim.document, day))
    dated = [
        replace(p, told=f"{newest[p.claim.document].isoformat()}/..") if p.told is None and p.claim.document in newest else p for p in found
    ]
    return sorted(dated, key=order)


def order(p: Profile) -> tuple[str, str, int, str]:
    """What profiles are sorted by."""
    return (p.told or "9999", p.claim.document, p.claim.evidence[0].start, p.claim.id)


class Index:
    """Which promises share a word, a number, a deadline, a total or a body with a claim."""

    def __init__(self, weights: Weights, indicators: dict[str, str]) -> None:
        self._weights, self._indicators = weights, indicators
        self._by: dict[object, list[int]] = defaultdict(list)

    def add(self, at: int, p: Profile) -> None:
        """Keep a claim of the promise with that number."""
        for key in (*self._keys(p), *founded(p), self._indicators.get(p.claim.id)):
            if key is not None and (not self._by[key] or self._by[key][-1] != at):
                self._by[key].append(at)

    def near(self, p: Profile) -> list[int]:
        """Numbers of the promises that a claim may belong to."""
        keys: list[object] = [*self._keys(p), *p.bodies]
        if isinstance(p.claim, Figure) and p.claim.measure == "level":
            keys.append(p.claim.indicator)
        return sorted({at for key in keys for at in self._by.get(key, ())})

    def _keys(self, p: Profile) -> Iterator[object]:
        yield from (t for t in p.terms if self._weights.rare(t))
        yield from (n for n in p.numbers if n >= BIG)
        small = sorted(n for n in p.numbers if n < BIG)
        yield from (("both", *pair) for pair in pairwise(small))
        yield from p.dated
        if isinstance(p.claim, Commitment) and p.claim.deadline:
            yield p.claim.deadline.removeprefix("../")
        if not p.terms:
            yield from (("plain", w, a) for w in p.plain for a in p.acts)


def indicators(profiles: Sequence[Profile]) -> dict[str, str]:
    """What the amounts of promises measure, by the figures read from the same words; totals alone."""
    totals = sheet()["totals"]
    figures: dict[tuple[str, float | None], list[Figure]] = defaultdict(list)
    for p in profiles:
        if isinstance(p.claim, Figure) and p.claim.indicator in totals:
            figures[p.claim.document, p.claim.low].append(p.claim)
    found = {}
    for p in profiles:
        claim = p.claim
        if isinstance(claim, Commitment) and claim.target:
            here = claim.evidence[0]
            for f in figures.get((claim.document, claim.target.low), ()):
                if f.evidence[0].start < here.end and here.start < f.evidence[0].end:
                    found[claim.id] = f.indicator
    return found


def groups(promising: Sequence[Profile], weights: Weights, judged: Judged) -> list[Group]:
    """Claims of promise put together: each joins the promise it fits best, or begins one."""
    found: list[Group] = []
    index = Index(weights, {})
    for p in promising:
        fits = [(at, _fit(found[at], p, weights, judged)) for at in index.near(p)]
        at, score = max(fits, key=lambda f: (f[1].sure, f[1].points, -f[0]), default=(-1, Score()))
        if score.sure:
            found[at].made.append(p)
            found[at].joined.append(Joined(p.claim.id, score.surety, score.why))
        else:
            if score.doubtful:
                found[at].doubts.append(Doubt(p.claim.id, score.surety, score.why))
            at = len(found)
            found.append(Group([p]))
        index.add(at, p)
    return found


def _fit(group: Group, p: Profile, weights: Weights, judged: Judged) -> Score:
    """How well a claim fits a promise: as well as it fits the claim of it that is most like it."""
    verdict = judged.verdict([m.claim.id for m in group.made], [p.claim.id])
    if verdict is not None:
        return judged_same() if verdict else Score()
    return max((same_promise(m, p, weights) for m in group.ends), key=lambda s: s.points)


def follow(found: list[Group], others: Sequence[Profile], weights: Weights, judged: Judged, measured: dict[str, str]) -> set[str]:
    """Give each promise the claims that tell what became of it; the ids of the claims that found one are returned."""
    index = Index(weights, measured)
    for at, group in enumerate(found):
        for p in group.made:
            index.add(at, p)
    figures: dict[str, list[Profile]] = defaultdict(list)
    for p in others:
        if isinstance(p.claim, Figure) and p.claim.modality == "actual":
            figures[p.claim.document].append(p)
    linked: set[str] = set()
    for other in others:
        for at in index.near(other) if other.claim.modality == "actual" else ():
            group = found[at]
            verdict = judged.verdict([m.claim.id for m in group.made], [other.claim.id])
            if verdict is False:
                continue
            member, score = max(((m, _score(m, other, weights, measured)) for m in group.ends), key=lambda f: f[1].points)
            score = judged_same() if verdict else score
            if score.sure:
                linked |= _link(group, member, other, score, figures)
            elif score.doubtful and not isinstance(other.claim, Figure):
                group.doubts.append(Doubt(other.claim.id, score.surety, score.why))
    return linked


def _score(member: Profile, other: Profile, weights: Weights, measured: dict[str, str]) -> Score:
    """The better of two: that the words speak of it, that the figure shows how far it is."""
    by_words = follows(member, other, weights)
    by_total = progress(member, other, measured.get(member.claim.id))
    return max(by_total, by_words, key=lambda s: (s.sure, s.points))


def _link(group: Group, member: Profile, other: Profile, score: Score, figures: dict[str, list[Profile]]) -> set[str]:
    """The ids of the claims that become steps of the promise."""
    what = "done" if score.why == (AT_WORK,) else shown(member, other)
    if what is not None:
        group.steps.append(_step(member, other, what, score))
        return {other.claim.id}
    claim = other.claim
    if not isinstance(claim, Figure) or not member.numbers & other.numbers:
        return set()
    beside = [p for p in figures[claim.document] if _beside(claim, p, member)]
    for p in beside:
        why = Score()
        why.add(3.0, "the figure stands beside the one that was promised", 2)
        group.steps.append(_step(member, p, "under way", why))
    return {p.claim.id for p in beside}


def _beside(recalled: Figure, p: Profile, member: Profile) -> bool:
    """Whether a figure tells how it is, beside one that recalls how it was to be: "62 percent instead of the 72 laid down"."""
    claim = p.claim
    assert isinstance(claim, Figure)
    same = (claim.indicator, claim.unit, claim.measure) == (recalled.indicator, recalled.unit, recalled.measure)
    close = abs(claim.evidence[0].start - recalled.evidence[0].start) < NEAR
    return same and close and claim.low not in member.numbers and member.claim.document != claim.document


def _step(member: Profile, other: Profile, what: str, score: Score) -> Step:
    claim = other.claim
    own = isinstance(claim, Commitment) and told_by_owner(claim, member.owners)
    happened = (what == "done" or not isinstance(claim, Commitment)) and (score.why != (AT_WORK,) or isinstance(claim, Tenure))
    day = other.day if happened else None
    by_then = f"../{other.told}" if what == "done" and other.told and "/" not in other.told else other.told
    begun = what == "done" and day is not None and tells_beginning(other)
    return Step("said" if own else "shown", what, day or by_then, other.told, claim.id, score.surety, score.why, begun)


def tells_beginning(p: Profile) -> bool:
    """Whether the day of a claim is the one on which a thing came about; a figure of a year only tells that it was so in that year."""
    claim = p.claim
    return isinstance(claim, Commitment | Mission) or (isinstance(claim, Figure) and _SINCE.search(p.words) is not None)


def tidy(steps: Sequence[Step], by_id: dict[str, Profile]) -> list[Step]:
    """The steps without what repeats them: of claims of the same words the dated one, of figures the first that tells of a period."""
    seen: set[object] = set()
    kept: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    out = []
    for s in sorted(steps, key=lambda s: (s.told or "9999", ".." in (s.date or ".."), s.date == s.told, s.claim)):
        claim = by_id[s.claim].claim
        key: object = (claim.indicator, claim.period, s.status) if isinstance(claim, Figure) and claim.period else s.claim
        if s.why == (AT_WORK,):
            key = claim.document
        start, end = claim.evidence[0].start, claim.evidence[0].end
        here = kept[claim.document, s.status]
        if key not in seen and s.claim not in seen and not any(a < end and start < b for a, b in here):
            here.append((start, end))
            out.append(s)
        seen |= {key, s.claim}
    return out
