"""A line in a card: its points, its gaps, its dot."""

from urllib.parse import unquote

from figures.sparkline import sparkline, svg


def test_points_fill_the_picture() -> None:
    drawn = svg([0.0, 10.0], None)
    assert "M3.0 31.0 L117.0 3.0" in drawn
    assert "M117.0 3.0h0" in drawn


def test_a_missing_number_is_a_gap() -> None:
    assert "M3.0 31.0 M117.0 3.0" in svg([0.0, None, 10.0], None)


def test_target_is_within_the_picture() -> None:
    assert "M3 3.0H117" in svg([0.0, 5.0], 10.0)


def test_equal_numbers_lie_in_the_middle() -> None:
    assert "M3.0 17.0 L117.0 17.0" in svg([4.0, 4.0], None)


def test_fewer_than_two_numbers_are_no_line() -> None:
    assert sparkline([1.0], "x") == ""
    assert sparkline([None, 1.0], "x") == ""


def test_description_cannot_bring_markup() -> None:
    drawn = sparkline([1.0, 2.0], '"><script>')
    assert "<script>" not in drawn
    assert "<svg" in unquote(drawn)
