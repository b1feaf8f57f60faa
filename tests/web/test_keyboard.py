"""Review with the keyboard alone, a claim opened in place, a citation copied: in Chromium, under the policy that the desk sends."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page

from dragoman.web.app import create_app
from tests.web import desk_made as made


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[tuple[str, Any]]:
    """The address of a desk that runs, and its application."""
    made.make(tmp_path / "desk.db")
    app = create_app(tmp_path / "desk.db", background=True)
    server = uvicorn.Server(uvicorn.Config(app, "127.0.0.1", 0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}", app
    server.should_exit = True
    thread.join(timeout=20)


@pytest.fixture
def page(desk: tuple[str, Any], browser: Browser) -> Iterator[Page]:
    """A page of somebody who is signed in; whatever the console complains of fails the test."""
    address, app = desk
    page = browser.new_page(base_url=address)
    wrong: list[str] = []
    page.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: wrong.append(str(e)))
    page.on("request", lambda r: wrong.append(r.url) if not r.url.startswith(address) else None)
    page.goto("/sign-in?back=/review")
    page.keyboard.press("Tab")
    page.fill("#f-token", app.state.record.make_token("Tess"))
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-deck]")
    page.wait_for_load_state("networkidle")
    yield page
    page.close()
    assert wrong == [], "nothing is loaded from elsewhere, and the policy is kept"


def judged(desk: tuple[str, Any]) -> list[tuple[str, str]]:
    return [(j.verb, j.by) for j in desk[1].state.record.judgements()]


def test_review_by_the_keyboard_alone(desk: tuple[str, Any], page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.wait_for_selector(".deck > .card:nth-child(1) .verdict")
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.wait_for_selector(".deck > .card:nth-child(2) .verdict")
    assert judged(desk) == [("reject", "Tess"), ("accept", "Tess")]
    page.keyboard.press("k")
    page.keyboard.press("u")
    page.wait_for_selector(".deck > .card:nth-child(1) .verdict.undo")
    assert judged(desk) == [("accept", "Tess")]
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("n")
    page.keyboard.type("ask the ministry")
    page.keyboard.press("Enter")
    page.wait_for_selector(".deck > .card:nth-child(3) .verdict")
    assert [j.why for j in desk[1].state.record.judgements()][-1] == "ask the ministry"


def test_a_claim_opens_beside_the_text_and_a_citation_in_place(desk: tuple[str, Any], page: Page) -> None:
    page.goto("/document/gazette.txt")
    page.click(".mark >> nth=0")
    page.wait_for_selector("#panel .panel")
    assert "Harbour Gazette" in page.inner_text("#panel")
    page.keyboard.press("Escape")
    assert page.inner_text("#panel") == ""
    page.click("text=Copy citation")
    page.wait_for_selector(".cites pre")
    assert "@article" in page.inner_text(".cites")
    page.goto("/document/hostile.html")
    assert page.title().startswith('"><script>')
