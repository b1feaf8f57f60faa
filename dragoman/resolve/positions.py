"""Which claims speak of one position: its names, its state or body, and whether one person holds it at a time."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from dragoman.model.claims import Tenure
from dragoman.model.entities import Position
from dragoman.reference import offices_of_states, organizations, positions, states
from dragoman.reference.slug import slug

_PART = re.compile(
    r"(?:, (?:and )?| and )(?=(?:head|chair\w*|co-chair\w*|leader|(?:first )?deputy|vice|minister|president|ambassador|director)\b)"
)
_OF_BODY = re.compile(
    r"(?P<post>[\w -]{3,40}?) (?:of|at) (?:the |its )?(?:\w+ (?:part|side|section) of (?:the )?)?"
    r"(?P<body>[A-Z].{2,120})"
)


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
    sheet["bodies"] = re.compile(rf"\b(?:the )?(?:\w++ )?(?:{'|'.join(map(re.escape, sheet['bodies']))})\b", re.I)
    sheet["commissions"] = re.compile(rf"\b(?:{'|'.join(sheet['commissions'])})\b", re.I)
    sheet["joint"] = re.compile(rf"\b(?:{'|'.join(sheet['joint'])})\b", re.I)
    sheet["apart"] = {group: re.compile(pattern) for group, pattern in sheet["apart"].items()}
    sheet["bare"], sheet["heads"] = frozenset(sheet["bare"]), frozenset(sheet["heads"])
    return sheet


@lru_cache(maxsize=16384)
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
    head, to, receiving = words.partition(" to ")
    if to and (code := states.code(receiving)):  # "ambassador to the Kingdom of Morocco"
        words = f"{head} to {(states.short_name(code) or receiving).casefold()}"
    same: str = _tables()["same"].get(words, words)
    return same if state is None or offices_of_states.possible(same, state) else words


def key(claim: Tenure) -> Key:
    """The position that a claim speaks of."""
    name = canonical(claim.position, claim.state)
    body = claim.organization
    if body and (_tables()["of_states"].match(name) or _is_state(body, claim.state)):
        body = None
    if body and name in _tables()["heads"] and claim.state and _tables()["commissions"].search(body):
        name = "chair"
    return Key(name, claim.state, (claim.organization_id or slug(body)) if body else None)


@lru_cache(maxsize=16384)
def group(position: str) -> str | None:
    """Whether a post is one of the government at home or one abroad; nobody is taken to hold both at once."""
    return next((name for name, pattern in _tables()["apart"].items() if pattern.fullmatch(position)), None)


def base(position: str, known: Collection[str]) -> str:
    """The shortest of the known names of a ministry that a wider one begins with.

    >>> base("minister of trade and industry", {"minister of trade", "minister of finance"})
    'minister of trade'
    """
    if not position.startswith("minister of "):
        return position
    return min((k for k in known if position == k or position.startswith((f"{k} and ", f"{k}, "))), key=len, default=position)


class Asked(NamedTuple):
    """One reading of a question: a position, of a state, of a body, or of a state's part of a body."""

    position: str
    state: str | None
    body: str | None

    def means(self, position: Position) -> bool:
        """Whether a position is the one asked for; a wider portfolio that begins with it, or is its beginning, is."""
        if (self.body is None and self.state != position.state) or (self.body and self.state and position.state not in (None, self.state)):
            return False
        if self.body and not (position.organization and same_body(self.body, position.organization)):
            return False
        if self.body and {self.position, position.name} <= _tables()["heads"]:
            return True
        return self.position == position.name or _wider(self.position, position.name)


def _wider(one: str, other: str) -> bool:
    """Whether one ministry's name begins with the other's."""
    return base(one, (other,)) == other or base(other, (one,)) == one


def asked(position: str, place: str | None) -> list[Asked]:
    """The readings of a question, the likeliest first.

    place  a state's ISO code, or the name of a body

    >>> asked("head of the Uzbek part of the Joint Commission", "UZB")[1]
    Asked(position='head', state='UZB', body='Joint Commission')
    """
    code = place.upper() if place and place.upper() in states.table() else None
    body = place if place and not code else None
    out = [Asked(canonical(position, code), code, body)]
    parts = [p for p in _PART.split(position) if p]
    for part in reversed(parts):
        m = _OF_BODY.fullmatch(part)
        if m:
            out.append(Asked(canonical(m["post"], code), code, m["body"]))
        elif len(parts) > 1:
            out.append(Asked(canonical(part, code), code, body))
    return out


@lru_cache(maxsize=16384)
def same_body(one: str, other: str) -> bool:
    """Whether two names are one body's: spelt alike, an acronym of the other, or the other in short.

    >>> same_body("BBA", "Binational Border Agency"), same_body("Bank", "World Bank")
    (True, False)
    >>> same_body("Joint Commission", "Joint Commission on Trade")
    True
    """
    a, b = (_body_words(n) for n in (one, other))
    found = organizations.find(one), organizations.find(other)
    if a == b or (found[0] is not None and found[0] == found[1]):
        return True
    if any(short.isupper() and short == "".join(w[0] for w in long).upper() for short, long in ((one, b), (other, a))):
        return True
    return min(len(a), len(b)) >= 2 and (set(a) <= set(b) or set(b) <= set(a))


@lru_cache(maxsize=4096)
def _body_words(name: str) -> tuple[str, ...]:
    return tuple(w for w in slug(name).split("-") if w not in ("the", "of", "for", "and", "on", "in"))


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
    if _tables()["several"].match(where.position) or (where.body and joint(where.body)):
        return False
    return where.body is not None or (where.state is not None and where.position not in _tables()["bare"])


def joint(body: str) -> bool:
    """Whether a body is one that several states have a part in, such as an intergovernmental commission."""
    return bool(_tables()["joint"].search(body))
