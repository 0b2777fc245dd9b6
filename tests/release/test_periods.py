"""Periods: reading, arithmetic, and the period in which a day lies."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from release.periods import GRAINS, Grain, PeriodError, between, parse, period_of


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-Q2", date(2024, 4, 1), date(2024, 6, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-P01", date(2024, 1, 1), date(2024, 1, 28)),
        # 2026 has 53 ISO weeks, so its last period has five.
        ("2026-P13", date(2026, 11, 30), date(2027, 1, 3)),
    ],
)
def test_the_days_of_a_period(text: str, first: date, last: date) -> None:
    period = parse(text)
    assert (period.text, period.first_day, period.last_day) == (text, first, last)


@pytest.mark.parametrize(
    "text", ["", "24", "2024-13", "2024-Q5", "2024-P14", "2024-6", "june 2024"]
)
def test_what_is_no_period_is_refused_with_the_four_forms(text: str) -> None:
    with pytest.raises(PeriodError, match="2024-P07"):
        parse(text)


def test_a_year_ago_and_the_period_before() -> None:
    assert parse("2024-01").previous().text == "2023-12"
    assert parse("2024-Q1").previous().text == "2023-Q4"
    assert parse("2024-P01").previous().text == "2023-P13"
    assert parse("2024-06").year_ago().text == "2023-06"


def test_a_quarter_overlaps_its_months_and_no_other() -> None:
    quarter = parse("2024-Q2")
    overlapping = [
        f"2024-{m:02d}" for m in range(1, 13) if quarter.overlaps(parse(f"2024-{m:02d}"))
    ]
    assert overlapping == ["2024-04", "2024-05", "2024-06"]


def test_between_needs_one_grain() -> None:
    assert [p.text for p in between(parse("2023-11"), parse("2024-02"))] == [
        "2023-11",
        "2023-12",
        "2024-01",
        "2024-02",
    ]
    with pytest.raises(PeriodError, match="different length"):
        between(parse("2023"), parse("2024-02"))


@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.sampled_from(GRAINS))
def test_every_day_lies_in_its_period_and_periods_follow_without_gap(
    day: date, grain: Grain
) -> None:
    text = pl.select(period_of(pl.lit(day), grain)).item()
    period = parse(text)
    assert period.first_day <= day <= period.last_day
    assert period.shifted(1).first_day == period.last_day + timedelta(days=1)
    assert period.shifted(1).previous() == period
