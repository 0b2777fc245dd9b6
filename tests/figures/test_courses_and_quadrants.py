"""Several courses and quadrants: what is drawn, described and told as a table."""

import pytest

from figures.courses import Course, courses
from figures.curve import Axis
from figures.palette import LIGHT
from figures.quadrants import Spot, quadrants
from translations.words import Words

DESK = Course("Desk", [0, 12, 24], [100, 80, 60], [100, 75, None], [100, 85, None], [50, 50, 30])
FLOOR = Course("Floor", [0, 12], [100, 50], [100, 45], [100, 55], [90, 90])


def test_each_course_has_its_band_and_its_own_dash(english: Words) -> None:
    shown = courses("Staying", "percent", "months", [DESK, FLOOR], [0, 12, 24], english, LIGHT)
    band, desk, floor_band, floor = shown.figure.data
    # The band ends where the interval does; the line goes on.
    assert list(band.x) == [0, 12, 12, 0]
    assert list(band.y) == [100, 85, 75, 100]
    assert list(desk.x) == [0, 12, 24]
    assert list(floor_band.y) == [100, 55, 45, 100]
    assert desk.line.dash != floor.line.dash
    assert desk.line.color != floor.line.color
    assert shown.figure.layout.showlegend
    assert shown.alt == "Staying. Desk: 60.0% at 24 months; Floor: 50.0% at 12 months."
    assert shown.table.columns == ["Group", "Months", "Staying", "95 % from", "95 % to", "n"]
    assert shown.table.row(2) == ("Desk", 24.0, 60.0, None, None, 30)


def test_one_course_needs_no_legend_and_shares_reach_to_the_top(english: Words) -> None:
    shown = courses("Left", "percent", "months", [FLOOR], [0, 12], english, LIGHT, whole=True)
    assert not shown.figure.layout.showlegend
    assert shown.figure.layout.yaxis.range[1] == pytest.approx(101)


@pytest.mark.parametrize("count", [0, 11])
def test_none_and_more_than_can_be_told_apart_are_refused(english: Words, count: int) -> None:
    with pytest.raises(ValueError, match="can be told apart"):
        courses("Left", "percent", "months", [FLOOR] * count, [0], english, LIGHT)


SPOTS = [
    Spot("Breda", 30, 20, 42, 60, 50, 71, 100, hot=True),
    Spot("Tilburg", 10, None, None, 20, 12, 31, 40),
]
AXES = Axis("Burnout risk", "percent"), Axis("Turnover", "percent")


def test_quadrants_name_what_is_hot_and_lie_around_the_whole(english: Words) -> None:
    shown = quadrants(*AXES, SPOTS, (20, 30), english, LIGHT)
    cool, hot = shown.figure.data
    assert list(hot.text) == ["Breda"]
    assert list(hot.error_x.array) == [12]
    assert list(hot.error_x.arrayminus) == [10]
    assert list(cool.error_x.array) == [0]
    assert list(cool.error_y.arrayminus) == [8]
    lines = [(shape.x0, shape.y0) for shape in shown.figure.layout.shapes]
    assert lines == [(20, 0), (0, 30)]
    assert shown.alt == (
        "Turnover against Burnout risk of 2 groups; 1 lie above all together on both, 1 of all "
        "beyond chance on one of them."
    )
    assert shown.table.row(1) == ("Tilburg", 10.0, None, None, 20.0, 12.0, 31.0, 40, "no")


def test_quadrants_of_nothing_are_refused(english: Words) -> None:
    with pytest.raises(ValueError, match="at least one group"):
        quadrants(*AXES, [], (20, 30), english, LIGHT)
