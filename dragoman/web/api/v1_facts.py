"""Facts: what documents say together, with the same names and filters as in the shell."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from dragoman.reference import states
from dragoman.store import Filter
from dragoman.web import desk
from dragoman.web.api import schemas
from dragoman.web.api.common import About, Day, Page, Paged, States, Text, codes, heavy, listing, send, sliced
from dragoman.web.errors import Refused

router = APIRouter(tags=["facts"])
ENTITIES = ("person", "organization", "place")
By = Annotated[str, Query(pattern="^(published|read)$", description="What `known` and `since` go by.")]
State = Annotated[str, Query(max_length=200, description="ISO code or English name.")]


def _facts(record: desk.DeskRecord, page: Paged, kinds: Any, f: Filter, **more: Any) -> Response:
    found = record.facts_page(kinds, f, page.limit, page.after, newest=page.newest, **more)
    return listing(page, [fact.as_json() for fact in found.rows], found.next)


def _kind(kind: str) -> str:
    from dragoman import rooms

    if kind not in rooms.kinds():
        raise Refused(404, "unknown-kind", f"No kind of fact {kind[:60]!r}.", f"Kinds are: {', '.join(sorted(rooms.kinds()))}.")
    return kind


@router.get("/facts/{kind}", responses=schemas.of("FactPage", "Facts by the days that they are about.") | schemas.errors(503))
def facts(record: desk.Shown, page: Page, kind: str, f: About, about: Text | None = None, known: Day | None = None,
          by: By = "published") -> Response:
    """What claims of many documents say together.

    `about`: only what rests on words that hold these. `known`: as it followed from what was known on this day; takes `state` only.
    """
    if known is None:
        return _facts(record, page, _kind(kind), f, about=about)
    if not f.states:
        raise Refused(422, "state-missing", "`known` needs a state.", "Add state=KAZ, twice for a pair.")
    with heavy:
        rows = [fact.as_json() for fact in record.facts(_kind(kind), states=f.states, known=known, by=by)]
    return sliced(page.request, rows, page.limit, page.cursor)


@router.get("/conflicts", responses=schemas.of("FactPage", "Claims that cannot all hold."))
def conflicts(record: desk.Shown, page: Page, f: About, all: Annotated[bool, Query()] = False) -> Response:
    """Claims that cannot all hold, with the arithmetic; `all`: what only looks like it too, such as roundings and later revisions."""
    return _facts(record, page, "conflict", f, real=not all)


@router.get("/entities", responses=schemas.of("FactPage", "Persons, organisations and places."))
def entities(record: desk.Shown, page: Page, f: About, doubtful: Annotated[bool, Query()] = False,
             kind: Annotated[str | None, Query(pattern="^(person|organization|place)$")] = None) -> Response:
    """Persons, organisations and places across documents, with their spellings and why these are taken for one."""
    return _facts(record, page, (kind,) if kind else ENTITIES, f, doubtful=doubtful)


@router.get("/offices", responses=schemas.of("FactPage", "Chains of holders."))
def offices(record: desk.Shown, page: Page, state: State) -> Response:
    """The chains of holders of the offices that a state's documents tell of: stated ends, days observed, gaps, overlaps."""
    return _facts(record, page, "office", Filter(states=codes([state])))


@router.get("/who", responses=schemas.of("Object", "The holders, or who is known before and after.") | schemas.errors(503))
def who(record: desk.Shown, position: Text, place: Text, on: Day | None = None) -> Response:
    """Who held an office on a day, with evidence; else who is known before and after. `place`: a state, or the name of a body."""
    with heavy:
        return send(record.who(position, states.code(place) or place, on=on).as_json())


@router.get("/coverage", responses=schemas.of("Coverage", "Documents and outlets by month.") | schemas.errors(503))
def coverage(record: desk.Shown, state: Annotated[list[str], Query(min_length=1, max_length=2)]) -> Response:
    """What the record rests on for a state or a pair: documents and outlets by month, the newest, months without any."""
    with heavy:
        return send(asdict(record.coverage(*codes(state))))


@router.get("/flow", responses=schemas.of("Object", "Events and contacts by month.") | schemas.errors(503))
def flow(record: desk.Shown, a: State, b: State) -> Response:
    """What passed between two states month by month: cooperation and conflict, contacts by level, and the documents behind them."""
    first, second = _pair(a, b)
    with heavy:
        return send(asdict(record.flow(first, second)))


@router.get("/changes", responses=schemas.of("ObjectPage", "What changed.") | schemas.errors(503))
def changes(record: desk.Shown, page: Page, file: Text | None = None, since: Day | None = None, state: States = [],  # noqa: B006
            by: By = "published") -> Response:
    """What changed: in one text (`file`) from version to version, or (`since`, `state`) what documents after a day brought."""
    if (file is None) == (since is None):
        raise Refused(422, "bad-parameter", "Give `file` to compare its versions, or `since` for what is new.", "One of them, not both.")
    if file is not None:
        return sliced(page.request, [row.as_json() for row in record.changes(file)], page.limit, page.cursor)
    if not state:
        raise Refused(422, "state-missing", "`since` needs a state.", "Add state=KAZ, twice for a pair.")
    with heavy:
        found = [n.as_json() for n in record.news(since, states=codes(state), by=by)]
    return sliced(page.request, found, page.limit, page.cursor)


@router.get("/check-claim", responses=schemas.of("ObjectPage", "Verdicts with citations.") | schemas.errors(503))
def check_claim(record: desk.Shown, sentence: Annotated[str, Query(max_length=1000)], state: States = [],  # noqa: B006
                on: Day | None = None) -> Response:
    """What the record says to a sentence: supported, contradicted with the arithmetic, or nothing found."""
    with heavy:
        found = [v.as_json() for v in record.check_claim(sentence, states=codes(state), on=on)]
    return send({"items": found, "next": None})


@router.get("/dated/{document:path}", responses=schemas.of("Object", "The days between which it was written; null where nothing bounds it.")
            | schemas.errors(503))
def dated(record: desk.Shown, document: str) -> Response:
    """When a document without a date was written, by its own words and by the offices that it names."""
    with heavy:
        found = record.dated(document)
    if found is None:
        raise Refused(404, "not-dated", "Nothing bounds when this document was written.", "Its own words and offices give no day.")
    return send(asdict(found))


@router.get("/brief", responses=schemas.of("Object", "The briefing.") | schemas.errors(503))
def brief(record: desk.Shown, a: State, b: State, on: Day | None = None) -> Response:
    """The briefing on two states: offices, contacts, agreements, figures by claimant, what was said, with citations."""
    first, second = _pair(a, b)
    with heavy:
        return send(asdict(record.brief(first, second, on=on)))


def _pair(a: str, b: str) -> tuple[str, str]:
    pair = codes((a, b))
    if len(pair) != 2:
        raise Refused(422, "bad-parameter", f"This needs two states; {a[:60]} and {b[:60]} are one.", "Give two.")
    return pair[0], pair[1]
