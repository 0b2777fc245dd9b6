"""Two quantities of the same groups: a dot each, and a curve through them with its band."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import polars as pl

from figures.axes import nice_ticks, numbered, titled
from figures.palette import Palette
from figures.picture import Picture, Words
from figures.template import Part, band, figure

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
    traces: list[Part] = []
    if line is not None:
        traces.append(band(line.at, line.low, line.high, palette.main, _BAND))
        traces.append(
            {
                "type": "scatter",
                "x": list(line.at),
                "y": list(line.value),
                "mode": "lines",
                "line": {"color": palette.main, "width": 2.5},
                "hoverinfo": "skip",
            }
        )
    most = max(point.n for point in points)
    traces.append(
        {
            "type": "scatter",
            "x": [point.x for point in points],
            "y": [point.y for point in points],
            "mode": "markers",
            "marker": {
                "size": [_SMALL + (_LARGE - _SMALL) * sqrt(point.n / most) for point in points],
                "color": palette.accent,
                "opacity": 0.65,
            },
            "hovertext": [
                f"<b>{point.name}</b><br>{x.name} {words.value(point.x, x.unit)}<br>"
                f"{y.name} {words.value(point.y, y.unit)}<br>n = {words.number(point.n)}"
                for point in points
            ],
            "hovertemplate": "%{hovertext}<extra></extra>",
        }
    )

    def side(axis: Axis, values: Sequence[float]) -> Part:
        ticks = nice_ticks(min(values), max(values))
        return {**numbered(ticks, axis.unit, words), **titled(axis.name)}

    drawn = figure(
        traces,
        palette,
        height=340,
        x=side(x, [point.x for point in points]),
        y=side(y, [point.y for point in points]),
    )
    _ = words
    alt = _("{y} against {x}, a dot for each of {count} groups.")
    return Picture(
        drawn,
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
