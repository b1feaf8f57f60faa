"""Titles of agreements as the text has them: "memorandum of understanding on dairy research", "the Treaty" for one named before."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from dragoman.extract.frame import lexicon, matches, phrases
from dragoman.model.annotations import AnnotatedText, MentionType, Sentence, Token
from dragoman.reference.scan import Words

SHEET = str(Path(__file__).with_name("agreement.py"))
NAMING = {"NOUN", "PROPN", "ADJ", "NUM", "X"}
INSIDE = {*NAMING, "DET", "CCONJ", "PART", "ADP", "ADV"}
MARKS = {"-", "–", "'", "’", "“", "”", '"', "(", ")", "‘", "&", "/"}
LENGTH = 260  # code points of one title


_CIRCUMSTANCE = re.compile(
    r"\s+(?:the\s+)?(?:presence|margins|sidelines|framework of the visit|course|run-?up|end|attendance|effect|hand|view|force|order|"
    r"ceremony|first time|place|near future|coming|next|past|last|time being|signature|one|same|that|this)\b"
)


class Title(NamedTuple):
    """One title: its place, its words, its type; `bare` when it has its head word alone and so may point to another."""

    start: int
    end: int
    words: str
    type: str
    head: str
    bare: bool
    proper: bool


@cache
def _heads() -> tuple[Words, dict[str, str]]:
    kinds = {w.lower(): kind for kind, words in lexicon(SHEET)["types"].items() for w in words}
    words = phrases(kinds).replace(r"\ ", r"\s+")
    return Words(re.compile(rf"\b{words}\b(?![-–’'])", re.I)), kinds


@cache
def _words(group: str) -> frozenset[str]:
    """A group of the lexicon: `trimmed` before a title, `openers` of what it is about, `times` that end it, `outside` of any title."""
    return frozenset(lexicon(SHEET)[group])


def heads(text: AnnotatedText) -> dict[int, list[re.Match[str]]]:
    """The words for a document that titles are built around, by the sentence's number."""
    return matches(text, _heads()[0])


def in_sentence(text: AnnotatedText, sentence: Sentence, words: list[re.Match[str]]) -> list[Title]:
    """The titles of one sentence around its words for a document, left to right, none inside another."""
    _, kinds = _heads()
    out: list[Title] = []
    for m in words:
        if out and (m.start() < out[-1].end or text.text[out[-1].end : m.start()].strip() == "("):
            continue
        title = _title(text, sentence, m.start(), m.end(), kinds)
        if title is not None and title.start >= (out[-1].end if out else 0):
            out.append(title)
    return out


def _title(text: AnnotatedText, sentence: Sentence, start: int, end: int, kinds: dict[str, str]) -> Title | None:
    tokens = sentence.tokens
    first = next((t.i for t in tokens if t.start <= start < t.end), None)
    last = next((t.i for t in tokens if t.start < end <= t.end), None)
    if first is None or last is None or tokens[last].pos in ("VERB", "AUX") or tokens[first].pos == "VERB":
        return None
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    if (
        after is not None
        and after.pos in ("NOUN", "PROPN")
        and after.text.casefold() not in ("no", "no.", "number")
        and not after.text.isdigit()
    ):
        return None  # "contract workers", "treaty talks", "Treaty Organization"
    left = _left(text, sentence, first)
    right = _right(text, sentence, last)
    from_, to = tokens[left].start, tokens[right].end
    words = " ".join(text.text[from_:to].split()).strip(" “”\"'‘,.")
    head = " ".join(text.text[start:end].lower().split())
    capital = text.text[start].isupper() and (first > 0 or left < first)
    return Title(from_, to, words, _type(head, kinds, capital, words), head, left == first and right == last, capital)


def _type(head: str, kinds: dict[str, str], capital: bool, words: str) -> str:
    """The head's type; a protocol or arrangement with a proper name is a treaty."""
    kind = kinds.get(head, "other")
    if head in ("protocol", "protocols") and capital:
        return "treaty"
    if head.startswith("agreement") and re.match(
        r"(?:\w+ )?(?:gas |supply |loan |purchase |sales |credit |financing |offtake )(?:\w+ )?agreement", words, re.I
    ):
        return "contract"
    return kind


def _left(text: AnnotatedText, sentence: Sentence, first: int) -> int:
    """The first word of the title: adjectives and nouns before the head, without article, owner and "new"."""
    tokens = sentence.tokens
    left = first
    while left > 0 and tokens[left - 1].end >= tokens[left].start - 1:
        t = tokens[left - 1]
        joined = t.text in ("-", "–") and left > 1 and t.start == tokens[left - 2].end
        capital = t.text[:1].isupper() and t.pos != "DET"
        naming = t.pos in NAMING or (t.pos == "VERB" and t.dep == "amod") or joined
        both = t.text in ("and", "&", "of") and left > 1 and capital_both(tokens, left)
        if not (naming or both or (capital and t.pos in ("VERB", "ADV"))):
            break
        if t.start > 0 and _owner(tokens, left - 1):
            break
        left -= 1
    while left < first and (
        tokens[left].text.lower() in _words("trimmed") or tokens[left].pos == "NUM" or tokens[left].text in ("and", "&", "of", "-", "–")
    ):
        left += 1
    return left


def capital_both(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether "and" or "of" before `at` stands between two capitalised words, as in a proper title."""
    before, after = tokens[at - 2], tokens[at]
    return before.text[:1].isupper() and after.text[:1].isupper() and before.pos in ("PROPN", "NOUN", "ADJ")


def _owner(tokens: tuple[Token, ...], k: int) -> bool:
    """Whether a possessive ending follows: "Kenya's treaty"."""
    return k + 1 < len(tokens) and tokens[k + 1].text in ("'s", "’s", "'", "’") and tokens[k + 1].pos == "PART"


def _right(text: AnnotatedText, sentence: Sentence, last: int) -> int:
    """The last word of the title: "on …", "of …", "between …", up to a verb, a comma outside a list, a time or a place of signing."""
    tokens = sentence.tokens
    n = len(tokens)
    if last + 3 < n and tokens[last + 1].text == "(" and tokens[last + 3].text == ")":
        last += 3  # "memorandum of understanding (MoU) on"
    quoted = last + 1 < n and tokens[last + 1].text in ("“", '"', "‘")
    following = tokens[last + 2 if quoted else last + 1].text.lower() if last + (2 if quoted else 1) < n else ""
    if following not in _words("openers"):
        return last if tokens[last].text != ")" else last - 3
    at = last + (1 if quoted else 0)
    end = last
    while at + 1 < n and tokens[at + 1].end - tokens[last].start < LENGTH:
        at += 1
        t = tokens[at]
        if not _goes_on(text, sentence, at, last):
            break
        if t.pos not in ("ADP", "DET", "CCONJ", "PUNCT", "PART", "ADV") or t.text in ("’s", "'s", ")", "”", '"'):
            end = at
    return _closed(tokens, last, end)


def _goes_on(text: AnnotatedText, sentence: Sentence, at: int, last: int) -> bool:
    tokens = sentence.tokens
    t = tokens[at]
    word = t.text.lower()
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if t.text in MARKS:
        return t.text != "(" or (following is not None and following.text.isupper())
    if t.text == ",":
        return _listing(tokens, at, any(x.text == "between" for x in tokens[last:at]))
    if t.pos in ("ADP", "SCONJ") or word in _words("openers"):
        if word in _words("times") or (word not in _words("openers") and word not in ("into", "under", "towards", "over", "across", "as")):
            return False
        return not _signing_place(text, sentence, at, last)
    if t.pos == "CCONJ":
        return _and(tokens, at)
    if t.pos == "VERB":
        before = tokens[at - 1]
        if before.text == "to" and at - 2 <= last + 1:
            return True
        return (
            (word.endswith("ing") and (before.pos in ("ADP", "SCONJ", "CCONJ") or before.text == ","))
            or t.dep == "amod"
            or t.text[0].isupper()
        )
    return t.pos in INSIDE and word not in _words("outside")


def _listing(tokens: tuple[Token, ...], at: int, names: bool) -> bool:
    """Whether a comma stands inside a list of the title: "Friendship, Good Neighbourliness and Cooperation"; `names` of states."""
    seen = 0
    for k in range(at + 1, min(at + 9, len(tokens))):
        t = tokens[k]
        if t.pos == "CCONJ":
            after = tokens[k + 1] if k + 1 < len(tokens) else None
            return seen > 0 and after is not None and ((after.pos in NAMING and after.pos != "NUM") or (names and after.pos == "DET"))
        if t.text == ",":
            continue
        if t.pos not in NAMING and not t.text[:1].isupper() and not (names and t.pos == "DET"):
            return False
        if t.pos == "NUM":
            return False
        seen += 1
    return False


def _and(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether "and" goes on with the title rather than with the next document or clause."""
    after = tokens[at + 1 : at + 4]
    if not after or after[0].pos in ("VERB", "AUX", "ADV", "PRON", "SCONJ", "NUM"):
        return bool(after) and after[0].text.endswith("ing") and after[0].pos == "VERB"
    if after[0].pos == "DET" and after[0].text.lower() in ("a", "an", "two", "three", "several", "its", "their"):
        return False
    pattern, _ = _heads()
    ahead = " ".join(t.text for t in after)
    if pattern.search(ahead):
        return False
    finite = next((t for t in tokens[at + 1 : at + 12] if t.pos in ("VERB", "AUX") or t.text in (",", ";", ".")), None)
    subject = (
        finite is not None
        and finite.pos in ("VERB", "AUX")
        and any(t.dep.startswith("nsubj") and tokens[t.head].i == finite.i and t.i > at for t in tokens[at + 1 : finite.i])
    )
    return not subject


def _signing_place(text: AnnotatedText, sentence: Sentence, at: int, last: int) -> bool:
    """Whether the words say where, when or how it was signed: "in Bishkek", "on 5 May", "in the presence of", "with effect"."""
    start = sentence.tokens[at].start
    word = sentence.tokens[at].text.lower()
    end = sentence.tokens[at].end
    if any(
        (d.start - end <= 5 and d.start >= start) or d.start <= start < d.end
        for d in text.dates_in(max(sentence.start, start - 6), sentence.end)
        if d.start - end <= 5 and d.end > start
    ):
        return True
    rest = text.text[end : end + 60].lower()
    if word in ("in", "with", "on", "to", "for") and _CIRCUMSTANCE.match(rest):
        return True
    if word == "in" and at > last:
        return any(m.start - end <= 5 for m in text.mentions_in(end, sentence.end, MentionType.PLACE)[:1])
    return False


def _closed(tokens: tuple[Token, ...], last: int, end: int) -> int:
    """The end moved in when a bracket or quotation mark stays open."""
    if end + 1 < len(tokens) and tokens[end + 1].text in ("”", '"', ")"):
        opened = sum(t.text in ("“", "(") for t in tokens[last : end + 1])
        closed = sum(t.text in ("”", ")") for t in tokens[last : end + 1])
        return end + 1 if opened > closed else end
    return end
