"""Which worker-experience measures matter most for customer experience, within sites."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial
from typing import Final

import numpy as np

from metrics.fdr import RATE, benjamini_hochberg
from metrics.intervals import FloatArray, Intervals
from metrics.link.fit import Sums, fit, sums, usable

MOST: Final = 8
"""More measures at once are not weighed: there are 2^k models."""

DRAWS: Final = 500
SEED: Final = 20_260_102

COLLINEAR: Final = 5.0
"""A variance inflated so many times, or more, is said."""


@dataclass(frozen=True, slots=True, eq=False)
class Drivers:
    """Measures by the share of what they explain together; arrays have one element per measure.

    Attributes:
        share: of the explained part, from 0 to 1, with the interval over resampled sites.
        standard: the standardised coefficient beside all others, with its interval.
        p: of that coefficient being nothing.
        clear: it is more than chance, of all of them together (false-discovery rate).
        inflation: by how much the other measures widen its variance (1: they are unrelated).
        explained: the part of what moves within sites that all together explain, 0 to 1.
        sites, rows: what it rests on.
    """

    share: Intervals
    standard: Intervals
    p: FloatArray
    clear: np.ndarray
    inflation: FloatArray
    explained: float
    sites: int
    rows: int


def drivers(y: FloatArray, weight: FloatArray, measures: Sequence[FloatArray]) -> Drivers | None:
    """Shares of R^2 within sites, averaged over all orders (Shapley's value; LMG).

    The share of a measure is the mean, over all orders in which the measures can enter, of what R^2
    gains as it enters; R^2 is of what is left after taking off site and period levels. Interval:
    2.5 and 97.5 % of 500 draws of whole sites. A share is never below zero, so its interval does
    not say whether a measure matters; ``clear`` does.

    Source: Lindeman, Merenda & Gold (1980); Groemping (2007), American Statistician 61, 139-147.

    Args:
        y, weight, measures: sites x periods each, the measures already lagged; NaN unknown. Only
            site-periods in which all are known are used.

    Returns:
        None for none or more than eight measures, or where all together can't be estimated.
    """
    if not 0 < len(measures) <= MOST:
        return None
    x = np.stack(measures, axis=2)
    found = fit(y, x, weight)
    if found is None or not found.spread.all():
        return None
    w = usable(y, x, weight)
    used = w.sum(axis=1) > 0
    every = sums(y[used], np.concatenate([x, y[..., None]], axis=2)[used], w[used])
    once = np.ones(found.sites)
    draws = np.random.default_rng(SEED).multinomial(found.sites, once / found.sites, size=DRAWS)
    grams = _grams(every, np.vstack([once, draws]))
    shares = _shares(grams)
    told = found.intervals()
    scale = found.spread[1:] / found.spread[0]
    tests = np.array([found.p(row) for row in np.eye(len(measures))])
    correlation = _scaled(grams[:1])[0, :-1, :-1]
    drawn = np.nanquantile(shares[1:] / shares[1:].sum(axis=1, keepdims=True), (0.025, 0.975), 0)
    explained = float(shares[0].sum())
    return Drivers(
        Intervals(shares[0] / explained, drawn[0], drawn[1]),
        Intervals(told.value * scale, told.low * scale, told.high * scale),
        tests,
        benjamini_hochberg(tests) <= RATE,
        np.diag(np.linalg.pinv(correlation)),
        explained,
        found.sites,
        found.rows,
    )


def _grams(every: Sums, times: FloatArray) -> FloatArray:
    """Sums of squares and products of measures and y, period levels taken off, for each draw."""
    k = every.regressors
    size = every.left.shape[1]
    left = (times @ every.left.reshape(len(every.left), -1)).reshape(-1, size, size)
    inner = np.linalg.pinv(left[:, k:, k:], hermitian=True)
    return np.asarray(left[:, :k, :k] - left[:, :k, k:] @ inner @ left[:, k:, :k])


def _scaled(grams: FloatArray) -> FloatArray:
    size = np.sqrt(np.maximum(np.einsum("dkk->dk", grams), 1e-300))
    return np.asarray(grams / (size[:, :, None] * size[:, None, :]))


def _shares(grams: FloatArray) -> FloatArray:
    """Of each draw, each measure's part of R^2."""
    correlation = _scaled(grams)
    k = correlation.shape[1] - 1
    gains: dict[tuple[int, ...], FloatArray] = {(): np.zeros(correlation.shape[0])}
    for size in range(1, k + 1):
        for chosen in combinations(range(k), size):
            pick = list(chosen)
            inner = correlation[:, pick][:, :, pick]
            side = correlation[:, pick, k]
            solved = np.linalg.pinv(inner, hermitian=True) @ side[..., None]
            gains[chosen] = np.einsum("dk,dk->d", side, solved[..., 0])
    shares = np.zeros((correlation.shape[0], k))
    for chosen, gained in gains.items():
        for at in range(k):
            if at in chosen:
                continue
            more = tuple(sorted((*chosen, at)))
            orders = factorial(len(chosen)) * factorial(k - len(chosen) - 1) / factorial(k)
            shares[:, at] += orders * (gains[more] - gained)
    return np.maximum(shares, 0.0)
