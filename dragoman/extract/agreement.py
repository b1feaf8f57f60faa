"""Agreements: what was signed, adopted, ratified, negotiated or planned between whom, and what is in force since when."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from dragoman.extract import titles
from dragoman.extract.frame import claim_base, lexicon, matches, phrases
from dragoman.extract.signatories import parties, signers
from dragoman.extract.titles import Title
from dragoman.model.annotations import AnnotatedText, DateMention, Sentence
from dragoman.model.claims import Agreement
from dragoman.model.documents import Evidence, Zone
from dragoman.reference.scan import Words

BASE = frozenset(("sign", "conclude", "ratify", "adopt", "approve", "initial", "negotiate", "finalise", "finalize", "endorse", "issue"))
WEAK = frozenset(("deal", "deals", "strategy", "ceasefire", "truce", "understanding", "minutes", "charter", "compact", "joint plan"))
KNOWN = 60  # titles named before to which a bare one may point
REACH = 170  # code points between a verb and the document that it acts on
_BE = re.compile(r"\b(?:was|were|is|are|be|been|being)\s+(?:(?:again|also|then|first|left|later|both|to be|jointly|\w+ly)\s+){0,2}$", re.I)
_FUTURE = re.compile(
    r"\b(?:will|shall|would|should|to be|is to|are to|plans? to|planned|expected|due|intends?|hopes? to|ready to|must|may|might|could|can|"
    r"soon|scheduled|wants? to|agreed to|prepar\w+|to|consider\w*|possibility|look(?:s|ed|ing)? forward|propos\w+|called for|calls? for|"
    r"urged|until|before)\s+(?:\S+\s+){0,3}$",
    re.I,
)
_TO_BE = re.compile(r"(?<!been )(?<!have )\bbe\s+(?:\w+ly\s+|also\s+)?$")
_WILL = re.compile(r"\b(?:will|would|shall|should|to|may|might|could|can)\s+(?:\w+\s+)?$")
_ONCE = re.compile(r"\b(?:once|when|if|after|as soon as)\b(?!.*\b(?:had|was|were)\b)", re.I)
_NEGATED = re.compile(r"\b(?:not|never|refused to|failed to|without|unable to|declined to|nor)\s+(?:\w+\s+){0,3}$", re.I)
_JOINED = re.compile(
    r"(?:\s*(?:[,;“”\"]|\band\b|\bas well as\b|\balong with\b|\btogether with\b|\bor\b))*\s*(?:(?:also|a|an|the|its|their|two|three|four|"
    r"five|several|another|new|inter-?governmental|joint|third|second|other)\s+){0,3}[“\"]?",
    re.I,
)
_RELATIVE = re.compile(r"\b(?:which|that|whose)\b")
_IT = re.compile(r"(?:It|They|The (?:document|documents|text|instrument|deal|accord)s?|Both documents|These)\b")
_NAMED_BY_DATE = re.compile(r"\s+of\s+(?:the\s+)?$")
_YEAR = re.compile(r"\b((?:19|20)\d\d)\s+$")
_SIGNED = re.compile(r"\bdocuments\b|:\s*$")
_OF_THEM = re.compile(r"(?:One|Another|The \w+|The \w+ \w+) of (?:them|these|those)\b")
_AMONG = re.compile(r"\b(?:among (?:them|these|those|which)|including|such as|one of them|notably)\b")
_TALKS = re.compile(r"\s+(?:\w+\s+)?(?:negotiations|talks|consultations|discussions|work)\b")  # what is launched is not the document
_PURPOSE = re.compile(r"\bstrategy (?:to [a-z]|for [a-z]+ing\b)")  # "agreed on a strategy to advance the talks" is no document
_ON_A_TRIP = re.compile(r"\bduring\s+(?:[^,.;]{1,60}['’]s?|his|her|their|the|a|an)\s+(?:\w+\s+){0,2}(?:visit|trip|stay|tour)\s+(?:to|in)\b")
_TEXTS = re.compile(r"\b(?:that|the|this) (?:text|document|instrument)\b")


@dataclass(frozen=True, slots=True)
class _Act:
    """A verb or noun of signing: its place, what it does, and whether the document stands before it."""

    start: int
    end: int
    action: str
    passive: bool
    noun: bool
    future: bool
    negated: bool
    pluperfect: bool


@cache
def _acts() -> tuple[Words, dict[str, tuple[str, str]]]:
    """Each word with its action and its form: `verb`, `noun` ("the signing of") or `state` ("in force")."""
    table = {
        w.lower(): (action, form) for form in ("verb", "noun", "state") for action, words in lexicon(__file__)[form].items() for w in words
    }
    words = phrases(table).replace(r"\ ", r"\s+")
    return Words(re.compile(rf"\b{words}\b", re.I)), table


def extract(text: AnnotatedText) -> Iterator[Agreement]:
    """One claim for each document and what is done with it; pointing words stand for the title named before."""
    known: deque[Title] = deque(maxlen=KNOWN)
    listing: _Act | None = None
    previous: list[Title] = []
    last: list[_Act] = []
    heads, verbs = titles.heads(text), matches(text, _acts()[0])
    for sentence in text.sentences:
        found = titles.in_sentence(text, sentence, heads[sentence.index]) if sentence.index in heads else []
        acts: list[_Act] = []
        if sentence.index in verbs:
            look = found or previous or listing or _SIGNED.search(sentence.text) or (known and _TEXTS.search(sentence.text))
            acts = list(_acts_in(text, sentence, verbs[sentence.index])) if look else []
        if listing and (acts or len(sentence.text) > 400):
            listing = None
        if listing and found and found[0].start - sentence.start < 60:
            yield from _claim(text, sentence, found[0], listing, known, acts)
        elif found or acts:
            yield from _itself(text, sentence, found)
            yield from _sentence(text, sentence, found, acts, known, previous)
        known.extend(t for t in found if not t.bare)
        if found or (previous and not _IT.match(sentence.text)):
            previous = found
        if (acts or last) and sentence.text.rstrip().endswith(":"):
            listing = (acts or last)[-1]
        last = acts


def _itself(text: AnnotatedText, sentence: Sentence, found: list[Title]) -> Iterator[Agreement]:
    """A document that is itself a declaration, by its heading."""
    if sentence.index > 1 or not found or found[0].type != "declaration" or found[0].start - sentence.start > 20:
        return
    title = found[0]
    if sentence.end - title.end > 120 or not re.fullmatch(r"(?:the )?(?:\S+ ){0,2}", text.text[sentence.start : title.start], re.I):
        return
    if sentence.zone is Zone.HEADING or sentence.text.isupper():
        published = text.document.published
        yield Agreement(
            **claim_base(text, title.start, title.end),
            title=title.words,
            type=title.type,
            parties=parties(text, sentence, title, title.start, title.end, True),
            action="adopted",
            date=published if published and len(published) == 10 else None,
            rules=("heading",),
            confidence=0.6,
        )


def _sentence(
    text: AnnotatedText, sentence: Sentence, found: list[Title], acts: list[_Act], known: deque[Title], previous: list[Title]
) -> Iterator[Agreement]:
    used: set[int] = set()
    for act in acts:
        objects = _objects(text, sentence, act, acts, found)
        if not objects and previous and not found and (_IT.match(sentence.text) or _TEXTS.search(text.text, act.end, sentence.end)):
            objects = previous[-1:]
        if not objects and previous and not found and _OF_THEM.match(sentence.text):
            objects = [_one_of(previous[-1])]
        for title in objects:
            if _plausible(text, title, act, known):
                used.add(title.start)
                yield from _claim(text, sentence, title, act, known, acts)
    for title in found:
        if title.start not in used and title.proper and not title.bare:
            yield from _dated(text, sentence, title)


def _one_of(title: Title) -> Title:
    """One document of several: "nineteen contracts … the largest of them"."""
    words = title.words if not title.head.endswith("s") else re.sub(r"s$", "", title.words) if title.bare else title.words
    return title._replace(words=words, head=title.head.removesuffix("s"), bare=False)


def _acts_in(text: AnnotatedText, sentence: Sentence, words: list[re.Match[str]]) -> Iterator[_Act]:
    _, table = _acts()
    for m in words:
        action, form = table[" ".join(m.group().lower().split())]
        token = next((t for t in sentence.tokens if t.start <= m.start() < t.end), None)
        word = m.group().lower()
        if form == "verb" and token is not None and token.pos in ("NOUN", "PROPN") and not word.endswith("ed"):
            continue
        before = text.text[max(sentence.start, m.start() - 70) : m.start()]
        clause = re.split(r"[;:]|, (?:and|but|which|who)\b", before)[-1]
        passive = bool(_BE.search(before)) and word.endswith(("ed", "d", "ted"))
        future = _ahead(form, word, before, clause)
        yield _Act(
            m.start(),
            m.end(),
            action,
            passive or form == "state",
            form == "noun",
            future,
            bool(_NEGATED.search(clause)),
            bool(re.search(r"\b(?:had|has|have)\s+(?:\w+\s+){0,2}(?:been\s+)?(?:\w+ly\s+)?$", before)),
        )


def _ahead(form: str, word: str, before: str, clause: str) -> bool:
    """Whether the act is still to come: "will sign", "is to be signed", "once it is in force", "the planned signing of"."""
    if form == "noun":
        return bool(_FUTURE.search(clause))
    if form == "state":
        return bool(_ONCE.search(clause) or _WILL.search(before))
    if word.split()[0] in BASE:
        return not re.search(r"\b(?:did|to have)\s+$", before) and not _present(before)
    return word.split()[0].endswith("ed") and bool(_TO_BE.search(before))


def _present(before: str) -> bool:
    return bool(re.search(r"\b(?:leaders|presidents|ministers|parties|sides|countries)\s+$", before, re.I))


def _objects(text: AnnotatedText, sentence: Sentence, act: _Act, acts: list[_Act], found: list[Title]) -> list[Title]:
    """The titles that an act is done to: after an active verb or noun, before a passive one or "in force"."""
    before = [t for t in found if t.end <= act.start]
    after = [t for t in found if t.start >= act.end]
    reduced = (
        bool(before)
        and re.fullmatch(
            r"\s*[,(”\"]?\s*(?:(?:was|is|already|jointly|recently|just|and|then|first|formally|later)\s+)*",
            text.text[before[-1].end : act.start],
        )
        is not None
    )
    if (reduced and not act.noun) or act.passive:
        hit = _back(text, act, acts, before)
        among = _AMONG.search(text.text, act.end, sentence.end)
        if among and after and (not hit or hit[0].bare):
            return _chain(text, [t for t in after if t.start >= among.end()], among.end())
        if after and hit and hit[0].head == "documents" and re.match(r"\s+(?:was|were|is|are)\s", text.text[act.end : act.end + 7]):
            return _chain(text, after, act.end)
        colon = text.text.find(":", act.end, after[0].start) if after and hit and hit[0].head.endswith("s") else -1
        if colon >= 0 and (listed := _chain(text, after, colon)):
            return listed  # "the following documents were signed between A and B: an agreement on X"
        opened = act.start - sentence.start < 25 or re.match(r"\s*(?:were|was|:)|.{0,40}:", text.text[act.end : act.end + 42])
        return hit or (_chain(text, after, act.end) if opened else [])
    ahead = _chain(text, after, act.end) if after and not _crossed(act, acts, after[0]) else []
    among = _AMONG.search(text.text, ahead[0].end, sentence.end) if ahead and ahead[0].bare else None
    if among and (named := _chain(text, [t for t in after if t.start >= among.end()], among.end())):
        return named  # "signed ten agreements, among them a memorandum on X"
    if ahead:
        return ahead
    if before and not act.noun and _RELATIVE.search(text.text, before[-1].end, act.start) and act.start - before[-1].end < 120:
        return before[-1:]
    if (
        before
        and not act.noun
        and re.fullmatch(r"\s+(?:the\s+)?(?:\w+\s+){1,4}(?:had\s+|have\s+)?", text.text[before[-1].end : act.start])
        and act.pluperfect
    ):
        return before[-1:]
    return []


def _crossed(act: _Act, acts: list[_Act], title: Title) -> bool:
    """Whether another act stands nearer to the title, other than one joined by "and" ("negotiated and signed")."""
    between = [a for a in acts if act.end <= a.start and a.end <= title.start]
    return any(a.start - act.end > 6 for a in between)


def _back(text: AnnotatedText, act: _Act, acts: list[_Act], before: list[Title]) -> list[Title]:
    """The title before a passive and those listed with it."""
    if not before or act.start - before[-1].end > REACH:
        return []
    out = [before[-1]]
    for title in reversed(before[:-1]):
        if not _JOINED.fullmatch(text.text[title.end : out[0].start]):
            break
        out.insert(0, title)
    return out


def _chain(text: AnnotatedText, after: list[Title], pos: int) -> list[Title]:
    """The titles after a verb: the first within reach, then those joined by commas and "and"."""
    if (
        not after
        or after[0].start - pos > REACH
        or re.search(
            r"[;]|\b(?:under|according to|in line with|pursuant to|in accordance with|after|before|since)\b",
            text.text[pos : after[0].start],
        )
    ):
        return []
    out = after[:1]
    for title in after[1:]:
        if not _JOINED.fullmatch(_unbracketed(text.text[out[-1].end : title.start])):
            break
        out.append(title)
    return out


def _unbracketed(glue: str) -> str:
    return re.sub(r"\([^()]{0,80}\)|\bbetween [^,;]{0,120}|\bfor (?:\d{4}|the (?:period|years))[^,;]{0,30}|\bworth [^,;]{0,60}", "", glue)


def _plausible(text: AnnotatedText, title: Title, act: _Act, known: deque[Title]) -> bool:
    """Whether the act is one that is done to such a document: contracts by the dozen and a pact that nobody named are left out."""
    if act.negated and act.action != "in force":
        return False
    if act.action == "adopted" and _TALKS.match(text.text, act.end):
        return False
    if title.bare and title.head in WEAK:
        return False
    if title.head == "strategy" and act.action == "adopted" and not title.proper and _PURPOSE.search(title.words):
        return False
    if title.head == "notes":
        return "exchang" in text.text[act.start : act.end].lower()
    if title.head.endswith("s") and (title.bare or re.search(r"contracts? (?:for|worth) \W*[A-Z$€£\d]", title.words)):
        return title.proper and _full(title, known) is not title
    if title.bare and act.action in ("in force", "ratified") and not title.proper:
        return _full(title, known) is not title
    if title.type in ("programme", "roadmap"):
        return act.action != "ratified" and (not title.bare or act.action in ("signed", "adopted", "planned"))
    return True


def _dated(text: AnnotatedText, sentence: Sentence, title: Title) -> Iterator[Agreement]:
    """"The Argyle Declaration of 14 December 2023": a title with its day."""
    year = _YEAR.search(text.text[max(sentence.start, title.start - 9) : title.start])
    if year and title.type in ("treaty", "declaration", "memorandum"):
        yield Agreement(
            **claim_base(text, title.start, title.end),
            title=title.words,
            type=title.type,
            parties=parties(text, sentence, title, title.start, title.end, True),
            action="adopted" if title.type == "declaration" else "signed",
            date=year[1],
            rules=("year",),
            confidence=0.5,
        )
        return
    date = next((d for d in text.dates_in(title.end, sentence.end) if d.edtf and len(d.edtf) in (4, 10) and d.start - title.end < 12), None)
    if date is None or not _NAMED_BY_DATE.fullmatch(text.text[title.end : date.start]):
        return
    action = "adopted" if title.type in ("declaration", "roadmap", "programme") else "signed"
    yield Agreement(
        **claim_base(text, title.start, date.end),
        title=title.words,
        type=title.type,
        parties=parties(text, sentence, title, title.start, title.end, True),
        action=action,
        date=date.edtf,
        rules=("dated",),
        confidence=0.6,
    )


def _claim(text: AnnotatedText, sentence: Sentence, title: Title, act: _Act, known: deque[Title], acts: list[_Act]) -> Iterator[Agreement]:
    full = _full(title, known)
    date, until = _dates(text, sentence, title, act, acts)
    told: list[tuple[int, int] | Evidence] = []
    if "expire" in text.text[act.start : act.end].lower():
        date, until = None, until or date
    if date is None and act.action in ("signed", "adopted") and not act.pluperfect and not act.future:
        date = _implied(text, sentence)
        if text.document.published_evidence and date == text.document.published:
            told.append(text.document.published_evidence)
    action, modality = _state_of(text, act, date)
    start, end = min(title.start, act.start), max(title.end, act.end)
    if not (sentence.start <= start and end <= sentence.end and end - start < 400):
        start, end = (title.start, title.end) if sentence.start <= title.start < sentence.end else (act.start, act.end)
    bound = parties(text, sentence, title, act.start, act.end, act.passive and act.action != "in force")
    who, said = signers(text, sentence, title, (act.start, act.end), act.noun, act.passive, bound) if action == "signed" else ((), None)
    yield Agreement(
        **claim_base(text, start, end, *([said] if said else []), *told),
        title=_owned(text, sentence, full),
        type=full.type,
        parties=bound,
        signatories=who,
        action=action,
        date=date,
        until=until,
        modality=modality,
        rules=(act.action, *(("pointing",) if full is not title else ())),
        confidence=0.8 if not title.bare or full is not title else 0.6,
    )


def _state_of(text: AnnotatedText, act: _Act, date: str | None) -> tuple[str, str]:
    """Action and modality: what is still to be signed is planned; what is to enter into force is so, planned."""
    published = text.document.published
    ahead = bool(date and published and len(published) == 10 and date[:1].isdigit() and date[: len(published)] > published[: len(date)])
    if act.negated:
        return act.action, "denied"
    if act.action in ("in force", "ratified") and (act.future or ahead):
        return act.action, "planned"
    if act.action in ("signed", "adopted") and (act.future or ahead):
        return "planned", "actual"
    return act.action, "actual"


def _owned(text: AnnotatedText, sentence: Sentence, title: Title) -> str:
    """The title's words; "the Economic Area, whose Agreement" is the Economic Area Agreement."""
    if title.bare and sentence.start <= title.start < sentence.end:
        lead = text.text[max(sentence.start, title.start - 12) : title.start]
        owner = [a for a in text.actors_in(sentence.start, title.start) if a.kind == "organization"][-1:]
        if owner and re.search(r",?\s+whose\s+$", lead) and title.start - owner[0].end < 10:
            return f"{owner[0].name} {title.words}"
    return title.words


def _full(title: Title, known: deque[Title]) -> Title:
    """The fuller title that a bare one points to: the last one with the same head word."""
    if not title.bare and len(title.words.split()) > 3:
        return title
    mine = {w.casefold() for w in title.words.split()}
    if mine & {"mou", "mous"}:
        mine = {"memorandum"}
    for other in reversed(known):
        if mine <= {w.casefold() for w in other.words.split()} and len(other.words) > len(title.words):
            return other
    return title


def _dates(text: AnnotatedText, sentence: Sentence, title: Title, act: _Act, acts: list[_Act]) -> tuple[str | None, str | None]:
    """The day of the act, nearest after it before nearest before it; and the end of validity."""
    found = [d for d in text.dates_in(sentence.start, sentence.end) if d.edtf and not d.recurring]
    near = [d for d in found if -12 < d.start - title.end < 12 and d.edtf and "/" in d.edtf and not d.edtf.startswith("..")]
    ending = [d for d in found if d.relation in ("until", "by") and (0 <= d.start - title.end < 60 or 0 <= d.start - act.end < 40)]
    end = next(iter(near or ([] if act.future else ending)), None)
    usable = [d for d in found if d is not end and d.relation in ("at", "since", "after", "by") and not title.start <= d.start < title.end]
    following = [d for d in usable if d.start >= act.end and d.start - act.end < 160 and not _parted(text, sentence, act, title, d, acts)]
    within = next((d for d in found if act.start <= d.start < act.end), None)
    if within:
        return _first(within), _last(end)
    if following:
        first = following[0]
        if len(following) > 1 and text.text[first.end : following[1].start].strip() == ",":
            first = following[1]  # "on the same day, 27 June 2014"
        return _first(first), _last(end)
    leading = [d for d in usable if d.end <= act.start and not any(d.end <= a.start < act.start or _follows(text, a, d) for a in acts)]
    return (_first(leading[-1]) if leading else None), _last(end)


def _parted(text: AnnotatedText, sentence: Sentence, act: _Act, title: Title, date: DateMention, acts: list[_Act]) -> bool:
    """Whether another act, another verb or another title's span stands between an act and a date after it."""
    if any(act.end <= a.start < date.start for a in acts):
        return True
    if (
        date.edtf
        and "/" in date.edtf
        and re.search(r"\bfor (?:the (?:period|years) )?$", text.text[max(act.end, date.start - 20) : date.start])
    ):
        return True
    from_ = max(act.end, title.end) if act.end <= title.start < date.start else act.end
    return any(
        t.pos in ("VERB", "AUX") and from_ <= t.start and t.end <= date.start and not t.text.endswith("ing")
        and not t.text[:1].isupper()  # a name that the model takes for a verb
        for t in sentence.tokens
    )


def _follows(text: AnnotatedText, act: _Act, date: DateMention) -> bool:
    """Whether a date belongs to an act right before it: "initialled in December, was signed"."""
    return 0 <= date.start - act.end < 40 and "," not in text.text[act.end : date.start]


def _first(date: DateMention) -> str | None:
    edtf = date.edtf or ""
    return (edtf.removesuffix("/..").removeprefix("../") or None) if date.relation in ("since", "after", "by") else edtf or None


def _last(date: DateMention | None) -> str | None:
    return (date.edtf or "").split("/")[-1].strip(".") or None if date else None


def _implied(text: AnnotatedText, sentence: Sentence) -> str | None:
    """The day of a signing without a date: the day told just before, else the document's own in its opening."""
    published = text.document.published
    if _ON_A_TRIP.search(sentence.text):
        return None
    for back in range(1, 4):
        k = sentence.index - back
        if k < 0:
            break
        for d in reversed(text.dates_in(text.sentences[k].start, text.sentences[k].end)):
            recent = not published or (d.edtf or "")[:7] >= _month_before(published)
            if d.edtf and len(d.edtf) == 10 and d.relation == "at" and recent and text.sentences[k].paragraph >= sentence.paragraph - 1:
                return d.edtf if d.edtf <= (published or d.edtf) else None
    return published if published and len(published) == 10 else None


def _month_before(day: str) -> str:
    year, month = int(day[:4]), int(day[5:7] or 1) if len(day) > 4 else 1
    return f"{year - (month == 1)}-{(month + 10) % 12 + 1:02d}"
