"""All that a text names: states, places, organisations, offices, persons, groups and pronouns, without overlaps."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from dataclasses import replace

from dragoman.annotate import gazetteer, persons, pointing, positions
from dragoman.model.annotations import AnnotatedText, Entity, Mention, MentionType
from dragoman.model.documents import Zone
from dragoman.reference.name_forms import hits, traps

_SOFT = frozenset({MentionType.STATE, MentionType.DEMONYM, MentionType.PLACE})
_LOWER = re.compile(r"[a-zà-ÿ]")
_TAIL = re.compile(r"(?<!\s)\s++(?:(?:of|for)\s*+)?(?:the\s*+)?$")
_AT = re.compile(r"\b(?:in|at|to|from|near|via|of|and|outside|between)\s+(?:the\s+)?$")
_PAPER = re.compile(
    r"\b(?:Agreement|Agreements|Treaty|Declaration|Memorandum|Program|Programme|Convention|Protocol|Summit|Meeting|"
    r"Partnership|Strategy|Plan|Act|Law|Charter|Day|Year|"
    r"Prize|Award|Order|Communiqué|Communique|Statement|Pact|Accord|Initiative|Dialogue|Conference|Session|Week|Festival|"
    r"Games|Cup|Policy|Vision|Roadmap|Project|War|Release|Note|Notes|Briefing|Medal|Visit|Mission|Speech|Address|the|of|and)$"
    r"|\b(?:Protocol|Declaration|Agreement|Treaty) (?:of|on)\b"
    r"|^(?:Memorandum|Treaty|Agreement|Joint|Declaration|Convention|Protocol|Year|Order|Day|Law)\b|\d$"
)
_BODY_WORDS = re.compile(
    r"\b(?:Ministry|Department|Bank|University|Academy|Company|Group|Fund|Agency|Committee|Commission|Council|Institute|"
    r"Association|Union|Centre|Center|"
    r"Federation|Foundation|Party|Organi[sz]ation|Corporation|Chamber|Forum|League|Airlines|Alliance|Society|Parliament|"
    r"Court|Assembly|Service|Office|School|College|Press|News|Times)\b"
)
_NOT_BODIES = re.compile(
    r"^(?:The|This|These|Those|A|An|In|On|At|And|But|Its|His|Her|Their|Our|It|He|She|We|They|You|Mr|Mrs|Ms|Dr|Article|"
    r"Articles|Chapter|Annex|Part|Section|Table|Figure|"
    r"President|Minister|Prime Minister|Ambassador|Excellency|Government|State|Republic|COVID|Covid|January|February|"
    r"March|April|May|June|July|August|September|October|"
    r"November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|AI|GDP|LNG|IT|CEO|NEW|NOT|PRESS|ALL|FOR|"
    r"AND|THE|TBC|EDT|EST|GMT|UTC|CET|NOTE|MoU|MOU|PPP|SMEs?|FDI|TV|AM|PM|Q|A|English|Islam\w*|Christian\w*|Muslim\w*|"
    r"(?:His|Her|Their|Your) (?:Royal |Serene |Imperial )?(?:Excellenc\w+|Highness\w*|Majest\w+|Holiness|Eminence|Beatitude|Grace|Honou?r|"
    r"Lordship))$"
)
_PLACE_WORDS = re.compile(
    r"\b(?:Palace|House|Hall|Hotel|Residence|Castle|Square|Street|Airport|Port|Villa|Centre|Center|Park|Island|Islands"
    r"|River|Lake|Mountains?|Bridge|Region|"
                          r"Province|District|Valley|Bay|Gulf|Strait|Sea|Canal|City|Village|Fort|Stadium|Dam|Plant|Memorial|"
                          r"Cathedral|Mosque|Church|Avenue|Boulevard)$|^(?:Monument|Palace|Mount|Lake|Port|Fort)\b")


def find(text: AnnotatedText) -> tuple[Mention, ...]:
    """The mentions of a text, sorted by start; none overlaps another."""
    tables = gazetteer.find(text)
    offices = positions.find(text)
    others = sorted(_named(text, tables, offices), key=lambda m: (m.start, -m.end))
    people = persons.find(text, others)
    out = _resolved(people, others)
    _put(out, _entities(text, out))
    pointers = list(pointing.find(text))
    groups = {m.end: m for m in pointers if m.type is MentionType.GROUP}
    out = [m for m in out if not (m.plural and (g := groups.get(m.end)) and g.start < m.start)]
    _put(out, pointers)
    return tuple(out)


def _named(text: AnnotatedText, tables: list[Mention], offices: list[Mention]) -> list[Mention]:
    """Tables and offices together: the longer of two that overlap; an office keeps its words against a state or place of equal length."""
    out: list[Mention] = []
    for m in sorted([*tables, *offices], key=lambda m: (m.start, -m.end, m.type is not MentionType.POSITION)):
        if out and m.start < out[-1].end:
            last = out[-1]
            if m.type is MentionType.POSITION and last.type in _SOFT and m.end >= last.end:
                out[-1] = m
            elif last.type is MentionType.POSITION and m.type is MentionType.STATE and m.end > last.end:
                out[-1] = _cut(text.text, last, m.start)  # "President of the Republic" of "the Republic of Peru"
                out.append(m)
            continue
        out.append(m)
    return out


def _cut(body: str, office: Mention, limit: int) -> Mention:
    """The office without the tail that belongs to the state's name."""
    words = _TAIL.sub("", body[office.start : limit])
    return replace(office, end=office.start + len(words), text=words)


def _resolved(people: list[Mention], others: list[Mention]) -> list[Mention]:
    """Persons win over what lies within their names; offices and organisations that hold a person's name win over it."""
    starts = [m.start for m in others]
    kept: list[Mention] = []
    lost: set[int] = set()
    for p in people:
        k = bisect_left(starts, p.start)
        while k and others[k - 1].end > p.start:
            k -= 1
        clash = []
        while k < len(others) and others[k].start < p.end:
            if others[k].end > p.start:
                clash.append(k)
            k += 1
        if any(_beats(others[c], p) for c in clash):
            continue
        lost.update(clash)
        kept.append(p)
    return sorted([*kept, *(m for k, m in enumerate(others) if k not in lost)], key=lambda m: m.start)


def _beats(other: Mention, person: Mention) -> bool:
    """Whether a mention takes its words from a person's name."""
    if other.type in (MentionType.ORGANIZATION, MentionType.POSITION):
        return other.start <= person.start and person.end <= other.end
    within = other.start <= person.start and person.end <= other.end
    return within and person.text not in traps()["people"]


def _put(out: list[Mention], more: object) -> None:
    """The further mentions that overlap none that stand."""
    starts = [m.start for m in out]
    for m in more:  # type: ignore[attr-defined]
        k = bisect_left(starts, m.start)
        if (k and out[k - 1].end > m.start) or (k < len(out) and out[k].start < m.end):
            continue
        out.insert(k, m)
        insort(starts, m.start)


def _entities(text: AnnotatedText, known: list[Mention]) -> list[Mention]:
    """The model's organisations and places that no table has, where their shape bears it out."""
    out = []
    names = {m.text for m in known if m.type is MentionType.PERSON}
    for e in text.entities:
        words = text.text[e.start : e.end]
        if e.label == "PER" or words in names or "\n\n" in words or len(words) > 90 or not words[:1].isupper():
            continue
        if _NOT_BODIES.match(words) or _PAPER.search(words):
            continue
        kind = _kind(text, e, words)
        if kind is not None:
            out.append(Mention(kind, e.start, e.end, words, " ".join(words.split())))
    return out


def _kind(text: AnnotatedText, e: Entity, words: str) -> MentionType | None:
    if " " in words and _BODY_WORDS.search(words):
        return MentionType.ORGANIZATION
    if _PLACE_WORDS.search(words):
        return MentionType.PLACE
    if e.label == "LOC":
        sentence = text.sentence_at(e.start)
        sure = sentence is not None and sentence.zone is not Zone.HEADING and len(words) > 2
        led = sure and _AT.search(text.text, max(0, e.start - 14), e.start)
        return MentionType.PLACE if led and not hits(words) else None
    acronym = words.isupper() and 2 < len(words) < 9 and " " not in words
    around = text.text[max(0, e.start - 20) : e.start] + text.text[e.end : e.end + 20]
    if acronym:
        return MentionType.ORGANIZATION if _LOWER.search(around) else None
    return MentionType.ORGANIZATION if " " in words and _LOWER.search(around) else None
