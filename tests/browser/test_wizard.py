"""A Dutch export with odd headings: dropped, corrected, seen, saved, imported, and the next one."""

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine

from tests.browser.conftest import PATIENCE, dashboard, settled
from tests.browser.test_accessibility import grave_findings

pytestmark = pytest.mark.browser

HEADINGS = (
    "Pers.nr.;Volledige naam;Geb. datum;In dienst per;Uit dienst per;Filiaal;Rayon;Plek;"
    "Rol binnen filiaal;Soort contract;Parttime %;Waarom weg"
)
JUNE = """
1001;Jan Voorbeeld;01-02-1980;01-03-2019;;AMS-01;Noord;Winkelvloer;Verkoper;Vast contract;80;
1002;Piet Voorbeeld;11-02-1981;15-04-2020;31-12-2023;UTR-01;Midden;Kantoor;Verkoper;Tijdelijk;100;\
Eigen verzoek
1003;Els Voorbeeld;21-02-1982;01-09-2021;;AMS-01;Noord;Kantoor;Planner;Oproepkracht;50;
"""
JULY = JUNE.replace("1003;Els", "1004;Bo").replace("01-09-2021", "01-07-2024")


def written(folder: Path, name: str, rows: str) -> Path:
    path = folder / name
    path.write_text(HEADINGS + rows, encoding="utf-8")
    return path


def pick(page: Page, key: str, option: str) -> None:
    """Choose from a list by keyboard: type a part of the option, then Enter."""
    box = page.locator(f".st-key-{key} input")
    box.click()
    box.fill(option)
    page.get_by_role("option", name=option).first.wait_for()
    page.keyboard.press("Enter")
    settled(page)


@pytest.mark.slow
def test_from_an_odd_export_to_the_next_one(
    browser: Browser, database: Engine, tmp_path: Path
) -> None:
    june = written(tmp_path, "Personeelslijst juni 2024.csv", JUNE)
    july = written(tmp_path, "Personeelslijst juli 2024.csv", JULY)
    folder = Path(str(database.url.database)).parent
    with dashboard(folder, tmp_path / "log") as address:
        page = browser.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(f"{address}/imports")
        settled(page)
        page.set_input_files("input[type=file]", june)
        wizard = page.locator(".st-key-mapping_wizard")
        expect(wizard).to_contain_text("Personeelslijst juni 2024.csv", timeout=PATIENCE)
        settled(page)
        expect(wizard).to_contain_text("The first 3 rows can be read.")
        assert "Voorbeeld" not in wizard.inner_text()

        pick(page, "mapping_column_11", "end_reason")
        assert "Words" in page.locator(".st-key-mapping_card_11").inner_text()

        # What is not saved survives a visit to another page; only the file has to be chosen again.
        page.get_by_role("link", name="Methods").press("Enter")
        page.get_by_role("heading", name="Methods", level=1).wait_for()
        page.get_by_role("link", name="Imports").press("Enter")
        expect(page.get_by_text("Nothing is lost.")).to_be_visible(timeout=PATIENCE)
        page.set_input_files("input[type=file]", june)
        expect(page.get_by_text("Nothing is lost.")).to_be_hidden(timeout=PATIENCE)
        settled(page)
        assert "Words" in page.locator(".st-key-mapping_card_11").inner_text()

        name = page.locator(".st-key-mapping_name input")
        name.fill("Ons personeel")
        name.press("Enter")
        settled(page)
        page.locator(".st-key-mapping_save button").click()
        expect(page.get_by_text("Ons personeel is saved and chosen.")).to_be_visible()
        page.locator(".st-key-start_import button").click()
        expect(page.get_by_text("5 rows were stored as batch 1")).to_be_visible(timeout=PATIENCE)

        page.get_by_role("button", name=f"Remove {june.name}").click()
        expect(page.locator(".st-key-start_import button")).to_be_disabled()
        settled(page)
        page.set_input_files("input[type=file]", july)
        expect(page.locator(".st-key-start_import button")).to_be_enabled(timeout=PATIENCE)
        settled(page)
        chosen = page.locator("[class*='st-key-import_mapping'] input")
        expect(chosen).to_have_value("Ons personeel (saved)")
        expect(wizard).to_be_hidden()
        page.locator(".st-key-start_import button").click()
        expect(page.get_by_text("5 rows were stored as batch 2")).to_be_visible(timeout=PATIENCE)
        page.close()


@pytest.mark.parametrize(("width", "theme"), [(1440, "dark"), (390, "light")])
def test_the_wizard_fits_and_has_no_grave_finding(
    browser: Browser, database: Engine, tmp_path: Path, width: int, theme: Literal["dark", "light"]
) -> None:
    file = written(tmp_path, "Personeelslijst juni 2024.csv", JUNE)
    folder = Path(str(database.url.database)).parent
    with dashboard(folder, tmp_path / "log") as address:
        page = browser.new_page(viewport={"width": width, "height": 844}, color_scheme=theme)
        page.set_default_timeout(PATIENCE)
        page.goto(f"{address}/imports")
        settled(page)
        page.set_input_files("input[type=file]", file)
        page.locator(".st-key-mapping_preview").wait_for()
        settled(page)
        wide = page.evaluate(
            "() => { const main = document.querySelector('.stMain'); "
            "return main.scrollWidth - main.clientWidth; }"
        )
        assert wide <= 0
        grave = grave_findings(page)
        assert not grave, "\n".join(grave)
        page.close()
