"""Whether the words around a date look back or ahead."""

from __future__ import annotations

import re
from functools import cache

from dragoman.annotate.date_lexicon import month_of, words
from dragoman.model.annotations import Sentence, Token

PAST, FUTURE, PRESENT = "past", "future", "present"
_AHEAD = re.compile(r"\b(?:will|shall|is to|are to|due|plans? to|next|upcoming|forthcoming|ahead of)\b|[’']ll\b", re.I)
_BACK = re.compile(r"\b(?:was|were|had|has been|have been|\w{3,}ed)\b", re.I)


def tense(sentence: Sentence | None, start: int) -> str | None:
    """`past`, `future` or `present` of the verb that governs the place; None where no verb tells."""
    if sentence is None:
        return None
    tokens = sentence.tokens
    at = next((t for t in tokens if t.end > start), None)
    if at is None:
        return None
    children = _children(sentence)
    token = at
    for _ in range(16):
        verdict = _of(token, children[token.i], tokens)
        if verdict:
            return verdict
        if token.head == token.i:
            break
        token = tokens[token.head]
    if not any(t.pos for t in tokens):
        lead = sentence.text
        return FUTURE if _AHEAD.search(lead) else PAST if _BACK.search(lead) else None
    return None


def direct(sentence: Sentence | None, start: int) -> bool:
    """Whether a verb governs the place itself, not a noun or a participle between."""
    tokens = sentence.tokens if sentence else ()
    at = next((t for t in tokens if t.end > start), None)
    for _ in range(3):  # "14 and 15 May": the numbers hang on the month
        if at is not None and (tokens[at.head].text.isdigit() or tokens[at.head].text.lower() in month_of()):
            at = tokens[at.head]
    return at is not None and tokens[at.head].pos == "VERB" and not tokens[at.head].text.endswith("ing")


@cache
def _sets() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    return frozenset(words()["futures"]), frozenset(words()["pasts"]), frozenset(words()["plans"])


def _children(sentence: Sentence) -> list[list[Token]]:
    out: list[list[Token]] = [[] for _ in sentence.tokens]
    for t in sentence.tokens:
        if t.head != t.i:
            out[t.head].append(t)
    return out


def _of(token: Token, children: list[Token], tokens: tuple[Token, ...]) -> str | None:
    """What one verb, or a noun or adjective with its copula, tells."""
    futures, pasts, plans = _sets()
    helpers = [t.text.lower() for t in children if t.dep.startswith(("aux", "cop")) and t.i < token.i + 1]
    verb = token.pos in ("VERB", "AUX")
    planned = token.lemma.lower() in plans
    if not verb and not helpers:
        return FUTURE if token.text.lower() == "due" else None
    if any(h in futures for h in helpers):
        return FUTURE
    if "to" in helpers or any(t.text.lower() == "to" and t.pos == "PART" for t in children):
        return FUTURE
    if any(h in pasts for h in helpers):
        return PRESENT if planned else PAST
    if any(h in ("is", "are", "'s", "’s", "am") for h in helpers):
        ahead = planned or token.text.lower().endswith("ing") or token.text.lower() == "due"
        return FUTURE if ahead else PRESENT
    text = token.text.lower()
    if text.endswith("ing"):
        return None
    if text in pasts:
        return PAST
    if text != token.lemma.lower() and not text.endswith("s"):
        return PRESENT if planned and token.dep.startswith(("acl", "amod", "advcl")) else PAST
    return PRESENT if verb else None
