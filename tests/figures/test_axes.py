"""Round numbers that hold what is drawn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures.axes import nice_ticks


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 100, [0, 25, 50, 75, 100]),
        (21.3, 24.9, [21, 22, 23, 24, 25]),
        (2.31, 2.44, [2.3, 2.35, 2.4, 2.45]),
        (-12, 31, [-20, 0, 20, 40]),
        (5, 5, [4, 6]),
        (0, 0, [0, 0.25]),
    ],
)
def test_ticks(low: float, high: float, ticks: list[float]) -> None:
    assert nice_ticks(low, high) == ticks


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))
def test_ticks_hold_the_numbers(low: float, span: float) -> None:
    ticks = nice_ticks(low, low + span)
    slack = span * 1e-6
    assert ticks[0] <= low + slack
    assert ticks[-1] >= low + span - slack
    assert 2 <= len(ticks) <= 12
