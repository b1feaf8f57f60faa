"""The application: pages and API found by folder, static files, errors told in plain words."""

from __future__ import annotations

import importlib
import os
import pkgutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

from anyio import to_thread
from fastapi import APIRouter, FastAPI
from fastapi.staticfiles import StaticFiles

from dragoman import __version__
from dragoman.web import desk, failing, security
from dragoman.web.api import schemas
from dragoman.web.resolving import Resolving

THREADS = 12  # pages at once: more would only wait for each other, and each keeps memory of its own

def create_app(path: str | os.PathLike[str], *, background: bool = False) -> FastAPI:
    """The desk of a record's file, as an ASGI application.

    background  resolve in a process beside the pages what others read; pages show the facts as they stand

    Raises:
      RecordError: there is no record.
    """
    app = FastAPI(title="Dragoman", version=__version__, description="The record of relations between states, each line with its source.",
                  docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json", lifespan=_lifespan)
    app.state.record = desk.open_record(path)
    app.state.resolving = Resolving(path) if background else None
    for package, prefix in (("dragoman.web.pages", ""), ("dragoman.web.api", "/api/v1")):
        for router in routers(package):
            app.include_router(router, prefix=prefix, include_in_schema=bool(prefix))
    app.mount("/static", StaticFiles(directory=desk.HERE / "static"), name="static")
    schemas.install(app)
    failing.install(app)
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
    resolving: Resolving | None = app.state.resolving
    to_thread.current_default_thread_limiter().total_tokens = THREADS
    if resolving:
        resolving.start()
    yield
    if resolving:
        resolving.stop()
    app.state.record.close()
