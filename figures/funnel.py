"""A funnel plot: every group by its size, and how far chance alone could carry it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from figures.axes import nice_ticks, numbered, titled
from figures.palette import Palette
from figures.picture import Picture, Words
from figures.template import Part, figure, level

_POINTS = 80


@dataclass(frozen=True, slots=True)
class Dot:
    """A group. ``size``: what its limits are drawn for; ``hot``: beyond chance on the bad side."""

    name: str
    value: float
    size: float
    n: int
    hot: bool = False


@dataclass(frozen=True, slots=True)
class Limit:
    """A pair of lines over ``sizes``, and the share of groups within them, in percent."""

    level: float
    low: Sequence[float]
    high: Sequence[float]


def sizes(dots: Sequence[Dot]) -> np.ndarray:
    """The sizes to draw limits for: from the smallest group to the largest, closer where small."""
    known = [dot.size for dot in dots]
    return np.geomspace(max(min(known), 1), max(known) * 1.02, _POINTS)


def _decades(dots: Sequence[Dot]) -> list[float]:
    """1, 2 and 5 times powers of ten from below the smallest group to above the largest."""
    known = [max(dot.size, 1) for dot in dots]
    return [
        factor * 10.0**power
        for power in range(7)
        for factor in (1, 2, 5)
        if min(known) / 2 <= factor * 10.0**power <= max(known) * 2
    ]


def funnel(
    name: str,
    unit: str,
    dots: Sequence[Dot],
    at: Sequence[float],
    limits: Sequence[Limit],
    whole: float,
    words: Words,
    palette: Palette,
    sized: str | None = None,
) -> Picture:
    """Draw the groups, the whole as a line, and each limit as a pair of lines.

    ``sized``: what the size is, in the reader's language; None: answers per survey.

    Raises:
        ValueError: there are no groups.
    """
    if not dots:
        raise ValueError("a funnel needs at least one group")
    _ = words
    traces: list[Part] = [
        {
            "type": "scatter",
            "x": list(at),
            "y": list(side),
            "mode": "lines",
            "line": {"color": palette.quiet, "width": 1.2, "dash": dash},
            "hoverinfo": "skip",
        }
        for limit, dash in zip(limits, ("dash", "solid"), strict=False)
        for side in (limit.low, limit.high)
    ]
    traces.append(
        {
            "type": "scatter",
            "x": [dot.size for dot in dots],
            "y": [dot.value for dot in dots],
            "mode": "markers",
            "marker": {
                "size": 9,
                "symbol": ["square" if dot.hot else "circle-open" for dot in dots],
                "color": [palette.bad if dot.hot else palette.main for dot in dots],
                "line": {"width": 1.8},
            },
            "hovertext": [
                f"<b>{dot.name}</b><br>{words.value(dot.value, unit)}<br>n = {words.number(dot.n)}"
                for dot in dots
            ],
            "hovertemplate": "%{hovertext}<extra></extra>",
        }
    )
    shown = [dot.value for dot in dots]
    ticks = nice_ticks(min(0.0, *shown), max(*shown, whole))
    decades = _decades(dots)
    drawn = figure(
        traces,
        palette,
        height=360,
        x={
            **titled(sized or _("Answers per survey")),
            "type": "log",
            "tickvals": decades,
            "ticktext": [words.number(tick) for tick in decades],
        },
        y={**numbered(ticks, unit, words), "range": [ticks[0], ticks[-1]]},
        shapes=[level(whole, palette.accent)],
    )
    hot = [dot.name for dot in dots if dot.hot]
    alt = _("{name} of {count} groups by their size; {hot} lie beyond chance on the bad side.")
    return Picture(
        drawn,
        alt.format(name=name, count=len(dots), hot=len(hot)),
        pl.DataFrame(
            {
                _("Group"): [dot.name for dot in dots],
                name: pl.Series([dot.value for dot in dots], dtype=pl.Float64).round(2),
                _("n"): [dot.n for dot in dots],
                _("Beyond chance"): [_("yes") if dot.hot else _("no") for dot in dots],
            }
        ),
    )
