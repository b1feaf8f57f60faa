"""What the pages of a pair of states show, gathered from the record with bounded questions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.model import time
from dragoman.model.claims import ActorRef
from dragoman.model.facts import Conflict
from dragoman.model.flows import Flow
from dragoman.model.instruments import Instrument
from dragoman.model.meetings import Meeting
from dragoman.model.offices import Chain, Occupancy
from dragoman.model.overview import Covered, Wanted
from dragoman.model.promises import Promise, Standing
from dragoman.model.series import Point, Series
from dragoman.model.stored import ClaimRow
from dragoman.resolve import flows, levels, offices, promise_status
from dragoman.views import together, wording
from dragoman.web.charts import Entry
from dragoman.web.desk import NOW, AsOf, DeskRecord
from dragoman.web.words import evidence

MOST_DRAWN, MOST_OF_THE_PAST, MOST_EVENTS, MOST_PROMISES = 400, 40, 1500, 300
OFFICES_A_SIDE, OFFICES_OF_THE_PAST, SERIES = 7, 4, 6
STATUSES = (("announced", "agreed"), ("under way",), ("done",), ("missed", "dropped"))
BOARD = ("Promised", "Under way", "Done", "Missed or dropped")
LANES = ("Contacts", "Agreements", "Promises", "Deadlines", "Events")


@dataclass(frozen=True, slots=True)
class Asked:
    """A pair of states, a period and a moment."""

    one: str
    other: str
    since: str | None = None
    until: str | None = None
    when: AsOf = NOW

    @property
    def states(self) -> tuple[str, str]:
        return self.one, self.other

    def wanted(self, kind: str) -> Wanted:
        """The facts or claims of a kind that are asked for; nothing that lies behind the day on which it is to be true."""
        until = earlier(self.until, self.when.on)
        return Wanted(kind, self.states, self.since, until, self.when.known)


def earlier(one: str | None, other: str | None) -> str | None:
    """The earlier of two dates."""
    days = {d: time.parse(d).last for d in (one, other) if d}
    return min((d for d in days if days[d]), key=lambda d: days[d] or 0, default=None)


def month_of(edtf: str | None) -> str | None:
    """The month of the last day of a date."""
    day = _last(edtf)
    return day[:7] if day else None


# ---------------------------------------------------------------- who met whom


@dataclass(frozen=True, slots=True)
class Level:
    """Contacts held at one level: how many, the names that met, each with how often and when last."""

    name: str
    count: int
    pairs: tuple[tuple[ActorRef, ActorRef, int, str | None, tuple[str, ...]], ...]

    def table(self) -> Iterator[dict[str, Any]]:
        """A row for each pair of names."""
        for a, b, times, last, claims in self.pairs:
            yield {"level": self.name, "one": a.name, "one_office": a.position, "one_state": a.state, "other": b.name,
                   "other_office": b.position, "other_state": b.state, "times": times, "last": last, "claims": list(claims)}


def met(asked: Asked, meetings: Sequence[Meeting], most: int = 6) -> list[Level]:
    """Who met whom, by level, those who met most often first and at most so many a level."""
    counts: Counter[str] = Counter()
    found: dict[str, dict[tuple[str, str], list[tuple[ActorRef, ActorRef, Meeting]]]] = defaultdict(lambda: defaultdict(list))
    for meeting in meetings:
        if meeting.status != "held":
            continue
        level = levels.of_meeting(meeting)
        counts[level] += 1
        named = [p for p in meeting.participants if p.name and not (p.id or "").startswith("state:")]
        sides = [[p for p in named if p.state == s] for s in asked.states]
        for a in sides[0][:4]:
            for b in sides[1][:4]:
                found[level][a.name or "", b.name or ""].append((a, b, meeting))
    out = []
    for name in levels.LEVELS:
        ranked = sorted(found[name].values(), key=lambda some: (-len(some), some[0][0].name or ""))
        pairs = tuple((some[0][0], some[0][1], len(some), max((m.date for *_, m in some if m.date), default=None),
                       tuple(dict.fromkeys(c for *_, m in some for c in m.claims))) for some in ranked[:most])
        if counts[name]:
            out.append(Level(name, counts[name], pairs))
    return out


# ---------------------------------------------------------------- promises


@dataclass(frozen=True, slots=True)
class Card:
    """A promise with what it has come to."""

    promise: Promise
    standing: Standing

    @property
    def overdue(self) -> bool:
        """Whether its day passed and nobody says that it was done."""
        return self.standing.schedule.result == "overdue"

    @property
    def due(self) -> str | None:
        """The deadline that stands."""
        return self.standing.schedule.revised or self.standing.schedule.deadline


def cards(promises: Iterable[Promise], as_of: str | None) -> list[Card]:
    """Each promise with its standing as of a day."""
    return [Card(p, promise_status.status(p, as_of)) for p in promises]


def board(found: Sequence[Card]) -> list[tuple[str, list[Card]]]:
    """The promises by status; within each the overdue ones first, then by deadline."""
    out = []
    for name, statuses in zip(BOARD, STATUSES, strict=True):
        some = [c for c in found if (c.standing.status or "announced") in statuses]
        some.sort(key=lambda c: (not c.overdue, _last(c.due) or "9999", c.promise.id))
        out.append((name, some))
    return out


def _last(edtf: str | None) -> str | None:
    day = time.parse(edtf).last if edtf and time.is_edtf(edtf) else None
    return day.isoformat() if day else None


# ---------------------------------------------------------------- the timeline


def entries(meetings: Iterable[Meeting], instruments: Iterable[Instrument], promises: Iterable[Promise], events: Iterable[ClaimRow],
            known: str | None) -> list[Entry]:
    """Everything with a date, for the timeline."""
    out = [Entry("Contacts", m.date, together.line(m).partition(": ")[2], evidence(m, known), m.status) for m in meetings]
    for i in instruments:
        for step in i.steps:
            status = {"actual": "held", "denied": "called off"}.get(step.modality, "planned")
            out.append(Entry("Agreements", step.date, f"{i.title}: {step.stage}", evidence(i, known), status))
    for p in promises:
        status = "possible" if p.modality == "possible" else "held"
        out.append(Entry("Promises", p.date, f"promised: {p.action}", evidence(p, known), status))
        if p.deadlines:
            out.append(Entry("Deadlines", _due(p.deadlines[-1].date), f"due: {p.action}", evidence(p, known), "planned"))
    for row in events:
        told = {"actual": "held", "denied": "called off"}.get(row.claim.modality, "planned")
        claim: Any = row.claim
        out.append(Entry("Events", claim.date or claim.asserted, wording.line(claim), claim.id, told))
    return out


def _due(edtf: str) -> str:
    """The last day of a deadline: "by 2027" is due when the year ends."""
    return _last(edtf) or edtf


# ---------------------------------------------------------------- offices


@dataclass(frozen=True, slots=True)
class InOffice:
    """An office with those who hold it at the moment shown, else who was known last."""

    chain: Chain
    holders: tuple[Occupancy, ...]
    how: str


def in_office(chains: Iterable[Chain], on: str | None) -> list[InOffice]:
    """Who is in each office: on a day where one is asked for, else known last."""
    out = []
    for chain in chains:
        facts = [o for o in chain.occupancies if o.modality == "actual"]
        if not facts:
            continue
        if on:
            held = _on(facts, on)
            out.append(InOffice(chain, tuple(held), "on that day" if held else "nobody known"))
        else:
            last = max(facts, key=lambda o: (offices.extent(o)[1] is not None, offices.extent(o)[1] or offices.extent(o)[0], o.id))
            out.append(InOffice(chain, (last,), "known last"))
    return out


def reach(term: Occupancy) -> str:
    """The last day that documents tell of a time in office, for sorting."""
    first, last = offices.extent(term)
    day = last or first
    return day.isoformat() if day else ""


def _on(facts: Sequence[Occupancy], on: str) -> list[Occupancy]:
    day = time.parse(on).last
    sure = [o for o in facts if day and (span := offices.certain(o)) and span[0] <= day <= span[1]]
    within = [o for o in facts if day and (r := offices.extent(o)) and r[0] and r[1] and r[0] <= day <= r[1]]
    return sure or within


# ---------------------------------------------------------------- the whole


@dataclass(frozen=True, slots=True)
class Shown:
    """A series with the conflicts that its claims are part of; `told` are the ids of those that stand beside an earlier series.

    rivals  points of other series that one of its claims contradicts
    """

    series: Series
    conflicts: tuple[Conflict, ...]
    told: frozenset[str] = frozenset()
    rivals: tuple[Point, ...] = ()

    @property
    def disputed(self) -> set[str]:
        """Claims that contradict another."""
        return {c for conflict in self.conflicts if conflict.real for c in conflict.claims}


def with_conflicts(record: DeskRecord, found: Sequence[Series], known: str | None) -> list[Shown]:
    """Each series with its conflicts, the real ones first."""
    claims = {s.id: [p.claim for p in s.points] for s in found}
    every = record.conflicts_on([c for some in claims.values() for c in some])
    if known:
        every = _known_then(record, found, known)
    out: list[Shown] = []
    told: set[str] = set()
    for s in found:
        own = {x.id: x for c in claims[s.id] for x in every.get(c, ())}
        kept = list(own.values())
        within = set(claims[s.id])
        kept.sort(key=lambda x: (not x.real, not within.issuperset(x.claims), x.date or "", x.id))
        out.append(Shown(s, tuple(kept), frozenset(told), _rivals(record, s, kept, known)))
        told |= {x.id for x in kept if x.real}
    return out


def _known_then(record: DeskRecord, found: Sequence[Series], known: str) -> dict[str, list[Conflict]]:
    """The conflicts of each claim as they followed from what was known by a day."""
    every: dict[str, list[Conflict]] = defaultdict(list)
    for states in {tuple(s.states) for s in found if len(s.states) == 2}:
        for conflict in record.facts_about(Wanted("conflict", states, known=known), MOST_DRAWN):
            for claim in conflict.claims:
                every[claim].append(conflict)
    return every


def _rivals(record: DeskRecord, series: Series, conflicts: Sequence[Conflict], known: str | None) -> tuple[Point, ...]:
    """Points of other series in the same unit that one claim of this series contradicts."""
    own = {p.claim for p in series.points}
    wanted = {c for x in conflicts if x.real and len(x.claims) == 2 for c in x.claims} - own
    found = record.resting_on(sorted(wanted), ("series",), 20, known) if wanted else []
    same = [s for s in found if s.unit == series.unit and s.measure == series.measure and not s.target]
    return tuple({p.claim: p for s in same for p in s.points if p.claim in wanted}.values())


def flow(record: DeskRecord, asked: Asked) -> Flow:
    """Month by month what passed between the two, of the newest events and contacts where there are very many."""
    told = [row.claim for kind in ("event", "figure") for row in record.claims_about(asked.wanted(kind), MOST_EVENTS)]
    meetings = record.facts_about(asked.wanted("contact"), MOST_EVENTS)
    return flows.between(asked.states, told, meetings, months(record.covered(asked.states, asked.when.known), asked))


def months(rows: Iterable[Covered], asked: Asked) -> dict[str, int]:
    """Documents by month, within the period asked for."""
    found: Counter[str] = Counter()
    until = _last(earlier(asked.until, asked.when.on))
    for row in rows:
        if row.month and (not asked.since or row.month >= asked.since[:7]) and (not until or row.month <= until[:7]):
            found[row.month] += row.documents
    return dict(found)


def chains_of(record: DeskRecord, asked: Asked) -> tuple[list[Chain], list[Chain]]:
    """The highest offices of both states; of the past each is made anew."""
    most = OFFICES_OF_THE_PAST if asked.when.known else OFFICES_A_SIDE
    one, other = (record.chains(s, most, asked.when.known) for s in asked.states)
    return one, other


def timeline(record: DeskRecord, asked: Asked) -> list[Entry]:
    """What the timeline draws: of each kind the newest where there are very many."""
    most = MOST_OF_THE_PAST if asked.when.known else MOST_DRAWN
    facts = {kind: record.facts_about(asked.wanted(kind), most) for kind in ("contact", "instrument", "commitment")}
    events = record.claims_about(asked.wanted("event"), MOST_DRAWN)
    return entries(facts["contact"], facts["instrument"], facts["commitment"], events, asked.when.known)
