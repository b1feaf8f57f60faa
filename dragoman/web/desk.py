"""What every page stands on: the record as it stands, the moment that is asked about, and the templates."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates

from dragoman.model import time
from dragoman.model.stored import Progress
from dragoman.record import Record
from dragoman.record_overview import Overview
from dragoman.resolver import Resolver
from dragoman.web import security, words

HERE = Path(__file__).parent


class _Standing(Resolver):
    """Facts as they stand: a page never resolves, and so never waits for a writer; the server does it beside the pages."""

    def refresh(self, progress: Callable[[Progress], None] | None = None) -> int:
        """Nothing: how many blocks were made anew."""
        return 0


class DeskRecord(Overview, Record):
    """A record that answers from the facts as they stand. Its connections come from a pool, so threads may share it."""

    @cached_property
    def _resolver(self) -> Resolver:
        return _Standing(self._store)

    def catch_up(self) -> None:
        """Resolve here and now, where no thread does it beside the pages."""
        Resolver(self._store).refresh()


@dataclass(frozen=True, slots=True)
class AsOf:
    """The moment that a page shows: `on`, what was true by that day; `known`, what was published by that day (EDTF); None for all."""

    on: str | None = None
    known: str | None = None

    @property
    def query(self) -> dict[str, str]:
        """The moment as it stands in an address."""
        return {name: day for name, day in (("on", self.on), ("known", self.known)) if day}

    def __bool__(self) -> bool:
        return bool(self.on or self.known)


NOW = AsOf()


def record(request: Request) -> DeskRecord:
    """The record that the server shows."""
    found: DeskRecord = request.app.state.record
    return found


def as_of(request: Request) -> AsOf:
    """The moment that an address asks for; what is no date is left out."""
    days = {name: request.query_params.get(name, "").strip() for name in ("on", "known")}
    return AsOf(**{name: day for name, day in days.items() if time.is_edtf(day)})


Shown = Annotated[DeskRecord, Depends(record)]
When = Annotated[AsOf, Depends(as_of)]


def page(request: Request, template: str, status: int = 200, headers: Mapping[str, str] | None = None, **values: Any) -> HTMLResponse:
    """A template as a page; it sees `when`, `here` (path), `link(path, **query)` and the helpers of words.py."""
    when = as_of(request)
    shared = {"when": when, "here": request.url.path, "link": lambda path, **query: words.address(path, when.query | query),
              "fragment": "hx-request" in request.headers, "record_name": request.app.state.record.path.name} | security.shared(request)
    return templates().TemplateResponse(request, template, shared | values, status_code=status, headers=dict(headers or {}))


_MADE: list[Jinja2Templates] = []


def templates() -> Jinja2Templates:
    """The templates of the desk with their filters; escaping is on."""
    if not _MADE:
        made = Jinja2Templates(directory=HERE / "templates")
        made.env.trim_blocks = made.env.lstrip_blocks = True
        made.env.filters.update(words.FILTERS)
        made.env.globals.update(words.GLOBALS)
        _MADE.append(made)
    return _MADE[0]


def open_record(path: str | os.PathLike[str]) -> DeskRecord:
    """The record of a file, which must be there."""
    return DeskRecord(path, create=False)
