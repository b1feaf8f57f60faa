"""What pages of the desk cost at the server as a record grows: CPU milliseconds a page, median and slowest of each kind.

The record is made: claims as benchmarks/resolving.py makes them, written as rows, with facts of one claim or two beside them that stand
for what resolving gives (with --resolve they are resolved). Every page is asked several times, each time about something else, from
another thread than the one that serves, so that only the server's CPU counts.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

import resolving

from dragoman import Record

TIMES = 12  # of each kind of page
SEED = 7


def make(path: Path, claims: int, resolve: bool) -> None:
    """A record of so many claims, resolved or with its documents marked as done."""
    begin, batch, done = time.monotonic(), [], 0
    with Record(path) as record:
        for name, some in resolving.documents(claims):
            batch.append((name, some))
            done += len(some)
            if len(batch) == 200:
                resolving.fill(record, batch)
                batch = []
                print(f"\r{done:,} of {claims:,} claims, {time.monotonic() - begin:.0f} s", end="", file=sys.stderr, flush=True)
        resolving.fill(record, batch)
        print(f"\nmade in {time.monotonic() - begin:.0f} s", file=sys.stderr)
        if resolve:
            record.resolve(lambda p: print(f"\r{p.done:,} blocks of {p.total:,}", end="", file=sys.stderr, flush=True))
            print(f"\nresolved after {time.monotonic() - begin:.0f} s", file=sys.stderr)


class Pages:
    """Addresses of each kind of page, drawn from what the record holds."""

    def __init__(self, record: Record) -> None:
        self._draw = random.Random(SEED)
        self.record = record
        from dragoman.store import Filter

        counted = Filter(superseded=False, copies=False)
        self.claims = list(record.claims_page(counted, 400, newest=True).rows)
        self.documents = list(record.documents_page(counted, 200, newest=True).rows)
        self.conflicts = list(record.facts_page("conflict", Filter(), 50, newest=True, real=True).rows)
        self.persons = list(record.facts_page("person", Filter(), 200, newest=True).rows)
        self.states = ["AFG", "KAZ", "RUS", "CZE", "DEU", "ALB", "DZA", "AND", "AGO", "ARG", "ARM", "AUS"]

    def pair(self) -> tuple[str, str]:
        """A pair of states, the busy ones oftener."""
        meetings = [r.claim for r in self.claims if r.claim.kind in ("contact", "figure", "event")]
        for _ in range(50):
            one = self._draw.choice(meetings)
            codes = sorted({s for s in _states(one) if s})
            if len(codes) > 1:
                return codes[0], codes[1]
        return "KAZ", "RUS"

    def of(self, some: list[Any]) -> Any:
        return self._draw.choice(some)

    def word(self) -> str:
        """A word out of a claim: common ones as often as they are."""
        words = [w for w in self.of(self.claims).claim.evidence[0].quote.split() if w.isalpha() and len(w) > 3]
        return self._draw.choice(words or ["trade"])


def kinds(p: Pages) -> Iterator[tuple[str, Callable[[], str]]]:
    """Names of kinds of pages, and what draws an address of each."""

    def pair(tail: str = "") -> str:
        return "/pair/{}/{}".format(*p.pair()) + tail

    yield "home", lambda: "/"
    yield "home of a period", lambda: "/?since=2020-01&until=2023-12"
    yield "home as known on a day", lambda: "/?known=2023-06-01"
    yield "pair", pair
    for part in ("contacts", "figures", "promises", "agreements", "statements", "events"):
        yield f"pair: {part}", lambda part=part: pair(f"/{part}")
    yield "pair as known on a day", lambda: pair("?known=2023-06-01")
    for chart in ("timeline", "offices", "flow"):
        yield f"chart: {chart}", lambda chart=chart: "/charts" + pair(f"/{chart}.json")
    yield "person", lambda: f"/person/{p.of(p.persons).person.id}" if p.persons else "/"
    yield "state", lambda: f"/state/{p.of(p.states)}"
    yield "coverage", lambda: "/coverage?states={},{}".format(*p.pair())
    yield "document", lambda: f"/document/{p.of(p.documents).id}"
    yield "claim", lambda: f"/claim/{p.of(p.claims).claim.id}"
    yield "evidence", lambda: f"/evidence?of={p.of(p.claims).claim.id}"
    yield "conflicts", lambda: f"/conflicts?state={p.of(p.states)}"
    yield "conflict", lambda: f"/conflict/{p.of(p.conflicts).id}" if p.conflicts else "/conflicts"
    yield "review: claims", lambda: f"/review?state={p.of(p.states)}"
    yield "review: names", lambda: "/review?tab=names"
    yield "review: matters", lambda: "/review?tab=matters"
    yield "search: words", lambda: f"/search?q={p.word()}"
    yield "search: two words", lambda: f"/search?q={p.word()}+{p.word()}"
    yield "search: filters", lambda: "/search?kind=contact&state={}&state={}".format(*p.pair())
    yield "search: documents", lambda: f"/search?kind=document&state={p.of(p.states)}"
    yield "judgements", lambda: "/judgements"
    yield "api: claims", lambda: f"/api/v1/claims?state={p.of(p.states)}"
    yield "api: claims of a pair, since", lambda: "/api/v1/claims?state={}&state={}&since=2023".format(*p.pair())
    yield "api: claims of a person", lambda: f"/api/v1/claims?person={p.of(p.persons).person.name}" if p.persons else "/api/v1/claims"
    yield "api: documents", lambda: "/api/v1/documents?order=latest"
    yield "api: facts", lambda: f"/api/v1/facts/contact?state={p.of(p.states)}&order=latest"
    yield "api: facts about words", lambda: f"/api/v1/facts/series?about={p.word()}"
    yield "api: search", lambda: f"/api/v1/search?words={p.word()}"


def _states(claim: Any) -> Iterator[str | None]:
    yield from getattr(claim, "parties", ()) if claim.kind == "figure" else ()
    for name in ("participants", "source", "recipient"):
        yield from (a.state for a in getattr(claim, name, ()))


async def ask(app: Any, address: str) -> tuple[int, float]:
    """The status of an answer, and the CPU milliseconds that it took in this process."""
    path, _, query = address.partition("?")
    scope = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http", "path": path,
             "raw_path": path.encode(), "query_string": query.replace(" ", "+").encode(), "headers": [(b"host", b"127.0.0.1")],
             "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80), "root_path": ""}
    status = 0

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        nonlocal status
        status = message.get("status", status)

    begin = time.process_time()
    try:
        await app(scope, receive, send)
    except Exception as error:  # a page that fails is told of as 500, the others are measured
        print(f"{address}: {error!r}", file=sys.stderr)
        status = 500
    return status, (time.process_time() - begin) * 1000


async def measured(app: Any, times: int, only: str | None) -> None:
    app.state.guards.requests.rate = app.state.guards.requests.burst = 1e9
    pages = Pages(app.state.record)
    print(f"{'page':<32}{'median':>9}{'slowest':>9}  answers")
    medians, worst = [], ("", 0.0)
    for name, draw in kinds(pages):
        if only and only not in name:
            continue
        await ask(app, draw())  # the first loads what every later one has
        found = [(address, *await ask(app, address)) for address in (draw() for _ in range(times))]
        took = [ms for *_, ms in found]
        slowest = max(found, key=lambda f: f[2])
        statuses = ",".join(f"{s}" for s in sorted({s for _, s, _ in found}))
        print(f"{name:<32}{statistics.median(took):>7.1f}ms{slowest[2]:>7.1f}ms  {statuses}  {slowest[0]}", flush=True)
        medians.append(statistics.median(took))
        worst = max(worst, (slowest[0], slowest[2]), key=lambda w: w[1])
    print(f"\nmedian of all kinds {statistics.median(medians):.1f} ms; slowest page {worst[1]:.1f} ms: {worst[0]}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--claims", type=int, default=1_000_000)
    options.add_argument("--record", type=Path, help="measure this record, which is made where it is missing, and keep it")
    options.add_argument("--no-resolve", action="store_true", help="leave the facts unmade: pages of claims only")
    options.add_argument("--times", type=int, default=TIMES)
    options.add_argument("--only", help="only kinds of pages whose name holds this")
    chosen = options.parse_args()
    from dragoman.web.app import create_app

    with tempfile.TemporaryDirectory() as folder:
        path = chosen.record or Path(folder) / "desk.db"
        if not path.exists():
            make(path, chosen.claims, not chosen.no_resolve)
        asyncio.run(measured(create_app(path), chosen.times, chosen.only))


if __name__ == "__main__":
    main()
