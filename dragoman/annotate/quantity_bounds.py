"""What stands around a number: bounds, signs of change, movement, shares. Text and place in, reading out."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from dragoman.reference.scan import Words

CLAUSE = re.compile(
    r"[;:()]|, (?:which|while|but|although|whereas|with|and|as|compared|against|including)\b|\b(?:while|but|although|whereas"
    r"|because)\b|[.!?]\s",
    re.I,
)


@cache
def words() -> dict[str, Any]:
    """The lexicon of quantities."""
    path = Path(__file__).with_name("quantities.yml")
    return dict(yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))


def alternatives(found: Any) -> str:
    """A pattern of phrases, longest first, any white space for a space."""
    return "|".join(re.escape(str(w)).replace(r"\ ", r"\s++") for w in sorted(found, key=lambda w: len(str(w)), reverse=True))


@cache
def _before() -> tuple[re.Pattern[str], dict[str, str]]:
    table = {str(w).lower(): kind for kind, phrases in words()["bounds_before"].items() for w in phrases}
    return re.compile(rf"(?:(?<=\s)|(?<=[(\[“\"'—–])|^)({alternatives(table)})\s*+(?:(?:only|just|still)\s++)?$", re.I), table


@cache
def _ends() -> tuple[str, ...]:
    """What the words before a number end with where they are a bound."""
    return ("only", "just", "still", *sorted({phrase.split()[-1] for phrase in _before()[1]}))


@cache
def _after() -> tuple[re.Pattern[str], dict[str, str]]:
    table = {str(w).lower(): kind for kind, phrases in words()["bounds_after"].items() for w in phrases}
    return re.compile(rf"[,\s-]{{0,2}}({alternatives(table)})(?!\w)", re.I), table


class Bound(NamedTuple):
    modifier: str
    at: int  # where the phrase begins (before) or ends (after)


def before(text: str, pos: int, limit: int) -> Bound | None:
    """The bound that ends right before a number."""
    pattern, table = _before()
    left = max(limit, pos - 32)
    lead = text[left:pos]
    m = pattern.search(lead) if lead.rstrip().lower().endswith(_ends()) else None
    if not m:
        return None
    phrase = " ".join(m[1].lower().split())
    if phrase == "over" and re.search(
        r"\b(?:increase|rise|growth|gain|drop|decline|reduction|jump|improvement|fall|%|percent|per cent|divided|taken|took|takes)\s*$",
        text[left : left + m.start()],
    ):
        return None
    kind = table[phrase]
    lead = text[max(limit, left + m.start() - 12) : left + m.start()].lower()
    if phrase in ("more than", "over", "greater than") and re.search(r"\bno[nt]?\s+$", lead):
        kind = "up to"
    if phrase in ("less than", "fewer than", "below", "under") and re.search(r"\bno[nt]?\s+$", lead):
        kind = "at least"
    if phrase in ("or more",):
        kind = "at least"
    return Bound(kind, left + m.start(1))


def after(text: str, pos: int, limit: int) -> Bound | None:
    """The bound that begins right after a number and its unit."""
    pattern, table = _after()
    if text.startswith("+", pos) and not text[pos + 1 : pos + 2].isdigit():
        return Bound("more than", pos + 1)
    m = pattern.match(text, pos, min(limit, pos + 28))
    if not m:
        return None
    phrase = " ".join(m[1].lower().split())
    if phrase in ("plus", "over", "below", "at least", "at most", "approximately", "roughly", "minimum", "maximum") and re.match(
        r"\s+(?:\d|an?\b|the\b|one|two|three|half)", text[m.end() : m.end() + 8]
    ):
        return None
    return Bound(table[phrase], m.end())


@cache
def _moves() -> dict[str, int]:
    return {**{str(w).lower(): 1 for w in words()["up"]}, **{str(w).lower(): -1 for w in words()["down"]}}


@cache
def _turn() -> re.Pattern[str]:
    more, less = alternatives(words()["more"]), alternatives(words()["less"])
    return re.compile(
        rf"[ \n\u00a0]++(?:(?:year[ -]on[ -]year|annual|annually|in real terms|further)\s++)?(?:(?P<more>{more})|(?P<less>{less}))\b", re.I
    )


_WORD = re.compile(r"[A-Za-z]+")


class Move(NamedTuple):
    """The word of movement before a number; `step` is `by`, `to`, `from`, `of` or None for a bare one."""

    sign: int
    step: str | None
    start: int


_STEP = re.compile(
    r"\b(by|to|from|of|at)\s+(?:(?:the|an?|its|their|only|just|as much as|as many as|some|about|around|nearly|almost|over|more than"
    r"|at least|roughly|approximately|up to|another|further|no less than|less than|a record|close to|well over)\s+)*$",
    re.I,
)


def move(text: str, pos: int, limit: int) -> Move | None:
    """The nearest word of movement before a number in its clause, with the preposition that leads to the number."""
    left = max(limit, pos - 110)
    clause = text[left:pos]
    signs = _moves()
    if signs.keys().isdisjoint(map(str.lower, _WORD.findall(clause))):
        return None
    cut = 0
    for m in CLAUSE.finditer(clause):
        cut = m.end()
    last, word = None, ""
    for m in _WORD.finditer(clause, cut):
        if (found := m.group().lower()) in signs:
            last, word = m, found
    if not last:
        return None
    step = _STEP.search(clause)
    if word == "up" and re.search(
        r"\b(?:made|make|makes|making|set|sets|take|took|taken|drew|drawn|pick|picked|opened|came|stepped|follow)\s+$",
        clause[: last.start()],
    ):
        return None
    between = clause[last.end() :]
    if (word in ("up", "down", "off") and len(between) > 14) or (
        word == "up" and re.match(r"\s+to\b", between) and not re.search(r"\b(?:was|were|is|are|,)\s*$", clause[: last.start()])
    ):
        return None
    return Move(signs[word], step[1].lower() if step else None, left + last.start())


def turn(text: str, pos: int, limit: int) -> tuple[int, int] | None:
    """Sign and end of a comparing word right after a number: "12 % more", "46 fewer", "a third less"."""
    m = _turn().match(text, pos, min(limit, pos + 60))
    if not m:
        return None
    word = (m["more"] or "").lower()
    if word == "up" and not re.match(r"\s+(?:on|from|compared|in|year)\b", text[m.end() : m.end() + 10]):
        return None
    if word == "over" and not re.match(
        r"\s+(?:the\s+(?:same|figure|level|corresponding|year before|previous (?:year|period))|last year|(?:19|20)\d\d\b"
        r"|[A-Z][a-z]+ (?:19|20)\d\d)",
        text[m.end() : m.end() + 24],
    ):
        return None
    return (1 if m["more"] else -1), m.end()


@cache
def _share() -> Words:
    return Words(re.compile(rf"\b(?:{alternatives(words()['share_words'])})\b", re.I))


@cache
def _rate() -> Words:
    return Words(re.compile(rf"\b(?:{alternatives(words()['rate_words'])})\b", re.I))


def has_share(text: str, start: int, end: int) -> bool:
    return bool(_share().search(text, start, end))


def has_rate(text: str, start: int, end: int) -> bool:
    return bool(_rate().search(text, start, end))


@cache
def label() -> re.Pattern[str]:
    """A word right before a bare number that makes it a label: "Article 5", "Resolution 1244"."""
    return re.compile(rf"(?:(?<![\w])(?:{alternatives(words()['labels'])})|№|#|§)\s*$", re.I)


@cache
def record() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives(words()['records'])})\b", re.I)
