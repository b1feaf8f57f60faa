"""Copies: how much of its wording one text shares with another, and which of the two is the original."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b

from dragoman.model.documents import Document, Zone

SIZE = 64  # values of a signature; one more counts the runs of words
RUN = 4  # words in a row
LEAST = 0.6  # share of the longer text that a shorter copy must have
COPY = 0.7  # similarity from which on a text is a copy

_WORD = re.compile(r"\w+")
_LEFT_OUT = frozenset({Zone.MENU, Zone.RELATED, Zone.RIGHTS, Zone.CAPTION, Zone.ABOUT, Zone.DATELINE, Zone.METADATA, Zone.SIGNATURE,
                       Zone.HEADING})
_MASK = (1 << 64) - 1
_STEP = 0x9E3779B97F4A7C15
_FIRST_HAND = ("agency", "office", "ministry")  # who writes what others reprint


def of(document: Document) -> tuple[int, ...]:
    """The signature of a document's news, without headline, dateline, menus and captions."""
    kept, at = [], 0
    for zone in document.zones:
        if zone.zone in _LEFT_OUT:
            kept.append(document.text[at : zone.start])
            at = zone.end
    kept.append(document.text[at:])
    news = " ".join(kept)
    return signature(news if len(news) > 100 else document.text)


def signature(text: str) -> tuple[int, ...]:
    """64 values that two texts share as far as they share runs of four words, and the number of such runs.

    One hash a run: the smallest of each sixty-fourth of the hashes. An empty part borrows from its neighbour.
    """
    words = _WORD.findall(text.lower())
    runs = set(map(" ".join, zip(*(words[k:] for k in range(RUN)), strict=False)))
    if words and not runs:
        runs = {" ".join(words)}
    least: list[int | None] = [None] * SIZE
    # the greatest first, so that the smallest of a part stays; as bytes they sort as the numbers do
    for part, digest in {d[-1] % SIZE: d for d in sorted([_digest(run) for run in runs], reverse=True)}.items():
        least[part] = int.from_bytes(digest, "big")
    return (*_filled(least), len(runs))


def _digest(run: str) -> bytes:
    return blake2b(run.encode("utf-8", "replace"), digest_size=8).digest()


def _filled(least: list[int | None]) -> list[int]:
    if not any(value is not None for value in least):
        return [0] * SIZE
    out = []
    for part in range(SIZE):
        away = next(k for k in range(SIZE) if least[(part + k) % SIZE] is not None)
        value = least[(part + away) % SIZE] or 0
        out.append((value + away * _STEP) & _MASK)
    return out


def similarity(a: Sequence[int], b: Sequence[int]) -> float:
    """The share of the shorter text's runs that the longer one has, 0 to 1; less where it is much shorter.

    >>> similarity(signature("one two three four five"), signature("one two three four five"))
    1.0
    """
    short, long = sorted((a[SIZE], b[SIZE]))
    if not short:
        return 0.0
    equal = sum(x == y for x, y in zip(a[:SIZE], b[:SIZE], strict=True)) / SIZE
    shared = equal * (short + long) / (1 + equal)
    return min(1.0, shared / max(short, LEAST * long))


def original(a: Document, b: Document) -> Document:
    """Which of two copies is the original: the earlier; of one day the agency's or office's, then the longer."""
    return min((a, b), key=_order)


def _order(document: Document) -> tuple[str, bool, int, str]:
    return document.published or "9999", document.outlet_kind not in _FIRST_HAND, -len(document.text), document.id
