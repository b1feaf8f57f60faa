"""Summits, forums, sessions of commissions and press conferences: those who take part, else the body itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from dragoman.extract import clauses, sides
from dragoman.extract.frame import lexicon
from dragoman.model.annotations import Actor, AnnotatedText, Mention, MentionType, Sentence
from dragoman.reference.slug import slug

SHEET = str(Path(__file__).with_name("contact.py"))
_HELD = re.compile(
    r"\b(?:held|hold(?:s|ing)?|host(?:s|ed)?|opened|opens|closed|concluded|took place|tak(?:e|es|en|ing) place|convene[ds]?|"
    r"attend(?:s|ed)?|gather(?:s|ed)?|"
    r"due|will be|participat\w+|address(?:ed)?|met|meeting|meets|resumed|chaired|take part|took part|sealed|at the|"
    r"represented|speak|spoke)\b"
)
_CHAIRED = re.compile(
    r"\b(?:co-)?(?:chaired|headed|led|opened|presided over) (?:jointly )?by\b|\bco-chairs,?|\bwith the participation of\b|"
    r"\bin the presence of\b|"
    r"\battended by\b|"
    r"\bunder the (?:co-)?chairmanship of\b"
)
_SESSION = re.compile(
    r"(?:(?P<which>\d{1,3}(?:st|nd|rd|th)|\w+th|first|second|third|next|previous|last|regular|this|the|our|a)\s+)?"
    r"(?:[\w-]+\s+){0,2}(?:session|meeting|round|plenary)s?$",
    re.I,
)
_JOINT = (
    r"(?P<body>(?:[A-Z][\w’'-]+(?:[–-][A-Z][\w’'-]+)?\s+)?(?:(?:(?i:joint|mixed|intergovernmental|inter-governmental|interparliamentary|bilateral|trilateral"
    r"|binational|bi-national|steering|technical|demarcation|border|high-level|permanent|consular|ministerial|economic)|[A-Z]?[a-z]+-[A-Z]?[a-z]+)\s+){1,4}"
    r"(?i:commission|committee|council|working group|cabinet|subcommittee|sub-commission|dialogue|task force)(?:\s+(?:on"
    r"|for)\s+[A-Z]\w+(?:,? (?:and )?[A-Z]\w+){0,4})?)"
)
_COMMON = re.compile(r"\s+of\s+(?:the|their|our|a)\s+" + _JOINT)
_COMMON_SUBJECT = re.compile(
    r"\b(?:[Aa]n?|[Tt]he|[Tt]heir|[Oo]ur|[Ii]ts)\s+(?:(?:first|second|third|fourth|fifth|sixth|seventh|next)\s+)?"
    + _JOINT + r"(?:\s+of\s+[A-Z]\w+(?: [A-Z]\w+)?(?:, [A-Z]\w+)? and [A-Z]\w+)?(?:\s+(?:held|opened|began|concluded) (?:its|the"
        r"|a)\b[\w ]{0,20})?"
)
_SORTS = {"summit": "summit", "forum": "forum", "conference": "forum", "meeting": "meeting", "session": "meeting", "round": "meeting",
          "commission": "meeting", "committee": "meeting", "council": "meeting", "group": "meeting"}
_WHAT = (
    r"(?P<what>(?i:summit|forum|conference|consultations?|dialogue|talks|negotiations|meeting|session|round|commission|committee"
    r"|council|working group))\b"
)
_CHAIRS_WHAT = re.compile(r"\s+(?:(?!and\b)[\w’'–&/-]+\s+){1,14}?" + _WHAT)
_LEADS_TO = re.compile(
    r"\s+(?:[\w.’'-]+\s+){0,3}(?:delegation|side)\s+(?:to|at|in|for)\s+(?:the|a|an|this|next)\s+(?:[\w’'–&/-]+\s+){1,8}?" + _WHAT
)
_OF = re.compile(r"\s+of\s+(?:(?:the|our|its|their)\s+)?")
_TAKES_PART = re.compile(
    r"\b(?:attend(?:s|ed|ing)?|address(?:ed|es)?|took part in|take part in|participat\w+ in|opened|spoke at|speak at|lead|"
    r"led|held|holds?|(?:co-)?host(?:s|ed)|(?:co-)?chair(?:s|ed))\b[^.;]{0,60}$"
)
_TO_BE_HELD = re.compile(
    r"\s+(?:(?:of|between|among|on|at)\s[^.;:]{3,60}?\s)?(?:will|shall|is to|are to|would|is (?:expected|scheduled|due|planned"
    r"|set) to)\s+(?:also\s+|then\s+)?"
    r"(?:be (?:held|convened|organi[sz]ed|hosted)|take place|convene)\s+(?:in|at|by|on)\b"
)
_WHICH = re.compile(r"\b(?:next|\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
    r"|tenth)\s+(?:[a-z-]+\s+){0,2}$")
_STATES = re.compile(
    r"\b(?:leaders|presidents|heads of (?:state|government)|(?:foreign |prime )?ministers|experts|delegations|"
    r"representatives|officials|sides) of\s+(?:the\s+)?$",
    re.I,
)


class Gathering(NamedTuple):
    people: list[Actor]
    host: str | None
    start: int
    end: int
    rule: str
    place: Mention | None = None
    mode: str = "meeting"


@cache
def _bodies() -> re.Pattern[str]:
    return re.compile(lexicon(SHEET)["bodies"])


def named(text: AnnotatedText, sentence: Sentence, m: re.Match[str], left: int, right: int) -> Iterator[Gathering]:
    """A summit or forum that is held, hosted or attended: it stands for itself where no person is named."""
    if not _HELD.search(text.text, left, sentence.end):
        return
    name = next((a for a in text.actors_in(left, right) if a.kind == "organization" and a.start <= m.start() < a.end), None)
    start, end = (name.start, max(name.end, m.end())) if name else (m.start(), m.end())
    if not name:
        lead = re.search(r"(?:[A-Z][\w–\-'’]+\s+(?:and\s+|of\s+)?){1,6}$", text.text[left : m.start()])
        if lead and not re.fullmatch(r"(?:The|At|In|A|This|Next)\s+", lead.group()):
            start = left + lead.start()
    people = _chairs(text, sentence) or _attending(text, sentence, start, left)
    states = [] if people else _of_states(text, sentence, left, m.start())
    if not people and not states:
        title = " ".join(text.text[start:end].split())
        ordinal = _WHICH.search(text.text, max(left, start - 40), start)
        if not name and ordinal and (_host(text, sentence, m) or clauses.place_of(text, left, right, m.start())):
            start, title = ordinal.start(), " ".join(text.text[ordinal.start() : end].split())
        elif not name and title[:1].islower():
            return
        label = name.name if name and name.name else title
        people = [Actor(start, end, title, label, "organization", f"org:{slug(label)}")]
    yield Gathering(people or states, _host(text, sentence, m), start, end, "body" if not people else "attended")


def _host(text: AnnotatedText, sentence: Sentence, m: re.Match[str]) -> str | None:
    """"Which Istanbul will host", "hosted by Dakar"."""
    for x in text.mentions_in(m.end(), sentence.end, MentionType.PLACE, MentionType.STATE):
        if re.search(r"\bhosted by\s+(?:the\s+)?$", text.text[m.end() : x.start]) or re.match(
            r"\s+(?:will |is to |would )?host", text.text[x.end : x.end + 14]
        ):
            return x.state
    return None


def _chairs(text: AnnotatedText, sentence: Sentence) -> list[Actor]:
    """"Co-chaired by A and B", "with the participation of A and B"."""
    for m in _CHAIRED.finditer(text.text, sentence.start, sentence.end):
        found = [a for a in clauses.after(text, m.end(), sentence.end, 45) if a.kind in sides.PEOPLE and (a.name or a.members)]
        if found:
            return [a for a in clauses.flat(found) if a.kind == "person"]
    return []


def _attending(text: AnnotatedText, sentence: Sentence, start: int, left: int) -> list[Actor]:
    """The subject of "attended the summit", "addressed the forum"."""
    verb = _TAKES_PART.search(text.text[left:start])
    verb_at = left + verb.start() if verb else None
    if verb_at is None:
        return []
    found = clauses.flat(sides.subject(text, sentence, verb_at, left))
    return [a for a in found if a.kind == "person" and a.name]


def _of_states(text: AnnotatedText, sentence: Sentence, left: int, pos: int) -> list[Actor]:
    """"The leaders of the three countries", "the foreign ministers of A, B and C": their states."""
    for a in clauses.outer(text.actors_in(sentence.start, sentence.end)):
        if not _STATES.search(text.text[max(sentence.start, a.start - 40) : a.start]):
            continue
        chain = clauses.flat(clauses.after(text, a.start, sentence.end, 1))
        states = [x for x in chain if x.kind == "state" and x.state]
        if len(states) > 1:
            return states
    return []


def chairing(text: AnnotatedText, sentence: Sentence, m: re.Match[str], left: int) -> Gathering | None:
    """"A and B co-chaired the 5th consultations"; "A will lead the Chilean delegation to the high-level dialogue"."""
    co = m.group().startswith(("co", "jointly"))
    found = (_CHAIRS_WHAT if co else _LEADS_TO).match(text.text, m.end(), sentence.end)
    if not found:
        return None
    people = [a for a in clauses.flat(sides.subject(text, sentence, m.start(), left)) if a.kind == "person" and a.name]
    if len(people) < (2 if co else 1):
        return None
    mode = _SORTS.get(found["what"].lower().split()[-1], "talks")
    start = people[0].start if sentence.start <= people[0].start < m.start() else m.start()
    return Gathering(people[:4], None, start, found.end(), "chairing", mode=mode)


def press(text: AnnotatedText, sentence: Sentence, m: re.Match[str]) -> Iterator[Gathering]:
    """"Press conference of A and B", "remarks to the press by A and B": they stand beside each other."""
    found = clauses.flat([a for a in clauses.after(text, m.end(), sentence.end, 14) if a.kind in sides.PEOPLE])
    people = [a for a in found if a.kind == "person" and a.name]
    if len(people) > 1:
        yield Gathering(people[:3], None, m.start(), people[-1].end if people[-1].end <= sentence.end else m.end(), "press")


def session(text: AnnotatedText, sentence: Sentence, m: re.Match[str], left: int, right: int) -> Iterator[Gathering]:
    """A session of a commission: its chairs where they are named, else the body; "the experts of the three countries met"."""
    word = m.group().lower() if m.group() in ("Session", "Meeting") else m.group()
    states = _of_states(text, sentence, left, m.start())
    if states and word in ("met", "meet", "meets", "meeting", "talks", "held talks", "consultations"):
        yield Gathering(states, None, m.start(), m.end(), "states")
        return
    if not re.search(r"session|meeting|met|meet|meets|meetings|round|talks|consultations", word):
        return
    which = _SESSION.search(text.text[max(sentence.start, m.start() - 60) : m.end()])
    body = _body(text, sentence, m, left, right, which)
    if body is None and word in ("met", "meets", "meet", "meeting", "session") and len(chairs := _chairs(text, sentence)) > 1:
        yield Gathering(chairs, None, m.start(), m.end(), "chairs")
        return
    if body is None and len(text.parties) > 1 and _TO_BE_HELD.match(text.text, m.end(), sentence.end):
        states = [Actor(m.start(), m.end(), m.group(), s, "state", f"state:{s}", s) for s in text.parties[:2]]
        yield Gathering(states, None, m.start(), m.end(), "convened")
        return
    if body is None or not (word in ("met", "meets", "meet") or _HELD.search(text.text, sentence.start, sentence.end)):
        return
    first = min(m.start(), body.start) if body.start >= sentence.start else m.start()
    people = _chairs(text, sentence) or _next_chairs(text, sentence, which)
    yield Gathering(people or [body], None, first, max(m.end(), body.end if body.start >= sentence.start else m.end()), "session")


def _next_chairs(text: AnnotatedText, sentence: Sentence, which: re.Match[str] | None) -> list[Actor]:
    """The co-chairs named in the sentence after "the session was held"."""
    if which is None or (which["which"] or "").lower() in ("next", "a") or sentence.index + 1 >= len(text.sentences):
        return []
    following = text.sentences[sentence.index + 1]
    return _chairs(text, following) if following.paragraph <= sentence.paragraph + 1 else []


def _body(text: AnnotatedText, sentence: Sentence, m: re.Match[str], left: int, right: int, which: re.Match[str] | None) -> Actor | None:
    """The commission that meets: after "of", before the verb, or the one named before ("the session", "the next meeting")."""
    for a in text.actors_in(left, sentence.end):
        if a.kind != "organization" or not _bodies().search(a.name or ""):
            continue
        if (a.start >= m.end() and _OF.fullmatch(text.text[m.end() : a.start])) or (a.end <= m.start() and m.start() - a.end < 25):
            return a
    common = _COMMON.match(text.text, m.end()) or next(
        (c for c in _COMMON_SUBJECT.finditer(text.text, max(left, m.start() - 120), m.start()) if c.end() >= m.start() - 14), None
    )
    if common is not None:
        title = " ".join(common["body"].split())
        return Actor(common.start("body"), common.end("body"), title, title, "organization", f"org:{slug(title)}")
    if which is None or (
        (which["which"] or "").lower() not in ("the", "next", "this", "previous", "last", "regular")
        and not re.match(r"\d|\w+th$|first|second|third", which["which"] or "", re.I)
    ):
        return None
    if _OF.match(text.text, m.end()) or not re.match(
        r"\s*(?:,|was|were|is|will|had|has|took|to be|shall|in\b|on\b)", text.text[m.end() : m.end() + 12]
    ):
        return None
    before = [
        a for a in text.actors_in(max(0, sentence.start - 4000), m.start()) if a.kind == "organization" and _bodies().search(a.name or "")
    ]
    joint = [a for a in before if a.state is None] or before
    return joint[-1] if joint else None
