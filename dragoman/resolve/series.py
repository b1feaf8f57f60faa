"""Figures put into series by what they count: indicator, parties or direction, unit, measure; each claim is one point of one series."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import NamedTuple

import yaml

from dragoman.model import time
from dragoman.model.claims import Amount, Claim, Figure, Statement
from dragoman.model.facts import Fact, Judged, Part
from dragoman.model.series import Converted, Point, Series
from dragoman.reference import states
from dragoman.resolve.series_bounds import bounds

READS: tuple[str, ...] = ("figure", "statement")
MAKES: tuple[type[Fact], ...] = (Series,)

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_WHOLE = re.compile(
    r"\bof\s(?:the |this |that |its |their |our |all )?(?:total |mutual |bilateral |overall |whole )?(trade|turnover|exports|imports)\b"
)
TRADE = frozenset(("trade_turnover", "exports", "imports"))
_WHOLES = {"trade": "trade_turnover", "turnover": "trade_turnover", "exports": "exports", "imports": "imports"}
_NOTE = 160  # code points of a reason
_SOON = 300  # code points within which a reason is told behind the figures that it is about


class Key(NamedTuple):
    """What a series counts; see the fields of Series."""

    indicator: str
    parties: tuple[str, ...]
    directed: bool
    unit: str
    measure: str
    target: bool
    part: str


class _Words(NamedTuple):
    sorts: dict[str, str]
    parts: frozenset[str]
    idle: frozenset[str]
    reasons: tuple[re.Pattern[str], ...]


@cache
def _words() -> _Words:
    path = Path(__file__).with_suffix(".yml")
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return _Words(dict(data["sorts"]), frozenset(data["parts"]), frozenset(data["idle"]),
                  tuple(re.compile(r, re.I) for r in data["reasons"]))


def blocks(claim: Claim, parties: Sequence[str] = ()) -> tuple[str, ...]:
    """The set of parties of a figure: "KAZ+RUS"; none where the text names nobody. A reason given goes with the pair of its document."""
    if isinstance(claim, Statement):
        return ("+".join(sorted(parties[:2])),) if parties and _reason(claim.text) else ()
    parties = _parties(claim) if isinstance(claim, Figure) else ()
    return ("+".join(parties),) if parties else ()


def parts(block: str, claims: Sequence[Claim], judged: Judged) -> Iterator[Part]:
    """What is reckoned with together: figures of one indicator and part of the whole; of trade both directions and the turnover.

    What speakers give as reasons goes with all figures of its document.
    """
    figures: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    reasons: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if isinstance(claim, Figure):
            what = key(claim)
            figures["trade" if what.indicator in TRADE else what.indicator, what.part].append(claim)
        else:
            reasons[claim.document].append(claim)
    for (indicator, of), some in sorted(figures.items()):
        told = [*some, *(r for document in dict.fromkeys(c.document for c in some) for r in reasons.get(document, ()))]
        yield Part(f"{indicator} {of}", told, partial(resolve, block, told, judged))


def resolve(block: str, claims: Sequence[Claim], judged: Judged) -> Iterator[Fact]:
    """The series of a set of parties, in order of what they count."""
    figures = [c for c in claims if isinstance(c, Figure)]
    apart = _apart({c.id for c in figures}, judged)
    found: dict[Key, list[Point]] = defaultdict(list)
    given = _given([c for c in claims if isinstance(c, Statement)], figures)
    for claim in figures:
        point = _point(claim, apart.get(claim.id, ()))
        found[key(claim)].append(point if point.note or claim.id not in given else replace(point, note=given[claim.id]))
    for what in sorted(found):
        points = tuple(sorted(found[what], key=lambda p: (p.period or "9", p.asserted or "9", p.claim)))
        yield Series(
            claims=tuple(sorted(p.claim for p in points)),
            states=tuple(sorted(p for p in what.parties if len(p) == 3 and p.isupper())),
            indicator=what.indicator,
            parties=what.parties,
            directed=what.directed,
            sort=_words().sorts.get(what.indicator, "count"),
            unit=what.unit,
            measure=what.measure,
            target=what.target,
            part=what.part or None,
            points=points,
        )


def key(claim: Figure) -> Key:
    """What a figure counts; the imports of one state from another are the other's exports to it, seen from the other side."""
    parties, directed, indicator = _parties(claim), False, claim.indicator
    if indicator in ("exports", "imports") and claim.reporter and claim.counterpart and claim.measure != "share":
        seller, buyer = (claim.reporter, claim.counterpart) if indicator == "exports" else (claim.counterpart, claim.reporter)
        parties, directed = (seller, buyer), True
    sort = _words().sorts.get(indicator, "count")
    target = claim.modality in ("planned", "possible") and sort != "amount"
    if indicator.startswith("other:"):
        indicator = _plain(indicator)
    return Key(indicator, parties, directed, claim.unit, claim.measure, target, _part(claim))


def _parties(claim: Figure) -> tuple[str, ...]:
    return tuple(sorted({p for p in (*claim.parties, claim.reporter, claim.counterpart) if p}))


@lru_cache(maxsize=8192)
def _plain(indicator: str) -> str:
    """The words of an `other:` indicator in their plain form: "other:Korean enterprises" -> "other:enterprise"."""
    said = indicator[6:].lower().split(" of ", 1)
    words = [_singular(w) for w in _WORD.findall(" ".join(reversed(said))) if w not in _words().idle and states.code(w) is None]
    return "other:" + " ".join(dict.fromkeys(words)) if words else indicator.lower()


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def _part(claim: Figure) -> str:
    """The words of the clause that make it a part of the whole; only of what is traded or invested."""
    if _words().sorts.get(claim.indicator) != "flow":
        return ""
    said = {w.lower() for w in _WORD.findall(claim.evidence[0].quote)}
    return " ".join(sorted(said & _words().parts))


def _point(claim: Figure, apart: tuple[str, ...]) -> Point:
    quote = claim.evidence[0].quote
    allowed = bounds(claim.low, claim.high, claim.modifier, claim.unit, quote)
    who, side = claimant(claim)
    of = None
    if claim.measure == "change":
        of = "growth" if claim.unit == "%" else "difference"
    elif claim.measure == "share" and (m := _WHOLE.search(quote)):
        of = _WHOLES[m[1]]
    return Point(
        claim=claim.id,
        document=claim.document,
        period=_valid(claim.period),
        low=claim.low,
        high=claim.high,
        least=_float(allowed.least),
        most=_float(allowed.most),
        open=allowed.open,
        modifier=claim.modifier,
        base_period=_valid(claim.base_period),
        equivalent=_converted(claim.equivalent, quote) if claim.equivalent else None,
        reporter=claim.reporter,
        claimant=who,
        side=side,
        asserted=_valid(claim.asserted),
        modality=claim.modality,
        record="record" in claim.flags,
        of=of,
        note=_note(claim),
        apart=apart,
    )


def _converted(amount: Amount, quote: str) -> Converted:
    allowed = bounds(amount.low, amount.high, None, amount.unit, quote)
    return Converted(amount.unit, amount.low, amount.high, _float(allowed.least), _float(allowed.most))


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


@lru_cache(maxsize=65536)
def _edtf(text: str) -> bool:
    return time.is_edtf(text)


def _valid(text: str | None) -> str | None:
    return text if text and _edtf(text) else None


def claimant(claim: Claim) -> tuple[str, str | None]:
    """Who says so, and the state that it speaks for where its name tells: the innermost speaker or office, else the outlet."""
    for roles in (("speaker", "office"), ("agency",), ("outlet",)):
        for link in reversed(claim.attribution):
            if link.role in roles:
                by_id = link.id[6:] if link.id and link.id.startswith("state:") else None
                return link.name, by_id or _side(link.name)
    return claim.document, None


@lru_cache(maxsize=8192)
def _side(name: str) -> str | None:
    """The only state that a name speaks of: "Chile's customs service", "Ministry of Trade of the Republic of Korea"."""
    words = [w.removesuffix("'s").removesuffix("’s") for w in _WORD.findall(name)]
    found: set[str] = set()
    taken: set[int] = set()
    for size in (4, 3, 2, 1):
        for at in range(len(words) - size + 1):
            code = states.code(" ".join(words[at : at + size]))
            if code and words[at][0].isupper() and taken.isdisjoint(range(at, at + size)):
                found.add(code)
                taken.update(range(at, at + size))
    return min(found) if len(found) == 1 else None


def _note(claim: Claim) -> str | None:
    """The words of the evidence that tell what is counted and what is not."""
    return next((found for e in claim.evidence if (found := _reason(e.quote))), None)


def _reason(text: str) -> str | None:
    """The words of a text that tell what is counted and what is not."""
    for pattern in _words().reasons:
        if m := pattern.search(text):
            words = " ".join(text[m.start() :].split())
            return words if len(words) <= _NOTE else words[:_NOTE].rsplit(" ", 1)[0] + " …"
    return None


def _given(statements: Sequence[Statement], figures: Sequence[Figure]) -> dict[str, str]:
    """The reasons that a speaker gives right behind figures, by these: those of his own side, or of nobody's."""
    by_document: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures if statements else ():
        by_document[figure.document].append(figure)
    out: dict[str, str] = {}
    for said in sorted(statements, key=lambda s: (s.evidence[0].start, s.id)):
        reason, at = _reason(said.text), said.evidence[0].start
        for figure in by_document[said.document]:
            side = claimant(figure)[1]
            near = 0 <= at - figure.evidence[0].end <= _SOON
            if reason and near and figure.measure == "level" and (side is None or said.speaker.state is None or side == said.speaker.state):
                out.setdefault(figure.id, reason)
    return out


def _apart(known: set[str], judged: Judged) -> dict[str, tuple[str, ...]]:
    """Of each claim those that a person judged to be about something else."""
    out: dict[str, list[str]] = defaultdict(list)
    for pair in judged.different:
        if pair <= known:
            for one in pair:
                out[one] += sorted(pair - {one})
    return {one: tuple(sorted(others)) for one, others in out.items()}

