"""Claims that people write or correct: their fields checked against the claim contract before anything rests on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import msgspec

from dragoman.model import time
from dragoman.model.claims import KINDS, Claim

BY_HAND = "by hand"  # the `extractor` of a claim that a person added
FIXED = frozenset({"document", "evidence", "extractor", "rules", "confidence", "part_of", "asserted", "attribution"})
DATES = frozenset({"date", "since", "until", "period", "base_period", "deadline"})
STATES = frozenset({"state", "host", "reporter", "counterpart", "sending", "receiving"})
MODALITIES = ("actual", "planned", "possible", "denied")
# fields that take one of a few words, as the contract lists them; a field that is not here is free
CHOICES: dict[tuple[str, str], tuple[str, ...]] = {
    ("contact", "mode"): ("meeting", "call", "talks", "visit", "summit", "forum", "video", "letter"),
    ("contact", "visit_type"): ("state", "official", "working", "private"),
    ("tenure", "change"): ("holds", "appointed", "reappointed", "elected", "reelected", "left"),
    ("biography", "property"): ("born", "birthplace", "education", "career"),
    ("figure", "measure"): ("level", "change", "share", "rank"),
    ("figure", "modifier"): ("about", "more than", "at least", "less than", "up to", "nearly", "exactly"),
    ("commitment", "status"): ("announced", "agreed", "under way", "done", "missed", "dropped"),
    ("agreement", "type"): ("treaty", "declaration", "memorandum", "programme", "contract", "roadmap", "other"),
    ("agreement", "action"): ("signed", "adopted", "ratified", "in force", "negotiated", "planned"),
    ("membership", "role"): ("member", "founding member", "observer", "partner", "candidate", "chair"),
    ("mission", "type"): ("embassy", "consulate general", "consulate", "trade mission"),
}


def checked(row: Mapping[str, Any]) -> Claim:
    """The claim of a contract line, each field of the right type, dates as EDTF, words out of the contract's lists.

    Raises:
      ValueError: a field does not fit; the message names it.
    """
    kind = str(row.get("kind"))
    if kind not in KINDS:
        raise ValueError(f"no kind {kind!r}; there are {', '.join(sorted(KINDS))}")
    cls: Any = KINDS[kind]
    known = {f.name for f in fields(cls)}
    if unknown := sorted(set(row) - known - {"kind", "schema", "id", "file", "files"}):
        raise ValueError(f"a {kind} has no field {unknown[0]!r}")
    try:
        made: Claim = msgspec.convert({name: value for name, value in row.items() if name in known}, cls)
    except msgspec.ValidationError as error:
        raise ValueError(f"the {kind} is not whole: {error}") from error
    for name in known:
        _fits(kind, name, getattr(made, name))
    if not made.evidence:
        raise ValueError("a claim needs the words that it rests on")
    return made


def corrected(claim: Claim, value: Mapping[str, Any]) -> Claim:
    """A claim with the right values of some fields; its words, source and id stay as they are.

    Raises:
      ValueError: a field cannot be corrected, or does not take the value.
    """
    if fixed := sorted(set(value) & (FIXED | {"id", "kind", "schema", "file", "files"})):
        raise ValueError(f"{fixed[0]!r} belongs to the claim itself and cannot be corrected; reject it and add another")
    made = checked(claim.as_json("") | dict(value))
    made.__dict__["id"] = claim.id  # a claim stays itself, whatever its fields should say
    return made


def _fits(kind: str, name: str, value: Any) -> None:
    if value is None:
        return
    if name in DATES and not time.is_edtf(value):
        raise ValueError(f"{name}: {str(value)[:60]!r} is no date; write 2024, 2024-05 or 2024-05-14")
    if name == "modality" and value not in MODALITIES:
        raise ValueError(f"modality: {value[:60]!r} is none of {', '.join(MODALITIES)}")
    some = CHOICES.get((kind, name))
    if some and value not in some:
        raise ValueError(f"{name}: {str(value)[:60]!r} is none of {', '.join(some)}")
    if name in STATES and not (len(value) == 3 and value.isascii() and value.isupper()):
        raise ValueError(f"{name}: {value[:60]!r} is no ISO code of a state, such as KAZ")
