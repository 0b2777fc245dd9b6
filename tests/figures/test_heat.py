"""Colours on absolute scales: equal numbers, equal colours, whatever stands beside them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures.heat import Column, Field, heat, position
from figures.palette import LIGHT
from translations.words import Words

RISK = Column("Burnout risk", "percent", good=0, bad=50)
NPS = Column("NPS", "nps", good=100, bad=-100)


@pytest.mark.parametrize(
    ("value", "column", "place"),
    [(0, RISK, 0), (25, RISK, 0.5), (50, RISK, 1), (80, RISK, 1), (100, NPS, 0), (0, NPS, 0.5)],
)
def test_position(value: float, column: Column, place: float) -> None:
    assert position(value, column) == place


def test_nothing_has_no_position() -> None:
    assert position(None, RISK) is None


@given(st.floats(-1e6, 1e6), st.sampled_from([RISK, NPS]))
def test_position_lies_within_the_scale(value: float, column: Column) -> None:
    place = position(value, column)
    assert place is not None
    assert 0 <= place <= 1


def test_fields_numbers_and_texts(english: Words) -> None:
    shown = heat(
        ["Utrecht", "Breda"],
        [RISK, NPS],
        [[Field(25.0, 20.0, 30.0, 400), Field(12.0)], [Field(None), Field(-40.0)]],
        english,
        LIGHT,
    )
    (trace,) = shown.figure.data
    assert [list(row) for row in trace.z] == [[0.5, 0.44], [None, 0.7]]
    assert [list(row) for row in trace.text] == [["25.0%", "+12"], ["", "−40"]]
    assert (trace.zmin, trace.zmax) == (0, 1)
    assert trace.hovertext[0][0] == (
        "<b>Utrecht</b><br>Burnout risk: 25.0%<br>95 % interval 20.0–30.0%<br>n = 400"
    )
    assert trace.hovertext[1][0] == "<b>Breda</b><br>Burnout risk: too few to show"
    assert shown.table.rows() == [("Utrecht", 25.0, 12.0), ("Breda", None, -40.0)]


def test_the_same_number_has_the_same_colour_alone_or_beside_others(english: Words) -> None:
    alone = heat(["A"], [RISK], [[Field(30.0)]], english, LIGHT).figure.data[0]
    beside = heat(["A", "B"], [RISK], [[Field(30.0)], [Field(49.0)]], english, LIGHT).figure.data[0]
    assert alone.z[0][0] == beside.z[0][0]
    assert alone.colorscale == beside.colorscale


def test_shape_must_fit(english: Words) -> None:
    with pytest.raises(ValueError, match="a row per site"):
        heat(["A"], [RISK], [[Field(1.0), Field(2.0)]], english, LIGHT)


def test_long_names_are_shortened_on_the_axis_only(english: Words) -> None:
    name = "University Hospitals of the North Midlands NHS Trust"
    shown = heat([name], [RISK], [[Field(1.0)]], english, LIGHT)
    assert shown.figure.layout.yaxis.ticktext[0] == "University Hospitals of the N…"
    assert shown.table["Site"].to_list() == [name]
