"""FollowTheMoney as statements: a CSV of 14 columns, one line a value, with the document that it comes from as its origin."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator

from dragoman.exchange.write import ftm
from dragoman.model.exporting import Bundle

NAME = "ftm-statements"
CARRIES = ftm.CARRIES
SUFFIX = ".statements.csv"
MEDIA = "text/csv"
CANNOT = ftm.CANNOT
COLUMNS = ("canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin", "lang", "original_value", "external",
           "first_seen", "last_seen", "id")
DATASET = "dragoman"
# the types of the properties that ftm.py writes; all others are strings
_TYPES = {"name": ("name", "alias", "abbreviation"), "country": ("country", "mainCountry"), "url": ("sourceUrl",),
          "date": ("date", "startDate", "endDate", "publishedAt", "retrievedAt", "incorporationDate", "dissolutionDate", "birthDate"),
          "entity": ("proof", "holder", "post", "organization", "member", "involved", "organizer", "document", "entity", "parent",
                     "project", "participant"),
          "text": ("notes", "summary", "description", "biography"), "address": ("location", "address"), "language": ("language",),
          "identifier": ("wikidataId", "projectId"), "number": ("amount",)}
TYPE_OF = {prop: name for name, props in _TYPES.items() for prop in props}


def write(bundle: Bundle) -> Iterator[str]:
    """The header, then the statements entity by entity; each entity's id is a statement too."""
    yield _line(COLUMNS)
    for entity in ftm.entities(bundle):
        name, schema, properties = entity["id"], entity["schema"], entity["properties"]
        origin = (properties.get("proof") or properties.get("document") or [""])[0]
        for prop, values in properties.items():
            for value in values:
                yield _row(name, schema, prop, TYPE_OF.get(prop, "string"), value, origin, _key(name, prop, value))
        every = sorted(_key(name, prop, value) for prop, values in properties.items() for value in values)
        whole = hashlib.sha1("".join(every).encode(), usedforsecurity=False).hexdigest()
        yield _row(name, schema, "id", "string", whole, origin, _key(name, "id", whole))


def _key(entity: str, prop: str, value: str) -> str:
    """The statement's id, made as FollowTheMoney makes it."""
    return hashlib.sha1(f"{DATASET}.{entity}.{prop}.{value}".encode(), usedforsecurity=False).hexdigest()


def _row(entity: str, schema: str, prop: str, kind: str, value: str, origin: str, name: str) -> str:
    return _line((entity, entity, prop, kind, schema, value, DATASET, origin, "", "", "f", "", "", name))


def _line(cells: tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out, dialect=csv.unix_dialect, lineterminator="").writerow(cells)
    return out.getvalue()
