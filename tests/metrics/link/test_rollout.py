"""Roll-outs: against pyfixest and a published data set, by hand, and how often it is wrong."""

from pathlib import Path

import numpy as np
import pandas as pd
import pyfixest
import pytest

from metrics.intervals import FloatArray
from metrics.link.fit import fit
from metrics.link.rollout import AFTER, rolled
from tests.metrics.link.worlds import persistent

NEVER = np.nan


@pytest.fixture(scope="module")
def staggered() -> pd.DataFrame:
    """Simulated: two groups of states start at other times, effects grow and differ."""
    return pd.read_csv(Path(pyfixest.__file__).parent / "did" / "data" / "df_het.csv")


def arrays(data: pd.DataFrame) -> tuple[FloatArray, FloatArray]:
    wide = data.pivot(index="unit", columns="year", values="dep_var")
    begun = data.groupby("unit").g.first()
    start = np.where(begun > 0, begun - wide.columns[0], np.nan)
    return wide.to_numpy(), start


def none(start: FloatArray) -> FloatArray:
    return np.full(start.shape, NEVER)


def test_effects_that_grow_and_differ_are_averaged(staggered: pd.DataFrame) -> None:
    y, start = arrays(staggered)
    found = rolled(y, np.ones(y.shape), start, none(start))
    assert found is not None
    assert found.average.value[0] == pytest.approx(2.230, abs=5e-4)
    assert found.average.low[0] < 2.220 < found.average.high[0]
    assert found.before_p is not None
    assert found.before_p > 0.05
    assert found.sites == 974


def test_one_equation_for_all_would_mix_the_effects_up(staggered: pd.DataFrame) -> None:
    y, start = arrays(staggered)
    begun = (np.arange(y.shape[1]) >= np.nan_to_num(start, nan=np.inf)[:, None]).astype(float)
    static = fit(y, begun[..., None], np.ones(y.shape))
    assert static is not None
    assert static.beta[0] == pytest.approx(1.983, abs=5e-4)


def test_average_and_error_are_those_of_pyfixest(staggered: pd.DataFrame) -> None:
    y, start = arrays(staggered)
    found = rolled(y, np.ones(y.shape), start, none(start))
    usual = {
        cluster: pyfixest.did2s(
            staggered,
            yname="dep_var",
            first_stage="~ 0 | unit + year",
            second_stage="~ i(treat, ref=False)",
            treatment="treat",
            cluster=cluster,
        ).tidy()
        for cluster in ("unit", "state")
    }
    assert usual["state"]["Std. Error"].item() == pytest.approx(0.0247, abs=5e-5)
    assert found is not None
    assert found.average.value[0] == pytest.approx(usual["unit"]["Estimate"].item())
    half = found.average.high[0] - found.average.value[0]
    assert half / 1.962 == pytest.approx(usual["unit"]["Std. Error"].item(), rel=0.01)


def test_the_average_by_hand() -> None:
    # Ten sites rise by one a period; five of them by three more from the third period on.
    y = np.arange(6.0) + np.arange(10.0)[:, None]
    y[:5, 2:] += 3
    start = np.array([2.0] * 5 + [NEVER] * 5)
    found = rolled(y, np.full(y.shape, 7.0), start, none(start))
    assert found is not None
    assert found.average.value[0] == pytest.approx(3)
    assert (found.sites, found.others, found.rows, found.clashing) == (5, 5, 20, 0)
    assert [each.periods for each in found.course] == [0, 1, 2, 3]
    assert [each.effect.value[0] for each in found.course] == pytest.approx([3] * 4)


def test_weights_are_those_of_the_answers() -> None:
    y = np.zeros((10, 4))
    y[0, 2:] = 10.0
    start = np.array([2.0] * 5 + [NEVER] * 5)
    w = np.ones(y.shape)
    w[0] = 6.0
    found = rolled(y, w, start, none(start))
    assert found is not None
    assert found.average.value[0] == pytest.approx(6.0)


def test_those_that_start_later_serve_until_they_start() -> None:
    rng = np.random.default_rng(4)
    y = rng.normal(size=(20, 12)) * 0.01
    start = np.repeat([4.0, 8.0], 10)
    begun = np.arange(12) >= start[:, None]
    found = rolled(np.where(begun, y + 2, y), np.ones(y.shape), start, none(start))
    assert found is not None
    assert found.average.value[0] == pytest.approx(2, abs=0.05)
    # After the last start there is nobody left to compare with.
    assert found.rows == 10 * 4


def test_what_else_started_is_not_counted_as_its_effect() -> None:
    y = np.zeros((20, 10))
    y[:8, 5:] = 1.0
    y[4:8, 7:] = 50.0
    y[15:, 3:] = -20.0
    start = np.array([5.0] * 8 + [NEVER] * 12)
    other = np.array([NEVER] * 4 + [7.0] * 4 + [NEVER] * 7 + [3.0] * 5)
    found = rolled(y, np.ones(y.shape), start, other)
    assert found is not None
    assert found.average.value[0] == pytest.approx(1)
    assert found.clashing == 4 * 3


def test_few_sites_say_nothing() -> None:
    y = np.zeros((20, 8))
    for started in (0, 4, 17):
        start = np.array([4.0] * started + [NEVER] * (20 - started))
        assert rolled(y, np.ones(y.shape), start, none(start)) is None
    # Started before anything was known.
    start = np.array([-3.0] * 10 + [NEVER] * 10)
    assert rolled(y, np.ones(y.shape), start, none(start)) is None


def test_a_path_that_differed_before_is_seen() -> None:
    rng = np.random.default_rng(5)
    y = rng.normal(size=(60, 20)) * 0.3
    start = np.where(np.arange(60) < 30, 12.0, NEVER)
    y[:30] += np.clip(np.arange(20) - 8, 0, None)
    found = rolled(y, np.ones(y.shape), start, none(start))
    assert found is not None
    assert found.before_p is not None
    assert found.before_p < 0.001
    before = [each for each in found.course if each.periods < 0]
    assert [each.periods for each in before] == [-3, -2, -1]
    assert before[-1].effect.low[0] > 2


def test_no_more_periods_are_drawn_than_are_told() -> None:
    y = np.random.default_rng(6).normal(size=(30, 40))
    start = np.where(np.arange(30) < 15, 10.0, NEVER)
    found = rolled(y, np.ones(y.shape), start, none(start))
    assert found is not None
    assert found.course[-1].periods == AFTER


@pytest.mark.parametrize("treated", [6, 30])
def test_where_nothing_happened_it_is_seldom_claimed(treated: int, *, deep: bool) -> None:
    runs = 2_000 if deep else 100
    claimed = covered = paths = 0
    for run in range(runs):
        rng = np.random.default_rng([run, treated])
        n = rng.integers(40, 401, (60, 1)).astype(float)
        y = persistent(rng, 60, 24) + rng.normal(size=(60, 24)) * 7 / np.sqrt(n)
        start = np.full(60, NEVER)
        start[rng.permutation(60)[:treated]] = rng.choice([8, 11, 14, 17], treated)
        found = rolled(y, np.broadcast_to(n, y.shape), start, none(start))
        assert found is not None
        assert found.before_p is not None
        claimed += found.p < 0.05
        paths += found.before_p < 0.05
        covered += bool(found.average.low[0] <= 0 <= found.average.high[0])
    slack = 3 * np.sqrt(0.05 * 0.95 / runs)
    assert claimed / runs < 0.05 + slack
    assert paths / runs < 0.05 + slack
    assert covered == runs - claimed
