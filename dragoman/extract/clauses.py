"""What an extractor asks of a clause: who stands before and after a trigger, when, where, and whether it happened."""

from __future__ import annotations

import re

from dragoman.extract.frame import matches
from dragoman.model.annotations import Actor, AnnotatedText, DateMention, Mention, MentionType, Sentence
from dragoman.reference.scan import Words

_JOIN = re.compile(
    r"\s*(?:,|;|&|and|as well as|together with|along with|accompanied by)?\s*(?:,|and|&)?\s*"
    r"(?:with\s+|by\s+|between\s+|of\s+)?(?:the\s+|his\s+|her\s+)?",
    re.I,
)
_HONOURED = re.compile(
    r"(?:\b(?:H\. ?E\.|(?-i:HE|HH|HM|HRH)\b|(?:Mr|Mrs|Ms|Miss|Dr|Hon|Prof|Amb|Sheikh|Ratu|Datuk|Tun|Shri|Ambassador)\b\.?|"
    r"Their Excellencies|"
    r"(?:His|Her) Excellency|the Honou?rable|the Rt Hon)\s*)+"
)
_NEGATED = re.compile(r"\b(?:not|never|no longer|neither|declined to|refused to|cancelled|canceled|called off|scrapped|denied that|NOT)\b")
_FUTURE = re.compile(
    r"\b(?:will|shall|would|is to|are to|was to|were to|is due|are due|due to|plans? to|planned|intends? to|is expected|are expected|"
    r"expected to|is scheduled|scheduled|is set to|set to|agreed to|is going to|going to|looks? forward|upcoming|forthcoming|next|tomorrow|"
    r"preparations for|prepare for|arrives|flies|is preparing|promised|be held|postponed)\b"
)
_POSSIBLE = re.compile(
    r"\b(?:may|might|could|possible|possibly|perhaps|reportedly|invited|"
    r"(?<!t the )(?<!n the )invitation|inviting|proposed|suggested|if|whether|asked|urged|"
    r"offered|should|ready to|hope[sd]? to|hoping to|wish(?:es|ed)? to|want(?:s|ed)? to|keen to|"
    r"(?:desire|wish|readiness|willingness|intention) to)\b"
)
BREAK = re.compile(
    r"(?<!\d)[;:]|[;:](?!\d)|, as (?=(?:both|the two|they|he|she)\b)|, (?:who|which|where|whose|while|but|although|after|before|when)\b|"
    r"\b(?:while|but|although|because|whereas|after|before|when)\b"
)
_BREAKS = Words(BREAK, re.compile(r"\b(?:while|but|although|because|whereas|after|before|when)\b"), ";:,")
_BEFORE_CLAUSE = re.compile(r",? (?:after|when|before)")  # "on 8 March, after talks with X"
_LEADS = re.compile(r"\b(?:in|at|to|near|outside|visited|from|of)\s+(?:the\s+)?(?:\w+\s+){0,3}$", re.I)
_AND_THEN = re.compile(r",\s(?:and|then)\s(?:(?:in|on)\s)?$")
_SAID = r"(?:said|announced|stated|confirmed|declared|added|noted|wrote|tweeted|told reporters)"
_SAID_ON = re.compile(rf"\b{_SAID}\s+(?:(?:late|early|earlier)\s+)?(?:on\s+)?$")
_ON_SAID = re.compile(r",?\s+(?:said|stated|added|noted|wrote|tweeted|told reporters)\b")
_DATED = ("at", "by", "since", "after", "before", "until")


def clause(text: AnnotatedText, sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """The stretch around start-end up to the nearest clause boundaries of the sentence."""
    left, right = sentence.start, sentence.end
    for m in text.once(_breaks).get(sentence.index, ()):
        if m.end() <= start:
            left = m.end()
        elif m.start() >= end:
            right = m.start()
            break
    return left, right


def _breaks(text: AnnotatedText) -> dict[int, list[re.Match[str]]]:
    return matches(text, _BREAKS)


def modality(text: AnnotatedText, left: int, right: int, trigger: int) -> str:
    """`denied`, `possible`, `planned` or `actual`, by the words of the clause; auxiliaries count only before the trigger."""
    before, whole = text.text[left:trigger], text.text[left:right]
    if _NEGATED.search(before[-60:]) or re.search(r"\b(?:NOT|did not|was cancelled|was called off|been cancelled|is off)\b", whole):
        return "denied"
    if _POSSIBLE.search(before[-80:]):
        return "possible"
    if _FUTURE.search(before[-80:]):
        return "planned"
    return "actual"


def after(text: AnnotatedText, pos: int, limit: int, gap: int = 60) -> list[Actor]:
    """The actors that follow, joined by commas and "and", the first within `gap` characters."""
    return _chain([a for a in text.actors_in(pos, limit) if a.start >= pos], pos, text.text, gap)


def outer(actors: list[Actor]) -> list[Actor]:
    """The actors that stand inside no other: "his" in "his Chilean counterpart, X" is left out."""
    out: list[Actor] = []
    for a in actors:
        if not out or a.end > out[-1].end:
            out.append(a)
    return out


def bracketed(text: AnnotatedText, actor: Actor) -> bool:
    """Whether an actor stands alone in brackets, as an office's short name does: "Minister of Trade (MINEX)"."""
    return text.text[actor.start - 1 : actor.start] == "(" and text.text[actor.end : actor.end + 1] == ")"


def plain(glue: str) -> str:
    """Words without titles of honour."""
    return _HONOURED.sub("", glue)


def joined(glue: str) -> bool:
    """Whether two actors with these words between them act together."""
    return bool(_JOIN.fullmatch(plain(glue)))


def _chain(found: list[Actor], pos: int, text: str, gap: int) -> list[Actor]:
    out: list[Actor] = []
    at = pos
    for a in found:
        if a.start < at:
            continue
        glue = text[at : a.start]
        if not out:
            if len(glue) > gap:
                break
        elif not joined(glue):
            break
        out.append(a)
        at = a.end
    return out


def before(text: AnnotatedText, pos: int, limit: int, gap: int = 60) -> list[Actor]:
    """The actors that come before, nearest last, joined by commas and "and"; the nearest within `gap` characters."""
    found = [a for a in outer(text.actors_in(limit, pos)) if not bracketed(text, a)]
    out: list[Actor] = []
    at = pos
    for a in reversed(found):
        if a.end > at:
            continue
        glue = text.text[a.end : at]
        if not out:
            if len(glue) > gap:
                break
        elif not joined(glue):
            break
        out.insert(0, a)
        at = a.start
    return out


def flat(actors: list[Actor]) -> list[Actor]:
    """Groups as their members, each actor once; persons come before the states and bodies that they stand for."""
    out: list[Actor] = []
    for a in actors:
        for one in a.members or (a,):
            if all((one.name or one.mention) != (o.name or o.mention) for o in out):
                out.append(one)
    return out


def date_of(text: AnnotatedText, sentence: Sentence, left: int, right: int, trigger: int) -> DateMention | None:
    """The date that belongs to the trigger: in its clause, after it before before it; else at the head of the sentence."""
    found = [d for d in text.dates_in(sentence.start, sentence.end) if d.edtf and not d.recurring and d.relation in _DATED]
    found = [d for d in found if not _of_saying(text, d, trigger)]
    inside = [d for d in found if left <= d.start < right]
    if not inside and text.text[left - 4 : left] == ", as":
        inside = [d for d in found if d.start < left]  # "X on Wednesday praised A, as both leaders were in Lima"
    behind = [d for d in inside if d.start >= trigger and (len(d.edtf or "") > 4 or d.start - trigger < 110)]
    inside = [d for d in inside if d.start < trigger or d in behind]
    if behind and len(behind) < len(inside) and _AND_THEN.search(text.text, trigger, min(d.start for d in behind)):
        behind = [d for d in inside if d.start < trigger]  # "in May they spoke by telephone, and in January they met"
    near = behind or inside
    if near:
        return min(near, key=lambda d: abs(d.start - trigger))
    head = [d for d in found if d.start - sentence.start < 12 or _BEFORE_CLAUSE.fullmatch(text.text, d.end, left)]
    return head[0] if head else None


def _of_saying(text: AnnotatedText, date: DateMention, trigger: int) -> bool:
    """Whether a date tells when it was said: "said on Friday that she would visit", "X on Friday said"."""
    if date.end > trigger:
        return False
    return bool(_SAID_ON.search(text.text, max(0, date.start - 30), date.start) or _ON_SAID.match(text.text, date.end))


def place_of(text: AnnotatedText, left: int, right: int, trigger: int) -> Mention | None:
    """The place named after "in", "at" or "to" near the trigger."""
    best = None
    for m in text.mentions_in(left, right, MentionType.PLACE):
        lead = text.text[max(left, m.start - 25) : m.start]
        if _LEADS.search(lead) and (best is None or best.start < trigger <= m.start):
            best = m
            if m.start > trigger:
                break
    return best
