"""The stretch of a text that answers a search best, short enough to be shown."""

from __future__ import annotations

from collections.abc import Sequence

WIDTH = 220  # characters of a snippet


def best(marks: Sequence[tuple[int, int]], width: int = WIDTH) -> tuple[int, int]:
    """Start and end of the stretch that holds the most places within a width; the first of several."""
    found, begin = (0, 0), 0
    most = 0
    for k, (_, end) in enumerate(marks):
        while end - marks[begin][0] > width and begin < k:
            begin += 1
        if k - begin + 1 > most:
            most, found = k - begin + 1, (marks[begin][0], end)
    return found


def snippet(text: str, start: int, end: int, width: int = WIDTH) -> str:
    """The words around a stretch on one line, cut between words.

    >>> snippet("one two three four five six", 8, 13, 15)
    '… two three four …'
    """
    room = max(0, width - (end - start)) // 2
    left, right = max(0, start - room), min(len(text), max(end, start + 1) + room)
    if 0 < left < start:
        left = _next_space(text, left, start)
    if right < len(text):
        right = max(text.rfind(" ", end, right), text.rfind("\n", end, right), end)
    shown = " ".join(text[left:right].split())
    return ("… " if left > 0 else "") + shown + (" …" if right < len(text) else "")


def _next_space(text: str, left: int, stop: int) -> int:
    found = [at for at in (text.find(" ", left, stop), text.find("\n", left, stop)) if at >= 0]
    return min(found, default=left)
