"""How many ideas come in: for the size of the staff, and against a year ago."""

import numpy as np
import polars as pl

from metrics import intervals
from metrics.changes import estimates_of
from metrics.differences import p_value
from metrics.fdr import RATE, benjamini_hochberg
from metrics.idea_log import SUBMITTED
from metrics.intervals import Intervals
from metrics.metric import Metric, Outcome
from metrics.results import Cells, Table
from metrics.sums import beside, floats
from metrics.vocabulary import Measure
from metrics.words import N_
from release.periods import parse


def per_100_employees(cells: Cells, _measure: Measure | None = None) -> Outcome:
    """100 x ideas submitted / person-years; exact Poisson interval of the ideas.

    A group of which some ideas can't be told from those of its neighbours (a small site) has no
    row, since its rate would come out too low. No person-years: no row. ``n``: ideas.
    """
    every = beside(cells, (SUBMITTED, "person_years"))
    rows = every.drop_nulls((SUBMITTED, "person_years")).filter(
        (pl.col(f"{SUBMITTED} coverage") >= 1) & (pl.col("person_years coverage") >= 1)
        if cells.by
        else pl.lit(value=True)
    )
    found = intervals.rate(events=floats(rows, SUBMITTED), exposure=floats(rows, "person_years"))
    return Outcome(
        rows.with_columns(
            n=pl.col(SUBMITTED),
            coverage=pl.min_horizontal(f"{SUBMITTED} coverage", "person_years coverage"),
        ),
        found.scaled(100),
        partial=rows.height < every.height,
    )


def growth(cells: Cells, _measure: Measure | None = None) -> Outcome:
    """100 x (ideas submitted in the window / ideas in the same window a year earlier - 1).

    Of all k + k' ideas of both windows the share k / (k + k') has Wilson's interval, and p / (1-p)
    turns it into that of the ratio: with alike chances in both years k is binomial given the sum.
    A window of which the year before is not known gives no rows; a group without ideas a year
    earlier has none. ``n``: ideas in the window.

    Source: conditional test of two Poisson rates, Przyborowski & Wilenski (1940).
    """
    now, before = _windows(cells)
    counted = cells.rows.filter(pl.col("measure") == SUBMITTED)
    told = [
        pl.col("total").filter(pl.col("period").is_in(texts)).sum().cast(pl.Int64).alias(name)
        for name, texts in (("n", now), ("before", before))
    ]
    rows = (
        counted.group_by(cells.by).agg(*told).sort(cells.by) if cells.by else counted.select(*told)
    ).filter(pl.col("before") > 0)
    if not before:
        rows = rows.clear()
    rows = rows.with_columns(coverage=pl.lit(cells.coverage, dtype=pl.Float64))
    share = intervals.wilson(k=floats(rows, "n"), n=floats(rows, "n") + floats(rows, "before"))

    def ratio(p: intervals.FloatArray) -> intervals.FloatArray:
        with np.errstate(divide="ignore"):
            return np.asarray(100 * (p / (1 - p) - 1))

    high = np.where(share.high < 1, ratio(share.high), np.nan)
    return Outcome(rows, Intervals(ratio(share.value), ratio(share.low), high))


def clear(table: Table) -> list[bool]:
    """Of which groups the growth is more than chance: false discovery rate 5 % among them all.

    p from the end of the interval that faces zero (`metrics.differences.p_value`).
    """
    found = estimates_of(table.rows)
    return [bool(q <= RATE) for q in benjamini_hochberg(p_value(found))]


def _windows(cells: Cells) -> tuple[list[str], list[str]]:
    """The periods of the window that are known, and a year earlier; none unless all of it is."""
    if cells.first is None or cells.last is None or cells.rows.is_empty():
        return [], []
    first, last = parse(cells.first), parse(cells.last)
    known = sorted({parse(text) for text in cells.rows["period"]})
    now = [period for period in known if first <= period <= last]
    if known[0] > first.year_ago():
        return [period.text for period in now], []
    earlier = (first.year_ago(), last.year_ago())
    before = [period for period in known if earlier[0] <= period <= earlier[1]]
    return [period.text for period in now], [period.text for period in before]


PER_100 = Metric(
    code="ideas.per_100_employees",
    label=N_("Ideas per 100 employees per year"),
    formula=N_(
        "100 x ideas submitted / person-years; a site whose ideas are told together with those of "
        "a neighbour has none of its own"
    ),
    unit="per_100",
    better="higher",
    interval=N_("95 %, exact Poisson of the number of ideas"),
    counted=N_("ideas submitted"),
    source=N_("Garwood (1936); person-years as the denominator, so that any window compares"),
    calculate=per_100_employees,
    measures=(SUBMITTED, "person_years"),
    common=True,
)

GROWTH = Metric(
    code="ideas.growth",
    label=N_("Ideas submitted against a year ago"),
    formula=N_("100 x (ideas submitted in the window / ideas in the same window a year ago - 1)"),
    unit="percent",
    better="higher",
    interval=N_("95 %: Wilson's of k / (k + k'), turned into a ratio"),
    counted=N_("ideas submitted"),
    source=N_("Conditional test of two Poisson rates: Przyborowski & Wilenski (1940)"),
    calculate=growth,
    measures=(SUBMITTED,),
    within=("period",),
    past=True,
)
