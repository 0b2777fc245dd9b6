"""Funnel limits: how far the value of a group of n can lie from the whole by chance alone."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import special

from metrics.intervals import FloatArray

WARNING: Final = 0.95
ALARM: Final = 0.998
"""Of groups that do not differ, so many lie within the limits."""

_TRIM: Final = 0.1
"""The share of groups at either end that is pulled in before the spread of all is judged."""


@dataclass(frozen=True, slots=True)
class Funnel:
    """Limits on the scale of the values.

    Attributes:
        whole: the value of all together, where the funnel closes.
        spread: how many times wider than by chance alone the limits are; at least 1.
    """

    whole: float
    spread: float
    _unit: float

    def limits(self, n: FloatArray, level: float) -> tuple[FloatArray, FloatArray]:
        """The lower and upper limit for groups of n: whole -+ z sqrt(spread unit / n).

        ``unit`` is the variance of one answer; for a share p(1-p), and then within 0 and 1.
        """
        z = float(special.ndtri(0.5 + level / 2))
        half = z * np.sqrt(self.spread * self._unit / np.where(n > 0, n, np.nan))
        return self.whole - half, self.whole + half


def of_shares(k: FloatArray, n: FloatArray) -> Funnel | None:
    """The funnel of shares k/n around sum k / sum n; None without anybody, or with all alike.

    Where groups differ more than chance makes them, most would lie outside limits of chance. So the
    limits are widened by the mean of the squared z-scores, those beyond the tenth and ninetieth
    percentile pulled in, where that is more than 1 (Spiegelhalter 2005, Statistics in Medicine 24,
    1185-1202: multiplicative over-dispersion, winsorised).
    """
    size = float(np.nansum(n))
    whole = float(np.nansum(k)) / size if size > 0 else float("nan")
    unit = whole * (1 - whole)
    if not unit > 0:
        return None
    with np.errstate(invalid="ignore", divide="ignore"):
        scores = (k / n - whole) / np.sqrt(unit / n)
    known = scores[np.isfinite(scores)]
    ends = np.quantile(known, [_TRIM, 1 - _TRIM])
    spread = float(np.mean(np.clip(known, *ends) ** 2))
    return Funnel(whole, max(1.0, spread), unit)
