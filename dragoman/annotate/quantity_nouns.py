"""The noun that a number counts: "five new Kazakh enterprises" counts "new Kazakh enterprises"."""

from __future__ import annotations

import re
from bisect import bisect_left

from dragoman.model.annotations import Sentence, Token

_INSIDE = frozenset({"ADJ", "NOUN", "PROPN", "NUM"})
_PARTITIVE = re.compile(r"[ \n]+(?:out[ \n]+)?of[ \n]+(?:(?:the|its|their|our|his|her|these|those|such|all|your|my)[ \n]+)+", re.I)
_PRONOUN = re.compile(
    r"[ \n]+(?:out[ \n]+)?of[ \n]+(?:them|which|these|those|whom|it|us|whose|this)\b|[ \n]+(?:are|were|is|was|have|had|has|will"
    r"|more|fewer|less|in|a|an|each|others|and|or|to|by|on|for|from|at|with|who|that|which)\b",
    re.I,
)
_MEASURES = frozenset(
    {
        "head",
        "tonnes",
        "tons",
        "members",
        "pieces",
        "sets",
        "units",
        "cases",
        "rounds",
        "groups",
        "pairs",
        "items",
        "teams",
        "kinds",
        "types",
        "categories",
        "boxes",
        "bags",
        "doses",
        "copies",
        "batches",
        "litres",
        "hectares",
    }
)


def noun_after(sentence: Sentence, text: str, end: int) -> tuple[int, int] | None:
    """Start and end of the noun phrase that begins after a number, up to its head noun."""
    if text.startswith("-", end) or text.startswith("‑", end):
        end += 1
    elif (m := _PARTITIVE.match(text, end, sentence.end)) is not None:
        end = m.end()
    elif _PRONOUN.match(text, end, sentence.end):
        return None
    tokens = sentence.tokens
    at = bisect_left(tokens, end, key=lambda t: t.start)
    first = at
    if at >= len(tokens) or text[end : tokens[at].start].strip():
        return None
    while at < len(tokens) and (tokens[at].text.lower() in ("more", "further", "other", "additional", "such") or tokens[at].pos == "ADV"):
        at += 1
    first, last = at, None
    while at < len(tokens) and at - first < 8:
        token = tokens[at]
        if token.pos in ("NOUN", "PROPN") and not token.text[0].isdigit():
            last = at
        elif not _goes_on(tokens, at, last):
            break
        at += 1
    if last is None:
        return None
    stop = tokens[last].end
    if tokens[last].text.lower() in _MEASURES and last + 2 < len(tokens) and tokens[last + 1].text == "of":
        further = last + 2
        while further < len(tokens) and tokens[further].pos in ("ADJ", "NOUN", "PROPN"):
            stop, further = tokens[further].end, further + 1
    return tokens[first].start, stop


def _goes_on(tokens: tuple[Token, ...], at: int, last: int | None) -> bool:
    """Whether a word that is no noun may still stand before the head."""
    token = tokens[at]
    if (
        at
        and last is not None
        and tokens[at - 1].text in ("-", "‑", "–")
        and tokens[at - 1].end == token.start
        and at - 1 > 0
        and tokens[at - 2].end == tokens[at - 1].start
    ):
        return True
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if token.pos == "ADJ" or (
        token.text in ("-", "‑", "–") and last is not None and following is not None and following.start == token.end
    ):
        return last is None or token.text in ("-", "‑", "–")
    if token.pos == "VERB" and last is None and token.text.endswith(("ed", "ing", "n")):
        return following is not None and following.pos in ("NOUN", "PROPN", "ADJ")
    if token.pos == "ADV" and last is None:
        return following is not None and following.pos in ("ADJ", "VERB")
    if token.text.lower() in ("and", ",", "or") and last is None:
        return at > 0 and tokens[at - 1].pos == "ADJ" and following is not None and following.pos == "ADJ"
    return False
