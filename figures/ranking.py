"""Groups side by side: a dot with its 95 % interval, against the whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from figures.axes import listed, nice_ticks, numbered
from figures.palette import Palette
from figures.picture import Picture, Words
from figures.template import figure, upright

Verdict = Literal["better", "worse", "unclear"]

_ROW_PIXELS = 26
_LONGEST_NAME = 28
_FRAME_PIXELS = 56


@dataclass(frozen=True, slots=True)
class Row:
    """A group. ``verdict``: against the whole, after what the metric says about chance."""

    name: str
    value: float
    low: float | None
    high: float | None
    n: int
    verdict: Verdict = "unclear"


def ranking(
    name: str,
    unit: str,
    rows: Sequence[Row],
    whole: float | None,
    words: Words,
    palette: Palette,
) -> Picture:
    """Draw the rows in the order given, the first on top; `whole` is a line to compare with.

    Raises:
        ValueError: there are no rows.
    """
    if not rows:
        raise ValueError("a ranking needs at least one row")
    colours = {"better": palette.good, "worse": palette.bad, "unclear": palette.quiet}
    symbols = {"better": "diamond", "worse": "square", "unclear": "circle-open"}
    trace = {
        "type": "scatter",
        "x": [row.value for row in rows],
        "y": list(range(len(rows))),
        "mode": "markers",
        "marker": {
            "size": 10,
            "color": [colours[row.verdict] for row in rows],
            "symbol": [symbols[row.verdict] for row in rows],
            "line": {"width": 2, "color": [colours[row.verdict] for row in rows]},
        },
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [
                (row.high if row.high is not None else row.value) - row.value for row in rows
            ],
            "arrayminus": [
                row.value - (row.low if row.low is not None else row.value) for row in rows
            ],
            "color": palette.quiet,
            "thickness": 1.5,
            "width": 0,
        },
        "hovertext": [_hover(row, unit, words) for row in rows],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    ends = [end for row in rows for end in (row.value, row.low, row.high, whole) if end is not None]
    ticks = nice_ticks(min(ends), max(ends))
    drawn = figure(
        [trace],
        palette,
        height=_FRAME_PIXELS + _ROW_PIXELS * len(rows),
        x={**numbered(ticks, unit, words), "showgrid": True},
        y=listed([_shortened(row.name) for row in rows]),
        shapes=[] if whole is None else [upright(whole, palette.accent)],
    )
    return Picture(drawn, _alt(name, unit, rows, words), _table(name, rows, words))


def _shortened(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + "…"


def _hover(row: Row, unit: str, words: Words) -> str:
    _ = words
    interval = words.interval(row.low, row.high, unit)
    lines = [f"<b>{row.name}</b>", words.value(row.value, unit)]
    if row.low is not None:
        lines.append(_("95 % interval {interval}").format(interval=interval))
    return "<br>".join([*lines, f"n = {words.number(row.n)}"])


def _alt(name: str, unit: str, rows: Sequence[Row], words: Words) -> str:
    _ = words
    return _(
        "{name} of {count} groups, from {first} ({first_value}) to {last} ({last_value})."
    ).format(
        name=name,
        count=len(rows),
        first=rows[0].name,
        first_value=words.value(rows[0].value, unit),
        last=rows[-1].name,
        last_value=words.value(rows[-1].value, unit),
    )


def _table(name: str, rows: Sequence[Row], words: Words) -> pl.DataFrame:
    _ = words
    return pl.DataFrame(
        {
            _("Group"): [row.name for row in rows],
            name: _rounded([row.value for row in rows]),
            _("95 % from"): _rounded([row.low for row in rows]),
            _("95 % to"): _rounded([row.high for row in rows]),
            _("n"): [row.n for row in rows],
        }
    )


def _rounded(numbers: Sequence[float | None]) -> pl.Series:
    return pl.Series(numbers, dtype=pl.Float64).round(2)
