"""Absence: hours lost to sickness per contract hour."""

import numpy as np
import polars as pl

from metrics import intervals
from metrics.intervals import Intervals
from metrics.metric import Metric, Outcome
from metrics.results import Cells
from metrics.sums import beside, floats
from metrics.vocabulary import Measure
from metrics.words import N_
from release.periods import parse

NEEDED = ("hours_lost", "contract_hours")
SPELLS = "absence_spells"


def absence(cells: Cells, _measure: Measure | None = None) -> Outcome:
    """100 x hours lost / contract hours, in percent.

    Hours of one spell hang together, so the spells are the independent events: the ends are the
    rate times the exact Poisson limits of the number of spells over that number. Spells unknown,
    or none: no interval, the rate being a count of a whole population. Contract hours of 0 give
    no row. ``n`` is the average number of people over the periods.
    """
    rows = beside(cells, (*NEEDED, SPELLS)).drop_nulls(NEEDED)
    hours = floats(rows, "contract_hours")
    value = 100 * floats(rows, "hours_lost") / np.where(hours > 0, hours, np.nan)
    spells = floats(rows, SPELLS)
    counted = intervals.poisson_exact(k=spells)
    spells = np.where(spells > 0, spells, np.nan)
    found = Intervals(value, value * counted.low / spells, value * counted.high / spells)
    return Outcome(
        rows.with_columns(
            n=(pl.col("contract_hours n") / pl.col("contract_hours periods")).round(),
            coverage=pl.min_horizontal("hours_lost coverage", "contract_hours coverage"),
        ),
        found,
    )


def spells(cells: Cells, _measure: Measure | None = None) -> Outcome:
    """Spells of sick leave per employee per year; exact Poisson interval of the spells.

    100 spells in 6 months among 50 people are 4 a year. The people are those behind the contract
    hours, on average over the periods, which are ``n``; nobody, or no spells told, gives no row.
    """
    rows = beside(cells, (SPELLS, "contract_hours")).drop_nulls((SPELLS, "contract_hours"))
    if "period" in cells.by:
        length = np.array([parse(text).months for text in rows["period"]], dtype=np.float64)
    else:
        length = np.full(rows.height, parse(cells.first).months if cells.first else np.nan)
    # n adds up the people of each period.
    found = intervals.rate(
        events=floats(rows, SPELLS), exposure=floats(rows, "contract_hours n") * length / 12
    )
    return Outcome(
        rows.with_columns(
            n=(pl.col("contract_hours n") / pl.col("contract_hours periods")).round(),
            coverage=pl.min_horizontal(f"{SPELLS} coverage", "contract_hours coverage"),
        ),
        found,
    )


RATE = Metric(
    code="absence.rate",
    label=N_("Absence"),
    formula=N_("100 x hours lost to sickness / contract hours"),
    unit="percent",
    better="lower",
    interval=N_(
        "95 %, exact Poisson of the number of spells, each taken as equally long, so rather too "
        "narrow than too wide; without spells none: a count of a whole population"
    ),
    counted=N_("average number of people"),
    source=N_("Dutch ziekteverzuim; Garwood (1936)"),
    calculate=absence,
    measures=(*NEEDED, SPELLS),
    optional=(SPELLS,),
)

FREQUENCY = Metric(
    code="absence.spells",
    label=N_("Spells of sick leave per employee per year"),
    formula=N_("spells that began / (average number of people x years)"),
    unit="score",
    better="lower",
    interval=N_(
        "95 %, exact Poisson of the number of spells, which is rounded to threes per group before "
        "it is released"
    ),
    counted=RATE.counted,
    source=N_("Dutch meldingsfrequentie; Garwood (1936)"),
    calculate=spells,
    measures=(SPELLS, "contract_hours"),
)
