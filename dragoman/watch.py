"""Feeds that are looked at again and again: what is new in them is read, and what that changes in the record is told."""

from __future__ import annotations

import codecs
import datetime as dt
import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from dragoman.model.documents import Raw
from dragoman.model.problems import Problem
from dragoman.model.stored import Progress, Summary
from dragoman.sources import feeds as items_of
from dragoman.sources.web import Answer, Web, is_address

if TYPE_CHECKING:
    from dragoman.model.news import News
    from dragoman.record_facts import FactQuestions

MAX_OPML = 5_000_000
MOST_FEEDS, NEWEST, SEEN = 2_000, 50, 2_000  # feeds of a list; items of a feed in one round; items of a feed that are remembered
TRIES = 5  # rounds in which a page that cannot be had just now is tried again
KEPT = 1_000  # entries of news that are remembered until they are handed on
PASSING = frozenset({"too-slow", "no-connection", "no-such-host", "robots-unreachable", "site-unavailable"})
TOLD, QUOTE = 3, 300  # sources that an entry quotes, and characters of a quotation


@dataclass(frozen=True, slots=True)
class Item:
    """What a feed names: a page, with the day that the feed gives it."""

    feed: str
    url: str
    about: dict[str, str]

    @property
    def mark(self) -> str:
        return hashlib.sha256(self.url.encode("utf-8", "replace")).hexdigest()[:16]


@dataclass(slots=True)
class State:
    """What is remembered of a feed: its ETag and Last-Modified, the items that were read, and how often others failed."""

    etag: str | None = None
    modified: str | None = None
    seen: list[str] = field(default_factory=list)
    failed: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of news as it is handed on, in plain words.

    n        counts the news of a record
    what     `new`, `changed`, `contradicted`, `fulfilled`, `missed`
    sources  each with its words, and its address where it has one
    """

    n: int
    what: str
    kind: str
    fact: str
    title: str
    detail: str
    at: str
    sources: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class Round:
    """What one look at the feeds gave."""

    feeds: int
    unchanged: int
    items: int
    read: Summary
    news: tuple[Entry, ...]
    problems: tuple[Problem, ...]

    def as_json(self) -> dict[str, Any]:
        """The round as plain values."""
        return {"feeds": self.feeds, "unchanged": self.unchanged, "items": self.items, "read": self.read.as_json(),
                "news": [asdict(e) for e in self.news], "problems": [asdict(p) for p in self.problems]}


def addresses(given: str) -> list[str] | Problem:
    """The feeds of an OPML file, each once; an address is a feed itself."""
    if is_address(given):
        return [given]
    path = Path(given)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_OPML + 1)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        return Problem("unreadable-file", f"It cannot be read: {why}.", given, "Check the name of the list.")
    if len(data) > MAX_OPML:
        return Problem("file-too-large", "The list of feeds is larger than 5 MB.", given, "Divide it into several lists.")
    if refused := items_of.entities(data, given):
        return refused
    from defusedxml.ElementTree import iterparse

    found: dict[str, None] = {}
    try:
        for _, element in iterparse(io.BytesIO(data.removeprefix(codecs.BOM_UTF8))):
            url = next((v for k, v in element.attrib.items() if k.lower() == "xmlurl"), "").strip()
            if element.tag.lower() == "outline" and is_address(url):
                found[url] = None
    except (SyntaxError, ValueError, LookupError) as error:
        return Problem("bad-opml", f"The list of feeds is no OPML: {str(error)[:120]}.", given,
                       "Export the list from your feed reader again.")
    if not found:
        return Problem("bad-opml", "The list names no feed with an address.", given,
                       "OPML names each feed as <outline xmlUrl=\"https://…\"/>; a feed's address can be given itself.")
    return list(found)[:MOST_FEEDS]


def once(record: FactQuestions, feeds: Sequence[str], web: Web | None = None, progress: Callable[[Progress], None] | None = None,
         language_model: str | None = None) -> Round:
    """Look at the feeds once: read the pages of new items, and give what they change in the record."""
    from dragoman.reader import Reader

    web = web or Web()
    problems: list[Problem] = []
    states: dict[str, State] = {}
    unchanged = 0
    new: list[Item] = []
    for k, url in enumerate(feeds):
        states[url] = state = _state(record, url)
        answer = web.get(url, state.etag, state.modified)
        if isinstance(answer, Problem):
            problems.append(answer)
        elif answer.unchanged:
            unchanged += 1
        else:
            new += _new(answer, url, state, {item.url for item in new}, problems)
        if progress:
            progress(Progress(k + 1, len(feeds), url))
    before = {name for item in new for name in record._store.find(item.url, older=True)}
    pages = _Pages(web, new)
    summary = Reader(record._store, language_model, progress).read((), found=pages)
    record.resolve(progress)
    after = {name for item in new for name in record._store.find(item.url)}
    news = tuple(_entries(record, sorted(after - before)))
    for item in new:
        _remember(states[item.feed], item, pages.failed.get(item.url))
    for url, state in states.items():
        _keep(record, f"watch:{url}", json.dumps(asdict(state)))
    _keep(record, "watch-news", json.dumps([asdict(e) for e in (*entries(record), *news)][-KEPT:]))
    return Round(len(feeds), unchanged, len(new), summary, news, (*problems, *summary.problems))


def entries(record: FactQuestions) -> list[Entry]:
    """The news that is remembered, the oldest first."""
    rows = json.loads(_kept(record, "watch-news") or "[]")
    return [Entry(**row | {"sources": tuple((words, url) for words, url in row["sources"])}) for row in rows]


def unsent(record: FactQuestions, target: str) -> list[Entry]:
    """The news that was not yet handed to a target, such as `mail:desk@example.org`; a delivery that failed is made up for."""
    last = int(_kept(record, f"watch-sent:{target}") or 0)
    return [e for e in entries(record) if e.n > last]


def sent(record: FactQuestions, target: str, last: int) -> None:
    """Note that a target has all news up to this one."""
    _keep(record, f"watch-sent:{target}", str(last))


# ---------------------------------------------------------------- items


class _Pages(Iterable[Raw | Problem]):
    """The pages of items, fetched one after the other; `failed` tells why one could not be had."""

    def __init__(self, web: Web, items: Sequence[Item]) -> None:
        self._web, self._items = web, items
        self.failed: dict[str, Problem] = {}

    def __iter__(self) -> Iterator[Raw | Problem]:
        for item in self._items:
            for found in self._web.read(item.url, item.about):
                if isinstance(found, Problem) and found.failed:
                    self.failed[item.url] = found
                yield found


def _new(answer: Answer, url: str, state: State, taken: set[str], problems: list[Problem]) -> list[Item]:
    """The items of a feed that were not read yet, in the feed's order; from now on the feed counts as seen."""
    found: dict[str, Item] = {}
    for one in items_of.items(answer.data, url, url):
        if isinstance(one, Problem):
            problems.append(one)
            continue
        link = urljoin(answer.url, one.metadata.get("url", "")).partition("#")[0]
        if one.metadata.get("url") and is_address(link) and link not in taken:
            found.setdefault(link, Item(url, link, {k: v for k, v in one.metadata.items() if k == "date"}))
    fresh = [item for item in found.values() if item.mark not in state.seen]
    complete = len(fresh) <= NEWEST and all(p.at != url for p in problems)
    state.etag, state.modified = (answer.etag, answer.modified) if complete else (None, None)  # else the rest comes next time
    return fresh[:NEWEST]


def _remember(state: State, item: Item, problem: Problem | None) -> None:
    """Whether an item is done with: read, or out of reach for good; else it is tried again, also where the feed has not changed."""
    tries = state.failed.get(item.mark, 0) + 1
    if problem is not None and problem.code in PASSING and tries < TRIES:
        state.failed[item.mark] = tries
        state.etag = state.modified = None
        return
    state.failed.pop(item.mark, None)
    state.seen = [*state.seen, item.mark][-SEEN:]


# ---------------------------------------------------------------- news


def _entries(record: FactQuestions, documents: Sequence[str]) -> Iterator[Entry]:
    """What new documents changed, in plain words with its sources."""
    from dragoman.resolve import news

    if not documents:
        return
    before, now = record._resolver.brought(documents)
    last = max((e.n for e in entries(record)), default=0)
    at = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    told = [n for n in news.between(before, now) if n.fact.kind not in ("person", "organization", "place")]
    for k, one in enumerate(told, 1):
        yield _entry(record, one, last + k, at, frozenset(documents))


def _entry(record: FactQuestions, news: News, n: int, at: str, documents: frozenset[str]) -> Entry:
    from dragoman.views import citation, together
    from dragoman.views.visible import one_line

    rows = sorted(record.evidence(news.fact.claims), key=lambda row: row.document.id not in documents)[:TOLD]  # what is new comes first
    sources = tuple((f"“{one_line(row.claim.evidence[0].quote, QUOTE)}” {citation.source(row.document)}",
                     row.document.url if is_address(row.document.url or "") else None) for row in rows)
    return Entry(n, news.what, news.fact.kind, news.fact.id, together.line(news.fact), "\n".join(together.details(news.fact)), at, sources)


# ---------------------------------------------------------------- what is remembered, in the record's settings


def _state(record: FactQuestions, url: str) -> State:
    kept = _kept(record, f"watch:{url}")
    return State(**json.loads(kept)) if kept else State()


def _kept(record: FactQuestions, name: str) -> str | None:
    from dragoman.store import facts as kept

    with record._store.reads() as c:
        return kept.setting(c, name)


def _keep(record: FactQuestions, name: str, value: str) -> None:
    from dragoman.store import facts as kept

    with record._store.writes() as c:
        kept.set_setting(c, name, value)
