"""Empirical Bayes: what a group's value says once the noise of its size is taken into account."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from metrics.intervals import FloatArray, Intervals, Z

_TIMES: Final = 200
_CLOSE: Final = 1e-12
_LEAST: Final = 3
"""Of fewer groups nothing can be said of how much they differ."""


@dataclass(frozen=True, slots=True)
class Shrunken:
    """Groups moved towards their common mean, the smaller the further.

    Attributes:
        estimates: the shrunken values with their 95 % intervals.
        weight: of each group's own value, 0 to 1; the rest is that of the mean.
        mean: the common mean; ``between``: the variance between groups that noise does not explain.
    """

    estimates: Intervals
    weight: FloatArray
    mean: float
    between: float


def shrunken(value: FloatArray, variance: FloatArray) -> Shrunken | None:
    """Shrink group values by the normal-normal model; None for fewer than three known groups.

    y_i ~ N(t_i, v_i), t_i ~ N(m, A). A solves sum (y_i - m)^2 / (A + v_i) = k - 1 (Paule & Mandel
    1982; 0 when no A does), m is the mean weighted by 1/(A + v_i), and
    t_i = m + B_i (y_i - m) with B_i = A/(A + v_i). The variance of t_i adds to B_i v_i what is not
    known of m and of A: (1-B_i)^2 / sum 1/(A + v_j) + 2 (1-B_i)^2 (y_i - m)^2 / (k - 3) where k > 3
    (Morris 1983, J. Am. Stat. Assoc. 78, 47-55).

    Args:
        value, variance: of each group, on a scale on which noise is about normal; NaN, or a
            variance of 0 or less, is left as it is and not used.
    """
    known = np.isfinite(value) & np.isfinite(variance) & (variance > 0)
    y, v = value[known], variance[known]
    if y.size < _LEAST:
        return None
    between = _between(y, v)
    precision = 1 / (between + v)
    mean = float(np.sum(precision * y) / np.sum(precision))
    weight = between * precision
    away = (1 - weight) ** 2
    error = weight * v + away / np.sum(precision)
    if y.size > _LEAST:
        error = error + 2 * away * (y - mean) ** 2 / (y.size - _LEAST)
    moved = mean + weight * (y - mean)
    half = Z * np.sqrt(error)

    def spread(found: FloatArray) -> FloatArray:
        filled = np.full(value.shape, np.nan)
        filled[known] = found
        return filled

    estimates = Intervals(spread(moved), spread(moved - half), spread(moved + half))
    return Shrunken(estimates, spread(weight), mean, between)


def _between(y: FloatArray, v: FloatArray) -> float:
    """Paule and Mandel's variance between groups, by bisection."""

    def excess(between: float) -> float:
        precision = 1 / (between + v)
        mean = np.sum(precision * y) / np.sum(precision)
        return float(np.sum(precision * (y - mean) ** 2)) - (y.size - 1)

    if excess(0.0) <= 0:
        return 0.0
    low, high = 0.0, float(np.var(y, ddof=1)) + float(v.max())
    while excess(high) > 0:
        low, high = high, 2 * high
    for _ in range(_TIMES):
        middle = (low + high) / 2
        low, high = (middle, high) if excess(middle) > 0 else (low, middle)
        if high - low <= _CLOSE * high:
            break
    return (low + high) / 2


def share_variance(n: FloatArray, whole: float) -> FloatArray:
    """The sampling variance of a share in groups of n, at the share of all together.

    p(1-p)/n with one p for all groups: with its own share, a group in which nobody is at risk would
    seem to know that for sure. n <= 0: NaN.
    """
    return whole * (1 - whole) / np.where(n > 0, n, np.nan)
