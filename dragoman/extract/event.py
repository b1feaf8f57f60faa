"""Events in PLOVER's categories: who does what to whom; meetings, agreements and promises are events besides.

Source: the PLOVER manual; a visitor is the source and the host the recipient, a signature is SUPPORT, a promise AGREE.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from dragoman.extract import clauses
from dragoman.extract.event_derived import derived
from dragoman.extract.event_sides import Found, Scene, of_crowd, of_noun, of_verb
from dragoman.extract.event_words import Rule, governors, rules
from dragoman.extract.frame import claim_base, lexicon, state_ref
from dragoman.extract.parse import RELATIVE, lowered
from dragoman.model.annotations import AnnotatedText, Token
from dragoman.model.claims import Claim, Event, PlaceRef

REACH = 160
HOSTILE = frozenset({"SANCTION", "COERCE", "ASSAULT", "MOBILIZE", "PROTEST"})
KIND = frozenset({"SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"})
SAYING = ("said", "say", "warn", "vow", "plan", "intend", "threat", "declar", "insist", "told", "tell", "promis", "swor")
MUTUAL = frozenset({"COOPERATE", "AGREE", "SUPPORT", "CONCEDE", "RETREAT", "CONSULT"})
OBJECTS = frozenset({"obj", "nsubj:pass", "obl", "obl:arg", "iobj", "xcomp", "nsubj"})
JOINED = frozenset({"conj", "parataxis"})


@cache
def _light() -> frozenset[str]:
    return frozenset(lexicon(__file__)["light"].split())


def extract(text: AnnotatedText) -> Iterator[Event]:
    """One event for each verb or noun of action that has somebody with a state on one of its sides."""
    yield from events(text)


def events(text: AnnotatedText, domestic: bool = False) -> Iterator[Event]:
    """The events of a text, each sentence's in the order of its words."""
    known = rules()
    memory: Found | None = None
    paragraph = -1
    for sentence, low in zip(text.sentences, text.once(lowered), strict=True):
        hits = [i for i, word in enumerate(low) if word in known]
        if not hits:
            continue
        if sentence.paragraph > paragraph + 1:
            memory = None
        paragraph = sentence.paragraph
        words = frozenset(low)
        scene: Scene | None = None
        seen: set[tuple[object, ...]] = set()
        for i in hits:
            choice = [r for r in known[low[i]] if not any(map(words.isdisjoint, r.asked))]
            if not choice:
                continue
            scene = scene or Scene(text, sentence, domestic)
            event, found = _event(scene, sentence.tokens[i], choice, memory)
            memory = found if found is not None and found.recipient and found.how != "noun" else memory
            if event is None:
                continue
            same = (event.event_type, event.mode, event.date, _keys(event.source), _keys(event.recipient))
            if same not in seen:
                seen.add(same)
                yield event


def _keys(refs: tuple[object, ...]) -> tuple[str, ...]:
    return tuple(sorted(str(getattr(r, "state", None) or getattr(r, "name", None)) for r in refs))


def _event(scene: Scene, token: Token, choice: list[Rule], memory: Found | None) -> tuple[Event | None, Found | None]:
    verbal = _verbal(scene, token)
    rule = next((r for r in choice if r.noun != verbal and _fits(scene, token, r)), None)
    if rule is None:
        return None, None
    found = _sides(scene, token, rule)
    if found is None and memory is not None and not rule.noun and scene.parse.passive(token.i):
        found = Found(memory.source, memory.recipient, [], "remembered")
    if found is None or not found.source:
        return None, None
    if len(found.source) == 2 and (not found.recipient or found.how == "implied") and rule.category in MUTUAL | {"ACCUSE"}:
        found = (
            Found(found.source[:1], found.source[1:], found.places, "mutual") if rule.category in MUTUAL or "trad" in token.text else found
        )
    if (not found.recipient and rule.recipient in ("object", "named")) or (
        rule.recipient == "named" and found.how in ("implied", "noun-implied")
    ):
        return None, None
    standing = "real" if rule.noun else scene.parse.standing(token.i, governors())
    made = _as_said(rule.category, standing)
    if made is None:
        return None, None
    if found.how == "domestic" and (made[0] in KIND - {"CONCEDE"} or made[0] == "AGREE"):
        found = found._replace(recipient=())
    if made == (rule.category, "planned") and rule.category in HOSTILE and not _announced(scene, token):
        made = ("THREATEN", "actual")
    if made[1] == "planned" and any(
        c.dep == "mark" and scene.parse.low[c.i] == "unless" for k in scene.parse.children[token.i] for c in scene.parse.children[k.i]
    ):
        made = ("THREATEN", "actual")
    return _made(scene, token, rule, found, *made), found


def _announced(scene: Scene, token: Token) -> bool:
    """Whether what is to come is a decision taken, and so more than a threat."""
    low = scene.parse.low
    head = low[token.head]
    if any(low[c.i] == "will" for c in scene.parse.children[token.i]) and not head.startswith(("warn", "vow", "threat")):
        return True
    return head.startswith(("announc", "decid", "confirm")) or (not head.startswith(SAYING) and token.dep != "xcomp")


def _verbal(scene: Scene, token: Token) -> bool:
    """Whether a word is used as a verb; the parse takes some verbs for nouns at the root."""
    if token.pos in ("VERB", "AUX"):
        return True
    word = scene.parse.low[token.i]
    if token.pos == "ADJ":
        return word.endswith(("ed", "en", "ready", "prepared", "willing"))
    if token.pos == "ADV":
        return not word.endswith("ly")
    joined = token.dep == "conj" and scene.parse.tokens[token.head].pos == "VERB"
    return token.pos == "NOUN" and word.endswith("s") and (token.dep == "root" or joined) and token.i > 0


def _sides(scene: Scene, token: Token, rule: Rule) -> Found | None:
    if rule.how == "crowd":
        return of_crowd(scene, token.i)
    found = of_noun(scene, token.i, rule, _light()) if rule.noun else of_verb(scene, token.i, rule)
    if rule.how == "pair" and len(scene.text.parties) >= 2 and (found is None or not found.recipient):
        first, second = (state_ref(p) for p in scene.text.parties[:2])
        return Found((first,), (second,), [], "pair")
    if found is not None and rule.how == "both" and found.how in ("implied", "noun"):
        return found._replace(recipient=scene.other(found.source, both=True))
    return found


def _as_said(category: str, standing: str) -> tuple[str, str] | None:
    """Category and modality by what the clause makes of it: a hostile act to come is a threat, a kind one a promise."""
    if standing == "unreal":
        return None
    if standing == "real":
        return category, "actual"
    if standing == "agreed":
        return (
            (category if category == "CONCEDE" else "AGREE", "actual")
            if category in KIND
            else (category, "planned")
            if category in HOSTILE
            else None
        )
    if category == "AGREE":
        return (category, "actual") if standing == "planned" else None
    if standing in ("denied", "refused"):
        if category in KIND:
            return ("REJECT", "actual") if standing == "refused" else None
        return (category, "denied") if category != "AGREE" else None
    if category == "THREATEN":
        return category, "actual"
    if category in HOSTILE:
        return ("THREATEN", "actual") if standing == "possible" else (category, "planned")
    if category in KIND:
        return ("AGREE", "actual") if standing == "planned" else None
    return category, standing


def _fits(scene: Scene, token: Token, rule: Rule) -> bool:
    """Whether the words that the rule asks for are there."""
    parse, i = scene.parse, token.i
    if rule.follows:
        beside = [*parse.low[i + 1 : i + 3], *(parse.low[c.i] for c in parse.children[i] if c.dep == "compound:prt")]
        if rule.follows.isdisjoint(beside):
            return False
    if rule.objects and rule.objects.isdisjoint(_objects(scene, token, rule)):
        return False
    if rule.within and rule.within.isdisjoint(parse.low[max(0, i - 5) : i + 7]) and rule.within.isdisjoint(parse.words(i, JOINED)):
        return False
    return not rule.unless or rule.unless.isdisjoint(_close(scene, token))


def _close(scene: Scene, token: Token) -> list[str]:
    """The words beside the trigger: the next three, its object's and its subject's."""
    parse = scene.parse
    out = parse.low[token.i + 1 : token.i + 4]
    for c in parse.children[token.i]:
        if c.dep in ("obj", "nsubj", "nsubj:pass", "iobj", "obl:agent"):
            out += parse.words(c.i)
    return out


def _objects(scene: Scene, token: Token, rule: Rule) -> list[str]:
    parse = scene.parse
    if rule.noun:
        return parse.words(token.i)
    kids = [c for c in parse.children[token.i] if c.dep in OBJECTS and parse.low[c.i] not in RELATIVE]
    kids = [c for c in kids if c.dep != "nsubj" or rule.how or parse.passive(token.i)]
    out = [w for c in kids for w in parse.words(c.i)]
    back = parse.antecedent(token.i)
    if back is not None and not any(c.dep == "obj" for c in kids):
        out += parse.words(back.i)
    if not out and token.dep == "conj":
        head = parse.tokens[token.head]
        out += [w for c in parse.children[head.i] if c.dep in ("obj", "nsubj:pass") for w in parse.words(c.i)]
    return out


def _made(scene: Scene, token: Token, rule: Rule, found: Found, category: str, modality: str) -> Event:
    text, sentence = scene.text, scene.sentence
    left, right = clauses.clause(text, sentence, token.start, token.end)
    date = clauses.date_of(text, sentence, left, right, token.start)
    where = clauses.place_of(text, left, right, token.start)
    start, end = _span(scene, token, found)
    if date and left <= date.start < right and date.start - end < 50 and start - date.end < 50:
        start, end = min(start, date.start), max(end, date.end)
    return Event(
        **claim_base(text, start, end),
        event_type=category,
        mode=rule.mode if category == rule.category else None,
        context=(rule.context,) if rule.context else (),
        source=found.source,
        recipient=found.recipient if rule.recipient != "none" or found.how == "named" else (),
        date=date.edtf if date else None,
        place=PlaceRef(where.name, where.state) if where else None,
        modality=modality,
        confidence=0.6 if found.how in ("named", "agent") else 0.45,
        rules=(f"{category}/{rule.mode or ''}", scene.parse.low[token.i], found.how, "noun" if rule.noun else "verb"),
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


def derive(text: AnnotatedText, claims: tuple[Claim, ...]) -> Iterator[Event]:
    """CONSULT of meetings between states, SUPPORT of signatures, AGREE of promises."""
    yield from derived(text, claims)
