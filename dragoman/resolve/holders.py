"""Who held a position on a day: the answer with what is known before and after, and never more than the documents say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from dragoman.model import time
from dragoman.model.entities import Position
from dragoman.model.offices import Answer, Chain, Held, Occupancy
from dragoman.model.time import Interval
from dragoman.resolve import offices, positions

NEAR = 183  # days within which who was in office is taken to be still, where nothing speaks against it
ORDER = ("held", "likely", "possible", "latest", "open", "nothing")  # the best answer of several readings of a question


def who(chains: Sequence[Chain], position: str, place: str | None, on: str | None = None) -> Answer:
    """The holders of a position on an EDTF date, else the last ones known.

    Whoever holds a wider portfolio that begins with the one asked for ("minister of trade and industry") holds it too; of "deputy prime
    minister, head of the national part of the Joint Commission" the part that documents tell of is answered.

    place  a state's ISO code, or the name of a body ("Binational Border Agency")
    """
    answers = [_answer(chains, question, on) for question in positions.asked(position, place)]
    return min(answers, key=lambda a: ORDER.index(a.found))


def _answer(chains: Sequence[Chain], question: positions.Asked, on: str | None) -> Answer:
    named = [c for c in chains if question.means(c.position)]
    chosen = [c for c in named if question.body or c.position.organization is None] or named  # a body's president is not the state's
    facts = [f for c in chosen for f in c.occupancies if f.modality == "actual"]
    asked = Position(question.position, question.state, question.body)
    if not facts:
        return Answer(asked, on, "nothing", others=_others(chains, question))
    undated = tuple(sorted((f for f in facts if offices.extent(f) == (None, None)), key=lambda f: f.id))
    if on is None:
        return Answer(asked, None, "latest", tuple(_latest(facts)), undated=undated)
    days = time.parse(on)
    held = [h for f in facts if (h := _held(f, days)) is not None]
    if all(h.how == "possible" for h in held) and all(c.single for c in chosen):
        held += _bridged(facts, days)
    likely = _likely(facts, held, days) if all(c.single for c in chosen) and all(h.how == "possible" for h in held) else None
    if likely:
        held = [likely, *(h for h in held if h.fact.id != likely.fact.id and h.fact.person.id != likely.fact.person.id)]
    sure = [h for h in held if h.how not in ("possible", "near", "turn")]
    if sure and all(c.single for c in chosen):
        held = sure  # where one person holds it at a time, nobody else may have
    chosen_gap = next((g for c in chosen for g in c.gaps if _meets(time.parse(g.days), days)), None) if not sure else None
    found = "held" if sure else "likely" if likely else "possible" if held else "open"
    taken = {h.fact.id for h in held}
    left = [f for f in facts if f.id not in taken]
    return Answer(asked, on, found, tuple(sorted(held, key=_rank)), _before(left, days), _after(left, days), chosen_gap, undated)


def _others(chains: Sequence[Chain], question: positions.Asked) -> tuple[str, ...]:
    """The positions of the same state or body that documents do tell of."""
    body = question.body
    here = (
        c.position
        for c in chains
        if any(f.modality == "actual" for f in c.occupancies)
        and (c.position.state == question.state if question.state else body and positions.same_body(body, c.position.organization or ""))
    )
    return tuple(sorted({p.name for p in here}))


def _rank(held: Held) -> tuple[bool, bool, int, str]:
    """On a day of change, who came before who went."""
    began = offices.extent(held.fact)[0]
    return held.how == "possible", held.fact.acting, -began.toordinal() if began else 0, held.fact.id


def _held(fact: Occupancy, days: Interval) -> Held | None:
    """Whether and how a fact covers the days asked for."""
    if any(_within(time.parse(d), days) for d in fact.observed):
        return Held(fact, "observed")
    sure = offices.certain(fact)
    if sure and _meets(Interval(*sure), days):
        return Held(fact, "stated" if fact.since or fact.until else "between")
    others = [b.date for b in (*fact.starts[1:], *fact.ends[1:]) if not b.date.startswith("..")]
    vague = [*map(time.parse, others), Interval(*offices.extent(fact))]
    return Held(fact, "possible") if any(p.first and p.last and _meets(p, days) for p in vague) else None


def _bridged(facts: Sequence[Occupancy], days: Interval) -> list[Held]:
    """One person known acting before and in full office after, or the other way round, with no end or beginning stated between."""
    before, after = _before(facts, days), _after(facts, days)
    if len(before) != 1 or len(after) != 1 or before[0].person.id != after[0].person.id or before[0].acting == after[0].acting:
        return []
    ended = any(not b.date.startswith("..") for b in before[0].ends)
    return [] if ended or after[0].starts else [Held(f, "between") for f in (*before, *after)]


def _likely(facts: Sequence[Occupancy], possible: Sequence[Held], days: Interval) -> Held | None:
    """The one who took office in the year of the day by a list that knows no days, or who was in office some months before."""
    others = {h.fact.person.id for h in possible}
    turned = [f for f in facts if _took_over(f, days) and not f.acting]
    gone = {f.person.id for f in facts if f.until and _year(f.until, days) and not f.acting} - {f.person.id for f in turned}
    if len(turned) == 1 and gone and others - {turned[0].person.id} <= gone:
        return Held(turned[0], "turn")
    before, after = [f for f in _before(facts, days) if not f.acting], _after(facts, days)
    if len(before) != 1 or before[0].ends or others - {before[0].person.id} or any(f.person.id != before[0].person.id for f in after):
        return None
    last = offices.extent(before[0])[1]
    return Held(before[0], "near") if last and days.first and (days.first - last).days <= NEAR else None


def _took_over(fact: Occupancy, days: Interval) -> bool:
    """Whether somebody took office in the year of the days, by the year alone."""
    return fact.since is not None and _year(fact.since, days)


def _year(edtf: str, days: Interval) -> bool:
    """Whether a date is the year that the days lie in."""
    return len(edtf) == 4 and bool(days.first and days.last and days.first.year == days.last.year == int(edtf))


def _within(inner: Interval, outer: Interval) -> bool:
    """Whether an observation lies wholly within the days asked for."""
    if inner.first is None or inner.last is None:
        return False
    return (outer.first is None or outer.first <= inner.first) and (outer.last is None or inner.last <= outer.last)


def _meets(one: Interval, other: Interval) -> bool:
    """Whether two spans have a day in common."""
    return (one.first is None or other.last is None or one.first <= other.last) and (
        other.first is None or one.last is None or other.first <= one.last
    )


def _latest(facts: Sequence[Occupancy]) -> list[Held]:
    """The one known last, with whoever is known to the same day."""
    last = max((d for f in facts if (d := offices.extent(f)[1])), default=None)
    chosen = [f for f in facts if last and offices.extent(f)[1] == last]
    return [Held(f, "stated" if f.status == "stated" else "observed") for f in sorted(chosen, key=lambda f: (f.acting, f.id))]


def _before(facts: Sequence[Occupancy], days: Interval) -> tuple[Occupancy, ...]:
    """Those known last before the days."""
    ends = {f.id: d for f in facts if (d := offices.extent(f)[1]) and days.first and d < days.first}
    return _at(facts, ends, max(ends.values(), default=None))


def _after(facts: Sequence[Occupancy], days: Interval) -> tuple[Occupancy, ...]:
    """Those known first after the days."""
    begins = {f.id: d for f in facts if (d := offices.extent(f)[0]) and days.last and d > days.last}
    return _at(facts, begins, min(begins.values(), default=None))


def _at(facts: Sequence[Occupancy], dates: dict[str, dt.date], day: dt.date | None) -> tuple[Occupancy, ...]:
    return tuple(sorted((f for f in facts if day and dates.get(f.id) == day), key=lambda f: (f.acting, f.id)))
