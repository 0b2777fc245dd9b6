"""Funnel limits of rates: how far chance alone carries a group with so many person-years."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import stats

from metrics.intervals import FloatArray

_TRIM: Final = 0.1
"""The share of groups at either end that is pulled in before the spread of all is judged."""


@dataclass(frozen=True, slots=True)
class RateFunnel:
    """Limits on the scale of the rates.

    Attributes:
        whole: the rate of all together, where the funnel closes.
        spread: how many times the squared distance of groups from the whole is what chance alone
            makes of it; about 1 where groups do not differ.
    """

    whole: float
    spread: float

    def limits(self, exposure: FloatArray, level: float) -> tuple[FloatArray, FloatArray]:
        """The lower and upper limit for groups with so much exposure.

        The points of the Poisson distribution with mean whole x exposure, between whole numbers in
        a straight line (Spiegelhalter 2005, appendix A.1.1). They are limits of chance alone:
        groups that do differ, as large ones nearly always do, may well lie outside.
        """
        mean = self.whole * np.where(exposure > 0, exposure, np.nan)
        tail = (1 - level) / 2
        return _point(mean, tail) / exposure, _point(mean, 1 - tail) / exposure


def _point(mean: FloatArray, share: float) -> FloatArray:
    """Where the Poisson distribution reaches a share, between whole numbers in a straight line."""
    count = stats.poisson.ppf(share, mean)
    upto, before = stats.poisson.cdf(count, mean), stats.poisson.cdf(count - 1, mean)
    return np.asarray(np.maximum(count - (upto - share) / (upto - before), 0))


def of_rates(events: FloatArray, exposure: FloatArray) -> RateFunnel | None:
    """The funnel around sum events / sum exposure; None without exposure or without events.

    Spread: the mean of the squared z-scores 2 (sqrt(r + 1/4E) - sqrt(whole)) sqrt(E), those beyond
    the tenth and ninetieth percentile pulled in.

    Source: Spiegelhalter (2005), Statistics in Medicine 24, 1185-1202; the root makes the spread of
    a count the same everywhere.
    """
    time = float(np.nansum(exposure))
    whole = float(np.nansum(events)) / time if time > 0 else float("nan")
    if not whole > 0:
        return None
    with np.errstate(invalid="ignore", divide="ignore"):
        scores = 2 * (np.sqrt(events + 0.25) - np.sqrt(whole * exposure))
    known = scores[np.isfinite(scores) & (exposure > 0)]
    ends = np.quantile(known, [_TRIM, 1 - _TRIM])
    return RateFunnel(whole, float(np.mean(np.clip(known, *ends) ** 2)))
