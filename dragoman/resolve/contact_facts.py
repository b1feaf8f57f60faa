"""A contact made of its claims: the union of what they say, its history, and every difference between them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from dragoman.model import time
from dragoman.model.claims import ActorRef, Agreement, Contact
from dragoman.model.meetings import Difference, Match, Meeting, Possible, Said, Stage
from dragoman.reference import states
from dragoman.resolve import contact_sides, spelling
from dragoman.resolve.contact_match import Seen
from dragoman.resolve.contact_sides import Who

T = TypeVar("T")
STAY = 14  # days that a visit lasts at most
FRESH = 3  # days within which a report is of an event, not of its memory
WEIGHT = {"visit": 5, "summit": 4, "forum": 3, "talks": 2, "call": 2, "video": 2, "letter": 2, "meeting": 1}


def meeting(group: Sequence[Seen], why: tuple[Match, ...], possible: tuple[Possible, ...]) -> Meeting:
    """One contact out of the claims that speak of it."""
    claims = [s.claim for s in group]
    status, history = _history(group)
    decisive = [s for s in group if s.status == status] or list(group)
    place = _best(s.claim.place for s in decisive) or _best(c.place for c in claims)
    people = _participants(group)
    return Meeting(
        claims=tuple(sorted(c.id for c in claims)),
        states=tuple(sorted({s for s in (*(p.state for p in people), *(c.host for c in claims)) if s})),
        mode=max(sorted({s.claim.mode for s in decisive}), key=lambda m: (WEIGHT.get(m, 0), m)),
        participants=people,
        status=status,
        visit_type=_best(s.claim.visit_type for s in decisive) or _best(c.visit_type for c in claims),
        host=_best(c.host for c in claims),
        place=place,
        date=_date(group if _best(c.mode for c in claims) == "visit" and status == "held" else decisive) or _date(group),
        occasion=_longest(c.occasion for c in claims),
        topics=tuple(dict.fromkeys(t for c in sorted(claims, key=lambda c: (c.asserted or "9", c.id)) for t in c.topics)),
        history=history,
        differences=tuple(_differences(group)),
        documents=tuple(sorted({c.document for c in claims})),
        outlets=tuple(sorted({link.name for c in claims for link in c.attribution if link.role in ("outlet", "agency")})),
        matches=why,
        possible_same=possible,
    )


def _history(group: Sequence[Seen]) -> tuple[str, tuple[Stage, ...]]:
    """The last word on what became of it, and the stages in order; a report that it was held outweighs earlier plans."""
    told: dict[tuple[str, str | None], list[Contact]] = defaultdict(list)
    for s in group:
        told[s.status, None if s.status == "held" else s.claim.date].append(s.claim)
    stages = [
        Stage(
            status,
            date if status != "held" else _date([s for s in group if s.status == "held"]),
            min((c.asserted for c in some if c.asserted), default=None),
            tuple(sorted(c.id for c in some)),
        )
        for (status, date), some in told.items()
    ]
    order = {"possible": 0, "planned": 1, "called off": 2, "held": 3}
    stages.sort(key=lambda s: (s.asserted or "9", order[s.status], s.date or "", s.claims))
    last = max(stages, key=lambda s: (s.status == "held", s.status == "called off", s.asserted or "", order[s.status]))
    off = [s for s in stages if s.status == "called off"]
    if last.status == "held" and off and all((s.asserted or "") > (last.asserted or "9") for s in off):
        last = off[-1]
    replanned = [s for s in stages if s.status == "planned" and (s.asserted or "") > (last.asserted or "9")]
    if last.status == "called off" and replanned:
        last = replanned[-1]
    return last.status, tuple(stages)


def weight(claim: Contact | Agreement) -> float:
    """What a claim's date counts: a report of these days counts more than a memory, and its own day less than one that it names."""
    day, told = (time.parse(d).last if d and time.is_edtf(d) else None for d in (claim.date, claim.asserted))
    if day is None or told is None or not 0 <= (told - day).days <= FRESH:
        return 1.0
    return 1.2 if day == told else 1.5


def _date(group: Sequence[Seen]) -> str | None:
    """The most exact date, of these the one with the best support; of a visit its whole stay."""
    votes: dict[str, float] = defaultdict(float)
    for s in group:
        if s.claim.date:
            votes[s.claim.date] += weight(s.claim)
    if not votes:
        return None
    narrow = {d: time.parse(d) for d in votes if time.is_edtf(d)}
    length = {d: (i.last - i.first).days if i.first and i.last else 99999 for d, i in narrow.items()}
    if all(s.claim.mode == "visit" for s in group):
        whole = [d for d in narrow if 0 < length[d] <= STAY and all(_inside(narrow[o], narrow[d]) for o in narrow)]
        if whole:
            return min(whole, key=lambda d: (length[d], d))
    exact = min(length.values(), default=0)
    good = [d for d in votes if length.get(d, 99999) <= exact] or list(votes)
    return min(good, key=lambda d: (-votes[d], d))


def _inside(one: time.Interval, other: time.Interval) -> bool:
    """Whether one date lies in another, or is so wide that it holds it."""
    if not (one.first and one.last and other.first and other.last):
        return True
    return (other.first <= one.first and one.last <= other.last) or (one.first <= other.first and other.last <= one.last)


def _best(values: Iterable[T | None]) -> T | None:
    """The commonest value; of several the first in the alphabet."""
    counted = Counter(v for v in values if v is not None)
    return min(counted, key=lambda v: (-counted[v], str(v))) if counted else None


def _longest(values: Iterable[str | None]) -> str | None:
    return max((v for v in values if v), key=lambda v: (len(v), v), default=None)


def _participants(group: Sequence[Seen]) -> tuple[ActorRef, ...]:
    """Everybody whom a claim names, once; a bare state or office only where nobody of that state is named."""
    people: list[tuple[Who, list[ActorRef]]] = []
    told = [(w, _with_office(a, w)) for s in group for a, w in zip(s.claim.participants, _in_order(s), strict=True)]
    told.sort(key=lambda t: (-_fullness(t[0]), t[0].text, t[1].id or "", t[1].state or "", t[1].position or ""))
    for who, actor in told:
        known = next((refs for w, refs in people if _same(w, who)), None)
        if known is not None:
            known.append(actor)
        else:
            people.append((who, [actor]))
    merged = [_merged(refs) for _, refs in people]
    return tuple(sorted(merged, key=lambda a: (a.state or "~", a.name or a.mention or "~", a.position or "")))


def _with_office(actor: ActorRef, who: Who) -> ActorRef:
    """A bare state with the office that the words give: "the two Presidents"."""
    plain = actor.position is None and who.name is None and who.office and not contact_sides.is_crowd(who.office)
    return replace(actor, position=who.office) if plain else actor


def _in_order(s: Seen) -> list[Who]:
    """The participants of a claim as they are compared, in the claim's order."""
    left = {state: list(people) for state, people in s.sides.items()}
    return [left[contact_sides.state_of(a)].pop(0) for a in s.claim.participants]


def _fullness(who: Who) -> int:
    """A full name before a shorter one, before an office, before a bare state."""
    return 10 + len(who.name.whole) if who.name else 5 if who.office else 1


def _rank(name: str, count: int) -> tuple[int, bool, int, bool, str]:
    bare = states.code(name) is not None
    return 9 if bare else -len(spelling.name(name).whole), any("\u0370" <= c <= "\u05ff" for c in name), -count, name.isascii(), name


def _same(known: Who, who: Who) -> bool:
    if known.state != who.state and known.state and who.state:
        return False
    return contact_sides.alike(known, who) > 0


def _merged(refs: Sequence[ActorRef]) -> ActorRef:
    """One participant of all that is said of it, under the fullest name, of these the commonest, of these the one with its accents."""
    names = Counter(r.name for r in refs if r.name)
    shown = min(names, key=lambda n: _rank(n, names[n])) if names else None
    first = next((r for r in refs if r.name == shown), refs[0])
    offices = Counter(r.position for r in refs if r.position)
    position = min(offices, key=lambda o: (-offices[o], -len(o), o), default=None)
    state = first.state or _best(r.state for r in refs)
    return ActorRef(first.mention, first.name, first.id or _best(r.id for r in refs), state, position)


def _differences(group: Sequence[Seen]) -> Iterable[Difference]:
    """Every field of which the claims give several values, with who gives which."""
    fields: dict[str, Callable[[Contact], str | None]] = {
        "mode": lambda c: c.mode,
        "date": lambda c: c.date,
        "place": lambda c: c.place.name if c.place else None,
        "visit_type": lambda c: c.visit_type,
        "host": lambda c: c.host,
        "occasion": lambda c: c.occasion,
    }
    for field, value in fields.items():
        told: dict[str, list[str]] = defaultdict(list)
        for s in group:
            said = value(s.claim)
            if said:
                told[said].append(s.claim.id)
        if len(told) > 1:
            values = tuple(Said(v, tuple(sorted(ids))) for v, ids in sorted(told.items()))
            yield Difference(field, values, _excluding(field, group, sorted(told)))
    yield from _spellings(group)


def _excluding(field: str, group: Sequence[Seen], values: Sequence[str]) -> bool:
    if field == "date":
        held = [s for s in group if s.claim.date and s.status == "held"]
        spans = [time.parse(d) for d in sorted({s.claim.date for s in held if s.claim.date}) if time.is_edtf(d)]
        firsts, lasts = [i.first for i in spans if i.first], [i.last for i in spans if i.last]
        return bool(firsts and lasts and max(firsts) > min(lasts))
    if field == "place":
        return len({s.place for s in group if s.city}) > 1
    return field in ("visit_type", "host")


def _spellings(group: Sequence[Seen]) -> Iterable[Difference]:
    """Names of one person that are spelled in several ways, and delegations told in part."""
    told: dict[str, set[str]] = defaultdict(set)
    for s in group:
        names = sorted({p.name or p.mention or "" for p in s.claim.participants})
        told["; ".join(n for n in names if n)].add(s.claim.id)
    if len(told) > 1:
        yield Difference("participants", tuple(Said(v, tuple(sorted(ids))) for v, ids in sorted(told.items())), False)
