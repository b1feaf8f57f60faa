"""The part of `Record` that makes the briefing book out of what is asked and what was found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from dragoman.record_facts import FactQuestions, codes, edtf
from dragoman.store import Filter

if TYPE_CHECKING:
    from dragoman.model.book import Book
    from dragoman.model.facts import Fact
    from dragoman.model.news import News
    from dragoman.model.stored import DocumentRow

Day = str | dt.date | None
KINDS = ("contact", "commitment", "instrument", "membership", "mission", "office", "series", "conflict")


class Briefing(FactQuestions):
    """Makes the book."""

    def brief(self, a: str, b: str, on: Day = None, *, since: Day = None, occasion: str | None = None, locale: str = "en_GB") -> Book:
        """The briefing book on two states by ISO code: the first is ours, the second is whom we meet.

        on        the day of the book (EDTF or datetime.date): only documents published by then count; else the newest document's
        since     from when changes are told; else the last meeting
        occasion  what it is for: "visit of the prime minister"
        locale    how dates and amounts are written: en_GB, en_US, de_DE
        """
        from dragoman.model.meetings import Meeting
        from dragoman.resolve import coverage
        from dragoman.views import book
        from dragoman.views.book_matter import Asked, Found
        from dragoman.views.book_open import last_meeting

        a, b = codes([a, b])
        known = edtf(on) if on is not None else None
        day = known or self.newest()
        facts = self._known_of((a, b), known)
        pair = [f for f in facts if isinstance(f, Meeting) and {a, b} <= set(f.states)]
        begin = edtf(since) if since is not None else last_meeting(pair, day)
        rows = [r for r in self._store.claims(Filter(any_state=(a, b), superseded=False, copies=False)) if _known(r.document, on)]
        documents = [d for d in self._store.documents(Filter(states=(a, b), superseded=False, copies=False)) if _known(d, on)]
        found = Found(
            rows=rows,
            facts=facts,
            come_to=lambda promise: self.standing(promise, day),
            coverage=coverage.of((a, b), documents),
            text=cache(lambda document: self._store.document(document)[1].text),
            news=self._news_of(begin, known, [*documents, *(r.document for r in rows if r.claim.kind == "tenure")])
            if begin
            else [],
        )
        return book.build(Asked(a=a, b=b, day=day, since=begin, occasion=occasion, locale=locale), found)

    def _known_of(self, states: Iterable[str], on: str | None) -> list[Fact]:
        """The facts that involve any of the states, as of now or as they followed from what was known on a day."""
        if on is not None:
            found = self._resolver.known(on, "published", Filter(any_state=tuple(states)))
        else:
            found = [f for kind in KINDS for s in states for f in self.facts(kind, states=s)]
        return list({f.id: f for f in found}.values())

    def _news_of(self, since: str, on: str | None, documents: Iterable[DocumentRow]) -> list[News]:
        """What documents of after a day, up to another, made differ from what was known.

        documents  those that tell of both, or of who holds an office of either
        """
        from dragoman.resolve import news

        new = {d.id for d in documents if not _known(d, since)}
        if on is None:
            before, now = self._resolver.brought(new)
        else:
            before, now = self._resolver.between(since, on, "published", Filter(documents=tuple(new)))
        return list(news.between(before, {f.id: f for f in now}.values()))


def _known(document: DocumentRow, on: Day) -> bool:
    """Whether a document was known on a day: one without a date from when it was read."""
    from dragoman.model import time

    if on is None:
        return True
    last = time.parse(edtf(on)).last or dt.date.max
    published = time.parse(document.published).last if document.published else None
    return (published.isoformat() if published else document.read_at[:10]) <= last.isoformat()
