"""Whose office it is when the phrase does not say: the state of a person whose office is national.

Told by the words around ("my Minister", "Chile, whose president"), by whom the person meets, by what is already taken and by which
states have such an office at all. Several fit: none is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from dragoman.model.annotations import Actor, AnnotatedText, MentionType, Sentence
from dragoman.model.documents import Zone
from dragoman.reference.offices_of_states import possible

_OURS = re.compile(r"\b(?:my|our)\s+(?:(?:new|own|former|then|late|dear|good|esteemed|colleague|friend|the)\s+){0,3}$", re.I)
_WHOSE = re.compile(r",?\s+whose\s+(?:\w+\s+){0,2}$")
_ENVOY = re.compile(
    r"\b(?:ambassador|high commissioner|chargé d'affaires|consul|consul general|envoy|nuncio|attaché|permanent representative)\b"
)
_MEETS = re.compile(
    r"\b(?:met|meets?|meeting|receive[sd]?|received by|talks|call(?:ed)? on|calls? on|courtesy call|welcomed|hosted|greeted"
    r"|telephoned|phoned|telephone|spoke|conversation|discussions|counterpart|"
    r"congratulated|invited|briefed|audience|summoned|held|exchanged|discuss(?:ed|es|ing)?)\b"
)
_SENT_TO = re.compile(r"\b(?:ambassador|high commissioner|envoy|consul general) (?:to|in) (?:the\s+)?$", re.I)
_TOWARDS = re.compile(
    r"['’]s?\s+(?:\w+\s+){0,2}?(?:warning|visit|trip|letter|message|call|offer|threat|invitation|journey|tour)\s+(?:to|of)\s+(?:the\s+)?$"
)
_ARRIVES = re.compile(
    r",?\s+(?:(?:who|currently|now)\s+){0,2}(?:is|was)\s+(?:currently\s+)?on\s+(?:an?|his|her)\s+[^,.;]{0,40}?(?:visit|trip)\s+(?:to|in)\s+(?:the\s+)?$"
    r"|\s+(?:(?:has|had|will|is to|was to|also|then)\s+){0,2}(?:arrive[sd]?|visit(?:s|ed)?|travel(?:s|led|ed)?|flew|flies|fly|pay"
    r"|paid|pays|made|go|went|came|(?:leaves?|left|depart(?:s|ed)?|head(?:s|ed)?) (?:for|to))\b[^.;]{0,50}?\b(?:in|to|at)?\s*(?:the\s+)?$"
)
_GUESTS = re.compile(  # "X will host a delegation from Norway": X is from elsewhere
    r"\s+[^.;]{0,60}\b(?:host|receive|welcome|greet)(?:s|d|ed|ing)?\s+[^.;]{0,40}\b(?:delegation|team|group|envoys?|officials)\s+(?:from|of)\s+(?:the\s+)?$"
)
_BOTH = re.compile(r"\s+and\s+(?:the\s+)?")
_VISIT_OF = re.compile(r"\b(?:visit|trip|journey|tour|arrival|travel)\s+(?:of|by)\s+(?:the\s+)?$")
_TO = re.compile(r"\s+(?:to|in)\s+(?:the\s+)?$")
_NAMES = (MentionType.STATE, MentionType.DEMONYM, MentionType.PLACE, MentionType.ORGANIZATION)
_INLAND = re.compile(r"(?:\b(?:in|at)\s+(?:the\s+)?|\()$")
_AND = re.compile(r"\s*(?:,|and|,\s*and)\s*")
_LEADER = re.compile(r"^(?:president|prime minister|(?:federal )?chancellor|king|queen|emir|sultan)$")
_ITS = re.compile(r"\b[Ii]ts\s+(?:(?:new|own|former|then|outgoing)\s+)?$")
_BROUGHT = re.compile(
    r"\b(?:greetings|regards|best wishes|message|letter|condolences|congratulations)\s+(?:of"
    r"|from)\s+(?:the\s+)?(?:[A-Z][\w .]{3,50}\s+and\s+(?:of\s+)?(?:the\s+)?)?$"
)
_LEAVES = re.compile(r"\b(?:leaves?|left|recalled from|withdrawn from|return(?:s|ed)? (?:home )?from|departs?|departed from"
    r"|expelled from)\s+(?:the\s+)?")
_OWN_EMBASSY = re.compile(r"\bEmbassy|High Commission|Consulate", re.I)
_FLANKED = re.compile(
    r"(?:\s+(?:is|was|were|who|also))*,?\s+(?:flanked|accompanied|assisted|seconded) by\s+(?:the\s+|his\s+|her\s+)?"
    r"|['’]s?\s+(?:team|delegation|entourage|party)\s+(?:included|consisted of|comprised)\s+(?:the\s+|his\s+|her\s+)?"
)
_SERIES = re.compile(r"\s*(?:[,;]|,?\s+and|;\s+and|,?\s+as well as)\s+(?:the\s+)?")
_BOTH_MEET = re.compile(
    r"(?:\s+\w+day)?(?:\s+on \w+)?\s+(?:(?:will|have|also)\s+)?(?:met|meet|spoke|(?:held|had|hold) (?:an? )?(?:\w+[ -]){0,2}"
    r"(?:call|talks|meeting|conversation|discussions))\b"
)
_PAIR = re.compile(r"\bbetween\s+(?:the\s+)?(?:visiting\s+)?$")
_LED = re.compile(r"\b(?:led|headed|chaired)\s+by\s+(?:[\w-]+\s+){0,2}$|\b(?:led|headed|chaired)\b")
_DELEGATION = re.compile(r"\b(?:delegation|group|mission)\b")


def state_of(
    text: AnnotatedText,
    actor: Actor,
    position: str,
    actors: list[Actor],
    taken: set[str],
    speaker: str | None,
    known: dict[str, str] | None = None,
) -> str | None:
    """The state of a person by the office and the words where the person is first named, or None; `known` are states found before."""
    sentence = text.sentence_at(actor.start)
    if sentence is None:
        return None
    lead = text.text[sentence.start : actor.start]
    first = text.text[actor.start : actor.start + 12]
    if _OURS.search(lead) or re.match(r"(?:[Mm]y|[Oo]ur)\s", first):
        return speaker or text.home
    around = [(m.start, m.end, m.state) for m in text.mentions_in(sentence.start, sentence.end, *_NAMES) if m.state]
    before = [(s, e, c) for s, e, c in around if e <= actor.start and c]
    if before and (_WHOSE.search(lead) or first.startswith("whose")) and actor.start - before[-1][1] < 40:
        return before[-1][2]
    if (own := _ITS.search(lead)) and (owner := _last_state(text, sentence.start + own.start())):
        return owner
    led = _LED.search(lead)
    leads = led is not None and not _guest_of(actors, text, sentence.start + led.end(), actor.start)
    if leads and (party := _delegation(text, sentence, actor.start)):
        return party
    if beside := _beside(text, sentence, actor, position, actors, known or {}):
        return beside
    out = set(taken) | _met(text, actor, sentence, actors, known or {}) | _away(text, actor, around)
    if not _ENVOY.search(position):
        out |= {c for start, _, c in around if _SENT_TO.search(text.text, sentence.start, start)}
    if text.home and len(text.parties) > 1 and text.home in text.parties[:2] and _BROUGHT.search(lead):
        return next(c for c in text.parties[:2] if c != text.home)  # "conveyed the greetings of President X": the guest's
    out |= {c for c in (*text.parties, *(c for _, _, c in around)) if c and not possible(position, c)}
    parties = [c for c in text.parties[:3] if c not in out]
    if _ENVOY.search(position):
        return _sender(text, actor, before, parties, out)
    named = list(dict.fromkeys(c for _, _, c in before if c not in out))
    if len(named) == 2 and _BOTH.fullmatch(text.text, *_between(before, named)):
        return None  # "Peru and Norway work together, Minister X said"
    subject = _subject(sentence, before, out)
    if subject:
        return subject
    if len(named) == 1:
        return named[0]
    senders = _sending(actors, known or {}) if text.home is None else set()
    rest = [c for c in text.parties[:2] if c not in out]
    if len(text.parties) > 1 and len(rest) == 1 and rest[0] not in senders:
        return rest[0]
    if text.home and text.home not in out:
        return text.home
    if named:
        return named[0]
    if text.home is None and (at_home := _first_named(text, senders)) and at_home not in out:
        return at_home
    return parties[0] if len(parties) == 1 or (parties and not taken and len(text.parties) == 1) else None


def _beside(
    text: AnnotatedText, sentence: Sentence, actor: Actor, position: str, actors: Iterable[Actor], known: dict[str, str]
) -> str | None:
    """The state of the one named just before: "met with Serbian President A, Prime Minister B"; "A was flanked by Foreign Minister B"."""
    last = None
    for a in actors:
        if a.end > actor.start:
            break
        if a.kind == "person" and a.name != actor.name:
            last = a
    if last is None or actor.start - last.end > 60:
        return None
    state = last.state or known.get(last.name or "")
    glue = text.text[last.end : actor.start]
    if not state or not possible(position, state):
        return None
    if _FLANKED.fullmatch(glue):
        return state
    head = _leads(position) and not position.startswith("prime")
    if head or not _SERIES.fullmatch(glue) or last.position in (None, position):
        return None
    told = any(t.pos == "VERB" and t.end <= last.start for t in sentence.tokens)  # those met, not those who meet
    return state if told or not last.state else None


def _between(before: list[tuple[int, int, str]], named: list[str]) -> tuple[int, int]:
    """The stretch between the first names of two states."""
    ends = [next((s, e) for s, e, c in before if c == one) for one in named]
    return ends[0][1], max(ends[0][1], ends[1][0])


def _guest_of(actors: Iterable[Actor], text: AnnotatedText, start: int, end: int) -> bool:
    """Whether the one who leads a delegation meets the person: "a delegation led by X held talks with Y"."""
    leaders = [a for a in actors if a.kind == "person" and start <= a.start and a.end <= end]
    return bool(leaders) and bool(_MEETS.search(text.text[leaders[-1].end : end]))


def _last_state(text: AnnotatedText, pos: int) -> str | None:
    """The state named last before a place, near it: whose "its energy minister" is."""
    found = [m for m in text.mentions_in(max(0, pos - 260), pos, MentionType.STATE, MentionType.DEMONYM) if m.state]
    return found[-1].state if found else None


def _first_named(text: AnnotatedText, senders: set[str]) -> str | None:
    """The party that the text itself names first: a report without a home begins at home, which is not where its envoys come from."""
    for m in text.mentions:
        if m.state in text.parties[:3] and m.state not in senders and m.type in _NAMES and text.document.zone_at(m.start) is Zone.BODY:
            return m.state
    return None


def _sending(actors: Iterable[Actor], known: dict[str, str]) -> set[str]:
    """The states of the envoys that a text names."""
    envoys = (a for a in actors if a.kind == "person" and a.position and _ENVOY.match(a.position))
    return {state for a in envoys if (state := a.state or known.get(a.name or ""))}


def _met(text: AnnotatedText, actor: Actor, sentence: Sentence, actors: Iterable[Actor], known: dict[str, str]) -> set[str]:
    """The states of those whom the person meets in the sentence: he is from another."""
    out: set[str] = set()
    pair = _paired(text, actor, actors)
    if pair:
        out.add(pair)
    if len(text.parties) < 2:
        return out
    last: str | None = text.home
    for a in actors:
        if a.start >= sentence.end:
            break
        if a.end <= sentence.start:
            if a.kind == "person" and a.state and a.name != actor.name:
                last = a.state
            continue
        if a.kind not in ("person", "office", "pronoun") or (a.name == actor.name and a.kind == "person"):
            continue
        between = text.text[a.end : actor.start] if a.end <= actor.start else text.text[actor.end : a.start]
        beside = _AND.fullmatch(between) and a.kind != "pronoun" and _leads(a.position) and _leads(actor.position)
        if not beside and not _MEETS.search(between):
            continue
        back = a.mention.lower() in ("he", "she") and a.end <= actor.start
        state = (a.state or known.get(a.name or "")) if a.kind != "pronoun" else last if back else None
        if state:
            out.add(state)
    return out


def _paired(text: AnnotatedText, actor: Actor, actors: Iterable[Actor]) -> str | None:
    """The state of the other of two: "talks between the Norwegian Prime Minister A and President B", "A and the US Secretary B met"."""
    for a in actors:
        if a.start >= actor.end and text.text[actor.end : a.start].strip() == "and" and a.stated and a.stated[0].state:
            return a.stated[0].state if _BOTH_MEET.match(text.text, a.end) else None
        beside = a.end <= actor.start and text.text[a.end : actor.start].strip() == "and"
        if beside and a.kind == "person" and a.stated and a.stated[0].state:
            return a.stated[0].state if _PAIR.search(text.text, max(0, a.start - 24), a.start) else None
    return None


def _leads(position: str | None) -> bool:
    return bool(_LEADER.search(position or ""))


def _away(text: AnnotatedText, actor: Actor, around: list[tuple[int, int, str]]) -> set[str]:
    """The states that the person goes to or speaks to: "X's warning to Ethiopia", "X arrives in Lima", "the visit of X to Astana"."""
    out = set()
    travels = _VISIT_OF.search(text.text, max(0, actor.start - 40), actor.start)
    for start, _, state in around:
        if state and actor.end <= start and start - actor.end < 90:
            glue = text.text[actor.end : start]
            if _TOWARDS.match(glue) or _ARRIVES.match(glue) or (travels and _TO.match(glue)) or _GUESTS.match(glue):
                out.add(state)
    return out


def _sender(text: AnnotatedText, actor: Actor, before: list[tuple[int, int, str]], parties: list[str], out: set[str]) -> str | None:
    """An envoy is not from where he serves: the other of two parties."""
    if _OWN_EMBASSY.search(text.document.outlet or "") and text.home:
        return text.home
    place = next(
        (
            m
            for m in text.mentions_in(actor.start, actor.end + 30, MentionType.PLACE, MentionType.STATE)
            if _INLAND.search(text.text[max(0, m.start - 10) : m.start])
        ),
        None,
    )
    bodies = text.mentions_in(max(0, actor.start - 40), actor.start, MentionType.ORGANIZATION)
    embassy = next((m for m in reversed(bodies) if _OWN_EMBASSY.match(m.text)), None)
    if embassy is not None and embassy.state:
        return embassy.state  # "visited the Embassy of Italy, where Ambassador X"
    sentence = text.sentence_at(actor.start)
    leaves = _LEAVES.search(text.text, actor.end, sentence.end) if sentence else None
    left = next((m for m in text.mentions_in(leaves.end(), leaves.end() + 40, *_NAMES) if m.state), None) if leaves else None
    place = place or left
    host = place.state if place else (before[-1][2] if before else text.home)
    others = [c for c in text.parties[:2] if c != host and c not in out]
    return others[0] if host and len(others) == 1 else None


def _subject(sentence: Sentence, before: list[tuple[int, int, str]], out: set[str]) -> str | None:
    """The state that is subject of the sentence, or stands within it."""
    for token in sentence.tokens:
        if token.dep.startswith("nsubj"):
            for start, end, state in before:
                if start <= token.start < end and state not in out:
                    return state
    return None


def _delegation(text: AnnotatedText, sentence: Sentence, at: int) -> str | None:
    """The state whose delegation the person leads, in this sentence or the one before."""
    start = text.sentences[sentence.index - 1].start if sentence.index else sentence.start
    words = [m for m in _DELEGATION.finditer(text.text, start, at)]
    for word in reversed(words):
        near = [m for m in text.mentions_in(max(start, word.start() - 40), min(at, word.end() + 70), *_NAMES) if m.state]
        after = [m for m in near if m.start >= word.end() and text.text[word.end() : m.start].strip().startswith(("of", "from"))]
        before = [m for m in near if m.end <= word.start() and not text.text[m.end : word.start()].strip()]
        if before or after:
            return (before[-1:] or after[:1])[0].state
    return None
