"""The half of `Record` that asks what documents support together: contacts, promises, agreements, offices, persons, conflicts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from dragoman.model.rows import Rows
from dragoman.model.stored import ClaimRow, DocumentRow, Progress, RecordError
from dragoman.store import Filter, Store

if TYPE_CHECKING:
    from dragoman.model.coverage import Coverage
    from dragoman.model.dating import Dated
    from dragoman.model.facts import Conflict, Fact
    from dragoman.model.flows import Flow
    from dragoman.model.instruments import Instrument
    from dragoman.model.meetings import Meeting
    from dragoman.model.members import Belonging, Post
    from dragoman.model.news import News
    from dragoman.model.offices import Answer, Chain
    from dragoman.model.promises import Promise, Standing
    from dragoman.model.series import Series
    from dragoman.resolver import Resolver

Day = str | dt.date | None
F = TypeVar("F", bound="Fact")
ENTITIES = ("person", "organization", "place")


class FactQuestions:
    """What `Record` answers from facts; each names the claims that it rests on."""

    _store: Store

    @cached_property
    def _resolver(self) -> Resolver:
        from dragoman.resolver import Resolver

        return Resolver(self._store)

    def resolve(self, progress: Callable[[Progress], None] | None = None) -> int:
        """Make the facts anew that new documents or judgements touch, and give how many blocks that were; questions do so by themselves."""
        return self._resolver.refresh(progress)

    def facts(self, kind: str, *, states: Iterable[str] | str = (), person: str | None = None, since: Day = None, until: Day = None,
              outlet: str | None = None, document: str | None = None, min_confidence: float = 0.0, modality: str | None = None,
              about: str | None = None, order: str = "date", known: Day = None, by: str = "published") -> Rows[Any]:
        """The facts of a kind: `contact`, `commitment`, `instrument`, `membership`, `mission`, `office`, `series`, `person`,
        `organization`, `place` or `conflict`.

        states          ISO codes; all of them take part
        since, until    the days that the fact is about
        person, outlet, document, min_confidence, modality   of at least one of its claims
        about           words that one of its claims holds, as in `search`
        known           as it followed from what was known on this day, by when documents were `published` or `read`; takes states only
        """
        from dragoman import rooms

        if kind not in rooms.kinds():
            raise ValueError(f"no kind of fact {kind!r}; there are {', '.join(sorted(rooms.kinds()))}")
        if known is not None:
            if by not in ("published", "read"):
                raise ValueError(f"no {by!r}; documents are known by when they were published or read")
            found = self._resolver.known(edtf(known), by, Filter(states=codes(states)))
            return _rows(fact for fact in found if fact.kind == kind)
        named = None if document is None else tuple(self._store.find(document))
        chosen = Filter((), codes(states), (), person, since, until, outlet, None, named, min_confidence, modality, False, False)
        found = self._resolver.facts(rooms.kinds()[kind], chosen, order)
        if about is not None:
            hits = self._store.search(about, Filter(superseded=False, copies=False), 1_000_000)
            words = {hit.claim.claim.id for hit in hits if hit.claim}
            found = [fact for fact in found if words.intersection(fact.claims)]
        return _rows(found)

    def meetings(self, **filters: Any) -> Rows[Meeting]:
        """Contacts put together: one meeting, call or visit with all that its documents say of it; filters as in `facts`."""
        return self.facts("contact", **filters)

    def promises(self, **filters: Any) -> Rows[Promise]:
        """Commitments with what became of them; filters as in `facts`."""
        return self.facts("commitment", **filters)

    def instruments(self, **filters: Any) -> Rows[Instrument]:
        """Agreements with the stages of their life; filters as in `facts`."""
        return self.facts("instrument", **filters)

    def members(self, **filters: Any) -> Rows[Belonging]:
        """Who belongs to which organisation over time; filters as in `facts`."""
        return self.facts("membership", **filters)

    def posts(self, **filters: Any) -> Rows[Post]:
        """Embassies and consulates over time; filters as in `facts`."""
        return self.facts("mission", **filters)

    def series(self, **filters: Any) -> Rows[Series]:
        """Figures by what they count, every claim a point; filters as in `facts`."""
        return self.facts("series", **filters)

    def conflicts(self, *, all: bool = False, **filters: Any) -> Rows[Conflict]:
        """Claims that cannot all hold, with the arithmetic; filters as in `facts`.

        all  those too that only look so, or cannot be checked: roundings, later revisions, conversions
        """
        found = [self._dated_conversion(c) if c.type == "unchecked" else c for c in self.facts("conflict", **filters)]
        return _rows(c for c in found if c is not None and (all or c.real))

    def _dated_conversion(self, conflict: Conflict) -> Conflict | None:
        """A conversion of a document without a date, checked by the days between which that was written."""
        from dragoman.checks import conversions

        (row,) = self.evidence(conflict.claims) or (None,)
        dated = self.dated(row.document.id) if row is not None and row.document.published is None else None
        if dated is None or dated.date is None:
            return conflict
        held = [s for s in self.supported_by(conflict.claims[0]) if s.kind == "series"]
        points = [(s, p) for s in held for p in s.points if p.claim == conflict.claims[0]]  # type: ignore[attr-defined]
        return conversions.of(*points[0], dated.date) if points else conflict  # type: ignore[arg-type]

    def entities(self, *, doubtful: bool = False, kind: str | None = None, **filters: Any) -> Rows[Any]:
        """Persons, organisations and places across documents and spellings; filters as in `facts`.

        doubtful  only those that may be one with another, or were put together with little to spare
        """
        kinds = ENTITIES if kind is None else (kind,)
        found = [e for k in kinds for e in self.facts(k, **filters)]
        return _rows(e for e in found if not doubtful or bool(getattr(e, "doubts", None)))

    def offices(self, state: str, known: Day = None) -> Rows[Chain]:
        """The chain of holders of every position of a state by ISO code, the highest first: stated ends, days observed, gaps, overlaps."""
        from dragoman.views import protocol

        (code,) = codes(state)
        chains: Rows[Chain] = self.facts("office", states=code, known=known)
        here = [c for c in chains if c.position.state == code]
        return _rows(sorted(here, key=lambda c: (protocol.place(c.position.name), c.position.name, c.position.organization or "")))

    def who(self, position: str, place: str, on: Day = None, known: Day = None, by: str = "published") -> Answer:
        """Who held a position on a day, with evidence; else who is known before and after, or that nothing is known.

        place  a state's ISO code, or the name of a body ("Binational Border Agency")
        on     EDTF or datetime.date; without it the last holders known, which says nothing of today
        known  as it followed from what was known on this day, by when documents were `published` or `read`
        """
        from dataclasses import replace

        from dragoman.reference import states
        from dragoman.resolve import holders

        code = place.strip().upper() if states.short_name(place.strip().upper()) else None
        chains = self.facts("office", states=code or (), known=known, by=by)
        found = holders.who(list(chains), position, code or place, None if on is None else edtf(on))
        cited = {c for f in (*(h.fact for h in found.holders), *found.before, *found.after, *found.undated) for c in f.cited}
        return replace(found, coverage=self.coverage(code) if code else None, evidence=tuple(self.evidence(sorted(cited))))

    def standing(self, promise: Promise, as_of: Day = None) -> Standing:
        """What a promise has come to as of a day, else as of the newest document: what its owner says, what is shown, the schedule."""
        from dragoman.resolve import promise_status

        return promise_status.status(promise, edtf(as_of) if as_of is not None else self.newest())

    def flow(self, a: str, b: str) -> Flow:
        """What passed between two states by month: events in PLOVER's quad classes, contacts, figures, and documents behind them."""
        from dragoman.resolve import flows

        pair = codes((a, b))
        told = [row.claim for row in self._store.claims(Filter(kinds=("event", "figure"), states=pair, superseded=False, copies=False))]
        months = {m.month: m.documents for m in self.coverage(*pair).months}
        return flows.between(pair, told, self.meetings(states=pair), months)

    def coverage(self, *states: str) -> Coverage:
        """What the record rests on for states by ISO code, all of them together: documents and outlets by month, and the gaps."""
        from dragoman.resolve import coverage

        these = codes(states)
        rows: list[DocumentRow] = self._store.documents(Filter(states=these, superseded=False, copies=False))
        return coverage.of(these, rows)

    def newest(self) -> str | None:
        """The day of the newest document."""
        from dragoman.store import facts as kept

        with self._store.reads() as c:
            day = kept.newest(c)
        return day.isoformat() if day else None

    def dated(self, id_or_file: str) -> Dated | None:
        """The days between which a document without a date was written, by its own words and the offices that it names."""
        from dragoman.resolve import dating

        (found,) = self._store.find(id_or_file) or (None,)
        if found is None:
            raise RecordError(f"There is no document {id_or_file!r}. `dragoman documents` lists them.")
        _, document = self._store.document(found)
        claims = [row.claim for row in self._store.claims(Filter(documents=(found,)), "place")]
        return dating.date(document, claims, list(self.facts("office")))

    def fact(self, fact_id: str) -> Fact:
        """One fact by its id or the beginning of it.

        Raises:
          RecordError: there is none, or there are several.
        """
        found = self._resolver.fact(fact_id if fact_id.startswith("fact:") else f"fact:{fact_id}")
        if len(found) != 1:
            some = ", ".join(f.id for f in found)
            raise RecordError(f"Several facts begin with {fact_id!r}: {some}. Give more of the id." if found
                              else f"There is no claim or fact {fact_id!r}. Facts change with new documents: `dragoman facts` lists them.")
        return found[0]

    def evidence(self, claims: Iterable[str]) -> Rows[ClaimRow]:
        """The claims of these ids with their documents, in the order given."""
        wanted = list(dict.fromkeys(claims))
        rows = {row.claim.id: row for row in self._store.claims_with(wanted)}
        return Rows(rows[c] for c in wanted if c in rows)

    def supported_by(self, claim_id: str) -> Rows[Fact]:
        """The facts that rest on a claim."""
        return _rows(self._resolver.supported_by([claim_id]))

    def news(self, since: Day, *, states: Iterable[str] | str = (), by: str = "published") -> Rows[News]:
        """What documents of after a day made new, changed, contradicted or fulfilled; by when they were `published` or `read`."""
        from dragoman.resolve import news

        chosen, day = Filter(states=codes(states)), edtf(since)
        now = self._resolver.known("9999", by, chosen, since=day)
        before = self._resolver.known(day, by, chosen)
        return _rows(news.between(before, now))


def _rows(facts: Iterable[Any]) -> Rows[Any]:
    found = list(facts)
    return Rows(found, [f.as_json for f in found])


def codes(states: Iterable[str] | str) -> tuple[str, ...]:
    """ISO codes in capitals, each once; one code alone is a list of one."""
    return tuple(dict.fromkeys(s.strip().upper() for s in ([states] if isinstance(states, str) else states)))


def edtf(day: str | dt.date | None) -> str:
    return day.isoformat() if isinstance(day, dt.date) else str(day)
