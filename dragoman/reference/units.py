"""Physical units and lengths of time: the symbol and factor that a word stands for."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml


class Unit(NamedTuple):
    """`factor` multiplies the number ("5 bcm" is 5,000,000,000 m3); `duration` marks lengths of time."""

    symbol: str
    factor: float = 1.0
    duration: bool = False
    digits_only: bool = False


@cache
def table() -> dict[str, Unit]:
    """Unit word -> unit; words longer than two letters are also found in lower case."""
    path = Path(__file__).with_suffix(".yml")
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    out: dict[str, Unit] = {}
    for group, duration in (("units", False), ("durations", True)):
        for row in data[group]:
            unit = Unit(row["symbol"], float(row.get("factor", 1)), duration, bool(row.get("digits_only")))
            for word in row["words"]:
                out.setdefault(word, unit)
    return out
