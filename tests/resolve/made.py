"""Tenure claims made for tests."""

from __future__ import annotations

from typing import Any

from dragoman.model.claims import ActorRef, Tenure
from dragoman.model.documents import Evidence


def tenure(
    name: str | None, position: str = "prime minister", state: str | None = "KAZ", day: str | None = "2022-05-04", **fields: Any
) -> Tenure:
    """What a document of that day says; the document is named after it unless another is given."""
    document = fields.pop("document", f"doc:{day}")
    words = f"{position} {name}"
    at = sum(map(ord, words + str(sorted(fields.items())))) % 5000
    return Tenure(
        document=document,
        evidence=(Evidence(at, at + len(words), words),),
        asserted=day,
        position=position,
        state=state,
        person=ActorRef(name, name, None, state, position),
        **fields,
    )
