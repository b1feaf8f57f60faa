"""What a briefing book is made from, and how its sentences get their claims."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from dragoman.model import time
from dragoman.model.book import Section, Sentence
from dragoman.model.claims import Claim
from dragoman.model.coverage import Coverage
from dragoman.model.facts import Conflict, Fact
from dragoman.model.news import News
from dragoman.model.promises import Promise, Standing
from dragoman.model.stored import ClaimRow
from dragoman.views.book_words import Words, ended, quoted, safe

ComeTo = Callable[[Promise], Standing]
F = TypeVar("F", bound=Fact)
PARTIES = ("participants", "parties", "by", "to", "source", "recipient", "person", "speaker", "addressee")
NAMING = (*PARTIES, "host", "state", "reporter", "counterpart", "member", "sending", "receiving")  # fields that name states
LONGEST, FEW = 60, 20  # words of one quotation; so few that their sentence is needed to understand them
SURE = 0.7  # promises and requests of which the reader is less sure are left out
REACH = 400  # characters about some words in which the ends of their sentence are looked for
_END = re.compile("(?<=[.!?…])[\"'”’»)\\]]*\\s+(?=[^\\sa-z])|\\n\\s*\\n|\\n(?=[^a-z])")
_SHORT = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|No|Sr|Jr|Gen|Lt|Col|Prof|Rev|Hon|[A-Z])\.$")  # stops that end no sentence


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What somebody asked for.

    a, b   ISO codes: ours, and whom we meet
    day    EDTF day of the book
    since  from when changes are told; None where no meeting is on record and no day was given
    """

    a: str
    b: str
    day: str | None
    since: str | None = None
    occasion: str | None = None
    locale: str = "en_GB"


@dataclass(frozen=True, kw_only=True)
class Found:
    """What the record answers.

    rows      claims that involve either state, as they were known on the day
    facts     facts that involve either state, as they were known on the day
    come_to   what a promise has come to by the day
    news      what changed since the day from which changes are told
    coverage  what the record holds on both
    text      the stored text of a document by its id
    """

    rows: Sequence[ClaimRow]
    facts: Sequence[Fact]
    come_to: ComeTo
    news: Sequence[News]
    coverage: Coverage
    text: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Lead:
    """A sentence for the page of essentials, under its label."""

    label: str
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section with what of it is essential, the first first."""

    section: Section
    leads: tuple[Lead, ...] = ()


class Quotes:
    """Words of documents within what their terms of reuse leave.

    caps  of a document with a limit: how many words a quotation in the text may have, and one among the sources
    """

    def __init__(self, caps: Mapping[str, tuple[int, int]] | None = None) -> None:
        self._caps = caps or {}
        self._quoted: dict[str, str] = {}  # claim -> the words of it in the text
        self.asked: dict[str, dict[tuple[str, bool], None]] = defaultdict(dict)  # document -> passages wanted, and whether in the text

    def shown(self, row: ClaimRow, words: str, longest: int = LONGEST) -> tuple[str, bool]:
        """The words as the text may quote them, and whether the terms of reuse made them shorter."""
        self._quoted.setdefault(row.claim.id, words)
        return self._cut(row, words, longest, True)

    def passage(self, row: ClaimRow, words: str) -> tuple[str, bool]:
        """The words behind a claim as the list of sources may show them; where words are scarce, those that the text has already."""
        limited = row.document.reuse is not None and row.document.reuse.share is not None
        return self._cut(
            row, self._quoted.get(row.claim.id, words) if limited else words, LONGEST, limited and row.claim.id in self._quoted
        )

    def _cut(self, row: ClaimRow, words: str, longest: int, text: bool) -> tuple[str, bool]:
        whole = safe(words).split()
        pieces = whole[:longest]
        cap = min(longest, self._caps.get(row.document.id, (longest, longest))[0 if text else 1])
        self.asked[row.document.id][" ".join(pieces), text] = None
        shown = " ".join(pieces[:cap])
        return (f"{shown} …".strip() if len(whole) > min(cap, longest) else shown), cap < len(pieces)

    def caps(self, rows: Iterable[ClaimRow]) -> dict[str, tuple[int, int]]:
        """How many words of each passage may be shown so that all that was asked for stays within a document's terms."""
        limits = {
            r.document.id: int(r.document.reuse.share * r.document.words)
            for r in rows
            if r.document.reuse is not None and r.document.reuse.share is not None
        }
        return {d: _caps(self.asked[d], limit) for d, limit in sorted(limits.items())}


def _caps(passages: Iterable[tuple[str, bool]], limit: int) -> tuple[int, int]:
    """The longest that fit: quotations in the text may have three times the words of others, and what is then left."""
    wanted = list(passages)
    other = max(n for n in range(LONGEST + 1) if _cost(wanted, 3 * n, n) <= limit)
    return max(n for n in range(3 * other, 3 * LONGEST + 1) if _cost(wanted, n, other) <= limit), other


def _cost(passages: Iterable[tuple[str, bool]], text: int, other: int) -> int:
    """How many words are shown where each passage has so many at most; what stands within another one counts once."""
    shown: list[str] = []
    for passage in sorted((" ".join(p.split()[: text if body else other]) for p, body in passages), key=lambda p: (-len(p), p)):
        if not any(f" {passage} " in f" {longer} " for longer in shown):
            shown.append(passage)
    return sum(len(p.split()) for p in shown)


@dataclass(frozen=True)
class Matter:
    """What was asked for and what was found, with what the chapters ask of it."""

    asked: Asked
    found: Found
    quotes: Quotes

    @property
    def a(self) -> str:
        return self.asked.a

    @property
    def b(self) -> str:
        return self.asked.b

    @cached_property
    def words(self) -> Words:
        return Words(self.asked.locale)

    @cached_property
    def told(self) -> dict[str, ClaimRow]:
        """The claims by id."""
        return {r.claim.id: r for r in self.found.rows}

    @cached_property
    def shared(self) -> list[ClaimRow]:
        """Claims of the documents that tell of both states."""
        both = {r.document.id for r in self.found.rows if {self.a, self.b} <= states_of(r.claim)}
        return [r for r in self.found.rows if r.document.id in both]

    @cached_property
    def by_document(self) -> dict[str, list[ClaimRow]]:
        """The claims of each document."""
        held: dict[str, list[ClaimRow]] = defaultdict(list)
        for row in self.found.rows:
            held[row.document.id].append(row)
        return held

    @cached_property
    def disputed(self) -> frozenset[str]:
        """Claims that contradict others; of a long calculation only the figure in question is told of."""
        return frozenset(c for f in self.of(Conflict) if f.real and len(f.claims) < 4 for c in f.claims)

    def of(self, kind: type[F]) -> list[F]:
        """The facts of a kind that rest on claims known on the day."""
        return [f for f in self._by_kind.get(kind, ()) if any(c in self.told for c in f.claims)]

    @cached_property
    def _by_kind(self) -> dict[type[Fact], list[Any]]:
        held: dict[type[Fact], list[Any]] = defaultdict(list)
        for fact in sorted({f.id: f for f in self.found.facts}.values(), key=lambda f: f.id):
            held[type(fact)].append(fact)
        return held

    def pair(self, kind: type[F]) -> list[F]:
        """The facts of a kind that involve both states."""
        return [f for f in self.of(kind) if {self.a, self.b} <= set(f.states)]

    def rows_of(self, claims: Iterable[str]) -> list[ClaimRow]:
        """The claims of these ids that were known on the day."""
        return [self.told[c] for c in dict.fromkeys(claims) if c in self.told]

    def cited(self, claims: Iterable[str], most: int = 4) -> tuple[str, ...]:
        """The first claim of each document, as many documents as a reader needs."""
        first: dict[str, str] = {}
        for row in self.rows_of(claims):
            first.setdefault(row.document.id, row.claim.id)
        return tuple(list(first.values())[:most])

    def sentence(
        self, text: str, claims: Iterable[str], fact: str | None = None, marks: Iterable[str] = (), every: bool = False
    ) -> Sentence:
        """A sentence with its claims, marked where they are disputed; `every` cites all of them, not one of each document."""
        known = [r.claim.id for r in self.rows_of(claims)]
        cited = tuple(known) if every else self.cited(known)
        told = ("disputed",) if self.disputed & set(known) else ()
        return Sentence(ended(text) if text else "", cited, fact, tuple(dict.fromkeys((*marks, *told))))

    def quote(self, row: ClaimRow, words: str | None = None, longest: int = LONGEST) -> tuple[str, tuple[str, ...]]:
        """Words in quotation marks, within the terms of reuse, and the mark of a sentence that has them shortened.

        words  of a field of the claim; else its exact words, in their sentence where they are few
        """
        shown, short = self.quotes.shown(row, words_of(row, self.found.text, longest) if words is None else words, longest)
        return quoted(shown), ("shortened",) if short else ()

    def over(self, edtf: str | None) -> bool | None:
        """Whether a date lies before the day of the book; None where one of them is not known."""
        if not edtf or not self.asked.day:
            return None
        last, day = time.parse(edtf).last, time.parse(self.asked.day).last
        return None if last is None or day is None else last < day


def words_of(row: ClaimRow, text: Callable[[str], str], most: int = 40) -> str:
    """The exact words of a claim, in their sentence where they are few; of a source with a limit the words alone."""
    first = row.claim.evidence[0]
    whole = row.claim.kind != "event" and len(first.quote.split()) >= FEW  # the words of an event are its verb and little else
    if whole or (row.document.reuse is not None and row.document.reuse.share is not None):
        return first.quote
    return around(text(row.document.id), first.start, first.end, min(most, 40))


def around(text: str, start: int, end: int, most: int = 40) -> str:
    """The sentence that holds a stretch of a text, of a long one the words about it.

    >>> around("He came. Then Mr. Kask left the hall. All is well.", 22, 26)
    'Then Mr. Kask left the hall.'
    >>> around('He came. "We all agree," he said.', 10, 22)
    '"We all agree," he said.'
    """
    window = max(0, start - REACH), min(len(text), end + REACH)
    ends = [m for m in _END.finditer(text, *window) if not _SHORT.search(text, max(0, m.start() - 6), m.start())]
    first = max((m.end() for m in ends if m.end() <= start), default=window[0])
    last = min((m.start() + len(m.group().rstrip()) for m in ends if m.start() >= end - 1), default=window[1])
    before, inner, after = text[first:start].split(), text[start:end].split(), text[end:last].split()
    room = max(0, most - len(inner)) // 2
    ahead = before if len(before) <= room else ["…", *before[len(before) - room :]]
    behind = after if len(after) <= room else [*after[:room], "…"]
    glued = "" if end < len(text) and not text[end].isspace() else " "
    shown = " ".join(inner)
    if ahead:
        apart = ahead[-1] == "…" or any(c.isspace() for c in text[start - 1 : start + 1])
        shown = " ".join(ahead) + (" " if apart else "") + shown
    return (shown + glued + " ".join(behind)).strip() if behind else shown


def states_of(claim: Claim) -> set[str]:
    """The states that a claim names in its fields."""
    out: set[str | None] = set()
    for name in NAMING:
        value = getattr(claim, name, None)
        for one in value if isinstance(value, tuple) else (value,):
            out.add(one if isinstance(one, str) else getattr(one, "state", None))
    return {s for s in out if s}


@lru_cache(maxsize=16384)
def order(edtf: str | None) -> str:
    """A key by which dates sort; unknown ones come first, so last when reversed."""
    if not edtf:
        return ""
    days = time.parse(edtf)
    return str(days.last or days.first or "")
