"""The flow of ideas: what came in and went out, what is open and how old it is."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from metrics import idea_log, intervals
from metrics.idea_log import MEASURES, OPEN, REACHED, STEPS, UNDECIDED, WITHIN, Log
from metrics.intervals import Intervals
from metrics.metric import Metric, Outcome
from metrics.results import Cells
from metrics.sums import floats
from metrics.vocabulary import Measure
from metrics.words import N_

FLOW = (*REACHED, "finished")
"""What is counted over time; finished: implemented, dropped, rejected or withdrawn."""

_BALANCED = 0.1
"""In- and outflow that differ by no more than this share of the larger count as alike."""


def cumulative(cells: Cells, _measure: Measure | None = None) -> Outcome:
    """How many ideas had reached each stage by the end of each period, since the first known one.

    A count of a whole population, so without an interval; ``n`` is the same number.
    """
    log = idea_log.read(cells)
    parts = [
        _course(ideas, log, stage).with_columns(
            *(
                pl.lit(value, dtype=pl.String).alias(dim)
                for dim, value in zip(cells.by, group, strict=True)
            )
        )
        for group, ideas in (idea_log.groups(log.ideas, cells) if log.first is not None else [])
        for stage in FLOW
    ]
    rows = pl.concat(parts) if parts else _empty(cells, "period", "stage")
    rows = rows.with_columns(coverage=pl.lit(cells.coverage, dtype=pl.Float64))
    return Outcome(rows, _alone(rows, "n"), log.partial, ("period", "stage"))


def per_month(cells: Cells, _measure: Measure | None = None) -> Outcome:
    """How many ideas reached each stage in the window, per month; exact Poisson interval.

    Whenever they were sent in. ``n`` is the number of ideas.
    """
    log = idea_log.read(cells)
    told = [(pl.col(stage) >= (log.first or 0)).sum().alias(stage) for stage in FLOW]
    wide = idea_log.per_group(
        log.ideas if log.first is not None else log.ideas.clear(), cells, *told
    )
    rows = wide.unpivot(index=list(cells.by), variable_name="stage", value_name="n")
    rows = rows.with_columns(coverage=pl.lit(cells.coverage, dtype=pl.Float64))
    if cells.by:
        rows = rows.sort(cells.by, maintain_order=True)
    found = intervals.rate(events=floats(rows, "n"), exposure=log.length * log.months)
    return Outcome(rows, found, log.partial, ("stage",))


def _course(ideas: pl.DataFrame, log: Log, stage: str) -> pl.DataFrame:
    assert log.first is not None, "there are no groups without a window"
    before = ideas.filter(pl.col(stage) < log.first).height
    return pl.DataFrame(
        {
            "period": [log.period(place) for place in range(log.first, 1)],
            "stage": stage,
            "n": before + np.cumsum(idea_log.counts(log, stage, ideas)),
        }
    )


def open_now(cells: Cells, _measure: Measure | None = None) -> Outcome:
    """The median age in months of the ideas that are open at the end of the window, by where.

    Age: months from the month of submission to the last one of the window; for what was decided,
    from the month of the decision. ``n``: how many. The open ideas are all there are, so there is
    no interval.
    """
    log = idea_log.read(cells)
    since = pl.when(pl.col("standing").is_in(UNDECIDED)).then("submitted").otherwise("decided")
    aged = log.ideas.filter(pl.col("standing").is_in(OPEN)).with_columns(age=-since * log.months)
    rows = (
        aged.group_by(*cells.by, "standing")
        .agg(n=pl.len(), age=pl.col("age").median())
        .rename({"standing": "stage"})
        .with_columns(coverage=pl.lit(cells.coverage, dtype=pl.Float64))
        .sort(*cells.by, pl.col("stage").cast(pl.Enum(OPEN)))
    )
    return Outcome(rows, _alone(rows, "age"), log.partial, ("stage",))


def oldest(cells: Cells, _measure: Measure | None = None) -> Outcome:
    """Every idea that waits for a decision, by its number: months since it was sent in.

    The oldest first. An idea is one, so ``n`` is 1 and there is no interval.
    """
    log = idea_log.read(cells)
    rows = (
        log.ideas.filter(pl.col("standing").is_in(UNDECIDED))
        .select(
            *cells.by,
            "idea",
            "standing",
            n=pl.lit(1),
            age=-pl.col("submitted") * log.months,
            coverage=pl.lit(cells.coverage, dtype=pl.Float64),
        )
        .rename({"standing": "stage"})
        .sort("age", "idea", descending=[True, False])
    )
    return Outcome(rows, _alone(rows, "age"), log.partial, ("idea", "stage"))


@dataclass(frozen=True, slots=True)
class Balance:
    """What came in and was decided in a window.

    Attributes:
        opening, closing: how many waited for a decision before the window and at its end.
        inflow, outflow: ideas submitted and decided; opening + inflow - outflow = closing.
        stock: how many waited for a decision, on average over the ends of the periods.
        wait: months that an idea waits by Little's law; None where in- and outflow differ, since
            it only holds while the stock neither grows nor shrinks.
    """

    opening: int
    inflow: int
    outflow: int
    closing: int
    stock: float
    wait: float | None


def balance(cells: Cells) -> Balance | None:
    """In- and outflow of undecided ideas in the window of an ungrouped log; None without ideas.

    Little's law: average stock / decisions per month. Little (1961), Operations Research 9.
    """
    log = idea_log.read(cells)
    if log.first is None or not log.length or log.ideas.is_empty():
        return None
    came, went = (idea_log.counts(log, stage) for stage in ("submitted", "decided"))
    before = log.ideas.filter(
        (pl.col("submitted") < log.first)
        & (pl.col("decided").is_null() | (pl.col("decided") >= log.first))
    ).height
    stock = before + np.cumsum(came - went)
    inflow, outflow = int(came.sum()), int(went.sum())
    alike = outflow > 0 and abs(inflow - outflow) <= _BALANCED * max(inflow, outflow)
    average = float(np.mean(np.concatenate([[before], stock])))
    return Balance(
        before,
        inflow,
        outflow,
        int(stock[-1]),
        average,
        average / (outflow / (log.length * log.months)) if alike else None,
    )


def _empty(cells: Cells, *more: str) -> pl.DataFrame:
    names = (*cells.by, *more)
    return pl.DataFrame(schema={**dict.fromkeys(names, pl.String), "n": pl.Int64})


def _alone(rows: pl.DataFrame, column: str) -> Intervals:
    """Values of a whole population: no interval."""
    value = rows[column].cast(pl.Float64).to_numpy()
    none = np.full(rows.height, np.nan)
    return Intervals(value, none, none)


_WHOLE = N_("none: a count of all ideas")
_RECORDS = N_("A count of the company's own records")

PER_MONTH = Metric(
    code="ideas.per_month",
    label=N_("Ideas per month, by stage"),
    formula=N_(
        "ideas that first reached each stage in the window, whenever they were sent in / months"
    ),
    unit="score",
    better="higher",
    interval=N_("95 %, exact Poisson of the number of ideas"),
    counted=N_("ideas that reached the stage"),
    source=N_("Garwood (1936)"),
    calculate=per_month,
    measures=MEASURES,
    optional=STEPS,
    within=WITHIN,
    past=True,
    compares_groups=False,
)

CUMULATIVE = Metric(
    code="ideas.cumulative",
    label=N_("Cumulative flow of ideas"),
    formula=N_(
        "ideas that had reached each stage by the end of each period, counted from the first known "
        "one; finished is implemented, rejected, withdrawn or dropped after acceptance"
    ),
    unit="count",
    better="higher",
    interval=_WHOLE,
    counted=N_("ideas"),
    source=_RECORDS,
    calculate=cumulative,
    measures=MEASURES,
    optional=STEPS,
    within=WITHIN,
    past=True,
    compares_groups=False,
)

OPEN_NOW = Metric(
    code="ideas.open",
    label=N_("Open ideas and their age"),
    formula=N_(
        "median of the months since submission of ideas that wait for a decision, and since the "
        "decision of accepted ones that are not implemented, at the end of the window"
    ),
    unit="months",
    better="lower",
    interval=_WHOLE,
    counted=N_("open ideas"),
    source=_RECORDS,
    calculate=open_now,
    measures=MEASURES,
    optional=STEPS,
    within=WITHIN,
    past=True,
)

OLDEST = Metric(
    code="ideas.oldest",
    label=N_("Ideas that wait for a decision, by number"),
    formula=N_("months from the month of submission to the last one of the window, idea by idea"),
    unit="months",
    better="lower",
    interval=_WHOLE,
    counted=N_("ideas"),
    source=_RECORDS,
    calculate=oldest,
    measures=MEASURES,
    optional=STEPS,
    within=WITHIN,
    past=True,
    compares_groups=False,
)
