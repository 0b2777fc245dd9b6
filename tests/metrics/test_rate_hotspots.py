"""Rates of sites: a table worked by hand, printed Poisson limits, and noise that is no hotspot."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.rate_funnel import RateFunnel, of_rates
from metrics.rate_hotspots import rate_hotspots, shrunken_rates
from metrics.results import Cells
from tests.metrics.by_hand import cells


def sites(*groups: tuple[str, float, float]) -> Cells:
    """Cells by site: name, person-years, exits."""
    return cells(
        *(
            {"measure": code, "n": int(12 * years), "total": total, "location": name}
            for name, years, k in groups
            for code, total in (("exits", k), ("person_years", years))
        ),
        by=["location"],
    )


def test_many_sites_by_hand() -> None:
    """25 person-years each, so noise of 1/100 on the scale of roots.

    k + 1/4 = 4, 9, 16, 25 give roots over 5: 0.4, 0.6, 0.8, 1.0, mean 0.7 and variance 0.05: 0.04
    of it lies between sites, so a site's own value weighs 0.8. The first moves to 0.7 - 0.8 x 0.3
    = 0.46; its variance is 0.8/100. Of a thousand sites hardly anything else is not known.
    """
    found = shrunken_rates(np.tile([3.75, 8.75, 15.75, 24.75], 250), np.full(1_000, 25.0))
    assert found is not None
    moved, weight = found
    assert weight == pytest.approx(np.full(1_000, 0.8), abs=0.01)
    assert moved.value[:4] == pytest.approx(np.array([0.46, 0.62, 0.78, 0.94]) ** 2, rel=0.01)
    half = 1.959964 * 0.008**0.5
    assert moved.low[0] == pytest.approx((0.46 - half) ** 2, rel=0.03)
    assert moved.high[0] == pytest.approx((0.46 + half) ** 2, rel=0.03)


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(11, 400)), min_size=4, max_size=20),
)
def test_every_site_moves_towards_the_others_and_stays_possible(
    groups: list[tuple[int, int]],
) -> None:
    k, time = (np.array(column, dtype=float) for column in zip(*groups, strict=True))
    found = shrunken_rates(k, time)
    assert found is not None
    moved, weight = found
    assert np.all((weight >= 0) & (weight <= 1))
    assert np.all((moved.low >= 0) & (moved.low <= moved.value) & (moved.value <= moved.high))
    raw = (k + 0.25) / time
    assert np.all(moved.value <= raw.max() * (1 + 1e-9))
    assert np.all(moved.value >= raw.min() * (1 - 1e-9))


def test_limits_are_points_of_the_poisson_distribution() -> None:
    """Mean 10: P(X <= 3) = .01034, P(X <= 4) = .02925; P(X <= 16) = .97296, P(X <= 17) = .98572."""
    low, high = RateFunnel(0.2, 1.0).limits(np.array([50.0]), 0.95)
    assert low[0] * 50 == pytest.approx(4 - (0.02925 - 0.025) / (0.02925 - 0.01034), abs=2e-3)
    assert high[0] * 50 == pytest.approx(17 - (0.98572 - 0.975) / (0.98572 - 0.97296), abs=2e-3)


def test_how_much_groups_differ_is_told_beside_chance() -> None:
    alike = of_rates(np.full(10, 20.0), np.full(10, 100.0))
    apart = of_rates(np.array([5.0] * 5 + [45.0] * 5), np.full(10, 100.0))
    assert alike is not None
    assert apart is not None
    assert alike.spread < 0.1
    assert apart.spread > 10


USUAL = [(f"s{number}", 100.0, 18.0 + number % 5) for number in range(12)]


def test_a_large_bad_site_is_hot_and_a_small_one_is_not() -> None:
    found = rate_hotspots(sites(*USUAL, ("large", 150, 90), ("small", 12, 7)))
    rows = {row["location"]: row for row in found.rows.iter_rows(named=True)}
    assert [name for name, row in rows.items() if row["hot"]] == ["large"]
    assert rows["small"]["value"] > 55
    assert rows["small"]["shrunken"] < rows["large"]["shrunken"] < 60
    assert rows["small"]["weight"] < rows["large"]["weight"]
    assert found.rows["location"][0] == "large"


def test_a_good_site_beyond_the_limits_is_not_hot() -> None:
    found = rate_hotspots(sites(*USUAL, ("good", 200, 4)))
    row = found.rows.filter(found.rows["location"] == "good").row(0, named=True)
    assert (row["beyond"], row["hot"]) == (True, False)


def test_chance_alone_is_hardly_ever_hot(*, deep: bool) -> None:
    rng = np.random.default_rng(3)
    hot = []
    for _ in range(300 if deep else 60):
        years = rng.uniform(12, 300, 40)
        groups = [(f"s{n}", float(t), float(rng.poisson(0.3 * t))) for n, t in enumerate(years)]
        hot.append(rate_hotspots(sites(*groups)).rows["hot"].any())
    assert np.mean(hot) < 0.05


def test_intervals_of_shrunken_rates_hold_the_truth(*, deep: bool) -> None:
    """Sites that truly differ: 95 % intervals hold at least 90 % of true rates."""
    rng = np.random.default_rng(8)
    held = []
    for _ in range(200 if deep else 40):
        time = rng.uniform(12, 300, 40)
        true = 0.3 * rng.gamma(8, 1 / 8, 40)
        found = shrunken_rates(rng.poisson(true * time).astype(float), time)
        assert found is not None
        held.append(np.mean((found[0].low <= true) & (true <= found[0].high)))
    assert np.mean(held) > 0.9


def test_no_sites_and_nobody_who_left() -> None:
    assert rate_hotspots(sites()).rows.is_empty()
    calm = rate_hotspots(sites(("a", 20, 0), ("b", 30, 0), ("c", 40, 0)))
    assert calm.funnel is None
    assert not calm.rows["hot"].any()
