"""Who stands on which side of a meeting or visit: subjects by the parse, objects by their prepositions, "we", "the delegation"."""

from __future__ import annotations

import re

from dragoman.extract import clauses
from dragoman.model.annotations import Actor, AnnotatedText, Quote, Sentence, Token

PEOPLE = ("person", "office", "group", "pronoun")
_LED = re.compile(
    r"\b(?:delegation|group|team|mission|party|deputies|lawmakers|parliamentarians)\b[^.;]{0,90}?"
    r"(?:\. (?:It|They|The delegation) (?:is|was|are|were) )?"
    r"\b(?:headed|led|chaired|under|leadership of)\s+(?:by\s+|of\s+)?",
    re.I,
)
GUESTS = re.compile(r"\b(?:delegation|guests?|visitors?|deputies|lawmakers|parliamentarians|group)\b", re.I)
CROWD = re.compile(
    r"\b(?:colleagues|counterparts|delegations?|deputies|ambassadors|lawmakers|senators|officials|representatives|friendship groups?|"
    r"ministries)\b",
    re.I,
)
OWNERS = frozenset(("my", "our", "your", "his", "her", "its", "their"))
_WITH = re.compile(
    r"\b(?:with|between|by|from)\s+(?:the\s+|its\s+|his\s+|her\s+|a\s+|both\s+)?"
    r"(?:(?:[a-z]+\s+){0,2}(?:ministries|ministers|governments|delegations|officials|representatives|experts|sides|leaders|presidents|premiers"
    r"|parliaments|heads of (?:state|government))\s+(?:of|from)\s+(?:the\s+)?)?$"
)
_DIRECT = re.compile(
    r"\s+(?:(?:the|his|her|its|their|a|also|up|then|new|former|here|visiting|outgoing|incoming|departing|newly[ -]\w+|on \w+|today"
    r"|yesterday|"
    r"separately)[\s,]+){0,4}(?:(?:H\. ?E\.|Mr|Mrs|Ms|Dr|Prof|Sheikh|Hon)\.?\s+){0,2}"
)
_OF_THEM = re.compile(r"\s+of\s+(?:the\s+)?(?:\w+\s+)?")
_ASIDE = re.compile(r"\b(?:presence|company|attendance|honou?r|behalf) of\s+(?:(?:the|his|her)\s+)?$|\b(?:by|with|for|from"
    r"|to)\s+(?:\w+\s+)?$")
_FAR = re.compile(r"\s+(?:in|at|on|here|today|yesterday|this|separately|during|within)\b")
_BETWEEN = re.compile(r"\bbetween\b|\bof\b|\bby\b|\bamong\b")
_NAMED = re.compile(r"(?: (?:there|here|in \w+))?,\s*")
_OPENING = re.compile(
    r"\b(?:[Aa]t|[Dd]uring|[Ff]ollowing|[Aa]fter|In)\s+(?:the course of\s+)?(?:a|an|the|their|his|her|today's)?\s*(?:\w+\s+){0,2}$"
)
_RANKED = re.compile(
    r"\b(?:presidents|leaders|ministers|premiers|heads of (?:state|government)|sides|countries|governments|neighbou?rs)\b", re.I
)
_LIGHT = frozenset(("hold", "take", "be", "have", "place", "occur"))
_AGAIN = re.compile(r"\band\s+(?:also\s+|separately\s+|then\s+)?with\b|,\s+with\b")
_RELATIVE = ("who", "which", "that", "whose")
_ASKS = (
    "invite", "ask", "urge", "expect", "persuade", "convince", "instruct", "direct", "send", "dispatch", "allow", "request", "encourage",
    "order",
)  # fmt: skip


def subject(text: AnnotatedText, sentence: Sentence, start: int, left: int) -> list[Actor]:
    """Those who do what the word at `start` says: by the parse, else the nearest before it in its clause."""
    actors = [a for a in clauses.outer(text.actors_in(sentence.start, sentence.end)) if not clauses.bracketed(text, a)]
    token = _governed(sentence.tokens, start)
    if token is not None:
        hit = next((a for a in actors if a.start <= token.start < a.end and a.end <= start), None)
        if hit is not None and hit.kind == "pronoun" and hit.name is None and hit.mention.lower() in ("you", "your"):
            return ours(text, start)[1:]
        led = head_of_delegation(text, token.start) if hit is not None and hit.kind == "state" and GUESTS.fullmatch(token.text) else None
        if led is not None and hit is not None and led.state == hit.state:
            return [led]  # "a Chinese delegation led by X visited Ethiopia"
        if hit is not None:
            return _with_joined(text, actors, hit, start)
        if GUESTS.fullmatch(token.text):
            head = head_of_delegation(text, token.start)
            return [head] if head else []
    near = clauses.before(text, start, max(sentence.start, left - 8), 70)
    if near and token is not None and near[-1].end <= token.start and not token.dep.startswith("nmod"):
        return []  # somebody else does it: "X said those who had landed in Nairobi"
    if near:
        return near
    if re.search(r"\b[Yy]ou\b", text.text[max(left, start - 25) : start]):
        return ours(text, start)[1:]
    lead = text.text[max(sentence.start, left - 7) : left].strip(" ,")
    if (
        left > sentence.start
        and lead.split()[-1:]
        and lead.split()[-1] in ("who", "whose", "which", "where", "when", "after", "before", "while", "but")
    ):
        return [a for a in clauses.outer(text.actors_in(sentence.start, left)) if a.kind in PEOPLE][-1:]
    return []


def _governed(tokens: tuple[Token, ...], start: int) -> Token | None:
    """The subject of the verb that a word belongs to; for "invited him to visit", the one invited."""
    k = next((t.i for t in tokens if t.start <= start < t.end), None)
    for _ in range(5):
        if k is None:
            return None
        t = tokens[k]
        subjects = [c for c in tokens if c.head == k and c.i != k and c.dep.startswith("nsubj") and c.start < start]
        if subjects:
            if subjects[0].text.lower() in _RELATIVE:
                return tokens[t.head]
            return subjects[0]
        if t.head == k:
            return None
        governor = tokens[t.head]
        if t.dep in ("xcomp", "advcl", "ccomp", "acl") and governor.lemma in _ASKS:
            objects = [c for c in tokens if c.head == governor.i and c.dep in ("obj", "iobj") and c.start < start]
            if objects:
                return objects[0]
        if t.dep == "acl" and governor.lemma in ("invitation", "request", "instruction"):
            within = [c for c in tokens if governor.start < c.start < t.start]
            invited = [c for c in within if c.pos == "PROPN" and c.dep in ("obl", "nmod", "flat", "appos")]
            if invited and _word(tokens, governor.i + 1) != "to":
                k = governor.i  # "accepted an invitation from A to visit": who accepted
                continue
            if invited:
                return invited[-1]  # "an invitation to A to visit": A goes
        k = t.head
    return None


def _word(tokens: tuple[Token, ...], at: int) -> str:
    """The word at a place of the sentence, in lower case."""
    return tokens[at].text.lower() if 0 <= at < len(tokens) else ""


def _with_joined(text: AnnotatedText, actors: list[Actor], hit: Actor, limit: int) -> list[Actor]:
    """The subject with those joined to it before the verb."""
    out = [hit]
    for a in (x for x in actors if hit.end <= x.start and x.end <= limit):
        if not clauses.joined(text.text[out[-1].end : a.start]):
            break
        out.append(a)
    k = actors.index(hit)
    for a in reversed(actors[:k]):
        glue = text.text[a.end : out[0].start]
        if a.kind in ("person", "pronoun") and a.mention.lower() in OWNERS:
            break
        if not clauses.joined(glue) or ("," in glue and "and" not in glue and len(out) == 1):
            break
        out.insert(0, a)
    return out


def objects(text: AnnotatedText, sentence: Sentence, start: int, end: int, right: int, noun: bool) -> list[list[Actor]]:
    """Those after the word: its object, or those after "with", "by", "between"; one list for each "and with"."""
    found = [a for a in clauses.outer(text.actors_in(end, sentence.end)) if a.kind != "pronoun" or a.name or a.members]
    if not found:
        return []
    first = next(
        (a for a in found if _WITH.search(clauses.plain(text.text[end : a.start])) and a.start - end < 130 and a.start < right + 4), None
    )
    if first is not None and any(
        t.pos in ("VERB", "AUX") and t.lemma not in _LIGHT and end <= t.start < first.start for t in sentence.tokens
    ):
        first = None
    direct = (
        found[0]
        if not noun and _DIRECT.fullmatch(text.text, end, found[0].start)
        else None
    )
    at_once = found[0].start - end < 20 and _WITH.search(clauses.plain(text.text[start : found[0].start]))
    if first is not None and text.text[start:end].endswith("between") and first.start - end > 40:
        first = None
    begun = direct or (found[0] if at_once else first)
    if begun is None and noun and found[0].kind in PEOPLE and _OF_THEM.fullmatch(clauses.plain(text.text[end : found[0].start])):
        both = len(found) > 1 and clauses.joined(text.text[found[0].end : found[1].start])
        begun = found[0] if found[0].kind == "group" or both else None
    if begun is None:
        return []
    out: list[list[Actor]] = [[begun]]
    at = begun.end
    for a in (x for x in found if x.start >= begun.end):
        glue = text.text[at : a.start]
        if out[-1][-1].kind == "office" and out[-1][-1].name is None and a.kind == "person" and _NAMED.fullmatch(glue):
            out[-1][-1] = a  # "her counterpart there, X"
            at = a.end
            continue
        if not clauses.joined(glue):
            break
        if _AGAIN.search(glue):
            out.append([])
        out[-1].append(a)
        at = a.end
    return out


def parsed_object(text: AnnotatedText, sentence: Sentence, start: int, end: int) -> list[Actor] | None:
    """The person who is the verb's object by the parse, however much stands between: "received in audience at the palace X"."""
    verb = next((t for t in sentence.tokens if t.start <= start < t.end), None)
    if verb is None or verb.pos != "VERB":
        return None
    for t in sentence.tokens:
        if t.head == verb.i and t.dep == "obj" and t.start >= end:
            hit = next((a for a in clauses.outer(text.actors_in(end, sentence.end)) if a.start <= t.start < a.end), None)
            return [hit] if hit is not None and hit.kind in ("person", "office") else None
    for a in clauses.outer(text.actors_in(end, sentence.end)):
        between = text.text[end : a.start]
        if a.kind in ("person", "office") and not _ASIDE.search(between):
            acts = any(t.pos == "VERB" and not t.text.endswith(("ed", "ing")) and end <= t.start < a.start for t in sentence.tokens)
            return [a] if _FAR.match(between) and not acts and len(between) < 160 else None
    return None


def after_opening(text: AnnotatedText, sentence: Sentence, start: int, end: int) -> list[Actor]:
    """"At a meeting in Accra yesterday, A and B signed": those after the comma."""
    if not _OPENING.search(text.text[max(sentence.start, start - 40) : start]):
        return []
    comma = text.text.find(",", end, min(sentence.end, end + 110))
    return [a for a in clauses.after(text, comma + 1, sentence.end, 6) if a.kind in PEOPLE] if comma > 0 else []


def people(text: AnnotatedText, actors: list[Actor]) -> list[Actor]:
    """Participants: persons and groups first; states and bodies only where no person is named."""
    actors = [x for a in actors for x in (_states_of(text, a) or [a])]
    one = [a for a in clauses.flat(actors) if a.name or a.kind == "office"]
    persons = [a for a in one if a.kind in ("person", "office")]
    if not persons:
        return [a for a in one if a.kind in ("state", "organization")]
    states = {p.state for p in persons}
    return persons + [a for a in one if a.kind in ("state", "organization") and len(persons) == 1 and a.state not in states][:1]


def _states_of(text: AnnotatedText, group: Actor) -> list[Actor]:
    """"The two presidents" whom the document does not name: their states."""
    if group.kind != "group" or group.members or len(text.parties) < 2 or not _RANKED.search(group.mention):
        return []
    if re.search(r"[A-Z]\w+(?:['’]s)?\s+$", text.text[max(0, group.start - 20) : group.start]):
        return []  # "the ASEAN foreign ministers": a body's
    return [Actor(group.start, group.end, group.mention, s, "state", f"state:{s}", s) for s in text.parties[:2]]


def head_of_delegation(text: AnnotatedText, pos: int) -> Actor | None:
    """The one who leads the delegation named last before a place or right after it."""
    window = max(0, pos - 6000)
    best: Actor | None = None
    for m in _LED.finditer(text.text, window, min(len(text.text), pos + 200)):
        hit = next((a for a in text.actors_in(m.end(), m.end() + 160) if a.kind == "person" and a.name and a.start - m.end() < 60), None)
        if hit is not None:
            best = hit
    return best


def ours(text: AnnotatedText, pos: int) -> list[Actor]:
    """"We met": the speaker with the one spoken to, or with the holder of the same office in the other state."""
    quote = quote_at(text, pos)
    if quote is None or quote.speaker is None or not quote.speaker.name:
        return []
    me = quote.speaker
    if quote.addressee is not None and quote.addressee.name and quote.addressee.name != me.name:
        return [me, quote.addressee]
    voices = {q.speaker.name: q.speaker for q in text.quotes if q.direct and q.speaker and q.speaker.name and q.speaker.kind == "person"}
    if len(voices) == 2 and me.name in voices:
        return [me, next(a for n, a in voices.items() if n != me.name)]
    others = {a.name: a for a in text.actors if a.kind == "person" and a.name and a.name != me.name and a.state and a.state != me.state}
    peers = [a for a in others.values() if a.position and a.position == me.position] or [
        a for a in others.values() if a.state in text.parties[:2] and a.position in LEADING and me.position in LEADING
    ]
    return [me, peers[0]] if len(peers) == 1 else []


LEADING = ("president", "prime minister", "chancellor", "federal chancellor", "king", "queen", "emir", "taoiseach", "premier")


def quote_at(text: AnnotatedText, pos: int) -> Quote | None:
    """The direct quotation that holds a place."""
    for quote in text.quotes:
        if quote.start > pos:
            break
        if quote.direct and any(a <= pos < b for a, b in ((quote.start, quote.end), *quote.also)):
            return quote
    return None
