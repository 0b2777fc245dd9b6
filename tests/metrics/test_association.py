"""Association between groups: against scipy, by hand, and how often it is wrong."""

import numpy as np
import pytest
from scipy import stats

from metrics.association import association, shape


def test_equal_weights_give_the_usual_correlations() -> None:
    rng = np.random.default_rng(1)
    x = rng.normal(size=30)
    y = 0.5 * x + rng.normal(size=30)
    found = association(x, y, np.full(30, 7.0))
    assert found is not None
    pearson = stats.pearsonr(x, y)
    ends = pearson.confidence_interval()
    assert found.pearson.value[0] == pytest.approx(pearson.statistic)
    assert found.pearson.low[0] <= ends.low + 1e-9
    assert found.pearson.high[0] >= ends.high - 1e-9
    assert found.spearman.value[0] == pytest.approx(stats.spearmanr(x, y).statistic)
    assert found.groups == 30
    assert found.effective == pytest.approx(30)


def test_without_a_group_that_matters_most_the_interval_is_the_usual_one() -> None:
    """Where the jackknife finds no more than Fisher's z does."""
    x = np.repeat([-1.0, -1.0, 1.0, 1.0], 10)
    y = np.tile([-1.0, 1.0, -1.0, 1.0], 10)
    found = association(x, y, np.ones(40))
    assert found is not None
    ends = stats.pearsonr(x, y).confidence_interval()
    # Leaving out any of them moves the correlation as little as it can.
    assert found.pearson.high[0] == pytest.approx(ends.high, abs=0.02)
    assert found.pearson.low[0] == pytest.approx(ends.low, abs=0.02)


def test_one_heavy_group_by_itself_makes_nothing_sure(*, deep: bool) -> None:
    """What has nothing to do with each other is called sure in at most 5 % of cases."""
    rng = np.random.default_rng(3)
    weight = np.append(np.full(35, 25.0), [300.0, 250.0])
    runs, sure = 2_000 if deep else 300, 0
    for _ in range(runs):
        x = rng.normal(size=37)
        x[-1] -= 4
        found = association(x, rng.permutation(np.append(rng.normal(size=36), 4.0)), weight)
        assert found is not None
        sure += bool(found.pearson.low[0] > 0 or found.pearson.high[0] < 0)
    assert sure <= 0.06 * runs


def test_a_group_counts_by_its_weight() -> None:
    x, y = np.arange(10.0), np.append(np.arange(9.0), -50.0)
    heavy, light = (association(x, y, np.append(np.ones(9), last)) for last in (1.0, 1e-6))
    assert heavy is not None
    assert light is not None
    assert heavy.pearson.value[0] < 0 < 0.99 < light.pearson.value[0]
    assert light.effective == pytest.approx(9)


def test_few_groups_or_all_alike_tell_nothing() -> None:
    x = np.arange(7.0)
    assert association(x, x, np.ones(7)) is None
    assert association(np.ones(9), np.arange(9.0), np.ones(9)) is None
    gaps = np.append(np.arange(8.0), np.nan)
    known = association(gaps, np.arange(9.0), np.ones(9))
    assert known is not None
    assert known.groups == 8


def test_a_parabola_is_found_with_its_top() -> None:
    x = np.linspace(1, 5, 40)
    rng = np.random.default_rng(2)
    found = shape(x, 3 - (x - 3.2) ** 2 + rng.normal(0, 0.2, 40), np.ones(40))
    assert found is not None
    assert found.bent
    assert found.turns_at == pytest.approx(3.2, abs=0.1)
    assert np.all(found.curve.low < found.curve.high)


def test_a_straight_line_is_hardly_ever_called_bent(*, deep: bool) -> None:
    rng = np.random.default_rng(3)
    bent, held = [], []
    for _ in range(1_000 if deep else 200):
        x = rng.uniform(1, 5, 40)
        weight = rng.uniform(10, 200, 40)
        found = shape(x, 2 * x + rng.normal(0, 5 / np.sqrt(weight)), weight)
        assert found is not None
        bent.append(found.bent)
        middle = found.at.size // 2
        held.append(found.curve.low[middle] <= 2 * found.at[middle] <= found.curve.high[middle])
    assert np.mean(bent) < 0.1
    assert np.mean(held) > 0.9
