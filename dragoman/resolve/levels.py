"""How high a contact is: by the office of those who take part."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from dragoman.model.claims import ActorRef
from dragoman.model.meetings import Meeting
from dragoman.resolve import contact_sides, positions

LEVELS = ("head of state or government", "minister", "other")
_MINISTER = re.compile(
    r"^(?:(?:deputy|vice|first deputy) (?:prime minister|premier|chancellor|president)|vice-(?:president|premier)|first vice-president|"
    r"coordinating minister|minister|state minister|cabinet secretary|foreign secretary|high representative|attorney general|"
    r"secretary of (?:state|the treasury|foreign|defen[cs]e|trade|commerce|energy))\b(?!-counsellor| counsellor)"
)
_ASIDE = re.compile(
    r"\bof (?:the )?(?:senate|chamber|assembly|parliament|national assembly|house|bank|court|board|company|council|university|union)\b"
)


@lru_cache(maxsize=8192)
def of_office(position: str | None, state: str | None = None) -> str:
    """The level of an office.

    >>> of_office("president"), of_office("minister of trade"), of_office("president of the senate"), of_office(None)
    ('head of state or government', 'minister', 'other', 'other')
    """
    if not position or _ASIDE.search(position):
        return LEVELS[2]
    name = positions.canonical(position, state)
    if contact_sides.kinds(name) & {"head of state", "head of government"}:
        return LEVELS[0]
    return LEVELS[1] if _MINISTER.match(name) else LEVELS[2]


def of(people: Iterable[ActorRef]) -> str:
    """The level of a contact: the lower of the highest on either side, as far as both are named."""
    best: dict[str | None, int] = {}
    for p in people:
        level = LEVELS.index(of_office(p.position or _said(p.mention), p.state))
        best[p.state] = min(level, best.get(p.state, level))
    return LEVELS[max(best.values(), default=2)]


def _said(mention: str | None) -> str | None:
    return contact_sides.plural_office(mention) if mention else None


def of_meeting(meeting: Meeting) -> str:
    """The level of a contact; a visit has that of the guest."""
    return of(meeting.participants)
