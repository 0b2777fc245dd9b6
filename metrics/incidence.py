"""Why people leave: the share that left for each reason by each time, reasons competing."""

import numpy as np
import polars as pl

from metrics.intervals import FloatArray, Intervals
from metrics.life_tables import TENURE, GroupTable, ends_of, life_tables
from metrics.metric import Metric, Outcome
from metrics.results import Cells
from metrics.retention import together
from metrics.survival import incidence_by_share
from metrics.vocabulary import Measure
from metrics.words import N_

REASONS = {
    "voluntary": "ended_voluntary",
    "involuntary": "ended_involuntary",
    "other": "ended_other",
}
"""Values of ``reason``, and the measures behind them."""


def incidence(cells: Cells, _measure: Measure | None = None) -> Outcome:
    """100 F_r(t): the share that left for reason r by the end of each unit; 0-100.

    Reasons are told of wider units of time, and only where enough people left. The hazard of a
    reason is the hazard of leaving times the share of the reason among those of the wider unit of
    whom it is told. A curve ends where no reason is told; added up over the reasons it is 1 - S.
    """
    keys = [dim for dim in cells.by if dim != TENURE.axis]
    rows, estimates, partial = [], [], False
    for group in life_tables(cells, TENURE):
        told = _told(cells, keys, group)
        last = _reach(group, told)
        partial = partial or group.short or last < group.rows.height
        for reason, found in _by_reason(group, told).items():
            rows.append(group.rows.head(last).with_columns(reason=pl.lit(reason)))
            estimates.append(Intervals(*(part[:last] for part in found)))
    empty = cells.rows.clear().select(
        *cells.by,
        pl.col("n").cast(pl.Int64),
        pl.col("coverage").cast(pl.Float64),
        reason=pl.lit("").cast(pl.String),
    )
    return Outcome(pl.concat([empty, *rows]), together(estimates).scaled(100), partial, ("reason",))


def _told(cells: Cells, keys: list[str], group: GroupTable) -> pl.DataFrame:
    """The reasons told of a group: ``tenure`` (wider units), ``measure``, ``total``, error."""
    told = cells.rows.filter(pl.col("measure").is_in(list(REASONS.values()))).drop_nulls("total")
    return told.join(group.rows.select(keys).head(1), on=keys, how="semi") if keys else told


def _wider(group: GroupTable, told: pl.DataFrame) -> tuple[list[str], list[int]]:
    """The wider units that are told, and of each unit the place of the one it lies in, or -1."""
    units = told[TENURE.axis].unique().sort().to_list()
    spans = [ends_of(unit) for unit in units]
    places = [
        next((p for p, (low, high) in enumerate(spans) if low <= start and end <= high), -1)
        for start, end in (ends_of(unit) for unit in group.rows[TENURE.axis])
    ]
    return units, places


def _reach(group: GroupTable, told: pl.DataFrame) -> int:
    """How many units, from the beginning, have a reason told."""
    _, places = _wider(group, told)
    return next((step for step, place in enumerate(places) if place < 0), len(places))


def _by_reason(
    group: GroupTable, told: pl.DataFrame
) -> dict[str, tuple[FloatArray, FloatArray, FloatArray]]:
    units, places = _wider(group, told)
    if not units:
        return {}
    # Units behind the last that is told lie in none; what is computed of them is not shown.
    group_of = [place if place >= 0 else 0 for place in places]
    counts, errors = {}, np.zeros(len(units))
    for reason, code in REASONS.items():
        own = told.filter(pl.col("measure") == code)
        by_unit = dict(own.select(TENURE.axis, "total").iter_rows())
        counts[reason] = np.array([by_unit.get(unit, 0.0) for unit in units], dtype=np.float64)
        noise = dict(own.select(TENURE.axis, "total_error").iter_rows())
        errors = np.maximum(errors, [noise.get(unit) or 0.0 for unit in units])
    found = incidence_by_share(group.table, group_of, counts, errors)
    return {reason: (each.value, each.low, each.high) for reason, each in found.items()}


INCIDENCE = Metric(
    code="turnover.incidence",
    label=N_("Left, by reason"),
    formula=N_(
        "share that left for each reason by the end of each unit of time, the other reasons "
        "competing: the sum over the units of (still there before) x (leaving in it) x (share of "
        "the reason among those whose reason is told, up to 3, 12, 36 and 120 months)"
    ),
    unit="percent",
    better="lower",
    interval=N_(
        "95 %, delta method over leaving, the shares of the reasons and the noise in both, on the "
        "log-log scale"
    ),
    counted=N_("people employed at the beginning of the unit of time"),
    source=N_("Aalen & Johansen (1978); Marubini & Valsecchi (1995), section 10.2"),
    calculate=incidence,
    measures=(*TENURE.measures, *REASONS.values()),
    compares_groups=False,
    axis=TENURE.axis,
)
