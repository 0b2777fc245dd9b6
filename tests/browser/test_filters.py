"""Filters by address and by hand: they stay over pages, and the address says them."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, settled

pytestmark = pytest.mark.browser


def parameters(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def go(page: Page, name: str) -> None:
    page.locator(".st-key-menu").get_by_role("link", name=name).click()
    expect(page).to_have_title(f"{name} · Werkvloer")
    settled(page)


def test_filters_by_address_survive_navigation(visit: Visit) -> None:
    page = visit("/?location=L04&from=2025-01")
    title = page.locator("h1").inner_text()
    go(page, "Methods")
    assert parameters(page) == {"location": ["L04"], "from": ["2025-01"]}
    go(page, "Overview")
    assert parameters(page) == {"location": ["L04"], "from": ["2025-01"]}
    assert page.locator("h1").inner_text() == title
    expect(page.get_by_text("Duinvaart", exact=False).first).to_be_visible()


def test_deep_link_to_another_page_keeps_the_filter_for_the_overview(visit: Visit) -> None:
    page = visit("/privacy?location=L04")
    go(page, "Overview")
    assert parameters(page)["location"] == ["L04"]


def test_row_sets_the_filter_and_back_takes_it_away(visit: Visit) -> None:
    page = visit()
    everything = page.locator("h1").inner_text()
    page.locator(".st-key-rows-look button").first.click()
    expect(page.locator(".st-key-filter_reset button")).to_be_enabled()
    settled(page)
    assert "location" in parameters(page)
    assert page.locator("h1").inner_text() != everything
    page.locator(".st-key-filter_reset button").click()
    expect(page.locator(".st-key-filter_reset button")).to_be_disabled()
    settled(page)
    assert parameters(page) == {}
    assert page.locator("h1").inner_text() == everything


def test_filter_is_chosen_by_keyboard_alone(visit: Visit) -> None:
    page = visit()
    box = page.locator(".st-key-filter_region input").first
    box.focus()
    # The first entry chooses all of them.
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-filter_reset button")).to_be_enabled()
    settled(page)
    assert len(parameters(page)["region"]) == 1
