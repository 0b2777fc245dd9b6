"""Groups held against others of their kind: by hand, against numpy, and how often it is wrong."""

import numpy as np
import pytest
from scipy import stats

from metrics import within

KINDS = ["shop", "office"] * 20


def test_kinds_that_differ_make_no_correlation() -> None:
    rng = np.random.default_rng(1)
    level = np.array([0.0, 5.0] * 20)
    x, y = level + rng.normal(size=40), level + rng.normal(size=40)
    assert stats.pearsonr(x, y).statistic > 0.8
    found = within.correlation(x, y, KINDS)
    assert found is not None
    assert found.correlation.low[0] < 0 < found.correlation.high[0]
    assert found.groups == 40


def test_of_one_kind_it_is_the_usual_correlation() -> None:
    rng = np.random.default_rng(2)
    x = rng.normal(size=30)
    y = x + rng.normal(size=30)
    found = within.correlation(x, y, ["shop"] * 30)
    usual = stats.pearsonr(x, y)
    ends = usual.confidence_interval()
    assert found is not None
    assert found.correlation.value[0] == pytest.approx(usual.statistic)
    assert (found.correlation.low[0], found.correlation.high[0]) == pytest.approx(
        (ends.low, ends.high)
    )


def test_a_group_alone_in_its_kind_says_nothing() -> None:
    x, y = np.arange(9.0), np.arange(9.0) ** 2
    alone = within.correlation(np.append(x, 100), np.append(y, -100), ["shop"] * 9 + ["office"])
    assert alone is not None
    assert alone.groups == 9
    assert alone.correlation.value[0] > 0.9


def test_few_or_equal_groups_tell_nothing() -> None:
    x = np.arange(7.0)
    assert within.correlation(x, x, ["shop"] * 7) is None
    assert within.correlation(np.ones(9), np.arange(9.0), ["shop"] * 9) is None
    assert within.correlation(np.arange(10.0), np.arange(10.0), list("abcdefghij")) is None
    assert within.curve(x, x, ["shop"] * 7) is None
    assert within.curve(np.array([1.0, 2, 3] * 4), np.arange(12.0), ["shop"] * 12) is None
    assert within.correlation(np.array([]), np.array([]), []) is None


def test_the_curve_is_that_of_least_squares() -> None:
    rng = np.random.default_rng(3)
    x = rng.uniform(1, 5, 30)
    y = 2 - 0.5 * x + 0.2 * x**2 + rng.normal(0, 0.1, 30)
    found = within.curve(x, y, ["shop"] * 30)
    assert found is not None
    assert found.curve.value == pytest.approx(np.polyval(np.polyfit(x, y, 2), found.at))
    assert found.y == pytest.approx(y)


def test_the_turn_is_found_under_levels_of_kinds() -> None:
    rng = np.random.default_rng(4)
    x = rng.uniform(2, 5, 60)
    kinds = [("shop", "office", "depot")[place % 3] for place in range(60)]
    level = np.array([0.0, 1.0, -2.0] * 20)
    y = level + 0.35 * (x - 3.75) ** 2 + rng.normal(0, 0.1, 60)
    found = within.curve(x, y, kinds)
    assert found is not None
    assert found.bent
    assert found.turns.low[0] < 3.75 < found.turns.high[0]
    assert found.turns.high[0] - found.turns.low[0] < 0.5
    # Moved to the average kind, groups lie around one curve.
    assert np.std(found.y - np.interp(x, found.at, found.curve.value)) < 0.15


def test_the_interval_of_a_turn_holds_it_and_a_line_is_seldom_bent() -> None:
    rng = np.random.default_rng(5)
    held, bent = [], []
    for _ in range(400):
        x = rng.uniform(2, 5, 40)
        noise = rng.normal(0, 0.25, 40)
        top = within.curve(x, 0.35 * (x - 3.5) ** 2 + noise, KINDS)
        line = within.curve(x, 0.2 * x + noise, KINDS)
        assert top is not None
        assert line is not None
        held.append(bool(top.turns.low[0] <= 3.5 <= top.turns.high[0]))
        bent.append(line.bent)
    assert np.mean(held) > 0.92
    assert np.mean(bent) < 0.08


def test_a_straight_line_is_never_bent() -> None:
    x = np.linspace(1, 5, 20)
    found = within.curve(x, 3 - x + np.sin(9 * x) / 20, ["shop"] * 20, degree=1)
    assert found is not None
    assert not found.bent
    assert np.isnan(found.turns.value[0])
    assert np.diff(found.curve.value, 2) == pytest.approx(np.zeros(39), abs=1e-9)


def test_teams_of_one_place_count_as_one_place() -> None:
    """Teams that share their place's level: as single groups they would seem far too sure."""
    rng = np.random.default_rng(6)
    places = [f"site {number // 5}" for number in range(150)]
    alone: list[bool] = []
    together: list[bool] = []
    turned: list[bool] = []
    for _ in range(300):
        site_x, site_y = (np.repeat(rng.normal(0, 0.4, 30), 5) for _ in range(2))
        x = 3.5 + site_x + rng.normal(0, 0.2, 150)
        noise = site_y / 2 + rng.normal(0, 0.1, 150)
        for found, of in ((alone, None), (together, places)):
            told = within.correlation(x, noise, ["shop"] * 150, of)
            assert told is not None
            found.append(bool(told.correlation.low[0] <= 0 <= told.correlation.high[0]))
        top = within.curve(x, (x - 3.5) ** 2 + noise, ["shop"] * 150, places=places)
        assert top is not None
        turned.append(bool(top.turns.low[0] <= 3.5 <= top.turns.high[0]))
    assert np.mean(alone) < 0.8
    assert np.mean(together) > 0.92
    assert np.mean(turned) > 0.9


def test_a_group_a_place_is_as_without_places() -> None:
    rng = np.random.default_rng(7)
    x, y = rng.normal(size=(2, 40))
    names = [str(number) for number in range(40)]
    usual, placed = within.curve(x, y, KINDS), within.curve(x, y, KINDS, places=names)
    assert usual is not None
    assert placed is not None
    assert placed.curve.value == pytest.approx(usual.curve.value)
    # The degrees of freedom stay those that are left; the variance grows by 40 / 39.
    width = (placed.curve.high - placed.curve.low) / (usual.curve.high - usual.curve.low)
    assert width == pytest.approx(np.full(41, np.sqrt(40 / 39)))
    assert within.curve(x, y, KINDS, places=["one"] * 40) is None
    assert within.correlation(x, y, KINDS, ["one"] * 40) is None


def test_the_interval_with_places_is_never_narrower_and_holds_the_truth() -> None:
    """Heavy tails: one place may make the correlation, and Fisher's interval is too sure."""
    rng = np.random.default_rng(12)
    names = [str(number) for number in range(40)]
    held = []
    for _ in range(300):
        first, second = rng.standard_t(4, (2, 40))
        x, y = first, -0.5 * first + np.sqrt(0.75) * second
        usual, placed = within.correlation(x, y, KINDS), within.correlation(x, y, KINDS, names)
        assert usual is not None
        assert placed is not None
        assert placed.correlation.low[0] <= usual.correlation.low[0] + 1e-12
        assert placed.correlation.high[0] >= usual.correlation.high[0] - 1e-12
        held.append(bool(placed.correlation.low[0] <= -0.5 <= placed.correlation.high[0]))
    assert np.mean(held) > 0.92


def test_over_time_levels_of_places_and_periods_do_not_count() -> None:
    """x and y move alike within ten places; levels and seasons that go the other way are gone."""
    rng = np.random.default_rng(3)
    moved = rng.normal(size=(10, 8))
    level, season = 9 * np.arange(10.0)[:, None], 5 * np.arange(8.0)
    x, y = moved + level + season, moved - level - season + 0.3 * rng.normal(size=(10, 8))
    places = [f"p{place}" for place in range(10) for _ in range(8)]
    periods = [f"2025-{month + 1:02d}" for _ in range(10) for month in range(8)]
    found = within.over_time(x.ravel(), y.ravel(), places, periods)
    assert found is not None
    assert found.groups == 80
    assert 0.85 < found.correlation.low[0] < found.correlation.value[0] < 1
    assert found.correlation.value[0] == pytest.approx(
        np.corrcoef(_residual(x).ravel(), _residual(y).ravel())[0, 1]
    )


def _residual(grid: np.ndarray) -> np.ndarray:
    return grid - grid.mean(axis=0) - grid.mean(axis=1, keepdims=True) + grid.mean()


def test_over_time_needs_eight_places() -> None:
    x = np.arange(12.0)
    places = [f"p{place}" for place in range(3) for _ in range(4)]
    assert within.over_time(x, x, places, ["a", "b", "c", "d"] * 3) is None
