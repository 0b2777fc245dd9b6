"""Where to look: the groups that differ from all others together, with few false alarms."""

import polars as pl

from metrics.changes import estimates_of, marked
from metrics.differences import difference, p_value
from metrics.fdr import RATE, benjamini_hochberg
from metrics.metric import Metric, MetricError
from metrics.results import Cells, Table
from metrics.sums import columns
from metrics.vocabulary import Measure

_PARTS = ("n", "n_known", "total", "squares", "at_risk", "total_error", "risk_error")
_LEAST = 3
"""Fewer groups than this have no company to stand out from."""


def standing_out(cells: Cells, metric: Metric, measure: Measure | None = None) -> Table:
    """Compare each group with all other groups taken together (the company without it).

    The groups' p-values are adjusted so that of the groups flagged at most 5 % is expected to be
    flagged by chance (Benjamini-Hochberg). It says where to look, not why.

    Args:
        cells: grouped by one or more dimensions other than period (sites, as a rule).
        metric: any metric; ``measure`` as it needs.

    Returns:
        A table whose rows have the dimensions, ``value``, ``low``, ``high``, ``n``, ``coverage``
        of the group, ``rest`` (the value of all others), ``difference``, ``difference_low``,
        ``difference_high``, ``q`` (adjusted p; null without interval), ``flagged`` and ``worse``
        (on the bad side of the others). Ranked: flagged and worse first, then flagged and better,
        then the others; in each by the size of the difference that can be sure of (the end of its
        interval nearest to zero), largest first. Fewer than three groups: nothing is flagged.

    Raises:
        MetricError: a metric whose value grows with the size of the group, or as in ``compute``.
    """
    if not metric.compares_groups:
        raise MetricError(f"{metric.code} grows with the size of a group: groups do not compare")
    own = metric.compute(cells, measure)
    rest = metric.compute(_others(cells), measure)
    keys = list(cells.by)
    both = own.rows.join(
        rest.rows, on=keys, how="left", suffix=" of rest", nulls_equal=True, maintain_order="left"
    )
    found = difference(now=estimates_of(both), before=estimates_of(marked(both, " of rest")))
    adjusted = benjamini_hochberg(p_value(found))
    bad = pl.col("difference") > 0
    worse = bad if metric.better_of(measure) == "lower" else pl.col("difference") < 0
    bounds = ["at_least"] if "at_least" in own.rows.columns else []
    rows = (
        both.rename({"value of rest": "rest"})
        .select(*own.rows.drop(bounds).columns, "rest")
        .hstack(columns(found, "difference", "difference_low", "difference_high"))
        .with_columns(q=pl.Series(adjusted, dtype=pl.Float64).fill_nan(None))
        .with_columns(
            flagged=(pl.col("q") <= RATE).fill_null(value=False) & (pl.len() >= _LEAST),
            worse=worse.fill_null(value=False),
        )
    )
    return Table(
        metric=own.metric,
        unit=own.unit,
        by=own.by,
        rows=_ranked(rows),
        coverage=own.coverage,
        withheld=own.withheld,
        first=own.first,
        last=own.last,
        release=own.release,
        measure=own.measure,
    )


def _others(cells: Cells) -> Cells:
    """For each group the sums over all other groups: the total of the released cells less it."""
    parts = [name for name in _PARTS if name in cells.rows.columns]
    grid = (
        cells.rows.select(cells.by)
        .unique()
        .join(cells.rows.select("measure").unique(), how="cross")
    )
    # A group without cells of some measure still has others that do.
    every = grid.join(cells.rows, on=[*cells.by, "measure"], how="left", nulls_equal=True)
    absent = pl.col("n").is_null()
    if "n_known" in parts:
        # Cells that tell no total at all add nothing to the total of those that do.
        absent = absent | (pl.col("n_known") == 0)
    rows = every.with_columns(
        *(_less_own(pl.col(name), absent).alias(name) for name in parts),
        at_least=_less_own(pl.col("at_least").cast(pl.Int64), absent) > 0,
        periods=pl.col("periods").max().over("measure"),
        coverage=pl.lit(cells.coverage, dtype=pl.Float64),
    )
    return Cells(
        rows=rows.filter(pl.col("n") > 0),
        by=cells.by,
        measures=cells.measures,
        coverage=cells.coverage,
        withheld=cells.withheld,
        first=cells.first,
        last=cells.last,
        release=cells.release,
    )


def _less_own(part: pl.Expr, absent: pl.Expr) -> pl.Expr:
    """The sum over a measure's groups less the row's own; a null among the others makes it null."""
    unknown = part.is_null() & ~absent
    others_unknown = unknown.sum().over("measure") > unknown.cast(pl.Int64)
    rest = part.sum().over("measure") - part.fill_null(0)
    return pl.when(others_unknown).then(None).otherwise(rest)


def _ranked(rows: pl.DataFrame) -> pl.DataFrame:
    sure = (
        pl.when(pl.col("difference") > 0)
        .then(pl.col("difference_low"))
        .otherwise(-pl.col("difference_high"))
    )
    return rows.sort(
        pl.col("flagged"),
        pl.col("flagged") & pl.col("worse"),
        sure,
        descending=True,
        nulls_last=True,
        maintain_order=True,
    )
