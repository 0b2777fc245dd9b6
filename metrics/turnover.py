"""Turnover: leavers against people, by any of the three denominators in use."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import numpy as np
import polars as pl

from metrics import intervals
from metrics.metric import Metric, Outcome
from metrics.results import COVERAGE_STEP, Cells
from metrics.sums import beside, floats
from metrics.vocabulary import Measure
from metrics.words import N_
from release.periods import parse

NEEDED: Final = ("exits", "person_years")
HEADS: Final = ("exits", "headcount_start", "headcount")


def turnover(cells: Cells, _measure: Measure | None = None) -> Outcome:
    """100 x exits / person-years, in percent per year; exact Poisson interval of the exits.

    Where exits are told with noise, the interval is wider by its variance (``intervals.rate``).

    Needs both totals of a group; person-years of 0 give no row. ``n`` is the average number of
    people over the periods.
    """
    return per_person_year(cells, "exits")


def per_person_year(cells: Cells, code: str) -> Outcome:
    """100 x a count / person-years, as in ``turnover``."""
    needed = (code, "person_years")
    rows = beside(cells, needed).drop_nulls(needed)
    found = intervals.rate(
        # Noise can carry a small number below none.
        events=np.clip(floats(rows, code), 0, None),
        exposure=floats(rows, "person_years"),
        error=np.nan_to_num(floats(rows, f"{code} total_error")),
    )
    return Outcome(
        rows.with_columns(
            n=(pl.col("person_years n") / pl.col("person_years periods")).round(),
            coverage=pl.min_horizontal(f"{code} coverage", "person_years coverage"),
        ),
        found.scaled(100),
    )


def by_average(cells: Cells, _measure: Measure | None = None) -> Outcome:
    """The sum of the periods' rates, each 100 x exits / ((start + end) / 2), made yearly.

    Twelve monthly rates are added up; other windows are brought to twelve months in proportion,
    never compounded: 1-(1-r)^12 is a probability, not this number. Periods in which nobody worked
    are left out. Interval: Fay and Feuer's of a weighted sum of counts
    (``intervals.weighted_rate``). ``n`` is the average over the periods of (start + end) / 2.
    """
    rows = by_period(cells, HEADS).with_columns(
        heads=(pl.col("headcount_start") + pl.col("headcount")) / 2
    )
    return _yearly(rows.filter(pl.col("heads") > 0), cells, pl.col("heads").mean())


def by_end_of_period(cells: Cells, _measure: Measure | None = None) -> Outcome:
    """100 x exits in the window / employees at its end, made yearly in proportion.

    Without people at the end of the last period there is no row. ``n`` is that number. Interval as
    in ``by_average``, here the exact Poisson interval of the exits.
    """
    rows = by_period(cells, HEADS)
    keys = list(cells.by) or ["group"]
    if "period" in cells.by:
        ends = rows.with_columns(heads="headcount")
    else:
        last = rows.filter(pl.col("period") == (cells.last or "")).select(*keys, heads="headcount")
        ends = rows.join(last, on=keys, nulls_equal=True, maintain_order="left")
    return _yearly(ends.filter(pl.col("heads") > 0), cells, pl.col("heads").first())


def by_period(cells: Cells, needed: tuple[str, ...]) -> pl.DataFrame:
    """``beside`` with a row per group and period, and the ``months`` of that period.

    ``group`` stands for the one group where nothing is grouped by. Rows without all of ``needed``
    are left out.
    """
    keys = [dim for dim in (*cells.by, *cells.within) if dim != "period"]
    grouped = cells.rows if keys else cells.rows.with_columns(group=pl.lit(0))
    rows = beside(
        Cells(
            rows=grouped,
            by=(*(keys or ["group"]), "period"),
            measures=cells.measures,
            coverage=cells.coverage,
            withheld=cells.withheld,
            first=cells.first,
            last=cells.last,
            release=cells.release,
        ),
        needed,
    ).drop_nulls(needed)
    months = [parse(text).months for text in rows["period"]]
    return rows.with_columns(months=pl.Series(months, dtype=pl.Float64))


def _yearly(rows: pl.DataFrame, cells: Cells, people: pl.Expr) -> Outcome:
    """Exits per ``heads``, added up over the periods of each group and made yearly."""
    keys = list(cells.by) or ["group"]
    told = rows.with_columns(
        weight=12 / pl.col("months").sum().over(keys) / pl.col("heads"),
        noise=pl.col("exits total_error").fill_null(0),
    )
    whole = pl.col("exits n")
    summed = told.group_by(keys, maintain_order=True).agg(
        # Noise can carry a small number below none; sums of it are right on average.
        total=(pl.col("weight") * pl.col("exits")).sum().clip(lower_bound=0),
        variance=(pl.col("weight") ** 2 * pl.col("exits").clip(lower_bound=0)).sum(),
        heaviest=pl.col("weight").max(),
        error=(pl.col("weight") ** 2 * pl.col("noise")).sum(),
        n=people.round(),
        coverage=(
            (whole.sum() / (whole / pl.col("exits coverage")).sum() / COVERAGE_STEP).round()
            * COVERAGE_STEP
        ).round(2),
    )
    found = intervals.weighted_rate(
        total=floats(summed, "total"),
        variance=floats(summed, "variance"),
        heaviest=floats(summed, "heaviest"),
        error=floats(summed, "error"),
    )
    return Outcome(summed, found.scaled(100))


RATE = Metric(
    code="turnover.rate",
    label=N_("Turnover per year"),
    formula=N_(
        "100 x leavers / person-years; a move inside the company is not a leaver, and monthly "
        "rates are not compounded"
    ),
    unit="percent",
    better="lower",
    interval=N_(
        "95 %, exact Poisson of the number of leavers; where that is told with noise, wider by its "
        "variance"
    ),
    counted=N_("average number of people"),
    source=N_("Garwood (1936); person-years as the denominator, so that any window compares"),
    calculate=turnover,
    measures=NEEDED,
)

AVERAGE = Metric(
    code="turnover.rate_average",
    label=N_("Turnover per year, by average headcount"),
    formula=N_(
        "sum of the monthly rates, each 100 x leavers / ((headcount at the start + at the end) / "
        "2); other windows than twelve months in proportion, never compounded"
    ),
    unit="percent",
    better="lower",
    interval=N_(
        "95 %, of a weighted sum of Poisson counts; where they are told with noise, wider by its "
        "variance"
    ),
    counted=N_("average of the headcounts at the start and the end of each period"),
    source=N_("Average headcount as in ISO 30414 and at the NHS. Fay & Feuer (1997)"),
    calculate=by_average,
    measures=HEADS,
    compares_groups=False,
    within=("period",),
)

END_OF_PERIOD = Metric(
    code="turnover.rate_end_of_period",
    label=N_("Turnover per year, by headcount at the end"),
    formula=N_(
        "100 x leavers / employees at the end of the window; other windows than twelve months in "
        "proportion, never compounded"
    ),
    unit="percent",
    better="lower",
    interval=RATE.interval,
    counted=N_("people at the end of the window"),
    source=N_("GRI 401-1: total employee numbers at the end of the reporting period"),
    calculate=by_end_of_period,
    measures=HEADS,
    compares_groups=False,
    within=("period",),
)

PERSON_YEARS: Final = "person_years"
DENOMINATORS: Final[Mapping[str, Metric]] = MappingProxyType(
    {PERSON_YEARS: RATE, "average": AVERAGE, "end_of_period": END_OF_PERIOD}
)
"""The rate by each denominator; the first is the default."""
