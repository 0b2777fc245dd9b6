"""A rate over the twelve months up to each period: a course without seasons."""

from collections.abc import Sequence

import polars as pl

from metrics.metric import Metric
from metrics.results import COVERAGE_STEP, Cells, Table
from release.periods import parse

_ADDED = ("n", "n_known", "total", "squares", "at_risk", "total_error", "risk_error")
MONTHS_A_YEAR = 12


def rolling(cells: Cells, metric: Metric) -> Table:
    """The metric over the year up to each period that has one.

    Args:
        cells: grouped by period and nothing else, of the measures that the metric needs.
        metric: one that takes no measure.

    Returns:
        A table by period: a row for each period that ends twelve told months; ``low`` and ``high``
        of rows that share months go together. Less than a year gives no rows.

    Raises:
        ValueError: the cells are grouped otherwise.
    """
    if cells.by != ("period",):
        raise ValueError("a rolling year needs cells by period")
    told = sorted(cells.rows["period"].unique(), key=parse)
    rows = []
    for last in told:
        end = parse(last)
        count = round(MONTHS_A_YEAR / end.months)
        year = [end.shifted(-step).text for step in reversed(range(count))]
        if not set(year) <= set(told):
            continue
        found = metric.compute(_year(cells, year, metric)).rows
        rows.append(found.select(pl.lit(last).alias("period"), pl.all()))
    empty = metric.compute(_year(cells, [], metric)).rows.select(
        pl.lit("").alias("period"), pl.all()
    )
    return Table(
        metric=metric.code,
        unit=metric.unit_of(None),
        by=("period",),
        rows=pl.concat([empty, *rows]),
        coverage=cells.coverage,
        withheld=cells.withheld,
        first=cells.first,
        last=cells.last,
        release=cells.release,
    )


def _year(cells: Cells, periods: list[str], metric: Metric) -> Cells:
    """The cells of some periods, added up unless the metric does that itself."""
    rows = cells.rows.filter(pl.col("period").is_in(periods))
    by: tuple[str, ...] = ("period",)
    if "period" not in metric.within:
        by = cells.within
        rows = _added(rows, by)
    return Cells(
        rows=rows,
        by=by,
        measures=cells.measures,
        coverage=cells.coverage,
        withheld=cells.withheld,
        first=periods[0] if periods else None,
        last=periods[-1] if periods else None,
        release=cells.release,
    ).apart(metric.within)


def _added(rows: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """The periods of each measure and group added up; a null makes its sum null."""
    parts = [name for name in _ADDED if name in rows.columns]
    whole = pl.col("n")
    return rows.group_by(*by, "measure", maintain_order=True).agg(
        *(
            pl.when(pl.col(name).null_count() == 0).then(pl.col(name).sum()).alias(name)
            for name in parts
        ),
        at_least=pl.col("at_least").any(),
        periods=pl.len().cast(pl.Int64),
        coverage=(
            (whole.sum() / (whole / pl.col("coverage")).sum() / COVERAGE_STEP).round()
            * COVERAGE_STEP
        ).round(2),
    )
