"""A real server on the demo company, and a real Chromium in front of it."""

import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests import chromium
from tests.serving import ROOT, serve

PATIENCE = 30_000

# Streamlit asks for these beside the page's own path first; the answers at the root count.
PROBES = ("/_stcore/health", "/_stcore/host-config")

Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium.launched() as launched:
        yield launched


@contextmanager
def dashboard(folder: Path, log: Path) -> Iterator[str]:
    """Serves a data folder; the server has drawn the home page once, so it knows its pages."""
    environment = {
        "WERKVLOER_DATA": str(folder),
        "WERKVLOER_DATABASE_URL": f"sqlite:///{folder / 'werkvloer.db'}",
    }
    with serve(ROOT / "app.py", environment, log=log) as served:
        with urllib.request.urlopen(f"{served}/_stcore/script-health-check", timeout=60):
            pass
        yield served


@pytest.fixture(scope="session")
def address(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the demo company's dashboard."""
    with dashboard(demo_data, tmp_path_factory.mktemp("server") / "log") as served:
        yield served


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """Opens a path in a fresh profile; at the end no page may have logged an error."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(path: str = "/", *, width: int = 1440, height: int = 900, **settings: str) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale=settings.get("locale", "en-GB"),
            color_scheme="dark" if settings.get("theme") == "dark" else "light",
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda message: (
                complaints.append(message.text)
                if message.type == "error" and not message.location["url"].endswith(PROBES)
                else None
            ),
        )
        page.on(
            "request",
            lambda request: (
                complaints.append(f"fetched from elsewhere: {request.url}")
                if not request.url.startswith(
                    (address, "data:", "blob:", address.replace("http", "ws"))
                )
                else None
            ),
        )
        page.goto(address + path)
        return settled(page)

    yield opened
    for context in contexts:
        context.close()
    assert not complaints


def settled(page: Page) -> Page:
    """The page, once its script has ended and every picture is drawn."""
    page.locator("h1").first.wait_for()
    # Streamlit fetches the code of each kind of element, the style sheet's too, when it is needed.
    page.wait_for_load_state("networkidle")
    page.wait_for_function(
        "() => [...document.querySelectorAll('style')]"
        ".some(each => each.textContent.includes('.wv-cards'))"
    )
    expect(page.locator(".stApp")).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=PATIENCE
    )
    page.wait_for_function(
        "() => !document.querySelector('[data-stale=\"true\"], .stSkeleton') && "
        "[...document.querySelectorAll('.stPlotlyChart')]"
        ".every(chart => chart.querySelector('.main-svg'))",
        timeout=PATIENCE,
    )
    # Streamlit may start another run right after the first one ended.
    page.wait_for_timeout(250)
    expect(page.locator(".stApp")).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=PATIENCE
    )
    return page
