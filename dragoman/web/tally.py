"""Counts of the whole record, made beside the pages and kept until the record changes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Event, Lock, Thread
from typing import Protocol

from dragoman.model.overview import Counted

WAIT = 2.0  # seconds that a page waits for the first counts; a small record has them at once
COLUMNS = ("contact", "instrument", "commitment", "series", "statement", "event", "conflict")


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two states with how much the record has on them: by kind, by year, and the last day that anything tells of."""

    one: str
    other: str
    kinds: dict[str, int]
    years: dict[str, int]
    last: str | None

    @property
    def total(self) -> int:
        """How much there is in all; disputes are about what is counted already."""
        return sum(n for kind, n in self.kinds.items() if kind != "conflict")

    def table(self) -> dict[str, object]:
        """The pair as a row of a file."""
        return {"one": self.one, "other": self.other} | {kind: self.kinds.get(kind, 0) for kind in COLUMNS} | {"last": self.last}


class Tally:
    """The counts at one state of the record, the pairs of a few periods with them."""

    def __init__(self, rows: list[Counted], newest: str | None) -> None:
        self.rows = rows
        self._newest = newest
        self._made: dict[tuple[str | None, str | None], list[PairRow]] = {}

    def pairs(self, since: str | None = None, until: str | None = None) -> list[PairRow]:
        """Pairs by activity; of the months from `since` to `until` ("2024-05") alone where they are given."""
        key = since, until
        if key not in self._made:
            if len(self._made) > 50:
                self._made.clear()
            self._made[key] = sorted(_pairs(self.rows, since, until, self._newest or "9999"), key=lambda p: (-p.total, p.one, p.other))
        return self._made[key]

    @cached_property
    def states(self) -> frozenset[str]:
        """The states of all pairs."""
        return frozenset(s for row in self.rows for s in (row.one, row.other))

    @cached_property
    def years(self) -> dict[str, int]:
        """How many contacts and events there are in each year."""
        found: Counter[str] = Counter()
        for row in self.rows:
            if row.month and row.kind in ("contact", "event") and row.month[:4] != "0000":
                found[row.month[:4]] += row.many
        return dict(sorted(found.items()))


def _pairs(rows: Iterable[Counted], since: str | None, until: str | None, newest: str) -> list[PairRow]:
    kinds: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    years: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    last: dict[tuple[str, str], str] = {}
    for one, other, kind, month, count, day in rows:
        if (since or until) and (not month or (since and month < since) or (until and month > until)):
            continue
        pair = one, other
        kinds[pair][kind] += count
        if month and kind in ("contact", "event") and month[:4] != "0000":
            years[pair][month[:4]] += count
        if day and kind in ("contact", "statement") and last.get(pair, "") < day <= newest:
            last[pair] = day
    return [PairRow(*pair, dict(k), dict(sorted(years[pair].items())), last.get(pair)) for pair, k in kinds.items()]


class Counting(Protocol):
    """What the counts are made from."""

    def state(self) -> str: ...
    def counted(self, known: str | None = None) -> list[Counted]: ...
    def newest(self) -> str | None: ...


class Tallies:
    """Gives the counts as they were made last, and has them made anew where the record has changed."""

    def __init__(self, record: Counting) -> None:
        self._record = record
        self._held: dict[str | None, tuple[str, Tally]] = {}
        self._at_work: dict[str | None, Event] = {}
        self._lock = Lock()

    def get(self, known: str | None = None, wait: float = WAIT) -> Tally | None:
        """The counts of what was known by a day, else of all; None where they are being made for the first time."""
        state = self._record.state()
        held = self._held.get(known)
        if held and held[0] == state:
            return held[1]
        done = self._start(known, state)
        if held:
            done.wait(0.2)  # a small record shows at once what a judgement changed
        else:
            done.wait(wait)
        found = self._held.get(known)
        return found[1] if found else None

    def _start(self, known: str | None, state: str) -> Event:
        with self._lock:
            if known in self._at_work:
                return self._at_work[known]
            done = self._at_work[known] = Event()
        Thread(target=self._make, args=(known, state, done), name="counting", daemon=True).start()
        return done

    def _make(self, known: str | None, state: str, done: Event) -> None:
        try:
            made = Tally(self._record.counted(known), self._record.newest())
            with self._lock:
                if len(self._held) > 8:
                    self._held = {day: held for day, held in self._held.items() if day is None}
                self._held[known] = state, made
        finally:
            with self._lock:
                self._at_work.pop(known, None)
            done.set()


def of_state(rows: Sequence[PairRow], state: str) -> list[PairRow]:
    """The pairs that a state is one of."""
    return [row for row in rows if state in (row.one, row.other)]
