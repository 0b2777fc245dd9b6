"""Plain estimators for the planted truths: enough to see them, no more.

Arrays are sites x months of the window, NaN where there is nothing. Sites under the minimum are
left out throughout.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from seed.calendar import MONTHS, PERIODS, month_number
from seed.company import NUMBER, SITES
from seed.rollouts import CUSTOMER_PLATFORM, PLATFORM, Rollout, started

Floats = npt.NDArray[np.float64]
LARGE = np.array([site.staff >= 11 for site in SITES])[:, None]


@dataclass(frozen=True)
class Slope:
    value: float
    error: float

    def near(self, truth: float, errors: float = 4.0) -> bool:
        """Whether the truth lies within so many standard errors: one miss in 16,000 at four."""
        return abs(self.value - truth) < errors * self.error


def grid(rows: pl.DataFrame, period: str, value: pl.Expr) -> Floats:
    """The value of an aggregation by site and month."""
    sums = rows.group_by("location_id", period).agg(value.cast(pl.Float64).alias("value"))
    table = np.full((len(SITES), len(MONTHS)), np.nan)
    months = {text: number for number, text in enumerate(PERIODS)}
    site = [NUMBER[code] for code in sums["location_id"]]
    table[site, [months[text] for text in sums[period]]] = sums["value"].to_numpy()
    return table


def nps() -> pl.Expr:
    """Net promoter score of the rows that answered."""
    promoters = (pl.col("nps") >= 9).cast(pl.Float64).mean()
    return 100 * (promoters - (pl.col("nps") <= 6).cast(pl.Float64).mean())


def earlier(values: np.ndarray, lag: int) -> np.ndarray:
    """Values `lag` months before; a negative lag looks ahead. NaN where there is none."""
    moved = np.full(values.shape, np.nan)
    if lag > 0:
        moved[:, lag:] = values[:, :-lag]
    elif lag < 0:
        moved[:, :lag] = values[:, -lag:]
    else:
        moved[:] = values
    return moved


def _demeaned(values: Floats, weights: Floats, groups: list[npt.NDArray[np.int64]]) -> Floats:
    for _ in range(40):
        for group in groups:
            total = np.bincount(group, weights)
            values = (
                values - (np.bincount(group, weights * values) / np.maximum(total, 1e-9))[group]
            )
    return values


def within(
    outcome: Floats,
    causes: list[Floats],
    weights: Floats,
    time: npt.NDArray[np.int64] | None = None,
) -> list[Slope]:
    """Slopes with site and month effects (or `time` effects), standard errors clustered by site."""
    known = np.isfinite(outcome) & np.isfinite(weights) & (weights > 0) & LARGE
    for cause in causes:
        known &= np.isfinite(cause)
    site, month = np.nonzero(known)
    w = weights[known]
    groups = [site, month if time is None else time[known]]
    y = _demeaned(outcome[known], w, groups)
    x = np.column_stack([_demeaned(cause[known], w, groups) for cause in causes])
    bread = np.linalg.inv(x.T @ (x * w[:, None]))
    slope = bread @ (x.T @ (w * y))
    parts = x * (w * (y - x @ slope))[:, None]
    sums = np.stack([np.bincount(site, part, len(SITES)) for part in parts.T])
    error = np.sqrt(np.diag(bread @ (sums @ sums.T) @ bread))
    return [Slope(float(a), float(b)) for a, b in zip(slope, error, strict=True)]


def poisson(events: Floats, exposure: Floats, cause: Floats, *, steps: int = 30) -> Slope:
    """Slope of the log rate, with site and month effects."""
    known = np.isfinite(events) & (exposure > 0) & np.isfinite(cause) & LARGE
    site, month = np.nonzero(known)
    design = np.column_stack([np.eye(len(SITES))[site], np.eye(len(MONTHS))[month], cause[known]])
    design = design[:, design.any(axis=0)]
    y, scale = events[known], exposure[known]
    beta = np.zeros(design.shape[1])
    for _ in range(steps):
        rate = scale * np.exp(design @ beta)
        information = design.T @ (design * rate[:, None]) + 1e-6 * np.eye(len(beta))
        beta = beta + np.linalg.solve(information, design.T @ (y - rate))
    return Slope(float(beta[-1]), float(np.sqrt(np.linalg.inv(information)[-1, -1])))


@dataclass(frozen=True)
class After:
    """Difference from what the untreated suggest: mean over treated sites, and by month."""

    effect: Slope
    months: dict[int, float]


def after_start(rollout: Rollout, outcome: Floats, weights: Floats) -> After:
    """Imputation: site and month effects from site-months that no roll-out has touched."""
    since = np.full(outcome.shape, -99)
    known = np.isfinite(outcome) & (np.nan_to_num(weights) > 0) & LARGE
    columns = np.arange(len(MONTHS))
    for other in {PLATFORM, CUSTOMER_PLATFORM} - {rollout}:
        for code, month in started(other).items():
            known[NUMBER[code]] &= columns < month_number(month)
    for code, month in started(rollout).items():
        since[NUMBER[code]] = columns - month_number(month)
    free = known & (since < 0)
    rows, months = np.nonzero(free)
    y, w = outcome[free], weights[free]
    level, season = np.zeros(len(SITES)), np.zeros(len(MONTHS))
    for _ in range(200):
        level = _means(rows, w, y - season[months], len(SITES))
        season = _means(months, w, y - level[rows], len(MONTHS))
    gap = outcome - level[:, None] - season
    treated = known & (since >= 0)
    sites = [NUMBER[code] for code in started(rollout)]
    each = [np.average(gap[row][treated[row]], weights=weights[row][treated[row]]) for row in sites]
    effect = Slope(float(np.mean(each)), float(np.std(each, ddof=1) / np.sqrt(len(each))))
    by_month = {number: float(np.mean(gap[known & (since == number)])) for number in range(-4, 7)}
    return After(effect, by_month)


def _means(group: npt.NDArray[np.int64], weights: Floats, values: Floats, count: int) -> Floats:
    total = np.bincount(group, weights, count)
    return np.bincount(group, weights * values, count) / np.maximum(total, 1e-9)
