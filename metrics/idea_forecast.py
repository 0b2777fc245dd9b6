"""When today's backlog is decided, by resampling the past; and how such forecasts turned out."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from metrics import idea_log
from metrics.idea_log import MEASURES, STEPS, UNDECIDED, WITHIN, Log
from metrics.intervals import FloatArray, Intervals
from metrics.metric import Metric, Outcome
from metrics.results import Cells
from metrics.vocabulary import Measure
from metrics.words import N_

PERCENTILES: Final = (50, 85, 95)
MEMORY: Final = 12
"""So many of the latest periods are resampled."""

LEAST: Final = 6
"""With fewer periods of history nothing is forecast."""

DRAWS: Final = 10_000
FARTHEST: Final = 120
"""Periods ahead; what is not decided by then has no forecast."""

SEED: Final = 1958
"""Everybody who asks the same gets the same draws."""


def forecast(
    history: FloatArray, backlog: int, rng: np.random.Generator, draws: int = DRAWS
) -> FloatArray:
    """How many periods until ``backlog`` ideas are decided: the `PERCENTILES` of many draws.

    Each draw first draws a past of as many periods from ``history`` with replacement, then a
    future from that past; so the percentiles also allow for how little a year tells of the pace.
    A percentile is the first period by whose end so many draws are ready. No backlog: 0. Fewer than
    `LEAST` periods of history: NaN. Not ready within `FARTHEST` periods: infinite.

    Source: bootstrap, Efron (1979); throughput forecasts, Vacanti (2015).
    """
    if history.size < LEAST:
        return np.full(len(PERCENTILES), np.nan)
    if backlog <= 0:
        return np.zeros(len(PERCENTILES))
    pace = float(history.mean())
    ahead = min(FARTHEST, int(np.ceil(4 * backlog / pace)) + 12) if pace > 0 else 1
    past = rng.choice(history, (draws, history.size))
    future = np.take_along_axis(past, rng.integers(0, history.size, (draws, ahead)), axis=1)
    done = np.cumsum(future, axis=1, dtype=np.float64) >= backlog
    needed = np.where(done[:, -1], 1.0 + done.argmax(axis=1), np.inf)
    return np.asarray(
        np.quantile(needed, np.array(PERCENTILES) / 100, method="inverted_cdf"), dtype=np.float64
    )


@dataclass(frozen=True, slots=True)
class Check:
    """How forecasts made in the past turned out.

    ``periods``: how many could be judged; ``inside``: of how many the backlog was decided within
    the 85th percentile, of which 85 % is expected.
    """

    periods: int
    inside: int


def back_test(
    came: FloatArray, went: FloatArray, rng: np.random.Generator, draws: int = 2_000
) -> Check:
    """Forecast at the end of each past period from what was known then, and compare.

    ``came`` and ``went``: ideas submitted and decided per period, from the first on. A forecast
    needs `MEMORY` periods before it. It is judged once its 85th percentile has passed, whether or
    not the backlog was decided before: judging earlier would count only those that went well.
    Consecutive forecasts share most of their history, so they are not independent.
    """
    stock = np.cumsum(came - went)
    decided = np.cumsum(went)
    judged = inside = 0
    for now in range(MEMORY - 1, went.size):
        late = forecast(went[now + 1 - MEMORY : now + 1], int(stock[now]), rng, draws)[1]
        if stock[now] <= 0 or not now + late < went.size:
            continue
        judged += 1
        inside += bool(decided[now + int(late)] - decided[now] >= stock[now])
    return Check(judged, inside)


def _history(ideas: pl.DataFrame, log: Log, stage: str) -> FloatArray:
    """Ideas per period that reached a stage, from the first known period to the last."""
    known = log.ideas["submitted"].min()
    length = 1 - int(known) if isinstance(known, int) else 0
    told = ideas[stage].drop_nulls().to_numpy() + length - 1
    return np.bincount(told[told >= 0], minlength=length).astype(np.float64)


def _forecast(cells: Cells, _measure: Measure | None = None) -> Outcome:
    """Months until as many ideas are decided as wait at the end of the window.

    ``n`` is how many wait. The percentiles themselves say how sure it is, so no interval.
    """
    log = idea_log.read(cells)
    rows, values = [], []
    for group, ideas in idea_log.groups(log.ideas, cells):
        backlog = ideas.filter(pl.col("standing").is_in(UNDECIDED)).height
        pace = _history(ideas, log, "decided")[-MEMORY:]
        found = forecast(pace, backlog, np.random.default_rng(SEED))
        for percentile, periods in zip(PERCENTILES, found, strict=True):
            rows.append((*group, str(percentile), backlog))
            values.append(periods * log.months if np.isfinite(periods) else np.nan)
    schema = {**dict.fromkeys((*cells.by, "percentile"), pl.String), "n": pl.Int64}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    frame = frame.with_columns(coverage=pl.lit(cells.coverage, dtype=pl.Float64))
    none = np.full(len(values), np.nan)
    told = Intervals(np.array(values, dtype=np.float64), none, none)
    return Outcome(frame, told, log.partial, ("percentile",))


def checked(cells: Cells) -> Check:
    """The back-test of the forecast of all ideas in the cells together."""
    log = idea_log.read(cells)
    if log.ideas.is_empty():
        return Check(0, 0)
    came, went = (_history(log.ideas, log, stage) for stage in ("submitted", "decided"))
    return back_test(came, went, np.random.default_rng(SEED))


FORECAST = Metric(
    code="ideas.forecast",
    label=N_("Months until today's ideas are decided"),
    formula=N_(
        "months until as many ideas are decided as wait now, oldest first: 10,000 futures drawn "
        "from the decisions per month of the last twelve months, themselves drawn anew each time; "
        "the months by which 50, 85 and 95 % of them are ready"
    ),
    unit="months",
    better="lower",
    interval=N_("the 85 and 95 % percentiles; whether they held in the past stands on the page"),
    counted=N_("ideas that wait for a decision"),
    source=N_("Bootstrap: Efron (1979); forecasts from throughput: Vacanti (2015)"),
    calculate=_forecast,
    measures=MEASURES,
    optional=STEPS,
    within=WITHIN,
    past=True,
)
