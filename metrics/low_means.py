"""Where a mean lies on the bad side of all others beyond chance: sites with nobody to talk to."""

import numpy as np
import polars as pl

from metrics import shrinkage
from metrics.measure import MEAN
from metrics.results import Cells
from metrics.standing_out import standing_out
from metrics.sums import columns, floats, independent, of_measure
from metrics.vocabulary import Measure

_MOVED = ("shrunken", "shrunken_low", "shrunken_high")


def low_means(cells: Cells, measure: Measure) -> pl.DataFrame:
    """The groups with their means, raw and moved towards the mean of all, the worst first.

    The variance of one answer is that within the groups, pooled:
    sum (squares - total^2/n) / sum (n - 1); that of a mean is it divided by the answers that count
    as independent.

    Args:
        cells: grouped by one dimension, of one measure that has a mean.
        measure: that measure.

    Returns:
        Per group its dimension; ``value``, ``low``, ``high``, ``n``, ``coverage``; the columns of
        `standing_out`; ``shrunken``, ``shrunken_low``, ``shrunken_high`` (null for fewer than three
        groups); ``apart``: it differs from all others together, the false-discovery rate under
        control, and on the bad side.
    """
    compared = standing_out(cells, MEAN, measure).rows
    keys = list(cells.by)
    own = of_measure(cells, measure).filter(pl.col("total").is_not_null())
    n, total, squares = (floats(own, name) for name in ("n_known", "total", "squares"))
    free = float(np.nansum(n - 1))
    unit = float(np.nansum(squares - total**2 / n)) / free if free > 0 else float("nan")
    sized = own.select(keys).with_columns(size=pl.Series(independent(own, measure)))
    rows = compared.join(sized, on=keys, how="left", maintain_order="left")
    size = floats(rows, "size")
    moved = shrinkage.shrunken(floats(rows, "value"), unit / np.where(size > 0, size, np.nan))
    filled = (
        rows.with_columns(columns(moved.estimates, *_MOVED))
        if moved is not None
        else rows.with_columns(pl.lit(None, pl.Float64).alias(name) for name in _MOVED)
    )
    return (
        filled.with_columns(apart=pl.col("flagged") & pl.col("worse"))
        .sort(
            pl.coalesce("shrunken", "value"),
            descending=measure.better == "lower",
            maintain_order=True,
        )
        .drop("size")
    )
