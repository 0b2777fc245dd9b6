"""When half of the ideas are decided, and half of the accepted ones implemented."""

from dataclasses import replace

import numpy as np
import polars as pl

from metrics.idea_log import MEASURES, STEPS, WITHIN
from metrics.idea_months import half, medians
from metrics.intervals import Intervals
from metrics.life_tables import DECISION, life_tables
from metrics.metric import Metric, Outcome
from metrics.results import Cells
from metrics.vocabulary import Measure
from metrics.words import N_


def _in_days(cells: Cells, _measure: Measure | None = None) -> Outcome:
    """The age in days by the end of which half are decided; not reached: no row.

    Ages are told in units (weeks at first), so the median is the end of one. ``n`` is how many
    waited in the first unit.
    """
    found = list(life_tables(replace(cells, by=(*cells.by, DECISION.axis), within=()), DECISION))
    ends = np.array([half(group.table) for group in found]).reshape(-1, 3)
    schema = {
        **dict.fromkeys(cells.by, pl.String),
        "n": pl.Int64,
        "coverage": pl.Float64,
    }
    first = [group.rows.head(1).select(list(schema)) for group in found]
    rows = pl.concat([pl.DataFrame(schema=schema), *first])
    return Outcome(rows, Intervals(ends[:, 0], ends[:, 1], ends[:, 2]))


def _in_months(cells: Cells, _measure: Measure | None = None) -> Outcome:
    return medians(cells, "decision")


def _of_work(cells: Cells, _measure: Measure | None = None) -> Outcome:
    return medians(cells, "work")


_INTERVAL = N_(
    "95 %: where the log-log band of the curve reaches half (Brookmeyer & Crowley 1982); no upper "
    "end where the band never does"
)
_SOURCE = N_("Kaplan & Meier (1958), with delayed entry; open ideas are censored")

MONTHS_TO_DECISION = Metric(
    code="ideas.median_to_decision",
    label=N_("Months until half of the ideas are decided"),
    formula=N_(
        "the month since submission by which half of the ideas have their first decision, at the "
        "pace of the window (Kaplan-Meier: ideas that still wait count as waiting)"
    ),
    unit="months",
    better="lower",
    interval=_INTERVAL,
    counted=N_("ideas that waited"),
    source=_SOURCE,
    calculate=_in_months,
    measures=MEASURES,
    optional=STEPS,
    within=WITHIN,
    past=True,
)

TO_DECISION = Metric(
    code="ideas.median_to_decision",
    label=N_("Days until half of the ideas are decided"),
    formula=N_(
        "the age by the end of which half of the ideas have their first decision, at the pace of "
        "the window (Kaplan-Meier: ideas that still wait count as waiting); ages are told in weeks "
        "up to eight, then in four weeks"
    ),
    unit="days",
    better="lower",
    interval=_INTERVAL,
    counted=N_("ideas that waited in their first week"),
    source=_SOURCE,
    calculate=_in_days,
    measures=DECISION.measures,
    within=(DECISION.axis,),
    otherwise=MONTHS_TO_DECISION,
)

TO_IMPLEMENTATION = Metric(
    code="ideas.median_to_implementation",
    label=N_("Months until half of the accepted ideas are implemented"),
    formula=N_(
        "the month since acceptance by which half of the accepted ideas are implemented, at the "
        "pace of the window (Kaplan-Meier: ideas that still wait count as waiting)"
    ),
    unit="months",
    better="lower",
    interval=_INTERVAL,
    counted=N_("accepted ideas that waited"),
    source=_SOURCE,
    calculate=_of_work,
    measures=MEASURES,
    optional=tuple(step for step in STEPS if step != "ideas_implemented"),
    within=WITHIN,
    past=True,
)
