"""The application: pages and API found by folder, static files, errors told in plain words."""

from __future__ import annotations

import importlib
import os
import pkgutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from dragoman import __version__
from dragoman.model.stored import RecordError
from dragoman.web import desk, security


def create_app(path: str | os.PathLike[str], *, background: bool = False) -> FastAPI:
    """The desk of a record's file, as an ASGI application.

    background  resolve beside the pages what other processes read; pages show the facts as they stand

    Raises:
      RecordError: there is no record.
    """
    app = FastAPI(title="Dragoman", version=__version__, description="The record of relations between states, each line with its source.",
                  docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json", lifespan=_lifespan)
    app.state.record = desk.open_record(path)
    app.state.background = background
    for package, prefix in (("dragoman.web.pages", ""), ("dragoman.web.api", "/api/v1")):
        for router in routers(package):
            app.include_router(router, prefix=prefix, include_in_schema=bool(prefix))
    app.mount("/static", StaticFiles(directory=desk.HERE / "static"), name="static")
    app.add_exception_handler(HTTPException, _told)
    app.add_exception_handler(RecordError, _told)
    security.install(app)
    return app


def routers(package: str) -> Iterator[APIRouter]:
    """The `router` of each module of a package, by name."""
    for found in sorted(pkgutil.iter_modules(importlib.import_module(package).__path__), key=lambda m: m.name):
        module = importlib.import_module(f"{package}.{found.name}")
        if isinstance(router := getattr(module, "router", None), APIRouter):
            yield router


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.record.close()


def _told(request: Request, error: Exception) -> Response:
    """An error as a page in plain words, as JSON under /api."""
    status = error.status_code if isinstance(error, HTTPException) else 404
    said = str(error.detail) if isinstance(error, HTTPException) else str(error)
    if request.url.path.startswith("/api/"):
        from fastapi.responses import JSONResponse

        return JSONResponse({"error": said}, status, getattr(error, "headers", None))
    return desk.page(request, "error.html", status=status, said=said)
