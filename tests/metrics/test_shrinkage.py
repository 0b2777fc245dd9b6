"""Shrinkage and funnels: tables worked by hand, and how often their intervals hold the truth."""

from collections.abc import Callable

import numpy as np
import pytest
from scipy import integrate

from metrics.funnel import ALARM, WARNING, of_shares
from metrics.shrinkage import share_variance, shrunken


def test_four_groups_as_integrated() -> None:
    """Against an integral over the spread, by quadrature; the noise of all is 1.

    Given s, the mean is 5 and every weight is s^2/(s^2 + 1); the squares add up to 20.
    """
    y = np.array([2.0, 4.0, 6.0, 8.0])

    def chance(s: float) -> float:
        return float(s * (s**2 + 1) ** -1.5 * np.exp(-10 / (s**2 + 1)))

    def averaged(of: Callable[[float], float]) -> float:
        return float(integrate.quad(lambda s: chance(s) * of(s), 0, np.inf)[0] / whole)

    whole = integrate.quad(chance, 0, np.inf)[0]
    weight = averaged(lambda s: s**2 / (s**2 + 1))
    second = averaged(lambda s: (s**2 / (s**2 + 1)) ** 2)
    within = averaged(lambda s: s**2 / (s**2 + 1) + (1 / (s**2 + 1)) ** 2 * (s**2 + 1) / 4)
    found = shrunken(y, np.ones(4))
    assert found is not None
    assert found.mean == pytest.approx(5)
    assert found.weight == pytest.approx(np.full(4, weight), abs=2e-3)
    assert found.estimates.value == pytest.approx(5 + weight * (y - 5), abs=6e-3)
    error = within + (y - 5) ** 2 * (second - weight**2)
    half = found.estimates.high - found.estimates.value
    assert half == pytest.approx(1.959964 * np.sqrt(error), rel=5e-3)


def test_of_many_groups_it_is_the_empirical_bayes_estimate_by_hand() -> None:
    """Two values 4 apart, noise of 1 each: the variance is 4, so 3 of it lies between groups."""
    found = shrunken(np.tile([8.0, 12.0], 1_000), np.ones(2_000))
    assert found is not None
    assert found.weight == pytest.approx(np.full(2_000, 3 / 4), abs=0.01)
    assert found.estimates.value[:2] == pytest.approx([8.5, 11.5], abs=0.02)
    assert found.estimates.high[0] - 8.5 == pytest.approx(1.959964 * 0.75**0.5, rel=0.02)


def test_groups_that_differ_by_chance_only_move_to_their_mean() -> None:
    rng = np.random.default_rng(1)
    found = shrunken(rng.normal(5, 1, 100), np.ones(100))
    assert found is not None
    assert found.weight.max() < 0.2
    assert np.ptp(found.estimates.value) < 1


def test_a_small_group_moves_further_than_a_large_one() -> None:
    n = np.array([12.0, 200.0, 150.0, 90.0, 400.0])
    share = np.array([0.6, 0.6, 0.2, 0.3, 0.25])
    found = shrunken(share, share_variance(n, 0.3))
    assert found is not None
    assert found.weight[0] < 0.85 < found.weight[1]
    assert found.estimates.value[0] < found.estimates.value[1] < 0.6


def test_what_is_not_known_stays_unknown() -> None:
    found = shrunken(np.array([1.0, np.nan, 3.0, 5.0]), np.array([1.0, 1.0, 1.0, 0.0]))
    assert found is None
    found = shrunken(np.array([1.0, np.nan, 3.0, 9.0, 5.0]), np.ones(5))
    assert found is not None
    assert np.isnan(found.estimates.value).tolist() == [False, True, False, False, False]


def test_the_intervals_hold_the_truth(*, deep: bool) -> None:
    rng = np.random.default_rng(7)
    held = []
    for _ in range(2_000 if deep else 300):
        truth = rng.normal(20, 4, 30)
        variance = rng.uniform(2, 60, 30)
        found = shrunken(rng.normal(truth, np.sqrt(variance)), variance)
        assert found is not None
        held.append(np.mean((found.estimates.low <= truth) & (truth <= found.estimates.high)))
    assert 0.93 < np.mean(held) < 0.97


def test_funnel_limits_by_hand() -> None:
    """All together 60 of 300; groups of 100 lie within 0.2 -+ 1.96 x 0.04."""
    funnel = of_shares(np.array([18.0, 20.0, 22.0]), np.array([100.0, 100.0, 100.0]))
    assert funnel is not None
    assert funnel.whole == pytest.approx(0.2)
    # Of three z-scores of -0.5, 0 and 0.5, pulled in by a fifth.
    assert funnel.spread == pytest.approx(2 / 3 * 0.4**2)
    low, high = funnel.limits(np.array([100.0, 25.0]), WARNING)
    assert low == pytest.approx([0.2 - 1.959964 * 0.04, 0.2 - 1.959964 * 0.08])
    assert high == pytest.approx([0.2 + 1.959964 * 0.04, 0.2 + 1.959964 * 0.08])
    low, high = funnel.limits(np.array([100.0]), ALARM)
    assert high - low == pytest.approx([2 * 3.090232 * 0.04])


def test_where_groups_really_differ_the_spread_says_so() -> None:
    rng = np.random.default_rng(3)
    n = np.full(60, 400.0)
    k = rng.binomial(400, np.clip(rng.normal(0.2, 0.05, 60), 0.01, 0.9)).astype(float)
    funnel = of_shares(k, n)
    assert funnel is not None
    assert funnel.spread > 3


def test_a_small_groups_noise_is_no_hotspot(*, deep: bool) -> None:
    """With one share for all, the outer limits are left by about two in a thousand groups."""
    rng = np.random.default_rng(5)
    outside = []
    for _ in range(500 if deep else 100):
        n = rng.integers(15, 400, 80).astype(float)
        k = rng.binomial(n.astype(int), 0.2).astype(float)
        funnel = of_shares(k, n)
        assert funnel is not None
        low, high = funnel.limits(n, ALARM)
        outside.append(np.mean((k / n < low) | (k / n > high)))
    assert np.mean(outside) < 0.008


def test_nobody_and_nobody_at_risk_have_no_funnel() -> None:
    assert of_shares(np.array([]), np.array([])) is None
    assert of_shares(np.zeros(3), np.full(3, 20.0)) is None
