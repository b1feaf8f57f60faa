"""Commitments that stand in lists: points of "the parties agreed:", operative paragraphs, rows with a date and a status."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from dragoman.extract.commitment_owner import SHEET, pair
from dragoman.extract.commitment_terms import deadline, target
from dragoman.extract.frame import claim_base, lexicon, state_ref
from dragoman.model.annotations import AnnotatedText, MentionType, Sentence
from dragoman.model.claims import ActorRef, Amount, Commitment

_POINT = re.compile(r"^\W*(?:\(?[a-z0-9]{1,3}[.)]\s*)?(?:[-–—•*]\s*)?(?P<to>[Tt]o) (?P<verb>[a-z-]+)")
_OPERATIVE = re.compile(
    r"^\W*(?:\(?[a-z0-9]{1,3}[.)]\s*)?(?:further |also |hereby )?"
    r"(?P<cue>Resolves?|Agrees?|Decides?|Undertakes?|Commits?|Pledges?|Determined) "
    r"(?:(?:our|them|it)sel(?:f|ves) )?to (?P<verb>[a-z-]+)",
    re.I,
)
_LEAD = re.compile(r"\b(?:agreed|agree|decided|decide|resolved|undertook|undertake|committed)\b[^.:]{0,60}:\s*$", re.I)
_ROW = re.compile(r"\t| {3,}|\|")


def listed(text: AnnotatedText, sentence: Sentence, lead: Commitment | None) -> Commitment | None:
    """The point of a list that an opening like "The parties agreed:" governs, or a paragraph like "Resolve to ..."."""
    m = _OPERATIVE.match(sentence.text)
    if m is None:
        m = _POINT.match(sentence.text)
        if m is None or not (
            _opened(text, sentence) or (lead is not None and lead.status == "agreed" and sentence.text.lstrip()[:1] in "(-–—•*")
        ):
            return None
    start, end = sentence.start + m.start("verb"), sentence.end
    dates = [d for d in text.dates_in(start, end) if d.edtf and not d.recurring]
    amount = target(text, start, end)
    by = _makers(text) or pair(text)
    return (
        Commitment(
            **claim_base(text, sentence.start, end),
            by=by,
            to=(),
            action=" ".join(text.text[start:end].split()).rstrip(";,."),
            target=None if amount is None else Amount(amount.low, amount.high, amount.unit),
            deadline=deadline(text, dates),
            status="agreed",
            confidence=0.7,
            rules=("list", m["verb"].lower(), *(("deadline",) if dates else ())),
        )
        if by
        else None
    )


def _opened(text: AnnotatedText, sentence: Sentence) -> bool:
    """Whether the lines above open a list of things agreed."""
    for k in range(sentence.index - 1, max(-1, sentence.index - 8), -1):
        before = text.sentences[k].text.rstrip()
        if _LEAD.search(before):
            return True
        if before.endswith(".") and not re.match(r"^\W*\(?[a-z0-9]{1,3}[.)]", before):
            return False
    return False


def _makers(text: AnnotatedText) -> tuple[ActorRef, ...]:
    """The body in whose name a declaration speaks: the organisation of its title."""
    head = text.text[:400]
    if not re.search(r"\b(?:DECLARATION|Declaration|COMMUNIQU|Communiqu|RESOLUTION|Resolution|Heads of (?:State|Government))", head):
        return ()
    for m in text.mentions_in(0, 400, MentionType.ORGANIZATION):
        if m.state is None:
            return (ActorRef(m.text, m.name, f"org:{m.name.lower().replace(' ', '-')}", None),)
    return ()


@cache
def _statuses() -> list[tuple[str, re.Pattern[str]]]:
    return [(status, re.compile(rf"\b(?:{pattern})", re.I)) for status, pattern in lexicon(SHEET)["rows"].items()]


def tabled(text: AnnotatedText) -> Iterator[Commitment]:
    """A commitment for each row with a name, a date and a word of status."""
    for sentence in text.sentences if _ROW.search(text.text) else ():
        for line in _lines(text, sentence):
            cells = [c for c in _ROW.split(text.text[line[0] : line[1]]) if c.strip()]
            if len(cells) < 3:
                continue
            dates = [d for d in text.dates_in(*line) if d.edtf and not d.recurring]
            last = cells[-1].strip()
            status = next((s for s, p in _statuses() if p.match(last)), None)
            by = pair(text) or tuple(state_ref(p) for p in text.parties)
            if not dates or status is None or not by:
                continue
            when = dates[-1] if status == "under way" and len(dates) > 1 else dates[0]
            name = max(cells[:-1], key=len).strip()
            yield Commitment(
                **claim_base(text, line[0], line[1]),
                by=by,
                to=(),
                action=name,
                deadline=when.edtf,
                status=status,
                confidence=0.7,
                rules=("row", status, last.split()[0].lower()),
            )


def _lines(text: AnnotatedText, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """The lines of a sentence that look like rows, as whole lines of the text."""
    if not _ROW.search(sentence.text):
        return
    at = text.text.rfind("\n", 0, sentence.start) + 1
    while at < sentence.end:
        end = text.text.find("\n", at)
        end = len(text.text) if end < 0 else end
        if end > at and at >= text.text.rfind("\n", 0, sentence.start) + 1:
            yield at, end
        at = end + 1
