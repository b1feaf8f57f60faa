"""Missions: which state keeps an embassy, consulate or trade mission in which state and city."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from dragoman.extract.frame import claim_base, lexicon, matches, phrases
from dragoman.model.annotations import AnnotatedText, Mention, MentionType, Sentence
from dragoman.model.claims import Mission
from dragoman.reference import places, states
from dragoman.reference.scan import Words

STATES = (MentionType.STATE, MentionType.DEMONYM)
WHERE = (MentionType.PLACE, MentionType.STATE)
_OF = re.compile(r"\s+of\s+(?:the\s+)?")
_IN = re.compile(
    r"(?:\s*+,[^,.;]{0,40}+,)?\s++(?:\w++\s++)?(?:in|to|at)\s++(?:the\s++)?(?:(?:city|town|port|capital|capital city)\s++(?:of\s++)?|"
    r"capital,\s++)?",
    re.I,
)
_LIST = re.compile(r"\s*+(?:,|(?:,\s*+)?(?:and|as well as(?: in)?))\s++(?:in\s++)?(?:the\s++)?")
_OWNER = re.compile(r"\b(?P<who>our|its|their|his|her|my|your)\s+(?:(?:new|own|first|former|large|small)\s+){0,2}$", re.I)
_FUTURE = re.compile(
    r"\b(?:will|would|shall|(?<!first )(?<!country )(?<!state )(?<!nation )to|plans?|planned|intends?|decided to|soon|"
    r"pledg\w+|promis\w+|agreed|prepar\w+)\s+(?:\w+\s+){0,2}(?:re-?)?open|"
    r"\bopening of\b(?=.{0,60}\b(?:next|planned|soon|will)\b)|\bto be opened\b|\bwill be (?:re-?)?opened\b|"
    r"\b(?:is|are) due to (?:re-?)?open",
    re.I,
)
_KEEPS = re.compile(
    r"\b(?:open(?:s|ed|ing)?|re-?open(?:s|ed|ing)?|keep(?:s|ing)?|kept|has|have|had|maintain(?:s|ed|ing)?|clos(?:e|es|ed|ing)|shut|"
    r"establish(?:es|ed|ing)?|run|runs|operat(?:e|es|ed|ing)|set up)\s+(?:\S+\s+){0,5}$"
)
_TURN = re.compile(  # what is said of the mission behind it: "…, announced last year, would open its doors in January"
    r"(?:,[^,;:.]{1,70},)?(?:\s(?:which|that))?(?:\s(?P<ahead>will|would|shall|is to|are to|is due to))?"
    r"(?:\s(?:was|were|be|is|are|has been|had been|have been))?\s(?:re-?)?(?:open(?:ed|s)?|inaugurated|shut|closed)\b"
)
_DONE_TO = re.compile(
    r"\b(?:(?:re-?)?open(?:ed|s|ing)?|inaugurat(?:ed|es|ing|ion of)|cut(?:ting)? the ribbon (?:of|at|for)|shut|clos(?:ed|es|ing))\s+"
    r"(?:(?!of\b)[^\W\d_]+\s+){0,4}$"
)
_CITY = re.compile(r"\bin (?:the )?(?P<city>[^\W\d_][^,()]{2,40})$")
_PARTED = re.compile(r"\b(?:to be|become|became|as) (?:an?|the)\s+$")
_EACH = re.compile(
    r"\s+in\s+(?:(?:each other|one another|the other)['’]s?\s+(?:capitals?|countr(?:y|ies)|territor(?:y|ies))"
    r"|(?:both|the two) (?:capitals|countries))"
)
_NONE = re.compile(r"\b(?:no|not|without|never|neither)\b(?:\s+\w+){0,5}\s*$", re.I)
_ONE = re.compile(r"\bone\b(?:\s+(?!in\b)\w+){0,4}")


@cache
def _triggers() -> tuple[Words, dict[str, str]]:
    kinds = {w.lower(): kind for kind, words in lexicon(__file__)["types"].items() for w in words}
    words = phrases(kinds).replace(r"\ ", r"[\s-]")
    return Words(re.compile(rf"\b{words}\b(?!-)", re.I)), kinds


def extract(text: AnnotatedText) -> Iterator[Mission]:
    """One mission for each city that a phrase names."""
    pattern, kinds = _triggers()
    named = matches(text, pattern)
    last: str | None = None
    for index in sorted({*named, *(k + 1 for k in named if k + 1 < len(text.sentences))}):
        sentence = text.sentences[index]
        here: str | None = None
        for m in named.get(index, ()):
            here = kinds[re.sub(r"[\s-]+", " ", m.group().lower())]
            yield from _mission(text, sentence, m.start(), m.end(), here)
        yield from _elliptic(text, sentence, here or last or "embassy")
        last = here


def _mission(text: AnnotatedText, sentence: Sentence, start: int, end: int, kind: str) -> Iterator[Mission]:
    if _NONE.search(text.text[max(sentence.start, start - 45) : start]):
        return
    sender, from_, to = _sender(text, sentence, start, end)
    named = _named(text, start)
    if named is not None and (not sender or sender == named.state):
        sender, from_, to = named.state, named.start, max(to, named.end)
        yield from _seated(text, named, kind)
        if _CITY.search(named.text):
            return
    where = _places(text, sentence, to)
    if both := _mutual(text, sentence, start, end, where):
        yield from _of_both(text, sentence, start, end, kind, both, where)
        return
    where = where or _below(text, sentence, from_, to)
    if not where and re.match(r"\s+there\b", text.text[to : to + 8]):
        where = _earlier(text, start)
        to += 6 if where else 0
    modality = "planned" if _FUTURE.search(text.text[max(sentence.start, start - 70) : min(sentence.end, end + 60)]) else "actual"
    hosts = [(p.state, p.name if p.type is MentionType.PLACE else None, p.end) for p in where if p.state]
    if not hosts:
        other = _other(text, sender)
        if kind == "consulate" or kind == "consulate general" or not sender or not other or not text.text[from_:start].strip():
            return
        if text.text[start:end].lower().endswith(("ies", "s")) or _PARTED.search(text.text[max(sentence.start, start - 30) : start]):
            return
        hosts = [(other, _seat(text, sentence, other, start), to)]
    sender = sender or _default(text, sentence, start, hosts[0][0])
    if sender is None:
        return
    for state, city, stop in hosts:
        if state and state != sender:
            turn, ahead = _turn(text, sentence, from_, max(stop, to))
            yield Mission(
                **claim_base(text, from_, max(stop, to), *turn),
                sending=sender,
                receiving=state,
                type=kind,
                city=city,
                modality="planned" if ahead else modality,
                rules=("phrase", kind),
                confidence=0.85 if city else 0.6,
            )


def _mutual(text: AnnotatedText, sentence: Sentence, start: int, end: int, where: list[Mention]) -> list[str]:
    """The two states that have missions with each other: "reopened embassies in each other's capitals", "in Lima and Oslo"."""
    if not text.text[start:end].lower().endswith("s"):
        return []
    found = list(dict.fromkeys(a.state for a in text.actors_in(sentence.start, start) if a.kind == "state" and a.state))[-2:]
    both = [s for s in (found if len(found) == 2 else text.parties[:2]) if s]
    each = _EACH.match(text.text, end, sentence.end)
    seats = {p.state for p in where if p.type is MentionType.PLACE}
    return both if len(both) == 2 and (each or (len(found) == 2 and seats == set(found))) else []


def _of_both(
    text: AnnotatedText, sentence: Sentence, start: int, end: int, kind: str, both: list[str], where: list[Mention]
) -> Iterator[Mission]:
    each = _EACH.match(text.text, end, sentence.end)
    stop = each.end() if each else where[-1].end
    ahead = _FUTURE.search(text.text[max(sentence.start, start - 70) : min(sentence.end, end + 60)])
    for sender, host in (both, both[::-1]):
        city = next((p.name for p in where if p.state == host and p.type is MentionType.PLACE), None)
        if city is None and each and "capital" in each.group():
            city = states.capital(host, text.document.published)
        yield Mission(
            **claim_base(text, start, stop),
            sending=sender,
            receiving=host,
            type=kind,
            city=city,
            modality="planned" if ahead else "actual",
            rules=("mutual", kind),
            confidence=0.8,
        )


def _turn(text: AnnotatedText, sentence: Sentence, start: int, end: int) -> tuple[list[tuple[int, int]], bool]:
    """The stretch that tells of an opening or closing with its date, and whether it is still to come."""
    after = _TURN.match(text.text, end, sentence.end)
    before = _DONE_TO.search(text.text, max(sentence.start, start - 60), start)
    if not (after or before):
        return [], False
    first, last = (end, after.end()) if after else (before.start() if before else start, end)
    date = next((d for d in text.dates_in(last, min(last + 60, sentence.end)) if d.edtf and d.start - last < 30), None)
    return [(first, date.end if date else last)], bool(after and after["ahead"])


def _below(text: AnnotatedText, sentence: Sentence, start: int, end: int) -> list[Mention]:
    """The city in the line under a letterhead: "Embassy of Norway", "Accra, 3 May 2011"."""
    if start - sentence.start > 4 or sentence.end - end > 1 or sentence.index + 1 >= len(text.sentences):
        return []
    line = text.sentences[sentence.index + 1]
    if line.end - line.start > 60 or "\n" not in text.text[sentence.end : line.start]:
        return []
    first = text.mentions_in(line.start, line.start + 30, MentionType.PLACE)[:1]
    return [m for m in first if m.start == line.start and text.text[m.end : m.end + 1] in ("", ",", "\n")]


def _named(text: AnnotatedText, start: int) -> Mention | None:
    """The mission as one name, "Embassy of Norway in Accra", with its state."""
    found = text.mentions_in(max(0, start - 60), start + 120, MentionType.ORGANIZATION)
    return next((m for m in found if m.start <= start < m.end and m.state), None)


def _seated(text: AnnotatedText, named: Mention, kind: str) -> Iterator[Mission]:
    """The mission whose own name tells its city or host."""
    city = _CITY.search(named.text)
    if not city or not named.state:
        return
    found = places.find(city["city"])
    seats = _capitals().get(city["city"], ())
    hosts = [s for s in (*seats, *(found.states if found else ())) if s != named.state]
    host = next((s for s in hosts if s in text.parties), hosts[0] if hosts else states.code(city["city"]))
    if host and host != named.state:
        yield Mission(
            **claim_base(text, named.start, named.end),
            sending=named.state,
            receiving=host,
            type=kind,
            city=city["city"] if hosts else None,
            rules=("name", kind),
            confidence=0.85,
        )


@cache
def _capitals() -> dict[str, tuple[str, ...]]:
    """The states that have a capital of that name."""
    out: dict[str, tuple[str, ...]] = {}
    for state in states.table().values():
        for seat in state.capitals:
            out[seat.name] = (*out.get(seat.name, ()), state.code)
    return out


def _seat(text: AnnotatedText, sentence: Sentence, state: str, pos: int) -> str | None:
    """The capital of the host, when the sentence names it before the mission."""
    known = states.table().get(state)
    seats = {c.name for c in known.capitals} if known else set()
    return next(
        (m.name for m in reversed(text.mentions_in(sentence.start, pos, MentionType.PLACE)) if m.state == state and m.name in seats), None
    )


def _sender(text: AnnotatedText, sentence: Sentence, start: int, end: int) -> tuple[str | None, int, int]:
    """Whose mission it is, where the phrase begins, and where the owner's name after it ends."""
    for m in text.mentions_in(end, min(end + 90, sentence.end), *STATES):
        if m.type is MentionType.STATE and _OF.fullmatch(text.text[end : m.start]):
            return m.state, start, m.end
        break
    for m in reversed(text.mentions_in(max(sentence.start, start - 60), start, *STATES)):
        glue = text.text[m.end : start]
        if re.fullmatch(r"(?:['’]s?)?\s+(?:(?:new|own|first|former|departing|\w+ing|honorary|main|large|only)\s+){0,2}", glue) and (
            "’" in glue or "'" in glue or m.type is MentionType.DEMONYM or m.text.endswith("'s")
        ):
            return m.state, m.start, end
        break
    owner = _OWNER.search(text.text[max(sentence.start, start - 40) : start])
    if owner:
        who = owner["who"].lower()
        begin = start - len(owner.group())
        return (_speaker(text, sentence, begin) if who in ("our", "my") else _subject(text, sentence, begin)), begin, end
    verb = _KEEPS.search(text.text[max(sentence.start, start - 80) : start])
    if verb:
        begin = start - len(verb.group())
        hit = _subject(text, sentence, begin)
        if hit:
            return hit, begin, end
    return None, start, end


def _subject(text: AnnotatedText, sentence: Sentence, pos: int) -> str | None:
    """The state that acts before the phrase, in this sentence; or the one that the sentence before began with."""
    found = [a for a in text.actors_in(sentence.start, pos) if a.state and a.kind in ("state", "person", "office", "pronoun")]
    states = [a for a in found if a.kind == "state"]
    if states or found:
        return (states or found)[-1].state
    demonyms = [m for m in text.mentions_in(sentence.start, pos, *STATES) if m.state]
    if demonyms:
        return demonyms[-1].state
    if sentence.index:
        before = text.sentences[sentence.index - 1]
        if before.paragraph == sentence.paragraph or re.match(r"It\b", sentence.text):
            first = [m for m in text.mentions_in(before.start, before.end, *STATES) if m.state]
            return first[0].state if first else None
    return None


def _speaker(text: AnnotatedText, sentence: Sentence, pos: int) -> str | None:
    """ "Our embassy": the state of the one who speaks, else of the office that writes."""
    for quote in text.quotes:
        if quote.speaker and quote.speaker.state and any(a <= pos < b for a, b in ((quote.start, quote.end), *quote.also)):
            return quote.speaker.state
    near = next((a.state for a in text.actors_in(pos, sentence.end) if a.kind == "pronoun" and a.state and a.start - pos < 3), None)
    return near or text.home


def _places(text: AnnotatedText, sentence: Sentence, pos: int) -> list[Mention]:
    """ "in Montréal, Toronto and Vancouver", "in Fiji": the cities or the state after the phrase."""
    out: list[Mention] = []
    at = pos
    for m in text.mentions_in(pos, min(pos + 240, sentence.end), *WHERE):
        if m.start < at:
            continue
        glue = text.text[at : m.start]
        if not (_LIST if out else _IN).fullmatch(glue):
            if out and out[-1].type is MentionType.PLACE and m.type is MentionType.STATE and re.fullmatch(r"\s*[,(]\s*", glue):
                at = m.end  # "in Toronto, Canada"
                continue
            break
        if out and m.type is not out[0].type:
            break
        out.append(m)
        at = m.end
    return out


def _earlier(text: AnnotatedText, pos: int) -> list[Mention]:
    """ "There": the state or city named last before it."""
    return [m for m in text.mentions_in(max(0, pos - 300), pos, *WHERE) if m.state][-1:]


def _other(text: AnnotatedText, sender: str | None) -> str | None:
    """The other of the document's two states."""
    main = [s for s in text.parties[:2]]
    if sender in main and len(main) == 2:
        return next(s for s in main if s != sender)
    return text.home if text.home != sender else None


def _default(text: AnnotatedText, sentence: Sentence, pos: int, host: str | None) -> str | None:
    """A mission without an owner's name: the subject's, else the other party's."""
    near = [a.state for a in text.actors_in(sentence.start, pos) if a.kind in ("state", "person", "office") and a.state and a.state != host]
    if near:
        return near[0]
    if text.home and text.home != host:
        return text.home
    others = [s for s in text.parties[:2] if s != host]
    return others[0] if others else None


def _elliptic(text: AnnotatedText, sentence: Sentence, kind: str) -> Iterator[Mission]:
    """ "The Tajik one has worked in Bishkek since": the kind of the mission named before."""
    for m in text.mentions_in(sentence.start, sentence.end, *STATES):
        one = _ONE.match(text.text, m.end + 1, sentence.end)
        if not one or not m.state:
            continue
        for p in _places(text, sentence, one.end()):
            if p.state and p.state != m.state:
                yield Mission(
                    **claim_base(text, m.start, p.end),
                    sending=m.state,
                    receiving=p.state,
                    type=kind,
                    city=p.name if p.type is MentionType.PLACE else None,
                    rules=("elliptic", kind),
                    confidence=0.6,
                )
