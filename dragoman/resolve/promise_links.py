"""How surely two claims speak of one promise, with the reasons."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from dragoman.model.claims import Agreement, Commitment, Figure
from dragoman.reference.slug import slug
from dragoman.resolve.promise_words import NAME, Profile, last_day, order_day, sheet, stem

SURE, DOUBTFUL = 3.0, 2.0  # points from which a link holds, and from which it is shown as a doubt
COMMON = 6  # a word in more documents than this weighs less
_NAME = re.compile(r"[A-Z][\w'’-]+(?: (?:of |for |on |and |the ){0,3}[A-Z][\w'’-]+)+")
AT_WORK = "the body that was to be founded is at work"
BIG = 100  # a number from here on is seldom the same by chance


class Score:
    """Points for a link with the reasons; what rests on one reason alone is a doubt at most."""

    __slots__ = ("points", "possible", "reasons", "why")

    def __init__(self) -> None:
        self.points, self.reasons, self.possible = 0.0, 0, True
        self.why: tuple[str, ...] = ()

    def add(self, points: float, why: str = "", reasons: int = 1) -> None:
        """Count something for it, or against it where points are negative."""
        self.points += points
        if points > 0:
            self.reasons += reasons
        if why:
            self.why += (why,)

    @property
    def sure(self) -> bool:
        """Whether the link holds."""
        return self.points >= SURE and self.reasons >= 2

    @property
    def doubtful(self) -> bool:
        """Whether it is worth a person's look."""
        return self.points >= DOUBTFUL

    @property
    def surety(self) -> float:
        """The points as a number between 0 and 1."""
        return round(max(self.points, 0.0) / (max(self.points, 0.0) + 1.5), 2)


def judged_same() -> Score:
    """The score of what a person judged to be the same."""
    score = Score()
    score.add(9.0, "judged to be the same", 2)
    return score


class Weights:
    """How much a shared word counts among the claims of a block: rare ones most."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        seen: dict[str, set[str]] = {}
        for p in profiles:
            for term in p.terms:
                seen.setdefault(term, set()).add(p.claim.document)
        self._factor: Mapping[str, float] = {t: min(1.0, (COMMON / len(docs)) ** 0.5) for t, docs in seen.items()}

    def of(self, term: str, *profiles: Profile) -> float:
        """The weight of a term in these claims."""
        return max(p.terms.get(term, 0.0) for p in profiles) * self._factor.get(term, 1.0)

    def rare(self, term: str) -> bool:
        """Whether a term is rare enough to look for claims by it."""
        return self._factor.get(term, 1.0) > 0.15


def same_promise(one: Profile, other: Profile, weights: Weights) -> Score:
    """How surely two claims make one and the same promise."""
    score = Score()
    a, b = one.claim, other.claim
    if not isinstance(a, Commitment) or not isinstance(b, Commitment) or _apart(one, other):
        return score
    equal, when = _same_amount(one, other), _same_deadline(a.deadline, b.deadline)
    if equal is False or (when is False and not _revises(a, b, other)):
        return score
    _words(score, one, other, weights)
    if one.acts and other.acts and not _akin(one, other):
        score.add(-1.0)
    if equal:
        score.add(2.0, "the same amount")
    if when:
        score.add(1.5, "the same deadline")
    elif when is False:
        score.add(-0.5, "another deadline")
    if one.owners & other.owners:
        score.add(0.5, "the same owner", 0)
    if a.document == b.document and not (when or equal):
        score.add(-2.0)
    return score


def follows(promise: Profile, other: Profile, weights: Weights) -> Score:
    """How surely a claim tells what became of a promise; what only comes from the body that was to be founded tells that it is there."""
    score = spoken_of(promise, other, weights)
    if not score.sure and score.possible and founded(promise) & other.bodies:
        score = Score()
        score.add(3.0, AT_WORK, 2)
    return score


def spoken_of(promise: Profile, other: Profile, weights: Weights) -> Score:
    """How surely the words of a claim tell what became of a promise."""
    score = Score()
    made, claim = promise.claim, other.claim
    complained = isinstance(claim, Commitment) and not promise.states & other.states  # the other side tells of it
    if not isinstance(made, Commitment) or _apart(promise, other, complained) or _before(other, promise):
        score.possible = False
        return score
    _words(score, promise, other, weights)
    if complained and promise.states and other.states:
        score.add(-0.5)
    shared = promise.numbers & other.numbers
    if any(v >= BIG for v in shared) or len(shared) > 1:
        score.add(2.0, "the same number")
    elif shared and score.points >= 2:
        score.add(1.0, "the same number")
    limit = last_day(made.deadline)
    ends = {last_day(d) for d in other.dated} | ({last_day(claim.deadline)} if isinstance(claim, Commitment) else set())
    exact = limit is not None and limit in ends and len((made.deadline or "").removeprefix("../")) == 10
    if limit and limit in ends:
        score.add(2.0 if exact else 1.5, "the deadline of the promise is named")
    if promise.told and any(len(d) >= 7 and promise.told.startswith(d) for d in other.dated):
        score.add(1.2, "the day of the promise is named")
    if promise.owners & other.owners or _named(promise, other):
        score.add(1.0, "the same owner", int(exact))
    if isinstance(claim, Agreement) and promise.acts & papers(claim.action):
        score.add(1.0, f"the paper was {claim.action}")
    return score


def progress(promise: Profile, figure: Profile, indicator: str | None) -> Score:
    """How surely a figure shows how far an amount promised has been reached: the same total of the same states."""
    score = Score()
    claim, made = figure.claim, promise.claim
    if not isinstance(claim, Figure) or not isinstance(made, Commitment) or made.target is None or claim.indicator != indicator:
        return score
    covers, told = last_day(claim.period), order_day(promise.told)
    later = order_day(figure.told)
    if _before(figure, promise) or claim.unit != made.target.unit or claim.measure != "level" or (covers and told and covers < told):
        return score
    if later is None or told is None or later <= told:
        return score
    score.add(2.0, f"{indicator.replace('_', ' ')}, as promised")
    if len(claim.parties) > 1 and promise.states <= figure.states:
        score.add(1.0, "the same states")
    return score


def founded(promise: Profile) -> frozenset[frozenset[str]]:
    """The stems of the name of a body that is to be founded; of two words at least."""
    if "found" not in promise.acts:
        return frozenset()
    names = (frozenset(stem(w) for w in m.group().split()) for m in _NAME.finditer(promise.words))
    return frozenset(n for n in names if len(n) > 1)


def _named(promise: Profile, other: Profile) -> bool:
    """Whether the words of a follow-up name one who promised."""
    return any(len(o) > 8 and o in slug(other.words) for o in promise.owners)


def _words(score: Score, one: Profile, other: Profile, weights: Weights) -> None:
    """Count shared words and acts; against it that both name an object and not the same."""
    shared = sorted(one.terms.keys() & other.terms.keys(), key=lambda t: (-weights.of(t, one, other), t))
    if shared:
        score.add(sum(weights.of(t, one, other) for t in shared), f"both speak of {', '.join(shared[:4])}", min(len(shared), 2))
    acts = one.acts & other.acts
    if acts:
        score.add(1.0, f"both are about the act of {', '.join(sorted(acts))}")
    elif _akin(one, other):
        score.add(0.5, "acts that belong together", 0)
    things = one.plain & other.plain & things_of_old()
    if things and not shared:
        bare = not one.terms and not other.terms
        score.add(2.0 if bare and acts else 1.0, f"both speak of {', '.join(sorted(things))}")
    if not shared and one.terms and other.terms:
        score.add(-1.5)
        return
    names, also = _names(one), _names(other)
    if names and also and not names & also:
        score.add(-2.0 if len(shared) == 1 else -1.0)
    if len(shared) == 1 and one.terms.keys() - names and other.terms.keys() - also and set(shared) <= names | also:
        score.add(-1.5)  # at one place, and another thing there


def _names(p: Profile) -> set[str]:
    return {t for t, w in p.terms.items() if w >= NAME}


@cache
def things_of_old() -> frozenset[str]:
    """General words that name a thing all the same."""
    found: frozenset[str] = sheet()["things"]
    return found


@cache
def _families() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(line.split()) for line in sheet()["families"].values())


def _akin(one: Profile, other: Profile) -> bool:
    """Whether they are about acts of one kind."""
    return bool(one.acts & other.acts) or any(one.acts & f and other.acts & f for f in _families())


def papers(action: str) -> frozenset[str]:
    """What was promised of a paper that is fulfilled when it is signed, adopted, ratified or in force."""
    return frozenset(sheet()["papers"].get(action, "").split())


def _apart(one: Profile, other: Profile, whoever: bool = False) -> bool:
    """Whether they name states and none in common, where that matters, or another one of a row."""
    if not whoever and one.states and other.states and not one.states & other.states:
        return True
    return bool(one.ordinals and other.ordinals and not one.ordinals & other.ordinals)


def _before(other: Profile, promise: Profile) -> bool:
    """Whether a claim is of a day before the promise was made, or of its very document where that shows nothing."""
    made = last_day(promise.told)
    told, day = order_day(other.told), last_day(other.day)
    evidence = not isinstance(other.claim, Commitment)
    if evidence and other.claim.document == promise.claim.document:
        return True
    if made is None:
        return False
    if told is not None and told < made:
        return True
    return evidence and (day < made or (told == day == made) if day is not None else told == made)


def _same_amount(one: Profile, other: Profile) -> bool | None:
    """Whether both promise the same amount; None where one has none."""
    a, b = one.claim, other.claim
    assert isinstance(a, Commitment) and isinstance(b, Commitment)
    if a.target is None or b.target is None:
        return True if any(v >= BIG for v in one.numbers & other.numbers) else None
    if a.target.unit != b.target.unit:
        return None
    x, y = a.target.low or a.target.high, b.target.low or b.target.high
    return x == y if x and y else None


def _same_deadline(one: str | None, other: str | None) -> bool | None:
    a, b = last_day(one), last_day(other)
    return abs((a - b).days) <= 1 if a and b else None


def _revises(a: Commitment, b: Commitment, later: Profile) -> bool:
    """Whether another deadline can be a new one for the same thing: amounts for one year and for the next are two promises."""
    if not a.target or not b.target:
        return True
    bound = (a.deadline or "").startswith("../") and (b.deadline or "").startswith("../")
    return bound or bool(sheet()["revised"].search(later.words))

