"""States and their names: short and official forms, demonyms, capitals (former ones with their dates), metonyms of government."""

from __future__ import annotations

import csv
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Capital:
    """A seat of government with the span in which it bore this name (EDTF; open ends None)."""

    name: str
    from_: str | None = None
    until: str | None = None

    def valid(self, date: str | None) -> bool:
        """Whether the name was in use on an EDTF date; without a date, whether it is now."""
        if self.from_ is None and self.until is None:
            return True
        if date is None:
            return False
        return (self.from_ is None or date[: len(self.from_)] >= self.from_[: len(date)]) and (
            self.until is None or date[: len(self.until)] <= self.until[: len(date)]
        )


@dataclass(frozen=True, slots=True)
class State:
    """One state or territory.

    code           ISO 3166-1 alpha-3; XKX for Kosovo
    names          all names but abbreviations, the short one first
    abbreviations  "UAE", "U.S."
    demonyms       adjectives and words for its people, singular and plural
    capitals       the current one first, then other seats, spellings and former names
    metonyms       "the Kremlin", "Downing Street"
    """

    code: str
    name: str
    official: str
    names: tuple[str, ...]
    abbreviations: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[Capital, ...]
    metonyms: tuple[str, ...]


@cache
def table() -> dict[str, State]:
    """All states by code."""
    found: dict[str, State] = {}
    with (_HERE / "states.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            official = row["official"] or row["name"]
            names = dict.fromkeys(_bare(n) for n in (row["name"], official, *_list(row["names"])))
            found[row["code"]] = State(row["code"], row["name"], official, tuple(names), tuple(_list(row["abbreviations"])),
                                       tuple(_demonyms(row["demonyms"])), tuple(map(_capital, _list(row["capital"]))),
                                       tuple(dict.fromkeys(_bare(n) for n in _list(row["metonyms"]))))
    return found


def short_name(code: str) -> str | None:
    """The name that people use: KOR -> "South Korea"; None for what is no state's code."""
    state = table().get(code)
    return state.name if state else None


def capital(code: str, date: str | None = None) -> str | None:
    """The name that the capital bore on an EDTF date, today's without one."""
    state = table().get(code)
    if state is None or not state.capitals:
        return None
    dated = (c.name for c in state.capitals if (c.from_ or c.until) and c.valid(date))
    return next(dated, state.capitals[0].name) if date else state.capitals[0].name


def code(name: str) -> str | None:
    """The code of a state given by code, name, abbreviation or demonym in any case; None where unknown or ambiguous."""
    words = " ".join(name.split())
    if words.upper() in table():
        return words.upper()
    return _codes().get(key(words))


def key(name: str) -> str:
    """A name without its article, case, diacritics and dots, for looking up."""
    flat = "".join(c for c in unicodedata.normalize("NFKD", name.replace("’", "'").casefold()) if not unicodedata.combining(c))
    return flat.replace(".", "").replace("-", " ").replace(" & ", " and ").removeprefix("the ").strip()


@cache
def _codes() -> dict[str, str]:
    found: dict[str, str] = {}
    for pick in (lambda s: (*s.names, *s.abbreviations), lambda s: s.demonyms):
        level: dict[str, set[str]] = {}
        for state in table().values():
            for name in pick(state):
                level.setdefault(key(name), set()).add(state.code)
        for name, codes in level.items():
            if len(codes) == 1:
                found.setdefault(name, next(iter(codes)))
    return found


def _list(cell: str) -> list[str]:
    return [c for c in cell.split("|") if c]


def _bare(name: str) -> str:
    return name.removeprefix("the ").removeprefix("The ")


def _demonyms(cell: str) -> list[str]:
    """"Kazakh+" stands for Kazakh and Kazakhs."""
    out: list[str] = []
    for word in _list(cell):
        out += [word[:-1], f"{word[:-1]}s"] if word.endswith("+") else [word]
    return out


def _capital(cell: str) -> Capital:
    name, _, span = cell.partition("@")
    start, _, end = span.partition("/")
    return Capital(name, start if start not in ("", "..") else None, end if end not in ("", "..") else None)
