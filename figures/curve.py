"""Two quantities of the same groups: a dot each, and a curve through them with its band."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import plotly.graph_objects as go
import polars as pl

from figures.axes import nice_ticks, tick_text
from figures.palette import Palette
from figures.picture import Picture, Words
from figures.template import dress

_SMALL, _LARGE = 5, 18
_BAND = 0.18


@dataclass(frozen=True, slots=True)
class Point:
    """A group: its two values and how many answers they rest on."""

    name: str
    x: float
    y: float
    n: int


@dataclass(frozen=True, slots=True)
class Line:
    """A curve with its band."""

    at: Sequence[float]
    value: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]


@dataclass(frozen=True, slots=True)
class Axis:
    """What an axis shows, and in which unit."""

    name: str
    unit: str


def curve(
    x: Axis, y: Axis, points: Sequence[Point], line: Line | None, words: Words, palette: Palette
) -> Picture:
    """Draw the points, larger where more answered, and the curve.

    Raises:
        ValueError: there are no points.
    """
    if not points:
        raise ValueError("a curve needs at least one point")
    figure = go.Figure()
    if line is not None:
        figure.add_scatter(
            x=[*line.at, *reversed(line.at)],
            y=[*line.high, *reversed(line.low)],
            mode="lines",
            line={"width": 0},
            fill="toself",
            fillcolor=palette.main,
            opacity=_BAND,
            hoverinfo="skip",
        )
        figure.add_scatter(
            x=list(line.at),
            y=list(line.value),
            mode="lines",
            line={"color": palette.main, "width": 2.5},
            hoverinfo="skip",
        )
    most = max(point.n for point in points)
    figure.add_scatter(
        x=[point.x for point in points],
        y=[point.y for point in points],
        mode="markers",
        marker={
            "size": [_SMALL + (_LARGE - _SMALL) * sqrt(point.n / most) for point in points],
            "color": palette.accent,
            "opacity": 0.65,
        },
        hovertext=[
            f"<b>{point.name}</b><br>{x.name} {words.value(point.x, x.unit)}<br>"
            f"{y.name} {words.value(point.y, y.unit)}<br>n = {words.number(point.n)}"
            for point in points
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    dress(figure, palette, height=340)
    for axis, values, update in (
        (x, [point.x for point in points], figure.update_xaxes),
        (y, [point.y for point in points], figure.update_yaxes),
    ):
        ticks = nice_ticks(min(values), max(values))
        texts = [tick_text(tick, ticks, axis.unit, words) for tick in ticks]
        update(tickvals=ticks, ticktext=texts, title_text=axis.name)
    _ = words
    alt = _("{y} against {x}, a dot for each of {count} groups.")
    return Picture(
        figure,
        alt.format(x=x.name, y=y.name, count=len(points)),
        pl.DataFrame(
            {
                _("Group"): [point.name for point in points],
                x.name: pl.Series([point.x for point in points], dtype=pl.Float64).round(2),
                y.name: pl.Series([point.y for point in points], dtype=pl.Float64).round(2),
                _("n"): [point.n for point in points],
            }
        ),
    )
