"""How likely two claims speak of one agreement: by title, type, parties and the dates of its stages; None where they cannot."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from dragoman.model import time
from dragoman.model.claims import Agreement
from dragoman.model.instruments import STAGES
from dragoman.reference import states
from dragoman.resolve.grouping import Likeness

DONE = frozenset(("signed", "adopted"))
BASE, TITLE, DATE, BARE = 0.35, 0.45, 0.30, 0.55
LIGHT = 0.3  # what a word weighs that half of all titles have
NEAR, SAME_EVENT = 31, 7  # days between two dates of signature of one agreement: at most, and without a doubt
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NUMBER = re.compile(r"\b(\d{1,3})(?:st|nd|rd|th)\b|\bNo\.? ?(\d{1,3})\b")
_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion", "ies", "ed", "es", "s", "y", "e", "al")


class Paper(NamedTuple):
    """One claim of an agreement as it is compared; days as ordinals.

    words   stem -> weight of the words that tell it from others; none for "the treaty"
    years   and numbers in the title
    bodies  names of parties that are no states
    """

    claim: Agreement
    stage: str
    words: dict[str, float]
    years: frozenset[str]
    bodies: frozenset[str]
    first: int | None
    last: int | None
    asserted: int | None


@cache
def _tables() -> dict[str, Any]:
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    sheet: dict[str, Any] = yaml.load(Path(__file__).with_name("instruments.yml").read_text(encoding="utf-8"), Loader=loader)
    sheet["empty"] = frozenset(sheet["types"]) | frozenset(sheet["empty"])
    sheet["light"] = frozenset(map(_stem, sheet["light"]))
    sheet["alike"] = frozenset(map(frozenset, sheet["alike"]))
    return sheet


def paper(claim: Agreement) -> Paper:
    """A claim with what it is compared by."""
    days = time.parse(claim.date) if claim.date and time.is_edtf(claim.date) else None
    told = time.parse(claim.asserted) if claim.asserted and time.is_edtf(claim.asserted) else None
    stage = {"planned": "planned", "possible": "planned", "denied": "denied"}.get(claim.modality, claim.action)
    return Paper(
        claim,
        stage,
        _words(claim.title),
        frozenset(_YEAR.findall(claim.title)) | frozenset("".join(n) for n in _NUMBER.findall(claim.title)),
        frozenset((p.name or p.mention or "").casefold() for p in claim.parties if not (p.state or states.code(p.name or ""))) - {""},
        days.first.toordinal() if days and days.first else None,
        days.last.toordinal() if days and days.last else None,
        told.last.toordinal() if told and told.last else None,
    )


@cache
def _words(title: str) -> dict[str, float]:
    found = {}
    for word in _WORD.findall(title.casefold()[:300]):
        word = _tables()["same"].get(word, word)
        if len(word) > 1 and word not in _tables()["empty"] and not states.code(word):
            stem = _stem(word)
            found[stem] = LIGHT if stem in _tables()["light"] else 1.0
    return found


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def likeness(one: Paper, other: Paper) -> Likeness | None:
    """What speaks for two claims being about one agreement."""
    if one.years and other.years and not one.years & other.years:
        return None
    if one.bodies and other.bodies and not _share(one.bodies, other.bodies):
        return None
    same_type = one.claim.type == other.claim.type
    title = _titles(one, other)
    if not same_type and frozenset((one.claim.type, other.claim.type)) not in _tables()["alike"] and (title or 0) < 0.9:
        return None
    if _listed(one, other, title):
        return None
    date = _dates(one, other, title)
    if date is None or (title is not None and title == 0 and date[0] < 1):
        return None
    if title is None:
        if not same_type:
            return None
        return Likeness(round(BARE + DATE * date[0], 3), ("same type, same parties", date[1]))
    value = min(BASE + TITLE * title + DATE * date[0], 0.99)
    said = "same title" if title > 0.95 else "the titles share what matters" if title > 0.5 else "the titles share little"
    return Likeness(round(value, 3), (said, date[1]))


def _share(one: frozenset[str], other: frozenset[str]) -> bool:
    return any(a in b or b in a for a in one for b in other)


def _titles(one: Paper, other: Paper) -> float | None:
    """0 to 1; None where one title is the bare type."""
    if not one.words or not other.words:
        return None
    common = sum(min(one.words[w], other.words[w]) for w in one.words.keys() & other.words.keys())
    a, b = sum(one.words.values()), sum(other.words.values())
    value = 0.6 * common / min(a, b) + 0.4 * common / (a + b - common)
    return value if min(a, b) >= 0.9 else value * 0.7  # "cooperation" alone tells little


def _listed(one: Paper, other: Paper, title: float | None) -> bool:
    """Whether one document tells of both at the same stage under different names, as two of a list."""
    if one.claim.document != other.claim.document:
        return False
    return one.stage == other.stage and (title is None or title < 0.75)


def _dates(one: Paper, other: Paper, title: float | None) -> tuple[float, str] | None:
    """0 to 1 with the reason; None where the dates make two agreements of them."""
    done = one.stage in DONE and other.stage in DONE
    if one.first is None or one.last is None or other.first is None or other.last is None:
        near = one.asserted is not None and other.asserted is not None and abs(one.asserted - other.asserted) <= NEAR
        if title is None and not near and one.claim.document != other.claim.document:
            return -1.0, "nothing tells them apart"
        return (0.6, "told at about the same time") if near else (0.35, "one gives no date")
    gap = max(one.first - other.last, other.first - one.last)
    if one.stage == other.stage or done:
        if gap <= 0:
            wide = max(one.last - one.first, other.last - other.first)
            return (1.0, "same day") if wide <= 4 else (0.7, "the dates agree")
        if one.stage in ("planned", "negotiated"):
            return 0.4, "another date"
        if gap <= SAME_EVENT:
            return (0.6 if gap <= 3 else 0.4), "the dates are a day apart" if gap == 1 else f"the dates are {gap} days apart"
        return (0.1, "the dates differ") if gap <= NEAR and title is not None else None  # two of one type
    early, late = sorted((one, other), key=lambda p: STAGES.index(p.stage) if p.stage in STAGES else 0)
    if early.stage in STAGES and early.first is not None and late.last is not None and early.first > late.last:
        return None  # ratified before it was signed: another one of that name
    if title is None and abs((early.last or 0) - (late.first or 0)) > 3 * 366:
        return None
    return 0.5, "one stage after the other"
