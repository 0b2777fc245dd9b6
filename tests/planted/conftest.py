"""What is true in the demo company lies in the intervals; what is not there is not claimed.

The demo company is drawn anew from 20 seeds in the deep run, from 3 of them otherwise, and
published by the release's own kernel into a database in memory (`tests.planted.released`), so that
every figure comes through the door that pages and the terminal use. `pytest --deep tests/planted`
lists the figures that were found.
"""

from collections.abc import Callable

import pytest

from tests.planted.company import QUICK, SEEDS
from tests.planted.telling import FIGURE, Tell

FOUND: list[tuple[str, str]] = []


@pytest.fixture(scope="session")
def seeds(*, deep: bool) -> tuple[int, ...]:
    return SEEDS if deep else SEEDS[:QUICK]


@pytest.fixture(scope="session")
def enough(seeds: tuple[int, ...]) -> int:
    """Of how many seeds a planted effect must be found: 80 %, so of three of two."""
    return int(0.8 * len(seeds))


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Tell:
    """Says what figure a test found."""
    return lambda figure: record_property(FIGURE, figure)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.when == "call":
        test = report.nodeid.rpartition("::")[2]
        FOUND.extend((test, str(text)) for name, text in report.user_properties if name == FIGURE)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for test, figure in FOUND:
        terminalreporter.write_line(f"{test}: {figure}")
