"""What people do at the desk, in a real browser: read a folder, open a pair, follow a figure to its sentence, judge, undo, search.

They go back in time, and take charts along; and all of it is there to read without JavaScript.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from dragoman import Record
from tests.web.running import Opened, serving

PAIR = "/pair/CZE/KAZ"
LABELS = "[...document.querySelectorAll('#timeline svg .role-axis-label text')].map(t => t.textContent).sort().join()"


def test_a_folder_that_was_just_read_is_there(tmp_path: Path, root: Path, opened: Opened) -> None:
    path = tmp_path / "new.db"
    with Record(path) as record:
        record.read(root / "examples/14-appointment-of-ambassador.txt")
    with serving(path) as (address, _):
        page = opened(address)
        expect(page.get_by_role("heading", name="What documents brought lately")).to_be_visible()
        assert page.locator(".news h3 a").count() == 1
        page.locator(".news h3 a").click()
        expect(page.locator("article.text")).to_be_visible()
        page.close()  # before the desk ends, which it may still ask for something


def test_the_map_and_the_table_lead_to_a_pair(desk: str, opened: Opened) -> None:
    page = opened(desk)
    arc = page.locator("svg.map a.arc").filter(has_text="Czechia and Kazakhstan")
    assert "contacts" in (arc.get_attribute("aria-label") or "")
    page.locator("table.pairs").get_by_role("link", name="Czechia and Kazakhstan").click()
    expect(page).to_have_url(re.compile(PAIR))
    expect(page.get_by_role("heading", level=1)).to_have_text("Czechia and Kazakhstan")


def test_the_map_shows_the_period_and_the_kind_that_were_asked_for(desk: str, opened: Opened) -> None:
    page = opened(desk)
    page.locator("select[name=of]").select_option("event")
    page.locator(".mapbox input[name=since]").fill("2024-05")
    page.locator(".mapbox form button").click()
    expect(page.locator("#h-map")).to_have_text(re.compile("Events between states, since May 2024"))
    assert page.locator("svg.map a.arc").count() >= 1
    page.goto(f"{desk}/?until=1899-12")
    expect(page.get_by_text("No contacts are recorded for this period")).to_be_visible()


def test_every_chart_of_a_pair_is_drawn(desk: str, opened: Opened) -> None:
    page = opened(desk + PAIR)
    for plot in page.locator(".plot").all():
        plot.scroll_into_view_if_needed()
        expect(plot.locator("svg.marks")).to_be_visible(timeout=15_000)
        assert plot.get_attribute("role") == "graphics-document"
        assert plot.get_attribute("aria-label"), "a chart says in words what it shows"


def test_a_figure_leads_to_its_sentence(desk: str, opened: Opened) -> None:
    page = opened(f"{desk}{PAIR}/figures")
    row = page.locator("tr", has_text="USD 1.4862 billion").first
    row.locator("a.ev").click()
    quote = row.locator("blockquote").first
    expect(quote).to_contain_text("1,486.2")
    words = quote.inner_text()
    row.get_by_role("link", name="Read it in the document").click()
    expect(page.locator("article.text")).to_contain_text(words[:60])
    target = page.evaluate("document.querySelector(location.hash)?.getBoundingClientRect().top")
    assert target is not None, "the address ends at the claim's place"
    assert 0 <= target < 900, "the words are in view"


def test_evidence_opens_and_closes_with_the_keyboard(desk: str, opened: Opened) -> None:
    page = opened(f"{desk}{PAIR}/contacts")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the text")).to_be_focused()
    link = page.locator(".facts a.ev").first
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".facts .evidence").first).to_be_visible()
    assert link.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Enter")
    expect(page.locator(".facts .evidence")).to_have_count(0)
    assert link.get_attribute("aria-expanded") == "false"


def test_a_click_on_a_point_opens_the_words_behind_it(desk: str, opened: Opened) -> None:
    page = opened(desk + PAIR)
    figure = page.locator("#figures figure").first
    figure.scroll_into_view_if_needed()
    point = figure.locator("svg.marks .mark-symbol.role-mark path").last
    expect(point).to_be_visible(timeout=15_000)
    point.click(force=True)
    expect(figure.locator(".evidence blockquote").first).to_be_visible()


def test_a_conflict_is_judged_and_the_judgement_undone(own_desk: tuple[str, Any], opened: Opened) -> None:
    address, app = own_desk
    page = opened(f"{address}/sign-in?back=/conflicts")
    page.get_by_label("Token").fill(app.state.record.make_token("Ada"))
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Trade turnover of Indonesia and Kenya, 2023").click()
    expect(page.locator(".sidebyside > li")).to_have_count(2)
    card = page.locator(".sidebyside > li", has_text="628").first
    card.get_by_role("button", name="Wrong").click()
    expect(card).to_contain_text("Ada")
    page.goto(f"{address}/conflicts")
    expect(page.get_by_role("link", name="Trade turnover of Indonesia and Kenya, 2023")).to_have_count(0)
    page.goto(f"{address}/judgements")
    expect(page.locator("main")).to_contain_text("Ada")
    page.get_by_role("button", name="Undo").first.click()
    page.wait_for_timeout(500)
    page.goto(f"{address}/conflicts")
    expect(page.get_by_role("link", name="Trade turnover of Indonesia and Kenya, 2023")).to_have_count(1)


def test_search_finds_words_and_keeps_its_filters_in_the_address(desk: str, opened: Opened) -> None:
    page = opened(f"{desk}/search")
    page.get_by_role("searchbox").or_(page.locator("input[name=q]")).first.fill("titanium")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=titanium"))
    expect(page.locator("main")).to_contain_text("titanium")


def test_a_day_in_the_past_is_kept_from_page_to_page(desk: str, opened: Opened) -> None:
    page = opened(f"{desk}{PAIR}")
    page.locator(".asof summary").click()
    page.get_by_label("Known on").fill("2024-05-20")
    page.locator(".asof button").click()
    expect(page).to_have_url(re.compile(r"known=2024-05-20"))
    expect(page.locator(".moment")).to_contain_text("20 May 2024")
    offices = page.locator("#offices")
    expect(offices).to_contain_text("Marat Dosan")
    expect(offices).not_to_contain_text("Aigerim Sultanbekova since 3 September 2024")
    page.get_by_role("navigation", name="Sections").get_by_role("link", name="Relations").click()
    expect(page).to_have_url(re.compile(r"known=2024-05-20"))
    page.get_by_role("link", name="Show the record as it is now").click()
    expect(page.locator(".moment")).to_have_count(0)


def test_who_was_in_office_on_a_day(desk: str, opened: Opened) -> None:
    page = opened(f"{desk}{PAIR}?on=2024-03-19")
    expect(page.locator("#offices .sides")).to_contain_text("Marat Dosan")
    expect(page.locator("#offices .sides")).not_to_contain_text("Aigerim Sultanbekova since 3 September 2024, no end")
    expect(page.locator("#h-offices")).to_contain_text("on 19 March 2024")


@pytest.mark.parametrize("form", ["SVG", "PNG"])
def test_a_chart_is_taken_along(desk: str, opened: Opened, form: str, tmp_path: Path) -> None:
    page = opened(desk + PAIR)
    with page.expect_download(timeout=120_000) as download:
        page.locator("#figures .take").get_by_role("link", name=form).first.click()
    data = _saved(download.value, tmp_path)
    assert data.startswith(b"<svg" if form == "SVG" else b"\x89PNG")
    if form == "SVG":
        assert b"Trade turnover" in data, "a file bears its title"
        assert b"http://" not in data.replace(b"http://www.w3.org", b""), "and refers to nothing elsewhere"


def test_a_table_is_taken_along(desk: str, opened: Opened, tmp_path: Path) -> None:
    page = opened(f"{desk}{PAIR}/promises")
    with page.expect_download(timeout=120_000) as download:
        page.locator(".take").get_by_role("link", name="JSON").click()
    rows = json.loads(_saved(download.value, tmp_path))
    assert len(rows) == 9
    assert all(row["standing"]["schedule"] for row in rows)


def _saved(download: Any, folder: Path) -> bytes:
    download.save_as(folder / "file")
    return (folder / "file").read_bytes()


def test_everything_reads_without_javascript(desk: str, opened: Opened) -> None:
    page = opened(desk + PAIR, java_script_enabled=False)
    expect(page.locator("#met tbody tr").first).to_be_visible()
    picture = page.locator("#timeline figure img")
    expect(picture).to_be_visible()
    assert picture.get_attribute("alt")
    page.locator("#timeline a.ev").first.click()
    expect(page.locator("blockquote").first).to_be_visible()


def test_the_page_prints_without_its_controls(desk: str, opened: Opened) -> None:
    page = opened(desk + PAIR)
    page.emulate_media(media="print")
    expect(page.locator(".top nav")).to_be_hidden()
    expect(page.locator(".asof")).to_be_hidden()
    expect(page.locator("#agreements")).to_be_visible()


def test_a_timeline_is_zoomed_with_the_keyboard(desk: str, opened: Opened) -> None:
    page = opened(desk + PAIR)
    row = page.locator("#timeline .zoom")
    row.wait_for()
    before = page.evaluate(LABELS)
    row.get_by_role("button", name="Shorter time").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_function(f"before => {LABELS} !== before", arg=before)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "All of the time"
    page.keyboard.press("Enter")
    page.wait_for_function(f"before => {LABELS} === before", arg=before)
