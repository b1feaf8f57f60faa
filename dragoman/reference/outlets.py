"""Who publishes: known outlets, and the words by which a name is known for one."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

OFFICIAL = frozenset({"office", "ministry"})
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Outlet:
    """A known outlet: `kind` is `office`, `ministry`, `agency`, `newspaper`, `think tank` or `other`."""

    name: str
    kind: str


@lru_cache(maxsize=4096)
def kind(name: str) -> str:
    """The kind of the outlet with this name; `other` where nothing tells.

    >>> kind("Ministry of Foreign Affairs of Georgia"), kind("The Lake Courier")
    ('ministry', 'newspaper')
    """
    found = known(name)
    if found:
        return found.kind
    for what, pattern in _kinds().items():
        if pattern.search(name):
            return what
    return "other"


def known(name: str) -> Outlet | None:
    """The outlet of the table with this name or acronym, None where there is none."""
    words = " ".join(name.split())
    return _table().get(words) or _table().get(words.casefold().removeprefix("the "))


def words(key: str) -> frozenset[str]:
    """A list of outlets.yml: `genres`, `venues`, `posts` or `letterheads`, in lower case."""
    return _lists()[key]


@cache
def pattern(key: str) -> re.Pattern[str]:
    """A list of outlets.yml as one pattern of whole words."""
    return _any(_lists()[key])


def kind_pattern(what: str) -> re.Pattern[str]:
    """The words that tell one kind, as one pattern."""
    return _kinds()[what]


@cache
def _sheet() -> dict[str, Any]:
    found: dict[str, Any] = yaml.load((_HERE / "outlets.yml").read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader",
                                                                                                          yaml.SafeLoader))
    return found


@cache
def _lists() -> dict[str, frozenset[str]]:
    return {key: frozenset(str(v) for v in values) for key, values in _sheet().items() if isinstance(values, list)}


@cache
def _kinds() -> dict[str, re.Pattern[str]]:
    return {what: _any(frozenset(names)) for what, names in _sheet()["kinds"].items()}


def _any(names: frozenset[str]) -> re.Pattern[str]:
    longest = sorted(names, key=lambda n: (-len(n), n))
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(n) for n in longest) + r")(?!\w)", re.I)


@cache
def _table() -> dict[str, Outlet]:
    """By name without its article in lower case; acronyms of up to five letters as they are written."""
    found: dict[str, Outlet] = {}
    with (_HERE / "outlets.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            outlet = Outlet(row["name"], row["kind"])
            for name in (row["name"], *filter(None, row["aliases"].split("|"))):
                found.setdefault(name if len(name) <= 5 else name.casefold().removeprefix("the "), outlet)
    return found
