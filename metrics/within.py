"""How two quantities of groups go together among groups of one kind: correlation and curve.

Shops differ from offices in nearly everything, so that any two quantities seem to go together
between them. Here each group is held against others of its kind only. Never an effect, never a
person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
from scipy import special

from metrics.intervals import FloatArray, Intervals, Z

LEAST: Final = 8
"""Of fewer groups nothing is told."""

_CLOSE: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Together:
    """The correlation within kinds, as an array of one.

    ``groups``: how many it rests on, those that are alone in their kind not counted.
    """

    correlation: Intervals
    groups: int


@dataclass(frozen=True, slots=True)
class Curve:
    """A line or parabola through groups of several kinds, with its 95 % band.

    Attributes:
        at: where it is given, from the least to the most that occurs.
        curve: its values and band, for a group of the average kind.
        y: of each group given, moved to the average kind; NaN where it was left out.
        bent: the interval of the curvature excludes zero: a straight line would mislead.
        turns: where a bent curve has its top or bottom and the interval of that, as arrays of one;
            NaN where it is not bent, or turns beyond the groups.
    """

    at: FloatArray
    curve: Intervals
    y: FloatArray
    bent: bool
    turns: Intervals


def correlation(
    x: FloatArray, y: FloatArray, kinds: Sequence[str], places: Sequence[str] | None = None
) -> Together | None:
    """The correlation of what is left of x and y after taking off the mean of each kind.

    Every group counts once. Interval: Fisher's z with 1/sqrt(m - 3), m the groups less the kinds
    but one (the partial correlation given the kind). With places it is never narrower than by the
    jackknife that leaves out a place at a time (Efron 1981, Biometrika 68, 589-599; Student's t of
    the places less one): groups of one place resemble each other, and where one place by itself
    makes the correlation, Fisher's interval is too sure. Groups without both values, or alone in
    their kind, are left out; None for fewer than eight (of as many places), or without any
    differences.
    """
    use, label = _used(x, y, kinds)
    counts = np.bincount(label[use], minlength=label.max(initial=0) + 1)
    use &= counts[label] > 1
    if use.sum() < LEAST:
        return None
    a, b, own = x[use], y[use], label[use]
    r = _correlated(a, b, own)
    free = int(use.sum()) - (np.unique(own).size - 1) - 3
    if r is None or free <= 0:
        return None
    half = Z / np.sqrt(free)
    if places is not None:
        _names, place = np.unique(np.asarray(places, dtype=np.str_)[use], return_inverse=True)
        count = int(place.max()) + 1
        if count < LEAST:
            return None
        without = [
            found
            for out in range(count)
            if (found := _correlated(a[place != out], b[place != out], own[place != out]))
            is not None
        ]
        moved = _fisher(np.array(without))
        error = np.sqrt((count - 1) / count * np.sum((moved - moved.mean()) ** 2))
        half = max(half, float(special.stdtrit(count - 1, 0.975)) * float(error))
    value = np.array([r])
    ends = np.tanh(_fisher(value) + half * np.array([-1, 1]))
    return Together(Intervals(value, ends[:1], ends[1:]), int(use.sum()))


def over_time(
    x: FloatArray, y: FloatArray, places: Sequence[str], periods: Sequence[str]
) -> Together | None:
    """How x and y move together within places from period to period.

    The mean of each period (seasons, what reached everybody) is taken off, then that of each place
    (whatever it always is); what is left is correlated as in ``correlation``, so the interval
    counts places. None where that gives none.
    """
    use = np.isfinite(x) & np.isfinite(y)
    label = np.unique(np.asarray(periods, dtype=np.str_), return_inverse=True)[1]
    a, b = np.full(x.shape, np.nan), np.full(y.shape, np.nan)
    if use.any():
        a[use], b[use] = (
            x[use] - _mean_of(x[use], label[use]),
            y[use] - _mean_of(y[use], label[use]),
        )
    return correlation(a, b, places, places)


def _correlated(x: FloatArray, y: FloatArray, label: npt.NDArray[np.intp]) -> float | None:
    a, b = x - _mean_of(x, label), y - _mean_of(y, label)
    size = float(np.sqrt((a @ a) * (b @ b)))
    return None if size < _CLOSE else float(np.clip(a @ b / size, -1, 1))


def _fisher(r: FloatArray) -> FloatArray:
    return np.asarray(np.arctanh(np.clip(r, -1 + 1e-12, 1 - 1e-12)))


def curve(
    x: FloatArray,
    y: FloatArray,
    kinds: Sequence[str],
    degree: Literal[1, 2] = 2,
    points: int = 41,
    places: Sequence[str] | None = None,
) -> Curve | None:
    """A polynomial through the groups, each kind with a level of its own, each group counted once.

    y = kind + b1 x + b2 x^2 by least squares, its variance robust against unequal spread (HC3,
    MacKinnon & White 1985), Student's t with the degrees of freedom that are left. Where several
    groups are of one place they resemble each other: then their residuals are added up by place
    first (Liang & Zeger 1986, Biometrika 73, 13-22), times places / (places - 1), with the places
    less one as degrees of freedom where these are fewer. The turn is -b1 / 2 b2, its interval by
    the delta method. None for fewer than eight groups (of as many places), three x or fewer, or
    fewer than four groups more than there are numbers to estimate.
    """
    use, label = _used(x, y, kinds)
    named = np.unique(label[use])
    free = int(use.sum()) - named.size - degree
    if use.sum() < LEAST or np.unique(x[use]).size <= 3 or free < 4:
        return None
    centre, scale = float(np.mean(x[use])), float(np.std(x[use]))

    def powers(values: FloatArray) -> npt.NDArray[np.float64]:
        moved = (values - centre) / scale
        return np.column_stack([moved**power for power in range(1, degree + 1)])

    dummies = (label[use][:, None] == named).astype(np.float64)
    design = np.column_stack([powers(x[use]), dummies])
    inverse = np.linalg.pinv(design.T @ design)
    beta = inverse @ design.T @ y[use]
    leverage = np.einsum("ij,jk,ik->i", design, inverse, design)
    residual = (y[use] - design @ beta) / np.maximum(1 - leverage, _CLOSE)
    # A group that is alone in its kind is fitted exactly and tells nothing of the spread.
    residual = np.where(leverage > 1 - 1e-6, 0, residual)
    scores = design * residual[:, None]
    if places is not None:
        _names, place = np.unique(np.asarray(places, dtype=np.str_)[use], return_inverse=True)
        count = int(place.max()) + 1
        if count < LEAST:
            return None
        added = np.zeros((count, design.shape[1]))
        np.add.at(added, place, scores)
        scores = added * np.sqrt(count / (count - 1))
        free = min(free, count - 1)
    spread = inverse @ scores.T @ scores @ inverse
    t = float(special.stdtrit(free, 0.975))
    average = dummies.mean(axis=0)
    at = np.linspace(x[use].min(), x[use].max(), points)
    rows = np.column_stack([powers(at), np.tile(average, (points, 1))])
    value = rows @ beta
    half = t * np.sqrt(np.maximum(np.einsum("ij,jk,ik->i", rows, spread, rows), 0))
    moved = np.full(x.shape, np.nan)
    moved[use] = y[use] - dummies @ beta[degree:] + average @ beta[degree:]
    bent = degree == 2 and bool(abs(beta[1]) > t * np.sqrt(max(spread[1, 1], 0)))
    turns = _turn(beta, spread, t) if bent else np.full(3, np.nan)
    turns = centre + scale * turns
    if not x[use].min() < turns[0] < x[use].max():
        turns = np.full(3, np.nan)
    return Curve(
        at,
        Intervals(value, value - half, value + half),
        moved,
        bent,
        Intervals(turns[:1], turns[1:2], turns[2:]),
    )


def _turn(beta: FloatArray, spread: FloatArray, t: float) -> FloatArray:
    top = -beta[0] / (2 * beta[1])
    slope = np.array([-1 / (2 * beta[1]), beta[0] / (2 * beta[1] ** 2)])
    half = t * np.sqrt(max(float(slope @ spread[:2, :2] @ slope), 0))
    return np.array([top, top - half, top + half])


def _used(
    x: FloatArray, y: FloatArray, kinds: Sequence[str]
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.intp]]:
    """Which groups have both values, and the number of the kind of each."""
    _names, label = np.unique(np.asarray(kinds, dtype=np.str_), return_inverse=True)
    return np.isfinite(x) & np.isfinite(y), label


def _mean_of(values: FloatArray, label: npt.NDArray[np.intp]) -> FloatArray:
    count = np.maximum(np.bincount(label), 1)
    return np.asarray((np.bincount(label, weights=values) / count)[label])
