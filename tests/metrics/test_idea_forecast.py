"""Forecasts of the backlog: by hand, in worlds without change, and in one that changed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.idea_forecast import FARTHEST, FORECAST, Check, back_test, checked, forecast
from tests.metrics.idea_logs import Steps, logged, told


def rng() -> np.random.Generator:
    return np.random.default_rng(7)


def test_a_pace_without_spread_leaves_nothing_to_chance() -> None:
    history = np.full(12, 5.0)
    assert forecast(history, 20, rng()).tolist() == [4, 4, 4]
    assert forecast(history, 21, rng()).tolist() == [5, 5, 5]


def test_chances_as_counted() -> None:
    """A third of the months 0, else 10, and ten to do: within m months with chance 1 - 3^-m."""
    history = np.array([0.0, 10.0, 10.0] * 300)
    assert forecast(history, 10, rng(), 20_000).tolist() == [1, 2, 3]


def test_what_gives_no_forecast() -> None:
    assert np.isnan(forecast(np.full(5, 9.0), 3, rng())).all()
    assert np.isinf(forecast(np.zeros(12), 3, rng())).all()
    assert forecast(np.full(12, 9.0), 0, rng()).tolist() == [0, 0, 0]


@given(
    st.lists(st.integers(0, 30), min_size=6, max_size=12).filter(any),
    st.integers(1, 200),
)
def test_percentiles_rise_and_none_is_sooner_than_the_best_pace_allows(
    history: list[int], backlog: int
) -> None:
    pace = np.array(history, dtype=float)
    found = forecast(pace, backlog, rng(), 500)
    assert sorted(found) == list(found)
    assert found.min() >= min(FARTHEST, np.ceil(backlog / max(history)))


@pytest.mark.parametrize("pace", [3.0, 20.0])
def test_in_worlds_without_change_85_percent_lie_within(pace: float) -> None:
    """300 worlds; a share of .85 of them has a standard error of .02. A month is a step, so the
    85th percentile holds in somewhat more than 85 %."""
    draw = np.random.default_rng(5)
    inside = []
    for _ in range(300):
        history, future = draw.poisson(pace, 12).astype(float), draw.poisson(pace, 60)
        backlog = int(6 * pace)
        late = forecast(history, backlog, draw, 1_000)[1]
        inside.append(future[: int(late)].sum() >= backlog)
    assert 0.81 <= np.mean(inside) <= 0.97


def test_the_back_test_holds_where_nothing_changes_and_fails_where_the_pace_fell() -> None:
    draw = np.random.default_rng(2)
    steady = [back_test(*world(draw, 10.0), draw, 300) for _ in range(30)]
    judged, inside = sum(each.periods for each in steady), sum(each.inside for each in steady)
    assert judged > 300
    assert 0.8 <= inside / judged <= 0.99
    fallen = back_test(*world(draw, 4.0), draw, 300)
    assert fallen.inside < 0.85 * fallen.periods


def world(draw: np.random.Generator, later: float) -> tuple[np.ndarray, np.ndarray]:
    """Ten come and go a month, and 40 wait; from the fourteenth month on ``later`` go."""
    pace = np.where(np.arange(36) < 13, 10.0, later)
    came = draw.poisson(pace).astype(float)
    came[0] += 40
    return came, draw.poisson(pace).astype(float)


def test_a_past_that_is_too_short_is_not_judged() -> None:
    assert back_test(np.full(12, 2.0), np.full(12, 1.0), rng()) == Check(0, 0)


def steady() -> dict[str, Steps]:
    """Every month five come in, and those of two months before are decided."""
    ideas: dict[str, Steps] = {}
    for month in range(24):
        for number in range(5):
            steps = {"submitted": f"{2023 + month // 12}-{month % 12 + 1:02}"}
            if month < 22:
                after = month + 2
                steps["rejected"] = f"{2023 + after // 12}-{after % 12 + 1:02}"
            ideas[f"{month:02}-{number}"] = steps
    return ideas


def test_the_forecast_of_a_log() -> None:
    found = logged(steady())
    table = FORECAST.compute(found)
    assert told(table.rows, "percentile") == {"50": 2, "85": 2, "95": 2}
    assert table.rows["n"].to_list() == [10, 10, 10]
    check = checked(found)
    assert check.periods == check.inside == 11


def test_the_forecast_of_each_group() -> None:
    themes = {idea: "even" if int(idea[:2]) % 2 == 0 else "odd" for idea in steady()}
    table = FORECAST.compute(logged(steady(), by={"theme": themes}))
    assert table.by == ("theme", "percentile")
    assert set(table.rows["theme"]) == {"even", "odd"}


def test_no_ideas_give_no_forecast() -> None:
    assert FORECAST.compute(logged({})).rows.is_empty()
    assert checked(logged({})) == Check(0, 0)
