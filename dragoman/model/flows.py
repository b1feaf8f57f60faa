"""What passed between two states month by month, with the number of documents that it rests on."""

from __future__ import annotations

from dataclasses import dataclass

QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")


@dataclass(frozen=True, slots=True)
class Month:
    """One month of a pair.

    month     EDTF: "2024-03"
    documents how many documents about the pair were published in it; with none, that nothing is counted says nothing
    events    counts of reported events in the order of QUADS; an event that several documents report is one
    contacts  counts of contacts held, in the order of `levels`
    claims    the claims behind the counts
    figures   how many figures of the two documents of this month give; one that several give is one
    """

    month: str
    documents: int
    events: tuple[int, int, int, int]
    contacts: tuple[int, ...]
    claims: tuple[str, ...] = ()
    figures: int = 0

    @property
    def silent(self) -> bool:
        """Whether documents were read for the month and none tells of anything; without documents nobody can say."""
        return self.documents > 0 and not any(self.events) and not any(self.contacts) and not self.figures


@dataclass(frozen=True, slots=True)
class Flow:
    """The months of a pair, without gaps, the oldest first; `undated` counts what no month could be given.

    levels   what contacts are counted by, the highest first
    """

    states: tuple[str, ...]
    levels: tuple[str, ...]
    months: tuple[Month, ...]
    undated: int = 0
