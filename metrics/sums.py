"""Rows of cells as the subjects need them: of one measure, or of several side by side."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from metrics.intervals import FloatArray, Intervals
from metrics.results import Cells
from metrics.vocabulary import Measure


def of_measure(cells: Cells, measure: Measure) -> pl.DataFrame:
    """The rows of one measure, without the column that names it."""
    return cells.rows.filter(pl.col("measure") == measure.code).drop("measure")


def floats(rows: pl.DataFrame, column: str) -> FloatArray:
    """A column as numbers; null becomes NaN. Not to be written to."""
    return rows[column].cast(pl.Float64).to_numpy()


def columns(
    estimates: Intervals, value: str = "value", low: str = "low", high: str = "high"
) -> list[pl.Series]:
    """Estimates as three columns; NaN becomes null."""
    named = ((value, estimates.value), (low, estimates.low), (high, estimates.high))
    return [
        pl.Series(name, np.asarray(array, dtype=np.float64), nan_to_null=True)
        for name, array in named
    ]


def independent(rows: pl.DataFrame, measure: Measure) -> FloatArray:
    """How many of the n answers count as independent.

    The same employees may have answered in each of the periods that a row sums, so their n is
    divided by the number of periods; customers and records are taken as they are.
    """
    n = floats(rows, "n")
    return n / floats(rows, "periods") if measure.rater == "employee" else n


def noisy_mean(rows: pl.DataFrame, free: FloatArray) -> FloatArray:
    """How many independent answers have the error of ``free`` answers with noise in their total.

    1/m' = 1/m + e/(n^2 s^2), e the variance of the noise, s the spread (squares/n - mean^2).
    """
    n, error = floats(rows, "n"), _error(rows, "total_error")
    variance = floats(rows, "squares") / n - (floats(rows, "total") / n) ** 2
    more = np.divide(
        error, n**2 * variance, out=np.zeros_like(n), where=(error > 0) & (variance > 0)
    )
    return free / (1 + free * more)


def noisy_share(rows: pl.DataFrame, free: FloatArray) -> FloatArray:
    """How many independent answers have the error of ``free`` answers with noise in ``at_risk``.

    1/m' = 1/m + e/(n^2 p(1-p)), e the variance of the noise, p = (k+2)/(n+4) with k in 0..n.
    """
    n = floats(rows, "n")
    share = (np.clip(floats(rows, "at_risk"), 0, n) + 2) / (n + 4)
    return free / (1 + free * _error(rows, "risk_error") / (n**2 * share * (1 - share)))


def _error(rows: pl.DataFrame, column: str) -> FloatArray:
    """The variance of noise; none where the column is absent or null."""
    if column not in rows.columns:
        return np.zeros(rows.height)
    return np.nan_to_num(floats(rows, column))


_BESIDE = ("n", "periods", "coverage", "total_error")


def beside(cells: Cells, codes: Sequence[str]) -> pl.DataFrame:
    """The totals of several measures side by side, a row per group that any of them has.

    Returns:
        ``cells.by``, then per code its total and ``<code> n``, ``<code> periods``,
        ``<code> coverage``, ``<code> total_error``; null where a group has no cells of it.
    """
    keys = list(cells.by) or ["group"]
    rows = cells.rows.filter(pl.col("measure").is_in(codes))
    if not cells.by:
        rows = rows.with_columns(group=pl.lit(0))
    told = [
        pl.col(name).filter(pl.col("measure") == code).first().alias(alias)
        for code in codes
        for name, alias in (("total", code), *((name, f"{code} {name}") for name in _BESIDE))
    ]
    return rows.group_by(keys).agg(told).sort(keys)
