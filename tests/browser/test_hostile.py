"""Names that would run code if a page took them for mark-up: nothing runs, nothing is fetched."""

import csv
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from shutil import copytree

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE, dashboard, settled
from tests.serving import ROOT

pytestmark = pytest.mark.browser

CATCH = "document.documentElement.dataset.caught='yes'"
NAMES = (
    f"<script>{CATCH}</script>",
    f'<img src=x onerror="{CATCH}">',
    f"<svg/onload={CATCH}>",
    f"[click](javascript:{CATCH})",
    "![x](http://192.0.2.1/pixel.png)",
    "<a href='http://192.0.2.1'>x</a>",
    ":red[gone] :material/delete: $x^2$",
    "</style><style>body{display:none}</style>",
    "<iframe srcdoc='x'></iframe>",
)
PAGES = ("imports", "", "privacy", "methods")

# Everything that a name could have put into the page. Empty when it stayed text.
PUT_IN = """() => [
    ...document.querySelectorAll('[data-caught], [onerror], [onload], iframe[srcdoc]'),
    ...document.querySelectorAll('img[src="x"], [src*="192.0.2.1"], [href*="192.0.2.1"]'),
    ...document.querySelectorAll('a[href^="javascript"]'),
    ...[...document.querySelectorAll('script, style')].filter(
        each => each.textContent.includes('dataset.caught')
            || each.textContent == 'body{display:none}'),
].map(each => each.outerHTML)"""


@pytest.fixture(scope="module")
def company(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo company, whose sites have come again under names that are mark-up."""
    folder = tmp_path_factory.mktemp("hostile")
    data, files = Path(copytree(demo_data, folder / "data")), folder / NAMES[1].replace("/", "")
    files.mkdir()
    with closing(sqlite3.connect(data / "werkvloer.db")) as connection, connection:
        connection.row_factory = sqlite3.Row
        sites = [dict(row) for row in connection.execute("SELECT * FROM raw_locations")]
    by_id = {site["location_id"]: site for site in sites}
    with (files / "locations.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [name for name in sites[0] if name != "batch"])
        writer.writeheader()
        for place, site in enumerate(by_id.values()):
            kept = {name: value for name, value in site.items() if name != "batch"}
            writer.writerow(kept | {"name": f"{NAMES[place % len(NAMES)]} {place}"})
    environment = {
        **os.environ,
        "WERKVLOER_DATA": str(data),
        "WERKVLOER_DATABASE_URL": f"sqlite:///{data / 'werkvloer.db'}",
    }
    subprocess.run(
        [sys.executable, "manage.py", "import", str(files)],
        cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=True, capture_output=True,
    )  # fmt: skip
    with closing(sqlite3.connect(data / "werkvloer.db")) as connection, connection:
        # What is published keeps the names that it had: as if they had been these from the start.
        connection.execute(
            "UPDATE released_location SET name = (SELECT name FROM raw_locations AS raw "
            "WHERE raw.location_id = released_location.location_id ORDER BY batch DESC LIMIT 1)"
        )
    return data


@pytest.fixture(scope="module")
def served(company: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with dashboard(company, tmp_path_factory.mktemp("server") / "log") as address:
        yield address


@contextmanager
def watched(browser: Browser, address: str) -> Iterator[Page]:
    """A page that may open no dialog, no window, and no other address."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    strayed: list[str] = []

    def dismissed(dialog: object) -> None:
        strayed.append("a dialog opened")
        dialog.dismiss()  # type: ignore[attr-defined]

    page.on("dialog", dismissed)
    page.on("popup", lambda popup: strayed.append(f"a window opened: {popup.url}"))
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((address, address.replace("http", "ws"), "data:", "blob:"))
            else strayed.append(request.url)
        ),
    )
    yield page
    context.close()
    assert not strayed


def opened(page: Page) -> None:
    """Open all that can be unfolded; what it shows may unfold again."""
    for _ in range(40):
        closed = page.locator("details:not([open]) > summary:visible")
        if not closed.count():
            break
        closed.first.click()
        settled(page)


@pytest.mark.parametrize("path", PAGES)
def test_names_of_sites_stay_text(browser: Browser, served: str, path: str) -> None:
    with watched(browser, served) as page:
        page.goto(f"{served}/{path}")
        settled(page)
        opened(page)
        assert page.evaluate(PUT_IN) == []
        if path == "":
            expect(page.get_by_text("<script>", exact=False).first).to_be_attached()
        assert page.url.split("?")[0].rstrip("/") == f"{served}/{path}".rstrip("/")


def test_names_of_files_and_values_stay_text(browser: Browser, served: str, tmp_path: Path) -> None:
    """Chosen, checked and refused: the name and the value stand in the report as text."""
    wrong = tmp_path / f"{NAMES[1]} locations.csv".replace("/", "")
    rows = "".join(f'"{name.replace(chr(34), chr(34) * 2)}",\n' for name in NAMES)
    bad = "".join(
        f'a{n},b,"{name.replace(chr(34), chr(34) * 2)}"\n' for n, name in enumerate(NAMES)
    )
    wrong.write_text(f"location_id,name,opened_on\n{rows}{bad}", encoding="utf-8")
    with watched(browser, served) as page:
        page.goto(f"{served}/imports")
        settled(page)
        page.set_input_files("input[type=file]", wrong)
        page.locator(".st-key-start_check button").click()
        expect(page.get_by_text("Not good yet")).to_be_visible(timeout=PATIENCE)
        settled(page)
        opened(page)
        assert page.evaluate(PUT_IN) == []
        assert page.url.startswith(f"{served}/imports")
