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
        spread: how many times the squared distance of groups from the whole is what chance alone
            makes of it; about 1 where groups do not differ.
    """

    whole: float
    spread: float
    _unit: float

    def limits(self, n: FloatArray, level: float) -> tuple[FloatArray, FloatArray]:
        """The lower and upper limit for groups of n: whole -+ z sqrt(unit / n).

        ``unit`` is the variance of one answer; for a share p(1-p). They are limits of chance alone:
        groups that do differ, as large ones nearly always do, may well lie outside.
        """
        z = float(special.ndtri(0.5 + level / 2))
        half = z * np.sqrt(self._unit / np.where(n > 0, n, np.nan))
        return self.whole - half, self.whole + half


def of_shares(k: FloatArray, n: FloatArray) -> Funnel | None:
    """The funnel of shares k/n around sum k / sum n; None without anybody, or with all alike.

    ``spread`` is the mean of the squared z-scores, those beyond the tenth and ninetieth percentile
    pulled in.

    Source: Spiegelhalter (2005), Statistics in Medicine 24, 1185-1202.
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
    return Funnel(whole, float(np.mean(np.clip(known, *ends) ** 2)), unit)
