"""Where a share is high beyond chance: shrunken values, funnel limits and false discoveries."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from metrics import funnel, shrinkage
from metrics.funnel import Funnel
from metrics.intervals import Z
from metrics.measure import SHARE_AT_RISK
from metrics.metric import Metric
from metrics.results import Cells
from metrics.standing_out import standing_out
from metrics.sums import columns, floats, independent, of_measure
from metrics.vocabulary import Measure


@dataclass(frozen=True, slots=True)
class Hotspots:
    """Groups side by side, with what chance makes of them.

    Attributes:
        rows: per group its dimensions; ``value``, ``low``, ``high`` (raw, percent), ``n``;
            ``shrunken``, ``shrunken_low``, ``shrunken_high`` (null for fewer than four groups) and
            ``weight`` of its own value in it; ``size``: how many answers count as independent;
            ``flagged`` and ``worse`` as in `standing_out`; ``beyond``: outside the outer limits of
            the funnel, or without one; ``hot``: flagged, worse and beyond. The worst shrunken value
            first.
        funnel: None of a mean score, or where all groups have the same share.
    """

    rows: pl.DataFrame
    funnel: Funnel | None


def hotspots(cells: Cells, measure: Measure, metric: Metric = SHARE_AT_RISK) -> Hotspots:
    """Judge the shares, or the means, of groups by the company that they are part of.

    A group is called hot only when three things agree: it differs from all others together with
    the false-discovery rate under control, it does so on the bad side, and it lies outside the
    limits within which 99.8 % of groups that do not differ would lie. So the noise of a small
    group is no hotspot. A mean score has no funnel: there the first two decide.

    Args:
        cells: grouped by one dimension, of one measure.
        measure: that measure.
        metric: a share in percent, or the mean of it.
    """
    compared = standing_out(cells, metric, measure if metric.takes_measure else None).rows
    keys = list(cells.by)
    own = of_measure(cells, measure)
    sized = own.select(keys).with_columns(size=pl.Series(independent(own, measure)))
    rows = compared.join(sized, on=keys, how="left", maintain_order="left")
    scale = 100.0 if metric.unit_of(measure) == "percent" else 1.0
    value, size = floats(rows, "value") / scale, floats(rows, "size")
    limits = funnel.of_shares(value * size, size) if scale > 1 else None
    beyond = np.zeros(rows.height, dtype=bool)
    moved = None
    if limits is not None:
        low, high = limits.limits(size, funnel.ALARM)
        beyond = (value < low) | (value > high)
        moved = shrinkage.shrunken(value, shrinkage.share_variance(size, limits.whole))
    elif scale == 1:
        beyond = ~beyond
        half = (floats(rows, "high") - floats(rows, "low")) / 2
        moved = shrinkage.shrunken(value, (half / Z) ** 2)
    filled = (
        rows.with_columns(
            *columns(moved.estimates.scaled(scale), "shrunken", "shrunken_low", "shrunken_high"),
            weight=pl.Series(moved.weight).fill_nan(None),
        )
        if moved is not None
        else rows.with_columns(
            pl.lit(None, pl.Float64).alias(name)
            for name in ("shrunken", "shrunken_low", "shrunken_high", "weight")
        )
    )
    judged = filled.with_columns(beyond=pl.Series(beyond, dtype=pl.Boolean)).with_columns(
        hot=pl.col("flagged") & pl.col("worse") & pl.col("beyond")
    )
    order = pl.coalesce("shrunken", "value")
    return Hotspots(
        judged.sort(order, descending=metric.better_of(measure) == "lower", maintain_order=True),
        limits,
    )
