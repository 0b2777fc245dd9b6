"""Turnover: leavers per person-year."""

import numpy as np
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

    Where exits are told with noise, the interval is wider by its variance (``intervals.rate``).

    Needs both totals of a group; person-years of 0 give no row. ``n`` is the average number of
    people over the periods.
    """
    rows = beside(cells, NEEDED).drop_nulls(NEEDED)
    found = intervals.rate(
        # Noise can carry a small number below none.
        events=np.clip(floats(rows, "exits"), 0, None),
        exposure=floats(rows, "person_years"),
        error=np.nan_to_num(floats(rows, "exits total_error")),
    )
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
    interval=N_(
        "95 %, exact Poisson of the number of leavers; where that is told with noise, wider by its "
        "variance"
    ),
    counted=N_("average number of people"),
    source=N_("Garwood (1936); person-years as the denominator, so that any window compares"),
    calculate=turnover,
    measures=NEEDED,
)
