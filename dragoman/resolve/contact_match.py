"""How likely two contact claims speak of one contact, with what speaks for it; None where they cannot."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from dragoman.model import time
from dragoman.model.claims import Contact
from dragoman.reference import places
from dragoman.resolve import contact_sides as sides
from dragoman.resolve import promise_dates
from dragoman.resolve.contact_sides import STATE_ONLY, Sides, Who
from dragoman.resolve.grouping import Likeness

STATUS = {"actual": "held", "planned": "planned", "possible": "possible", "denied": "called off"}
PEOPLE, DATE, MODE, PLACE, OCCASION, HOST, SIGNED = 0.50, 0.40, 0.05, 0.08, 0.20, 0.04, 0.08
MODES = {
    frozenset(("meeting", "talks")): 1.0, frozenset(("meeting", "summit")): 0.8, frozenset(("talks", "summit")): 0.8,
    frozenset(("call", "video")): 0.8, frozenset(("meeting", "video")): 0.5, frozenset(("talks", "video")): 0.5,
    frozenset(("forum", "summit")): 0.7, frozenset(("forum", "meeting")): 0.3,
}  # fmt: skip
WIDTHS = ((1, 1.0), (4, 0.97), (14, 0.9), (31, 0.75), (92, 0.6), (366, 0.45))  # days that the wider date covers -> how much agreement says
PUT_OFF = "planned for that day and put off"
MOVED, MOVED_SESSION = 40, 800  # days by which a numbered contact is moved at most, and a session of a named body
LAGS = ((3, 0.7), (7, 0.65), (31, 0.5))  # days from a contact to a report that gives no date
LEADS = ((31, 0.6), (120, 0.5), (400, 0.35))  # days from an announcement that gives no date to the contact
_NUMBER = re.compile(r"\b(\d{1,3})(?:st|nd|rd|th)\b")
_WORDS = re.compile(r"[a-z]+(?:-[a-z]+)?")


class Occasion(NamedTuple):
    """What a contact is one of a row of: its number, and the kind of body ("commission")."""

    number: int | None
    body: str | None


class Seen(NamedTuple):
    """One contact claim as it is compared; days as ordinals.

    signed   numbers of the agreements that its document has signed at it
    former   the days for which a contact was planned that is put off
    """

    claim: Contact
    sides: Sides
    status: str
    first: int | None
    last: int | None
    asserted: int | None
    soft: bool
    occasion: Occasion
    place: str | None
    city: bool
    signed: frozenset[int] = frozenset()
    former: tuple[int, int] | None = None

    @property
    def dated(self) -> bool:
        return self.first is not None and self.last is not None

    @property
    def width(self) -> int:
        return self.last - self.first + 1 if self.first is not None and self.last is not None else 9999


def seen(claim: Contact) -> Seen:
    """A claim with what it is compared by."""
    days = time.parse(claim.date) if claim.date and time.is_edtf(claim.date) else None
    asserted = time.parse(claim.asserted) if claim.asserted and time.is_edtf(claim.asserted) else None
    place = places.find(claim.place.name) if claim.place else None
    return Seen(
        claim,
        sides.of(claim),
        STATUS[claim.modality],
        _ordinal(days.first) if days else None,
        _ordinal(days.last) if days else None,
        _ordinal(asserted.last) if asserted else None,
        claim.date == claim.asserted,
        _occasion(claim),
        (place.name if place else claim.place.name).casefold() if claim.place else None,
        bool(place and place.kind == "city"),
        former=_former(claim) if claim.modality in ("planned", "denied") else None,
    )


def _former(claim: Contact) -> tuple[int, int] | None:
    """The days of the plan that a postponement replaces, as its words have them: "the visit planned for 20 May"."""
    for found in promise_dates.found(claim.evidence[0].quote[:400], claim.asserted):
        days = time.parse(found.edtf)
        if found.edtf != claim.date and days.first and days.last:
            return days.first.toordinal(), days.last.toordinal()
    return None


def _ordinal(day: dt.date | None) -> int | None:
    return day.toordinal() if day else None


def _occasion(claim: Contact) -> Occasion:
    named = (p.name or p.mention or "" for p in claim.participants)
    text = " ".join([claim.occasion or "", *(n for n in named if sides.is_body(n))]).casefold()[:400]
    found = _NUMBER.search(text)
    words = _WORDS.findall(text)
    number = int(found[1]) if found else next((sides.table("ordinals")[w] for w in words if w in sides.table("ordinals")), None)
    body = next((b for b in sides.table("bodies") if b not in ("session", "round") and re.search(rf"\b{b}\b", text)), None)
    return Occasion(number, body)


def likeness(one: Seen, other: Seen) -> Likeness | None:
    """What speaks for two claims being one contact; None where modes, days, persons, places or numbers exclude it."""
    mode = _mode(one, other)
    date = _date(one, other) if mode else None
    if mode is None or date is None:
        return None
    occasion = _occasions(one, other)
    if occasion is None or (mode < 0.5 and occasion <= 0):
        return None
    people = _people(one, other, occasion > 0)
    place = _places(one, other) if people is not None else None
    if people is None or place is None:
        return None
    score = PEOPLE * people[0] + DATE * date[0] + MODE * mode + PLACE * place + OCCASION * occasion
    host = one.claim.host is not None and one.claim.host == other.claim.host
    score += HOST if host else 0.0
    score += SIGNED if one.signed & other.signed else 0.0
    reasons = [people[1], date[1]]
    reasons += ["same place"] if place > 0 else ["the places differ"] if place < 0 else []
    reasons += ["same occasion"] if occasion > 0 else []
    reasons += ["the same agreement was signed at both"] if one.signed & other.signed else []
    reasons += ["same mode"] if mode == 1.0 else []
    return Likeness(round(min(score, 0.99), 3), tuple(reasons), date[1] == PUT_OFF)


def beside(one: Seen, other: Seen) -> bool:
    """Whether two claims of other days can stand in one history: a plan and what came of it, by the same people and to the same host."""
    if one.status == other.status == "held" or not _mode(one, other):
        return False
    return _people(one, other, False) is not None


def _mode(one: Seen, other: Seen) -> float | None:
    a, b = one.claim.mode, other.claim.mode
    if a == "visit" and b == "visit" and one.claim.host and other.claim.host and one.claim.host != other.claim.host:
        return None
    return 1.0 if a == b else MODES.get(frozenset((a, b)))


def _occasions(one: Seen, other: Seen) -> float | None:
    """1 for the same number of the same body, 0 where nothing can be said, None where they are two of one row."""
    a, b = one.occasion, other.occasion
    same_body = a.body == b.body or a.body is None or b.body is None
    if a.number and b.number:
        return 1.0 if a.number == b.number and same_body else None
    return 0.4 if a.body and a.body == b.body else 0.0


def _date(one: Seen, other: Seen) -> tuple[float, str] | None:
    if _after_the_fact(one, other) or _after_the_fact(other, one):
        return None
    same_document = one.claim.document == other.claim.document
    if same_document and (one.claim.date != other.claim.date or one.claim.date is None):
        return None  # within one document the reader has put together what is one
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return _half_dated(one, other)
    gap = max(one.first - other.last, other.first - one.last)
    if gap <= 0:
        width = max(one.width, other.width)
        value = next((v for days, v in WIDTHS if width <= days), 0.3)
        return value, "same day" if width == 1 else "the dates agree"
    if gap <= 3 and max(one.width, other.width) <= 4:
        late = max(one, other, key=lambda s: s.first or 0)
        if gap == 1:
            return 0.75 if late.soft else 0.6, "the dates are one day apart"
        if late.soft and late.status == "held":
            return 0.4, f"reported {gap} days later without a day of its own"
    if _put_off(one, other) or _put_off(other, one):
        return 0.6, PUT_OFF
    numbered = one.occasion.number and one.occasion.number == other.occasion.number
    named = one.occasion.body and one.occasion.body == other.occasion.body
    if numbered and (one.status != "held" or other.status != "held") and gap <= (MOVED_SESSION if named else MOVED):
        return 0.5, "the same occasion at another date"
    return None


def _after_the_fact(plan: Seen, held: Seen) -> bool:
    """Whether a plan was published after the contact that is to fulfil it."""
    if plan.status in ("planned", "possible") and held.status == "held" and plan.asserted and held.last:
        return plan.asserted > held.last + 1
    return False


def _put_off(later: Seen, plan: Seen) -> bool:
    """Whether the days of a plan are those that a later word gives as put off."""
    if later.former is None or plan.status not in ("planned", "possible") or plan.first is None or plan.last is None:
        return False
    return later.former[0] <= plan.last and plan.first <= later.former[1]


def _half_dated(one: Seen, other: Seen) -> tuple[float, str] | None:
    """For two of which one at least has no day or an open end."""
    if (one.first or one.last) and (other.first or other.last):  # half-open: an end is known
        gap = max((one.first or -9999) - (other.last or 9**7), (other.first or -9999) - (one.last or 9**7))
        if gap > 0:
            return None
        known, open_ = (one, other) if one.dated else (other, one)
        edge = abs((known.first or 0) - (open_.first or open_.last or 0))
        return next((v for days, v in LEADS if edge <= days), 0.15), "the date lies within the open one"
    dated, undated = (one, other) if (one.first or one.last) else (other, one)
    told, at = undated.asserted, dated.last or dated.first
    if told is None or (at or dated.asserted) is None:
        return 0.25, "one gives no date"
    lag = told - (at or dated.asserted or told)
    if at is None:
        return next((v for days, v in LAGS if abs(lag) <= days), 0.25) - 0.1, "neither gives a date"
    if undated.status == "held":
        value = next((v for days, v in LAGS if lag <= days), 0.2)
        return None if lag < -1 else (value, "reported soon after" if lag <= 31 else "one gives no date")
    if undated.status == "called off":
        return next((v for days, v in LEADS if abs(lag) <= days), 0.25), "called off about then"
    return None if lag > 1 else (next((v for days, v in LEADS if -lag <= days), 0.15), "announced before")


def _places(one: Seen, other: Seen) -> float | None:
    if one.place is None or other.place is None or one.claim.mode in ("call", "letter", "video"):
        return 0.0
    if one.place == other.place:
        return 1.0
    here, there = one.claim.place, other.claim.place
    if here and there and here.state and there.state and here.state != there.state:
        return None
    return -2.0 if one.city and other.city else 0.0


def _people(one: Seen, other: Seen, occasion: bool) -> tuple[float, str] | None:
    """How like the participants are on the average of the states, and in words; None where others met."""
    ours = [w for group in one.sides.values() for w in group]
    theirs = [w for group in other.sides.values() for w in group]
    matched: dict[str | None, float] = {}
    left, right = _pair_off(ours, theirs, matched)
    known = {s for s in matched if s}
    a, b = {w.state for w in left} - known, {w.state for w in right} - known
    named = any(w.name for w in left if w.state in a) and any(w.name for w in right if w.state in b)
    if not occasion and (not matched or a & b or (named and None in a | b)):
        return None
    bodies = bool(one.occasion.body or one.occasion.number), bool(other.occasion.body or other.occasion.number)
    if bodies[0] != bodies[1] and max(matched.values(), default=0.0) < 0.85:
        return None  # the session of a commission is not the talks of the leaders
    if one.claim.document == other.claim.document and (left or right or min(matched.values(), default=0.0) < 0.85):
        return None
    states = (set(one.sides) | set(other.sides) | set(matched)) - {None}
    if not states and not matched:
        return (STATE_ONLY, "same body") if occasion else None
    each = [matched.get(s, STATE_ONLY if occasion else _one_sided(one, other, s)) for s in states]
    each += [v for s, v in matched.items() if s is None]
    mean = sum(each) / len(each)
    return mean, "same persons" if min(each) >= 0.85 else "same offices" if mean >= 0.78 else "same states"


def _one_sided(one: Seen, other: Seen, state: str | None) -> float:
    """For a state of whose people one claim says nothing; the host of a visit needs none."""
    if one.claim.mode == "visit" and other.claim.mode == "visit" and one.claim.host == other.claim.host == state:
        return 0.95
    return 0.5


def _pair_off(ours: list[Who], theirs: list[Who], matched: dict[str | None, float]) -> tuple[list[Who], list[Who]]:
    """Put the likest together, note how like they are for each state, and give back who is left on either side."""
    pairs = [
        (sides.alike(a, b), i, k)
        for i, a in enumerate(ours[:20])
        for k, b in enumerate(theirs[:20])
        if a.state == b.state or (a.name and b.name) or ((a.state is None or b.state is None) and (sides.wild(a) or sides.wild(b)))
    ]
    mine, yours = set(range(len(ours))), set(range(len(theirs)))
    for score, i, k in sorted(pairs, key=lambda p: (-p[0], p[1], p[2])):
        if score > 0 and i in mine and k in yours:
            mine.discard(i)
            yours.discard(k)
            state = ours[i].state or theirs[k].state
            matched[state] = max(matched.get(state, 0.0), score)
    return [ours[i] for i in sorted(mine)], [theirs[k] for k in sorted(yours)]
