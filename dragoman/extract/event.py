"""Events in PLOVER's categories: who does what to whom; meetings, agreements and promises are events besides.

Source: the PLOVER manual; a visitor is the source and the host the recipient, a signature is SUPPORT, a promise AGREE.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from dragoman.extract import clauses
from dragoman.extract.frame import actor_ref, claim_base, lexicon, state_ref
from dragoman.model.annotations import Actor, AnnotatedText, MentionType, Sentence
from dragoman.model.claims import ActorRef, Agreement, Claim, Commitment, Contact, Event, PlaceRef

ACTIONS = {"signed": "SUPPORT", "adopted": "SUPPORT", "ratified": "SUPPORT", "planned": "AGREE"}
_BY = re.compile(r"\bby\s+(?:the\s+)?", re.I)
_PASSIVE = re.compile(r"\b(?:was|were|been|being|is|are|be)\s+(?:\w+ly\s+)?$", re.I)
_ITSELF = re.compile(r"\b(?:we|our|us)\b", re.I)
REACH = 140


class Rule(NamedTuple):
    """A category with its mode, and where the recipient stands: `after`, `before`, `any` or `none`."""

    category: str
    mode: str | None
    recipient: str


@cache
def _rules() -> tuple[re.Pattern[str], list[tuple[Rule, re.Pattern[str]]], re.Pattern[str]]:
    words = lexicon(__file__)
    rules = [(Rule(category, mode, where), re.compile(rf"\b(?:{pattern})")) for category, mode, pattern, where in words["rules"]]
    whole = re.compile(r"\b(?:" + "|".join(pattern for _, _, pattern, _ in words["rules"]) + ")")
    return whole, rules, re.compile(words["idioms"])


@cache
def _contexts() -> list[tuple[str, re.Pattern[str]]]:
    return [(name, re.compile(rf"\b(?:{pattern})", re.I)) for name, pattern in lexicon(__file__)["contexts"].items()]


def extract(text: AnnotatedText) -> Iterator[Event]:
    """One event for each trigger that has somebody with a state before or after it."""
    whole, rules, idioms = _rules()
    for sentence in text.sentences:
        for m in whole.finditer(text.text, sentence.start, sentence.end):
            if idioms.search(text.text, max(sentence.start, m.start() - 30), min(sentence.end, m.end() + 30)):
                continue
            rule = next((r for r, pattern in rules if pattern.match(text.text, m.start())), None)
            event = _event(text, sentence, m, rule) if rule else None
            if event is not None:
                yield event


def _event(text: AnnotatedText, sentence: Sentence, m: re.Match[str], rule: Rule) -> Event | None:
    left, right = clauses.clause(text, sentence, m.start(), m.end())
    source, recipient, found = _sides(text, sentence, m, rule, left, right)
    if not source or (not recipient and rule.recipient in ("after", "before")):
        return None
    sides = {_key(a) for a in source}
    recipient = [r for r in recipient if _key(r) not in sides]
    if not recipient and rule.recipient != "none":
        return None
    date = clauses.date_of(text, sentence, left, right, m.start())
    where = clauses.place_of(text, left, right, m.start())
    start, end = _span(m, found, left, right)
    if date and left <= date.start < right:
        start, end = min(start, max(left, date.start)), max(end, min(right, date.end)) if date.start - end < 50 else end
    modality = clauses.modality(text, left, right, m.start())
    return Event(
        **claim_base(text, start, end),
        event_type=rule.category,
        mode=rule.mode,
        context=_context(text.text[start:end]),
        source=tuple(source),
        recipient=tuple(recipient),
        date=date.edtf if date else None,
        place=PlaceRef(where.name, where.state) if where else None,
        modality="planned" if rule.category == "AGREE" and modality == "planned" else modality,
        confidence=0.5,
        rules=(f"{rule.category}/{rule.mode or ''}", m.group().split()[0].lower(), f"recipient:{len(recipient)}"),
    )


def _span(m: re.Match[str], found: list[tuple[int, int]], left: int, right: int) -> tuple[int, int]:
    near = [(a, b) for a, b in found if left <= a and b <= right and abs(a - m.start()) < REACH]
    return min([m.start(), *(a for a, _ in near)]), max([m.end(), *(b for _, b in near)])


def _sides(
    text: AnnotatedText, sentence: Sentence, m: re.Match[str], rule: Rule, left: int, right: int
) -> tuple[list[ActorRef], list[ActorRef], list[tuple[int, int]]]:
    """Who acts and on whom, as states or bodies, and where they stand."""
    before = _named(text, max(sentence.start, left), m.start()) or _named(text, max(sentence.start, m.start() - REACH), m.start())
    after = _named(text, m.end(), min(sentence.end, m.end() + REACH))
    by = _BY.search(text.text, m.end(), right)
    if _PASSIVE.search(text.text, max(left, m.start() - 20), m.start()):
        agent = [a for a in after if by and a[0].start >= by.end()][:1]
        return _refs(agent), _refs(before[-2:]), _places(agent + before[-2:])
    if rule.recipient == "before":
        pair = before[-2:]
        return _refs(pair[:1]), _refs(pair[1:]), _places(pair)
    subject = _subject(sentence, before, m.start())
    own = _refs(subject)
    others = [a for a in after if _key(_ref(a)) not in {_key(o) for o in own}]
    return own, _refs(_together(text, others)), _places(subject + others[:1])


Named = tuple[Actor, str | None]  # an actor with the state it stands for


def _named(text: AnnotatedText, start: int, end: int) -> list[Named]:
    """Those in a stretch that stand for a state or an organisation, in order; demonyms count as their state."""
    out: list[Named] = []
    for a in text.actors_in(start, end):
        if a.members:
            out += [(member, member.state) for member in a.members if member.state]
        elif a.state or (a.kind == "organization" and a.name):
            out.append((a, a.state))
    held = [(a.start, a.end) for a, _ in out]
    for d in text.mentions_in(start, end, MentionType.DEMONYM, MentionType.STATE, MentionType.PLACE):
        if d.state and not any(s <= d.start and d.end <= e for s, e in held):
            out.append((Actor(d.start, d.end, d.text, d.state, "state", f"state:{d.state}", d.state), d.state))
    return sorted(out, key=lambda a: a[0].start)


def _subject(sentence: Sentence, before: list[Named], at: int) -> list[Named]:
    """The subject of the verb by the parse where an actor holds it, else the nearest before; co-ordinated ones together."""
    for token in sentence.tokens:
        head = sentence.tokens[token.head]
        if token.dep.startswith("nsubj") and token.end <= at and head.start <= at < head.end + 1:
            hit = [a for a in before if a[0].start <= token.start < a[0].end]
            joined = [a for a in before if hit and 0 <= a[0].start - hit[0][0].end < 40]
            return hit + [a for a in joined if a not in hit and _joins(sentence, hit[0][0].end, a[0].start)]
    return before[-1:]


def _joins(sentence: Sentence, start: int, end: int) -> bool:
    glue = sentence.text[start - sentence.start : end - sentence.start]
    return re.fullmatch(r"\s*(?:,|and|, and|&)\s*(?:the\s+)?|,\s+\w+\s+and\s+", glue) is not None


def _together(text: AnnotatedText, after: list[Named]) -> list[Named]:
    """The first after the words, and what is joined to it."""
    out = after[:1]
    for a in after[1:]:
        glue = text.text[out[-1][0].end : a[0].start]
        if not re.fullmatch(r"\s*(?:,|and|, and|or|&)\s*(?:the\s+)?", glue):
            break
        out.append(a)
    return out


def _ref(named: Named) -> ActorRef:
    actor, state = named
    if state:
        return state_ref(state, " ".join(actor.mention.split()))
    return actor_ref(actor)


def _refs(found: list[Named]) -> list[ActorRef]:
    out: dict[str, ActorRef] = {}
    for one in found:
        ref = _ref(one)
        out.setdefault(_key(ref), ref)
    return list(out.values())


def _key(ref: ActorRef) -> str:
    return ref.state or (ref.name or ref.mention or "").casefold()


def _places(found: list[Named]) -> list[tuple[int, int]]:
    return [(a.start, a.end) for a, _ in found]


def _context(words: str) -> tuple[str, ...]:
    return tuple(name for name, pattern in _contexts() if pattern.search(words))[:2]


# ---------------------------------------------------------------- from the claims of other kinds


def derive(text: AnnotatedText, claims: tuple[Claim, ...]) -> Iterator[Event]:
    """CONSULT of meetings between states, SUPPORT of signatures, AGREE of promises."""
    for claim in claims:
        event = None
        if isinstance(claim, Contact):
            event = _consult(claim)
        elif isinstance(claim, Agreement) and claim.action in ACTIONS:
            event = _made(claim, ACTIONS[claim.action], claim.parties, None, claim.date)
        elif isinstance(claim, Commitment) and claim.modality in ("actual", "planned") and claim.status in ("announced", "agreed"):
            event = _made(claim, "AGREE", claim.by, claim.to or _others(text, claim.by), None)
        if event is not None:
            yield event


def _consult(contact: Contact) -> Event | None:
    states = _of_states(contact.participants)
    if contact.mode == "visit":
        if not states or not contact.host or contact.host == _key(states[0]):
            return None
        return _made(contact, "CONSULT", states[:1], (state_ref(contact.host),), contact.date, "visit")
    return _made(contact, "CONSULT", states[:1], tuple(states[1:]), contact.date, "phone" if contact.mode in ("call", "video") else None)


def _made(
    claim: Claim,
    category: str,
    source: Iterable[ActorRef],
    recipient: Iterable[ActorRef] | None,
    date: str | None,
    mode: str | None = None,
) -> Event | None:
    first = _of_states(source)
    second = _of_states(recipient) if recipient is not None else first[1:]
    first = first if recipient is not None else first[:1]
    second = [r for r in second if _key(r) not in {_key(f) for f in first}]
    if not first or not second:
        return None
    return Event(
        document=claim.document,
        evidence=claim.evidence[:1],
        attribution=claim.attribution,
        asserted=claim.asserted,
        event_type=category,
        mode=mode,
        source=tuple(first),
        recipient=tuple(second),
        date=date,
        modality=claim.modality,
        confidence=claim.confidence * 0.8,
        rules=(f"from:{claim.kind}", category),
    )


def _of_states(actors: Iterable[ActorRef] | None) -> list[ActorRef]:
    out: dict[str, ActorRef] = {}
    for a in actors or ():
        if a.state or (a.id or "").startswith("org:"):
            ref = state_ref(a.state, a.mention) if a.state else a
            out.setdefault(_key(ref), ref)
    return list(out.values())


def _others(text: AnnotatedText, by: tuple[ActorRef, ...]) -> tuple[ActorRef, ...]:
    """The other of the two states that the document is about."""
    own = {a.state for a in by}
    rest = [p for p in text.parties[:2] if p not in own]
    return (state_ref(rest[0]),) if len(rest) == 1 and len(text.parties) >= 2 else ()
