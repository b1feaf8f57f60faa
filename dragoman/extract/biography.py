"""Biographies: where and when somebody was born, and where educated. Offices are tenures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from dragoman.extract.frame import actor_ref, claim_base, lexicon, matches
from dragoman.model.annotations import Actor, AnnotatedText, DateMention, MentionType, Sentence
from dragoman.model.claims import Biography
from dragoman.model.documents import Zone
from dragoman.reference.scan import Words

_BORN = Words(
    re.compile(
        r"\b(?:(?:was|were|is) born|[Bb]orn|Date (?:and place )?of birth|Place (?:and date )?of birth|a native of|originally from|"
        r"hails from)\b"
    )
)
_NATIVE = re.compile(r"native of|from$")
_HEADING = re.compile(r"^\W*(?:Education|Studies|Academic (?:background|record)|Qualifications)\b", re.I)
_YEARS = re.compile(r"^\W*(?:(?:\d{4}|[A-Z][a-z]+ \d{4})\s*[–—-]\s*)?(\d{4})\s*[–—:-]\s+")
_NAME = re.compile(r"[A-Z][\w’'.&-]*(?:(?:\s+(?:of|for|and|the|de|da|do|des|du|la|in|named after)){0,3}\s+[A-Z][\w’'.&-]*){0,9}")


_THE_AUTHOR = re.compile(r"\b(?:[Tt]he (?:author|writer)|[Aa]uthor)\b")
_SHE = re.compile(r"\s*(?:He|She)\b")
_PLACE_OF_STUDY = re.compile(r"\b(?:a student of|student|studied|studying)\b[^.;,()]{0,50}? (?:at|in) ")
_SERVICE = re.compile(r"\bjoined the (?:[\w’'-]+ ){0,4}?(?:foreign (?:ministry|service)|diplomatic (?:service|corps)|civil service)", re.I)
_SELF = re.compile(r"\b(?:I|As a student|as a student)\b")
_KIN = re.compile(
    r"\b(?P<family>[A-Z][\w’'-]+(?: [A-Z][\w-]+)?)[’']s (?:eldest |youngest |elder |younger |only )?"
    r"(?:son|daughter|wife|husband|brother|sister|widow|mother|father),? (?P<given>[A-Z][\w-]+(?: [A-Z][\w-]+)?),? (?:who |was |is |\(|$)"
)


@cache
def _patterns() -> tuple[Words, Words]:
    words = lexicon(__file__)
    return Words(re.compile(rf"\b(?:{words['institutions']})\b")), Words(re.compile(rf"\b(?:{words['studies']})(?:\b|(?<=\.))"))


def extract(text: AnnotatedText) -> Iterator[Biography]:
    """Births and studies of the persons named."""
    institution, studies = _patterns()
    births, schools = matches(text, _BORN), matches(text, institution)
    section = None
    for sentence in text.sentences:
        heading = _HEADING.match(sentence.text)
        if heading:
            section = sentence.paragraph
        if sentence.index in births:
            yield from _born(text, sentence, births[sentence.index][0])
        if sentence.index in schools:
            ahead = text.text[max(0, sentence.start - 9) : sentence.start]
            listed = section is not None and bool(
                _YEARS.match(ahead.lstrip()) or _YEARS.match(sentence.text[heading.end() :] if heading else sentence.text)
            )
            if listed or studies.search(text.text, sentence.start, sentence.end):
                yield from _education(text, sentence, institution, studies, listed)
        elif "stud" in sentence.text:
            yield from _studied_in(text, sentence)
        if "joined" in sentence.text:
            yield from _joined(text, sentence)


def _born(text: AnnotatedText, sentence: Sentence, born: re.Match[str]) -> Iterator[Biography]:
    person = _person(text, sentence, born.start())
    if person is None:
        return
    right = min(sentence.end, born.end() + 120)
    stop = re.compile(r"[;]|\.\s|, (?!on\b|in\b|\d)(?:he|she|who|where|and)\b").search(text.text, born.end(), right)
    right = stop.start() if stop else right
    dates = [d for d in text.dates_in(born.end(), right) if d.edtf and "/" not in d.edtf and not d.recurring]
    places = text.mentions_in(born.end(), right, MentionType.PLACE)
    if dates and not _NATIVE.search(born.group()):
        yield _claim(text, born.start(), dates[0].end, person, "born", dates[0].edtf or "", None, "born")
    if places:
        first = places[0]
        yield _claim(text, born.start(), first.end, person, "birthplace", first.name, None, "birthplace")
    elif not dates or _NATIVE.search(born.group()):
        name = re.compile(r"\s+(?:in\s+)?((?:[A-Z][\w’'-]+ ?){1,4})").match(text.text, born.end(), right)
        if name and not text.mentions_in(name.start(1), name.end(1), MentionType.PERSON):
            yield _claim(text, born.start(), name.end(1), person, "birthplace", name[1].strip(), None, "birthplace")


def _education(text: AnnotatedText, sentence: Sentence, institution: Words, studies: Words, listed: bool) -> Iterator[Biography]:
    """A claim for each institution after a word of study; in a list of studies, for each line."""
    seen: set[str] = set()
    for name in _NAME.finditer(text.text, sentence.start, sentence.end):
        if not institution.search(name.group()) or name.group() in seen:
            continue
        before = text.text[max(sentence.start, name.start() - 110) : name.start()]
        if not listed and (
            not studies.search(before)
            or re.search(r"\b(?:spoke|rector|professor|lectur\w+|teach\w*|taught|opened|visited|dean|headed)\b", before[-60:])
        ):
            continue
        person = _person(text, sentence, name.start())
        if person is None:
            continue
        seen.add(name.group())
        start = sentence.start if listed else max(sentence.start, sentence.start + sentence.text.rfind(before))
        found = studies.search(text.text, start, name.start())
        date = _year(text, sentence, name)
        end = max(name.end(), date.end if date and name.end() <= date.start < name.end() + 40 else 0)
        yield _claim(
            text,
            found.start() if found and not listed else sentence.start,
            end,
            person,
            "education",
            _trimmed(name.group()),
            date.edtf if date else None,
            "education",
        )


def _studied_in(text: AnnotatedText, sentence: Sentence) -> Iterator[Biography]:
    """Studies of which only the place is named."""
    m = _PLACE_OF_STUDY.search(sentence.text)
    places = text.mentions_in(sentence.start + m.end(), min(sentence.end, sentence.start + m.end() + 40), MentionType.PLACE) if m else []
    person = _person(text, sentence, sentence.start + m.end()) if m and places else None
    if m is not None and person is not None and places[0].start - sentence.start - m.end() < 2:
        start, end = sentence.start + m.start(), places[0].end
        date = next((d for d in text.dates_in(sentence.start, sentence.end) if d.edtf and not d.recurring), None)
        yield _claim(text, start, end, person, "education", text.text[start:end], date.edtf if date else None, "education")


def _joined(text: AnnotatedText, sentence: Sentence) -> Iterator[Biography]:
    """The year in which somebody entered a service."""
    m = _SERVICE.search(sentence.text)
    dates = [d for d in text.dates_in(sentence.start, sentence.end) if d.edtf and not d.recurring] if m else []
    person = _person(text, sentence, sentence.start + m.start()) if m and dates else None
    if m is not None and person is not None:
        date = min(dates, key=lambda d: abs(d.start - sentence.start - m.end()))
        start, end = sentence.start + m.start(), sentence.start + m.end()
        yield _claim(
            text, start, max(end, date.end if 0 <= date.start - end < 12 else end), person, "career", m.group(), date.edtf, "career"
        )


def _year(text: AnnotatedText, sentence: Sentence, name: re.Match[str]) -> DateMention | None:
    """The date beside an institution: after it in the same clause, else the one before it."""
    dates = [d for d in text.dates_in(sentence.start, sentence.end) if d.edtf and not d.recurring]
    after = [d for d in dates if 0 <= d.start - name.end() < 60 and ";" not in text.text[name.end() : d.start]]
    before = [d for d in dates if 0 <= name.start() - d.end < 90]
    return after[0] if after else before[-1] if before else None


def _trimmed(name: str) -> str:
    return re.sub(r"\s+(?:of|for|and|the|in|de)$", "", name).strip(" .,")


def _person(text: AnnotatedText, sentence: Sentence, at: int) -> Actor | None:
    """The person of the sentence before the words, else after them, else the one that the text before speaks of."""
    known = _author(text, sentence, at) or _relative(text, sentence, at)
    if known is not None:
        return known
    people = [a for a in text.actors if (a.kind == "person" and a.name) or (a.kind == "pronoun" and a.name)]
    inside = [a for a in people if sentence.start <= a.start and a.end <= sentence.end]
    before = [a for a in inside if a.start < at]
    if before:
        return before[-1] if len({a.name for a in before}) == 1 else _subject(sentence, before, at) or before[-1]
    after = [a for a in inside if a.start >= at]
    lead = re.match(r"\s*(?:Born|A native|A graduate|Having|After|Educated)\b", sentence.text)
    if after and lead:
        return after[0]
    if sentence.tokens and not any(t.dep.startswith("nsubj") and t.start < at for t in sentence.tokens):
        earlier = [a for a in people if a.end <= sentence.start]
        return earlier[-1] if earlier else None
    return None


def _author(text: AnnotatedText, sentence: Sentence, at: int) -> Actor | None:
    """The author of an article, in the lines about him and where he speaks of himself."""
    name = text.document.author
    if not name:
        return None
    lead = text.text[sentence.start : at]
    before = text.sentences[sentence.index - 1].text if sentence.index else ""
    about = sentence.zone == Zone.ABOUT or _THE_AUTHOR.search(lead) or (_SHE.match(lead) and _THE_AUTHOR.search(before))
    if about or _SELF.search(lead):
        found = next((a for a in text.actors if a.kind == "person" and a.name == name), None)
        return found or Actor(sentence.start, sentence.start + 1, name, name, "person")
    return None


def _relative(text: AnnotatedText, sentence: Sentence, at: int) -> Actor | None:
    """ "Kane's son Babacar, who ...": a relative with the family's name."""
    m = _KIN.search(text.text[sentence.start : at])
    if m is None:
        return None
    start = sentence.start + m.start("given")
    name = m["given"] if " " in m["given"] else f"{m['given']} {m['family'].split()[-1]}"
    return Actor(start, start + len(m["given"]), m["given"], name, "person")


def _subject(sentence: Sentence, actors: list[Actor], at: int) -> Actor | None:
    for token in reversed(sentence.tokens):
        if token.dep.startswith("nsubj") and token.end <= at:
            return next((a for a in actors if a.start <= token.start < a.end), None)
    return None


def _claim(text: AnnotatedText, start: int, end: int, person: Actor, prop: str, value: str, date: str | None, rule: str) -> Biography:
    return Biography(
        **claim_base(text, start, end),
        person=actor_ref(person),
        property=prop,
        value=value,
        date=date,
        confidence=0.75,
        rules=(rule, f"person:{person.resolved or 'named'}", *(("dated",) if date else ())),
    )
