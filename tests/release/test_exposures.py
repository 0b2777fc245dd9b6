"""Rows of life tables: worked out by hand from six spells, and what holds for all of them."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from release.exposures import ROWS, Units, exposures
from release.periods import Period, between, parse

UNITS = Units((0, 1, 3, 6), "mo")
DAY = timedelta(days=1)
LIVES = {"id": pl.String, "begun": pl.Date, "last": pl.Date}


def lives(*rows: tuple[str, date, date | None]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=LIVES, orient="row")


SIX = lives(
    ("stays", date(2024, 1, 10), None),
    ("leaves", date(2024, 1, 10), date(2024, 2, 10)),
    ("one day", date(2024, 3, 31), date(2024, 3, 31)),
    ("seen late", date(2023, 12, 1), date(2024, 3, 31)),
    ("end of month", date(2024, 1, 31), date(2024, 4, 29)),
    ("gone before", date(2023, 9, 30), date(2023, 12, 31)),
)


def test_six_spells_by_hand() -> None:
    found = exposures(SIX, UNITS, [parse("2024-Q1"), parse("2024-Q2")])
    rows = {
        (row["period"], row["id"], row["unit"]): (row["on"], row["exposed"], row["ended"])
        for row in found.iter_rows(named=True)
    }
    first = {
        # The first month, 10 January to 9 February, lies in the quarter whole.
        ("2024-Q1", "stays", "000-001"): (date(2024, 1, 10), 1, False),
        # The next two run to 9 April: 51 of their 60 days.
        ("2024-Q1", "stays", "001-003"): (date(2024, 2, 10), 51 / 60, False),
        # Whoever leaves counts as though he had stayed.
        ("2024-Q1", "leaves", "000-001"): (date(2024, 1, 10), 1, False),
        ("2024-Q1", "leaves", "001-003"): (date(2024, 2, 10), 51 / 60, True),
        ("2024-Q1", "one day", "000-001"): (date(2024, 3, 31), 1 / 30, True),
        # Employed before the quarter: counts from the unit that he is in by then.
        ("2024-Q1", "seen late", "001-003"): (date(2024, 1, 1), 1, False),
        ("2024-Q1", "seen late", "003-006"): (date(2024, 3, 1), 31 / 92, True),
        # A month after 31 January is 29 February.
        ("2024-Q1", "end of month", "000-001"): (date(2024, 1, 31), 1, False),
        ("2024-Q1", "end of month", "001-003"): (date(2024, 2, 29), 32 / 61, False),
    }
    second = {
        ("2024-Q2", "stays", "001-003"): (date(2024, 4, 1), 9 / 60, False),
        ("2024-Q2", "stays", "003-006"): (date(2024, 4, 10), 82 / 91, False),
        ("2024-Q2", "end of month", "001-003"): (date(2024, 4, 1), 29 / 61, True),
    }
    assert rows == {**first, **second}


def test_days_and_the_last_unit() -> None:
    found = exposures(
        lives(("idea", date(2024, 1, 1), date(2024, 1, 15))),
        Units((0, 7, 14), "d"),
        [parse("2024-Q1")],
    )
    # It ends on its fifteenth day, behind what is told.
    assert found.select("unit", "exposed", "ended").rows() == [
        ("000-007", 1.0, False),
        ("007-014", 1.0, False),
    ]


def test_nothing_gives_an_empty_frame_of_the_same_columns() -> None:
    assert exposures(SIX.clear(), UNITS, [parse("2024-Q1")]).schema == pl.Schema(ROWS)
    assert exposures(SIX, UNITS, []).schema == pl.Schema(ROWS)


def test_units_in_wider_ones() -> None:
    assert UNITS.names == ("000-001", "001-003", "003-006")
    assert UNITS.wider((0, 3, 6)) == {
        "000-001": "000-003",
        "001-003": "000-003",
        "003-006": "003-006",
    }


QUARTERS = between(Period(2023, "quarter", 1), Period(2024, "quarter", 4))
DAYS = st.dates(date(2022, 1, 1), date(2025, 6, 30))


@st.composite
def _lives(draw: st.DrawFn) -> pl.DataFrame:
    begun = draw(st.lists(DAYS, min_size=1, max_size=8))
    rows = [
        (str(place), day, day + draw(st.integers(0, 500)) * DAY if draw(st.booleans()) else None)
        for place, day in enumerate(begun)
    ]
    return lives(*rows)


@given(_lives())
def test_each_end_that_is_seen_is_counted_once(frame: pl.DataFrame) -> None:
    found = exposures(frame, UNITS, QUARTERS)
    first, last = QUARTERS[0].first_day, QUARTERS[-1].last_day
    seen = frame.filter(
        pl.col("last").is_between(first, last)
        & (pl.col("last") < pl.col("begun").dt.offset_by("6mo"))
    )
    assert sorted(found.filter("ended")["id"]) == sorted(seen["id"])


@given(_lives())
def test_who_leaves_is_exposed_like_who_stays_as_long_as_both_are_there(
    frame: pl.DataFrame,
) -> None:
    keys = ["period", "id", "unit"]
    found = exposures(frame, UNITS, QUARTERS)
    stayed = exposures(frame.with_columns(last=pl.lit(None, pl.Date)), UNITS, QUARTERS)
    both = found.join(stayed, on=keys, suffix=" staying")
    assert both.height == found.height
    assert both["exposed"].equals(both["exposed staying"], check_names=False)


@given(_lives())
def test_a_unit_that_is_seen_whole_is_exposed_for_one(frame: pl.DataFrame) -> None:
    stays = frame.with_columns(last=pl.lit(None, pl.Date))
    found = exposures(stays, UNITS, QUARTERS).group_by("id", "unit").agg(pl.col("exposed").sum())
    assert found["exposed"].max() is None or found["exposed"].max() <= 1 + 1e-9  # type: ignore[operator]
    inside = stays.filter(
        (pl.col("begun") >= QUARTERS[0].first_day)
        & (pl.col("begun").dt.offset_by("6mo") <= QUARTERS[-1].last_day)
    )
    whole = found.join(inside, on="id", how="semi")
    assert whole.height == inside.height * len(UNITS.names)
    assert whole["exposed"].to_list() == pytest.approx([1.0] * whole.height)
