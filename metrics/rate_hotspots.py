"""Where a rate is high beyond chance: shrunken values, funnel limits and false discoveries."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from metrics import funnel, rate_funnel, shrinkage
from metrics.intervals import FloatArray, Intervals
from metrics.metric import Metric
from metrics.rate_funnel import RateFunnel
from metrics.results import Cells
from metrics.standing_out import standing_out
from metrics.sums import beside, columns, floats
from metrics.turnover import RATE


@dataclass(frozen=True, slots=True)
class RateHotspots:
    """Groups side by side, with what chance makes of them.

    Attributes:
        rows: per group its dimensions; ``value``, ``low``, ``high`` (raw, percent per year),
            ``n``; ``shrunken``, ``shrunken_low``, ``shrunken_high`` (null for fewer than four
            groups) and ``weight`` of its own value in it; ``events`` and ``size`` (the exposure);
            ``flagged`` and ``worse`` as in `standing_out`; ``beyond``: outside the outer limits of
            the funnel; ``hot``: flagged, worse and beyond. The worst shrunken value first.
        funnel: None where nobody left.
    """

    rows: pl.DataFrame
    funnel: RateFunnel | None


def shrunken_rates(events: FloatArray, exposure: FloatArray) -> tuple[Intervals, FloatArray] | None:
    """Rates moved towards their common mean, and the weight of each group's own.

    The normal model of ``shrinkage.shrunken`` on y = sqrt((k + 1/4) / E), whose variance is
    1 / 4E whatever the rate; the result squared. None for fewer than three groups.

    Source: the quarter makes the root's mean right: Brown, Cai, Zhang, Zhao & Zhou (2010),
    Probability Theory and Related Fields 146, 401-433.
    """
    time = np.where(exposure > 0, exposure, np.nan)
    moved = shrinkage.shrunken(np.sqrt((np.clip(events, 0, None) + 0.25) / time), 1 / (4 * time))
    if moved is None:
        return None
    found = moved.estimates
    low = np.where(np.isnan(found.low), np.nan, np.maximum(found.low, 0) ** 2)
    return Intervals(found.value**2, low, found.high**2), moved.weight


def rate_hotspots(
    cells: Cells, events: str = "exits", exposure: str = "person_years", metric: Metric = RATE
) -> RateHotspots:
    """Judge the rates of groups by the company that they are part of.

    Hot when three things agree, as in `metrics.hotspots`: the group differs from all others
    together with the false-discovery rate under control, on the bad side, and lies outside the
    limits within which 99.8 % of groups that do not differ would lie.

    Args:
        cells: grouped by one dimension, of the measures that ``metric`` needs.
        events, exposure: the measures whose ratio is the rate.
    """
    compared = standing_out(cells, metric).rows
    keys = list(cells.by)
    counts = beside(cells, (events, exposure)).select(*keys, events=events, size=exposure)
    rows = compared.join(counts, on=keys, how="left", nulls_equal=True, maintain_order="left")
    k, time = np.clip(floats(rows, "events"), 0, None), floats(rows, "size")
    limits = rate_funnel.of_rates(k, time) if rows.height else None
    beyond = np.zeros(rows.height, dtype=bool)
    if limits is not None:
        low, high = limits.limits(time, funnel.ALARM)
        beyond = (k / time < low) | (k / time > high)
    moved = shrunken_rates(k, time) if limits is not None else None
    names = ("shrunken", "shrunken_low", "shrunken_high")
    filled = (
        rows.with_columns(
            *columns(moved[0].scaled(100), *names), weight=pl.Series(moved[1]).fill_nan(None)
        )
        if moved is not None
        else rows.with_columns(pl.lit(None, pl.Float64).alias(name) for name in (*names, "weight"))
    )
    judged = filled.with_columns(beyond=pl.Series(beyond, dtype=pl.Boolean)).with_columns(
        hot=pl.col("flagged") & pl.col("worse") & pl.col("beyond")
    )
    order = pl.coalesce("shrunken", "value")
    return RateHotspots(
        judged.sort(order, descending=metric.better_of(None) == "lower", maintain_order=True),
        limits,
    )
