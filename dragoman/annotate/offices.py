"""Noun phrases of office: "the Turkish Minister of Trade", "Kenya's high commissioner in Kampala", "Ambassador of Mexico to Canada".

A position with what stands around it: whose it is (state, organisation, possessive pronoun), and to whom it is accredited.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from dragoman.model.annotations import Mention, MentionType

ADJECTIVES = (
    "new|newly|elected|appointed|visiting|outgoing|incoming|departing|current|then|long-serving|longtime|late|former|ex|acting|interim|caretaker|"
    "designate|federal|national|union|presidential|royal|permanent|first|senior|chief|top|resident|non-resident|own|present|"
    "governmental|government|MFA|MoFA|MOFA|MoD|state|official|honorary|principal|lead|special|joint|military|civilian|young|veteran|influential"
)
_LEFT = re.compile(rf"(?:['’]s|['’])?\s+(?:(?:{ADJECTIVES})[\s-]+){{0,3}}$", re.I)
_WITHIN = re.compile(r"\b[Ii]n\s+(?:the\s+)?$")  # "In Peru President X met": where, not whose
_PLAIN = re.compile(rf"[\s-]+(?:(?:{ADJECTIVES})[\s-]+){{0,3}}$", re.I)
_RIGHT = re.compile(r"(?:[’']s)?\s+(of|for|to|in|at|with)\s+(?:the\s+|our\s+|his\s+|her\s+)?$", re.I)
_DETERMINER = re.compile(rf"\b(?:the|a|an|its|his|her|their|our|my|your|one|another)\s+(?:(?:{ADJECTIVES})[\s-]+){{0,3}}$", re.I)
_TITLE = re.compile(r"(?:H\.\s?E\.|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Prof\.?|Sir|Dame|Sheikha?|His Excellency|Her Excellency)[\s.]*$")
FORMER = re.compile(r"\b(?:former|ex|then|late|previous|past|one-time|erstwhile|outgoing)\b[\s-]*", re.I)
ACTING = re.compile(r"\b(?:acting|interim|caretaker)\b", re.I)
POSSESSIVE = {"his", "her", "its", "their", "our", "my", "your", "whose"}
_BODY = re.compile(
    r"(?:['’]s|\s+(?:of|at|for|with|in)\s+(?:the\s+)?(?:[A-Z][\w-]+(?: [A-Z][\w-]+)?['’]s\s+)?)\s*"
    r"(?P<name>[A-Z][\w&’'-]*(?:\s+(?:(?:of|and|for|on|&)\s+(?:the\s+)?)?[A-Z][\w&’'-]*){1,9})"
)
_BODY_WORD = re.compile(
    r"\b(?:Department|Directorate|Bank|University|Academy|Institute|Agency|Committee|Commission|Council|Association|Union|Centre|Center|Federation|"
    r"Foundation|Party|Organi[sz]ation|Corporation|Company|Chamber|Forum|Authority|Cabinet|Fund|Office|Bureau|Service|Board|Court|Assembly|"
    r"Administration|Guard|Secretariat|Inspectorate|Railways?|Rail|Airlines|Holding|Group|Mission|Delegation|Executive|Congress|Hospital|Museum)\b"
)
ACCREDITED = re.compile(r"ambassador|high commissioner|permanent representative|representative|envoy|delegate|consul|chargé|observer")


_FIELD = re.compile(  # "of the Union for Foreign Affairs and Security Policy": what the envoy of a body is for
    r"\s+(?:for|on)\s+(?:the\s+)?(?P<field>[A-Z][\w'’-]*(?:\s+(?:(?:and|of|for)\s+(?:the\s+)?)?[A-Z][\w'’-]*){0,7})(?=\s*(?:,|and\b|$|[a-z(]))"
)
_OF_BODY = re.compile(r"representative|envoy|coordinator|director|commissioner|under-secretary|assistant secretary")


@dataclass(frozen=True, slots=True)
class Office:
    """An office as a phrase; `owner` is the possessive pronoun or person that stands for the state or body."""

    start: int
    end: int
    position: Mention
    state: str | None = None
    organization: Mention | None = None
    to: Mention | None = None
    place: Mention | None = None
    owner: Mention | None = None
    definite: bool = False
    indefinite: bool = False
    former: bool = False
    acting: bool = False
    uses: tuple[int, ...] = ()  # starts of the mentions that the phrase swallows

    @property
    def title(self) -> str:
        """The position with its accreditation: "ambassador to canada"."""
        name = self.position.name
        if self.to and " to " not in name and ACCREDITED.search(name):
            target = self.to.text.lower().removeprefix("the ")
            return f"{name} to {'the ' if self.to.text.lower().startswith('the ') else ''}{target}"
        return name


def offices(text: str, mentions: list[Mention]) -> list[Office]:
    """The office phrases of one sentence, from its mentions in order."""
    out = []
    for k, m in enumerate(mentions):
        if m.type is MentionType.POSITION and not m.plural:
            out.append(
                _right(
                    text,
                    mentions,
                    k,
                    _left(text, mentions, k, Office(m.start, m.end, m, m.state, uses=(m.start,), former=m.former, acting=m.acting)),
                )
            )
    return out


def _left(text: str, mentions: list[Mention], k: int, office: Office) -> Office:
    """What stands before the position: possessor, nationality, determiner."""
    while k:
        before = mentions[k - 1]
        if before.end > office.start:
            k -= 1
            continue
        glue = text[before.end : office.start]
        if len(glue) > 45:
            break
        kind = before.type
        owned = glue.startswith(("'", "’"))
        if kind is MentionType.DEMONYM and _PLAIN.fullmatch(glue):
            office = replace(office, start=before.start, state=office.state or before.state, uses=(*office.uses, before.start))
        elif kind in (MentionType.STATE, MentionType.ORGANIZATION, MentionType.PLACE) and _LEFT.fullmatch(glue):
            if kind is not MentionType.ORGANIZATION and not owned and _WITHIN.search(text, max(0, before.start - 8), before.start):
                break
            if kind is MentionType.STATE:
                office = replace(office, start=before.start, state=office.state or before.state)
            elif kind is MentionType.ORGANIZATION:
                office = replace(office, start=before.start, organization=before, state=office.state or before.state)
            elif owned or before.state:
                office = replace(office, start=before.start, state=office.state or before.state)
            office = replace(office, uses=(*office.uses, before.start), definite=True)
        elif kind is MentionType.PERSON and owned and _LEFT.fullmatch(glue):
            office = replace(office, owner=before, definite=True)
        elif kind is MentionType.PRONOUN and before.text.lower() in POSSESSIVE and _PLAIN.fullmatch(glue):
            return replace(
                office, start=before.start, owner=before, definite=True, uses=(*office.uses, before.start), **_flags(glue, office)
            )
        else:
            break
        office = replace(office, **_flags(glue, office))
        k -= 1
        if kind is not MentionType.DEMONYM:
            break
    lead = text[max(0, office.start - 45) : office.start]
    found = _DETERMINER.search(lead)
    if found:
        word = found.group().split()[0].lower()
        office = replace(
            office,
            start=office.start - len(found.group()),
            definite=office.definite or word == "the",
            indefinite=word in ("a", "an", "one", "another"),
            **_flags(found.group(), office),
        )
    return office


def _flags(glue: str, office: Office) -> dict[str, Any]:
    return {"former": office.former or bool(FORMER.search(glue)), "acting": office.acting or bool(ACTING.search(glue))}


def _right(text: str, mentions: list[Mention], k: int, office: Office) -> Office:
    """What stands after it: "of Kazakhstan", "of the National Bank", "to Canada", "in Toronto"."""
    for after in mentions[k + 1 : k + 5]:
        if after.start < office.end:
            continue
        found = _RIGHT.fullmatch(text, office.end, after.start)
        if not found:
            break
        word, kind = found[1].lower(), after.type
        if (
            word in ("of", "for")
            and kind is MentionType.STATE
            and not (
                office.state
                and not office.to
                and office.state != after.state
                and office.organization is None
                and text[office.position.start : office.position.end] == text[office.start : office.end]
            )
        ):
            office = replace(office, state=after.state if not office.state or office.organization is None else office.state)
        elif word in ("of", "at", "for", "with", "in") and kind is MentionType.ORGANIZATION and office.organization is None:
            office = replace(office, organization=after, state=office.state or after.state)
        elif word == "to" and kind in (MentionType.STATE, MentionType.ORGANIZATION, MentionType.PLACE):
            office = replace(office, to=after)
        elif word in ("in", "at") and kind in (MentionType.PLACE, MentionType.STATE) and ACCREDITED.search(office.position.name):
            office = replace(office, place=after)
        elif word == "of" and kind is MentionType.PLACE:
            office = replace(office, place=after, state=office.state or after.state)
        else:
            break
        office = replace(office, end=after.end, uses=(*office.uses, after.start))
    return _with_field(text, mentions, k, office) if office.organization else _of_body(text, mentions, k, office)


def _with_field(text: str, mentions: list[Mention], k: int, office: Office) -> Office:
    """"The High Representative of the EU for Foreign Affairs and Security Policy": with what the office is for."""
    if office.position.end == office.end or " for " in office.position.name or not _OF_BODY.search(office.position.name):
        return office
    persons = [m.start for m in mentions[k + 1 :] if m.type is MentionType.PERSON and m.start >= office.end]
    found = _FIELD.match(text, office.end, min([len(text), office.end + 110, *persons]))
    if not found:
        return office
    inside = [m for m in mentions[k + 1 :] if office.end <= m.start and m.end <= found.end()]
    position = replace(office.position, name=f"{office.position.name} for {' '.join(found['field'].lower().split())}")
    return replace(office, position=position, end=found.end(), uses=(*office.uses, *(m.start for m in inside)))


def _of_body(text: str, mentions: list[Mention], k: int, office: Office) -> Office:
    """"Head of the Presidential Agency for Statistics": a body that no table has, by its shape; a person's name ends it."""
    limit = min([len(text), office.end + 130, *(m.start for m in mentions[k + 1 : k + 7] if m.type is MentionType.PERSON)])
    found = _BODY.match(text, office.end, limit)
    if not found or not _BODY_WORD.search(found["name"]):
        return office
    name = found["name"].rstrip(" ,-–")
    start, end = found.start("name"), found.start("name") + len(name)
    inside = [m for m in mentions[k + 1 :] if office.end <= m.start and m.end <= end]
    if any(m.type is MentionType.POSITION and m.plural is False and m.start == start for m in inside):
        return office
    state = office.state or next((m.state for m in inside if m.state), None)
    body = Mention(MentionType.ORGANIZATION, start, end, name, " ".join(name.split()), state)
    return replace(office, organization=body, state=state, end=end, uses=(*office.uses, *(m.start for m in inside)))
