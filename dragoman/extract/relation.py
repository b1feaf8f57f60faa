"""Relations: what two states are to each other, with the rank that one gives the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from dragoman.extract.frame import claim_base, lexicon, matches
from dragoman.extract.relation_sides import sides
from dragoman.model.annotations import AnnotatedText, Mention, MentionType, Sentence
from dragoman.model.claims import Relation
from dragoman.reference.scan import Words

_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
]
_NUMBER = {word: n for n, word in enumerate(_ORDINALS, 1)}
_RANKED = "|".join(_ORDINALS) + r"|\d{1,2}(?:st|nd|rd|th)"
_BEFORE = re.compile(
    rf"\b(?:(?P<nth>{_RANKED})[- ](?:largest|biggest|most important|main|leading)|"
    r"(?P<top>largest|biggest|chief|main|leading|number one|principal|first|top|most important))"
    r"(?:\s+(?:single|foreign|export|bilateral|\w+ing))?\s*$",
    re.I,
)
_PLACED = re.compile(
    rf"\b(?:rank(?:s|ed|ing)?|plac(?:es|ed|ing)|is|was|in|took|takes|came)\b[^.;]{{0,30}}?"
    rf"\b(?P<nth>{_RANKED})\b(?: place)?[^.;]{{0,20}}?\b(?:among|of|in)\b",
    re.I,
)
_NOT_ONE = re.compile(r"\bone of (?:the|its|our|their|his)\b[^.;]{0,60}$", re.I)
_OURS = re.compile(r"\b(?:our|ours|we|us|to us)\b", re.I)
_ITS = re.compile(r"\b(?:its|the country[’']s|the republic[’']s|the kingdom[’']s|their)\b", re.I)
_BOTH = re.compile(r"\b(?:the two|both|two|as|our|good|between|of)\s+(?:\w+\s+)?$", re.I)
_PREDICATE = re.compile(
    r"\b(?:is|are|was|were|been|be|remain(?:s|ed)?|became|become|becomes|as|considers?|called|sees?|makes?|made|overtaken?|rank(?:s|ed)?|placed?|puts)\b"
)
UNRANKED = frozenset({"investor", "donor", "supplier", "customer", "source of tourists", "source of remittances"})
PERSONS = frozenset({"neighbour", "partner", "ally"})


@cache
def _types() -> tuple[Words, list[tuple[re.Pattern[str], str]], re.Pattern[str]]:
    words = lexicon(__file__)
    pairs = [(re.compile(p + r"s?", re.I), name) for p, name in words["types"]]
    whole = Words(re.compile(r"\b(?:" + "|".join(p for p, _ in words["types"]) + r")s?\b", re.I))
    return whole, pairs, re.compile(words["not"], re.I)


def extract(text: AnnotatedText) -> Iterator[Relation]:
    """One relation for each word of relation that stands between two states."""
    whole, pairs, not_these = _types()
    for index, found in matches(text, whole).items():
        sentence = text.sentences[index]
        for m in found:
            if not_these.match(text.text, m.start()) or not_these.search(text.text, max(sentence.start, m.start() - 12), m.end() + 14):
                continue
            kind = next((name for p, name in pairs if p.match(m.group())), None)
            if kind is None:
                continue
            relation = _relation(text, sentence, m, kind)
            if relation:
                yield relation


def _relation(text: AnnotatedText, sentence: Sentence, m: re.Match[str], kind: str) -> Relation | None:
    lead = text.text[sentence.start : m.start()]
    rank = _rank(text, sentence, m, lead)
    parsed, told = sides(text, sentence, m.start(), m.end())
    states = parsed or _states(text, sentence, m)
    rules = [kind, "ranked" if rank else "plain", *(("parsed",) if parsed else ())]
    if (told or (kind in UNRANKED and not rank)) and not parsed:
        return None
    if len(states) < 2:
        states = _supplied(text, sentence, m, states, kind)
        rules.append("supplied")
    if len(states) != 2 or (kind in PERSONS and not parsed and not _between_states(text, sentence, m, lead)):
        return None
    start = max(
        sentence.start,
        min(
            [
                m.start(),
                *(s.start for s in text.mentions_in(sentence.start, sentence.end) if s.state in states and m.start() - s.start < 90),
            ]
        ),
    )
    end = max([m.end(), *(s.end for s in text.mentions_in(sentence.start, sentence.end) if s.state in states and 0 < s.end - m.end() < 60)])
    return Relation(
        **claim_base(text, start, end),
        parties=tuple(sorted(states)),
        type=kind,
        rank=rank,
        rules=tuple(rules),
        confidence=0.7 if rank else 0.6,
    )


def _rank(text: AnnotatedText, sentence: Sentence, m: re.Match[str], lead: str) -> int | None:
    if _NOT_ONE.search(lead):
        return None
    before = _BEFORE.search(lead[-70:])
    if before:
        return _nth(before["nth"]) if before["nth"] else 1
    placed = _PLACED.search(text.text, sentence.start, m.end())
    return _nth(placed["nth"]) if placed and m.start() - placed.end() < 40 else None


def _nth(word: str) -> int:
    return _NUMBER.get(word.lower()) or int(re.sub(r"\D", "", word))


def _named(text: AnnotatedText, sentence: Sentence) -> list[Mention]:
    return [s for s in text.mentions_in(sentence.start, sentence.end, MentionType.STATE, MentionType.DEMONYM) if s.state]


def _states(text: AnnotatedText, sentence: Sentence, m: re.Match[str]) -> list[str]:
    """The two states nearest to the word, one of them before it where possible."""
    near = sorted(_named(text, sentence), key=lambda s: m.start() - s.end if s.end <= m.start() else (s.start - m.end()) * 2)
    out: list[str] = []
    for s in near:
        if s.state and s.state not in out and abs(s.start - m.start()) < 160:
            out.append(s.state)
    return out[:2]


def _supplied(text: AnnotatedText, sentence: Sentence, m: re.Match[str], states: list[str], kind: str) -> list[str]:
    """The state that "our", "its" or "the two" stands for."""
    lead = text.text[max(sentence.start, m.start() - 60) : m.start()]
    around = text.text[max(sentence.start, m.start() - 60) : min(sentence.end, m.end() + 40)]
    pair = list(text.parties[:2])
    if not states:
        plural = m.group().lower().endswith("s")
        return pair if plural and kind in PERSONS | {"strategic partner"} and _BOTH.search(lead) else []
    other = [p for p in pair if p not in states]
    speaker = next((q.speaker.state for q in text.quotes if q.speaker and q.start <= m.start() < q.end), None)
    ours = speaker or text.home
    if _OURS.search(around) and ours and ours not in states:
        return [*states, ours]
    if _ITS.search(lead) and len(other) == 1:
        return [*states, other[0]]
    return states


def _between_states(text: AnnotatedText, sentence: Sentence, m: re.Match[str], lead: str) -> bool:
    """Whether a word that is said of persons too is said of states here: in a predicate, an apposition or a plural."""
    close = lead[-70:]
    return bool(
        _PREDICATE.search(close)
        or _BOTH.search(lead)
        or re.search(r",\s+(?:our|its|a|the)\s+(?:\w+\s+){0,2}$", lead)
        or m.group().lower().endswith("s")
    )
