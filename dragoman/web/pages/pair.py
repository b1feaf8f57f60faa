"""The pages of two states: everything on one page, and each section in full."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from dragoman.model.claims import Relation
from dragoman.model.overview import Wanted
from dragoman.resolve import promise_status
from dragoman.web import desk, pairs, tables, words
from dragoman.web.periods import period

router = APIRouter()
SHORT, LONG = 6, 40
SECTIONS = ("contacts", "met", "agreements", "promises", "figures", "statements", "events", "disputes", "offices")


@router.get("/pair/{one}/{other}", response_class=HTMLResponse)
def pair(request: Request, record: desk.Shown, when: desk.When, one: str, other: str) -> Response:
    """Everything on two states, the newest of each."""
    if moved := _moved(request, one, other, ""):
        return moved
    asked = pairs.Asked(one, other, *period(request), when)
    counts = record.kinds_counted(asked.wanted(""))
    as_of = when.on or when.known or record.newest()
    most = pairs.MOST_OF_THE_PAST if when.known else pairs.MOST_DRAWN  # of the past each is made anew
    contacts = record.facts_about(asked.wanted("contact"), most)
    chains = pairs.chains_of(record, asked)
    series, count = record.series_about(asked.wanted("series"), pairs.SERIES)
    board = pairs.board(pairs.cards(record.facts_about(asked.wanted("commitment"), min(most, pairs.MOST_PROMISES)), as_of))
    relations = record.claims_about(asked.wanted("relation"), 30)
    return desk.page(
        request, "pair.html", **_frame(record, asked, counts), section=None, contacts=contacts[:SHORT], met=pairs.met(asked, contacts),
        sides=[pairs.in_office(side, when.on) for side in chains], series_count=count,
        series=pairs.with_conflicts(record, series, when.known),
        board=board, as_of=as_of, short=SHORT, agreements=record.facts_about(asked.wanted("instrument"), SHORT),
        statements=record.claims_about(asked.wanted("statement"), SHORT),
        events=record.claims_about(asked.wanted("event"), SHORT),
        relations=[r for r in relations if isinstance(r.claim, Relation)],
        missions=record.facts_about(Wanted("mission", asked.states, known=when.known), 20), memberships=_memberships(record, asked))


@router.get("/pair/{one}/{other}/{section}", response_class=HTMLResponse)
def section(request: Request, record: desk.Shown, when: desk.When, one: str, other: str, section: str,
            page: Annotated[int, Query(ge=1, le=1000)] = 1) -> Response:
    """One section in full, a page at a time."""
    if section not in SECTIONS:
        raise HTTPException(404, f"There is no section {section!r}; there are {', '.join(SECTIONS)}.")
    if moved := _moved(request, one, other, f"/{section}"):
        return moved
    asked = pairs.Asked(one, other, *period(request), when)
    as_of = when.on or when.known or record.newest()
    if form := tables.asked(request):
        return tables.download(form, f"{one}-{other}-{section}".lower(), _table(record, asked, section, as_of))
    counts = record.kinds_counted(asked.wanted(""))
    rows, more = _READ[section](record, asked, page)
    values: dict[str, Any] = {"rows": rows, "more": more, "page": page, "as_of": as_of, "section": section}
    if section == "promises":
        values["cards"] = pairs.cards(rows, as_of)
    if section == "figures":
        values["series"] = pairs.with_conflicts(record, rows, when.known)
    if section == "offices":
        values["sides"] = [pairs.in_office(side, when.on) for side in rows]
    return desk.page(request, "pair_section.html", **_frame(record, asked, counts), **values)


def _moved(request: Request, one: str, other: str, rest: str) -> Response | None:
    """A pair has one address, whichever way it is asked for.

    Raises:
      HTTPException: these are not the codes of two states.
    """
    codes = words.codes(f"{one},{other}")
    if len(codes) != 2 or any(words.state_name(c) == c for c in codes):
        raise HTTPException(404, f"{one} and {other} are not the ISO codes of two states, such as CZE and KAZ.")
    if [one, other] == sorted(codes):
        return None
    return RedirectResponse(words.address(words.pair(*codes) + rest, dict(request.query_params)), 308)


def _frame(record: desk.DeskRecord, asked: pairs.Asked, counts: dict[str, int]) -> dict[str, Any]:
    """What every page of a pair has at its head."""
    rows = record.covered(asked.states, asked.when.known)
    newest = max((r.last for r in rows if r.last and r.last < "9999"), default=None)
    return {"one": asked.one, "other": asked.other, "states": list(asked.states), "counts": counts, "newest": newest, "since": asked.since,
            "until": asked.until, "documents": sum(r.documents for r in rows), "outlets": len({r.outlet for r in rows if r.outlet})}


def _table(record: desk.DeskRecord, asked: pairs.Asked, section: str, as_of: str | None) -> Iterator[dict[str, Any]]:
    """The whole section as rows of a file."""
    page, more, sent = 1, True, 0
    while more and sent < tables.MOST:
        rows, more = _READ[section](record, asked, page)
        if section == "offices":
            rows = [chain for side in rows for chain in side]
        for row in rows:
            if section == "promises":
                yield row.as_json() | {"standing": asdict(promise_status.status(row, as_of))}
            elif section == "met":
                yield from row.table()
            else:
                yield row.as_json()
        page, sent = page + 1, sent + len(rows)


def _met(record: desk.DeskRecord, asked: pairs.Asked, page: int) -> tuple[list[Any], bool]:
    return list(pairs.met(asked, record.facts_about(asked.wanted("contact"), pairs.MOST_DRAWN), 60)), False


def _memberships(record: desk.DeskRecord, asked: pairs.Asked) -> list[Any]:
    """What both belong to, a row for each of the two."""
    sides = [record.of_state("membership", s, 200) for s in asked.states]
    bodies = [{m.organization_id or m.organization for m in side} for side in sides]
    both = [m for side in sides for m in side if (m.organization_id or m.organization) in bodies[0] & bodies[1]]
    return [(m, m.organization_id or m.organization) for m in record.as_known(both[:40], asked.when.known)]


def _facts(kind: str) -> Callable[[desk.DeskRecord, pairs.Asked, int], tuple[list[Any], bool]]:
    def read(record: desk.DeskRecord, asked: pairs.Asked, page: int) -> tuple[list[Any], bool]:
        rows = record.facts_about(asked.wanted(kind), LONG + 1, (page - 1) * LONG)
        return rows[:LONG], len(rows) > LONG

    return read


def _claims(kind: str) -> Callable[[desk.DeskRecord, pairs.Asked, int], tuple[list[Any], bool]]:
    def read(record: desk.DeskRecord, asked: pairs.Asked, page: int) -> tuple[list[Any], bool]:
        rows = record.claims_about(asked.wanted(kind), LONG + 1, (page - 1) * LONG)
        return rows[:LONG], len(rows) > LONG

    return read


def _series(record: desk.DeskRecord, asked: pairs.Asked, page: int) -> tuple[list[Any], bool]:
    rows, count = record.series_about(asked.wanted("series"), page * 12)
    return rows[(page - 1) * 12 :], count > page * 12


def _offices(record: desk.DeskRecord, asked: pairs.Asked, page: int) -> tuple[list[Any], bool]:
    return [record.chains(s, 40, asked.when.known) for s in asked.states], False


_READ: dict[str, Callable[[desk.DeskRecord, pairs.Asked, int], tuple[list[Any], bool]]] = {
    "contacts": _facts("contact"), "met": _met, "agreements": _facts("instrument"), "promises": _facts("commitment"),
    "disputes": _facts("conflict"),
    "statements": _claims("statement"), "events": _claims("event"), "figures": _series, "offices": _offices,
}
