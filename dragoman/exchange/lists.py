"""Lists of office-holders that others keep, as documents with tenure claims: a source like any other, with no truth of its own.

Wikidata as CSV or SPARQL results (JSON), EveryPolitician (Popolo JSON or CSV), FollowTheMoney (lines of JSON). The document's text is the
list itself, one line a row, and each claim's evidence is its line. Dates keep the precision that they have.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from dragoman.exchange import graphs
from dragoman.exchange.read import sheet
from dragoman.exchange.rows import Row
from dragoman.model import time
from dragoman.model.claims import ActorRef, Link, Tenure
from dragoman.model.documents import Document, Evidence, Source
from dragoman.model.problems import Problem
from dragoman.reference import organizations, positions, states

MAX_BYTES = 200_000_000
LONGEST = 300  # characters of a name or position
_DATE = re.compile(r"[+]?(?P<date>-?\d{4,}(?:-\d\d(?:-\d\d)?)?)(?:T.*)?Z?$")
_ENTITY = re.compile(r"(?:https?://\S+/)?Q\d+$")
_OF = re.compile(r" (?:of|de|du|for) (?:the )?", re.I)


class Imported(NamedTuple):
    """A list as a document, its claims, how many rows name no person or no position, and a problem for each row that is wrong."""

    document: Document
    claims: tuple[Tenure, ...]
    left_out: int
    problems: tuple[Problem, ...] = ()


def read(
    path: str | os.PathLike[str], *, name: str | None = None, published: str | None = None, state: str | None = None
) -> Imported | Problem:
    """A list of office-holders, or the problem with the file.

    name       the list's name, which is quoted as its source; else the file's
    published  EDTF day of the list, where it is known: who then had no end was still in office that day
    state      ISO code for rows that name no state (a table of one parliament's members)
    """
    file = Path(path)
    try:
        if file.stat().st_size > MAX_BYTES:
            return Problem("file-too-large", "The list is larger than 200 MB.", str(file), "Divide it into several files.")
        data = file.read_bytes()
    except OSError as error:
        return Problem(
            "unreadable-file", f"The file cannot be read: {error.strerror or error}.", str(file), "Check that it is there and yours."
        )
    return parse(data, file.name, str(file), name=name, published=published, state=state)


def parse(
    data: bytes,
    file: str,
    path: str = "",
    *,
    name: str | None = None,
    published: str | None = None,
    state: str | None = None,
) -> Imported | Problem:
    """The list in some bytes, whatever its format."""
    text = sheet.decoded(data)
    table = None if text.lstrip().startswith(("{", "[")) else sheet.of_text(text, path or file)
    try:
        rows = list(_of_json(text, state) if table is None else _of_table(table, state))
    except (ValueError, RecursionError) as error:
        return _unknown(path or file, str(error))
    known = [r for r in rows if r.person and r.position]
    if not known:
        return _unknown(path or file, "no row names a person and a position")
    now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    media = "application/json" if table is None else "text/csv"
    source = Source(file, path or file, hashlib.sha256(data).hexdigest(), len(data), media, now)
    found = _imported(known, source, name or file, published, len(rows) - len(known))
    return found._replace(problems=tuple(table.problems)) if table else found


def _unknown(at: str, why: str) -> Problem:
    remedy = "Say with --mapping which column is which field; or name the columns person, position, country, start_date and end_date."
    return Problem("unknown-list", f"This is no file that dragoman knows to take in: {why}.", at, remedy)


def _of_json(text: str, state: str | None) -> Iterator[Row]:
    """The rows of SPARQL results, Popolo or FollowTheMoney."""
    rows = graphs.rows(text)
    yield from (_plain(r, state) for r in (map(_of_columns, rows.table) if rows.table is not None else rows.rows))


def _of_table(table: sheet.Sheet, state: str | None) -> Iterator[Row]:
    """The rows of a table."""
    member = {sheet.key(name) for name in _sheet()["members"]} <= set(table.columns)
    for line in table.lines():
        row = _of_columns(line.cells)
        yield _plain(row._replace(position="member", body=row.body or "parliament") if member else row, state)


@cache
def _sheet() -> dict[str, Any]:
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    words: dict[str, Any] = yaml.load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"), Loader=loader)
    return words | {"columns": {field: [sheet.key(c) for c in names] for field, names in words["columns"].items()}}


def _of_columns(line: Mapping[str, Any]) -> Row:
    """A row of a table, by the names of its columns."""
    cells = {sheet.key(k): str(v).strip() for k, v in line.items() if isinstance(k, str) and v not in (None, "")}
    found: dict[str, str | None] = {}
    for field, names in _sheet()["columns"].items():
        column = next((n for n in names if n in cells), None)
        value = cells.get(column or "")
        if value and field in ("since", "until"):
            value = _dated(value, next((cells[column + p] for p in ("precision",) if column and column + p in cells), None))
        found[field] = value
    return Row(**found)


def _plain(row: Row, state: str | None) -> Row:
    """The row with its dates as EDTF, its position under dragoman's name and its state by code; what is only an identifier is unknown."""
    words = {f: (" ".join(v.split())[:LONGEST] if v else None) for f, v in row._asdict().items()}
    person, position = (None if v is None or _ENTITY.match(v) else v for v in (words["person"], words["position"]))
    title, of = _title(position or "")
    given = words["state"] or ""
    code = of or states.code(given) or _sheet()["alpha2"].get(given.upper()) or (state if not given else None)
    body = words["body"] or (given if given and not code and not _ENTITY.match(given) else None)
    if body and not code:  # "President of South Ossetia" of what is no state here
        title = next((title[: m.start()] for m in _OF.finditer(title) if title[m.end() :] in body.casefold()), title)
    return Row(person, title or None, code, body, _dated(words["since"], None), _dated(words["until"], None), position, given)


def _title(position: str) -> tuple[str, str | None]:
    """The position's plain name, and the state that it names: "Prime Minister of Kazakhstan" is `prime minister` of KAZ."""
    state = None
    for m in _OF.finditer(position):
        if state := states.code(position[m.end() :]):
            position = position[: m.start()]
            break
    words = " ".join(position.casefold().split())
    form = positions.forms().get(words.replace("-", " "))
    if form is None or form.plural or form.state not in (None, state):
        return (form.name, form.state) if form and form.state and not form.plural and state is None else (words, state)
    return form.name, state or form.state


def _dated(date: str | None, precision: str | None) -> str | None:
    """EDTF of a date as lists write it; Wikidata writes the first of January where it knows the year alone.

    >>> _dated("2022-01-11T00:00:00Z", None), _dated("2022-01-01T00:00:00Z", None), _dated("2022", None)
    ('2022-01-11', '2022', '2022')
    """
    m = _DATE.match(date or "")
    if not m:
        return None
    length = {"9": 4, "10": 7, "11": 10}.get(precision or "", 10)
    edtf = m["date"][:length]
    if "T" in (date or "") and precision is None and edtf.endswith("-01-01"):
        edtf = edtf[:4]
    return edtf if time.is_edtf(edtf) else None


def _imported(rows: Iterable[Row], source: Source, name: str, published: str | None, left_out: int) -> Imported:
    """The text of the list, one line a row, and the claims of its lines."""
    lines = [name, ""]
    places: list[tuple[Row, int, int]] = []
    at = len(name) + 2
    for row in dict.fromkeys(rows):
        line = row.written
        places.append((row, at, at + len(line)))
        lines.append(line)
        at += len(line) + 1
    text = "\n".join(lines) + "\n"
    made = Document(
        "doc:" + hashlib.sha256(text.encode()).hexdigest()[:16],
        text,
        source,
        title=name,
        outlet=name,
        published=published,
        published_by="metadata" if published else None,
        metadata={"list": name},
    )
    return Imported(made, tuple(_claim(made, *place) for place in places), left_out)


def _claim(document: Document, row: Row, start: int, end: int) -> Tenure:
    body = organizations.find(row.body) if row.body else None
    return Tenure(
        document=document.id,
        evidence=(Evidence(start, end, document.text[start:end]),),
        attribution=(Link("outlet", document.outlet or ""),),
        asserted=document.published,
        person=ActorRef(row.person, row.person, None, row.state, row.position),
        position=row.position or "",
        organization=row.body,
        organization_id=body.id if body else None,
        state=row.state,
        change="holds",
        since=row.since,
        until=row.until,
        confidence=0.9,
        extractor="list/1",
        rules=("list",),
    )
