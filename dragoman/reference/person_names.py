"""What names of persons are made of: given names with gender, family names that come first, particles, honorifics."""

from __future__ import annotations

import csv
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

_HERE = Path(__file__)


class Names(NamedTuple):
    """given: name -> `f`, `m` or "" (both, or unknown); first: family names that stand before the given name -> culture."""

    given: dict[str, str]
    first: dict[str, str]
    family: frozenset[str]


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """A word as the tables have it: lower case, without accents, one sort of apostrophe left out."""
    if word.isascii():
        return word.lower().replace("'", "").replace("`", "")
    flat = unicodedata.normalize(
        "NFKD",
        word.replace("ı", "i")
        .replace("ə", "e")
        .replace("Ə", "e")
        .replace("ø", "o")
        .replace("Ø", "o")
        .replace("ł", "l")
        .replace("Ł", "l")
        .replace("đ", "d")
        .replace("Đ", "d")
        .replace("ß", "ss")
        .replace("æ", "ae")
        .replace("Æ", "ae")
        .replace("þ", "th")
        .replace("ð", "d"),
    )
    return "".join(c for c in flat if not unicodedata.combining(c) and c not in "'’ʻ‘`ʼʹ´").lower()


@cache
def names() -> Names:
    """The table of names."""
    given: dict[str, str] = {}
    first: dict[str, str] = {}
    family: set[str] = set()
    with _HERE.with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        for name, kind, gender, culture in csv.reader(file):
            if kind == "given":
                given[name] = gender if given.get(name, gender) == gender else ""
            elif kind == "first":
                first[name] = culture
            else:
                family.add(name)
    return Names(given, first, frozenset(family))


@cache
def words() -> dict[str, Any]:
    """The word lists as sets; `honorifics` as a mapping from the word to its gender or None."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # "no", "on" and "yes" are words here
    sheet = yaml.load(_HERE.with_suffix(".yml").read_text(encoding="utf-8"), Loader=loader)
    out: dict[str, Any] = {k: frozenset(map(str, v)) for k, v in sheet.items() if isinstance(v, list)}
    out["honorifics"] = {str(w): (None if g == "u" else g) for g, ws in sheet["honorifics"].items() for w in ws}
    return out
