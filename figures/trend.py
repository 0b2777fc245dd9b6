"""One quantity over time: a line with the band of its 95 % interval."""

from dataclasses import dataclass

import polars as pl

from figures.axes import nice_ticks, numbered
from figures.palette import Palette
from figures.picture import Picture, Words
from figures.template import Part, band, figure, level
from release.periods import between, parse

_MOST_TICKS = 7
_BAND = 0.18
_LONE = 7


@dataclass(frozen=True, slots=True)
class Series:
    """A quantity over time.

    ``name``: visible; ``rows``: ``period``, ``value``, ``low``, ``high``, ``n`` in any order;
    periods are of one grain. ``target``: drawn as a dotted line. ``span``: ends of the axis;
    None: the axis fits the numbers.
    """

    name: str
    unit: str
    rows: pl.DataFrame
    target: float | None = None
    span: tuple[float, float] | None = None


def trend(series: Series, words: Words, palette: Palette, *, height: int = 320) -> Picture:
    """Draw a series; a period without a number is a gap, never a bridge.

    Raises:
        ValueError: `series` has no rows.
    """
    if series.rows.is_empty():
        raise ValueError("a trend needs at least one period")
    rows = _with_gaps(series.rows)
    places = list(range(rows.height))
    line = {
        "type": "scatter",
        "x": places,
        "y": rows["value"].to_list(),
        "mode": "lines+markers",
        "line": {"color": palette.main, "width": 2.5},
        "marker": {"size": 6, "color": palette.main},
        "customdata": [
            [
                words.period(row["period"]),
                words.value(row["value"], series.unit),
                words.interval(row["low"], row["high"], series.unit),
                words.number(row["n"]),
            ]
            for row in rows.iter_rows(named=True)
        ],
        "hovertemplate": _hover(words),
        "connectgaps": False,
    }
    ticks = _ticks(rows.height)
    values = _values(rows, series)
    drawn = figure(
        [*_bands(rows, palette), line],
        palette,
        height=height,
        x={
            "tickvals": ticks,
            "ticktext": [words.period(rows["period"][tick], short=True) for tick in ticks],
            "range": [-0.5, rows.height - 0.5],
        },
        y={**numbered(values, series.unit, words), "range": [values[0], values[-1]]},
        shapes=[] if series.target is None else _aim(series.target, series.unit, words, palette),
    )
    return Picture(drawn, _alt(series, words), _table(series, words))


def _with_gaps(rows: pl.DataFrame) -> pl.DataFrame:
    periods = sorted(parse(text) for text in rows["period"].unique())
    every = [period.text for period in between(periods[0], periods[-1])]
    return pl.DataFrame({"period": every}).join(rows, on="period", how="left")


def _bands(rows: pl.DataFrame, palette: Palette) -> list[Part]:
    """A closed shape for each stretch of periods in a row that have an interval; a bar for one."""
    known = (rows["low"].is_not_null() & rows["high"].is_not_null()).to_list()
    stretch: list[int] = []
    found: list[Part] = []
    for place, here in enumerate([*known, False]):
        if here:
            stretch.append(place)
            continue
        if len(stretch) == 1:
            found.append(
                {
                    "type": "scatter",
                    "x": stretch * 2,
                    "y": [rows["low"][stretch[0]], rows["high"][stretch[0]]],
                    "mode": "lines",
                    "line": {"width": _LONE, "color": palette.main},
                    "opacity": _BAND,
                    "hoverinfo": "skip",
                }
            )
        elif stretch:
            low = [rows["low"][index] for index in stretch]
            high = [rows["high"][index] for index in stretch]
            found.append(band(stretch, low, high, palette.main, _BAND))
        stretch = []
    return found


def _aim(target: float, unit: str, words: Words, palette: Palette) -> list[Part]:
    """A line at the target, with its name."""
    _ = words
    text: Part = {
        "text": _("target {value}").format(value=words.value(target, unit)),
        "showarrow": False,
        "font": {"color": palette.accent, "size": 12},
        "x": 1,
        "xref": "paper",
        "xanchor": "right",
        "y": target,
        "yanchor": "bottom",
    }
    return [level(target, palette.accent), text]


def _ticks(count: int) -> list[int]:
    step = max(1, -(-count // _MOST_TICKS))
    return list(range(count - 1, -1, -step))[::-1]


def _values(rows: pl.DataFrame, series: Series) -> list[float]:
    seen = [
        number
        for name in ("value", "low", "high")
        for number in rows[name].to_list()
        if number is not None
    ]
    if series.target is not None:
        seen.append(series.target)
    low, high = series.span or (min(seen), max(seen))
    return nice_ticks(low, high)


def _hover(words: Words) -> str:
    _ = words
    between_text = _("95 % interval {interval}").format(interval="%{customdata[2]}")
    return (
        "<b>%{customdata[1]}</b><br>%{customdata[0]}<br>"
        + between_text
        + "<br>n = %{customdata[3]}<extra></extra>"
    )


def _alt(series: Series, words: Words) -> str:
    _ = words
    known = series.rows.drop_nulls("value").sort("period")
    first, last = known.row(0, named=True), known.row(-1, named=True)
    if known.height == 1:
        return _("{name}: {value} in {period}.").format(
            name=series.name,
            value=words.value(last["value"], series.unit),
            period=words.period(last["period"]),
        )
    return _(
        "{name} over time: {first_value} in {first_period}, {last_value} in {last_period}."
    ).format(
        name=series.name,
        first_value=words.value(first["value"], series.unit),
        first_period=words.period(first["period"]),
        last_value=words.value(last["value"], series.unit),
        last_period=words.period(last["period"]),
    )


def _table(series: Series, words: Words) -> pl.DataFrame:
    _ = words
    rows = series.rows.sort("period")
    return pl.DataFrame(
        {
            _("Period"): [words.period(period) for period in rows["period"]],
            series.name: rows["value"].round(2),
            _("95 % from"): rows["low"].round(2),
            _("95 % to"): rows["high"].round(2),
            _("n"): rows["n"],
        }
    )
