"""Ideas: how many reach an end per month."""

import numpy as np
import polars as pl

from metrics import intervals
from metrics.metric import Metric, Outcome
from metrics.results import Cells
from metrics.sums import beside, floats
from metrics.vocabulary import Measure
from metrics.words import N_
from release.periods import Period, parse

FINISHED = ("ideas_implemented", "ideas_rejected", "ideas_withdrawn")


def throughput(cells: Cells, _measure: Measure | None = None) -> Outcome:
    """Ideas implemented, rejected or withdrawn per month; exact Poisson interval.

    The months are those of the whole window (of the row's period when grouped by period), not
    only those in which something happened. A group that has ideas but none finished is 0, with
    an upper end above it; a group without ideas has no row. ``n`` is the number finished.
    """
    asked = [code for code in FINISHED if code in cells.measures]
    rows = beside(cells, ("ideas_submitted", *FINISHED))
    if not asked or cells.first is None or cells.last is None:
        rows = rows.clear()
    finished = pl.sum_horizontal(pl.col(code).fill_null(0) for code in FINISHED)
    coverage = pl.min_horizontal(f"{code} coverage" for code in ("ideas_submitted", *FINISHED))
    rows = rows.with_columns(n=finished, coverage=coverage)
    months = (
        np.array([parse(text).months for text in rows["period"]], dtype=np.float64)
        if "period" in cells.by
        else np.full(rows.height, _months(cells.first, cells.last))
    )
    return Outcome(rows, intervals.rate(events=floats(rows, "n"), exposure=months))


def _months(first: str | None, last: str | None) -> float:
    """Length of a window in months, both ends included; NaN when it is open."""
    if first is None or last is None:
        return float("nan")
    start, end = parse(first), parse(last)
    return (_position(end) - _position(start) + 1) * start.months


def _position(period: Period) -> int:
    return period.year * round(12 / period.months) + period.index


THROUGHPUT = Metric(
    code="ideas.throughput",
    label=N_("Ideas finished per month"),
    formula=N_("(ideas implemented + rejected + withdrawn) / months in the window"),
    unit="count",
    better="higher",
    interval=N_("95 %, exact Poisson of the number of ideas finished"),
    counted=N_("ideas finished"),
    source=N_("Throughput of a flow: items finished per unit of time. Garwood (1936)"),
    calculate=throughput,
    measures=("ideas_submitted", *FINISHED),
    optional=FINISHED,
    compares_groups=False,
)
