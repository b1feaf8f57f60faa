"""Events in PLOVER's categories: who does what to whom; meetings, agreements and promises are events besides.

Source: the PLOVER manual; a visitor is the source and the host the recipient, a signature is SUPPORT, a promise AGREE.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from dragoman.extract import clauses
from dragoman.extract.event_derived import derived
from dragoman.extract.event_sides import Found, Scene, of_noun, of_verb
from dragoman.extract.event_words import Rule, governors, has, rules
from dragoman.extract.frame import claim_base, lexicon
from dragoman.model.annotations import AnnotatedText, Token
from dragoman.model.claims import Claim, Event, PlaceRef

REACH = 160
HOSTILE = frozenset({"SANCTION", "COERCE", "ASSAULT", "MOBILIZE", "PROTEST"})
KIND = frozenset({"SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"})
VERBAL = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "AGREE"})


@cache
def _contexts() -> list[tuple[str, re.Pattern[str]]]:
    return [(name, re.compile(rf"\b(?:{pattern})", re.I)) for name, pattern in lexicon(__file__)["contexts"].items()]


@cache
def _light() -> frozenset[str]:
    return frozenset(lexicon(__file__)["light"].split())


def extract(text: AnnotatedText) -> Iterator[Event]:
    """One event for each verb or noun of action that has somebody with a state on one of its sides."""
    yield from events(text)


def events(text: AnnotatedText) -> Iterator[Event]:
    known = rules()
    for sentence in text.sentences:
        hits = [t for t in sentence.tokens if t.text.lower() in known]
        if not hits:
            continue
        scene = Scene(text, sentence)
        seen: set[tuple[object, ...]] = set()
        for token in hits:
            event = _event(scene, token, known[token.text.lower()])
            if event is None:
                continue
            same = (event.event_type, _keys(event.source), _keys(event.recipient))
            if same not in seen:
                seen.add(same)
                yield event


def _keys(refs: tuple[object, ...]) -> tuple[str, ...]:
    return tuple(sorted(str(getattr(r, "state", None) or getattr(r, "name", None)) for r in refs))


def _event(scene: Scene, token: Token, choice: list[Rule]) -> Event | None:
    verb = token.pos in ("VERB", "AUX") or (token.pos == "ADJ" and token.text.lower().endswith(("ed", "ready", "prepared")))
    rule = next((r for r in choice if r.noun != verb and _fits(scene, token, r)), None)
    if rule is None:
        return None
    found = of_noun(scene, token.i, rule, _light()) if rule.noun else of_verb(scene, token.i, rule)
    if found is None or not found.source or (not found.recipient and rule.recipient == "object"):
        return None
    standing = "real" if rule.noun else scene.parse.standing(token.i, governors())
    made = _as_said(rule.category, standing)
    if made is None:
        return None
    return _made(scene, token, rule, found, *made)


def _as_said(category: str, standing: str) -> tuple[str, str] | None:
    """Category and modality by what the clause makes of it: a hostile act to come is a threat, a kind one a promise."""
    if standing == "unreal":
        return None
    if standing == "real":
        return category, "actual"
    if standing in ("denied", "refused"):
        return ("REJECT", "actual") if standing == "refused" and category in KIND else (category, "denied")
    if category in HOSTILE:
        return ("THREATEN", "actual") if standing == "possible" else (category, "planned")
    if category in KIND:
        return ("AGREE", "actual") if standing == "planned" else None
    return category, standing


def _words(tokens: list[Token]) -> list[str]:
    return [t.text.lower() for t in tokens]


def _fits(scene: Scene, token: Token, rule: Rule) -> bool:
    """Whether the words that the rule asks for are there."""
    parse, tokens = scene.parse, scene.sentence.tokens
    if rule.follows and not any(w in rule.follows for w in _words(list(tokens[token.i + 1 : token.i + 3]))):
        if not any(c.dep == "compound:prt" and c.text.lower() in rule.follows for c in parse.children[token.i]):
            return False
    if rule.objects and not has(_objects(scene, token, rule), rule.objects):
        return False
    if rule.within or rule.unless:
        around = _words([t for t in parse.phrase(token.i, frozenset({"conj", "parataxis"}))])
        if rule.within and not has(around, rule.within):
            return False
        if rule.unless and has(around, rule.unless):
            return False
    return True


def _objects(scene: Scene, token: Token, rule: Rule) -> list[str]:
    parse = scene.parse
    if rule.noun:
        return _words(parse.phrase(token.i))
    kids = [c for c in parse.children[token.i] if c.dep in ("obj", "nsubj:pass", "obl", "obl:arg", "iobj", "xcomp", "nsubj")]
    kids = [c for c in kids if c.dep != "nsubj" or parse.passive(token.i)]
    out = [w for c in kids for w in _words(parse.phrase(c.i))]
    back = parse.antecedent(token.i)
    if back is not None and not any(c.dep == "obj" for c in kids):
        out += _words(parse.phrase(back.i))
    if not out and token.dep == "conj":
        head = parse.tokens[token.head]
        out += [w for c in parse.children[head.i] if c.dep in ("obj", "nsubj:pass") for w in _words(parse.phrase(c.i))]
    return out


def _made(scene: Scene, token: Token, rule: Rule, found: Found, category: str, modality: str) -> Event:
    text, sentence = scene.text, scene.sentence
    left, right = clauses.clause(text, sentence, token.start, token.end)
    date = clauses.date_of(text, sentence, left, right, token.start)
    where = clauses.place_of(text, left, right, token.start)
    start, end = _span(scene, token, found)
    if date and left <= date.start < right and date.start - end < 50 and start - date.end < 50:
        start, end = min(start, date.start), max(end, date.end)
    words = text.text[start:end]
    return Event(
        **claim_base(text, start, end),
        event_type=category,
        mode=rule.mode if category == rule.category else None,
        context=_context(words, rule),
        source=found.source,
        recipient=found.recipient if rule.recipient != "none" or found.how == "named" else (),
        date=date.edtf if date else None,
        place=PlaceRef(where.name, where.state) if where else None,
        modality=modality,
        confidence=0.6 if found.how in ("named", "agent") else 0.45,
        rules=(f"{category}/{rule.mode or ''}", token.text.lower(), found.how, "noun" if rule.noun else "verb"),
    )


def _span(scene: Scene, token: Token, found: Found) -> tuple[int, int]:
    """From the one who acts to the one it is done to, as far as both are near, with the object's own words."""
    near = [(a, b) for a, b in found.places if abs(a - token.start) < REACH]
    start, end = min([token.start, *(a for a, _ in near)]), max([token.end, *(b for _, b in near)])
    for c in scene.parse.children[token.i]:
        if c.dep in ("obj", "nsubj:pass", "iobj", "compound:prt", "nmod"):
            phrase = scene.parse.phrase(c.i)
            if phrase[-1].end - start < REACH * 2:
                start, end = min(start, phrase[0].start), max(end, phrase[-1].end)
    return start, end


def _context(words: str, rule: Rule) -> tuple[str, ...]:
    if rule.context:
        return (rule.context,)
    return tuple(name for name, pattern in _contexts() if pattern.search(words))[:1]


def derive(text: AnnotatedText, claims: tuple[Claim, ...]) -> Iterator[Event]:
    """CONSULT of meetings between states, SUPPORT of signatures, AGREE of promises."""
    yield from derived(text, claims)
