"""States, their people, places and organisations in a text, from the tables and from the shape of organisations' names."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from dragoman.annotate import name_roles, organization_names
from dragoman.model.annotations import AnnotatedText, Mention, MentionType, Sentence
from dragoman.reference import states
from dragoman.reference.name_forms import CAPITAL, DEMONYM, METONYM, PLACE, SHIELD, STATE, Form, Hit, hits, traps

_JOIN = re.compile(r"\s*(?:,|and|&|or|,\s*and|/)\s*")
_GEORGIA = re.compile(r"\b(?:Atlanta|Savannah|Augusta|U\.?S\.? state|state of Georgia|South Carolina|Alabama|Tennessee|Florida)\b")
_INSIDE = re.compile(r"\b(?:in|at|inside|outside|near|from)\s+(?:the\s+)?$", re.I)
_LEAD = re.compile(
    r"(?:(?:the\s+)?(?:Federal|Islamic|Democratic|People['’]s|Socialist|Co-?operative|United|Arab)\s+){0,3}"
    r"(?:Republic|Kingdom|State|Commonwealth|Federation|Sultanate|Principality|Union)\s+of\s+(?:the\s+)?$"
)
_MONEY = re.compile(
    r"[ \n-](?:dollars?|pounds?|francs?|rupees?|rubles?|roubles?|yen|yuan|pesos?|tenge|dinars?|dirhams?|ri[yv]als?|rials?|"
    r"shillings?|cents|won|lira|liras|kron\w+|crowns?|"
    r"real|reais|rand|ringgit|baht|taka|rupiah|soms?|lari|manats?|hryvnias?|leu|lei|leva|zlotys?|forints?|bolívares|soles|"
    r"guaraníes|naira|cedis?|birr)\b"
)
_ARTICLE = re.compile(r"\b(?:[AaEe]l|[Aa][nrstz]|[Aa]sh|[Bb]en|[Bb]in)-$")
_DEFAULT = {"Korea": "KOR", "Korean": "KOR"}
_SHARED_DEMONYMS = {
    "Dominican": ("DOM", "DMA"),
    "Congolese": ("COD", "COG"),
    "Guinean": ("GIN", "GNB", "GNQ", "PNG"),
    "Samoan": ("WSM", "ASM"),
}


def find(text: AnnotatedText) -> list[Mention]:
    """Mentions of STATE, DEMONYM, PLACE and ORGANIZATION, in order, none within another."""
    found = [(h, f) for h in hits(text.text) if (f := _form(text, h)) is not None]
    weights = name_roles.evidence(found)
    out: list[Mention] = []
    city: bool | None = None  # what the name before was, for "in Astana and Almaty"
    last = -1
    for hit, form in found:
        if form.kind == SHIELD:
            continue
        if form.kind in (PLACE, CAPITAL) and _half(text.text, hit, last):
            continue
        joined = last >= 0 and hit.start - last < 12 and _JOIN.fullmatch(text.text, last, hit.start) is not None
        mention = _mention(text, hit, form, weights, city if joined else None, max(last, 0))
        last = hit.end
        if mention is None:
            city = None
            continue
        city = mention.type is MentionType.PLACE if mention.type in (MentionType.PLACE, MentionType.STATE) else None
        out.append(mention)
    return organization_names.join(text, out)


def _half(body: str, hit: Hit, last: int) -> bool:
    """Whether a place is the second half of a hyphenated name whose first is none: "Abacha-Bello", not "Almaty-Bishkek"."""
    return hit.start > 1 and body[hit.start - 1] == "-" and body[hit.start - 2].islower() and last != hit.start - 1


def _form(text: AnnotatedText, hit: Hit) -> Form | None:
    """The likeliest reading of a name whose place in the text allows it."""
    body = text.text
    published = text.document.published
    for form in hit.forms:
        if form.kind == CAPITAL and (form.from_ or form.until) and not _in_use(form, published):
            form = form._replace(name=_today(form))
        if form.guard and not name_roles.guarded(body, hit):
            continue
        if form.acronym and not _acronym(body, hit):
            continue
        if form.kind in (STATE, DEMONYM, CAPITAL, PLACE) and _followed(body, hit):
            return None
        if form.kind in (STATE, DEMONYM) and (_MONEY.match(body, hit.end) or (form.kind == DEMONYM and name_roles.is_language(body, hit))):
            return None
        if form.kind in (CAPITAL, PLACE, STATE) and _ARTICLE.search(body, max(0, hit.start - 4), hit.start):
            return None  # "Al-Salem", "El-Baghdadi": a name
        if form.kind == PLACE and form.detail == "city" and name_roles.within_name(text, hit):
            continue
        if form.kind in (CAPITAL, PLACE) and name_roles.names_paper(body, hit.end):
            return None
        return form
    return None


def _in_use(form: Form, published: str | None) -> bool:
    date = (published or "").split("/")[0].rstrip("~?%")
    if not date:
        return False
    return states.Capital(form.name, form.from_, form.until).valid(date)


def _today(form: Form) -> str:
    return states.capital(form.states[0]) or form.name


def _acronym(body: str, hit: Hit) -> bool:
    """Whether capitals mean the acronym: not a word of a heading in capitals, not a sum of money."""
    words = body[hit.start : hit.end]
    if words not in _words():
        return True
    around = body[max(0, hit.start - 25) : hit.start] + body[hit.end : hit.end + 25]
    letters = [c for c in around.split("\n")[0 if hit.start < 25 else -1] if c.isalpha()] or [c for c in around if c.isalpha()]
    return words == "US" or not letters or sum(c.isupper() for c in letters) < 0.7 * len(letters)


@cache
def _words() -> frozenset[str]:
    return frozenset(str(w) for w in traps()["words"])


def _followed(body: str, hit: Hit) -> bool:
    """"Turkey sandwiches", "China shop"."""
    words = traps()["followed"].get(body[hit.start : hit.end])
    if not words:
        return False
    word, owned, _ = name_roles.following(body, hit.end)
    return not owned and word in words


def _mention(text: AnnotatedText, hit: Hit, form: Form, weights: Counter[str], joined: bool | None, floor: int) -> Mention | None:
    words = text.text[hit.start : hit.end]
    if form.kind == STATE:
        return _state(text, hit, form, weights, floor)
    if form.kind == DEMONYM:
        return _demonym(hit, form, words, weights)
    if form.kind == CAPITAL:
        return _capital(text, hit, form, weights, joined)
    if form.kind == METONYM:
        inside = _INSIDE.search(text.text, max(0, hit.start - 14), hit.start)
        kind = MentionType.PLACE if inside and inside[0].split()[0].lower() != "from" else MentionType.STATE
        return Mention(kind, hit.start, hit.end, words, words if kind is MentionType.PLACE else form.states[0], form.states[0])
    if form.kind == PLACE:
        state = form.states[0] if len(form.states) == 1 else name_roles.decide(form.states, weights)
        return Mention(MentionType.PLACE, hit.start, hit.end, words, form.name, state)
    state = form.states[0] if form.states else None
    return Mention(MentionType.ORGANIZATION, hit.start, hit.end, words, form.name, state)


def _state(text: AnnotatedText, hit: Hit, form: Form, weights: Counter[str], floor: int) -> Mention | None:
    body = text.text
    words = body[hit.start : hit.end]
    if words == "Georgia":
        sentence = text.sentence_at(hit.start)
        if sentence and _GEORGIA.search(sentence.text) and weights["GEO"] < 8:
            return Mention(MentionType.PLACE, hit.start, hit.end, words, words, "USA")
    state = form.states[0] if len(form.states) == 1 else name_roles.decide(form.states, weights, _DEFAULT.get(form.name))
    if state is None:
        return Mention(MentionType.PLACE, hit.start, hit.end, words, words, None)
    lead = _LEAD.search(body, max(floor, hit.start - 60), hit.start)
    start = hit.start
    if lead:
        start = lead.start() + (4 if body[lead.start() : lead.start() + 4].lower() == "the " else 0)
    return Mention(MentionType.STATE, start, hit.end, body[start : hit.end], state, state)


def _demonym(hit: Hit, form: Form, words: str, weights: Counter[str]) -> Mention | None:
    shared = form.states if len(form.states) > 1 else _SHARED_DEMONYMS.get(words.removesuffix("s").capitalize(), form.states)
    state: str | None = shared[0]
    if len(shared) > 1:
        known = Counter({s: w for s, w in weights.items() if s in shared})
        known[form.states[0]] -= 0 if len(form.states) > 1 else 3  # the demonym itself is no evidence
        default = None if words.startswith("Congo") else shared[0]
        state = name_roles.decide(shared, +known, default)
    return Mention(MentionType.DEMONYM, hit.start, hit.end, words, state, state) if state else None


def _capital(text: AnnotatedText, hit: Hit, form: Form, weights: Counter[str], joined: bool | None) -> Mention | None:
    words = text.text[hit.start : hit.end]
    rivals = tuple(dict.fromkeys(s for f in hit.forms for s in f.states))
    state: str | None = form.states[0]
    if len(rivals) > 1:
        others = Counter(weights)
        others[form.states[0]] -= 2  # the name itself is no evidence
        state = name_roles.decide(rivals, +others, form.states[0])
    sentence: Sentence | None = text.sentence_at(hit.start)
    if state != form.states[0] or name_roles.capital_is_city(text, hit, sentence, joined):
        return Mention(MentionType.PLACE, hit.start, hit.end, words, form.name, state)
    if words == "Brussels" and "Belgi" not in text.text:  # the Union, where nothing else is Belgian
        return Mention(MentionType.ORGANIZATION, hit.start, hit.end, words, "European Union", None)
    return Mention(MentionType.STATE, hit.start, hit.end, words, form.states[0], form.states[0])
