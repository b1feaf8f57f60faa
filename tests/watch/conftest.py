"""The site of tests/sources, and manners that let this machine be asked."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dragoman.sources.addresses import public
from dragoman.sources.web import Manners, Web

_SPEC = importlib.util.spec_from_file_location("site_of_tests", Path(__file__).parents[1] / "sources/conftest.py")
assert _SPEC and _SPEC.loader
_MADE = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_MADE)


@pytest.fixture
def site() -> Iterator[Any]:
    made = _MADE.Site()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def web() -> Callable[[], Web]:
    """A new `Web` that may ask 127.0.0.1 beside public addresses."""
    return lambda: Web(Manners(allowed=lambda ip: ip == "127.0.0.1" or public(ip), pause=0.0, timeout=3.0, longest=5.0))
