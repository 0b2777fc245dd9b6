"""What would overturn a finding within sites: noise, one site, one period, chance, a cause."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import special

from metrics.intervals import LEVEL, FloatArray
from metrics.link.fit import fit, levelled, usable
from metrics.link.follows import Follows
from metrics.link.panel import Panel

POWER: Final = 0.8
"""Of true effects of the smallest size that could have been seen, this share would be seen."""

SHUFFLES: Final = 1_999
SEED: Final = 20_260_101


@dataclass(frozen=True, slots=True)
class Range:
    """The standardised effect without one site (or period) at a time.

    ``low``, ``high``: its ends; ``at``: whose absence moves it furthest towards zero; ``carried``:
    without that one the interval includes zero, while with all it does not.
    """

    low: float
    high: float
    at: str
    carried: bool


@dataclass(frozen=True, slots=True)
class Sureness:
    """How a finding within sites stands up.

    Attributes:
        smallest: the standardised effect that had an 80 % chance of being seen.
        without_site, without_period: leaving one out at a time; the latter None with too few.
        shuffled_p: how often sites that were given each other's worker experience show as much.
        unseen: the share of what is left of both sides that an unseen cause, moving within sites,
            would have to explain to make the effect zero; ``unseen_clear``: to make its interval
            touch zero (0: it does already).
    """

    smallest: float
    without_site: Range
    without_period: Range | None
    shuffled_p: float
    unseen: float
    unseen_clear: float


def sureness(panel: Panel, found: Follows) -> Sureness:
    """Ask of ``found.alone`` what would overturn it.

    Smallest effect: (t(.975) + t(.8)) standard errors (Bloom 1995, Evaluation Review 19, 547-556).
    Unseen cause: the robustness value (f sqrt(f^2 + 4) - f^2) / 2 with f = |r| / sqrt(1 - r^2), r
    the partial correlation, or the end of its interval that faces zero (Cinelli & Hazlett 2020,
    J. R. Stat. Soc. B 82, 39-67).
    """
    told = found.alone.standard
    value = float(told.value[0])
    half = float(told.high[0] - told.value[0])
    t, power = (float(special.stdtrit(found.fit.free, p)) for p in (0.5 + LEVEL / 2, POWER))
    scale = float(found.fit.spread[1] / found.fit.spread[0])
    sites = [site for site, there in zip(panel.sites, found.fit.used, strict=True) if there]
    nearest = max(abs(value) - half, 0.0)
    return Sureness(
        smallest=half / t * (t + power),
        without_site=_range(value, half, found.fit.without[:, 0] * scale, sites),
        without_period=_periods(panel, found, value, half),
        shuffled_p=_shuffled(found, panel),
        unseen=_robustness(value),
        unseen_clear=_robustness(nearest),
    )


def _range(value: float, half: float, without: FloatArray, names: list[str]) -> Range:
    toward = without * (1 if value >= 0 else -1)
    at = int(np.argmin(toward))
    return Range(
        float(without.min()),
        float(without.max()),
        names[at],
        abs(value) > half >= float(toward[at]),
    )


def _periods(panel: Panel, found: Follows, value: float, half: float) -> Range | None:
    known = usable(panel.y.value, found.x[..., None], found.weight)
    columns = np.flatnonzero(known.sum(axis=0) > 0)
    without, names = [], []
    for column in columns:
        weight = known.copy()
        weight[:, column] = 0.0
        left = fit(panel.y.value, found.x[..., None], weight)
        if left is None or not left.spread.all():
            return None
        without.append(float(left.beta[0] * left.spread[1] / left.spread[0]))
        names.append(panel.periods[column])
    return _range(value, half, np.array(without), names) if len(names) > 1 else None


def _shuffled(found: Follows, panel: Panel) -> float:
    """Give sites each other's path of worker experience, so many times, and count as much or more.

    What is compared is sum(s) / sqrt(sum(s^2)), s_i = sum_t w_it y_it x_jt of site i with the path
    of site j, y and x less site and period levels: a t-statistic, which does not depend on how
    noisy sites are. A path keeps its course over time, and gaps count as its site's level.
    """
    weight = usable(panel.y.value, found.x[..., None], found.weight)
    used = weight.sum(axis=1) > 0
    w = weight[used]
    y = levelled(panel.y.value[used], w)
    x = levelled(found.x[used], (w > 0).astype(np.float64))
    score = (w * y) @ x.T
    count = score.shape[0]
    seen = _statistic(np.diag(score))
    rng = np.random.default_rng(SEED)
    rows = np.arange(count)
    more = sum(
        abs(_statistic(score[rows, rng.permutation(count)])) >= abs(seen) for _ in range(SHUFFLES)
    )
    return (1 + more) / (1 + SHUFFLES)


def _statistic(score: FloatArray) -> float:
    size = float(np.sqrt(score @ score))
    return float(score.sum()) / size if size > 0 else 0.0


def _robustness(r: float) -> float:
    squared = min(r**2, 1 - 1e-12)
    f2 = squared / (1 - squared)
    return float((np.sqrt(f2**2 + 4 * f2) - f2) / 2)
