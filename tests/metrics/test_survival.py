"""Durations: tables to work by hand, and the figures of lifelines on the data that it ships."""

import lifelines
import numpy as np
import pandas as pd
import pytest
from lifelines.datasets import load_rossi, load_waltons
from lifelines.statistics import multivariate_logrank_test

from metrics.survival import LifeTable, incidence, log_rank, median, retention


def life_table(time: np.ndarray, reason: np.ndarray, grid: np.ndarray | None = None) -> LifeTable:
    """The life table of people: how long each was there, and why it ended (empty: it did not)."""
    times = np.unique(time[reason != ""]) if grid is None else grid
    return LifeTable(
        times.astype(float),
        np.array([(time >= each).sum() for each in times], dtype=float),
        {
            str(code): np.array(
                [((time == each) & (reason == code)).sum() for each in times], dtype=float
            )
            for code in np.unique(reason[reason != ""])
        },
    )


def rossi() -> pd.DataFrame:
    return load_rossi()


def of(frame: pd.DataFrame, time: str, event: str, grid: np.ndarray | None = None) -> LifeTable:
    return life_table(frame[time].to_numpy(), np.where(frame[event] == 1, "ended", ""), grid)


def test_six_people_by_hand() -> None:
    """Ends at 1, 2 and 4; somebody is lost sight of after 2, two stay."""
    table = LifeTable(
        np.array([1.0, 2.0, 4.0]), np.array([6.0, 5.0, 3.0]), {"left": np.array([1.0, 1.0, 1.0])}
    )
    found = retention(table)
    assert found.value == pytest.approx([5 / 6, 2 / 3, 4 / 9])
    # Greenwood at 2: 1/(6 5) + 1/(5 4) = 1/12; log-log of 2/3.
    half = 1.959964 * (1 / 12) ** 0.5 / abs(np.log(2 / 3))
    assert found.low[1] == pytest.approx((2 / 3) ** np.exp(half))
    assert found.high[1] == pytest.approx((2 / 3) ** np.exp(-half))
    assert median(table) == 4


def test_rossi_as_published_and_as_lifelines_has_it() -> None:
    frame = rossi()
    table = of(frame, "week", "arrest")
    found = retention(table)
    assert table.all_ended.sum() == 114
    assert found.value[-1] == pytest.approx(0.7361, abs=5e-5)
    theirs = lifelines.KaplanMeierFitter().fit(frame["week"], frame["arrest"])
    band = theirs.confidence_interval_.loc[table.time].to_numpy()
    assert found.value == pytest.approx(theirs.survival_function_.loc[table.time].to_numpy()[:, 0])
    assert found.low == pytest.approx(band[:, 0])
    assert found.high == pytest.approx(band[:, 1])


def test_waltons_median() -> None:
    assert median(of(load_waltons(), "T", "E")) == 56


@pytest.mark.parametrize("column", ["fin", "race", "mar", "priors"])
def test_log_rank_as_lifelines_has_it(column: str) -> None:
    frame = rossi()
    # Three groups: without, with one, and with more earlier convictions.
    frame["priors"] = frame["prio"].clip(upper=2)
    grid = np.unique(frame["week"][frame["arrest"] == 1])
    groups = [of(part, "week", "arrest", grid) for _, part in frame.groupby(column)]
    found = log_rank(groups)
    theirs = multivariate_logrank_test(frame["week"], frame[column], frame["arrest"])
    assert found is not None
    assert (found.statistic, found.p) == pytest.approx((theirs.test_statistic, theirs.p_value))
    assert found.freedom == len(groups) - 1


def test_incidence_as_lifelines_has_it() -> None:
    rng = np.random.default_rng(1)
    time = rng.permutation(np.arange(1, 301)).astype(float)
    reason = rng.choice(["", "chosen", "told"], 300, p=[0.4, 0.4, 0.2])
    table = life_table(time, reason)
    found = incidence(table)
    code = pd.Series(reason).map({"": 0, "chosen": 1, "told": 2})
    for name, event in (("chosen", 1), ("told", 2)):
        theirs = lifelines.AalenJohansenFitter().fit(pd.Series(time), code, event_of_interest=event)
        curve = theirs.cumulative_density_.loc[table.time].to_numpy()[:, 0]
        assert found[name].value == pytest.approx(curve)
        band = theirs.confidence_interval_.loc[table.time].to_numpy()
        known = np.isfinite(found[name].low)
        assert found[name].low[known] == pytest.approx(band[known, 0], rel=1e-3)
        assert found[name].high[known] == pytest.approx(band[known, 1], rel=1e-3)
    total = found["chosen"].value + found["told"].value
    assert total == pytest.approx(1 - retention(table).value)


def test_nobody_ended_nobody_left_and_nobody_at_risk() -> None:
    table = LifeTable(
        np.array([1.0, 2.0, 3.0]), np.array([4.0, 4.0, 0.0]), {"left": np.array([0.0, 4.0, 0.0])}
    )
    found = retention(table)
    assert (found.value[0], found.low[0], found.high[0]) == (1, 1, 1)
    assert (found.value[1], np.isnan(found.low[1])) == (0, True)
    assert np.isnan(found.value[2])


def test_nothing_to_compare() -> None:
    one = LifeTable(np.array([1.0]), np.array([5.0]), {"left": np.array([0.0])})
    assert log_rank([one]) is None
    assert log_rank([one, one]) is None
    with pytest.raises(ValueError, match="the same times"):
        log_rank([one, LifeTable(np.array([2.0]), np.array([5.0]), {})])
