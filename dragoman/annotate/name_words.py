"""The word lists of names.yml."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml


def words(key: str) -> frozenset[str]:
    """The words of one list, as they are written there."""
    return frozenset(_sheet()[key].split())


@cache
def _sheet() -> dict[str, str]:
    text = (Path(__file__).parent / "names.yml").read_text(encoding="utf-8")
    found: dict[str, str] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return found
