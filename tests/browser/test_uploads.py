"""Files by the browser's own upload, to their problems and to what was stored."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import Engine, text

from tests.browser.conftest import PATIENCE, dashboard, settled

pytestmark = pytest.mark.browser


def test_upload_shows_problems_then_stores(
    browser: Browser, database: Engine, tmp_path: Path
) -> None:
    folder = Path(str(database.url.database)).parent
    wrong, right = tmp_path / "wrong", tmp_path / "right"
    for made, rows in ((wrong, "A,Alpha\nA,Alfa\n"), (right, "A,Alpha\nB,Beta\n")):
        made.mkdir()
        (made / "locations.csv").write_text(f"location_id,name\n{rows}", encoding="utf-8")
    with dashboard(folder, tmp_path / "log") as address:
        page = browser.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(f"{address}/imports")
        settled(page)
        page.set_input_files("input[type=file]", wrong / "locations.csv")
        page.locator(".st-key-start_import button").click()
        expect(page.get_by_text("Not good yet")).to_be_visible(timeout=PATIENCE)
        expect(page.get_by_text("Keep one row for each location_id.")).to_be_visible()
        page.get_by_role("button", name="Remove locations.csv").click()
        expect(page.locator(".st-key-start_import button")).to_be_disabled()
        settled(page)
        page.set_input_files("input[type=file]", right / "locations.csv")
        expect(page.locator(".st-key-start_import button")).to_be_enabled(timeout=PATIENCE)
        settled(page)
        page.locator(".st-key-start_import button").click()
        expect(page.get_by_text("2 rows were stored as batch 1")).to_be_visible(timeout=PATIENCE)
        with database.connect() as connection:
            assert connection.execute(text("SELECT actor FROM batch")).scalar() == "dashboard"
        page.close()
