"""Who acts and on whom: the states and bodies that a subject, an object or a noun of action stands for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cache, cached_property
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from dragoman.extract.event_words import SHEET, Rule
from dragoman.extract.frame import actor_ref, lexicon, state_ref
from dragoman.extract.parse import CLAUSES, OWN, Parse, Parses
from dragoman.model.annotations import Actor, AnnotatedText, MentionType, Quote, Sentence, Token
from dragoman.model.claims import ActorRef
from dragoman.reference import organizations

FIRST = frozenset({"we", "our", "us", "i", "my", "ours", "ourselves"})
POINTING = frozenset({"it", "its", "they", "their", "them", "he", "she", "his", "her", "him", "itself", "theirs", "latter", "former"})
WHERE = frozenset(
    {"in", "at", "near", "inside", "within", "during", "since", "between", "after", "before", "until", "throughout", "across"}
)
ACTING = frozenset({"by"})


OF_STATES = frozenset(
    [
        "states",
        "sides",
        "countries",
        "governments",
        "parties",
        "capitals",
        "leaders",
        "presidents",
        "ministers",
        "neighbours",
        "neighbors",
        "nations",
        "delegations",
        "republics",
        "peoples",
        "both",
        "two",
        "three",
        "four",
        "they",
        "them",
        "heads",
        "armies",
        "forces",
        "premiers",
        "kingdoms",
    ]
)
NUMBERS = {"three": 3, "four": 4, "five": 5}
MEMBERS = frozenset({"member", "state", "country", "nation", "republic", "neighbour", "ally", "signatory"})


AGAINST = frozenset({"ACCUSE", "SANCTION", "THREATEN", "COERCE", "ASSAULT"})


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

    def __init__(self, text: AnnotatedText, sentence: Sentence, domestic: bool = False) -> None:
        self.text, self.sentence, self.domestic = text, sentence, domestic

    @cached_property
    def parse(self) -> Parse:
        return self.text.once(Parses)[self.sentence.index]

    @cached_property
    def named(self) -> list[Named]:
        known = self.text.once(_named)
        index = self.sentence.index
        if index not in known:
            known[index] = self._names()
        return known[index]

    def _names(self) -> list[Named]:
        text, out = self.text, []
        for a in text.actors_in(self.sentence.start, self.sentence.end):
            out += [Named(a.start, a.end, ref) for ref in self.refs(a)]
        held = [(n.start, n.end) for n in out]
        for m in text.mentions_in(self.sentence.start, self.sentence.end, MentionType.DEMONYM, MentionType.STATE, MentionType.PLACE):
            if m.state and not any(s <= m.start and m.end <= e for s, e in held):
                out.append(Named(m.start, m.end, state_ref(m.state, m.text), m.type == MentionType.PLACE))
        return sorted(out, key=lambda n: n.start)

    def refs(self, actor: Actor) -> list[ActorRef]:
        """What an actor stands for: a group of states its members, a person of an international body that body."""
        if actor.members:
            words = actor.mention.lower().split()
            if not OF_STATES & set(words):
                return []
            wanted = next((NUMBERS[w] for w in words if w in NUMBERS), 0)
            if wanted > len(actor.members):
                return _series(self.text, actor.start, wanted)
            return [ref for ref in map(_ref, actor.members) if ref]
        ref = _ref(actor)
        if ref is None and actor.kind in ("person", "office"):
            for m in self.text.mentions_in(actor.start, actor.end, MentionType.ORGANIZATION):
                body = organizations.find(m.name)
                if body is not None and not body.state:
                    return [ActorRef(m.text, body.name, body.id, None)]
        return [ref] if ref else []

    def before(self, token: Token, gap: int = 70) -> list[Named]:
        """The nearest state or body before a word, where the parse names no subject; what is joined to it too."""
        near = [n for n in self.named if n.end <= token.start and token.start - n.end <= gap]
        near = [n for n in near if token.pos != "VERB" or self.text.text[n.end : n.end + 2] not in ("'s", "’s")]
        near = [n for n in near if not n.place] or near
        near = [n for n in near if not self.led(n)] or near
        out = near[-1:]
        for n in reversed(near[:-1]):
            glue = self.text.text[n.end : out[0].start].strip(" ,")
            if n.start != out[0].start and glue.removesuffix("the").strip(" ,") not in ("", "and"):
                break
            out.insert(0, n)
        return out

    def led(self, named: Named) -> bool:
        """Whether a preposition leads to a name, so that it is hardly the subject."""
        lead = [t for t in self.sentence.tokens if t.end <= named.start][-2:]
        return any(t.pos == "ADP" for t in lead[-1:]) or (len(lead) == 2 and lead[0].pos == "ADP" and lead[1].pos == "DET")

    def at(self, token: Token) -> list[Named]:
        """What is named at a word; the narrowest phrase counts."""
        start = token.start
        hits = [n for n in self.named if n.start <= start < n.end]
        if len(hits) < 2:
            return hits
        least = min([n.end - n.start for n in hits])
        return [n for n in hits if n.end - n.start == least]

    def inside(self, tokens: list[Token]) -> list[Named]:
        """What is named in words that are in order."""
        named = self.named
        if not named:
            return []
        starts = [t.start for t in tokens]
        starts.append(len(self.text.text))
        return [n for n in named if starts[bisect_left(starts, n.start)] < n.end]

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
            out += self.one(head)
        return out

    def one(self, head: Token) -> list[Named]:
        hit = self.at(head)
        if hit and not (hit[0].place and head.dep.startswith("nmod")):
            return hit
        own = self.parse.phrase(head.i, OWN)
        word = self.parse.low[head.i]
        if word in MEMBERS:
            beside = [n for n in self.named if 0 <= own[0].start - n.end <= 2 and not n.place]
            if beside:
                return beside
        small = set(self.parse.words(head.i, OWN))
        if "our" in small and word in OF_STATES and word.endswith("s") and len(self.text.parties) > 1:
            return [Named(head.start, head.end, state_ref(p)) for p in self.text.parties[:2]]
        if "whose" in small:
            which = next(t for t in own if self.parse.low[t.i] == "whose")
            near = [n for n in self.named if 0 <= which.start - n.end <= 2]
            return near or self._antecedent(head)
        close = [t for t in own if t.dep in ("amod", "compound", "nmod:poss", "flat", "nmod", "nummod", "appos") or t.head == head.i]
        found = self.inside([t for t in close if t.i <= head.i]) or self.inside(own)
        second = self.parse.child(head.i, "appos")
        found = found or (self.inside(self.parse.phrase(second.i)) if second is not None else [])
        if found:
            return [n for n in found if n.start == found[0].start]
        ref = self.pointed(small, head.start)
        return [Named(head.start, head.end, ref)] if ref else []

    def _antecedent(self, head: Token) -> list[Named]:
        verb = head
        while verb.dep != "acl:relcl" and verb.head != verb.i:
            verb = self.parse.tokens[verb.head]
        return self.one(self.parse.tokens[verb.head]) if verb.head != verb.i else []

    def pointed(self, small: set[str], at: int) -> ActorRef | None:
        """Whom "we", "its" or "the ministry" stands for: the speaker's side, else the subject before."""
        if small & FIRST:
            return self.speaking(at)
        if small & bodies() and any(q.direct and q.start <= at < q.end for q in self.quotes(at)):
            return self.speaking(at)
        if small & POINTING or small & bodies():
            return self.subject_before(at) or self.earlier() or (self.speaking() if small & bodies() else None)
        return None

    def subject_before(self, at: int) -> ActorRef | None:
        """The subject of an earlier clause of the sentence."""
        for t in self.sentence.tokens:
            if t.end <= at and t.dep.startswith("nsubj") and t.pos != "PRON" and self.parse.tokens[t.head].end <= at + 1:
                for n in self.at(t):
                    return n.ref
        return None

    def quotes(self, at: int) -> tuple[Quote, ...]:
        """The last few quotations that begin before a place; long transcripts have thousands."""
        k = bisect_right(self.text.quotes, at, key=attrgetter("start"))
        return self.text.quotes[max(0, k - 8) : k]

    def speaking(self, at: int | None = None) -> ActorRef | None:
        """The side of the one who speaks: of a quotation, else of the document."""
        at = self.sentence.start + 1 if at is None else at
        for q in self.quotes(at + 20):
            if q.start <= at + 20 and at < q.end and q.speaker and q.speaker.state:
                return state_ref(q.speaker.state, q.speaker.mention)
        return state_ref(self.text.home) if self.text.home else None

    def earlier(self) -> ActorRef | None:
        """The subject of the sentence before that is not the speaker."""
        here = self.sentence.index
        for k in range(here - 1, max(-1, here - 4), -1):
            before = self.text.sentences[k]
            for t in before.tokens:
                if not t.dep.startswith("nsubj") or t.text.lower() in FIRST:
                    continue
                for a in self.text.actors_in(before.start, t.end + 60):
                    ref = _ref(a.members[0] if a.members else a)
                    if ref and a.start <= t.start < a.end:
                        return ref
                for m in self.text.mentions_in(before.start, t.end, MentionType.DEMONYM, MentionType.STATE):
                    if m.state and t.start - m.end < 30:
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
            ref = None if FIRST.isdisjoint(self.parse.words(token.i, OWN)) else self.speaking()
            return [Named(token.start, token.end, ref)] if ref and key(ref) not in own else []
        return [n for n in found if not n.place] or found

    def objects(self, i: int) -> list[Token]:
        """What may name the one it is done to, the likeliest first: objects, then phrases with a preposition, then clauses."""
        kids = self.parse.children[i]
        out = [c for c in kids if c.dep in ("obj", "iobj")]
        oblique = [c for c in kids if c.dep in ("obl", "obl:arg", "nmod")]
        cases = {c.i: {self.parse.low[k.i] for k in self.parse.children[c.i] if k.dep == "case"} for c in oblique}
        out += [c for c in oblique if not cases[c.i] & (WHERE | ACTING)]
        out += [c for c in kids if c.dep in ("xcomp", "ccomp", "advcl") and c.i > i]
        return out

    def where(self, i: int, own: set[str]) -> list[Named]:
        """States in which something is done, if the document is about them."""
        found = [n for c in self.parse.children[i] if c.dep in ("obl", "nmod") for n in self.inside(self.parse.phrase(c.i))]
        return [n for n in found if key(n.ref) not in own and n.ref.state in self.text.parties]

    def clause_sides(self, token: Token, own: set[str]) -> list[Named]:
        """States named in a clause that depends on the verb: its subject, then its objects."""
        subject = self.parse.child(token.i, "nsubj", "nsubj:pass")
        named = self.undergoing(subject, own)
        for obj in [] if named else self.objects(token.i):
            named = named or (self.undergoing(obj, own) if obj.dep not in CLAUSES else [])
        return named

    def other(self, source: tuple[ActorRef, ...], both: bool = False, against: bool = False) -> tuple[ActorRef, ...]:
        """The other of the two states that the document is about; for a third state, the side that tells, or tells of, or both."""
        own = {r.state for r in source}
        pair = list(self.text.parties[:2])
        if len(pair) == 1 and self.text.home and self.text.home not in pair:
            pair.append(self.text.home)
        rest = [p for p in pair if p not in own]
        if len(pair) < 2 or not rest:
            return ()
        if len(rest) == 2 and not both and self.text.home in rest:
            rest = [p for p in rest if (p == self.text.home) != against]
        return tuple(state_ref(p) for p in rest if p)


def _named(_: AnnotatedText) -> dict[int, list[Named]]:
    """Room for what each sentence names, by its number."""
    return {}


def _ref(actor: Actor) -> ActorRef | None:
    if actor.state:
        return state_ref(actor.state, " ".join(actor.mention.split()))
    if actor.kind == "organization" and actor.name:
        body = organizations.find(actor.name)
        return actor_ref(actor) if body is not None and not body.state else None
    return None


def _series(text: AnnotatedText, at: int, wanted: int) -> list[ActorRef]:
    """The last series of so many states named before a place: "the three states"."""
    found = [m for m in text.mentions_in(max(0, at - 3000), at, MentionType.STATE) if m.state]
    for k in range(len(found) - wanted, -1, -1):
        run = found[k : k + wanted]
        if all(b.start - a.end <= 9 for a, b in pairwise(run)) and len({m.state for m in run}) == wanted:
            return [state_ref(m.state or "", m.text) for m in run]
    return []


@cache
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
    token = parse.tokens[i]
    if rule.how == "passive" or (rule.how != "own" and parse.passive(i)):
        return _passive(scene, i)
    subject = scene.acting(parse.subject(i))
    if rule.how == "speaker":
        told = scene.speaking()
        return _found(scene, (told,), [n for n in subject if key(n.ref) != key(told)], subject, "named") if told else None
    slack = token.dep in ("advcl", "conj") and parse.low[i].endswith("ed") and parse.child(i, "mark", "nsubj") is None
    near = scene.before(token) if not subject or (slack and token.dep == "advcl") else []
    subject = [n for n in near if not subject or not scene.led(n)] or subject
    own = {key(n.ref) for n in subject}
    done: list[Named] = []
    for obj in scene.objects(i):
        done = scene.undergoing(obj, own) if obj.dep not in ("xcomp", "ccomp", "advcl") else scene.clause_sides(obj, own)
        if done:
            break
    back = parse.antecedent(i)
    if not done and back is not None:
        done = scene.undergoing(back, own)
    if rule.category in ("ACCUSE", "REJECT") and len(done) == 1:
        done = [n for n in _by(scene, i, own)] or done
    done = done or scene.where(i, own)
    if not subject:
        return None
    how = "named" if done else "implied"
    return _found(scene, unique([n.ref for n in subject]), done, subject + done, how, rule.category in AGAINST)


def _by(scene: Scene, i: int, own: set[str]) -> list[Named]:
    """Who did what is condemned: the name behind "by" in the words after the verb."""
    tokens = scene.parse.tokens[i + 1 : i + 16]
    for k, t in enumerate(tokens):
        if scene.parse.low[t.i] == "by":
            starts = {n.start for n in tokens[k + 1 : k + 4]}
            return [n for n in scene.named if n.start in starts and key(n.ref) not in own][:1]
    return []


def of_crowd(scene: Scene, i: int) -> Found | None:
    """The sides of a protest: those it is against, and the state where it is or whose people they are."""
    parse = scene.parse
    subject = scene.acting(parse.subject(i)) if parse.tokens[i].pos == "VERB" else []
    around = [n for n in scene.named if abs(n.start - parse.tokens[i].start) < 120]
    people = [n for n in subject if not n.place] or [n for n in around if n.place][:1]
    own = {key(n.ref) for n in people}
    done = [n for n in around if not n.place and key(n.ref) not in own and n not in subject][:2]
    source = unique([n.ref for n in people]) or (scene.other(unique([n.ref for n in done])) if done else ())
    return _found(scene, source, done, people + done, "crowd") if source else None


def _found(scene: Scene, source: tuple[ActorRef, ...], done: list[Named], shown: list[Named], how: str, against: bool = False) -> Found:
    recipient = unique([n.ref for n in done])
    if not recipient and scene.domestic:
        return Found(source, source, [(n.start, n.end) for n in shown], "domestic")
    recipient = recipient or scene.other(source, against=against)
    return Found(source, recipient, [(n.start, n.end) for n in shown], how)


def _passive(scene: Scene, i: int) -> Found | None:
    parse = scene.parse
    patient = parse.child(i, "nsubj:pass", "nsubj")
    if patient is None or parse.low[patient.i] in ("who", "which", "that"):
        patient = parse.antecedent(i) or (parse.subject(i) if patient is None else None)
    agents = [c for c in parse.children[i] if c.dep.startswith("obl") and any(parse.low[k.i] == "by" for k in parse.children[c.i])]
    acting = next((found for found in map(scene.acting, agents) if found), [])
    own = {key(n.ref) for n in acting}
    done = scene.undergoing(patient, own)
    if not done and patient is not None:
        done = [n for head in scene.heads(patient) for n in scene.one(head) if key(n.ref) not in own]
    for obj in scene.objects(i) if not done else ():
        done = done or (scene.undergoing(obj, own) if obj.dep not in CLAUSES else [])
    if acting:
        return _found(scene, unique([n.ref for n in acting]), done, acting + done, "agent")
    recipient = unique([n.ref for n in done])
    places = [(n.start, n.end) for n in done]
    if len(recipient) == 2 and {r.state for r in recipient} == set(scene.text.parties[:2]):
        return Found(recipient[:1], recipient[1:], places, "agentless")
    source = scene.other(recipient) if recipient else ()
    return Found(source, recipient, places, "agentless") if source else None


def of_noun(scene: Scene, i: int, rule: Rule, light: frozenset[str]) -> Found | None:
    """The sides of a noun of action: its possessor or "by", its "of" and "against"; the subject of a light verb."""
    parse = scene.parse
    acting: list[Named] = []
    for c in parse.children[i]:
        if c.dep in ("nmod:poss", "amod", "compound") and c.i < i:
            acting += scene.inside(parse.phrase(c.i))
            if not acting and parse.low[c.i] in POINTING | FIRST:
                ref = scene.pointed({parse.low[c.i]}, c.start)
                acting += [Named(c.start, c.end, ref)] if ref else []
    agents, done = _behind(scene, i, rule)
    acting = acting or agents
    verb = parse.tokens[parse.tokens[i].head]
    leads = parse.low[verb.i] in light or (rule.of == "agent" and rule.category == "RETREAT")
    if not acting and parse.tokens[i].dep in ("obj", "nsubj:pass", "obl") and leads and verb.pos == "VERB" and not parse.passive(verb.i):
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
    return (
        Found(other, recipient, [(n.start, n.end) for n in done], "noun-implied") if other and recipient and rule.of == "patient" else None
    )


def _behind(scene: Scene, i: int, rule: Rule) -> tuple[list[Named], list[Named]]:
    """Those that "by", "of", "against" lead to in the words behind a noun, up to the next verb or comma."""
    acting: list[Named] = []
    done: list[Named] = []
    case = ""
    for t in scene.parse.tokens[i + 1 : i + 16]:
        word = scene.parse.low[t.i]
        if word in (",", ";", ":") or (t.pos == "VERB" and t.dep not in ("amod", "acl")) or (t.pos == "AUX"):
            break
        if word in ("by", "of", "against", "on", "to", "from", "with", "for", "in"):
            case = word
        for n in scene.named:
            if n.start == t.start:
                if case == "by" or (
                    rule.of == "agent" and (case == "of" or (case == "from" and rule.category != "RETREAT")) and not acting
                ):
                    acting.append(n)
                elif case not in ("", "in") or not n.place:
                    done.append(n)
    own = {key(n.ref) for n in acting}
    return acting, [n for n in done if key(n.ref) not in own]
