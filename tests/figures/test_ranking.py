"""Dots, intervals and verdicts."""

import pytest

from figures.palette import LIGHT
from figures.ranking import Row, ranking
from translations.words import Words

ROWS = [
    Row("Breda", 31.0, 27.0, 35.5, 300, "worse"),
    Row("Utrecht", 22.0, 19.0, 25.0, 500),
    Row("Zwolle", 15.0, None, None, 80, "better"),
]


def test_dots_intervals_and_colours(english: Words) -> None:
    (trace,) = ranking("Burnout risk", "percent", ROWS, 23.0, english, LIGHT).figure.data
    assert list(trace.x) == [31.0, 22.0, 15.0]
    assert list(trace.error_x.array) == [4.5, 3.0, 0.0]
    assert list(trace.error_x.arrayminus) == [4.0, 3.0, 0.0]
    assert list(trace.marker.color) == [LIGHT.bad, LIGHT.quiet, LIGHT.good]
    # Shape says the same as colour.
    assert len(set(trace.marker.symbol)) == 3


def test_whole_is_a_line(english: Words) -> None:
    figure = ranking("Burnout risk", "percent", ROWS, 23.0, english, LIGHT).figure
    (shape,) = figure.layout.shapes
    assert shape.x0 == shape.x1 == 23.0


def test_words(english: Words) -> None:
    shown = ranking("Burnout risk", "percent", ROWS, None, english, LIGHT)
    assert shown.alt == "Burnout risk of 3 groups, from Breda (31.0%) to Zwolle (15.0%)."
    assert shown.table.rows()[2] == ("Zwolle", 15.0, None, None, 80)
    assert list(shown.figure.layout.yaxis.ticktext) == ["Breda", "Utrecht", "Zwolle"]


def test_nothing_is_refused(english: Words) -> None:
    with pytest.raises(ValueError, match="at least one row"):
        ranking("Burnout risk", "percent", [], None, english, LIGHT)
