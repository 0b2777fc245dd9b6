"""95 % intervals: arrays in by keyword, frozen arrays out. NaN stands for "cannot be given".

Shares are fractions of one here, since this is inside a formula; ``scaled(100)`` makes percent.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import special

FloatArray = npt.NDArray[np.float64]

LEVEL: Final = 0.95
Z: Final = float(special.ndtri(0.5 + LEVEL / 2))
"""The normal quantile of the level, 1.95996."""


@dataclass(frozen=True, slots=True)
class Intervals:
    """Estimates with the ends of their intervals; three arrays of one shape, NaN for unknown."""

    value: FloatArray
    low: FloatArray
    high: FloatArray

    def scaled(self, factor: float) -> "Intervals":
        """All three times a positive factor (100: fractions to percent)."""
        return Intervals(self.value * factor, self.low * factor, self.high * factor)

    def clipped(self, low: float | None, high: float | None) -> "Intervals":
        """The ends kept inside the range that is possible; None leaves a side open."""
        if low is None and high is None:
            return self
        return Intervals(self.value, np.clip(self.low, low, high), np.clip(self.high, low, high))


def _floats(*values: npt.ArrayLike) -> tuple[FloatArray, ...]:
    return tuple(np.broadcast_arrays(*(np.asarray(value, dtype=np.float64) for value in values)))


def _only_where(condition: npt.NDArray[np.bool_], value: FloatArray) -> FloatArray:
    return np.where(condition, value, np.nan)


def wilson(*, k: npt.ArrayLike, n: npt.ArrayLike) -> Intervals:
    """Share k/n with Wilson's score interval, as fractions.

    With p = k/n and z = 1.96:
    (p + z^2/2n +- z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n), range 0-1.
    ``k`` and ``n`` need not be whole (weighted or averaged counts). n <= 0, or k outside 0..n:
    NaN; 0 of n is 0 with an upper end above 0.

    Source: Wilson (1927), J. Am. Stat. Assoc. 22, 209-212.
    """
    k_, n_ = _floats(k, n)
    slack = 1e-9 * np.abs(n_)
    valid = (n_ > 0) & (k_ >= -slack) & (k_ <= n_ + slack)
    size = _only_where(valid, n_)
    share = np.clip(k_ / size, 0, 1)
    centre = share + Z**2 / (2 * size)
    spread = Z * np.sqrt(share * (1 - share) / size + Z**2 / (4 * size**2))
    scale = 1 + Z**2 / size
    low = np.where(share == 0, share, (centre - spread) / scale)
    high = np.where(share == 1, share, (centre + spread) / scale)
    return Intervals(share, np.clip(low, 0, share), np.clip(high, share, 1))


def poisson_exact(*, k: npt.ArrayLike) -> Intervals:
    """A count with its exact (Garwood) Poisson interval.

    L = chi2(a/2; 2k)/2 (0 when k = 0), U = chi2(1-a/2; 2k+2)/2. Negative k: NaN.

    Source: Garwood (1936), Biometrika 28, 437-442.
    """
    (given,) = _floats(k)
    count = _only_where(given >= 0, given)
    tail = (1 - LEVEL) / 2
    # A chi-squared quantile with 2k degrees of freedom is twice a gamma quantile of shape k.
    low = np.where(count == 0, count, special.gammaincinv(np.maximum(count, 1e-300), tail))
    return Intervals(count, low, special.gammaincinv(count + 1, 1 - tail))


def rate(*, events: npt.ArrayLike, exposure: npt.ArrayLike, error: npt.ArrayLike = 0) -> Intervals:
    """Events per unit of exposure, with the exact Poisson interval of the events.

    Exposure <= 0: NaN. No events in some exposure: 0 with an upper end above 0. Where the events
    are told with noise of variance ``error``, its distance and that of the Poisson limit are added
    in squares: k - sqrt((k-L)^2 + z^2 error), k + sqrt((U-k)^2 + z^2 error), not below 0.

    Source for the sum of two errors: Zou & Donner (2008), Statistics in Medicine 27, 1693-1702.
    """
    count, time, noise = _floats(events, exposure, error)
    counted = poisson_exact(k=count)
    time = _only_where(time > 0, time)
    low = count - np.sqrt((count - counted.low) ** 2 + Z**2 * noise)
    high = count + np.sqrt((counted.high - count) ** 2 + Z**2 * noise)
    return Intervals(counted.value / time, np.maximum(low, 0) / time, high / time)


def weighted_rate(
    *,
    total: npt.ArrayLike,
    variance: npt.ArrayLike,
    heaviest: npt.ArrayLike,
    error: npt.ArrayLike = 0,
) -> Intervals:
    """A sum of Poisson counts that each have a weight: y = sum w k, with Fay and Feuer's interval.

    L = v/(2y) chi2(a/2; 2y^2/v), U = (v+m^2)/(2(y+m)) chi2(1-a/2; 2(y+m)^2/(v+m^2)), with
    v = sum w^2 k (``variance``) and m the heaviest weight. With equal weights it is the exact
    Poisson interval. ``error``: the variance of noise in y, as in ``rate``. m <= 0: NaN.

    Source: Fay & Feuer (1997), Statistics in Medicine 16, 791-801.
    """
    y, v, m, noise = _floats(total, variance, heaviest, error)
    y = _only_where((m > 0) & (y >= 0), y)
    tail = (1 - LEVEL) / 2
    some = (y > 0) & (v > 0)
    own, spread = np.where(some, y, 1.0), np.where(some, v, 1.0)
    low = np.where(some, spread / own * special.gammaincinv(own**2 / spread, tail), 0.0)
    above, more = y + m, v + m**2
    high = more / above * special.gammaincinv(above**2 / more, 1 - tail)
    down = np.sqrt((y - low) ** 2 + Z**2 * noise)
    up = np.sqrt((high - y) ** 2 + Z**2 * noise)
    return Intervals(y, np.where(np.isnan(y), y, np.maximum(y - down, 0)), y + up)


def mean_t(
    *,
    n: npt.ArrayLike,
    total: npt.ArrayLike,
    squares: npt.ArrayLike,
    independent: npt.ArrayLike | None = None,
) -> Intervals:
    """Mean total/n with Student's t interval, from sums.

    s^2 = (squares - total^2/n)/(n-1); mean +- t(0.975; m-1) s/sqrt(m), where m is ``independent``
    (how many of the n answers count as independent, default n). n <= 0: NaN; m < 2 or unknown
    squares: the mean with NaN ends.

    Source: Student (1908), Biometrika 6, 1-25.
    """
    n_, sum_, squares_, m = _floats(n, total, squares, n if independent is None else independent)
    size = _only_where(n_ > 0, n_)
    mean = sum_ / size
    # Cancellation can leave a tiny negative where all answers are equal.
    variance = np.maximum(squares_ - sum_**2 / size, 0) / _only_where(size > 1, size - 1)
    free = _only_where(m >= 2, m)
    half = special.stdtrit(free - 1, 0.5 + LEVEL / 2) * np.sqrt(variance / free)
    return Intervals(mean, mean - half, mean + half)


def nps(
    *,
    n: npt.ArrayLike,
    total: npt.ArrayLike,
    squares: npt.ArrayLike,
    independent: npt.ArrayLike | None = None,
) -> Intervals:
    """Net promoter score from answers scored -100, 0 and 100: -100 to 100.

    NPS = 100(p - d) = total/n; SE = 100 sqrt((p + d - (p-d)^2)/m) = sqrt((squares/n - NPS^2)/m),
    m as in ``mean_t``; NPS +- 1.96 SE, kept inside -100..100. n <= 0: NaN.
    """
    n_, sum_, squares_, m = _floats(n, total, squares, n if independent is None else independent)
    size = _only_where(n_ > 0, n_)
    score = sum_ / size
    error = np.sqrt(np.maximum(squares_ / size - score**2, 0) / _only_where(m > 0, m))
    return Intervals(score, score - Z * error, score + Z * error).clipped(-100, 100)


def nps_se(*, p: npt.ArrayLike, d: npt.ArrayLike, n: npt.ArrayLike) -> FloatArray:
    """Standard error of an NPS in points: 100 sqrt((p + d - (p-d)^2)/n); n <= 0: NaN.

    ``p`` share of promoters, ``d`` of detractors, fractions. p=.5, d=.2, n=100 gives 7.81.
    """
    p_, d_, n_ = _floats(p, d, n)
    return np.asarray(100 * np.sqrt((p_ + d_ - (p_ - d_) ** 2) / _only_where(n_ > 0, n_)))


def weighted_share(*, k: npt.ArrayLike, n: npt.ArrayLike, weights: npt.ArrayLike) -> Intervals:
    """Share over strata (last axis) with fixed population weights: sum of W_h k_h/n_h.

    Wilson's interval at Kish's effective size 1/sum(W_h^2/n_h), W_h the weights made to sum to
    one. A stratum of weight zero is left out; one with weight but without answers gives NaN.

    Source: Kish (1965), Survey Sampling, section 11.7.
    """
    k_, n_, w = _floats(k, n, weights)
    used = w > 0
    size = np.where(used, _only_where(n_ > 0, n_), 1)
    portion = np.where(used, w, 0) / np.sum(np.where(used, w, 0), axis=-1, keepdims=True)
    share = np.sum(portion * np.where(used, k_, 0) / size, axis=-1)
    effective = 1 / np.sum(portion**2 / size, axis=-1)
    return wilson(k=share * effective, n=effective)
