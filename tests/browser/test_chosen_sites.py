"""Choosing a dot in a funnel limits the page to that site."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit, settled

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("page_code", ["burnout", "turnover"])
def test_a_chosen_dot_becomes_the_filter(visit: Visit, page_code: str) -> None:
    page = visit(f"/{page_code}")
    funnel = page.locator(f".st-key-{page_code}-funnel .js-plotly-plot")
    funnel.scroll_into_view_if_needed()
    dot = funnel.locator(".scatterlayer .trace").last.locator(".point").first
    box = dot.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    button = page.get_by_role("button", name="Show only")
    expect(button).to_be_visible()
    name = button.inner_text().split("Show only ")[1].strip()
    button.click()
    expect(page.locator(".st-key-filter_reset button")).to_be_enabled()
    settled(page)
    assert len(parse_qs(urlsplit(page.url).query)["location"]) == 1
    chosen = page.locator(".st-key-filter_location")
    expect(chosen).to_contain_text(name)
