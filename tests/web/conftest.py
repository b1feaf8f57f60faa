"""What the tests of the desk share: the examples read once, a server on a record, a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from dragoman import Record
from tests.web.running import Opened, serving

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A record of the examples, read once."""
    path = tmp_path_factory.mktemp("desk") / "examples.db"
    with Record(path) as record:
        assert not record.read(root / "examples").failed
    return path


@pytest.fixture(scope="session")
def desk(examples: Path) -> Iterator[str]:
    """The address of a desk of the examples, for reading."""
    with serving(examples) as (address, _):
        yield address


@pytest.fixture
def own_desk(examples: Path, tmp_path: Path) -> Iterator[tuple[str, Any]]:
    """A desk of one test's own, where judgements harm nobody: its address and its application."""
    shutil.copy(examples, tmp_path / "own.db")
    with serving(tmp_path / "own.db", background=True) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; nothing is downloaded."""
    if not CHROMIUM.exists():
        pytest.skip("chromium is missing: apt-get install chromium")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opened]:
    """Opens a page; at the end no page may have told of an error, or asked for anything elsewhere."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def open_page(url: str, *, quiet: bool = True, **options: Any) -> Page:
        context = browser.new_context(**({"viewport": {"width": 1280, "height": 900}} | options))
        contexts.append(context)
        page = context.new_page()
        host = url.split("/")[2]
        if quiet:
            page.on("console", lambda m: wrong.append(f"{page.url}: {m.text}") if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: wrong.append(f"{page.url}: {e}"))
        page.on("request", lambda r: None if r.url.split("/")[2] == host or not r.url.startswith("http") else wrong.append(r.url))
        page.goto(url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not wrong, wrong
