"""Groups by two rates at once: four quarters around the values of all together."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from figures.axes import nice_ticks, numbered, titled
from figures.curve import Axis
from figures.palette import Palette
from figures.picture import Picture, Words
from figures.template import Part, figure, level, upright

_MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Spot:
    """A group: two values with their intervals. ``hot``: beyond chance on the bad side of one."""

    name: str
    x: float
    x_low: float | None
    x_high: float | None
    y: float
    y_low: float | None
    y_high: float | None
    n: int
    hot: bool = False


def quadrants(
    x: Axis,
    y: Axis,
    spots: Sequence[Spot],
    middle: tuple[float, float],
    words: Words,
    palette: Palette,
) -> Picture:
    """Draw the groups with their intervals as crosses; lines at ``middle``, the whole's values.

    Groups that are hot are drawn last, as squares, the first few with their names.

    Raises:
        ValueError: there are no groups.
    """
    if not spots:
        raise ValueError("quadrants need at least one group")
    traces = [
        _crosses(some, x, y, words, palette, hot=hot)
        for hot in (False, True)
        if (some := [spot for spot in spots if spot.hot is hot])
    ]

    def side(axis: Axis, values: Sequence[float]) -> Part:
        ticks = nice_ticks(min(values), max(values))
        return {
            **numbered(ticks, axis.unit, words),
            "range": [ticks[0], ticks[-1]],
            **titled(axis.name),
        }

    drawn = figure(
        traces,
        palette,
        height=420,
        x=side(x, [middle[0], *(spot.x for spot in spots)]),
        y=side(y, [middle[1], *(spot.y for spot in spots)]),
        shapes=[upright(middle[0], palette.accent), level(middle[1], palette.accent)],
    )
    both = [spot for spot in spots if spot.x > middle[0] and spot.y > middle[1]]
    _ = words
    alt = _(
        "{y} against {x} of {count} groups; {both} lie above all together on both, {hot} of all "
        "beyond chance on one of them."
    ).format(
        x=x.name,
        y=y.name,
        count=len(spots),
        both=len(both),
        hot=sum(spot.hot for spot in spots),
    )
    return Picture(drawn, alt, _table(x, y, spots, words))


def _crosses(
    spots: Sequence[Spot],
    x: Axis,
    y: Axis,
    words: Words,
    palette: Palette,
    *,
    hot: bool,
) -> Part:
    colour = palette.bad if hot else palette.main
    return {
        "type": "scatter",
        "x": [spot.x for spot in spots],
        "y": [spot.y for spot in spots],
        "mode": "markers+text" if hot else "markers",
        "text": [spot.name if place < _MOST_NAMED else "" for place, spot in enumerate(spots)]
        if hot
        else None,
        "textposition": "top center",
        "marker": {
            "size": 10 if hot else 8,
            "symbol": "square" if hot else "circle-open",
            "color": colour,
            "line": {"width": 1.6},
        },
        "error_x": _errors([(spot.x, spot.x_low, spot.x_high) for spot in spots], palette),
        "error_y": _errors([(spot.y, spot.y_low, spot.y_high) for spot in spots], palette),
        "hovertext": [_hover(spot, x, y, words) for spot in spots],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _errors(
    ends: Sequence[tuple[float, float | None, float | None]], palette: Palette
) -> dict[str, object]:
    return {
        "type": "data",
        "symmetric": False,
        "array": [(high if high is not None else value) - value for value, _low, high in ends],
        "arrayminus": [value - (low if low is not None else value) for value, low, _high in ends],
        "color": palette.quiet,
        "thickness": 0.7,
        "width": 0,
    }


def _hover(spot: Spot, x: Axis, y: Axis, words: Words) -> str:
    lines = [f"<b>{spot.name}</b>"]
    for axis, value, low, high in (
        (x, spot.x, spot.x_low, spot.x_high),
        (y, spot.y, spot.y_low, spot.y_high),
    ):
        said = f"{axis.name} {words.value(value, axis.unit)}"
        lines.append(said if low is None else f"{said} ({words.interval(low, high, axis.unit)})")
    return "<br>".join([*lines, f"n = {words.number(spot.n)}"])


def _table(x: Axis, y: Axis, spots: Sequence[Spot], words: Words) -> pl.DataFrame:
    _ = words
    columns: dict[str, object] = {_("Group"): [spot.name for spot in spots]}
    for axis, name in ((x, "x"), (y, "y")):
        for suffix, label in (("", ""), ("_low", _("95 % from")), ("_high", _("95 % to"))):
            numbers = pl.Series([getattr(s, f"{name}{suffix}") for s in spots], dtype=pl.Float64)
            columns[f"{axis.name} {label}".strip()] = numbers.round(2)
    columns[_("n")] = [spot.n for spot in spots]
    columns[_("Beyond chance")] = [_("yes") if spot.hot else _("no") for spot in spots]
    return pl.DataFrame(columns)
