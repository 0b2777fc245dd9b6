"""How long ideas wait, in months, from the log: for every dimension that the log knows.

Life tables in days (`metrics.idea_waits`) know a few dimensions; the log knows sites as well, but
of each step only its month.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl

from metrics import idea_log
from metrics.idea_log import MEASURES, STEPS, WITHIN, Log
from metrics.intervals import FloatArray, Intervals
from metrics.metric import Metric, Outcome
from metrics.results import Cells
from metrics.survival import LifeTable, retention
from metrics.vocabulary import Measure
from metrics.words import N_

Wait = Literal["decision", "implementation", "work"]

WAITS: Mapping[Wait, tuple[str, str, str | None]] = {
    "decision": ("submitted", "decided", None),
    "implementation": ("submitted", "implemented", None),
    "work": ("accepted", "implemented", "finished"),
}
"""Where a wait begins, how it ends, and when an idea is lost sight of without having ended."""


@dataclass(frozen=True, slots=True)
class Waited:
    """The life table of some ideas, and how many they are."""

    table: LifeTable
    ideas: int


Groups = Mapping[tuple[str, ...], Waited]
"""Per group of the reader, all on the same times."""


def life_tables(cells: Cells, wait: Wait) -> Groups:
    """How many ideas waited in the window and how many waits ended, by months since they began.

    ``decision``: from the month of submission to that of the first decision. ``implementation``:
    from submission to implementation, of all ideas: what was rejected waits on and is never
    implemented. ``work``: from acceptance to implementation; what was dropped is followed until
    then. Ideas that waited when the window began count from the age that they had (delayed entry);
    what still waits at its end counts as waiting for as long as it was seen. A group in which
    nothing waited has no table.
    """
    return tables(idea_log.read(cells), cells, wait)


def tables(log: Log, cells: Cells, wait: Wait) -> Groups:
    """The same, of a log that was read."""
    if log.first is None:
        return {}
    begun, end, lost = WAITS[wait]
    until = [end, lost] if lost is not None else [end]
    seen = (
        log.ideas.filter(pl.col(begun).is_not_null())
        .with_columns(stop=pl.coalesce(*until, pl.lit(0)), ended=pl.col(end).is_not_null())
        .filter(pl.col("stop") >= log.first)
        .with_columns(
            entry=pl.max_horizontal(log.first - pl.col(begun), pl.lit(0)),
            # Implemented before it was accepted, on untidy records: in no time.
            leaving=pl.max_horizontal(pl.col("stop") - pl.col(begun), pl.lit(0)),
        )
    )
    if seen.is_empty():
        return {}
    span = int(seen["leaving"].max()) + 1  # type: ignore[arg-type]
    return {
        tuple(str(value) for value in group): Waited(_table(rows, span, log.months), rows.height)
        for group, rows in idea_log.groups(seen, cells)
    }


def _table(rows: pl.DataFrame, span: int, months: float) -> LifeTable:
    entered = np.bincount(rows["entry"].to_numpy(), minlength=span)
    left = np.bincount(rows["leaving"].to_numpy(), minlength=span)
    ended = np.bincount(rows.filter("ended")["leaving"].to_numpy(), minlength=span)
    at_risk = np.cumsum(entered) - np.cumsum(left) + left
    return LifeTable(
        np.arange(span, dtype=np.float64) * months,
        at_risk.astype(np.float64),
        {"ended": ended.astype(np.float64)},
    )


def curve(cells: Cells, wait: Wait) -> Outcome:
    """100 (1 - S(t)): the share whose wait was over by each number of months; 0-100.

    Rows by ``months``. ``n`` is how many waited for so long.
    """
    log = idea_log.read(cells)
    parts, found = [], []
    for group, waited in tables(log, cells, wait).items():
        table = waited.table
        left = retention(table)
        found.append(np.array([1 - left.value, 1 - left.high, 1 - left.low]))
        parts.append(
            pl.DataFrame(
                {
                    **dict(zip(cells.by, group, strict=True)),
                    "months": [f"{time:03.0f}" for time in table.time],
                    "n": table.at_risk.astype(np.int64),
                },
                schema={**dict.fromkeys((*cells.by, "months"), pl.String), "n": pl.Int64},
            )
        )
    schema = {**dict.fromkeys((*cells.by, "months"), pl.String), "n": pl.Int64}
    rows = pl.concat([pl.DataFrame(schema=schema), *parts]).with_columns(
        coverage=pl.lit(cells.coverage, dtype=pl.Float64)
    )
    ends = np.concatenate([np.zeros((3, 0)), *found], axis=1)
    return Outcome(rows, Intervals(*ends).scaled(100), log.partial, ("months",))


def half(table: LifeTable) -> tuple[float, float, float]:
    """The first time by which half or more ended, and when the ends of the band reach half.

    NaN: never within what is seen. Source: Brookmeyer & Crowley (1982), Biometrics 38, 29-41, on
    the log-log scale.
    """
    left = retention(table)
    return (
        _first(table.time, left.value),
        _first(table.time, left.low),
        _first(table.time, left.high),
    )


def _first(time: FloatArray, left: FloatArray) -> float:
    reached = np.flatnonzero(left <= 0.5)
    return float(time[reached[0]]) if reached.size else float("nan")


def medians(cells: Cells, wait: Wait) -> Outcome:
    """The months by which half of the waits are over; a group that does not come so far: no row.

    ``n``: how many waits were seen.
    """
    log = idea_log.read(cells)
    found = tables(log, cells, wait)
    ends = np.array([half(waited.table) for waited in found.values()]).reshape(-1, 3)
    rows = pl.DataFrame(
        list(found) if cells.by else [("",)] * len(found),
        schema=dict.fromkeys(cells.by or ("group",), pl.String),
        orient="row",
    ).with_columns(
        n=pl.Series([waited.ideas for waited in found.values()], dtype=pl.Int64),
        coverage=pl.lit(cells.coverage, dtype=pl.Float64),
    )
    return Outcome(rows, Intervals(ends[:, 0], ends[:, 1], ends[:, 2]), log.partial)


def _decision(cells: Cells, _measure: Measure | None = None) -> Outcome:
    return curve(cells, "decision")


def _implementation(cells: Cells, _measure: Measure | None = None) -> Outcome:
    return curve(cells, "implementation")


_INTERVAL = N_("95 %, Greenwood's variance, on the log-log scale")
_COUNTED = N_("ideas that waited for so long")
_SOURCE = N_(
    "Kaplan & Meier (1958), with delayed entry; open ideas are censored, never left out; never the "
    "mean of closed ideas"
)

DECIDED = Metric(
    code="ideas.time_to_decision",
    label=N_("Ideas decided, by months since submission"),
    formula=N_(
        "share of ideas that is accepted, rejected or withdrawn by each month since submission: "
        "1 - the product of (1 - decided / waiting)"
    ),
    unit="percent",
    better="higher",
    interval=_INTERVAL,
    counted=_COUNTED,
    source=_SOURCE,
    calculate=_decision,
    measures=MEASURES,
    optional=STEPS,
    compares_groups=False,
    within=WITHIN,
    past=True,
)

IMPLEMENTED = Metric(
    code="ideas.time_to_implementation",
    label=N_("Ideas implemented, by months since submission"),
    formula=N_(
        "share of all ideas sent in that is implemented by each month since submission; rejected "
        "and withdrawn ideas count as not implemented, open ones are censored"
    ),
    unit="percent",
    better="higher",
    interval=_INTERVAL,
    counted=_COUNTED,
    source=_SOURCE,
    calculate=_implementation,
    measures=MEASURES,
    optional=tuple(step for step in STEPS if step != "ideas_implemented"),
    compares_groups=False,
    within=WITHIN,
    past=True,
)
