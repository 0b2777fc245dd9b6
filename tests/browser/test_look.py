"""Languages, themes, a telephone, paper."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit, settled

pytestmark = pytest.mark.browser
PATHS = ("/", "/interaction", "/imports", "/methods", "/privacy")


def test_browser_language_and_switch(visit: Visit) -> None:
    page = visit(locale="nl-NL")
    expect(page.get_by_role("heading", name="Wat nu te doen")).to_be_visible()
    page.locator(".stSidebar").get_by_text("English").click()
    expect(page.get_by_role("heading", name="What to do next")).to_be_visible()
    assert "lang=en" in settled(page).url
    page.locator(".stSidebar").get_by_text("Nederlands").click()
    expect(page.get_by_role("heading", name="Wat nu te doen")).to_be_visible()
    assert "lang=nl" in settled(page).url


def test_dark_theme_reaches_text_pictures_and_cards(visit: Visit) -> None:
    parts = [".stApp", ".wv-card", ".wv-heat td.h9, .wv-heat td.h8, .wv-heat td.h7"]
    line = ".scatterlayer .js-line"
    colours = {}
    for theme in ("light", "dark"):
        page = visit(theme=theme)
        for part in (*parts, line):
            # A picture is drawn a moment after the page has settled.
            page.locator(part).first.wait_for(state="attached")
        colours[theme] = page.evaluate(
            """([parts, line]) => parts
                .map(each => getComputedStyle(document.querySelector(each)).backgroundColor)
                .concat(getComputedStyle(document.querySelector(line)).stroke)
            """,
            [parts, line],
        )
    assert all(light != dark for light, dark in zip(*colours.values(), strict=True)), colours


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_wider_than_a_telephone(visit: Visit, path: str) -> None:
    page = visit(path, width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    wide = page.evaluate(
        "() => { const main = document.querySelector('.stMain'); "
        "return main.scrollWidth - main.clientWidth; }"
    )
    assert wide <= 0


def test_table_of_sites_scrolls_within_itself_on_a_telephone(visit: Visit) -> None:
    page = visit(width=390, height=844)
    region = page.get_by_role("region", name="Sites against key figures")
    assert region.evaluate("box => box.scrollWidth > box.clientWidth")
    region.focus()
    expect(region).to_be_focused()


def test_paper_has_the_figures_and_not_the_controls(visit: Visit) -> None:
    page = visit()
    page.emulate_media(media="print")
    expect(page.locator(".wv-cards")).to_be_visible()
    expect(page.locator(".wv-heat")).to_be_visible()
    expect(page.locator(".stSidebar")).to_be_hidden()
    for control in page.locator("[class*='st-key-screen-only']").all():
        expect(control).to_be_hidden()


def test_key_figure_shows_value_interval_n_and_course(visit: Visit) -> None:
    page = visit()
    card = page.locator(".wv-card").first
    text = card.inner_text()
    for part in ("Burnout risk", "%", "95 % interval", "n = "):
        assert part in text
    assert card.locator("img").evaluate("picture => picture.naturalWidth") > 0


def test_numbers_behind_a_picture_open(visit: Visit) -> None:
    page = visit()
    assert page.locator(".stDataFrame").count() == 0
    page.get_by_text("The numbers as a table").first.click()
    expect(page.locator(".stDataFrame").first).to_be_visible()


def test_explanation_opens_with_the_command(visit: Visit) -> None:
    page = visit("/?location=L04")
    page.get_by_text("How is this computed?").click()
    expect(page.locator(".stCode").first).to_contain_text(
        "python manage.py metric measure.share_at_risk --measure bat12 --where location=L04"
    )
