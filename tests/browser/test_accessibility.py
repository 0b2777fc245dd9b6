"""axe-core finds nothing serious or critical on any page, light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from pages.shared.registry import PAGES
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
GRAVE = ("serious", "critical")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("code", [page.code for page in PAGES])
def test_no_grave_finding(visit: Visit, code: str, theme: str) -> None:
    page = visit("/" if code == PAGES[0].code else f"/{code}", theme=theme)
    found = Axe().run(page).response["violations"]
    grave = [
        f"{finding['id']}: {node['html'][:200]} {node.get('failureSummary', '')}"
        for finding in found
        if finding["impact"] in GRAVE
        for node in finding["nodes"]
    ]
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
