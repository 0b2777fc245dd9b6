"""The app as a visitor finds it, without a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _local_address() -> Iterator[None]:
    """Tests run as the shipped configuration does: on this machine only."""
    before = config.get_option("server.address")
    config.set_option("server.address", "localhost")
    yield
    config.set_option("server.address", before)


def visit(*, locale: str = "en-GB", **address: str | list[str]) -> AppTest:
    """Open the home page; `address` holds the parameters behind the question mark."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    app.context = {"locale": locale}
    for name, value in address.items():
        app.query_params[name] = value
    return healthy(app.run())


def healthy(app: AppTest) -> AppTest:
    """The app, if it drew without an error."""
    assert not app.exception, app.exception
    assert not app.error, [error.value for error in app.error]
    return app


def texts(app: AppTest) -> str:
    """Every text on the page, one after the other."""
    kinds = (app.title, app.header, app.markdown, app.caption, app.html, app.info)
    return "\n".join(str(element.value) for kind in kinds for element in kind)
