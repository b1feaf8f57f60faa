"""The offices that a text gives its persons, wherever in it: what "his successor", "left office" or "had headed it" stands on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from dragoman.extract.frame import lexicon
from dragoman.model.annotations import Actor, AnnotatedText, MentionType
from dragoman.model.claims import Tenure
from dragoman.reference import states
from dragoman.reference.scan import Words

_SHORT = Words(
    re.compile(
        r"\b[Tt]he (?:(?:[A-Z][\w-]+ )?(?:part|side|section) of the )?(?P<body>Agency|Authority|Commission|Committee|Council|Board|"
        r"Bank|Fund|Cent(?:re|er)|Institute|Secretariat|Organi[sz]ation|Association|Union|Company|Corporation|Consortium|Assembly|Group|Office|"
        r"Court|Academy|Foundation|Community|Initiative)\b(?! of| for|[- ][A-Z])"
    )
)
_OF_THEM = Words(re.compile(r"\b[Oo]ne of (?:them|the (?:two|three|four|pair|latter|former ones)),? "))
_OUR = re.compile(r"(?:our|the) minister\b", re.I)
_MINISTRY = re.compile(r"\b(?:ministry|department) (?:of|for) (?:the )?(?P<of>[^\n,;(|]{3,80})", re.I)
_SMALL = frozenset({"OF", "AND", "FOR", "THE"})
ENVOYS = ("ambassador to ", "high commissioner to ")
COMES = ("appointed", "elected", "reappointed", "reelected")
_FAR = 400  # code points within which a plural office is meant by "one of them"


class Office(NamedTuple):
    """An office of a person, with `since` and `until` where a claim gives them; `comes` where it tells that he takes it."""

    position: str
    organization: str | None
    state: str | None
    since: str | None = None
    until: str | None = None
    comes: bool = False


class Known:
    """The offices of a text's persons, by name and place; claims are added as they are found."""

    def __init__(self, text: AnnotatedText) -> None:
        self.text = text
        self._told: dict[str, list[tuple[int, Office]]] = defaultdict(list)
        self.states = _states(text)
        self.sent: dict[tuple[str, str], str] = {}  # an envoy, by name and the state that receives him: the state that sent him
        for actor in text.actors:
            if actor.kind == "person" and actor.name and actor.resolved is None:
                for s in actor.stated:
                    body = s.organization or of_short(text, s.end)
                    self.tell(actor.name, s.start, Office(s.position, body, s.state or actor.state))
        for m in _OF_THEM.finditer(text.text):
            self._one_of(m)

    def tell(self, name: str, at: int, office: Office) -> None:
        """Note an office; one that says nothing without its body is not noted."""
        if office.state and office.position.startswith(ENVOYS) and (to := states.code(office.position.partition(" to ")[2])):
            self.sent[name, to] = office.state
        office = office._replace(state=self.sender(name, office.state))
        if office.position != "counterpart" and (office.organization or office.position not in lexicon(_SHEET)["bare"]):
            self._told[name].append((at, office))
            self._told[name].sort(key=lambda t: t[0])

    def add(self, claims: Iterable[Tenure]) -> None:
        """Note the offices of claims."""
        for c in claims:
            if c.person.name and c.modality != "denied":
                office = Office(c.position, c.organization, c.state, c.since, c.until, c.change in COMES)
                self.tell(c.person.name, c.evidence[0].start, office)

    def of(self, name: str | None, at: int, body: str | None = None, later: bool = True) -> Office | None:
        """The office told of a person last before a place, else first behind it if `later`; of a body's only where one is given."""
        told = [t for t in self._told.get(name or "", ()) if body is None or t[1].organization == body]
        if not told:
            return None
        k = bisect_right([t[0] for t in told], at)
        return told[k - 1 if k else 0][1] if k or later else None

    def taken(self, name: str | None, at: int) -> Office | None:
        """The office that a person is last said to have taken before a place, else any told of him."""
        told = [office for start, office in self._told.get(name or "", ()) if office.comes and start <= at]
        return told[-1] if told else self.of(name, at)

    def sender(self, name: str | None, state: str | None) -> str | None:
        """The state given for a person, or if that only receives him as envoy the one that sent him."""
        return self.sent.get((name or "", state or ""), state)

    def state(self, actor: Actor) -> str | None:
        """The state of a person, also as far as "his Turkish colleague" or an embassy in one of two states tells it."""
        return actor.state or self.states.get(actor.name or "")

    def _one_of(self, m: re.Match[str]) -> None:
        """ "The foreign ministers of both. One of them, X": X is a foreign minister."""
        who = next((a for a in self.text.actors_in(m.end(), m.end() + 80) if a.kind == "person" and a.name), None)
        groups = [a for a in self.text.actors_in(max(0, m.start() - _FAR), m.start()) if a.kind == "group" and a.position]
        if who is None or not groups or who.stated or self.text.text[m.end() : who.start].strip():
            return
        self.tell(who.name or "", who.start, Office(groups[-1].position or "", None, self.state(who)))


_SHEET = __file__.replace("known.py", "tenure.py")


def _states(text: AnnotatedText) -> dict[str, str]:
    """Of a text on two states: whoever has a colleague from one, or is ambassador to it, is from the other."""
    parties = text.parties[:2]
    if len(parties) < 2:
        return {}
    other = dict(zip(parties, reversed(parties), strict=True))
    found: dict[str, str] = {}
    for actor in text.actors:
        if actor.kind == "person" and actor.resolved == "counterpart" and actor.state in other:
            owner = next((a for a in text.actors_in(actor.start, actor.end) if a.resolved == "pronoun" and a.kind == "person"), None)
            if owner and owner.name and owner.name != actor.name and owner.state is None:
                found.setdefault(owner.name, other[actor.state])
    return found


def short(text: AnnotatedText, start: int, end: int) -> tuple[str, str | None] | None:
    """The full name and state of a body that a stretch calls "the Agency"; None where it names none, or the text has no longer name."""
    m = next(_SHORT.finditer(text.text, start, end), None)
    if m is None:
        return None
    word = m["body"]
    for mention in text.mentions:
        if mention.type is MentionType.ORGANIZATION and word in mention.name.split() and " " in mention.name:
            return mention.name, mention.state
    return text.once(_letterhead).get(word.upper())


def of_short(text: AnnotatedText, end: int) -> str | None:
    """The full name of the body right behind an office: "executive director of the Agency"."""
    if not text.text.startswith(" of the ", end):
        return None
    named = short(text, end + 4, end + 30)
    return named[0] if named and text.text[end + 8 : end + 9].isupper() else None


def _letterhead(text: AnnotatedText) -> dict[str, tuple[str, None]]:
    """Bodies that only the head of a text names, in capitals: by the last word, "BINATIONAL BORDER AGENCY"."""
    found: dict[str, tuple[str, None]] = {}
    for line in text.text[:_FAR].split("\n")[:4]:
        words = line.split()
        if 2 <= len(words) <= 7 and line.isupper() and all(w.isalpha() or "-" in w for w in words):
            found.setdefault(words[-1], (" ".join(w.lower() if w in _SMALL else w.capitalize() for w in words), None))
    return found


def portfolio(text: AnnotatedText, phrase: str) -> str | None:
    """The office of "our Minister" in what a ministry publishes: "minister of foreign affairs"."""
    if not _OUR.match(phrase):
        return None
    return text.once(_own_ministry)


def _own_ministry(text: AnnotatedText) -> str | None:
    m = _MINISTRY.search(text.text[:_FAR]) or _MINISTRY.search(text.document.outlet or "")
    return f"minister of {' '.join(m['of'].casefold().split())}" if m else None
