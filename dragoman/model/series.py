"""Figures about one thing, put in a series: what was counted, between whom, in which unit; a point for each claim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dragoman.model.facts import Fact


@dataclass(frozen=True, slots=True)
class Converted:
    """The amount that stands in brackets behind another, in its own currency, with the bounds that its words allow."""

    unit: str
    low: float | None
    high: float | None
    least: float | None
    most: float | None


@dataclass(frozen=True, slots=True)
class Point:
    """What one claim says of a series.

    period, base_period  EDTF; None where the text gives none
    low, high      the numbers as claimed; None for an open end
    least, most    what the words allow: "2.34 billion" is 2.335 to 2.345 billion, "over 10" has no most
    open           whether `most` itself is outside, as after rounding
    reporter       whose side the figure is seen from
    claimant       who says so: the innermost speaker or office, else the outlet, else the document
    side           the state that the claimant speaks for, where its name tells
    of             what a share is a share of: an indicator; `growth` for a change in percent, `difference` for one in numbers; else None
    note           words of the evidence that say what is counted ("including goods shipped through third countries")
    apart          claims that a person judged to be about something else
    """

    claim: str
    document: str
    period: str | None
    low: float | None
    high: float | None
    least: float | None
    most: float | None
    open: bool = False
    modifier: str | None = None
    base_period: str | None = None
    equivalent: Converted | None = None
    reporter: str | None = None
    claimant: str = ""
    side: str | None = None
    asserted: str | None = None
    modality: str = "actual"
    record: bool = False
    of: str | None = None
    note: str | None = None
    apart: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Series(Fact):
    """Figures that count the same thing.

    indicator  as in the claims; of `other:` ones the words in their plain form
    parties    sorted; of exports and imports the seller and the buyer, in that order
    directed   whether `parties` is seller and buyer
    sort       `flow`: adds up over time; `stock`: stands on a day and does not add; `amount`: a sum of money for one thing; `count`
    measure    `level`, `change`, `rank`, `share`
    target     whether it is planned or wished for, not counted
    part       what part of the whole is counted ("agricultural", "services"); None for the whole
    """

    kind: ClassVar[str] = "series"

    indicator: str
    parties: tuple[str, ...]
    directed: bool = False
    sort: str = "count"
    unit: str = "1"
    measure: str = "level"
    target: bool = False
    part: str | None = None
    points: tuple[Point, ...] = ()

    @property
    def days(self) -> tuple[str, ...]:
        """The periods of its points, each once, in order."""
        return tuple(sorted({p.period for p in self.points if p.period}))
