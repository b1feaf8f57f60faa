"""What the addresses of the API share: filters, cursors and how rows are sent."""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Annotated, Any

import msgspec
from fastapi import Depends, Query, Request
from fastapi.responses import Response
from pydantic import AfterValidator

from dragoman.model import time
from dragoman.model.claims import KINDS
from dragoman.reference import states
from dragoman.store import Filter
from dragoman.store.paging import Place
from dragoman.web.errors import Refused

MOST = 500  # rows of a page


def _edtf(value: str) -> str:
    if not time.is_edtf(value):
        raise ValueError("not a date; write 2024, 2024-05 or 2024-05-14")
    return value


def _printed(value: str) -> str:
    if "\0" in value:
        raise ValueError("holds a character that cannot stand in a text")
    return value


Text = Annotated[str, Query(max_length=200), AfterValidator(_printed)]
Day = Annotated[str, Query(max_length=30, description="EDTF: 2024, 2024-05, 2024-05-14, 2024-01/2024-06."), AfterValidator(_edtf)]
States = Annotated[list[str], Query(alias="state", max_length=8,
                                    description="ISO code or English name; given several times, all of them take part.")]
Limit = Annotated[int, Query(ge=1, le=MOST, description="Rows of a page.")]
Cursor = Annotated[str | None, Query(max_length=600, description="The `next` of the page before, to go on behind it.")]
Order = Annotated[str, Query(pattern="^(date|latest)$", description="`date` or `latest`; undated ones last.")]


def codes(names: Iterable[str]) -> tuple[str, ...]:
    """ISO codes of states given by code or name.

    Raises:
      Refused: no state goes by that name.
    """
    found = []
    for name in names:
        code = states.code(name.strip())
        if code is None:
            raise Refused(422, "unknown-state", f"No state is known as {name[:60]!r}.",
                          "Give its English name or its ISO code, such as KAZ.")
        found.append(code)
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Paged:
    """Which page is asked for: how many rows, behind which place, the latest first or not."""

    limit: int
    cursor: str | None
    newest: bool
    request: Request

    @property
    def after(self) -> Place | None:
        """The row behind which it starts."""
        return place(self.request, self.cursor) if self.cursor else None


def paged(request: Request, limit: Limit = 50, cursor: Cursor = None, order: Order = "date") -> Paged:
    """The page that a request asks for."""
    return Paged(limit, cursor, order == "latest", request)


Page = Annotated[Paged, Depends(paged)]


def named_documents(request: Request, document: str | None) -> tuple[str, ...] | None:
    """Ids of the documents of an id or a file name; None where none is asked for.

    Raises:
      Refused: there is none.
    """
    if document is None:
        return None
    found: tuple[str, ...] = request.app.state.record.ids_of(document)
    if not found:
        raise Refused(404, "not-found", f"There is no document {document[:100]!r}.", "/api/v1/documents lists them.")
    return found


def about(request: Request, state: States = [], person: Text | None = None, since: Day | None = None, until: Day | None = None,  # noqa: B006
          outlet: Text | None = None, document: Text | None = None, min_confidence: Annotated[float, Query(ge=0, le=1)] = 0.0,
          modality: Annotated[str | None, Query(pattern="^(actual|planned|possible|denied)$")] = None) -> Filter:
    """The filters that claims and facts share."""
    return Filter((), codes(state), (), person, since, until, outlet, None, named_documents(request, document), min_confidence, modality,
                  False, False)


About = Annotated[Filter, Depends(about)]
Kinds = Annotated[list[str], Query(max_length=len(KINDS), description=f"Kinds of claims: {', '.join(sorted(KINDS))}.")]


# ---------------------------------------------------------------- cursors


def cursor(request: Request, at: Place | int) -> str:
    """A place as a word that means nothing to others and fits this question alone."""
    told = [_question(request), *((at,) if isinstance(at, int) else (at.first, at.last, at.key))]
    return urlsafe_b64encode(json.dumps(told, separators=(",", ":"), ensure_ascii=False).encode()).decode().rstrip("=")


def place(request: Request, given: str) -> Place:
    """The place that a cursor stands for.

    Raises:
      Refused: it is none, or of another question.
    """
    match _parts(request, given):
        case [str() | None as first, str() | None as last, int() | str() as key] if not isinstance(key, bool):
            return Place(first, last, key)
    raise _no_cursor()


def offset(request: Request, given: str | None) -> int:
    """The number of rows that a cursor of a short list stands for."""
    if given is None:
        return 0
    match _parts(request, given):
        case [int() as at] if not isinstance(at, bool) and 0 <= at <= 1_000_000:
            return at
    raise _no_cursor()


def _parts(request: Request, given: str) -> list[Any]:
    try:
        told = json.loads(urlsafe_b64decode(given.encode("ascii") + b"=" * (-len(given) % 4)))
    except (ValueError, RecursionError):
        raise _no_cursor() from None
    if not isinstance(told, list) or not told or told[0] != _question(request):
        raise _no_cursor()
    return told[1:]


def _no_cursor() -> Refused:
    return Refused(400, "bad-cursor", "The cursor does not fit this question.",
                   "Begin without a cursor, and change no filter between pages.")


def _question(request: Request) -> str:
    """A question without the page that is asked for, in a few letters."""
    asked = sorted((name, value) for name, value in request.query_params.multi_items() if name not in ("cursor", "limit", "done", "as"))
    return hashlib.sha256(json.dumps([request.url.path, asked]).encode()).hexdigest()[:8]


# ---------------------------------------------------------------- answers


def send(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A value as JSON."""
    return Response(msgspec.json.encode(value), status, dict(headers or {}), "application/json")


def listing(page: Paged, rows: list[dict[str, Any]], following: Place | int | None) -> Response:
    """A page of rows, with the cursor of the next one."""
    onward = cursor(page.request, following) if following is not None else None
    links = {"Link": f'<{page.request.url.include_query_params(cursor=onward)}>; rel="next"'} if onward else {}
    return send({"items": rows, "next": onward}, headers=links)


def sliced(request: Request, rows: Iterable[Any], limit: int, given: str | None) -> Response:
    """A page of a list that is short."""
    found, begin = list(rows), offset(request, given)
    end = begin + limit
    onward = cursor(request, end) if end < len(found) else None
    return send({"items": found[begin:end], "next": onward})


class Heavy:
    """Room for a few answers at once that take long; who finds none free is told so rather than made to wait for all."""

    def __init__(self, at_once: int = 2, wait: float = 20.0) -> None:
        self._room, self._wait = BoundedSemaphore(at_once), wait

    def __enter__(self) -> None:
        if not self._room.acquire(timeout=self._wait):
            raise Refused(503, "busy", "Others ask for answers that take long.", "Ask again in a minute.", {"Retry-After": "60"})

    def __exit__(self, *_: object) -> None:
        self._room.release()


heavy = Heavy()
