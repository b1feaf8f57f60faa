"""Contacts: calls, meetings, talks, visits, summits, forums, letters, with who, when and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from dragoman.extract import clauses, credentials, gatherings, letters, sides, visits
from dragoman.extract.contact_told import names, told_better
from dragoman.extract.frame import actor_ref, claim_base, lexicon, matches, phrases
from dragoman.model.annotations import Actor, AnnotatedText, DateMention, Mention, MentionType, Sentence
from dragoman.model.claims import Contact, PlaceRef
from dragoman.model.documents import Zone
from dragoman.reference.scan import Words

_HOST_WORDS = re.compile(
    r"\b(?:received|receives|receive|receiving|hosted|host|hosts|hosting|called in|summoned|summons|greeted|welcomed|bade farewell"
    r"|informed|called on|calls on|call on|"
    r"called|telephoned|phoned)\b",
    re.I,
)
_RECEIVES = re.compile(r"(?:welcomed|greeted|informed|hosted|hosting|hosts|host|receive[sd]?|receiving)", re.I)
_PASSIVE = re.compile(r"\b(?:was|were|been|be|is|are)\s+(?:(?!by\b|to\b)\w+\s+){0,2}$", re.I)
_AT_ONCE = re.compile(
    r"\s*(?:(?:the|his|her|its|their|a|an|new|visiting|outgoing|incoming|departing|resident|designate|newly[ -]\w+|then|former|"
    r"yesterday|today|on \w+|here|separately|also)[\s,]*){0,5}"
)
_CALLED = re.compile(  # "called him a friend", "called for calm", "called on Israel to stop" are no telephone calls and no visits
    r"\s*(?:$|[.;)]|,(?!\s*[\"“'‘])|(?:on|in|at|from|to|after|before|and|again|twice|yesterday|today|this|last|late|early|earlier|shortly|"
    r"by|during|while|with)\b)"
)
_SPOKE = re.compile(
    r"\s+(?:(?:today|yesterday|again|also|separately|briefly|twice|at length|last night|last evening|this morning|earlier(?: today"
    r"| on \w+)?|"
    r"on \w+(?: \d{1,2})?)\s+){1,3}(?:to|with)\s"
)
_SAME_DAY = re.compile(  # a report of one day goes on: "Subsequently, the Minister received ..."
    r"(?:(?:Later|Subsequently|Afterwards|Then|Separately|Earlier|In the (?:morning|afternoon|evening)|On the same (?:day|occasion)"
    r"|The same day|Following|After|"
    r"Prior to|Before|During (?:the|his|her) (?:visit|stay))\b|[^.]{0,60}\b(?:also|then|subsequently|later|separately)\s+(?:met|held"
    r"|received|had|paid|called|was received|"
    r"visited|attended|spoke|hosted)\b)"
)
_VERBAL = re.compile(r"(?:met|meet|held|hold(?:s|ing)?|had|have|has|having|engag(?:ed?|ing)|(?:paid|pay(?:s|ing)?) a)\b")
_ALSO = re.compile(r",? and (?:(?:is|are|was|were) (?:also |then )?(?:expected|due|set|scheduled|to)|will|would)\b")  # another thing begins
_CREDENTIALS = re.compile(r"\s+(?:\w+\s+){0,4}(?:credentials|letters? of (?:credence|accreditation))\b", re.I)
_DURING = re.compile(r"(?:During|In|At) the (?:\w+ )?(?:meeting|talks|call|conversation|audience|visit)\b")
_PAST = re.compile(r"[^,.;]{0,60}?\b(?:last (?:week|month|year|\w+day)|yesterday|a (?:week|month|year) ago)\b")
_CHAIRS = re.compile(r"\b(?:co-chairs|co-chairmen|chairpersons|heads of (?:the )?(?:two )?delegations|(?:two )?ministers|delegations)\b")
_ASKED = re.compile(
    r"\s*,?\s*(?:not\s+)?(?:to\s+(?!discuss|talk|congratulate|offer|express|convey|thank|wish|invite|inform|brief|ask)\w+|for\b)"
)
_ARRIVAL = re.compile(r"\b(?:today|this (?:morning|afternoon|evening)|just now|just)\b", re.I)
_OFF = re.compile(
    r"\b(?:NOT|did not (?:go|take)|never (?:took place|came about|materiali[sz]ed)|fell through|"
    r"(?:was|been|were|is) (?:cancelled|canceled|called off|scrapped|off)|called (?:it|them) off)\b"
)
_RETURNED = re.compile(r"\b(?:returned (?:home )?(?:on|from|after|to)|(?:is|was|are) back (?:home )?from|flew home)\b")
_POSTPONED = re.compile(r"\b(?:postponed|put off|moved|deferred|delayed) (?:until|till|to)\b")
_PUT_OFF = re.compile(
    r"[^.;:]{0,110}?\b(?:was|were|has been|have been|had been|is|are) (?:postponed|put off|deferred|delayed)\b(?! (?:until|till|to)\b)"
)
_AHEAD = re.compile(
    r"[^.;:]{0,90}?\b(?:(?:is|are|was|were|being) (?:now |also |tentatively )?(?:planned|scheduled|expected|foreseen|envisaged|slated|due)"
    r"|(?:will|shall|is to|are to) (?:also |then |now )?(?:be (?:held|hosted|convened|organi[sz]ed)|take place|meet|begin|open|follow))\b"
)
_ACCEPTED = re.compile(
    r"\binvitation (?:was|has been|had been) (?:\w+ )?accepted\b|\baccepted (?:the|this|his|her|their) (?:\w+ )?invitation\b"
)
_VIDEO = re.compile(r"\b(?:video|virtual(?:ly)?|online)\b", re.I)
_PHONE = re.compile(r"\b(?:by|over the|on the) (?:tele)?phone\b")
_ORDINAL = re.compile(
    r"\b(?:\d{1,3}(?:st|nd|rd|th)|(?i:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|"
    r"twelfth))\s+(?:[\w-]+\s+){0,3}"
    r"(?:[Mm]eeting|[Ss]ession|[Rr]ound|[Ss]ummit|[Ff]orum|[Dd]ialogue|[Cc]onsultations)"
    r"(?:\s+of\s+the\s+[A-Z][\w-]*(?:\s+(?!(?:was|were|is|are|will|took|takes|has|have|had|in|at|held|opened|began|ended|which|that|"
    r"on\s+(?:\d|the\s+\d|\w+day))\b)[\w-]+){0,10})?"
)
_TOPICS = re.compile(
    r"\b(?:discuss(?:ed|ing)?|talks on|exchanged views on|spoke about|talked about|focus(?:ed|ing)? on|considered|"
    r"reviewed)\s+(?P<what>[^.;:]{4,160})"
)


class Found(NamedTuple):
    """What a trigger gives: participants, host, the stretch that says so, rules, and a place where the words name one."""

    people: list[Actor]
    host: str | None
    start: int
    end: int
    rules: tuple[str, ...]
    place: Mention | None = None
    until: int | None = None
    also: tuple[tuple[int, int], ...] = ()  # further words that name them


@cache
def _triggers() -> tuple[Words, dict[str, str]]:
    modes = {w: mode for mode, words in lexicon(__file__)["modes"].items() for word in words for w in (word, *_other_forms(word))}
    modes = {w[0].upper() + w[1:]: mode for w, mode in modes.items()} | modes
    return Words(re.compile(rf"\b{phrases(modes)}\b")), modes


def _other_forms(word: str) -> list[str]:
    """What the lexicon has in the past in other tenses: "held talks with" gives "holds talks with", "holding talks with"."""
    verb, _, rest = word.partition(" ")
    return [f"{form} {rest}" for form in lexicon(__file__)["tenses"].get(verb, ()) if rest]


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = lexicon(__file__)
    nouns = re.compile(r"\b(?:" + "|".join(words["pair_nouns"]) + r")(?:(?: on \w+day)? (?:with|between))?$", re.I)
    return re.compile(words["idioms"], re.I), nouns


def extract(text: AnnotatedText) -> Iterator[Contact]:
    """One contact for each trigger that has its people; what only repeats another in vaguer words is left out."""
    found: list[Contact] = []
    pattern, modes = _triggers()
    idioms, _ = _patterns()
    for index, triggers in matches(text, pattern).items():
        sentence, done = text.sentences[index], 0
        for m in triggers:
            if m.start() < done or idioms.match(text.text, m.start()):
                continue
            here = list(_contacts(text, sentence, m, modes[m.group()], found))
            if modes[m.group()] == "discussion":
                here = [c for c in here if not any(names(c) == names(d) for d in found)]
            if here:
                done = m.end()
                found += here
    yield from told_better(text, found)


def _contacts(text: AnnotatedText, sentence: Sentence, m: re.Match[str], mode: str, before: list[Contact]) -> Iterator[Contact]:
    left, right = clauses.clause(text, sentence, m.start(), m.end())
    if mode == "visit" and m.group() in ("visited", "visits", "visit", "visiting") and _calls_on(text, sentence, m):
        mode = "meeting"
    if mode == "visit":
        for v in visits.find(text, sentence, m, left, right):
            yield _contact(
                text, sentence, m, mode, Found(v.people, v.host, v.start, v.end, (v.rule,), v.place, v.until), left, right, before
            )
        return
    rows: Iterator[Found]
    if mode in ("summit", "forum"):
        rows = (Found(g.people, g.host, g.start, g.end, (g.rule,), g.place) for g in gatherings.named(text, sentence, m, left, right))
    elif mode == "conference":
        rows = (Found(g.people, g.host, g.start, g.end, (g.rule,), g.place) for g in gatherings.press(text, sentence, m))
    elif mode == "chairing":
        chair = gatherings.chairing(text, sentence, m, left)
        mode, rows = (chair.mode, iter([Found(chair.people, None, chair.start, chair.end, ("chairing",))])) if chair else (mode, iter(()))
    elif mode == "credentials":
        rows = (Found(c.people, None, c.start, c.end, (c.rule,), also=c.also) for c in credentials.find(text, sentence, m, left))
    elif mode == "letter":
        rows = (Found(x.people, None, m.start(), m.end(), ("letter",)) for x in letters.find(text, sentence, m, left))
    else:
        rows = _meeting(text, sentence, m, left, right, before)
    for found in rows:
        told = "meeting" if mode in ("conference", "discussion", "credentials") else mode
        yield _contact(text, sentence, m, told, found, left, right, before)


def _calls_on(text: AnnotatedText, sentence: Sentence, m: re.Match[str]) -> bool:
    """ "The ambassador visited the new Prime Minister, X": a person is visited, not a country."""
    found = clauses.outer(text.actors_in(m.end(), sentence.end))[:1]
    if found and found[0].mention.lower() in sides.OWNERS:
        return False
    return bool(found) and found[0].kind in ("person", "office") and bool(_AT_ONCE.fullmatch(text.text, m.end(), found[0].start))


def _contact(
    text: AnnotatedText, sentence: Sentence, m: re.Match[str], mode: str, found: Found, left: int, right: int, before: list[Contact]
) -> Contact:
    start, end = found.start, found.end
    limit = min(right, found.until) if found.until and found.until > found.end else right
    also = _ALSO.search(text.text, m.end(), limit) if _verb_at(sentence, m.start()) else None
    limit = also.start() if also else limit
    date = clauses.date_of(
        text, sentence, found.start if found.rules == ("leg",) else left, limit, found.end if found.rules == ("leg",) else m.start()
    )
    comma = text.text.find(",", m.end(), right) if "opening" in found.rules else -1
    where = found.place or (clauses.place_of(text, left, comma if comma > 0 else right, m.start()) if mode != "call" else None)
    if date and left <= date.start < right:
        start, end = (
            min(start, date.start if 0 <= start - date.end < 20 else start),
            max(end, date.end if 0 <= date.start - end < 60 else end),
        )
    if where and 0 <= where.start - end < 25:
        end = where.end
    modality = _modality(text, sentence, m, left, right)
    if date is None and found.rules != ("leg",):
        date = _later(text, sentence, m)
    edtf = date.edtf if date else None
    published = text.document.published
    if modality == "actual" and edtf and published and len(published) == 10 and edtf[:1].isdigit() and "-2" not in edtf[4:6]:
        first = edtf.split("/")[0].rstrip("~?%")
        if first > published[: len(first)]:
            modality = "planned"
    if modality == "planned" and edtf and published and len(edtf) == len(published) == 10 and edtf < published:
        agreed = re.search(r"\bagreed to\s+(?!meet|hold|visit|convene)", text.text[left : m.start()])
        modality = "actual" if agreed else modality  # what they agreed to is ahead, not that they met
    if date and modality == "planned" and date.relation == "since":
        edtf = None
    if date and edtf and modality == "actual" and _aside(text, sentence, date, m.start()):
        edtf = f"{edtf}/.." if len(edtf) == 10 else None
    postponed = _POSTPONED.search(text.text, m.end(), sentence.end)
    if postponed:
        modality = "planned"
        later = [d for d in text.dates_in(postponed.end(), sentence.end) if d.edtf]
        edtf = later[0].edtf if later else edtf
    elif _PUT_OFF.match(text.text, m.end(), right):
        modality, edtf = "planned", None  # put off, and nobody says until when
    if edtf is None:
        edtf = _implied(text, sentence, modality, m, before)
    return Contact(
        **claim_base(text, start, end, *found.also),
        mode=_mode(text, left, right, mode),
        participants=tuple(actor_ref(a) for a in found.people),
        visit_type=_visit_type(text, sentence, m) if mode == "visit" else None,
        host=found.host,
        place=PlaceRef(where.name, where.state) if where else _told_from(text, sentence, mode, modality, edtf),
        date=edtf,
        occasion=_occasion(text, left, right),
        topics=_topics(text, sentence),
        modality=modality,
        rules=(mode, m.group().lower(), *found.rules),
        confidence=0.75 if len(found.people) > 1 else 0.6,
    )


def _visit_type(text: AnnotatedText, sentence: Sentence, m: re.Match[str]) -> str | None:
    """What sort of visit the words around say it is."""
    around = text.text[max(sentence.start, m.start() - 25) : m.end() + 14].lower()
    return next((t for t, words in lexicon(__file__)["visit_types"].items() if any(w in around for w in words)), None)


def _aside(text: AnnotatedText, sentence: Sentence, date: DateMention, trigger: int) -> bool:
    """Whether a date stands in a relative clause that tells of earlier: "X, who was elected on 20 May 2019, paid a visit"."""
    who = text.text.rfind(", who ", sentence.start, date.start)
    closed = who >= 0 and date.end < trigger and text.text[date.end : date.end + 2] == ", "
    return closed and not re.search(r"[;:]|\bwill\b", text.text[who:trigger])


def _later(text: AnnotatedText, sentence: Sentence, m: re.Match[str]) -> DateMention | None:
    """The date in the relative clause behind: "the next session, which will be held in March"."""
    which = re.compile(r",? (?:which|to be|that|due|scheduled)\b").search(text.text, m.end(), min(m.end() + 90, sentence.end))
    found = text.dates_in(m.end(), min(m.end() + 170, sentence.end)) if which else []
    return next((d for d in found if d.edtf and not d.recurring and d.start > (which.end() if which else 0)), None)


def _modality(text: AnnotatedText, sentence: Sentence, m: re.Match[str], left: int, right: int) -> str:
    if _OFF.search(text.text, left, sentence.end):
        return "denied"
    found = clauses.modality(text, left, right, m.start())
    if found == "actual" and sentence.zone is Zone.HEADING and text.text[max(0, m.start() - 4) : m.start()].lower() == " to ":
        return "planned"  # "Ministers to meet in Oslo"
    if found == "actual" and not _verb_at(sentence, m.start()) and _AHEAD.match(text.text, m.end(), right):
        return "planned"
    if found == "planned" and _PAST.match(text.text, m.end(), right):
        return "actual"
    invited = re.search(r"\b(?:invit\w+|invitation)\b", text.text[left : m.start()])
    goes = re.search(r"\baccept(?:ed|s)\b|\binvited (?:him|her|them) to (?:visit|pay)\b", sentence.text)
    if found == "possible" and invited and (goes or _ACCEPTED.search(text.text, sentence.end, sentence.end + 160)):
        return "planned"
    return found


def _verb_at(sentence: Sentence, pos: int) -> bool:
    """Whether a verb stands at a place: "arrived in Lima, where she will meet", not "the visit will begin"."""
    return any(t.start <= pos < t.end and t.pos in ("VERB", "AUX") for t in sentence.tokens)


def _mode(text: AnnotatedText, left: int, right: int, mode: str) -> str:
    if mode in ("meeting", "talks") and _VIDEO.search(text.text, left, right):
        return "video"
    if mode in ("meeting", "talks") and _PHONE.search(text.text, left, right):
        return "call"
    return mode


def _told_from(text: AnnotatedText, sentence: Sentence, mode: str, modality: str, date: str | None) -> PlaceRef | None:
    """A meeting that opens a report on its own day took place where the report is dated."""
    document = text.document
    if mode not in ("meeting", "talks") or modality != "actual" or sentence.index > 5:
        return None
    if not document.place or not date or date != document.published or _RETURNED.search(sentence.text):
        return None
    if _VIDEO.search(sentence.text) or _PHONE.search(sentence.text):
        return None
    for m in text.mentions_in(0, min(len(text.text), 700), MentionType.PLACE, MentionType.STATE):
        if m.text.casefold() == document.place.split(",")[0].casefold():
            return PlaceRef(document.place.split(",")[0], m.state)
    return None


def _implied(text: AnnotatedText, sentence: Sentence, modality: str, m: re.Match[str], before: list[Contact]) -> str | None:
    """A report's opening without a date tells of its own day; "during the meeting" of the contact told just before."""
    published = text.document.published
    if modality == "actual" and before and before[-1].modality == "actual" and _DURING.match(sentence.text):
        return before[-1].date
    if modality != "actual" or not published or len(published) != 10 or _RETURNED.search(sentence.text):
        return None
    if sentence.index < 6 or _ARRIVAL.search(sentence.text):
        return published
    last_day = before[-1].date if before else None
    if last_day == published and _SAME_DAY.match(sentence.text):
        return published
    if before and before[-1].date and len(before[-1].date) == 10 and before[-1].modality == "actual":
        last = text.sentence_at(before[-1].evidence[0].start)
        if (
            last
            and 0 <= sentence.index - last.index <= 3
            and re.search(r"\b(?:had|has|have|last|previous|ago)\b", text.text[sentence.start : m.start()]) is None
        ):
            return before[-1].date
    return None


def _meeting(text: AnnotatedText, sentence: Sentence, m: re.Match[str], left: int, right: int, before: list[Contact]) -> Iterator[Found]:
    """Meetings, talks and calls: subject and object, "between A and B", "the two leaders met"."""
    _, nouns = _patterns()
    if _CREDENTIALS.match(text.text, m.end()):
        return  # told by the word "credentials"
    word = m.group().lower() if m.group() in ("Session", "Meeting") else m.group()
    token = next((t for t in sentence.tokens if t.start <= m.start() < t.end), None)
    noun = bool(nouns.search(word)) and not _VERBAL.match(word) and (token is None or token.pos != "VERB")
    noun = noun or (sentence.zone is Zone.HEADING and word == "talks")
    end = m.end()
    if word in ("spoke", "spoken", "talked"):
        to = _SPOKE.match(text.text, m.end(), right)
        if to is None:
            return
        end = to.end() - 1
    groups = sides.objects(text, sentence, m.start(), end, right, noun)
    far = None if noun or groups or not _HOST_WORDS.fullmatch(word) else sides.parsed_object(text, sentence, m.start(), m.end())
    groups = [far] if far else groups
    lead = text.text[m.end() : groups[0][0].start] if groups else ""
    subject = [] if noun and re.search(r"\bbetween\b", lead) else sides.subject(text, sentence, m.start(), left)
    opening: tuple[str, ...] = ()
    if noun and not groups and len(clauses.flat(subject)) < 2:
        subject = sides.after_opening(text, sentence, m.start(), m.end()) or subject
    if noun and len(groups) == 1 and not subject and not re.search(r"\bbetween\b", lead) and len(sides.people(text, groups[0])) == 1:
        subject = sides.after_opening(text, sentence, m.start(), groups[0][-1].end)
        opening = ("opening",) if subject else ()
    if noun and groups and not subject and not re.search(r"\bbetween\b", lead) and len(sides.people(text, groups[0])) == 1:
        subject = _protagonist(text, sentence, before)
    passive = bool(_PASSIVE.search(text.text[left : m.start()])) and bool(_HOST_WORDS.fullmatch(word)) and not word.endswith("ing")
    if passive and not re.search(r"\bby\b", lead):
        envoy = [a for a in clauses.flat(subject) if a.kind == "person" and a.name] if word.startswith(("summon", "called in")) else []
        if envoy:
            yield Found(envoy[:1], None, min(m.start(), envoy[0].start), m.end(), ("summoned",))
        return
    if not passive and not far and _HOST_WORDS.fullmatch(word) and groups and not _AT_ONCE.fullmatch(lead):
        return
    if passive and _CHAIRS.search(text.text, left, m.start()) and not any(a.kind == "person" for a in subject):
        subject = _chairs_before(text, before) or subject
    if not groups and not passive and _RECEIVES.fullmatch(word) and not sides.GUESTS.search(text.text, m.end(), min(right, m.end() + 70)):
        return  # "both welcomed the progress": nobody is received
    ours = r"\b[Ww]e\b" + (r"|\b[Oo]ur\s+(?:\w+\s+){0,2}$" if noun and not groups else "")
    if not subject and re.search(ours, text.text[max(left, m.start() - 40) : m.start()]):
        subject = sides.ours(text, m.start())
    if len(subject) == 1 and subject[0].mention.lower() == "we" and not groups:
        subject = sides.ours(text, m.start()) or subject
    if _only_named(text, word, groups, right):
        return
    any_ = False
    for group in groups or [[]]:
        people = sides.people(text, [*subject, *group])
        if _fits(text, people, word, left, right, m, passive):
            any_ = True
            spans = [a for a in (*subject, *group) if sentence.start <= a.start < sentence.end]
            start, end = min([m.start(), *(a.start for a in spans)]), max([m.end(), *(a.end for a in spans)])
            yield Found(people, None, start, end, ("pair" if group and subject else "group", *opening))
    if not any_:
        for g in gatherings.session(text, sentence, m, left, right):
            yield Found(g.people, g.host, g.start, g.end, (g.rule,), g.place)


def _only_named(text: AnnotatedText, word: str, groups: list[list[Actor]], right: int) -> bool:
    """ "Called him a friend", "both sides called for calm", "called on Israel to stop": words, and nobody met or telephoned."""
    if _RECEIVES.fullmatch(word) and groups and text.text[groups[0][-1].end :][:2] in ("'s", "’s", "s'", "s’"):
        return True  # "welcomed Moldova's reforms"
    if word not in ("called", "called on", "calls on", "call on"):
        return False
    if not groups:
        return True
    last = groups[-1][-1]
    behind = text.text[last.end : last.end + 40]
    if word == "called":
        return not _CALLED.match(behind) or bool(_ASKED.match(behind) and behind.lstrip().startswith("for"))
    return bool(_ASKED.match(behind)) or last.kind not in sides.PEOPLE


def _one_state(people: list[Actor]) -> bool:
    return len({p.state for p in people}) == 1 and people[0].state is not None


def _discussed(word: str) -> bool:
    return word.lower() in lexicon(__file__)["modes"]["discussion"]


def _chairs_before(text: AnnotatedText, before: list[Contact]) -> list[Actor]:
    """ "The co-chairs were received by X": those of the session told before."""
    for c in reversed(before):
        people = [p for p in c.participants if (p.id or "").startswith("person:")]
        if len(people) > 1:
            at = c.evidence[0].start
            return [Actor(at, at, p.mention or "", p.name, "person", p.id, p.state, p.position) for p in people[:2]]
    return []


def _protagonist(text: AnnotatedText, sentence: Sentence, before: list[Contact]) -> list[Actor]:
    """Whose meetings a report goes through: "A bilateral with X had been planned" is of the one who met somebody just before."""
    if not before:
        return []
    last = text.sentence_at(before[-1].evidence[0].start)
    who = before[-1].participants[0]
    if last is None or not 0 < sentence.index - last.index <= 3 or not (who.id or "").startswith("person:"):
        return []
    return [Actor(last.start, last.start, who.mention or "", who.name, "person", who.id, who.state, who.position)]


def _fits(text: AnnotatedText, people: list[Actor], word: str, left: int, right: int, m: re.Match[str], passive: bool) -> bool:
    """Whether these people can have met: two of them, or one with a crowd of officials."""
    if not people or len(people) > 5:
        return False
    if _discussed(word) and (len(people) < 2 or _one_state(people) or not all(p.kind == "person" and p.name for p in people)):
        return False
    human = any(p.kind in sides.PEOPLE for p in people)
    if len(people) == 1 and word.startswith(("summon", "called in")):
        return human and people[0].name is not None
    if len(people) == 1:
        around = text.text[left : m.start()] + text.text[m.end() : min(right, m.end() + 60)]
        return (
            human
            and people[0].name is not None
            and bool(sides.CROWD.search(around) or (passive and sides.GUESTS.search(text.text[left : m.start()])))
        )
    if not human and word in ("phone", "session", "meeting", "received", "hosted", "audience", "called on", "calls on"):
        return False
    names = {p.name for p in people if p.name}
    return len(names) > 1 or any(not p.name for p in people)


def _occasion(text: AnnotatedText, left: int, right: int) -> str | None:
    found = _ORDINAL.search(text.text, left, right)
    return " ".join(found.group().split()) if found else None


def _topics(text: AnnotatedText, sentence: Sentence) -> tuple[str, ...]:
    """What was talked about, as the sentence lists it."""
    found = _TOPICS.search(text.text, sentence.start, sentence.end)
    if not found:
        return ()
    what = re.split(r"\b(?:with|during|at|after|before|while|which|by phone|by telephone)\b", found["what"])[0]
    items = [re.sub(r"^(?:and|the|also)\s+", "", i.strip()) for i in re.split(r",\s*(?:and\s+)?", what)]
    return tuple(" ".join(i.split()) for i in items if 3 < len(i) < 90)[:6]
