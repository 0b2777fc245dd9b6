"""Words for pictures: the real ones, in English."""

import pytest

from translations.words import Words


@pytest.fixture
def english() -> Words:
    return Words("en")
