"""Who worked when: headcounts, hires and leavers of spells small enough to check by hand."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.releases.gathering import complete_periods, person_periods

SPELLS = {
    "employee_id": pl.String,
    "start_on": pl.Date,
    "end_on": pl.Date,
    "location_id": pl.String,
    "desk_type": pl.String,
    "job_family": pl.String,
    "contract_type": pl.String,
}


def spells(*rows: tuple[str, date, date | None, str]) -> pl.DataFrame:
    return pl.DataFrame(
        [(*row, "non_desk", "sales", "permanent") for row in rows], schema=SPELLS, orient="row"
    )


def flows(frame: pl.DataFrame, *periods: str) -> dict[str, tuple[float, ...]]:
    counted = (
        person_periods(frame, periods)
        .group_by("period")
        .agg(pl.col("headcount_start", "hires", "exits", "headcount").sum())
    )
    return {row[0]: row[1:] for row in counted.sort("period").iter_rows()}


def test_start_hires_exits_and_end_of_a_month() -> None:
    frame = spells(
        ("stays", date(2020, 1, 1), None, "a"),
        ("joins", date(2024, 3, 1), None, "a"),
        ("leaves", date(2020, 1, 1), date(2024, 3, 31), "a"),
        ("passes by", date(2024, 3, 4), date(2024, 3, 20), "a"),
        ("gone", date(2020, 1, 1), date(2024, 2, 29), "a"),
        ("to come", date(2024, 4, 1), None, "a"),
    )
    assert flows(frame, "2024-03") == {"2024-03": (2.0, 2.0, 2.0, 2.0)}


def test_a_move_is_neither_a_leaver_nor_a_hire() -> None:
    frame = spells(
        ("moves", date(2020, 1, 1), date(2024, 3, 10), "a"),
        ("moves", date(2024, 3, 11), None, "b"),
        ("pauses", date(2020, 1, 1), date(2024, 3, 10), "a"),
        ("pauses", date(2024, 5, 1), None, "a"),
    )
    assert flows(frame, "2024-03") == {"2024-03": (2.0, 0.0, 1.0, 1.0)}
    assert flows(frame, "2024-05") == {"2024-05": (1.0, 1.0, 0.0, 2.0)}


def test_the_last_spell_of_a_period_says_where_somebody_is_counted() -> None:
    frame = spells(
        ("moves", date(2020, 1, 1), date(2024, 3, 10), "a"),
        ("moves", date(2024, 3, 11), None, "b"),
    )
    assert person_periods(frame, ("2024-03",))["location"].to_list() == ["b"]


def test_person_years_of_a_whole_year_and_of_a_day() -> None:
    frame = spells(
        ("all year", date(2020, 1, 1), None, "a"),
        ("one day", date(2023, 7, 1), date(2023, 7, 1), "a"),
    )
    years = person_periods(frame, ("2023",))["person_years"].to_list()
    assert years == [pytest.approx(365 / 365.25), pytest.approx(1 / 365.25)]


def test_nobody_employed_gives_no_rows() -> None:
    assert person_periods(spells(), ("2024-03",)).is_empty()
    assert person_periods(spells(), ()).is_empty()


days = st.dates(date(2023, 11, 1), date(2024, 6, 30))


@given(
    st.lists(
        st.tuples(st.sampled_from("abcde"), days, st.one_of(st.none(), st.integers(0, 120))),
        max_size=5,
        unique_by=lambda row: row[0],
    )
)
def test_start_and_hires_less_exits_is_the_end_and_the_next_start(
    rows: list[tuple[str, date, int | None]],
) -> None:
    frame = spells(
        *(
            (
                person,
                start,
                None if length is None else start + timedelta(days=length),
                "a",
            )
            for person, start, length in rows
        )
    )
    months = [f"2024-{month:02d}" for month in range(1, 7)]
    counted = flows(frame, *months)
    for month in months:
        start, hires, exits, end = counted.get(month, (0, 0, 0, 0))
        assert start + hires - exits == end


def test_only_periods_that_are_over_count() -> None:
    found = complete_periods(date(2024, 1, 15), date(2024, 4, 2), "month", date(2024, 4, 1))
    assert [period.text for period in found] == ["2024-01", "2024-02", "2024-03"]


def test_a_second_contract_makes_nobody_two_people() -> None:
    frame = spells(
        ("both", date(2020, 1, 1), None, "a"),
        ("both", date(2024, 2, 1), date(2024, 4, 30), "b"),
        ("long", date(2020, 1, 1), date(2024, 12, 31), "a"),
        ("long", date(2022, 1, 1), date(2022, 6, 30), "a"),
    )
    assert flows(frame, "2022", "2024") == {"2022": (2, 0, 0, 2), "2024": (2, 0, 1, 1)}
    years = person_periods(frame, ("2024",)).sort("employee_id")["person_years"].to_list()
    assert years == [pytest.approx(366 / 365.25)] * 2


def test_how_long_somebody_is_there_is_counted_at_the_end_of_the_period() -> None:
    frame = spells(
        ("new", date(2024, 3, 20), None, "a"),
        ("a year in April", date(2023, 4, 15), None, "a"),
        ("longer", date(2020, 1, 1), None, "a"),
        ("back again", date(2010, 1, 1), date(2015, 1, 1), "a"),
        ("back again", date(2023, 1, 1), None, "a"),
        ("for good", date(2001, 1, 1), None, "a"),
    )
    found = dict(
        person_periods(frame, ("2024-03",)).select("employee_id", "tenure_band").iter_rows()
    )
    assert found == {
        "new": "under 1 year",
        "a year in April": "under 1 year",
        "longer": "3-10 years",
        "back again": "1-3 years",
        "for good": "over 10 years",
    }
