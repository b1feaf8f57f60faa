"""Facts kept in step with the claims of a record, a block at a time. The resolving half of record.py, as reader.py is the reading one."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import count
from time import monotonic, sleep
from typing import TypeVar

from sqlalchemy import Connection

from dragoman import rooms
from dragoman.model import time
from dragoman.model.claims import Claim
from dragoman.model.facts import Fact
from dragoman.model.judging import Decisions
from dragoman.model.stored import Progress
from dragoman.store import Filter, Store
from dragoman.store import facts as kept

DOCUMENTS, BLOCKS = 200, 50  # in one transaction: others wait for it, and a crash loses no more
PAUSE = 0.005  # seconds between two transactions, in which another process that waits to write finds its turn
PATIENCE = 0.3  # seconds after which a transaction takes no further block
HELD = 20_000  # claims that are kept for the next transaction: one is in several blocks
SWEPT = 100  # transactions after which cycles among objects are looked for
VERSION = "resolver"  # the setting that says which rooms made the facts
F = TypeVar("F", bound=Fact)


class Resolver:
    """Resolves what is stale and answers questions about facts."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._judged: tuple[int, Decisions] | None = None

    def refresh(self, progress: Callable[[Progress], None] | None = None) -> int:
        """Make the facts of every stale block anew, and give how many blocks that were.

        Each transaction is whole in itself: what a crash leaves stale is made anew the next time.
        """
        with self._store.reads() as c:
            if kept.setting(c, VERSION) == rooms.VERSION and not kept.left(c):
                return 0
        with self._store.writes() as c:
            if kept.setting(c, VERSION) != rooms.VERSION:
                kept.spoil_all(c)
                kept.set_setting(c, VERSION, rooms.VERSION)
        made = 0
        held: kept.Held = {}
        with _uncollected():
            for n in count(1):
                step = self._step(held)
                if not step:
                    break
                made += max(step, 0)
                sleep(PAUSE)
                if len(held) > HELD:
                    held.clear()
                if n % SWEPT == 0:
                    gc.collect()
                if progress and step > 0:
                    with self._store.reads() as c:
                        progress(Progress(made, made + kept.left(c), "facts"))
        return made

    def _step(self, held: kept.Held) -> int:
        """One transaction: documents put into blocks (-1), or so many blocks resolved; 0 where nothing is left."""
        with self._store.writes() as c:
            decisions = self._decisions(c)
            if documents := kept.stale_documents(c, DOCUMENTS):
                rows = [
                    (p.room, p.block, p.claim.id, n)
                    for n, claims in kept.claims_of(c, documents).items()
                    for p in rooms.places(decisions.applied(claims))
                ]
                kept.assign(c, documents, rows)
                return -1
            blocks = kept.stale_blocks(c, BLOCKS)
            begin = monotonic()
            for made, (room, block) in enumerate(blocks, 1):
                claims = decisions.applied(claim for claim, _ in kept.claims_in(c, room, block, held))
                parts = {p.print(partial(_print, held), decisions.judged, rooms.VERSION): p
                         for p in rooms.parts(room, block, claims, decisions.judged)}
                kept.replace(c, room, block, {key: partial(rooms.of_part, part) for key, part in parts.items()}, held)
                if monotonic() - begin > PATIENCE:
                    return made
            return len(blocks)

    def _decisions(self, c: Connection) -> Decisions:
        """The judgements as they are in this transaction: one that another process adds meanwhile must not be passed over."""
        count = kept.judgements_counted(c)
        if self._judged is None or self._judged[0] != count:
            self._judged = count, Decisions(kept.judgements(c))
        return self._judged[1]

    def facts(self, cls: type[F], f: Filter, order: str = "date") -> list[F]:
        """The facts of a class by a filter, as they are now."""
        self.refresh()
        with self._store.reads() as c:
            return [fact for fact in kept.select_facts(c, {cls.kind: cls}, f, order) if isinstance(fact, cls)]

    def fact(self, beginning: str) -> list[Fact]:
        """The facts whose id begins so."""
        self.refresh()
        with self._store.reads() as c:
            return kept.facts_by_id(c, rooms.kinds(), beginning)

    def supported_by(self, claims: Sequence[str]) -> list[Fact]:
        """The facts that rest on any of the claims."""
        self.refresh()
        with self._store.reads() as c:
            return kept.facts_on(c, rooms.kinds(), claims)

    def known(self, day: str, by: str, f: Filter, since: str | None = None) -> list[Fact]:
        """The facts as they followed from what was known on a day (EDTF), by `published` or by `read`; about the states of a filter.

        since  only facts of blocks to which something was added after that day
        """
        self.refresh()
        with self._store.reads() as c:
            if since is not None:
                return _of_states(f, (fact for _, facts in self._changed(c, since, day, by, f) for fact in facts))
            later = kept.blocks_after(c, day) if by == "published" else None
            whole = kept.stored_facts(c, rooms.kinds(), f, later) if later is not None else []  # nothing came to these blocks since
            decisions = self._decisions(c)
            for room, block in kept.blocks_with(c, _counted(f), list(rooms.rooms())):
                if later is None or (room, block) in later:
                    (claims,) = self._known(c, room, block, by, day)
                    whole += rooms.facts(room, block, decisions.applied(claims), decisions.judged)
            return _of_states(f, whole)

    def between(self, since: str, day: str, by: str, f: Filter) -> tuple[list[Fact], list[Fact]]:
        """The facts of all blocks to which something came after a day and up to another: as known on the first, and on the other."""
        self.refresh()
        with self._store.reads() as c:
            found = list(self._changed(c, since, day, by, f))
        return _of_states(f, (x for before, _ in found for x in before)), _of_states(f, (x for _, now in found for x in now))

    def _changed(self, c: Connection, since: str, day: str, by: str, f: Filter) -> Iterator[tuple[list[Fact], list[Fact]]]:
        """The facts of each block that grew between two days, at the first and at the other."""
        grew = kept.blocks_after(c, since) if by == "published" else None
        decisions = self._decisions(c)
        for room, block in kept.blocks_with(c, _counted(f), list(rooms.rooms())):
            if grew is None or (room, block) in grew:
                before, now = self._known(c, room, block, by, since, day)
                if len(now) > len(before):
                    made = (rooms.facts(room, block, decisions.applied(claims), decisions.judged) for claims in (before, now))
                    yield next(made), next(made)

    def brought(self, documents: Collection[str]) -> tuple[list[Fact], list[Fact]]:
        """The facts of everything that documents tell of: as they would be without these, and as they are."""
        self.refresh()
        before: dict[str, Fact] = {}
        now: dict[str, Fact] = {}
        with self._store.reads() as c:
            decisions = self._decisions(c)
            for room, block in kept.blocks_with(c, Filter(documents=tuple(documents), superseded=False, copies=False), list(rooms.rooms())):
                claims = [claim for claim, _ in kept.claims_in(c, room, block)]
                others = [claim for claim in claims if claim.document not in documents]
                for facts, known in ((before, others), (now, claims)):
                    facts.update({f.id: f for f in rooms.facts(room, block, decisions.applied(known), decisions.judged)})
        return list(before.values()), list(now.values())

    def _known(self, c: Connection, room: str, block: str, by: str, *days: str) -> list[list[Claim]]:
        """The claims of a block that were known on each of some days; an undated document is known from when it was read."""
        rows = kept.claims_in(c, room, block)
        read = kept.first_read(c, {n for _, n in rows})
        since = [(claim, _day(claim.asserted if by == "published" else None) or read[n][:10]) for claim, n in rows]
        ends = ((time.parse(day).last or dt.date.max).isoformat() for day in days)
        return [[claim for claim, known in since if known <= end] for end in ends]


def _counted(f: Filter) -> Filter:
    """The states and documents of a filter, where the documents count."""
    return Filter(states=f.states, any_state=f.any_state, documents=f.documents, superseded=False, copies=False)


def _of_states(f: Filter, facts: Iterable[Fact]) -> list[Fact]:
    """Each fact once, by its days, of those about all `states` and any of `any_state` of a filter."""
    every, some = set(f.states), set(f.any_state)
    found = (x for x in {x.id: x for x in facts}.values() if every <= set(x.states) and (not some or some & set(x.states)))
    return sorted(found, key=lambda x: (min(x.days, default="9999"), x.kind, x.id))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the search for cycles among objects: the claims of large blocks are many, and none of them is garbage yet."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _print(held: kept.Held, claim: Claim) -> str:
    """What is another as soon as the claim says something else: as it is stored, or as a person corrected it."""
    stored, told = held[claim.id]
    return told if stored is claim else repr(claim)


def _day(edtf: str | None) -> str | None:
    """The last day of a date as ISO text."""
    last = time.parse(edtf).last if edtf and time.is_edtf(edtf) else None
    return last.isoformat() if last else None
