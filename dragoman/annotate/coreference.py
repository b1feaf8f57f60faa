"""Who is meant: "the premier", "his Turkish counterpart", "the two leaders", "she", "our Minister", "you" in a transcript.

Resolved only where one candidate fits; else the phrase stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from dragoman.annotate import allegiance
from dragoman.model.annotations import Actor, AnnotatedText, MentionType, Quote, Sentence, Token
from dragoman.model.documents import Zone
from dragoman.reference import organizations

STATES = (MentionType.STATE, MentionType.DEMONYM, MentionType.PLACE)
LEADERS = re.compile(
    r"president|prime minister|chancellor|king|queen|emir|sultan|monarch|head of (?:state|government)|premier|prince"
    r"|supreme leader|taoiseach"
)
NATIONAL = re.compile(
    r"president$|prime minister|minister|secretary of|foreign secretary|home secretary|cabinet secretary|chief secretary"
    r"|chancellor|king|queen|emir|sultan|premier|speaker|press secretary|"
    r"ambassador|high commissioner|consul|chargé|deputy|senator|spokesperson|attorney general|state secretary|governor"
    r"|member of parliament|chief of"
)
_STATE_SERVANT = re.compile(  # where no body is named, of the state that speaks
    r"spokes(?:man|woman|person)$|under-secretary|permanent secretary|principal secretary|advis[eo]r|leader of the opposition"
    r"|opposition leader|"
    r"chief of staff|first lady|vice-minister|congress|commander|attorney|secretary-general|director-general|mayor$"
)
LEADER_WORDS = re.compile(r"leader|head of (?:our |the )?state|head of government|monarch|chief executive|guest|host|visitor")
_STYLED = re.compile(r"(?:president|prime minister|king|queen|emir|sultan|crown prince|prince|princess|pope|governor general)\b")
_OF_BODY = re.compile(r"[A-Z]\w+(?:['’]s?)?\s+$")
_OF_REGION = re.compile(
    r"\s+(?:of|from)\s+(?:the\s+|several\s+|many\s+)?(?:[A-Z][\w-]+\s+){1,3}(?:countries|states|nations|members?|region)\b"
)
_OPENS = re.compile(r"[\"“]?(?:In|At|During|Following|After|Before|For|On|With|Upon|By|Prior to|Ahead of|Throughout|Under)\s[^.;:]{0,24}$")
_GOES_ON = re.compile(r"\s+(?:also|then|further|later|subsequently|went on)\b")  # the subject of the sentence before goes on
WE = {"we", "us", "our", "ours", "i", "me", "my", "mine", "myself", "ourselves"}
YOU = {"you", "your", "yours"}
SINGULAR = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
PLURAL = {"they", "them", "their", "theirs", "themselves"}
_MINE = re.compile(r"(?:my|our) (?:\w+ ){0,2}(?:colleague|peer)\b", re.I)
COUNTRIES = re.compile(r"side|part(?:y|ies)\b|countr|government|nation|state|capital|people|neighbou?r|republic|delegation", re.I)


@dataclass(slots=True)
class _Person:
    """What the document says of one person so far."""

    actor: Actor
    first: int
    state: str | None = None
    offices: list[tuple[str, str | None, int]] = field(default_factory=list)  # position, state, where
    gender: str | None = None


def resolve(text: AnnotatedText, actors: list[Actor]) -> tuple[Actor, ...]:
    """The actors with pointing phrases resolved and each person's state and office filled in from the document."""
    people = _people(actors)
    _guess_states(text, actors, people)
    actors = _counterparts(text, actors, people)
    actors = [_with_office(a, people) if a.kind == "person" else a for a in actors]
    out: list[Actor] = []
    for k, actor in enumerate(actors):
        if actor.kind == "office":
            actor = _holder(text, actor, people, out)
        elif actor.kind == "group":
            actor = _group(text, actor, people, out)
        elif actor.kind == "pronoun":
            actor = _pronoun(text, actor, people, out, actors[k + 1 : k + 9])
        out.append(actor)
    return tuple(out)


def in_turns(text: AnnotatedText) -> AnnotatedText:
    """For example "I", "we" and "you" in quoted words and turns, once the speakers are known."""
    spans: list[tuple[int, int, Quote]] = sorted(
        ((s, e, q) for q in text.quotes if q.direct for s, e in ((q.start, q.end), *q.also)), key=lambda x: x[0]
    )
    if not spans:
        return text
    out, k = [], 0
    for actor in text.actors:
        while k < len(spans) and spans[k][1] <= actor.start:
            k += 1
        if actor.kind == "pronoun" and k < len(spans) and spans[k][0] <= actor.start and spans[k][2].speaker:
            quote, word = spans[k][2], actor.mention.lower()
            who = quote.speaker if word in WE else quote.addressee if word in YOU else None
            if who and who.name:
                actor = _as(actor, who, "pronoun")
        out.append(actor)
    return text.with_(actors=tuple(out))


def _people(actors: Iterable[Actor]) -> dict[str, _Person]:
    people: dict[str, _Person] = {}
    for a in actors:
        if a.kind != "person" or not a.name:
            continue
        p = people.setdefault(a.name, _Person(a, a.start))
        p.state = p.state or a.state
        p.gender = p.gender or a.gender
        for s in a.stated:
            if s.position != "counterpart":
                p.offices.append((s.position, s.state, s.start))
    return people


def _guess_states(text: AnnotatedText, actors: list[Actor], people: dict[str, _Person]) -> None:
    """A national office without a state: whose it is by the words around, else by what is left of the document's states."""
    known = {n: p.state for n, p in people.items() if p.state}
    for p in people.values():
        if p.state or not p.offices:
            continue
        position = p.offices[0][0]
        if not NATIONAL.search(position) and not (_STATE_SERVANT.search(position) and not any(s.organization for s in p.actor.stated)):
            continue
        taken = {q.state for q in people.values() if q is not p and q.state and any(o == position for o, _, _ in q.offices)}
        if _many(position):
            taken = set()
        wanted = any(a.stated and a.stated[0].position == "counterpart" and a.state for a in actors) and _other_of_counterpart(
            text, actors, p, people
        )
        p.state = wanted or allegiance.state_of(text, p.actor, position, actors, taken, _speaker_state(text, p.actor, people), known)
        if p.state:
            known[p.actor.name or ""] = p.state
        if p.state and not wanted and _beside_a_rival(text, p, position, people):
            p.state = None  # two of one office side by side, neither with a state: nothing says which is whose


def _beside_a_rival(text: AnnotatedText, person: _Person, position: str, people: dict[str, _Person]) -> bool:
    """Whether another holder of a leader's office, named next to this one, has no state of his own either."""
    if not LEADERS.fullmatch(position):
        return False
    sentence = text.sentence_at(person.first)
    for q in people.values():
        same = q is not person and any(o == position and s is None for o, s, _ in q.offices)
        if same and sentence and sentence.start <= q.first < sentence.end and abs(q.first - person.first) < 80:
            named = [m for m in text.mentions_in(sentence.start, sentence.end) if m.state and m.type in STATES]
            return not named
    return False


def _many(position: str) -> bool:
    """Whether a state has many of that office at once."""
    return (
        bool(re.search(r"member of parliament|senator|deputy$|governor|ambassador|consul|spokes|deputy minister|minister$", position))
        and position != "prime minister"
    )


def _other_of_counterpart(text: AnnotatedText, actors: list[Actor], person: _Person, people: dict[str, _Person]) -> str | None:
    """Of two parties, the one that the counterpart named beside this person is not from."""
    near = [
        a
        for a in actors
        if a.stated and a.stated[0].position == "counterpart" and a.state in text.parties[:2] and abs(a.start - person.first) < 400
    ]
    near = [a for a in near if a.name != person.actor.name]
    if not near or any(b.state != near[0].state and b.start - near[0].end < 40 for b in near[1:]):
        return None  # "his peers from A and B, X and Y": from neither
    return next((s for s in text.parties[:2] if s != near[0].state), None)


def _counterparts(text: AnnotatedText, actors: list[Actor], people: dict[str, _Person]) -> list[Actor]:
    """A counterpart has the office of the one he is counterpart to, in his own state."""
    out = []
    for k, a in enumerate(actors):
        if a.position != "counterpart":
            out.append(a)
            continue
        if _MINE.match(a.mention):  # may hold any office, and in the same government
            out.append(replace(a, position=None, stated=()))
            continue
        office, own = None, None
        for b in reversed(actors[:k]):
            p = people.get(b.name or "")
            if b.kind == "person" and p and p.offices and b.name != a.name and (not a.state or p.state != a.state):
                office, own = p.offices[0][0], p.state
                break
            if b.kind == "office" and b.position and b.position != "counterpart" and b.state != a.state:
                office = b.position
                break
        office = office and office.split(" to ")[0]
        state = a.state
        if state is None and office and len(text.parties) > 1:
            holder = next((p for p in people.values() if any(o == office for o, _, _ in p.offices)), None)
            own = own if own in text.parties[:2] else holder.state if holder else None
            state = next((s for s in text.parties[:2] if holder and s != own), None)
        if not office:
            out.append(replace(a, position=None, stated=(), state=state))
            continue
        stated = tuple(s._replace(position=office, state=state) for s in a.stated)
        b = replace(a, position=office, state=state, stated=stated)
        if a.kind == "person" and a.name:
            p = people[a.name]
            p.state = p.state or state
            p.offices.append((office, state, a.start))
        out.append(replace(b, resolved="counterpart"))
    return out


def _abroad(body: str) -> bool:
    """Whether a body is one of those that the table knows, which are of their own state or of none."""
    known = organizations.find(body)
    return known is not None and (known.state is None or known.type in ("igo", "ngo", "company", "news"))


def _with_office(a: Actor, people: dict[str, _Person]) -> Actor:
    p = people.get(a.name or "")
    if p is None:
        return a
    past = [o for o in p.offices if o[2] <= a.start] or p.offices
    office = a.position or (past[-1][0] if past else None)
    state = a.state or p.state
    stated = tuple(
        s if s.state or (s.organization and not NATIONAL.search(s.position) and _abroad(s.organization)) else s._replace(state=state)
        for s in a.stated
    )
    return replace(a, state=state, position=office, stated=stated, gender=a.gender or p.gender)


def _as(actor: Actor, who: Actor, how: str) -> Actor:
    """The pointing phrase as the one it points to, in its own place."""
    return replace(
        actor,
        name=who.name,
        kind=who.kind,
        id=who.id,
        state=who.state or actor.state,
        position=who.position or actor.position,
        organization=who.organization or actor.organization,
        resolved=how,
        members=who.members,
        gender=who.gender,
    )


def _fits(wanted: str, held: str) -> bool:
    """Whether "the minister" may be the holder of "minister of trade"; "the deputy minister" not."""
    if wanted == held or held.startswith(wanted + " "):
        return True
    if wanted == "minister":
        return held.startswith("minister") or held.startswith("coordinating minister")
    if wanted in ("ambassador", "high commissioner"):
        return held.startswith(wanted)
    if LEADER_WORDS.search(wanted):
        return bool(LEADERS.match(held))
    return wanted.startswith(held) and held not in ("minister", "president", "deputy", "head", "director", "secretary", "member", "chair")


def _holder(text: AnnotatedText, actor: Actor, people: dict[str, _Person], before: list[Actor]) -> Actor:
    """The person who holds the office that the phrase names, if the document names exactly one that fits."""
    if not actor.position or actor.former or actor.designate or actor.resolved == "indefinite":
        return actor
    state = actor.state
    owner = actor.mention.split()[0].lower()
    if state is None and owner in ("our", "my"):
        state = _speaker_state(text, actor, people) or text.home
    fits = []
    for p in people.values():
        for position, held_in, start in p.offices:
            if _fits(actor.position, position) and (state is None or (held_in or p.state) in (state, None)):
                fits.append((p, start, position == actor.position))
                break
    if not fits:
        return replace(actor, state=state)
    exact = [f for f in fits if f[2]] if actor.organization is None else fits
    fits = exact or fits
    if len(fits) > 1:
        recent = _last_named(before, {f[0].actor.name for f in fits})
        fits = [f for f in fits if f[0].actor.name == recent] or fits[:0]
    if not fits:
        return replace(actor, state=state)
    p = fits[0][0]
    return _as(actor, replace(p.actor, state=p.state, position=p.offices[0][0]), "title")


def _speaker_state(text: AnnotatedText, actor: Actor, people: dict[str, _Person]) -> str | None:
    """The state of the one whose turn it is, by the last word of the label."""
    sentence = text.sentence_at(actor.start)
    if sentence and sentence.speaker:
        label = sentence.speaker.casefold().split(",")[0].split()
        fits = [p for n, p in people.items() if label and n.casefold().split()[-1] == label[-1]] or [
            p for n, p in people.items() if label and label[-1] in n.casefold().split()
        ]
        return fits[0].state if len(fits) == 1 else None
    return None


def _last_named(before: list[Actor], names: set[str | None]) -> str | None:
    return next((a.name for a in reversed(before) if a.name in names), None)


def _group(text: AnnotatedText, actor: Actor, people: dict[str, _Person], before: list[Actor]) -> Actor:
    """For example "The two leaders": the last two persons of that rank; "the two sides": the document's states."""
    words = actor.mention.lower()
    if _OF_BODY.search(text.text, max(0, actor.start - 40), actor.start) and "two" not in words and any(
        m.type is MentionType.ORGANIZATION for m in text.mentions_in(max(0, actor.start - 40), actor.start + 1)
    ):
        return actor  # "the ASEAN foreign ministers": a body's, not those named
    if _OF_REGION.match(text.text, actor.end):
        return actor
    if COUNTRIES.search(words) and not re.search(r"heads? of|leader|minister|president", words):
        return replace(actor, members=tuple(_state(actor, s) for s in text.parties[: 3 if "three" in words else 2]))
    office = actor.position
    members: list[Actor] = []
    want = 3 if "three" in words else 2
    ranked = [p for p in people.values() if p.offices and _member_of(office, words, p)]
    order = {a.name: k for k, a in enumerate(before) if a.kind == "person"}
    ranked.sort(key=lambda p: -order.get(p.actor.name, -p.first))
    states: set[str | None] = set()
    for p in ranked:
        if p.state not in states or p.state is None:
            members.append(replace(p.actor, state=p.state, position=p.offices[0][0], stated=()))
            states.add(p.state)
        if len(members) == want:
            break
    if len(members) < 2 and office is None and before:
        recent = list(dict.fromkeys(a.name for a in reversed(before) if a.kind == "person" and a.name))[:2]
        members = [replace(people[n].actor, state=people[n].state, stated=()) for n in recent if n in people]
    return replace(actor, members=tuple(sorted(members, key=lambda m: m.start)) if len(members) > 1 else (), resolved="group")


def _member_of(office: str | None, words: str, person: _Person) -> bool:
    held = person.offices[0][0]
    if office:
        return _fits(office, held)
    if "minister" in words and "prime" not in words:
        return "minister" in held and "prime" not in held
    if re.search(r"leader|heads? of|president|statesm", words):
        return bool(LEADERS.match(held))
    return True


def _state(actor: Actor, iso3: str) -> Actor:
    return Actor(actor.start, actor.end, actor.mention, iso3, "state", f"state:{iso3}", iso3)


def _pronoun(text: AnnotatedText, actor: Actor, people: dict[str, _Person], before: list[Actor], named: list[Actor]) -> Actor:
    """For example "He" and "she": the subject of the sentence before, or the person last named in this one; "they": the last group."""
    word = actor.mention.lower()
    if " " in word:  # "His Highness": of those who bear the style
        bearers: set[str | None] = {
            n for n, p in people.items() if p.offices and _STYLED.search(p.offices[0][0]) and p.gender in (None, actor.gender)
        }
        bearer = people.get(_last_named(before, bearers) or "")
        return _as(actor, replace(bearer.actor, state=bearer.state, position=bearer.offices[0][0]), "pronoun") if bearer else actor
    if word in SINGULAR:
        who = _ahead(text, actor, SINGULAR[word], people, named) or _antecedent(text, actor, SINGULAR[word], people, before)
        return _as(actor, who, "pronoun") if who else actor
    if word in PLURAL:
        group = next((a for a in reversed(before[-12:]) if a.members), None)
        return replace(actor, members=group.members, resolved="pronoun") if group else actor
    if word in WE and word[0] in "wo" and text.home and text.document.zone_at(actor.start) is Zone.BODY:
        sentence = text.sentence_at(actor.start)
        if sentence and not sentence.speaker:
            return replace(actor, state=text.home)
    return actor


def _ahead(text: AnnotatedText, actor: Actor, gender: str, people: dict[str, _Person], named: list[Actor]) -> Actor | None:
    """The one whom the sentence goes on with: "In his opening remarks, President X underlined"."""
    sentence = text.sentence_at(actor.start)
    if sentence is None or not _OPENS.match(text.text[sentence.start : actor.start]):
        return None
    for a in named:
        if a.start >= sentence.end:
            return None
        if a.kind in ("person", "office") and text.text[: a.start].rstrip(" ").endswith(",") and _subject(sentence, a):
            known = people.get(a.name or "")
            return a if a.kind == "person" and known and known.gender in (None, gender) else None
    return None


def _subject(sentence: Sentence, actor: Actor) -> bool:
    """Whether an actor is the subject of the sentence's main verb."""
    tokens = sentence.tokens
    return any(actor.start <= t.start < actor.end and t.dep.startswith("nsubj") and tokens[t.head].dep.lower() == "root" for t in tokens)


def _doer(sentence: Sentence, actor: Actor) -> Token | None:
    """The subject of the verb whose object a pronoun is, which is somebody else: "A wrote to B, inviting him"."""
    tokens = sentence.tokens
    token = next((t for t in tokens if t.start == actor.start), None)
    if token is None or token.dep not in ("obj", "iobj"):
        return None
    at = tokens[token.head]
    for _ in range(4):
        doer = next((t for t in tokens if t.head == at.i and t.dep.startswith("nsubj")), None)
        if doer is not None or at.head == at.i or at.dep not in ("advcl", "acl", "xcomp", "conj"):
            return doer
        asked = at.dep == "xcomp" and next((t for t in tokens if t.head == at.head and t.dep == "obj" and t.i < at.i), None)
        if asked:
            return asked
        at = tokens[at.head]
    return None


def _antecedent(text: AnnotatedText, actor: Actor, gender: str, people: dict[str, _Person], before: list[Actor]) -> Actor | None:
    sentence = text.sentence_at(actor.start)
    here = sentence.start if sentence else actor.start
    usable = [
        a for a in before if a.kind == "person" and a.name and (people[a.name].gender if a.name in people else None) in (None, gender)
    ]
    if sentence and (doer := _doer(sentence, actor)) is not None:
        barred = next((a.name for a in usable if a.start <= doer.start < a.end), None)
        usable = [a for a in usable if a.name != barred]
    known = [a for a in usable[-8:] if a.name in people and people[a.name].gender == gender]
    in_sentence = [a for a in usable if a.start >= here and a.end <= actor.start]
    if in_sentence:
        sure = [a for a in in_sentence if a in known]
        return (sure or in_sentence)[0]
    previous = text.sentences[sentence.index - 1] if sentence and sentence.index else None
    if previous:
        last = [a for a in usable if a.start >= previous.start]
        sure = [a for a in last if a in known]
        main = next((a for a in last if _subject(previous, a)), None)
        if main is not None and actor.mention[:1].isupper():
            return main
        if last and _GOES_ON.match(text.text, actor.end):
            return last[0]
        if sure or last:
            return (sure or last)[0]
    found = known or usable
    return found[-1] if found else None
