"""A rate over the twelve months up to each period: a course without seasons."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from metrics.metric import Metric
from metrics.results import COVERAGE_STEP, Cells, Table
from release.periods import parse

_ADDED = ("n", "n_known", "total", "squares", "at_risk", "total_error", "risk_error")
MONTHS_A_YEAR = 12
_UNTIL = "until"


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
    ends = _whole_years(cells)
    rows = _one_by_one(cells, metric, ends) if "period" in metric.within else None
    if rows is None:
        rows = metric.compute(_stacked(cells, ends).apart(metric.within)).rows
    return Table(
        metric=metric.code,
        unit=metric.unit_of(None),
        by=("period",),
        rows=rows.rename({_UNTIL: "period"}),
        coverage=cells.coverage,
        withheld=cells.withheld,
        first=cells.first,
        last=cells.last,
        release=cells.release,
    )


def _whole_years(cells: Cells) -> dict[str, list[str]]:
    """The periods that end twelve told months, with all periods of those months."""
    told = set(cells.rows["period"].unique())
    years = {}
    for last in sorted(told, key=parse):
        end = parse(last)
        count = round(MONTHS_A_YEAR / end.months)
        year = [end.shifted(-step).text for step in reversed(range(count))]
        if told.issuperset(year):
            years[last] = year
    return years


def _one_by_one(cells: Cells, metric: Metric, ends: Mapping[str, list[str]]) -> pl.DataFrame:
    """A metric that looks at the periods itself, for one year after the other."""
    found = []
    for last, year in {"": [], **ends}.items():
        rows = cells.rows.filter(pl.col("period").is_in(year))
        within = replace(cells, rows=rows, first=min(year, default=None), last=last or None)
        told = metric.compute(within.apart(metric.within)).rows
        found.append(told.select(pl.lit(last).alias(_UNTIL), pl.all()))
    return pl.concat(found)


def _stacked(cells: Cells, ends: Mapping[str, list[str]]) -> Cells:
    """The cells of each year added up, a group per year."""
    years = pl.DataFrame(
        [(period, last) for last, year in ends.items() for period in year],
        schema={"period": pl.String, _UNTIL: pl.String},
        orient="row",
    )
    rows = cells.rows.join(years, on="period").sort(_UNTIL, maintain_order=True)
    by = (_UNTIL, *cells.within)
    return replace(cells, rows=_added(rows, by), by=by, within=())


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
