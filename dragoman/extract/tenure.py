"""Offices: who holds one by a phrase ("President X"), and verbs of taking, holding and leaving one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from dragoman.extract import clauses
from dragoman.extract.frame import actor_ref, claim_base, lexicon
from dragoman.model.annotations import Actor, AnnotatedText, DateMention, Sentence, Stated
from dragoman.model.claims import Tenure

BARE = {"head", "director", "chair", "chairman", "member", "deputy", "secretary", "representative", "official", "officer", "adviser", "advisor", "leader", "minister",
        "spokesperson", "chief", "general", "head of delegation", "co-chair", "manager", "coordinator", "founder", "expert", "diplomat", "head of state", "head of government"}
_SUCCEED = re.compile(r"\b(?:(?P<passive>was|were|is|has been|had been|be) (?:succeeded|replaced|followed) by|(?P<active>succeed(?:s|ed)|replace(?:s|d)|takes? over from|took over from))\b")
_SINCE = re.compile(r"\b(?:since|from|as of|with effect from|on|in)\s*$", re.I)


@cache
def _triggers() -> tuple[re.Pattern[str], dict[str, str]]:
    words = lexicon(__file__)
    change = {w: c for c, ws in words["changes"].items() for w in ws}
    change |= {w: "holds" for w in words["held"]}
    pattern = "|".join(re.escape(w).replace(r"\.\.", r"\w+") for w in sorted(change, key=len, reverse=True))
    return re.compile(rf"\b(?:{pattern})\b", re.I), change


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(lexicon(__file__)["heads"], key=len, reverse=True))) + r")\b(?P<by>\s+(?:since \w+ )?by)?", re.I)


def extract(text: AnnotatedText) -> Iterator[Tenure]:
    """Tenures stated by phrases, then by verbs."""
    taken: set[tuple[str, int]] = set()
    by_verb = list(_verbs(text, taken))
    for actor in text.actors:
        if actor.kind == "person" and actor.name and actor.resolved in (None, "counterpart"):
            for stated in actor.stated:
                if (actor.name, stated.start) not in taken:
                    yield from _phrase(text, actor, stated)
    yield from by_verb


def _phrase(text: AnnotatedText, actor: Actor, stated: Stated) -> Iterator[Tenure]:
    if stated.position == "counterpart" or stated.position in BARE and not stated.organization and not (stated.state and stated.position == "minister"):
        return
    position = f"{stated.position}-elect" if stated.designate and "elect" not in stated.position else stated.position
    yield Tenure(**claim_base(text, actor.start, actor.end), person=replace(actor_ref(actor), position=position), position=position,
                 organization=stated.organization, state=stated.state, acting=stated.acting, change="left" if stated.former else "holds",
                 rules=("phrase", *(("counterpart",) if actor.resolved == "counterpart" else ()), *(("state",) if stated.state else ())),
                 confidence=0.9 if stated.state else 0.75)


def _verbs(text: AnnotatedText, taken: set[tuple[str, int]]) -> Iterator[Tenure]:
    pattern, change = _triggers()
    for sentence in text.sentences:
        people = [a for a in text.actors_in(sentence.start, sentence.end) if a.kind == "person"]
        if not people:
            continue
        done = sentence.start
        for m in pattern.finditer(text.text, sentence.start, sentence.end):
            if m.start() < done:
                continue
            word = m.group().lower()
            kind = change.get(word) or next((c for w, c in change.items() if ".." in w and re.fullmatch(re.escape(w).replace(r"\.\.", r"\w+"), word)), "holds")
            found = list(_verb(text, sentence, m, kind, taken))
            if found:
                done = m.end()
            yield from found
        yield from _succession(text, sentence)


def _verb(text: AnnotatedText, sentence: Sentence, m: re.Match[str], kind: str, taken: set[tuple[str, int]]) -> Iterator[Tenure]:
    """One verb: its subject, the offices after it, the dates beside it."""
    subject = _subject(text, sentence, m.start())
    if subject is None:
        return
    left, right = sentence.start, sentence.end
    following = _offices_after(text, m.end(), right)
    adverb = len(text.text[m.end() : following[0].start]) if following else 0
    if kind == "holds" and (not following or adverb > 45):
        return
    dates = _dates(text, sentence, m, left, right, following[-1].end if following else m.end())
    if not following:
        yield from _bare(text, sentence, m, kind, subject, dates)
        return
    for stated in following:
        taken.add((subject.name or "", stated.start))
        since, until = _span_of(kind, dates)
        if kind == "holds" and "was" in m.group().split() and since is None and until is None and stated.position in BARE and not stated.organization:
            continue
        end = max([stated.end, *(d.end for d in dates if d.start < stated.end + 40)])
        start = min(subject.start, m.start()) if sentence.start <= subject.start and m.start() - subject.start < 80 else m.start()
        yield Tenure(**claim_base(text, start, end), person=replace(actor_ref(subject), position=stated.position), position=stated.position,
                     organization=stated.organization, state=stated.state or subject.state, acting=stated.acting or "acting" in m.group().lower(),
                     change=kind, since=since, until=until, rules=("verb", m.group().lower(), *(("dated",) if dates else ())),
                     modality=_modality(text, sentence, m), confidence=0.8)


def _bare(text: AnnotatedText, sentence: Sentence, m: re.Match[str], kind: str, subject: Actor, dates: list[DateMention]) -> Iterator[Tenure]:
    """"Left office", "took office", "triumphed in the presidential elections": the office is the person's own."""
    phrase = text.text[m.start() : min(m.end() + 40, sentence.end)].lower()
    own = subject.position
    if "presiden" in phrase and kind in ("elected", "reelected"):
        own = "president"
    if not own or kind == "holds" or not re.search(r"office|election|resign|stepped|steps|re-?elect|term|dismiss|sacked|sworn|stood down|retire", phrase):
        return
    if re.search(r"government|cabinet|parliament", text.text[m.start() - 25 : m.start()].lower()):
        return
    since, until = _span_of(kind, dates)
    end = dates[-1].end if dates else m.end()
    start = subject.start if 0 <= m.start() - subject.start < 80 else m.start()
    yield Tenure(**claim_base(text, start, max(end, m.end())), person=actor_ref(subject), position=own.split(" to ")[0], organization=subject.organization,
                 state=subject.state, change=kind, since=since, until=until, rules=("bare", m.group().lower()), modality=_modality(text, sentence, m), confidence=0.7)


def _succession(text: AnnotatedText, sentence: Sentence) -> Iterator[Tenure]:
    """"Y was succeeded by X": X has Y's office from the day on which Y left it."""
    for m in _SUCCEED.finditer(text.text, sentence.start, sentence.end):
        after = [a for a in clauses.after(text, m.end(), sentence.end, 40) if a.kind == "person" and a.name]
        subject = _subject(text, sentence, m.start())
        if not after or subject is None or not after[0].name or after[0].name == subject.name:
            continue
        new, old = (after[0], subject) if m["passive"] else (subject, after[0])
        position = next((s.position for s in old.stated), None) or old.position or new.position
        if not position:
            continue
        found = [d for d in text.dates_in(sentence.start, sentence.end) if d.edtf and d.relation in ("at", "since", "after") and not d.recurring]
        since = found[0].edtf if found else None
        start = m.start() if m["passive"] else new.start if new.start >= sentence.start else m.start()
        yield Tenure(**claim_base(text, min(start, after[0].start), max(after[0].end, m.end())), person=replace(actor_ref(new), position=position), position=position,
                     organization=old.organization or new.organization, state=old.state or new.state, change="appointed", since=since, rules=("succession",), confidence=0.75)


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


def _offices_after(text: AnnotatedText, pos: int, limit: int) -> list[Stated]:
    """The offices after a verb, joined by "and"; each as its own phrase states it."""
    stated = sorted({s for a in text.actors_in(pos, limit) for s in a.stated if s.start >= pos and s.position != "counterpart"}, key=lambda s: s.start)
    out: list[Stated] = []
    at = pos
    for s in stated:
        glue = text.text[at : s.start]
        if not out and not re.fullmatch(r"[\s,]*(?:(?:as|to|in \d{4}|by \w+|the|an?|its|his|her|their|twice|again|first|then|also|still|of|post|office|position|\w+ly)\s*){0,6}", glue):
            break
        if out and not re.fullmatch(r"\s*(?:,|and|, and|as well as)\s*(?:as |then |the |an? |later )*", glue):
            break
        out.append(s)
        at = s.end
    return out


def _dates(text: AnnotatedText, sentence: Sentence, m: re.Match[str], left: int, right: int, from_: int) -> list[DateMention]:
    """The dates of a change: right after the office, else at the head of the sentence or between."""
    found = [d for d in text.dates_in(left, right) if d.edtf and not d.recurring]
    close = [d for d in found if 0 <= d.start - from_ <= 30 and not re.search(r"[;.]| who | which | when ", text.text[from_ : d.start])]
    if close:
        last = close[0]
        more = [d for d in found if d.start > last.end and re.fullmatch(r"\s*(?:and|to|until|till|-|–|,)\s*(?:in\s+)?", text.text[last.end : d.start])]
        return [last, *more]
    between = [d for d in found if m.end() <= d.start < from_]
    head = [d for d in found if d.end <= m.start() and m.start() - d.end < 70]
    return between or head[-1:]


def _span_of(kind: str, dates: list[DateMention]) -> tuple[str | None, str | None]:
    """Since and until of a tenure, by the sort of change and the words before the dates."""
    if not dates:
        return None, None
    first = dates[0]
    if kind == "left":
        return None, first.edtf
    if first.edtf and "/" in first.edtf and not first.edtf.startswith("..") and not first.edtf.endswith("..") and kind == "holds":
        since, until = first.edtf.split("/")
        return since, until
    if first.relation in ("until", "by"):
        return None, first.edtf.removeprefix("../") if first.edtf else None
    until = next((d.edtf for d in dates[1:] if d.relation in ("until", "at")), None) if kind == "holds" else None
    return (first.edtf or "").removesuffix("/..") or None, until


def _modality(text: AnnotatedText, sentence: Sentence, m: re.Match[str]) -> str:
    left, right = clauses.clause(text, sentence, m.start(), m.end())
    return clauses.modality(text, left, right, m.start())


