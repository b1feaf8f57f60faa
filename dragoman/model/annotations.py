"""What the language stages see in a text: values with their place, no opinions on relations between states yet.

All offsets are code points into the document's stored text, end exclusive.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from dragoman.model.documents import Document, Zone
from dragoman.model.unseen import Way


class Token(NamedTuple):
    """One word. `head` is the index, in the sentence's tokens, of the governor; the root's is its own `i`."""

    i: int
    text: str
    lemma: str
    pos: str  # UPOS
    dep: str  # UD relation, lower case
    head: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its words.

    zone       of the document, at the sentence's start
    paragraph  index of the paragraph (blocks parted by blank lines, list items, table rows)
    speaker    the label before the turn in a transcript ("Mikhail Mishustin"), else None; the label is not in the span
    """

    index: int
    start: int
    end: int
    text: str
    zone: Zone
    paragraph: int
    tokens: tuple[Token, ...] = ()
    speaker: str | None = None


class Entity(NamedTuple):
    """A name as the language model marks it: `PER`, `ORG` or `LOC`."""

    start: int
    end: int
    label: str


class MentionType(StrEnum):
    STATE = "state"  # "Kazakhstan", "the Republic of Korea", "the Kremlin" or "Astana" for a government
    DEMONYM = "demonym"  # "Kazakh", "Turkish", "South African": adjective or people
    PLACE = "place"  # cities, provinces, buildings
    ORGANIZATION = "organization"
    POSITION = "position"  # "Prime Minister", "Minister for Education", "the press secretary"
    PERSON = "person"
    GROUP = "group"  # "the two leaders", "both sides", "the Presidents", "the two countries", "the parties"
    PRONOUN = "pronoun"  # he, she, his, her, they, their, I, we, our, you


@dataclass(frozen=True, slots=True)
class Mention:
    """A name, office or pointing word in the text.

    text     as the text has it
    name     normal form: full name of a person as first given; canonical position ("minister of foreign affairs");
             ISO alpha-3 for STATE and DEMONYM; canonical name of an organisation or place
    state    ISO alpha-3 where known: of the state itself, of the place, of the organisation
    former, acting, designate   of a POSITION: "former", "acting"/"interim", "-elect"/"designate"
    plural   of POSITION and GROUP: "the Presidents", "foreign ministers"
    """

    type: MentionType
    start: int
    end: int
    text: str
    name: str
    state: str | None = None
    former: bool = False
    acting: bool = False
    designate: bool = False
    plural: bool = False
    gender: str | None = None  # "f", "m" from titles and pronouns


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date or period in the text, resolved against the document's own date.

    edtf      EDTF level 1, or None when it cannot be resolved
    relation  `at`, `since`, `until`, `by`, `after`, `before`, `for` (a duration: edtf is None, text tells)
    recurring "every year", "annually": no date of its own
    """

    start: int
    end: int
    text: str
    edtf: str | None
    relation: str = "at"
    recurring: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit.

    low, high   numbers in full; an open end is None; a change is signed (fell by half: -50)
    unit        ISO 4217, `%`, `1` for counts, else the unit's symbol (`km`, `t`, `MW`, `d`, `h`)
    modifier    `about`, `more than`, `at least`, `less than`, `up to`, `nearly`, `exactly` or None
    measure     `level`, `change`, `rank`, `share`
    noun        for counts: head noun phrase ("enterprises", "Kazakh students"), lower case where common
    equivalent  the converted amount in brackets right after it
    to          True when it is the end of a movement ("rose ... to 5 billion"), with `by` for the step
    """

    start: int
    end: int
    text: str
    low: float | None
    high: float | None
    unit: str
    modifier: str | None = None
    measure: str = "level"
    noun: str | None = None
    noun_start: int | None = None
    noun_end: int | None = None
    equivalent: Quantity | None = None
    direction: str | None = None  # `to`, `from`, `by`
    record: bool = False


class Stated(NamedTuple):
    """An office as one phrase states it; start and end of the office's own words."""

    position: str
    organization: str | None
    state: str | None
    acting: bool
    former: bool
    designate: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts: a person with office and state, a state, an organisation, as one noun phrase.

    start, end   of the whole phrase ("the Prime Minister of Kazakhstan, Alikhan Smailov")
    mention      the phrase; name: the fullest form in the document
    kind         `person`, `state`, `organization`, `office` (an office whose holder the text does not name)
    stated       offices that this phrase itself states, as (position, organization, state); `position` may come from elsewhere
    resolved     how a pointing phrase was resolved: None (it names itself), `pronoun`, `title`, `counterpart`, `group`, `surname`
    members      the actors of a group ("the two leaders")
    """

    start: int
    end: int
    mention: str
    name: str | None
    kind: str
    id: str | None = None
    state: str | None = None
    position: str | None = None
    organization: str | None = None
    acting: bool = False
    former: bool = False
    designate: bool = False
    resolved: str | None = None
    members: tuple[Actor, ...] = ()
    gender: str | None = None
    stated: tuple[Stated, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """Words said, direct or indirect, with who said them.

    start, end  of the content (inside the quotation marks; the clause for indirect speech)
    also        further pieces of a split quote as (start, end)
    cue         lemma of the verb ("say", "stress"), None for a transcript's turn
    cue_start   place of the cue, None likewise
    speaker     who speaks; addressee likewise
    chain       further links between outlet and speaker, outermost first, as (role, name): ("outlet", "Tengrinews")
    """

    start: int
    end: int
    direct: bool
    speaker: Actor | None
    cue: str | None = None
    cue_start: int | None = None
    cue_end: int | None = None
    addressee: Actor | None = None
    also: tuple[tuple[int, int], ...] = ()
    chain: tuple[tuple[str, str], ...] = ()


Placed = TypeVar("Placed", Actor, Mention, DateMention, Quantity)
T = TypeVar("T")


@dataclass(frozen=True)
class AnnotatedText:
    """A document with all that the language stages saw; each list is sorted by start."""

    document: Document
    sentences: tuple[Sentence, ...] = ()
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    actors: tuple[Actor, ...] = ()
    quotes: tuple[Quote, ...] = ()
    parties: tuple[str, ...] = ()  # the states that the document is about, most named first (ISO alpha-3)
    home: str | None = None  # "our country": the state of the outlet or office
    starts: tuple[int, ...] = field(default=(), repr=False)  # of the sentences, for bisection
    way: Way | None = field(default=None, repr=False)  # back to the text as it came, where it holds characters that nobody sees

    @cached_property
    def text(self) -> str:
        return self.document.text

    def with_(self, **changes: object) -> AnnotatedText:
        return replace(self, **changes)  # type: ignore[arg-type]

    def once(self, make: Callable[[AnnotatedText], T]) -> T:
        """What a function makes of the text, made once for all who ask."""
        if make not in self._made:
            self._made[make] = make(self)
        made: T = self._made[make]
        return made

    @cached_property
    def _made(self) -> dict[Callable[[AnnotatedText], Any], Any]:
        return {}

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds a code point, or None between sentences."""
        at = bisect_right(self.starts, offset) - 1
        return self.sentences[at] if at >= 0 and offset < self.sentences[at].end else None

    def actors_in(self, start: int, end: int) -> list[Actor]:
        return [a for a in _between(self.actors, self._starts[0], start, end) if a.end <= end]

    def mentions_in(self, start: int, end: int, *types: MentionType) -> list[Mention]:
        return [m for m in _between(self.mentions, self._starts[1], start, end) if m.end <= end and (not types or m.type in types)]

    def dates_in(self, start: int, end: int) -> list[DateMention]:
        return [d for d in _between(self.dates, self._starts[2], start, end) if d.end <= end]

    def quantities_in(self, start: int, end: int) -> list[Quantity]:
        return [q for q in _between(self.quantities, self._starts[3], start, end) if q.end <= end]

    @cached_property
    def _starts(self) -> list[list[int]]:
        """Where the actors, mentions, dates and quantities begin, for bisection: long documents have thousands."""
        rows: tuple[tuple[Actor | Mention | DateMention | Quantity, ...], ...] = (self.actors, self.mentions, self.dates, self.quantities)
        return [[item.start for item in row] for row in rows]


def _between(items: tuple[Placed, ...], starts: list[int], start: int, end: int) -> tuple[Placed, ...]:
    """The items, sorted by start, that begin in a stretch."""
    first = bisect_left(starts, start)
    return items[first : bisect_left(starts, end, first)]
