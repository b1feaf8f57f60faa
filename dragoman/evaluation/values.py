"""When two values of a field are the same: names, offices, places, numbers, dates. The rules of the benchmark's scorer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

ALIASES = {
    "european union": "eu",
    "united nations": "un",
    "united states of america": "united states",
    "shanghai cooperation organisation": "shanghai cooperation organization",
}
QUALIFIERS = {"deputy", "vice", "first", "former", "assistant", "associate", "shadow", "acting", "designate"}
MINISTER = {
    "foreign minister": "minister of foreign affairs",
    "foreign secretary": "minister of foreign affairs",
    "finance minister": "minister of finance",
    "defence minister": "minister of defence",
    "defense minister": "minister of defence",
    "premier": "prime minister",
    "minister of defense": "minister of defence",
}
SMALL = {"the", "of", "and", "a", "an", "for", "in", "on", "to", "s"}
SEASONS = {"21": (3, 5), "22": (6, 8), "23": (9, 11), "24": (12, 2)}
UNITS = {
    "day": "d", "days": "d", "hour": "h", "hours": "h", "kilometre": "km", "kilometres": "km", "kilometer": "km", "kilometers": "km",
    "tonne": "t", "tonnes": "t", "ton": "t", "tons": "t", "megawatt": "MW", "megawatts": "MW", "percent": "%", "per cent": "%",
}  # fmt: skip
MONEY = re.compile(r"[A-Z]{3}")
LAST_DAYS = {2: (28, 29), 4: (30,), 6: (30,), 9: (30,), 11: (30,)}

Day = tuple[int, int, int]


def fold(text: Any) -> str:
    """Lower-case words without accents and punctuation."""
    flat = unicodedata.normalize("NFKD", str(text or "")).replace("\u2019", "'").replace("ı", "i")
    flat = "".join(c for c in flat if not unicodedata.combining(c))
    return re.sub(r"[^\w%']+", " ", flat).strip().lower()


def words(text: Any) -> set[str]:
    """The words that tell one name from another."""
    return {w.strip("'").removesuffix("'s") for w in fold(text).split()} - SMALL


def overlap(a: Any, b: Any) -> float:
    """The share of the shorter name's words that the other has."""
    x, y = words(a), words(b)
    return len(x & y) / min(len(x), len(y)) if x and y else 0.0


def name(actor: Any) -> str:
    """What an actor is called."""
    if isinstance(actor, dict):
        return actor.get("name") or actor.get("mention") or actor.get("id") or ""
    return actor or ""


def code(actor: Any) -> Any:
    """The state an actor stands for."""
    if isinstance(actor, dict):
        return actor.get("state") or (actor.get("id") or "").removeprefix("state:")
    return actor


def same_name(a: Any, b: Any) -> bool:
    """The same person or body: one name's words within the other's, or equal surnames with given names that agree."""
    x, y = fold(name(a)), fold(name(b))
    if ALIASES.get(x, x) == ALIASES.get(y, y):
        return bool(x)
    p, q = x.split(), y.split()
    if not p or not q:
        return False
    if set(p) <= set(q) or set(q) <= set(p):
        return True
    return p[-1] == q[-1] and p[0][0] == q[0][0] and 1 in (len(p[0]), len(q[0]))


def same_position(a: Any, b: Any) -> bool:
    """The same office in other words; a deputy is not his chief."""
    x, y = fold(a), fold(b)
    x, y = MINISTER.get(x, x), MINISTER.get(y, y)
    if x == y:
        return bool(x)
    return words(x) & QUALIFIERS == words(y) & QUALIFIERS and overlap(x, y) >= 0.99 and abs(len(words(x)) - len(words(y))) <= 2


def same_actor(gold: Any, pred: Any) -> bool:
    """A gold actor is a person's name, an ISO code or an organisation's name."""
    if isinstance(gold, str) and re.fullmatch(r"[A-Z]{3}", gold):
        return gold == code(pred) or fold(gold) == fold(name(pred))
    return same_name(gold, pred) or overlap(name(gold), name(pred)) >= 0.6


def all_found(gold: Iterable[Any] | None, pred: Iterable[Any] | None) -> bool:
    """Whether each gold actor is among the claimed."""
    found = list(pred or [])
    return all(any(same_actor(g, p) for p in found) for g in gold or [])


def same_set(gold: list[Any] | None, pred: Iterable[Any] | None) -> bool:
    """Whether the actors are the same, each once."""
    left = list(pred or [])
    if len(gold or []) != len(left):
        return False
    for g in gold or []:
        hit = next((p for p in left if same_actor(g, p)), None)
        if hit is None:
            return False
        left.remove(hit)
    return True


def near(gold: Any, pred: Any, unit: str | None = None, about: bool = False) -> bool:
    """Half a per cent apart at most, six where the text says "about"; half a point for percentages."""
    if gold is None or pred is None:
        return gold is pred
    if not isinstance(pred, int | float):
        return False
    if unit == "%":
        return bool(abs(gold - pred) <= 0.5)
    return bool(abs(gold - pred) <= (0.06 if about else 0.005) * max(abs(gold), abs(pred), 1e-9))


def bounds(part: str) -> tuple[Day, Day]:
    """First and last day of one EDTF date as (year, month, day); the last day of a month is written 31."""
    bits = part.split("-")
    year = int(bits[0])
    if len(bits) == 1:
        return (year, 1, 1), (year, 12, 31)
    if bits[1] in SEASONS:
        first, last = SEASONS[bits[1]]
        return (year, first, 1), (year + (last < first), last, 31)
    month = int(bits[1])
    if len(bits) == 2:
        return (year, month, 1), (year, month, 31)
    return (year, month, int(bits[2])), (year, month, int(bits[2]))


def interval(date: Any) -> Any:
    """The days of an EDTF date, an open end as None; the text itself where it is no date."""
    text = re.sub(r"[~?%]", "", str(date)).strip()
    try:
        if "/" not in text:
            return bounds(text)
        start, end = text.split("/")
        first = None if start in ("", "..") else bounds(start)[0]
        last = None if end in ("", "..") else bounds(end)[1]
        if last and last[2] in (28, 29, 30) and last[:2] != (0, 0):
            last = (*last[:2], 31) if last[2] in LAST_DAYS.get(last[1], (31,)) else last
        return first, last
    except (ValueError, IndexError):
        return text


def same_date(gold: Any, pred: Any) -> bool:
    """Whether two dates are the same days."""
    if gold is None or pred is None:
        return gold is pred
    return bool(interval(gold) == interval(pred))


def same_unit(gold: Any, pred: Any) -> bool:
    """Physical units may be given by symbol or word, or as a plain count."""
    x, y = UNITS.get(str(gold), str(gold)), UNITS.get(str(pred), str(pred))
    return x == y or ("1" in (x, y) and not any(u == "%" or MONEY.fullmatch(u) for u in (x, y)))


def same_indicator(gold: Any, pred: Any) -> bool:
    """The same indicator; any `other:` is like any other."""
    return bool(gold == pred) or (str(gold).startswith("other:") and str(pred).startswith("other:"))
