"""Shrinkage: what a group's value says once the noise of its size is taken into account."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from metrics.intervals import FloatArray, Intervals, Z

_LEAST: Final = 4
"""Of fewer groups nothing can be said of how much they differ."""

_STEPS: Final = 400
_WIDEST: Final = 1_000.0
"""The spread between groups is looked for up to so many times what is seen."""


@dataclass(frozen=True, slots=True)
class Shrunken:
    """Groups moved towards their common mean, the smaller the further.

    Attributes:
        estimates: the shrunken values with their 95 % intervals.
        weight: of each group's own value, 0 to 1; the rest is that of the mean.
        mean: the common mean.
    """

    estimates: Intervals
    weight: FloatArray
    mean: float


def shrunken(value: FloatArray, variance: FloatArray) -> Shrunken | None:
    """Shrink group values by the normal-normal model; None for fewer than four known groups.

    y_i ~ N(t_i, v_i), t_i ~ N(m, s^2). Given s, m is the mean weighted by 1/(s^2 + v_i) and
    t_i = m + B_i (y_i - m) with B_i = s^2/(s^2 + v_i): the empirical-Bayes estimate. With one s put
    in as if it were known the intervals are too narrow, so all of this is averaged over how likely
    each s is after the data: p(s | y) from a flat prior on s^2 and on m, on a grid. The interval is
    the mean -+ 1.96 standard deviations of t_i; of intervals so made 95 % hold the truth, or a few
    more where groups hardly differ.

    Source: Morris (1983), J. Am. Stat. Assoc. 78, 47-55; Morris and Tang (2011), Statistical
    Science 26, 271-287.

    Args:
        value, variance: of each group, on a scale on which noise is about normal; NaN, or a
            variance of 0 or less, is left as it is and not used.
    """
    known = np.isfinite(value) & np.isfinite(variance) & (variance > 0)
    y, v = value[known], variance[known]
    if y.size < _LEAST:
        return None
    spread = _grid(y, v)[:, None]
    precision = 1 / (spread**2 + v)
    total = precision.sum(axis=1)
    mean = (precision * y).sum(axis=1) / total
    chance = _chance(spread[:, 0], precision, (y - mean[:, None]) ** 2)
    weight = spread**2 * precision
    moved = mean[:, None] + weight * (y - mean[:, None])
    error = weight * v + (1 - weight) ** 2 / total[:, None]
    centre = chance @ moved
    half = Z * np.sqrt(chance @ (error + (moved - centre) ** 2))

    def spread_out(found: FloatArray) -> FloatArray:
        filled = np.full(value.shape, np.nan)
        filled[known] = found
        return filled

    estimates = Intervals(*map(spread_out, (centre, centre - half, centre + half)))
    return Shrunken(estimates, spread_out(chance @ weight), float(chance @ mean))


def _grid(y: FloatArray, v: FloatArray) -> FloatArray:
    """Spreads between groups, dense near none and reaching far beyond what is seen."""
    seen = float(np.std(y, ddof=1) + np.sqrt(v.min()))
    return seen * _WIDEST * np.linspace(0, 1, _STEPS) ** 5


def _chance(spread: FloatArray, precision: FloatArray, squares: FloatArray) -> FloatArray:
    """How likely each spread is, its square being as likely anywhere; adds up to 1."""
    log = 0.5 * (
        np.log(precision).sum(axis=1)
        - np.log(precision.sum(axis=1))
        - (precision * squares).sum(axis=1)
    )
    width = np.gradient(spread**2)
    found = np.exp(log - log.max()) * width
    return np.asarray(found / found.sum(), dtype=np.float64)


def share_variance(n: FloatArray, whole: float) -> FloatArray:
    """The sampling variance of a share in groups of n, at the share of all together.

    p(1-p)/n with one p for all groups: with its own share, a group in which nobody is at risk would
    seem to know that for sure. n <= 0: NaN.
    """
    return whole * (1 - whole) / np.where(n > 0, n, np.nan)
