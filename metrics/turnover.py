"""Turnover: leavers per person-year."""

import polars as pl

from metrics import intervals
from metrics.metric import Metric, Outcome
from metrics.results import Cells
from metrics.sums import beside, floats
from metrics.vocabulary import Measure
from metrics.words import N_

NEEDED = ("exits", "person_years")


def turnover(cells: Cells, _measure: Measure | None = None) -> Outcome:
    """100 x exits / person-years, in percent per year; exact Poisson interval of the exits.

    Needs both totals of a group; person-years of 0 give no row. ``n`` is the average number of
    people over the periods.
    """
    rows = beside(cells, NEEDED).drop_nulls(NEEDED)
    found = intervals.rate(events=floats(rows, "exits"), exposure=floats(rows, "person_years"))
    return Outcome(
        rows.with_columns(
            n=(pl.col("person_years n") / pl.col("person_years periods")).round(),
            coverage=pl.min_horizontal("exits coverage", "person_years coverage"),
        ),
        found.scaled(100),
    )


RATE = Metric(
    code="turnover.rate",
    label=N_("Turnover per year"),
    formula=N_(
        "100 x leavers / person-years; a move inside the company is not a leaver, and monthly "
        "rates are not compounded"
    ),
    unit="percent",
    better="lower",
    interval=N_("95 %, exact Poisson of the number of leavers"),
    counted=N_("average number of people"),
    source=N_("Garwood (1936); person-years as the denominator, so that any window compares"),
    calculate=turnover,
    measures=NEEDED,
)
