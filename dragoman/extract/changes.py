"""Offices by verbs: becoming, being and ceasing to be, appointing and dismissing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from dragoman.extract import clauses
from dragoman.extract.frame import actor_ref, claim_base, lexicon, matches
from dragoman.extract.known import Known, of_short
from dragoman.model.annotations import Actor, AnnotatedText, DateMention, Sentence, Stated
from dragoman.model.claims import Tenure
from dragoman.reference.scan import Words

SHEET = str(Path(__file__).with_name("tenure.py"))


@cache
def bare() -> frozenset[str]:
    """Words of office that say nothing without their body."""
    return frozenset(lexicon(SHEET)["bare"])


_PASSIVE = re.compile(r"\b(?:was|were|is|are|be|been|being|got)\s+(?:\w+\s+){0,2}$", re.I)
_OBJECT = re.compile(r"\s*(?:(?:the|his|her|its|their|a|an|new|long-serving|former|Mr\.?|Ms\.?|Mrs\.?|Dr\.?)\s+){0,4}$")
_ONCE = re.compile(r"\b(?:formerly|previously|once|until (?:recently|then))\s*$", re.I)
_AT_THE_TIME = re.compile(r" (?:of \w+ )?(?:at (?:that|the) time|then)\b")
_OWN = re.compile(
    r"office|inaugurat|duties|job|portfolio|elect|resign|stepped|steps|term|dismiss|sacked|sworn|stood down|retire|reliev|post"
)
_GLUE = re.compile(
    r"[\s,]*(?:(?:as|to|by \w+|the|an?|acting|interim|"
    r"its|his|her|their|our|twice|again|first|then|also|still|of|post|office|position|rank|concurrently|"
    r"previously|currently|now|from|since|between|until|in|\w+ly)\s*){0,7}"
)
_NEXT = re.compile(
    r"[\s,;]*(?:(?:and|as well as|then|later|before that|subsequently|from|between|in|since|until|as|the|an?|also)[\s,]*){0,5}"
)


@cache
def _triggers() -> tuple[Words, dict[str, str], frozenset[str]]:
    words = lexicon(SHEET)
    change = {w.lower(): c for c, ws in words["changes"].items() for w in ws}
    change |= {w.lower(): "holds" for w in (*words["held"], *words["in_post"])}
    pattern = "|".join(re.escape(w) for w in sorted(change, key=len, reverse=True))
    return Words(re.compile(rf"\b(?:{pattern})\b", re.I)), change, frozenset(words["transitive"])


def triggers(text: AnnotatedText) -> dict[int, list[re.Match[str]]]:
    """The verbs of each sentence, by its number."""
    return matches(text, _triggers()[0])


def find(text: AnnotatedText, sentence: Sentence, m: re.Match[str], taken: set[tuple[str, int]], known: Known) -> list[Tenure]:
    """The tenures that one verb states; the offices that it used are added to `taken` as (person, place)."""
    _, change, transitive = _triggers()
    word = " ".join(m.group().lower().split())
    found = list(_transitive(text, sentence, m, change[word], taken)) if word in transitive else []
    if found or (word in transitive and not _reduced(text, sentence, m)):
        return found
    return list(_verb(text, sentence, m, change[word], taken, known))


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
    after = offices(text, sentence, target.end)
    own = next((s for s in target.stated if s.position != "counterpart"), None)
    dates = dates_of(text, sentence, m, after[-1][0].end if after else target.end)
    if after:
        for stated, near in after:
            taken.add((target.name or "", stated.start))
            yield tenure(text, sentence, m, target, stated.position, stated, kind, near or dates, "transitive")
        return
    heir = re.search(r"\bto (?:succeed|replace)\b", text.text[target.end : min(sentence.end, target.end + 90)])
    if kind == "left" and (own or target.position):
        if own:
            taken.add((target.name or "", own.start))
        yield tenure(text, sentence, m, target, own.position if own else target.position or "", own, kind, dates, "transitive")
    elif kind == "appointed" and heir:
        old = next((a for a in text.actors_in(target.end, sentence.end) if a.kind == "person" and a.name and a.position), None)
        if old and old.name != target.name:
            yield tenure(text, sentence, m, target, old.position or "", None, kind, dates, "heir")


def _verb(
    text: AnnotatedText, sentence: Sentence, m: re.Match[str], kind: str, taken: set[tuple[str, int]], known: Known
) -> Iterator[Tenure]:
    """One verb: its subject, the offices after it, the dates beside it."""
    subject = subject_of(text, sentence, m.start())
    if subject is None or _possessed(text, subject, m):
        return
    following = offices(text, sentence, m.end())
    in_post = " ".join(m.group().lower().split()) in lexicon(SHEET)["in_post"]
    if in_post:
        following = []
    elif kind == "holds" and (not following or following[0][0].start - m.end() > 45):
        return
    dates = dates_of(text, sentence, m, following[-1][0].end if following else m.end())
    if not following:
        yield from _bare(text, sentence, m, kind, subject, dates, known)
        return
    for stated, near in following:
        taken.add((subject.name or "", stated.start))
        weak = stated.position in bare() and not stated.organization
        if kind == "holds" and weak and not (near or dates):
            continue
        change = kind
        if kind == "holds" and _ONCE.search(text.text[m.end() : stated.start]):
            change = "left"
        claim = tenure(text, sentence, m, subject, stated.position, stated, change, near or dates, "verb")
        if kind == "holds" and claim.since and _AT_THE_TIME.match(text.text, stated.end):
            claim = replace(claim, since=None, until=None, date=claim.since)
        yield claim


def _possessed(text: AnnotatedText, subject: Actor, m: re.Match[str]) -> bool:
    """Whether the person only owns the subject: "Salonen's party was"."""
    gap = text.text[subject.end : m.start()]
    return bool(re.match(r"['’]s?\s+\w", gap)) and subject.resolved != "pronoun"


def tenure(
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
    """A claim of an office that a verb states, with its dates."""
    since, until = span_of(kind, dates)
    ends = [x for x in (m.end(), who.end if 0 <= who.end - m.start() < 160 else m.end(), stated.end if stated else m.end())]
    ends += [d.end for d in dates if sentence.start <= d.start and d.start < max(ends) + 40]
    start = min(who.start, m.start()) if sentence.start <= who.start and abs(m.start() - who.start) < 80 else m.start()
    state = (stated.state if stated else None) or (None if stated and stated.organization else who.state)
    day = dates[0].edtf if dates and kind == "holds" and since is None and until is None else None
    return Tenure(
        **claim_base(text, start, min(max(ends), sentence.end)),
        person=replace(actor_ref(who), position=position),
        position=position,
        organization=(stated.organization or of_short(text, stated.end) if stated else who.organization),
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
    text: AnnotatedText, sentence: Sentence, m: re.Match[str], kind: str, subject: Actor, dates: list[DateMention], known: Known
) -> Iterator[Tenure]:
    """"Left office", "took office", "triumphed in the presidential elections": the office is the person's own."""
    phrase = text.text[m.start() : min(m.end() + 40, sentence.end)].lower()
    if kind == "left":  # "had been minister since 2021 and was relieved": the beginning is not the end
        dates = [d for d in dates if d.relation != "since" or d.start > m.end()]
    told = None if subject.position else known.of(subject.name, m.start())
    if told:
        subject = replace(subject, position=told.position, organization=told.organization, state=subject.state or told.state)
    own = subject.position
    if "presiden" in phrase and kind in ("elected", "reelected"):
        own = "president"
    if not own or not _OWN.search(phrase) or (kind == "holds" and not any(d.relation == "since" for d in dates)):
        return
    if re.search(r"\b(?:newly|freshly)[\s-]+$", text.text[max(0, m.start() - 9) : m.start()]):
        return
    if re.search(r"government|cabinet|parliament", text.text[max(0, m.start() - 25) : m.start()].lower()):
        return
    yield tenure(
        text, sentence, m, replace(subject, position=own), own.split(" to ")[0] if kind == "elected" else own, None, kind, dates, "bare"
    )


def subject_of(text: AnnotatedText, sentence: Sentence, pos: int) -> Actor | None:
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


def offices(text: AnnotatedText, sentence: Sentence, pos: int) -> list[tuple[Stated, list[DateMention]]]:
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


_AND_FROM = re.compile(r",?\s+and\b")
_PUT_IN = re.compile(r", (?:who|which|formerly|previously)\b[^,;]*$")


def dates_of(text: AnnotatedText, sentence: Sentence, m: re.Match[str], from_: int) -> list[DateMention]:
    """The dates of a change: right after the office, else between, else at the head of the sentence."""
    found = [d for d in text.dates_in(sentence.start, sentence.end) if d.edtf and not d.recurring]
    close = [d for d in found if 0 <= d.start - from_ <= 30 and not re.search(r"[;.]| who | which | when ", text.text[from_ : d.start])]
    head = [d for d in found if d.end <= m.start() and m.start() - d.end < 70 and not _within(text, sentence, d, m)]
    ranged = head[-1:] if head and "/" in (head[-1].edtf or "") and ".." not in (head[-1].edtf or "") else []
    if close and ranged and _AND_FROM.match(text.text, from_, close[0].start + 1):
        return ranged  # "from 2019 to 2022 she was ambassador, and from 2022 she served as": the second is of the other office
    if close:
        last = close[0]
        more = [
            d
            for d in found
            if d.start > last.end and re.fullmatch(r"\s*(?:and|to|until|till|-|–|,)\s*(?:in\s+)?", text.text[last.end : d.start])
        ]
        return [last, *more]
    between = [d for d in found if m.end() <= d.start < from_]
    return between or head[-1:]


def _within(text: AnnotatedText, sentence: Sentence, date: DateMention, m: re.Match[str]) -> bool:
    """Whether a date before a verb belongs to a clause put in before it: "X, who was minister in 2009, is now chairman"."""
    return bool(_PUT_IN.search(text.text[sentence.start : date.start])) and "," in text.text[date.end : m.start()]


def span_of(kind: str, dates: list[DateMention]) -> tuple[str | None, str | None]:
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
