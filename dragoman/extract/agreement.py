"""Agreements: what was signed, adopted, ratified, negotiated or planned between whom, and what is in force since when."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from dragoman.extract import clauses, titles
from dragoman.extract.frame import actor_ref, claim_base, lexicon, state_ref
from dragoman.extract.titles import Title
from dragoman.model.annotations import Actor, AnnotatedText, DateMention, Sentence
from dragoman.model.claims import ActorRef, Agreement
from dragoman.model.documents import Zone

BASE = frozenset(("sign", "conclude", "ratify", "adopt", "approve", "initial", "negotiate", "finalise", "finalize", "endorse", "issue"))
KNOWN = 60  # titles named before to which a bare one may point
REACH = 170  # code points between a verb and the document that it acts on
_BE = re.compile(
    r"\b(?:was|were|is|are|be|been|being)\s+(?:(?:again|also|then|first|left|later|both|to be|jointly|\w+ly)\s+){0,2}$", re.I
)
_FUTURE = re.compile(
    r"\b(?:will|shall|would|should|to be|is to|are to|plans? to|planned|expected|due|intends?|hopes? to|ready to|must|may|might|could|can|"
    r"soon|scheduled|wants? to|agreed to|prepar\w+|to|consider\w*|possibility|look(?:s|ed|ing)? forward|propos\w+|called for|calls? for|"
    r"urged|until|before)\s+(?:\S+\s+){0,3}$|(?<!been )(?<!to have )\bbe\s+$",
    re.I,
)
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
_OF_THEM = re.compile(r"(?:One|Another|The \w+|The \w+ \w+) of (?:them|these|those)\b")
_AMONG = re.compile(r"\b(?:among (?:them|these|those|which)|including|such as|one of them|notably)\b")
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
def _acts() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    """Each word with its action and its form: `verb`, `noun` ("the signing of") or `state` ("in force")."""
    table = {
        w.lower(): (action, form) for form in ("verb", "noun", "state") for action, words in lexicon(__file__)[form].items() for w in words
    }
    words = sorted(table, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in words) + r")\b", re.I), table


def extract(text: AnnotatedText) -> Iterator[Agreement]:
    """One claim for each document and what is done with it; pointing words stand for the title named before."""
    known: deque[Title] = deque(maxlen=KNOWN)
    listing: _Act | None = None
    previous: list[Title] = []
    for sentence in text.sentences:
        found = titles.in_sentence(text, sentence)
        look = found or previous or listing or (known and _TEXTS.search(sentence.text))
        acts = list(_acts_in(text, sentence)) if look else []
        if listing and (acts or len(sentence.text) > 400):
            listing = None
        if listing and found and found[0].start - sentence.start < 60:
            yield from _claim(text, sentence, found[0], listing, known, acts)
        else:
            yield from _itself(text, sentence, found)
            yield from _sentence(text, sentence, found, acts, known, previous)
        known.extend(t for t in found if not t.bare)
        if found or not _IT.match(sentence.text):
            previous = found
        if acts and sentence.text.rstrip().endswith(":"):
            listing = acts[-1]


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
            **claim_base(text, title.start, title.end), title=title.words, type=title.type, parties=_parties(text, sentence, title, None),
            action="adopted", date=published if published and len(published) == 10 else None, rules=("heading",), confidence=0.6,
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


def _acts_in(text: AnnotatedText, sentence: Sentence) -> Iterator[_Act]:
    pattern, table = _acts()
    for m in pattern.finditer(text.text, sentence.start, sentence.end):
        action, form = table[" ".join(m.group().lower().split())]
        token = next((t for t in sentence.tokens if t.start <= m.start() < t.end), None)
        word = m.group().lower()
        if form == "verb" and token is not None and token.pos in ("NOUN", "PROPN") and not word.endswith("ed"):
            continue
        before = text.text[max(sentence.start, m.start() - 70) : m.start()]
        clause = re.split(r"[;:]|, (?:and|but|which|who)\b", before)[-1]
        passive = bool(_BE.search(before)) and word.endswith(("ed", "d", "ted"))
        base = form == "verb" and word in BASE
        future = bool(_FUTURE.search(clause)) or (
            base and not re.search(r"\b(?:did|to have)\s+$", before) and token is not None and not _present(before)
        )
        future = future or (form == "state" and bool(_ONCE.search(clause)))
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
        opened = act.start - sentence.start < 25 or re.match(r"\s*(?:were|was|:)|.{0,40}:", text.text[act.end : act.end + 42])
        return hit or (_chain(text, after, act.end) if opened else [])
    ahead = _chain(text, after, act.end) if after and not _crossed(act, acts, after[0]) else []
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
    date = next((d for d in text.dates_in(title.end, sentence.end) if d.edtf and len(d.edtf) in (4, 10) and d.start - title.end < 12), None)
    if date is None or not _NAMED_BY_DATE.fullmatch(text.text[title.end : date.start]):
        return
    action = "adopted" if title.type in ("declaration", "roadmap", "programme") else "signed"
    yield Agreement(
        **claim_base(text, title.start, date.end),
        title=title.words,
        type=title.type,
        parties=_parties(text, sentence, title, None),
        action=action,
        date=date.edtf,
        rules=("dated",),
        confidence=0.6,
    )


def _claim(
    text: AnnotatedText, sentence: Sentence, title: Title, act: _Act, known: deque[Title], acts: list[_Act]
) -> Iterator[Agreement]:
    full = _full(title, known)
    date, until = _dates(text, sentence, title, act, acts)
    if "expire" in text.text[act.start : act.end].lower():
        date, until = None, until or date
    if date is None and act.action in ("signed", "adopted") and not act.pluperfect and not act.future:
        date = _implied(text, sentence)
    action, modality = _state_of(text, act, date)
    start, end = min(title.start, act.start), max(title.end, act.end)
    if not (sentence.start <= start and end <= sentence.end and end - start < 400):
        start, end = (title.start, title.end) if sentence.start <= title.start < sentence.end else (act.start, act.end)
    yield Agreement(
        **claim_base(text, start, end), title=_owned(text, sentence, full), type=full.type, parties=_parties(text, sentence, title, act),
        action=action, date=date, until=until, modality=modality, rules=(act.action, *(("pointing",) if full is not title else ())),
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
    for other in reversed(known):
        if mine <= {w.casefold() for w in other.words.split()} and len(other.words) > len(title.words):
            return other
    return title


def _dates(text: AnnotatedText, sentence: Sentence, title: Title, act: _Act, acts: list[_Act]) -> tuple[str | None, str | None]:
    """The day of the act, nearest after it before nearest before it; and the end of validity."""
    found = [d for d in text.dates_in(sentence.start, sentence.end) if d.edtf and not d.recurring]
    until = next(
        (
            d
            for d in found
            if d.relation in ("until", "by") and (0 <= d.start - title.end < 60 or 0 <= d.start - act.end < 40) and not act.future
        ),
        None,
    )
    span = next((d for d in found if d.edtf and "/" in d.edtf and not d.edtf.startswith("..") and -12 < d.start - title.end < 12), None)
    end = _last(span or until)
    usable = [d for d in found if d is not until and d is not span and d.relation in ("at", "since", "after", "by")]
    following = [
        d for d in usable if d.start >= act.end and not any(act.end <= a.start < d.start for a in acts) and d.start - act.end < 130
    ]
    if following:
        return _first(following[0]), end
    leading = [d for d in usable if d.end <= act.start and not any(d.end <= a.start < act.start for a in acts)]
    inside = [d for d in leading if not title.start <= d.start < title.end]
    return (_first(inside[-1]) if inside else None), end


def _first(date: DateMention) -> str | None:
    edtf = date.edtf or ""
    return (edtf.removesuffix("/..").removeprefix("../") or None) if date.relation in ("since", "after", "by") else edtf or None


def _last(date: DateMention | None) -> str | None:
    return (date.edtf or "").split("/")[-1].strip(".") or None if date else None


def _implied(text: AnnotatedText, sentence: Sentence) -> str | None:
    """The day of a signing without a date: the day told just before, else the document's own in its opening."""
    published = text.document.published
    for back in range(1, 4):
        k = sentence.index - back
        if k < 0:
            break
        for d in reversed(text.dates_in(text.sentences[k].start, text.sentences[k].end)):
            if d.edtf and len(d.edtf) == 10 and d.relation == "at" and text.sentences[k].paragraph >= sentence.paragraph - 1:
                return d.edtf if d.edtf <= (published or d.edtf) else None
    return published if published and len(published) == 10 else None


def _parties(text: AnnotatedText, sentence: Sentence, title: Title, act: _Act | None) -> tuple[ActorRef, ...]:
    """Who is bound: those named in the title, else the subject and "with X", else the states of the document."""
    named = _in_title(text, sentence, title)
    if len(named) > 1:
        return _refs(named)
    subject: list[Actor] = []
    if act is not None and sentence.start <= act.start < sentence.end and not (act.passive and act.action != "in force"):
        subject = clauses.before(text, act.start, sentence.start, 60)
    with_ = _with(text, sentence, title, act)
    both = _bound([*subject, *with_, *named])
    if len({r.id for r in both}) > 1:
        return both
    one = both[0].id if both else None
    main = [state_ref(s) for s in text.parties[:2]]
    if one is not None and all(m.id != one for m in main) and text.home and (with_ or named):
        return (state_ref(text.home), *both) if f"state:{text.home}" != one else both
    return tuple(main) if len(main) > 1 else both or tuple(main)


def _in_title(text: AnnotatedText, sentence: Sentence, title: Title) -> list[Actor]:
    between = re.search(r"\b(?:between|among|of)\b", text.text[title.start : min(title.end + 12, sentence.end)])
    if not between:
        return []
    inside = [
        a
        for a in text.actors_in(title.start + between.end(), min(sentence.end, title.end + 160))
        if a.kind in ("state", "organization", "group", "person")
    ]
    return clauses._chain(inside, title.start + between.end(), text.text, 40) if between.group() != "of" else []


def _with(text: AnnotatedText, sentence: Sentence, title: Title, act: _Act | None) -> list[Actor]:
    """Those after "with" beside the title or the verb."""
    for pos in (title.end - 1, *((act.end,) if act else ())):
        for m in re.finditer(
            r"\bwith\s+(?:the\s+|its\s+|his\s+|her\s+)?", text.text[max(sentence.start, pos - 60) : min(sentence.end, pos + 60)]
        ):
            hit = clauses.after(text, max(sentence.start, pos - 60) + m.end() - 1, sentence.end, 8)
            if hit:
                return hit
    return []


def _bound(actors: list[Actor]) -> tuple[ActorRef, ...]:
    return _refs(clauses.flat(actors))


def _refs(actors: list[Actor]) -> tuple[ActorRef, ...]:
    """States and bodies; a person signs for the state."""
    out: dict[str, ActorRef] = {}
    for a in clauses.flat(actors):
        if a.kind == "organization" and a.name:
            ref = actor_ref(a)
        elif a.state and a.kind in ("person", "office", "state", "pronoun"):
            ref = state_ref(a.state, " ".join(a.mention.split()) if a.kind == "state" else None)
        else:
            continue
        out.setdefault(ref.id or ref.name or "", ref)
    return tuple(out.values())
