"""Turnover by each denominator, hires and net flow, on tables small enough for paper."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.definitions import METRICS
from metrics.results import Cells, Estimate
from tests.metrics.by_hand import cells

AVERAGE = METRICS["turnover.rate_average"]
END = METRICS["turnover.rate_end_of_period"]
MONTHS = [f"2024-{number:02d}" for number in range(1, 13)]


def months(
    *rows: tuple[str, float, float, float], by: tuple[str, ...] = (), **more: object
) -> Cells:
    """Cells by month: period, headcount at the start, exits, headcount at the end."""
    written = [
        {"measure": code, "n": 100, "total": total, "period": period, **more}
        for period, *totals in rows
        for code, total in zip(("headcount_start", "exits", "headcount"), totals, strict=True)
    ]
    found = cells(
        *written,
        by=(*by, "period"),
        measures=("exits", "headcount_start", "headcount"),
        first=rows[0][0] if rows else None,
        last=rows[-1][0] if rows else None,
    )
    return found.apart(("period",))


def told(metric: str, given: Cells) -> Estimate:
    level = METRICS[metric].compute(given).estimate()
    assert level is not None
    return level


def test_monthly_rates_are_added_up() -> None:
    # 2/20 + 1/10 in two months are 20 % in two months: 120 % a year.
    found = told("turnover.rate_average", months(("2024-01", 24, 2, 16), ("2024-02", 12, 1, 8)))
    assert (found.value, found.n) == pytest.approx((120, 15))


def test_twelve_equal_months_are_the_sum_and_not_compounded() -> None:
    year = months(*((month, 50, 1, 50) for month in MONTHS))
    found = told("turnover.rate_average", year)
    # 12 of 50 with the exact limits of 12: 6.2006 and 20.9616.
    assert (found.value, found.low, found.high) == pytest.approx((24, 12.401, 41.923), abs=1e-3)


def test_at_the_end_of_the_period_as_gri_asks() -> None:
    # 5 leavers, 40 people in December.
    year = months(*((month, 60, 1 if month < "2024-06" else 0, 40) for month in MONTHS))
    found = told("turnover.rate_end_of_period", year)
    assert (found.value, found.low, found.high, found.n) == pytest.approx(
        (12.5, 1.623 / 0.4, 11.668 / 0.4, 40), abs=2e-3
    )


def test_a_site_that_closed_has_no_people_to_divide_by() -> None:
    closed = months(("2024-01", 20, 5, 15), ("2024-02", 15, 15, 0))
    assert END.compute(closed).rows.is_empty()
    # Nobody is hidden: there is nobody.
    assert not END.compute(closed).withheld
    assert told("turnover.rate_average", closed).value == pytest.approx(
        6 * 100 * (5 / 17.5 + 15 / 7.5)
    )


def test_by_period_each_month_stands_for_a_year() -> None:
    written = months(("2024-01", 20, 1, 20), ("2024-02", 20, 2, 20))
    by_period = Cells(
        **{
            **{name: getattr(written, name) for name in written.__dataclass_fields__},
            "by": ("period",),
            "within": (),
        }
    )
    for metric in (AVERAGE, END):
        rows = metric.compute(by_period).rows
        assert rows.select("period", "value").rows() == [
            ("2024-01", pytest.approx(60)),
            ("2024-02", pytest.approx(120)),
        ]


def test_noise_widens_and_a_sum_below_none_is_none() -> None:
    still = told("turnover.rate_average", months(("2024-01", 50, 4, 50)))
    noisy = told("turnover.rate_average", months(("2024-01", 50, 4, 50), total_error=4.0))
    assert noisy.value == still.value
    assert noisy.low < still.low  # type: ignore[operator]
    assert noisy.high > still.high  # type: ignore[operator]
    assert told("turnover.rate_average", months(("2024-01", 50, -1, 50))).value == 0


@pytest.mark.parametrize("code", ["turnover.rate_average", "turnover.rate_end_of_period"])
def test_nothing_gives_nothing(code: str) -> None:
    assert METRICS[code].compute(months()).rows.is_empty()


heads = st.lists(st.tuples(st.integers(1, 500), st.integers(0, 40)), min_size=1, max_size=12)


@given(heads, st.integers(2, 20))
def test_a_company_as_many_times_as_large_has_the_same_rate(
    year: list[tuple[int, int]], times: int
) -> None:
    """And is surer of it; one more leaver never lowers it."""
    once = [(m, a, k, a) for m, (a, k) in zip(MONTHS, year, strict=False)]
    more = [(m, a * times, k * times, a * times) for m, a, k, _b in once]
    one = [(m, a, k + 1, b) for m, a, k, b in once]
    for code in ("turnover.rate_average", "turnover.rate_end_of_period"):
        small, large = told(code, months(*once)), told(code, months(*more))
        assert large.value == pytest.approx(small.value)
        assert small.low <= small.value <= small.high  # type: ignore[operator]
        width = small.high - small.low  # type: ignore[operator]
        assert large.high - large.low < width  # type: ignore[operator]
        assert told(code, months(*one)).value > small.value


@given(heads)
def test_with_a_steady_headcount_all_denominators_agree(year: list[tuple[int, int]]) -> None:
    steady = [(m, 80, k, 80) for m, (_a, k) in zip(MONTHS, year, strict=False)]
    average, end = (
        told(code, months(*steady))
        for code in ("turnover.rate_average", "turnover.rate_end_of_period")
    )
    exits = sum(row[2] for row in steady)
    assert average.value == pytest.approx(100 * exits / 80 * 12 / len(steady))
    assert end.value == pytest.approx(average.value)
    assert end.high == pytest.approx(average.high)


def flows(values: Mapping[str, float], n: int = 240, periods: int = 12) -> Cells:
    return cells(
        *(
            {"measure": code, "n": n, "total": total, "periods": periods}
            for code, total in values.items()
        )
    )


def test_hires_and_net_flow_are_per_person_year() -> None:
    given = flows({"hires": 10, "exits": 5, "person_years": 20})
    assert told("turnover.hires", given).value == 50
    net = told("turnover.net_flow", given)
    # 25 -+ the distances (10 - 4.795, 11.668 - 5) and (18.390 - 10, 5 - 1.623), in squares.
    assert (net.value, net.low, net.high) == pytest.approx(
        (25, 25 - 5 * (5.205**2 + 6.668**2) ** 0.5, 25 + 5 * (8.390**2 + 3.377**2) ** 0.5),
        abs=0.01,
    )


def test_net_flow_keeps_groups_apart() -> None:
    rows = [
        {"measure": code, "n": 20, "total": total, "location": site}
        for site, hires, exits in (("a", 5, 1), ("b", None, 2), ("c", 0, 4))
        for code, total in (("hires", hires), ("exits", exits), ("person_years", 10))
        if total is not None
    ]
    found = METRICS["turnover.net_flow"].compute(cells(*rows, by=["location"]))
    assert found.rows.select("location", "value").rows() == [("a", 40), ("c", -40)]
    assert found.withheld


def test_headcount_is_that_of_the_last_day() -> None:
    found = told("turnover.headcount", months(("2024-01", 20, 1, 19), ("2024-02", 19, 2, 17)))
    assert (found.value, found.low, found.high, found.n) == (17, None, None, 17)
    noisy = told("turnover.headcount", months(("2024-02", 19, 2, 17), total_error=1.0))
    assert (noisy.low, noisy.high) == pytest.approx((15.04, 18.96), abs=1e-3)
