"""Who acts and on whom: the states and bodies that a subject, an object or a noun of action stands for."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from dragoman.extract.event_words import Rule, lexicon, SHEET
from dragoman.extract.frame import actor_ref, state_ref
from dragoman.extract.parse import CLAUSES, Parse
from dragoman.model.annotations import Actor, AnnotatedText, MentionType, Sentence, Token
from dragoman.model.claims import ActorRef

FIRST = frozenset({"we", "our", "us", "i", "my", "ours", "ourselves"})
POINTING = frozenset({"it", "its", "they", "their", "them", "he", "she", "his", "her", "him", "itself", "theirs", "latter", "former"})
WHERE = frozenset({"in", "at", "near", "inside", "within", "during", "since", "between", "after", "before", "until", "throughout", "across"})
ACTING = frozenset({"by"})


class Named(NamedTuple):
    """A state or body in the sentence, with its place; a place's name stands for its state only where nothing better does."""

    start: int
    end: int
    ref: ActorRef
    place: bool = False


def key(ref: ActorRef) -> str:
    return ref.state or (ref.name or ref.mention or "").casefold()


def unique(refs: list[ActorRef]) -> tuple[ActorRef, ...]:
    out: dict[str, ActorRef] = {}
    for ref in refs:
        out.setdefault(key(ref), ref)
    return tuple(out.values())


class Scene:
    """A sentence with its parse and the states and bodies named in it."""

    def __init__(self, text: AnnotatedText, sentence: Sentence) -> None:
        self.text, self.sentence, self.parse = text, sentence, Parse(sentence)

    @cached_property
    def named(self) -> list[Named]:
        text, out = self.text, []
        for a in text.actors_in(self.sentence.start, self.sentence.end):
            out += [Named(a.start, a.end, ref) for ref in map(_ref, a.members or (a,)) if ref]
        held = [(n.start, n.end) for n in out]
        for m in text.mentions_in(self.sentence.start, self.sentence.end, MentionType.DEMONYM, MentionType.STATE, MentionType.PLACE):
            if m.state and not any(s <= m.start and m.end <= e for s, e in held):
                out.append(Named(m.start, m.end, state_ref(m.state, m.text), m.type == MentionType.PLACE))
        return sorted(out, key=lambda n: n.start)

    def at(self, token: Token) -> list[Named]:
        """What is named at a word; the narrowest phrase counts."""
        hits = [n for n in self.named if n.start <= token.start < n.end]
        least = min((n.end - n.start for n in hits), default=0)
        return [n for n in hits if n.end - n.start == least]

    def inside(self, tokens: list[Token]) -> list[Named]:
        starts = {t.start for t in tokens}
        return [n for n in self.named if n.start in starts or any(n.start <= s < n.end for s in starts)]

    def heads(self, token: Token) -> list[Token]:
        """The word and those joined to it."""
        out, todo = [], [token]
        while todo:
            t = todo.pop(0)
            out.append(t)
            todo += [c for c in self.parse.children[t.i] if c.dep == "conj" and c.pos not in ("VERB", "AUX")]
        return out

    # ------------------------------------------------------------ those who act

    def acting(self, token: Token | None) -> list[Named]:
        """The states or bodies that a subject stands for."""
        if token is None:
            return []
        out: list[Named] = []
        for head in self.heads(token):
            out += self._one(head)
        return out

    def _one(self, head: Token) -> list[Named]:
        hit = self.at(head)
        if hit and not (hit[0].place and head.dep.startswith("nmod")):
            return hit
        own = self.parse.phrase(head.i, CLAUSES | {"conj"})
        close = [t for t in own if t.dep in ("amod", "compound", "nmod:poss", "flat", "nmod", "nummod", "appos") or t.head == head.i]
        found = self.inside([t for t in close if t.i <= head.i]) or self.inside(own)
        if found:
            return [n for n in found if n.start == found[0].start]
        small = {t.text.lower() for t in own}
        ref = self.pointed(small)
        return [Named(head.start, head.end, ref)] if ref else []

    def pointed(self, small: set[str]) -> ActorRef | None:
        """Whom "we", "its" or "the ministry" stands for: the speaker's side, else the subject before."""
        if small & FIRST:
            return self.speaking()
        if small & POINTING or small & bodies():
            return self.earlier() or (self.speaking() if small & bodies() else None)
        return None

    def speaking(self) -> ActorRef | None:
        at = self.sentence.start + 1
        for q in self.text.quotes:
            if q.start <= at + 20 and at < q.end and q.speaker and q.speaker.state:
                return state_ref(q.speaker.state, q.speaker.mention)
        return state_ref(self.text.home) if self.text.home else None

    def earlier(self) -> ActorRef | None:
        """The subject of the sentence before, as far as it has a state."""
        here = self.sentence.index
        for k in range(here - 1, max(-1, here - 3), -1):
            before = self.text.sentences[k]
            root = next((t for t in before.tokens if t.dep.startswith("nsubj")), None)
            if root is None:
                continue
            for a in self.text.actors_in(before.start, before.end):
                ref = _ref(a.members[0] if a.members else a)
                if ref and a.start <= root.start < a.end:
                    return ref
            for m in self.text.mentions_in(before.start, root.end, MentionType.DEMONYM, MentionType.STATE):
                if m.state and root.start - m.end < 30:
                    return state_ref(m.state, m.text)
        return None

    # ------------------------------------------------------------ those it is done to

    def undergoing(self, token: Token | None, own: set[str]) -> list[Named]:
        """The states in an object's phrase that are not those who act; places count where nothing else stands."""
        if token is None:
            return []
        hit = [n for head in self.heads(token) for n in self.at(head)]
        found = hit + [n for n in self.inside(self.parse.phrase(token.i)) if n not in hit]
        found = [n for n in found if key(n.ref) not in own]
        if not found:
            small = {t.text.lower() for t in self.parse.phrase(token.i, CLAUSES | {"conj"})}
            ref = self.speaking() if small & FIRST else None
            return [Named(token.start, token.end, ref)] if ref and key(ref) not in own else []
        return [n for n in found if not n.place] or found

    def objects(self, i: int) -> list[Token]:
        """What may name the one it is done to, the likeliest first: objects, then phrases with a preposition, then clauses."""
        kids = self.parse.children[i]
        out = [c for c in kids if c.dep in ("obj", "iobj")]
        oblique = [c for c in kids if c.dep in ("obl", "obl:arg", "nmod")]
        cases = {c.i: {k.text.lower() for k in self.parse.children[c.i] if k.dep == "case"} for c in oblique}
        out += [c for c in oblique if not cases[c.i] & (WHERE | ACTING)]
        out += [c for c in kids if c.dep in ("xcomp", "ccomp", "advcl") and c.i > i]
        return out

    def clause_sides(self, token: Token, own: set[str]) -> list[Named]:
        """States named in a clause that depends on the verb: its subject, then its objects."""
        subject = self.parse.child(token.i, "nsubj", "nsubj:pass")
        named = self.undergoing(subject, own)
        for obj in [] if named else self.objects(token.i):
            named = named or (self.undergoing(obj, own) if obj.dep not in CLAUSES else [])
        return named

    def other(self, source: tuple[ActorRef, ...]) -> tuple[ActorRef, ...]:
        """The other of the two states that the document is about."""
        own = {r.state for r in source}
        pair = self.text.parties[:2]
        rest = [p for p in pair if p not in own]
        return (state_ref(rest[0]),) if len(pair) == 2 and len(rest) == 1 else ()


def _ref(actor: Actor) -> ActorRef | None:
    if actor.state:
        return state_ref(actor.state, " ".join(actor.mention.split()))
    if actor.kind == "organization" and (actor.id or "").startswith("org:"):
        return actor_ref(actor)
    return None


def bodies() -> frozenset[str]:
    return frozenset(lexicon(SHEET)["bodies"].split())


class Found(NamedTuple):
    source: tuple[ActorRef, ...]
    recipient: tuple[ActorRef, ...]
    places: list[tuple[int, int]]
    how: str


def of_verb(scene: Scene, i: int, rule: Rule) -> Found | None:
    """The sides of a verb: subject and objects, agent and patient in the passive, the other party where one is not named."""
    parse = scene.parse
    if parse.passive(i):
        return _passive(scene, i, rule)
    subject = scene.acting(parse.subject(i))
    if not subject:
        return None
    source = unique([n.ref for n in subject])
    own = {key(r) for r in source}
    done: list[Named] = []
    for obj in scene.objects(i):
        done = scene.undergoing(obj, own) if obj.dep not in ("xcomp", "ccomp", "advcl") else scene.clause_sides(obj, own)
        if done:
            break
    back = parse.antecedent(i)
    if not done and back is not None:
        done = [n for n in scene.undergoing(back, own)]
    return _found(scene, source, done, subject + done, "named" if done else "implied")


def _found(scene: Scene, source: tuple[ActorRef, ...], done: list[Named], shown: list[Named], how: str) -> Found:
    recipient = unique([n.ref for n in done]) or scene.other(source)
    return Found(source, recipient, [(n.start, n.end) for n in shown], how)


def _passive(scene: Scene, i: int, rule: Rule) -> Found | None:
    parse = scene.parse
    patient = parse.child(i, "nsubj:pass", "nsubj")
    if patient is None or patient.text.lower() in ("who", "which", "that"):
        patient = parse.antecedent(i) or (parse.subject(i) if patient is None else None)
    agent = parse.child(i, "obl:agent") or next(
        (c for c in parse.children[i] if c.dep.startswith("obl") and any(k.text.lower() == "by" for k in parse.children[c.i])), None
    )
    acting = scene.acting(agent)
    own = {key(n.ref) for n in acting}
    done = scene.undergoing(patient, own)
    if not done and patient is not None:
        done = [n for n in scene._one(patient) if key(n.ref) not in own]
    for obj in scene.objects(i) if not done else ():
        done = done or (scene.undergoing(obj, own) if obj.dep not in CLAUSES else [])
    if acting:
        return _found(scene, unique([n.ref for n in acting]), done, acting + done, "agent")
    recipient = unique([n.ref for n in done])
    source = scene.other(recipient)
    return Found(source, recipient, [(n.start, n.end) for n in done], "agentless") if source and recipient else None


def of_noun(scene: Scene, i: int, rule: Rule, light: frozenset[str]) -> Found | None:
    """The sides of a noun of action: its possessor or "by", its "of" and "against"; the subject of a light verb."""
    parse = scene.parse
    phrase = parse.phrase(i)
    acting: list[Named] = []
    done: list[Named] = []
    for c in parse.children[i]:
        if c.dep in ("nmod:poss", "amod", "compound"):
            acting += scene.inside(parse.phrase(c.i))
            if not acting and c.text.lower() in POINTING | FIRST:
                ref = scene.pointed({c.text.lower()})
                acting += [Named(c.start, c.end, ref)] if ref else []
    for t in phrase:
        cases = {k.text.lower() for k in parse.children[t.i] if k.dep == "case"}
        if t.i <= i or not cases:
            continue
        inner = scene.acting(t) if cases & {"by"} or (rule.of == "agent" and cases & {"of", "from"}) else []
        if inner and not acting:
            acting = inner
        elif not inner and not cases & WHERE:
            done += [n for head in scene.heads(t) for n in scene.at(head) or scene.inside(parse.phrase(head.i, CLAUSES | {"conj"}))]
    verb = parse.tokens[parse.tokens[i].head]
    if not acting and parse.tokens[i].dep in ("obj", "nsubj:pass", "obl") and verb.text.lower() in light and not parse.passive(verb.i):
        acting = scene.acting(parse.subject(verb.i))
        for obj in scene.objects(verb.i) if not done else ():
            done = done or (scene.undergoing(obj, {key(n.ref) for n in acting}) if obj.i != i and obj.dep not in CLAUSES else [])
    source = unique([n.ref for n in acting])
    own = {key(r) for r in source}
    done = [n for n in done if key(n.ref) not in own]
    if source:
        return _found(scene, source, done, acting + done, "noun")
    recipient = unique([n.ref for n in done])
    other = scene.other(recipient)
    return Found(other, recipient, [(n.start, n.end) for n in done], "noun-implied") if other and recipient and rule.of == "patient" else None
