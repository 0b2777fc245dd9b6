"""What turnover and absence cost in a year."""

from dataclasses import replace
from typing import Final

import numpy as np
import polars as pl
from scipy import special

from metrics import absence
from metrics.intervals import LEVEL, FloatArray, Intervals
from metrics.metric import Metric, MetricError, Outcome
from metrics.pay import Prices, Triangle, pay_of
from metrics.results import Cells, Table
from metrics.sums import beside, floats
from metrics.vocabulary import Measure
from metrics.words import N_
from release.periods import parse

YEARS: Final = "person_years"
_POINTS: Final = 128
"""Of the triangle; enough for three figures."""
_HALVINGS: Final = 44


def cost_of_leavers(
    *, k: FloatArray, error: FloatArray, price: FloatArray, shares: Triangle
) -> Intervals:
    """k leavers at a price and an uncertain share of it: k x price x (a + m + b) / 3.

    The ends are the 2.5 % and 97.5 % points of G x S: S has the triangle's distribution, G the
    gamma distribution whose points are the exact Poisson limits of k (Garwood 1936). So with a
    share that is sure they are the Poisson limits times the price, and with many leavers the
    triangle's own points. Noise of variance ``error`` in k widens G. k < 0 counts as 0.
    """
    count = np.clip(k, 0, None)
    at = shares.quantile((np.arange(_POINTS) + 0.5) / _POINTS)
    tail = (1 - LEVEL) / 2
    low = np.where(count > 0, _point(np.where(count > 0, count, 1), error, at, tail), 0.0)
    high = _point(count + 1, error, at, 1 - tail)
    return Intervals(count * price * shares.mean, low * price, high * price)


def _point(mean: FloatArray, error: FloatArray, at: FloatArray, level: float) -> FloatArray:
    """Where the distribution of G x S reaches a level, by bisection: P = mean over s of G(x/s)."""
    scale = 1 + error / mean
    shape = mean / scale
    low = np.zeros_like(mean)
    high = (mean + 12 * np.sqrt(mean * scale) + 60 * scale) * max(float(at.max()), 1e-12)
    divided = np.maximum(at, 1e-12)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        reach = special.gammainc(
            shape[:, None], middle[:, None] / divided[None, :] / scale[:, None]
        ).mean(axis=1)
        below = reach < level
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return np.asarray((low + high) / 2)


def turnover_cost(cells: Cells, prices: Prices) -> Outcome:
    """Leavers x mean yearly pay of their job families x share, in EUR per year.

    ``n`` is the number of leavers. The time is that of the periods that a group is told in.
    """
    rows = beside(cells, ("exits",)).drop_nulls(("exits",))
    pay = pay_of(rows, "exits", cells.by, prices).to_numpy()
    found = cost_of_leavers(
        k=floats(rows, "exits"),
        error=np.nan_to_num(floats(rows, "exits total_error")),
        price=pay * 12 / _months(rows, "exits", cells),
        shares=prices.shares,
    )
    return Outcome(
        rows.with_columns(
            n=pl.col("exits").clip(lower_bound=0).round(), coverage=pl.col("exits coverage")
        ),
        found,
    )


def absence_cost(cells: Cells, prices: Prices) -> Outcome:
    """Hours lost x pay per hour, in EUR per year.

    Pay per hour is mean yearly pay x people / contract hours in a year, so the cost is hours lost /
    contract hours x people x pay. Pay is that of the group's job families, by their person-years
    (``pay_of``); the company's mean where these are not told. Interval as in ``absence.absence``;
    ``n`` is the average number of people.
    """
    found = absence.absence(cells)
    keys = list(cells.by) or ["group"]
    years = beside(cells, (YEARS,)).select(*keys, pl.col(YEARS).fill_null(0))
    rows = found.rows.join(years, on=keys, how="left", nulls_equal=True, maintain_order="left")
    pay = pay_of(rows.with_columns(pl.col(YEARS).fill_null(0)), YEARS, cells.by, prices)
    factor = floats(found.rows, "n") * pay.to_numpy() / 100
    return Outcome(found.rows, _times(found.estimates, factor))


def _times(found: Intervals, factor: FloatArray) -> Intervals:
    return Intervals(found.value * factor, found.low * factor, found.high * factor)


def _months(rows: pl.DataFrame, code: str, cells: Cells) -> FloatArray:
    """The length in months of the periods that each row sums."""
    if "period" in cells.by:
        return np.array([parse(text).months for text in rows["period"]], dtype=np.float64)
    length = parse(cells.first).months if cells.first else float("nan")
    return floats(rows, f"{code} periods") * length


def _needs_pay(_cells: Cells, _measure: Measure | None = None) -> Outcome:
    raise MetricError("a cost needs pay: annual_cost of the assignments, released as 'pay'")


def told(table: Table) -> Table:
    """A table of costs as it is shown: amounts to three figures, more than is known of them."""
    figures = pl.col("value", "low", "high").round_sig_figs(3)
    return replace(table, rows=table.rows.with_columns(figures))


TURNOVER = Metric(
    code="turnover.cost",
    label=N_("Cost of turnover per year"),
    formula=N_(
        "leavers x mean yearly pay of their job family x share of it; the share is a triangle of "
        "16, 21 and 30 % (mean 22.3 %) unless the company has set its own; where job family is not "
        "told, the company's mean pay; pay includes on-costs and is that of the hours worked"
    ),
    unit="eur",
    better="lower",
    interval=N_(
        "a range: 95 % of what leavers (Poisson) and share (triangle) leave possible together; it "
        "holds no doubt about pay"
    ),
    counted=N_("leavers"),
    source=N_(
        "Boushey & Glynn (2012): median 21 % of yearly pay over 27 case studies; Garwood (1936)"
    ),
    calculate=_needs_pay,
    measures=("exits",),
    priced=turnover_cost,
)

ABSENCE = Metric(
    code="absence.cost",
    label=N_("Cost of absence per year"),
    formula=N_(
        "hours lost to sickness x pay per hour; pay per hour is the mean yearly pay of the job "
        "families that work there, on-costs included, x people / contract hours in a year"
    ),
    unit="eur",
    better="lower",
    interval=absence.RATE.interval,
    counted=absence.RATE.counted,
    source=N_("Sick pay carried by the employer; replacement and lost sales are not in it"),
    calculate=_needs_pay,
    measures=(*absence.RATE.measures, YEARS),
    optional=(*absence.RATE.optional, YEARS),
    priced=absence_cost,
)
