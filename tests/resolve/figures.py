"""Figure claims made for tests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from dragoman.checks import arithmetic
from dragoman.model.claims import Claim, Figure, Link
from dragoman.model.documents import Evidence
from dragoman.model.facts import NOTHING, Conflict, Fact, Judged
from dragoman.resolve import series


def figure(value: float | None, words: str, period: str | None = "2021", document: str = "doc:a", **fields: Any) -> Figure:
    """A claim of trade turnover between Georgia and Armenia, unless fields say otherwise; `says` names the speaker."""
    says = fields.pop("says", None)
    at = sum(map(ord, document + words + str(sorted(fields.items(), key=str)))) % 9000
    values: dict[str, Any] = {"indicator": "trade_turnover", "parties": ("GEO", "ARM"), "unit": "USD", "low": value, "high": value,
                              "asserted": "2022-05-04"} | fields
    links = (Link("outlet", f"Outlet of {document}"), *((Link("speaker", says),) if says else ()))
    return Figure(document=document, evidence=(Evidence(at, at + len(words), words),), attribution=links, period=period, **values)


def facts(claims: Iterable[Claim], judged: Judged = NOTHING) -> list[Fact]:
    """The series of all blocks."""
    blocks: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        for block in series.blocks(claim):
            blocks[block].append(claim)
    return [f for b in sorted(blocks) for f in series.resolve(b, sorted(blocks[b], key=lambda c: c.id), judged)]


def conflicts(claims: Iterable[Claim], judged: Judged = NOTHING) -> list[Conflict]:
    """The conflicts of all blocks, each block on its own."""
    found: list[Conflict] = []
    blocks: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        for block in series.blocks(claim):
            blocks[block].append(claim)
    for block in sorted(blocks):
        found += arithmetic.check(list(series.resolve(block, sorted(blocks[block], key=lambda c: c.id), judged)))
    return found


def real(claims: Iterable[Claim]) -> list[Conflict]:
    """The conflicts that are none of rounding or revision."""
    return [c for c in conflicts(claims) if c.real]
