"""Shares as bars."""

import pytest

from figures.bars import Bar, bars
from figures.palette import LIGHT
from translations.words import Words

ROWS = [Bar("Location", 98.64), Bar("Team", 34.5)]


def test_bars_numbers_and_words(english: Words) -> None:
    shown = bars("Share", "percent", ROWS, english, LIGHT)
    (trace,) = shown.figure.data
    assert list(trace.x) == [98.64, 34.5]
    assert list(trace.text) == ["98.6%", "34.5%"]
    assert list(shown.figure.layout.yaxis.ticktext) == ["Location", "Team"]
    assert shown.alt == "Share: Location 98.6%, Team 34.5%."
    assert shown.table.rows() == [("Location", 98.6), ("Team", 34.5)]


def test_nothing_is_refused(english: Words) -> None:
    with pytest.raises(ValueError, match="at least one row"):
        bars("Share", "percent", [], english, LIGHT)
