"""Before and after a start: what is drawn, described and told as a table."""

import polars as pl
import pytest

from figures.palette import LIGHT
from figures.since import Course, since
from translations.words import Words


def rows(*values: tuple[int, float, int]) -> pl.DataFrame:
    return pl.DataFrame(
        [(at, value, value - 2, value + 2, n) for at, value, n in values],
        schema={
            "since": pl.Int64,
            "value": pl.Float64,
            "low": pl.Float64,
            "high": pl.Float64,
            "n": pl.Int64,
        },
        orient="row",
    )


def test_both_courses_have_their_band_and_the_start_its_line(english: Words) -> None:
    shown = since(
        "Reach",
        "percent",
        [
            Course("Started", rows((-1, 9.0, 14), (0, 10.0, 14), (6, 70.0, 11))),
            Course("Not yet", rows((-1, 12.0, 20), (6, 11.0, 5))),
        ],
        english,
        LIGHT,
    )
    band, line, other_band, other = shown.figure.data
    assert list(band.x) == [-1, 0, 6, 6, 0, -1]
    assert list(band.y) == [11, 12, 72, 68, 8, 7]
    assert (line.line.dash, other.line.dash) == ("solid", "dash")
    assert len(other_band.x) == 4
    assert shown.figure.layout.shapes[0].x0 == -0.5
    assert list(shown.figure.layout.xaxis.ticktext) == ["0", "+3", "+6"]
    assert shown.alt == (
        "Reach by months since the start. Started: from 9.0% to 70.0%; "
        "Not yet: from 12.0% to 11.0%."
    )
    assert shown.table.columns == [
        "Months since the start", "Group", "Reach", "95 % from", "95 % to", "n",
    ]  # fmt: skip
    assert shown.table.height == 5


def test_a_course_without_a_comparison_stands_alone(english: Words) -> None:
    shown = since("Reach", "percent", [Course("Started", rows((0, 5.0, 3)))], english, LIGHT)
    assert len(shown.figure.data) == 2
    assert shown.figure.layout.yaxis.range[0] >= 0


def test_nothing_is_refused(english: Words) -> None:
    with pytest.raises(ValueError, match="at least one point"):
        since("Reach", "percent", [Course("Started", rows())], english, LIGHT)
