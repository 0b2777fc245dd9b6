"""Reliability of a scale: how far its items tell the same (Cronbach's alpha)."""

from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import special

from metrics.catalogue import CATALOGUE
from metrics.intervals import FloatArray, Intervals
from metrics.metric import Metric, Outcome
from metrics.results import Cells
from metrics.sums import floats
from metrics.vocabulary import Measure
from metrics.words import N_

SCALES: Final = ("bat23", "bat12", "bat4", "ubos5")
_LEVEL: Final = 0.975


def figure_of(scale: str) -> str:
    """The code of the measure that holds the alpha of a scale."""
    return f"{scale}_alpha"


def alpha(sheets: npt.ArrayLike) -> float:
    """k/(k-1) (1 - sum of the items' variances / variance of their sum), at most 1.

    Args:
        sheets: a row per sheet, a column per item, without gaps. Fewer than two sheets or items, or
            sheets that all have the same sum: NaN.

    Source: Cronbach (1951), Psychometrika 16, 297-334.
    """
    scores = np.asarray(sheets, dtype=np.float64)
    if scores.ndim != 2 or min(scores.shape) < 2:
        return float("nan")
    items: int = scores.shape[1]
    whole = float(scores.sum(axis=1).var(ddof=1))
    if whole == 0:
        return float("nan")
    parts = float(scores.var(axis=0, ddof=1).sum())
    return items / (items - 1) * (1 - parts / whole)


def interval(value: FloatArray, n: FloatArray, items: int) -> Intervals:
    """The 95 % interval of alpha: (1 - alpha) F is F-distributed with n-1 and (n-1)(k-1) degrees.

    Source: Feldt (1965), Psychometrika 30, 357-370. Fewer than two sheets: no interval.
    """
    first = np.where(n > 1, n - 1, np.nan)
    second = first * (items - 1)
    high, low = (special.fdtri(first, second, level) for level in (_LEVEL, 1 - _LEVEL))
    return Intervals(value, 1 - (1 - value) * high, 1 - (1 - value) * low)


def reliability(cells: Cells, _measure: Measure | None = None) -> Outcome:
    """Alpha of the longest scale that is there; over several years their mean, weighted by n."""
    told = set(cells.rows["measure"])
    scale = next((each for each in SCALES if figure_of(each) in told), SCALES[0])
    rows = cells.rows.filter(cells.rows["measure"] == figure_of(scale)).drop("measure")
    n = floats(rows, "n")
    found = interval(floats(rows, "total") / n, n, len(CATALOGUE[scale].items))
    return Outcome(rows.drop("at_least"), found)


RELIABILITY = Metric(
    code="burnout.reliability",
    label=N_("Reliability of the burnout scale"),
    formula=N_(
        "Cronbach's alpha: k/(k-1) x (1 - sum of the items' variances / variance of the total), of "
        "the sheets of a year that answered every item"
    ),
    unit="score",
    better="higher",
    interval=N_("95 %, Feldt's F"),
    counted=N_("complete sheets a survey"),
    source=N_("Cronbach (1951); Feldt (1965). From 0.7 a scale is usable for groups"),
    calculate=reliability,
    measures=tuple(map(figure_of, SCALES)),
    optional=tuple(map(figure_of, SCALES)),
)
