"""Who held which office and when, out of the tenures of many documents; and the answer to "who, on that day?"."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from dragoman.model.coverage import Coverage
from dragoman.model.entities import Person, Position
from dragoman.model.facts import Fact
from dragoman.model.stored import ClaimRow


@dataclass(frozen=True, slots=True)
class Bound:
    """A beginning, an end or a day in office: an EDTF date, `../D` for "by D at the latest", and the claims that give it."""

    date: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Occupancy:
    """One person's time in one position, as far as documents go; a tenure is what one document says of it.

    since, until   the best supported statement (EDTF), None where no document states one; a missing end is not "still in office"
    starts, ends   every statement, the best supported first; several where sources differ; an end that no document states may follow
                   from the beginning of another post (a minister who becomes ambassador)
    seen           EDTF dates on which a document has the person in office, in order, each with its claims
    expected       an end that was still to come when it was stated ("her term runs until 2027")
    acting         acting, interim
    modality       `actual`; else `planned`, `possible` or `denied`: no such holder counts as one
    status         `stated`: a document states a beginning or an end; `observed`: only named so
    claims         ids of the claims that support it, at least one
    """

    person: Person
    position: Position
    since: str | None
    until: str | None
    seen: tuple[Bound, ...]
    acting: bool
    status: str
    claims: tuple[str, ...]
    starts: tuple[Bound, ...] = ()
    ends: tuple[Bound, ...] = ()
    expected: str | None = None
    modality: str = "actual"

    @property
    def observed(self) -> tuple[str, ...]:
        """The dates of `seen`."""
        return tuple(b.date for b in self.seen)

    @property
    def cited(self) -> tuple[str, ...]:
        """The claims to show for it: its own, and those of another post that gives it its end."""
        return tuple(dict.fromkeys((*self.claims, *(c for b in self.ends for c in b.claims))))

    @property
    def id(self) -> str:
        """Stable as long as the claims are the same."""
        return "fact:" + hashlib.sha256("\x1f".join(self.claims).encode()).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class Gap:
    """Days between two holders on which no document has anybody in office; `days` is an EDTF interval."""

    days: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Overlap:
    """Days on which two persons are both known to hold an office that has one holder; `facts` are ids of occupancies.

    at       a date on which the first is in office
    between  the dates of the second that it lies between, or one where they are the same
    claims   the smallest set that cannot hold together
    """

    days: str
    persons: tuple[str, str]
    facts: tuple[str, str]
    claims: tuple[str, ...]
    at: str
    between: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Chain(Fact):
    """The holders of one position in order of time, with the days nobody covers and the days that two claim.

    single   whether the position has one holder at a time; gaps and overlaps are only told of such
    """

    kind: ClassVar[str] = "office"

    position: Position
    occupancies: tuple[Occupancy, ...]
    gaps: tuple[Gap, ...] = ()
    overlaps: tuple[Overlap, ...] = ()
    single: bool = True

    @property
    def days(self) -> tuple[str, ...]:
        """Every beginning, end and day in office."""
        told = {d for o in self.occupancies for d in (o.since, o.until, *o.observed) if d}
        return tuple(sorted(told))

    def as_json(self) -> dict[str, Any]:
        """The chain as plain values, with the id of each holder's time in office."""
        return super().as_json() | {"occupancies": [occupancy_json(o) for o in self.occupancies]}


def occupancy_json(fact: Occupancy) -> dict[str, Any]:
    """A fact as plain values with its id."""
    return {"id": fact.id} | asdict(fact) | {"observed": list(fact.observed)}


@dataclass(frozen=True, slots=True)
class Held:
    """A holder on the day asked for, and how that is known.

    how   `observed`: named in office on that very day; `stated`: the day lies in a span whose beginning or end is stated;
          `between`: known before and after, nobody else in between; `near`: in office some days before, and nothing is told of an end;
          `turn`: took office in that year by a source that knows no days; `possible`: the day may lie in it, as far as the dates go
    """

    fact: Occupancy
    how: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Who held a position on a day (EDTF), or of all days.

    found    `held`: somebody is known to have held it; `likely`: somebody is taken to have, from a few days before or from the year;
             `possible`: only that somebody may have; `open`: nobody is known for that day, others before or after;
             `latest`: no day was asked for, `holders` are the last ones known, which says nothing of today;
             `nothing`: no document tells of this position
    before   those last known before the day, after: those first known after it
    undated  those whom documents name in it without any date
    others   positions of that state that documents do tell of, where there is nothing on this one
    evidence the claims behind all of these
    """

    position: Position
    on: str | None
    found: str
    holders: tuple[Held, ...] = ()
    before: tuple[Occupancy, ...] = ()
    after: tuple[Occupancy, ...] = ()
    gap: Gap | None = None
    undated: tuple[Occupancy, ...] = ()
    others: tuple[str, ...] = ()
    coverage: Coverage | None = None
    evidence: tuple[ClaimRow, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The answer as plain values, each claim in the contract's form."""
        return {
            "position": asdict(self.position),
            "on": self.on,
            "found": self.found,
            "holders": [{"how": h.how} | occupancy_json(h.fact) for h in self.holders],
            "before": [occupancy_json(o) for o in self.before],
            "after": [occupancy_json(o) for o in self.after],
            "undated": [occupancy_json(o) for o in self.undated],
            "gap": asdict(self.gap) if self.gap else None,
            "others": list(self.others),
            "coverage": asdict(self.coverage) if self.coverage else None,
            "evidence": [row.as_json() for row in self.evidence],
        }
