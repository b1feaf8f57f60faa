"""What an application answers where something fails: a page in plain words, JSON under /api."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from dragoman.model.stored import RecordError
from dragoman.web import desk, errors


def install(app: FastAPI) -> None:
    """Have every error told in one shape."""
    for kind in (errors.Refused, HTTPException, RecordError, RequestValidationError, ValueError):
        app.add_exception_handler(kind, told)


def told(request: Request, error: Exception) -> Response:
    """The answer to a request that failed."""
    found = errors.refusal(error)
    if request.url.path.startswith("/api/"):
        return errors.answer(request.url.path, found.status, found.code, found.message, found.remedy, found.headers)
    return desk.page(request, "error.html", found.status, found.headers, said=found.message, remedy=found.remedy)
