"""What a format gives before zones and metadata are completed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from dragoman.model.documents import Zone, ZoneSpan


@dataclass(frozen=True, slots=True)
class Draft:
    """A stored text with what its format says of it.

    date       publication date as the format has it, in any form
    dated      what finds a date where the format has none; asked only of texts that are read
    by_format  False for plain text, whose zones are found by its lines alone
    """

    text: str
    zones: tuple[ZoneSpan, ...] = ()
    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    date: str | None = None
    url: str | None = None
    language: str | None = None
    by_format: bool = False
    metadata: dict[str, str] = field(default_factory=dict)
    dated: Callable[[], str | None] = lambda: None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, row or line of a format, without line breaks around it."""

    text: str
    zone: Zone = Zone.BODY


def join(blocks: Iterable[Block]) -> tuple[str, tuple[ZoneSpan, ...]]:
    """The stored text of blocks, an empty line between them and rows of a table together, with their zones."""
    pieces: list[str] = []
    zones: list[ZoneSpan] = []
    at = 0
    before: Zone | None = None
    for block in blocks:
        if not block.text.strip():
            continue
        if pieces:
            gap = "\n" if before is block.zone and block.zone in (Zone.TABLE, Zone.MENU, Zone.RELATED, Zone.FOOTNOTE) else "\n\n"
            pieces.append(gap)
            at += len(gap)
        if block.zone is not Zone.BODY:
            zones.append(ZoneSpan(at, at + len(block.text), block.zone))
        pieces.append(block.text)
        at += len(block.text)
        before = block.zone
    return "".join(pieces), tuple(zones)
