"""Is the effect within sites the same everywhere: by kind of site, by region?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import special

from metrics.intervals import LEVEL, FloatArray, Intervals
from metrics.link.fit import levelled, usable
from metrics.link.follows import Follows
from metrics.link.panel import Panel
from metrics.shrinkage import shrunken

LEAST: Final = 5
"""Of a group of fewer sites no effect is told."""

SHUFFLES: Final = 1_999
SEED: Final = 20_260_103


@dataclass(frozen=True, slots=True, eq=False)
class Where:
    """The standardised effect by group of sites.

    Attributes:
        groups: their names, of those with five sites or more; sites: how many of each.
        own: the effect of each by itself.
        moved: towards that of all (empirical Bayes); None with fewer than four groups.
        p: how often groups of sites drawn by lot differ as much; None with one group.
    """

    groups: tuple[str, ...]
    sites: tuple[int, ...]
    own: Intervals
    moved: Intervals | None
    p: float | None


def where(panel: Panel, found: Follows, groups: Sequence[str]) -> Where | None:
    """Split ``found.alone`` by group; None where no group has five sites.

    y and lagged x less site and period levels of all; of a group b = sum N / sum D over its sites,
    N_i = sum w y x, D_i = sum w x^2. Interval: the jackknife over the group's sites, Student's t.
    Difference: sum over groups of D (b - b of all)^2, against the same with group names shuffled
    among sites.

    Args:
        groups: the group of each site of the panel.
    """
    weight = usable(panel.y.value, found.x[..., None], found.weight)
    used = weight.sum(axis=1) > 0
    w = weight[used]
    y, x = levelled(panel.y.value[used], w), levelled(found.x[used], w)
    top, bottom = (w * y * x).sum(axis=1), (w * x * x).sum(axis=1)
    named = np.asarray(groups, dtype=np.str_)[used]
    names, label = np.unique(named, return_inverse=True)
    counts = np.bincount(label)
    told = [at for at in range(names.size) if counts[at] >= LEAST]
    if not told:
        return None
    scale = float(found.fit.spread[1] / found.fit.spread[0])
    slopes = [_slope(top[label == at], bottom[label == at], scale) for at in told]
    value, error = np.array(slopes).T
    half = error * _t(counts[told])
    own = Intervals(value, value - half, value + half)
    moved = shrunken(value, error**2)
    inside = np.isin(label, told)
    return Where(
        tuple(str(names[at]) for at in told),
        tuple(int(counts[at]) for at in told),
        own,
        None if moved is None else moved.estimates,
        _p(top[inside], bottom[inside], label[inside]) if len(told) > 1 else None,
    )


def _slope(top: FloatArray, bottom: FloatArray, scale: float) -> tuple[float, float]:
    count = top.size
    without = (top.sum() - top) / (bottom.sum() - bottom)
    b = top.sum() / bottom.sum()
    error = np.sqrt((count - 1) / count * np.sum((without - b) ** 2))
    return float(b * scale), float(error * scale)


def _t(counts: np.ndarray) -> FloatArray:
    return np.asarray(special.stdtrit(counts - 1, 0.5 + LEVEL / 2), dtype=np.float64)


def _p(top: FloatArray, bottom: FloatArray, label: np.ndarray) -> float:
    seen = _spread(top, bottom, label)
    rng = np.random.default_rng(SEED)
    more = sum(_spread(top, bottom, rng.permutation(label)) >= seen for _ in range(SHUFFLES))
    return (1 + more) / (1 + SHUFFLES)


def _spread(top: FloatArray, bottom: FloatArray, label: np.ndarray) -> float:
    a, d = np.bincount(label, weights=top), np.bincount(label, weights=bottom)
    some = d > 0
    return float(np.sum(a[some] ** 2 / d[some]) - a.sum() ** 2 / d.sum())
