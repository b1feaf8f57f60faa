"""Who acts, phrase by phrase: persons with office and state, offices, states, organisations, groups, pointing words.

the Prime Minister of Kazakhstan, Alikhan Smailov
└ office: position, state ┘       └ person ┘        -> one Actor
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache

from dragoman.annotate import coreference
from dragoman.annotate.offices import Office, offices
from dragoman.model.annotations import Actor, AnnotatedText, Mention, MentionType, Sentence, Stated
from dragoman.reference import person_names
from dragoman.reference.scan import Words
from dragoman.reference.slug import slug

_BACKWARD = re.compile(
    r"(?:\s*\([Rr]etd?\.?\))?\s*(?:,|\(|–|—|\bas\b|\bis\b|\bwas\b)\s*(?:(?:the|a|an|its|his|her|their|our|my|now|then|still|who is|who was"
    r"|at that time|at the time|currently|today)\s+){0,3}"
    r"(?:newly\s+\w+\s+|new\s+|former\s+|current\s+)?|\s*\n\s*"
)
_AND = re.compile(r"\s*(?:,|and|,\s*and|as well as|and also)\s+(?:the\s+|a\s+|concurrently\s+|as\s+)*", re.I)
_COUNTERPART = re.compile(
    r"(?:\b(?:(?P<owner>[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[Mm]y|[Oo]ur|[Yy]our)|(?P<the>[Tt]he|a))\s+(?:(?:new|visiting|then"
    r"|own|newly[ -]appointed|newly[ -]elected|outgoing|former|dear|good"
    r"|long-time)\s+)?|(?<=\bmet\s)|(?<=\bwith\s)|(?<=\band\s)|(?<=\bby\s)|(?<=eceived\s)|(?<=\bhosted\s))(?P<state>[A-Z][\w.\-’']*(?:\s[A-Z][\w.\-]+){0,3}?(?:['’]s)?\s+)?"
    r"(?P<word>counterpart|opposite number|colleague|homologue|vis-à-vis|peer)(?P<plural>s)?\b"
)
_PEERS = re.compile(
    r"\b(?:[Hh]is|[Hh]er|[Tt]heir|[Mm]y|[Oo]ur)\s+(?P<states>[A-Z][\w-]+(?:\s[A-Z]\w+)?(?:,\s[A-Z][\w-]+(?:\s[A-Z]\w+)?){0,4},?\sand\s[A-Z][\w-]+(?:\s[A-Z]\w+)?)\s+"
    r"(?P<word>counterparts|colleagues|homologues|opposite numbers|peers)\b"
    r"|\b(?:[Hh]is|[Hh]er|[Tt]heir|[Mm]y|[Oo]ur)\s+(?P<bare>counterparts|colleagues|homologues|opposite numbers|peers)"
    r"(?:\s+(?:from|of|in)\s+(?P<from>(?:the\s+)?[A-Z][\w-]+(?:\s[A-Z]\w+)?(?:,\s(?:the\s+)?[A-Z][\w-]+(?:\s[A-Z]\w+)?){0,4},?\sand\s(?:the\s+)?[A-Z][\w-]+(?:\s[A-Z]\w+)?))?"
)
_OF_LIST = re.compile(r"\s+(?:of|from)\s+(?:the\s+)?(?:Republic\s+of\s+)?")
_LIST = re.compile(r"\s*(?:,|and|,\s*and|&)?\s*(?:of\s+)?(?:the\s+)?")
_THEN = re.compile(r"(?:\s*,|\s*\(|:|\s+[-–—])\s*(?:(?:Mr|Mrs|Ms|Dr|Prof|H\.E|Ambassador)\.?\s+)*")
_NEXT_STATE = re.compile(r"\)?\s*(?:[,;]|[,;]?\s+and)\s*(?:and\s+)?(?:(?:of|from)\s+)?(?:the\s+)?")
_FROM_THERE = re.compile(r"\s+(?:from|of|in)\s+(?:that country|there|(?:the\s+)?[A-Z][\w-]+(?:\s[A-Z][\w-]+)?)\s*,\s*")
_LED_BY = re.compile(r"\b(?:headed|led|run|represented|replaced|succeeded|chaired)\s+by\s+$")
_LISTED = re.compile(r"\s*,?\s*(?:(?:and|respectively)\s+)?(?:(?:Mr|Mrs|Ms|Dr|Prof|H\.E)\.?\s+)?")
_PEER = Words(re.compile(r"\b(?:counterpart|opposite number|colleague|homologue|vis-à-vis|peer)"))  # without which no counterpart is named
_OF_STATE = re.compile(r"\s+(?:of|from)\s+(?:the\s+)?|\s*\(\s*|,\s+of\s+(?:the\s+)?")
_SAME = re.compile(
    r"\b(?:who\s+)?(?:holds|held|holding) the same (?:portfolio|office|post|position)(?:\s+in\s+(?P<place>[\w\s\-]{2,30}?))?(?=[\s,.;]|$)"
)
_HEADS = {"president", "prime minister", "king", "queen", "emir", "sultan", "chancellor"}
_PREDICATE = re.compile(
    r"\s+(?:(?:also|then|later|further)\s+)?(?:said|says|told|will|would|has|had|have|is|was|met|spoke|left|went|came|took|gave|held|made|paid|hopes|believes|expects"
    r"|(?!appointed|elected|named|based|accredited|designated|nominated|concerned|called|headed|located|seated|tasked|charged)\w{3,}ed)\b"
)
SIDE = re.compile(r"\s+(?:side|government|party|part|delegation|authorities|leadership|administration|cabinet)\b", re.I)


@cache
def _forward() -> re.Pattern[str]:
    """What may stand between an office and the name after it: a comma or bracket, and honorifics."""
    words = "|".join(
        re.escape(w)
        for w in sorted(person_names.words()["honorifics"], key=len, reverse=True)
        if w not in ("u", "he", "his", "her", "their", "then")
    )
    styles = r"H\.?\s?E\.?|H\.\s?H\.|H\.R\.H\.|(?:His|Her|Their)\s+(?:\w+\s+)?\w+|Ambassador|(?-i:U|Daw)(?=\s)"
    titles = rf"(?:(?:the\s+Right\s+|the\s+)?(?:{styles}|{words})\.?\s*(?:\([Rr]etd?\.?\)\s*)?,?\s*){{0,5}}"
    return re.compile(rf"(?:\s*\([A-Z][\w.-]{{1,9}}\))?\s*,?\s*{titles}|\s*[,–—-]\s*{titles}|\s+\(\s*{titles}", re.S | re.I)


@dataclass(slots=True)
class _Draft:
    """A phrase under construction."""

    start: int
    end: int
    person: Mention | None = None
    offices: list[Office] = field(default_factory=list)
    state: str | None = None


def find(text: AnnotatedText) -> tuple[Actor, ...]:
    """All actors, those of one phrase joined; then pointing phrases resolved within the document."""
    named: list[Actor] = []
    by_sentence = _grouped(text)
    for sentence, mentions in by_sentence:
        named += _sentence_actors(text, sentence, mentions)
    named = _title_blocks(text, sorted(named, key=lambda a: (a.start, -a.end)))
    return coreference.resolve(text, named)


def _title_blocks(text: AnnotatedText, actors: list[Actor]) -> list[Actor]:
    """A name alone on its line and the office on the next: one person (letterheads, signatures, biographies)."""
    out: list[Actor] = []
    for a in actors:
        last = out[-1] if out else None
        if (
            last is not None
            and last.kind == "person"
            and not last.stated
            and a.kind == "office"
            and a.resolved is None
            and re.fullmatch(r",?[ \t]*\n[ \t]*", text.text[last.end : a.start])
            and _alone(text.text, last.start, last.end, 1)
            and _alone(text.text, a.start, a.end, 60)
        ):
            out[-1] = replace(
                last,
                end=a.end,
                mention=text.text[last.start : a.end],
                state=a.state or last.state,
                position=a.position,
                organization=a.organization,
                acting=a.acting,
                former=a.former,
                designate=a.designate,
                stated=a.stated,
            )
            continue
        out.append(a)
    return out


def _alone(text: str, start: int, end: int, more: int) -> bool:
    """Whether the phrase begins its line and no more than so many letters follow it there."""
    line = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    rest = text[end : stop if stop >= 0 else len(text)].strip(" .,")
    head = text[line:start].strip(" .")
    return (
        len(rest) <= more
        and not rest.endswith((".", ":"))
        and (not head or re.fullmatch(r"(?:H\.?E|Mr|Mrs|Ms|Dr|Prof|Sir|Dame|By|Signed|\W)+[ .]*", head) is not None)
    )


def _grouped(text: AnnotatedText) -> list[tuple[Sentence, list[Mention]]]:
    out: list[tuple[Sentence, list[Mention]]] = [(s, []) for s in text.sentences]
    k = 0
    for m in text.mentions:
        while k < len(out) and out[k][0].end <= m.start:
            k += 1
        if k == len(out):
            break
        if out[k][0].start <= m.start and m.end <= out[k][0].end:
            out[k][1].append(m)
    return [(s, ms) for s, ms in out if ms]


def _sentence_actors(text: AnnotatedText, sentence: Sentence, mentions: list[Mention]) -> list[Actor]:
    found = offices(text.text, mentions)
    used = {start for o in found for start in o.uses}
    persons = [m for m in mentions if m.type is MentionType.PERSON]
    drafts = _bind(text.text, persons, found)
    _states_of_persons(text.text, drafts, mentions, used)
    actors = [_person(text.text, d) if d.person else _office(text.text, d.offices[0]) for d in drafts]
    held = sorted((a.start, a.end) for a in actors)
    for m in mentions:
        if m.start in used or any(s <= m.start and m.end <= e for s, e in held):
            continue
        if m.type is MentionType.STATE or (m.type is MentionType.DEMONYM and SIDE.match(text.text, m.end)):
            end = m.end + (len(SIDE.match(text.text, m.end).group()) if SIDE.match(text.text, m.end) else 0)  # type: ignore[union-attr]
            actors.append(
                Actor(m.start, end, text.text[m.start : end], m.state or m.name, "state", f"state:{m.state or m.name}", m.state or m.name)
            )
        elif m.type is MentionType.ORGANIZATION:
            actors.append(Actor(m.start, m.end, m.text, m.name, "organization", f"org:{slug(m.name)}", m.state))
        elif m.type in (MentionType.GROUP, MentionType.PRONOUN) or (m.type is MentionType.POSITION and m.plural):
            actors.append(
                Actor(
                    m.start,
                    m.end,
                    m.text,
                    None,
                    "group" if m.type is not MentionType.PRONOUN else "pronoun",
                    position=m.name if m.type is MentionType.POSITION else None,
                    gender=m.gender,
                    state=m.state,
                )
            )
    actors += _counterparts(text, sentence, mentions, actors)
    _shared_offices(text, mentions, actors)
    return actors


def _bind(text: str, persons: list[Mention], found: list[Office]) -> list[_Draft]:
    """Join each office to the person that it is put beside; offices of nobody stay alone."""
    drafts = [_Draft(p.start, p.end, p) for p in persons]
    free: list[Office] = []
    for k, office in enumerate(found):
        draft = _ahead(text, office, drafts) or _through_and(text, k, found, drafts) or _behind(text, office, drafts, found, k)
        if draft is None:
            free.append(office)
            continue
        draft.offices.append(office)
        draft.start, draft.end = min(draft.start, office.start), max(draft.end, office.end)
    return sorted(drafts + [_Draft(o.start, o.end, None, [o]) for o in free], key=lambda d: d.start)


def _ahead(text: str, office: Office, drafts: list[_Draft]) -> _Draft | None:
    """The person named right after the office: "President X", "the Minister of Trade, Ms. X"."""
    for draft in drafts:
        if draft.person and 0 <= draft.person.start - office.end <= 40 and _forward().fullmatch(text, office.end, draft.person.start):
            comma = "," in text[office.end : draft.person.start]
            joined = draft.offices and _AND.fullmatch(text, draft.offices[-1].end, office.start)
            if comma and office.indefinite and _LED_BY.search(text, max(0, office.start - 24), office.start) and not draft.offices:
                return draft  # "headed by a chargé d'affaires, X"
            if comma and (office.indefinite or (draft.offices and not joined)):
                return None
            if comma and any(d.person and d is not draft and text[d.person.end : office.start].strip() == "," for d in drafts):
                return None  # "A, Minister of Trade, B": the office is A's
            return draft
    return None


def _through_and(text: str, k: int, found: list[Office], drafts: list[_Draft]) -> _Draft | None:
    """For example "First Deputy Prime Minister and Minister of Finance X": both offices are X's."""
    if k + 1 >= len(found):
        return None
    office, following = found[k], found[k + 1]
    if office.end < following.start and _AND.fullmatch(text, office.end, following.start):
        draft = _ahead(text, following, drafts)
        glue = text[office.end : following.start]
        if (
            draft
            and "the" not in glue.split()
            and not text.startswith("the ", following.start)
            and not _two_heads(office, following)
            and (following.state in (None, office.state) or office.state is None)
        ):
            return draft
    return None


def _two_heads(one: Office, other: Office) -> bool:
    """Nobody is president and prime minister at once."""
    return {one.position.name, other.position.name} <= _HEADS and one.position.name != other.position.name


def _behind(text: str, office: Office, drafts: list[_Draft], found: list[Office], k: int) -> _Draft | None:
    """The person named right before: "X, the press secretary of", "X (Minister of Trade)"; a second office after "and"."""
    for draft in reversed(drafts):
        if draft.person is None or draft.end > office.start:
            continue
        if office.start - draft.end > 60:
            return None
        if _PREDICATE.match(text, office.end) and office.definite and text[draft.end] == ",":
            return None  # "Meeting his counterpart X, the President said": another person
        if draft.offices and office.state and office.state not in (None, draft.offices[0].state) and draft.offices[0].state:
            return None  # "the Prime Minister of A, X, the Prime Minister of B, Y": nobody's office in another state
        if _BACKWARD.fullmatch(text, draft.end, office.start) and not re.search(r"\b(?:is|was|as)\b", text[draft.end : office.start]):
            return draft
        joined = draft.offices and draft.end == draft.offices[-1].end and _AND.fullmatch(text, draft.end, office.start)
        return draft if joined and (office.indefinite or (office.position.state is None and not office.definite)) else None
    return None


def _states_of_persons(text: str, drafts: list[_Draft], mentions: list[Mention], used: set[int]) -> None:
    """For example "Pablo Iturri of Argentina", "Russia's Vladimir Putin": the state of a person without an office beside."""
    for draft in drafts:
        if draft.person is None:
            continue
        for m in mentions:
            if m.type not in (MentionType.STATE, MentionType.DEMONYM) or m.start in used:
                continue
            after = m.start >= draft.end and m.type is MentionType.STATE and _OF_STATE.fullmatch(text, draft.end, m.start)
            before = m.end <= draft.start and re.fullmatch(r"['’]s?\s+|\s+", text[m.end : draft.start]) is not None
            if after or (before and (m.type is MentionType.DEMONYM or "s" in text[m.end : draft.start])):
                draft.state = m.state
                used.add(m.start)
                draft.start, draft.end = min(draft.start, m.start), max(draft.end, m.end)
                break


def _person(text: str, draft: _Draft) -> Actor:
    person = draft.person
    assert person is not None
    first = draft.offices[0] if draft.offices else None
    state = next((o.state for o in draft.offices if o.state), None) or draft.state
    body = next((o.organization for o in draft.offices if o.organization), None)
    return Actor(
        draft.start,
        draft.end,
        text[draft.start : draft.end],
        person.name,
        "person",
        f"person:{slug(person.name)}",
        state,
        first.title if first else None,
        body.name if body else None,
        any(o.acting for o in draft.offices),
        bool(first and first.former),
        bool(first and first.position.designate),
        gender=person.gender,
        stated=tuple(_stated(o, state) for o in draft.offices),
    )


def _office(text: str, office: Office) -> Actor:
    body = office.organization
    return Actor(
        office.start,
        office.end,
        text[office.start : office.end],
        None,
        "office",
        None,
        office.state,
        office.title,
        body.name if body else None,
        office.acting,
        office.former,
        office.position.designate,
        resolved="indefinite" if office.indefinite else None,
        stated=(_stated(office, office.state),),
    )


def _stated(office: Office, state: str | None) -> Stated:
    body = office.organization
    return Stated(
        office.title,
        body.name if body else None,
        office.state or state,
        office.acting,
        office.former,
        office.position.designate,
        office.start,
        office.end,
    )


def _shared_offices(text: AnnotatedText, mentions: list[Mention], actors: list[Actor]) -> None:
    """For example "the Prime Ministers of A, B and C, X, Y and Z": each named person has the office in the state named in his turn."""
    body = text.text
    for office in (m for m in mentions if m.type is MentionType.POSITION and m.plural):
        states: list[Mention] = []
        at = office.end
        for m in (x for x in mentions if x.start >= office.end and x.type is MentionType.STATE and x.state):
            if not (_OF_LIST if not states else _LIST).fullmatch(body, at, m.start):
                break
            states.append(m)
            at = m.end
        if not states:
            at = office.end
            for m in reversed([x for x in mentions if x.end <= office.start and x.type is MentionType.DEMONYM and x.state]):
                if not _LIST.fullmatch(body, m.end, states[0].start if states else office.start):
                    break
                states.insert(0, m)
        if not states:
            _each_with_state(text, office, actors)
            continue
        if len(states) == 1 and _each_of_his_own(text, office, mentions, actors, states[0]):
            continue
        if len(states) < 2:
            continue
        named: list[int] = []
        for k, a in sorted(enumerate(actors), key=lambda p: p[1].start):
            if a.kind != "person" or a.start < at:
                continue
            if not _LISTED.fullmatch(body, at, a.start) or a.stated:
                break
            named.append(k)
            at = a.end
        if len(named) != len(states):
            continue
        for k, state in zip(named, states, strict=True):
            stated = (Stated(office.name, None, state.state, office.acting, office.former, office.designate, office.start, office.end),)
            actors[k] = replace(actors[k], state=state.state, position=office.name, former=office.former, stated=stated)


def _each_with_state(text: AnnotatedText, office: Mention, actors: list[Actor]) -> None:
    """For example "Prime Ministers X of A and Y of B": both hold the office."""
    at, named = office.end, []
    for k, a in sorted(enumerate(actors), key=lambda p: p[1].start):
        if a.start < at:
            continue
        if a.kind != "person" or a.stated or not a.state or not _LISTED.fullmatch(text.text, at, a.start):
            break
        named.append(k)
        at = a.end
    for k in named if len(named) > 1 else []:
        a = actors[k]
        stated = (Stated(office.name, None, a.state, office.acting, office.former, office.designate, office.start, office.end),)
        actors[k] = replace(a, position=office.name, former=office.former, stated=stated)


def _each_of_his_own(text: AnnotatedText, office: Mention, mentions: list[Mention], actors: list[Actor], first: Mention) -> bool:
    """For example "the ambassadors of A, X, B, Y and C, Z" or "the presidents of A, X; and B, Y": each state with the name after it."""
    order = sorted((a.start, k) for k, a in enumerate(actors) if a.kind == "person" and a.start >= first.end)
    states = [m for m in mentions if m.start >= first.start and m.type is MentionType.STATE and m.state]
    pairs: list[tuple[int, Mention]] = []
    at = first.end
    for start, k in order:
        state = next((m for m in reversed(states) if m.end <= start), first)
        if actors[k].stated or not _THEN.fullmatch(text.text, state.end, start) or (pairs and state is pairs[-1][1]):
            break
        if pairs and not _NEXT_STATE.fullmatch(text.text, at, state.start):
            break
        pairs.append((k, state))
        at = actors[k].end
    if len(pairs) < 2 or pairs[0][1] is not first:
        return False
    for k, state in pairs:
        stated = (Stated(office.name, None, state.state, office.acting, office.former, office.designate, office.start, office.end),)
        start = office.start if state is first else state.start
        actors[k] = replace(
            actors[k], start=start, mention=text.text[start : actors[k].end], state=state.state, position=office.name, former=office.former,
            stated=stated,
        )  # fmt: skip
    return True


def _peers(text: AnnotatedText, sentence: Sentence, mentions: list[Mention], actors: list[Actor]) -> None:
    """For example "his Latvian and Lithuanian counterparts, A and B": each named person takes the office in the state named in his turn."""
    for m in _PEERS.finditer(text.text, sentence.start, sentence.end):
        group = "states" if m["states"] else "from"
        states = [x.state for x in mentions if m[group] and m.start(group) <= x.start and x.end <= m.end(group) and x.state]
        named: list[int] = []
        at = m.end()
        for k, a in sorted(enumerate(actors), key=lambda p: p[1].start):
            if a.start < at or a.kind != "person":
                continue
            if not _LISTED.fullmatch(text.text, at, a.start) or a.position:
                break
            named.append(k)
            at = a.end
        if m["bare"] and not m["from"]:
            states = [s for k in named if (s := actors[k].state)]  # "his peers A of Peru and B of Chile"
        if len(states) != len(named):
            continue
        for k, state in zip(named, states, strict=True):
            a = actors[k]
            start = m.start() if k == named[0] else a.start  # the phrase is the first one's
            actors[k] = replace(
                a,
                start=start,
                mention=text.text[start : a.end],
                state=state,
                position="counterpart",
                stated=(Stated("counterpart", None, state, False, False, False, *m.span("word" if m["word"] else "bare")),),
            )


def _counterparts(text: AnnotatedText, sentence: Sentence, mentions: list[Mention], actors: list[Actor]) -> list[Actor]:
    """For example "his Chilean counterpart[, X]": an office that is another's, in its own state; the person beside it takes it."""
    out: list[Actor] = []
    if not _PEER.search(text.text, sentence.start, sentence.end):
        return out
    _peers(text, sentence, mentions, actors)
    for m in _COUNTERPART.finditer(text.text, sentence.start, sentence.end):
        state = next((x.state for x in mentions if m.start() <= x.start and x.end <= m.end() and x.state), None)
        if (not m["owner"] and not state) or m["plural"]:
            continue
        named = None
        for k, a in enumerate(actors):
            gap = text.text[m.end() : a.start] if a.start >= m.end() else None
            ahead = gap is not None and len(gap) < 40 and (_forward().fullmatch(gap) or _FROM_THERE.fullmatch(gap)) is not None
            behind = a.end <= m.start() and re.fullmatch(r"\s*,\s*", text.text[a.end : m.start()]) is not None
            if a.kind == "person" and a.position in (None, "ambassador", "general", "professor") and (ahead or behind):
                named = k
                break
        if named is None:
            out.append(Actor(m.start(), m.end(), m.group(), None, "office", state=state, position="counterpart"))
        else:
            a = actors[named]
            state = state or next((x.state for x in mentions if m.end() <= x.start and x.end <= a.start and x.state), None)
            start, end = min(a.start, m.start()), max(a.end, m.end())
            actors[named] = Actor(
                start,
                end,
                text.text[start:end],
                a.name,
                "person",
                a.id,
                state or a.state,
                "counterpart",
                gender=a.gender,
                stated=(Stated("counterpart", None, state or a.state, False, False, False, start, end),),
            )
    return out
