"""Contacts: calls, meetings, talks, visits, summits, forums, letters, with who, when and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from dragoman.extract import clauses
from dragoman.extract.frame import actor_ref, claim_base, lexicon
from dragoman.model.annotations import Actor, AnnotatedText, MentionType, Sentence
from dragoman.model.claims import Contact, PlaceRef
from dragoman.reference.slug import slug

PEOPLE = ("person", "office", "group", "pronoun")
_WITH = re.compile(r"\b(?:with|between|of|and|by)\b")
_HOST_WORDS = re.compile(r"\b(?:received|receives|receive|hosted|summoned|summons|greeted|welcomed|bade farewell)\b", re.I)
_PASSIVE = re.compile(r"\b(?:was|were|been|be|is|are)\s+(?:\w+\s+)?$", re.I)
_HERE = re.compile(r"\b(?:our country|here|our capital|this country)\b")


@cache
def _triggers() -> tuple[re.Pattern[str], dict[str, str]]:
    modes = {w: mode for mode, words in lexicon(__file__)["modes"].items() for w in words}
    return re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(modes, key=len, reverse=True))) + r")\b"), modes


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = lexicon(__file__)
    nouns = re.compile(r"\b(?:" + "|".join(words["pair_nouns"]) + r")$", re.I)
    return re.compile(words["idioms"], re.I), re.compile(words["bodies"]), nouns


def extract(text: AnnotatedText) -> Iterator[Contact]:
    """One contact for each trigger that has its people."""
    pattern, modes = _triggers()
    idioms, _, _ = _patterns()
    for sentence in text.sentences:
        quoted = _quoted(text, sentence)
        done = 0
        for m in pattern.finditer(text.text, sentence.start, sentence.end):
            if m.start() < done or idioms.match(text.text, m.start()):
                continue
            contact = _contact(text, sentence, m, modes[m.group()], quoted)
            if contact:
                done = m.end()
                yield contact


def _quoted(text: AnnotatedText, sentence: Sentence) -> bool:
    return sentence.speaker is not None or any(q.direct and q.start < sentence.end and sentence.start < q.end for q in text.quotes)


def _contact(text: AnnotatedText, sentence: Sentence, m: re.Match[str], mode: str, quoted: bool) -> Contact | None:
    left, right = clauses.clause(text, sentence, m.start(), m.end())
    found = {"visit": _visit, "letter": _letter, "summit": _body, "forum": _body}.get(mode, _meeting)(text, sentence, m, left, right, mode)
    if not found:
        return None
    participants, host, start, end, rules = found
    date = clauses.date_of(text, sentence, left, right, m.start())
    where = clauses.place_of(text, left, right, m.start())
    if date and left <= date.start < right:
        start, end = min(start, date.start if start - date.end < 20 else start), max(end, date.end if date.start - end < 60 else end)
    if where and 0 <= where.start - end < 25:
        end = where.end
    modality = clauses.modality(text, left, right, m.start())
    kinds = lexicon(__file__)["visit_types"]
    around = text.text[max(left, m.start() - 25) : m.end() + 12].lower()
    visit_type = next((t for t, words in kinds.items() if mode == "visit" and any(w in around for w in words)), None)
    edtf = date.edtf if date else _implied(text, sentence, modality)
    if edtf and modality == "planned" and date and date.relation == "since":
        edtf = None
    return Contact(**claim_base(text, start, end), mode=_mode(text, left, right, mode), participants=tuple(actor_ref(a) for a in participants), visit_type=visit_type,
                   host=host, place=PlaceRef(where.name, where.state) if where else None, date=edtf, occasion=_occasion(text, left, right),
                   modality=modality, rules=(mode, m.group().lower(), *rules), confidence=0.75 if len(participants) > 1 else 0.6)


def _mode(text: AnnotatedText, left: int, right: int, mode: str) -> str:
    if mode in ("meeting", "talks") and re.search(r"video|virtual|online", text.text[left:right], re.I):
        return "video"
    if mode in ("meeting", "talks") and re.search(r"\b(?:by|over the) (?:tele)?phone\b", text.text[left:right]):
        return "call"
    return mode


def _implied(text: AnnotatedText, sentence: Sentence, modality: str) -> str | None:
    """A report's opening without a date tells of its own day; further down nothing is implied."""
    document = text.document
    if modality == "actual" and document.published and len(document.published) == 10 and (sentence.index < 4 or re.search(r"\btoday\b|\bthis (?:morning|afternoon|evening)\b", sentence.text)):
        return document.published
    return None


def _people(actors: list[Actor]) -> list[Actor]:
    """Participants: persons and groups first; states and bodies only where no person is named."""
    one = [a for a in clauses.flat(actors) if a.name or a.kind == "office"]
    persons = [a for a in one if a.kind in ("person", "office")]
    if not persons:
        return [a for a in one if a.kind in ("state", "organization")]
    return persons + [a for a in one if a.kind in ("state", "organization") and len(persons) == 1 and a.state not in {p.state for p in persons}][:1]


def _subject(text: AnnotatedText, sentence: Sentence, m: re.Match[str], left: int) -> list[Actor]:
    """Those before the verb: in its clause, else the subject of the sentence."""
    near = clauses.before(text, m.start(), left, 70)
    if near:
        return near
    for token in sentence.tokens:
        if token.dep.startswith("nsubj") and token.end <= m.start() and m.start() - token.end < 220:
            hit = [a for a in text.actors_in(sentence.start, m.start()) if a.start <= token.start < a.end]
            if hit and sentence.tokens[token.head].start <= m.end():
                return clauses.before(text, hit[0].end, sentence.start, 1) or hit
    if left > sentence.start and text.text[left - 5 : left].strip(" ,") in ("who", "whose", "which", "where", "when", "after", "before", "while", "but"):
        return [a for a in text.actors_in(sentence.start, left) if a.kind in PEOPLE][-1:]
    return []


def _meeting(text: AnnotatedText, sentence: Sentence, m: re.Match[str], left: int, right: int, mode: str):  # type: ignore[no-untyped-def]
    """Meetings, talks and calls: subject and object, "between A and B", "the two leaders met"."""
    _, bodies, nouns = _patterns()
    word = m.group()
    ahead = [a for a in clauses.after(text, m.end(), sentence.end, 45) if a.kind != "pronoun" or a.name]
    lead = text.text[m.end() : ahead[0].start] if ahead else ""
    noun = bool(nouns.search(word)) and not word.startswith(("met", "meet", "held", "hold", "had"))
    if noun and ahead and not re.search(r"\b(?:with|between|of|and|by|to)\b", lead + " "):
        ahead = []
    subject = _subject(text, sentence, m, left)
    if noun and re.search(r"\bbetween\b", lead):
        subject = []
    if _PASSIVE.search(text.text[left : m.start()]) and _HOST_WORDS.fullmatch(word) and not re.search(r"\bby\b", lead):
        return None
    people = _people([*subject, *ahead])
    if len(people) < 2:
        body = next((a for a in text.actors_in(left, right) if a.kind == "organization" and bodies.search(a.name or "")), None)
        if body and word in ("session", "meeting", "met", "meetings", "meets", "meet", "talks"):
            return [body], None, min(m.start(), body.start), max(m.end(), body.end), ("body",)
        return None
    if len(people) > 4 or not any(p.kind in PEOPLE for p in people) and word in ("phone", "session", "talks", "meeting", "received", "Conference", "hosted"):
        return None
    if len({p.name for p in people if p.name}) < 2 and all(p.name for p in people):
        return None
    spans = [a for a in (*subject, *ahead) if sentence.start <= a.start < sentence.end]
    start, end = min([m.start(), *(a.start for a in spans)]), max([m.end(), *(a.end for a in spans)])
    return people, None, start, end, ("pair",) if ahead and subject else ("group",)


def _letter(text: AnnotatedText, sentence: Sentence, m: re.Match[str], left: int, right: int, mode: str):  # type: ignore[no-untyped-def]
    people = _people([*_subject(text, sentence, m, left), *clauses.after(text, m.end(), sentence.end, 30)])
    if len(people) < 2 or not any(p.kind in PEOPLE for p in people):
        return None
    return people, None, m.start(), m.end(), ("letter",)


def _destination(text: AnnotatedText, m: re.Match[str], right: int) -> tuple[str | None, int]:
    """The host state of a visit and the end of the words that name it: "to Dakar", "visited Canberra", "to the province of Mendoza"."""
    word = m.group()
    for x in text.mentions_in(m.end(), right, MentionType.PLACE, MentionType.STATE, MentionType.DEMONYM):
        glue = text.text[m.end() : x.start]
        direct = word.endswith(("to", "in", "at", "of", "from", "visited", "visiting", "visit", "visits"))
        if len(glue) > 60 or not (direct and re.fullmatch(r"\s+(?:the\s+)?(?:\w+\s+){0,2}(?:of\s+)?(?:the\s+)?", glue) or re.search(r"\b(?:to|in|at)\s+(?:the\s+)?(?:\w+\s+){0,3}(?:of\s+)?$", glue)):
            continue
        return x.state, x.end
    here = _HERE.search(text.text, max(0, m.start() - 25), right)
    return (text.home, here.end()) if here and text.home else (None, m.end())


def _visit(text: AnnotatedText, sentence: Sentence, m: re.Match[str], left: int, right: int, mode: str):  # type: ignore[no-untyped-def]
    """Visits: the visitors are the subject or the owner of the noun; the host is the state of the destination."""
    host, end = _destination(text, m, sentence.end)
    subject = _subject(text, sentence, m, left)
    owner = re.match(r"\s+(?:of|by)\s+", text.text[m.end() : m.end() + 8])
    if owner and not m.group().endswith(("to", "in")):
        ahead = clauses.after(text, m.end(), sentence.end, 12)
        if ahead:
            subject = ahead
            host = host or _host_after(text, ahead[-1].end, right)
    if text.text[max(0, m.start() - 40) : m.start()].rstrip().lower().endswith(("invited him to", "invited her to", "invited his counterpart to")):
        subject = [a for a in text.actors_in(left, m.start()) if a.name][-1:]
    people = [a for a in clauses.flat(subject) if a.kind in PEOPLE and (a.name or a.kind == "office")]
    if not people or host is None and m.group() in ("visit", "visits", "trip", "visiting", "go to", "going to", "went to", "paid a"):
        return None
    people = [p for p in people if p.state != host or p.state is None][:3]
    if not people:
        return None
    if host is None or host == people[0].state:
        return None
    start = min([m.start(), *(a.start for a in subject if sentence.start <= a.start and m.start() - a.start < 120)])
    return people, host, start, max(end, m.end()), ("visit",)


def _host_after(text: AnnotatedText, pos: int, right: int) -> str | None:
    for x in text.mentions_in(pos, right, MentionType.PLACE, MentionType.STATE):
        if re.fullmatch(r"(?:['’]s official visit)?\s+to\s+(?:the\s+)?", text.text[pos : x.start]):
            return x.state
    return None


def _body(text: AnnotatedText, sentence: Sentence, m: re.Match[str], left: int, right: int, mode: str):  # type: ignore[no-untyped-def]
    """A summit or forum that is held, hosted or opened: it stands for itself where no person is named."""
    if not re.search(r"\b(?:held|host(?:s|ed)?|opened|opens|took place|take place|takes place|convene[ds]?|attend(?:s|ed)?|gather(?:s|ed)?|due|will be|participat\w+|addressed)\b", text.text[left:right]):
        return None
    name = next((a for a in text.actors_in(left, right) if a.kind == "organization" and a.start <= m.start() < a.end), None)
    start = name.start if name else m.start()
    if not name:
        lead = re.search(r"(?:[A-Z][\w–\-'’]+\s+(?:and\s+|of\s+)?){1,6}$", text.text[left : m.start()])
        if not lead:
            return None
        start = left + lead.start()
    title = text.text[start : m.end()]
    body = Actor(start, m.end(), title, name.name if name else title, "organization", f"org:{slug(title)}")
    people = [a for a in clauses.flat(clauses.before(text, start, left, 40)) if a.kind in PEOPLE and a.name]
    return (people or [body]), None, start, m.end(), ("body",)


def _occasion(text: AnnotatedText, left: int, right: int) -> str | None:
    found = re.search(r"\b(?:\d{1,3}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)\s+(?:\w+\s+){0,2}"
                      r"(?:meeting|session|round|summit|forum|plenary session)(?:\s+of\s+the\s+[A-Z][\w\- ]{3,80})?", text.text[left:right])
    return " ".join(found.group().split()) if found else None


