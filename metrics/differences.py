"""The difference of two independent estimates, its interval, and how surprising it is."""

import numpy as np
from scipy import special

from metrics.intervals import FloatArray, Intervals, Z


def difference(*, now: Intervals, before: Intervals) -> Intervals:
    """``now`` less ``before`` with an interval that keeps the skew of both.

    With d = a - b: low = d - sqrt((a - low_a)^2 + (high_b - b)^2),
    high = d + sqrt((high_a - a)^2 + (b - low_b)^2). For two Wilson intervals this is Newcombe's
    hybrid score interval. The two are taken as independent; answers of the same people at both
    moments make the true interval narrower. NaN in, NaN out.

    Source: Newcombe (1998), Stat. Med. 17, 873-890; Zou & Donner (2008), Stat. Med. 27, 1693-1702.
    """
    value = now.value - before.value
    down = np.hypot(now.value - now.low, before.high - before.value)
    up = np.hypot(now.high - now.value, before.value - before.low)
    return Intervals(value, value - down, value + up)


def excludes_zero(interval: Intervals) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Where the interval lies wholly on one side of zero; NaN counts as no."""
    return np.asarray((interval.low > 0) | (interval.high < 0))


def p_value(interval: Intervals) -> FloatArray:
    """Two-sided p of "no difference", by the interval's half-width towards zero.

    z = |d| / SE, SE = (distance from d to the end that faces zero) / 1.96; p = 2 (1 - Phi(z)). So
    p < 0.05 exactly where the interval excludes zero. d = 0 gives 1; NaN stays NaN; a width of
    zero gives 0 unless d = 0.
    """
    towards = np.where(
        interval.value > 0, interval.value - interval.low, interval.high - interval.value
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        z = Z * np.abs(interval.value) / towards
    p = 2 * special.ndtr(-z)
    return np.asarray(np.where((interval.value == 0) & ~np.isnan(towards), 1.0, p))
