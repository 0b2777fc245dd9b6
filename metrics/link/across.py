"""Do worker and customer experience go together between sites? Never an effect."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import special, stats

from metrics.intervals import LEVEL, FloatArray, Intervals, Z
from metrics.link.fit import levelled, usable
from metrics.link.panel import Panel, Side

LEAST: Final = 8
"""Of fewer sites no correlation is told."""

_CLOSE: Final = 1e-12


@dataclass(frozen=True, slots=True)
class Correlation:
    """A correlation with its interval (arrays of one), the two-sided p of none, and n.

    ``n``: sites, or site-periods where those were correlated.
    """

    interval: Intervals
    p: float
    n: int


@dataclass(frozen=True, slots=True, eq=False)
class Across:
    """How sites with better worker experience differ in customer experience.

    Attributes:
        sites: which sites of the panel it rests on.
        x, y: of these, their mean over the periods in which both are known, weighted by n.
        x_n, y_n: on how many answers these rest.
        pearson, spearman: over sites, each counted once.
        pooled: over site-periods, neither level taken off.
        same_period: over site-periods, site and period levels taken off: what moves together at
            once.
        reliability: of x and of y between sites: the share of the variance of site means that is
            not sampling error; None where no sampling error is known.
    """

    sites: tuple[str, ...]
    x: FloatArray
    y: FloatArray
    x_n: FloatArray
    y_n: FloatArray
    pearson: Correlation
    spearman: Correlation
    pooled: Correlation | None
    same_period: Correlation | None
    reliability: tuple[float | None, float | None]

    @property
    def without_noise(self) -> float | None:
        """The correlation as it might be without sampling error: r / sqrt(reliabilities).

        A sensitivity and no estimate (Spearman 1904); kept inside -1 to 1. None where unknown.
        """
        x, y = self.reliability
        if not x or not y:
            return None
        return float(np.clip(self.pearson.interval.value[0] / np.sqrt(x * y), -1, 1))


def across(panel: Panel) -> Across | None:
    """Correlate site means; None with fewer than eight sites, or where nothing differs.

    Interval: Fisher's z with 1/sqrt(n - 3), for ranks sqrt((1 + r^2/2) / (n - 3)) (Bonett & Wright
    2000, Psychometrika 65, 23-28), and never narrower than by the jackknife over sites, with
    Student's t: where one site by itself makes the correlation, Fisher's interval is too sure. That
    of site-periods is the jackknife over sites alone.
    """
    both = panel.both
    used = np.asarray(both.any(axis=1))
    if used.sum() < LEAST:
        return None
    x, x_n, x_error = _means(panel.x, both, used)
    y, y_n, y_error = _means(panel.y, both, used)
    pearson = correlated(x, y)
    spearman = correlated(stats.rankdata(x), stats.rankdata(y), ranks=True)
    if pearson is None or spearman is None:
        return None
    return Across(
        tuple(site for site, there in zip(panel.sites, used, strict=True) if there),
        x,
        y,
        x_n,
        y_n,
        pearson,
        spearman,
        _over_periods(panel.x.value[used], panel.y.value[used], both[used]),
        _moving(panel, both),
        (_reliability(x, x_error), _reliability(y, y_error)),
    )


def correlated(x: FloatArray, y: FloatArray, *, ranks: bool = False) -> Correlation | None:
    """Pearson's r of sites that each count once, its interval as in `across`."""
    r, without = _r(x[:, None], y[:, None], np.ones((x.size, 1), dtype=bool))
    if x.size < LEAST or not np.isfinite(r):
        return None
    error = np.sqrt((1 + r**2 / 2 if ranks else 1) / (x.size - 3))
    return _told(r, without, float(error), x.size)


def _over_periods(x: FloatArray, y: FloatArray, use: np.ndarray) -> Correlation | None:
    """Of site-periods, interval by the jackknife over sites."""
    r, without = _r(x, y, use)
    if x.shape[0] < LEAST or not np.isfinite(r):
        return None
    return _told(r, without, 0.0, int(use.sum()))


def _told(r: float, without: FloatArray, least: float, n: int) -> Correlation:
    """An interval on Fisher's scale, from r without each site; not under a standard error."""
    z, sites = float(_fisher(np.array(r))), without.size
    moved = _fisher(without)
    error = max(float(np.sqrt((sites - 1) / sites * np.sum((moved - moved.mean()) ** 2))), _CLOSE)
    t = float(special.stdtrit(sites - 1, 0.5 + LEVEL / 2))
    wide = max(Z * least, t * error)
    p = 2 * max(
        float(special.ndtr(-abs(z) / least)) if least else 0.0,
        float(special.stdtr(sites - 1, -abs(z) / error)),
    )
    ends = np.tanh([[z - wide], [z + wide]])
    return Correlation(Intervals(np.array([r]), ends[0], ends[1]), p, n)


def _r(x: FloatArray, y: FloatArray, use: np.ndarray) -> tuple[float, FloatArray]:
    """The correlation of all, and without each row of the arrays; NaN where nothing differs."""
    a, b = (
        np.where(use, np.nan_to_num(each) - each[use].mean() if use.any() else 0.0, 0.0)
        for each in (x, y)
    )
    moments = np.stack(
        [each.sum(axis=1) for each in (use.astype(np.float64), a, b, a * a, b * b, a * b)]
    )
    whole = moments.sum(axis=1)
    n, a1, b1, aa, bb, ab = np.column_stack([whole, whole[:, None] - moments])
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.sqrt(np.maximum(aa - a1**2 / n, 0) * np.maximum(bb - b1**2 / n, 0))
        r = np.where(size > _CLOSE, (ab - a1 * b1 / n) / size, np.nan)
    return float(r[0]), np.asarray(np.clip(r[1:], -1, 1))


def _moving(panel: Panel, both: np.ndarray) -> Correlation | None:
    """The same after taking off what each site always is and each period is to all."""
    w = usable(panel.y.value, panel.x.value[..., None], both.astype(np.float64))
    used = w.sum(axis=1) > 0
    if used.sum() < LEAST:
        return None
    x, y = (levelled(side.value[used], w[used]) for side in (panel.x, panel.y))
    return _over_periods(x, y, w[used] > 0)


def _means(
    side: Side, both: np.ndarray, used: np.ndarray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Per site the mean weighted by n, the n behind it and its sampling variance."""
    n = np.where(both, side.n, 0.0)[used]
    total = n.sum(axis=1)
    share = n / total[:, None]
    value = np.where(both, side.value, 0.0)[used]
    error = np.where(both[used], share**2 * side.error[used], 0.0).sum(axis=1)
    return (share * value).sum(axis=1), total, error


def _reliability(value: FloatArray, error: FloatArray) -> float | None:
    if not np.isfinite(error).all():
        return None
    seen = float(np.var(value, ddof=1))
    return float(np.clip(1 - error.mean() / seen, 0, 1)) if seen > 0 else None


def _fisher(r: FloatArray) -> FloatArray:
    return np.asarray(np.arctanh(np.clip(r, -1 + 1e-12, 1 - 1e-12)))
