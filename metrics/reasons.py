"""Why people leave: the rate of turnover by reason, from life tables of employment."""

from typing import Final

import numpy as np
import polars as pl

from metrics import intervals
from metrics.metric import Metric, Outcome
from metrics.results import Cells
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


def _metric(code: str, label: str, measure: str, source: str) -> Metric:
    return Metric(
        code=code,
        label=label,
        formula=N_(
            "100 x leavers / person-years, times the share of this reason among the leavers whose "
            "reason is told; of people in their first ten years with the company, from life tables "
            "by quarter"
        ),
        unit="percent",
        better="lower",
        interval=N_("95 %, exact Poisson of the leavers with this reason, wider by the noise"),
        counted=N_("average number of people in their first ten years"),
        source=source,
        calculate=lambda cells, _measure: by_reason(cells, measure),
        measures=MEASURES,
        optional=REASONS,
        compares_groups=False,
        within=("tenure",),
    )


_SOURCE = N_("Cause-specific rates of competing risks; Garwood (1936)")

VOLUNTARY = _metric(
    "turnover.voluntary", N_("Voluntary turnover per year"), "ended_voluntary", _SOURCE
)
INVOLUNTARY = _metric(
    "turnover.involuntary", N_("Involuntary turnover per year"), "ended_involuntary", _SOURCE
)
OTHER = _metric(
    "turnover.other",
    N_("Turnover for other reasons per year"),
    "ended_other",
    N_(
        "Retirement, end of contract and reasons not given; cause-specific rates of competing "
        "risks; Garwood (1936)"
    ),
)
