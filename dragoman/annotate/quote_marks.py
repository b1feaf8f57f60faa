"""Stretches of text inside quotation marks of any style, without an opinion on who speaks."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

_MARK = re.compile(r"[\"“”„‟«»‹›「」『』＂'‘‚]")
_PARAGRAPH = re.compile(r"[^\n]+")
_SINGLE_CLOSE = re.compile(r"(?<=[^\s(\[])['’](?![^\W_])")
_ENDED = re.compile(r"[.!?…][’')\]]{0,2}\s*$")

CLOSERS = {
    "“": '”"“',
    '"': '"”“',
    "„": '“”"‟',
    "‟": '”"',
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    "「": "」",
    "『": "』",
    "”": "”",
    "＂": "＂",
}
LONGEST_SINGLE = 1500  # code points between single quotes; longer ones are apostrophes


@dataclass(frozen=True, slots=True)
class Stretch:
    """Quoted words: content from start to end, marks outside.

    outer_start, outer_end  with the marks
    paragraph   the line's span, (start, end)
    runs_on     no closing mark at the paragraph's end: the quotation goes on in the next
    goes_on     continues the stretch before
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    paragraph: tuple[int, int]
    runs_on: bool = False
    goes_on: bool = False


def stretches(text: str) -> list[Stretch]:
    """All outermost quoted stretches in order; nested ones belong to the outer one."""
    out: list[Stretch] = []
    open_mark: str | None = None
    for line in _PARAGRAPH.finditer(text):
        if line[0].isspace():
            continue
        found = _line(text, line.start(), line.end())
        if (
            open_mark
            and found
            and found[0].goes_on is False
            and text[found[0].outer_start] == open_mark
            and not text[line.start() : found[0].outer_start].strip()
        ):
            first = found[0]
            found[0] = Stretch(first.start, first.end, first.outer_start, first.outer_end, first.paragraph, first.runs_on, True)
        elif open_mark and out and out[-1].runs_on and not _ENDED.search(text[out[-1].start : out[-1].end]):
            out[-1] = _closed(out[-1])
        open_mark = text[found[-1].outer_start] if found and found[-1].runs_on else None
        out += found
    return out


def _closed(s: Stretch) -> Stretch:
    return Stretch(s.start, s.end, s.outer_start, s.outer_end, s.paragraph, False, s.goes_on)


def _line(text: str, start: int, end: int) -> list[Stretch]:
    """The quoted stretches of one paragraph; an opening mark that never closes runs to its end."""
    out: list[Stretch] = []
    marks = [m.start() for m in _MARK.finditer(text, start, end) if m[0] not in "'‘‚" or _single_opens(text, m.start(), end)]
    singles = [m.start() for m in _SINGLE_CLOSE.finditer(text, start, end)] if any(text[m] in "'‘‚" for m in marks) else []
    k = 0
    while k < len(marks):
        at = marks[k]
        mark = text[at]
        if not _opens(text, at, start, end):
            k += 1
            continue
        close, k = _single(text, at, singles, marks, k) if mark in "'‘‚" else _double(text, marks, k, end)
        if close is None:
            continue
        stretch = _made(text, at, close, (start, end))
        if stretch:
            out.append(stretch)
    return out


def _single_opens(text: str, at: int, end: int) -> bool:
    """Whether a single mark stands before a word and not behind one."""
    return at + 1 < end and not text[at + 1].isspace() and not (at and text[at - 1].isalnum())


def _opens(text: str, at: int, start: int, end: int) -> bool:
    """Whether the mark can open a quotation where it stands."""
    mark, before = text[at], text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if mark in "“„‟«‹「『":
        return True
    if mark in "”」』":
        return mark == "”" and (before.isspace() or before in "([—–:") and after.isalnum()
    if mark in "'‘‚" and after.isdigit():
        return False
    return (before.isspace() or before in "([{—–-:/,.…") and not after.isspace()


def _double(text: str, marks: list[int], k: int, end: int) -> tuple[int | None, int]:
    """Where the quotation closes, and the number of the mark after it; -1 for one that never closes."""
    opener = text[marks[k]]
    closers = CLOSERS[opener]
    depth, last = 0, -1
    for n in range(k + 1, len(marks)):
        mark, at = text[marks[n]], marks[n]
        space_before, space_after = text[at - 1].isspace(), at + 1 >= end or not text[at + 1].isalnum()
        if mark == opener and mark in "“„«‹「『":
            if opener == "“" and space_after and not space_before:  # an opening mark used to close
                return at, n + 1
            depth += 1
        elif mark in closers and (not space_before or space_after):
            if mark == "“" and opener == '"' and not space_after:
                continue
            if depth == 0:
                return at, n + 1
            depth -= 1
            last = n
    if last >= 0:
        return marks[last], last + 1
    return -1, len(marks) if depth == 0 else k + 1


def _single(text: str, at: int, singles: list[int], marks: list[int], k: int) -> tuple[int | None, int]:
    """The same for single quotes, which may be apostrophes: a close after a plural's s counts when no better one follows."""
    poor = None
    for n in range(bisect_left(singles, at + 2), min(len(singles), bisect_left(singles, at + 2) + 12)):
        close = singles[n]
        if close - at > LONGEST_SINGLE:
            break
        if text[close - 1] != "s":
            poor = close
            break
        poor = poor or close
        if text[close + 1 : close + 2] in (",", ".", ";"):
            break
    if poor is None or " " not in text[at:poor]:
        return None, k + 1
    return poor, bisect_left(marks, poor + 1, k + 1)


def _made(text: str, at: int, close: int, paragraph: tuple[int, int]) -> Stretch | None:
    end = close if close >= 0 else paragraph[1]
    words = text[at + 1 : end]
    start = at + 1 + len(words) - len(words.lstrip())
    stop = at + 1 + len(words.rstrip())
    if not any(c.isalnum() for c in words):
        return None
    if close < 0 and text[at] in '"＂' and not text[paragraph[0] : at].isspace() and at != paragraph[0]:
        return None  # a straight mark alone in mid-line is an inch or a slip
    return Stretch(start, stop, at, close + 1 if close >= 0 else paragraph[1], paragraph, close < 0)
