"""Why a claim says what it says: its sentence, what the language stages saw there, and where each date comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dragoman.model.annotations import Actor, AnnotatedText, DateMention
from dragoman.model.claims import Claim
from dragoman.model.stored import ClaimRow
from dragoman.views import wording
from dragoman.views.visible import one_line

DATES = ("date", "since", "until", "period", "base_period")
RESOLVED = {
    "pronoun": "a pronoun, taken for",
    "title": "an office named again, taken for",
    "counterpart": "the counterpart, taken for",
    "group": "a group, taken for",
    "surname": "a name given in part, taken for",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing that a stage saw: its words, what they were taken for, and how."""

    stage: str
    words: str
    taken_for: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """sentence and its offsets; what was seen in it; the rules that fired; why each date; and the chain of sources."""

    row: ClaimRow
    line: str
    sentence: str
    start: int
    end: int
    seen: tuple[Seen, ...]
    rules: tuple[str, ...]
    dates: tuple[str, ...]
    modality: str
    sources: tuple[str, ...]


def explain(row: ClaimRow, text: AnnotatedText) -> Explanation:
    """The explanation of a claim, from its document annotated again."""
    claim = row.claim
    first = claim.evidence[0]
    held = [s for s in text.sentences if s.start < first.end and first.start < s.end]
    start = min([s.start for s in held] + [first.start])
    end = max([s.end for s in held] + [first.end])
    return Explanation(
        row,
        wording.line(claim),
        text.text[start:end],
        start,
        end,
        tuple(_seen(text, start, end)),
        claim.rules,
        tuple(_dates(claim, text, start, end)),
        _modality(claim),
        tuple(f"{link.role}: {one_line(link.name, 120)}" for link in claim.attribution),
    )


def _seen(text: AnnotatedText, start: int, end: int) -> list[Seen]:
    out: list[tuple[int, Seen]] = []
    for actor in text.actors_in(start, end):
        out.append((actor.start, Seen("actor", one_line(actor.mention), _actor(actor))))
    for date in text.dates_in(start, end):
        out.append(
            (
                date.start,
                Seen(
                    "date",
                    one_line(date.text),
                    f"{date.edtf or 'cannot be resolved'} ({date.relation}{', recurring' if date.recurring else ''})",
                ),
            )
        )
    for q in text.quantities_in(start, end):
        shown = wording.amount(q.low, q.high, q.unit, q.modifier, signed=q.measure == "change")
        out.append((q.start, Seen("quantity", one_line(q.text), f"{shown}, {q.measure}{', of ' + one_line(q.noun) if q.noun else ''}")))
    for quote in text.quotes:
        if quote.start < end and start < quote.end:
            speaker = quote.speaker.name or quote.speaker.mention if quote.speaker else "a speaker not named"
            out.append(
                (
                    quote.start,
                    Seen(
                        "quotation",
                        one_line(text.text[quote.start : quote.end], 100),
                        f"{'direct' if quote.direct else 'reported'}, {one_line(speaker)}{', verb ' + quote.cue if quote.cue else ''}",
                    ),
                )
            )
    return [s for _, s in sorted(out, key=lambda pair: pair[0])]


def _actor(actor: Actor) -> str:
    if actor.members:
        who = wording.joined([m.name or m.mention for m in actor.members])
    else:
        who = ", ".join(
            w for w in (actor.name or "nobody by name", actor.position, wording.state(actor.state) if actor.state else None) if w
        )
    how = RESOLVED.get(actor.resolved or "")
    return one_line(f"{how} {who}" if how else f"{actor.kind}: {who}")


def _dates(claim: Claim, text: AnnotatedText, start: int, end: int) -> list[str]:
    out = []
    for name in DATES:
        value = getattr(claim, name, None)
        if value:
            out.append(f"{name} {value}: {_reason(value, text, start, end)}")
    if not out and any(hasattr(claim, name) for name in DATES):
        out.append("no date: the text gives none for this that could be resolved")
    return out


def _reason(value: str, text: AnnotatedText, start: int, end: int) -> str:
    document: Any = text.document
    inside = [d for d in text.dates_in(start, end) if _is(d, value)]
    if inside:
        base = (
            f", counted from the document's date {document.published} ({document.published_by})"
            if document.published and not _absolute(inside[0])
            else ""
        )
        return f"from “{one_line(inside[0].text)}”{base}"
    if value == document.published:
        words = f": “{one_line(document.published_evidence.quote)}”" if document.published_evidence else ""
        return f"the document's own date, known by {document.published_by}{words}"
    other = [d for d in text.dates if _is(d, value)]
    if other:
        near = min(other, key=lambda d: abs(d.start - start))
        return f"from “{one_line(near.text)}” {'before' if near.start < start else 'after'} this sentence"
    return "put together from the dates above"


def _is(date: DateMention, value: str) -> bool:
    return date.edtf is not None and (date.edtf == value or value in date.edtf.split("/"))


def _absolute(date: DateMention) -> bool:
    return any(len(w) == 4 and w.isdigit() for w in "".join(c if c.isalnum() else " " for c in date.text).split())


def _modality(claim: Claim) -> str:
    return {
        "actual": "stated as having happened or being so",
        "planned": "stated as planned",
        "possible": "stated as possible or asked for",
        "denied": "denied, refused or called off",
    }[claim.modality]
