"""What goes with what, between groups: correlation and shape. Never an effect, never a person."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import special, stats

from metrics.intervals import FloatArray, Intervals, Z

LEAST: Final = 8
"""Of fewer groups no association is told."""


@dataclass(frozen=True, slots=True)
class Association:
    """How two quantities of groups go together.

    Attributes:
        pearson, spearman: the correlation with its 95 % interval, as arrays of one.
        groups: how many groups it rests on; ``effective``: how many equally large ones.
    """

    pearson: Intervals
    spearman: Intervals
    groups: int
    effective: float


def association(x: FloatArray, y: FloatArray, weight: FloatArray) -> Association | None:
    """The weighted correlations of two quantities between groups; None for fewer than eight.

    Pearson's r with weights w, Spearman's as Pearson's of the ranks. Interval: Fisher's z with
    1/sqrt(m - 3), for Spearman's times sqrt(1 + r^2/2) (Bonett & Wright 2000, Psychometrika 65,
    23-28), m = (sum w)^2 / sum w^2 (Kish 1965); never narrower than by the jackknife that leaves
    out a group at a time (Efron 1981, Biometrika 68, 589-599; Student's t of the groups less one):
    where one large group by itself makes the correlation, Fisher's interval is too sure. Noise in
    the group values makes it smaller than the correlation of what they measure.

    Args:
        x, y: a value per group; a group without both is left out.
        weight: how much each group counts, as a rule its n.
    """
    x, y, weight = _known(x, y, weight)
    if x.size < LEAST or np.ptp(x) == 0 or np.ptp(y) == 0:
        return None
    effective = float(weight.sum() ** 2 / (weight**2).sum())
    ranks = stats.rankdata(x), stats.rankdata(y)
    linear, monotone = _correlation(x, y, weight), _correlation(*ranks, weight)
    return Association(
        _interval(linear, effective, 1.0, _left_out(x, y, weight)),
        _interval(
            monotone,
            effective,
            float(np.sqrt(1 + monotone**2 / 2)),
            _left_out(*ranks, weight),
        ),
        x.size,
        effective,
    )


def _known(*columns: FloatArray) -> tuple[FloatArray, ...]:
    use = np.all([np.isfinite(column) for column in columns], axis=0) & (columns[-1] > 0)
    return tuple(column[use] for column in columns)


def _correlation(x: FloatArray, y: FloatArray, weight: FloatArray) -> float:
    part = weight / weight.sum()
    a, b = x - part @ x, y - part @ y
    return float(part @ (a * b) / np.sqrt((part @ a**2) * (part @ b**2)))


def _left_out(x: FloatArray, y: FloatArray, weight: FloatArray) -> float:
    """Half the width of the jackknife's interval on Fisher's scale."""
    everyone = np.arange(x.size)
    moved = _fisher(
        np.array(
            [
                _correlation(x[kept], y[kept], weight[kept])
                for kept in (everyone != out for out in everyone)
                if np.ptp(x[kept]) > 0 and np.ptp(y[kept]) > 0
            ]
        )
    )
    error = np.sqrt((x.size - 1) / x.size * np.sum((moved - moved.mean()) ** 2))
    return float(special.stdtrit(x.size - 1, 0.975) * error)


def _fisher(r: FloatArray) -> FloatArray:
    return np.asarray(np.arctanh(np.clip(r, -1 + 1e-12, 1 - 1e-12)))


def _interval(r: float, size: float, factor: float, least: float) -> Intervals:
    if size <= 3:
        unknown = np.array([np.nan])
        return Intervals(np.array([r]), unknown, unknown)
    half = max(Z * factor / np.sqrt(size - 3), least)
    centre = float(_fisher(np.array(r)))
    ends = np.tanh([centre - half, centre + half])
    return Intervals(np.array([r]), ends[:1], ends[1:])


@dataclass(frozen=True, slots=True)
class Shape:
    """The curve of one quantity against another, with its 95 % band.

    Attributes:
        at: where the curve is given, from the least to the most that occurs.
        curve: its values and band.
        bent: the interval of the curvature excludes zero: a straight line would mislead.
        turns_at: where a bent curve has its top or bottom, if that lies among the groups.
    """

    at: FloatArray
    curve: Intervals
    bent: bool
    turns_at: float | None


def shape(x: FloatArray, y: FloatArray, weight: FloatArray, points: int = 41) -> Shape | None:
    """A weighted parabola through the groups; None for fewer than eight, or for three x or fewer.

    y = b0 + b1 x + b2 x^2 by weighted least squares, its variance robust against unequal spread
    (HC3, MacKinnon & White 1985), Student's t with k - 3 degrees of freedom. It is the least bent
    curve that can tell "more is better" from "the middle is best".
    """
    x, y, weight = _known(x, y, weight)
    if x.size < LEAST or np.unique(x).size <= 3:
        return None
    centre, scale = float(np.mean(x)), float(np.std(x))
    design = _design((x - centre) / scale)
    inverse = np.linalg.inv(design.T @ (weight[:, None] * design))
    beta = inverse @ design.T @ (weight * y)
    leverage = weight * np.einsum("ij,jk,ik->i", design, inverse, design)
    residual = weight * (y - design @ beta) / np.maximum(1 - leverage, 1e-9)
    spread = inverse @ (design.T * residual**2) @ design @ inverse
    t = float(special.stdtrit(x.size - 3, 0.975))
    at = np.linspace(x.min(), x.max(), points)
    rows = _design((at - centre) / scale)
    value = rows @ beta
    half = t * np.sqrt(np.maximum(np.einsum("ij,jk,ik->i", rows, spread, rows), 0))
    bent = abs(beta[2]) > t * np.sqrt(max(spread[2, 2], 0))
    top = centre - scale * beta[1] / (2 * beta[2]) if bent else np.nan
    return Shape(
        at,
        Intervals(value, value - half, value + half),
        bool(bent),
        float(top) if bent and x.min() < top < x.max() else None,
    )


def _design(x: FloatArray) -> npt.NDArray[np.float64]:
    return np.column_stack([np.ones_like(x), x, x**2])
