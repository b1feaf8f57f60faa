"""Which states a document is about, and which of them it calls "our country"."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from dragoman.model.annotations import AnnotatedText, MentionType
from dragoman.model.documents import Zone

WEIGHT = {MentionType.STATE: 2.0, MentionType.DEMONYM: 1.5, MentionType.PLACE: 0.5, MentionType.ORGANIZATION: 0.5}
TITLE = 3.0  # a state named in a heading weighs more than one in passing
_OFFICE = re.compile(
    r"\b(?:Ministry|Department of|Office of|Presidency|Press (?:Service|Office)|State House|Royal Court|Secretariat|Spokesperson"
    r"|Federal Chancellery|"
    r"Prime Minister's Office|Government House|Information Service)\b"
)
ENOUGH = 0.12  # of the weight of all states


def find(text: AnnotatedText) -> dict[str, Any]:
    """`parties`, the states most named first, and `home`, the state whose office or outlet speaks."""
    weights: defaultdict[str, float] = defaultdict(float)
    for m in text.mentions:
        if m.state and m.type in WEIGHT:
            zone = text.document.zone_at(m.start)
            weights[m.state] += WEIGHT[m.type] * (TITLE if zone is Zone.HEADING else 1.0)
    total = sum(weights.values())
    parties = tuple(s for s, w in sorted(weights.items(), key=lambda pair: -pair[1])[:6] if w >= ENOUGH * total)
    return {"parties": parties, "home": _home(text, parties)}


def _home(text: AnnotatedText, parties: tuple[str, ...]) -> str | None:
    """The state of the letterhead or outlet, else of the dateline's place when it is one of the parties."""
    document = text.document
    for m in text.mentions:
        if m.state and m.type in (MentionType.STATE, MentionType.DEMONYM, MentionType.ORGANIZATION):
            if document.zone_at(m.start) is Zone.METADATA:
                return m.state
            if document.outlet and m.end <= 400 and m.text in document.outlet:
                return m.state
        if m.start > 600:
            break
    for m in text.mentions:
        if m.type in (MentionType.PLACE, MentionType.STATE) and m.state in parties and document.place and m.text in document.place:
            return m.state
    if document.place and _OFFICE.search(text.text, 0, 300):
        for m in text.mentions:
            if m.start > 600:
                break
            if m.type in (MentionType.PLACE, MentionType.STATE) and m.state and m.text in document.place:
                return m.state  # "Ministry of External Relations ... Windhoek, 4 June": it need not name its own state
    return None
