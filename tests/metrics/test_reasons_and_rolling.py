"""Rates by reason from a life table of two units, and rolling years, by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.definitions import METRICS
from metrics.results import Cells
from metrics.rolling import rolling
from tests.metrics.by_hand import cells

MONTHS = [f"{2023 + number // 12}-{number % 12 + 1:02d}" for number in range(24)]


def employment(
    voluntary: float | None, involuntary: float | None, other: float | None, error: float = 0.0
) -> Cells:
    """24 units of a month and 36 of two months make 8 person-years, in which 4 left."""
    rows = [
        ("tenure_exposed", "000-001", 24.0),
        ("tenure_exposed", "001-003", 36.0),
        ("tenure_ended", "000-001", 3.0),
        ("tenure_ended", "001-003", 1.0),
        ("ended_voluntary", "000-003", voluntary),
        ("ended_involuntary", "000-003", involuntary),
        ("ended_other", "000-003", other),
    ]
    written = [
        {
            "measure": code,
            "tenure": tenure,
            "n": 30,
            "total": total,
            "periods": 4,
            "total_error": error,
        }
        for code, tenure, total in rows
        if total is not None
    ]
    found = cells(*written, by=["tenure"], first="2024-Q1", last="2024-Q4")
    return found.apart(("tenure",))


def test_leavers_by_reason_per_person_year() -> None:
    # 2 of 4 left of their own accord, in 24/12 + 36 x 2/12 = 8 years: 25 %.
    found = METRICS["turnover.voluntary"].compute(employment(2, 1, 1)).estimate()
    assert found is not None
    assert (found.value, found.n) == pytest.approx((25, 8))
    # The limits of 2 are 0.2422 and 7.2247.
    assert (found.low, found.high) == pytest.approx((0.2422 / 0.08, 7.2247 / 0.08), abs=0.01)


def test_reasons_that_are_told_of_half_stand_for_all() -> None:
    """1 of 2 told: half of the 4 who left, as sure as one leaver makes it."""
    found = METRICS["turnover.voluntary"].compute(employment(1, 1, 0)).estimate()
    assert found is not None
    assert found.value == pytest.approx(25)
    assert found.high == pytest.approx(5.5716 / 0.04, abs=0.02)


def test_no_reason_told_is_no_rate_and_noise_widens() -> None:
    assert METRICS["turnover.other"].compute(employment(None, None, None)).rows.is_empty()
    still, noisy = (
        METRICS["turnover.other"].compute(employment(2, 1, 1, error)).estimate()
        for error in (0.0, 2.0)
    )
    assert still is not None
    assert noisy is not None
    assert noisy.value == still.value
    assert noisy.high > still.high  # type: ignore[operator]


@given(st.tuples(*[st.integers(0, 40)] * 3).filter(any))
def test_the_reasons_add_up_to_turnover(counts: tuple[int, int, int]) -> None:
    rates = [
        METRICS[f"turnover.{name}"].compute(employment(*counts)).estimate()
        for name in ("voluntary", "involuntary", "other")
    ]
    assert sum(rate.value for rate in rates if rate) == pytest.approx(50)


def by_month(count: int, exits: int = 1) -> Cells:
    rows = [
        {"measure": code, "n": 20, "total": total, "period": period}
        for place, period in enumerate(MONTHS[:count])
        for code, total in (
            ("exits", exits + (place >= 12)),
            ("person_years", 20 / 12),
            ("headcount_start", 20),
            ("headcount", 20),
        )
    ]
    return cells(*rows, by=["period"], first=MONTHS[0], last=MONTHS[max(count, 1) - 1])


@pytest.mark.parametrize("code", ["turnover.rate", "turnover.rate_average"])
def test_a_rolling_year_adds_up_its_twelve_months(code: str) -> None:
    found = rolling(by_month(14), METRICS[code])
    # 12 leavers a year of 20 people; then one month after the other with two.
    assert found.rows["period"].to_list() == ["2023-12", "2024-01", "2024-02"]
    assert found.rows["value"].to_list() == pytest.approx([60, 65, 70])
    assert found.rows["n"].to_list() == [20, 20, 20]
    whole = METRICS["turnover.rate"].compute(
        cells(
            {"measure": "exits", "n": 240, "total": 12, "periods": 12},
            {"measure": "person_years", "n": 240, "total": 20, "periods": 12},
        )
    )
    assert found.rows["high"][0] == pytest.approx(whole.rows["high"][0], rel=1e-6)


def test_less_than_a_year_and_a_year_with_a_hole_have_no_rolling_year() -> None:
    assert rolling(by_month(11), METRICS["turnover.rate"]).rows.is_empty()
    holed = by_month(14)
    rows = holed.rows.filter(holed.rows["period"] != "2023-06")
    without = cells(*rows.to_dicts(), by=["period"])
    assert rolling(without, METRICS["turnover.rate"]).rows.is_empty()
    with pytest.raises(ValueError, match="by period"):
        rolling(cells(by=["location"]), METRICS["turnover.rate"])
