"""Speakers' labels of a transcript: where each label and the turn after it stand, and whose they are."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

Turn = tuple[int, int, int, int, str]

LONGEST = 100  # code points of a label
LOOK = 500  # code points of a turn that are looked at for signs of speech

_LINE = re.compile(r"[^\n]+")
_LEAD = re.compile(r"[\s>*_#•–—-]{0,8}")
_COLON = re.compile(r"\s{0,3}[*_]{0,2}\s?[:：][*_]{0,2}(?=\s|$)")
_BRACKETS = re.compile(r"\s{0,3}[(\[][^()\[\]\n]{0,70}[)\]]\s{0,3}")
_NUMBERED = re.compile(r"\s(?:\d{1,2}|no\. ?\d{1,2})$", re.I)
_QUESTION = re.compile(r"Q(?:\t| {2,8}|\. {1,4})(?=\S)")
_SPOKEN = re.compile(
    r"\b(?:I|I['’]\w{1,3}|we|us|our|my|me|you|your|yours|thank|thanks|let['’]s|Mr|Madam|ladies|excellency|excellencies|colleagues"
    r"|good (?:morning|day|afternoon|evening)|yes|no)\b|\?",
    re.I,
)
_GREETING = re.compile(r"\b(?:good (?:morning|day|afternoon|evening)|thank you|welcome|dear|hello|ladies)\b", re.I)
_PROSE = re.compile(r"[.?!…][\"'”’»)\]]{0,3}(?:\s|$)")
_QUOTED = re.compile(r"\s*[\"“„«]")
_SPEECH = re.compile(r"(?P<what>[A-Z][\w-]{2,14})(?: \w{3,12}){0,2} (?:by|of|from) (?P<name>\S[^\n:]{3,110})$")
_NEWS = re.compile(r"New (?!Year)|.* [a-z]+ed$")  # "New Minister of Trade appointed" opens no speech
_END = re.compile(
    r"\s*(?:(?:\*\s?){3,9}|#{2,9}|-{3,9}|_{3,9}|(?:end|ends|end of (?:the )?(?:transcript|interview|briefing|speech|document))\.?"
    r"|(?:interview(?:ed)?|transcript|translated|translation|recorded|questions) (?:\w+ ){0,2}by\b[^\n]*"
    r"|(?:to be continued|photos?:|video:|see also|read also|related|tags?:|share)\b[^\n]*)\s*$",
    re.I,
)
_STAGE = re.compile(r"\s*[(\[][^()\[\]\n]{1,300}[)\]]\s*$")
_DATELINE = re.compile(r"^(?=[^\n]{4,70}$)(?:[^.!?]|\.(?!$)){0,60}\b(?:1[89]|20)\d\d\)?$")
_NARRATED = re.compile(
    r"The (?:meeting|talks|conversation|press conference|briefing|interview|visit|ceremony|event|two sides|sides|parties|delegations?)\b"
)


@cache
def _lists() -> dict[str, frozenset[str]]:
    sheet = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))
    return {key: frozenset(str(v).lower() for v in values) for key, values in sheet.items() if isinstance(values, list)}


@dataclass(frozen=True, slots=True)
class _Label:
    """A line that may open a turn. kind: `role`, `titled`, `name`, `word`, `line` (no colon) or `speech` (a heading)."""

    start: int
    end: int
    name: str
    key: str
    kind: str
    spoken: bool
    prose: bool
    quoted: bool


def labels(text: str) -> list[Turn]:
    """The turns as (label_start, label_end, turn_start, turn_end, name), in order; empty when the text is no transcript."""
    lines = [(m.start(), m.end()) for m in _LINE.finditer(text) if not m[0].isspace()]
    found = [label for k in range(len(lines)) if (label := _label(text, lines, k)) is not None]
    kept = _accepted(found, text) if found else []
    return [
        t
        for k, label in enumerate(kept)
        if (t := _turn(text, label, text.rfind("\n", 0, kept[k + 1].start) + 1 if k + 1 < len(kept) else len(text), k + 1 == len(kept)))
    ]


def _label(text: str, lines: list[tuple[int, int]], k: int) -> _Label | None:
    """What the line would be as a label, or None."""
    start, end = lines[k]
    start = _LEAD.match(text, start, end).end()  # type: ignore[union-attr]
    line = text[start : min(end, start + LONGEST + 30)]
    if not line or not (line[0].isalpha() or line[0] in "[("):
        return None
    question = _QUESTION.match(line)
    if question:
        return _made(text, start, start + question.end(), "Q", "role", lines, k)
    colon = _COLON.search(line, 1, LONGEST)
    name = _BRACKETS.sub(" ", line[: colon.start()] if colon else line).strip(" *_,")
    if not name:
        return None
    if colon:
        kind = _kind(name)
        return _made(text, start, start + colon.end(), name, kind, lines, k) if kind else None
    if end - start > LONGEST or k + 1 == len(lines):
        return None
    speech = _SPEECH.match(line)
    if speech and speech["what"].lower() in _lists()["speeches"] and not _NEWS.match(line):
        return _made(text, start, end, speech["name"].split(", ")[0], "speech", lines, k)
    if line[-1] in '.,;!?"”' or "’s " in line or "'s " in line or _kind(name) not in ("role", "titled"):
        return None
    return _made(text, start, end, name, "line", lines, k)


def _made(text: str, start: int, end: int, name: str, kind: str, lines: list[tuple[int, int]], k: int) -> _Label:
    content = text[end : lines[k][1]].strip()
    at = k + 1
    while len(content) < LOOK and at < min(len(lines), k + (4 if kind == "speech" else 2)) and (not content or kind == "speech"):
        content += "\n" + text[lines[at][0] : min(lines[at][1], lines[at][0] + LOOK)]
        at += 1
    content = content[:LOOK]
    return _Label(
        start, end, name, name.casefold(), kind, bool(_SPOKEN.search(content)), bool(_PROSE.search(content)), bool(_QUOTED.match(content))
    )


def _kind(name: str) -> str | None:
    """`role`, `titled`, `name` or `word` for a label that may name a speaker, else None."""
    lists = _lists()
    bare = _NUMBERED.sub("", name).casefold().strip(" .")
    if bare in lists["roles"]:
        return "role"
    if any(c.isdigit() or c in '/@=<>|"“”' for c in name):
        return None
    words = name.replace(",", " ").split()
    if len(words) > 10 or words[0].casefold().strip(".") in lists["not_speakers"]:
        return None
    if words[0] in ("The", "THE") and len(words) > 1 and words[1].casefold().strip(".") not in lists["titles"]:
        return None
    for word in words:
        if word[0].islower() and word.split("-")[0].split("’")[0].split("'")[0] not in lists["particles"]:
            return None
    if any(w.casefold().strip(".") in lists["titles"] for w in words[:3]):
        return "titled"
    return "name" if len(words) > 1 else "word"


def _accepted(found: list[_Label], text: str) -> list[_Label]:
    """The labels that open turns: what repeats, what is spoken, and whatever stands among such."""
    groups: dict[tuple[str, bool], list[_Label]] = defaultdict(list)
    for label in found:
        groups[label.key, label.kind in ("line", "speech")].append(label)
    strong = {key for key, group in groups.items() if _strong(group, text)}
    sure = sum(len(groups[key]) for key in strong)
    surnames = {word for key, _ in strong for word in key.split()}
    colons = any(not bare for _, bare in strong)
    kept = []
    for label in found:
        key = label.key, label.kind in ("line", "speech")
        pair = sure == 1 and label.spoken and label.kind in ("role", "titled", "name")
        among = (pair and label.prose) or (
            sure >= 2 and label.prose and (label.kind in ("role", "titled", "name") or (label.kind == "word" and label.key in surnames))
        )
        if label.kind in ("line", "speech"):
            among = sure >= 2 and label.kind == "line" and label.prose and not colons
            if colons:
                continue
        if key in strong or among:
            kept.append(label)
    return kept


def _strong(group: list[_Label], text: str) -> bool:
    """Whether a label's own occurrences show that somebody speaks after it."""
    kind, times = group[0].kind, len(group)
    prose, spoken = sum(g.prose for g in group), sum(g.spoken for g in group)
    if all(g.quoted for g in group) or not prose:
        return False
    if kind == "role":
        return spoken > 0
    if kind == "speech":
        return spoken > 0 and " and " not in group[0].name
    if kind == "line":
        return times > 1 and spoken > 0 and prose == times
    if times > 1:
        return 3 * spoken >= times
    if kind == "word":
        return False
    at = group[0]
    return spoken > 0 and (kind == "titled" or bool(_GREETING.search(text, at.end, at.end + 120)) or text.count(at.name.split()[-1]) > 1)


def _turn(text: str, label: _Label, end: int, last: bool) -> Turn | None:
    """The turn after a label, without what closes the transcript."""
    start = label.end
    while start < end and text[start].isspace():
        start += 1
    lines = list(_LINE.finditer(text, start, end))
    while label.kind == "speech" and len(lines) > 1 and _DATELINE.search(lines[0][0]):
        lines.pop(0)
        start = lines[0].start()
    cut = end
    third = re.compile(r"\s*" + re.escape(label.name) + r"(?:,| is | was | has )")
    for k, line in enumerate(lines):
        if _END.match(line[0]) or (k and last and (third.match(line[0]) or (_NARRATED.match(line[0]) and not _SPOKEN.search(line[0])))):
            cut = line.start()
            lines = lines[:k]
            break
    while lines and (_STAGE.match(lines[-1][0]) or lines[-1][0].isspace()):
        cut = lines.pop().start()
    cut = start + len(text[start:cut].rstrip())
    return (label.start, label.end, start, cut, label.name) if start < cut else None
