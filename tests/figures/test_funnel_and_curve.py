"""The funnel and the curve: what is drawn, described and told as a table."""

import pytest

from figures.curve import Axis, Line, Point, curve
from figures.funnel import Dot, Limit, funnel, sizes
from figures.palette import LIGHT
from translations.words import Words

DOTS = [Dot("Breda", 50.0, 100.0, 1200, hot=True), Dot("Tilburg", 20.0, 25.0, 300)]


@pytest.fixture
def english() -> Words:
    return Words("en")


def test_hot_groups_have_their_own_mark_and_are_counted(english: Words) -> None:
    at = sizes(DOTS)
    limits = [Limit(95.0, [10.0] * at.size, [30.0] * at.size)]
    shown = funnel("Risk", "percent", DOTS, list(at), limits, 20.0, english, LIGHT)
    low, high, marks = shown.figure.data
    assert list(marks.marker.symbol) == ["square", "circle-open"]
    assert (low.y[0], high.y[0]) == (10.0, 30.0)
    assert shown.alt == ("Risk of 2 groups by their size; 1 lie beyond chance on the bad side.")
    assert shown.table["Beyond chance"].to_list() == ["yes", "no"]
    assert at[0] == pytest.approx(25)


def test_the_curve_has_its_band_and_larger_dots_for_more_answers(english: Words) -> None:
    points = [Point("Breda", 3.0, 2.0, 400), Point("Tilburg", 3.5, 2.4, 100)]
    line = Line([3.0, 3.5], [2.0, 2.4], [1.8, 2.2], [2.2, 2.6])
    axes = Axis("Contact", "score"), Axis("Score", "score")
    shown = curve(*axes, points, line, english, LIGHT)
    band, fit, dots = shown.figure.data
    assert list(band.y) == [2.2, 2.6, 2.2, 1.8]
    assert list(fit.y) == [2.0, 2.4]
    assert dots.marker.size[0] > dots.marker.size[1]
    assert shown.alt == "Score against Contact, a dot for each of 2 groups."
    assert len(curve(*axes, points, None, english, LIGHT).figure.data) == 1


def test_nothing_is_refused(english: Words) -> None:
    with pytest.raises(ValueError, match="at least one group"):
        funnel("Risk", "percent", [], [], [], 20.0, english, LIGHT)
    with pytest.raises(ValueError, match="at least one point"):
        curve(Axis("x", "score"), Axis("y", "score"), [], None, english, LIGHT)
