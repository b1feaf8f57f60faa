"""Offices by verbs: becoming, being and ceasing to be, appointing and dismissing, succeeding and heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from dragoman.extract import clauses
from dragoman.extract.frame import actor_ref, claim_base, lexicon, matches
from dragoman.model.annotations import Actor, AnnotatedText, DateMention, Sentence, Stated
from dragoman.model.claims import Tenure
from dragoman.reference.scan import Words

SHEET = str(Path(__file__).with_name("tenure.py"))


@cache
def bare() -> frozenset[str]:
    """Words of office that say nothing without their body."""
    return frozenset(lexicon(SHEET)["bare"])


_PASSIVE = re.compile(r"\b(?:was|were|is|are|be|been|being|got)\s+(?:\w+\s+){0,2}$", re.I)
_SUCCEED = Words(re.compile(
    r"\b(?:(?P<passive>(?:was|were|is|has been|had been|be) (?:to be )?(?:succeeded|replaced|followed) (?:(?:in|on) [\w ]{3,24} )?by)|"
    r"(?P<active>succeed(?:s|ed|ing)?|replac(?:e|es|ed|ing)|tak(?:es|e|ing) over (?:\w+ ){0,4}from|took over (?:[\w ]{0,40} )?from|"
    r"in place of)|"
    r"(?P<hand>(?:hands?|handed|handing) over (?:to|the \w+ to)))\b"
))
_WITH = re.compile(r"\s+with\s+$")
_OBJECT = re.compile(r"\s*(?:(?:the|his|her|its|their|a|an|new|long-serving|former|Mr\.?|Ms\.?|Mrs\.?|Dr\.?)\s+){0,4}$")
_ONCE = re.compile(r"\b(?:formerly|previously|once|until (?:recently|then))\s*$", re.I)
_OWN = re.compile(r"office|elect|resign|stepped|steps|term|dismiss|sacked|sworn|stood down|retire|reliev|post")
_HOUSE = re.compile(r"\s+(?:the|this|her|his)\s+(?:\w+\s+)?(?:ministry|department|embassy)\b")
_GLUE = re.compile(
    r"[\s,]*(?:(?:as|to|by \w+|the|an?|its|his|her|their|our|twice|again|first|then|also|still|of|post|office|position|rank|concurrently|"
    r"previously|currently|now|from|since|between|until|in|\w+ly)\s*){0,7}"
)
_NEXT = re.compile(
    r"[\s,;]*(?:(?:and|as well as|then|later|before that|subsequently|from|between|in|since|until|as|the|an?|also)[\s,]*){0,5}"
)


@cache
def _triggers() -> tuple[Words, dict[str, str], frozenset[str]]:
    words = lexicon(SHEET)
    change = {w.lower(): c for c, ws in words["changes"].items() for w in ws}
    change |= {w.lower(): "holds" for w in words["held"]}
    pattern = "|".join(re.escape(w) for w in sorted(change, key=len, reverse=True))
    return Words(re.compile(rf"\b(?:{pattern})\b", re.I)), change, frozenset(words["transitive"])


@cache
def _heads() -> Words:
    words = "|".join(map(re.escape, sorted(lexicon(SHEET)["heads"], key=len, reverse=True)))
    return Words(re.compile(rf"\b(?P<verb>{words})\b(?P<by>\s+(?:since [\w ]{{4,16}} )?by\b)?", re.I))


def find(text: AnnotatedText, taken: set[tuple[str, int]]) -> Iterator[Tenure]:
    """The tenures that verbs state; the offices that they used are added to `taken` as (person, place)."""
    pattern, change, transitive = _triggers()
    verbs, succeeded, headed = matches(text, pattern), matches(text, _SUCCEED), matches(text, _heads())
    for index in sorted({*verbs, *succeeded, *headed}):
        sentence = text.sentences[index]
        if not any(a.kind == "person" and a.name for a in text.actors_in(sentence.start, sentence.end)):
            continue
        done = sentence.start
        for m in verbs.get(index, ()):
            if m.start() < done:
                continue
            word = " ".join(m.group().lower().split())
            found = list(_transitive(text, sentence, m, change[word], taken)) if word in transitive else []
            active = word in transitive and not _reduced(text, sentence, m)
            found = found or [] if active else found or list(_verb(text, sentence, m, change[word], taken, word in transitive))
            if found:
                done = m.end()
            yield from found
        for m in succeeded.get(index, ()):
            yield from _succession(text, sentence, m)
        for m in headed.get(index, ()):
            yield from _heading(text, sentence, m)


def _reduced(text: AnnotatedText, sentence: Sentence, m: re.Match[str]) -> bool:
    """Whether "appointed", "named" or "elected" is passive or stands as a participle: "was named", "X, appointed in 2019"."""
    before = text.text[max(sentence.start, m.start() - 40) : m.start()]
    return bool(_PASSIVE.search(before) or re.search(r"(?:[,(–—]|\band|\bnewly|\bfirst|\bwho)\s*$", before)) or not before.strip()


def _transitive(text: AnnotatedText, sentence: Sentence, m: re.Match[str], kind: str, taken: set[tuple[str, int]]) -> Iterator[Tenure]:
    """"The Cabinet appointed X as Y", "dismissed his foreign minister, X": the office is the object's."""
    before = text.text[max(sentence.start, m.start() - 40) : m.start()]
    if _PASSIVE.search(before):
        return
    target = next((a for a in text.actors_in(m.end(), sentence.end) if a.kind == "person" and a.name), None)
    if (
        target is None
        or not _OBJECT.fullmatch(text.text[m.end() : target.start])
        or re.search(r"\bby\b", text.text[m.end() : target.start])
    ):
        return
    if not any(a.end <= m.start() for a in text.actors_in(sentence.start, m.start())) and not before.strip():
        return
    after = _offices(text, sentence, target.end)
    own = next((s for s in target.stated if s.position != "counterpart"), None)
    dates = _dates(text, sentence, m, after[-1][0].end if after else target.end)
    if after:
        for stated, near in after:
            taken.add((target.name or "", stated.start))
            yield _tenure(text, sentence, m, target, stated.position, stated, kind, near or dates, "transitive")
        return
    heir = re.search(r"\bto (?:succeed|replace)\b", text.text[target.end : min(sentence.end, target.end + 90)])
    if kind == "left" and (own or target.position):
        if own:
            taken.add((target.name or "", own.start))
        yield _tenure(text, sentence, m, target, own.position if own else target.position or "", own, kind, dates, "transitive")
    elif kind == "appointed" and heir:
        old = next((a for a in text.actors_in(target.end, sentence.end) if a.kind == "person" and a.name and a.position), None)
        if old and old.name != target.name:
            yield _tenure(text, sentence, m, target, old.position or "", None, kind, dates, "heir")


def _verb(
    text: AnnotatedText, sentence: Sentence, m: re.Match[str], kind: str, taken: set[tuple[str, int]], transitive: bool
) -> Iterator[Tenure]:
    """One verb: its subject, the offices after it, the dates beside it."""
    subject = _subject(text, sentence, m.start())
    if subject is None or _possessed(text, subject, m):
        return
    following = _offices(text, sentence, m.end())
    if kind == "holds" and (not following or following[0][0].start - m.end() > 45):
        return
    dates = _dates(text, sentence, m, following[-1][0].end if following else m.end())
    if not following:
        yield from _bare(text, sentence, m, kind, subject, dates)
        return
    for stated, near in following:
        taken.add((subject.name or "", stated.start))
        weak = stated.position in bare() and not stated.organization
        if kind == "holds" and weak and not (near or dates):
            continue
        change = kind
        if kind == "holds" and _ONCE.search(text.text[m.end() : stated.start]):
            change = "left"
        yield _tenure(text, sentence, m, subject, stated.position, stated, change, near or dates, "verb")


def _possessed(text: AnnotatedText, subject: Actor, m: re.Match[str]) -> bool:
    """Whether the person only owns the subject: "Salonen's party was"."""
    gap = text.text[subject.end : m.start()]
    return bool(re.match(r"['’]s?\s+\w", gap)) and subject.resolved != "pronoun"


def _tenure(
    text: AnnotatedText,
    sentence: Sentence,
    m: re.Match[str],
    who: Actor,
    position: str,
    stated: Stated | None,
    kind: str,
    dates: list[DateMention],
    rule: str,
) -> Tenure:
    since, until = _span_of(kind, dates)
    ends = [x for x in (m.end(), who.end if 0 <= who.end - m.start() < 160 else m.end(), stated.end if stated else m.end())]
    ends += [d.end for d in dates if sentence.start <= d.start and d.start < max(ends) + 40]
    start = min(who.start, m.start()) if sentence.start <= who.start and abs(m.start() - who.start) < 80 else m.start()
    state = (stated.state if stated else None) or (None if stated and stated.organization else who.state)
    day = dates[0].edtf if dates and kind == "holds" and since is None and until is None else None
    return Tenure(
        **claim_base(text, start, min(max(ends), sentence.end)),
        person=replace(actor_ref(who), position=position),
        position=position,
        organization=stated.organization if stated else who.organization,
        state=state or who.state,
        acting=bool(stated and stated.acting)
        or bool(re.search(r"\bact(?:ed|s|ing)\b", text.text[m.start() : min(sentence.end, m.end() + 30)])),
        change=kind,
        since=since,
        until=until,
        date=day if day and len(day) == 10 else None,
        modality=_modality(text, sentence, m),
        rules=(rule, " ".join(m.group().lower().split()), *(("dated",) if dates else ())),
        confidence=0.8,
    )


def _bare(
    text: AnnotatedText, sentence: Sentence, m: re.Match[str], kind: str, subject: Actor, dates: list[DateMention]
) -> Iterator[Tenure]:
    """"Left office", "took office", "triumphed in the presidential elections": the office is the person's own."""
    phrase = text.text[m.start() : min(m.end() + 40, sentence.end)].lower()
    own = subject.position
    if "presiden" in phrase and kind in ("elected", "reelected"):
        own = "president"
    if not own or kind == "holds" or not _OWN.search(phrase):
        return
    if re.search(r"\b(?:newly|freshly)[\s-]+$", text.text[max(0, m.start() - 9) : m.start()]):
        return
    if re.search(r"government|cabinet|parliament", text.text[max(0, m.start() - 25) : m.start()].lower()):
        return
    yield _tenure(
        text, sentence, m, replace(subject, position=own), own.split(" to ")[0] if kind == "elected" else own, None, kind, dates, "bare"
    )


def _succession(text: AnnotatedText, sentence: Sentence, m: re.Match[str]) -> Iterator[Tenure]:
    """"Y was succeeded by X", "X replaced Y as minister", "Y hands over to X": one comes and the other goes, on one day."""
    after = [a for a in clauses.after(text, m.end(), sentence.end, 40) if a.kind == "person" and a.name]
    subject = _subject(text, sentence, m.start())
    if not after or subject is None or after[0].name == subject.name:
        return
    new, old = (subject, after[0]) if m["active"] else (after[0], subject)
    tail = [a for a in text.actors_in(after[0].end, sentence.end) if a.kind == "person"]
    if m["active"] and tail and _WITH.fullmatch(text.text[after[0].end : tail[0].start]):
        new = tail[0]  # "replaced her with X"
    named = _offices(text, sentence, after[0].end)
    as_ = named[0][0] if named and re.match(r"\s+as\b", text.text[after[0].end : after[0].end + 6]) else None
    just = [
        s
        for a in text.actors_in(sentence.start, m.start())
        for s in a.stated
        if 0 <= m.start() - s.end < 5 and s.position != "counterpart"
    ]
    stated = as_ or (just[-1] if just and m["active"] else None) or next((s for s in old.stated if s.position != "counterpart"), None)
    position = (stated.position if stated else None) or old.position or (new.position if m["active"] else None)
    if not position:
        return
    dates = [
        d
        for d in text.dates_in(sentence.start, sentence.end)
        if d.edtf and d.relation in ("at", "since", "after", "by") and not d.recurring
    ]
    near = [d for d in dates if m.start() <= d.start < max(after[0].end, m.end()) + 45][:1] or [d for d in dates if d.end <= m.start()][
        -1:
    ]
    held = replace(old, organization=old.organization or new.organization, state=old.state or new.state)
    body = Stated(position, held.organization, held.state, False, False, False, m.start(), m.end())
    yield _tenure(
        text, sentence, m, replace(new, state=new.state or held.state), position, as_ or body, "appointed", near, "succession"
    )
    yield _tenure(text, sentence, m, old, position, as_ or body, "left", near, "succession")


def _heading(text: AnnotatedText, sentence: Sentence, m: re.Match[str]) -> Iterator[Tenure]:
    """"Sonatrach, run since 2020 by X", "X heads the agency", "X has led the ministry since": a body and its head."""
    verb = m["verb"].lower()
    position = "chair" if "chair" in verb or "presid" in verb else "director" if verb.startswith("direct") else "head"
    if m["by"]:
        body = [a for a in text.actors_in(max(sentence.start, m.start() - 90), m.start()) if a.kind == "organization"][-1:]
        who = [a for a in clauses.after(text, m.end(), sentence.end, 30) if a.kind == "person" and a.name]
        if not body or not who or re.search(lexicon(SHEET)["not_headed"], text.text[body[0].end : m.start()], re.I):
            return
        if re.search(lexicon(SHEET)["not_headed"], body[0].name or "", re.I):
            return
        people = who[:2] if verb.startswith("co-") else who[:1]
    else:
        subject = _subject(text, sentence, m.start())
        body = [a for a in clauses.after(text, m.end(), sentence.end, 8) if a.kind == "organization"][:1]
        if subject is None or m.start() - subject.end > 40:
            return
        if not body:
            yield from _ministry(text, sentence, m, subject)
            return
        people = [subject]
    dates = _dates(text, sentence, m, max(m.end(), body[0].end))
    for person in people:
        if any(s.organization == body[0].name for s in person.stated):
            continue
        held = Stated(position, body[0].name, body[0].state, False, False, False, m.start(), m.end())
        yield _tenure(text, sentence, m, person, position, held, "holds", dates, "heads")


def _ministry(text: AnnotatedText, sentence: Sentence, m: re.Match[str], subject: Actor) -> Iterator[Tenure]:
    """"X has led the ministry since 2021": the minister's own office."""
    if not subject.position or not _HOUSE.match(text.text, m.end()):
        return
    if re.match(r"(?:deputy )?minister|secretary|ambassador", subject.position):
        dates = _dates(text, sentence, m, m.end() + 14)
        yield _tenure(text, sentence, m, subject, subject.position, None, "holds", dates, "ministry")


def _subject(text: AnnotatedText, sentence: Sentence, pos: int) -> Actor | None:
    """The person before the verb, by the nearest that no comma pair hides; pronouns as those they point to."""
    found = [a for a in text.actors_in(sentence.start, pos) if a.kind == "person" and a.name and a.end <= pos]
    if not found:
        return None
    for token in sentence.tokens:
        if token.dep.startswith("nsubj") and token.end <= pos:
            head = sentence.tokens[token.head]
            if head.start <= pos + 25 and head.end >= pos:
                hit = next((a for a in found if a.start <= token.start < a.end), None)
                if hit:
                    return hit
    return found[-1]


def _offices(text: AnnotatedText, sentence: Sentence, pos: int) -> list[tuple[Stated, list[DateMention]]]:
    """The offices after a verb, joined by "and" or dates; each as its own phrase states it, with the dates right after it."""
    found = sorted(
        {s for a in text.actors_in(pos, sentence.end) for s in a.stated if s.start >= pos and s.position != "counterpart"},
        key=lambda s: s.start,
    )
    dates = [d for d in text.dates_in(pos, sentence.end) if d.edtf and not d.recurring]
    out: list[tuple[Stated, list[DateMention]]] = []
    at = pos
    for s in found:
        inside = [d for d in dates if at <= d.start and d.end <= s.start]
        glue = text.text[at : s.start]
        for d in inside:
            glue = glue.replace(d.text, "", 1)
        if not (_NEXT if out else _GLUE).fullmatch(glue):
            break
        if out:
            out[-1][1].extend(d for d in inside if d.start - out[-1][0].end < 30)
        out.append((s, []))
        at = s.end
    if len(out) > 1:
        last = out[-1][0]
        out[-1][1].extend(d for d in dates if 0 <= d.start - last.end < 30)
    return out


def _dates(text: AnnotatedText, sentence: Sentence, m: re.Match[str], from_: int) -> list[DateMention]:
    """The dates of a change: right after the office, else between, else at the head of the sentence."""
    found = [d for d in text.dates_in(sentence.start, sentence.end) if d.edtf and not d.recurring]
    close = [d for d in found if 0 <= d.start - from_ <= 30 and not re.search(r"[;.]| who | which | when ", text.text[from_ : d.start])]
    if close:
        last = close[0]
        more = [
            d
            for d in found
            if d.start > last.end and re.fullmatch(r"\s*(?:and|to|until|till|-|–|,)\s*(?:in\s+)?", text.text[last.end : d.start])
        ]
        return [last, *more]
    between = [d for d in found if m.end() <= d.start < from_]
    head = [d for d in found if d.end <= m.start() and m.start() - d.end < 70]
    return between or head[-1:]


def _span_of(kind: str, dates: list[DateMention]) -> tuple[str | None, str | None]:
    """Since and until of a tenure, by the sort of change and the words before the dates."""
    if not dates or not dates[0].edtf:
        return None, None
    first = dates[0]
    edtf = dates[0].edtf
    if kind == "left":
        if "/" in edtf and not edtf.startswith("..") and not edtf.endswith("..") and len(dates) == 1 and first.relation == "for":
            return edtf.split("/")[0], edtf.split("/")[1]
        return None, edtf.removesuffix("/..").removeprefix("../") or None
    if "/" in edtf and not edtf.startswith("..") and not edtf.endswith("..") and kind == "holds":
        since, until = edtf.split("/")
        return since, until
    if first.relation in ("until", "by"):
        return None, edtf.removeprefix("../")
    end = next((d.edtf for d in dates[1:] if d.relation in ("until", "at")), None) if kind == "holds" else None
    return edtf.removesuffix("/..") or None, end.removeprefix("../") if end else None


def _modality(text: AnnotatedText, sentence: Sentence, m: re.Match[str]) -> str:
    left, _ = clauses.clause(text, sentence, m.start(), m.end())
    return clauses.modality(text, left, m.end() + 30, m.start() + (3 if m.group().lower().startswith(("is ", "be ")) else 0))
