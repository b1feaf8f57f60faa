"""Other codes of states: two letters (ISO 3166-1 alpha-2) and the item in Wikidata."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path


@cache
def _table() -> dict[str, tuple[str, str]]:
    with Path(__file__).with_suffix(".csv").open(encoding="utf-8", newline="") as rows:
        return {row["code"]: (row["alpha2"], row["wikidata"]) for row in csv.DictReader(rows)}


def alpha2(code: str | None) -> str | None:
    """The two letters: KAZ -> KZ; XK for Kosovo; None for what is no state's code."""
    return _table().get(code or "", (None, None))[0]


def wikidata(code: str | None) -> str | None:
    """The item in Wikidata: KAZ -> Q232."""
    return _table().get(code or "", (None, None))[1]
