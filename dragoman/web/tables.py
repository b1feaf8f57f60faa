"""Tables of pages as files: CSV for spreadsheets, with formulas defused, and JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from fastapi import Request
from fastapi.responses import StreamingResponse

from dragoman.exchange.write.csv import written
from dragoman.model.rows import flat
from dragoman.web.errors import Refused

MOST = 10_000  # rows of a download; `dragoman export` writes all there are
_MEDIA = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


def asked(request: Request) -> str | None:
    """The form in which a page's table is asked for (`?as=csv`, `?as=json`); None for the page itself.

    Raises:
      Refused: another form.
    """
    form = request.query_params.get("as")
    if form not in (None, "", *_MEDIA):
        raise Refused(400, "bad-parameter", "A table can be had as csv or json.", "Write ?as=csv or ?as=json.")
    return form or None


def download(form: str, name: str, rows: Iterable[Mapping[str, Any]]) -> StreamingResponse:
    """The rows of a table as a file that the browser saves."""
    made = _csv(rows) if form == "csv" else _json(rows)
    return StreamingResponse(made, media_type=_MEDIA[form], headers={"Content-Disposition": f'attachment; filename="{name}.{form}"'})


def _json(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    yield "["
    for n, row in enumerate(rows):
        yield (",\n" if n else "\n") + json.dumps(row, ensure_ascii=False, default=str)
    yield "\n]\n"


def _csv(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """A header with every column that some row has, in the order in which they come, then the rows."""
    plain = [flat(dict(row)) for row in rows]
    columns = list(dict.fromkeys(name for row in plain for name in row))
    for cells in [columns, *([_cell(row.get(name)) for name in columns] for row in plain)]:
        out = io.StringIO()
        csv.writer(out).writerow(cells)
        yield out.getvalue()


def _cell(value: Any) -> str:
    plain = value is None or isinstance(value, str | int | float | bool)
    return written(value if plain else json.dumps(value, ensure_ascii=False, default=str))
