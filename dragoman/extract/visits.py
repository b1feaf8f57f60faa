"""Visits: who goes where, by verbs of travel and by "visit"; the host is the state of the destination."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from dragoman.extract import clauses, sides
from dragoman.model.annotations import Actor, AnnotatedText, Mention, MentionType, Sentence
from dragoman.reference import states

WHERE = (MentionType.PLACE, MentionType.STATE, MentionType.DEMONYM)
_HERE = re.compile(r"\b(?:our country|here|our capital|this country)\b")
_THERE = re.compile(r"\bthere\b")
_TO = re.compile(r"\b(?:to|in|at|of|from|visit(?:s|ed|ing)?|for)\s+(?:the\s+)?(?:\w+\s+){0,3}(?:of\s+)?(?:the\s+)?$")
_DIRECT = re.compile(r"\s+(?:the\s+)?(?:\w+\s+){0,2}(?:of\s+)?(?:the\s+)?")
_MORE = re.compile(r"\s*+(?:,\s*+)?(?:and|then)\s++(?:on\s++)?to\s++(?:the\s++)?$")
_LISTED = re.compile(r"\s*,\s*(?:and\s+)?(?:the\s+)?|\s+and\s+(?:the\s+)?")
_OWNS = re.compile(r"['’]|\s+(?:[a-z]+ed|are|were|have|had)\b")
_OWNER = re.compile(r"\s+(?:here\s+)?(?:of|by)\s+")
_OWN = re.compile(r"(?:['’]s?)?\s+(?:\w+\s+){0,3}$")
_FROM = re.compile(r"\b(?:flown|flew|came|come|arrived) in\b|\breturned from\b|\bback from\b", re.I)


_HOST_COUNTRY = re.compile(r"\s+(?:his|her|their)\s+(?:own\s+)?(?:country|homeland|capital)\b")
_AT_INVITATION = re.compile(r"[^.;:]{0,40}?\b(?:at|on) the (?:\w+ )?invitation of\b")
_INVITED = re.compile(r"\binvit(?:ed|es|ing)\b")
_ITS_CAPITAL = re.compile(r"(?:['’]s)?\s+capital\b(?!\s+[A-Z])")
_INVITATION = re.compile(r"\binvitations?\b")
_TO_GUEST = re.compile(r"\s+(?:to|for)\s+(?:the\s+)?")
_GIVEN_TO = re.compile(r"\b(?:was|were|been)\s+(?:\w+\s+)?(?:conveyed|extended|handed|given|issued|delivered|sent)\s+(?:over\s+)?to\b")
_TO_COME = re.compile(r",?\s*(?:to|for)\s+(?:[a-z-]+\s+){0,4}")
_YOU = re.compile(r"\s+you(?:r (?:country|beautiful country|capital))?\b")


class Visit(NamedTuple):
    """Visitors with their host and the stretch that says so; `place` where a place is named."""

    people: list[Actor]
    host: str
    place: Mention | None
    start: int
    end: int
    rule: str
    until: int  # where the words of this leg end, for its date


def find(text: AnnotatedText, sentence: Sentence, m: re.Match[str], left: int, right: int) -> Iterator[Visit]:
    """One visit for each leg: "to Yerevan on 20 December and to Baku on 21 December"."""
    if m.group() == "visiting" and re.search(r"\b(?:the|a|his|her|their|our)\s+$", text.text[max(0, m.start() - 6) : m.start()]):
        return  # "the visiting Secretary of State": no visit of the one who meets him
    destination = _destination(text, sentence, m, right)
    if m.group().lower().startswith(("welcome you", "welcoming you")):
        guest = sides.ours(text, m.start())[1:]
        if destination and destination[0] and guest:
            yield Visit(guest, destination[0], destination[1], m.start(), max(destination[2], m.end()), "welcomed", right)
        return
    if destination is None and _YOU.match(text.text, m.end()):
        hosts = sides.ours(text, m.start())
        destination = (hosts[1].state, None, m.end()) if len(hosts) > 1 and hosts[1].state else None
    visitors, owner_end = _visitors(text, sentence, m, left)
    if destination is None and owner_end > m.end():
        destination = _after_owner(text, owner_end, sentence.end)
    if destination is None and visitors and m.group().lower().endswith("visit"):
        destination = _bidden(text, sentence, m) or _elsewhere(text, sentence, m, visitors[0].state)
    if destination is None or not visitors:
        return
    host, place, end = destination
    people = [a for a in clauses.flat(visitors) if a.kind in sides.PEOPLE and (a.name or a.kind == "office")]
    people = [p for p in people if p.state != host or p.state is None][:3]
    if not people or host is None:
        return
    spans = [a.start for a in visitors if sentence.start <= a.start and m.start() - a.start < 120]
    start = min([m.start(), *spans])
    legs = list(_legs(text, sentence, end))
    yield Visit(people, host, place, start, max(end, m.end()), "visit", legs[0][2] if legs else right)
    for leg_host, leg_place, at, leg_end in ((h, p, a, e) for h, p, a, e in legs):
        if leg_host != people[0].state:
            yield Visit(people, leg_host, leg_place, at, leg_end, "leg", sentence.end)


def _legs(text: AnnotatedText, sentence: Sentence, end: int) -> Iterator[tuple[str, Mention | None, int, int]]:
    for x in text.mentions_in(end, sentence.end, MentionType.PLACE, MentionType.STATE):
        glue = text.text[end : x.start]
        more = re.search(r",?\s*(?:and|then)\s+(?:on\s+)?to\s+(?:the\s+)?$", glue) or (
            _LISTED.fullmatch(glue) if not _OWNS.match(text.text, x.end) else None
        )
        if more and x.state and len(glue) < 60 and not re.search(r"[;.]", glue):
            yield x.state, x if x.type is MentionType.PLACE else None, end + more.start(), x.end
            end = x.end


def _visitors(text: AnnotatedText, sentence: Sentence, m: re.Match[str], left: int) -> tuple[list[Actor], int]:
    """The owner of the noun ("X's visit", "the visit of X"), else the subject; with the end of an owner that follows."""
    noun = m.group().lower().split()[-1] in ("visit", "visits", "trip", "tour", "stay", "journey", "stopover", "arrival")
    if noun and text.text[max(0, m.start() - 3) : m.start()] != "to ":
        owner = _OWNER.match(text.text, m.end())
        if owner:
            ahead = [a for a in clauses.after(text, owner.end() - 1, sentence.end, 12) if a.kind in sides.PEOPLE]
            if ahead:
                return ahead, ahead[-1].end
        before = [a for a in text.actors_in(sentence.start, m.start()) if a.kind in sides.PEOPLE]
        if before:
            gap = text.text[before[-1].end : m.start()]
            owned = before[-1].kind != "group" and (
                gap.startswith(("'", "’")) or before[-1].mention.lower() in ("his", "her", "their", "my", "your")
            )
            if before[-1].mention.lower() == "your" and before[-1].name is None and _OWN.fullmatch(gap):
                return sides.ours(text, m.start())[1:], before[-1].end
            if owned and _OWN.fullmatch(gap) and before[-1].name:
                return [before[-1]], before[-1].end
    return _invited(text, sentence, m) or sides.subject(text, sentence, m.start(), left), 0


def _invited(text: AnnotatedText, sentence: Sentence, m: re.Match[str]) -> list[Actor]:
    """"Her invitation to X to visit Lima": X goes."""
    word = next(iter(_INVITATION.finditer(text.text, max(sentence.start, m.start() - 140), m.start())), None)
    if word is None:
        return []
    guests = [a for a in clauses.outer(text.actors_in(word.end(), m.start())) if a.kind in sides.PEOPLE]
    if not guests and (given := _GIVEN_TO.search(text.text, m.end(), sentence.end)):
        return [a for a in clauses.after(text, given.end(), sentence.end, 6) if a.kind in sides.PEOPLE][:1]
    if not guests or not _TO_GUEST.fullmatch(clauses.plain(text.text[word.end() : guests[0].start])):
        return []
    return guests[:1] if _TO_COME.fullmatch(text.text, guests[-1].end, m.start()) else []


def _destination(text: AnnotatedText, sentence: Sentence, m: re.Match[str], right: int) -> tuple[str | None, Mention | None, int] | None:
    """The host state of a visit, its place and the end of the words that name it."""
    word = m.group().lower()
    if _FROM.search(word) and not _named_at_once(text, m.end(), right):
        here = _told_here(text, sentence)
        if word.startswith(("return", "back")):
            here = next((x for x in text.mentions_in(m.end(), right, *WHERE) if x.start - m.end() < 12), None)
        return (here.state, here if here.type is MentionType.PLACE else None, m.end()) if here else None
    direct = word.endswith(("you to", "to", "in", "at", "for", "from", "visited", "visiting", "visit", "visits", "toured"))
    for x in text.mentions_in(m.end(), min(right + 1, m.end() + 120), *WHERE):
        glue = text.text[m.end() : x.start]
        if re.search(r"[;.:]", glue) or len(glue) > 70:
            break
        if any(a.kind == "person" and a.start <= x.start < a.end for a in text.actors_in(m.end(), sentence.end)):
            continue
        if not ((direct and _DIRECT.fullmatch(glue)) or _TO.search(glue)) or re.search(r"\bfrom\s+(?:the\s+)?$", glue):
            continue
        if x.type is MentionType.DEMONYM and not re.match(
            r"\s+(?:capital|city|side|region|province|town)\b", text.text[x.end : x.end + 12]
        ):
            continue
        place = x if x.type is MentionType.PLACE else _capital(text, x)
        return x.state, place, x.end
    ours = _HERE.search(text.text, max(sentence.start, m.start() - 25), right)
    if ours and text.home:
        return text.home, None, max(ours.end(), m.end())
    if _HOST_COUNTRY.match(text.text, m.end()):
        return _inviter(text, sentence, m)
    there = _THERE.search(text.text, m.start(), min(right, m.end() + 12))
    last = text.mentions_in(max(0, m.start() - 500), m.start(), MentionType.PLACE, MentionType.STATE)[-1:] if there else []
    return (last[0].state, last[0] if last[0].type is MentionType.PLACE else None, m.end()) if last else None


def _bidden(text: AnnotatedText, sentence: Sentence, m: re.Match[str]) -> tuple[str | None, Mention | None, int] | None:
    """"Arrived for a visit at the invitation of his Thai counterpart": the host's state."""
    found = _AT_INVITATION.match(text.text, m.end(), sentence.end)
    hosts = clauses.flat(clauses.after(text, found.end(), sentence.end, 12)) if found else []
    return (hosts[0].state, None, m.end()) if hosts and hosts[0].state else None


def _inviter(text: AnnotatedText, sentence: Sentence, m: re.Match[str]) -> tuple[str | None, Mention | None, int] | None:
    """"A invited B to visit her country": A's."""
    found = _INVITED.search(text.text, sentence.start, m.start())
    asks = clauses.flat(sides.subject(text, sentence, found.start(), sentence.start)) if found else []
    if found and not (asks and asks[0].state):
        asks = [a for a in clauses.outer(text.actors_in(sentence.start, found.start())) if a.kind in ("person", "office")]
    return (asks[0].state, None, m.end()) if asks and asks[0].state else None


def _capital(text: AnnotatedText, x: Mention) -> Mention | None:
    """The capital, where the words say so: "in the Georgian capital" is in Tbilisi."""
    said = _ITS_CAPITAL.match(text.text, x.end)
    name = states.capital(x.state, text.document.published) if said and x.state else None
    return replace(x, type=MentionType.PLACE, end=said.end(), name=name) if said and name else None


def _named_at_once(text: AnnotatedText, pos: int, right: int) -> bool:
    """Whether a state or place follows: "arrived in Peru", not "the guests who had flown in said"."""
    return any(_DIRECT.fullmatch(text.text[pos : x.start]) for x in text.mentions_in(pos, min(right, pos + 60), *WHERE)[:1])


def _elsewhere(text: AnnotatedText, sentence: Sentence, m: re.Match[str], own: str | None) -> tuple[str | None, Mention | None, int] | None:
    """A visit without its destination: the place that the sentence named before, outside the visitor's own state."""
    for x in reversed(text.mentions_in(sentence.start, m.start(), MentionType.PLACE)):
        if x.state and own and x.state != own and re.search(r"\b(?:in|to)\s+$", text.text[max(0, x.start - 5) : x.start]):
            return x.state, x, m.end()
    return None


def _told_here(text: AnnotatedText, sentence: Sentence) -> Mention | None:
    """Where the story plays: the place before in this paragraph, else the dateline's."""
    for x in reversed(text.mentions_in(max(0, sentence.start - 900), sentence.end, MentionType.PLACE)):
        if (
            x.state
            and re.search(r"\b(?:in|at)\s+(?:the\s+)?$", text.text[max(0, x.start - 8) : x.start])
            and not re.search(r"from \w*$", text.text[max(0, x.start - 6) : x.start])
        ):
            return x
    return None


def _after_owner(text: AnnotatedText, pos: int, limit: int) -> tuple[str | None, Mention | None, int] | None:
    for x in text.mentions_in(pos, min(limit, pos + 90), MentionType.PLACE, MentionType.STATE):
        if re.fullmatch(r"[^.;:]{0,40}?\s+to\s+(?:the\s+)?(?:\w+\s+){0,2}", text.text[pos : x.start]):
            return x.state, x if x.type is MentionType.PLACE else None, x.end
    return None
