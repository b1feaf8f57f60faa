"""What a record says to a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dragoman.model.claims import Claim
from dragoman.model.facts import Conflict


@dataclass(frozen=True, slots=True)
class Verdict:
    """One claim of a sentence against the record.

    found      `supported`, `contradicted`, `disputed` (some sources say the same, others contradict it), or `nothing found`: no verdict
    about      the states or bodies that it was checked for: those of the sentence, else those whose claims fit
    support    ids of the claims that say the same
    conflicts  why it cannot hold beside others, each with the arithmetic
    """

    claim: Claim
    found: str
    about: str
    support: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The verdict as plain values."""
        return {"found": self.found, "about": self.about, "claim": self.claim.as_json(""), "support": list(self.support),
                "conflicts": [c.as_json() for c in self.conflicts]}
