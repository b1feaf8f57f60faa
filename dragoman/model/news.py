"""What came with new documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dragoman.model.facts import Fact


@dataclass(frozen=True, slots=True)
class News:
    """One difference between what was known before and what is known now.

    what    `new`: nothing was known of it; `changed`: more or other things are; `contradicted`: a conflict that was not there;
            `fulfilled`, `missed`: a promise of which that became known; `gone`: documents were replaced, or claims judged
    fields  of a changed fact, the names of the fields that differ
    """

    what: str
    fact: Fact
    before: Fact | None = None
    fields: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The news as plain values."""
        return {"what": self.what, "fields": list(self.fields), "fact": self.fact.as_json(),
                "before": self.before.as_json() if self.before else None}
