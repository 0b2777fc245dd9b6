"""Cronbach's alpha: by hand, at its ends, and how often its interval holds the truth."""

import numpy as np
import pytest

from metrics import reliability
from metrics.definitions import METRICS
from tests.metrics.by_hand import cells


def test_three_sheets_by_hand() -> None:
    """Items 1 2 3 and 1 3 2: variances 1 and 1, of their sums (2, 5, 5) 3; 2 (1 - 2/3) = 2/3."""
    assert reliability.alpha([[1, 1], [2, 3], [3, 2]]) == pytest.approx(2 / 3)


def test_equal_items_are_wholly_reliable() -> None:
    assert reliability.alpha([[1, 1, 1], [2, 2, 2], [4, 4, 4]]) == pytest.approx(1)


@pytest.mark.parametrize("sheets", [[[1, 2]], [[1], [2]], [[1, 2], [2, 1]], []])
def test_nothing_to_tell(sheets: list[list[int]]) -> None:
    assert np.isnan(reliability.alpha(sheets))


def test_items_without_anything_in_common_are_not_reliable() -> None:
    noise = np.random.default_rng(1).normal(size=(5_000, 12))
    assert reliability.alpha(noise) == pytest.approx(0, abs=0.06)


def test_the_interval_holds_the_truth(*, deep: bool) -> None:
    """Items of equal loading: alpha is k r / (1 + (k - 1) r), r the correlation between items."""
    rng, items, share = np.random.default_rng(2), 6, 0.3
    truth = items * share / (1 + (items - 1) * share)
    held = 0
    rounds = 2_000 if deep else 400
    for _ in range(rounds):
        common = rng.normal(size=(80, 1)) * share**0.5
        found = reliability.alpha(common + rng.normal(size=(80, items)) * (1 - share) ** 0.5)
        ends = reliability.interval(np.array([found]), np.array([80.0]), items)
        held += bool(ends.low[0] <= truth <= ends.high[0])
    assert 0.92 < held / rounds < 0.98


def test_the_metric_takes_the_longest_scale() -> None:
    table = METRICS["burnout.reliability"].compute(
        cells(
            {"measure": "bat12_alpha", "n": 356, "total": 356 * 0.88},
            {"measure": "bat4_alpha", "n": 356, "total": 356 * 0.7},
        )
    )
    row = table.rows.row(0, named=True)
    assert (row["value"], row["n"]) == (pytest.approx(0.88), 356)
    assert 0.86 < row["low"] < 0.88 < row["high"] < 0.9
