"""Where to look: the groups that differ from all others together, with few false alarms."""

import polars as pl

from metrics.changes import estimates_of, with_difference
from metrics.differences import difference, p_value
from metrics.fdr import RATE, benjamini_hochberg
from metrics.metric import Metric
from metrics.results import Cells, Table
from metrics.vocabulary import Measure

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
    """
    own = metric.compute(cells, measure)
    rest = metric.compute(_others(cells), measure)
    keys = list(cells.by)
    both = own.rows.join(
        rest.rows.rename({name: f"rest {name}" for name in rest.rows.columns if name not in keys}),
        on=keys,
        nulls_equal=True,
        maintain_order="left",
    )
    others = both.select(pl.col("^rest .*$").name.map(lambda name: name.removeprefix("rest ")))
    found = difference(now=estimates_of(both), before=estimates_of(others))
    adjusted = benjamini_hochberg(p_value(found))
    differences = with_difference(both.select(), found).rename(
        {"value": "difference", "low": "difference_low", "high": "difference_high"}
    )
    bad = pl.col("difference") > 0
    worse = bad if metric.better_of(measure) == "lower" else pl.col("difference") < 0
    bounds = ["at_least"] if "at_least" in own.rows.columns else []
    rows = (
        both.rename({"rest value": "rest"})
        .select(*own.rows.drop(bounds).columns, "rest")
        .hstack(differences)
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
    whole = [name for name in ("n", "n_known", "total", "squares", "at_risk") if name in cells.rows]
    column = pl.col(whole)
    # A null among the others leaves their sum unknown.
    unknown = column.is_null().sum().over("measure") > column.is_null().cast(pl.Int64)
    rows = cells.rows.with_columns(
        pl.when(unknown)
        .then(None)
        .otherwise(column.sum().over("measure") - column.fill_null(0))
        .name.keep(),
        at_least=pl.col("at_least").cast(pl.Int64).sum().over("measure")
        > pl.col("at_least").cast(pl.Int64),
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
