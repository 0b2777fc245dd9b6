"""axe-core finds nothing serious or critical on any page, light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from pages.shared.registry import PAGES
from tests.browser.conftest import Visit, settled

pytestmark = pytest.mark.browser
GRAVE = ("serious", "critical")


def grave_findings(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{finding['id']}: {node['html'][:200]} {node.get('failureSummary', '')}"
        for finding in found
        if finding["impact"] in GRAVE
        for node in finding["nodes"]
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("code", [page.code for page in PAGES])
def test_no_grave_finding(visit: Visit, code: str, theme: str) -> None:
    page = visit("/" if code == PAGES[0].code else f"/{code}", theme=theme)
    grave = grave_findings(page)
    assert not grave, "\n".join(grave)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_grave_finding_when_all_is_open(visit: Visit, theme: str) -> None:
    page = visit("/?location=L04&lang=nl", theme=theme)
    page.get_by_text("Hoe is dit berekend?").click()
    expect(page.locator(".stCode")).to_be_visible()
    page.get_by_text("De cijfers als tabel").first.click()
    expect(page.locator(".stDataFrame")).to_be_visible()
    grave = grave_findings(settled(page))
    assert not grave, "\n".join(grave)


def test_pictures_have_a_description(visit: Visit) -> None:
    page = visit()
    for picture in page.locator(".stPlotlyChart").all():
        described = picture.evaluate(
            "chart => [chart, ...chart.querySelectorAll('*')]"
            ".map(each => each.getAttribute('aria-label')).find(Boolean)"
        )
        assert described
    for image in page.locator(".wv-card img").all():
        assert image.get_attribute("alt")
