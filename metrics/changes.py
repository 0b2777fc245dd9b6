"""What changed: one table against another, a change only where its interval excludes zero."""

import polars as pl

from metrics.differences import difference, excludes_zero, p_value
from metrics.intervals import Intervals
from metrics.results import Table
from metrics.sums import columns, floats


def estimates_of(rows: pl.DataFrame) -> Intervals:
    """The estimates in a table's rows; null becomes NaN.

    A value that is only a lower bound has an interval that allows for it, so it needs no care.
    """
    return Intervals(floats(rows, "value"), floats(rows, "low"), floats(rows, "high"))


def marked(rows: pl.DataFrame, suffix: str) -> pl.DataFrame:
    """The columns whose names end in ``suffix``, without it."""
    names = {name: name.removesuffix(suffix) for name in rows.columns if name.endswith(suffix)}
    return rows.select(list(names)).rename(names)


def change(now: Table, before: Table) -> Table:
    """How much each group of ``now`` differs from the same group of ``before``.

    Both are of one metric, measure and grouping, over two windows; group by anything but period.

    Returns:
        A table in the unit of the metric (percentages: points) whose rows have the dimensions,
        ``value`` (now less before), ``low``, ``high``, ``n`` (of now), ``coverage`` (the lower of
        both), and also ``now``, ``before``, ``n_before``, ``p`` and ``changed``: whether the
        interval excludes zero. Groups that are not in both have no
        row; without intervals ``low``, ``high`` and ``p`` are null and nothing changed.

    Raises:
        ValueError: the tables are not of one metric, measure and grouping.
    """
    if (now.metric, now.measure, now.by) != (before.metric, before.measure, before.by):
        raise ValueError(
            f"can't compare {now.metric} {now.measure} by {now.by} "
            f"with {before.metric} {before.measure} by {before.by}"
        )
    keys = list(now.by) or ["group"]
    first, second = (
        table.rows if table.by else table.rows.with_columns(group=pl.lit(0))
        for table in (now, before)
    )
    both = first.join(second, on=keys, suffix=" before", nulls_equal=True, maintain_order="left")
    earlier = estimates_of(marked(both, " before"))
    latest = estimates_of(both)
    found = difference(now=latest, before=earlier)
    rows = both.with_columns(
        *columns(found),
        n_before=pl.col("n before"),
        now=pl.Series(latest.value),
        before=pl.Series(earlier.value),
        coverage=pl.min_horizontal("coverage", "coverage before"),
        changed=pl.Series(excludes_zero(found)),
        p=pl.Series(p_value(found)).fill_nan(None),
    )
    return Table(
        metric=now.metric,
        unit=now.unit,
        by=now.by,
        rows=rows.drop_nulls("value").select(
            *now.by,
            *("value", "low", "high", "n", "coverage"),
            *("now", "before", "n_before", "p", "changed"),
        ),
        coverage=now.coverage,
        withheld=now.withheld or before.withheld,
        first=now.first,
        last=now.last,
        release=now.release,
        measure=now.measure,
    )
