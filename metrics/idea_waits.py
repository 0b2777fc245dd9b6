"""How long ideas wait: the share decided, and implemented, by each age; open ideas censored."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from metrics.intervals import Intervals
from metrics.life_tables import DECISION, IMPLEMENTATION, Duration, ends_of, life_tables
from metrics.metric import Metric, Outcome
from metrics.results import Cells
from metrics.retention import outcome
from metrics.survival import retention as kaplan_meier
from metrics.vocabulary import Measure
from metrics.words import N_

HALF = 50.0
"""Percent."""

_INTERVAL = N_("95 %, Greenwood's variance and that of the noise, on the log-log scale")
_COUNTED = N_(
    "ideas waiting at the beginning of the unit of time, those of which only part of it is seen "
    "counting for that part"
)
_SOURCE = N_(
    "Kaplan & Meier (1958); open ideas are censored, never left out; never the mean of closed ideas"
)


def time_to_decision(cells: Cells, _measure: Measure | None = None) -> Outcome:
    """100 (1 - S(t)): the share decided by the end of each unit of age; 0-100."""
    return _reached(cells, DECISION)


def time_to_implementation(cells: Cells, _measure: Measure | None = None) -> Outcome:
    """100 (1 - S(t)): the share of all ideas implemented by the end of each unit of age; 0-100.

    Rejected and withdrawn ideas stay among those that wait: they are never implemented.
    """
    return _reached(cells, IMPLEMENTATION)


def _reached(cells: Cells, duration: Duration) -> Outcome:
    found = []
    for group in life_tables(cells, duration):
        left = kaplan_meier(group.table)
        gone = Intervals(1 - left.value, 1 - left.high, 1 - left.low)
        found.append((group, group.rows, gone.scaled(100)))
    return outcome(cells, found)


@dataclass(frozen=True, slots=True)
class Median:
    """Days by which half have come to an end, with its interval; None: not within what is told."""

    value: int | None
    low: int | None
    high: int | None


def median(curve: pl.DataFrame, axis: str = DECISION.axis) -> Median:
    """The first age at which half or more are decided, from the rows of one group's curve.

    The interval has the ages at which the ends of the curve's own interval reach half.

    Source: Brookmeyer & Crowley (1982).
    """
    ends = [ends_of(unit)[1] for unit in curve[axis]]

    def first(column: str) -> int | None:
        reached = np.flatnonzero(curve[column].cast(pl.Float64).fill_null(0).to_numpy() >= HALF)
        return ends[int(reached[0])] if reached.size else None

    return Median(first("value"), first("high"), first("low"))


DECIDED = Metric(
    code="ideas.time_to_decision",
    label=N_("Ideas decided, by age"),
    formula=N_(
        "share of ideas that is accepted, rejected or withdrawn by the end of each unit of age: "
        "1 - the product of (1 - decided / waiting at the beginning) over the units"
    ),
    unit="percent",
    better="higher",
    interval=_INTERVAL,
    counted=_COUNTED,
    source=_SOURCE,
    calculate=time_to_decision,
    measures=DECISION.measures,
    compares_groups=False,
    axis=DECISION.axis,
)

IMPLEMENTED = Metric(
    code="ideas.time_to_implementation",
    label=N_("Ideas implemented, by age"),
    formula=N_(
        "share of all ideas sent in that is implemented by the end of each unit of age; rejected "
        "and withdrawn ideas count as not implemented, open ones are censored"
    ),
    unit="percent",
    better="higher",
    interval=_INTERVAL,
    counted=_COUNTED,
    source=_SOURCE,
    calculate=time_to_implementation,
    measures=IMPLEMENTATION.measures,
    compares_groups=False,
    axis=IMPLEMENTATION.axis,
)
