"""How many people there are, who joins, and what is left of joining and leaving."""

import numpy as np
import polars as pl

from metrics import turnover
from metrics.differences import difference
from metrics.intervals import Intervals, Z
from metrics.metric import Metric, Outcome
from metrics.results import Cells
from metrics.sums import floats
from metrics.vocabulary import Measure
from metrics.words import N_


def hires(cells: Cells, _measure: Measure | None = None) -> Outcome:
    """100 x hires / person-years, in percent per year; as ``turnover.turnover``."""
    return turnover.per_person_year(cells, "hires")


def net_flow(cells: Cells, _measure: Measure | None = None) -> Outcome:
    """100 x (hires - exits) / person-years, in percent per year.

    Interval: of the difference of two independent rates (``differences.difference``).
    """
    joined, left = hires(cells), turnover.turnover(cells)
    keys = list(cells.by) or ["group"]
    both = joined.rows.with_row_index("row of hires").join(
        left.rows.with_row_index("row of exits").select(*keys, "row of exits", other="coverage"),
        on=keys,
        nulls_equal=True,
        maintain_order="left",
    )
    found = difference(
        now=_taken(joined.estimates, both["row of hires"]),
        before=_taken(left.estimates, both["row of exits"]),
    )
    return Outcome(both.with_columns(coverage=pl.min_horizontal("coverage", "other")), found)


def _taken(found: Intervals, places: pl.Series) -> Intervals:
    rows = places.to_numpy()
    return Intervals(found.value[rows], found.low[rows], found.high[rows])


def headcount(cells: Cells, _measure: Measure | None = None) -> Outcome:
    """People employed after the last day of the window (of each period when grouped by it).

    A count of a whole population: no interval, but where it is told with noise, +- 1.96 times its
    standard deviation. A group that is not told in the last period has no row.
    """
    rows = turnover.by_period(cells, ("headcount",))
    if "period" not in cells.by:
        rows = rows.filter(pl.col("period") == (cells.last or ""))
    value, error = floats(rows, "headcount"), floats(rows, "headcount total_error")
    half = np.where(error > 0, Z * np.sqrt(np.where(error > 0, error, 0)), np.nan)
    return Outcome(
        rows.with_columns(n=pl.col("headcount").round(), coverage=pl.col("headcount coverage")),
        Intervals(value, np.maximum(value - half, 0), value + half),
    )


HIRES = Metric(
    code="turnover.hires",
    label=N_("Hires per year"),
    formula=N_("100 x hires / person-years; a move inside the company is not a hire"),
    unit="percent",
    better="higher",
    interval=N_(
        "95 %, exact Poisson of the number of hires; where that is told with noise, wider by its "
        "variance"
    ),
    counted=turnover.RATE.counted,
    source=N_("Garwood (1936)"),
    calculate=hires,
    measures=("hires", "person_years"),
)

NET_FLOW = Metric(
    code="turnover.net_flow",
    label=N_("Net flow per year"),
    formula=N_(
        "100 x (hires - leavers) / person-years; above 0 more people join the company than leave it"
    ),
    unit="percent",
    better="higher",
    interval=N_("95 %, of the difference of the two rates"),
    counted=turnover.RATE.counted,
    source=N_("Zou & Donner (2008)"),
    calculate=net_flow,
    measures=("hires", "exits", "person_years"),
)

HEADCOUNT = Metric(
    code="turnover.headcount",
    label=N_("Headcount"),
    formula=N_("people employed after the last day of the window"),
    unit="count",
    better="higher",
    interval=N_("none: a count of a whole population; where it is told with noise, 95 % of that"),
    counted=N_("people"),
    source=N_("The company's own records"),
    calculate=headcount,
    measures=("headcount",),
    compares_groups=False,
    within=("period",),
)
