"""How long people stay: retention, its hazard, who leaves early, and who stayed a year."""

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl

from metrics import intervals
from metrics.intervals import Intervals
from metrics.life_tables import TENURE, GroupTable, life_tables
from metrics.metric import Metric, Outcome
from metrics.results import Cells
from metrics.sums import beside, floats
from metrics.survival import retention as kaplan_meier
from metrics.vocabulary import Measure
from metrics.words import N_

STAYED = "stayed_a_year"
EARLY_ENDS = (3, 12)
"""Months: the first ninety days, and the first year."""
MONTHS_A_YEAR = 12

_AT_RISK = N_(
    "people employed at the beginning of the unit of time, those of whom only part of it is seen "
    "counting for that part"
)
_SOURCE = N_(
    "Kaplan & Meier (1958), with delayed entry; initial exposed to risk as in Elandt-Johnson & "
    "Johnson (1980); Kalbfleisch & Prentice (2002), section 1.4"
)


def together(parts: Sequence[Intervals]) -> Intervals:
    """Estimates one after the other."""
    none = np.zeros(0)
    return Intervals(
        *(
            np.concatenate([none, *(getattr(part, end) for part in parts)])
            for end in ("value", "low", "high")
        )
    )


def outcome(cells: Cells, found: Sequence[tuple[GroupTable, pl.DataFrame, Intervals]]) -> Outcome:
    """The rows and estimates of several groups, one after the other."""
    empty = cells.rows.clear().select(
        *cells.by, pl.col("n").cast(pl.Int64), pl.col("coverage").cast(pl.Float64)
    )
    return Outcome(
        pl.concat([empty, *(rows for _, rows, _ in found)]),
        together([estimates for _, _, estimates in found]),
        partial=any(group.short for group, _, _ in found),
    )


def retention(cells: Cells, _measure: Measure | None = None) -> Outcome:
    """100 S(t) at the end of each unit of time with the company; 0-100.

    Rows end at the first unit that is not told; a group of which the first unit is not told has no
    rows. ``n`` is how many were at risk in the unit.
    """
    return outcome(
        cells,
        [
            (group, group.rows, kaplan_meier(group.table).scaled(100))
            for group in life_tables(cells, TENURE)
        ],
    )


def hazard(cells: Cells, _measure: Measure | None = None) -> Outcome:
    """100 x leavers per person-year in each unit of time with the company; 0 and up.

    With d of n leaving in pieces of f units of w years: -log(1 - d/n) / (f w). The interval is the
    exact Poisson one of the leavers, wider by the noise. Nobody left: 0 with an upper end above it.
    """
    return outcome(
        cells, [(group, group.rows, _per_year(group)) for group in life_tables(cells, TENURE)]
    )


def _per_year(group: GroupTable) -> Intervals:
    yearly = group.force * MONTHS_A_YEAR
    width = np.diff(np.concatenate([[0.0], group.table.time])) / MONTHS_A_YEAR
    exposed = floats(group.rows, "n") * width
    with np.errstate(invalid="ignore", divide="ignore"):
        years = np.where(group.ended > 0, group.ended / yearly, exposed)
    return intervals.rate(events=group.ended, exposure=years, error=group.error).scaled(100)


def early(cells: Cells, _measure: Measure | None = None) -> Outcome:
    """100 (1 - S(3 months)) and 100 (1 - S(12 months)), in percent of those who began; 0-100.

    Rows by ``tenure`` 000-003 and 000-012. ``n`` is how many were at risk in the first unit.
    """
    return outcome(cells, [each for group in life_tables(cells, TENURE) for each in _early(group)])


def _early(group: GroupTable) -> Iterator[tuple[GroupTable, pl.DataFrame, Intervals]]:
    share = kaplan_meier(group.table)
    for months in EARLY_ENDS:
        place = np.flatnonzero(group.table.time == months)
        if place.size:
            gone = Intervals(1 - share.value[place], 1 - share.high[place], 1 - share.low[place])
            row = group.rows.head(1).with_columns(pl.lit(f"000-{months:03d}").alias(TENURE.axis))
            yield group, row, gone.scaled(100)


def stability(cells: Cells, _measure: Measure | None = None) -> Outcome:
    """100 x those still there / those there a year before, in percent; 0-100.

    Of several quarters the average over the years that end in them: these years overlap, so their
    n counts once. Wilson's interval, wider by the noise in both numbers (as
    ``metrics.sums.noisy_share``). ``n`` is how many were there at the beginning, on average.
    """
    rows = beside(cells, (STAYED,)).drop_nulls([STAYED])
    periods = floats(rows, f"{STAYED} periods")
    n = floats(rows, f"{STAYED} n")
    stayed = np.clip(floats(rows, STAYED), 0, n)
    error = np.nan_to_num(floats(rows, f"{STAYED} total_error"))
    p = (stayed + 2) / (n + 4)
    free = n / periods
    # The number at the beginning carries the same noise as the number who stayed.
    free = free / (1 + free * error * (1 + p**2) / (n**2 * p * (1 - p)))
    found = intervals.wilson(k=stayed / n * free, n=free)
    told = rows.with_columns(
        n=pl.Series(np.round(n / periods), dtype=pl.Int64),
        coverage=pl.col(f"{STAYED} coverage"),
    )
    return Outcome(told, found.scaled(100))


RETENTION = Metric(
    code="turnover.retention",
    label=N_("Retention"),
    formula=N_(
        "share still employed at the end of each unit of time with the company: the product of "
        "(1 - left / employed at the beginning) over the units; a unit that is seen in pieces "
        "(quarters) counts with an even hazard inside it"
    ),
    unit="percent",
    better="higher",
    interval=N_("95 %, Greenwood's variance and that of the noise, on the log-log scale"),
    counted=_AT_RISK,
    source=_SOURCE,
    calculate=retention,
    measures=TENURE.measures,
    compares_groups=False,
    axis=TENURE.axis,
)

HAZARD = Metric(
    code="turnover.hazard",
    label=N_("Leavers per year, by time with the company"),
    formula=N_("100 x leavers per person-year in each unit of time with the company"),
    unit="percent",
    better="lower",
    interval=N_("95 %, exact Poisson of the number of leavers, wider by the variance of the noise"),
    counted=_AT_RISK,
    source=N_("Garwood (1936); an even hazard inside each unit"),
    calculate=hazard,
    measures=TENURE.measures,
    compares_groups=False,
    axis=TENURE.axis,
)

EARLY = Metric(
    code="turnover.early",
    label=N_("Left early"),
    formula=N_(
        "share of those who begin that leaves within three months (90 days) and within the first "
        "year: 1 - retention"
    ),
    unit="percent",
    better="lower",
    interval=N_("95 %, as retention"),
    counted=N_("people employed in the first month"),
    source=_SOURCE,
    calculate=early,
    measures=TENURE.measures,
    compares_groups=False,
    axis=TENURE.axis,
)

STABILITY = Metric(
    code="turnover.stability",
    label=N_("Stability: still there after a year"),
    formula=N_(
        "100 x those employed a year before the end of a quarter who still are / all who were; "
        "over several quarters the average of these years"
    ),
    unit="percent",
    better="higher",
    interval=N_("95 %, Wilson (1927), wider by the variance of the noise"),
    counted=N_("people employed a year before, on average"),
    source=N_("Stability index: share of the staff at the start still there at the end of a year"),
    calculate=stability,
    measures=(STAYED,),
)
