"""Review: what is doubtful, one card after another, judged with the keyboard alone; every judgement can be undone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from dragoman.model.facts import Fact, Judgement
from dragoman.model.stored import ClaimRow
from dragoman.resolve import spelling
from dragoman.store import Filter
from dragoman.store.paging import Page
from dragoman.web import deciding, desk, tables
from dragoman.web.api import common

router = APIRouter()
PAGE, ENTITIES, QUOTES, NAMED, DOUBTS = 10, 4, 2, 4, 2  # names are looked up in claims, so fewer stand on a page
MOST_LEFT_OUT = 5_000  # decided claims that are left out; beyond that they show with what was decided
TABS = {"claims": "Claims the reader was not sure of", "names": "Names that may be one",
        "matters": "Meetings, agreements and promises that may be one"}
KINDS = {"names": ("person", "organization"), "matters": ("contact", "instrument", "commitment")}


@dataclass(frozen=True, slots=True)
class Card:
    """Two things that may be one: what they are called, the subjects of a judgement, why, and words from documents on each side."""

    one: str
    other: str
    subjects: tuple[str, str]
    score: float
    reasons: tuple[str, ...]
    sides: tuple[tuple[ClaimRow, ...], tuple[ClaimRow, ...]]
    verdict: Judgement | None


@router.get("/review", response_class=HTMLResponse)
def review(request: Request, record: desk.Shown, tab: Annotated[str, Query(pattern="^(claims|names|matters)$")] = "claims",
           state: Annotated[list[str], Query(max_length=4)] = [], all: Annotated[bool, Query()] = False,  # noqa: B006
           cursor: Annotated[str | None, Query(max_length=600)] = None) -> Response:
    """What waits for somebody to look at it; `all`: what somebody decided already too."""
    f = Filter(states=common.codes([s for s in state if s.strip()]), superseded=False, copies=False)
    after = common.place(request, cursor) if cursor else None
    form = tables.asked(request)
    judged = deciding.lines(request)
    cards: list[Card] = []
    claims: list[ClaimRow] = []
    if tab == "claims":
        found: Page[Any] = record.claims_page(f, tables.MOST if form else PAGE, after, newest=True, unsure=True,
                                              without=() if all else judged.decided()[:MOST_LEFT_OUT])
        if form:
            return tables.download(form, "review-claims", (row.as_json() for row in found.rows))
        claims = list(found.rows)
    else:
        found = record.facts_page(KINDS[tab], f, ENTITIES if tab == "names" else PAGE, after, newest=True, doubtful=True)
        if form:
            rows = record.facts_page(KINDS[tab], f, 1_000, None, newest=True, doubtful=True).rows
            return tables.download(form, f"review-{tab}", (fact.as_json() for fact in rows))
        shown = {row.claim.id: row for row in record.evidence({c for fact in found.rows for c in _looked_at(fact)})}
        cards = [card for fact in found.rows for card in _cards(record, fact, judged, shown) if all or card.verdict is None]
    verdicts = {row.claim.id: v for row in claims if (v := judged.verdict(row.claim.id))}
    return desk.page(request, "review.html", tab=tab, tabs=TABS, claims=claims, cards=cards, verdicts=verdicts, states=f.states,
                     all=all, cursor=cursor, next=common.cursor(request, found.next) if found.next else None, verbs=deciding.VERBS)


def _looked_at(fact: Fact) -> Iterator[str]:
    """The claims whose words a fact's cards show."""
    doubts = [*getattr(fact, "doubts", ())[:DOUBTS], *getattr(fact, "possible_same", ())[:DOUBTS]]
    for doubt in doubts:
        if not hasattr(doubt, "one"):
            yield from (fact.claims[0], doubt.claim if hasattr(doubt, "claim") else doubt.claims[0])


def _cards(record: desk.DeskRecord, fact: Fact, judged: deciding.Lines, shown: Mapping[str, ClaimRow]) -> Iterator[Card]:
    """The doubts of a fact, each with words from both sides."""
    for doubt in getattr(fact, "doubts", ())[:DOUBTS]:
        if hasattr(doubt, "claim"):
            yield _of_claims(shown, (fact.claims[0], doubt.claim), doubt.score, doubt.why, judged)
        else:
            yield _of_names(record, fact, doubt.one, doubt.other, doubt.score, doubt.reasons, judged)
    for doubt in getattr(fact, "possible_same", ())[:DOUBTS]:
        yield _of_claims(shown, (fact.claims[0], doubt.claims[0]), doubt.score, doubt.reasons, judged)


def _of_claims(rows: Mapping[str, ClaimRow], pair: tuple[str, str], score: float, reasons: tuple[str, ...],
               judged: deciding.Lines) -> Card:
    sides = tuple((rows[c],) if c in rows else () for c in pair)
    return Card("the one", "the other", pair, score, tuple(reasons), (sides[0], sides[1]), judged.pair(*pair))


def _of_names(record: desk.DeskRecord, fact: Fact, one: str, other: str, score: float, reasons: tuple[str, ...],
              judged: deciding.Lines) -> Card:
    """Two spellings; judgements call each by its name and the state that its documents give it."""
    sides = [_naming(record, name, fact) for name in (one, other)]
    first, second = (spelling.subject(name, state) for name, (state, _) in zip((one, other), sides, strict=True))
    return Card(one, other, (first, second), score, reasons, (sides[0][1], sides[1][1]), judged.pair(first, second))


def _naming(record: desk.DeskRecord, name: str, fact: Fact) -> tuple[str | None, tuple[ClaimRow, ...]]:
    """The state that goes with a spelling, and some claims that have it."""
    found: list[ClaimRow] = []
    state: str | None = None
    states = Filter(person=name, states=fact.states[:1], superseded=False, copies=False)
    for f in (states, Filter(person=name, superseded=False, copies=False)):
        for row in record.claims_page(f, NAMED, newest=True).rows:
            for actor in _actors(row.claim):
                if actor.name == name and len(found) < QUOTES:
                    state = state or actor.state
                    found.append(row)
                    break
        if found:
            break
    return state, tuple(found)


def _actors(claim: Any) -> Iterator[Any]:
    for name in ("person", "speaker", "addressee", "participants", "by", "to", "parties", "source", "recipient", "signatories"):
        value = getattr(claim, name, None)
        yield from (v for v in (value if isinstance(value, tuple) else (value,)) if hasattr(v, "mention"))


