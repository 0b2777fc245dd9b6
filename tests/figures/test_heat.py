"""Colours on absolute scales: equal numbers, equal colours, whatever stands beside them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures.heat import Column, Field, heat, position, step
from translations.words import Words

RISK = Column("Burnout risk", "percent", good=0, bad=50)
NPS = Column("NPS", "nps", good=100, bad=-100)


@pytest.mark.parametrize(
    ("value", "column", "place"),
    [(0, RISK, 0), (25, RISK, 0.5), (50, RISK, 1), (80, RISK, 1), (100, NPS, 0), (0, NPS, 0.5)],
)
def test_position(value: float, column: Column, place: float) -> None:
    assert position(value, column) == place


@pytest.mark.parametrize(("value", "expected"), [(0, 0), (4.9, 0), (5, 1), (49, 9), (50, 9)])
def test_step(value: float, expected: int) -> None:
    assert step(value, RISK) == expected


@given(st.floats(-1e6, 1e6), st.sampled_from([RISK, NPS]))
def test_step_lies_within_the_scale(value: float, column: Column) -> None:
    assert 0 <= step(value, column) <= 9


@given(st.floats(-200, 200), st.floats(-200, 200))
def test_worse_is_never_a_better_colour(one: float, other: float) -> None:
    better, worse = sorted((one, other))
    assert step(better, RISK) <= step(worse, RISK)
    assert step(worse, NPS) <= step(better, NPS)


def test_fields_numbers_and_texts(english: Words) -> None:
    html = heat(
        ["Utrecht", "Breda"],
        [RISK, NPS],
        [[Field(25.0, 20.0, 30.0, 400), Field(12.0)], [Field(None), Field(-40.0)]],
        "Sites",
        english,
    )
    assert re.findall(r"<td[^>]*>[^<]*</td>", html) == [
        '<td class="h5" title="95 % interval 20.0–30.0% · n = 400">25.0%</td>',
        '<td class="h4" title="">+12</td>',
        '<td class="none" title="too few to show">–</td>',
        '<td class="h7" title="">−40</td>',
    ]
    assert re.findall(r'<th scope="row">([^<]*)', html) == ["Utrecht", "Breda"]
    assert re.findall(r'<th scope="col">([^<]*)', html) == ["Site", "Burnout risk", "NPS"]


def test_names_cannot_bring_markup(english: Words) -> None:
    html = heat(["<b>x</b>"], [RISK], [[Field(1.0)]], '"><script>', english)
    assert "<b>" not in html
    assert "<script>" not in html


def test_shape_must_fit(english: Words) -> None:
    with pytest.raises(ValueError, match="a row per site"):
        heat(["A"], [RISK], [[Field(1.0), Field(2.0)]], "Sites", english)
