"""What differs between the facts of two days: new, changed, contradicted, fulfilled. A pure function of both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields

from dragoman.model.facts import Conflict, Fact
from dragoman.model.news import News
from dragoman.model.promises import Promise
from dragoman.resolve import promise_status

BESIDE = {"claims", "documents", "outlets", "matches", "possible_same", "doubts", "joined", "related"}  # more of these alone is no news
ENDS = {"done": "fulfilled", "missed": "missed"}


def between(before: Iterable[Fact], now: Iterable[Fact]) -> Iterator[News]:
    """The news in the order of the days that they are about; facts are the same where they share a claim."""
    known: dict[tuple[str, str], Fact] = {}
    disputed = []
    for fact in before:
        known.update({(fact.kind, claim): fact for claim in fact.claims})
        disputed += [set(fact.claims)] if isinstance(fact, Conflict) else []
    for fact in sorted(now, key=lambda f: (min(f.days, default="9999"), f.kind, f.id)):
        old = next((known[fact.kind, c] for c in fact.claims if (fact.kind, c) in known), None)
        if isinstance(fact, Conflict):
            if not any(set(fact.claims) <= told for told in disputed):  # one claim may stand in several
                yield News("contradicted" if fact.real else "new", fact, old)
            continue
        if old is None:
            yield News("new", fact)
        elif changed := _changed(old, fact):
            yield News(_what(old, fact), fact, old, changed)


def _changed(old: Fact, new: Fact) -> tuple[str, ...]:
    """The fields that differ, but for those that only tell of more sources."""
    return tuple(f.name for f in fields(new) if f.name not in BESIDE and getattr(old, f.name, None) != getattr(new, f.name))


def _what(old: Fact, new: Fact) -> str:
    if isinstance(old, Promise) and isinstance(new, Promise):
        was, now = promise_status.status(old).status, promise_status.status(new).status
        if now != was and now in ENDS:
            return ENDS[now]
    return "changed"
