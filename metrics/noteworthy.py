"""What deserves a place on the first screen: the surest differences over several key figures."""

from collections.abc import Sequence

import polars as pl

from metrics.fdr import RATE, benjamini_hochberg
from metrics.overview import KeyFigure
from metrics.results import Table
from metrics.sums import floats

_COLUMNS = ("figure", "value", "other", "difference", "low", "high", "n", "worse")


def changed_most(parts: Sequence[tuple[KeyFigure, Table]]) -> pl.DataFrame:
    """The groups that changed, over all figures together, the surest change first.

    All comparisons of all figures are one family: of the rows that come back at most 5 % is
    expected to be there by chance (Benjamini-Hochberg on the p-values of ``changes.change``).

    Args:
        parts: key figures with their ``changes.change``, all grouped alike.

    Returns:
        ``figure`` (the place in ``parts``), the dimensions, ``value`` (now), ``other`` (before),
        ``difference``, ``low``, ``high``, ``n`` and ``worse``. No rows when nothing changed.
    """
    frames = [
        table.rows.select(
            *table.by,
            "p",
            figure=pl.lit(place, dtype=pl.Int64),
            value="now",
            other="before",
            difference="value",
            low="low",
            high="high",
            n="n",
            worse=_worse(figure, pl.col("value")),
            sureness=_sureness(figure, "value", "low", "high"),
        )
        for place, (figure, table) in enumerate(parts)
    ]
    if not frames:
        return pl.DataFrame(schema=dict.fromkeys(_COLUMNS, pl.Float64))
    rows = pl.concat(frames)
    adjusted = pl.Series(benjamini_hochberg(floats(rows, "p")), dtype=pl.Float64)
    return _ranked(rows.filter(adjusted.fill_nan(1.0) <= RATE), parts[0][1].by)


def worst_first(parts: Sequence[tuple[KeyFigure, Table]]) -> pl.DataFrame:
    """The groups that ``standing_out`` flags as worse, over all figures, the surest first.

    Args:
        parts: key figures with their ``standing_out``, all grouped alike.

    Returns:
        As ``changed_most``; ``other`` is the value of all other groups together.
    """
    frames = [
        table.rows.filter(pl.col("flagged") & pl.col("worse")).select(
            *table.by,
            figure=pl.lit(place, dtype=pl.Int64),
            value="value",
            other="rest",
            difference="difference",
            low="difference_low",
            high="difference_high",
            n="n",
            worse="worse",
            sureness=_sureness(figure, "difference", "difference_low", "difference_high"),
        )
        for place, (figure, table) in enumerate(parts)
    ]
    if not frames:
        return pl.DataFrame(schema=dict.fromkeys(_COLUMNS, pl.Float64))
    return _ranked(pl.concat(frames), parts[0][1].by)


def _worse(figure: KeyFigure, difference: pl.Expr) -> pl.Expr:
    return difference > 0 if figure.better == "lower" else difference < 0


def _sureness(figure: KeyFigure, value: str, low: str, high: str) -> pl.Expr:
    """The end of the interval that is nearest to zero, as a share of the figure's scale."""
    nearest = pl.when(pl.col(value) > 0).then(pl.col(low)).otherwise(-pl.col(high))
    return nearest / abs(figure.high - figure.low)


def _ranked(rows: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    return rows.sort("sureness", descending=True, nulls_last=True, maintain_order=True).select(
        "figure", *by, *_COLUMNS[1:]
    )


def sites_in_order(parts: Sequence[tuple[KeyFigure, Table]]) -> list[str]:
    """Every site, those that stand out as worse on most figures first.

    Among equals the one that is on average nearest to the bad end of the scales comes first.

    Args:
        parts: key figures with their ``standing_out`` by location.
    """
    frames = [
        table.rows.select(
            "location",
            flagged=(pl.col("flagged") & pl.col("worse")).cast(pl.Int64),
            bad=_badness(figure, pl.col("value")),
        )
        for figure, table in parts
    ]
    if not frames:
        return []
    return (
        pl.concat(frames)
        .group_by("location")
        .agg(pl.col("flagged").sum(), pl.col("bad").mean())
        .sort("flagged", "bad", "location", descending=[True, True, False])["location"]
        .to_list()
    )


def _badness(figure: KeyFigure, value: pl.Expr) -> pl.Expr:
    """How far a value is from the good end (0) to the bad end (1) of its scale, clipped."""
    share = (value - figure.low) / (figure.high - figure.low)
    return (share if figure.better == "lower" else 1 - share).clip(0, 1)
