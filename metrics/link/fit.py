"""Weighted least squares with an effect per site and per period, errors clustered by site.

Written here and not taken from a library, because a page refits it for every site that is left
out: from the sums of each site a fit without it costs one small system of equations. Tests hold it
against pyfixest and against published figures (docs/decisions/0018-own-estimator.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import special

from metrics.intervals import LEVEL, FloatArray, Intervals

LEAST: Final = 3
"""Of fewer sites nothing is estimated."""

_CLOSE: Final = 1e-10


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """Coefficients of k regressors, given each site's own level and each period's common level.

    Attributes:
        beta: the k coefficients.
        variance: their k x k matrix, clustered by site.
        without: of each site that was used, the coefficients without it (sites x k).
        used: which sites were used.
        rows: site-periods that were used.
        spread: of what is left of the outcome and of each regressor after taking off both levels:
            the weighted standard deviations, outcome first.
        residual: outcome less what is fitted, sites x periods; NaN where not used.
    """

    beta: FloatArray
    variance: FloatArray
    without: FloatArray
    used: np.ndarray
    rows: int
    spread: FloatArray
    residual: FloatArray

    @property
    def sites(self) -> int:
        """How many sites it rests on."""
        return int(self.used.sum())

    @property
    def free(self) -> int:
        """Degrees of freedom of Student's t: sites less one."""
        return self.sites - 1

    def intervals(self, weights: FloatArray | None = None) -> Intervals:
        """The coefficients, or linear combinations of them (rows of `weights`), with intervals."""
        rows = np.eye(self.beta.size) if weights is None else np.atleast_2d(weights)
        value = rows @ self.beta
        half = self._t() * np.sqrt(np.einsum("ij,jk,ik->i", rows, self.variance, rows))
        return Intervals(value, value - half, value + half)

    def p(self, weights: FloatArray) -> float:
        """Two-sided p-value of one linear combination being zero (Student's t)."""
        error = float(np.sqrt(weights @ self.variance @ weights))
        t = abs(float(weights @ self.beta)) / error if error > 0 else np.inf
        return float(2 * special.stdtr(self.free, -t))

    def any_p(self, which: Sequence[int], free: int | None = None) -> float:
        """p-value of all of these being zero: the least of them times how many (Bonferroni).

        Wald's joint test rejects far too often with few sites, since the jackknife knows their
        covariances badly. ``free``: degrees of freedom, where fewer sites than all speak of them.
        """
        error = np.sqrt(np.diag(self.variance))[list(which)]
        t = np.abs(self.beta[list(which)]) / np.maximum(error, 1e-300)
        p = 2 * special.stdtr(self.free if free is None else free, -t)
        return float(min(1.0, p.size * p.min()))

    def _t(self) -> float:
        return float(special.stdtrit(self.free, 0.5 + LEVEL / 2))


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Per site the sums of squares and products of regressors and period dummies, and of y.

    Attributes:
        left: sites x (k + periods - 1) x the same; right: sites x (k + periods - 1).
        regressors: k.
    """

    left: FloatArray
    right: FloatArray
    regressors: int

    def solved(self, times: FloatArray | None = None) -> FloatArray:
        """The coefficients when each site counts so many times (all once)."""
        left = self.left.sum(axis=0) if times is None else np.tensordot(times, self.left, 1)
        right = self.right.sum(axis=0) if times is None else times @ self.right
        return np.asarray(np.linalg.lstsq(left, right, rcond=None)[0][: self.regressors])


def usable(y: FloatArray, x: FloatArray, weight: FloatArray) -> FloatArray:
    """The weights, 0 where something is unknown, and of sites and periods that stand alone.

    Args:
        y, weight: sites x periods; x: sites x periods x regressors. NaN is unknown.
    """
    known = np.isfinite(y) & np.isfinite(x).all(axis=2) & (np.nan_to_num(weight) > 0)
    while True:
        alone = (known.sum(axis=1, keepdims=True) < 2) | (known.sum(axis=0) < 2)
        if not (known & alone).any():
            return np.where(known, np.nan_to_num(weight), 0.0)
        known &= ~alone


def sums(y: FloatArray, x: FloatArray, weight: FloatArray) -> Sums:
    """Per site its sums, from which a fit of any of the sites follows; weights as of `usable`."""
    k = x.shape[2]
    whole = weight.sum(axis=1)
    share = weight / np.where(whole > 0, whole, 1)[:, None]
    moved, out = _less_site(x, share, weight), _less_site(y[..., None], share, weight)[..., 0]
    periods = np.flatnonzero(weight.sum(axis=0) > 0)[1:]
    w = weight[:, periods]
    pulled = weight[..., None] * moved
    size = k + periods.size
    left = np.zeros((y.shape[0], size, size))
    left[:, :k, :k] = np.einsum("stk,stl->skl", pulled, moved)
    left[:, :k, k:] = pulled[:, periods].transpose(0, 2, 1)
    left[:, k:, :k] = pulled[:, periods]
    left[:, k:, k:] = -w[:, :, None] * share[:, None, periods]
    diagonal = np.arange(k, size)
    left[:, diagonal, diagonal] += w
    right = np.concatenate(
        [np.einsum("stk,st->sk", pulled, out), (weight * out)[:, periods]], axis=1
    )
    return Sums(left, right, k)


def _less_site(values: FloatArray, share: FloatArray, weight: FloatArray) -> FloatArray:
    filled = np.where(weight[..., None] > 0, np.nan_to_num(values), 0.0)
    level = np.einsum("st,stk->sk", share, filled)
    return np.asarray(np.where(weight[..., None] > 0, filled - level[:, None], 0.0))


def fit(y: FloatArray, x: FloatArray, weight: FloatArray) -> Fit | None:
    """y = site + period + x b + e, weighted; None where that can't be estimated.

    Variance: the jackknife over sites (CRV3), (G - 1) / G times the squared deviations of the
    coefficients without each site from those with all; Student's t with sites - 1. It holds with
    few sites, and where some have far more answers than others, where the usual clustered variance
    is too small.

    Source: MacKinnon, Nielsen & Webb (2023), J. Appl. Econometrics 38, 671-694.

    Args:
        y, weight: sites x periods; x: sites x periods x regressors; NaN where unknown. Site-periods
            with something unknown are left out, and sites and periods with a single one.
    """
    w = usable(y, x, weight)
    used = w.sum(axis=1) > 0
    sites = int(used.sum())
    if sites < LEAST or x.shape[2] == 0:
        return None
    y, x, w = y[used], x[used], w[used]
    w = w / w[w > 0].mean()
    each = sums(y, x, w)
    k = each.regressors
    left, right = each.left.sum(axis=0), each.right.sum(axis=0)
    raw = np.einsum("st,stk,stk->k", w, *[np.where(w[..., None] > 0, np.nan_to_num(x), 0.0)] * 2)
    if (np.diag(left)[:k] <= _CLOSE * raw).any():
        return None
    scale = np.sqrt(np.diag(left))
    inner = left / np.outer(scale, scale)
    if np.linalg.cond(inner) > 1 / _CLOSE:
        return None
    inverse = np.linalg.inv(inner) / np.outer(scale, scale)
    whole = inverse @ right
    rows = int((w > 0).sum())
    residual = _residual(y, x, w, whole, k)
    without = _without(each, left, right)
    moved = without - whole[:k]
    variance = (sites - 1) / sites * moved.T @ moved
    spread = _spreads(y, x, w)
    out = np.full(used.shape + y.shape[1:], np.nan)
    out[used] = residual
    return Fit(whole[:k], variance, without, used, rows, spread, out)


def _without(each: Sums, left: FloatArray, right: FloatArray) -> FloatArray:
    k = each.regressors
    rest, sides = left - each.left, right - each.right
    try:
        return np.asarray(np.linalg.solve(rest, sides[..., None])[:, :k, 0])
    except np.linalg.LinAlgError:
        return np.asarray((np.linalg.pinv(rest, hermitian=True) @ sides[..., None])[:, :k, 0])


def _residual(y: FloatArray, x: FloatArray, w: FloatArray, whole: FloatArray, k: int) -> FloatArray:
    periods = np.flatnonzero(w.sum(axis=0) > 0)[1:]
    level = np.zeros(y.shape[1])
    level[periods] = whole[k:]
    left = np.where(w > 0, np.nan_to_num(y) - np.nan_to_num(x) @ whole[:k] - level, 0.0)
    mean = (w * left).sum(axis=1) / w.sum(axis=1)
    return np.asarray(np.where(w > 0, left - mean[:, None], np.nan))


def _spreads(y: FloatArray, x: FloatArray, w: FloatArray) -> FloatArray:
    """Weighted standard deviations of y and each x, less site and period levels."""
    found = [
        np.sqrt(np.average(levelled(column, w)[w > 0] ** 2, weights=w[w > 0]))
        for column in (y, *np.moveaxis(x, 2, 0))
    ]
    return np.array(found)


def levelled(values: FloatArray, weight: FloatArray) -> FloatArray:
    """Values less site and period levels (weighted two-way centring); 0 where the weight is 0."""
    empty = sums(values, np.zeros((*values.shape, 0)), weight)
    level = np.linalg.lstsq(empty.left.sum(axis=0), empty.right.sum(axis=0), rcond=None)[0]
    left = _residual(values, np.zeros((*values.shape, 0)), weight, level, 0)
    return np.asarray(np.nan_to_num(left))
