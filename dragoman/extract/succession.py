"""Who followed whom in an office, and who headed a body; the office itself may be told elsewhere in the text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from dragoman.extract import changes, clauses
from dragoman.extract.frame import actor_ref, lexicon, matches
from dragoman.extract.known import Known, Office, short
from dragoman.model.annotations import Actor, AnnotatedText, DateMention, MentionType, Sentence, Stated
from dragoman.model.claims import Tenure
from dragoman.reference.positions import forms
from dragoman.reference.scan import Words

_SUCCEED = Words(
    re.compile(
        r"\b(?:(?P<passive>(?:was|were|is|has been|had been|be) (?:to be )?(?:succeeded|replaced|followed) (?:(?:in|on) [\w ]{3,24} )?by|"
        r"(?:succeeded|replaced) (?:(?:in|on) [\w ]{3,24} )?by)|"
        r"(?P<active>succeed(?:s|ed|ing)?|replac(?:e|es|ed|ing)|tak(?:es|e|ing) over (?:\w+ ){0,4}from|took over (?:[\w ]{0,40} )?from|"
        r"(?:was|is|had been) preceded (?:in office )?by|"
        r"in place of|(?:took|takes|taking|take) the place of|(?:took|takes|taking|take) (?=(?:his|her) place\b))|"
        r"(?P<hand>(?:hands?|handed|handing) (?:over|(?:the|his|her) [\w ]{2,30} over) (?:the [\w ]{2,30} )?to)|"
        r"(?P<passed>pass(?:es|ed)(?: on)? from))\b"
    )
)
_KIN = Words(
    re.compile(
        r"\b(?:(?P<whose>[Hh]is|[Hh]er|[Mm]y|[Tt]heir|[Oo]ur)|(?<=['’])s) (?:immediate |eventual |designated |chosen |late )?"
        r"(?P<kin>predecessor|successor)\b(?: as [\w ]{3,40})?(?:,? (?:Mr|Mrs|Ms|Dr)\.?)?,? ?"
    )
)
_TAKES = re.compile(r",? (?:takes|took|will take) over\b")
_ACTING = re.compile(r"\bacting|\binterim|\bad interim|\btemporar")
_GONE_OF = Words(
    re.compile(r"\b(?:resignation|dismissal|departure|removal|retirement|ouster|sacking) of (?:the )?(?:(?:Mr|Mrs|Ms|Dr)\.? )?")
)
_PORTFOLIO = Words(
    re.compile(
        r"\b(?:[Tt]he (?P<of>[a-z]+(?: and [a-z]+)?) (?:portfolio|ministry) (?:goes|went|passes|passed|falls|fell|has gone|"
        r"was (?:given|handed)|"
        r"is (?:given|handed)) to |[Aa]t the (?P<at>[a-z]+(?: and [a-z]+)?) ministry,? |"
        r"(?P<same>who )(?:holds|held) the same (?:portfolio|post|office|position|job) (?:in|of|for) )"
    )
)
_WITH = re.compile(r"\s+with\s+$")
_AS_HEIR = re.compile(r"\b(?:as|to be|became|become|is|was) $")
_LEFT = r"left|had left|resigned|stepped down|retired|departed|died|returned|moved|was (?:dismissed|relieved|recalled)"
_CLAUSE = re.compile(rf"[;(]|,? (?:which|whose|when|where|after|before)\b|,? who\b(?! (?:{_LEFT}))")
_SINCE_LEFT = re.compile(r"\b[Ss]ince (?:his|her) (?:appointment|departure|resignation|dismissal|transfer|retirement|death)\b")
_HOUSE = re.compile(r"\s+(?:the|this|her|his)\s+(?:\w+\s+)?(?:ministry|department|embassy)\b")
_NAMED_HOUSE = re.compile(
    r"\b(?:the|this|[A-Z][\w’']+) (?P<of>[a-z]+(?: [a-z]+)?) (?:ministry|portfolio)\b(?= (?:is|was|has|had|will)\b)", re.I
)
_IT = re.compile(r"\s+(?:it|this body|the body)\b")
_SESSION = re.compile(r"\b(?:session|meeting|sitting|round)\b", re.I)
_JOINT = re.compile(r"\b(?:Commission|Committee|Council|Group)\b")
_ORDINARY = ("at", "since", "after", "by")


@cache
def _heads() -> Words:
    words = "|".join(map(re.escape, sorted(lexicon(changes.SHEET)["heads"], key=len, reverse=True)))
    between = r"(?:since [\w ]{4,16} |on (?:the |its )?\w+ (?:side|part) |(?:from|for) (?:the |its )?\w+ (?:side|part) |on \d[\w ]{4,16} )?"
    return Words(re.compile(rf"\b(?P<verb>{words})\b(?P<by>\s+{between}by\b)?", re.I))


def find(text: AnnotatedText, taken: set[tuple[str, int]], known: Known) -> Iterator[Tenure]:
    """The tenures that verbs, successions and heads of bodies state, in the order of the text; each is known to those after it."""
    by_sentence: dict[int, list[tuple[int, int, re.Match[str]]]] = defaultdict(list)
    for sort, found in enumerate((changes.triggers(text), *(matches(text, p) for p in (_SUCCEED, _KIN, _heads(), _GONE_OF, _PORTFOLIO)))):
        for index, places in found.items():
            by_sentence[index] += [(m.start(), sort, m) for m in places]
    for index in sorted(by_sentence):
        sentence = text.sentences[index]
        if not any(a.kind == "person" and a.name for a in text.actors_in(sentence.start, sentence.end)):
            continue
        done = sentence.start
        for start, sort, m in sorted(by_sentence[index], key=lambda t: t[:2]):
            if sort == 0 and start < done:
                continue
            if sort == 0:
                claims = changes.find(text, sentence, m, taken, known)
                done = m.end() if claims else done
            else:
                claims = list((_succession, _heir, _heading, _left_of, _portfolio)[sort - 1](text, sentence, m, known))
            known.add(claims)
            yield from claims


def _succession(text: AnnotatedText, sentence: Sentence, m: re.Match[str], known: Known) -> Iterator[Tenure]:
    """ "Y was succeeded by X", "X replaced Y as minister", "Y hands over to X": one comes and the other goes, on one day."""
    after = _people(text, m.end(), sentence.end)
    subject = after[0] if m["passed"] and after else changes.subject_of(text, sentence, m.start())
    if m["passed"]:
        after = [a for a in after[1:] if text.text[subject.end : a.start].strip() == "to"] if subject else []
    if not after or subject is None or after[0].name == subject.name:
        return
    new, old = (subject, after[0]) if m["active"] else (after[0], subject)
    tail = [a for a in text.actors_in(after[0].end, sentence.end) if a.kind == "person"]
    if m["active"] and tail and _WITH.fullmatch(text.text[after[0].end : tail[0].start]):
        new = tail[0]  # "replaced her with X"
    named = changes.offices(text, sentence, after[0].end)
    as_ = named[0][0] if named and re.match(r"\s+as\b", text.text[after[0].end : after[0].end + 6]) else None
    just = [
        s for a in text.actors_in(sentence.start, m.start()) for s in a.stated if 0 <= m.start() - s.end < 5 and s.position != "counterpart"
    ]
    stated = as_ or (just[-1] if just and (m["active"] or m["passed"]) else None)
    office = (
        _office(stated)
        or known.of(old.name, m.start())
        or _own(old)
        or (known.taken(new.name, m.start()) or _own(new) if m["active"] else None)
    )
    if office is None:
        return
    near = _when(text, sentence, m, max(named[0][0].end if as_ else 0, after[0].end, m.end()))
    both = known.taken(new.name, m.start()), known.of(old.name, m.start())
    ours, theirs = (k if k and k.position == office.position else None for k in both)
    told = None if near else (ours.since if ours and ours.comes else None) or (theirs.until if theirs else None)
    place = (as_.start, as_.end) if as_ else m.span()
    yield from _pair(text, sentence, m, known, (new, old), office, (near, told), place)


def _pair(
    text: AnnotatedText,
    sentence: Sentence,
    m: re.Match[str],
    known: Known,
    sides: tuple[Actor, Actor],
    office: Office,
    when: tuple[list[DateMention], str | None],
    place: tuple[int, int],
) -> Iterator[Tenure]:
    """Who came and who went; `when` has the dates of the sentence, else the day that another sentence gives."""
    state = office.state or (known.state(sides[1]) or known.state(sides[0]) if not office.organization else None)
    held = Stated(office.position, office.organization, state, False, False, False, *place)
    new, old = (
        changes.tenure(
            text, sentence, m, replace(who, state=known.state(who) or state), office.position, held, change, when[0], "succession"
        )
        for who, change in zip(sides, ("appointed", "left"), strict=True)
    )
    yield replace(new, since=new.since or when[1])
    yield replace(old, until=old.until or when[1])


def _office(stated: Stated | None) -> Office | None:
    return Office(stated.position, stated.organization, stated.state) if stated else None


def _own(who: Actor) -> Office | None:
    """The office that the text gives a person elsewhere."""
    return Office(who.position, who.organization, who.state) if who.position and who.position not in changes.bare() else None


def _people(text: AnnotatedText, start: int, end: int) -> list[Actor]:
    """The persons that follow a verb; "his successor" is not its owner."""
    found = []
    for a in clauses.outer(text.actors_in(start, min(end, start + 200))):
        if a.kind != "person" or not a.name:
            continue
        owner = a.resolved == "pronoun" and re.match(
            r"\s+(?:immediate |chosen )?(?:successor|predecessor)\b", text.text[a.end : a.end + 24]
        )
        if not owner:
            found.append(a)
    return found if found and found[0].start - start <= 40 else []


def _when(text: AnnotatedText, sentence: Sentence, m: re.Match[str], end: int) -> list[DateMention]:
    """The date of a succession: in its own clause behind it, else the last before it."""
    dates = [d for d in text.dates_in(sentence.start, sentence.end) if d.edtf and d.relation in _ORDINARY and not d.recurring]
    broken = _CLAUSE.search(text.text, end, sentence.end)
    limit = min(end + 45, broken.start() if broken else sentence.end)
    return [d for d in dates if m.start() <= d.start < limit][:1] or [d for d in dates if d.end <= m.start()][-1:]


def _heir(text: AnnotatedText, sentence: Sentence, m: re.Match[str], known: Known) -> Iterator[Tenure]:
    """ "Her predecessor, X", "X was named as his successor": an office that is known as the other's."""
    at = m.start("whose") if m["whose"] else m.start() - 1
    owner = next(
        (
            a
            for a in reversed(text.actors_in(sentence.start, m.end()))
            if a.name and a.kind == "person" and (a.start == at if m["whose"] else a.end == at)
        ),
        None,
    )
    if owner is None and m["whose"] and m["whose"].lower() == "my":
        quote = next((q for q in text.quotes if q.start <= at < q.end), None)
        owner = quote.speaker if quote else None
    office = (known.of(owner.name, at) or _own(owner)) if owner else None
    if owner is None or office is None:
        return
    who = next((a for a in text.actors_in(m.end(), min(sentence.end, m.end() + 60)) if a.kind == "person" and a.start - m.end() < 4), None)
    if who is None and m["kin"] == "successor" and _AS_HEIR.search(text.text[sentence.start : at]):
        who = changes.subject_of(text, sentence, at)
    if who is None or not who.name or who.resolved == "pronoun" or who.name == owner.name:
        return
    if (told := known.of(who.name, m.start())) and told.position == office.position:
        return
    own = text.home if text.document.outlet_kind in ("office", "ministry") and not office.organization else None
    state = office.state or known.state(owner) or own
    held = Stated(office.position, office.organization, state, False, False, False, m.start(), m.end())
    kind = "left" if m["kin"] == "predecessor" else "appointed"
    gone = re.match(rf",? (?:who )?(?:{_LEFT}|took over|took office)\b", text.text[who.end : who.end + 40])
    near = _when(text, sentence, m, who.end + gone.end()) if gone else []
    yield changes.tenure(text, sentence, m, replace(who, state=who.state or state), office.position, held, kind, near, "succession")


def _left_of(text: AnnotatedText, sentence: Sentence, m: re.Match[str], known: Known) -> Iterator[Tenure]:
    """ "The resignation of Prime Minister X on 3 March"."""
    who = next(
        (a for a in text.actors_in(m.end() - 5, min(sentence.end, m.end() + 120)) if a.kind == "person" and a.start <= m.end() + 1), None
    )
    office = (known.of(who.name, m.end()) or _own(who)) if who else None
    if who is None or office is None or who.resolved == "pronoun":
        return
    near = [d for d in _when(text, sentence, m, who.end) if 0 <= d.start - who.end < 30]
    held = Stated(office.position, office.organization, office.state or known.state(who), False, False, False, *m.span())
    yield changes.tenure(text, sentence, m, who, office.position, held, "left", near, "succession")


def _portfolio(text: AnnotatedText, sentence: Sentence, m: re.Match[str], known: Known) -> Iterator[Tenure]:
    """ "The finance portfolio goes to X", "at the interior ministry X takes over", "Y, who holds the same portfolio in Accra"."""
    if m["same"]:
        yield from _same(text, sentence, m, known)
        return
    who = next((a for a in text.actors_in(m.end(), min(sentence.end, m.end() + 120)) if a.kind == "person" and a.name), None)
    if who is None or text.text[m.end() : who.start].strip(" ,") or (m["at"] and not _TAKES.match(text.text, who.end)):
        return
    held = Stated(f"minister of {m['of'] or m['at']}", None, known.state(who), False, False, False, *m.span())
    claim = changes.tenure(text, sentence, m, who, held.position, held, "appointed", _when(text, sentence, m, who.end), "succession")
    yield replace(claim, acting=bool(m["at"] and _ACTING.search(text.text, who.end, min(sentence.end, who.end + 60))))


def _same(text: AnnotatedText, sentence: Sentence, m: re.Match[str], known: Known) -> Iterator[Tenure]:
    """The office of the person named before in the sentence, in the state whose city or name follows."""
    people = [a for a in text.actors_in(sentence.start, m.start()) if a.kind == "person" and a.name]
    where = text.mentions_in(m.end(), min(sentence.end, m.end() + 40), MentionType.STATE, MentionType.PLACE)
    if len(people) < 2 or not where or where[0].state is None:
        return
    office = known.of(people[-2].name, m.start(), later=False)
    if office and not office.organization and office.state != where[0].state:
        held = Stated(office.position, None, where[0].state, False, False, False, m.start(), where[0].end)
        yield changes.tenure(text, sentence, m, people[-1], office.position, held, "holds", [], "same")


def _heading(text: AnnotatedText, sentence: Sentence, m: re.Match[str], known: Known) -> Iterator[Tenure]:
    """ "Sonatrach, run since 2020 by X", "X heads the agency", "X has led the ministry since", "had headed it": a body and its head."""
    verb = m["verb"].lower()
    position = "chair" if "chair" in verb or "presid" in verb else "director" if verb.startswith("direct") else "head"
    if m["by"]:
        yield from _headed_by(text, sentence, m, known, "co-chair" if verb.startswith("co-") else position)
        return
    subject = changes.subject_of(text, sentence, m.start())
    body = [a for a in clauses.after(text, m.end(), sentence.end, 8) if a.kind == "organization"][:1]
    if subject is None or m.start() - subject.end > 40:
        return
    own = known.of(subject.name, m.start())
    if not body:
        named = short(text, m.end(), min(sentence.end, m.end() + 40))
        if own and own.organization and (_IT.match(text.text, m.end()) or (named and named[0] == own.organization)):
            yield _head(text, sentence, m, subject, own, m.end() + 12)
        elif named and re.fullmatch(r"\s+(?:the [\w ]+)?", text.text[m.end() : m.end() + 5]):
            yield _head(text, sentence, m, subject, Office(position, *named), m.end() + 12)
        else:
            yield from _ministry(text, sentence, m, subject)
    elif not any(s.organization == body[0].name for s in subject.stated):
        held = known.of(subject.name, m.start(), body[0].name)
        yield _head(text, sentence, m, subject, held or Office(position, body[0].name, body[0].state), body[0].end)


def _headed_by(text: AnnotatedText, sentence: Sentence, m: re.Match[str], known: Known, position: str) -> Iterator[Tenure]:
    """ "The Uzbek part of the Commission has been led by X", "its session was co-chaired by X and Y", "the energy ministry is led by X"."""
    left = max(sentence.start, m.start() - 90)
    people = [a for a in clauses.after(text, m.end(), sentence.end, 30) if a.kind == "person" and a.name]
    people = people[:2] if position == "co-chair" else people[:1]
    before = [a for a in text.actors_in(left, m.start()) if a.kind == "organization"][-1:]
    body: tuple[str, str | None] | None = (before[0].name or "", before[0].state) if before else short(text, left, m.start())
    gap = text.text[before[0].end if before else left : m.start()]
    not_headed = lexicon(changes.SHEET)["not_headed"]
    if not people:
        return
    if _SESSION.search(gap) or (not body and re.match(r"It\b", sentence.text) and _SESSION.search(text.text, max(0, left - 150), left)):
        yield from _chaired(text, sentence, m, people, body)
    elif named := _NAMED_HOUSE.search(text.text, left, m.start()):
        yield _head(text, sentence, m, people[0], Office(f"minister of {named['of'].lower()}", None, people[0].state), m.end())
    elif body is None:
        return
    elif not re.search(not_headed, gap, re.I) and not re.search(not_headed, body[0], re.I):
        side = next((a.state for a in text.actors_in(left, m.start()) if a.kind == "state" and a.mention.endswith(("part", "side"))), None)
        house = forms().get(body[0].casefold().removesuffix(" ministry") + " minister") if body[0].endswith(" ministry") else None
        office = Office("chair" if position == "co-chair" else position, body[0], side or body[1])
        office = Office(house.name, None, office.state or people[0].state) if house else office
        found = [_head(text, sentence, m, a, office, m.end()) for a in people if not any(s.organization == body[0] for s in a.stated)]
        yield from found
        yield from _gone(text, sentence, m, found)


def _chaired(
    text: AnnotatedText, sentence: Sentence, m: re.Match[str], people: list[Actor], body: tuple[str, str | None] | None
) -> Iterator[Tenure]:
    """Who chairs a commission's session chairs his state's part of the commission on that day."""
    if body is None or not _JOINT.search(body[0]):
        body = next(((o.name, o.state) for o in text.mentions_in(0, 600, MentionType.ORGANIZATION) if _JOINT.search(o.name)), None)
    if body is None:
        return
    for who in people:
        found = _head(text, sentence, m, who, Office("co-chair", body[0], who.state), m.end())
        yield replace(found, since=None, until=None, date=found.date or (found.since if found.since and len(found.since) == 10 else None))


def _gone(text: AnnotatedText, sentence: Sentence, m: re.Match[str], found: list[Tenure]) -> Iterator[Tenure]:
    """ "Since her appointment elsewhere in May, the body has been led by X": till May she led it."""
    since = _SINCE_LEFT.search(text.text, sentence.start, m.start())
    who = next((a for a in text.actors_in(since.start(), since.end()) if a.kind == "person" and a.name), None) if since else None
    if since and who and found and found[0].since and who.name != found[0].person.name:
        claim = replace(found[0], person=replace(actor_ref(who), position=found[0].position), change="left", since=None)
        yield replace(claim, until=found[0].since, evidence=(text.document.evidence(since.start(), found[0].evidence[0].end),))


def _head(text: AnnotatedText, sentence: Sentence, m: re.Match[str], who: Actor, office: Office, end: int) -> Tenure:
    held = Stated(office.position, office.organization, office.state, False, False, False, m.start(), m.end())
    within = [d for d in text.dates_in(*m.span()) if d.edtf and not d.recurring]
    dates = within or changes.dates_of(text, sentence, m, max(m.end(), end))
    return changes.tenure(text, sentence, m, who, office.position, held, "holds", dates, "heads")


def _ministry(text: AnnotatedText, sentence: Sentence, m: re.Match[str], subject: Actor) -> Iterator[Tenure]:
    """ "X has led the ministry since 2021": the minister's own office."""
    if not subject.position or not _HOUSE.match(text.text, m.end()):
        return
    if re.match(r"(?:deputy )?minister|secretary|ambassador", subject.position):
        dates = changes.dates_of(text, sentence, m, m.end() + 14)
        yield changes.tenure(text, sentence, m, subject, subject.position, None, "holds", dates, "ministry")
