"""What several formats say of a fact: its headline in plain words, its sources, and the persons that it names."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from dragoman.model import time
from dragoman.model.claims import ActorRef
from dragoman.model.entities import OrganizationEntity, Person, PersonEntity
from dragoman.model.exporting import Bundle
from dragoman.model.facts import Conflict, Fact
from dragoman.model.instruments import Instrument
from dragoman.model.meetings import Meeting
from dragoman.model.members import Belonging, Post
from dragoman.model.promises import Promise
from dragoman.model.saying import amount, date, joined
from dragoman.model.series import Point, Series
from dragoman.model.stored import ClaimRow, DocumentRow
from dragoman.reference import states

BATCH = 200  # facts whose claims are fetched at once
STATUS = {"planned": "planned", "possible": "possible", "called off": "called off", "denied": "denied"}


def state(code: str) -> str:
    """A state's English name; of a body or person its own."""
    return states.short_name(code) or one_line(code)


def one_line(words: str) -> str:
    """The words without line ends and what does not print."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())


def actor(ref: ActorRef) -> str:
    """The name of a person, a state or a body."""
    if (ref.id or "").startswith("state:"):
        return state(ref.state or ref.name or "")
    return one_line(ref.name or ref.mention or "somebody not named")


def is_state(ref: ActorRef) -> bool:
    return (ref.id or "").startswith("state:")


def is_unnamed(ref: ActorRef) -> bool:
    """Whether this is somebody known by the office alone: "the minister of trade of Peru"."""
    return bool(ref.position) and not ref.id


def headline(fact: Fact) -> str:
    """One line that says what the fact is about.

    Raises:
      KeyError: no line is made for this kind of fact.
    """
    return one_line(_LINES[fact.kind](fact))


def meeting(fact: Meeting) -> str:
    """ "Visit of Rosa Lema to Peru (planned)"."""
    who = joined([actor(p) for p in fact.participants]) or "participants not named"
    kind = f"{fact.visit_type} visit" if fact.mode == "visit" and fact.visit_type else fact.mode
    what = f"{kind} of {who}{f' to {state(fact.host)}' if fact.host else ''}" if fact.mode == "visit" else f"{kind}: {who}"
    return _capital(what) + (f" ({STATUS[fact.status]})" if fact.status in STATUS else "")


def promise(fact: Promise) -> str:
    owner = joined([state(n) for n in fact.by]) or "Owner not named"
    return f"{owner}: {fact.action.rstrip(' .')}"


def series(fact: Series) -> str:
    """What is counted, and between whom."""
    what = fact.indicator.removeprefix("other:").replace("_", " ")
    measure = {"change": "change of ", "share": "share of ", "rank": "rank by "}.get(fact.measure, "")
    between = (" to " if fact.directed else " and ").join(state(p) for p in fact.parties)
    return _capital(f"{measure}{f'{fact.part} ' if fact.part else ''}{what}") + (f", {between}" if between else "")


def point(fact: Series, one: Point) -> str:
    """One figure of a series with its period and who says so."""
    value = amount(one.low, one.high, fact.unit, one.modifier, signed=fact.measure == "change")
    when = date(one.period) if one.period else "no period"
    return one_line(f"{series(fact)}, {when}: {value}{f', according to {one.claimant}' if one.claimant else ''}")


def instrument(fact: Instrument) -> str:
    return f"{_capital(fact.title)} ({fact.status})"


def belonging(fact: Belonging) -> str:
    return f"{state(fact.member)}, {fact.organization}: {fact.status}"


def mission(fact: Post) -> str:
    return f"{_capital(fact.type)} of {state(fact.sending)} in {fact.city or state(fact.receiving)}"


def conflict(fact: Conflict) -> str:
    return f"Disputed: {fact.about}"


_LINES: dict[str, Callable[[Any], str]] = {
    "contact": meeting, "commitment": promise, "series": series, "instrument": instrument, "membership": belonging, "mission": mission,
    "conflict": conflict, "person": lambda f: f.person.name or "somebody not named", "organization": lambda f: f.name,
    "place": lambda f: f.name, "office": lambda f: office(f.position.name, f.position.organization or f.position.state)}


def office(name: str, of: str | None) -> str:
    """ "Minister of trade of Peru"; a body's name stays as it is."""
    return _capital(post(name)) + (f" of {state(of)}" if of else "")


def post(name: str) -> str:
    """The office with the state that it names in capitals: "ambassador to Morocco"."""
    title, to, place = name.partition(" to ")
    code = states.code(place) if to else None
    return f"{title} to {state(code)}" if code else name


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


# ---------------------------------------------------------------- sources


class Told(NamedTuple):
    """A fact with the claims behind it."""

    fact: Any
    rows: Mapping[str, ClaimRow]

    def claims(self, ids: Iterable[str]) -> list[ClaimRow]:
        """The claims of these ids, in their order."""
        return [self.rows[c] for c in dict.fromkeys(ids) if c in self.rows]


def with_claims(bundle: Bundle, kinds: Container[str]) -> Iterator[Told]:
    """The facts of some kinds with their claims; those of many facts are fetched at once."""
    facts = (fact for fact in bundle.facts if fact.kind in kinds)
    while batch := list(islice(facts, BATCH)):
        rows = {row.claim.id: row for row in bundle.cited(list(dict.fromkeys(c for fact in batch for c in fact.claims)))}
        yield from (Told(fact, rows) for fact in batch)


def sources(rows: Iterable[ClaimRow]) -> list[DocumentRow]:
    """The documents of claims, each once."""
    return list({row.document.id: row.document for row in rows}.values())


def is_address(url: str | None) -> bool:
    """Whether this is an address of the web, which may be made a link."""
    return (url or "").startswith(("https://", "http://"))


def cited(row: ClaimRow, quotes: bool) -> str:
    """A source with its words: `Harbour Gazette, 12 March 2024: “…”`."""
    of = row.document
    name = ", ".join(w for w in (of.outlet or of.file, date(of.published) if of.published else None) if w)
    words = one_line(row.claim.evidence[0].quote)
    return one_line(f"{name}: “{words}”" if quotes and words else name)


# ---------------------------------------------------------------- dates


def plain(edtf: str | None) -> str | None:
    """The date where it is a day, month or year and nothing else; what other formats take as a date."""
    if not edtf or "/" in edtf or not edtf[-1].isdigit() or not time.is_edtf(edtf):
        return None
    return edtf if len(edtf) != 7 or int(edtf[5:]) <= 12 else None


def days(edtf: str | None) -> time.Interval | None:
    """The days that a date covers; None without one."""
    return time.parse(edtf) if edtf and time.is_edtf(edtf) else None


def ends(edtf: str | None) -> tuple[str | None, str | None]:
    """Beginning and end of an interval, or the date twice; None for what is open, approximate or a season."""
    if not edtf:
        return None, None
    first, _, last = edtf.partition("/")
    return plain(first), plain(last or first)


# ---------------------------------------------------------------- persons


class Persons:
    """Who a name in a claim is, as the record's persons have it."""

    def __init__(self, persons: Iterable[PersonEntity]) -> None:
        self._by: dict[tuple[str, str], Person] = {}
        for one in persons:
            for claim in one.claims:
                for name in one.person.names:
                    self._by[claim, _folded(name)] = one.person

    def who(self, ref: ActorRef, claims: Sequence[str]) -> Person | None:
        """The person that an actor of these claims is, as the claim has it where the record knows none; None for no person."""
        if is_state(ref) or (ref.id or "").startswith("org:"):
            return None
        for name in (ref.name, ref.mention):
            if name and (found := self.named(name, claims)):
                return found
        if ref.id and ref.id.startswith("person:"):
            return Person(ref.id, ref.name, (ref.name,) if ref.name else (), ref.state)
        return None


    def named(self, name: str, claims: Iterable[str]) -> Person | None:
        """The person of that name in one of these claims."""
        folded = _folded(name)
        return next((found for claim in claims if (found := self._by.get((claim, folded)))), None)


def _folded(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name).casefold() if not unicodedata.combining(c))


def persons(bundle: Bundle) -> Persons:
    """The persons of an export."""
    return Persons(bundle.persons)


def bodies(bundle: Bundle) -> dict[str, str]:
    """The ids of organisations by their names in small letters, as far as the export has organisations."""
    known = (one for one in bundle.facts if isinstance(one, OrganizationEntity))
    return {name.casefold(): one.organization for one in known for name in (one.name, *one.names)}
