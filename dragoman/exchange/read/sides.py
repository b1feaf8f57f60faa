"""The two sides of an event in others' data, as actors."""

from __future__ import annotations

from dragoman.exchange.read.sheet import Line, Sheet
from dragoman.exchange.read.taking import Taking
from dragoman.model.claims import ActorRef
from dragoman.reference import plover, states


class Unknown(Exception):
    """A code that stands for nobody known; the row's problem is noted."""


def actor(sheet: Sheet, line: Line, taking: Taking, code: str, name: str, body: str | None = None, position: str = "") -> ActorRef | None:
    """A state, an organisation (`body` is its id) or a name; None where there is nobody.

    Raises:
      Unknown: the code is of no state, organisation or region.
    """
    state = plover.iso(code) if code else ""
    words = " ".join(name.split()) or None
    if body:
        return ActorRef(words, words, body, None, position or None)
    if states.short_name(state):
        alone = not words or states.code(words) == state
        return ActorRef(words, state if alone else words, f"state:{state}" if alone else None, state, position or None)
    if code and not plover.region(code):
        taking.unknown(sheet, line, "actor", code)
        raise Unknown
    return ActorRef(words, words, None, None, position or None) if words else None
