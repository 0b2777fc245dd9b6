"""Shares side by side: a bar each, from 0 to 100 percent."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from figures.axes import listed
from figures.palette import Palette
from figures.picture import Picture, Words
from figures.template import figure

_ROW_PIXELS = 34
_FRAME_PIXELS = 20
_ROOM = 118
"""Where the axis ends: the number stands behind the bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A share in percent and what it is of."""

    name: str
    value: float


def bars(name: str, unit: str, rows: Sequence[Bar], words: Words, palette: Palette) -> Picture:
    """Draw the rows in the order given, the first on top, each with its number.

    Raises:
        ValueError: there are no rows.
    """
    if not rows:
        raise ValueError("bars need at least one row")
    told = [words.value(row.value, unit) for row in rows]
    trace = {
        "type": "bar",
        "x": [row.value for row in rows],
        "y": list(range(len(rows))),
        "orientation": "h",
        "marker": {"color": palette.series[0]},
        "text": told,
        "textposition": "outside",
        "cliponaxis": False,
        "hoverinfo": "skip",
    }
    drawn = figure(
        [trace],
        palette,
        height=_FRAME_PIXELS + _ROW_PIXELS * len(rows),
        x={"range": [0, _ROOM], "visible": False},
        y=listed([row.name for row in rows]),
        layout={"bargap": 0.35},
    )
    parts = (f"{row.name} {value}" for row, value in zip(rows, told, strict=True))
    table = pl.DataFrame(
        {
            words("Group"): [row.name for row in rows],
            name: pl.Series([row.value for row in rows], dtype=pl.Float64).round(1),
        }
    )
    return Picture(drawn, f"{name}: {', '.join(parts)}.", table)
