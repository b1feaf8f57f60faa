"""Offices: who holds one by a phrase ("President X"), a line of a biography, or a verb of taking, holding and leaving one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from dragoman.extract import changes, clauses, succession
from dragoman.extract.changes import bare
from dragoman.extract.frame import actor_ref, claim_base
from dragoman.extract.known import ENVOYS, Known, of_short, portfolio
from dragoman.model.annotations import Actor, AnnotatedText, DateMention, MentionType, Sentence, Stated
from dragoman.model.claims import Tenure
from dragoman.reference import offices_of_states, organizations
from dragoman.reference import states as states_

_SHIP = re.compile(
    r"\b(?:[Ff]err(?:y|ies)|[Ss]hip|[Vv]essel|[Ff]rigate|[Dd]estroyer|[Tt]anker|[Ii]cebreaker|[Tt]rawler|[Ss]ubmarine|[Yy]acht|[Ss]teamer|"
    r"[Cc]utter|[Hh]otel|[Ss]treet|[Ss]chooner|[Cc]orvette)\s+[“\"‘'«]?$"
)
_BUILT = re.compile(
    r"\s+(?:Bridge|(?:International )?Airport|Street|Square|Avenue|Boulevard|Road|Highway|Foundation|Hospital|University|School|Stadium|"
    r"Prize|Cup|Dam|Library|Cent(?:er|re)|Hall|Museum|Hotel|Park|Tower|Mosque|Institute)\b"
)
_FORMER = re.compile(r"\b(?:formerly|previously|former|ex-|once|one-time|erstwhile|(?:my|his|her) predecessor)\W*(?:the\s+|an?\s+)?$", re.I)
_THEN = re.compile(r"\b(?:then|at (?:that|the) time)[\s,-]*(?:the\s+)?(?:[A-Z][\w’']+ )?$", re.I)
_NEWLY = re.compile(r"\b(?:newly|freshly|recently)[ -](?:appointed|installed|sworn-in)\b", re.I)
_THEN_HERE = re.compile(r"(?:the )?then\b", re.I)
_AT_THE_TIME = re.compile(r",? (?:at (?:that|the) time|in those days)\b")
_COLLEAGUE = re.compile(r"\b(?:colleague|friend)s?\b", re.I)
_MY_COLLEAGUE = re.compile(r"my (?:\w+ ){0,2}(?:colleague|counterpart|friend)\b", re.I)
_BODIES = re.compile(
    r"\b[Oo]ur (?:two |both |respective )?(?:governments|cabinets|(?P<foreign>foreign ministries)|ministries of (?P<of>[a-z]{4,20})), "
)
_AND_I = (" and I", ", and I")
_SPAN = re.compile(r"\s*[,(]?\s*(?:(?:in office|who served|serving|from|since|until|between|in)\s*){0,2}")
_YEARS = re.compile(r"\d{4}(?:-\d\d)?/\d{4}(?:-\d\d)?")
_COLON = re.compile(r"\s*(?:[:–—|\t,.-]|\bto present\b|\bto date\b|\bpresent\b)*\s*(?:as\s+|the\s+|an?\s+)?")
_REST = re.compile(r"\s*,\s*(?:the\s+)?(?P<body>[A-Z][^;.\n(]{3,110})")


def extract(text: AnnotatedText) -> Iterator[Tenure]:
    """Tenures stated by phrases, lines of a biography and verbs; an office that a verb used is not stated again."""
    taken: set[tuple[str, int]] = set()
    known = Known(text)
    shared = list(_shared(text, taken))
    known.add(shared)
    found = [*succession.find(text, taken, known), *shared, *_biography(text, taken), *_labels(text), *_heads(text)]
    for actor in text.actors:
        if actor.kind == "person" and actor.name and actor.resolved in (None, "counterpart"):
            for stated in actor.stated:
                if (actor.name, stated.start) not in taken:
                    found += _phrase(text, actor, stated, known)
    yield from _with_states(text, found, known)


def _with_states(text: AnnotatedText, claims: list[Tenure], known: Known) -> Iterator[Tenure]:
    """The claims, with the state that other words give to an office without one.

    An envoy is not of the state that receives him. Else it is the state of the person's other offices; of one who comes or goes the only
    state whose office of that name the text has; of an ambassador to one of two states the other; and of an office or ministry's own
    people its own.
    """
    states: dict[str | None, set[str]] = defaultdict(set)
    posts: dict[str, set[str]] = defaultdict(set)
    claims = [replace(c, state=known.sender(c.person.name, c.state)) if known.sent else c for c in claims]
    for c in claims:
        if c.state and not c.organization:
            states[c.person.name].add(c.state)
            posts[c.position].add(c.state)
    own = text.home if text.document.outlet_kind in ("office", "ministry") else None
    for c in claims:
        state, told = c.state, states[c.person.name]
        national = c.organization is None or organizations.find(c.organization) is None
        if state is None and national:
            told = told or (posts[c.position] if c.change != "holds" else set())
            state = min(told) if len(told) == 1 else _sending(text, c.position)
            if state is None and own and "shared" not in c.rules and offices_of_states.possible(c.position, own):
                state = own
        yield c if state == c.state else replace(c, state=state, person=replace(c.person, state=c.person.state or state))


def _sending(text: AnnotatedText, position: str) -> str | None:
    """The state that an ambassador is of, in a text on two states, one of which receives him."""
    receiving = states_.code(position.partition(" to ")[2]) if position.startswith(ENVOYS) else None
    parties = text.parties[:2]
    return next((p for p in parties if p != receiving), None) if receiving in parties else None


def _phrase(text: AnnotatedText, actor: Actor, stated: Stated, known: Known) -> Iterator[Tenure]:
    own = portfolio(text, text.text[stated.start : stated.end]) if stated.position == "minister" else None
    if stated.position == "counterpart" or (_weak(stated) and not own) or _namesake(text, actor):
        return
    position = f"{stated.position}-elect" if stated.designate and "elect" not in stated.position else stated.position
    if actor.resolved == "counterpart":
        if not _alike(text, actor):
            return
        position = _shared_with(text, actor, known) or position
    elif position == "minister":
        fuller = known.of(actor.name, stated.start)
        if fuller and fuller.position.startswith("minister of "):
            return
        position = own or position
    before = text.text[max(actor.start - 16, stated.start - 30, 0) : stated.start]
    then = _THEN.search(before) or _THEN_HERE.match(text.text, stated.start) or _AT_THE_TIME.match(text.text, stated.end)
    day = _day(text, stated.start) if then else None
    change = "appointed" if _NEWLY.search(text.text, actor.start, stated.end) else "holds"
    if (stated.former or _FORMER.search(before)) and not day:
        change = "left"
    dates = [] if then else _behind(text, max(stated.end, actor.end) if actor.end - stated.end < 60 else stated.end)
    since, until = changes.span_of("holds", dates)
    yield Tenure(
        **claim_base(text, actor.start, max(actor.end, *(d.end for d in dates)) if dates else actor.end),
        person=replace(actor_ref(actor), position=position),
        position=position,
        organization=stated.organization or of_short(text, stated.end),
        state=stated.state,
        acting=stated.acting,
        change=change,
        date=day,
        since=since,
        until=until,
        rules=("phrase", *(("counterpart",) if actor.resolved == "counterpart" else ()), *(("state",) if stated.state else ())),
        confidence=0.9 if stated.state else 0.75,
    )


def _alike(text: AnnotatedText, actor: Actor) -> bool:
    """Whether a colleague holds the same office: "his Turkish colleague" does, "my colleague" may hold any."""
    own = _COLLEAGUE.search(actor.mention)
    return own is None or bool(text.mentions_in(actor.start, actor.end, MentionType.STATE, MentionType.DEMONYM))


def _shared_with(text: AnnotatedText, actor: Actor, known: Known) -> str | None:
    """The office of the person whose counterpart or colleague it is, where the text tells it."""
    owner = next((a for a in text.actors_in(actor.start, actor.end) if a.resolved == "pronoun" and a.kind == "person"), None)
    office = known.of(owner.name, actor.start, later=False) if owner and owner.name != actor.name else None
    return office.position if office and not office.organization and " to " not in office.position else None


def _day(text: AnnotatedText, at: int) -> str | None:
    """The day or month of what a sentence tells before or behind a place: when somebody was "at that time" in office."""
    sentence = text.sentence_at(at)
    found = text.dates_in(sentence.start, sentence.end) if sentence else []
    plain = [d for d in found if d.edtf and "/" not in d.edtf and d.relation == "at" and not d.recurring]
    return min(plain, key=lambda d: (d.start > at, abs(d.start - at))).edtf if plain else None


def _behind(text: AnnotatedText, end: int) -> list[DateMention]:
    """The dates of an office right behind it: "trade representative since 2017", "minister from 2012 to 2015"."""
    sentence = text.sentence_at(end - 1)
    found = [d for d in text.dates_in(end, min(end + 40, sentence.end)) if d.edtf and not d.recurring] if sentence else []
    if not found or not _SPAN.fullmatch(text.text[end : found[0].start]):
        return []
    first = found[0]
    bounded = bool(_YEARS.fullmatch(first.edtf or ""))
    return [first] if bounded or first.relation in ("since", "until") else []


def _namesake(text: AnnotatedText, actor: Actor) -> bool:
    """ "The ferry Prime Minister X", "the President X Bridge": a thing that bears somebody's name."""
    return bool(_SHIP.search(text.text[max(0, actor.start - 24) : actor.start]) or _BUILT.match(text.text, actor.end))


def _labels(text: AnnotatedText) -> Iterator[Tenure]:
    """The office in a speaker's label, "Spokesperson Yoo Ji-hye:"; the label stands outside of every sentence."""
    seen: set[str] = set()
    for sentence in text.sentences:
        label = sentence.speaker
        if not label or label in seen or " " not in label:
            continue
        seen.add(label)
        at = text.text.rfind(label, max(0, sentence.start - 400), sentence.start)
        if at < 0:
            continue
        found = text.mentions_in(at, at + len(label), MentionType.POSITION, MentionType.STATE, MentionType.DEMONYM)
        offices = [m for m in found if m.type is MentionType.POSITION and not m.plural]
        quote = next((q for q in text.quotes if q.speaker and q.speaker.start <= at < q.speaker.end and q.speaker.name), None)
        if not offices or quote is None or quote.speaker is None or len((quote.speaker.name or "").split()) < 2:
            continue
        who = next((a for a in text.actors if a.kind == "person" and a.name == quote.speaker.name and a.state), quote.speaker)
        office = offices[0]
        if (
            quote.speaker.name == office.text
            or (office.name in bare()
            and office.name not in ("minister", "spokesperson", "spokesman", "spokeswoman"))
        ):
            continue
        state = office.state or next((m.state for m in found if m is not office and m.state), None) or who.state
        if state is None and text.home and office.name.startswith("spokes"):
            state = text.home
        yield Tenure(
            **claim_base(text, at, at + len(label)),
            person=replace(actor_ref(who), position=office.name),
            position=office.name,
            state=state,
            change="holds",
            rules=("label",),
            confidence=0.75,
        )


def _weak(stated: Stated) -> bool:
    """ "The head, X": a word that says nothing without its body."""
    return (
        stated.position in bare()
        and not stated.organization
        and not (stated.state and stated.position in ("minister", "leader", "general", "spokesperson", "spokesman", "spokeswoman"))
    )


def _shared(text: AnnotatedText, taken: set[tuple[str, int]]) -> Iterator[Tenure]:
    """ "The two ministers of public works, X of Argentina and Y of Chile": the office is each one's."""
    for group in text.actors:
        if group.kind != "group" or not group.position:
            continue
        sentence = text.sentence_at(group.start)
        if sentence is None:
            continue
        people = [a for a in clauses.after(text, group.end, sentence.end, 4) if a.kind == "person" and a.name]
        if not people or not re.fullmatch(r"\s*[,:–—-]?\s*", text.text[group.end : people[0].start]):
            continue
        for person in people:
            if person.stated:
                continue
            taken.add((person.name or "", group.start))
            yield Tenure(
                **claim_base(text, group.start, person.end),
                person=replace(actor_ref(person), position=group.position),
                position=group.position,
                state=person.state or (group.state if len(people) == 1 else None),
                change="holds",
                rules=("shared",),
                confidence=0.75,
            )


def _heads(text: AnnotatedText) -> Iterator[Tenure]:
    """ "Our governments, my colleague X and I will": X leads the other one."""
    for m in _BODIES.finditer(text.text):
        own, who = None, None
        for actor in text.actors_in(m.end(), min(m.end() + 100, len(text.text))):
            if actor.kind == "person" and actor.name and _MY_COLLEAGUE.match(actor.mention) and actor.start == m.end():
                who = actor
            elif who and text.text[who.end : actor.end] in _AND_I:
                own = actor
        if who is None or own is None or own.name == who.name:
            continue
        parties, home = text.parties[:2], own.state or text.home
        state = who.state or next((s for s in parties if home in parties and s != home), None)
        if state is None:
            continue
        position = "minister of foreign affairs" if m["foreign"] else f"minister of {m['of']}" if m["of"] else "prime minister"
        if offices_of_states.possible(position, state):
            yield Tenure(
                **claim_base(text, m.start(), own.end),
                person=replace(actor_ref(who), state=state, position=position),
                position=position,
                state=state,
                change="holds",
                rules=("heads",),
                confidence=0.7,
            )


def _biography(text: AnnotatedText, taken: set[tuple[str, int]]) -> Iterator[Tenure]:
    """Lines of a biography, "2001–2005: third secretary, Embassy of X in Y": the offices of the person that the text is about."""
    lines = [(s, d) for s in text.sentences if (d := _leading(text, s)) is not None]
    if len(lines) < 2:
        return
    who = next((a for a in text.actors if a.kind == "person" and a.name), None)
    if who is None:
        return
    for sentence, date in lines:
        at = date.end
        held = sorted({s for a in text.actors_in(at, sentence.end) for s in a.stated if s.start >= at}, key=lambda s: s.start)
        if (
            not held
            or not _COLON.fullmatch(text.text[at : held[0].start])
            or any(a.kind == "person" for a in text.actors_in(at, held[0].end))
        ):
            continue
        stated = held[0]
        taken.add((who.name or "", stated.start))
        body = stated.organization
        rest = _REST.match(text.text, stated.end, sentence.end)
        if body is None and rest:
            body = " ".join(rest["body"].split()).rstrip(" ,")
        since, until = _bounds(date)
        yield Tenure(
            **claim_base(text, sentence.start, rest.end() if rest else stated.end),
            person=replace(actor_ref(who), position=stated.position),
            position=stated.position,
            organization=body,
            state=stated.state or who.state,
            acting=stated.acting,
            change="holds",
            since=since,
            until=until,
            rules=("biography",),
            confidence=0.85,
        )


def _leading(text: AnnotatedText, sentence: Sentence) -> DateMention | None:
    """The date or span that a line begins with, if what follows is not a sentence about an event."""
    found = text.dates_in(sentence.start, min(sentence.end, sentence.start + 40))
    if not found or not found[0].edtf or found[0].start - sentence.start > 5:
        return None
    mark = text.text[found[0].end : found[0].end + 3].strip()[:1]
    return (
        found[0]
        if mark in (":", "–", "—", "-", "|") or "\t" in text.text[found[0].end : found[0].end + 2] or "/" in found[0].edtf
        else None
    )


def _bounds(date: DateMention) -> tuple[str | None, str | None]:
    edtf = date.edtf or ""
    if "/" in edtf:
        since, until = edtf.split("/", 1)
        return since.strip(".") or None, until.strip(".") or None
    return edtf or None, None
