"""Stages as bars and the cumulative flow: what is drawn, described and told as a table."""

import pytest

from figures.flow import Level, flow
from figures.palette import LIGHT
from figures.stages import Stage, stages
from translations.words import Words

ROWS = [Stage("Submitted", 40, 100.0), Stage("Accepted", 10, 25.0, 14.2, 40.2, open=True)]
LEVELS = [
    Level("Submitted", "Waiting", [110, 120, 140]),
    Level("Decided", "Being done", [100, 110, 115]),
    Level("Finished", "Finished", [90, 95, 105]),
]
PERIODS = ["2024-01", "2024-02", "2024-03"]


def test_stages_have_their_count_and_share(english: Words) -> None:
    shown = stages("Ideas", ROWS, english, LIGHT)
    (trace,) = shown.figure.data
    assert list(trace.x) == [40, 10]
    assert list(trace.text) == ["40 · 100.0%", "10 · 25.0%"]
    assert list(trace.marker.color) == [LIGHT.main, LIGHT.accent]
    assert "95 % interval 14.2–40.2%" in trace.hovertext[1]
    assert shown.alt == "Ideas: Submitted 40 · 100.0%, Accepted 10 · 25.0%."
    assert shown.table.row(1) == ("Accepted", 10, 25.0, 14.2, 40.2)


def test_counts_of_no_whole_have_no_share(english: Words) -> None:
    shown = stages("Themes", [Stage("Rota", 3), Stage("Tools", 0)], english, LIGHT)
    assert list(shown.figure.data[0].text) == ["3", "0"]
    assert shown.table.columns == ["Group", "Ideas"]


def test_the_flow_starts_at_what_was_finished_and_tells_what_is_between(english: Words) -> None:
    shown = flow("Ideas", PERIODS, LEVELS, english, LIGHT)
    finished, decided, submitted = shown.figure.data
    assert list(finished.y) == [0, 5, 15]
    assert list(decided.y) == [10, 20, 25]
    assert list(submitted.y) == [20, 30, 50]
    assert (finished.fill, submitted.fill) == ("tozeroy", "tonexty")
    assert shown.alt == (
        "Ideas, January 2024 to March 2024: Waiting 10 to 25, Being done 10 to 10."
    )
    assert shown.table.row(2) == ("March 2024", 140, 115, 105, 25, 10)


def test_what_can_not_be_drawn_is_refused(english: Words) -> None:
    with pytest.raises(ValueError, match="at least one row"):
        stages("Ideas", [], english, LIGHT)
    with pytest.raises(ValueError, match="periods and levels"):
        flow("Ideas", [], LEVELS, english, LIGHT)
    with pytest.raises(ValueError, match="Submitted is higher than Finished"):
        flow("Ideas", PERIODS, LEVELS[::-2], english, LIGHT)
