"""Correlations between sites: against scipy, by hand, and how often they are wrong."""

import numpy as np
import pytest
from scipy import stats

from metrics.link.across import across, correlated
from metrics.link.panel import Panel
from tests.metrics.link.worlds import months, names, panel_of, side


def test_site_means_are_correlated() -> None:
    rng = np.random.default_rng(1)
    level = rng.normal(size=(30, 1))
    x = level + 0 * rng.normal(size=(30, 5))
    y = level + rng.normal(size=(30, 1)) + np.zeros((30, 5))
    found = across(panel_of(x, y))
    usual = stats.pearsonr(x[:, 0], y[:, 0])
    assert found is not None
    assert found.pearson.interval.value[0] == pytest.approx(usual.statistic)
    ends = usual.confidence_interval()
    assert found.pearson.interval.low[0] <= ends.low + 1e-9
    assert found.pearson.interval.high[0] >= ends.high - 1e-9
    ranks = stats.spearmanr(x[:, 0], y[:, 0]).statistic
    assert found.spearman.interval.value[0] == pytest.approx(ranks)
    # What never moves says nothing of what moves together.
    assert found.same_period is None


def test_means_are_weighted_and_of_the_same_periods() -> None:
    rng = np.random.default_rng(2)
    x, y = rng.normal(size=(12, 3)), rng.normal(size=(12, 3))
    y[0, 2] = np.nan
    n = np.tile([1.0, 2.0, 5.0], (12, 1))
    found = across(panel_of(x, y, n))
    assert found is not None
    assert found.x[0] == pytest.approx((x[0, 0] + 2 * x[0, 1]) / 3)
    assert found.x_n[0] == 3
    assert found.y[1] == pytest.approx((y[1] * [1, 2, 5]).sum() / 8)


def test_one_site_that_makes_the_correlation_makes_it_unsure() -> None:
    rng = np.random.default_rng(3)
    x, y = rng.normal(size=40), rng.normal(size=40)
    x[0], y[0] = 30.0, 30.0
    found = correlated(x, y)
    assert found is not None
    assert found.interval.value[0] > 0.9
    assert found.interval.low[0] < 0
    assert stats.pearsonr(x, y).confidence_interval().low > 0.8


def test_levels_of_sites_do_not_move_together() -> None:
    rng = np.random.default_rng(4)
    level = 10 * rng.normal(size=(40, 1))
    common = rng.normal(size=12)
    x, y = (level + common + rng.normal(size=(40, 12)) for _side in range(2))
    found = across(panel_of(x, y))
    assert found is not None
    assert found.pooled is not None
    assert found.same_period is not None
    assert found.pooled.interval.value[0] > 0.9
    assert abs(found.same_period.interval.value[0]) < 0.15
    assert (found.pearson.n, found.pooled.n) == (40, 480)


def test_noise_of_samples_is_told_and_its_cost() -> None:
    rng = np.random.default_rng(5)
    level = rng.normal(size=(400, 1))
    x, y = (level + rng.normal(size=(400, 4)) * 2 for _side in range(2))
    n = np.full(x.shape, 16.0)
    found = across(Panel(names(400), months(4), side(x, n, 8.0), side(y, n, 8.0), {}))
    assert found is not None
    # A variance of 1 between sites, of 4 / 4 from the samples.
    assert found.reliability == pytest.approx((0.5, 0.5), abs=0.06)
    assert found.without_noise == pytest.approx(1.0, abs=0.12)
    unknown = across(panel_of(x[:, :1] + 0, y[:, :1]))
    assert unknown is not None
    assert unknown.reliability == (1.0, 1.0)


def test_few_sites_or_no_differences_tell_nothing() -> None:
    x = np.arange(21.0).reshape(7, 3)
    assert across(panel_of(x, x)) is None
    assert across(panel_of(np.ones((9, 3)), np.arange(27.0).reshape(9, 3))) is None
    assert across(panel_of(np.full((9, 3), np.nan), np.ones((9, 3)))) is None


def test_chance_is_seldom_called_sure() -> None:
    wrong = 0
    for seed in range(400):
        rng = np.random.default_rng(seed)
        found = correlated(rng.normal(size=25), rng.normal(size=25))
        assert found is not None
        sure = found.interval.low[0] > 0 or found.interval.high[0] < 0
        assert sure == (found.p < 0.05)
        wrong += sure
    assert wrong / 400 < 0.05 + 3 * np.sqrt(0.05 * 0.95 / 400)
