"""Commitments: what somebody undertook to do, to whom, how much, by when, and what came of it as far as the text says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from dragoman.extract.commitment_lists import listed, tabled
from dragoman.extract.commitment_owner import owner
from dragoman.extract.commitment_status import invited, milestone, outcome
from dragoman.extract.commitment_terms import deadline, pointed_at, target
from dragoman.extract.event_sides import Scene
from dragoman.extract.event_words import forms
from dragoman.extract.frame import claim_base, lexicon
from dragoman.extract.parse import lowered
from dragoman.model.annotations import AnnotatedText, DateMention, Token
from dragoman.model.claims import Amount, Commitment

_LOOSE = re.compile(r"^[\s,;:]*(?:(?:and|or|but)\s+)?")
REACH = 260
FUTURE = frozenset({"will", "shall", "would", "’ll", "'ll", "wo"})
BESIDE = frozenset({"parataxis"})
BE = frozenset({"is", "are", "was", "were", "be", "been"})
TIMED = ("by", "at", "until", "before", "since", "after")


class Cue(NamedTuple):
    """Where a promise is made: the word, the verb of what is promised, and how it is put."""

    token: Token
    action: Token
    kind: str  # promise, agree, task, future, plan, starts, under_way, noun


@cache
def words(name: str) -> frozenset[str]:
    """The forms of the verbs of a list in the YAML."""
    irregular = {base: made.split() for base, made in lexicon(__file__)["irregular"].items()}
    return frozenset(form for base in lexicon(__file__)[name].split() for form in forms(base, irregular))


@cache
def plain(name: str) -> frozenset[str]:
    return frozenset(lexicon(__file__)[name].split())


@cache
def triggers() -> frozenset[str]:
    named = frozenset().union(*(words(n) for n in ("promise", "agree", "task", "plan", "starts", "decide", "allotted")))
    return named | FUTURE | BE | plain("nouns") | plain("modal") | plain("vows") | plain("outcomes") | {"provides", "provide", "plans"}


def extract(text: AnnotatedText) -> Iterator[Commitment]:
    """One commitment for each word of promise or plan with an owner and a thing to do; list points and table rows too."""
    known = triggers()
    yield from tabled(text)
    lead: Commitment | None = None
    for sentence, low in zip(text.sentences, text.once(lowered), strict=True):
        point = listed(text, sentence, lead)
        if point is not None:
            yield point
            continue
        reached = milestone(text, sentence)
        if reached is not None:
            yield reached
            continue
        hits = [i for i, word in enumerate(low) if word in known]
        if not hits:
            continue
        scene = Scene(text, sentence)
        done: set[int] = set()
        found = outcome(scene) or invited(scene)
        if found is not None:
            yield found
            continue
        for i in hits:
            cue = _cue(scene, sentence.tokens[i])
            if cue is None or cue.action.i in done:
                continue
            done |= {cue.action.i, cue.token.i}
            for action in _split(scene, cue):
                done.add(action.i)
                made = _commitment(scene, cue, action)
                if made is not None:
                    lead = made
                    yield made
        lead = lead if lead is not None and lead.evidence[0].end > sentence.start - 1500 else None


def _cue(scene: Scene, token: Token) -> Cue | None:
    """The promise that a word makes, if any."""
    parse, word = scene.parse, scene.parse.low[token.i]
    head = parse.tokens[token.head]
    if word in FUTURE:
        verb = head if token.dep == "aux" and head.i > token.i else _next_verb(scene, token)
        if verb is not None and parse.low[verb.i] == "have":
            verb = parse.child(verb.i, "xcomp") or verb
        return Cue(token, verb, "future") if verb is not None else None
    if word in BE:
        return _being(scene, token)
    if word in plain("modal") and token.dep == "aux" and head.i > token.i:
        return Cue(token, head, "modal")
    if word in plain("nouns") and token.pos in ("NOUN", "PROPN"):
        return Cue(token, token, "noun")
    if word == "plans" and token.i and parse.low[token.i - 1] in ("says", "said", "say"):
        return None  # "says plans to hold talks are off"
    if token.pos in ("NOUN", "PROPN"):
        return _vow(scene, token) or _misread(scene, token)
    if token.pos not in ("VERB", "ADJ", "ADV") and not (token.dep == "root" and token.i == 0):
        return None
    inner = parse.child(token.i, "xcomp", "ccomp") or next(
        (c for c in parse.children[token.i] if c.dep in ("acl", "advcl") and c.i > token.i and "to" in _marks(scene, c)), None
    )
    if word in ("provides", "provide") and token.i + 1 < len(parse.tokens) and parse.tokens[token.i + 1].text == "for":
        return Cue(token, token, "provides")
    if word in words("task"):
        inner = inner or next(
            (c for c in parse.children[token.i] if c.dep in ("advcl", "acl", "obl") and c.pos == "VERB" and c.i > token.i), None
        )
        inner = inner or _next_verb(scene, token, 14)
        return Cue(token, inner, "task") if inner is not None and parse.child(token.i, "obj", "iobj", "nsubj:pass") else None
    if word in words("plan") and token.i and parse.low[token.i - 1] in words("telling") and inner is not None:
        return Cue(parse.tokens[token.i - 1], inner, "promise")
    if word in words("allotted") and any(parse.low[c.i] in ("has", "have") for c in parse.children[token.i]):
        return Cue(token, token, "allotted")
    if word in words("plan"):
        return Cue(token, inner, "plan") if inner is not None and inner.i > token.i and not _past(token) else None
    for kind in ("promise", "agree", "decide"):
        if word in words(kind):
            if (kind == "decide" and inner is None) or not any(c.i > token.i and c.dep != "punct" for c in parse.children[token.i]):
                return None
            return Cue(token, inner if inner is not None and inner.i > token.i else token, kind)
    return Cue(token, token, "starts") if word in words("starts") and token.pos == "VERB" and word.endswith("s") else None


def _marks(scene: Scene, token: Token) -> set[str]:
    return {scene.parse.low[k.i] for k in scene.parse.children[token.i] if k.dep in ("mark", "aux", "case")}


def _next_verb(scene: Scene, token: Token, within: int = 8) -> Token | None:
    """The verb of action behind a word where the parse does not join the two."""
    after = scene.parse.tokens[token.i + 1 : token.i + within]
    return next((t for t in after if t.pos == "VERB" and scene.parse.low[t.i] in words("doing")), None)


def _vow(scene: Scene, token: Token) -> Cue | None:
    """ "Reaffirmed its commitment to contribute", "Kenya's pledge to send"."""
    tokens, low = scene.parse.tokens, scene.parse.low
    if low[token.i] not in plain("vows") or token.i + 2 >= len(tokens) or tokens[token.i + 1].text != "to":
        return None
    verb, head = tokens[token.i + 2], tokens[token.head]
    if low[verb.i] not in words("doing"):
        return None
    return Cue(head if head.pos == "VERB" and head.i < token.i else token, verb, "promise")


def _misread(scene: Scene, token: Token) -> Cue | None:
    """ "X plans to ..." where the parse takes the verb for a noun, and "announced plans to ..."."""
    tokens, low = scene.parse.tokens, scene.parse.low
    word = low[token.i]
    if token.i + 2 >= len(tokens) or tokens[token.i + 1].text != "to" or token.i == 0:
        return None
    verb, lead = tokens[token.i + 2], tokens[token.i - 1]
    if low[verb.i] not in words("doing"):
        return None
    head = tokens[token.head]
    if word in ("plan", "plans"):
        told = next((t for t in (lead, head) if t.i < token.i and low[t.i] in words("telling")), None)
        if told is not None:
            return Cue(told, verb, "promise")
    if lead.pos in ("DET", "ADJ", "PRON", "NUM") or lead.text in ("’s", "'s") or not (word.endswith("s") or token.dep == "root"):
        return None
    kind = next((k for k in ("promise", "agree", "plan") if word in words(k)), None)
    return Cue(token, verb, kind) if kind else None


def _past(token: Token) -> bool:
    return token.text.lower() in ("planned", "aimed", "hoped", "expected", "scheduled") and token.dep in ("amod", "acl")


def _being(scene: Scene, token: Token) -> Cue | None:
    """ "Is to", "are due to", "is contributing": what is fixed or already done."""
    tokens = scene.parse.tokens
    word = scene.parse.low[token.i]
    after = tokens[token.i + 1 : token.i + 6]
    if not after or word in ("be", "been"):
        return None
    low = scene.parse.low[token.i + 1 : token.i + 6]
    past = word in ("was", "were")
    if "to" in low[:1] or ("to" in low[:2] and low[0] in plain("fixed")):
        verb = next((t for t in after[low.index("to") + 1 :] if t.pos == "VERB" or scene.parse.low[t.i] in words("doing")), None)
        return Cue(token, verb, "plan") if verb is not None and not past else None
    if low[0] in plain("fixed") and not past:
        return Cue(token, after[0], "fixed")
    head = tokens[token.head]
    if token.dep == "aux" and not past and scene.parse.low[head.i] in words("under_way") and head.text.lower().endswith("ing"):
        return Cue(token, head, "under_way")
    return None


def _split(scene: Scene, cue: Cue) -> list[Token]:
    """The action, and those joined to it that have an infinitive or auxiliary, a date or an amount of their own."""
    out = [cue.action]
    for c in scene.parse.children[cue.action.i]:
        if c.dep == "conj" and c.pos == "VERB" and c.i > cue.action.i:
            marks = {scene.parse.low[k.i] for k in scene.parse.children[c.i] if k.dep in ("mark", "aux")}
            own = scene.parse.child(c.i, "nsubj", "nsubj:pass")
            if own is None and (marks & ({"to"} | FUTURE) or (cue.kind == "future" and not c.text.lower().endswith("ed"))):
                out.append(c)
    return out


def _commitment(scene: Scene, cue: Cue, action: Token) -> Commitment | None:
    text = scene.text
    start, end = _span(scene, cue, action)
    times = _times(text, scene, start, end, cue.kind not in ("starts", "fixed"))
    by_when = deadline(text, times)
    amount = target(text, start, end) or (target(text, *_subject(scene, action)) if cue.kind in ("future", "plan") else None)
    low = scene.parse.low
    doing = low[action.i] in words("doing") or any(low[c.i] in words("doing") for c in scene.parse.children[action.i])
    modality = _modality(scene, cue, action)
    if modality is None or not _enough(scene, cue, action, by_when, amount is not None, doing):
        return None
    if modality == "denied" and scene.parse.passive(action.i) and scene.parse.child(action.i, "obl:agent") is None:
        return None  # "will not be recognised"
    by, place = owner(scene, cue.token, action, cue.kind)
    if not by:
        return None
    begin, start, end = _evidence(scene, cue, action, place, start, end)
    status = (
        "under way" if cue.kind == "under_way" else "agreed" if cue.kind in ("agree", "provides") or _formal(scene, cue) else "announced"
    )
    words_ = text.text[start:end]
    return Commitment(
        **claim_base(text, begin, end),
        by=by,
        to=pointed_at(scene, action, by),
        action=" ".join(words_.split()),
        target=None if amount is None else Amount(amount.low, amount.high, amount.unit),
        deadline=by_when,
        status=status,
        modality=modality,
        confidence={"promise": 0.75, "agree": 0.7}.get(cue.kind, 0.5),
        rules=(
            cue.kind,
            low[cue.token.i],
            *(("deadline",) if by_when else ()),
            *(("target",) if amount else ()),
            *(("doing",) if doing else ()),
        ),
    )


def _evidence(scene: Scene, cue: Cue, action: Token, place: int | None, start: int, end: int) -> tuple[int, int, int]:
    """Where the evidence begins, and the words of the action: with the thing to be done where that is the subject, and no loose ends."""
    words_ = scene.text.text[start:end]
    start += len(words_) - len(_LOOSE.sub("", words_, count=1))
    end = start + len(_closed(scene.text.text[start:end]))
    if action.i != cue.action.i:
        return start, start, end
    begin = place if place is not None and 0 <= start - place < 130 and place >= scene.sentence.start else start
    if cue.kind in ("future", "plan", "fixed", "starts", "modal") and (place is None or place != begin):
        subject = scene.parse.subject(action.i) or scene.parse.subject(cue.token.i)
        near = subject is not None and 0 < start - subject.start < 130
        if subject is not None and near and subject.pos in ("NOUN", "PROPN"):
            start = min(start, *(t.start for t in scene.parse.phrase(subject.i) if t.start >= scene.sentence.start))
            begin = min(begin, start)
    return begin, start, end


def _closed(words_: str) -> str:
    """The words without what only leads on to something else."""
    while True:
        bare = words_.rstrip(" ,;.\n")
        words_ = next((bare.removesuffix(w) for w in (" and", " or", " but", " to") if bare.endswith(w)), bare)
        if words_ == bare:
            return bare


def _times(text: AnnotatedText, scene: Scene, start: int, end: int, head: bool) -> list[DateMention]:
    found = [d for d in text.dates_in(start, end) if d.edtf and not d.recurring and d.relation in TIMED]
    if not found and head:  # a date at the head of the sentence, or a limit right before the clause
        before = [d for d in text.dates_in(scene.sentence.start, start) if d.edtf and not d.recurring]
        found = [d for d in before if d.start - scene.sentence.start < 20 or (d.relation in ("by", "before") and start - d.end < 20)]
    return found


def _span(scene: Scene, cue: Cue, action: Token) -> tuple[int, int]:
    """From the word of promise to the end of what hangs on the action, less what is joined to it and split off."""
    others = {t.i for t in _split(scene, cue)} - {action.i}
    own = scene.parse.phrase(action.i, BESIDE)
    ended = [t.i for t in scene.parse.tokens[action.i :] if t.text == ";"][:1]  # "promised to train 200; so far 150 have come"
    cut = min([*(o for o in others if o > action.i), *ended], default=None)
    own = [t for t in own if (cut is None or t.i < cut) and t.end - action.start < REACH]
    first = cue.token.start if action.i == cue.action.i else min(t.start for t in own)
    if action.i == cue.action.i:
        own = [t for t in own if t.start >= cue.token.start or t.i >= action.i]
    tail = [t for t in scene.parse.phrase(cue.token.i, BESIDE | {"conj"}) if action.i < t.i and (cut is None or t.i < cut)]
    ends = [t.end for t in own + (tail if cue.kind in ("promise", "agree", "noun") else []) if t.end - first < REACH]
    return first, max([*ends, action.end, cue.token.end if action.i == cue.action.i else 0])


def _next(scene: Scene, token: Token) -> str:
    """The word after another, in lower case."""
    at = token.i + 1
    return scene.parse.low[at] if at < len(scene.parse.tokens) else ""


def _of_meeting(scene: Scene, action: Token) -> bool:
    """Whether talks are held, or somebody is received."""
    obj = scene.parse.child(action.i, "obj")
    held = obj is not None and scene.parse.low[obj.i] in plain("meetings")
    met = (a for a in scene.text.actors_in(action.end, scene.sentence.end)[:2] if a.kind in ("person", "office"))
    return held or any(0 <= a.start - action.end < 6 for a in met)


def _enough(scene: Scene, cue: Cue, action: Token, by_when: str | None, amount: bool, doing: bool) -> bool:
    """Whether what is said is a thing to do and no forecast, wish or custom."""
    word = action.text.lower()
    if scene.sentence.text.rstrip(' ”"’').endswith("?"):
        return False
    if _next(scene, cue.token) in ("rather", "like"):
        return False
    if word == "see" and cue.kind == "plan" and by_when is not None:
        return True  # "aims to see the reopening of ... by 2027"
    if word in words("idle") or word in words("moves") or (word == "take" and _next(scene, action) in ("place", "part", "effect")):
        return False
    if word == "closed" and _next(scene, action) in ("on", "from", "for", "until", "between"):
        return False  # hours of opening
    if cue.kind in ("future", "plan") and word in plain("meeting") and _of_meeting(scene, action):
        return False  # a contact that is planned, told as such
    subject = scene.parse.subject(action.i) if cue.kind == "future" else None
    if subject is not None and scene.parse.low[subject.i] in plain("things") and by_when is None and not amount:
        return False  # "the visit will open a new chapter"
    if cue.kind == "future" and action.pos in ("NOUN", "ADJ") and by_when is None and not amount:
        return False  # "would be an opportunity"
    if cue.kind == "modal":
        return by_when is not None and doing
    if cue.kind == "provides":
        return by_when is not None
    if cue.token.text.lower().startswith("offer"):
        return doing and cue.action.i != cue.token.i
    if cue.kind in ("starts", "fixed"):
        return by_when is not None and not by_when.startswith("..") and (scene.text.document.published or "9999")[:7] < by_when[:7] + "~"
    if cue.kind == "noun":
        return amount and (by_when is not None or cue.token.text.lower().startswith("pledge") or "set" in scene.sentence.text)
    if cue.kind in ("promise", "agree", "task"):
        return doing or by_when is not None or amount or cue.kind == "promise"
    if cue.kind == "decide":
        return doing and (by_when is not None or amount)
    if cue.kind in ("under_way", "allotted"):
        return amount
    if cue.kind == "plan" and cue.token.text.lower() in words("plan"):
        return True
    if word in words("vague"):
        return by_when is not None or amount
    return doing or by_when is not None or amount


def _modality(scene: Scene, cue: Cue, action: Token) -> str | None:
    """`actual`; `denied` where it is negated, `possible` where it hangs on a condition; None where it is asked, not promised."""
    parse = scene.parse
    close = {parse.low[c.i] for i in (cue.token.i, action.i) for c in parse.children[i] if c.dep in ("advmod", "aux")}
    if close & {"not", "n't", "n’t", "never"}:
        return "denied" if cue.kind in ("future", "plan") else None
    own = {parse.low[c.i] for c in parse.children[cue.token.i] if c.dep == "aux"}
    if cue.kind in ("promise", "agree", "decide") and own & {"can", "could", "may", "might", "would", "should"}:
        return None
    t = cue.token if cue.kind in ("promise", "agree", "plan", "decide") else action
    for _ in range(4):
        marks = {parse.low[c.i] for c in parse.children[t.i] if c.dep == "mark"}
        if marks & {"if", "unless", "whether"}:
            return "possible" if t.i == action.i else None
        head = parse.tokens[t.head]
        if head.i == t.i:
            break
        if parse.low[head.i] in words("asking") and t.dep in ("xcomp", "ccomp", "advcl", "acl", "conj") and t.dep != "conj":
            return None
        t = head
    under = [parse.low[m.i] for c in parse.children[action.i] if c.dep == "advcl" for m in parse.children[c.i] if m.dep == "mark"]
    return "possible" if {"if", "unless"} & set(under) else "actual"


def _subject(scene: Scene, action: Token) -> tuple[int, int]:
    """The stretch of the subject's phrase where nobody acts: "500 scholarships will be offered"."""
    subject = scene.parse.child(action.i, "nsubj", "nsubj:pass")
    if subject is None or scene.at(subject):
        return action.start, action.start
    phrase = scene.parse.phrase(subject.i)
    return phrase[0].start, phrase[-1].end


def _formal(scene: Scene, cue: Cue) -> bool:
    """ "Shall" in a text that several states made binds them."""
    return (
        cue.token.text.lower() == "shall"
        and scene.sentence.speaker is None
        and not any(q.direct and q.start <= cue.token.start < q.end for q in scene.quotes(cue.token.start))
    )
