"""What tests of building and publishing share."""

import pytest

from tests.models.raw_rows import Put, put


@pytest.fixture
def bring() -> Put:
    """Stores frames, by the name of their table, as the next batch."""
    return put
