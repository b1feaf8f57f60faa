"""What the API gives, described in OpenAPI from the classes of the model, so that the description cannot drift from them."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

_REF = "#/components/schemas/{model}"
ERRORS = (400, 403, 404, 413, 421, 422, 429)
Schema = dict[str, Any]


def of(name: str, words: str) -> dict[int | str, Any]:
    """The answers of an address: one of a named schema, or an error."""
    return {200: answer(name, words), 304: {"description": "Nothing has changed since the ETag that was sent."}} | errors()


def answer(name: str, words: str) -> Schema:
    """An answer of a named schema."""
    return {"description": words, "content": {"application/json": {"schema": {"$ref": _REF.format(model=name)}}}}


def errors(*more: int) -> dict[int | str, Any]:
    """The errors that any address may answer with, and some more."""
    return {status: answer("Error", "What is wrong, and what to do about it.") for status in (*ERRORS, *more)}


def install(app: FastAPI) -> None:
    """Have the application describe its API with the schemas of the model."""

    def described() -> Schema:
        if app.openapi_schema is None:
            made = get_openapi(title="Dragoman", version=app.version, description=app.description, routes=app.routes)
            kept = {name: s for name, s in made.get("components", {}).get("schemas", {}).items() if "ValidationError" not in name}
            made.setdefault("components", {})["schemas"] = kept | components()
            app.openapi_schema = made
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]


def components() -> Schema:
    """Every schema by name."""
    from dragoman import rooms
    from dragoman.model.claims import KINDS
    from dragoman.model.coverage import Coverage
    from dragoman.model.facts import Judgement
    from dragoman.model.problems import Problem
    from dragoman.model.stored import Change, DocumentRow

    text, flag = {"type": "string"}, {"type": "boolean"}
    out: Schema = {}
    claims = [_add(out, cls, f"{cls.__name__}Claim", {"schema": {"type": "integer"}, "id": text, "kind": {"const": kind}, "file": text,
                                                      "superseded": flag, "counted": flag}) for kind, cls in KINDS.items()]
    facts = [_add(out, cls, f"{cls.__name__}Fact", {"id": text, "kind": {"const": kind}}) for kind, cls in sorted(rooms.kinds().items())]
    for cls in (DocumentRow, Judgement, Problem, Coverage, Change):
        _add(out, cls, cls.__name__, {})
    nothing: Schema = {"type": "null"}
    out |= {
        "Error": _object({"code": text, "message": text, "remedy": text}),
        "Claim": {"anyOf": claims},
        "Fact": {"anyOf": facts},
        "Hit": _object({"document": text, "file": text, "title": {"anyOf": [text, nothing]}, "claim": {"anyOf": [text, nothing]},
                        "snippet": text, "start": {"type": "integer"}, "end": {"type": "integer"}, "score": {"type": "number"}}),
        "Object": {"type": "object"},
        "Cited": _object({"format": text, "text": text}),
    }
    for name in ("Claim", "Fact", "DocumentRow", "Hit", "Judgement", "Problem", "Change", "Object"):
        items = {"type": "array", "items": {"$ref": _REF.format(model=name)}}
        out[f"{name}Page"] = _object({"items": items, "next": {"anyOf": [text, nothing]}})
    return out


def _object(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _add(out: Schema, cls: Any, name: str, more: Schema) -> Schema:
    """Describe a class under a name, and give a reference to it."""
    from pydantic import TypeAdapter

    made = TypeAdapter(cls).json_schema(mode="serialization", ref_template=_REF)
    out.update(made.pop("$defs", {}))
    properties = more | made.get("properties", {})
    out[name] = made | {"title": name, "properties": properties, "required": list(properties)}
    return {"$ref": _REF.format(model=name)}
