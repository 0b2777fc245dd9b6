"""Lagged associations within sites: found where they are, at their lag, and nowhere else."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.lags import centred, lagged

PERIODS = [f"{2023 + number // 12}-{number % 12 + 1:02d}" for number in range(36)]


def frame(values: np.ndarray, periods: list[str] = PERIODS, n: int = 50) -> pl.DataFrame:
    """Values by site and period, all of one weight."""
    sites, count = values.shape
    return pl.DataFrame(
        {
            "location": np.repeat([f"s{number:02d}" for number in range(sites)], count),
            "period": periods[:count] * sites,
            "value": values.ravel(),
            "n": [n] * values.size,
        }
    )


def test_by_hand_the_centred_values_of_a_small_table() -> None:
    # 1 2 / 3 8: less the levels of rows and columns, 1 and -1 in turn.
    site, period = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    assert centred(np.array([1.0, 2, 3, 8]), site, period, np.ones(4)) == pytest.approx(
        [1, -1, -1, 1]
    )


@given(st.integers(0, 100))
def test_levels_of_sites_and_periods_say_nothing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x, y = rng.standard_normal((2, 10, 12))
    plain = lagged(frame(x), frame(y), lags=1)
    moved = lagged(
        frame(x + rng.standard_normal((10, 1)) * 9 + rng.standard_normal(12) * 5),
        frame(3 * y + rng.standard_normal((10, 1)) * 7),
        lags=1,
    )
    for one, other in zip(plain, moved, strict=True):
        assert (one.value, one.low, one.high) == pytest.approx(
            (other.value, other.low, other.high), abs=1e-6
        )


def test_what_follows_itself_exactly_has_a_correlation_of_one() -> None:
    x = np.random.default_rng(1).standard_normal((12, 36))
    later = np.roll(x, 2, axis=1)
    found = lagged(frame(x[:, :34]), frame(later[:, 2:], PERIODS[2:]))
    assert [each.lag for each in found] == [0, 1, 2, 3]
    assert found[2].value == pytest.approx(1)
    assert abs(found[0].value) < 0.2
    assert (found[2].sites, found[2].pairs) == (12, 12 * 34)


def test_a_planted_link_is_found_at_its_lag_and_chance_is_not_called_one(*, deep: bool) -> None:
    found, false = [], []
    for seed in range(200 if deep else 40):
        rng = np.random.default_rng(seed)
        x = rng.standard_normal((40, 36))
        noise = rng.standard_normal((40, 36))
        told = lagged(frame(x), frame(0.15 * np.roll(x, 2, axis=1) + noise))
        found.append(told[2].low > 0)
        false.append(told[0].low > 0 or told[0].high < 0)
    assert np.mean(found) > 0.8
    # At 40 tries 5 % of false alarms are seldom more than six.
    assert np.mean(false) <= 0.15


def test_too_few_sites_or_periods_tell_nothing() -> None:
    x = np.random.default_rng(0).standard_normal((7, 36))
    assert lagged(frame(x), frame(x)) == []
    assert lagged(frame(x[:, :5]), frame(x[:, :5])) == []
    assert lagged(frame(x).clear(), frame(x).clear()) == []


def test_a_quantity_that_never_moves_tells_nothing() -> None:
    x = np.random.default_rng(0).standard_normal((10, 12))
    assert lagged(frame(np.ones((10, 12))), frame(x)) == []
