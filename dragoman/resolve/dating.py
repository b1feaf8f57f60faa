"""The days between which a document without a date was written: by its own words, and by the offices that it gives to persons."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from dragoman.model import time
from dragoman.model.claims import Claim, Tenure
from dragoman.model.dating import Dated, Reason
from dragoman.model.documents import Document
from dragoman.model.offices import Chain, Occupancy
from dragoman.reference import states
from dragoman.resolve import offices, positions, spelling
from dragoman.resolve.spells import days_of

YEAR = dt.timedelta(days=366)
_YEAR = re.compile(r"(?<![\d.,$€£-])(?:1[89]|20)\d\d(?![\d%]|,\d|\.\d)")
_END = re.compile(r"[.!?](?=\s|$)|\n")
_LAST_YEAR = re.compile(r"\b[Ll]ast year\b")
LONGEST = 2000  # characters of a sentence that is looked at
_CLAUSE = re.compile(r"[;:,(—–]|\b(?:and|but|which|who|while|whose|that|when|where)\b")
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = rf"(?:(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:{_MONTH})(?: \d{{1,2}})? )?"
_IN = re.compile(rf"\b(?:[Ii]n|[Ss]ince|[Oo]n|of|during|late|early|mid) (?:the (?:year|spring|summer|autumn|winter) (?:of )?)?{_DAY}$")
_BEGINS = re.compile(rf"\W*(?:In|Since|On|Already in|Back in|By contrast in) (?:late |early |mid-)?{_DAY}")
_AHEAD = re.compile(rf"\b(?:by|until|before|in|from|of|through|on) (?:the )?(?:end of |beginning of |middle of |late |early |mid-)?{_DAY}$")
_BY = re.compile(r"\b(?:[Bb]y|[Bb]efore|[Uu]ntil) (?:the )?(?:end of |beginning of |middle of |late |early |mid-)?$")
_WILL = re.compile(r",? (?:[\w’']+ ){1,4}(?:will|shall)\b")
_WAS = re.compile(r"\b(?:was|were|had)\b")
_SAME = ("same", "variant", "part", "initials", "surname")


@cache
def _tables() -> dict[str, Any]:
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    sheet: dict[str, Any] = yaml.load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"), Loader=loader)
    words = {k: re.compile(rf"\b(?:{'|'.join(map(re.escape, sheet[k]))})\b", re.I) for k in ("ahead", "past", "planned", "against")}
    return words | {"new": re.compile("|".join(sheet["new"]), re.I)}


def date(document: Document, claims: Sequence[Claim], chains: Sequence[Chain]) -> Dated | None:
    """When a document without a date was written; None where nothing bounds it.

    claims   those of the document
    chains   of the states that it names, from all documents
    """
    own = [*_told(document), *_dates(claims)]
    found = [*own, *_offices(document, claims, chains)]
    if not found:
        return None
    bounds = _bounds(found)
    giving = [r for r in found if (r.first and r.first == bounds[0]) or (r.last and r.last == bounds[1])]
    once = list({(r.first, r.last, r.text): r for r in (*giving, *found)}.values())
    return Dated(_edtf(*bounds), _edtf(*_bounds(own)), tuple(once))


def _bounds(reasons: Sequence[Reason]) -> tuple[dt.date | None, dt.date | None]:
    return max((r.first for r in reasons if r.first), default=None), min((r.last for r in reasons if r.last), default=None)


def _edtf(first: dt.date | None, last: dt.date | None) -> str | None:
    """Days as EDTF, whole years as years.

    >>> _edtf(dt.date(2024, 1, 1), dt.date(2027, 12, 31)), _edtf(None, dt.date(2024, 3, 5))
    ('2024/2027', '../2024-03-05')
    """
    if (first is None and last is None) or (first and last and first > last):
        return None
    one = "" if first is None else f"{first:%Y}" if (first.month, first.day) == (1, 1) else first.isoformat()
    other = "" if last is None else f"{last:%Y}" if (last.month, last.day) == (12, 31) else last.isoformat()
    whole = (len(one) == 4 or not one) and (len(other) == 4 or not other)
    if one and other and not whole and first and last:
        one, other = first.isoformat(), last.isoformat()
    return one if one == other else f"{one or '..'}/{other or '..'}"


def _told(document: Document) -> Iterator[Reason]:
    """What the text's own years tell."""
    start = 0
    for end in [*(m.end() for m in _END.finditer(document.text)), len(document.text)]:
        if end - start < LONGEST:
            for m in _YEAR.finditer(document.text, start, end):
                yield from _year(document, m, start, end)
        start = end


def _year(document: Document, m: re.Match[str], start: int, end: int) -> Iterator[Reason]:
    """What one year of a sentence bounds: its clause has it as past or as still to come, or says neither."""
    text, year = document.text, int(m[0])
    evidence = document.evidence(start, end)
    left = max((b.end() for b in _CLAUSE.finditer(text, start, m.start())), default=start)
    behind = text[m.end() : min(end, m.end() + 60)]
    clause = text[left : m.start()]
    if _ahead(clause, behind):
        yield Reason(f"It speaks of {year} as still to come.", evidence, last=dt.date(year, 12, 31))
    elif _over(clause, behind):
        yield Reason(f"It speaks of {year} as begun or past.", evidence, first=dt.date(year, 1, 1))
        last = _LAST_YEAR.search(text, start, m.start())
        if last and _tables()["against"].search(text, last.end(), m.start()):
            yield Reason(
                f"It compares last year with {year}, so last year is {year + 1} at the earliest.", evidence, first=dt.date(year + 2, 1, 1)
            )


def _ahead(clause: str, behind: str) -> bool:
    """Whether a clause up to its year, or the words behind it, tell of what is still to come."""
    ahead = list(_tables()["ahead"].finditer(clause)) if _AHEAD.search(clause) else []
    return (bool(ahead) and not _WAS.search(clause, ahead[-1].end())) or bool(_BY.search(clause) and _WILL.match(behind))


def _over(clause: str, behind: str) -> bool:
    """Whether a clause up to its year, or one that begins with it, tells of what has been."""
    if not _IN.search(clause):
        return False
    verbs = list(_tables()["past"].finditer(clause))
    if verbs:
        return not _tables()["planned"].search(clause)
    return bool(_BEGINS.fullmatch(clause)) and bool(_tables()["past"].search(behind)) and not _tables()["planned"].search(behind)


def _dates(claims: Sequence[Claim]) -> Iterator[Reason]:
    """Days that claims give to what has happened."""
    for claim in claims:
        told = (getattr(claim, name, None) for name in ("date", "since"))
        for edtf in told if claim.modality == "actual" and claim.kind in ("contact", "agreement", "tenure", "event") else ():
            if edtf and time.is_edtf(edtf) and not edtf.startswith("..") and (first := days_of(edtf).first):
                yield Reason(f"It tells of {edtf} as past.", claim.evidence[0], first=first, claims=(claim.id,))


def _offices(document: Document, claims: Sequence[Claim], chains: Sequence[Chain]) -> Iterator[Reason]:
    """The time in office of those whom the text names in it."""
    own = {c.id for c in claims}
    for claim in claims:
        if not isinstance(claim, Tenure) or claim.modality != "actual" or claim.since or claim.until or claim.date:
            continue
        where, name = positions.key(claim), spelling.name(claim.person.name or claim.person.mention or "")
        for chain in chains:
            if (
                chain.position.state != where.state
                or chain.position.name != where.position
                or bool(chain.position.organization) != bool(where.body)
            ):
                continue
            told = [f for f in chain.occupancies if f.modality == "actual" and not set(f.claims) <= own]
            held = [f for f in told if any(spelling.compare(name, spelling.name(n)).kind in _SAME for n in f.person.names)]
            if len({f.person.id for f in held}) == 1:
                yield from _of_holder(document, claim, held, told if chain.single else held)


def _of_holder(document: Document, claim: Tenure, held: Sequence[Occupancy], told: Sequence[Occupancy]) -> Iterator[Reason]:
    """The bounds that one holder gives; where no document states them, those before and after him do."""
    who, post = held[0].person.name, claim.position
    first, last = held[0], held[-1]
    begins, ends = offices.beginning(first), offices.ending(last)
    if claim.change == "left":
        if ends and ends.first:
            yield Reason(
                f"It calls {who} former {post}, who left in {last.until}.", claim.evidence[0], ends.first, claims=last.ends[0].claims
            )
        return
    since = f"{who} is {post} since {first.since}" if begins else ""
    if begins and begins.first:
        yield Reason(f"It has {who} as {post}, and {since}.", claim.evidence[0], begins.first, claims=first.starts[0].claims)
        if _called_new(document, claim) and len(held) == 1 and begins.last:
            until = dt.date(begins.first.year, 12, 31) if (begins.last - begins.first).days > 31 else begins.last + YEAR
            yield Reason(
                f"It calls {who} new in office, and {since}: so it is of that first year.",
                claim.evidence[0],
                None,
                until,
                first.starts[0].claims,
            )
    elif before := [f for f in told if f.person.id != first.person.id and offices.extent(f) < offices.extent(first) and offices.ending(f)]:
        gone = offices.ending(before[-1])
        yield Reason(
            f"It has {who} as {post}, after {before[-1].person.name}.",
            claim.evidence[0],
            gone.first if gone else None,
            claims=before[-1].claims,
        )
    if ends and ends.last:
        yield Reason(f"It has {who} as {post}, who left in {last.until}.", claim.evidence[0], None, ends.last, last.ends[0].claims)
    elif after := _next(told, last):
        yield Reason(f"It has {who} as {post}, before {after[0].person.name}.", claim.evidence[0], None, after[1], after[0].claims)


def _next(told: Sequence[Occupancy], last: Occupancy) -> tuple[Occupancy, dt.date] | None:
    """Who came after a holder, with the latest day on which he came."""
    reached = offices.extent(last)[1]
    for fact in told:
        begins = offices.beginning(fact)
        if fact.person.id != last.person.id and reached and begins and begins.first and begins.last and begins.first > reached:
            return fact, begins.last
    return None


def _called_new(document: Document, claim: Tenure) -> bool:
    """Whether the text calls the holder new: "Peru's new trade minister" of a Peruvian one, "the new minister, Zárate" of Zárate."""
    words = r"\W+".join(re.escape(w) for w in claim.position.split()[:3])
    state = states.table().get(claim.state or "")
    known = (*state.names, *state.demonyms, *(c.name for c in state.capitals)) if state else ()
    surname = (claim.person.name or "").split()[-1:]
    for m in re.finditer(rf"\b{words}\b", document.text, re.I):
        before, after = document.text[max(0, m.start() - 60) : m.start()], document.text[m.end() : m.end() + 40]
        if _tables()["new"].search(before) and (any(n in before for n in known) or any(n in after for n in surname)):
            return True
    return False
