"""How templates write: dates, amounts, names and addresses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from dragoman.views import citation, together, wording
from dragoman.views.visible import one_line, visible


def address(path: str, query: Mapping[str, Any]) -> str:
    """A path with its query; what is None or empty is left out.

    >>> address("/pair/KAZ/RUS", {"on": "2024", "since": None})
    '/pair/KAZ/RUS?on=2024'
    """
    told = [(name, value) for name, value in query.items() if value not in (None, "", ())]
    return f"{path}?{urlencode(told, doseq=True)}" if told else path


def host(url: str | None) -> str | None:
    """The host of a web address, None for what is none: nothing else may become a link."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return parts.hostname if parts.scheme in ("http", "https") else None


def segment(value: str) -> str:
    """A value as one segment of a path."""
    return quote(value, safe=":")


FILTERS: dict[str, Callable[..., Any]] = {
    "date": wording.date, "number": wording.number, "state": wording.state, "actor": wording.actor, "line": wording.line,
    "fact_line": together.line, "fact_details": together.details, "indicator": wording.indicator, "visible": visible,
    "one_line": one_line, "host": host, "segment": segment, "source": citation.source, "claimant": citation.claimant,
    "joined": wording.joined,
}
GLOBALS: dict[str, Any] = {"amount": wording.amount}
