"""The paragraphs of a transcript's turns, each said by the turn's speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.annotate.speakers import Turn
from dragoman.model.annotations import Actor, AnnotatedText, Quote
from dragoman.model.documents import READ, Zone

_PARAGRAPH = re.compile(r"[^\n]+")
_STAGE = re.compile(r"\s*[(\[][^()\[\]\n]{1,300}[)\]]\s*$")
_ENDS = re.compile(r"[.!?…:;,—–-][\"'”’»)\]]{0,3}$")
_GREETS = re.compile(r"(?:[\w’'.-]{1,20}+ ?+){1,5}+,")
_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "his",
        "her",
        "majesty",
        "excellency",
        "royal",
        "highness",
        "the",
        "right",
        "honourable",
        "hon",
        "president",
        "prime",
        "minister",
        "premier",
        "foreign",
        "federal",
        "chancellor",
        "secretary",
        "king",
        "queen",
        "ambassador",
        "deputy",
        "vice",
        "acting",
        "spokesperson",
        "state",
        "of",
        "for",
    ]
)
_ANSWERS = frozenset(
    {"a", "answer", "interviewee", "the president", "the prime minister", "the secretary", "the minister", "president", "minister"}
)
_ASKS = {"q": "Question", "question": "Question", "questions": "Question"}


def find(text: AnnotatedText, labelled: list[Turn]) -> list[Quote]:
    """One direct quotation a paragraph of each turn; stage directions and repeated captions are left out."""
    if not labelled:
        return []
    named = {label: _speaker(text, label, at) for at, _, _, _, label in reversed(labelled)}
    before = {line.strip() for line in text.text[: labelled[0][0]].split("\n") if line.strip()}
    return [
        Quote(start, end, True, named[label])
        for _, _, start, end, label in labelled
        for start, end in _paragraphs(text, start, end, before)
    ]


def _paragraphs(text: AnnotatedText, start: int, end: int, before: set[str]) -> Iterator[tuple[int, int]]:
    """The spoken paragraphs of a turn; lines that do not end a sentence go on in the next."""
    open_at: int | None = None
    for line in _PARAGRAPH.finditer(text.text, start, end):
        words = line[0].strip()
        if not words or _STAGE.match(words) or words in before or text.document.zone_at(line.start()) not in READ:
            continue
        if text.document.zone_at(line.start()) is Zone.HEADING and not _ENDS.search(words):
            continue
        from_ = line.start() + len(line[0]) - len(line[0].lstrip())
        to = from_ + len(words)
        runs_on = not _ENDS.search(words) and text.text[to : to + 2].count("\n") == 1 and not text.text[to : to + 3].isspace()
        if open_at is None:
            open_at = from_
        if runs_on and to < end:
            continue
        if not _GREETS.fullmatch(text.text, open_at, to):
            yield open_at, to
        open_at = None


def _speaker(text: AnnotatedText, label: str, at: int) -> Actor:
    """The actor a label names, in its fullest form; the label itself where the text has nobody of that name."""
    key = label.casefold().strip(" .")
    persons = [a for a in text.actors if a.kind == "person" and a.name and a.resolved is None]
    if key in _ASKS or key in ("journalist", "moderator"):
        return Actor(at, at + len(label), label, _ASKS.get(key, label.capitalize()), "person")
    if key in _ANSWERS:
        office = key.removeprefix("the ").removeprefix("prime ")
        fits = [a for a in persons if a.position and office in a.position] or persons
        first = fits[0] if fits else None
    else:
        for part in (key, *(key.split(",") if "," in key else ())):  # "X, Prime Minister of Norway"
            first = _named(persons, [w for w in re.findall(r"[^\W\d_][\w’'-]*", part) if w not in _TITLES])
            if first is not None:
                break
    if first is not None:
        return Actor(
            at,
            at + len(label),
            label,
            first.name,
            first.kind,
            first.id,
            first.state,
            first.position,
            first.organization,
            first.acting,
            first.former,
            first.designate,
            "surname",
            (),
            first.gender,
        )
    before = label.split(",")[0]
    label_name = before if len(before.split()) > 1 and not _TITLES & set(before.casefold().split()) else label
    words = [w for w in label_name.split() if w.casefold().strip(".") not in _TITLES] or label.split()
    name = " ".join(w.capitalize() if w.isupper() and len(w) > 2 else w for w in words)
    return Actor(at, at + len(label), label, name, "person")


def _named(persons: list[Actor], wanted: list[str]) -> Actor | None:
    """The person whose name holds all the words, with an office stated where possible; None when two different ones do."""
    if not wanted:
        return None
    fits = [a for a in persons if a.name and set(wanted) <= set(re.findall(r"[^\W\d_][\w’'-]*", a.name.casefold()))]
    if len({a.name for a in fits}) > 1:
        full = [a for a in fits if a.name and a.name.casefold() == " ".join(wanted)]
        fits = full or fits[:1]
    return next((a for a in fits if a.position), fits[0] if fits else None)
