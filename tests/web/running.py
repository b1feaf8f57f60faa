"""A desk that runs in a thread, for tests that look at it with a browser."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import Page

from dragoman.web.app import create_app

Opened = Callable[..., Page]


@contextmanager
def serving(path: Path, *, background: bool = False) -> Iterator[tuple[str, Any]]:
    """The address of a desk of a record, and its application."""
    app = create_app(path, background=background)
    app.state.guards.requests.rate = app.state.guards.requests.burst = 1e9
    server = uvicorn.Server(uvicorn.Config(app, "127.0.0.1", 0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}", app
    finally:
        server.should_exit = True
        thread.join(10)
