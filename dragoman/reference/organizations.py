"""Organisations: international and regional bodies, parliaments, central banks, state companies, news agencies, with their acronyms."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

_HERE = Path(__file__).parent


class Organization(NamedTuple):
    """One body.

    id     `org:` and a short name
    type   igo, ngo, bank, statistics, parliament, ministry, agency, company, news, education, party, body
    state  ISO alpha-3 of a national body
    """

    id: str
    name: str
    type: str
    state: str | None
    acronyms: tuple[str, ...]
    variants: tuple[str, ...]

    def forms(self) -> Iterator[str]:
        """Every way to write it, the canonical name first."""
        yield self.name
        yield from self.variants
        yield from self.acronyms


@cache
def table() -> tuple[Organization, ...]:
    """All organisations, in the table's order."""
    with (_HERE / "organizations.csv").open(encoding="utf-8", newline="") as rows:
        next(rows)
        return tuple(
            Organization(f"org:{key}", name, kind, state or None, _list(acronyms), _list(variants))
            for key, name, kind, state, acronyms, variants in csv.reader(rows)
        )


def find(name: str) -> Organization | None:
    """The organisation of that name, acronym or variant, None where the table has none."""
    words = " ".join(name.split()).replace("’", "'")
    return _index().get(words) or _index().get(words.casefold().removeprefix("the "))


@cache
def _index() -> dict[str, Organization]:
    """By names in lower case, acronyms as they are written."""
    found: dict[str, Organization] = {}
    for body in table():
        for form in body.forms():
            found.setdefault(form if form in body.acronyms else form.casefold().removeprefix("the "), body)
    return found


def _list(cell: str) -> tuple[str, ...]:
    return tuple(c for c in cell.split("|") if c)
