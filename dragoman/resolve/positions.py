"""Which claims speak of one position: its names, its state or body, and whether one person holds it at a time."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from dragoman.model.claims import Tenure
from dragoman.model.entities import Position
from dragoman.reference import offices_of_states, positions, states
from dragoman.reference.slug import slug


class Key(NamedTuple):
    """What tells positions apart; `body` is an organisation's id or name in plain letters."""

    position: str
    state: str | None
    body: str | None

    @property
    def text(self) -> str:
        """The key as one string."""
        return "|".join(part or "" for part in self)


@cache
def _tables() -> dict[str, Any]:
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    sheet: dict[str, Any] = yaml.load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"), Loader=loader)
    several = "|".join(sorted(map(re.escape, sheet["several"]), key=len, reverse=True))
    sheet["several"] = re.compile(rf"(?:{several})\b(?! of the government)")
    sheet["of_states"] = re.compile(rf"(?:{'|'.join(map(re.escape, sheet['of_states']))})\b")
    sheet["bodies"] = re.compile(rf"(?:the )?(?:\w+ )?(?:{'|'.join(map(re.escape, sheet['bodies']))})\b", re.I)
    sheet["bare"] = frozenset(sheet["bare"])
    return sheet


def canonical(position: str, state: str | None = None) -> str:
    """The name under which a position is kept.

    >>> canonical("Foreign Minister"), canonical("Premier", "KAZ"), canonical("minister for trade")
    ('minister of foreign affairs', 'prime minister', 'minister of trade')
    """
    words = " ".join(position.casefold().split())
    form = positions.forms().get(words.replace("-", " "))
    words = form.name if form and not form.plural and form.state in (None, state) else words
    words = re.sub(r"^((?:deputy |vice |first deputy )?minister) for ", r"\1 of ", words)
    words = re.sub(r"^minister of the (?!interior|environment)", "minister of ", words)
    same: str = _tables()["same"].get(words, words)
    return same if state is None or offices_of_states.possible(same, state) else words


def key(claim: Tenure) -> Key:
    """The position that a claim speaks of."""
    name = canonical(claim.position, claim.state)
    body = claim.organization
    if body and (_tables()["of_states"].match(name) or _is_state(body, claim.state)):
        body = None
    return Key(name, claim.state, (claim.organization_id or slug(body)) if body else None)


def _is_state(body: str, state: str | None) -> bool:
    return state is not None and (states.code(body) == state or bool(_tables()["bodies"].match(body)))


def position_of(where: Key, organization: str | None) -> Position:
    """The position as people read it."""
    return Position(where.position, where.state, organization if where.body else None)


def single(where: Key) -> bool:
    """Whether one person holds the position at a time.

    >>> single(Key("prime minister", "KAZ", None)), single(Key("deputy minister of trade", "KAZ", None)), single(Key("head", "KAZ", None))
    (True, False, False)
    """
    if _tables()["several"].match(where.position):
        return False
    return where.body is not None or (where.state is not None and where.position not in _tables()["bare"])
