"""The expressions of surroundings.yml, compiled once."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def _sheet() -> dict[str, Any]:
    text = (Path(__file__).parent / "surroundings.yml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return found


@cache
def pattern(key: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """A list as one expression, with what has to stand before and after it."""
    return re.compile(f"{before}(?:{'|'.join(_sheet()[key])}){after}", re.I)
