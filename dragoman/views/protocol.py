"""The order in which offices are named: heads of state, of government, foreign ministers, deputies, ministers, envoys."""

from __future__ import annotations

import re

_HEADS = "president|king|queen|emir|sultan|pope|grand duke|head of state|monarch|emperor|supreme leader|prince|captain regent"
_HOUSES = "senate|national|chamber|court|bank|assembly|parliament|council"
_ORDER = tuple(
    re.compile(p)
    for p in (
        rf"^(?:{_HEADS}|chairm[ae]n of the presidency)\b(?! of (?:the )?(?:{_HOUSES}))",
        r"^(?:prime minister|premier|chancellor|head of government|first minister)\b(?! of (?:justice|the exchequer))",
        r"^minister of (?:foreign|external) affairs\b|^secretary of state\b|^foreign secretary\b",
        r"^(?:first )?(?:deputy|vice)[ -](?:president|prime minister|premier|chancellor)\b",
        rf"^(?:speaker|(?:president|chair\w*) of (?:the )?(?:{_HOUSES}))",
        r"^minister\b|^cabinet secretary|^secretary of\b",
        r"^ambassador|^high commissioner|^permanent representative|^chargé|^consul",
        r"^(?:deputy|vice|first deputy|state secretary|under-?secretary|assistant|parliamentary)\b",
        r"^(?:governor|press secretary|spokes|commissioner|special (?:envoy|representative)|secretary[ -]general)",
        r"^(?:chief of|commander|co-?chair|chair)",
    )
)


def rank(position: str) -> int | None:
    """The place of an office in that order, 0 first; None for offices outside it.

    >>> rank("president"), rank("minister of trade"), rank("analyst")
    (0, 5, None)
    """
    return next((n for n, pattern in enumerate(_ORDER) if pattern.search(position)), None)


def place(position: str) -> int:
    """The place of an office in that order, offices outside it last."""
    found = rank(position)
    return len(_ORDER) if found is None else found
