"""Why people leave: the rate of turnover by reason, from life tables of employment."""

from typing import Final

import numpy as np
import polars as pl

from metrics import intervals
from metrics.metric import Metric, Outcome
from metrics.results import Cells
from metrics.vocabulary import Measure
from metrics.words import N_
from release.periods import parse

REASONS: Final = ("ended_voluntary", "ended_involuntary", "ended_other")
MEASURES: Final = ("tenure_exposed", "tenure_ended", *REASONS)


def by_reason(cells: Cells, code: str) -> Outcome:
    """100 x leavers for a reason / person-years, in percent per year, of the first ten years.

    Reasons are told where enough people left in a unit of tenure, so the rate is that of leaving
    for whatever reason times the share of this reason among those of whom it is told. Interval:
    the exact Poisson one of the leavers with this reason, wider by the noise. ``n`` is the average
    number of people. A group of which no reason is told has no row.
    """
    keys = list(cells.by) or ["group"]
    rows = cells.rows if cells.by else cells.rows.with_columns(group=pl.lit(0))
    bounds = pl.col("tenure").str.split("-").list.eval(pl.element().cast(pl.Float64, strict=False))
    years = (bounds.list.get(1) - bounds.list.get(0)) / 12
    measure, total = pl.col("measure"), pl.col("total")
    reasons = measure.is_in(REASONS)
    months = parse(cells.first).months if cells.first else float("nan")
    summed = (
        rows.group_by(keys, maintain_order=True)
        .agg(
            exposure=(total * years).filter(measure == "tenure_exposed").sum(),
            ended=total.filter(measure == "tenure_ended").sum(),
            told=total.filter(reasons).sum(),
            own=total.filter(measure == code).sum(),
            known=(measure == code).any(),
            error=pl.col("total_error").filter(measure == code).sum(),
            periods=pl.col("periods").filter(measure == "tenure_exposed").max(),
            coverage=pl.col("coverage").filter(measure == "tenure_exposed").min(),
        )
        .filter(pl.col("known") & (pl.col("exposure") > 0) & (pl.col("told") > 0))
    )
    exposure, ended, told, own, error, periods = (
        summed[name].cast(pl.Float64).fill_null(0).to_numpy()
        for name in ("exposure", "ended", "told", "own", "error", "periods")
    )
    part = np.where(ended > 0, told / np.where(ended > 0, ended, 1), 1.0)
    found = intervals.rate(events=np.clip(own, 0, None), exposure=exposure * part, error=error)
    people = np.where(periods > 0, exposure / np.where(periods > 0, periods, 1), 0) * 12 / months
    return Outcome(
        summed.with_columns(n=pl.Series(people, dtype=pl.Float64).round().fill_nan(None)),
        found.scaled(100),
    )


def _voluntary(cells: Cells, _measure: Measure | None = None) -> Outcome:
    return by_reason(cells, "ended_voluntary")


def _involuntary(cells: Cells, _measure: Measure | None = None) -> Outcome:
    return by_reason(cells, "ended_involuntary")


def _other(cells: Cells, _measure: Measure | None = None) -> Outcome:
    return by_reason(cells, "ended_other")


_FORMULA = N_(
    "100 x leavers / person-years, times the share of this reason among the leavers whose reason "
    "is told; of people in their first ten years with the company, from life tables by quarter"
)
_INTERVAL = N_("95 %, exact Poisson of the leavers with this reason, wider by the noise")
_COUNTED = N_("average number of people in their first ten years")
_SOURCE = N_("Cause-specific rates of competing risks; Garwood (1936)")

VOLUNTARY = Metric(
    code="turnover.voluntary",
    label=N_("Voluntary turnover per year"),
    formula=_FORMULA,
    unit="percent",
    better="lower",
    interval=_INTERVAL,
    counted=_COUNTED,
    source=_SOURCE,
    calculate=_voluntary,
    measures=MEASURES,
    optional=REASONS,
    compares_groups=False,
    within=("tenure",),
)

INVOLUNTARY = Metric(
    code="turnover.involuntary",
    label=N_("Involuntary turnover per year"),
    formula=_FORMULA,
    unit="percent",
    better="lower",
    interval=_INTERVAL,
    counted=_COUNTED,
    source=_SOURCE,
    calculate=_involuntary,
    measures=MEASURES,
    optional=REASONS,
    compares_groups=False,
    within=("tenure",),
)

OTHER = Metric(
    code="turnover.other",
    label=N_("Turnover for other reasons per year"),
    formula=_FORMULA,
    unit="percent",
    better="lower",
    interval=_INTERVAL,
    counted=_COUNTED,
    source=N_(
        "Retirement, end of contract and reasons not given; cause-specific rates of competing "
        "risks; Garwood (1936)"
    ),
    calculate=_other,
    measures=MEASURES,
    optional=REASONS,
    compares_groups=False,
    within=("tenure",),
)
