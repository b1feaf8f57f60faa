"""The office of the person who stands for a side of an event, as held on its day."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dragoman.model import time
from dragoman.model.claims import ActorRef
from dragoman.model.offices import Chain, Occupancy

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
BEFORE = frozenset(("minister", "president", "premier", "chancellor", "secretary", "ambassador", "speaker", "king", "queen"))  # a surname


class Titles:
    """Who held an office of a state, by the last word of the name, for looking up the person whom a mention names."""

    def __init__(self, chains: Iterable[Chain]) -> None:
        self._held: dict[tuple[str | None, str], list[tuple[Occupancy, list[str]]]] = {}
        for chain in chains:
            for one in (o for o in chain.occupancies if o.modality == "actual"):
                for name in one.person.names or (one.person.name or "",):
                    if words := _WORD.findall(name):
                        self._held.setdefault((chain.position.state, words[-1]), []).append((one, words))

    def of(self, actor: ActorRef | None, day: str) -> str:
        """The offices held on a day by the person whose name ends the mention; "" where that is nobody, or may be one of several."""
        words = _WORD.findall(actor.mention or "") if actor and actor.state else []
        if actor is None or not words:
            return ""
        surname = len(words) == 1 or words[-2].casefold() in BEFORE
        known = self._held.get((actor.state, words[-1]), ())
        held = [one for one, name in known if (surname or words[-len(name) :] == name) and _on(one, day)]
        return "; ".join(dict.fromkeys(one.position.name for one in held)) if len({one.person.id for one in held}) == 1 else ""


def _on(one: Occupancy, day: str) -> bool:
    """Whether a day lies between the first and the last that documents tell of."""
    first = [d for edtf in (one.since, *one.observed) if edtf and (d := time.parse(edtf).first)]
    last = [d for edtf in (one.until, *one.observed) if edtf and (d := time.parse(edtf).last)]
    return bool(first and last) and min(first).isoformat() <= day <= max(last).isoformat()
