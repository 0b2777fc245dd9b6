"""How long a page takes in Chromium, from the address or a filter to the last mark drawn.

The end is read from the page itself: the script has stopped, every chart has its marks, and the
main area has not changed for a while. The time of its last change is what counts, so the while
that was waited is not in it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, ViewportSize

QUIET_MILLISECONDS = 700
PATIENCE_MILLISECONDS = 120_000
WINDOW: ViewportSize = {"width": 1440, "height": 900}

# Notes the time of every change in the main area, and of the key that chooses a filter.
WATCH = """
window.bench = {changed: 0, chosen: 0};
const main = '[data-testid="stMain"]';
new MutationObserver(changes => {
    const inMain = change => {
        const node = change.target;
        return (node.nodeType === 1 ? node : node.parentElement)?.closest(main);
    };
    if (changes.some(inMain)) window.bench.changed = performance.now();
}).observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
document.addEventListener('keydown', event => {
    if (event.key === 'Enter') window.bench.chosen = performance.now();
}, true);
"""

DRAWN = """
({quiet, after}) => {
    const app = document.querySelector('[data-testid="stApp"]');
    const plots = [...document.querySelectorAll('.js-plotly-plot')];
    return app?.getAttribute('data-test-script-state') === 'notRunning'
        && !document.querySelector('[data-stale="true"], [data-testid="stSkeleton"]')
        && plots.every(plot => plot.querySelector('.main-svg'))
        && window.bench.changed > after
        && performance.now() - window.bench.changed > quiet;
}
"""

# Plotly's charts; the project's own heat tables and cards, or Streamlit's metrics; sparklines.
CONTENT = (
    ".js-plotly-plot",
    ".wv-heat",
    '.wv-card, [data-testid="stMetric"]',
    '.wv-spark, [data-testid="stMetricChart"]',
)
# Numbers are typed arrays in the browser; the template is Streamlit's own.
CHARTS = """
() => JSON.stringify(
    [...document.querySelectorAll('.js-plotly-plot')].map(
        plot => ({data: plot.data, layout: plot.layout})
    ),
    (key, value) => key === 'template' ? undefined
        : ArrayBuffer.isView(value) ? Array.from(value) : value
)
"""
FILTER = '[data-testid="stSidebar"] [data-testid="stMultiSelect"] input'


@dataclass(frozen=True, slots=True)
class Drawn:
    """Seconds until the last mark: on loading, and after choosing the first value of a filter."""

    load: float
    filtered: float


@dataclass(frozen=True, slots=True)
class Content:
    """How much a page draws: charts, heat tables (a chart by another means), figures on cards."""

    charts: int
    heats: int
    cards: int
    sparklines: int


@contextmanager
def _opened(browser: Browser, address: str) -> Iterator[Page]:
    """A page in a fresh profile, loaded and drawn."""
    context = browser.new_context(viewport=WINDOW, locale="en-GB")
    try:
        page = context.new_page()
        page.add_init_script(WATCH)
        page.goto(address, wait_until="commit")
        _wait(page, after=0)
        yield page
    finally:
        context.close()


def _wait(page: Page, *, after: float) -> None:
    page.wait_for_function(
        DRAWN,
        arg={"quiet": QUIET_MILLISECONDS, "after": after},
        timeout=PATIENCE_MILLISECONDS,
        polling=50,
    )


def content(browser: Browser, address: str) -> Content:
    """What the page at this address draws."""
    with _opened(browser, address) as page:
        return Content(*(page.locator(selector).count() for selector in CONTENT))


def charts(browser: Browser, address: str) -> str:
    """The charts of the page at this address, as JSON: data and layout of each."""
    with _opened(browser, address) as page:
        return str(page.evaluate(CHARTS))


def drawn(browser: Browser, address: str) -> Drawn:
    """Load the page once and choose the first value of its first filter."""
    with _opened(browser, address) as page:
        load = page.evaluate("window.bench.changed")
        page.locator(FILTER).first.click()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        chosen = page.evaluate("window.bench.chosen")
        _wait(page, after=chosen)
        return Drawn(load / 1000, (page.evaluate("window.bench.changed") - chosen) / 1000)
