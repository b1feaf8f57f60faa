"""Rows out of JSON: SPARQL results, Popolo (EveryPolitician), and FollowTheMoney entities that refer to one another."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from dragoman.exchange.rows import Row


class Rows(NamedTuple):
    """Rows that are known, or a table whose columns are yet to be named."""

    rows: tuple[Row, ...] = ()
    table: tuple[Mapping[str, Any], ...] | None = None


def rows(text: str) -> Rows:
    """The rows of a JSON text.

    Raises:
      ValueError: it is not JSON, or of no format that is known here.
    """
    try:
        value = json.loads(text)
    except ValueError:
        lines = [json.loads(line) for line in text.splitlines() if line.strip()]
        return Rows(tuple(_entities(lines)))
    if isinstance(value, Mapping) and isinstance(value.get("results"), Mapping):
        return Rows(table=tuple(_binding(b) for b in value["results"].get("bindings", ()) if isinstance(b, Mapping)))
    if isinstance(value, Mapping) and "memberships" in value:
        return Rows(tuple(_popolo(value)))
    if isinstance(value, Mapping) and "schema" in value:
        return Rows(tuple(_entities([value])))
    if isinstance(value, list) and value and all(isinstance(v, Mapping) for v in value):
        if "schema" in value[0]:
            return Rows(tuple(_entities(value)))
        return Rows(table=tuple(value))
    raise ValueError("its JSON has no results, memberships or entities")


def _binding(binding: Mapping[str, Any]) -> dict[str, Any]:
    """One SPARQL result: each variable's value."""
    return {k: v.get("value") for k, v in binding.items() if isinstance(v, Mapping)}


def _named(things: Any) -> dict[str, Mapping[str, Any]]:
    return {str(t["id"]): t for t in things or () if isinstance(t, Mapping) and "id" in t}


def _popolo(value: Mapping[str, Any]) -> Iterator[Row]:
    """A membership with its person, post and organisation; its dates, else those of the term."""
    persons, bodies, posts, terms = (_named(value.get(k)) for k in ("persons", "organizations", "posts", "events"))
    for one in value["memberships"]:
        if not isinstance(one, Mapping):
            continue
        person = persons.get(str(one.get("person_id")), {})
        body = bodies.get(str(one.get("organization_id")), {})
        post = posts.get(str(one.get("post_id")), {})
        term = terms.get(str(one.get("legislative_period_id")), {})
        yield Row(
            person.get("name"),
            one.get("role") or post.get("role") or post.get("label") or "member",
            None,
            body.get("name"),
            one.get("start_date") or term.get("start_date"),
            one.get("end_date") or term.get("end_date"),
        )


def _entities(entities: list[Any]) -> Iterator[Row]:
    """An Occupancy with its holder (Person) and post (Position)."""
    known = _named(entities)
    for entity in known.values():
        if entity.get("schema") != "Occupancy":
            continue
        holder = known.get(_first(entity, "holder") or "", {})
        post = known.get(_first(entity, "post") or "", {})
        yield Row(
            _first(holder, "name"),
            _first(post, "name"),
            _first(post, "country"),
            _first(post, "organization"),
            _first(entity, "startDate") or _first(entity, "periodStart"),
            _first(entity, "endDate") or _first(entity, "periodEnd"),
        )


def _first(entity: Mapping[str, Any], name: str) -> str | None:
    """The first value of a property."""
    values = (entity.get("properties") or {}).get(name) or ()
    return str(values[0]) if isinstance(values, list) and values else str(values) if isinstance(values, str) else None
