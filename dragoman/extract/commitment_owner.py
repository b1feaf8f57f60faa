"""Who owns a commitment: the subject, the agent of a passive, the one who told of it, else both sides of the document."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from dragoman.extract.event_sides import FIRST, POINTING, Scene, key
from dragoman.extract.event_words import singular
from dragoman.extract.frame import actor_ref, lexicon, state_ref
from dragoman.extract.parse import OWN
from dragoman.model.annotations import Actor, AnnotatedText, Token
from dragoman.model.claims import ActorRef

SHEET = str(Path(__file__).with_name("commitment.py"))
Owner = tuple[tuple[ActorRef, ...], int | None]
GIVEN = frozenset({"given", "granted", "admitted", "allowed", "awarded", "exempted", "offered", "paid", "issued", "permitted"})


def owner(scene: Scene, token: Token, action: Token, kind: str) -> Owner:
    """The owners, and where the phrase that names them starts."""
    parse = scene.parse
    if kind == "task":
        told = parse.child(token.i, "obj", "iobj", "nsubj:pass")
        if told is None:
            return (), None
        subject = parse.subject(token.i)
        theirs = POINTING & set(parse.words(told.i))
        if theirs and subject is not None and subject.i != told.i:
            found = of_phrase(scene, subject)
            return found if found[0] else (_told(scene, token), None)
        return of_phrase(scene, told)
    verb = token if kind in ("promise", "agree", "decide", "plan") and token.dep != "aux" and token.pos != "AUX" else action
    if kind == "noun":
        return _of_noun(scene, token)
    passive = parse.passive(verb.i)
    agent = parse.child(verb.i, "obl:agent")
    found = of_phrase(scene, agent) if passive and agent is not None else ((), None)
    if found[0]:
        return found
    subject = parse.subject(verb.i)
    if subject is not None and parse.low[subject.i] in ("all", "everyone", "nobody"):
        return (), None
    if subject is not None and passive and parse.low[subject.i] == "it":
        return _told(scene, verb), None
    if subject is not None and parse.low[subject.i] in ("they", "both") and kind in ("agree", "promise"):
        found = of_phrase(scene, subject)
        return (found[0], found[1]) if len(found[0]) > 1 else (together(scene) or found[0], None)
    if subject is None and not passive:
        near = scene.before(verb, 60)
        if near:
            named = {ref.name or key(ref): ref for n in near for ref in _named(scene, n.start) or (n.ref,)}
            return tuple(named.values()), near[0].start
    if subject is not None and not (passive and action.text.lower() in GIVEN):
        found = of_phrase(scene, subject, acting=not passive)
        if found[0]:
            return found
    return _told(scene, verb), None


def _named(scene: Scene, start: int) -> tuple[ActorRef, ...]:
    for a in scene.text.actors_in(start, scene.sentence.end):
        if a.start == start:
            return refs(scene, a)
    return ()


def refs(scene: Scene, actor: Actor) -> tuple[ActorRef, ...]:
    """An actor as owner: persons and bodies by name, groups as their members."""
    if actor.members:
        return tuple(scene.refs(actor))
    if actor.kind == "person" and actor.name and actor.state is None and actor.mention.lower() in FIRST and scene.text.home:
        return (replace(actor_ref(actor), state=scene.text.home),)
    if actor.kind in ("state",) and actor.state:
        return (state_ref(actor.state, " ".join(actor.mention.split())),)
    if actor.kind == "office" and actor.state and not actor.name:
        return (state_ref(actor.state, " ".join(actor.mention.split())),)
    if actor.kind == "pronoun" and not actor.name:
        return (state_ref(actor.state, actor.mention),) if actor.state else ()
    return (actor_ref(actor),) if actor.name or actor.state else ()


def of_phrase(scene: Scene, head: Token, acting: bool = True) -> Owner:
    """Those a noun phrase names; with its joined ones."""
    out: dict[str, ActorRef] = {}
    start: int | None = None
    for one in scene.heads(head):
        covering = [a for a in scene.text.actors_in(scene.sentence.start, scene.sentence.end) if a.start <= one.start < a.end]
        found: tuple[ActorRef, ...] = ()
        for a in sorted(covering, key=lambda a: a.end - a.start):
            found = found or refs(scene, a)
            start = a.start if found and start is None else start
        if not found:
            small = set(scene.parse.words(one.i, OWN))
            named = [n for n in scene.one(one) if not n.place]
            if named and (acting or not small & FIRST):
                found, start = tuple(n.ref for n in named), named[0].start if start is None else start
            elif not named and acting and singular(one.text.lower()) in bodies():
                phrase = [t for t in scene.parse.phrase(one.i, OWN) if t.pos != "DET"]
                words = scene.text.text[phrase[0].start : one.end]
                found, start = (ActorRef(words, words),), phrase[0].start if start is None else start
            elif not named and one.text.lower() in POINTING:
                ref = scene.pointed({one.text.lower()}, one.start)
                found = (ref,) if ref else ()
        for ref in found:
            out.setdefault(ref.name or key(ref), ref)
    return tuple(out.values())[:4], start


def together(scene: Scene) -> tuple[ActorRef, ...]:
    """The two states of the sentence before, if it names two, for "they agreed"; else both sides of the document."""
    for k in range(scene.sentence.index - 1, max(-1, scene.sentence.index - 3), -1):
        before = scene.text.sentences[k]
        states = list(dict.fromkeys(a.state for a in scene.text.actors_in(before.start, before.end) if a.state))
        if len(states) == 2:
            return tuple(state_ref(s) for s in states)
        if states:
            home = scene.text.home
            others = [s for s in states if s != home]
            if home and len(others) == 1:
                return (state_ref(home), state_ref(others[0]))
    return pair(scene.text)


def _of_noun(scene: Scene, token: Token) -> Owner:
    for c in scene.parse.children[token.i]:
        if c.dep in ("nmod:poss", "amod", "compound"):
            found = scene.inside(scene.parse.phrase(c.i))
            if found:
                return (found[0].ref,), found[0].start
    return pair(scene.text), None


def _told(scene: Scene, verb: Token) -> tuple[ActorRef, ...]:
    """The one who told of it if that is a side of its own, else both sides."""
    parse = scene.parse
    t = verb
    for _ in range(4):
        head = parse.tokens[t.head]
        if head.i == t.i:
            break
        if t.dep in ("ccomp", "parataxis") and head.pos == "VERB":
            subject = parse.child(head.i, "nsubj")
            found = of_phrase(scene, subject)[0] if subject is not None else ()
            if len(found) == 1:
                return tuple(state_ref(f.state, f.mention) if f.state else f for f in found)
            if found:
                return found
        t = head
    for q in scene.quotes(verb.start):
        if q.direct and q.start <= verb.start < q.end and q.speaker and q.speaker.state:
            return (state_ref(q.speaker.state, q.speaker.mention),)
    return pair(scene.text)


@cache
def bodies() -> frozenset[str]:
    return frozenset(lexicon(SHEET)["bodies"].split())


def pair(text: AnnotatedText) -> tuple[ActorRef, ...]:
    """Both states that a document is about."""
    return tuple(state_ref(code) for code in text.parties[:2]) if len(text.parties) >= 2 else ()
