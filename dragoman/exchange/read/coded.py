"""Hand-coded spreadsheets: a file in YAML says which column is which field of which kind of claim.

    kind: contact
    source: Coding of the trade desk      # who says so
    published: 2024-05                    # EDTF; `confidence: 0.9`, `sheet: Sheet1` and `modality: actual` may stand here too
    fields:
      mode: {column: Type, values: {V: visit, M: meeting}}
      date: {column: Day, format: "%d/%m/%Y"}
      host: Country visited
      participants:
        - {name: Leader, state: Country, position: Office}
        - {name: Host, state: Country visited}
      topics: {column: Subjects, split: ";"}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, NoReturn

import yaml

from dragoman.exchange.read import values
from dragoman.exchange.read.sheet import Line, Sheet, key
from dragoman.exchange.read.taking import Taking
from dragoman.exchange.tables import matter
from dragoman.model import time
from dragoman.model.claims import KINDS, ActorRef, Amount, Claim, PlaceRef
from dragoman.model.problems import Problem
from dragoman.reference import organizations, plover, positions, states
from dragoman.reference.slug import slug

CONFIDENCE = 0.9
STATES = frozenset(("state", "host", "reporter", "counterpart", "sending", "receiving"))
PARTS = {"actor": ("name", "mention", "id", "state", "position"), "place": ("name", "state"), "amount": ("low", "high", "unit", "of")}
# fields with a list of words that alone fit
WORDS = {
    "contact.mode": ("call", "meeting", "talks", "visit", "summit", "forum", "video", "letter"),
    "contact.visit_type": ("state", "official", "working", "private"),
    "tenure.change": ("holds", "appointed", "reappointed", "elected", "reelected", "left"),
    "agreement.action": ("signed", "adopted", "ratified", "in force", "negotiated", "planned"),
    "membership.role": ("founding member", "member", "observer", "partner", "candidate", "chair"),
    "mission.type": ("embassy", "consulate general", "consulate", "trade mission"),
    "commitment.status": ("announced", "agreed", "under way", "done", "missed", "dropped"),
    "figure.measure": ("level", "change", "rank", "share"),
    "event.event_type": plover.categories(),
}  # fmt: skip


class BadCell(Exception):
    """A cell that does not hold what its field is for; the row's problem is noted."""


class Coding:
    """The mapping file, checked."""

    def __init__(self, sheet: dict[str, Any]) -> None:
        self.kind: str = sheet["kind"]
        self.source: str | None = sheet.get("source")
        self.published: str | None = str(sheet["published"]) if sheet.get("published") else None
        self.confidence = float(sheet.get("confidence", CONFIDENCE))
        self.modality: str = sheet.get("modality", "actual")
        self.sheet: str | None = sheet.get("sheet")
        self.fields: dict[str, Any] = sheet["fields"]
        self.shapes = dict(matter.own(self.kind).fields)

    def columns(self) -> Iterator[str]:
        """Every column that it names."""
        for spec in self.fields.values():
            yield from _columns(spec)


def mapping(path: Path) -> Coding | Problem:
    """The mapping in a file, or what is wrong with it."""
    try:
        sheet = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except (OSError, ValueError, yaml.YAMLError) as error:
        return _bad(path, " ".join(str(error).split()))
    if not isinstance(sheet, dict) or sheet.get("kind") not in KINDS:
        return _bad(path, f"`kind` must be one of {', '.join(KINDS)}")
    given = sheet.get("fields")
    if not isinstance(given, dict) or not given:
        return _bad(path, "`fields` must say which column is which field")
    own = dict(matter.own(sheet["kind"]).fields)
    if unknown := [name for name in given if name not in own]:
        return _bad(path, f"a {sheet['kind']} has no field {unknown[0]!r}; it has {', '.join(own)}")
    needed = [f.name for f in fields(KINDS[sheet["kind"]]) if f.default is MISSING and f.name in own and f.name not in given]
    if needed:
        return _bad(path, f"a {sheet['kind']} needs the field {needed[0]!r}")
    for name, spec in given.items():
        if why := _fault(spec, own[name]):
            return _bad(path, f"field {name!r}: {why}")
    try:
        found = Coding(sheet)
    except ValueError as error:
        return _bad(path, str(error))
    return _bad(path, "`published` must be a date") if found.published and not time.is_edtf(found.published) else found


def _bad(path: Path, why: str) -> Problem:
    return Problem("bad-mapping", f"The mapping file cannot be used: {why}.", str(path),
                   "Write it as docs/how-to/export.md shows: `kind`, `source` and `fields`.")


def _fault(spec: Any, shape: str) -> str | None:
    """What is wrong with how a field is described."""
    if shape == "actors":
        some = spec if isinstance(spec, list) else [spec]
        return next((why for one in some if (why := _fault(one, "actor"))), None)
    if isinstance(spec, str):
        return None
    if not isinstance(spec, dict):
        return "it must be a column, or `column` with `values`, `format`, `split` or `default`"
    if shape in PARTS and "column" not in spec:
        unknown = [part for part in spec if part not in PARTS[shape]]
        return f"it has no part {unknown[0]!r}; there are {', '.join(PARTS[shape])}" if unknown else None
    return None if "column" in spec or "constant" in spec else "it names no `column` and no `constant`"


def _columns(spec: Any) -> Iterator[str]:
    if isinstance(spec, str):
        yield spec
    elif isinstance(spec, list):
        for one in spec:
            yield from _columns(one)
    elif "column" in spec:
        yield spec["column"]
    elif "constant" not in spec:
        for one in spec.values():
            yield from _columns(one)


def claims(sheet: Sheet, taking: Taking, how: Coding) -> Iterator[Claim]:
    """A claim a row."""
    for line in sheet.lines():
        reader = _Row(sheet, line, taking, how)
        try:
            yield reader.claim()
        except BadCell:
            continue


class _Row:
    """One row while it becomes a claim."""

    def __init__(self, sheet: Sheet, line: Line, taking: Taking, how: Coding) -> None:
        self.sheet, self.line, self.taking, self.how = sheet, line, taking, how

    def claim(self) -> Claim:
        """The claim of the row."""
        own: dict[str, Any] = {}
        for name, spec in self.how.fields.items():
            value = self._value(name, spec, self.how.shapes[name])
            if value is not None:
                own[name] = value
        kind = KINDS[self.how.kind]
        for field in fields(kind):
            if field.default is MISSING and field.name in self.how.shapes and field.name not in own:
                self.taking.bad_value(self.sheet, self.line, "", f"a value for {field.name!r}")
                raise BadCell
        if isinstance(own.get("organization"), str) and "organization_id" in self.how.shapes and "organization_id" not in own:
            body = organizations.find(own["organization"])
            own["organization_id"] = body.id if body else f"org:{slug(own['organization'])}"
        return kind(**self.taking.common(self.sheet, self.line) | {"modality": self.how.modality, "rules": ("coded",)}, **own)

    def _value(self, name: str, spec: Any, shape: str) -> Any:
        if shape == "actors":
            some = [self._actor(one) for one in (spec if isinstance(spec, list) else [spec])]
            return tuple(a for group in some for a in group) or None
        if shape == "actor":
            return next(iter(self._actor(spec)), None)
        if shape == "place":
            where = self._cell(spec["name"] if _parted(spec) else spec)
            state = self._state(self._cell(spec.get("state"))) if _parted(spec) else None
            return PlaceRef(where, state) if where else None
        if shape == "amount":
            return self._amount(spec)
        if shape == "words":
            return tuple(self._one(name, word) for word in self._cells(spec, ";")) or None
        return self._plain(name, spec, shape)

    def _plain(self, name: str, spec: Any, shape: str) -> Any:
        cell = self._cell(spec)
        if cell is None:
            return None
        if shape == "edtf":
            found = values.day(cell, spec.get("format") if isinstance(spec, dict) else None) or values.period(cell)
            if found is None:
                self._refuse(cell, "a date as 2024-03-01, or in the form that the mapping gives")
            return found
        if shape in ("real", "integer"):
            number = values.number(cell)
            if number is None:
                self._refuse(cell, "a number")
            return number
        if shape == "flag":
            return {"yes": True, "true": True, "1": True, "y": True}.get(cell.casefold(), False)
        return self._one(name, cell)

    def _one(self, name: str, cell: str) -> str:
        """A word that fits its field."""
        if name in STATES:
            return self._state(cell) or ""
        if name in ("member", "parties"):
            return values.state(cell) or cell
        if name == "position":
            form = positions.forms().get(cell.casefold().replace("-", " "))
            return form.name if form and not form.plural else cell.casefold()
        fitting = WORDS.get(f"{self.how.kind}.{name}")
        if fitting and cell not in fitting:
            same = next((w for w in fitting if w.casefold() == cell.casefold()), None)
            if same is None:
                self._refuse(cell, f"one of {', '.join(fitting)}")
            return same
        return cell

    def _state(self, cell: str | None) -> str | None:
        if cell is None:
            return None
        found = values.state(cell)
        if found is None:
            self.taking.unknown(self.sheet, self.line, "state", cell)
            raise BadCell
        return found

    def _actor(self, spec: Any) -> list[ActorRef]:
        """Who stands in a cell, or several of them; a state by its name or code is itself."""
        if not _parted(spec):
            return [self._named(word, None, None) for word in self._cells(spec, ";")]
        name, position = self._cell(spec.get("name")), self._cell(spec.get("position"))
        state = self._state(self._cell(spec.get("state")))
        if not name and not state:
            return []
        return [self._named(name, state, self._one("position", position) if position else None)]

    def _named(self, name: str | None, state: str | None, position: str | None) -> ActorRef:
        of = values.state(name) if name else state
        if of and position is None and (state in (None, of)):
            return ActorRef(name or states.short_name(of), of, f"state:{of}", of)
        return ActorRef(name, name, f"person:{slug(name)}" if name and (position or state) else None, state, position)

    def _amount(self, spec: Any) -> Amount | None:
        parts = spec if _parted(spec) else {"low": spec, "high": spec}
        low, high, of = (self._plain(part, parts[part], "real") if part in parts else None for part in ("low", "high", "of"))
        unit = self._cell(parts["unit"]) if "unit" in parts else None
        return Amount(low, high, unit or "1", of) if low is not None or high is not None else None

    def _cell(self, spec: Any) -> str | None:
        """The words of a cell as the mapping has them; None where it is empty."""
        if spec is None:
            return None
        if isinstance(spec, str):
            spec = {"column": spec}
        if "constant" in spec:
            return str(spec["constant"])
        cell = self.line.cells.get(key(spec["column"]), "").removeprefix("'")
        if values.nothing(cell) and cell not in spec.get("values", {}):
            default: str | None = spec.get("default")
            return default
        return str(spec.get("values", {}).get(cell, cell))

    def _cells(self, spec: Any, split: str) -> list[str]:
        cell = self._cell(spec)
        by = spec.get("split", split) if isinstance(spec, dict) else split
        return [w.strip() for w in cell.split(by) if w.strip()] if cell else []

    def _refuse(self, cell: str, wanted: str) -> NoReturn:
        self.taking.bad_value(self.sheet, self.line, cell, wanted)
        raise BadCell


def _parted(spec: Any) -> bool:
    """Whether a field is described by its parts."""
    return isinstance(spec, Mapping) and "column" not in spec and "constant" not in spec
