"""How long ideas wait, with those that still wait: from the log, in months."""

from collections.abc import Mapping
from typing import Literal

import numpy as np
import polars as pl

from metrics import idea_log
from metrics.idea_log import MEASURES, STEPS, WITHIN, Log
from metrics.intervals import FloatArray, Intervals
from metrics.metric import Metric, Outcome
from metrics.results import Cells
from metrics.survival import LifeTable, median, retention
from metrics.vocabulary import Measure
from metrics.words import N_

Wait = Literal["decision", "implementation"]

Groups = Mapping[tuple[str, ...], LifeTable]
"""A life table per group of the reader, all on the same times."""


def life_tables(cells: Cells, wait: Wait) -> Groups:
    """How many ideas still waited and how many ended, by months since the wait began.

    ``decision``: of the ideas submitted in the window, from the month of submission to that of the
    first decision. ``implementation``: of the ideas accepted in the window, from the month of
    acceptance to that in which they were implemented; what was dropped is followed until then.
    What still waits at the end of the window counts as waiting for as long as it was seen. A group
    without such ideas has no table.
    """
    return _tables(idea_log.read(cells), cells, wait)


def _tables(log: Log, cells: Cells, wait: Wait) -> Groups:
    start, end = ("submitted", "decided") if wait == "decision" else ("accepted", "implemented")
    some = log.within(start)
    if some.is_empty():
        return {}
    # An idea may have been dropped first and implemented after all: then it was implemented.
    stop = (
        pl.coalesce(end, "finished", pl.lit(0))
        if wait == "implementation"
        else pl.coalesce(end, pl.lit(0))
    )
    waited = some.with_columns(
        waited=pl.max_horizontal(stop - pl.col(start), pl.lit(0)),
        ended=pl.col(end).is_not_null(),
    )
    span = np.arange(-int(log.first or 0) + 1)
    groups = (
        list(waited.sort(cells.by).group_by(cells.by, maintain_order=True))
        if cells.by
        else [((), waited)]
    )
    return {
        tuple(str(value) for value in group): _table(
            rows["waited"].to_numpy(), rows["ended"].to_numpy(), span, log.months
        )
        for group, rows in groups
    }


def _table(waited: np.ndarray, ended: np.ndarray, span: np.ndarray, months: float) -> LifeTable:
    left = np.bincount(waited, minlength=span.size)
    gone = np.bincount(waited[ended], minlength=span.size)
    at_risk = left[::-1].cumsum()[::-1]
    return LifeTable(span * months, at_risk.astype(np.float64), {"ended": gone.astype(np.float64)})


def median_with_interval(table: LifeTable) -> tuple[float, float, float]:
    """The median and the times at which the band of the curve passes one half; NaN: it never does.

    Source: Brookmeyer & Crowley (1982), Biometrics 38, 29-41, on the log-log scale.
    """
    curve = retention(table)
    middle = median(table)
    return (
        middle if np.isfinite(middle) else float("nan"),
        _first(table.time, curve.low),
        _first(table.time, curve.high),
    )


def _first(time: FloatArray, curve: FloatArray) -> float:
    # At zero nothing is left and no band can be given: it passed one half there at the latest.
    passed = np.flatnonzero(curve <= 0.5)
    return float(time[passed[0]]) if passed.size else float("nan")


def _medians(cells: Cells, wait: Wait) -> Outcome:
    log = idea_log.read(cells)
    tables = _tables(log, cells, wait)
    found = np.array([median_with_interval(table) for table in tables.values()]).reshape(-1, 3)
    rows = (
        pl.DataFrame(list(tables), schema=dict.fromkeys(cells.by, pl.String), orient="row")
        if cells.by
        else pl.DataFrame({"group": [""] * len(tables)})
    )
    rows = rows.with_columns(
        n=pl.Series([int(table.at_risk[0]) for table in tables.values()], dtype=pl.Int64),
        coverage=pl.lit(cells.coverage, dtype=pl.Float64),
    )
    return Outcome(rows, Intervals(found[:, 0], found[:, 1], found[:, 2]), log.partial)


def _decision(cells: Cells, _measure: Measure | None = None) -> Outcome:
    return _medians(cells, "decision")


def _implementation(cells: Cells, _measure: Measure | None = None) -> Outcome:
    return _medians(cells, "implementation")


_INTERVAL = N_(
    "95 %: where the log-log band of the curve passes one half (Brookmeyer & Crowley 1982); no "
    "upper end where the band never does"
)

TIME_TO_DECISION = Metric(
    code="ideas.time_to_decision",
    label=N_("Median months to a decision"),
    formula=N_(
        "the month since submission in which half of the ideas submitted in the window have their "
        "first decision (accepted, rejected or withdrawn), by Kaplan-Meier: ideas that still wait "
        "count as waiting"
    ),
    unit="months",
    better="lower",
    interval=_INTERVAL,
    counted=N_("ideas submitted"),
    source=N_("Kaplan & Meier (1958)"),
    calculate=_decision,
    measures=MEASURES,
    optional=STEPS,
    within=WITHIN,
    past=True,
)

TIME_TO_IMPLEMENTATION = Metric(
    code="ideas.time_to_implementation",
    label=N_("Median months from acceptance to implementation"),
    formula=N_(
        "the month since acceptance in which half of the ideas accepted in the window are "
        "implemented, by Kaplan-Meier: ideas that still wait count as waiting"
    ),
    unit="months",
    better="lower",
    interval=_INTERVAL,
    counted=N_("ideas accepted"),
    source=N_("Kaplan & Meier (1958)"),
    calculate=_implementation,
    measures=MEASURES,
    optional=tuple(step for step in STEPS if step != "ideas_implemented"),
    within=WITHIN,
    past=True,
)
