"""A cumulative flow diagram: what came in, what is decided and what is finished, one on another.

The height between two lines is how many are in between; the width is how long that takes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import polars as pl

from figures.axes import nice_ticks, numbered
from figures.palette import Palette
from figures.picture import Picture, Words
from figures.template import ABOVE, LEGEND, figure

_MOST_TICKS = 7
_OPACITY = 0.55


@dataclass(frozen=True, slots=True)
class Level:
    """How many had come so far by the end of each period; ``between``: who is under this line
    and above the next."""

    name: str
    between: str
    counts: Sequence[int]


def flow(
    name: str,
    periods: Sequence[str],
    levels: Sequence[Level],
    words: Words,
    palette: Palette,
) -> Picture:
    """Draw the levels, the highest first, each no higher than the one before it.

    Counts are drawn from what the lowest had reached at the first period on.

    Raises:
        ValueError: no periods or levels, or a level that is higher than the one before it.
    """
    if not periods or not levels:
        raise ValueError("a flow needs periods and levels")
    for above, below in pairwise(levels):
        if any(low > high for high, low in zip(above.counts, below.counts, strict=True)):
            raise ValueError(f"{below.name} is higher than {above.name}")
    _ = words
    floor = levels[-1].counts[0]
    places = list(range(len(periods)))
    # From the lowest up, so that each fills down to the one below it.
    traces = [
        {
            "type": "scatter",
            "x": places,
            "y": [count - floor for count in level.counts],
            "mode": "lines",
            "name": level.between,
            "line": {"color": palette.series[place], "width": 2},
            "fill": "tozeroy" if place == len(levels) - 1 else "tonexty",
            "fillcolor": palette.series[place],
            "opacity": _OPACITY,
            "hovertext": _hover(levels, place, periods, words),
            "hovertemplate": "%{hovertext}<extra></extra>",
        }
        for place, level in reversed(list(enumerate(levels)))
    ]
    top = max(levels[0].counts) - floor
    ticks = nice_ticks(0, top)
    step = max(1, -(-len(periods) // _MOST_TICKS))
    shown = places[::-1][::step][::-1]
    drawn = figure(
        traces,
        palette,
        height=360,
        x={
            "tickvals": shown,
            "ticktext": [words.period(periods[place], short=True) for place in shown],
        },
        y={**numbered(ticks, "count", words), "range": [0, ticks[-1]]},
        layout={**LEGEND, "legend": {**ABOVE, "traceorder": "reversed"}},
    )
    return Picture(drawn, _alt(name, periods, levels, words), _table(periods, levels, words))


def _between(levels: Sequence[Level], place: int, period: int) -> int | None:
    """How many are between a level and the next; None under the lowest."""
    if place == len(levels) - 1:
        return None
    return levels[place].counts[period] - levels[place + 1].counts[period]


def _hover(levels: Sequence[Level], place: int, periods: Sequence[str], words: Words) -> list[str]:
    told = []
    for at, period in enumerate(periods):
        lines = [
            words.period(period),
            f"{levels[place].name}: {words.number(levels[place].counts[at])}",
        ]
        between = _between(levels, place, at)
        if between is not None:
            lines.append(f"<b>{levels[place].between}: {words.number(between)}</b>")
        told.append("<br>".join(lines))
    return told


def _alt(name: str, periods: Sequence[str], levels: Sequence[Level], words: Words) -> str:
    _ = words
    parts = [
        _("{level} {first} to {last}").format(
            level=level.between,
            first=words.number(_between(levels, place, 0)),
            last=words.number(_between(levels, place, len(periods) - 1)),
        )
        for place, level in enumerate(levels[:-1])
    ]
    return _("{name}, {first} to {last}: {parts}.").format(
        name=name,
        first=words.period(periods[0]),
        last=words.period(periods[-1]),
        parts=", ".join(parts),
    )


def _table(periods: Sequence[str], levels: Sequence[Level], words: Words) -> pl.DataFrame:
    _ = words
    return pl.DataFrame(
        {
            _("Period"): [words.period(period) for period in periods],
            **{level.name: list(level.counts) for level in levels},
            **{
                level.between: [_between(levels, place, at) for at in range(len(periods))]
                for place, level in enumerate(levels[:-1])
            },
        }
    )
