"""Errors in one shape: what is wrong, and what to do about it; under /api `code`, `message` and `remedy`."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from starlette.exceptions import HTTPException

from dragoman.model.stored import RecordError

CODES = {400: "bad-request", 401: "token-missing", 403: "forbidden", 404: "not-found", 405: "method-not-allowed", 413: "too-large"}
REMEDIES = {404: "Look at the address; /api/v1/docs lists what there is.", 405: "Look at /api/v1/docs for what this address takes."}


class Refused(Exception):
    """What cannot be done, with what to do about it."""

    def __init__(self, status: int, code: str, message: str, remedy: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.remedy, self.headers = status, code, message, remedy, dict(headers or {})


def refusal(error: Exception) -> Refused:
    """An error as what cannot be done."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, HTTPException):
        status = error.status_code
        return Refused(status, CODES.get(status, "failed"), str(error.detail), REMEDIES.get(status, ""), error.headers)
    if isinstance(error, RequestValidationError):
        first = error.errors()[0]
        at = ".".join(str(part) for part in first["loc"][1:]) or str(first["loc"][0])
        return Refused(422, "bad-parameter", f"{at}: {first['msg']}.", "See /api/v1/docs for what it takes.")
    if isinstance(error, RecordError):
        return Refused(404, "not-found", str(error), "Look at the id; facts change their ids with new documents.")
    return Refused(400, "bad-request", f"{error}.", "See /api/v1/docs for what it takes.")


def answer(path: str, status: int, code: str, message: str, remedy: str, headers: Mapping[str, str]) -> Response:
    """A refusal before any page is asked: as JSON under /api, else as plain text."""
    if path.startswith("/api/"):
        return JSONResponse({"code": code, "message": message, "remedy": remedy}, status, dict(headers))
    return PlainTextResponse(f"{message}\n{remedy}\n", status, dict(headers))
