"""Decisions of people: listed for everybody, added with a token."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from dragoman.model.facts import Judgement
from dragoman.web import deciding, desk
from dragoman.web.api import schemas
from dragoman.web.api.common import Cursor, Limit, Text, send, sliced
from dragoman.web.security import Bearer

router = APIRouter(tags=["judgements"])
_ADDED = schemas.errors(401, 503) | {201: schemas.answer("Judgement", "The line that was added.")}
Word = Annotated[str, Field(max_length=200)]


class Decision(BaseModel):
    """A decision to add; the token says who decides.

    verb      `same`, `different` (two and more subjects), `reject`, `accept`, `correct`, `note` (one)
    subjects  ids of claims or facts, or names as `name:KAZ:as spelled`
    value     for `correct`: fields of the claim with their right values
    private   stays out of exports
    """

    model_config = ConfigDict(extra="forbid")
    verb: Annotated[str, Field(pattern="^(same|different|reject|accept|correct|note)$")]
    subjects: Annotated[list[Word], Field(min_length=1, max_length=50)]
    why: Annotated[str | None, Field(max_length=2000)] = None
    value: dict[str, Any] | None = None
    private: bool = False


class Addition(BaseModel):
    """A claim that the reader missed: where its words stand (code points of the text), and its fields as in the claim contract."""

    model_config = ConfigDict(extra="forbid")
    document: Word
    kind: Annotated[str, Field(max_length=40)]
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    fields: dict[str, Any]
    why: Annotated[str | None, Field(max_length=2000)] = None


class Reason(BaseModel):
    """Why a decision is withdrawn."""

    model_config = ConfigDict(extra="forbid")
    why: Annotated[str | None, Field(max_length=2000)] = None


@router.get("/judgements", responses=schemas.of("JudgementPage", "Decisions in order."))
def judgements(request: Request, record: desk.Shown, by: Text | None = None, withdrawn: Annotated[bool, Query()] = False, limit: Limit = 50,
               cursor: Cursor = None) -> Response:
    """What analysts decided; private ones are not shown here."""
    rows = [asdict(j) for j in record.judgements(by=by, withdrawn=withdrawn) if not j.private]
    return sliced(request, rows, limit, cursor)


@router.post("/judgements", status_code=201, responses=_ADDED)
def judge(request: Request, record: desk.Shown, by: Bearer, decision: Decision) -> Response:
    """Add a decision about claims or facts; the facts follow it at once."""
    d = decision
    with deciding.room(request):
        line = record.judge(d.verb, *d.subjects, by=by, why=d.why, value=d.value, private=d.private)
    return _added(request, line)


@router.post("/judgements/{judgement}/undo", status_code=201, responses=_ADDED)
def undo(request: Request, record: desk.Shown, by: Bearer, judgement: str, reason: Reason) -> Response:
    """Withdraw a decision by another line, which can be undone too."""
    with deciding.room(request):
        line = record.undo(judgement, by=by, why=reason.why)
    return _added(request, line)


@router.post("/claims", status_code=201, responses=_ADDED)
def add_claim(request: Request, record: desk.Shown, by: Bearer, addition: Addition) -> Response:
    """Add a claim by hand: it is kept as a line of a person, and goes when that line is undone."""
    a = addition
    with deciding.room(request):
        line = record.add_claim(a.document, a.kind, a.start, a.end, a.fields, by=by, why=a.why)
    return _added(request, line)


def _added(request: Request, line: Judgement) -> Response:
    deciding.follow(request, line)
    return send(asdict(line), 201)
