"""Stages side by side: how many came so far, a bar each, and what share of all that is."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from figures.axes import listed
from figures.palette import Palette
from figures.picture import Picture, Words
from figures.template import figure

_ROW_PIXELS = 34
_FRAME_PIXELS = 20
_ROOM = 1.35
"""How much longer the axis is than the longest bar: the numbers stand behind the bars."""


@dataclass(frozen=True, slots=True)
class Stage:
    """How many, and their share in percent with its interval (None: of no whole).

    ``open``: something is still to happen; such a bar has the second colour.
    """

    name: str
    n: int
    share: float | None = None
    low: float | None = None
    high: float | None = None
    open: bool = False


def stages(name: str, rows: Sequence[Stage], words: Words, palette: Palette) -> Picture:
    """Draw the rows in the order given, the first on top.

    Raises:
        ValueError: there are no rows.
    """
    if not rows:
        raise ValueError("stages need at least one row")
    _ = words
    trace = {
        "type": "bar",
        "x": [row.n for row in rows],
        "y": list(range(len(rows))),
        "orientation": "h",
        "marker": {"color": [palette.accent if row.open else palette.main for row in rows]},
        "text": [_told(row, words) for row in rows],
        "textposition": "outside",
        "cliponaxis": False,
        "hovertext": [_hover(row, words) for row in rows],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    drawn = figure(
        [trace],
        palette,
        height=_FRAME_PIXELS + _ROW_PIXELS * len(rows),
        x={"range": [0, max(1, *(row.n for row in rows)) * _ROOM], "visible": False},
        y=listed([row.name for row in rows]),
        layout={"bargap": 0.35},
    )
    parts = (f"{row.name} {_told(row, words)}" for row in rows)
    return Picture(drawn, f"{name}: {', '.join(parts)}.", _table(rows, words))


def _told(row: Stage, words: Words) -> str:
    n = words.number(row.n)
    return n if row.share is None else f"{n} · {words.value(row.share, 'percent')}"


def _hover(row: Stage, words: Words) -> str:
    _ = words
    lines = [f"<b>{row.name}</b>", _told(row, words)]
    if row.low is not None:
        interval = words.interval(row.low, row.high, "percent")
        lines.append(_("95 % interval {interval}").format(interval=interval))
    return "<br>".join(lines)


def _table(rows: Sequence[Stage], words: Words) -> pl.DataFrame:
    _ = words
    counted = {_("Group"): [row.name for row in rows], _("Ideas"): [row.n for row in rows]}
    if all(row.share is None for row in rows):
        return pl.DataFrame(counted)
    parts = {_("Share, %"): "share", _("95 % from"): "low", _("95 % to"): "high"}
    return pl.DataFrame(
        {
            **counted,
            **{
                heading: pl.Series([getattr(row, part) for row in rows], dtype=pl.Float64).round(1)
                for heading, part in parts.items()
            },
        }
    )
