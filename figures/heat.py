"""Sites against figures, coloured on absolute scales: the same number has the same colour always.

Colour says how far a number is on the way from the good end of its own scale to the bad end, so
columns of different units can stand side by side. Each field shows its number as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go
import polars as pl

from figures.palette import Palette
from figures.picture import Picture, Words
from figures.template import dress

_ROW_PIXELS = 26
_HEAD_PIXELS = 64
_LONGEST_NAME = 30
_GAP = 2


@dataclass(frozen=True, slots=True)
class Column:
    """One figure. ``good`` and ``bad``: the fixed ends of its scale (either may be the larger)."""

    name: str
    unit: str
    good: float
    bad: float


@dataclass(frozen=True, slots=True)
class Field:
    """One number of one site; ``value`` None: nothing may or can be shown."""

    value: float | None
    low: float | None = None
    high: float | None = None
    n: int | None = None


def position(value: float | None, column: Column) -> float | None:
    """How far `value` is from the good end (0) to the bad end (1), clipped to both."""
    if value is None:
        return None
    return min(1.0, max(0.0, (value - column.good) / (column.bad - column.good)))


def heat(
    sites: Sequence[str],
    columns: Sequence[Column],
    fields: Sequence[Sequence[Field]],
    words: Words,
    palette: Palette,
) -> Picture:
    """Draw `fields`, a row per site (the first on top) and an entry per column.

    Raises:
        ValueError: the shape of `fields` does not fit.
    """
    if len(fields) != len(sites) or any(len(row) != len(columns) for row in fields):
        raise ValueError("fields must have a row per site and an entry per column")
    z = [[position(f.value, c) for f, c in zip(row, columns, strict=True)] for row in fields]
    text = [
        [
            "" if f.value is None else words.value(f.value, c.unit)
            for f, c in zip(row, columns, strict=True)
        ]
        for row in fields
    ]
    hover = [
        [_hover(site, f, c, words) for f, c in zip(row, columns, strict=True)]
        for site, row in zip(sites, fields, strict=True)
    ]
    figure = go.Figure(
        go.Heatmap(
            z=z,
            x=list(range(len(columns))),
            y=list(range(len(sites))),
            text=text,
            texttemplate="%{text}",
            hovertext=hover,
            hovertemplate="%{hovertext}<extra></extra>",
            hoverongaps=True,
            colorscale=palette.steps(),
            zmin=0,
            zmax=1,
            showscale=False,
            xgap=_GAP,
            ygap=_GAP,
        )
    )
    dress(figure, palette, height=_HEAD_PIXELS + _ROW_PIXELS * max(1, len(sites)))
    figure.update_xaxes(
        side="top",
        tickvals=list(range(len(columns))),
        ticktext=[_wrapped(column.name) for column in columns],
        tickangle=0,
    )
    figure.update_yaxes(
        autorange="reversed",
        showgrid=False,
        ticks="",
        tickvals=list(range(len(sites))),
        ticktext=[_shortened(site) for site in sites],
    )
    return Picture(figure, _alt(sites, columns, words), _table(sites, columns, fields, words))


def _hover(site: str, field: Field, column: Column, words: Words) -> str:
    _ = words
    head = f"<b>{site}</b><br>{column.name}: "
    if field.value is None:
        return head + _("too few to show")
    lines = [head + words.value(field.value, column.unit)]
    if field.low is not None:
        interval = words.interval(field.low, field.high, column.unit)
        lines.append(_("95 % interval {interval}").format(interval=interval))
    if field.n is not None:
        lines.append(f"n = {words.number(field.n)}")
    return "<br>".join(lines)


def _wrapped(name: str, width: int = 13) -> str:
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + len(word) + 1 > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(lines)


def _shortened(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + "…"


def _alt(sites: Sequence[str], columns: Sequence[Column], words: Words) -> str:
    _ = words
    return _(
        "Table of {sites} sites against {figures}, darker rust where a number is nearer the bad "
        "end of its scale. The same numbers are in the table below."
    ).format(sites=len(sites), figures=", ".join(column.name for column in columns))


def _table(
    sites: Sequence[str],
    columns: Sequence[Column],
    fields: Sequence[Sequence[Field]],
    words: Words,
) -> pl.DataFrame:
    _ = words
    table: dict[str, object] = {_("Site"): list(sites)}
    for index, column in enumerate(columns):
        numbers = [row[index].value for row in fields]
        table[column.name] = pl.Series(numbers, dtype=pl.Float64).round(2)
    return pl.DataFrame(table)
