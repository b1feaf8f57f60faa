"""What the claims of many documents support together. A fact names its claims and can be thrown away and computed anew."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, NamedTuple

from dragoman.model.claims import Claim


@dataclass(frozen=True, kw_only=True)
class Fact:
    """What some claims say together; each kind of fact is a class beside this one.

    claims   ids of the claims that support it, in order, each once; at least one
    states   ISO codes of the states that take part, in order
    """

    kind: ClassVar[str] = ""

    claims: tuple[str, ...]
    states: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Stable as long as the claims are the same."""
        told = "\x1f".join((self.kind, *self._apart, *self.claims))
        return "fact:" + hashlib.sha256(told.encode()).hexdigest()[:20]

    @property
    def _apart(self) -> tuple[str, ...]:
        """What tells it from another fact of its kind with the same claims."""
        return ()

    @property
    def days(self) -> tuple[str, ...]:
        """The EDTF dates that it is about; what filters by time looks at."""
        date = getattr(self, "date", None)
        return (date,) if date else ()

    def as_json(self) -> dict[str, Any]:
        """The fact as plain values with its kind and id."""
        return {"kind": self.kind, "id": self.id} | asdict(self)


@dataclass(frozen=True, kw_only=True)
class Conflict(Fact):
    """Claims that cannot all hold, or that only look so.

    about      what it is about, in words: "trade turnover of KOR and UZB, 2023"
    type       `contradiction`: they cannot all hold and nothing in the texts explains it; `definition`: each counts something else
               (whose customs, stock and flow, calendar and fiscal year, total and part); `revision`: the later one replaces the earlier;
               `rounding`: one is the other, rounded; `unchecked`: a conversion for which no day or no rate is known
    why        the arithmetic or the reasoning, in words and numbers
    claims     the smallest set that cannot hold together: without any one of them the others can; else those compared
    supported  ids of the claims that the others support best; empty where nothing speaks for one side
    support    why these are supported best
    explained  the reason that the texts themselves give, in their words; None where they give none
    """

    kind: ClassVar[str] = "conflict"

    about: str
    type: str
    why: str
    date: str | None = None
    supported: tuple[str, ...] = ()
    support: str | None = None
    explained: str | None = None

    @property
    def _apart(self) -> tuple[str, ...]:
        return (self.about,)  # the day of a signature and who signed can rest on the same claims

    @property
    def real(self) -> bool:
        """Whether the claims contradict each other: rounding and a later revision do not."""
        return self.type in ("contradiction", "definition")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's decision; it is withdrawn by another line and never erased.

    verb      `same`, `different` (about the subjects), `reject`, `accept`, `correct`, `note` (about one), `undo` (of a judgement)
    subjects  ids of claims, or of names as `name:KAZ:folded spelling`; for `undo` the id of a judgement
    value     for `correct` the fields with their right values
    by, at    the analyst's name, and when (ISO 8601, UTC)
    why       the reason, in the analyst's words
    private   left out of exports
    """

    id: str
    verb: str
    subjects: tuple[str, ...]
    by: str
    at: str
    why: str | None = None
    value: Mapping[str, Any] | None = None
    private: bool = False


@dataclass(frozen=True)
class Judged:
    """What people decided that a room of `resolve` must follow; rejected claims are gone and corrected ones changed before it sees them."""

    same: frozenset[frozenset[str]] = frozenset()
    different: frozenset[frozenset[str]] = frozenset()

    def verdict(self, one: Iterable[str], other: Iterable[str]) -> bool | None:
        """Whether two groups of subjects are one by judgement; None where nobody judged. `different` is stronger."""
        pairs = [frozenset((a, b)) for a in one for b in other if a != b] if self.same or self.different else []
        if any(p in self.different for p in pairs):
            return False
        return True if any(p in self.same for p in pairs) else None


NOTHING = Judged()


class Part(NamedTuple):
    """Claims of a block whose facts follow from them alone.

    name    tells it from another part with the same claims
    facts   what makes its facts
    """

    name: str
    claims: Sequence[Claim]
    facts: Callable[[], Iterable[Fact]]

    def print(self, prints: Callable[[Claim], str], judged: Judged, version: str) -> str:
        """What is another as soon as anything is that its facts follow from: claims, judgements, the version of what makes them."""
        known = {c.id for c in self.claims}
        pairs = sorted(f"{verb}:{' '.join(sorted(pair))}" for verb, some in (("same", judged.same), ("different", judged.different))
                       for pair in some if any(s in known or s.startswith("name:") for s in pair))
        told = "\x1f".join((version, self.name, *pairs, *(f"{c.id}={prints(c)}" for c in self.claims)))
        return hashlib.sha256(told.encode()).hexdigest()[:24]
