"""What is true in the demo company lies in the intervals; what is not there is not claimed.

The demo company is drawn anew from 20 seeds in the deep run, from 3 of them otherwise, and
published by the release's own kernel into a database in memory (`tests.planted.released`), so that
every figure comes through the door that pages and the terminal use.
"""

import pytest

from tests.planted.company import QUICK, SEEDS


@pytest.fixture(scope="session")
def seeds(*, deep: bool) -> tuple[int, ...]:
    return SEEDS if deep else SEEDS[:QUICK]
