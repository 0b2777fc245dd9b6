"""Several courses over the same axis, each a line with its band: shares that stay, or that left."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from figures.axes import nice_ticks, numbered, titled
from figures.palette import Palette
from figures.picture import Picture, Words
from figures.template import LEGEND, Part, band, figure

_BAND = 0.14
_DASHES = ("solid", "dash", "dot", "dashdot", "longdash")
_HIGHEST = 100.0
_MARK = 5


@dataclass(frozen=True, slots=True)
class Course:
    """A line: where its points are, their values with intervals (NaN or None: none), and n."""

    name: str
    at: Sequence[float]
    value: Sequence[float]
    low: Sequence[float | None]
    high: Sequence[float | None]
    n: Sequence[int]


def courses(
    name: str,
    unit: str,
    axis: str,
    lines: Sequence[Course],
    ticks: Sequence[float],
    words: Words,
    palette: Palette,
    *,
    whole: bool = False,
) -> Picture:
    """Draw the lines in the order given, told apart by colour and by dash.

    Args:
        name, unit: what the values are.
        axis: what the points are at, such as months.
        ticks: where the axis below has its numbers.
        whole: the axis of values runs from 0 to 100, whatever the lines reach.

    Raises:
        ValueError: there are no lines, or more than there are colours.
    """
    if not lines or len(lines) > len(palette.series):
        raise ValueError(f"one to {len(palette.series)} lines can be told apart, not {len(lines)}")
    _ = words
    traces: list[Part] = []
    for place, line in enumerate(lines):
        colour = palette.series[place]
        traces += _band(line, colour)
        traces.append(
            {
                "type": "scatter",
                "x": list(line.at),
                "y": list(line.value),
                "mode": "lines+markers",
                "name": line.name,
                "showlegend": len(lines) > 1,
                "line": {"color": colour, "width": 2.2, "dash": _DASHES[place % len(_DASHES)]},
                "marker": {"size": _MARK, "color": colour},
                "hovertext": _hover(line, unit, axis, words),
                "hovertemplate": "%{hovertext}<extra></extra>",
            }
        )
    ends = [
        end for line in lines for part in (line.value, line.high) for end in part if end is not None
    ]
    values = nice_ticks(0.0, _HIGHEST if whole else max([*ends, 1.0]))
    drawn = figure(
        traces,
        palette,
        height=360,
        x={
            "tickvals": list(ticks),
            "ticktext": [words.number(tick) for tick in ticks],
            **titled(axis),
        },
        y={**numbered(values, unit, words), "range": [values[0], values[-1] * 1.01]},
        layout=LEGEND if len(lines) > 1 else None,
    )
    return Picture(drawn, _alt(name, unit, axis, lines, words), _table(name, axis, lines, words))


def _band(line: Course, colour: str) -> list[Part]:
    """The band of a line; none where no two points have an interval."""
    known = [
        (at, low, high)
        for at, low, high in zip(line.at, line.low, line.high, strict=True)
        if low is not None and high is not None
    ]
    if len(known) < 2:
        return []
    at, low, high = (list(part) for part in zip(*known, strict=True))
    return [{**band(at, low, high, colour, _BAND), "showlegend": False}]


def _hover(line: Course, unit: str, axis: str, words: Words) -> list[str]:
    _ = words
    told = []
    rows = zip(line.at, line.value, line.low, line.high, line.n, strict=True)
    for at, value, low, high, n in rows:
        lines = [f"<b>{line.name}</b>", f"{words.number(at)} {axis}", words.value(value, unit)]
        if low is not None:
            interval = words.interval(low, high, unit)
            lines.append(_("95 % interval {interval}").format(interval=interval))
        told.append("<br>".join([*lines, f"n = {words.number(n)}"]))
    return told


def _alt(name: str, unit: str, axis: str, lines: Sequence[Course], words: Words) -> str:
    _ = words
    parts = [
        _("{line}: {value} at {at} {axis}").format(
            line=line.name,
            value=words.value(line.value[-1], unit),
            at=words.number(line.at[-1]),
            axis=axis,
        )
        for line in lines
        if line.at
    ]
    return f"{name}. {'; '.join(parts)}."


def _table(name: str, axis: str, lines: Sequence[Course], words: Words) -> pl.DataFrame:
    _ = words

    def together(part: str) -> pl.Series:
        every = [value for line in lines for value in getattr(line, part)]
        return pl.Series(every, dtype=pl.Float64).round(2)

    return pl.DataFrame(
        {
            _("Group"): [line.name for line in lines for _at in line.at],
            axis.capitalize(): together("at"),
            name: together("value"),
            _("95 % from"): together("low"),
            _("95 % to"): together("high"),
            _("n"): [n for line in lines for n in line.n],
        }
    )
