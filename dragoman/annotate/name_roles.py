"""What a name means where it stands: a capital as city or as government, a place that is also a word, a name of two states."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from dragoman.annotate.name_words import words
from dragoman.model.annotations import AnnotatedText, Sentence, Token
from dragoman.model.documents import Zone
from dragoman.reference.name_forms import CAPITAL, Form, Hit, traps

_NEXT = re.compile(r"(['’]s?)?[\s,]*(?:\(\s*)?([^\W_][\w'’.-]*)?")
_BEFORE = re.compile(r"([^\W\d_][\w'’.-]*)(\s*,)?\s+(?:(?:the|downtown|central|nearby|old|historic|sunny)\s+)?[\"“'‘(]?$")
_DATELINE = re.compile(
    r"\s*(?:,|/|\.|:|\()?\s*(?:[A-Z][\w. ]{1,24}[,)]\s*)?(?:\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]{2,8}|"
    r"[A-Z][a-z]{2,8}\.?\s+\d{1,2}\b|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})"
    r"|\s*(?:\([^()\n]{2,40}\)\s*)?(?:–|—|--|\s-)\s|\.\s+/?[A-Z]{3,}\b|\s*\[[A-Z][\w ]+\],"
)
_IN = words("in_city")
_TO_GOVERNMENT = words("to_government")
_GOVERNMENT = words("government")
_TRAVEL = re.compile(
    r"\b(?:flights?|trains?|roads?|route|railway|highway|bus|distance|ferry|travel\w*|fl(?:y|ew|own)|trip|journey|service)\b", re.I
)
_CITY_NOUNS = words("city_nouns")
_AFTER_CITY = words("after_city")
_CITY_IS = words("city_is")
_LANGUAGE = re.compile(r"(?:[ -]languages?\b|-speaking\b| speakers?\b| translations?\b)")
_SPOKEN = re.compile(
    r"\b(?:speaks?|spoke|speaking|fluent in|into|in|learn|learning|teach|teaching|English and|English,|"
    r"[A-Z]\w+ and English and)\s+(?:\w+,? and |\w+, )?$"
)
_NOUN_AFTER = re.compile(r"\s+(?!(?:and|or|by|to|on|at|in|as|with|for|that|said|was|were|is|are|language|text|but|from|during)\b)[^\W_]")
_CAPITAL_BEFORE = re.compile(r"(?<![\w.])([A-ZÀ-ÖØ-ÞĀ-Ž][\w'’-]+\.?)[ \u00a0]$")
_BEFORE_CITY = words("before_city")
_ACTS = words("acts")
_REACHED = words("reached")
_PAIR = re.compile(r"[-–—‑][A-ZÀ-Ž]")
_PAIRED = re.compile(r"[A-ZÀ-Ž][\w'’. ]{2,20}[-–—‑]$")
_WAY = re.compile(
    r"\b(?:flights?|trains?|roads?|route|rail\w*|highway|motorway|bus|ferry|pipeline|corridor|line|bridge|air|direct|transport|fl(?:y|ew|ies)"
    r"|travel\w*)\b",
    re.I,
)
_LEFT_FOR = re.compile(r"\b(?:left|leaves?|departed|departs?|bound|headed)\s+for\s+$")
_ARTICLES = frozenset(("the", "a", "an", "its", "this", "also", "now", "once", "one", "in", "set", "to", "will", "be", "has", "was"))


def capital_is_city(text: AnnotatedText, hit: Hit, sentence: Sentence | None, previous: bool | None) -> bool:
    """Whether a capital's name means the city; `previous`: what the name that it is joined to by "and" or a comma was."""
    body = text.text
    if sentence is None or sentence.zone in (Zone.DATELINE, Zone.METADATA, Zone.SIGNATURE, Zone.TABLE):
        return True
    if hit.start - sentence.start < 3 and _DATELINE.match(body, hit.end, hit.end + 80):
        return True
    word, owned, beyond = following(body, hit.end)
    low = word.lower()
    if _PAIR.match(body, hit.end) or _PAIRED.search(body, max(0, hit.start - 30), hit.start):
        return bool(_WAY.search(body, max(sentence.start, hit.start - 50), hit.end + 50))
    if low in _AFTER_CITY or (low in ("will", "to") and beyond in ("host", "hosts")):
        return True
    before = _BEFORE.search(body, max(sentence.start, hit.start - 40), hit.start)
    lead = before[1].lower() if before and not before[2] else ""
    if lead in _IN:
        return not (lead == "from" and owned)
    if lead == "to":
        wider = _BEFORE.search(body, max(sentence.start, before.start() - 30), before.start()) if before else None
        return not (wider and wider[1].lower() in _TO_GOVERNMENT)
    if lead == "for":
        return bool(_LEFT_FOR.search(body, max(sentence.start, hit.start - 24), hit.start))
    if lead == "of":
        wider = _BEFORE.search(body, max(sentence.start, hit.start - 40), before.start()) if before else None
        return bool(wider and wider[1].lower() in _CITY_NOUNS)
    if lead == "and" and previous is not None:
        return previous
    if lead == "between":
        return bool(_TRAVEL.search(body, max(sentence.start, hit.start - 60), hit.start))
    if before and before[2] and previous is not None:
        return previous
    if lead in _GOVERNMENT:
        return False
    return not _acts(sentence, hit, owned, low, beyond)


def _acts(sentence: Sentence, hit: Hit, owned: bool, low: str, beyond: str) -> bool:
    """Whether the name is the subject of what somebody does, or the owner of a position, policy or plan."""
    if owned or low in _ACTS:
        return True
    token = next((t for t in sentence.tokens if t.end == hit.end), None)
    if token is None:
        return False
    if low in ("is", "was", "became", "remains", "being") and (beyond in _ARTICLES or beyond in _CITY_IS):
        return not any(t.text.lower() in _CITY_IS for t in sentence.tokens[token.i + 1 : token.i + 7])
    while token.dep == "conj" and token.head < token.i:
        token = sentence.tokens[token.head]
    if token.dep == "flat" and token.head < token.i:
        token = sentence.tokens[token.head]
    if token.dep.startswith("nsubj"):
        return _verb(sentence, token)
    if token.dep in ("obj", "iobj"):
        return sentence.tokens[token.head].pos == "VERB" and sentence.tokens[token.head].lemma not in _REACHED
    after = sentence.tokens[token.i + 1] if token.i + 1 < len(sentence.tokens) else None
    if after is None or after.lemma == "host":
        return False
    if (after.pos == "VERB" and low.endswith("s")) or (after.pos == "AUX" and low in ("has", "will", "would", "may", "can", "could")):
        return True
    return sentence.zone is Zone.HEADING and hit.start - sentence.start < 3 and any(t.pos in ("VERB", "AUX") for t in sentence.tokens[1:5])


def _verb(sentence: Sentence, token: Token) -> bool:
    head = sentence.tokens[token.head]
    return head.pos in ("VERB", "AUX", "ADJ") and head.lemma not in ("host", "lie", "locate")


def following(body: str, end: int) -> tuple[str, bool, str]:
    """The word after a name, whether the name owns it ("Astana's position"), and the word after that, in lower case."""
    found = _NEXT.match(body, end, end + 60)
    if not found or not found[2]:
        return "", bool(found and found[1]), ""
    gap = body[found.end(1) if found[1] else end : found.start(2)]
    if "," in gap or "(" in gap:
        return "", bool(found[1]), ""
    more = re.compile(r"\s+([^\W\d_][\w'’-]*)").match(body, found.end(2), found.end(2) + 30)
    return found[2].rstrip(".’'-"), bool(found[1]), more[1].lower() if more else ""


def is_language(body: str, hit: Hit) -> bool:
    """"speaks French", "translated into Kazakh", "in Russian": a language, no state."""
    if _LANGUAGE.match(body, hit.end):
        return True
    line = max(body.rfind("\n", 0, hit.start) + 1, hit.start - 80)
    if body.startswith("Language", line):
        return True
    return bool(_SPOKEN.search(body, max(0, hit.start - 40), hit.start)) and not _NOUN_AFTER.match(body, hit.end)


def within_name(text: AnnotatedText, hit: Hit) -> bool:
    """A city's name right after another capitalised word is a surname or part of a longer name ("Fernanda Ibarra")."""
    before = _CAPITAL_BEFORE.search(text.text, max(0, hit.start - 24), hit.start)
    if not before or before[1].lower() in _BEFORE_CITY:
        return False
    sentence = text.sentence_at(hit.start)
    first = sentence is not None and before.start(1) <= sentence.start
    return not first or before[1] in ("Mr", "Mrs", "Ms", "Dr")


def names_paper(body: str, end: int) -> bool:
    """"Paris Agreement", "Astana process": a document or process called after a city."""
    word, owned, beyond = following(body, end)
    if word in ("Climate", "Final", "Peace", "Framework", "Economic") and not owned:
        return beyond.capitalize() in traps()["papers"] or beyond in ("act",)
    return not owned and word in traps()["papers"]


def guarded(body: str, hit: Hit) -> bool:
    """Whether a name that is a common word stands as a place: "in Nice", "Nice, France"."""
    before = _BEFORE.search(body, max(0, hit.start - 30), hit.start)
    return bool(before and not before[2] and before[1] in ("in", "at", "to", "from", "near", "of", "and", "visited", "via"))


def evidence(found: Iterable[tuple[Hit, Form]]) -> Counter[str]:
    """How often the text names each state by unambiguous names, for deciding the others; seats of organisations count little."""
    weights: Counter[str] = Counter()
    for _, form in found:
        if len(form.states) == 1:
            weights[form.states[0]] += {"place": 1, "organization": 1, CAPITAL: 2}.get(form.kind, 3)
    return weights


def decide(states: tuple[str, ...], weights: Counter[str], default: str | None = None) -> str | None:
    """Of the states that a name may mean, the one that the text names otherwise; else the default; else None."""
    named = sorted((s for s in states if weights[s]), key=lambda s: -weights[s])
    if len(named) == 1 or (len(named) > 1 and weights[named[0]] > 2 * weights[named[1]]):
        return named[0]
    return default if not named or default in named else None
