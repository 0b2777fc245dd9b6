"""Whether one quantity of sites moves before another: within-site associations at lags."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from scipy import special

from metrics.differences import p_value
from metrics.fdr import RATE, benjamini_hochberg
from metrics.intervals import LEVEL, Intervals
from metrics.sums import floats
from release.periods import parse

LEAST_SITES: Final = 8
LEAST_PERIODS: Final = 6
"""Of fewer nothing is told."""

_ROUNDS: Final = 200
_CLOSE: Final = 1e-10


@dataclass(frozen=True, slots=True)
class Lagged:
    """How two quantities move together within sites, the one ``lag`` periods before the other.

    ``value``, ``low``, ``high``: the correlation with its 95 % interval; ``sites`` and ``pairs``
    (site-periods): what it rests on.
    """

    lag: int
    value: float
    low: float
    high: float
    sites: int
    pairs: int


def lagged(before: pl.DataFrame, after: pl.DataFrame, lags: int = 3) -> list[Lagged]:
    """The correlation of ``before`` with ``after`` at 0 to ``lags`` periods.

    From both, each site's own level and each period's common level are taken away (weighted
    two-way centring), so sites that differ for good, seasons and company-wide trends say nothing;
    what is left is correlated. Weights are those of ``after``. Interval: of the slope with errors
    clustered by site (CR1; Liang & Zeger 1986) and Student's t with sites - 1 degrees of freedom,
    on the scale of the correlation. Noise in both makes it smaller than the correlation of what
    they measure. An association: what moves earlier need not be the cause.

    Args:
        before, after: ``location``, ``period``, ``value`` and ``n`` (the weight), a row per site
            and period, periods of one grain; rows without a value are left out.

    Returns:
        A row per lag that rests on `LEAST_SITES` sites and `LEAST_PERIODS` periods.
    """
    told = [_lag(before, after, lag) for lag in range(lags + 1)]
    return [each for each in told if each is not None]


def _lag(before: pl.DataFrame, after: pl.DataFrame, lag: int) -> Lagged | None:
    moved = {text: parse(text).shifted(lag).text for text in before["period"].unique()}
    earlier = before.drop_nulls("value").select(
        "location", pl.col("period").cast(pl.String).replace_strict(moved), x="value"
    )
    rows = (
        after.drop_nulls("value")
        .select("location", pl.col("period").cast(pl.String), "n", y="value")
        .join(earlier, on=["location", "period"])
        .filter(pl.col("n") > 0)
        # A site that is there once says nothing of how it moves.
        .filter(pl.len().over("location") > 1)
    )
    if rows["location"].n_unique() < LEAST_SITES or rows["period"].n_unique() < LEAST_PERIODS:
        return None
    site = rows["location"].rank("dense").to_numpy().astype(np.int64) - 1
    period = rows["period"].rank("dense").to_numpy().astype(np.int64) - 1
    w = floats(rows, "n")
    x, y = (centred(floats(rows, name), site, period, w) for name in ("x", "y"))
    xx, yy = float(w @ x**2), float(w @ y**2)
    if xx <= 0 or yy <= 0:
        return None
    slope = float(w @ (x * y)) / xx
    groups = int(site.max()) + 1
    score = np.bincount(site, weights=w * x * (y - slope * x))
    error = np.sqrt(float(score @ score) * groups / (groups - 1)) / xx
    scale = np.sqrt(xx / yy)
    half = float(special.stdtrit(groups - 1, 0.5 + LEVEL / 2)) * error * scale
    value = slope * scale
    return Lagged(
        lag,
        float(value),
        float(max(value - half, -1)),
        float(min(value + half, 1)),
        groups,
        rows.height,
    )


def clear(found: Sequence[Sequence[Lagged]]) -> list[list[bool]]:
    """Of each association whether it is more than chance makes, all of them being one family.

    Benjamini and Hochberg's control of the false-discovery rate over every lag of every pair.
    """
    every = [each for pair in found for each in pair]
    ends = (np.array([getattr(each, end) for each in every]) for end in ("value", "low", "high"))
    sure = list(benjamini_hochberg(p_value(Intervals(*ends))) <= RATE)
    return [[bool(sure.pop(0)) for _each in pair] for pair in found]


def centred(
    values: np.ndarray, site: np.ndarray, period: np.ndarray, weight: np.ndarray
) -> np.ndarray:
    """Values less the weighted level of their site and of their period, by turns until both are 0.

    Args:
        values, weight: of each row; site, period: its place among sites and periods, from 0.
    """
    left = values - float(weight @ values) / float(weight.sum())
    for _ in range(_ROUNDS):
        most = 0.0
        for group in (site, period):
            level = np.bincount(group, weights=weight * left) / np.bincount(group, weights=weight)
            left = left - level[group]
            most = max(most, float(np.abs(level).max()))
        if most < _CLOSE:
            break
    return np.asarray(left)
