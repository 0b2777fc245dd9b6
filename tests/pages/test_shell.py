"""The frame: pages that exist, each guarded; no address but this machine's without sign-in."""

import ast

import pytest
from streamlit import config

from pages.shared.registry import GROUPS, PAGES, page
from tests.pages.conftest import ROOT, healthy, texts, visit


def test_registered_pages_exist_once_and_in_a_group() -> None:
    assert len({entry.code for entry in PAGES}) == len(PAGES)
    for entry in PAGES:
        assert entry.path.is_file()
        assert entry.group in GROUPS
    assert page("overview") is PAGES[0]
    assert page("nowhere") is None


def test_no_page_lies_directly_in_pages() -> None:
    assert not list((ROOT / "pages").glob("*.py"))


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.code)
def test_a_page_begins_with_its_guard(entry: object) -> None:
    tree = ast.parse(entry.path.read_text(encoding="utf-8"))  # type: ignore[attr-defined]
    body = [
        node
        for node in tree.body
        if not isinstance(node, ast.Import | ast.ImportFrom)
        and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ]
    assert ast.unparse(body[0]) == "guard()"


def test_app_is_short() -> None:
    assert len((ROOT / "app.py").read_text(encoding="utf-8").splitlines()) < 80


@pytest.mark.parametrize("address", [None, "", "0.0.0.0", "192.168.1.2", "example.com"])
@pytest.mark.usefixtures("database")
def test_other_addresses_are_refused_without_sign_in(address: str | None) -> None:
    config.set_option("server.address", address)
    from streamlit.testing.v1 import AppTest

    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    assert "this machine only" in app.error[0].value
    assert not app.title
    assert not app.multiselect


@pytest.mark.usefixtures("demo_database")
def test_every_page_draws_in_both_languages() -> None:
    for language in ("en", "nl"):
        app = visit(lang=language)
        for entry in PAGES:
            app.switch_page(entry.file).run()
            assert texts(healthy(app))


@pytest.mark.usefixtures("demo_database")
def test_methods_shows_every_definition_and_can_be_narrowed() -> None:
    from metrics.definitions import METRICS

    app = visit()
    app.switch_page("pages/about/methods.py").run()
    said = texts(healthy(app))
    assert all(code in said for code in METRICS)
    narrow = len(app.table)
    app.toggle(key="only_filled").set_value(False).run()
    wide = sum(len(table.value) for table in app.table)
    app.toggle(key="only_filled").set_value(True).run()
    assert len(app.table) == narrow
    assert sum(len(table.value) for table in app.table) < wide


@pytest.mark.usefixtures("database")
def test_an_error_is_told_without_its_content(monkeypatch: pytest.MonkeyPatch) -> None:
    from pages.shared import sidebar

    def fail() -> None:
        raise ValueError("a secret value")

    monkeypatch.setattr(sidebar, "settle", fail)
    from streamlit.testing.v1 import AppTest

    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    assert "The page could not be drawn" in app.error[0].value
    assert not app.exception
    assert "secret" not in texts(app)
