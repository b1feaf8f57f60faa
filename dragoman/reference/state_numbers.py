"""Codes of states in the data of others: Correlates of War, FIPS 10-4 (GDELT's places), UN M49 (Comtrade) and the IMF."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple


class Numbers(NamedTuple):
    """One state's codes; empty where a list does not have it.

    cow   Correlates of War: `KZK`, and cow_number `705`
    fips  two letters, which are not ISO's: `KZ`, but Germany is `GM`
    m49   United Nations: `398`, of three digits
    imf   `916`
    """

    code: str
    cow: str = ""
    cow_number: str = ""
    fips: str = ""
    m49: str = ""
    imf: str = ""


@cache
def table() -> dict[str, Numbers]:
    """All states by ISO alpha-3."""
    with Path(__file__).with_suffix(".csv").open(encoding="utf-8", newline="") as rows:
        return {row["code"]: Numbers(**row) for row in csv.DictReader(rows)}


def of(code: str | None) -> Numbers:
    """The codes of a state; all of them empty where it is none."""
    return table().get(code or "") or Numbers(code or "")


@cache
def _by(field: str) -> dict[str, str]:
    return {getattr(n, field): n.code for n in table().values() if getattr(n, field)}


def by_cow_number(number: str) -> str | None:
    """ISO alpha-3 of a number of Correlates of War."""
    return _by("cow_number").get(number.strip().lstrip("0"))


def by_fips(letters: str) -> str | None:
    """ISO alpha-3 of a FIPS code."""
    return _by("fips").get(letters.strip().upper())


def by_m49(number: str) -> str | None:
    """ISO alpha-3 of a number of the United Nations; trade statistics have a few of their own for France, India and others."""
    return _by("m49").get(_TRADE.get(number.strip(), number.strip().zfill(3)))


def by_imf(number: str) -> str | None:
    """ISO alpha-3 of a number of the IMF."""
    return _by("imf").get(number.strip())


_TRADE = {"251": "250", "579": "578", "699": "356", "757": "756", "842": "840"}
