"""Every page for those who see, hear or hold it differently: axe finds no serious fault, nothing runs out of a small screen."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.web.running import Opened

PATHS = (
    "/", "/?of=event&state=KAZ", "/pair/CZE/KAZ", "/pair/CZE/KAZ/met", "/pair/CZE/KAZ/figures", "/pair/CZE/KAZ/promises",
    "/pair/CZE/KAZ/disputes", "/pair/CZE/KAZ/offices", "/pair/CZE/KAZ?known=2024-05-20&on=2024-05-16", "/pair/AUS/ZMB", "/state/KAZ",
    "/person/person:aigerim-sultanbekova", "/organization/org:eaeu", "/office/KAZ/minister%20of%20foreign%20affairs",
    "/coverage?states=CZE,KAZ", "/coverage?states=AUS,ZMB", "/search?q=titanium", "/conflicts", "/review", "/judgements", "/sign-in",
    "/nowhere",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_a_page_serves_everybody(desk: str, opened: Opened, path: str) -> None:
    page = opened(desk + path, quiet="nowhere" not in path)
    _drawn(page)
    assert not _faults(page)
    page.emulate_media(color_scheme="dark")
    _drawn(page)
    assert not _faults(page, runOnly=["color-contrast"]), "dark"
    page.set_viewport_size({"width": 380, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 380, "it runs out of a small screen"


def _faults(page: Page, **options: object) -> list[str]:
    """What axe finds that is serious."""
    found = [v for v in Axe().run(page, options=options or None).response["violations"] if v["impact"] in ("serious", "critical")]
    return [f"{v['id']}: {v['nodes'][0]['html'][:200]} {v['nodes'][0]['failureSummary'][:200]}" for v in found]


def _drawn(page: Page) -> None:
    """Wait until the first chart is drawn."""
    if page.locator(".plot").count():
        page.locator(".plot svg.marks").first.wait_for(timeout=60_000)
