"""Whose figure it is: the states of the clause, the document's pair; who exports to whom."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from dragoman.model.annotations import AnnotatedText, Mention, MentionType, Sentence
from dragoman.model.claims import Figure
from dragoman.reference import organizations

_STATES = (MentionType.STATE, MentionType.DEMONYM)
_WHOLE = re.compile(
    r"\b(?:total|overall|entire|whole|aggregate)\s+(?:foreign\s+)?(?:trade|exports|imports|turnover)\b|['’]s?\s+foreign\s+trade\b", re.I
)
_OURS = re.compile(r"\b(?:our|ours|we|us)\b", re.I)


def states(text: AnnotatedText, start: int, end: int) -> list[str]:
    """The states named in a stretch, each once, in order; not those in the name of a currency."""
    return list(dict.fromkeys(m.state for m in named(text, start, end) if m.state))


def named(text: AnnotatedText, start: int, end: int) -> list[Mention]:
    """The mentions of states in a stretch that stand in no amount of money ("US dollars")."""
    starts, found = text.once(_named)
    first = bisect_left(starts, start)
    return [m for m in found[first : bisect_left(starts, end, first)] if m.end <= end]


def _named(text: AnnotatedText) -> tuple[list[int], list[Mention]]:
    """The mentions of states in a text that stand in no amount of money, and where each begins."""
    amounts = text.quantities
    starts = [q.start for q in amounts]
    found = []
    for m in text.mentions:
        if m.type in _STATES and m.state and not _CURRENCY.match(text.text, m.end):
            k = bisect_right(starts, m.start)
            if not k or amounts[k - 1].end <= m.start:
                found.append(m)
    return [m.start for m in found], found


def focused(text: AnnotatedText) -> AnnotatedText:
    """The text without a party that only the names of currencies mention ("US dollars")."""
    if "USA" not in text.parties[:3]:
        return text
    amounts = [(q.start, q.end) for q in text.quantities]
    starts = [s for s, _ in amounts]
    for m in text.mentions:
        if m.state == "USA" and not _CURRENCY.match(text.text, m.end):
            k = bisect_right(starts, m.start)
            if not k or amounts[k - 1][1] <= m.start:
                return text
    return text.with_(parties=tuple(s for s in text.parties if s != "USA"))


_CURRENCY = re.compile(r"\s?(?:\$|dollars?\b|currency\b)")


def pair(text: AnnotatedText) -> tuple[str, ...]:
    """The two states that the document is about, or none where it is about one or many."""
    if len(text.parties) >= 2:
        return tuple(text.parties[:2])
    if len(text.parties) == 1 and text.home and text.home != text.parties[0]:
        return (text.home, text.parties[0])
    return ()


def parties(text: AnnotatedText, sentence: Sentence, left: int, right: int, indicator: str) -> tuple[str, ...]:
    """The states of a figure: two named in its clause, else the document's pair, else those of the sentence."""
    main = pair(text)
    here = states(text, left, right)
    if len(here) == 1 and indicator in ("trade_turnover", "exports", "imports") and (bloc := _bloc(text, left, right)):
        return (here[0], bloc)
    if len(here) == 1 and indicator in ("trade_turnover", "exports", "imports") and _WHOLE.search(text.text, left, right):
        return tuple(here)
    if main and (not here or set(here) <= set(main)):
        return main
    if len(here) == 2:
        return tuple(here)
    around = states(text, sentence.start, sentence.end)
    if main and set(here) & set(main) and len(here) > 2:
        return main
    if len(here) == 1 and main:
        return (here[0], next((s for s in around if s != here[0] and s in main), main[0]))
    if main:
        return main
    if len(around) == 2:
        return tuple(around)
    return tuple(here or around) if len(here or around) < 3 else ()


def _bloc(text: AnnotatedText, left: int, right: int) -> str | None:
    """The body of several states that trades with the one state of a clause: "trade between China and ASEAN"."""
    for m in text.mentions_in(left, right, MentionType.ORGANIZATION):
        known = organizations.find(m.name)
        if known is not None and known.type == "igo" and _WITH_BLOC.search(text.text, max(left, m.start - 40), m.start):
            return m.name
    return None


_WITH_BLOC = re.compile(
    r"\b(?:between\s+(?:the\s+)?(?:[A-Z]\w+\s+){1,3}and|[Tt]rade with|[Ee]xports to|[Ii]mports from|between)\s+(?:the\s+)?$"
)


def direction(
    text: AnnotatedText, sentence: Sentence, indicator: str, start: int, end: int, of: tuple[str, ...], last: Figure | None
) -> tuple[str | None, str | None]:
    """Reporter and counterpart of exports or imports, by the words around the cue, else by the figure before."""
    left, right = max(sentence.start, start - 70), min(sentence.end, end + 90)
    other = _after(text, end, right, indicator)
    owner = _owner(text, left, start) or _after_of(text, end, right)
    if owner and owner == other:
        owner = None
    if (
        owner is None
        and last
        and last.reporter
        and (other is None or other == last.counterpart)
        and not _VERB.fullmatch(text.text, start, end)
    ):
        return last.reporter, last.counterpart
    if (
        owner is None
        and re.search(r"\b(?:its|their)\s+(?:\w+\s+){0,2}$", text.text[left:start])
        and last
        and last.reporter
        and last.reporter != other
    ):
        owner = last.reporter
    if owner is None:
        owner = _subject(text, sentence, start, other, of)
    if owner and not other and owner in of:
        other = next((s for s in of if s != owner), None)
    return owner, other


_VERB = re.compile(r"sold|bought|buys?|purchased|imported|exported|shipped|sends", re.I)


def _owner(text: AnnotatedText, left: int, start: int) -> str | None:
    """The state right before the cue: "Armenian exports", "China's imports", "our exports"."""
    before = named(text, left, start)
    if before:
        last = before[-1]
        glue = text.text[last.end : start]
        if re.fullmatch(r"(?:['’]s?)?[ \n]+(?:\w+[ \n-]+){0,3}", glue) and not re.search(
            r"\b(?:to|from|and|in|of|with|for|by|on|at|while|has|have|is|was)\b", glue
        ):
            return last.state
    if re.search(r"\b(?:our|we|our own|our total|our country['’]s)\s+(?:\w+\s+){0,2}$", text.text[max(left, start - 40) : start], re.I):
        return text.home
    return None


def _after_of(text: AnnotatedText, end: int, right: int) -> str | None:
    """ "Exports of Kazakhstan": the state after "of"."""
    for m in named(text, end, right):
        if re.fullmatch(r"\s+(?:\w+\s+){0,2}(?:of|by)\s+(?:the\s+)?", text.text[end : m.start]):
            return m.state
        break
    return None


def _after(text: AnnotatedText, end: int, right: int, indicator: str) -> str | None:
    """The state after "to" (of exports) or "from" (of imports)."""
    word = "to|into|for|towards" if indicator == "exports" else "from|of"
    for m in named(text, end, right):
        gap = text.text[end : m.start]
        if re.search(rf"\b(?:{word})\s+(?:the\s+)?(?:\w+\s+)?$", gap) and not re.search(r"[.;:]|, (?:while|and|but)", gap):
            return m.state
    m2 = re.match(rf"[^.;:]{{0,60}}?\b(?:{word})\s+(us|our country|it|them)\b", text.text[end:right], re.I)
    if m2 and m2[1].lower() in ("us", "our country"):
        return text.home
    return None


def _subject(text: AnnotatedText, sentence: Sentence, start: int, other: str | None, of: tuple[str, ...]) -> str | None:
    """Whose exports a bare "exports to B" are: the other of the pair, the sentence's first state (for "it", of the one before), our own."""
    if other and other in of:
        return next((s for s in of if s != other), None)
    before = [m for m in named(text, sentence.start, start) if m.state != other]
    if before:
        return before[0].state
    if re.match(r"(?:It|They|The country|That country|The republic|The kingdom)\b", sentence.text) and sentence.index:
        earlier = text.sentences[sentence.index - 1]
        found = [m for m in named(text, earlier.start, earlier.end) if m.state != other]
        if found:
            return found[0].state
    if text.home and text.home != other and (text.home in of or _OURS.search(text.text, sentence.start, start)):
        return text.home
    return None
