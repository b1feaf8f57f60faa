"""What figures say as linear terms: an unknown for each series and period, and the interval that a claim gives it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from dragoman.model import time
from dragoman.model.facts import Fact
from dragoman.model.series import Point, Series

TRADE = {"trade_turnover", "exports", "imports"}
CLOSE = 31  # days within which what stands on a day is one thing


class Quantity(NamedTuple):
    """What is counted, in one unit; the goods that one state sells another are `exports`, whoever counted them."""

    indicator: str
    parties: tuple[str, ...]
    unit: str
    part: str
    sort: str


class Unknown(NamedTuple):
    """A quantity over the days from first to last (ordinals); what stands on a day has the days of its cluster."""

    quantity: Quantity
    first: int
    last: int


class Form(NamedTuple):
    """What a claim bounds: `level`, `growth` (of what on base), `difference` (what less base), `share` (what of base), `record`."""

    kind: str
    what: Unknown
    base: Unknown | None = None


class Part(NamedTuple):
    """A form and its bounds: numbers, or factors for growth and shares; None has no bound, `open` leaves the most out."""

    form: Form
    least: Fraction | None
    most: Fraction | None
    open: bool = False

    def width(self) -> Fraction:
        """How far apart the bounds are."""
        return self.most - self.least if self.most is not None and self.least is not None else Fraction(10**30)

    def beside(self, other: Part) -> bool:
        """Whether the two intervals have nothing in common."""
        return self._under(other) or other._under(self)

    def _under(self, other: Part) -> bool:
        if self.most is None or other.least is None:
            return False
        return self.most < other.least or (self.open and self.most == other.least)

    def within(self, other: Part) -> bool:
        """Whether the other interval holds this one."""
        low = other.least is None or (self.least is not None and self.least >= other.least)
        if other.most is None or self.most is None:
            return low and other.most is None
        return low and (self.most < other.most or (self.most == other.most and (self.open or not other.open)))


@dataclass(frozen=True, slots=True)
class Said:
    """One claim's parts, with its series and point."""

    series: Series
    point: Point
    parts: tuple[Part, ...]
    denied: bool = False

    @property
    def id(self) -> str:
        """The claim's id."""
        return self.point.claim

    def on(self, form: Form) -> Part:
        """Its part of a form that it has."""
        return next(p for p in self.parts if p.form == form)


class Days(NamedTuple):
    """The first and last day (ordinals) of an EDTF date."""

    first: int
    last: int


@lru_cache(maxsize=65536)
def days(edtf: str | None) -> Days | None:
    """The days of a date that is closed and not approximate; else None."""
    if not edtf:
        return None
    found = time.parse(edtf)
    if found.first is None or found.last is None or found.approximate:
        return None
    return Days(found.first.toordinal(), found.last.toordinal())


def read(facts: Sequence[Fact]) -> list[Said]:
    """What every claim of the series of a block says, as far as it can be reckoned with, in order of the claims."""
    series = [f for f in facts if isinstance(f, Series)]
    clusters = _Clusters(series)
    units = _units(series)
    out = [said for s in series if not s.target for p in s.points if (said := _said(s, p, clusters, units)) is not None]
    return sorted(_with_records(out), key=lambda s: s.id)


def quantity(series: Series, unit: str | None = None) -> Quantity:
    """What a series counts, in its own unit or another."""
    indicator = "exports" if series.directed else series.indicator
    return Quantity(indicator, series.parties, unit or series.unit, series.part or "", series.sort)


class _Clusters:
    """Of what stands on a day or is paid once: days close together are one time."""

    def __init__(self, series: Iterable[Series]) -> None:
        dates: dict[tuple[str, tuple[str, ...], str], set[int]] = defaultdict(set)
        for s in series:
            if s.sort != "flow":
                for p in s.points:
                    for when in (moment(p), days(p.base_period)):
                        if when and when.last - when.first < CLOSE:
                            dates[s.indicator, s.parties, s.part or ""].add(when.last)
        self._found: dict[tuple[tuple[str, tuple[str, ...], str], int], Days] = {}
        for key, known in dates.items():
            for group in _close(sorted(known)):
                for day in group:
                    self._found[key, day] = Days(group[0], group[-1])

    def of(self, series: Series, when: Days) -> Days:
        """The time that a date of the series belongs to."""
        if series.sort == "flow" or when.last - when.first >= CLOSE:
            return when
        return self._found.get(((series.indicator, series.parties, series.part or ""), when.last), when)


def _close(known: Sequence[int]) -> Iterator[list[int]]:
    """Days in groups that span less than a month."""
    group: list[int] = []
    for day in known:
        if group and day - group[0] >= CLOSE:
            yield group
            group = []
        group.append(day)
    if group:
        yield group


def moment(point: Point) -> Days | None:
    """When the figure of a point stood: its period, else the day of the text where that is known to the month."""
    if point.period:
        return days(point.period)
    told = days(point.asserted)
    return told if told and told.last - told.first < CLOSE else None


def _units(series: Iterable[Series]) -> dict[tuple[str, tuple[str, ...], str], str]:
    """The unit in which most levels of each quantity are given: what its growth rates are about."""
    counts: dict[tuple[str, tuple[str, ...], str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for s in series:
        if s.measure == "level" and not s.target:
            q = quantity(s)
            counts[q.indicator, q.parties, q.part][s.unit] += len(s.points)
    return {key: min(found, key=lambda u: (-found[u], u)) for key, found in counts.items()}


def _said(series: Series, point: Point, clusters: _Clusters, units: dict[tuple[str, tuple[str, ...], str], str]) -> Said | None:
    """What one point says; None where nothing can be reckoned with: no time, no bound, a rank, a share of what is not said."""
    when = days(point.period) if series.sort == "flow" else moment(point)
    if when is None or (point.modality in ("planned", "possible") and series.sort != "amount"):
        return None
    least, most = (Fraction(repr(v)) if v is not None else None for v in (point.least, point.most))
    if least is None and most is None:
        return None
    q = quantity(series)
    here = clusters.of(series, when)
    if series.measure == "level":
        parts = [Part(Form("level", Unknown(q, *here)), least, most, point.open)]
        extra = point.equivalent
        if extra and extra.unit != series.unit and (extra.least, extra.most) != (None, None):
            low, high = (Fraction(repr(v)) if v is not None else None for v in (extra.least, extra.most))
            parts.append(Part(Form("level", Unknown(quantity(series, extra.unit), *here)), low, high, True))
        return Said(series, point, tuple(parts), point.modality == "denied")
    if point.modality == "denied":
        return None
    unit = units.get((q.indicator, q.parties, q.part), "1") if series.unit == "%" else series.unit
    q = q._replace(unit=unit)
    if series.measure == "change" and (before := days(point.base_period)) is not None:
        base = Unknown(q, *clusters.of(series, before))
        here_too = Unknown(q, *here)
        if base == here_too:
            return None
        if point.of == "growth":
            ratio = [1 + v / 100 if v is not None else None for v in (least, most)]
            if ratio[0] is not None and ratio[0] < 0:
                ratio[0] = Fraction(0)
            return Said(series, point, (Part(Form("growth", here_too, base), ratio[0], ratio[1], point.open),))
        return Said(series, point, (Part(Form("difference", here_too, base), least, most, point.open),))
    if series.measure == "share" and point.of == "trade_turnover" and series.directed:
        unit = units.get((q.indicator, q.parties, q.part), "USD")
        whole = Quantity("trade_turnover", tuple(sorted(q.parties)), unit, q.part, "flow")
        form = Form("share", Unknown(q._replace(unit=unit), *here), Unknown(whole, *here))
        low, high = (v / 100 if v is not None else None for v in (least, most))
        return Said(series, point, (Part(form, low, high, point.open),))
    return None


def _with_records(said: Iterable[Said]) -> Iterator[Said]:
    """A record of a period is at least as high as the same months of earlier years, as far as anybody tells of them."""
    known = list(said)
    times: dict[Quantity, set[Days]] = defaultdict(set)
    for s in known:
        for p in s.parts:
            times[p.form.what.quantity].add(Days(p.form.what.first, p.form.what.last))
    for s in known:
        if not s.point.record or s.parts[0].form.kind != "level" or s.series.sort != "flow":
            yield s
            continue
        what = s.parts[0].form.what
        earlier = [d for d in sorted(times[what.quantity]) if d.first < what.first and _same_months(d, what)]
        records = [Part(Form("record", what, Unknown(what.quantity, *d)), Fraction(1), None) for d in earlier]
        yield Said(s.series, s.point, (*s.parts, *records), s.denied)


def _same_months(one: Days, other: Unknown) -> bool:
    """Whether two spans cover the same months of two years."""
    return _months(one.first, one.last) == _months(other.first, other.last)


@lru_cache(maxsize=65536)
def _months(first: int, last: int) -> tuple[int, int, int]:
    a, b = dt.date.fromordinal(first), dt.date.fromordinal(last)
    return a.month, b.month, (b.year - a.year) * 12 + b.month - a.month
