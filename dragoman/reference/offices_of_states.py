"""Which offices a state has at all: no president in a monarchy, no prime minister in most presidential republics."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml

_PRESIDENT = re.compile(r"(?:vice-|deputy |first vice-)?president$")
_PREMIER = re.compile(r"(?:first |second )?(?:deputy |vice )?prime minister$")
_OF_STATE = re.compile(r"(?:(?:principal |deputy |assistant |acting )*)secretary of state$")
_CROWN = re.compile(r"(?:king|queen|crown prince|crown princess|emperor|empress|emir|sultan|grand duke)$")


@cache
def _lists() -> dict[str, frozenset[str]]:
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # "NO" is Norway's neighbour to a boolean
    sheet = yaml.load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"), Loader=loader)
    return {k: frozenset(v) for k, v in sheet.items() if isinstance(v, list)}


def possible(position: str, state: str) -> bool:
    """Whether the state can have the office."""
    lists = _lists()
    if _PRESIDENT.fullmatch(position):
        return state not in lists["no_president"]
    if _PREMIER.fullmatch(position):
        return state not in lists["no_prime_minister"]
    if _OF_STATE.fullmatch(position):
        return state in lists["secretary_of_state"]
    if _CROWN.fullmatch(position):
        return state in lists["monarchies"]
    return position != "chancellor" or state in lists["chancellors"]
