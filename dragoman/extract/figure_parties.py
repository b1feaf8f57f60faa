"""Whose figure it is: the states of the clause, the document's pair; who exports to whom."""

from __future__ import annotations

import re

from dragoman.model.annotations import AnnotatedText, Mention, MentionType, Sentence

_STATES = (MentionType.STATE, MentionType.DEMONYM)
_WHOLE = re.compile(r"\b(?:total|overall|entire|whole|aggregate)\s+(?:foreign\s+)?(?:trade|exports|imports|turnover)\b|['’]s?\s+foreign\s+trade\b", re.I)
_OURS = re.compile(r"\b(?:our|ours|we|us)\b", re.I)


def states(text: AnnotatedText, start: int, end: int) -> list[str]:
    """The states named in a stretch, each once, in order."""
    return list(dict.fromkeys(m.state for m in text.mentions_in(start, end, *_STATES) if m.state))


def pair(text: AnnotatedText) -> tuple[str, ...]:
    """The two states that the document is about, or none where it is about one or many."""
    return tuple(text.parties[:2]) if len(text.parties) >= 2 else ()


def parties(text: AnnotatedText, sentence: Sentence, left: int, right: int, indicator: str) -> tuple[str, ...]:
    """The states of a figure: two named in its clause, else the document's pair, else those of the sentence."""
    main = pair(text)
    named = states(text, left, right)
    if len(named) == 1 and indicator in ("trade_turnover", "exports", "imports") and _WHOLE.search(text.text, left, right):
        return tuple(named)
    if main and (not named or set(named) <= set(main)):
        return main
    if len(named) == 2:
        return tuple(named)
    around = states(text, sentence.start, sentence.end)
    if main and set(named) & set(main) and len(named) > 2:
        return main
    if len(named) == 1 and main:
        return (named[0], next((s for s in around if s != named[0] and s in main), main[0]))
    if main:
        return main
    if len(around) == 2:
        return tuple(around)
    return tuple(named or around) if len(named or around) < 3 else ()


def direction(text: AnnotatedText, sentence: Sentence, indicator: str, start: int, end: int, q_start: int, of: tuple[str, ...]) -> tuple[str | None, str | None]:
    """Reporter and counterpart of exports or imports, by the words around the cue."""
    t = text.text
    left, right = max(sentence.start, start - 70), min(sentence.end, end + 90)
    owner = _owner(text, left, start)
    other = _after(text, t, end, right, indicator)
    whose = _after_of(text, t, end, right)
    owner = owner or whose
    if other and owner == other:
        owner = None
    if other and not owner:
        owner = _subject(text, sentence, start, other, of)
    if owner and not other:
        other = next((s for s in of if s != owner), None) if owner in of else None
    if not owner and not other:
        subject = _subject(text, sentence, start, None, of)
        if subject and subject in of:
            owner, other = subject, next((s for s in of if s != subject), None)
    return owner, other


def _owner(text: AnnotatedText, left: int, start: int) -> str | None:
    """The state right before the cue: "Armenian exports", "China's imports", "our exports"."""
    before = [m for m in text.mentions_in(left, start, *_STATES) if m.state]
    if before:
        last = before[-1]
        glue = text.text[last.end : start]
        if re.fullmatch(r"(?:['’]s?)?[ \n]+(?:\w+[ \n-]+){0,3}", glue) and not re.search(r"\b(?:to|from|and|in|of|with|for|by|on|at|while|has|have|is|was)\b", glue):
            return last.state
    if re.search(r"\b(?:our|we|our own|our total|our country['’]s)\s+(?:\w+\s+){0,2}$", text.text[max(left, start - 40) : start], re.I):
        return text.home
    return None


def _after_of(text: AnnotatedText, t: str, end: int, right: int) -> str | None:
    """"Exports of Kazakhstan": the state after "of"."""
    for m in text.mentions_in(end, right, *_STATES):
        if re.fullmatch(r"\s+(?:\w+\s+){0,2}(?:of|by)\s+(?:the\s+)?", t[end : m.start]):
            return m.state
        break
    return None


def _after(text: AnnotatedText, t: str, end: int, right: int, indicator: str) -> str | None:
    """The state after "to" (of exports) or "from" (of imports)."""
    word = "to|into|for|towards" if indicator == "exports" else "from|of"
    for m in text.mentions_in(end, right, *_STATES):
        gap = t[end : m.start]
        if re.search(rf"\b(?:{word})\s+(?:the\s+)?(?:\w+\s+)?$", gap) and not re.search(r"[.;:]|, (?:while|and|but)", gap):
            return m.state
    m2 = re.match(rf"[^.;:]{{0,60}}?\b(?:{word})\s+(us|our country|it|them)\b", t[end:right], re.I)
    if m2 and m2[1].lower() in ("us", "our country"):
        return text.home
    return None


def _subject(text: AnnotatedText, sentence: Sentence, start: int, other: str | None, of: tuple[str, ...]) -> str | None:
    """Whose exports a bare "exports to B" are: a state named before in the sentence, our own, or the other of the pair."""
    if other and other in of:
        return next((s for s in of if s != other), None)
    named = [m for m in text.mentions_in(sentence.start, start, *_STATES) if m.state and m.state != other]
    if named:
        return named[-1].state
    if _OURS.search(text.text, sentence.start, start) and text.home:
        return text.home
    if text.home and text.home in of and text.home != other:
        return text.home
    return None


def mention_states(mentions: list[Mention]) -> list[str]:
    return [m.state for m in mentions if m.state]
