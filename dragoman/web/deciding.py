"""Judgements at the desk: what people decided about claims and facts, and facts that follow a new line at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import cast

from fastapi import Request

from dragoman.model.facts import Judgement
from dragoman.model.judging import standing

WAIT = 1.5  # seconds in which what one judgement touches is mostly resolved
VERBS = {"same": "one and the same", "different": "not the same", "reject": "wrong", "accept": "right", "correct": "corrected",
         "note": "noted", "add": "added by hand", "undo": "withdrawn"}


@dataclass(frozen=True, slots=True)
class Lines:
    """Every line that people added, those that stand, which withdrew which, and what was said of each claim, name or judgement."""

    every: tuple[Judgement, ...]
    stand: frozenset[str]
    undone: dict[str, Judgement]
    of: dict[str, list[Judgement]] = field(repr=False)

    def about(self, *subjects: str) -> list[Judgement]:
        """The lines about any of these, in order, each once."""
        return list({j.id: j for s in subjects for j in self.of.get(s, ())}.values())

    def verdict(self, *subjects: str) -> Judgement | None:
        """The last line that stands and decides about any of these."""
        found = [j for j in self.about(*subjects) if j.id in self.stand and j.verb not in ("note", "undo")]
        return found[-1] if found else None

    def decided(self) -> list[str]:
        """The claims that somebody called right, wrong, or corrected."""
        return [s for s in self.of if s.startswith("claim:") and (v := self.verdict(s)) and v.verb in ("accept", "reject", "correct")]

    def pair(self, one: str, other: str) -> Judgement | None:
        """The last line that stands and says whether two are the same."""
        found = [j for j in self.of.get(one, ()) if j.id in self.stand and j.verb in ("same", "different") and other in j.subjects]
        return found[-1] if found else None


def lines(request: Request) -> Lines:
    """What people decided, read anew when the record has changed."""
    state, kept = getattr(request.app.state, "lines", None) or (None, None)
    now = request.app.state.record.state()
    if kept is None or state != now:
        every = tuple(request.app.state.record.judgements(withdrawn=True))
        of: dict[str, list[Judgement]] = defaultdict(list)
        for line in every:
            for subject in line.subjects:
                of[subject].append(line)
        kept = Lines(every, frozenset(j.id for j in standing(every)), _undone(every), of)
        request.app.state.lines = now, kept
    return kept


def _undone(every: Sequence[Judgement]) -> dict[str, Judgement]:
    """The withdrawal of each line that does not stand; a withdrawal can be withdrawn itself."""
    found: dict[str, Judgement] = {}
    for line in reversed(every):
        if line.verb == "undo" and line.id not in found:
            found.update(dict.fromkeys(line.subjects, line))
    return found


def room(request: Request) -> AbstractContextManager[None]:
    """Room to write a line, while facts are being made."""
    resolving = request.app.state.resolving
    return nullcontext() if resolving is None else cast("AbstractContextManager[None]", resolving.room())


def follow(request: Request, line: Judgement) -> None:
    """Have the facts follow a judgement: by the process that resolves, for a moment waited for; else here. Nothing follows a note."""
    if line.verb == "note":
        return
    resolving = request.app.state.resolving
    if resolving is not None:
        resolving.soon(WAIT)
    else:
        request.app.state.record.catch_up()
