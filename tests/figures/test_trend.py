"""The line, its band, its gaps, its words."""

from collections.abc import Sequence

import polars as pl
import pytest

from figures.palette import LIGHT
from figures.trend import Series, trend
from translations.words import Words


def series(
    rows: Sequence[tuple[str, float, float | None, float | None, int]], **more: object
) -> Series:
    frame = pl.DataFrame(
        rows,
        schema={
            "period": pl.String,
            "value": pl.Float64,
            "low": pl.Float64,
            "high": pl.Float64,
            "n": pl.Int64,
        },
        orient="row",
    )
    return Series(name="Burnout risk", unit="percent", rows=frame, **more)  # type: ignore[arg-type]


THREE = [
    ("2024-Q1", 20.0, 18.0, 22.0, 1000),
    ("2024-Q2", 22.0, 20.0, 24.0, 1100),
    ("2024-Q4", 25.0, 23.0, 27.0, 1200),
]


def test_missing_period_is_a_gap_and_the_band_stops_there(english: Words) -> None:
    figure = trend(series(THREE), english, LIGHT).figure
    band, alone, line = figure.data
    assert list(line.y) == [20.0, 22.0, None, 25.0]
    assert line.connectgaps is False
    # The band of the two neighbours; the period that stands alone has a bar.
    assert list(band.x) == [0, 1, 1, 0]
    assert list(band.y) == [22.0, 24.0, 20.0, 18.0]
    assert list(alone.x) == [3, 3]
    assert list(alone.y) == [THREE[2][2], THREE[2][3]]


def test_hover_has_value_interval_and_n(english: Words) -> None:
    line = trend(series(THREE), english, LIGHT).figure.data[-1]
    assert list(line.customdata[0]) == ["Q1 2024", "20.0%", "18.0–22.0%", "1,000"]


def test_order_of_the_rows_does_not_matter(english: Words) -> None:
    there = trend(series(THREE), english, LIGHT)
    back = trend(series(THREE[::-1]), english, LIGHT)
    assert there.figure == back.figure
    assert there.alt == back.alt


def test_target_is_a_line_with_its_value_and_inside_the_axis(english: Words) -> None:
    figure = trend(series(THREE, target=15.0), english, LIGHT).figure
    (shape,) = figure.layout.shapes
    assert shape.y0 == shape.y1 == 15.0
    assert figure.layout.annotations[0].text == "target 15.0%"
    assert figure.layout.yaxis.range[0] <= 15.0


def test_table_and_description_hold_the_numbers(english: Words) -> None:
    shown = trend(series(THREE), english, LIGHT)
    assert shown.table.columns == ["Period", "Burnout risk", "95 % from", "95 % to", "n"]
    assert shown.table["Burnout risk"].to_list() == [20.0, 22.0, 25.0]
    assert shown.alt == "Burnout risk over time: 20.0% in Q1 2024, 25.0% in Q4 2024."


def test_one_period_has_a_point_and_a_description(english: Words) -> None:
    shown = trend(series(THREE[:1]), english, LIGHT)
    bar, line = shown.figure.data
    assert list(bar.y) == [THREE[0][2], THREE[0][3]]
    assert list(line.y) == [20.0]
    assert shown.alt == "Burnout risk: 20.0% in Q1 2024."


def test_value_without_interval_draws_no_band(english: Words) -> None:
    rows = [(period, value, None, None, n) for period, value, _low, _high, n in THREE]
    figure = trend(series(rows), english, LIGHT).figure
    assert [trace.mode for trace in figure.data] == ["lines+markers"]


def test_few_ticks_and_the_last_period_is_among_them(english: Words) -> None:
    months = [f"{year}-{month:02d}" for year in (2022, 2023, 2024) for month in range(1, 13)]
    rows = [(month, 20.0, 19.0, 21.0, 50) for month in months]
    axis = trend(series(rows), english, LIGHT).figure.layout.xaxis
    assert len(axis.tickvals) <= 7
    assert axis.ticktext[-1] == "Dec 24"


def test_nothing_is_refused(english: Words) -> None:
    with pytest.raises(ValueError, match="at least one period"):
        trend(series([]), english, LIGHT)
