"""The words that dates are made of, from `date_words.yml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from dragoman.reference import calendar


@cache
def words() -> dict[str, Any]:
    """The table, read once."""
    path = Path(__file__).with_name("date_words.yml")
    table: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return table


@cache
def numbers() -> dict[str, float]:
    return {k: float(v) for k, v in words()["numbers"].items()}


def number(text: str) -> float | None:
    """The value of digits or of a number word as dates have it."""
    low = " ".join(text.lower().replace("\u00a0", " ").split())
    return float(low) if low.isdigit() else numbers().get(low)


@cache
def month_of() -> dict[str, int]:
    return calendar.english_months()


@cache
def weekday_of() -> dict[str, int]:
    return calendar.weekdays() | calendar.short_weekdays()


@cache
def fiscal() -> dict[str, tuple[int, str]]:
    """First month of the fiscal year by state, and which of its years names it."""
    return {state: (int(month), str(label)) for state, (month, label) in words()["fiscal"].items()}


@cache
def group(*path: str) -> frozenset[str]:
    table: Any = words()
    for key in path:
        table = table[key]
    return frozenset(str(w) for w in table)
