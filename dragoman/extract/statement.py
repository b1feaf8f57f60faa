"""Statements: what somebody said, in exact words, directly or as reported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from dragoman.extract.frame import actor_ref, claim_base, lexicon
from dragoman.model.annotations import Actor, AnnotatedText, Quote
from dragoman.model.claims import ActorRef, Statement
from dragoman.model.documents import Evidence

SURE = {"turn": 0.95, "direct": 0.88, "carried": 0.75, "clause": 0.7, "act": 0.45}
GOVERNMENT = re.compile(r"\b(?:government|authorities|administration|cabinet|leadership)$", re.I)
WITHIN = 60  # code points around a cue in which the day of speaking stands


def extract(text: AnnotatedText) -> Iterator[Statement]:
    """One statement a quotation; the same words quoted again add evidence."""
    words = lexicon(__file__)
    acts, left_out = frozenset(words["acts"]), frozenset(words["not_statements"])
    seen: list[tuple[str, Statement]] = []
    for quote in text.quotes:
        if quote.speaker is None or (quote.cue in left_out and not quote.direct):
            continue
        claim = _statement(text, quote, acts)
        key = _key(claim.text)
        known = _before(seen, key, claim) if claim.direct and len(key) > 20 else None
        if known is None:
            seen.append((key, claim))
        else:
            seen[known] = (max(seen[known][0], key, key=len), _joined(seen[known][1], claim))
    yield from (claim for _, claim in seen)


def _statement(text: AnnotatedText, quote: Quote, acts: frozenset[str]) -> Statement:
    assert quote.speaker is not None
    base = claim_base(text, quote.start, quote.end, *quote.also, *_cue_clause(text, quote))
    how = _how(quote, acts)
    pieces = [text.text[quote.start : quote.end], *(text.text[a:b] for a, b in quote.also)]
    rules = (
        f"statement.{how}",
        *((f"cue:{quote.cue}",) if quote.cue else ()),
        *((f"speaker:{quote.speaker.resolved}",) if quote.speaker.resolved else ()),
    )
    return Statement(
        **base,
        confidence=SURE[how],
        rules=rules,
        speaker=_speaker(quote.speaker),
        addressee=_told(quote.addressee),
        text=" ".join(" ".join(pieces).split()),
        direct=quote.direct,
        cue=quote.cue,
        date=_date(text, quote),
    )


def _speaker(actor: Actor) -> ActorRef:
    """Who speaks; a government as the text calls it, with its state beside."""
    ref = actor_ref(actor)
    named = actor.kind == "state" and ref.mention and GOVERNMENT.search(ref.mention)
    return replace(ref, name=(ref.mention or "").removeprefix("the ").removeprefix("The ")) if named else ref


def _how(quote: Quote, acts: frozenset[str]) -> str:
    if quote.direct:
        return (
            "direct"
            if quote.cue
            else "turn"
            if (quote.speaker and quote.speaker.start < quote.start - 400) or quote.cue_start is None
            else "carried"
        )
    return "act" if quote.cue in acts or quote.cue_start == quote.start else "clause"


def _told(actor: Actor | None) -> ActorRef | None:
    return actor_ref(actor) if actor is not None else None


def _cue_clause(text: AnnotatedText, quote: Quote) -> list[tuple[int, int]]:
    """The speaker with the verb, where they stand apart from the words said."""
    if quote.cue_start is None or quote.cue_end is None or quote.speaker is None:
        return []
    start, end = quote.cue_start, quote.cue_end
    if text.sentence_at(quote.speaker.start) is text.sentence_at(quote.cue_start):
        start, end = min(start, quote.speaker.start), max(end, quote.speaker.end)
    inside = any(a <= start and end <= b for a, b in ((quote.start, quote.end), *quote.also))
    return [] if inside or end - start > 300 else [(start, end)]


def _date(text: AnnotatedText, quote: Quote) -> str | None:
    """The day of speaking, when it stands beside the cue ("said on Tuesday")."""
    if quote.cue_start is None or quote.cue_end is None:
        return None
    for date in text.dates_in(quote.cue_start - WITHIN, quote.cue_end + WITHIN):
        outside = all(date.end <= a or date.start >= b for a, b in ((quote.start, quote.end), *quote.also))
        near = text.text[min(date.end, quote.cue_end) : max(date.start, quote.cue_start)]
        if outside and date.edtf and date.relation == "at" and not date.recurring and "," not in near and "." not in near:
            return date.edtf
    return None


def _key(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold()))


def _before(seen: list[tuple[str, Statement]], key: str, claim: Statement) -> int | None:
    """Where the same words of the same speaker were quoted before."""
    for k, (other, s) in enumerate(seen):
        if other[:20] == key[:20] and s.direct and _repeats(other, key) and _one(s.speaker, claim.speaker):
            return k
    return None


def _repeats(one: str, other: str) -> bool:
    return len(one) > 20 and len(other) > 20 and (one.startswith(other) or other.startswith(one))


def _one(a: ActorRef, b: ActorRef) -> bool:
    return (a.name or a.mention or "").casefold() == (b.name or b.mention or "").casefold()


def _joined(first: Statement, again: Statement) -> Statement:
    """One statement of two quotations of the same words; the longer one leads."""
    lead, other = (first, again) if len(first.text) >= len(again.text) else (again, first)
    more: tuple[Evidence, ...] = tuple(e for e in other.evidence if e not in lead.evidence)
    return replace(lead, evidence=lead.evidence + more)
