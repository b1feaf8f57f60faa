"""Amounts and counts times two or three, so that sums, shares, growth and conversions hold; per cents, ranks, ordinals and times stay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from random import Random
from typing import Any

from changing import numerals
from changing.common import Edit, Row

NUMBER = re.compile(r"(?:(?<![\w.,])|(?<=\bR))(?:\d{1,3}(?:[,.'’ \u00a0\u202f]\d{2,3})+(?:[.,]\d{1,2})?(?!\w)|(?<!['’])\d+(?:[.,]\d+)?)")
POWERS = {3: "thousand k", 4: "man", 5: "lakh", 6: "million mn m mln", 7: "crore", 8: "oku", 9: "billion bn bln b milliard",
          12: "trillion tn cho"}
SCALES = {word: 10**power for power, words in POWERS.items() for word in words.split()}
SCALE = re.compile(r"(?<![a-z])(" + "|".join(SCALES) + r")(?:s)?(?![a-z])", re.I)
NOT_AFTER = re.compile(
    r"\s?(?:%|per ?cent|percentage|(?:st|nd|rd|th)\b|p\.?m\.?\b|a\.?m\.?\b|o'clock|(?:and|to|or|-|–) ?\d+(?:[.,]\d+)? (?:per ?cent|%))"
    r"|[ -](?:days?|weeks?|months?|years?|hours?|minutes?|decades?)\b|:\d|-(?:year|month|day|week)"
    r"| (?:\w+ )?(?:states|countries|sides|parties|nations|presidents|leaders|republics|governments|ministers)\b",
    re.I,
)
NOT_BEFORE = re.compile(
    r"(?:No\.?|[Aa]rticle|[Pp]aragraph|[Pp]oint|[Rr]esolution|[Ss]ession|page|p\.|Boeing|Airbus|[A-Z]-|aged?) ?$|\d:$|\[$"
)
TIMES = {"d", "h", "min", "y", "yr", "a", "year", "month", "week", "day", "s"}
OF_TIME = re.compile(r"\b(?:duration|age|years|months|days|term|period|hours)\b")


class Amounts:
    """The new amounts of one group of documents."""

    def __init__(self, rows: Sequence[Row], draw: Random) -> None:
        self.factor = draw.choice((2, 3))
        self._rows = [r for r in rows if r["kind"] in ("figure", "commitment") and r.get("start") is not None and self._counts(r)]
        self._changed: dict[str, set[float]] = {}

    def _counts(self, row: Row) -> bool:
        if row["kind"] == "commitment":
            target = row.get("target") or {}
            return bool(target) and target.get("unit") not in ({"%"} | TIMES)
        unit, what = str(row.get("unit")), str(row.get("indicator"))
        share = {row.get("measure"), what} & {"rank", "share"}
        return unit not in ({"%"} | TIMES) and not share and not OF_TIME.search(what)

    def edits(self, file: str, text: str, dates: Sequence[Edit]) -> Iterator[Edit]:
        """The amounts of a text that gold lines count, wherever they stand in it."""
        rows = [r for r in self._rows if r["file"] == file]
        quoted = [(s, e, v) for r in rows for s, e in _spans(r) for v in _values(r)]
        every = {v for _, _, v in quoted}
        changed = self._changed.setdefault(file, set())
        for m in NUMBER.finditer(text):
            if any(d.start < m.end() and m.start() < d.end for d in dates) or _else(text, m):
                continue
            here = {v for s, e, v in quoted if s <= m.start() < e}
            for value, scale, number in _readings(text, m, every):
                sure = value in here or (abs(number) >= 20 and scale == 1) or (scale > 1 and scale in _scales(text[m.end() : m.end() + 24]))
                if sure:
                    changed |= {v for v in here | {value} if _tens(abs(v), float(number))}
                    yield Edit(m.start(), m.end(), _written(m[0], number * self.factor))
                    break
        for s, e, _ in dict.fromkeys((s, e, 0) for s, e, _ in quoted):
            for m in numerals.RUN.finditer(text, s, e):
                value = float(numerals.parse(m[0]) or -1)
                counted = {v for a, b, v in quoted if a <= m.start() < b and m[0].split()[0].lower() not in numerals.SCALES}
                if value in counted and not NOT_AFTER.match(text[m.end() : m.end() + 20]):
                    changed.add(value)
                    new = numerals.spell(int(value) * self.factor)
                    yield Edit(m.start(), m.end(), new[0].upper() + new[1:] if m[0][0].isupper() else new)

    def row(self, row: Row) -> Row:
        """A gold line with its new amounts; after the edits of its text."""
        if row["kind"] not in ("figure", "commitment") or not self._counts(row):
            return row
        return {k: self._value(k, v, row["file"]) for k, v in row.items()}

    def _value(self, key: str, value: Any, file: str) -> Any:
        if key in ("low", "high") and isinstance(value, int | float):
            hit = any(_same(abs(value), abs(v)) for v in self._changed.get(file, ()))
            return _plain(Decimal(repr(value)) * self.factor) if hit else value
        if key in ("equivalent", "target") and isinstance(value, dict) and value.get("unit") != "%":
            return {k: self._value(k, v, file) for k, v in value.items()}
        if key == "acceptable":
            return [one if "%" in (one.get("unit"),) else {k: self._value(k, v, file) for k, v in one.items()} for one in value]
        return value


def _spans(row: Row) -> list[tuple[int, int]]:
    return [(row["start"], row["end"]), *((p["start"], p["end"]) for p in row.get("also") or [] if isinstance(p, dict) and "start" in p)]


def _values(row: Row) -> set[float]:
    """The numbers that a gold line states, its other right values with them."""
    also = row.get("acceptable") or []
    parts: Iterable[Row] = [row, row.get("equivalent") or {}, row.get("target") or {}, *(a for a in also if a.get("unit") != "%")]
    parts = [*parts, *((a.get("target") or {}) for a in also)]
    return {float(v) for p in parts for k in ("low", "high") if isinstance(v := p.get(k), int | float)}


def _same(a: float, b: float) -> bool:
    return abs(a - b) <= 1e-9 * max(abs(a), abs(b))


def _tens(value: float, number: float) -> bool:
    """Whether a value is a number times a power of ten: kt and bcm are units as well as scales."""
    return number > 0 and any(_same(value, number * 10.0**n) for n in range(13))


def _else(text: str, m: re.Match[str]) -> bool:
    """Whether a number is no amount: a per cent, an ordinal, a time, the number of a thing or of a point."""
    line = text.rfind("\n", 0, m.start()) + 1
    numbered = text[line : m.start()].strip(" \t[(") == "" and re.match(r"[.)\]]\s", text[m.end() : m.end() + 2]) is not None
    return numbered or bool(NOT_AFTER.match(text[m.end() : m.end() + 20]) or NOT_BEFORE.search(text[max(0, m.start() - 14) : m.start()]))


def _scales(text: str) -> set[int]:
    return {SCALES[m[1].lower()] for m in SCALE.finditer(text)}


def _readings(text: str, m: re.Match[str], known: set[float]) -> Iterator[tuple[float, int, Decimal]]:
    """The known values that a written number may stand for, with its scale and the number as written."""
    for number in dict.fromkeys(_numbers(m[0])):
        for scale in (1, *sorted(_scales(text))):
            for value in known:
                if abs(value) > 0 and _same(float(number) * scale, abs(value)):
                    yield value, scale, number


def _numbers(written: str) -> Iterator[Decimal]:
    """What digits with marks may mean: with a point, then with a comma, as the mark of decimals."""
    for mark in (".", ","):
        whole, _, decimals = written.rpartition(mark) if written.count(mark) == 1 else (written, "", "")
        whole = re.sub(r"\D", "", whole)
        if whole:
            yield Decimal(f"{whole}.{decimals}" if decimals.isdigit() else whole)
    yield Decimal(re.sub(r"\D", "", written))


def _written(old: str, number: Decimal) -> str:
    """A number in the manner of an old one: its decimals, their mark and the mark of thousands."""
    for mark in (".", ","):
        if old.count(mark) == 1 and (decimals := old.rpartition(mark)[2]).isdigit():
            whole = Decimal(f"{re.sub(r'[^0-9]', '', old.rpartition(mark)[0]) or '0'}.{decimals}")
            if number % whole == 0 and number // whole in (2, 3):
                return _grouped(int(number), _mark(old, mark)) + mark + f"{number:f}".partition(".")[2].ljust(len(decimals), "0")
    return _grouped(int(number), _mark(old, ""))


def _mark(old: str, decimal: str) -> str:
    used = [c for c in old if not c.isdigit() and c != decimal]
    plain = not used and len(old) > 3 and not decimal
    return used[0] if used else "" if plain else " " if decimal == "," else ","


def _grouped(number: int, mark: str) -> str:
    return f"{number:,}".replace(",", mark)


def _plain(number: Decimal) -> int | float:
    return int(number) if number == int(number) else float(number)
