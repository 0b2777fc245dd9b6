"""What turnover and absence cost: by hand, at the ends of what is uncertain, and as properties."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.cost import cost_of_leavers
from metrics.definitions import METRICS, MetricError
from metrics.pay import STANDARD, Prices, Triangle, TriangleError, pay_of
from metrics.results import Cells, Estimate
from tests.metrics.by_hand import cells

SURE = Triangle(0.2, 0.2, 0.2)
FAMILIES = pl.DataFrame({"job_family": ["sales", "office"], "pay": [20_000.0, 50_000.0]})


def prices(mix: Cells | None = None, shares: Triangle = SURE) -> Prices:
    return Prices(FAMILIES, 30_000.0, mix, shares, "2024")


def exits(total: float, **more: object) -> dict[str, object]:
    return {"measure": "exits", "n": 100, "total": total, "periods": 12, **more}


def cost(given: Cells, at: Prices) -> Estimate:
    level = METRICS["turnover.cost"].at(at).compute(given).estimate()
    assert level is not None
    return level


def one(k: float, shares: Triangle, error: float = 0.0) -> tuple[float, float, float]:
    found = cost_of_leavers(
        k=np.array([k]), error=np.array([error]), price=np.array([1.0]), shares=shares
    )
    return float(found.value[0]), float(found.low[0]), float(found.high[0])


def test_leavers_times_pay_times_share() -> None:
    # 5 leavers at 30,000 and a fifth of it; limits of 5 are 1.623 and 11.668.
    found = cost(cells(exits(5)), prices())
    assert (found.value, found.low, found.high, found.n) == pytest.approx(
        (30_000, 1.6235 * 6_000, 11.6683 * 6_000, 5), rel=1e-4
    )


def test_half_a_year_is_doubled() -> None:
    half = cells(exits(5, periods=6), last="2024-06")
    assert cost(half, prices()).value == pytest.approx(60_000)


def test_leavers_have_the_pay_of_their_job_family_as_far_as_it_is_told() -> None:
    mix = cells(
        exits(2, job_family="sales"),
        exits(1, job_family="office"),
        exits(3, job_family="pay not told"),
        by=["job_family"],
    )
    # 2 x 20 + 1 x 50 + 7 x 30 thousand over 10 leavers, a fifth of it for each.
    assert cost(cells(exits(10)), prices(mix)).value == pytest.approx(0.2 * 300_000)


def test_the_mean_of_the_triangle_is_a_third_of_its_corners() -> None:
    assert pytest.approx(0.67 / 3) == STANDARD.mean
    assert cost(cells(exits(10)), prices(shares=STANDARD)).value == pytest.approx(
        10 * 30_000 * 0.67 / 3
    )


def test_points_of_the_triangle() -> None:
    # 2.5 %: a + sqrt(p (c-a)(b-a)) = .16 + sqrt(.025 .14 .05); 97.5 %: b - sqrt(.025 .14 .09).
    low, half, high = STANDARD.quantile(np.array([0.025, 5 / 14, 0.975]))
    assert (low, high) == pytest.approx((0.16 + 0.000175**0.5, 0.30 - 0.000315**0.5))
    assert half == pytest.approx(0.21)


@pytest.mark.parametrize("corners", [(0.3, 0.2, 0.1), (-0.1, 0.1, 0.2), (0.1, 0.3, 0.2)])
def test_what_is_no_triangle_is_refused(corners: tuple[float, float, float]) -> None:
    with pytest.raises(TriangleError, match="the least, the most likely and the most"):
        Triangle(*corners)


def test_with_a_sure_share_the_ends_are_the_poisson_limits() -> None:
    assert one(10, Triangle(1, 1, 1)) == pytest.approx((10, 4.7954, 18.3904), rel=1e-4)
    value, low, high = one(0, Triangle(1, 1, 1))
    assert (value, low) == (0, 0)
    assert high == pytest.approx(3.6889, rel=1e-4)


def test_with_many_leavers_the_ends_are_those_of_the_triangle() -> None:
    ends = STANDARD.quantile(np.array([0.025, 0.975]))
    # 10 million leavers still vary by 0.03 %, and 128 points of the triangle are 0.8 % apart there.
    assert np.array(one(1e7, STANDARD)[1:]) / 1e7 == pytest.approx(ends, rel=5e-3)


def test_the_ends_are_points_of_the_product() -> None:
    """Against a million draws of gamma times triangle; their error is about half a percent."""
    rng = np.random.default_rng(5)
    share = rng.triangular(0.16, 0.21, 0.30, 1_000_000)
    low = np.quantile(rng.gamma(20, size=share.size) * share, 0.025)
    high = np.quantile(rng.gamma(21, size=share.size) * share, 0.975)
    assert one(20, STANDARD)[1:] == pytest.approx((low, high), rel=5e-3)


@given(st.integers(0, 400), st.floats(0.0, 0.3), st.floats(0.0, 0.3), st.floats(0.0, 0.3))
def test_more_leavers_cost_more_and_noise_widens(k: int, a: float, b: float, c: float) -> None:
    shares = Triangle(*sorted((a, b + 0.01, c + 0.02)))
    less, more, noisy = one(k, shares), one(k + 1, shares), one(k, shares, error=4.0)
    assert less[1] <= less[0] <= less[2]
    assert all(one < other for one, other in zip(less[::2], more[::2], strict=True))
    assert noisy[0] == less[0]
    assert noisy[1] <= less[1] * (1 + 1e-9)
    assert noisy[2] >= less[2] * (1 - 1e-9)


def test_a_group_without_leavers_costs_nothing_so_far() -> None:
    found = cost(cells(exits(0)), prices(cells(by=["job_family"], measures=["exits"])))
    assert (found.value, found.low) == (0, 0)
    assert found.high == pytest.approx(3.6889 * 6_000, rel=1e-4)


def test_noise_in_the_parts_never_makes_the_rest_negative() -> None:
    mix = cells(exits(12, job_family="sales"), by=["job_family"])
    rows = pl.DataFrame({"group": [0], "exits": [10.0]})
    assert pay_of(rows, "exits", (), prices(mix)).to_list() == [20_000.0]


def test_absence_costs_the_share_of_hours_of_the_wages() -> None:
    # 80 of 1,600 hours of 10 people at 30,000: 5 % of 300,000; 10 spells: 4.795 to 18.390 tenths.
    values = {"hours_lost": 80, "contract_hours": 1_600, "absence_spells": 10}
    rows = [
        {"measure": code, "n": 120, "total": total, "periods": 12} for code, total in values.items()
    ]
    found = METRICS["absence.cost"].at(prices()).compute(cells(*rows)).estimate()
    assert found is not None
    assert (found.value, found.low, found.high, found.n) == pytest.approx(
        (15_000, 7_193, 27_586, 10), abs=2
    )
    mix = cells(
        {"measure": "person_years", "n": 120, "total": 10.0, "job_family": "office"},
        by=["job_family"],
    )
    years = {"measure": "person_years", "n": 120, "total": 10.0, "periods": 12}
    found = METRICS["absence.cost"].at(prices(mix)).compute(cells(*rows, years)).estimate()
    assert found is not None
    assert found.value == pytest.approx(25_000)


def test_without_prices_a_cost_says_what_it_needs() -> None:
    with pytest.raises(MetricError, match="annual_cost"):
        METRICS["turnover.cost"].compute(cells(exits(5)))


def spells(total: float, n: int, periods: int, last: str = "2024-12") -> Estimate:
    rows = [
        {"measure": code, "n": n, "total": value, "periods": periods}
        for code, value in (("absence_spells", total), ("contract_hours", 1.0))
    ]
    found = METRICS["absence.spells"].compute(cells(*rows, last=last)).estimate()
    assert found is not None
    return found


def test_spells_per_employee_per_year() -> None:
    # 10 spells among 50 people in 6 months: 0.4 a year, limits 4.795 and 18.390 over 25.
    found = spells(10, 300, 6, "2024-06")
    assert (found.value, found.low, found.high, found.n) == pytest.approx(
        (0.4, 0.19182, 0.73562, 50), abs=1e-4
    )
