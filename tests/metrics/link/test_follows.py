"""Leads and lags within sites: in worlds of which the truth is known."""

import numpy as np
import pytest

from metrics.intervals import FloatArray
from metrics.link.follows import Follows, follows, shifted
from tests.metrics.link.worlds import Rng, panel_of, persistent


def world(rng: Rng, sites: int = 60, periods: int = 24, effect: float = 0.3) -> FloatArray:
    """Worker experience and a customer experience that follows it a period later."""
    x, y = (persistent(rng, sites, periods + 5) for _side in range(2))
    y[:, 1:] = effect * x[:, :-1] + np.sqrt(1 - effect**2) * y[:, 1:]
    return np.stack([x[:, 5:], y[:, 5:]]) + rng.normal(size=(2, sites, 1))


def told(x: FloatArray, y: FloatArray, lag: int = 1) -> Follows:
    found = follows(panel_of(x, y), lag)
    assert found is not None
    return found


def test_what_follows_a_period_later_is_found_there() -> None:
    found = told(*world(np.random.default_rng(1)))
    assert found.alone.standard.low[0] < 0.3 < found.alone.standard.high[0]
    assert found.alone.p < 1e-6
    assert found.direction is not None
    assert found.direction.standard.low[0] > 0
    assert [step.lag for step in found.profile] == [3, 2, 1, 0, -1, -2, -3]
    sure = [step.lag for step in found.profile if step.p < 0.01]
    assert sure == [1]
    assert found.leads_p is not None
    assert found.leads_p > 0.05
    assert (found.sites, found.rows) == (60, 60 * 23)


def test_the_other_way_round_is_no_effect() -> None:
    y, x = world(np.random.default_rng(2))
    found = told(x, y)
    assert found.direction is not None
    assert found.reverse is not None
    assert found.direction.standard.high[0] < 0
    assert found.reverse.standard.low[0] > 0
    assert found.leads_p is not None
    assert found.leads_p < 0.001


def test_plain_units_are_those_of_the_measures() -> None:
    x, y = world(np.random.default_rng(3))
    found, scaled = told(x, y), told(x * 10 + 3, y * 5 - 7)
    assert scaled.alone.plain.value[0] == pytest.approx(found.alone.plain.value[0] / 2)
    assert scaled.alone.standard.value[0] == pytest.approx(found.alone.standard.value[0])
    assert scaled.alone.p == pytest.approx(found.alone.p)


def test_what_hits_all_sites_at_once_says_nothing() -> None:
    x, y = world(np.random.default_rng(4))
    common = np.random.default_rng(5).normal(size=24) * 20
    found, shaken = told(x, y), told(x + common, y + common)
    assert shaken.alone.plain.value[0] == pytest.approx(found.alone.plain.value[0])


def test_a_cause_that_moves_both_at_once_has_no_direction() -> None:
    wrong = alone = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        cause = persistent(rng, 60, 24, by=0.85)
        found = told(cause + persistent(rng, 60, 24), cause + persistent(rng, 60, 24))
        alone += found.alone.p < 0.05
        assert found.direction is not None
        wrong += found.direction.p < 0.05
    assert alone == 40
    assert wrong <= 6


def test_raters_whom_both_sides_share_have_no_direction() -> None:
    wrong = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        noise = rng.normal(size=(60, 24))
        found = told(persistent(rng, 60, 24) + noise, persistent(rng, 60, 24) + noise)
        assert found.direction is not None
        wrong += found.direction.p < 0.05
    assert wrong <= 6


def test_few_periods_leave_fewer_leads_and_lags() -> None:
    for periods, steps in ((14, 3), (10, 2), (6, 1), (4, 1)):
        found = told(*world(np.random.default_rng(6), periods=periods))
        assert max(step.lag for step in found.profile) == steps
    short = told(*world(np.random.default_rng(7), periods=3))
    assert (short.profile, short.leads_p, short.direction) == ((), None, None)


def test_in_the_same_period_there_is_no_direction() -> None:
    x, y = world(np.random.default_rng(8))
    found = told(x, y, lag=0)
    assert found.direction is None


def test_a_lag_beyond_the_periods_is_not_told() -> None:
    x, y = world(np.random.default_rng(9), periods=5)
    assert follows(panel_of(x, y), 5) is None
    assert follows(panel_of(np.ones((30, 8)), np.ones((30, 8)))) is None


def test_moving_to_and_fro() -> None:
    values = np.array([[1.0, 2.0, 3.0]])
    assert shifted(values, 1).tolist()[0][1:] == [1.0, 2.0]
    assert shifted(values, -2).tolist()[0][0] == 3.0
    assert np.isnan(shifted(values, 3)).all()
    assert shifted(values, 0).tolist() == values.tolist()


def test_ninety_five_in_a_hundred_intervals_hold_what_can_be_seen(*, deep: bool) -> None:
    runs = 2_000 if deep else 80
    held = 0
    for seed in range(runs):
        found = told(*world(np.random.default_rng([seed, 1])))
        held += bool(found.alone.plain.low[0] <= 0.3 <= found.alone.plain.high[0])
    assert held / runs > 0.95 - 3 * np.sqrt(0.05 * 0.95 / runs)
