"""Who answered: whether the mix of respondents shifted, and what that alone does to a figure."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from scipy import special

from metrics.metric import Metric
from metrics.results import Cells
from metrics.sums import floats, independent, of_measure
from metrics.vocabulary import Measure

NOTABLE: Final = 10.0
"""Points of the responses that changed group; fewer hardly move a figure."""

_CHANCE: Final = 0.01


@dataclass(frozen=True, slots=True)
class Shift:
    """How the mix of respondents over groups differs from that of before.

    Attributes:
        distance: half the sum of the differences of the groups' shares, in points: so many of every
            hundred responses would have to change group.
        p: how surprising that is if each response fell into a group by chance (chi-squared).
        group: whose share changed most; ``was`` and ``now``: its share then and now, in percent.
        figure: the figure with the mix of before: each group's value now, weighted by its share
            then.
    """

    distance: float
    p: float
    group: str
    was: float
    now: float
    figure: float

    @property
    def notable(self) -> bool:
        """Large enough to matter, and more than chance."""
        return self.distance >= NOTABLE and self.p < _CHANCE


def shift(now: Cells, before: Cells, metric: Metric, measure: Measure) -> Shift | None:
    """Compare who answered, over the groups that both windows have; None for fewer than two.

    Args:
        now, before: the same question over two windows, grouped by one dimension.
        metric: a share or a mean; measure: of what.
    """
    (dim,) = now.by
    values = metric.compute(now, measure).rows.select(dim, "value")
    both = (
        _counted(now, measure)
        .join(_counted(before, measure), on=dim, suffix=" before")
        .join(values, on=dim)
    )
    if both.height < 2:
        return None
    n, past = floats(both, "size"), floats(both, "size before")
    share, was = n / n.sum(), past / past.sum()
    most = int(np.argmax(np.abs(share - was)))
    return Shift(
        distance=float(50 * np.abs(share - was).sum()),
        p=_surprise(n, past),
        group=both[dim][most],
        was=float(100 * was[most]),
        now=float(100 * share[most]),
        figure=float(was @ floats(both, "value")),
    )


def _counted(cells: Cells, measure: Measure) -> pl.DataFrame:
    """Per group how many independent answers there are."""
    rows = of_measure(cells, measure)
    return rows.select(cells.by).with_columns(size=pl.Series(independent(rows, measure)))


def _surprise(now: np.ndarray, before: np.ndarray) -> float:
    """The p of a chi-squared test on a table of two rows."""
    table = np.array([now, before])
    expected = table.sum(axis=1, keepdims=True) * table.sum(axis=0) / table.sum()
    statistic = ((table - expected) ** 2 / expected).sum()
    return float(special.chdtrc(table.shape[1] - 1, statistic))
