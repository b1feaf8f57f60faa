"""What people's judgements do to claims before facts are made of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dragoman.model import correcting
from dragoman.model.claims import Claim
from dragoman.model.facts import Judged, Judgement

VERBS = ("same", "different", "reject", "accept", "correct", "note")


def standing(lines: Sequence[Judgement]) -> list[Judgement]:
    """The judgements that nobody withdrew; an undoing that was itself undone does not count."""
    gone: set[str] = set()
    for line in reversed(lines):
        if line.verb == "undo" and line.id not in gone:
            gone.update(line.subjects)
    return [line for line in lines if line.verb != "undo" and line.id not in gone]


class Decisions:
    """The judgements that stand, ready to be followed; of two about one claim the later counts."""

    def __init__(self, lines: Sequence[Judgement]) -> None:
        self._last: dict[str, Judgement] = {}
        same: set[frozenset[str]] = set()
        different: set[frozenset[str]] = set()
        for line in standing(lines):
            if line.verb in ("same", "different"):
                pairs = {frozenset((a, b)) for a in line.subjects for b in line.subjects if a != b}
                same, different = (same | pairs, different - pairs) if line.verb == "same" else (same - pairs, different | pairs)
            elif line.verb in ("reject", "accept", "correct"):
                self._last.update(dict.fromkeys(line.subjects, line))
        self.judged = Judged(frozenset(same), frozenset(different))

    def applied(self, claims: Iterable[Claim]) -> list[Claim]:
        """The claims without those rejected, the corrected ones with their right values and their old ids."""
        if not self._last:
            return list(claims)
        return [after for claim in claims if (after := self._after(claim)) is not None]

    def _after(self, claim: Claim) -> Claim | None:
        line = self._last.get(claim.id)
        if line is None or line.verb == "accept":
            return claim
        if line.verb == "reject":
            return None
        try:
            return correcting.corrected(claim, line.value or {})
        except ValueError:  # a line of another record that does not fit; `judge` takes none such
            return claim
