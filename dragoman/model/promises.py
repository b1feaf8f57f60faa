"""What somebody undertook to do, and what became of it as later documents tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dragoman.model.claims import Amount
from dragoman.model.facts import Fact


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the history of a promise.

    axis    `said`: what the owner says of it; `shown`: what others or facts show
    status  `announced`, `agreed`, `under way`, `done`, `missed`, `dropped`; of `shown` only the last four
    date    EDTF, when it came to that; the day of the document where the words give no other
    told    day of the document that tells of it
    claim   id of the claim
    score   how surely the claim belongs to this promise, 0 to 1
    why     the reasons for that, in words
    begun   whether the words tell the day on which it came to that, and not only that it was so on a day
    """

    axis: str
    status: str
    date: str | None
    told: str | None
    claim: str
    score: float
    why: tuple[str, ...] = ()
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which it was to be done (EDTF), and the claim that sets it; `told` is the day of that document."""

    date: str
    told: str | None
    claim: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A claim that may belong to the promise and was left apart."""

    claim: str
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """Why a claim counts as the same promise as the first one."""

    claim: str
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Promise(Fact):
    """One promise, out of every claim that makes it or follows it up.

    action     the words in which it was first made; later wordings stand in their own claims
    by, to     names of those who promised, and to whom
    date       the day of the first document that has it
    target     the amount promised
    modality   `actual`; `possible` where it hangs on a condition
    made       ids of the claims that make or repeat the promise, the first one first
    joined     why the others of these count as the same promise
    deadlines  every deadline in the order of telling: the first is the original one, the others revise it
    history    steps in the order of their dates
    doubts     claims that look like it, left apart
    """

    kind: ClassVar[str] = "commitment"

    action: str
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    date: str | None = None
    target: Amount | None = None
    modality: str = "actual"
    made: tuple[str, ...] = ()
    joined: tuple[Joined, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    history: tuple[Step, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def deadline(self) -> str | None:
        """The deadline first set."""
        return self.deadlines[0].date if self.deadlines else None

    @property
    def days(self) -> tuple[str, ...]:
        """The day it was made, its deadlines and the days of its history."""
        dates = (self.date, *(d.date for d in self.deadlines), *(s.date for s in self.history))
        return tuple(dict.fromkeys(d for d in dates if d))


@dataclass(frozen=True, slots=True)
class Schedule:
    """The promise against the calendar.

    deadline  the one first set; revised: the last one, where another was set later
    passed    whether it lies before the day asked for; None without a deadline
    result    `in time`, `late`, `before its time` of what was done; `overdue` where it passed and nobody says it was done;
              `open` before it; None without a deadline
    """

    deadline: str | None
    revised: str | None
    passed: bool | None
    result: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What a promise has come to as of a day.

    status    the last that a document gives: `announced`, `agreed`, `under way`, `done`, `missed`, `dropped`; None before it was made.
              That nobody tells of it since is not failure: the status stays
    since     the date of the step that gives it
    said      the last that its owner says; shown: the last that others or facts show, None where nothing is shown
    schedule  the promise against the calendar
    as_of     the day asked for, where one is given
    claims    ids of the claims behind it
    """

    status: str | None
    since: str | None
    said: str | None
    shown: str | None
    schedule: Schedule
    as_of: str | None
    claims: tuple[str, ...]
