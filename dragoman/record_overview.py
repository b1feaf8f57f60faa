"""The part of the desk's record that looks at it from above: counts, and pages of facts as they stood on a day; nothing here resolves."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from dragoman.model import time
from dragoman.model.entities import Position
from dragoman.model.overview import Covered, PairCount, Wanted
from dragoman.model.stored import ClaimRow, DocumentRow
from dragoman.store import Store

if TYPE_CHECKING:
    from dragoman.model.entities import OrganizationEntity, PersonEntity
    from dragoman.model.facts import Conflict, Fact
    from dragoman.model.offices import Chain

MOST_PEOPLE = 500  # claims of one person that a page looks at
MOST_BLOCKS, MOST_CLAIMS = 8, 100  # blocks whose conflicts are found anew for a day in the past, and how large one may be
MOST_CONFLICTS, MOST_SERIES = 200, 400  # of two states that are looked at
ANEW, EACH_ANEW = 600, 40  # claims of which facts are made anew for a day in the past: in all, and of one fact where there are many
KEPT = 100  # answers that are kept
OFFICES = "offices"  # the room of offices, whose blocks are states and bodies
T = TypeVar("T")


class _Head(msgspec.Struct):
    """The part of a stored chain that says which office it is."""

    position: Position | None = None


class _Named(msgspec.Struct):
    """The part of a stored series that says what it counts."""

    indicator: str
    target: bool = False
    part: str | None = None
    measure: str = "level"
    points: tuple[msgspec.Raw, ...] = ()


class Overview:
    """Bounded answers for pages."""

    _store: Store

    if TYPE_CHECKING:

        def state(self) -> str:
            """A word that changes with every change of the record; `Desk` gives it."""

    def pairs(self, since: str | None = None, until: str | None = None, known: str | None = None) -> list[PairCount]:
        """All pairs of states by how much they share; of what begins in some months ("2024-05"), of what was known by a day."""
        from dragoman.store import shared

        def make() -> list[PairCount]:
            with self._store.reads() as c:
                return sorted(shared.counts(c, since, until, known), key=lambda p: (-p.total, p.one, p.other))

        return self.keep(("pairs", since, until, known), make)

    def pair_years(self, some: Sequence[tuple[str, str]]) -> dict[tuple[str, str], dict[str, int]]:
        """How many contacts and events some pairs have by year."""
        from dragoman.store import shared

        with self._store.reads() as c:
            return shared.years_of(c, some)

    def years(self) -> list[str]:
        """The years in which there is any contact or event."""
        from dragoman.store import shared

        with self._store.reads() as c:
            return shared.years(c)

    def last_seen(self, some: Sequence[tuple[str, str]], by: str | None) -> dict[tuple[str, str], str]:
        """The last day of a contact or statement of each of some pairs, none later than a day; "" where there is none."""
        from dragoman.store import shared

        with self._store.reads() as c:
            return shared.last_seen(c, some, by or "9998")

    def states_on_record(self) -> set[str]:
        """ISO codes of the states that share anything with another."""
        return self.keep(("states",), lambda: {state for pair in self.pairs() for state in pair[:2]})

    def keep(self, what: tuple[Any, ...], make: Callable[[], T]) -> T:
        """What a question gave, kept until the record changes."""
        state = self.state()
        found = self._kept.get(what)
        if found is not None and found[0] == state:
            return found[1]  # type: ignore[no-any-return]
        made = make()
        with self._lock:
            if self._kept_at != state:  # nothing of an older state is of use
                self._kept.clear()
                self._kept_at = state
            self._kept[what] = state, made
            while len(self._kept) > KEPT:
                del self._kept[next(iter(self._kept))]
        return made

    _kept_at = ""

    @cached_property
    def _kept(self) -> dict[tuple[Any, ...], tuple[str, Any]]:
        return {}

    @cached_property
    def _lock(self) -> Lock:
        return Lock()

    def kinds_counted(self, wanted: Wanted) -> dict[str, int]:
        """How many facts of each kind, events, statements and relations two states share."""
        from dragoman.store import shared

        with self._store.reads() as c:
            counts = shared.kinds_counted(c, wanted)
        if wanted.known and "conflict" in counts:
            counts["conflict"] = len(self.facts_about(replace(wanted, kind="conflict"), 10_000))
        return counts

    def facts_about(self, wanted: Wanted, limit: int, offset: int = 0) -> list[Any]:
        """A page of facts of a kind that two states share, the latest first, as they followed from what was known by the day asked for."""
        from dragoman import rooms
        from dragoman.store import overview, shared

        if wanted.kind == "conflict" and wanted.known:
            states = tuple(sorted(wanted.states))
            return self.keep(("conflicts", states, wanted), lambda: self._conflicts_known(wanted))[offset : offset + limit]
        with self._store.reads() as c:
            found = overview.facts_numbered(c, rooms.kinds(), shared.numbers(c, wanted, limit, offset))
        return self.as_known(found, wanted.known)

    def _conflicts_known(self, wanted: Wanted) -> list[Any]:
        """The conflicts between the claims known by a day: a later claim may have brought a shorter proof, so they are found anew.

        Where two states have very many claims of a kind, only those of today's conflicts are given whose claims were all known.
        """
        from dragoman import rooms
        from dragoman.model.judging import Decisions
        from dragoman.store import facts as kept
        from dragoman.store import overview, shared

        found: dict[str, Any] = {}
        with self._store.reads() as c:
            held = shared.numbers(c, replace(wanted, known=None), MOST_CONFLICTS)
            now = {f.id: f for f in overview.facts_numbered(c, rooms.kinds(), held)}
            places = overview.places_of(c, list(now))
            sizes = overview.sizes_of_blocks(c, sorted(set(places.values())))
            small = [place for place, size in sizes.items() if size <= MOST_CLAIMS][:MOST_BLOCKS]
            whole = [now[i] for i, place in places.items() if place not in small]
            decisions = Decisions(kept.judgements(c))
            for room, block in small:
                claims = [claim for claim, _ in kept.claims_in(c, room, block)]
                since = overview.known_since(c, [claim.id for claim in claims])
                told = [claim for claim in claims if since.get(claim.id, "9999") <= last_day(wanted.known or "9999")]
                made = rooms.facts(room, block, decisions.applied(told), decisions.judged)
                found |= {f.id: f for f in made if f.kind == "conflict" and set(wanted.states) <= set(f.states)}
        found |= {f.id: f for f in self.as_known(whole, wanted.known)}
        return sorted(found.values(), key=lambda f: (f.date or "", f.id), reverse=True)

    def claims_about(self, wanted: Wanted, limit: int, offset: int = 0) -> list[ClaimRow]:
        """A page of claims of a kind that two states share, the latest first."""
        from dragoman.store import overview, shared

        with self._store.reads() as c:
            return overview.claims_numbered(c, shared.numbers(c, wanted, limit, offset))

    def series_about(self, wanted: Wanted, most: int) -> tuple[list[Any], int]:
        """The series of two states that tell most, and how many there are: flows before sums for one thing, many points before few."""
        from dragoman import rooms
        from dragoman.store import overview, shared

        read = msgspec.json.Decoder(_Named).decode
        with self._store.reads() as c:
            numbers = shared.numbers(c, wanted, MOST_SERIES)
            ranked = sorted((_worth(read(text)), n) for n, text in overview.heads(c, numbers))
            found = overview.facts_numbered(c, rooms.kinds(), [n for _, n in ranked[:most]])
        return self.as_known(found, wanted.known), len(numbers)

    def of_state(self, kind: str, state: str, limit: int) -> list[Any]:
        """The facts of a rare kind that involve a state, as they stand: memberships."""
        from dragoman import rooms
        from dragoman.store import overview

        with self._store.reads() as c:
            return overview.facts_of_state(c, rooms.kinds(), kind, state, limit)

    def chains(self, state: str, most: int, known: str | None = None) -> list[Chain]:
        """The offices of a state, the highest first; not those of its bodies."""
        from dragoman import rooms
        from dragoman.store import overview
        from dragoman.views import protocol

        read = msgspec.json.Decoder(_Head).decode
        with self._store.reads() as c:
            named = [(head.position, n) for n, text in overview.facts_of_block(c, OFFICES, state) if (head := read(text)).position]
            here = [(protocol.place(p.name), p.name, n) for p, n in named if p and p.state == state and not p.organization]
            found: list[Any] = overview.facts_numbered(c, rooms.kinds(), [n for *_, n in sorted(here)[:most]])
        return self.as_known(found, known)

    def covered(self, states: Sequence[str], known: str | None = None) -> list[Covered]:
        """How many documents about all the states each outlet published in each month."""
        return self.keep(("covered", tuple(states), known), lambda: self._covered(states, known))

    def _covered(self, states: Sequence[str], known: str | None) -> list[Covered]:
        from dragoman.store import overview

        with self._store.reads() as c:
            return overview.covered(c, states, known)

    def newest_documents(self, states: Sequence[str], limit: int, known: str | None = None) -> list[DocumentRow]:
        """The documents about all the states published last."""
        from dragoman.store import overview

        with self._store.reads() as c:
            return overview.newest_documents(c, states, limit, known)

    def lately(self, documents: int, each: int, known: str | None = None) -> list[tuple[DocumentRow, list[Any]]]:
        """The documents read last, each with facts that rest on it."""
        from dragoman import rooms
        from dragoman.store import overview

        told = {kind: cls for kind, cls in rooms.kinds().items() if kind in ("contact", "instrument", "commitment", "conflict", "mission")}
        with self._store.reads() as c:
            rows = overview.latest_documents(c, documents, known)
            facts = overview.facts_of_documents(c, told, [row.id for row in rows], each)
        return [(row, facts[row.id]) for row in rows]

    def conflicts_made_last(self, limit: int) -> list[Conflict]:
        """The conflicts that were found last."""
        from dragoman import rooms
        from dragoman.store import overview

        with self._store.reads() as c:
            return overview.conflicts(c, rooms.kinds(), limit)  # type: ignore[return-value]

    def resting_on(self, claims: Sequence[str], kinds: Iterable[str], limit: int, known: str | None = None) -> list[Any]:
        """The facts of some kinds that rest on any of the claims, the latest first."""
        from dragoman import rooms
        from dragoman.store import overview

        chosen = {kind: rooms.kinds()[kind] for kind in kinds}
        with self._store.reads() as c:
            found = overview.facts_resting_on(c, chosen, claims, limit)
        return self.as_known(found, known)

    def person(self, key: str) -> PersonEntity | None:
        """A person by the readable id ("person:ines-zarate") or by the id of the fact; None where there is none."""
        if key.startswith("fact:"):
            found: Any = [f for f in self._store_facts(key) if f.kind == "person"]
            return found[0] if len(found) == 1 else None
        same = [p for p in self.namesakes(key) if p.person.id == key]
        return max(same, key=lambda p: len(p.claims), default=None)

    def namesakes(self, key: str) -> list[PersonEntity]:
        """Persons whom the claims of a readable id or its beginning name: the id changes where somebody of the same name appears."""
        base = key.split(".")[0]
        for named in (base, base.removeprefix("person:").replace("-", " ")):  # a document may have given another id for the same name
            rows = self.claims_of_person(named, None, MOST_PEOPLE)
            found: list[Any] = self.resting_on([row.claim.id for row in rows], ("person",), MOST_PEOPLE) if rows else []
            if same := [p for p in found if p.person.id.split(".")[0] == base]:
                return same
        return []

    def organization(self, key: str) -> OrganizationEntity | None:
        """An organisation by its id ("org:eaeu")."""
        from dragoman import rooms
        from dragoman.store import overview

        with self._store.reads() as c:
            found: list[Any] = overview.holding(c, rooms.kinds(), "organization", f'"organization":{json.dumps(key, ensure_ascii=False)}')
        return next((o for o in found if o.organization == key), None)

    def chain(self, state: str, position: str, body: str | None) -> Chain | None:
        """The holders of an office by the state, its name and the body that it is of."""
        from dragoman import rooms
        from dragoman.store import overview

        read = msgspec.json.Decoder(_Head).decode
        wanted = Position(position, state, body)
        with self._store.reads() as c:
            numbers = [n for n, text in overview.facts_of_block(c, OFFICES, state) if read(text).position == wanted]
            found: list[Any] = overview.facts_numbered(c, rooms.kinds(), numbers[:1])
        return found[0] if found else None

    def claims_of_person(self, person: str, kind: str | None, limit: int, known: str | None = None) -> list[ClaimRow]:
        """The claims that name somebody, by id or words of the name, the latest first."""
        from dragoman.store import overview

        with self._store.reads() as c:
            return overview.claims_of_person(c, person, kind, limit, known)

    def as_known(self, facts: Sequence[Any], day: str | None) -> list[Any]:
        """The facts as they followed from those of their claims that were known by a day: what rests on later ones alone is left out."""
        if not day:
            return list(facts)
        from dragoman import rooms
        from dragoman.model.judging import Decisions
        from dragoman.store import facts as kept
        from dragoman.store import overview

        with self._store.reads() as c:
            since = overview.known_since(c, list(dict.fromkeys(claim for fact in facts for claim in fact.claims)))
            told = {fact.id: [claim for claim in fact.claims if since.get(claim, "9999") <= last_day(day)] for fact in facts}
            # a conflict needs all its claims; any other fact is made anew from those that were known, of very many from the newest
            part = [f for f in facts if f.kind != "conflict" and 0 < len(told[f.id]) < len(f.claims)]
            most = max(EACH_ANEW, ANEW // max(len(part), 1))
            newest = {f.id: sorted(told[f.id], key=lambda claim: since[claim], reverse=True)[:most] for f in part}
            claims = overview.claims_by_id(c, list(dict.fromkeys(claim for some in newest.values() for claim in some)))
            places = overview.places_of(c, [f.id for f in part])
            decisions = Decisions(kept.judgements(c)) if part else None
        out: dict[str, Any] = {}
        for fact in facts:
            if len(told[fact.id]) == len(fact.claims):
                out[fact.id] = fact
            elif decisions and fact.id in places:
                room, block = places[fact.id]
                known = sorted(decisions.applied([claims[i] for i in newest[fact.id] if i in claims]), key=lambda claim: claim.id)
                made = rooms.rooms()[room].resolve(block, known, decisions.judged)
                out |= {f.id: f for f in made if f.kind == fact.kind and set(fact.states) <= set(f.states)}
        return list(out.values())

    def _store_facts(self, beginning: str) -> list[Fact]:
        from dragoman import rooms
        from dragoman.store import facts as kept

        with self._store.reads() as c:
            return kept.facts_by_id(c, rooms.kinds(), beginning)

    def conflicts_on(self, claims: Sequence[str], limit: int = 200) -> dict[str, list[Conflict]]:
        """The conflicts that each claim is part of."""
        found: dict[str, list[Conflict]] = defaultdict(list)
        for conflict in self.resting_on(claims, ("conflict",), limit):
            for claim in conflict.claims:
                found[claim].append(conflict)
        return found


def last_day(edtf: str) -> str:
    """The last day of a date as ISO text."""
    day = time.parse(edtf).last
    return day.isoformat() if day else "9999"


FLOWS = ("trade_turnover", "exports", "imports", "investment_flow", "investment_stock", "tourism", "tourist_arrivals", "gdp")


def _worth(head: _Named) -> tuple[int, int, int]:
    """What comes first: the usual flows in their order, whole, counted and not changes; then the number of points."""
    place = FLOWS.index(head.indicator) if head.indicator in FLOWS else len(FLOWS)
    aside = bool(head.part) + (head.measure != "level")
    return (0 if len(head.points) > 1 else 1), place + 4 * aside, -len(head.points)
