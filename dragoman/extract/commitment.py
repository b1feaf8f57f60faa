"""Commitments: what somebody undertook to do, to whom, how much, by when, and what came of it as far as the text says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from dragoman.extract import clauses
from dragoman.extract.frame import actor_ref, claim_base, lexicon, state_ref
from dragoman.model.annotations import Actor, AnnotatedText, DateMention, Quantity, Sentence
from dragoman.model.claims import ActorRef, Amount, Commitment
from dragoman.reference.scan import Words

_PASSIVE = re.compile(r"\b(?:be|been|being)\s+(?:\w+ly\s+)?\w+(?:ed|en|wn|ilt|id|ught|de|ne|t)\b")
_BY = re.compile(r"\bby (?:the )?", re.I)
_STOP = re.compile(r"[;]|\. |, (?:who|which|where|while|but|although|after|before|said|he said|she said|and (?:that|will|would))\b|—|”")
_CONDITION = re.compile(r"\b(?:if|unless|provided that|on condition that|would (?:have to|need to)|might|may|could)\b")
_BOTH = re.compile(r"\b(?:both|the two|the parties|the sides|two sides|they|we)\b", re.I)
REACH = 230


class _Patterns(NamedTuple):
    cues: list[tuple[str, re.Pattern[str]]]
    whole: Words
    ends: list[tuple[str, re.Pattern[str]]]
    doing: re.Pattern[str]
    not_these: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    words = lexicon(__file__)
    kinds = ("missed", "dropped", "promise", "agree", "under_way", "nouns", "plan")
    cues = [(kind, re.compile(rf"\b(?:{words[kind]})")) for kind in kinds]
    whole = Words(re.compile(r"\b(?:" + "|".join(words[kind] for kind in kinds) + ")"))
    ends = [(status, re.compile(rf"\b(?:{words[status]})")) for status in ("done", "missed", "dropped")]
    doing = re.compile(rf"\b(?:{words['doing']})(?:ed|d|s|ing|n)?\b")
    return _Patterns(cues, whole, ends, doing, re.compile(rf"\b(?:{words['not']})"))


def extract(text: AnnotatedText) -> Iterator[Commitment]:
    """One commitment for each word of promise or plan with an owner and a thing to do."""
    patterns = _patterns()
    for sentence in text.sentences:
        done = 0
        for m in patterns.whole.finditer(text.text, sentence.start, sentence.end):
            if m.start() < done or patterns.not_these.match(text.text, m.start()):
                continue
            cue = next((kind for kind, p in patterns.cues if p.match(text.text, m.start())), None)
            found = _commitment(text, sentence, m, cue) if cue else None
            if found is not None:
                done = found.evidence[0].end
                yield found


def _commitment(text: AnnotatedText, sentence: Sentence, m: re.Match[str], cue: str) -> Commitment | None:
    patterns = _patterns()
    right = _end(text, sentence, m)
    words = text.text[m.start() : right]
    dates = [
        d
        for d in text.dates_in(m.start(), right)
        if d.edtf and not d.recurring and d.relation in ("by", "at", "until", "before", "since", "after")
    ]
    deadline = _deadline(text, dates)
    target = _target(text, m.start(), right)
    doing = patterns.doing.search(words[:120]) is not None
    status = _status(text, sentence, m, cue)
    if cue in ("missed", "dropped") and not (
        re.search(r"\b(?:promis|pledg|plan|target|goal|due|schedul|opening|agreed)", sentence.text) and (dates or target)
    ):
        return None
    if cue == "plan" and not ((doing and (deadline or target or _official(text, sentence, m))) or (deadline and target)):
        return None
    if cue in ("agree", "nouns", "promise") and not (doing or deadline or target):
        return None
    by, start = _owner(text, sentence, m, words)
    if not by:
        return None
    modality = _modality(text, sentence, m, cue)
    begin = start if start is not None and m.start() - start < 120 else m.start()
    return Commitment(
        **claim_base(text, begin, right),
        by=by,
        to=(),
        action=" ".join(words.split()),
        target=None if target is None else Amount(target.low, target.high, target.unit, None),
        deadline=deadline,
        status=status,
        modality=modality,
        confidence={"promise": 0.75, "agree": 0.7, "plan": 0.5}.get(cue, 0.5),
        rules=(
            cue,
            m.group().split()[0].lower(),
            *(("deadline",) if deadline else ()),
            *(("target",) if target else ()),
            *(("doing",) if doing else ()),
        ),
    )


def _end(text: AnnotatedText, sentence: Sentence, m: re.Match[str]) -> int:
    limit = min(sentence.end, m.start() + REACH)
    stop = _STOP.search(text.text, m.end(), limit)
    return stop.start() if stop else limit


def _deadline(text: AnnotatedText, dates: list[DateMention]) -> str | None:
    """The date by which or at which it is to be; not a day before the document's own."""
    published = text.document.published or ""
    for d in dates:
        edtf = d.edtf or ""
        last = edtf.split("/")[-1]
        if d.relation in ("by", "before", "until") or last[:4] >= published[:4]:
            return edtf.removesuffix("/..") if d.relation == "since" else edtf
    return None


def _target(text: AnnotatedText, start: int, end: int) -> Quantity | None:
    """The amount or number of the thing promised; money before counts, levels before changes."""
    found = [q for q in text.quantities_in(start, end) if (q.low is not None or q.high is not None) and q.measure != "rank"]
    found = [q for q in found if q.unit not in ("d", "h", "a", "mo", "wk", "min")]
    money = [q for q in found if len(q.unit) == 3 and q.unit.isupper()]
    to = [q for q in found if q.direction == "to"]
    return (to or money or found or [None])[0]


def _official(text: AnnotatedText, sentence: Sentence, m: re.Match[str]) -> bool:
    """Whether a state, body or office is named before the words in the sentence, or a side speaks for itself."""
    lead = text.text[sentence.start : m.start()]
    return any(a.kind in ("state", "organization", "office") for a in text.actors_in(sentence.start, m.start())) or bool(
        _BOTH.search(lead[-40:])
    )


def _status(text: AnnotatedText, sentence: Sentence, m: re.Match[str], cue: str) -> str:
    for status, pattern in _patterns().ends:
        if pattern.search(text.text, sentence.start, sentence.end) and cue != "plan":
            return status
    if cue == "under_way":
        return "under way"
    return "agreed" if cue == "agree" else "announced"


def _modality(text: AnnotatedText, sentence: Sentence, m: re.Match[str], cue: str) -> str:
    before = text.text[max(sentence.start, m.start() - 60) : m.end() + 12]
    if re.search(r"\b(?:not|never|no longer|denied|refused|declined)\b", before):
        return "denied"
    if re.search(r"\b(?:asked|urged|proposed|suggested|called (?:on|for)|demanded|if|whether)\b", before):
        return "possible"
    return "actual"


# ---------------------------------------------------------------- who owns it


def _owner(text: AnnotatedText, sentence: Sentence, m: re.Match[str], words: str) -> tuple[tuple[ActorRef, ...], int | None]:
    """Who undertook it, and where the phrase starts: the agent of a passive, the subject, the pair, else the speaker."""
    if _PASSIVE.search(words[:70]):
        by = _BY.search(words)
        agent = [a for a in text.actors_in(m.start(), m.start() + len(words)) if by and 0 <= a.start - (m.start() + by.end()) < 4]
        if agent:
            return _refs(text, agent[:1]), None
        return _pair(text), None
    before = clauses.before(text, m.start(), sentence.start, 60) or _subject(text, sentence, m.start())
    known = _refs(text, before)
    if known:
        return known, before[0].start
    lead = text.text[max(sentence.start, m.start() - 50) : m.start()]
    if _BOTH.search(lead):
        return _pair(text), None
    speaker = next((q.speaker for q in text.quotes if q.speaker and q.start <= m.start() < q.end), None)
    return (_refs(text, [speaker]), None) if speaker is not None else ((), None)


def _subject(text: AnnotatedText, sentence: Sentence, at: int) -> list[Actor]:
    for token in reversed(sentence.tokens):
        if token.dep.startswith("nsubj") and token.end <= at:
            hit = [a for a in text.actors_in(sentence.start, at) if a.start <= token.start < a.end]
            if hit:
                return hit
    return text.actors_in(sentence.start, at)[-1:]


def _refs(text: AnnotatedText, actors: list[Actor]) -> tuple[ActorRef, ...]:
    """Actors as owners: groups as their members, pronouns as those they stand for; nobody unnamed."""
    out: dict[str, ActorRef] = {}
    for a in actors:
        for one in a.members or (a,):
            if one.kind == "pronoun" and not one.name:
                if one.state:
                    out.setdefault(one.state, state_ref(one.state, one.mention))
                continue
            if one.kind == "group":
                continue
            ref = (
                state_ref(one.state, " ".join(one.mention.split()))
                if one.kind in ("state", "office") and one.state and not one.name
                else actor_ref(one)
            )
            out.setdefault(ref.name or ref.mention or "", ref)
    return tuple(out.values())[:4]


def _pair(text: AnnotatedText) -> tuple[ActorRef, ...]:
    return tuple(state_ref(code) for code in text.parties[:2]) if len(text.parties) >= 2 else ()
